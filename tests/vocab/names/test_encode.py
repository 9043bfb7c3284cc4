from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.names.encode import Encoder, encode
from narrows.vocab.names.parse import KINDS, parse

PAIRS = Path(__file__).parents[3] / "bench" / "names" / "pairs.csv"
ODD = [
    "", "  ", "TO ORDER", "to the order of the bank", "SAME AS CONSIGNEE", "N/A", "nan", "\\N", "xxx", "a", "12345",
    "#NAME?", "company name", "The Order", "emre", "Bozdere emrine", "لأمر البنك", "A.Ş.", "Ltd. Şti.", "A.B.C. Metal",
    "a " * 500, "x" * 10_000, "Prec. Eng. Precision", "Limangrup34 Ltd", "DEM1RKOL 0TO", "ДЕМИ oтo", "睿澜泽电子",
    "Bozdere oğlu", "Abd al-Rahim Bozdere", "Bozdere, Kemal", "Bozdere, Kemal34", "Dr. Prof. Kemal Bozdere, Dr.", ", a",
    "bin", "Kemal bin Ali", "Prof.", "M/V Bozdere II", "II II", "M/V MV", "Motor Vessel Tanker",
    "Bozdere ex Kemal Star", "ex Bozdere", "Chris Bozdere", "Kemal Ben Ali", "Ben Bozdere",
    "Mohammadreza Bozdere", "Kemal Mohammad Reza Bozdere", "Mohammad Reza", "Benbozdere Kemal", "Ali Bint Ali Bozdere",
    "Abdelrahim Bozdere", "睿瀾澤電子", "Бозтрейдинг Трейдинг", "1st Bozdere", "Bozderskaya",
    "Dem\u200bir A.Ş.", "a\u0301b c\u0301d", "\ud800abc def", "a\nb\tc Ltd", "😀 Demir", "", "San Francisco Trading",
]  # fmt: skip
MORE = ["ДЕМИРКОЛ oтo", ".", ",", "ve", "Tic.", "oğlu", "al", "بن", "formerly", "Mohammad", "Reza", "bint"]
WORDS = st.sampled_from([word for name in [*ODD, *MORE] for word in name[:60].split()])


def names_of_pairs() -> list[tuple[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [(row[side], row["kind"]) for row in csv.DictReader(file) for side in ("left", "right")]


def columns(encoder: Encoder) -> list[list[object]]:
    """What the tables say of names; acronyms as a set."""
    names = encoder.tables()[0]
    acronyms = [sorted(set(row) - {0}) for row in names[4].tolist()]
    return [*(names[place].tolist() for place in (0, 1, 2, 3, 5, 6, 8)), acronyms, encoder.marks.tolist()]


def assert_read_alike(names: list[str], kind: str) -> None:
    many, single = Encoder(persons=kind == "person"), encode((parse(n, kind) for n in names), persons=kind == "person")
    many.read(names, kind)
    assert columns(many) == columns(single)


@pytest.mark.parametrize("kind", KINDS)
def test_many_names_are_read_as_one_is(kind):
    assert_read_alike([*ODD, *dict.fromkeys(name for name, given in names_of_pairs() if given == kind)], kind)


@settings(deadline=None)
@given(st.lists(st.text() | st.lists(WORDS, max_size=7).map(" ".join), max_size=5), st.sampled_from(KINDS))
def test_whatever_stands_there(names, kind):
    assert_read_alike(names, kind)


def test_the_order_of_reading_changes_nothing():
    names = [name for name, kind in names_of_pairs() if kind == "organisation"][:300]
    one, other = Encoder(persons=False), Encoder(persons=False)
    one.read(names, "organisation")
    other.read(names[::-1], "organisation")
    assert np.array_equal(one.marks, other.marks[::-1])
