"""Numbers that registers give to firms, and ways to reach them: normal form and check digits.

Check digits are computed on the spot (python-stdnum, phonenumbers); no register is asked over a network. A
number that is a person's is recognised as such, and its digits are not kept.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import phonenumbers
from stdnum import get_cc_module, iban, lei
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from narrows.vocab.places import country as read_country
from narrows.vocab.text import fold_letters, is_nothing, latin_digits

_CACHE = 65536

_SEPARATORS = re.compile(r"[\W_]+")
# "NO 999" is a Norwegian number, so that "no" and the like are labels only after another of the
# words.
_LABEL = re.compile(
    r"(?:(?:vat|ust|uid|mwst|tva|iva|kdv|vkn|tckn|vergi|tax|tin|инн|огрн|nif|cif|nip|eori|lei|iban|mersis)(?![^\W_])[\s.:#-]*)+"
    r"(?:(?:id|idnr|reg|registration|no|nr|number|num|numarasi|kimlik)(?![^\W_])[\s.:#-]*)*"
)
_PREFIXED = re.compile(r"([A-Z]{2})(.+)")
_FILLER = re.compile(r"(?:[A-Z]{2})?([0-9])\1{4,}")
_COUNTING = "12345678901234567890"
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_EORI = re.compile(r"[A-Z]{2}[A-Z0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number as read.

    Attributes:
        scheme: as asked for; "person" where the number is a natural person's.
        value: capital letters and digits without separators, with its country's prefix where a VAT number has
            or should have one; "" for a person's.
        valid: whether form and check digits are right; None where no rule is known for it.
        reason: why it is not valid or not known to be; "" where it is valid.
    """

    scheme: str
    value: str
    valid: bool | None
    reason: str


@lru_cache(1)
def _rules() -> dict[str, Any]:
    return tomllib.loads(resources.files("narrows.vocab").joinpath("identifiers.toml").read_text(encoding="utf-8"))


@lru_cache(None)
def _module(country: str, name: str) -> Any:
    """Return the module of python-stdnum for a country's number, or None."""
    return get_cc_module(country, name)


def _verdict(country: str, names: list[str], number: str) -> tuple[str, bool | None, str]:
    """Try the rules one after another; return normal form, verdict and reason.

    The verdict is False where a rule recognises the form and the check digits are wrong, None where the form
    is of no rule.
    """
    verdict: tuple[str, bool | None, str] = (number, None, f"no rule is known for this number ({country})")
    for name in names:
        module = _module(country, name)
        if module is None:
            continue
        try:
            return _compact(str(module.validate(number))), True, ""
        except InvalidChecksum:
            verdict = (number, False, f"the check digits are wrong ({country})")
        except ValidationError as error:
            if verdict[1] is None:
                what = "length" if isinstance(error, InvalidLength) else "form"
                verdict = (number, None, f"the {what} is not that of a known number ({country})")
    return verdict


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", fold_letters(text)).upper()


def _is_filler(value: str) -> bool:
    """Say whether `value` stands in for a number that the writer did not have.

    So do no digits at all, one digit repeated, and digits that count up.
    """
    digits = set(re.sub("[^0-9]", "", value))
    return digits <= {"0"} or _FILLER.fullmatch(value) is not None or (len(value) >= 9 and _COUNTING.startswith(value))


def _person(country: str | None, number: str) -> Identifier | None:
    """Return the digitless identifier where `number` is a person's in `country`, else None.

    Where the country is not known, a number that satisfies the Turkish rule counts: its two check digits
    leave one number in a hundred to chance.
    """
    if country is None:
        country, form, module = "TR", "[1-9][0-9]{10}", "tckimlik"
    elif country in _rules()["persons"]:
        form, module = _rules()["persons"][country]["form"], _rules()["persons"][country].get("rule", "")
    else:
        return None
    if re.fullmatch(form, number) is None or (module and not _module(country, module).is_valid(number)):
        return None
    return Identifier("person", "", None, f"the number of a person ({country}), whose digits are not kept")


def _owner(prefix: str) -> str | None:
    """Return the country that a two-letter prefix stands for."""
    owner: str | None = _rules()["vat_prefixes"].get(prefix)
    return read_country(prefix) if owner is None else owner


def _split_vat(value: str, country: str | None) -> tuple[str, str | None, str]:
    """Split a VAT number into prefix, country and national number.

    An own prefix counts before `country`, unless those letters belong to a number that is right there.
    """
    match = _PREFIXED.fullmatch(value)
    owner = None if match is None else _owner(match[1])
    if match is not None and (owner in _rules()["vat"]["complete"] or match[2].isdecimal()):
        own = country in (None, owner) or _verdict(str(country), _tax_rules(str(country)), value)[1] is not True
        if owner is not None and own:
            return ("EL" if owner == "GR" else match[1]), owner, match[2]
    return ("EL" if country == "GR" else country or ""), country, value


def _tax_rules(country: str) -> list[str]:
    rules: list[str] = _rules()["tax"].get(country, ["vat"])
    return rules


def _vat(value: str, country: str | None) -> Identifier:
    prefix, country, number = _split_vat(value, country)
    if country == "CH":
        number = f"CHE{re.sub('^E|(?:MWST|TVA|IVA|TPV|HR)$', '', number)}"
    elif country == "NO":
        number = number.removesuffix("MVA")
    person = _person(country, number)
    if person is not None:
        return person
    if country is None:
        return Identifier("vat", number, None, "neither the number nor the record names a country")
    number, valid, reason = _verdict(country, _tax_rules(country), number)
    if valid is None and country in _rules()["vat"]["complete"]:
        valid = False
    return Identifier("vat", prefix + number.removeprefix(prefix), valid, reason)


