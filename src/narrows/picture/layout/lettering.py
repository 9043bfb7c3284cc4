"""How wide a text is at most, where it is broken, and what in it must be shown because it would be invisible.

No font is at hand when a picture is drawn, and none is known that the reader has. The table widths.csv holds the widest
advance of each letter among common sans fonts (measured by bench/picture/measure_widths.py), so that a text is never
wider than said here. A letter wide by the East Asian Width property (Unicode UAX 11) is one em.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib import resources

ELLIPSIS = "…"
# Fonts of emoji draw them up to 1.4 em wide.
_EMOJI = 1.4
_SPACES = re.compile(r"[ \t\r\n\x0b\x0c\u2028\u2029]+")
# What XML does not allow, what is not seen, and what would turn the writing direction of the text around it.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff"
    "\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f]|(?<![^\x00-\u02af])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02af])"
)
# Marks on one letter: Hebrew with vowels and accents comes to four.
_MOST_MARKS = 6
# What a text may be broken after; a number and its sign of per cent stay together.
_BREAKS = re.compile(r"(?:[^ /\-\u2010-\u2014·;]|(?<=\d) (?=%))*(?:[/\-\u2010-\u2014·;]+ *| +|$)")


def visible(text: str) -> str:
    """Return a text on one line, in which every hidden character is spelled out: U+202E.

    The joiners U+200C and U+200D stay where they stand between letters of scripts that need them for spelling. Marks
    that pile up on one letter beyond what any script needs are left out: they would cover what stands above.
    """
    spelled = _HIDDEN.sub(lambda found: f"U+{ord(found[0]):04X}", _SPACES.sub(" ", text).strip())
    return spelled if spelled.isascii() else "".join(_unpiled(spelled))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the greatest width of a text in pixels at a font size in pixels."""
    return sum(_advance(letter, bold) for letter in text) * size


def is_rtl(text: str) -> bool:
    """Return whether a text reads from right to left, by its first letter with a direction (Unicode UAX 9, rule P2)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def fit(text: str, room: float, size: float, *, lines: int = 1, bold: bool = False) -> tuple[str, ...]:
    """Break a text into at most `lines` lines no wider than `room` pixels; the last is shortened when more is left.

    Hidden characters are spelled out first. Words wider than the room are broken within.
    """
    pieces = [part for piece in _pieces(visible(text)) for part in _small_enough(piece, room, size, bold)]
    broken: list[str] = []
    at = 0
    while at < len(pieces) and len(broken) < lines:
        line = pieces[at]
        at += 1
        while at < len(pieces) and width((line + pieces[at]).rstrip(), size, bold=bold) <= room:
            line += pieces[at]
            at += 1
        broken.append(line.rstrip())
    if at < len(pieces):
        broken[-1] = shorten(broken[-1] + " " + "".join(pieces[at:]), room, size, bold=bold)
    return tuple(broken)


def shorten(text: str, room: float, size: float, *, bold: bool = False, middle: bool = False) -> str:
    """Return a text no wider than `room` pixels, with an ellipsis for what is cut from its end or its middle."""
    text = visible(text)
    if width(text, size, bold=bold) <= room:
        return text
    left = room - width(ELLIPSIS, size, bold=bold)
    signs = list(_clusters(text))
    tail = _taken(signs[::-1], left / 2, size, bold) if middle else 0
    left -= width("".join(signs[len(signs) - tail :]), size, bold=bold)
    head = _taken(signs, left, size, bold)
    return "".join(signs[:head]).rstrip() + ELLIPSIS + "".join(signs[len(signs) - tail :]).lstrip()


def _unpiled(text: str) -> Iterator[str]:
    """The letters, and as many marks on each as a script may need."""
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            yield letter


def _taken(signs: list[str], room: float, size: float, bold: bool) -> int:
    """How many signs from the first on fit."""
    for count, sign in enumerate(signs):
        room -= width(sign, size, bold=bold)
        if room < 0:
            return count
    return len(signs)


def _pieces(text: str) -> Iterator[str]:
    """The pieces of a text between which a line may break."""
    for piece in _BREAKS.findall(text):
        start = 0
        for at, letter in enumerate(piece):
            if at > start and unicodedata.east_asian_width(letter) in "WF" and unicodedata.category(letter)[0] == "L":
                yield piece[start:at]
                start = at
        if piece[start:]:
            yield piece[start:]


def _small_enough(piece: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """A piece, broken where it is wider than a line."""
    if width(piece.rstrip(), size, bold=bold) <= room:
        yield piece
        return
    line = ""
    signs = (part for sign in _clusters(piece) for part in (sign if width(sign, size, bold=bold) > room else [sign]))
    for sign in signs:
        if line and width(line + sign, size, bold=bold) > room:
            yield line
            line = ""
        line += sign
    yield line


def _clusters(text: str) -> Iterator[str]:
    """Letters with the marks that belong to them; a simple form of the grapheme clusters of Unicode UAX 29."""
    cluster = ""
    for letter in text:
        joined = cluster.endswith("\u200d") or letter == "\u200d" or "\U0001f3fb" <= letter <= "\U0001f3ff"
        if cluster and not joined and unicodedata.category(letter)[0] != "M":
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


@cache
def _advance(letter: str, bold: bool) -> float:
    """The width of a letter in em."""
    if unicodedata.category(letter) in ("Mn", "Me") or letter in "\u200c\u200d":
        return 0.0
    code = ord(letter)
    if code >= 0x1F000 or 0x2600 <= code < 0x27C0:
        wide = unicodedata.east_asian_width(letter) in "WF" and code >= 0x20000
        return 1.0 if wide else _EMOJI
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    firsts, widths = _table()
    at = bisect_right(firsts, code) - 1
    return widths[at][bold] if at >= 0 else 1.0


@cache
def _table() -> tuple[list[int], list[tuple[float, float]]]:
    text = resources.files("narrows.picture.layout").joinpath("widths.csv").read_text(encoding="ascii")
    rows = [line.split(",") for line in text.splitlines()[1:]]
    return [int(row[0], 16) for row in rows], [(int(row[1]) / 1000, int(row[2]) / 1000) for row in rows]
