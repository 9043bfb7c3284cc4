"""Which few nodes carry most of what went: the best set of k nodes over ways that are on record.

A way is a consignment's path; a set of nodes carries it when one of them lies on it. Choosing k nodes that carry most
is weighted maximum coverage: greedy is within 1 - 1/e of the best (Nemhauser, Wolsey, Fisher 1978), and a mixed-integer
programme (HiGHS) proves the best where greedy and its bound do not meet by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity

_SECONDS = 10.0
# More distinct ways than this are left to greedy and its bound.
_LARGEST = 30_000
_TOLERANCE = 1e-9

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ways:
    """Distinct ways, each by the nodes on it that may be chosen.

    Attributes:
        nodes: the nodes that may be chosen, ascending.
        on: which node lies on which way: ways by nodes, 0 or 1.
    """

    nodes: tuple[int, ...]
    on: csr_array


@dataclass(frozen=True, slots=True)
class Best:
    """The best set of k nodes.

    Attributes:
        nodes: the set, the one that carries most first, then what each adds.
        carried: weight of the ways that it carries.
        bound: no set of k nodes carries more.
        exact: carried is proven to be the most.
    """

    nodes: tuple[int, ...]
    carried: float
    bound: float
    exact: bool


def ways_of(paths: Sequence[Sequence[int]]) -> Ways:
    """Return ways from the nodes on each; a node that stands twice on a way counts once."""
    nodes = sorted({node for path in paths for node in path})
    number = {node: n for n, node in enumerate(nodes)}
    rows = [row for row, path in enumerate(paths) for _ in set(path)]
    columns = [number[node] for path in paths for node in sorted(set(path))]
    on = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(paths), len(nodes)))
    return Ways(tuple(nodes), on)


def carried(ways: Ways, weights: Weights, nodes: Sequence[int]) -> float:
    """Return the weight of the ways that a set of nodes carries."""
    chosen = np.isin(np.asarray(ways.nodes, dtype=np.int64), np.asarray(nodes, dtype=np.int64))
    return float(weights[(ways.on @ chosen.astype(float)) > 0].sum())


def greedy(ways: Ways, weights: Weights, most: int) -> list[tuple[int, float]]:
    """Return up to `most` nodes, each the one that adds most weight to those before it, and what it adds.

    Of nodes that add the same the least is taken; nodes that add nothing are left out.
    """
    left = weights.astype(float).copy()
    found: list[tuple[int, float]] = []
    columns = ways.on.tocsc()
    while len(found) < most and ways.nodes:
        gains = ways.on.T @ left
        at = int(np.argmax(gains))
        if gains[at] <= _TOLERANCE:
            break
        found.append((at, float(gains[at])))
        left[columns.indices[columns.indptr[at] : columns.indptr[at + 1]]] = 0.0
    return [(ways.nodes[at], gain) for at, gain in found]


def best_sets(ways: Ways, weights: Weights, most: int) -> tuple[Best, ...]:
    """Return the best set of each size from 1 to `most`; the last is the first that carries all that can be carried.

    Args:
        ways: distinct ways.
        weights: of each way, at least 0.
        most: the largest set wanted.
    """
    order = greedy(ways, weights, most)
    whole = float(weights[np.diff(ways.on.indptr) > 0].sum())
    found: list[Best] = []
    for k in range(1, len(order) + 1):
        reached = sum(gain for _, gain in order[:k])
        start = Best(tuple(node for node, _ in order[:k]), reached, _bound(ways, weights, order[:k], k), False)
        found.append(_proved(ways, weights, k, start, whole))
        if found[-1].carried >= whole - _TOLERANCE * max(whole, 1.0):
            break
    return tuple(found)


def _bound(ways: Ways, weights: Weights, chosen: Sequence[tuple[int, float]], k: int) -> float:
    """Return what no set of k nodes exceeds: what greedy carried at any step, and the k greatest gains from there."""
    left = weights.astype(float).copy()
    columns = ways.on.tocsc()
    number = {node: n for n, node in enumerate(ways.nodes)}
    done, bound = 0.0, np.inf
    for node, gain in [*chosen, (None, 0.0)]:
        gains = np.sort(ways.on.T @ left)
        bound = min(bound, done + float(gains[-k:].sum()))
        if node is None:
            break
        at = number[node]
        left[columns.indices[columns.indptr[at] : columns.indptr[at + 1]]] = 0.0
        done += gain
    return bound


def _proved(ways: Ways, weights: Weights, k: int, start: Best, whole: float) -> Best:
    scale = max(whole, 1.0)
    bound = min(start.bound, whole)
    if start.carried >= bound - _TOLERANCE * scale:
        return Best(start.nodes, start.carried, start.carried, True)
    if ways.on.shape[0] > _LARGEST:
        return Best(start.nodes, start.carried, bound, False)
    count, size = ways.on.shape
    answer = milp(
        np.concatenate([np.zeros(size), -weights]),
        constraints=[
            LinearConstraint(hstack([-ways.on, identity(count)]).tocsr(), ub=np.zeros(count)),
            LinearConstraint(np.concatenate([np.ones(size), np.zeros(count)])[None, :], ub=[k]),
        ],
        integrality=np.concatenate([np.ones(size), np.zeros(count)]),
        bounds=Bounds(0, 1),
        options={"time_limit": _SECONDS, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return Best(start.nodes, start.carried, bound, False)
    nodes = [node for node, x in zip(ways.nodes, answer.x[:size], strict=True) if x > 0.5]
    reached = carried(ways, weights, nodes)
    limit = min(bound, max(-float(answer.mip_dual_bound), reached)) if answer.mip_dual_bound is not None else bound
    exact = answer.status == 0
    if start.carried >= reached - _TOLERANCE * scale:
        return Best(start.nodes, start.carried, start.carried if exact else limit, exact)
    ordered = tuple(node for node, _ in greedy(_only(ways, nodes), weights, k))
    return Best(ordered, reached, reached if exact else limit, exact)


def _only(ways: Ways, nodes: Sequence[int]) -> Ways:
    kept = [n for n, node in enumerate(ways.nodes) if node in set(nodes)]
    return Ways(tuple(ways.nodes[n] for n in kept), ways.on[:, kept])


def steadiness(
    ways: Ways, counts: Weights, most: int, *, draws: int, seed: int
) -> tuple[list[dict[int, float]], Weights]:
    """Draw as many ways again, with replacement, and see which nodes come out best.

    Args:
        ways: distinct ways.
        counts: how often each was seen.
        most: the largest set wanted.
        draws, seed: of the drawing.

    Returns:
        For each size from 1 the share of draws in which a node is in the best set by greedy; and the counts of each
        draw, draws by ways.
    """
    total = float(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(max(round(total), 1), counts / total, size=draws).astype(float)
    times: list[dict[int, int]] = [{} for _ in range(most)]
    for weights in drawn:
        order = [node for node, _ in greedy(ways, weights, most)]
        for k in range(most):
            for node in order[: k + 1]:
                times[k][node] = times[k].get(node, 0) + 1
    return [{node: count / draws for node, count in counted.items()} for counted in times], drawn
