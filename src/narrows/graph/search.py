"""The best k nodes to remove: greedy and exchanges for a good answer, prices and a programme for the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from narrows.graph.pricing import Mix, Pipes, frontier, least_left

# The solver's answers hold to about this share of the flow; a gap below it is none.
_TOLERANCE = 1e-6


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


def best_sets(pipes: Pipes, most: int, *, seconds: float) -> list[Found]:
    """Return the best set for each number of nodes from 1 to most, or to the first that leaves nothing to cut.

    Args:
        pipes: the flow.
        most: how many nodes at most.
        seconds: how long to look for the proof of each, where it does not come of itself; 0 for not at all.
    """
    mixes = frontier(pipes, most)
    found: list[Found] = []
    before: tuple[int, ...] = ()
    for k in range(1, most + 1):
        least = least_left(mixes, k)
        nodes, left = _good(pipes, k, mixes, before, least)
        if k == 1:
            least = left  # the best addition to nothing was looked for exactly
        found.append(Found(k, nodes, left, least))
        before = nodes
        if left == mixes[-1].left:
            break
    return [_proved(pipes, one, mixes[0].left, seconds) if seconds else one for one in found]


def best_addition(pipes: Pipes, removed: Sequence[int]) -> tuple[int | None, int]:
    """Return the node whose removal, beside those removed, leaves least, and what it leaves.

    Exact: a node can cut no more than what flows through it, so those through which most flows are tried first, until
    no other can do better.
    """
    value, through = pipes.flows(removed)
    best, least = None, value
    for place in np.argsort(-through, kind="stable"):
        if value - int(through[place]) >= least:
            break
        node = int(pipes.removable[place])
        left = pipes.left([*removed, node]) - pipes.problem.direct
        if left < least:
            best, least = node, left
    return best, least


def _good(
    pipes: Pipes, k: int, mixes: Sequence[Mix], before: tuple[int, ...], least: int
) -> tuple[tuple[int, ...], int]:
    """Return a good set of k nodes: the better of two that grew node by node, then exchanged one for one."""
    on_bound = max((mix for mix in mixes if len(mix.nodes) <= k), key=lambda mix: len(mix.nodes))
    starts = {tuple(map(int, on_bound.nodes)), before}
    nodes, left = min((_filled(pipes, k, start) for start in sorted(starts)), key=lambda grown: grown[1])
    while left > least:
        better = _exchanged(pipes, nodes, left)
        if better is None:
            break
        nodes, left = better
    return nodes, left


def _filled(pipes: Pipes, k: int, start: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    nodes, left = start, pipes.flows(start)[0]
    while len(nodes) < k:
        node, less = best_addition(pipes, nodes)
        if node is None:
            break
        nodes, left = tuple(sorted((*nodes, node))), less
    return nodes, left


def _exchanged(pipes: Pipes, nodes: tuple[int, ...], left: int) -> tuple[tuple[int, ...], int] | None:
    for out in nodes:
        others = tuple(node for node in nodes if node != out)
        node, less = best_addition(pipes, others)
        if node is not None and less < left:
            return tuple(sorted((*others, node))), less
    return None


def _proved(pipes: Pipes, found: Found, flow: int, seconds: float) -> Found:
    """Close the gap between what was found and what is possible at best, as far as time allows."""
    if found.left <= found.least:
        return found
    from narrows.graph import programme  # the solver is loaded when it is needed

    problem = pipes.problem
    nodes, bound = programme.solve(
        (problem.tail, problem.head), problem.volume, problem.nodes, pipes.removable, found.k,
        known=found.left, seconds=seconds,
    )  # fmt: skip
    best, left = found.nodes, found.left
    if nodes is not None:
        less = pipes.flows(nodes.tolist())[0]
        if less < left:
            best, left = tuple(map(int, nodes)), less
    least = max(found.least, int(bound))
    return Found(found.k, best, left, left if left - least <= _TOLERANCE * flow else least)
