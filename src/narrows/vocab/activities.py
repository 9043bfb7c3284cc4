"""Economic activities: codes of NACE Rev. 2 from what registers and order books write, and the tree above a code.

A code is kept as digits without dots ("4742"): two for a division, three for a group, four for a class; sections are
letters. ISIC Rev. 4 shares sections and divisions; a code of another nomenclature is cut to what NACE Rev. 2 knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from narrows.vocab.catalogue import read
from narrows.vocab.text import fold, latin_digits

_CACHE = 65536
_LABEL = (
    r"(?:(?:nace|isic|naf|wz|ateco|cnae|uk\s*sic|sic|оквэд)"
    r"(?:\s*(?:rev\.?\s*|v\.?\s*)?(?:[1-5](?:\.[0-9])?|(?:19|20)[0-9]{2})(?=[\s:;-]))?[\s:.;-]*)?"
)
_CODE = (
    r"(?P<section>[A-U])?[\s.-]?(?P<division>[0-9]{1,2})"
    r"(?:\.(?P<rest>[0-9]{1,2}(?:\.?[0-9]{1,2})?)|(?P<run>[0-9]{1,4}))?(?P<suffix>[A-Z])?"
)
_WHOLE = re.compile(rf"{_LABEL}[(\[]?{_CODE}[)\]]?\.?", re.IGNORECASE)
_LEADING = re.compile(
    rf"{_LABEL}[(\[]?{_CODE}[)\]]?(?P<gap>\s*[-–—:;|,/]\s*|\s+)(?P<words>.*[^\W\d_].*)", re.IGNORECASE | re.DOTALL
)
_TRAILING = re.compile(rf"(?P<words>.*[^\W\d_].*)\s*[(\[]\s*{_LABEL}{_CODE}\s*[)\]]", re.IGNORECASE | re.DOTALL)
_LOGISTICS = frozenset({"49", "50", "51", "52", "53", "64"})
_EVERYTHING = frozenset({"*"})
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Nace:
    titles: dict[str, str]
    section_of: dict[str, str]
    by_words: dict[str, str]


def _key(text: str) -> str:
    return fold(text).replace("specialized", "specialised")


@lru_cache(maxsize=1)
def _nace() -> _Nace:
    raw = read("nace")
    titles: dict[str, str] = dict(raw["titles"])
    for code in list(titles):
        if len(code) == 4:
            titles.setdefault(code[:3], titles[code])
    # Of codes with one title the longest is taken: a division with one class is that class.
    by_words = {_key(titles[code]): code for code in sorted(titles, key=len) if len(code) > 1}
    for code, words in raw["words"].items():
        for word in words:
            by_words.setdefault(_key(word), code)
    section_of = {division: letter for letter, divisions in raw["sections"].items() for division in divisions}
    return _Nace(titles, section_of, by_words)


@lru_cache(maxsize=1)
def _usual() -> dict[str, frozenset[str]]:
    raw = read("usual_goods")
    everyone = frozenset(raw["everyone"])
    return {
        code: _EVERYTHING if chapters == "*" else everyone | frozenset(chapters)
        for code, chapters in raw["chapters"].items()
    }


def _cut(digits: str) -> str | None:
    """Return the longest beginning of `digits` that is a code; None where not even the division is."""
    titles = _nace().titles
    return next((digits[:length] for length in (4, 3, 2) if len(digits) >= length and digits[:length] in titles), None)


def _from(match: re.Match[str]) -> tuple[str | None, str]:
    """Return (code, all its digits) of a matched code; the code is None where its section letter contradicts it."""
    division, rest, run, section = match["division"], match["rest"], match["run"], match["section"]
    if len(division) == 1 and ((rest is None and section is None) or run is not None):
        return None, division
    digits = f"{division:0>2}{rest or run or ''}".replace(".", "")
    code = _cut(digits)
    if code is None or (section is not None and _nace().section_of[code[:2]] != section.upper()):
        return None, digits
    if section is None and len(code) == 2 and run is not None and run.strip("0"):
        return None, digits
    return code, digits


@lru_cache(_CACHE)
def activity(text: str) -> str | None:
    """Return the NACE Rev. 2 code that `text` states, as digits without dots, or None.

    Taken are codes in the usual spellings ("47.42", "G47.42", "4742", "474", "NACE 47.42.01", "47.42Z"), alone or
    beside a title; English titles of NACE Rev. 2; and plain words for common activities in English, Turkish and German,
    as the whole text. A national code of five or six digits is cut to its class, an unknown class to its group. A bare
    number that fits no group is no code, since it may be any number.
    """
    plain = latin_digits(text[: _LONGEST + 1]).strip()
    if not plain or len(plain) > _LONGEST:
        return None
    match = _WHOLE.fullmatch(plain)
    if match is not None:
        return _from(match)[0]
    known = _nace().by_words.get(_key(plain))
    if known is not None:
        return known
    for pattern in (_LEADING, _TRAILING):
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        code, digits = _from(match)
        # "24 hour service" and "1993 founded" are no codes: a bare number beside words must be a class.
        if code is not None and (match["rest"] or match["section"] or (digits[:4] == code and len(code) == 4)):
            return code
        return _nace().by_words.get(_key(match["words"]))
    return None


def title(code: str) -> str:
    """Return the English title of `code`, or of the nearest wider level that has one; "" where there is none."""
    titles = _nace().titles
    for length in range(len(code), 0, -1):
        found = titles.get(code[:length])
        if found is not None:
            return found
    return ""


def parents(code: str) -> tuple[str, ...]:
    """Return `code` and the levels above it, narrowest first: ("4742", "474", "47", "G"); () where it is no code."""
    nace = _nace()
    if code in nace.section_of.values():
        return (code,)
    section = nace.section_of.get(code[:2])
    if section is None:
        return ()
    levels = (code[:length] for length in (4, 3, 2) if length <= len(code))
    return (*(level for level in levels if level in nace.titles), section)


def is_logistics(code: str) -> bool:
    """Say whether the activity handles goods or money for others: transport, storage, forwarding, post, banking.

    These are the divisions 49 to 53 and 64.
    """
    return code[:2] in _LOGISTICS


def usual_chapters(code: str) -> frozenset[str] | None:
    """Return the two-digit HS chapters that are usual for an activity, by the starting table of the catalogue.

    The nearest level with an entry counts.

    Returns:
        Chapters as text; only "*" where goods of every chapter are usual; None where the table has no entry.
    """
    usual = _usual()
    return next((usual[level] for level in parents(code) if level in usual), None)
