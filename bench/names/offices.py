"""What offices do to a name when they file it: capitals, lost diacritics, and a slip of the pen or of a scanner."""

from __future__ import annotations

import re
import unicodedata

AS_WRITTEN = frozenset({"casing", "ocr", "diacritics-missing", "truncated", "typo"})
"""Forms whose letters are the point: they stay as they are."""
ONLY_TURKISH = re.compile("[ğĞşŞıİ]")
LONG_WORD = re.compile(r"[^\W\d_]{8,}")
SCANNED = {
    "l": "1",
    "o": "0",
    "I": "l",
    "O": "0",
    "B": "8",
    "S": "5",
    "E": "F",
    "m": "rn",
    "о": "0",
    "О": "0",
    "З": "3",
}
"""Letters that a scanner takes for others."""


def as_filed(text: str, why: str, draw: int) -> str:
    """Return the text as one of three kinds of offices writes it; `draw` from 0 to 99 says which.

    Only Latin and Cyrillic change. The dotted and the dotless i follow Turkish where the text shows Turkish letters.
    """
    if draw < 60 or why in AS_WRITTEN or script(text) not in {"latin", "cyrillic"}:
        return text
    if draw < 85 or script(text) == "cyrillic":
        return (text.replace("i", "İ") if ONLY_TURKISH.search(text) else text).upper()
    return without_diacritics(text).upper()


def slipped(text: str, beside: str, draw: int, *, scanned: bool) -> str | None:
    """Return the text with one slip in a long word that stands on both sides, or None where there is no such word.

    A slip in a shared word cannot touch what tells two names apart, so it never changes whether they are one.
    """
    shared = {bare(word[0]) for word in LONG_WORD.finditer(beside)}
    words = [word for word in LONG_WORD.finditer(text) if bare(word[0]) in shared]
    if not words:
        return None
    word = words[draw % len(words)]
    at = word.start() + 2 + draw % (len(word[0]) - 4)
    if not scanned:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if text[at] != text[at + 1] else None
    place = next((place for place in range(word.start() + 1, word.end()) if text[place] in SCANNED), None)
    return None if place is None else text[:place] + SCANNED[text[place]] + text[place + 1 :]


def bare(text: str) -> str:
    """Return the text as a reader in a hurry sees it: without diacritics and case."""
    return without_diacritics(text).casefold()


def without_diacritics(text: str) -> str:
    """Return the text with each letter bare: ç as c, ı as i."""
    apart = unicodedata.normalize("NFKD", text.replace("ı", "i"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def script(text: str) -> str:
    """Return the script of most letters of a text, by the first word of their Unicode names."""
    names = [unicodedata.name(letter).split()[0].lower() for letter in text if letter.isalpha()]
    return max(sorted(set(names)), key=names.count)
