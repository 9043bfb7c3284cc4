"""Network interdiction as a mixed-integer programme, solved by HiGHS: a second opinion on the best k nodes.

Each node stands on the source's side of a cut (0) or the target's (1); an edge that leads from the one to the other is
cut and its volume lost to the remover, unless a node between was removed, which is what is bought. Wood, R. K. (1993):
Deterministic network interdiction. Mathematical and Computer Modelling 17(2), 1-18.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from narrows.graph.problem import Problem


def least_left(problem: Problem, k: int, seconds: float | None = None) -> float | None:
    """Return what still flows without the best k nodes, direct edges not counted; None where time ran out."""
    tail, head, volume, nodes = problem.tail, problem.head, problem.volume, problem.nodes
    removable = np.arange(2, nodes)
    edges, count = len(tail), len(removable)
    # Unknowns: the side of each node as it is entered; the side as it is left, and the choice, of each removable one;
    # each edge.
    leave = np.arange(nodes)
    leave[removable] = nodes + np.arange(count)
    chosen, cut = nodes + count, nodes + 2 * count
    total = cut + edges
    rows = np.arange(edges)
    crossing = _matrix(edges, total, (rows, cut + rows, 1), (rows, head, -1), (rows, leave[tail], 1))
    each = np.arange(count)
    bought = _matrix(count, total, (each, chosen + each, 1), (each, leave[removable], -1), (each, removable, 1))
    zero = np.zeros(count, int)
    budget = _matrix(1, total, (zero, chosen + each, 1))
    cost = np.zeros(total)
    cost[cut:] = volume
    lower, upper = np.zeros(total), np.ones(total)
    upper[0], lower[1] = 0, 1
    whole = np.zeros(total)
    whole[chosen:cut] = 1
    found = milp(
        cost,
        integrality=whole,
        bounds=Bounds(lower, upper),
        constraints=[
            LinearConstraint(vstack([crossing, bought]).tocsr(), 0, np.inf),
            LinearConstraint(budget.tocsr(), 0, k),
        ],
        options={"mip_rel_gap": 0} if seconds is None else {"mip_rel_gap": 1e-6, "time_limit": seconds},
    )
    return float(found.fun) if found.status == 0 else None


def _matrix(rows: int, columns: int, *entries: tuple[Any, Any, int]) -> Any:
    row = np.concatenate([r for r, _, _ in entries])
    column = np.concatenate([c for _, c, _ in entries])
    value = np.concatenate([np.full(len(r), float(v)) for r, _, v in entries])
    return coo_array((value, (row, column)), shape=(rows, columns))
