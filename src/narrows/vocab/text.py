"""Texts: cleaning, "no value", names that name nobody, and the search key.

Nothing here transliterates: a Cyrillic name stays Cyrillic.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Control characters other than white space, bidi controls, invisible joiners that carry no spelling, and halves of
# surrogate pairs. ZWNJ and ZWJ (200C, 200D) are spelling in Persian and Indic scripts and stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９",
    "0123456789" * 3,
)


def clean(text: str | None) -> str | None:
    """Return `text` in Unicode form NFC without invisible characters and spare white space; None where empty.

    Drops control characters, bidi controls, zero-width spaces and lone surrogates; runs of white space, line ends
    included, become one space. Case, accents and punctuation stay. Idempotent.
    """
    if text is None:
        return None
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(text.split()) or None


def latin_digits(text: str) -> str:
    """Return `text` with Arabic-Indic, Persian and full-width digits as 0-9."""
    return text if text.isascii() else text.translate(_DIGITS)


_COMBINING = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f]"
)
_LETTERS = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه",
    "ـ": "", "ʹ": "", "ʺ": "", "ʻ": "", "ʾ": "", "ʿ": "", "ʼ": "'",
}  # fmt: skip


class _Letters(dict[int, str]):
    """Folds one code point; learns each code point once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = char
        if _COMBINING.match(char) or unicodedata.category(char) == "Cf":
            folded = ""
        elif char in _LETTERS:
            folded = _LETTERS[char]
        elif char.isdecimal():
            folded = str(unicodedata.decimal(char))
        self[code] = folded
        return folded


class _Separators(dict[int, str]):
    """Turns punctuation, symbols, controls and white space into a space; learns each code point once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if unicodedata.category(char)[0] in "LNM" else " "
        return self[code]


_letters = _Letters()
_separators = _Separators()


def fold_letters(text: str) -> str:
    """Return `text` with letters and digits folded as in `fold`, punctuation and white space kept."""
    return text.lower() if text.isascii() else _fold_letters(text)


# A text is often folded twice or three times in a row, each time for another question.
@lru_cache(1 << 10)
def _fold_letters(text: str) -> str:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    # Cyrillic short i is a letter of its own, not an accent; ё and ї fold as writers fold them.
    text = text.replace("и\u0306", "й").translate(_letters)
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the search key of `text`: the same for spellings that differ only in case, accents or punctuation.

    Case is folded with I, İ, ı and i all as i; accents and strokes go (ş -> s, ø -> o, ё -> е); ß -> ss, æ -> ae;
    Arabic alef, yeh, kaf and teh marbuta forms are one each, tatweel and harakat go; digits are 0-9; everything
    that is no letter, digit or mark is a space, and spaces are single. Idempotent. No transliteration.
    """
    return " ".join(fold_letters(text).translate(_separators).split())


# Read after folding. "na" is left out on purpose: it is Namibia's country code; a mapping may name it in `nulls`.
_NOTHING = """
n a | null | nil | none | nothing | empty | blank | missing | undefined | unspecified | unknown | not known
not available | not applicable | not stated | not specified | not provided | not given | not recorded | no data
no value | no information | none stated | tbd | tba | tbc | to be advised | to be determined | to be confirmed
ref | value | div 0 | name
yok | yoktur | bilinmiyor | bilinmeyen | belirsiz | belirtilmemiş | belirtilmedi | boş | mevcut değil | veri yok
bilgi yok | kayıt yok | uygulanamaz | hiçbiri
kein | keine | keiner | keines | keine angabe | keine angaben | k a | o a | ohne | ohne angabe | ohne angaben
entfällt | unbekannt | nicht bekannt | nicht vorhanden | nicht zutreffend | nicht verfügbar | nicht angegeben | leer
нет | нет данных | неизвестно | неизвестен | неизвестна | не известно | не указано | не указан | не указана
отсутствует | н д | н у | не применимо | неприменимо | не определено | пусто | б н | без номера
لا يوجد | لا توجد | لا شيء | غير معروف | غير معروفة | غير متوفر | غير متوفرة | غير محدد | غير محددة | غير متاح
مجهول | لا ينطبق | بدون | فارغ
aucun | aucune | néant | inconnu | inconnue | non disponible | non applicable | non renseigné | non renseignée
non précisé | sans objet | s o | vide | n d | rien
ninguno | ninguna | nada | desconocido | desconocida | no disponible | no aplica | no aplicable | sin datos
sin información | no consta | vacío | s d | no especificado
0000 00 00 | 00 00 0000 | 00 00 00
"""
# Excel's error words count only with their sign; "name" and "value" are words.
_ERRORS = frozenset({"ref", "value", "div 0", "name"})
# As written: what folding would make too short to be sure of ("Nan" is a place, "nan" an empty float).
_AS_WRITTEN = frozenset({"\\N", "nan", "NaN"})

