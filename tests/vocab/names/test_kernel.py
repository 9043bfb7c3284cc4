"""Which of two names stands left is nothing to their comparison, before the order of their marks hides it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from narrows.vocab.names import kernel
from narrows.vocab.names.compare import weights
from narrows.vocab.names.encode import Encoder
from narrows.vocab.names.parse import KINDS
from narrows.vocab.names.sounds import costs

PAIRS = Path(__file__).parents[3] / "bench" / "names" / "pairs.csv"


@pytest.mark.parametrize("kind", KINDS)
def test_sides_may_be_exchanged(kind):
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = [(row["left"], row["right"]) for row in csv.DictReader(file) if row["kind"] == kind]
    names = Encoder(persons=kind == "person")
    names.read([name for side in zip(*pairs, strict=True) for name in side], kind)
    left = np.arange(len(pairs), dtype=np.int32)
    # Each beside its own, and beside some that are of others.
    for right in (np.roll(left, -shift) + np.int32(len(pairs)) for shift in range(4)):
        one, other = (
            kernel.score_pairs(*sides, *names.tables(), weights(kind)) for sides in ((left, right), (right, left))
        )
        assert np.abs(one - other).max() < 1e-5


def test_sounds_of_one_script_cost_the_same_both_ways():
    for table in costs()[[0, 2]]:
        assert np.array_equal(table, table.T)
