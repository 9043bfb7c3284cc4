"""Places on an axis of time: events as far apart as their days, and where days and months are marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Steps of marks: days, then months.
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
# So many times the median of the distances in a row a distance may be long; a longer one is cut.
CUT = 4
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Block:
    """An event of a strip.

    Attributes:
        days: since the event before; None where either date is not known.
        least: least distance to the event before in pixels.
        wide: width of its label in pixels.
    """

    days: int | None
    least: float
    wide: float


@dataclass(frozen=True, slots=True)
class Row:
    """Events that stand in one row.

    Attributes:
        first: number of the first of them, from 0.
        xs: where each stands.
        lefts: where its label begins.
        broken: whether the distance before it is cut: shorter than its days would need.
    """

    first: int
    xs: tuple[float, ...]
    lefts: tuple[float, ...]
    broken: tuple[bool, ...]


def rows(blocks: Sequence[Block], start: float, end: float, *, inset: float, gap: float) -> list[Row]:
    """Put events into as few rows as their labels need, which stand above and below the line in turn.

    Args:
        blocks: the events in their order.
        start, end: left and right side of a row in pixels.
        inset: how far events keep from the sides where the line comes from the row before or goes on in the next.
        gap: least distance between two labels on one side.
    """
    found: list[Row] = []
    first = 0
    while first < len(blocks):
        best = _row(blocks, first, first + 1, start, end, inset, gap)
        last = first + 2
        while best is not None and last <= len(blocks):
            more = _row(blocks, first, last, start, end, inset, gap)
            if more is None:
                break
            best, last = more, last + 1
        assert best is not None, "one event always fits"
        found.append(best)
        first += len(best.xs)
    return found


def _row(
    blocks: Sequence[Block], first: int, last: int, start: float, end: float, inset: float, gap: float
) -> Row | None:
    """The events from first to before last in one row, at the greatest scale that fits; None when they do not fit."""
    left = start + (inset if first else 14)
    right = end - (inset if last < len(blocks) else 14)
    those = blocks[first:last]
    counted = sorted(block.days for block in those[1:] if block.days is not None and block.days > 0)
    longest = CUT * counted[len(counted) // 2] if counted else 0
    days = [min(max(0, block.days or 0), longest) for block in those]
    low, high = 0.0, right - left
    row = _placed(those, days, left, start, end, low, gap)
    if row is None or row[0][-1] > right:
        return Row(first, (left,), (min(left - 8, end - those[0].wide),), (False,)) if len(those) == 1 else None
    for _ in range(_TRIES):
        scale = (low + high) / 2
        tried = _placed(those, days, left, start, end, scale, gap)
        if tried is not None and tried[0][-1] <= right:
            low, row = scale, tried
        else:
            high = scale
    broken = tuple(at > 0 and (block.days or 0) > longest for at, block in enumerate(those))
    return Row(first, tuple(row[0]), tuple(row[1]), broken)


def _placed(
    those: Sequence[Block], days: Sequence[float], left: float, start: float, end: float, scale: float, gap: float
) -> tuple[list[float], list[float]] | None:
    """Events and their labels from the left on, `scale` pixels a day; None where a label finds no room."""
    xs, lefts = [left], [max(start, min(left - 8, end - those[0].wide))]
    for at, block in enumerate(those[1:], 1):
        free = lefts[at - 2] + those[at - 2].wide + gap if at > 1 else start
        if free + block.wide > end:
            return None
        xs.append(max(xs[-1] + max(block.least, days[at] * scale), free + 8))
        lefts.append(min(xs[-1] - 8, end - block.wide))
    return xs, lefts


def marks(days: Sequence[date], xs: Sequence[float], apart: float) -> list[tuple[date, float]]:
    """Return the dates to mark between events, with their places: beginnings of months, or days when all is near.

    Between two events the axis is even. Marks stand at least `apart` pixels from each other.
    """
    spans = [
        (one, other, x, y)
        for one, other, x, y in zip(days, days[1:], xs, xs[1:], strict=False)
        if other > one
    ]  # fmt: skip
    if not spans:
        return []
    room = sum(y - x for *_, x, y in spans)
    most = max(1.0, room / apart)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    placed: list[tuple[date, float]] = []
    for day in _steps(first, last, most):
        for one, other, x, y in spans:
            if one <= day <= other:
                at = x + (y - x) * ((day - one) / (other - one))
                if not placed or at - placed[-1][1] >= apart:
                    placed.append((day, at))
                break
    return placed


def _steps(first: date, last: date, most: float) -> Iterator[date]:
    """Even steps from first to last, at most about `most` of them."""
    days = (last - first).days
    step = next((step for step in _DAYS if days / step <= most), None)
    if step is not None and days <= 45:
        yield from (first + timedelta(at) for at in range(0, days + 1, step))
        return
    months = next((step for step in _MONTHS if days / 30.4 / step <= most), _MONTHS[-1])
    month = first.year * 12 + first.month - 1
    month = -(-month // months) * months
    while month // 12 <= min(last.year, 9998):
        day = date(month // 12, month % 12 + 1, 1)
        if day > last:
            return
        if day >= first:
            yield day
        month += months