_PLACEHOLDERS = """
na | same | ditto | idem | dto | as above | see above | as per attached | see attached | as agent | as agents
as agent only | as agents only | as agreed | as advised | various | various consignees | various customers | several
multiple | misc | miscellaneous | sundry | others | other | cash | cash customer | cash sale | cash sales
counter sale | walk in | walk in customer | retail customer | private | private person | private individual
individual | customer | client | buyer | purchaser | seller | supplier | vendor | consignee | consignor | shipper
notify | notify party | receiver | sender | importer | exporter | self | own | owner | bearer | holder | to bearer
order | test | dummy | sample | example | anonymous | confidential | withheld | redacted | not disclosed | undisclosed
no name | noname | name | company | company name | one time customer | one time vendor | asdf | tba by shipper
muhtelif | muhtelif firmalar | çeşitli | diğer | diğerleri | perakende | perakende müşteri | perakende satış
nakit müşteri | nakit satış | peşin satış | nihai tüketici | son kullanıcı | şahıs | müşteri | alıcı | satıcı
gönderici | tedarikçi | firma | aynı | aynısı | aynı firma | alıcı ile aynı | yukarıdaki ile aynı | yukarıdaki gibi
emre | emrine | hamiline | deneme | gizli | isimsiz | anonim
diverse | divers | div | verschiedene | sonstige | barverkauf | bar verkauf | laufkunde | laufkundschaft | privat
privatperson | privatkunde | endkunde | kunde | käufer | verkäufer | lieferant | empfänger | absender | wie oben
siehe oben | dito | derselbe | dieselbe | identisch | selbst | an order | an inhaber | muster | vertraulich
cpd kunde | einmalkunde
разные | различные | прочие | другие | частное лицо | физическое лицо | физлицо | физ лицо | розница
розничный покупатель | покупатель | продавец | поставщик | получатель | грузополучатель | отправитель
грузоотправитель | тот же | то же | он же | см выше | как выше | по приказу | приказу | на предъявителя | тест
متعدد | متعددون | متنوع | مختلف | آخرون | عميل نقدي | زبون نقدي | زبون | عميل | المشتري | البائع | المرسل
المرسل إليه | لأمر | للأمر | لحامله | نفسه | كما أعلاه | نفس المرسل إليه | اختبار
autres | plusieurs | particulier | client comptoir | client divers | acheteur | vendeur | fournisseur | destinataire
expéditeur | le même | même | voir ci dessus | comme ci dessus | à ordre | au porteur | confidentiel
varios | otros | particular | consumidor final | cliente | cliente final | comprador | vendedor | proveedor
destinatario | remitente | el mismo | mismo | ver arriba | a la orden | al portador | confidencial
"""
_PARTY_WORD = (
    r"consignee|consignor|shipper|notify|notify party|buyer|purchaser|seller|exporter|importer|applicant|receiver"
    r"|customer|supplier|above|alici|gonderici|empfanger|absender|destinataire|destinatario|consignatario"
)
_PLACEHOLDER = re.compile(
    rf"""(?:un)?to\ (?:the\ )?orders?(?:\ (?:of|as|to|by)\b.*)?
    | (?:the\ )?order\ of\ (?:the\ )?(?:{_PARTY_WORD}|holder|bearer|.*\bbank\b).*
    | (?:to\ )?(?:the\ )?(?:{_PARTY_WORD}|holder|bearer|bank)(?:\ s)?\ orders?
    | (?:the\ )?same\ (?:as|like)(?:\ the)?(?:\ (?:{_PARTY_WORD})\b.*)?
    | same\ (?:{_PARTY_WORD}|party|company|address)
    | as\ per\ (?:{_PARTY_WORD}|bl|b\ l|invoice|attached\b.*|rider\b.*)
    | as\ agents?\ (?:for|of|on\ behalf\ of)\ (?:the\ )?carriers?
    | an\ (?:die\ )?order\ (?:von|der|des)\b.*
    | (?:wie|gleich|identisch\ mit)\ (?:der\ )?(?:{_PARTY_WORD})
    | a\ l\ ordre(?:\ (?:de|du|d)\b.*)?
    | a\ (?:la\ )?orden(?:\ (?:de|del)\b.*)?
    | (?:meme|mismo|idem)\ (?:que\ )?(?:el\ |le\ )?(?:{_PARTY_WORD})
    | по\ приказу\b.*
    | لامر\b.*
    | .*\ emrine
    | [a-z] | x{{2,}}""",
    re.VERBOSE,
)


