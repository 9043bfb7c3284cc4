from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from received_file import CELLS, COLUMNS, put

from narrows import load
from narrows.casefile.evidence import evidence_of, part_and_row, record_column, record_of, rows_table
from narrows.errors import NarrowsError, NotFound
from narrows.model.statement import Evidence, Statement

PARTS = st.integers(0, 2**31 - 1)
ROWS = st.integers(0, 2**32 - 1)


@given(PARTS, ROWS)
@hypothesis_settings(deadline=None)
def test_a_record_leads_back_to_its_part_and_row(part, row):
    record = record_of(part, row)
    assert part_and_row(record) == (part, row)
    assert 0 <= record < 2**63


@given(st.tuples(PARTS, ROWS), st.tuples(PARTS, ROWS))
@hypothesis_settings(deadline=None)
def test_records_sort_by_place(one, other):
    assert (record_of(*one) < record_of(*other)) == (one < other)


@given(st.binary(max_size=50), st.text(max_size=20))
@hypothesis_settings(deadline=None)
def test_the_number_of_a_part_comes_from_its_bytes_and_its_sheet_alone(content, sheet):
    source = hashlib.sha256(content).hexdigest()
    number = load.part_number(source, sheet)
    assert number == int(hashlib.sha256(f"{source}\n{sheet}".encode()).hexdigest()[:8], 16) >> 1
    assert 0 <= number < 2**31


@pytest.mark.parametrize(("rows", "numbers"), [(None, (2, 3, 4)), ((2, 5, 1_048_576), (2, 5, 1_048_576))])
def test_evidence_shows_the_row_as_it_was_received(store, tmp_path, rows, numbers):
    base = put(store, tmp_path, rows=rows, sheet="März")
    found = evidence_of(store.engine, [base + row for row in reversed(numbers)] * 2)
    assert [found[base + row].row for row in numbers] == list(numbers)
    for row, cells in zip(numbers, CELLS, strict=True):
        evidence = found[base + row]
        assert evidence.cells == tuple(zip(COLUMNS, cells, strict=True))
        assert evidence.place == f"orders-42.csv[März]:{row}"
        assert evidence.source == hashlib.sha256((tmp_path / "orders-42.csv").read_bytes()).hexdigest()


def test_evidence_of_several_parts(store, tmp_path):
    first = put(store, tmp_path, part=7)
    second = put(store, tmp_path, part=2**31 - 1, rows=(9, 10, 12))
    found = evidence_of(store.engine, [second + 12, first + 2, second + 9])
    assert [found[key].place for key in sorted(found)] == [
        "orders-7.csv:2", f"orders-{2**31 - 1}.csv:9", f"orders-{2**31 - 1}.csv:12",
    ]  # fmt: skip


@pytest.mark.parametrize("row", [0, 1, 5, 2**32 - 1])
@pytest.mark.parametrize("rows", [None, (2, 3, 4)])
def test_a_row_that_is_not_there_is_not_found(store, tmp_path, rows, row):
    base = put(store, tmp_path, rows=rows)
    with pytest.raises(NotFound, match=f"{base + row:x}"):
        evidence_of(store.engine, [base + 2, base + row])


def test_a_part_that_is_not_there_is_not_found(store):
    with pytest.raises(NotFound):
        evidence_of(store.engine, [record_of(1, 2)])


def test_no_record_no_evidence(store):
    assert evidence_of(store.engine, []) == {}


def test_records_have_the_same_numbers_before_and_after_the_commit(store):
    """Lines are derived in the transaction that writes the rows; evidence is asked for long after it."""
    engine = store.engine
    from sqlglot import exp

    numbers = exp.select(record_column(0x2A, 2, contiguous=True)).from_(rows_table(0x2A))
    with engine.transaction():
        engine.run("CREATE TABLE evidence.rows_0000002a AS SELECT i::VARCHAR AS c0 FROM range(300000) AS t(i)")
        before = engine.rows(numbers)
    assert before[0] == (record_of(0x2A, 2),)
    assert before == engine.rows(numbers) == [(record_of(0x2A, 2 + i),) for i in range(300_000)]


def evidence(record=1):
    return Evidence(record=record, source="00", file="orders.csv", sheet="", row=3, cells=(("Order", "A-1"),))


@pytest.mark.parametrize(("text", "rests_on"), [("It was paid.", ()), ("", (evidence(),)), (" \n", (evidence(),))])
def test_there_is_no_statement_without_evidence_or_without_words(text, rests_on):
    with pytest.raises(NarrowsError):
        Statement(text, rests_on)


def test_a_statement_cannot_lose_its_evidence():
    statement = Statement("It was paid.", (evidence(),))
    with pytest.raises(AttributeError):
        statement.evidence = ()