def _registration(text: str, value: str, country: str | None) -> Identifier:
    person = _person(country, value)
    if person is not None:
        return person
    if country is None:
        return Identifier("registration", value, None, "the record names no country")
    rules = _rules()["registers"].get(country, [])
    # A German number is a court, a kind and a number: it is read with its blanks.
    number, valid, reason = _verdict(country, rules, text if country == "DE" else value)
    return Identifier("registration", _compact(number), valid, reason)


def _eori(value: str) -> Identifier:
    owner = _owner(value[:2])
    person = None if owner is None else _person(owner, value[2:])
    if person is not None:
        return person
    if _EORI.fullmatch(value) is None or owner is None:
        return Identifier("eori", value, False, "an EORI number is a country code and up to 15 letters and digits")
    return Identifier("eori", value, None, "an EORI number has no check digits")


def _international(scheme: str, value: str) -> Identifier:
    module = lei if scheme == "lei" else iban
    try:
        if scheme == "lei" and _LEI.fullmatch(value) is None:
            raise InvalidLength
        return Identifier(scheme, str(module.validate(value)), True, "")
    except InvalidChecksum:
        return Identifier(scheme, value, False, "the check digits are wrong")
    except ValidationError:
        return Identifier(scheme, value, False, f"the length or form is not that of an {scheme.upper()}")


@lru_cache(_CACHE)
def check(scheme: str, value: str | None, country: str | None = None) -> Identifier | None:
    """Read an identifier: normal form, check digits, and whether it is a person's.

    Args:
        scheme: vat (a tax number of any kind), registration (number in a register of firms), eori, lei or
            iban; others are brought into compact form only.
        value: as written; a label before the number is put aside ("VKN: ...").
        country: ISO 3166-1 alpha-2 code of the seat on record, where known. A VAT number's own prefix counts
            before it.

    Returns:
        The identifier; None where there is none: empty, a word for nothing, or digits that stand in for a
        number.

    Source:
        The rules are python-stdnum's. They tell whether a number can exist, not whether it does.
    """
    if value is None or is_nothing(value):
        return None
    text = _LABEL.sub("", fold_letters(value).strip())
    compact = _compact(text)
    if _is_filler(compact):
        return None
    if scheme == "vat":
        return _vat(compact, country)
    if scheme == "registration":
        return _registration(text, compact, country)
    if scheme == "eori":
        return _eori(compact)
    if scheme in ("lei", "iban"):
        return _international(scheme, compact)
    return Identifier(scheme, compact, None, f"no rule is known for numbers of the kind {scheme!r}")


@lru_cache(_CACHE)
def e164(phone: str | None, country: str | None) -> str | None:
    """Return a telephone number as +country code and digits, without extension.

    Args:
        phone: as written; "00" counts as "+".
        country: ISO 3166-1 alpha-2 code for a number without country code, where known.

    Returns:
        The number; None where it cannot be one, or the country code is not known.
    """
    if phone is None:
        return None
    plain = latin_digits(phone).strip()
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_MAIL = re.compile(r"[^\s@<>,;:()]+@((?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,63})\.?(?=$|[\s>,;)?])")


@lru_cache(_CACHE)
def email_domain(email: str | None) -> str | None:
    """Return the domain of the first mail address in `email`, in small letters; None where there is none."""
    match = None if email is None else _MAIL.search(email)
    return None if match is None else match[1].lower()


_ENDING = re.compile(r"(?:(?:com?|net|org)\.)?[a-z]{2}|com|net")


@lru_cache(_CACHE)
def is_free_mail(domain: str) -> bool:
    """Say whether `domain` belongs to a provider of free mailboxes, and so tells nothing about a firm."""
    table = _rules()["free_mail"]
    brand, _, ending = domain.lower().partition(".")
    return domain.lower() in table["domains"] or (brand in table["brands"] and _ENDING.fullmatch(ending) is not None)


_LABEL_OF_HOST = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?<![\w.-])((?:{_LABEL_OF_HOST}\.){{1,8}}[^\W\d_]{{2,63}})\.?(?![\w@-])")
_LONGEST_WEB = 500
# Before a country's two letters these are no firm's name ("example.com.tr").
_SECOND_LEVEL = frozenset({
    "ac", "biz", "co", "com", "edu", "fi", "firm", "gen", "go", "gob", "gos", "gouv", "gov", "govt", "id", "in", "ind",
    "info", "ltd", "me", "mil", "mod", "nam", "name", "ne", "net", "nom", "or", "org", "plc", "police", "pp", "pri",
    "sch", "tv", "web",
})  # fmt: skip


@lru_cache(_CACHE)
def web_domain(text: str | None) -> str | None:
    """Return the domain that a firm registers, of the first web or mail address in `text`.

    "https://www.example.com.tr/en", "shop.example.com.tr" and "office@example.com.tr" all give "example.com.tr".
    Which endings take names at the third level is told from common ones, not from the list of public suffixes.

    Returns:
        The domain in small letters; None where there is none. Whether it is a free mailbox's tells `is_free_mail`.
    """
    match = None if text is None else _HOST.search(text[:_LONGEST_WEB])
    if match is None:
        return None
    labels = match[1].lower().split(".")
    third = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if third else labels[-2:])
