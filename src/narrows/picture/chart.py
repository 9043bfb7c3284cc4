"""A map: the coastline, numbered places, and the way between them. Boundaries only when asked for, with a notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from narrows.errors import UsageError
from narrows.picture.drawing import Drawing
from narrows.picture.layout.bows import Bow, bow
from narrows.picture.layout.globe import Point, View, areas, frame, lines, outline
from narrows.picture.layout.labels import Rect, beside, together
from narrows.picture.layout.lettering import shorten
from narrows.picture.layout.lettering import width as measured
from narrows.picture.layout.world import world
from narrows.picture.legend import legend
from narrows.picture.links import Basis, check, signs
from narrows.picture.svg import SIZE, SMALL, element, path, polyline, text, title
from narrows.picture.wording import counted

__all__ = ["Arc", "Basis", "Chart", "Place", "draw"]

ROUND, NEAR, WIDEST_LABEL, LINE = 9.5, 17.0, 170.0, 16.0
MOST_BOWS = 100
NOTICE = "Boundaries and names shown are not authoritative."
SOURCE = "Coastline: Natural Earth, 1:110 million; small islands are not drawn."


@dataclass(frozen=True, slots=True)
class Place:
    """A place, numbered by where it stands in `Chart.places`.

    Attributes:
        name: in any script.
        latitude, longitude: in degrees.
        note: a sentence, shown when a pointer rests on the place.
    """

    name: str
    latitude: float
    longitude: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Arc:
    """A way from one place to another, both by their place in `Chart.places` from 0, and on what it rests."""

    source: int
    target: int
    basis: Basis = "documented"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A map.

    Attributes:
        title, description: read out by a screen reader.
        places, arcs: what is shown.
        boundaries: whether boundaries of countries are drawn, with a notice that they are not authoritative.
        height: of the map in pixels, without what stands beneath.
    """

    title: str
    places: tuple[Place, ...]
    arcs: tuple[Arc, ...] = ()
    description: str = ""
    boundaries: bool = False
    height: float = 420.0


def draw(data: Chart, *, width: int = 920) -> Drawing:
    """Return the map.

    Raises:
        UsageError: a place that is not on Earth, an arc to no place, or an unknown basis.
    """
    _check(data)
    view = frame([(place.longitude, place.latitude) for place in data.places], width, data.height)
    spots = _Spots(data, view)
    under, foot, left_out = _beneath(data, spots, width)
    inside = [*_ground(view, data.boundaries), *spots.arcs(), *spots.marks(), *spots.labels()]
    return Drawing(
        title=data.title,
        description=data.description,
        width=width,
        height=foot,
        body=element("svg", *inside, x=0.0, y=0.0, width=width, height=data.height) + under,
        left_out=left_out,
    )


def _check(data: Chart) -> None:
    check(arc.basis for arc in data.arcs)
    for number, place in enumerate(data.places, 1):
        if not (isfinite(place.longitude) and abs(place.latitude) <= 90):
            raise UsageError(
                f"Place {number} of a map lies at latitude {place.latitude}, longitude {place.longitude}.",
                hint="Give degrees: latitude from -90 to 90, longitude from -180 to 180.",
            )
    if any(not 0 <= end < len(data.places) for arc in data.arcs for end in (arc.source, arc.target)):
        raise UsageError("An arc of a map leads to no place.", hint="Number places from 0 in the order of `places`.")


def _ground(view: View, boundaries: bool) -> Iterable[str]:
    """Sea, land, coast."""
    yield element("path", class_="np-sea", d=_closed([outline(view)]))
    yield element("path", class_="np-land", fill_rule="evenodd", d=_closed(areas(view, world().coast)))
    if boundaries:
        yield element("path", class_="np-border", d=_open(lines(view, world().borders)))
    yield element("path", class_="np-coast", d=_open(lines(view, world().coast)))


def _closed(shapes: Iterable[Sequence[Point]]) -> str:
    return "".join(line + "z" for shape in shapes if (line := polyline(shape)))


def _open(shapes: Iterable[Sequence[Point]]) -> str:
    return "".join(polyline(shape) for shape in shapes)