def _keys(table: str) -> frozenset[str]:
    return frozenset(fold(word) for line in table.split("\n") for word in line.split("|")) - {""}


@lru_cache(maxsize=1)
def _nothing() -> frozenset[str]:
    return _keys(_NOTHING)


@lru_cache(maxsize=1)
def _placeholders() -> frozenset[str]:
    return _keys(_PLACEHOLDERS)


def is_nothing(text: str | None) -> bool:
    """Say whether `text` means "no value": empty, only punctuation, or a word for it in one of seven languages.

    The languages are English, Turkish, German, Russian, Arabic, French and Spanish. A whole cell is judged, never a
    part of one. The Russian word for "no" counts too, so read yes-no fields before asking this. "NA" is not nothing:
    it is a country code.
    """
    if text is None:
        return True
    if len(text) > 80:
        return not text.strip()
    if text.strip() in _AS_WRITTEN:
        return True
    key = fold(text)
    if key in _ERRORS:
        return text.lstrip().startswith("#")
    return key == "" or key in _nothing()


def is_placeholder(name: str | None) -> bool:
    """Say whether a party `name` names nobody: "TO ORDER", "SAME AS CONSIGNEE", "VARIOUS", digits only, nothing.

    "To the order of" somebody counts: that somebody holds a title, and is not the party. A role word or a word for
    "several" counts only when it stands alone.
    """
    if is_nothing(name):
        return True
    key = fold(name or "")
    if not any(map(str.isalpha, key)):
        return True
    return key in _placeholders() or _PLACEHOLDER.fullmatch(key) is not None


# What the texts of `_PLACEHOLDER` begin with.
_BEGINNINGS = frozenset(fold(word).split()[0] for word in _PARTY_WORD.split("|")) | {
    "to", "unto", "the", "order", "same", "as", "an", "wie", "gleich", "identisch", "a", "meme", "mismo", "idem", "по",
    "holder", "bearer", "bank",
}  # fmt: skip


def begins_placeholder(token: str) -> bool:
    """Say whether a name that begins with this folded word may name nobody: "to" of "to order", "xxx"."""
    return token in _BEGINNINGS or token.startswith("لامر") or not token.strip("x")


@lru_cache(maxsize=1)
def placeholder_words() -> frozenset[str]:
    """Return the folded words that names of nobody consist of, those apart that `begins_placeholder` knows."""
    whole = _nothing() | _placeholders() | _ERRORS | {fold(text) for text in _AS_WRITTEN}
    return frozenset(word for text in whole for word in text.split())
