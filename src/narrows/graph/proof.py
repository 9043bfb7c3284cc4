"""Proof that no k nodes cut more: a search through all sets of k, in which most are never looked at.

Removing nodes at a price (see `pricing`) tells what must flow whichever are removed. Where that is too little to prove
anything, the cheapest mix names nodes: one of them is in the set looked for, or none is. Each is tried in turn, first
as removed, then as never removed; both make the next bound better. The last node of a set is found without trying.
"""

from __future__ import annotations

import numpy as np

from narrows.graph.network import Array, Ints
from narrows.graph.pricing import Mix, Pipes

# How many looks at edges a proof may take: about ten seconds.
LOOKS = 100_000_000
# How many prices are tried for one bound.
_PRICES = 4


class Proof:
    """A search for k nodes that leave less than is known.

    Args:
        pipes: the flow.
        looks: how many looks at edges it may take.

    Attributes:
        spent: how many it took.
    """

    def __init__(self, pipes: Pipes, looks: int = LOOKS) -> None:
        self.pipes = pipes
        self.looks = looks
        self.spent = 0

    def better(self, k: int, below: int) -> tuple[tuple[int, ...] | None, int]:
        """Return k nodes that leave less than `below` and what they leave, the least; None where none do.

        Raises:
            TooFar: neither could be shown with as many looks.
        """
        self.best: tuple[int, ...] | None = None
        self.below = below
        self.spent = 0
        self._search((), np.zeros(len(self.pipes.removable), bool), k)
        return self.best, self.below

    def _search(self, removed: tuple[int, ...], kept: Array, k: int) -> None:
        if k == 1:
            node, left, tried = self.pipes.best_single(removed, self.below, kept)
            self._spend(1 + tried)
            if left < self.below:
                self._found(removed if node is None else (*removed, node), left)
            return
        kept = kept.copy()
        while (nodes := self._bound(removed, kept, k)) is not None:
            if len(nodes):
                self._search((*removed, int(nodes[0])), kept, k - 1)
                kept[self._places(nodes[:1])] = True

    def _bound(self, removed: tuple[int, ...], kept: Array, k: int) -> Ints | None:
        """Return nodes one of which to try next, or None where no k further nodes leave less than is known.

        Marks in `kept` the nodes that no better set has.
        """
        gone = np.array(removed, np.int64)
        few, many = Mix.none(self.pipes.flows(removed)), None
        self._spend(1)
        if few.left < self.below:
            self._found(removed, few.left)
        price, scale, nodes = few.left - self.below, k, gone[:0]
        for _ in range(_PRICES):
            self._spend(1)
            mix = self.pipes.cheapest(price, scale, gone, kept)
            cost = mix.left * scale + len(mix.nodes) * price
            if cost - k * price >= self.below * scale:
                return None
            kept |= cost - mix.through - (k - 1) * price >= self.below * scale
            nodes = mix.nodes if len(mix.nodes) else nodes
            if len(mix.nodes) <= k and mix.left < self.below:
                self._found((*removed, *map(int, mix.nodes)), mix.left)
            if cost >= few.left * scale + len(few.nodes) * price:
                break
            few, many = (few, mix) if len(mix.nodes) > k else (mix, many)
            if many is None:
                break
            price, scale = few.left - many.left, len(many.nodes) - len(few.nodes)
        return nodes[~kept[self._places(nodes)]]

    def _places(self, nodes: Ints) -> Array:
        return np.searchsorted(self.pipes.removable, nodes)

    def _found(self, nodes: tuple[int, ...], left: int) -> None:
        self.best, self.below = tuple(sorted(nodes)), left

    def _spend(self, flows: int) -> None:
        self.spent += flows * self.pipes.looks
        if self.spent > self.looks:
            raise TooFar


class TooFar(Exception):
    """A proof takes more looks than it may; nobody outside this room sees it."""
