"""Removing nodes at a price: what must still flow, whichever nodes are removed.

Let removing one node cost a price, and what still flows its volume. The cheapest mix of both is a minimum cut in which
a node may be cut at its price, so one maximum flow finds it, and by duality the flow proves it: whoever removes k nodes
leaves at least (cheapest - k x price). The best price for each k gives the bound of the linear programme of network
interdiction (Wood 1993, Math. Comput. Model. 17(2)); the mixes found on the way are sets of nodes, and those that lie
on the bound are proved to be best.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from narrows.graph.network import Array, Ints
from narrows.graph.problem import SOURCE, TARGET, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """A cheapest mix of nodes removed and volume left.

    Attributes:
        nodes: the nodes removed, of the problem; rising.
        left: the volume that still flows across the cut, direct edges not counted.
        through: what flows through each removable node in the flow that proves it, times `scale`.
        price, scale: the price of a node was price / scale units of volume.
    """

    nodes: Ints
    left: int
    through: Ints
    price: int
    scale: int

    @staticmethod
    def none(flow: tuple[int, Ints]) -> Mix:
        """Return the mix that removes nothing, of what flows and how much of it through each node."""
        return Mix(np.empty(0, np.int64), flow[0], flow[1], flow[0], 1)


@dataclass(frozen=True, eq=False)
class Pipes:
    """A problem arranged for maximum flows, in which some nodes can be removed.

    Attributes:
        problem: what it was made of.
        removable: those nodes, rising.
    """

    problem: Problem
    removable: Ints

    @property
    def looks(self) -> int:
        """How many looks at edges one maximum flow takes, roughly: twice the arcs."""
        return 2 * (len(self.problem.tail) + len(self.removable))

    @cached_property
    def _arranged(self) -> tuple[Array, Array, Array, Array]:
        from narrows.graph import pushing  # compiled code is loaded when it is needed

        problem, count = self.problem, len(self.removable)
        # A removable node is two, with an arc between them: what comes in stays with its number.
        out = np.arange(problem.nodes)
        out[self.removable] = problem.nodes + np.arange(count)
        tail = np.concatenate([out[problem.tail], self.removable]).astype(np.int32)
        head = np.concatenate([problem.head, out[self.removable]]).astype(np.int32)
        start, to, back, place = pushing.arranged(problem.nodes + count, tail, head)
        return start, to, back, place

    def left(self, removed: Iterable[int]) -> int:
        """Return the volume that still flows without some removable nodes, direct edges included."""
        room = self._room(self.problem.volume, None)
        room[self._arcs(np.asarray(list(removed), np.int64))] = 0
        return self._push(room) + self.problem.direct

    def flows(self, removed: Iterable[int]) -> tuple[int, Ints]:
        """Return what still flows without some nodes, direct edges not counted, and through each removable node."""
        room = self._room(self.problem.volume, None)
        room[self._arcs(np.asarray(list(removed), np.int64))] = 0
        value = self._push(room)
        return value, self._through(room)

    def best_single(
        self, removed: Iterable[int], below: int | None = None, kept: Array | None = None
    ) -> tuple[int | None, int, int]:
        """Return the node whose removal, beside those removed, leaves least, what it leaves, and how many were tried.

        Exact. None where no node leaves less, and what flows without those removed.

        Args:
            removed: nodes that are gone.
            below: only a node that leaves less than this is looked for.
            kept: marks removable nodes that are not removed.
        """
        from narrows.graph import pushing  # compiled code is loaded when it is needed

        start, to, back, _ = self._arranged
        room = self._room(self.problem.volume, None)
        room[self._arcs(np.asarray(list(removed), np.int64))] = 0
        value = self._push(room)
        least = value if below is None else min(below, value)
        free = self.removable if kept is None else self.removable[~kept]
        place, left, tried = pushing.best_closed(start, to, back, room, value, self._arcs(free), least)
        return (None, value, tried) if place < 0 else (int(free[place]), int(left), tried)

    def cheapest(self, price: int, scale: int, removed: Ints | None = None, kept: Array | None = None) -> Mix:
        """Return the cheapest mix at a price of price / scale units for each node.

        Nodes in `removed` are gone at no cost, and those that `kept` marks stay at any price.
        """
        from narrows.graph import pushing  # compiled code is loaded when it is needed

        room = self._room(self.problem.volume * scale, price)
        if kept is not None:
            room[self._arcs(self.removable[kept])] = pushing.ENDLESS
        if removed is not None:  # what is gone stays gone, whatever is kept
            room[self._arcs(removed)] = 0
        value = self._push(room)
        nodes = self._cut(room)
        if removed is not None:
            nodes = np.setdiff1d(nodes, removed)
        return Mix(nodes, (value - price * len(nodes)) // scale, self._through(room), price, scale)

    def fewest(self) -> Ints:
        """Return the smallest set of removable nodes without which no way at all remains; those nearest the sources.

        Edges count as ways whatever they carry; direct ones cannot be cut.
        """
        from narrows.graph import pushing  # compiled code is loaded when it is needed

        room = self._room(np.full_like(self.problem.volume, pushing.ENDLESS // 4), 1)
        self._push(room)
        return self._cut(room)

    def _room(self, volume: Ints, price: int | None) -> Ints:
        from narrows.graph import pushing  # compiled code is loaded when it is needed

        _, to, _, place = self._arranged
        room = np.zeros(len(to), np.int64)
        room[place[: len(volume)]] = volume
        room[place[len(volume) :]] = pushing.ENDLESS if price is None else price
        return room

    def _arcs(self, nodes: Ints) -> Array:
        place = self._arranged[3][len(self.problem.volume) :]
        return place[np.searchsorted(self.removable, nodes)]

    def _push(self, room: Ints) -> int:
        from narrows.graph import pushing  # compiled code is loaded when it is needed

        start, to, back, _ = self._arranged
        return int(pushing.push(start, to, back, room, SOURCE, TARGET, pushing.ENDLESS))

    def _through(self, room: Ints) -> Ints:
        _, _, back, place = self._arranged
        through: Ints = room[back[place[len(self.problem.volume) :]]]
        return through

    def _cut(self, room: Ints) -> Ints:
        from narrows.graph import pushing  # compiled code is loaded when it is needed

        start, to, _, _ = self._arranged
        side = pushing.left_of_cut(start, to, room, SOURCE)
        ins, outs = side[self.removable], side[self.problem.nodes :]
        cut: Ints = self.removable[ins & ~outs]
        return cut


def frontier(pipes: Pipes, most: int) -> list[Mix]:
    """Return the mixes that are cheapest at some price, by rising number of nodes: first none, then up to beyond most.

    Found by Eisner and Severance's method (1976): two neighbours cost the same at one price; if a third is cheaper
    there, it stands between them.
    """
    none = Mix.none(pipes.flows(()))
    all_ = pipes.cheapest(1, len(pipes.removable) + 1)
    found = {0: none, len(all_.nodes): all_}
    open_ = [(0, len(all_.nodes))]
    while open_:
        few, many = open_.pop()
        if many - few < 2 or few >= most:
            continue
        a, b = found[few], found[many]
        price, scale = a.left - b.left, many - few
        mix = pipes.cheapest(price, scale)
        between = len(mix.nodes)
        cost, before = mix.left * scale + price * between, a.left * scale + price * few
        if cost < before:
            found[between] = mix
            open_ += [(few, between), (between, many)]
    return [found[count] for count in sorted(found)]


def least_left(mixes: list[Mix], k: int) -> int:
    """Return a volume that still flows whichever k nodes are removed, direct edges not counted."""
    for a, b in pairwise(mixes):
        few, many = len(a.nodes), len(b.nodes)
        if few <= k <= many:
            # On the straight line between the two, rounded up, as volumes are whole.
            return -((-(a.left * (many - k) + b.left * (k - few))) // (many - few))
    return mixes[-1].left
