"""Small random networks, and the plain way to ask the same questions of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import networkx as nx
import numpy as np

from narrows.graph.network import Network

ENDS = 2


def drawn(seed: int, nodes: int = 11, edges: int = 28, heaviest: int = 9) -> Network:
    """A network with cycles, loops, parallel and weightless edges; ids are neither near each other nor positive."""
    dice = np.random.default_rng(seed)
    weight = dice.integers(0, heaviest + 1, edges) / 2
    return Network.of(dice.integers(-3, nodes - 3, edges) * 1000, dice.integers(-3, nodes - 3, edges) * 1000, weight)


def ends(network: Network) -> tuple[list[int], list[int]]:
    """The first two nodes as sources, the last two as targets."""
    ids = network.ids.tolist()
    return ids[:ENDS], ids[-ENDS:]


def plain(network: Network) -> nx.DiGraph:
    """The network as networkx holds it."""
    graph = nx.DiGraph()
    graph.add_nodes_from(network.ids.tolist())
    sources, targets = network.ids[network.source].tolist(), network.ids[network.target].tolist()
    graph.add_weighted_edges_from(zip(sources, targets, network.weight.tolist(), strict=True), weight="capacity")
    return graph


def inner(network: Network) -> list[int]:
    """The nodes that may be removed."""
    return network.ids.tolist()[ENDS:-ENDS]


def flow_without(network: Network, removed: Iterable[int]) -> float:
    """How much flows from the first two nodes to the last two once some are removed."""
    graph = plain(network)
    graph.remove_nodes_from(removed)
    sources, targets = ends(network)
    graph.add_edges_from([*(("s", one) for one in sources), *((one, "t") for one in targets)])
    return float(nx.maximum_flow_value(graph, "s", "t"))


def pairs_without(network: Network, removed: Iterable[int]) -> set[tuple[int, int]]:
    """Which pairs of a source and a target a way joins once some nodes are removed."""
    graph = plain(network)
    graph.remove_nodes_from(removed)
    sources, targets = ends(network)
    return {(s, t) for s in sources for t in nx.descendants(graph, s) if t in targets}


def sets_of(network: Network, k: int) -> list[tuple[int, ...]]:
    """Every set of at most k nodes that may be removed."""
    return [chosen for size in range(k + 1) for chosen in combinations(inner(network), size)]