class _Spots:
    """Places on the map: those too near to each other share a mark."""

    def __init__(self, data: Chart, view: View) -> None:
        self.data = data
        points = [view.place(place.longitude, place.latitude) for place in data.places]
        self.groups = together(points, NEAR + 4)
        self.of = {place: group for group, those in enumerate(self.groups) for place in those}
        self.numbers = [_numbers(those) for those in self.groups]
        self.middles = [
            (sum(points[at][0] for at in those) / len(those), sum(points[at][1] for at in those) / len(those))
            for those in self.groups
        ]
        self.middles = [(x, min(max(y, ROUND + 2), view.height - ROUND - 2)) for x, y in self.middles]
        self.rects = [self._rect(*middle, words) for middle, words in zip(self.middles, self.numbers, strict=True)]
        self.names = [" / ".join(dict.fromkeys(data.places[at].name for at in those)) for those in self.groups]
        self.shown = [shorten(name, WIDEST_LABEL, SIZE, bold=True) for name in self.names]
        self.bows = list(self._bows())
        # So many that they cover everything cannot be shunned.
        shunned = [point for _, drawn in self.bows for point in drawn.points(24)] if len(self.bows) <= MOST_BOWS else []
        self.places = beside(
            self.rects,
            [(measured(words, SIZE, bold=True), LINE) for words in self.shown],
            Rect(4, 4, view.width - 4, view.height - 4),
            shunned=shunned,
        )

    def arcs(self) -> Iterable[str]:
        """The ways."""
        return (self._arc(arc, drawn) for arc, drawn in self.bows)

    def _bows(self) -> Iterable[tuple[Arc, Bow]]:
        """The ways between different marks; those between the same two are bent more and more."""
        times: Counter[tuple[int, int]] = Counter()
        for arc in self.data.arcs:
            pair = (self.of[arc.source], self.of[arc.target])
            if pair[0] != pair[1]:
                times[pair] += 1
                bend = 0.12 + 0.09 * (times[pair] - 1)
                yield arc, bow(self.rects[pair[0]], self.rects[pair[1]], bend)

    def marks(self) -> Iterable[str]:
        """The numbered places."""
        basis: dict[int, str] = {arc.target: arc.basis for arc in self.data.arcs}
        for those, rect, words in zip(self.groups, self.rects, self.numbers, strict=True):
            bases = {basis.get(at, "plain") for at in those}
            class_ = f"np-{bases.pop()}-fill" if len(bases) == 1 else "np-plain-fill"
            yield element(
                "g",
                title(" · ".join(f"{at + 1} {self._told(self.data.places[at])}" for at in those)),
                element("rect", class_=class_, x=rect.left, y=rect.top, width=rect.right - rect.left,
                        height=rect.bottom - rect.top, rx=ROUND),
                text(words, (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2 + 4, "np-on", size=SMALL,
                     bold=True, anchor="middle"),
            )  # fmt: skip

    def labels(self) -> Iterable[str]:
        """The names, as far as there is room."""
        for rect, words in zip(self.places, self.shown, strict=True):
            if rect is not None:
                yield text(words, rect.left, rect.bottom - 4, "np-halo", bold=True)

    def unsaid(self) -> list[int]:
        """Places whose names stand nowhere on the map, or not in full."""
        return [
            at
            for those, rect, name, words in zip(self.groups, self.places, self.names, self.shown, strict=True)
            for at in those
            if rect is None or words != name.strip()
        ]

    def hidden(self) -> int:
        """How many ways begin and end at one mark."""
        return sum(self.of[arc.source] == self.of[arc.target] for arc in self.data.arcs)

    @staticmethod
    def _told(place: Place) -> str:
        return f"{place.name}: {place.note}" if place.note else place.name

    @staticmethod
    def _rect(x: float, y: float, words: str) -> Rect:
        half = max(ROUND, measured(words, SMALL, bold=True) / 2 + 5)
        return Rect(x - half, y - ROUND, x + half, y + ROUND)

    def _arc(self, arc: Arc, drawn: Bow) -> str:
        names = f"{self.data.places[arc.source].name} → {self.data.places[arc.target].name}"
        tip, one, other = drawn.head
        return element(
            "g",
            title(" · ".join(words for words in (names, arc.basis, arc.note) if words)),
            element("path", class_=f"np-{arc.basis}", d=path(["M", drawn.start, "Q", drawn.bend, drawn.foot])),
            element("path", class_=f"np-{arc.basis}-fill", d=path(["M", tip, "L", one, other, "Z"])),
        )


def _numbers(places: Sequence[int]) -> str:
    shown = [str(at + 1) for at in places[:3]]
    return ", ".join(shown) + (f" +{len(places) - 3}" if len(places) > 3 else "")


def _beneath(data: Chart, spots: _Spots, width: float) -> tuple[str, float, tuple[str, ...]]:
    """Legend, names that found no room, notices; and the height of it all."""
    y = data.height + 4
    parts, high = legend(signs({arc.basis for arc in data.arcs}), width, y)
    y += high
    written = [parts]
    names, high = _names(data, spots.unsaid(), width, y)
    written.append(names)
    y += high
    for notice in [NOTICE, SOURCE] if data.boundaries else [SOURCE]:
        y += LINE
        written.append(text(shorten(notice, width - 16, SMALL), 8, y, "np-quiet", size=SMALL))
    hidden = spots.hidden()
    left_out = (f"{counted(hidden, 'way')} within one mark of the map cannot be drawn.",) if hidden else ()
    return "".join(written), y + 8, left_out


def _names(data: Chart, places: Sequence[int], width: float, y: float) -> tuple[str, float]:
    """Names with the numbers of their places, side by side; each keeps its own writing direction."""
    parts, x, rows = [], 8.0, 1 if places else 0
    for at in places:
        number, name = str(at + 1), shorten(data.places[at].name, 0.4 * width, SMALL)
        begin = measured(number, SMALL, bold=True) + 5
        wide = begin + measured(name, SMALL)
        if x > 8 and x + wide > width - 8:
            x, rows = 8.0, rows + 1
        parts.append(text(number, x, y + rows * LINE, size=SMALL, bold=True))
        parts.append(text(name, x + begin, y + rows * LINE, size=SMALL))
        x += wide + 18
    return "".join(parts), rows * LINE + 6 if rows else 0.0
