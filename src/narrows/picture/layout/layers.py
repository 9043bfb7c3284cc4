"""Boxes in fixed columns: in which order they stand, at which height, and which way the lines between them take.

Sugiyama, Tagawa and Toda (1981) for columns that are given: lines that span columns get a place in each column they
cross; medians and exchanges of neighbours bring crossings down; heights follow by isotonic regression (pool adjacent
violators), which is exact for a given order. Lines to the same box share their places in the columns between, which is
unambiguous, because whatever leaves such a place leads to that box.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 10
EXCHANGES = 3
SETTLINGS = 8
# Other orders to begin with find fewer crossings; as many are tried as their number leaves time for.
STARTS, EFFORT = 10, 11_000
_MIXER = 2654435761


@dataclass(frozen=True, slots=True)
class Layers:
    """Where everything stands.

    Attributes:
        centres: height of the middle of each box in pixels, then of each place where lines cross a column.
        columns: the column of each of them.
        ways: for each line, the boxes and places it leads through, from the left to the right.
        height: of the whole in pixels.
        crossings: how often lines between neighbouring columns cross.
    """

    centres: tuple[float, ...]
    columns: tuple[int, ...]
    ways: tuple[tuple[int, ...], ...]
    height: float
    crossings: int


@dataclass(slots=True)
class _Net:
    """Boxes and places with their neighbours to the left and to the right; a neighbour stands once for each line."""

    columns: list[int]
    heights: list[float]
    left: list[list[int]] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)


def lay_out(
    columns: Sequence[int], heights: Sequence[float], lines: Sequence[tuple[int, int, float]], *, gap: float
) -> Layers:
    """Lay out boxes in their columns.

    Args:
        columns: the column of each box, from 0.
        heights: the height of each box in pixels.
        lines: of each line the two boxes and its thickness in pixels. The two stand in different columns.
        gap: least distance between two boxes of a column in pixels.
    """
    net, ways = _with_places(columns, heights, lines)
    orders, crossings = _ordered(net)
    centres, height = _heights(net, orders, gap, len(columns))
    return Layers(tuple(centres), tuple(net.columns), ways, height, crossings)


def _with_places(
    columns: Sequence[int], heights: Sequence[float], lines: Sequence[tuple[int, int, float]]
) -> tuple[_Net, tuple[tuple[int, ...], ...]]:
    net = _Net(list(columns), list(heights))
    places: dict[tuple[int, int], int] = {}
    ways: list[tuple[int, ...]] = []
    steps: set[tuple[int, int]] = set()
    for one, other, thickness in lines:
        source, target = (one, other) if columns[one] < columns[other] else (other, one)
        way = [source]
        for column in range(columns[source] + 1, columns[target]):
            place = places.setdefault((column, target), len(net.columns))
            if place == len(net.columns):
                net.columns.append(column)
                net.heights.append(0.0)
            net.heights[place] += thickness
            way.append(place)
        way.append(target)
        ways.append(tuple(way))
        steps.update(pairwise(way))
    net.left = [[] for _ in net.columns]
    net.right = [[] for _ in net.columns]
    for here, there in sorted(steps):
        net.right[here].append(there)
        net.left[there].append(here)
    return net, tuple(ways)


def _ordered(net: _Net) -> tuple[list[list[int]], int]:
    """The order of each column with the fewest crossings found, from several orders to begin with."""
    columns: list[list[int]] = [[] for _ in range(max(net.columns, default=-1) + 1)]
    for item, column in enumerate(net.columns):
        columns[column].append(item)
    best, fewest = _improved(net, columns)
    size = len(net.columns) + sum(map(len, net.right))
    for start in range(1, min(STARTS, EFFORT // max(1, size))):
        mixed = [sorted(column, key=lambda item: (item * start * _MIXER) % 2**32) for column in columns]
        found, crossings = _improved(net, mixed)
        if crossings < fewest:
            best, fewest = found, crossings
    return best, fewest


def _improved(net: _Net, start: list[list[int]]) -> tuple[list[list[int]], int]:
    """The best of the orders that medians and exchanges lead to."""
    orders = [list(order) for order in start]
    position = [0.0] * len(net.columns)
    for order in orders:
        _number(order, position)
    best, fewest = start, _crossings(net, orders, position)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        backwards = sweep % 2
        for order in reversed(orders) if backwards else orders:
            _by_medians(order, net.right if backwards else net.left, position)
        for _ in range(EXCHANGES):
            exchanged = [_exchange(order, net, position) for order in orders]
            if not any(exchanged):
                break
        found = _crossings(net, orders, position)
        if found < fewest:
            best, fewest = [list(order) for order in orders], found
    return best, fewest


def _number(order: list[int], position: list[float]) -> None:
    for at, item in enumerate(order):
        position[item] = at


def _by_medians(order: list[int], neighbours: list[list[int]], position: list[float]) -> None:
    """Sort a column by the medians of its neighbours; an item without neighbours stays at its place."""
    moving = [item for item in order if neighbours[item]]
    moved = iter(sorted(moving, key=lambda item: (_median(neighbours[item], position), position[item])))
    order[:] = [next(moved) if neighbours[item] else item for item in order]
    _number(order, position)


def _median(neighbours: list[int], position: list[float]) -> float:
    found = sorted(position[item] for item in neighbours)
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def _exchange(order: list[int], net: _Net, position: list[float]) -> bool:
    """Exchange neighbours of a column where that takes crossings away."""
    sides = {
        item: [sorted(position[other] for other in side[item]) for side in (net.left, net.right)] for item in order
    }
    changed = False
    for at in range(len(order) - 1):
        upper, lower = order[at], order[at + 1]
        now = sum(_crossed(a, b) for a, b in zip(sides[upper], sides[lower], strict=True))
        then = sum(_crossed(b, a) for a, b in zip(sides[upper], sides[lower], strict=True))
        if then < now:
            order[at], order[at + 1] = lower, upper
            changed = True
    _number(order, position)
    return changed


def _crossed(upper: list[float], lower: list[float]) -> int:
    """How often the lines of two items cross, the first standing above the second; both lists are sorted."""
    if not upper or not lower or upper[-1] <= lower[0]:
        return 0
    return sum(bisect_left(lower, place) for place in upper)


def _crossings(net: _Net, orders: list[list[int]], position: list[float]) -> int:
    found = 0
    for order in orders:
        passed: list[float] = []
        for item in order:
            ends = sorted(position[other] for other in net.right[item])
            found += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return found


def _heights(net: _Net, orders: list[list[int]], gap: float, boxes: int) -> tuple[list[float], float]:
    """The middle of each item: near its neighbours, in order, without overlaps, within the tallest column."""
    offsets = [0.0] * len(net.columns)
    totals = []
    for order in orders:
        at = 0.0
        for above, item in zip([None, *order], order, strict=False):
            both_places = above is not None and above >= boxes and item >= boxes
            at += net.heights[item] / 2 + (0.0 if above is None else gap / 2 if both_places else gap)
            offsets[item] = at
            at += net.heights[item] / 2
        totals.append(at)
    tallest = max(totals, default=0.0)
    room = [tallest - total for total in totals]
    centres = [offset + room[column] / 2 for offset, column in zip(offsets, net.columns, strict=True)]
    for settling in range(SETTLINGS):
        backwards = settling % 2 == 0
        last = settling >= SETTLINGS - 2
        for order in reversed(orders) if backwards else orders:
            wished = [_wished(item, net, centres, backwards, last) for item in order]
            _settle(order, wished, offsets, room, net, centres)
    return centres, tallest


def _wished(item: int, net: _Net, centres: list[float], backwards: bool, both: bool) -> float:
    near = net.left[item] + net.right[item] if both else (net.right if backwards else net.left)[item]
    near = near or net.left[item] or net.right[item]
    return sum(centres[other] for other in near) / len(near) if near else centres[item]


def _settle(
    order: list[int], wished: list[float], offsets: list[float], room: list[float], net: _Net, centres: list[float]
) -> None:
    free = isotonic([wish - offsets[item] for wish, item in zip(wished, order, strict=True)])
    for shift, item in zip(free, order, strict=True):
        centres[item] = offsets[item] + min(max(shift, 0.0), room[net.columns[item]])


def isotonic(values: Sequence[float]) -> list[float]:
    """Return the non-decreasing sequence nearest to `values` by least squares (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while pools and pools[-1][0] * count > total * pools[-1][1]:
            total, count = total + pools[-1][0], count + pools[-1][1]
            pools.pop()
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]
