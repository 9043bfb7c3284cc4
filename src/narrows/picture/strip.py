"""Custody over time: who held an item, since when, and on what each step rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from narrows.errors import UsageError
from narrows.picture.drawing import Drawing, nothing
from narrows.picture.layout.axis import Block, Row, marks, rows
from narrows.picture.layout.lettering import fit, shorten
from narrows.picture.layout.lettering import width as measured
from narrows.picture.legend import legend
from narrows.picture.links import Basis, check, signs
from narrows.picture.svg import LEADING, SIZE, SMALL, element, path, text, title
from narrows.picture.wording import day_of

__all__ = ["Basis", "Holder", "Link", "Strip", "draw"]

MARGIN, INSET, GAP, ROUND = 10.0, 62.0, 16.0, 10.5
WIDEST_LABEL = 215.0
BETWEEN_ROWS = 18.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held the item from a day on.

    Attributes:
        name: the holder.
        date: since when; None where no document tells.
        what: what happened and how much of it: "Sold · 1,200 pcs".
        document: the document that tells of it, and where: "Invoice · invoices.csv:418".
        place: where it happened.
    """

    name: str
    date: date | None
    what: str = ""
    document: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The step to the next holder: on what it rests, and a sentence about it."""

    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A chain of custody.

    Attributes:
        title, description: read out by a screen reader.
        holders: in their order.
        links: between two holders each, one fewer than holders.
    """

    title: str
    holders: tuple[Holder, ...]
    links: tuple[Link, ...]
    description: str = ""


def draw(data: Strip, *, width: int = 920) -> Drawing:
    """Return the picture.

    Raises:
        UsageError: not one link fewer than holders, or an unknown basis.
    """
    if len(data.links) != max(0, len(data.holders) - 1):
        raise UsageError(
            f"A strip of {len(data.holders)} holders has {len(data.links)} links.",
            hint="Give one link between each two holders.",
        )
    check(link.basis for link in data.links)
    if not data.holders:
        return nothing(data.title, data.description, width, "No holder is on record.")
    labels = [_Label.of(holder) for holder in data.holders]
    blocks = [
        Block(_days(data, at), max(46.0, 34 + measured(_told(_days(data, at)), SMALL)), label.wide)
        for at, label in enumerate(labels)
    ]
    body: list[str] = []
    y = 6.0
    for row in rows(blocks, MARGIN, width - MARGIN, inset=INSET, gap=GAP):
        drawn = _Row(data, labels, row, y, width)
        body += drawn.parts()
        y = drawn.foot + BETWEEN_ROWS
    meaning, high = legend(signs({link.basis for link in data.links}), width, y - BETWEEN_ROWS + 8)
    return Drawing(data.title, data.description, width, y - BETWEEN_ROWS + 8 + high, "".join(body) + meaning)


def _days(data: Strip, at: int) -> int | None:
    """Days from the holder before."""
    if not at:
        return None
    before, since = data.holders[at - 1].date, data.holders[at].date
    return None if before is None or since is None else (since - before).days


def _told(days: int | None) -> str:
    return "? d" if days is None else f"{days:,} d".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True)
class _Words:
    """A line of a label; `whole` is the text that it is a line of."""

    line: str
    whole: str
    class_: str = "np-quiet"
    size: float = SMALL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    """The texts at a holder, from above to below."""

    lines: tuple[_Words, ...]
    wide: float
    full: str

    @classmethod
    def of(cls, holder: Holder) -> _Label:
        when = holder.date.isoformat() if holder.date else "date not known"
        lines = [_Words(when, when)]
        name = fit(holder.name, WIDEST_LABEL, SIZE, lines=2, bold=True) or ("?",)
        lines += [_Words(line, holder.name, "np-ink", SIZE, True) for line in name]
        lines += [_Words(line, holder.what, "np-ink") for line in fit(holder.what, WIDEST_LABEL, SMALL, lines=2)]
        lines += [
            _Words(shorten(words, WIDEST_LABEL, SMALL, middle=True), words)
            for words in (holder.place, holder.document)
            if words.strip()
        ]
        wide = max(measured(words.line, words.size, bold=words.bold) for words in lines)
        told = (when, holder.name, holder.what, holder.place, holder.document)
        return cls(tuple(lines), wide, " · ".join(words for words in told if words))

    @property
    def height(self) -> float:
        return LEADING * len(self.lines)

    def written(self, left: float, top: float) -> Iterable[str]:
        """The texts from a corner on."""
        for words in self.lines:
            top += LEADING
            yield text(words.line, left, top - 3.5, words.class_, size=words.size, bold=words.bold, whole=words.whole)


