"""Who stands between the maker and the place: boxes in columns of roles, lines whose width says their weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from narrows.picture.drawing import Drawing
from narrows.picture.fitted import Fitted
from narrows.picture.gathering import Box, Gathered, Line, gather
from narrows.picture.layout.layers import Layers, lay_out
from narrows.picture.layout.lettering import fit
from narrows.picture.legend import legend
from narrows.picture.svg import LEADING, SMALL, Point, diamond, element, flag, path, text, title
from narrows.picture.wording import amount, known, total

__all__ = ["Box", "Columns", "Line", "draw"]

MARGIN, HEAD, PAD, GAP = 8.0, 46.0, 8.0, 11.0
WIDEST_BOX, WIDEST_LINE = 190.0, 9.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Role columns.

    Attributes:
        title, description: read out by a screen reader.
        headers: of the columns, from the left: "Maker", "Distributor", ...
        boxes, lines: whatever stands in the columns, and what leads from one to another.
        path: keys of boxes along which the way is highlighted, such as a chain of custody.
        unit: of the weights: "kg", "lines", "EUR".
        limit: at most so many boxes are drawn; of the others, those of a column as one.
        most_lines: at most so many lines are drawn, the heaviest.
    """

    title: str
    headers: tuple[str, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    description: str = ""
    path: tuple[str, ...] = ()
    unit: str = ""
    limit: int = 300
    most_lines: int = 1200


def draw(data: Columns, *, width: int = 920) -> Drawing:
    """Return the picture, at least 150 pixels wide for each column."""
    steps = {(line.source, line.target) for line in data.lines}
    unweighed = [Line(*step) for step in pairwise(data.path) if step not in steps]
    lines, rank = [*data.lines, *unweighed], partial(_rank, set(data.path))
    shown = gather(data.boxes, lines, data.headers, limit=data.limit, unit=data.unit, rank=rank)
    width = max(width, 150 * len(data.headers))
    box_width = min(WIDEST_BOX, 0.76 * width / max(1, len(data.headers)))
    # Room for lines that leave and meet boxes of the last column on their right.
    last = [box.key for box in shown.boxes if box.column == len(data.headers) - 1]
    beside = 34.0 if any(line.source in last for line in shown.lines) else 0.0
    step = (width - 2 * MARGIN - beside - box_width) / max(1, len(data.headers) - 1)
    lefts = [MARGIN + column * step for column in range(len(data.headers))]
    texts = [_Inside.of(box, box_width - 2 * PAD) for box in shown.boxes]
    drawn, thin = _heaviest(data, shown.lines)
    shown = replace(shown, lines=drawn, left_out=(*shown.left_out, *thin))
    sheet = _Sheet(data, shown, lefts, box_width, texts)
    foot = HEAD + sheet.layers.height + 14
    meaning, high = legend(sheet.signs(), width, foot)
    return Drawing(
        title=data.title,
        description=data.description,
        width=width,
        height=foot + high,
        body="".join([*sheet.heads(), *sheet.curves(), *sheet.boxes(), meaning]),
        left_out=shown.left_out,
    )


def _rank(way: set[str], box: Box) -> int:
    """What is drawn before what, whatever passes it: boxes of the highlighted way, choke points, flagged ones."""
    return 0 if box.key in way else 1 if box.choke else 2 if box.flag else 3


def _heaviest(data: Columns, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines that are drawn, and a sentence about the others."""
    if len(lines) <= data.most_lines:
        return lines, ()
    steps = set(pairwise(data.path))
    ranked = sorted(lines, key=lambda line: ((line.source, line.target) not in steps, -(known(line.weight) or 0.0)))
    rest = amount(total(line.weight for line in ranked[data.most_lines :]), data.unit)
    told = f"Of {len(lines):,} lines the {data.most_lines:,} heaviest are drawn; the others carry {rest} in all."
    return tuple(ranked[: data.most_lines]), (told,)


class _Inside(Fitted):
    """The texts of a box, broken to its width."""

    __slots__ = ()

    @property
    def height(self) -> float:
        return 11 + LEADING * len(self.name) + (LEADING - 1) * (len(self.choke) + len(self.flag))


class _Sheet:
    """The picture while it is being drawn."""

    def __init__(
        self, data: Columns, shown: Gathered, lefts: list[float], box_width: float, texts: list[_Inside]
    ) -> None:
        self.data, self.shown, self.lefts, self.box_width, self.texts = data, shown, lefts, box_width, texts
        self.at = {box.key: place for place, box in enumerate(shown.boxes)}
        heaviest = max((known(line.weight) or 0.0 for line in shown.lines), default=0.0)
        self.scale = WIDEST_LINE / heaviest if heaviest else 0.0
        self.across = [line for line in shown.lines if self._column(line.source) != self._column(line.target)]
        self.within = [line for line in shown.lines if self._column(line.source) == self._column(line.target)]
        self.layers: Layers = lay_out(
            [box.column for box in shown.boxes],
            [text.height for text in texts],
            [(self.at[line.source], self.at[line.target], self._thickness(line.weight)) for line in self.across],
            gap=GAP,
        )
        self.steps = set(pairwise(data.path))

    def heads(self) -> Iterable[str]:
        """The headers of the columns, with how many are shown."""
        all_of, drawn = (
            Counter(box.column for box in self.data.boxes),
            Counter(box.column for box in self.shown.boxes if box.key not in self.shown.rests),
        )
        for column, (header, left) in enumerate(zip(self.data.headers, self.lefts, strict=True)):
            middle = left + self.box_width / 2
            told = (
                f"{drawn[column]:,} shown"
                if drawn[column] == all_of[column]
                else f"{drawn[column]:,} of {all_of[column]:,} shown"
            )
            lines = fit(header, self.box_width, 13.5, bold=True)
            yield text("".join(lines), middle, 17, size=13.5, bold=True, anchor="middle")
            yield text(told, middle, 32, "np-quiet", size=SMALL, anchor="middle")

    def curves(self) -> Iterable[str]:
        """The lines, thin ones first, the highlighted way last."""
        ports = self._ports()
        for _, marked, line, way in sorted(self._ways(), key=lambda found: found[:2]):
            yield self._across(line, way, ports, marked)
        for line in self.within:
            yield self._beside(line)

    def boxes(self) -> Iterable[str]:
        """The boxes with their texts."""
        for place, (box, inside) in enumerate(zip(self.shown.boxes, self.texts, strict=True)):
            left, top = self.lefts[box.column], self._y(place) - inside.height / 2
            rest = box.key in self.shown.rests
            class_ = "np-box-rest" if rest else "np-box-choke" if box.choke else "np-box-flag" if box.flag else "np-box"
            parts = [
                title(" · ".join(told for told in (box.name, box.choke, box.flag) if told)),
                element("rect", class_=class_, x=left, y=top, width=self.box_width, height=inside.height, rx=3),
            ]
            if box.key in self.data.path:
                parts.append(element("rect", class_="np-on-path", x=left - 3, y=top - 3, width=self.box_width + 6,
                                     height=inside.height + 6, rx=5))  # fmt: skip
            yield element("g", *parts, *_texts(box, inside, left + PAD, top + 5, "np-quiet" if rest else "np-ink"))

    def signs(self) -> Iterable[tuple[str, str]]:
        """The signs that occur, with what they mean."""
        boxes = self.shown.boxes
        if any(box.choke for box in boxes):
            yield diamond(-4.5, 0), "choke point, with what it carries"
        if any(box.flag for box in boxes):
            yield flag(-4, 0), "flagged: a question, not a finding"
        if self.steps:
            yield element("path", class_="np-path", stroke_width=3, d="M-9 -4H9"), "the way highlighted"
        if self.scale:
            told = f"the wider, the more ({self.data.unit})" if self.data.unit else "the wider, the more"
            yield element("path", class_="np-line", stroke_width=6, d="M-9 -4H9"), told
        if any(known(line.weight) is None for line in self.shown.lines):
            yield element("path", class_="np-unknown", stroke_width=1.5, d="M-9 -4H9"), "how much is not known"

    def _ways(self) -> Iterable[tuple[float, bool, Line, tuple[int, ...]]]:
        for line, way in zip(self.across, self.layers.ways, strict=True):
            marked = (line.source, line.target) in self.steps
            yield (1e9 if marked else self._thickness(line.weight)), marked, line, way

    def _across(self, line: Line, way: tuple[int, ...], ports: dict[tuple[int, int, bool], float], marked: bool) -> str:
        steps: list[str | Point] = []
        entry = (self._right(way[0]), ports[way[0], way[1], True])
        for here, there in pairwise(way):
            start = (self._right(here), ports[here, there, True])
            end = (self._left(there), ports[there, here, False])
            steps += ["L" if steps else "M", start]
            middle = (start[0] + end[0]) / 2
            steps += ["C", (middle, start[1]), (middle, end[1]), end]
        curve = self._curve(line, steps, marked)
        # A line that leads back ends at the right side of its target, with an arrow.
        return curve if way[0] == self.at[line.source] else curve + _arrow(entry, marked)

    def _beside(self, line: Line) -> str:
        """A line between two boxes of one column, bent out to their right."""
        one, other = self.at[line.source], self.at[line.target]
        x, start, end = self._right(one), self._y(one), self._y(other)
        out = min(34.0, 12 + abs(end - start) / 12)
        marked = (line.source, line.target) in self.steps
        steps: list[str | Point] = ["M", (x, start), "C", (x + out, start), (x + out, end), (x, end)]
        return self._curve(line, steps, marked) + _arrow((x, end), marked)

    def _curve(self, line: Line, steps: list[str | Point], marked: bool) -> str:
        unknown = known(line.weight) is None
        class_ = "np-path" if marked else "np-unknown" if unknown else "np-line"
        thickness = max(self._thickness(line.weight), 2.5 if marked else 1.0)
        return element("path", title(self._told(line)), class_=class_, d=path(steps), stroke_width=thickness)

    def _told(self, line: Line) -> str:
        names = (self.shown.boxes[self.at[key]].name for key in (line.source, line.target))
        return line.title or f"{' → '.join(names)}: {amount(line.weight, self.data.unit)}"

    def _ports(self) -> dict[tuple[int, int, bool], float]:
        """Where each line meets a box or a place: on its right side or not, in the order of the other ends."""
        met: dict[tuple[int, bool], set[int]] = {}
        for way in self.layers.ways:
            for here, there in pairwise(way):
                met.setdefault((here, True), set()).add(there)
                met.setdefault((there, False), set()).add(here)
        ports = {}
        for (here, right), others in met.items():
            tall = self.texts[here].height if here < len(self.texts) else 0.0
            spread = min(5.0, 0.66 * tall / len(others))
            for place, other in enumerate(sorted(others, key=lambda item: (self.layers.centres[item], item))):
                ports[here, other, right] = self._y(here) + (place - (len(others) - 1) / 2) * spread
        return ports

    def _y(self, item: int) -> float:
        return HEAD + self.layers.centres[item]

    def _left(self, item: int) -> float:
        return self.lefts[self.layers.columns[item]]

    def _right(self, item: int) -> float:
        return self._left(item) + self.box_width

    def _column(self, key: str) -> int:
        return self.shown.boxes[self.at[key]].column

    def _thickness(self, weight: float | None) -> float:
        return max(1.0, (known(weight) or 0.0) * self.scale)


def _arrow(tip: Point, marked: bool) -> str:
    return element(
        "path", class_="np-path-fill" if marked else "np-arrow", d=path(["M", tip, "l", (8, -4.5), (0, 9), "Z"])
    )


def _texts(box: Box, inside: _Inside, x: float, y: float, class_: str) -> Iterable[str]:
    for line in inside.name:
        y += LEADING
        yield text(line, x, y - 3.5, class_, bold=bool(box.choke), whole=box.name)
    for sign, lines, bold in ((diamond, inside.choke, True), (flag, inside.flag, False)):
        for place, line in enumerate(lines):
            y += LEADING - 1
            if not place:
                yield sign(x, y - 3.5)
            yield text(line, x + 13, y - 3.5, size=SMALL, bold=bold)
