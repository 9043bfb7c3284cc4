"""Shares side by side: horizontal bars with their values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from narrows.picture.drawing import Drawing, nothing
from narrows.picture.layout.lettering import fit, shorten
from narrows.picture.layout.lettering import width as measured
from narrows.picture.legend import legend
from narrows.picture.svg import LEADING, SIZE, SMALL, diamond, element, text, title
from narrows.picture.wording import amount, known

__all__ = ["Bar", "Bars", "draw"]

MARGIN, GAP = 8.0, 9.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        name: what it stands for.
        value: its length; None where not known.
        told: the value in words; by default the value with the unit.
        marked: whether it bears the sign of a choke point.
    """

    name: str
    value: float | None
    told: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars in the order given.

    Attributes:
        title, description: read out by a screen reader.
        bars: from above to below.
        unit: of the values.
        whole: the value of the full length (1 for shares); by default the greatest value.
    """

    title: str
    bars: tuple[Bar, ...]
    description: str = ""
    unit: str = ""
    whole: float | None = None


def draw(data: Bars, *, width: int = 920) -> Drawing:
    """Return the picture."""
    if not data.bars:
        return nothing(data.title, data.description, width, "Nothing is on record.")
    told = [shorten(bar.told or amount(bar.value, data.unit), 0.24 * width, SMALL) for bar in data.bars]
    left = MARGIN + 0.32 * width
    after = max((measured(words, SMALL) for words in told), default=0.0) + 14
    length = width - left - after - MARGIN
    whole = known(data.whole) or max((known(bar.value) or 0.0 for bar in data.bars), default=0.0) or 1.0
    parts: list[str] = []
    y = 6.0
    for bar, words in zip(data.bars, told, strict=True):
        drawn, high = _bar(bar, words, left, y, length * min(1.0, (known(bar.value) or 0.0) / whole))
        parts += drawn
        y += high
    signs = [(diamond(-4.5, 0), "choke point")] if any(bar.marked for bar in data.bars) else []
    meaning, high = legend(signs, width, y + 2)
    return Drawing(data.title, data.description, width, y + 2 + high, "".join(parts) + meaning)


def _bar(bar: Bar, words: str, left: float, y: float, length: float) -> tuple[Iterable[str], float]:
    name = fit(bar.name, left - MARGIN - 26, SIZE, lines=2, bold=bar.marked) or ("?",)
    high = LEADING * len(name) + GAP
    middle = y + (high - GAP) / 2
    class_ = "np-bar-mark" if bar.marked else "np-bar"
    parts = [title(f"{bar.name} · {words}")]
    if bar.marked:
        parts.append(diamond(MARGIN, middle + 4.5))
    parts += [
        text(line, MARGIN + 14, y + LEADING * (place + 1) - 3.5, bold=bar.marked, whole=bar.name)
        for place, line in enumerate(name)
    ]
    if length > 0:
        parts.append(element("rect", class_=class_, x=left, y=middle - 7, width=max(1.5, length), height=14, rx=1.5))
    parts.append(text(words, left + length + 8, middle + 4, size=SMALL))
    return [element("g", *parts)], high
