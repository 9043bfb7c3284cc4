"""The best k nodes to remove: greedy and exchanges for a good answer, prices and a search for the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narrows.graph.pricing import Mix, Pipes, frontier, least_left
from narrows.graph.proof import LOOKS, Proof, TooFar

# About so many flows are looked at to find one node to exchange for another.
_TRIED = 10


@dataclass(frozen=True, slots=True)
class Found:
    """The best set of at most k nodes that was found.

    Attributes:
        k: how many may be removed.
        nodes: of the problem, rising; fewer than k where more would cut no more.
        left: what still flows without them, direct edges not counted.
        least: what still flows whichever k are removed; as much as `left` where the set is proved to be best.
    """

    k: int
    nodes: tuple[int, ...]
    left: int
    least: int


def best_sets(pipes: Pipes, most: int, *, looks: int = LOOKS) -> list[Found]:
    """Return the best set for each number of nodes from 1 to most, or to the first that leaves nothing to cut.

    None where nothing of the flow can be cut.

    Args:
        pipes: the flow.
        most: how many nodes at most.
        looks: how many looks at edges the proof of each may take, where it does not come of itself; 0 for neither
            proofs nor exchanges.
    """
    mixes = frontier(pipes, most)
    if mixes[0].left == mixes[-1].left:
        return []
    found: list[Found] = []
    before: tuple[int, ...] = ()
    for k in range(1, most + 1):
        least = least_left(mixes, k)
        nodes, left = _grown(pipes, k, mixes, before)
        if k * _TRIED * pipes.looks <= looks:
            nodes, left = _exchanged(pipes, nodes, left, least)
        if k == 1:
            least = left  # the best addition to nothing was looked for exactly
        found.append(Found(k, nodes, left, least))
        before = nodes
        if left == mixes[-1].left:
            break
    return [_proved(pipes, one, looks) if looks else one for one in found]


def _grown(pipes: Pipes, k: int, mixes: Sequence[Mix], before: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    """Return the better of two sets that grow node by node to k: from the best of k - 1, and from one on the bound."""
    on_bound = max((mix for mix in mixes if len(mix.nodes) <= k), key=lambda mix: len(mix.nodes))
    start = tuple(map(int, on_bound.nodes))
    if len(start) == k:
        return start, on_bound.left
    return min((_filled(pipes, k, start) for start in sorted({start, before})), key=lambda grown: grown[1])


def _filled(pipes: Pipes, k: int, start: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    nodes, left = start, pipes.flows(start)[0]
    while len(nodes) < k:
        node, less, _ = pipes.best_single(nodes)
        if node is None:
            break
        nodes, left = tuple(sorted((*nodes, node))), less
    return nodes, left


def _exchanged(pipes: Pipes, nodes: tuple[int, ...], left: int, least: int) -> tuple[tuple[int, ...], int]:
    """Exchange one node for another as long as that leaves less, down to the least that is possible."""
    better = True
    while better and left > least:
        better = False
        for out in nodes:
            others = tuple(node for node in nodes if node != out)
            node, less, _ = pipes.best_single(others, left)
            if node is not None:
                nodes, left, better = tuple(sorted((*others, node))), less, True
                break
    return nodes, left


def _proved(pipes: Pipes, found: Found, looks: int) -> Found:
    """Close the gap between what was found and what is possible at best, as far as so many looks at edges allow."""
    if found.left <= found.least:
        return found
    proof = Proof(pipes, looks)
    nodes, left, least = found.nodes, found.left, found.least
    below = left
    while below > least:
        try:
            better, less = proof.better(found.k, below)
        except TooFar:
            if proof.best is not None:
                nodes, left = proof.best, proof.below
            # A weaker statement may be easier to prove.
            below, proof.looks = (below + least) // 2, proof.looks // 2
            continue
        if better is not None:
            return Found(found.k, better, less, less)
        least = below
    return Found(found.k, nodes, left, least)
