"""Leads from record numbers back to the rows of the received files."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.errors import NotFound
from narrows.model.statement import Evidence

ROW_BITS = 32
# DuckDB counts the rows of a transaction that is not yet committed from here, and all others from 0.
_UNCOMMITTED = 36028797018960000


def record_of(part: int, row: int) -> int:
    """Return the number of the record in `row` of `part`."""
    return part << ROW_BITS | row


def part_and_row(record: int) -> tuple[int, int]:
    """Return the part and the row of a record; the inverse of `record_of`."""
    return record >> ROW_BITS, record & (1 << ROW_BITS) - 1


def rows_table(part: int) -> exp.Expr:
    """Return the table that holds the rows of a part as text, under the alias r."""
    return exp.alias_(exp.to_table(rows_name(part)), "r", table=True)


def rows_name(part: int) -> str:
    """Return the name of that table."""
    return f"evidence.rows_{part:08x}"


def record_column(part: int, first_row: int, *, contiguous: bool) -> exp.Expr:
    """Return the expression that computes a record's number from a row of the part's table."""
    place = exp.column("rowid", table="r") % _UNCOMMITTED
    row: exp.Expr = place + first_row if contiguous else exp.column("_row", table="r")
    return exp.paren(row, copy=False) + record_of(part, 0)


def evidence_of(engine: Engine, records: Iterable[int]) -> dict[int, Evidence]:
    """Return the evidence behind each record.

    Args:
        engine: the case's engine.
        records: record numbers, in any order, repeated or not.

    Raises:
        NotFound: a record is not in the case.
    """
    wanted: dict[int, list[int]] = {}
    for record in sorted(set(records)):
        wanted.setdefault(part_and_row(record)[0], []).append(record)
    parts = {part: rest for part, *rest in engine.rows(named("evidence", "parts"))}
    found: dict[int, Evidence] = {}
    for part, numbers in wanted.items():
        if part not in parts:
            raise _missing(numbers[0])
        found.update(_of_part(engine, part, parts[part], numbers))
    return found


def _of_part(engine: Engine, part: int, row: list[object], numbers: list[int]) -> dict[int, Evidence]:
    source, file, sheet, columns, first_row, contiguous = row
    assert isinstance(columns, list) and isinstance(first_row, int)
    record = record_column(part, first_row, contiguous=bool(contiguous))
    query = (
        exp.select(record.as_("record"), *(exp.column(f"c{i}") for i in range(len(columns))))
        .from_(rows_table(part))
        .where(exp.column("record").isin(query=exp.select("record").from_("wanted_records")))
    )
    with engine.lent("wanted_records", pa.table({"record": pa.array(numbers, pa.int64())})):
        rows = engine.rows(query)
    if len(rows) < len(numbers):
        raise _missing(min(set(numbers) - {r[0] for r in rows}))
    return {
        number: Evidence(
            record=number,
            source=str(source),
            file=str(file),
            sheet=str(sheet),
            row=part_and_row(number)[1],
            cells=tuple(zip(columns, cells, strict=True)),
        )
        for number, *cells in rows
    }


def _missing(record: int) -> NotFound:
    return NotFound(
        f"record {record:x} is not in this case",
        hint="Run `narrows verify CASE`; the derived tables may be older than the evidence.",
    )
