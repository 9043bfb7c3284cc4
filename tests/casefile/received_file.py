"""A file that lies in a case as if it had been loaded, written straight into the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from narrows.casefile.evidence import ROW_BITS, rows_name
from narrows.casefile.ledger import enter
from narrows.casefile.sql import named
from narrows.casefile.store import Store

COLUMNS = ("Order", "Größe / القيمة", "Note")
CELLS = (("A-1", "12,5", "x"), ("A-2", None, "y"), ("A-3", "7", None))


def put(
    store: Store,
    folder: Path,
    *,
    part: int = 0x2A,
    rows: Sequence[int] | None = None,
    rejected: Sequence[int] = (),
    cells: Sequence[tuple[str | None, ...]] = CELLS,
    sheet: str = "",
) -> int:
    """Put a file of a few rows into a case.

    Args:
        store: the case.
        folder: where the file itself is written first.
        part: number of the part.
        rows: numbers of the rows; None for one after the other from 2.
        rejected: numbers of rows that were not taken.
        cells: of each row.
        sheet: name of the sheet.

    Returns:
        The record number of row 0, to which a row's number is added.
    """
    file = folder / f"orders-{part}.csv"
    file.write_text(f"{part}{cells}", encoding="utf-8")
    engine = store.engine
    received = store.receive(file)
    table = {f"c{i}": pa.array([row[i] for row in cells], pa.string()) for i in range(len(COLUMNS))}
    if rows is not None:
        table = {"_row": pa.array(rows, pa.int64()), **table}
    kept = len(cells)
    with engine.transaction():
        engine.run(named("load", "add-source"), [received.source, received.name, received.size])
        with engine.lent("given", pa.table(table)):
            engine.run(f"CREATE TABLE {rows_name(part)} AS SELECT * FROM given")
        read = kept + len(rejected)
        balance = [read, kept, len(rejected)]
        engine.run(
            named("load", "add-part"),
            [part, received.source, sheet, list(COLUMNS), 2, rows is None, *balance, []],
        )
        for row in rejected:
            engine.run("INSERT INTO evidence.rejected VALUES (?, ?, 'too few cells', 'A-9')", [part, row])
        told = {"sheet": sheet, "kind": "orders", "read": read, "kept": kept, "rejected": len(rejected)}
        body: dict[str, object] = {
            "source": received.source, "name": received.name, "bytes": received.size, "parts": [told],
        }  # fmt: skip
        enter(engine, store.settings, "loaded", body)
    store.keep(received)
    return part << ROW_BITS