class _Row:
    """A row of the strip while it is being drawn."""

    def __init__(self, data: Strip, labels: Sequence[_Label], row: Row, top: float, width: float) -> None:
        self.data, self.row, self.width = data, row, width
        self.labels = labels[row.first : row.first + len(row.xs)]
        above, below = self.labels[0::2], self.labels[1::2]
        self.y = top + max((label.height for label in above), default=0.0) + 32
        self.under = max((label.height for label in below), default=0.0)
        self.ticks = self._ticks()
        self.axis = self.y + (26 + self.under if below else 20) + 4
        self.foot = self.axis + 20 if self.ticks else self.axis - 4

    def parts(self) -> Iterable[str]:
        """Axis, links, then holders in their order."""
        yield from self._axis()
        yield from self._links()
        for at, (label, x, left) in enumerate(zip(self.labels, self.row.xs, self.row.lefts, strict=True)):
            yield self._holder(at, label, x, left)

    def _holder(self, at: int, label: _Label, x: float, left: float) -> str:
        place = self.row.first + at
        basis = self.data.links[place - 1].basis if place else "plain"  # nothing leads to the first
        y = self.y - 26 - label.height if at % 2 == 0 else self.y + 22
        lead = (self.y - ROUND, self.y - 24) if at % 2 == 0 else (self.y + ROUND, self.y + 24)
        number = str(place + 1)
        return element(
            "g",
            title(label.full),
            element("path", class_="np-lead", d=path(["M", (x, lead[0]), "L", (x, lead[1])])),
            element("circle", class_=f"np-{basis}-fill", cx=x, cy=self.y, r=ROUND),
            text(number, x, self.y + 4, "np-on", size=SMALL, bold=True, anchor="middle"),
            *label.written(left, y),
        )

    def _links(self) -> Iterable[str]:
        """The steps within the row, and those from the row before and to the next."""
        first, xs = self.row.first, self.row.xs
        if first:
            yield self._link(first - 1, MARGIN, xs[0], self.row.broken[0])
        for at, (start, end) in enumerate(pairwise(xs)):
            yield self._link(first + at, start + ROUND, end, self.row.broken[at + 1])
        last = first + len(xs) - 1
        if last < len(self.data.links):
            basis = self.data.links[last].basis
            steps = path(["M", (xs[-1] + ROUND, self.y), "L", (self.width - MARGIN, self.y)])
            yield element("path", class_=f"np-{basis}", d=steps)

    def _link(self, number: int, start: float, end: float, broken: bool) -> str:
        link, tip = self.data.links[number], end - ROUND - 1
        days = _told(_days(self.data, number + 1))
        middle = (start + tip - 8) / 2
        parts = [
            title(" · ".join(words for words in (link.basis, days, link.note) if words)),
            element("path", class_=f"np-{link.basis}", d=path(["M", (start, self.y), "L", (tip - 11, self.y)])),
            element(
                "path", class_=f"np-{link.basis}-fill", d=path(["M", (tip, self.y), "l", (-12, -6.5), (0, 13), "Z"])
            ),
            text(days, middle, self.y - 7, "np-quiet", size=SMALL, anchor="middle"),
        ]
        if broken:
            x = min(middle + measured(days, SMALL) / 2 + 9, tip - 16)
            parts.append(element("path", class_="np-gap", d=path(["M", (x + 1.5, self.y - 6), "l", (-3, 12)])))
            parts.append(
                element(
                    "path",
                    class_="np-axis",
                    d=path(["M", (x - 1, self.y - 6), "l", (-3, 12), "m", (5, 0), "l", (3, -12)]),
                )
            )
        return element("g", *parts)

    def _ticks(self) -> list[tuple[date, float]]:
        ends = self.data.holders[self.row.first : self.row.first + len(self.row.xs)]
        dated = [(holder.date, x) for holder, x in zip(ends, self.row.xs, strict=True) if holder.date]
        apart = measured("28 Sep 2028", SMALL) + 12
        return marks([day for day, _ in dated], [x for _, x in dated], apart)

    def _axis(self) -> Iterable[str]:
        if not self.ticks:
            return
        start, end = self.row.xs[0], self.row.xs[-1]
        yield element("path", class_="np-rule", d=path(["M", (start, self.axis), "L", (end, self.axis)]))
        for day, x in self.ticks:
            yield element("path", class_="np-axis", d=path(["M", (x, self.axis - 3), "L", (x, self.axis + 3)]))
            words = day_of(day)
            half = measured(words, SMALL) / 2
            at = min(max(x, half + 4), self.width - half - 4)
            yield text(words, at, self.axis + 16, "np-quiet", size=SMALL, anchor="middle")
