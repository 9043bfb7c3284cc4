"""Marks near each other become one; labels stand beside their marks where they meet nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """The middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: Point, gap: float) -> bool:
        """Whether a point lies in it, or closer than `gap`."""
        x, y = point
        return self.left - gap < x < self.right + gap and self.top - gap < y < self.bottom + gap

    def meets(self, other: Rect, gap: float = 0.0) -> bool:
        """Whether two rectangles overlap or come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, other: Rect) -> bool:
        """Whether all of it lies in another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


def together(points: Sequence[Point], near: float) -> list[list[int]]:
    """Gather points until the middles of all groups are at least `near` pixels from each other."""
    groups, middles = [[at] for at in range(len(points))], list(points)
    while True:
        fewer, moved = _gathered(groups, middles, near)
        if len(fewer) == len(groups):
            return groups
        groups, middles = fewer, moved


def _gathered(
    groups: Sequence[list[int]], middles: Sequence[Point], near: float
) -> tuple[list[list[int]], list[Point]]:
    """Each group joined to the nearest one before it, if that is near; looked up in squares as wide as `near`."""
    kept: list[list[int]] = []
    at: list[Point] = []
    squares: dict[tuple[int, int], set[int]] = {}
    for group, (x, y) in zip(groups, middles, strict=True):
        column, row = _square((x, y), near)
        around = (
            other
            for square in ((column + right, row + down) for right in (-1, 0, 1) for down in (-1, 0, 1))
            for other in squares.get(square, ())
        )
        distance, other = min((((at[o][0] - x) ** 2 + (at[o][1] - y) ** 2, o) for o in around), default=(inf, -1))
        if distance >= near * near:
            other = len(kept)
            kept.append(group)
            at.append((x, y))
        else:
            squares[_square(at[other], near)].discard(other)
            share = len(group) / (len(group) + len(kept[other]))
            at[other] = (at[other][0] + (x - at[other][0]) * share, at[other][1] + (y - at[other][1]) * share)
            kept[other] = sorted(kept[other] + group)
        squares.setdefault(_square(at[other], near), set()).add(other)
    return kept, at


def _square(point: Point, near: float) -> tuple[int, int]:
    return int(point[0] // near), int(point[1] // near)


def beside(
    marks: Sequence[Rect], sizes: Sequence[tuple[float, float]], bounds: Rect, *, shunned: Sequence[Point] = ()
) -> list[Rect | None]:
    """Return for each mark where its label of that size stands, None where there is no room.

    Tried are the right, the left, below, above, then the corners; where the fewest `shunned` points lie is taken.
    """
    found: list[Rect | None] = []
    for mark, (wide, high) in zip(marks, sizes, strict=True):
        taken = [*marks, *(rect for rect in found if rect is not None)]
        rects = (Rect(left, top, left + wide, top + high) for left, top in _spots(mark, wide, high))
        free = [rect for rect in rects if rect.within(bounds) and not any(rect.meets(other, 1.0) for other in taken)]
        covered = [sum(rect.holds(point, 2.0) for point in shunned) for rect in free]
        found.append(free[covered.index(min(covered))] if free else None)
    return found


def _spots(mark: Rect, wide: float, high: float) -> list[tuple[float, float]]:
    """Left and top of a label around a mark."""
    x, y = mark.middle
    right, left, under, over = mark.right + 4, mark.left - 4 - wide, mark.bottom + 2, mark.top - 2 - high
    return [
        (right, y - high / 2), (left, y - high / 2), (x - wide / 2, under), (x - wide / 2, over),
        (right - 4, under - 2), (right - 4, over + 2), (left + 4, under - 2), (left + 4, over + 2),
    ]  # fmt: skip
