"""Key players: the nodes that hold an undirected network together (Borgatti 2006, Comput. Math. Organ. Theory 12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from narrows.graph.network import Array, Network

Node = TypeVar("Node")

# Exchanges are tried as long as all passes together look at no more edges than this.
_LOOKS = 2_000_000_000


@dataclass(frozen=True)
class KeyPlayers(Generic[Node]):
    """Nodes whose removal breaks a network into pieces; found node by node and by exchanges, not proved to be best.

    Attributes:
        k: how many were looked for.
        nodes: which; fewer where no more break anything.
        before, after: the fragmentation: the share of pairs of nodes that no way joins, direction left aside; of all
            pairs before, of the pairs of what is left after.
    """

    k: int
    nodes: tuple[Node, ...]
    before: float
    after: float


def fragmentation(network: Network, removed: Iterable[int] = ()) -> float:
    """Return the share of pairs of nodes that no way joins once some are removed, direction left aside.

    Args:
        network: who is linked with whom.
        removed: ids of nodes.
    """
    gone = np.zeros(network.nodes, bool)
    gone[network.numbers(list(removed))] = True
    return _Pieces(network).broken(gone)


def key_players(network: Network, most: int = 10) -> tuple[KeyPlayers[int], ...]:
    """Return for each number of nodes from 1 to most those whose removal breaks a network into most pieces.

    The first is exact. The others are found by adding to those before the node that breaks most, then exchanging one
    at a time for a better one; that is usually best, and not proved to be.
    """
    pieces = _Pieces(network)
    before = pieces.broken(np.zeros(network.nodes, bool))
    found: list[KeyPlayers[int]] = []
    chosen: list[int] = []
    for k in range(1, most + 1):
        node = pieces.best(pieces.marked(chosen))
        if node is None:
            break
        chosen = pieces.exchanged([*chosen, node])
        ids = tuple(sorted(network.ids[chosen].tolist()))
        found.append(KeyPlayers(k, ids, before, pieces.broken(pieces.marked(chosen))))
    return tuple(found)


class _Pieces:
    """An undirected network of which nodes are taken away."""

    def __init__(self, network: Network) -> None:
        from narrows.graph import passes  # compiled code is loaded when it is needed

        self.nodes = network.nodes
        self.start, self.other = passes.undirected(network.start, network.target)
        self.looks = 0

    def marked(self, nodes: Iterable[int]) -> Array:
        gone = np.zeros(self.nodes, bool)
        gone[list(nodes)] = True
        return gone

    def broken(self, gone: Array) -> float:
        """The fragmentation of what is not gone."""
        left = self.nodes - int(gone.sum())
        return 1 - 2 * self._joined(self._seen(gone)[1]) / (left * (left - 1)) if left > 1 else 0.0

    def best(self, gone: Array) -> int | None:
        """The node without which fewest pairs are joined; None where no two nodes are."""
        held, size = self._seen(gone)
        # A node takes its own pairs along, and those that only it holds together.
        loss = held + np.maximum(size - 1, 0)
        node = int(np.argmax(loss)) if self.nodes else 0
        return node if self.nodes and loss[node] > 0 else None

    def exchanged(self, chosen: list[int]) -> list[int]:
        """Exchange one node for another as long as that parts more pairs."""
        pairs = self._joined(self._seen(self.marked(chosen))[1])
        better = True
        while better and self.looks + len(chosen) * 2 * len(self.other) < _LOOKS:
            better = False
            for out in chosen:
                others = [node for node in chosen if node != out]
                node = self.best(self.marked(others))
                fewer = pairs if node is None else self._joined(self._seen(self.marked([*others, node]))[1])
                if node is not None and fewer < pairs:
                    chosen, pairs, better = [*others, node], fewer, True
                    break
        return chosen

    def _seen(self, gone: Array) -> tuple[Array, Array]:
        from narrows.graph import passes  # compiled code is loaded when it is needed

        self.looks += len(self.other)
        held, size = passes.separations(self.start, self.other, gone)
        return held, size

    def _joined(self, size: Array) -> int:
        # Each of the s nodes of a component is in s - 1 pairs, each of which is counted twice.
        return int(np.maximum(size.astype(np.int64) - 1, 0).sum()) // 2
