"""Words of published trade statistics: periods, flows, areas and codes that stand for sums.

What stands in place of a country or a code and is a sum ("World", "TOTAL") is recognised, so that it can be kept out
of sums. Such values are in small letters; countries are two capital letters.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

from babel.core import get_global

from narrows.vocab import codes, dates, places
from narrows.vocab.text import fold, latin_digits

_CACHE = 65536
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YEAR = re.compile(r"(?:cy|fy)?\s*(\d{4})(?:\.0|[-/ ]?a)?", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})(?:\s*[-/., ]\s*|\s*-?m)?(1[0-2]|0[1-9]|(?<=\D)[1-9])(?:\.0)?", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])\s*[-/., ]\s*(\d{4})")
_QUARTER = re.compile(r"(\d{4})\s*[-/., ]?\s*(?:q|kv|ç|t|кв\.?)\s*([1-4])", re.IGNORECASE)
_QUARTER_FIRST = re.compile(
    r"(?:q|t)?\s*([1-4])\s*(?:q|kv|ç|quarter|quartal|кв\.?)?\s*[-/., ]\s*(\d{4})", re.IGNORECASE
)
# Eurostat writes the sum of a year as its month 52.
_EUROSTAT_YEAR = re.compile(r"(\d{4})52")
_FIRST_DAY = re.compile(r"(\d{4})-(\d{2})-01(?:[T ]00:00(?::00)?)?")
_SUMS = frozenset({"total", "ag1", "ag2", "ag3", "ag4", "ag5", "ag6", "all", "alltotal"})
_CODE = re.compile(r"\d{2}(?:\d{2}){0,5}")


@lru_cache(1)
def _words() -> dict[str, dict[str, str]]:
    """Section -> folded spelling -> value."""
    text = resources.files("narrows.vocab").joinpath("trade.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    found = {
        section: {_key(word): value for value, words in table[section].items() for word in words}
        for section in ("flow", "area")
    }
    return {**found, "m49": table["m49"]}


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


@lru_cache(_CACHE)
def period(text: str | None) -> str | None:
    """Return a period as "2024", "2024-Q2" or "2024-03", in the resolution in which it is written.

    Takes YYYYMM, YYYY, YYYY-MM, MM/YYYY, 2024M03, 2024Q2, names of months with a year, Eurostat's YYYY52 for a whole
    year, and the first day of a month.

    Returns:
        The period; None where the text is none, or outside 1900 to 2100.
    """
    if text is None:
        return None
    plain = latin_digits(text).strip()
    found = _numbered(plain)
    if found is None:
        day = dates.parse_date(f"1 {plain}", "day-first") if re.search(r"[^\W\d_]{3}", plain) else None
        return None if day is None else f"{day.year}-{day.month:02}"
    return found if _FIRST_YEAR <= int(found[:4]) <= _LAST_YEAR else None


def _numbered(plain: str) -> str | None:
    for pattern, form in (
        (_EUROSTAT_YEAR, "{0}"), (_YEAR, "{0}"), (_QUARTER, "{0}-Q{1}"), (_MONTH, "{0}-{1:0>2}"),
        (_FIRST_DAY, "{0}-{1}"), (_MONTH_FIRST, "{1}-{0:0>2}"),
    ):  # fmt: skip
        if (match := pattern.fullmatch(plain)) is not None:
            return form.format(*match.groups())
    match = _QUARTER_FIRST.fullmatch(plain)
    return f"{match[2]}-Q{match[1]}" if match is not None and re.search(r"[^\d\s]", plain) else None


@lru_cache(_CACHE)
def flow(text: str | None) -> str | None:
    """Return import, export, re-export or re-import; None for anything else, such as parts of these."""
    return None if text is None else _words()["flow"].get(_key(text))


@lru_cache(_CACHE)
def area(text: str | None, *, numbered: bool = True) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country, or world, group or unspecified for what is none.

    Args:
        text: code or name; numbers are those of UN M49 and of UN Comtrade where it differs.
        numbered: whether numbers are read; Eurostat's old numbers of countries mean other countries than M49's.

    Returns:
        The code or word; None where it is neither.
    """
    if text is None:
        return None
    plain = latin_digits(text).strip().removesuffix(".0")
    if plain.isdecimal():
        return _by_number(plain) if numbered else None
    found = _words()["area"].get(_key(plain))
    return places.country(text) if found is None else found


def _by_number(plain: str) -> str | None:
    words = _words()
    if plain in words["area"]:
        return words["area"][plain]
    number = plain.zfill(3)
    known = words["m49"].get(number)
    listed = get_global("territory_aliases").get(number, [])
    return known or (places.country(listed[0]) if len(listed) == 1 else None)


@lru_cache(_CACHE)
def commodity(text: str | None) -> str | None:
    """Return the digits of a Harmonized System code, 2 of them or more, or "total" for a sum over codes."""
    if text is None:
        return None
    plain = text.strip()
    if _key(plain) in _SUMS:
        return "total"
    if len(plain) == 2 and plain.isdecimal():
        return plain
    digits = codes.hs_digits(plain)
    return digits if digits is not None and _CODE.fullmatch(digits) else None
