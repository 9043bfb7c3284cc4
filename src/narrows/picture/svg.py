"""Writing SVG: elements, texts in any script, signs. Whatever a text holds, the outcome is well-formed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from narrows.picture.layout.lettering import is_rtl, visible

Point = tuple[float, float]

SIZE = 12.5
SMALL = 11.0
LEADING = 15.5


def number(value: float) -> str:
    """Return a coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def element(tag: str, *children: str, **attributes: str | float | None) -> str:
    """Return an element. In names of attributes `_` stands for `-`, a last `_` falls away; None leaves one out.

    What people wrote belongs into `text` and `title`, never into an attribute.
    """
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{tag}{told}>{inside}</{tag}>" if inside else f"<{tag}{told}/>"


def text(
    words: str,
    x: float,
    y: float,
    class_: str = "np-ink",
    *,
    size: float = SIZE,
    bold: bool = False,
    anchor: str = "start",
    whole: str = "",
) -> str:
    """Return a text with its baseline at y; `anchor` (start, middle, end) means left, middle, right in every script.

    A line of a longer text reads in the direction of the whole of it.
    """
    if not words:
        return ""
    rtl = is_rtl(whole or words)
    side = {"start": "end", "end": "start"}.get(anchor, anchor) if rtl else anchor
    return element(
        "text",
        escape(visible(words)),
        class_=class_,
        x=x,
        y=y,
        font_size=size,
        font_weight=600 if bold else None,
        text_anchor=None if side == "start" else side,
        direction="rtl" if rtl else None,
        unicode_bidi="isolate",
    )


def title(words: str) -> str:
    """Return the full text that a pointer resting on the element shows."""
    return element("title", escape(visible(words)))


def path(steps: Iterable[str | Point]) -> str:
    """Return the data of a path from commands and points."""
    return " ".join(step if isinstance(step, str) else f"{number(step[0])},{number(step[1])}" for step in steps)


def polyline(points: Sequence[Point]) -> str:
    """Return the data of a line of many points, as steps of whole tenths of a pixel, which are shorter to write."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(tenths) if (x, y) != (a, b)]
    told = " ".join(f"{x / 10:g},{y / 10:g}" for x, y in steps)
    return f"M{tenths[0][0] / 10:g},{tenths[0][1] / 10:g}l{told}" if steps else ""


def flag(x: float, y: float, class_: str = "np-sign") -> str:
    """Return the sign of something flagged, a pennant 9 pixels high; x is its left side and y its foot."""
    return element("path", class_=class_, d=path(["M", (x, y), "V", f"{number(y - 9.5)}", "H", f"{number(x + 1.5)}",
        "L", (x + 8, y - 6.5), "L", (x + 1.5, y - 3.5), "V", number(y), "Z"]))  # fmt: skip


def diamond(x: float, y: float, class_: str = "np-sign") -> str:
    """Return the sign of a choke point, a diamond 9 pixels high; x is its left side and y its foot."""
    return element(
        "path",
        class_=class_,
        d=path(["M", (x + 4.5, y), "L", (x, y - 4.5), "L", (x + 4.5, y - 9), "L", (x + 9, y - 4.5), "Z"]),
    )


def _attribute(value: str | float) -> str:
    return escape(value, {'"': "&quot;"}) if isinstance(value, str) else number(value)
