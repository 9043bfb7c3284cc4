"""Admiralty grades: how reliable a source is (A to F), and how credible what it says (1 to 6).

The two are rated apart, and the pair is kept as it is: no number is made of it. F and 6 mean that there is no basis for
a rating; they are not bad marks. Source: AJP-2.1, as described in open summaries of the scale.
"""

from __future__ import annotations

import re
from functools import lru_cache

from narrows.vocab.text import fold

RELIABILITY: dict[str, str] = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
CREDIBILITY: dict[str, str] = {
    "1": "confirmed by other sources", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable",
    "6": "cannot be judged",
}  # fmt: skip
# What a feed is that nobody has rated.
UNRATED = "F6"

_PAIR = re.compile(r"([a-f])? ?-? ?([1-6])?(?: .*)?")


@lru_cache(1024)
def reliability(text: str | None) -> str | None:
    """Return the letter of a reliability as written ("B", "b - usually reliable", "B2"), or None."""
    return _read(text, 1, RELIABILITY)


@lru_cache(1024)
def credibility(text: str | None) -> str | None:
    """Return the digit of a credibility as written ("2", "2: probably true", "B2"), or None."""
    return _read(text, 2, CREDIBILITY)


def _read(text: str | None, group: int, words: dict[str, str]) -> str | None:
    if text is None:
        return None
    key = fold(text)
    for sign, meaning in words.items():
        if key in (meaning, f"{sign.lower()} {meaning}"):
            return sign
    found = _PAIR.fullmatch(key) if len(key) <= 3 else None
    return found.group(group).upper() if found is not None and found.group(group) else None
