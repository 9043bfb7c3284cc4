"""Bent arrows from one mark to another."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from narrows.picture.layout.labels import Point, Rect

GAP = 2.0
ARROW = 12.0


@dataclass(frozen=True, slots=True)
class Bow:
    """A quadratic curve with an arrowhead.

    Attributes:
        start, bend, foot: the curve: where it begins, its control point, where the arrowhead begins.
        head: the corners of the arrowhead, its tip first.
    """

    start: Point
    bend: Point
    foot: Point
    head: tuple[Point, Point, Point]

    def points(self, count: int) -> list[Point]:
        """Return points along the curve, from its start to its foot."""
        found = []
        for step in range(count):
            t = step / (count - 1)
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            x, y = (a * self.start[at] + b * self.bend[at] + c * self.foot[at] for at in (0, 1))
            found.append((x, y))
        return found


def bow(source: Rect, target: Rect, bend: float) -> Bow:
    """Return the arrow between two marks; `bend` says how far it leaves the straight line, for its length.

    The way there and the way back bend to different sides.
    """
    (x1, y1), (x2, y2) = source.middle, target.middle
    far = hypot(x2 - x1, y2 - y1)
    control = ((x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend)
    start, tip = leaving(source, control), leaving(target, control)
    away = hypot(control[0] - tip[0], control[1] - tip[1]) or 1.0
    ux, uy = (control[0] - tip[0]) / away, (control[1] - tip[1]) / away
    long = min(ARROW, far / 3)
    side = long * 0.55
    foot = (tip[0] + ux * long, tip[1] + uy * long)
    wings = ((foot[0] - uy * side, foot[1] + ux * side), (foot[0] + uy * side, foot[1] - ux * side))
    return Bow(start, control, foot, (tip, *wings))


def leaving(mark: Rect, towards: Point) -> Point:
    """Return where the way from the middle of a mark to a point leaves it, a little outside; marks have round ends."""
    x, y = mark.middle
    dx, dy = towards[0] - x, towards[1] - y
    wide, high = (mark.right - mark.left) / 2 + GAP, (mark.bottom - mark.top) / 2 + GAP
    if wide - high < 0.1 and (far := hypot(dx, dy)):
        share = min(1.0, wide / far)
    else:
        share = min(wide / abs(dx) if dx else 1.0, high / abs(dy) if dy else 1.0, 1.0)
    return x + dx * share, y + dy * share
