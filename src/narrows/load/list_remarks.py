"""The remarks of OFAC's CSV, in which stands what its XML says in elements of their own.

    DOB 10 Dec 1948; alt. DOB 1949; Passport A1234567 (Exampleland); a.k.a. 'THE EXAMPLE'; Linked To: EXAMPLE TRADING.

A name in single quotes is a weak alias. Places of birth, nationalities and the like are dropped and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrows.load.list_words import birth_date, imo, is_never_read, leading_number, number_kind

_WEAK = re.compile(r"(?:[afn]\.?k\.?a\.?,?)\s+['\"](.+?)['\"]\.?", re.IGNORECASE)
_BORN = re.compile(r"(?:alt\. )?DOB (.+)")
_ISSUED = re.compile(r"(?<=\S)\s+\([^()]*\).*$")


def told(remarks: str) -> Iterator[tuple[str, str]]:
    """Yield what a remark says: "weak", "birth-date" or a kind of number, and its value; the rest as "remarks"."""
    rest = []
    for segment in map(str.strip, remarks.strip().removesuffix(".").split(";")):
        found = _one(segment)
        if found is not None:
            yield found
        elif segment and not is_never_read(segment):
            rest.append(segment)
    if rest:
        yield "remarks", "; ".join(rest)


def _one(segment: str) -> tuple[str, str] | None:
    if weak := _WEAK.fullmatch(segment):
        return "weak", weak[1]
    if born := _BORN.fullmatch(segment):
        day = birth_date(born[1], "day-first")
        return None if day is None else ("birth-date", day)
    if number := leading_number().match(segment):
        return _number(number_kind(number[1]), _ISSUED.sub("", number[2]).strip())
    return None


def _number(kind: str | None, value: str) -> tuple[str, str] | None:
    if kind == "imo":
        value = imo(value) or ""
    elif not any(sign.isdigit() for sign in value) and kind not in ("web", "email"):
        return None
    return None if kind is None or not value else (kind, value)
