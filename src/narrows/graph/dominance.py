"""Nodes that every way from the sources to a target passes, and what hangs below them; in linear time and memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from narrows.graph.network import Array, Floats, Ints, Network

Node = TypeVar("Node")


@dataclass(frozen=True)
class Dominator(Generic[Node]):
    """A node that every way from the sources to some targets passes.

    Attributes:
        node: its id.
        targets: ids of these targets, rising.
        demand: their share of all that goes into targets.
    """

    node: Node
    targets: tuple[Node, ...]
    demand: float


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """The dominator tree below the sources.

    Attributes:
        near: for each node the nearest that all ways from the sources to it pass; n for none, -1 where no way leads.
        order: the nodes that a way leads to, each after its dominators.
        demand: what goes into each target along edges that a way leads to, 0 for other nodes; where nothing at all
            goes into targets, 1 for each that a way leads to.
        below: the demand below each node.
        fixed: sources and targets, which are never removed.
    """

    near: Array
    order: Array
    demand: Floats
    below: Floats
    fixed: Array


def dominator_tree(network: Network, sources: Ints, targets: Ints) -> Tree:
    """Return the dominator tree of a network; sources and targets are numbers of its nodes."""
    from narrows.graph import passes  # compiled code is loaded when it is needed

    back, origin = passes.reversed_edges(network.start, network.target)
    near, order = passes.dominators(network.start, network.target, back, origin, sources)
    fixed = np.zeros(network.nodes, bool)
    fixed[sources] = fixed[targets] = True
    demand = _demand(network, near, targets)
    return Tree(near, order, demand, passes.weight_below(near, order, demand), fixed)


def best_single(network: Network, sources: Ints, targets: Ints) -> tuple[int | None, float]:
    """Return the number of the node whose removal leaves most demand without any way, and its share of all demand.

    Exact on a network of any size: what is cut off is what hangs below a node in the dominator tree. None where no
    single node cuts anything off.
    """
    tree = dominator_tree(network, sources, targets)
    below = np.where(tree.fixed, 0.0, tree.below)
    best = int(np.argmax(below)) if len(below) else 0
    total = float(tree.demand.sum())
    return (best, float(below[best]) / total) if total and below[best] > 0 else (None, 0.0)


def dominators(network: Network, tree: Tree, targets: Ints, most: int) -> tuple[tuple[Dominator[int], ...], int]:
    """Return the dominators of targets, the heaviest first, `most` of them at most, and how many there are."""
    from narrows.graph import passes  # compiled code is loaded when it is needed

    count = np.zeros(network.nodes)
    count[targets[tree.near[targets] >= 0]] = 1
    under = passes.weight_below(tree.near, tree.order, count)
    there = np.flatnonzero((under > 0) & ~tree.fixed)
    chosen = there[np.lexsort([there, -under[there], -tree.below[there]])][:most]
    marked = np.zeros(network.nodes, bool)
    marked[chosen] = True
    above = passes.nearest_marked(tree.near, tree.order, marked)
    members: dict[int, list[int]] = {int(node): [] for node in chosen}
    for target in targets[tree.near[targets] >= 0]:
        node = int(above[target])
        while node < network.nodes:
            members[node].append(int(network.ids[target]))
            node = int(above[node])
    total = float(tree.demand.sum())
    found = [Dominator(int(network.ids[n]), tuple(members[int(n)]), float(tree.below[n]) / total) for n in chosen]
    return tuple(found), len(there)


def cut_off(network: Network, tree: Tree, sources: Ints, removed: Ints) -> float:
    """Return the share of the demand of targets to which no way leads without some nodes."""
    from narrows.graph import passes  # compiled code is loaded when it is needed

    closed = np.zeros(network.nodes, bool)
    closed[removed] = True
    seen = passes.reach(network.start, network.target, sources, closed)
    total = float(tree.demand.sum())
    return float(tree.demand[~seen].sum()) / total if total else 0.0


def _demand(network: Network, near: Array, targets: Ints) -> Floats:
    reached = near >= 0
    live = np.repeat(reached, np.diff(network.start))
    into = np.bincount(network.target[live], network.weight[live], network.nodes)
    demand = np.zeros(network.nodes)
    demand[targets] = into[targets]
    if not demand.any():
        demand[targets] = reached[targets]
    return demand
