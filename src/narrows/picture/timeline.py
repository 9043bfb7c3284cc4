"""Hindsight over time: the days on which each actor could first have asked, above how much had moved by then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from narrows.picture.drawing import Drawing, nothing
from narrows.picture.layout.axis import marks
from narrows.picture.layout.lanes import lanes
from narrows.picture.layout.lettering import fit, shorten
from narrows.picture.layout.lettering import width as measured
from narrows.picture.legend import legend
from narrows.picture.svg import LEADING, SIZE, SMALL, Point, element, number, path, text, title
from narrows.picture.wording import amount, counted, day_of, known

__all__ = ["Mark", "Row", "Timeline", "draw"]

MARGIN, AREA, LANE, WIDEST_CODE = 8.0, 110.0, 17.0, 150.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on which an actor could first have asked.

    Attributes:
        date: the day.
        code: of the indicator: "SHP-01".
        title: a sentence, shown when a pointer rests on the mark.
    """

    date: date
    code: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An actor.

    Attributes:
        name: the actor.
        marks: the days, none where the actor could not have asked.
        outcome: words at the right: "18 % moved before, 82 % after".
    """

    name: str
    marks: tuple[Mark, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A replay.

    Attributes:
        title, description: read out by a screen reader.
        rows: the actors.
        moved: how much moved on which day; summed up from the left to the right.
        unit: of what moved: "kg".
    """

    title: str
    rows: tuple[Row, ...]
    moved: tuple[tuple[date, float], ...] = ()
    description: str = ""
    unit: str = ""


def draw(data: Timeline, *, width: int = 920) -> Drawing:
    """Return the picture."""
    if not data.rows:
        return nothing(data.title, data.description, width, "No actor is on record.")
    sheet = _Sheet(data, width)
    body, y = [], 10.0
    for row in data.rows:
        drawn, y = sheet.row(row, y)
        body.append(drawn)
    axis = y + (AREA + 20 if sheet.moved else 0)
    drawn, y = sheet.foot(y)
    return Drawing(
        data.title, data.description, width, y, "".join([sheet.guides(axis), *body, drawn]), sheet.left_out()
    )


