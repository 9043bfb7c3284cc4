"""How an answer changes when edges are missing: the same question put to networks from which some edges were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from narrows.graph.network import Ints, Network
from narrows.graph.pricing import Pipes
from narrows.graph.problem import Problem
from narrows.graph.search import best_sets

# The middle nine tenths of the draws.
_LOW, _HIGH = 5, 95


@dataclass(frozen=True, slots=True)
class Stability:
    """How one set of nodes fared over the draws.

    Attributes:
        stays: for each node of the set, the share of draws in which it was in the best set of as many nodes.
        low, high: between these lay the share of the flow that the whole set cuts, in nine draws of ten.
        draws: in how many draws anything flowed.
    """

    stays: tuple[float, ...]
    low: float
    high: float
    draws: int


def stability(
    network: Network, sources: Ints, targets: Ints, sets: Sequence[Ints], *, draws: int, keep: float, seed: int
) -> list[Stability]:
    """Return how each set fares when every edge is there with the probability `keep` only.

    In each draw the best sets are looked for anew, without proof. Where the old set cuts as much as the new one it
    counts as best, so that of two equally good sets the draw does not choose another by chance.

    Args:
        network: the whole network.
        sources, targets: numbers of nodes.
        sets: numbers of nodes, rising in size; each is held against the best of its size.
        draws: how many networks are drawn.
        keep: the probability of an edge to be in a draw.
        seed: the same seed gives the same draws.
    """
    dice = np.random.default_rng(seed)
    most = max((len(nodes) for nodes in sets), default=0)
    stayed = [np.zeros(len(nodes)) for nodes in sets]
    shares: list[list[float]] = [[] for _ in sets]
    for _ in range(draws if most else 0):
        problem = Problem.of(network.thinned(dice.random(network.edges) < keep), sources, targets)
        place = np.full(network.nodes, -1, np.int64)
        place[problem.node[2:]] = np.arange(2, problem.nodes)
        whole = Pipes(problem, np.arange(2, problem.nodes))
        flow = whole.left(()) if problem.nodes > 2 else problem.direct
        if not flow:
            continue
        found = best_sets(Pipes(problem, problem.candidates), most, looks=0) if len(problem.candidates) else []
        for number, nodes in enumerate(sets):
            here = place[nodes]
            left = whole.left(here[here >= 0]) if problem.nodes > 2 else flow
            shares[number].append(1 - left / flow)
            best = [one for one in found if one.k <= len(nodes)][-1:]
            if not best or left <= best[0].left + problem.direct:
                stayed[number] += 1
            else:
                stand_in = np.where(here >= 0, problem.best_instead[here], -1)
                stayed[number] += np.isin(stand_in, best[0].nodes)
    return [_summed(*one) for one in zip(stayed, shares, strict=True)]


def _summed(stayed: np.ndarray, shares: list[float]) -> Stability:
    if not shares:
        return Stability(tuple(0.0 for _ in stayed), 0.0, 0.0, 0)
    low, high = np.percentile(shares, [_LOW, _HIGH])
    return Stability(tuple((stayed / len(shares)).tolist()), float(low), float(high), len(shares))
