"""A network as arrays: who supplies whom with how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from narrows.errors import NotFound, UsageError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# Whatever numpy makes of what a caller gives.
Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A directed network. Between two nodes there is at most one edge each way, and none from a node to itself.

    Inside, nodes are numbered by the order of their ids, and edges stand sorted by source, then target: neither
    depends on the order in which edges were given.

    Attributes:
        ids: the caller's ids of the nodes, rising; int64 (n,).
        start: where the edges of each node begin, in `target` and `weight`; int64 (n + 1,).
        target: the number of the node to which each edge leads; int32 (m,).
        weight: what each edge carries, 0 or more, in the caller's unit; float64 (m,).
        self_loops: how many of the edges given led from a node to itself; they were left out.
        parallel: how many were added to another between the same nodes.
    """

    ids: Ints
    start: Ints
    target: NDArray[np.int32]
    weight: Floats
    self_loops: int = 0
    parallel: int = 0

    @staticmethod
    def of(sources: ArrayLike, targets: ArrayLike, weights: ArrayLike | None = None) -> Network:
        """Make a network of edges, each from a source to a target.

        Args:
            sources, targets: ids of nodes, integers of any size, (edges,) each.
            weights: what each edge carries, (edges,); None counts each edge as one.

        Raises:
            UsageError: the three differ in length, or a weight is negative or no number.
        """
        tail, head = np.asarray(sources, np.int64).ravel(), np.asarray(targets, np.int64).ravel()
        weight = np.ones(len(tail)) if weights is None else np.asarray(weights, np.float64).ravel()
        _check(tail, head, weight)
        ids, tail, head = _numbered(tail, head)
        other = tail != head
        self_loops = int(len(tail) - other.sum())
        if self_loops:
            tail, head, weight = tail[other], head[other], weight[other]
        given = len(tail)
        tail, head, weight = merged(tail, head, weight, len(ids))
        start = np.zeros(len(ids) + 1, np.int64)
        np.cumsum(np.bincount(tail, minlength=len(ids)), out=start[1:])
        return Network(ids, start, head.astype(np.int32), weight, self_loops, given - len(tail))

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.ids)

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return len(self.target)

    @property
    def source(self) -> NDArray[np.int32]:
        """The number of the node from which each edge comes; int32 (m,)."""
        return np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.start))

    def numbers(self, ids: Iterable[int] | Array) -> Ints:
        """Return the numbers of nodes by their ids, rising, each once.

        Raises:
            NotFound: the network has no such node.
        """
        wanted = np.unique(np.asarray(ids if isinstance(ids, np.ndarray) else list(ids), np.int64))
        found = np.searchsorted(self.ids, wanted)
        known = found < self.nodes
        known[known] = self.ids[found[known]] == wanted[known]
        if not known.all():
            raise NotFound(
                f"the network has no node {wanted[~known][0]}", hint="Name nodes that stand at an end of an edge."
            )
        return found

    def thinned(self, kept: NDArray[np.bool_]) -> Network:
        """Return the network with some of its edges only, and all of its nodes; `kept` is (m,)."""
        start = np.zeros(self.nodes + 1, np.int64)
        np.cumsum(kept, out=(sums := np.empty(self.edges, np.int64)))
        start[1:] = np.concatenate([[0], sums])[self.start[1:]]
        return Network(self.ids, start, self.target[kept], self.weight[kept])

    def counted(self) -> Network:
        """Return the network with the weight 1 on every edge."""
        return Network(self.ids, self.start, self.target, np.ones(self.edges), self.self_loops, self.parallel)


def merged(tail: Ints, head: Ints, weight: Array, nodes: int) -> tuple[Ints, Ints, Array]:
    """Return edges sorted by tail and head, those between the same two added up."""
    key = tail * nodes + head
    order = np.argsort(key, kind="stable")
    key, weight = key[order], weight[order]
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.empty(0, np.int64)
    if len(first) < len(key):
        key, weight = key[first], np.add.reduceat(weight, first)
    return key // max(nodes, 1), key % max(nodes, 1), weight


def _check(tail: Ints, head: Ints, weight: Floats) -> None:
    if not len(tail) == len(head) == len(weight):
        raise UsageError(
            f"{len(tail):,} sources, {len(head):,} targets and {len(weight):,} weights are no edges",
            hint="Give one source, one target and one weight for each edge.",
        )
    if not np.all(np.isfinite(weight)) or (len(weight) and weight.min() < 0):
        raise UsageError("a weight is negative or no number", hint="Leave such edges out, or give them the weight 0.")


def _numbered(tail: Ints, head: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the ids, and both ends by their place among these."""
    if not len(tail):
        return np.empty(0, np.int64), tail, head
    low, high = min(tail.min(), head.min()), max(tail.max(), head.max())
    if high - low <= 4 * len(tail) + 1000:  # close together: a table of places beats sorting
        there = np.zeros(high - low + 1, bool)
        there[tail - low] = True
        there[head - low] = True
        place = np.cumsum(there) - 1
        return np.flatnonzero(there) + low, place[tail - low], place[head - low]
    ids, places = np.unique(np.concatenate([tail, head]), return_inverse=True)
    return ids, places[: len(tail)], places[len(tail) :]
