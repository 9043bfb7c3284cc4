"""Numbers as people write them.

The decimal sign is told, never guessed from one value: "1.234" is 1.234 or 1234, and only its column can say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from narrows.vocab.text import clean, latin_digits

Sign = Literal[".", ","]

_MOST_INTEGER_DIGITS = 18
_MOST_FRACTION_DIGITS = 40
_LONGEST = 80

_SPACE = " \u00a0\u2007\u2009\u202f"
_APOSTROPHE = "'’‘ʼ´`٬"
_MINUS = r"\-−–‐‑﹣－"
_SIGNS = "$€£¥₺₽₹₩₪₴₦﷼¢₫฿₱₸₼₾₿¤؋"
# ISO 4217, as written in capitals; small letters only where they are no word or unit of anything else.
_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AZN BAM BDT BGN BHD BOB BRL BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP ETB EUR"
    " GBP GEL GHS GTQ HKD HNL HRK HUF IDR ILS INR IQD IRR ISK JOD JPY KES KGS KHR KRW KWD KZT LAK LBP LKR LYD MAD MDL"
    " MKD MMK MNT MRU MUR MXN MYR MZN NAD NGN NOK NPR NZD OMR PAB PEN PHP PKR PLN PYG QAR RMB RON RSD RUB RWF SAR SDG"
    " SEK SGD SOS SSP SYP THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND XAF XOF YER ZAR ZMW"
)
_WORDS = r"(?:US|CA|AU|HK|NZ|[ACSR])\$|usd|eur|gbp|euro|Euro|EURO|TL|Rs\.?|kr\.?|Fr\.|zł|Kč|руб\.?|грн\.?|лв\.?|د\.إ"
_CURRENCY = rf"(?:{_CODES.replace(' ', '|')}|{_WORDS}|[{_SIGNS}])"
_GAP = rf"[{_SPACE}]*"

_WRAPPED = re.compile(
    rf"""(?P<open>\()?{_GAP}(?P<sign>[+{_MINUS}])?{_GAP}
    (?:{_CURRENCY}{_GAP}(?P<sign2>[+{_MINUS}])?{_GAP})?
    (?P<body>[0-9.,٫](?:[0-9.,٫{_APOSTROPHE}{_SPACE}]*[0-9.,٫])?(?:[eE][+{_MINUS}]?[0-9]{{1,3}})?)
    (?P<nil>(?<=[.,])[-−–—]{{1,2}})?
    {_GAP}(?P<trail>[+{_MINUS}])?{_GAP}(?:{_CURRENCY})?{_GAP}(?P<trail2>[{_MINUS}])?{_GAP}(?P<close>\))?""",
    re.VERBOSE,
)


def _body(point: str, comma: str) -> re.Pattern[str]:
    """Return the pattern of an unsigned number whose decimal sign is `point` and whose other sign is `comma`."""
    mark = rf"[{re.escape(comma)}{_APOSTROPHE}{_SPACE}]"
    western = rf"[1-9][0-9]{{0,2}}(?:(?P<mark>{mark})[0-9]{{3}})(?:(?P=mark)[0-9]{{3}})*"
    indian = r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}" if comma == "," else r"(?!)"
    decimal = rf"[{re.escape(point)}٫]"
    return re.compile(
        rf"(?P<whole>{western}|{indian}|[0-9]*)(?:{decimal}(?P<part>[0-9]*))?(?:[eE](?P<power>[+{_MINUS}]?[0-9]{{1,3}}))?"
    )


_BODY = {".": _body(".", ","), ",": _body(",", ".")}
_PLAIN = {".": re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?"), ",": re.compile(r"-?[0-9]{1,18}(?:,[0-9]{1,18})?")}
_NOT_DIGIT = re.compile(r"[^0-9]+")


def parse_number(text: str | None, decimal: Sign) -> Decimal | None:
    """Return the number that `text` states, or None where it states none or more than one.

    Reads thousands in groups of three set off by the other sign, a space or an apostrophe, and Indian groups
    (12,34,567) set off by a comma; one currency sign or ISO code before or after; a minus before or after, or
    parentheses; Arabic-Indic and Persian digits; exponents; "5,-". A group that is not whole ("1,5" where "." is the
    decimal sign) is no number, and neither is a date, a percentage or a number with a unit.

    Args:
        text: one cell.
        decimal: the decimal sign of the column. The Arabic decimal sign is read as such always.

    Returns:
        A finite number of at most 18 integer digits; digits after the decimal sign are kept as written.
    """
    if text is None:
        return None
    text = text.strip()
    if _PLAIN[decimal].fullmatch(text):
        return _finite(text.replace(",", "."))
    if not text.isascii():
        text = latin_digits(clean(text) or "")
    if not text or len(text) > _LONGEST:
        return None
    found = _WRAPPED.fullmatch(text)
    if found is None or (found["open"] is None) != (found["close"] is None):
        return None
    signs = [sign for sign in found.group("sign", "sign2", "trail", "trail2") if sign is not None]
    if len(signs) > 1 or (signs and found["open"] is not None):
        return None
    number = _unsigned(found["body"], decimal)
    negative = found["open"] is not None or (signs != [] and signs != ["+"])
    if number is None or not negative or number.is_zero():
        return number
    return number.copy_negate()  # unlike "-", keeps all digits


def _unsigned(body: str, decimal: Sign) -> Decimal | None:
    found = _BODY[decimal].fullmatch(body)
    if found is None:
        return None
    whole, part, power = _NOT_DIGIT.sub("", found["whole"]), found["part"] or "", found["power"]
    if not whole and not part:
        return None
    if power is None:
        return _finite(f"{whole or '0'}.{part}" if part else whole)
    exponent = -int(power[1:]) if power[0] in _MINUS else int(power)
    return _finite(f"{whole or '0'}.{part or '0'}e{exponent}")


def _finite(digits: str) -> Decimal | None:
    """Return the number, with no exponent and no negative zero, or None where it is too large or too fine."""
    number = Decimal(digits)
    if number.is_zero():
        return Decimal(digits.lstrip("-")) if "e" not in digits else Decimal(0)
    exponent = number.as_tuple().exponent
    if number.adjusted() >= _MOST_INTEGER_DIGITS or not isinstance(exponent, int):
        return None
    if exponent < -_MOST_FRACTION_DIGITS:
        return None
    return number if exponent <= 0 else Decimal(int(number))


# In a text with words, the first thing that looks like a number: "25,5 kg" shows the decimal sign of its column.
_RUN = re.compile(r"(?<![0-9.,])[0-9][0-9.,]*[0-9](?![0-9])")
_WRONG_SHARE = 20


def guess_decimal(values: Iterable[str]) -> Sign | None:
    """Return the decimal sign that a column of numbers uses, or None where the column does not show it.

    A value speaks where it can be read with one sign only ("1.234,5", "0.25", "1 234,50", "25,5 kg"). "1.234" and
    "1234" say nothing. One value in twenty may contradict the others, no more.
    """
    votes = {".": 0, ",": 0}
    for value in values:
        if ("." not in value and "," not in value) or value.rstrip().endswith((".", ",")):
            continue
        point, comma = parse_number(value, "."), parse_number(value, ",")
        if point is None and comma is None:
            run = _RUN.search(latin_digits(value))
            if run is None:
                continue
            point, comma = parse_number(run[0], "."), parse_number(run[0], ",")
        if (point is None) != (comma is None):
            votes["." if comma is None else ","] += 1
    if votes["."] > votes[","] * _WRONG_SHARE:
        return "."
    return "," if votes[","] > votes["."] * _WRONG_SHARE else None
