"""Groups parties that share keys."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def components(pairs: pa.Table) -> pa.Table:
    """Return which component each party belongs to.

    Args:
        pairs: columns party_index and key_index (both from 0, without gaps) and party, one row for each key of
            each party.

    Returns:
        One row for each party: party, component. Parties that share a key, directly or through others, share the
        component. Component numbers carry no meaning.
    """
    if pairs.num_rows == 0:
        return pa.table({"party": pa.array([], pa.uint64()), "component": pa.array([], pa.int32())})
    party_index = pairs["party_index"].to_numpy()
    key_index = pairs["key_index"].to_numpy()
    parties = int(party_index.max()) + 1
    size = parties + int(key_index.max()) + 1
    edges = coo_array(
        (np.ones(len(party_index), dtype=np.int8), (party_index, key_index + parties)), shape=(size, size)
    )
    labels = connected_components(edges, directed=False)[1][:parties]
    _, first = np.unique(party_index, return_index=True)
    members = pairs["party"].combine_chunks().take(pa.array(first, pa.int64()))
    return pa.table({"party": members, "component": pa.array(labels, pa.int32())})
