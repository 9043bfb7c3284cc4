"""Network interdiction as a mixed-integer programme, solved by HiGHS; loaded when it is needed, as the solver is large.

Each node stands on the source's side of a cut (0) or the target's (1); an edge that leads from the one to the other is
cut and its volume lost to the remover, unless a node between was removed, which is what is bought. Wood, R. K. (1993):
Deterministic network interdiction. Mathematical and Computer Modelling 17(2), 1-18.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, vstack

OPTIMAL = 0


def solve(
    ends: tuple[Any, Any], volume: Any, nodes: int, removable: Any, k: int, *, known: int, seconds: float
) -> tuple[Any, float]:
    """Return the k nodes without which least flows, and what at least flows whichever are removed.

    Args:
        ends: tail and head of the edges; node 0 is the source, 1 the target.
        volume: what each edge carries.
        nodes: how many nodes there are.
        removable: those that may be removed.
        k: how many may be.
        known: what flows without the best set known; the answer is at least as good.
        seconds: time limit.

    Returns:
        Nodes, or None where the time was not enough to find any; and the bound, in units of volume.
    """
    tail, head = ends
    edges, count = len(tail), len(removable)
    scale = 1.0 / max(known, 1)
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
    cost[cut:] = volume * scale
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
            LinearConstraint(coo_array(cost[None, :]).tocsr(), 0, 1 + 1e-9),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 1e-9},
    )
    bound = getattr(found, "mip_dual_bound", None)
    nodes_found = None if found.x is None else removable[found.x[chosen:cut] > 0.5]
    return nodes_found, 0.0 if bound is None or not np.isfinite(bound) else float(bound) / scale


def _matrix(rows: int, columns: int, *entries: tuple[Any, Any, int]) -> Any:
    row = np.concatenate([r for r, _, _ in entries])
    column = np.concatenate([c for _, c, _ in entries])
    value = np.concatenate([np.full(len(r), float(v)) for r, _, v in entries])
    return coo_array((value, (row, column)), shape=(rows, columns))
