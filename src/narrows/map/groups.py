"""Firms that registers tie to each other, seen as one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named


def registered_groups(engine: Engine) -> pa.Table:
    """Return the firms that a register links to others: `node`, and `registered_group`, the least entity of its group.

    Links are an owner, an officer, or a common one, as `derived.linked` has them; owners and officers of more than
    fifty firms (nominees, law firms) link nobody there. Natural persons are in no group.
    """
    rows = engine.rows(named("network", "register-links"))
    pairs = np.asarray(rows, dtype=np.int64).reshape(-1, 2)
    nodes, place = np.unique(pairs, return_inverse=True)
    place = place.reshape(-1, 2)
    graph = coo_array((np.ones(len(pairs)), (place[:, 0], place[:, 1])), shape=(len(nodes), len(nodes)))
    _, label = connected_components(graph, directed=False)
    # Nodes ascend, so the first of a component is its least.
    _, first = np.unique(label, return_index=True)
    return pa.table({"node": pa.array(nodes), "registered_group": pa.array(nodes[first[label]])})