class _Sheet:
    """The picture while it is being drawn."""

    def __init__(self, data: Timeline, width: float) -> None:
        self.data, self.width = data, width
        self.left = 0.21 * width
        self.right = width - (0.2 * width if any(row.outcome for row in data.rows) else 48)
        self.moved: dict[date, float] = {}
        self.unknown = 0
        for day, value in sorted(data.moved, key=lambda movement: movement[0]):
            if (weight := known(value)) is None:
                self.unknown += 1
            else:
                self.moved[day] = self.moved.get(day, 0.0) + weight
        asked = [mark.date for row in data.rows for mark in row.marks]
        self.first = min(asked, default=None)
        days = [*self.moved, *asked]
        self.days = (min(days), max(days)) if days else None

    def left_out(self) -> tuple[str, ...]:
        """What is missing in the area."""
        movements = counted(self.unknown, "movement")
        are = "is" if self.unknown == 1 else "are"
        return (f"{movements} without a known amount {are} not in the area.",) if self.unknown else ()

    def x(self, day: date) -> float:
        """Where a day stands; a single day stands in the middle."""
        first, last = self.days or (day, day)
        return self.left + (self.right - self.left) * (((day - first) / (last - first)) if last > first else 0.5)

    def guides(self, foot: float) -> str:
        """A line down from the first mark of each row to the area."""
        if not self.moved:
            return ""
        first = sorted({self.x(min(mark.date for mark in row.marks)) for row in self.data.rows if row.marks})
        return "".join(element("path", class_="np-rule", d=path(["M", (x, 6), "L", (x, foot)])) for x in first)

    def row(self, row: Row, top: float) -> tuple[str, float]:
        """An actor with the marks; labels that would meet stand in further lanes."""
        name = fit(row.name, self.left - MARGIN - 14, SIZE, lines=2, bold=True) or ("?",)
        outcome = fit(row.outcome, self.width - self.right - 22, SMALL, lines=3)
        found = sorted(row.marks, key=lambda mark: (mark.date, mark.code))
        spans = [self._label(mark) for mark in found]
        at = lanes([span for _, span in spans])
        high = max(LANE * (max(at, default=0) + 1), LEADING * max(len(name), len(outcome))) + 11
        parts = [
            text(line, MARGIN, top + LEADING * (place + 1), bold=True, whole=row.name)
            for place, line in enumerate(name)
        ]
        parts += [
            text(line, self.right + 18, top + LEADING * (place + 1), size=SMALL, whole=row.outcome)
            for place, line in enumerate(outcome)
        ]
        if not found:
            parts.append(
                text("could not have asked on these records", self.left, top + LEADING, "np-halo-quiet", size=SMALL)
            )
        for mark, lane, (left, _) in zip(found, at, spans, strict=True):
            parts.append(self._mark(mark, left, top + 11 + LANE * lane))
        parts.append(
            element("path", class_="np-rule", d=path(["M", (MARGIN, top + high - 3), "H", str(self.width - MARGIN)]))
        )
        return element("g", *parts), top + high

    def foot(self, top: float) -> tuple[str, float]:
        """The area of what had moved, and the axis."""
        parts: list[str] = []
        y = top
        if self.moved:
            y += AREA + 16
            parts += self._area(top + 16, y)
        if self.days:
            y += 4
            parts.append(element("path", class_="np-axis", d=path(["M", (self.left, y), "L", (self.right, y)])))
            parts += self._ticks(y)
            y += 22
        meaning, high = legend(self._signs(), self.width, y + 2)
        return "".join(parts) + meaning, y + 4 + high

    def _signs(self) -> Iterable[tuple[str, str]]:
        """The signs that occur, with what they mean."""
        if self.first is not None:
            yield _triangle(0, -4), "a day on which the actor could first have asked, by which indicator"
        if self.moved and self.first is not None:
            swatch = {"x": -8.0, "y": -10.0, "width": 16.0, "height": 11.0}
            yield element("rect", class_="np-area", **swatch), "had moved by the day anybody could first have asked"
            yield element("rect", class_="np-area-after", **swatch), "moved after that day"

    def _label(self, mark: Mark) -> tuple[float, tuple[float, float]]:
        """Where the code of a mark begins, and from where to where the mark and its code reach."""
        wide, x = measured(_code(mark), SMALL, bold=True), self.x(mark.date)
        if x + 9 + wide <= self.right + 14:
            return x + 9, (x - 6, x + 9 + wide)
        return x - 9 - wide, (x - 9 - wide, x + 6)

    def _mark(self, mark: Mark, left: float, y: float) -> str:
        x = self.x(mark.date)
        return element(
            "g",
            title(" · ".join(words for words in (mark.date.isoformat(), mark.code, mark.title) if words)),
            _triangle(x, y),
            text(_code(mark), left, y + 4, "np-halo", size=SMALL, bold=True),
        )

    def _area(self, top: float, foot: float) -> Iterable[str]:
        """What had moved by each day; darker, above the rest, what moved after the first mark of any row."""
        days, sums = list(self.moved), list(accumulate(self.moved.values()))
        heights = [foot - (foot - top) * value / (sums[-1] or 1.0) for value in sums]
        by_then = len(days) if self.first is None else bisect_right(days, self.first)
        level = heights[by_then - 1] if by_then else foot
        for class_, some, tops, base in (
            ("np-area", days[:by_then], heights[:by_then], foot),
            ("np-area-after", days[by_then:], heights[by_then:], level),
        ):
            if some:
                area = self._steps(some, tops, base)
                yield element("path", title("what had moved by each day"), class_=class_, d=area)
        words = fit(f"moved in all: {amount(sums[-1], self.data.unit)}", self.left - MARGIN - 12, SMALL, lines=3)
        for place, line in enumerate(words):
            yield text(line, self.left - 8, top + 9 + 14 * place, "np-quiet", size=SMALL, anchor="end")

    def _steps(self, days: Sequence[date], heights: Sequence[float], foot: float) -> str:
        """The area between steps and a level below them, to the right end of the axis."""
        steps: list[str | Point] = ["M", (self.x(days[0]), foot)]
        for day, height in zip(days, heights, strict=True):
            steps += ["H", number(self.x(day)), "V", number(height)]
        return path([*steps, "H", number(self.right), "V", number(foot), "Z"])

    def _ticks(self, y: float) -> Iterable[str]:
        assert self.days is not None
        first, last = self.days
        apart = measured("28 Sep 2028", SMALL) + 12
        found = marks(self.days, (self.left, self.right), apart) if last > first else [(first, self.x(first))]
        for day, x in found or [(first, self.left), (last, self.right)]:
            yield element("path", class_="np-axis", d=path(["M", (x, y - 3), "L", (x, y + 3)]))
            yield text(day_of(day), x, y + 16, "np-quiet", size=SMALL, anchor="middle")


def _triangle(x: float, y: float) -> str:
    return element("path", class_="np-sign", d=path(["M", (x, y + 5), "l", (-5.5, -9.5), (11, 0), "Z"]))


def _code(mark: Mark) -> str:
    return shorten(mark.code, WIDEST_CODE, SMALL, bold=True)
