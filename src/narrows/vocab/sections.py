"""Sections of the Harmonized System: which chapters belong together.

Goods of two sections have little to do with each other; goods of two chapters of one section may well have.
Source: Harmonized System, 2022 edition, table of contents (World Customs Organization).
"""

from __future__ import annotations

from bisect import bisect_right

# The first chapter of each section, I to XXI.
_FIRST = (1, 6, 15, 16, 25, 28, 39, 41, 44, 47, 50, 64, 68, 71, 72, 84, 86, 90, 93, 94, 97)
_LAST_CHAPTER = 97
SECTIONS = len(_FIRST)


def section(chapter: int) -> int | None:
    """Return the section, 1 to 21, of a chapter; None where there is no such chapter (1 to 97, without 77)."""
    if not 1 <= chapter <= _LAST_CHAPTER or chapter == 77:
        return None
    return bisect_right(_FIRST, chapter)
