"""Concentrations in per cent, in a cell of their own or within a description of goods.

A density ("d=1.2"), a degree, a molarity or a grade says nothing here: what substance it is of would have to be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from narrows.vocab.numbers import Sign, parse_number
from narrows.vocab.text import fold_letters

Basis = Literal["w/w", "v/v", "w/v", "nitrogen", "unstated"]

_LONGEST = 2000
_MOST_SIGNS = 20
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Concentration:
    """A share in per cent, from `low` to `high`, both included; equal where one number is stated.

    `basis` says what the share is of: "w/w" by mass, "v/v" by volume, "w/v" mass in volume, "nitrogen" by mass of
    nitrogen, "unstated" where the record does not say.
    """

    low: Decimal
    high: Decimal
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Found:
    """One percentage in a text: what it says, and where it stands with the words that belong to it."""

    value: Concentration
    marked: bool
    start: int
    end: int


# All patterns read text after `fold_letters`: small letters without accents, digits 0-9, "%" for every per cent sign.
_PERCENT = (
    r"(?:%|per\s?cent\b|pct\b\.?|prozent\b|v\.\s?h\.|yuzde\b|pour\scent\b|por\s?ciento\b|процент\w*|проц\."
    r"|في\sالمايه|بالمايه|في\sالميه|بالميه)"
)
_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,12})?(?![0-9])"
_TO = r"\s*(?:-|–|—|\.{2,3}|\bto\b|\bbis\b|\bila\b|\ba\b|\bдо\b|\bالي\b)\s*"
_MASS = (
    r"w\s?/\s?w|m\s?/\s?m|p\s?/\s?p|wt|gew|gewichts?|masse|massen|mass|mas|ma|kutle|kutlece|agirlikca|agirlik|weight"
    r"|мас|масс|массовых|массовая\sдоля|массе?|вес|весовых|весу|poids|peso|وزنا|وزن"
)
_VOLUME = r"v\s?/\s?v|vol|volume|volumen|hacim|hacimce|hacmen|об|объемн\w*|объему?|abv|حجما|حجم"
_MIXED = r"w\s?/\s?v|m\s?/\s?v|p\s?/\s?v"
_NITROGEN = r"n(?!\w|[-,'’/.]\w)|nitrogen|azot|azote|stickstoff|азота?|nitrogeno|نيتروجين|ازوت"

_EXPRESSION = re.compile(
    rf"""(?<![\w.,])(?<![0-9]-)(?:
      {_PERCENT}\s*(?P<low1>{_NUMBER})(?:{_TO}(?:%\s*)?(?P<high1>{_NUMBER}))?(?!\s*{_PERCENT}|[.,]?[0-9])
    | (?P<low2>{_NUMBER})(?:\s*(?:±|\+/-|\+-)\s*(?P<around>{_NUMBER}))?(?:\s*%?{_TO}(?P<high2>{_NUMBER}))?
      (?P<plus>\s*\+)?
      \s*(?:[(]?(?:(?P<mixed>{_MIXED})|(?P<mass>{_MASS})|(?P<volume>{_VOLUME}))[\s.)-]*)?{_PERCENT}(?![0-9])
    )""",
    re.VERBOSE,
)
_AFTER = re.compile(
    rf"""[\s,]*[(\[]?\s*(?:
      (?P<mixed>{_MIXED})(?!\w)
    | (?:by\ |nach\ |en\ |in\ |по\ )?(?:(?P<mass>{_MASS})|(?P<volume>{_VOLUME}))\.?(?!\w)
    | (?:of\ )?(?:total\ )?(?P<nitrogen>{_NITROGEN})(?!\w)
    | (?P<least>\+|(?:min(?:\.|imum|imal|imo)?|or\ more|and\ above|ve\ uzeri|и\ более|oder\ mehr|ou\ plus|o\ mas)
        (?!\w|[\s.:=<>%]*[0-9]))
    | (?P<most>(?:max(?:\.|imum|imal|imo)?|or\ less|and\ below|ve\ alti|и\ менее|oder\ weniger|ou\ moins|o\ menos)
        (?!\w|[\s.:=<>%]*[0-9]))
    | (?P<pure>purity|pure|assay|conc(?:\.|entration)?|saflik\w*|reinheit|konzentration|purete|pureza)(?!\w)
    )\s*[)\]]?""",
    re.VERBOSE,
)
_BEFORE = re.compile(
    rf"""(?:
      (?<!\w)(?P<mixed>{_MIXED}) | (?<!\w)(?P<mass>{_MASS}) | (?<!\w)(?P<volume>{_VOLUME})
    | (?<![\w.,'’/-])(?P<nitrogen>{_NITROGEN})
    | (?P<least>>=?|≥|(?<!\w)(?:min(?:\.|imum|imal|imo)?|mind(?:\.|estens)?|en\ az|asgari|at\ least|not\ less\ than
        |more\ than|over|above|uber|не\ менее|более|свыше|au\ moins|plus\ de|al\ menos|mas\ de|علي\ الاقل))
    | (?P<most><=?|≤|(?<!\w)(?:max(?:\.|imum|imal|imo)?|hochstens|en\ cok|en\ fazla|azami|at\ most|not\ more\ than
        |less\ than|up\ to|below|under|bis(?:\ zu)?|unter|не\ более|менее|до|au\ plus|moins\ de|hasta|menos\ de))
    | (?P<pure>(?<!\w)(?:purity|assay|conc(?:\.|entration)?|saflik|konsantrasyon\w*|derisim\w*|reinheit|gehalt
        |konzentration|чистота|концентрация|purete|pureza|concentracion|titre|تركيز|نقاوه))
    | (?P<filler>~|≈|(?<!\w)(?:ca|circa|approx|about|etwa|yaklasik|около|environ|aprox|nominal|content|of|at|от))
    )[\s.:=(,]*$""",
    re.VERBOSE,
)
_BEFORE_REACH, _MOST_MARKS = 24, 4

# A percentage near one of these is a price, a tax, a share, weather or a fabric.
_OTHER_MATTERS = """
discount rebate off sale cheaper price surcharge markup margin profit commission interest deposit prepayment prepaid
advance payment paid downpayment vat tax taxes duty duties tariff customs insurance share shares stake ownership equity
tolerance humidity moisture rh charged battery recycled free more bonus guarantee guaranteed satisfaction waterproof
handmade efficiency accuracy coverage reduction growth increase decrease brightness opacity
cotton polyester wool silk leather linen nylon viscose elastane spandex cashmere
indirim indirimli iskonto kdv otv vergi vergisi gumruk komisyon faiz pesin pesinat kapora odeme avans hisse pay nem
bedava ucretsiz pamuk pamuklu yun yunlu ipek deri keten naylon
rabatt skonto nachlass ermassigung preisnachlass mwst ust mehrwertsteuer umsatzsteuer zoll steuer provision zinsen
anzahlung vorkasse vorauszahlung anteil beteiligung feuchte luftfeuchte feuchtigkeit gratis mehr weniger
baumwolle wolle seide leder leinen
скидка скидки скидкой ндс налог пошлина комиссия предоплата предоплатой аванс доля долей доли влажность бесплатно
хлопок хлопка шерсть шерсти шелк кожа лен полиэстер
remise rabais tva taxe droits acompte humidite coton laine soie cuir gratuit
descuento rebaja iva impuesto arancel anticipo participacion humedad algodon lana seda cuero lino
خصم تخفيض ضريبه جمارك عموله دفعه حصه رطوبه قطن صوف حرير جلد
"""
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[;\n|()\[\]]|[.,](?!\d)")
_NEAR = 3

_BARE = re.compile(r"[<>≤≥=~ ]*[0-9][0-9., ±–—-]*\+?")
_PLAIN = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,12})?) ?%")
_PARTS = re.compile(r"([0-9][0-9., ]{0,15}?) ?(ppm|ppb|mg ?/ ?kg|‰)(?: \(?(w/w|v/v)\)?)?")
_PARTS_IN_ONE = {"ppm": Decimal(10_000), "mg/kg": Decimal(10_000), "ppb": Decimal(10_000_000), "‰": Decimal(10)}
_ANY_PERCENT = re.compile(
    r"[%％﹪٪]|per ?cent|pct|prozent|v\. ?h\.|y[uüÜ]zde|pour cent|por ?ciento|процент|проц|ما?ئة", re.IGNORECASE
)
_SIGNS = str.maketrans({"٪": "%", "٫": ".", "−": "-"})


@lru_cache(maxsize=1)
def _other_matters() -> frozenset[str]:
    return frozenset(_OTHER_MATTERS.split())


def parse_concentration(text: str | None, decimal: Sign = ".", *, bare: bool = False) -> Concentration | None:
    """Return the concentration that a cell states, or None where it states none, several, or an impossible one.

    Reads "35 %", "%35", "30-32%", "35 ± 1 %", "> 99 %" (99 to 100), "max. 5 %" (0 to 5), "60% w/w", "35 Gew.-%",
    "ağırlıkça %35", "N 34.4%" (basis nitrogen), ppm, ppb, mg/kg and per mille. Further words are read over as in
    `find_concentration`, but a lone "100 %" counts. Below 0 or above 100 is None, and so is a density.

    Args:
        text: one cell.
        decimal: the decimal sign of the column. A number that it cannot belong to ("34,4" where "." is the sign) is
            read with the other.
        bare: read a number without a sign as per cent: "0.35" is 0.35 %, never 35 %.
    """
    if text is None or len(text) > _LONGEST:
        return None
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return _concentration(_number(plain[1], decimal), None)
    text = " ".join(fold_letters(text.translate(_SIGNS)).split())
    parts = _PARTS.fullmatch(text)
    if parts is not None:
        return _of_parts(parts, decimal)
    if bare and _BARE.fullmatch(text):
        found = list(_percentages(f"{text}%", decimal))
        return found[0].value if len(found) == 1 and found[0].end - found[0].start == len(text) + 1 else None
    return _only(list(_percentages(text, decimal)), whole=True)


def find_concentration(description: str | None, decimal: Sign = ".") -> Concentration | None:
    """Return the concentration named in a description of goods, or None where none is certain.

    The rules are narrow on purpose, since a wrong concentration is worse than none:

    - a percentage with a sign before it ("-20%", "+5 %") is none;
    - a percentage is none where one of the three words on either side of it, in the same clause, is of prices, taxes,
      shares, weather or fabrics ("10 % discount", "%18 KDV", "100% cotton");
    - 100 % counts only with a word that makes it a concentration ("100 % w/w", "purity 100 %");
    - of several that differ, the only one with a stated basis counts; where there is no such one, none does;
      "min. 30 % max. 32 %" is one range;
    - parts per million are impurities more often than not, and are not read here; nor is a number without a sign.
    """
    if description is None or len(description) > _LONGEST or _ANY_PERCENT.search(description) is None:
        return None
    text = fold_letters(description.translate(_SIGNS))
    return _only(list(_percentages(text, decimal)), whole=False)


def _number(digits: str, decimal: Sign) -> Decimal | None:
    """Read digits by the column's sign, or by the other one where they cannot belong to it: "34,4" has no thousands."""
    number = parse_number(digits, decimal)
    return number if number is not None else parse_number(digits, "," if decimal == "." else ".")


def _concentration(low: Decimal | None, high: Decimal | None, basis: Basis = "unstated") -> Concentration | None:
    high = low if high is None else high
    return None if low is None or high is None or not 0 <= low <= high <= _ALL else Concentration(low, high, basis)


def _of_parts(parts: re.Match[str], decimal: Sign) -> Concentration | None:
    unit = parts[2].replace(" ", "")
    number = parse_number(parts[1], decimal)
    basis: Basis = "w/w" if unit == "mg/kg" or parts[3] == "w/w" else "v/v" if parts[3] == "v/v" else "unstated"
    return None if number is None else _concentration(number / _PARTS_IN_ONE[unit], None, basis)


def _percentages(text: str, decimal: Sign) -> Iterator[_Found]:
    """Yield the readable percentages of a folded text that may be concentrations; none of a whole table of them."""
    if text.count("%") > _MOST_SIGNS:
        return
    for match in _EXPRESSION.finditer(text):
        marks, start, end = _marks(text, match)
        before = text[max(0, match.start() - 2) : match.start()]
        signed = before.endswith(("-", "+", "–")) and (len(before) == 1 or before[0] in " (")
        value = _value(match, marks, decimal)
        if value is not None and not signed and not _of_other_matters(text, start, end):
            yield _Found(value, bool(marks), start, end)


def _marks(text: str, match: re.Match[str]) -> tuple[set[str], int, int]:
    """Return what the words around a percentage say of it, and where these words begin and end."""
    marks = {name for name in ("mixed", "mass", "volume") if match[name] is not None}
    if match["plus"] is not None:
        marks.add("least")
    start, end = match.span()
    for _ in range(_MOST_MARKS):
        before = _BEFORE.search(text, max(0, start - _BEFORE_REACH), start)
        if before is None:
            break
        marks.add(before.lastgroup or "")
        start = before.start()
    for _ in range(_MOST_MARKS):
        after = _AFTER.match(text, end)
        if after is None:
            break
        marks.add(after.lastgroup or "")
        end = after.end()
    return marks - {"filler"}, start, end


def _value(match: re.Match[str], marks: set[str], decimal: Sign) -> Concentration | None:
    low = _number(match["low1"] or match["low2"], decimal)
    high = low
    if low is None or high is None:
        return None
    if match["high1"] is not None or match["high2"] is not None:
        high = _number(match["high1"] or match["high2"], decimal)
    elif match["around"] is not None:
        around = _number(match["around"], decimal)
        low, high = (None, None) if around is None else (max(Decimal(0), low - around), min(_ALL, high + around))
    elif "least" in marks and "most" not in marks and low <= _ALL:
        high = _ALL
    elif "most" in marks and "least" not in marks:
        low = Decimal(0)
    return None if high is None else _concentration(low, high, _basis(marks))


def _basis(marks: set[str]) -> Basis:
    if "nitrogen" in marks:
        return "nitrogen"
    stated = marks & {"mass", "volume", "mixed"}
    if len(stated) != 1:
        return "unstated"
    return "w/w" if "mass" in stated else "v/v" if "volume" in stated else "w/v"


def _of_other_matters(text: str, start: int, end: int) -> bool:
    """Say whether one of the nearest words of the same clause is of prices, taxes, shares, weather or fabrics."""
    before, after = _CLAUSE.split(text[:start])[-1], _CLAUSE.split(text[end:], maxsplit=1)[0]
    near = [*_WORD.findall(before)[-_NEAR:], *_WORD.findall(after)[:_NEAR]]
    return not _other_matters().isdisjoint(near)


def _only(found: list[_Found], *, whole: bool) -> Concentration | None:
    """Return the one concentration among the percentages of a text, or None."""
    values = dict.fromkeys(one.value for one in found if whole or one.marked or one.value.low < _ALL)
    if len(values) == 2:
        (first, second) = sorted(values, key=lambda value: value.low, reverse=True)
        if first.high == _ALL and second.low == 0 and first.low <= second.high and first.basis == second.basis:
            return Concentration(first.low, second.high, first.basis)
    if len(values) > 1:
        values = dict.fromkeys(value for value in values if value.basis != "unstated")
    return next(iter(values)) if len(values) == 1 else None
