"""Codes of goods and boxes: CAS and UN numbers, tariff codes, containers.

Each reader takes a cell as a person or a spreadsheet wrote it and returns the normal form, or None where it
is no such code. Nothing is guessed from a description.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import iso6346
from stdnum.exceptions import ValidationError

from narrows.vocab.text import fold_letters

_CACHE = 65536
_DASHES = {ord(c): "-" for c in "\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"}

# A label ends where its letters end: "HS 321290", "HS321290" and "HS-Code: 3212.90", but not "HSX 321290".
_END = r"(?![^\W\d_])[\s.:#-]*"
_NUMBER = rf"(?:(?:code|kodu|kod|no|nr|rn|num|number|nummer){_END})?"

_CAS_LABEL = re.compile(rf"cas{_END}{_NUMBER}")
_CAS = re.compile(r"0*([1-9][0-9]{1,6})(?:\s*-\s*|\s+)([0-9]{2})(?:\s*-\s*|\s+)([0-9])")
_CAS_UNDIVIDED = re.compile(r"0*([1-9][0-9]{1,6})([0-9]{2})([0-9])")

_HS_LABEL = re.compile(rf"(?:ex|hs|htsus|hts|hsn|cn|kn|sh|gtip|taric|тн\s*вэд){_END}{_NUMBER}")
_HS = re.compile(r"[0-9][0-9\s./-]*")
_HS_FLOAT = re.compile(r"([0-9]+)[.,]([0-9])")
_HS_LENGTHS = (4, 6, 8, 10, 12)

_UN = re.compile(rf"(?:(?:un|onu|оон){_END})?{_NUMBER}([0-9]{{4}})(?:\.0)?")


def _plain(text: str | None) -> str:
    """Return `text` in small letters, digits as 0-9 and every dash as "-"."""
    return "" if text is None else fold_letters(text).translate(_DASHES).strip()


def _unlabelled(label: re.Pattern[str], text: str | None) -> str:
    """Return plain `text` without the label before it."""
    plain = _plain(text)
    match = label.match(plain)
    return plain if match is None else plain[match.end() :]


def _cas_parts(text: str | None) -> tuple[str, str, str] | None:
    """Split what looks like a CAS number into its three groups, whatever its check digit."""
    plain = _unlabelled(_CAS_LABEL, text)
    match = _CAS.fullmatch(plain) or _CAS_UNDIVIDED.fullmatch(plain)
    return None if match is None else (match[1], match[2], match[3])


def _cas_check(first: str, second: str) -> str:
    """Return the check digit: the digits, weighted 1, 2, 3 and so on from the right, modulo 10.

    Source:
        CAS, "Check Digit Verification of CAS Registry Numbers".
    """
    return str(sum(place * int(digit) for place, digit in enumerate(reversed(first + second), start=1)) % 10)


@lru_cache(_CACHE)
def cas(text: str | None) -> str | None:
    """Return a CAS registry number in normal form, such as 7697-37-2.

    Any dash, spaces, padding zeros or no separator at all are taken ("CAS-No. 0007697 37 2", "7697372").

    Returns:
        The number, or None where it is none or its check digit is wrong (`cas_problem` says which).
    """
    parts = _cas_parts(text)
    return None if parts is None or _cas_check(*parts[:2]) != parts[2] else "-".join(parts)


@lru_cache(_CACHE)
def cas_problem(text: str | None) -> str | None:
    """Say why `text` is no CAS number, in words for a report; None where it is one."""
    parts = _cas_parts(text)
    if parts is None:
        return "not written as a CAS number: 2 to 7 digits, 2 digits and a check digit are expected"
    due = _cas_check(*parts[:2])
    return None if due == parts[2] else f"check digit is {parts[2]}, but the other digits call for {due}"


def _restore(text: str) -> str | None:
    """Return the digits of a tariff code, with the zeros that a spreadsheet took for those of a number.

    A code kept as a number loses zeros at both ends: 0101.20 comes back as 101.2, and 321290 as 321290.0.
    """
    number = _HS_FLOAT.fullmatch(text)
    if number is not None and len(number[1]) in (3, 4):
        return f"{number[1]:0>4}{number[2]}0"
    if number is not None:
        if number[2] != "0":
            return None
        text = number[1]
    if _HS.fullmatch(text) is None:
        return None
    digits = re.sub(r"[^0-9]", "", text)
    return f"0{digits}" if len(digits) in (5, 7, 9, 11) else digits


@lru_cache(_CACHE)
def hs_digits(text: str | None) -> str | None:
    """Return the digits of a tariff code as declared: 4, 6, 8, 10 or 12 of them, without dots or blanks.

    The first six are the Harmonized System's, the rest national (CN, TARIC, HTS, GTIP, ...). An odd number of
    digits (5, 7, 9 or 11) gets back the leading zero that spreadsheets eat. Chapters 98 and 99 are national,
    and kept.
    """
    digits = _restore(_unlabelled(_HS_LABEL, text))
    return None if digits is None or len(digits) not in _HS_LENGTHS or digits[:2] == "00" else digits


@lru_cache(_CACHE)
def hs6(text: str | None) -> str | None:
    """Return the six digits of the Harmonized System in `text`, or None where fewer are declared."""
    digits = hs_digits(text)
    return None if digits is None or len(digits) < 6 else digits[:6]


@lru_cache(_CACHE)
def un_number(text: str | None) -> str | None:
    """Return the four digits of a UN number of dangerous goods ("UN 2014", "2014")."""
    match = _UN.fullmatch(_plain(text))
    return None if match is None or match[1] == "0000" else match[1]


@lru_cache(_CACHE)
def container(text: str | None) -> str | None:
    """Return an ISO 6346 container number, such as CSQU3054383, whose check digit is right."""
    compact = re.sub(r"[\s./-]", "", _plain(text)).upper()
    try:
        return str(iso6346.validate(compact))
    except ValidationError:
        return None
