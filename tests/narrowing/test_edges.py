from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.errors import FileProblem, NotFound, UsageError
from narrows.narrowing.edges import Asked, Edges, read_edges
from narrows.report.tables import write_table

NOTHING = Asked()


@pytest.fixture
def read(tmp_path):
    """Reads a list of edges from the text of a CSV file."""

    def reads(text: str, asked: Asked = NOTHING) -> Edges:
        file = tmp_path / "edges.csv"
        file.write_text(text, "utf-8")
        return read_edges(file, asked)

    return reads


def told(edges: Edges) -> list[tuple[str, str, float]]:
    network = edges.network
    ends = zip(network.source.tolist(), network.target.tolist(), network.weight.tolist(), strict=True)
    return [(edges.names[s], edges.names[t], weight) for s, t, weight in ends]


@pytest.mark.parametrize(
    "header",
    ["source,target,weight", "From,To,Volume", " Seller ,BUYER,Net Weight", "Kaynak,Hedef,Ağırlık",
     "Verkäufer,Käufer,Menge", "поставщик,покупатель,вес", "Vendeur,Acheteur,Poids", "consignor,consignee,qty"],
)  # fmt: skip
def test_columns_may_be_called_otherwise(read, header):
    assert told(read(f"{header}\nA,B,2\n")) == [("A", "B", 2)]


def test_no_weights_count_each_row_as_one(read):
    edges = read("source,target\nA,B\nA,B\nB,C\n")
    assert told(edges) == [("A", "B", 2), ("B", "C", 1)]
    assert edges.noticed == ("1 row between two nodes that another row joins already: added to it",)


def test_every_row_is_accounted_for(read):
    edges = read("source,target,weight\nA,B,1\n,B,1\nA,,1\nA,B,-1\nA,B,much\nB,B,3\nB,C,0\nB,D,\nA,B,2\n")
    assert told(edges) == [("A", "B", 3), ("B", "C", 0), ("B", "D", 0)]
    assert (edges.rows, edges.used) == (9, 5)
    assert edges.noticed == (
        "1 row with a weight below 0: rejected (row 5)",
        "2 rows without a source or a target: rejected (rows 3, 4)",
        "1 row whose weight is no number: rejected (row 6)",
        "1 row from a node to itself: left out",
        "1 row between two nodes that another row joins already: added to it",
        "1 row of weight 0: kept as ways that carry nothing",
        "1 row without a weight: kept as ways that carry nothing",
    )


@pytest.mark.parametrize(
    ("cells", "weight"),
    [("1.234,5;0,5", 1235), ("1,234.5;0.5", 1235), ("1 234,5;0,5", 1235), ("1e3;0.5", 1000.5), ("٣;٤", 7)],
)
def test_numbers_are_read_as_their_column_writes_them(read, cells, weight):
    first, second = cells.split(";")
    assert told(read(f"source;target;weight\nA;B;{first}\nA;B;{second}\n")) == [("A", "B", weight)]


DATED = "source,target,date\nA,B,2024-01-31\nA,C,01.02.2024\nA,D,29 Feb 2024\nA,E,\nA,F,soon\nA,G,2024-03-01\n"


def test_a_period_takes_its_days_and_counts_the_undated(read):
    edges = read(DATED, Asked(since=date(2024, 2, 1), until=date(2024, 2, 29)))
    assert [target for _, target, _ in told(edges)] == ["C", "D"]
    assert (
        "2 rows without a readable date: left out, as nothing says whether they belong to the period (rows 5, 6)"
        in (edges.noticed)
    )
    assert "2 rows of other days: left out" in edges.noticed


def test_without_a_period_the_undated_count_too(read):
    assert len(told(read(DATED))) == 6


def test_a_commodity_is_its_code_and_what_begins_with_it(read):
    text = "source,target,hs\nA,B,760310\nA,C,7603\nA,D,7604\nA,E,\n"
    assert [target for _, target, _ in told(read(text, Asked(commodity="7603")))] == ["B", "C"]
    text = "source,target,goods\nA,B,Paste\nA,C,Paste tubes\n"
    assert [target for _, target, _ in told(read(text, Asked(commodity="paste")))] == ["B"]


def test_what_is_not_there_is_told_with_what_is(read):
    with pytest.raises(NotFound, match="frequent commodities are: 7604, 7603"):
        read("source,target,hs\nA,B,7603\nA,C,7604\nA,D,7604\n", Asked(commodity="9999"))
    with pytest.raises(NotFound, match="go from 2024-01-31 to 2024-03-01"):
        read(DATED, Asked(since=date(2025, 1, 1)))


@pytest.mark.parametrize("asked", [Asked(commodity="7603"), Asked(since=date(2024, 1, 1))])
def test_a_column_that_is_asked_for_must_be_there(read, asked):
    with pytest.raises(UsageError):
        read("source,target\nA,B\n", asked)
    with pytest.raises(UsageError, match="is after"):
        read(DATED, Asked(since=date(2024, 2, 2), until=date(2024, 2, 1)))


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "source,weight\nA,1\n", ""])
def test_a_table_without_ends_is_refused(read, text):
    with pytest.raises(FileProblem) as caught:
        read(text)
    assert caught.value.hint


def test_a_file_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        read_edges(Path("nowhere.csv"), NOTHING)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "ndjson"])
def test_any_kind_of_table_will_do(tmp_path, ending):
    file = tmp_path / f"edges.{ending}"
    write_table(pa.table({"source": ["A", "B"], "target": ["B", "C"], "weight": [1.5, 2.0]}), file)
    assert told(read_edges(file, NOTHING)) == [("A", "B", 1.5), ("B", "C", 2)]


def test_names_are_trimmed_not_folded_and_namibia_is_no_blank(read):
    edges = read("source,target\n  NA ,Alpha  Trading\nALPHA TRADING,NA\n")
    assert edges.names == ("ALPHA TRADING", "Alpha Trading", "NA")
    assert "names that differ from another in capitals only, each a node of its own: 1" in edges.noticed


def test_the_order_of_rows_changes_nothing(read):
    rows = [f"N{i % 7},N{i % 11},{i / 10}" for i in range(60)]
    first, second = (read("\n".join(["source,target,weight", *order])) for order in (rows, rows[::-1]))
    assert told(first) == told(second)
    assert first.names == second.names


NAMES = st.sampled_from(["", "A", "B", "C", " A ", "-"])
WEIGHTS = st.sampled_from(["", "0", "1", "2.5", "-1", "many"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, WEIGHTS), min_size=1, max_size=12))
def test_what_is_kept_weighs_what_the_rows_say(tmp_path_factory, rows):
    file = tmp_path_factory.mktemp("edges") / "edges.csv"
    file.write_text("\n".join(["source,target,weight", "Z,Y,7", *(",".join(row) for row in rows)]), "utf-8")
    ends = [(s.strip(" -"), t.strip(" -"), w) for s, t, w in rows]
    kept = [(s, t, float(w or 0)) for s, t, w in ends if s and t and w not in ("-1", "many")]
    edges = read_edges(file, NOTHING)
    assert edges.used == len(kept) + 1
    assert edges.network.weight.sum() == 7 + sum(w for s, t, w in kept if s != t)
