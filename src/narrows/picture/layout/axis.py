"""Places on an axis of time: events as far apart as their days, and where days and months are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Steps of marks: days, then months.
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_TRIES = 30
# A distance takes this share of a row at most, unless there are few, and is cut to a part of its length at most.
LONGEST, CUT = 0.34, 4.0
# Where events stand, and where their labels begin.
_Places = tuple[list[float], list[float]]


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
        broken: whether the distance before it is shorter than its days would need.
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
    """The events from first to before last in one row, None when they do not fit."""
    left = start + (inset if first else 14)
    right = end - (inset if last < len(blocks) else 14)
    those = blocks[first:last]
    row = _placed(those, left, start, end, 0.0, 0.0, gap)
    if row is None or row[0][-1] > right:
        alone = Row(first, (left,), (min(left - 8, end - those[0].wide),), (False,))
        return alone if len(those) == 1 else None
    scale, (xs, lefts) = _widest(those, left, start, end, right, gap, row)
    return Row(first, tuple(xs), tuple(lefts), _broken(those, xs, scale))


def _broken(those: Sequence[Block], xs: Sequence[float], scale: float) -> tuple[bool, ...]:
    """Which distances are cut: those with fewer pixels a day than one that is as long as its days say."""
    days = [max(0, block.days or 0) for block in those]
    dense = [(x - before) / day if day else 0.0 for before, x, day in zip([0.0, *xs], xs, days, strict=False)]
    true = [dense[at] for at in range(1, len(those)) if days[at] * scale >= those[at].least]
    return tuple(at > 0 and day > 0 and dense[at] < 0.8 * max(true, default=0.0) for at, day in enumerate(days))


def _widest(
    those: Sequence[Block], left: float, start: float, end: float, right: float, gap: float, row: _Places
) -> tuple[float, _Places]:
    """The scale, in pixels a day, that fills the row, and the places.

    No distance takes more than its share of the row, and none is cut to less than a fourth of what its days would need;
    when room is left then, the longest distances take it.
    """
    room = right - left
    longest = room * max(LONGEST, 1.0 / max(1, len(those) - 1))
    most = max((block.days or 0 for block in those[1:]), default=0)
    scale, row = _greatest(
        0.0,
        CUT * longest / most if most > 0 else 0.0,
        lambda scale: _placed(those, left, start, end, scale, longest, gap),
        right,
        row,
    )
    _, row = _greatest(longest, room, lambda most: _placed(those, left, start, end, scale, most, gap), right, row)
    return scale, row


def _greatest(
    low: float, high: float, placed: Callable[[float], _Places | None], right: float, row: _Places
) -> tuple[float, _Places]:
    """The greatest number, up to `high`, at which the last event stands no further right than it may."""
    middle = high
    for _ in range(_TRIES):
        tried = placed(middle)
        if tried is not None and tried[0][-1] <= right:
            low, row = middle, tried
        else:
            high = middle
        middle = (low + high) / 2
    return low, row


def _placed(
    those: Sequence[Block], left: float, start: float, end: float, scale: float, longest: float, gap: float
) -> _Places | None:
    """Events from the left on, `scale` pixels a day, no distance above `longest`; None where a label finds no room."""
    xs, lefts = [left], [max(start, min(left - 8, end - those[0].wide))]
    for at, block in enumerate(those[1:], 1):
        x = xs[-1] + max(block.least, min(max(0, block.days or 0) * scale, longest))
        free = lefts[at - 2] + those[at - 2].wide + gap if at > 1 else start
        x = max(x, free + 8)
        if free + block.wide > end:
            return None
        xs.append(x)
        lefts.append(min(x - 8, end - block.wide))
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
