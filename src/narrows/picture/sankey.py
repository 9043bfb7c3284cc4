"""How much goes through whom: nodes as tall, bands as wide as what passes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from narrows.picture.drawing import Drawing
from narrows.picture.fitted import Fitted
from narrows.picture.gathering import Box, Gathered, Line, gather
from narrows.picture.layout.bands import Bands, lay_out
from narrows.picture.layout.lettering import fit
from narrows.picture.legend import legend
from narrows.picture.svg import LEADING, SMALL, Point, diamond, element, flag, path, text, title
from narrows.picture.wording import amount, counted, known

__all__ = ["Box", "Line", "Sankey", "draw"]

MARGIN, HEAD, NODE, CURVE = 8.0, 30.0, 11.0, 34.0


@dataclass(frozen=True, slots=True)
class Sankey:
    """A flow through columns.

    Attributes:
        title, description: read out by a screen reader.
        headers: of the columns, from the left.
        boxes, lines: who stands in the columns, and how much goes from one to another. Only lines that lead to a later
            column and have a known weight above zero can be drawn; the others are told of in `Drawing.left_out`.
        unit: of the weights: "kg", "EUR".
        limit: at most so many nodes are drawn; of the others, those of a column as "other (n)".
        height: of the tallest column in pixels, without the room that labels of small nodes need.
    """

    title: str
    headers: tuple[str, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    description: str = ""
    unit: str = ""
    limit: int = 60
    height: float = 340.0


def draw(data: Sankey, *, width: int = 920) -> Drawing:
    """Return the picture, at least 140 pixels wide for each column."""
    width = max(width, 140 * len(data.headers))
    lines, unfit = _fitting(data)
    shown = gather(
        data.boxes,
        lines,
        data.headers,
        limit=data.limit,
        unit=data.unit,
        rank=lambda box: not box.choke,
        rest_name="other ({:,})".format,
    )
    pitch = (width - MARGIN) / max(1, len(data.headers))
    labels = [_Label.of(box, pitch - NODE - CURVE) for box in shown.boxes]
    at = {box.key: place for place, box in enumerate(shown.boxes)}
    bands = lay_out(
        [box.column for box in shown.boxes],
        [label.height for label in labels],
        [(at[line.source], at[line.target], line.weight or 0.0) for line in shown.lines],
        room=data.height,
    )
    lefts = [MARGIN + column * pitch for column in range(len(data.headers))]
    heads = [
        text("".join(fit(header, pitch - 10, 13.5, bold=True)), left, 17, size=13.5, bold=True)
        for header, left in zip(data.headers, lefts, strict=True)
    ]
    foot = HEAD + bands.height + 10
    meaning, high = legend(_signs(shown, data.unit), width, foot)
    return Drawing(
        title=data.title,
        description=data.description,
        width=width,
        height=foot + high,
        body="".join(
            [*heads, *_bands(shown, bands, lefts, data.unit), *_nodes(shown, bands, lefts, labels, data.unit), meaning]
        ),
        left_out=(*shown.left_out, *unfit),
    )


def _fitting(data: Sankey) -> tuple[list[Line], tuple[str, ...]]:
    """The lines that can be drawn, and sentences about the others."""
    columns = {box.key: box.column for box in data.boxes}
    lines: list[Line] = []
    back: list[float] = []
    empty = 0
    for line in data.lines:
        weight = known(line.weight)
        if not weight:
            empty += 1
        elif columns.get(line.source, 0) < columns.get(line.target, 1):
            lines.append(line)
        else:
            back.append(weight)
    told = []
    if back:
        told.append(
            f"{counted(len(back), 'line')} with {amount(sum(back), data.unit)} in all "
            f"{'leads' if len(back) == 1 else 'lead'} back or within a column and cannot be drawn as a band."
        )
    if empty:
        told.append(f"{counted(empty, 'line')} without a known amount cannot be drawn as a band.")
    return lines, tuple(told)


def _signs(shown: Gathered, unit: str) -> Iterable[tuple[str, str]]:
    """The signs that occur, with what they mean."""
    chokes = {box.key for box in shown.boxes if box.choke}
    if chokes:
        yield diamond(-4.5, 0), "choke point, with what it carries"
    if any({line.source, line.target} & chokes for line in shown.lines):
        yield element("path", class_="np-band-mark", stroke_width=9, d="M-9 -4H9"), "from or to a choke point"
    if any(box.flag for box in shown.boxes):
        yield flag(-4, 0), "flagged: a question, not a finding"
    if shown.lines:
        yield (
            element("path", class_="np-band", stroke_width=9, d="M-9 -4H9"),
            f"as wide as the amount ({unit})" if unit else "as wide as the amount",
        )


class _Label(Fitted):
    """The texts beside a node."""

    __slots__ = ()

    @property
    def height(self) -> float:
        return (LEADING - 1) * (1 + len(self.name) + len(self.choke) + len(self.flag))

    def written(self, whole: str, amount: str, x: float, middle: float) -> Iterable[str]:
        """The texts around a height: name, amount, what is to be said."""
        y = middle - self.height / 2 - 3.5
        for line in self.name:
            y += LEADING - 1
            yield text(line, x, y, "np-halo", bold=bool(self.choke), whole=whole)
        y += LEADING - 1
        yield text(amount, x, y, "np-halo-quiet", size=SMALL)
        for sign, lines, bold in ((diamond, self.choke, True), (flag, self.flag, False)):
            for place, line in enumerate(lines):
                y += LEADING - 1
                if not place:
                    yield sign(x, y)
                yield text(line, x + 13, y, "np-halo", size=SMALL, bold=bold)


def _bands(shown: Gathered, bands: Bands, lefts: list[float], unit: str) -> Iterable[str]:
    names = {box.key: box.name for box in shown.boxes}
    marked = {box.key for box in shown.boxes if box.choke}
    for line, way, ends, wide in zip(shown.lines, bands.ways, bands.ends, bands.widths, strict=True):
        steps: list[str | Point] = []
        for (here, there), (start, end) in zip(pairwise(way), ends, strict=True):
            x1, x2 = lefts[bands.columns[here]] + NODE, lefts[bands.columns[there]]
            steps += [
                "L" if steps else "M",
                (x1, HEAD + start),
                "C",
                ((x1 + x2) / 2, HEAD + start),
                ((x1 + x2) / 2, HEAD + end),
                (x2, HEAD + end),
            ]
        told = line.title or f"{names[line.source]} → {names[line.target]}: {amount(line.weight, unit)}"
        class_ = "np-band-mark" if {line.source, line.target} & marked else "np-band"
        yield element("path", title(told), class_=class_, d=path(steps), stroke_width=max(0.8, wide))


def _nodes(shown: Gathered, bands: Bands, lefts: list[float], labels: list[_Label], unit: str) -> Iterable[str]:
    into: dict[str, float] = defaultdict(float)
    out: dict[str, float] = defaultdict(float)
    for line in shown.lines:
        out[line.source] += line.weight or 0.0
        into[line.target] += line.weight or 0.0
    for place, (box, label) in enumerate(zip(shown.boxes, labels, strict=True)):
        left, middle = lefts[box.column], HEAD + bands.centres[place]
        tall = max(1.5, bands.heights[place])
        told = amount(max(into[box.key], out[box.key]), unit)
        class_ = "np-node-rest" if box.key in shown.rests else "np-node"
        parts = [
            title(" · ".join(words for words in (box.name, told, box.choke, box.flag) if words)),
            element("rect", class_=class_, x=left, y=middle - tall / 2, width=NODE, height=tall),
        ]
        yield element("g", *parts, *label.written(box.name, told, left + NODE + 6, middle))
