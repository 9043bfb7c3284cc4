"""How well a clustering of records agrees with the truth: pairwise and B-cubed, exact, without listing pairs.

    python -m bench.parties.score TRUTH CLUSTERS

TRUTH has the columns `row` and `entity`, CLUSTERS the columns `row` and `cluster` (CSV, Parquet or Arrow). Rows whose
entity is empty (placeholders) do not count. A row that CLUSTERS does not mention is a cluster of its own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv, feather, parquet

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1. A pair is two records of one entity; B-cubed is the mean over records."""

    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float


def score(entities: Labels, clusters: Labels) -> Score:
    """Compare two labellings of the same records: position by position, any numbers from 0 up as labels."""
    if not entities.size:
        raise ValueError("there is nothing to score: no row has an entity")
    both = np.stack((_dense(entities), _dense(clusters)))
    by_entity, by_cluster = np.bincount(both[0]), np.bincount(both[1])
    width = len(by_cluster)
    cells, shared = np.unique(both[0] * width + both[1], return_counts=True)
    same = _pairs(shared)
    precision, recall = _ratio(same, _pairs(by_cluster)), _ratio(same, _pairs(by_entity))
    squares = shared.astype(np.float64) ** 2
    b3_precision = float((squares / by_cluster[cells % width]).sum()) / entities.size
    b3_recall = float((squares / by_entity[cells // width]).sum()) / entities.size
    return Score(precision, recall, _f1(precision, recall), b3_precision, b3_recall, _f1(b3_precision, b3_recall))


def score_tables(truth: pa.Table, clusters: pa.Table) -> Score:
    """Score a table of (row, cluster) against one of (row, entity)."""
    truth = truth.filter(pc.is_valid(truth["entity"]))
    rows, of = (clusters[name].combine_chunks() for name in ("row", "cluster"))
    if len(rows.unique()) != len(rows):
        raise ValueError("a row stands in two clusters")
    codes, found = _labels(of), pc.index_in(truth["row"].cast(pa.int64()), rows.cast(pa.int64()))
    at = pc.fill_null(found, -1).to_numpy()
    alone = len(codes) + np.arange(len(at))
    labels = np.where(at < 0, alone, np.append(codes, 0)[at])
    return score(_labels(truth["entity"]), labels)


def read(path: Path) -> pa.Table:
    """A table from CSV, Parquet or Arrow, by the ending of its name."""
    if path.suffix == ".csv":
        return csv.read_csv(path)
    return parquet.read_table(path) if path.suffix == ".parquet" else feather.read_table(path)


def _labels(column: pa.Array | pa.ChunkedArray) -> Labels:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return np.asarray(column.dictionary_encode().indices.to_numpy(), np.int64)


def _dense(labels: Labels) -> Labels:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _pairs(sizes: Labels) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _ratio(part: int, whole: int) -> float:
    """One where there is nothing to get wrong."""
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    print(json.dumps(asdict(score_tables(*(read(Path(given)) for given in sys.argv[1:3])))))
