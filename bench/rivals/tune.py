"""`tune.py EDGES ROWS TRUTH`: the threshold on the scores of pairs at which their components agree best with the truth.

EDGES (Parquet): one, other, score. ROWS (Parquet): row, id. The best pairwise F1 wins. Each try goes to stderr.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.parties.score import score_tables

TRIES = 60


def components(one: np.ndarray, other: np.ndarray, nodes: int) -> np.ndarray:
    """The component of each node, 0 included."""
    graph = coo_matrix((np.ones(len(one), np.int8), (one, other)), shape=(nodes, nodes))
    return connected_components(graph, directed=False)[1]


def main(edges: Path, rows: Path, truth: Path) -> None:
    """Print the best threshold and its score as JSON."""
    pairs, row_record, true = parquet.read_table(edges), parquet.read_table(rows), csv.read_csv(truth)
    one, other, scores = (pairs[name].to_numpy() for name in ("one", "other", "score"))
    ids = row_record["id"].to_numpy()
    best = (-1.0, 0.0)
    for threshold in np.linspace(scores.min(), np.quantile(scores, 0.995), TRIES):
        kept = scores >= threshold
        found = components(one[kept], other[kept], int(ids.max()) + 1)
        reached = score_tables(true, pa.table({"row": row_record["row"], "cluster": found[ids]}))
        print(f"{threshold:8.3f} {json.dumps(asdict(reached))}", file=sys.stderr)
        best = max(best, (reached.f1, float(threshold)))
    print(json.dumps({"f1": best[0], "threshold": best[1]}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
