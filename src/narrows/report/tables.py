"""Tables as files: CSV, XLSX, JSON lines, Parquet. The same table gives the same bytes.

A spreadsheet must never run what a record holds. In CSV, a text that a spreadsheet could take for a formula
gets an apostrophe in front; in XLSX, every text is written as text, so it needs none. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from narrows.errors import UsageError
from narrows.report.replacing import replacing

# Openers of a formula, also in full width; tab, CR and LF, which some readers drop before they look.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_BATCH = 10_000
_XLSX_ROWS = 1_048_576
_XLSX_COLUMNS = 16_384
_XLSX_TEXT = 32_767
_XLSX_FIRST_DAY = dt.date(1900, 3, 1)  # before it, Excel's calendar has a day that never was
_XLSX_DIGITS = 10**15  # Excel keeps 15 digits of a number
_XLSX_CREATED = dt.datetime(2000, 1, 1)  # part of the file; a fixed day, so that the bytes repeat
_NARROWEST, _WIDEST = 8, 60  # of a column, in characters

Batches = Iterable[pa.RecordBatch]
Writer = Callable[[pa.Schema, Batches, Path], None]


def write_table(
    rows: pa.Table | pa.RecordBatchReader | Iterable[pa.RecordBatch] | Sequence[Mapping[str, object]],
    path: Path,
    *,
    schema: pa.Schema | None = None,
) -> Path:
    """Write a table as a file, by its suffix: .csv, .xlsx, .ndjson or .parquet.

    Args:
        rows: an Arrow table, reader or batches, or a sequence of rows that have the same keys.
        path: the file; it is replaced as a whole, or not at all.
        schema: needed where batches or rows may be none.

    Returns:
        `path`.

    Raises:
        UsageError: unknown suffix, no such folder, or more columns than the format can take.
        NarrowsError: the file cannot be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(
            f"{path.name}: unknown kind of table {path.suffix!r}",
            hint=f"End the name in one of {', '.join(_WRITERS)}.",
        )
    columns, batches = _batches(rows, schema)
    with replacing(path) as partial:
        writer(columns, batches, partial)
    return path


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _batches(rows: Any, schema: pa.Schema | None) -> tuple[pa.Schema, Batches]:
    if isinstance(rows, pa.Table):
        return rows.schema, rows.to_batches(_BATCH)
    if isinstance(rows, pa.RecordBatchReader):
        return rows.schema, rows
    if isinstance(rows, Sequence):
        table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
        return table.schema, table.to_batches(_BATCH)
    batches = iter(rows)
    first = next(batches, None)
    if first is None:
        return schema if schema is not None else pa.schema([]), ()
    return first.schema, chain([first], batches)


def _rows(batches: Batches) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_csv(schema: pa.Schema, batches: Batches, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([inert(name) for name in schema.names])
        for row in _rows(batches):
            writer.writerow([_csv_cell(value) for value in row])


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | float):
        return str(value)
    return inert(_text(value))


def _text(value: object) -> str:
    """Return a cell that is no number as one text."""
    if isinstance(value, list):
        return "; ".join("" if v is None else _text(v) for v in value)
    if isinstance(value, dict):
        return _json(value)
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def _write_ndjson(schema: pa.Schema, batches: Batches, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in _rows(batches):
            file.write(_json(dict(zip(schema.names, row, strict=True))))
            file.write("\n")


def _json(value: object) -> str:
    """Return JSON in which decimals keep every digit; what is no number (NaN, infinity) is null."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(str(k))}: {_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float) and not math.isfinite(value):
        return "null"
    if value is None or isinstance(value, bool | int | float | str):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(_text(value), ensure_ascii=False)


def _write_parquet(schema: pa.Schema, batches: Batches, path: Path) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_xlsx(schema: pa.Schema, batches: Batches, path: Path) -> None:
    if len(schema.names) > _XLSX_COLUMNS:
        raise UsageError(
            f"{len(schema.names)} columns do not fit into a spreadsheet, which takes {_XLSX_COLUMNS:,}",
            hint="Write .csv or .parquet instead.",
        )
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),  # what a case holds is not spread over the machine
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _XLSX_CREATED})
        _Sheets(book, schema.names).write(_rows(batches))


class _Sheets:
    """The sheets of one workbook: as many as the rows need, each with the header on top."""

    def __init__(self, book: Any, names: list[str]) -> None:
        self._book = book
        self._names = names
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._as_text = book.add_format({"num_format": "@", "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"})
        self._plain = book.add_format({"valign": "top"})

    def write(self, rows: Iterator[tuple[Any, ...]]) -> None:
        """Write all rows, on one sheet more each time one is full."""
        self._one(islice(rows, _XLSX_ROWS - 1))
        for row in rows:
            self._one(chain([row], islice(rows, _XLSX_ROWS - 2)))

    def _one(self, rows: Iterable[tuple[Any, ...]]) -> None:
        sheet = self._book.add_worksheet()
        sheet.freeze_panes(1, 0)
        widths = [len(name) for name in self._names]
        for at, name in enumerate(self._names):
            sheet.write_string(0, at, _fitting(name), self._bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                widths[at] = max(widths[at], self._cell(sheet, last, at, value))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, min(_WIDEST, max(_NARROWEST, width + 2)))
        if self._names and last:
            sheet.autofilter(0, 0, last, len(self._names) - 1)

    def _cell(self, sheet: Any, row: int, at: int, value: object) -> int:
        """Write one cell and return how wide it is, in characters."""
        if value is None:
            return 0
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value, self._plain)
            return 5
        if _is_excel_number(value):
            sheet.write_number(row, at, value, self._plain)
            return len(str(value))
        if isinstance(value, dt.datetime) and value.tzinfo is None and value.date() >= _XLSX_FIRST_DAY:
            sheet.write_datetime(row, at, value, self._moment)
            return 19
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= _XLSX_FIRST_DAY:
            sheet.write_datetime(row, at, value, self._day)
            return 10
        text = _fitting(_text(value))
        sheet.write_string(row, at, text, self._as_text)
        return max(map(len, text.split("\n")))


def _is_excel_number(value: object) -> bool:
    """Whether Excel keeps every digit of a number."""
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.normalize().as_tuple().digits) <= 15
    if isinstance(value, int):
        return abs(value) < _XLSX_DIGITS
    return isinstance(value, float) and math.isfinite(value)


def _fitting(text: str) -> str:
    """Return a text as long as a cell can be; what was cut says so."""
    units = len(text.encode("utf-16-le")) // 2  # what Excel counts
    if units <= _XLSX_TEXT:
        return text
    note = f" … [cut here; {len(text):,} characters in all, whole in CSV]"
    room = _XLSX_TEXT - len(note)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore") + note


_WRITERS: Mapping[str, Writer] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".ndjson": _write_ndjson,
    ".parquet": _write_parquet,
}
