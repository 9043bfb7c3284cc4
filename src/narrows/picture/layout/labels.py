"""Marks near each other become one; labels stand beside their marks where they meet nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

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


def together(points: Sequence[tuple[float, float]], near: float) -> list[list[int]]:
    """Gather points closer than `near` pixels, the nearest first, as long as the middles of the groups are closer."""
    groups = [[at] for at in range(len(points))]
    middles = [tuple(point) for point in points]
    while True:
        pairs = (
            ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2, one, other)
            for one, a in enumerate(middles)
            for other, b in enumerate(middles[:one])
            if abs(a[0] - b[0]) < near and abs(a[1] - b[1]) < near
        )
        distance, one, other = min(pairs, default=(near * near, 0, 0))
        if distance >= near * near:
            return groups
        groups[other] = sorted(groups[other] + groups[one])
        del groups[one], middles[one]
        those = [points[at] for at in groups[other]]
        middles[other] = (sum(x for x, _ in those) / len(those), sum(y for _, y in those) / len(those))


def beside(marks: Sequence[Rect], sizes: Sequence[tuple[float, float]], bounds: Rect) -> list[Rect | None]:
    """Return for each mark where its label of that size stands, None where there is no room.

    Tried are the right, the left, below, above, then the corners.
    """
    found: list[Rect | None] = []
    for mark, (wide, high) in zip(marks, sizes, strict=True):
        rects = (
            Rect(left, top, left + wide, top + high)
            for left, top in _spots(mark, wide, high)
        )  # fmt: skip
        taken = [*marks, *(rect for rect in found if rect is not None)]
        free = (rect for rect in rects if rect.within(bounds) and not any(rect.meets(other, 1.0) for other in taken))
        found.append(next(free, None))
    return found


def _spots(mark: Rect, wide: float, high: float) -> list[tuple[float, float]]:
    """Left and top of a label around a mark."""
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    right, left, under, over = mark.right + 4, mark.left - 4 - wide, mark.bottom + 2, mark.top - 2 - high
    return [
        (right, y - high / 2), (left, y - high / 2), (x - wide / 2, under), (x - wide / 2, over),
        (right - 4, under - 2), (right - 4, over + 2), (left + 4, under - 2), (left + 4, over + 2),
    ]  # fmt: skip
