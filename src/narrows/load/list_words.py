"""What the words of lists mean: the kind and strength of a name, the kind of an entry, the kind of a number.

>>> strength("a.k.a.", "weak")
'weak'
>>> number_kind("Tax ID No.")
'vat'
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from narrows.model.mapping import DateOrder
from narrows.vocab import words
from narrows.vocab.dates import parse_date

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_IMO = re.compile(r"(?<!\d)\d{7}(?!\d)")
# What a column says that tells whether a name is strong.
_FALSE = ("false", "no", "0", "f")
# What may stand around a year of birth, and around nothing more exact.
_ABOUT = re.compile(r"[^a-z]+|circa|ca?|approximately|approx|about|dd|mm|in|year|born")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("narrows.load") / "list_words.toml").read_text(encoding="utf-8"))


@cache
def _pattern(section: str) -> tuple[re.Pattern[str], dict[str, str]]:
    meant = {word: what for what, forms in _table()[section].items() for word in forms}
    longest = sorted(meant, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"), meant


def _found(section: str, text: str | None) -> str | None:
    """What the first word of a section in a text means, the longest where several begin alike."""
    if not text:
        return None
    pattern, meant = _pattern(section)
    hit = pattern.search(" ".join(text.casefold().split()))
    return meant[hit.group()] if hit else None


def strength(kind: str | None, quality: str | None) -> str:
    """Return primary, strong, weak or former; "named" where nothing is said of a name but that it is one.

    Args:
        kind: the list's word for the kind of the name: "a.k.a.", "Primary name", "FKA".
        quality: and for its quality: "weak", "Low", "false".
    """
    if quality and any(piece in _FALSE for piece in quality.casefold().split(", ")):
        return "weak"
    told = _found("name_quality", quality)
    if told == "weak":
        return "weak"
    return told or _found("name_type", kind) or "named"


def entry_kind(text: str | None) -> str | None:
    """Return person, organisation, vessel or aircraft, or None."""
    return _found("kind", text) or words.party_kind(text)


def number_kind(text: str | None) -> str | None:
    """Return what a number is by its type; "other-number" for an unknown one, None for what is none or never read."""
    if not text:
        return "other-number"
    told = _found("number", text)
    return told if told is not None else "other-number" if _found("never", text) is None else None


@cache
def leading_number() -> re.Pattern[str]:
    """The pattern of a remark that begins with the type of a number: group 1 the type, group 2 the number."""
    known = {form for forms in _table()["number"].values() for form in forms}
    forms = sorted(known | {form.removesuffix(".") for form in known}, key=lambda form: (-len(form), form))
    return re.compile(rf"(?:alt\. )?({'|'.join(map(re.escape, forms))})(?!\w)[:\s]*(\S.*)", re.IGNORECASE)


def is_never_read(remark: str) -> bool:
    """Whether a remark tells what is never read of people."""
    hit = _pattern("never")[0].match(remark.casefold())
    return hit is not None and hit.group() in _table()["never"]["never"]


def birth_date(text: str, order: DateOrder) -> str | None:
    """Return a date of birth as YYYY-MM-DD, or the year alone; None where neither is told, or a span of years."""
    for piece in text.split(", "):
        found: date | None = parse_date(piece.strip(), order)
        if found is not None:
            return found.isoformat()
    years = set(_YEAR.findall(text))
    if len(years) != 1:
        return None
    rest = _YEAR.sub(" ", text.casefold())
    return years.pop() if not _ABOUT.sub("", rest) or _is_month(rest) else None


def imo(text: str) -> str | None:
    """Return the seven digits of an IMO number."""
    found = _IMO.search(text)
    return found.group() if found else None


def _is_month(rest: str) -> bool:
    """Whether a month is all that is told beside a year."""
    return len(rest.split()) == 1 and parse_date(f"1 {rest.strip()} 2000", "day-first") is not None
