"""A stated flow, reduced to what decides it: the nodes and edges on ways from a source to a target."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from narrows.graph.network import Array, Floats, Ints, Network, merged

# Nodes of a problem: all sources together, all targets together, and then those between.
SOURCE, TARGET = 0, 1
# Volumes are whole numbers of a small unit; all of them together, times a price, stay below this.
_MOST = 1 << 60
_FINEST = 1 << 48
_DECIMALS = 4
# What sums of decimal fractions differ by, as computers add them.
_NOISE = 1e-12


@dataclass(frozen=True, eq=False)
class Problem:
    """The part of a network that lies on ways from the sources to the targets.

    Sources and targets are never removed, so they are one node each (0 and 1), and edges into a source or out of a
    target play no part. Volumes are whole numbers: sums of them are exact in any order.

    Attributes:
        node: the network's number of each node; int64 (p,), -1 for the first two.
        tail, head, volume: the edges between them, sorted; int64 (m,) each. None leads from 0 straight to 1.
        direct: the volume of the edges from a source straight to a target, which no removal of nodes can cut.
        direct_edges: how many these are.
        scale: the volume that a weight of 1 is.
    """

    node: Ints
    tail: Ints
    head: Ints
    volume: Ints
    direct: int
    direct_edges: int
    scale: float

    @staticmethod
    def of(network: Network, sources: Ints, targets: Ints) -> Problem:
        """Reduce a network to one flow; sources and targets are numbers of its nodes, none of them both."""
        part = np.full(network.nodes, -1, np.int64)
        part[sources], part[targets] = SOURCE, TARGET
        tail, head, weight = _on_ways(network, part)
        node = np.unique(np.concatenate([tail, head]))
        node = node[part[node] < 0]
        part[node] = np.arange(len(node)) + 2
        units, scale = _whole(weight, len(node))
        tail, head = part[tail], part[head]
        straight = (tail == SOURCE) & (head == TARGET)
        direct, direct_edges = int(units[straight].sum()), int(straight.sum())
        tail, head, units = merged(tail[~straight], head[~straight], units[~straight], len(node) + 2)
        return Problem(np.concatenate([[-1, -1], node]), tail, head, units, direct, direct_edges, scale)

    @property
    def nodes(self) -> int:
        """How many nodes there are, the two ends included."""
        return len(self.node)

    @cached_property
    def _passed(self) -> tuple[Array, Array, Array]:
        """For each node the nearest, and the first after the source, that all ways to it pass; the last before the
        target that all ways from it pass."""
        from narrows.graph import passes  # compiled code is loaded when it is needed

        start = np.searchsorted(self.tail, np.arange(self.nodes + 1))
        target = self.head.astype(np.int32)
        back, origin = passes.reversed_edges(start, target)
        near, _ = passes.dominators(start, target, back, origin, np.array([SOURCE]))
        after, _ = passes.dominators(back, origin, start, target, np.array([TARGET]))
        return near, _highest(near, SOURCE), _highest(after, TARGET)

    @cached_property
    def best_instead(self) -> Ints:
        """For each node one whose removal cuts all that its own would, and maybe more; itself where there is none.

        Where every way through a node passes another, the other is as good to remove. So only nodes that stand for
        themselves need to be looked at.
        """
        _, top, bottom = self._passed
        instead: Ints = bottom[top].astype(np.int64)
        instead[[SOURCE, TARGET]] = SOURCE, TARGET
        while True:
            further = instead[instead]
            if np.array_equal(further, instead):
                return instead
            instead = further

    @cached_property
    def candidates(self) -> Ints:
        """The nodes that need to be looked at, rising."""
        own = np.arange(self.nodes)
        found: Ints = own[(self.best_instead == own) & (own > TARGET)]
        return found

    def alike(self, candidate: int) -> Ints:
        """The other nodes through which exactly the ways through a candidate lead, rising."""
        near, _, bottom = self._passed
        # A candidate is the last of such nodes: they dominate it, and all ways from them pass it.
        found, above = [], int(near[candidate])
        while above != SOURCE:
            if bottom[above] == candidate:
                found.append(above)
            above = int(near[above])
        return np.array(sorted(found), np.int64)


def _on_ways(network: Network, part: Ints) -> tuple[Ints, Ints, Floats]:
    """Return the edges that lie on a way from a source to a target, none into a source or out of a target."""
    from narrows.graph import passes  # compiled code is loaded when it is needed

    tail, head = network.source, network.target
    useful = (part[head] != SOURCE) & (part[tail] != TARGET)
    forth = network.thinned(useful)
    back, origin = passes.reversed_edges(forth.start, forth.target)
    nothing = np.zeros(network.nodes, bool)
    after = passes.reach(forth.start, forth.target, np.flatnonzero(part == SOURCE), nothing)
    before = passes.reach(back, origin, np.flatnonzero(part == TARGET), nothing)
    useful &= after[tail] & before[head]
    return tail[useful].astype(np.int64), head[useful].astype(np.int64), network.weight[useful]


def _whole(weight: Floats, nodes: int) -> tuple[Ints, float]:
    """Return weights as whole numbers, and what a weight of 1 is.

    Exact where weights have few decimals, else to 12 digits of the total; none that is above 0 becomes 0.
    """
    most = min(_FINEST, _MOST // (nodes + 3))
    total = float(weight.sum())
    for decimals in range(_DECIMALS + 1):
        scale = 10.0**decimals
        units = np.rint(weight * scale)
        if total * scale < most and np.all(np.abs(units / scale - weight) <= _NOISE * weight):
            return units.astype(np.int64), scale
    scale = (most // 2) / total
    return np.where(weight > 0, np.maximum(np.rint(weight * scale), 1), 0).astype(np.int64), scale


def _highest(near: Array, root: int) -> Array:
    """Return for each node of a dominator tree the one on its way up that stands next below the root."""
    highest: Array = np.arange(len(near))
    chain = near.copy()
    below = (chain >= 0) & (chain < len(near)) & (chain != root)
    highest[below] = chain[below]
    while True:
        further = highest[highest]
        if np.array_equal(further, highest):
            return highest
        highest = further
