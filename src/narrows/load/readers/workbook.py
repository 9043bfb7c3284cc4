"""Workbooks: XLSX, XLSM, XLS and ODS, each sheet a table.

A workbook is looked at as a zip archive first: how much it unpacks to, how large a rectangle each sheet spans, how
many formulas it holds. Only then is it opened. Cells become text as a person would copy them: a number without a
spurious ".0" and with the leading zeros that its format shows, a date in ISO order, an error value as nothing.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem
from narrows.load.readers.columnar import Cells, Limits, Row, Written, as_arrow, check_width, unique_names, write_table
from narrows.load.readers.delimited import find_header
from narrows.load.readers.encoding import FORMATS

BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, ValueError)
_CHUNK = 1 << 20
_LARGE = 10_000_000
_HEAD_ROWS = 1_000
_BATCH = 20_000

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class SheetPart:
    """One sheet of a workbook; see `narrows.load.readers.files.Part`. Its rows are at hand as Arrow text."""

    sheet: str
    columns: tuple[str, ...]
    first_row: int
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    rows: pa.Table

    def sample(self, n: int = 500) -> list[Cells]:
        """Return the first rows as text."""
        head = self.rows.slice(0, n).drop_columns(["_row"])
        return [tuple(cell or None for cell in row) for row in zip(*head.to_pydict().values(), strict=True)]

    def write(self, engine: Engine, table: str) -> Written:
        """Write all rows into a new table."""
        return write_table(engine, table, self.rows, first_row=self.first_row)


@dataclass(slots=True)
class _Facts:
    """What the bytes of one sheet say beside its cells; rows and columns are counted from 0.

    Of the formulas, `stored` have a result that was written with them.
    """

    formulas: int = 0
    stored: int = 0
    errors: int = 0
    first_row: int = 1 << 62
    first_column: int = 1 << 62
    last_row: int = -1
    last_column: int = -1
    styles: dict[int, Counter[str]] = field(default_factory=dict)

    def span(self, row: int, column: int) -> None:
        """Note that there is a cell."""
        self.first_row, self.last_row = min(self.first_row, row), max(self.last_row, row)
        self.first_column, self.last_column = min(self.first_column, column), max(self.last_column, column)

    @property
    def rows(self) -> int:
        """Rows of the rectangle that the cells span."""
        return max(0, self.last_row - self.first_row + 1)

    @property
    def columns(self) -> int:
        """Columns of the rectangle that the cells span."""
        return max(0, self.last_column - self.first_column + 1)


def workbook_parts(path: Path, name: str, headers: tuple[str, ...], limits: Limits) -> Iterator[SheetPart]:
    """Yield the sheets of a workbook that hold anything.

    Args:
        path: the file.
        name: its name, for messages.
        headers: the column names, where it is known that the sheets have no header row.
        limits: what is read at most.

    Raises:
        FileProblem: it is damaged, encrypted, a bomb, too wide, or holds nothing.
    """
    facts, formats = _look_inside(path, name, limits)
    parts, left_out = [], []
    with _refusing(name), path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
        for place, about in enumerate(book.sheets_metadata):
            sheet = book.get_sheet_by_index(place) if about.typ == SheetTypeEnum.WorkSheet else None
            if sheet is None or sheet.start is None:
                left_out.append(about.name)
                continue
            hidden = about.visible != SheetVisibleEnum.Visible
            told = facts.get(about.name, _Facts())
            part = _part(sheet, f"{name}[{about.name}]", headers, told, formats, limits, hidden=hidden)
            parts.append(part)
    if not parts:
        raise FileProblem(f"{name}: no sheet of it holds anything", hint="Check that it is the right file.")
    for part in parts:
        if left_out:
            note = f"sheets without cells, left out: {', '.join(left_out)}"
            part = replace(part, notes=(*part.notes, note))
        yield part


def _part(
    sheet: CalamineSheet,
    name: str,
    headers: tuple[str, ...],
    facts: _Facts,
    formats: dict[str, str],
    limits: Limits,
    *,
    hidden: bool,
) -> SheetPart:
    assert sheet.start is not None
    check_width(sheet.width, name, limits)
    left = sheet.start[1]
    padded = _padded_columns(facts, formats, left, sheet.width)
    source = enumerate(sheet.iter_rows(), start=1)
    head: list[Row] = []
    for number, values in source:
        head.append((number, _texts(values, padded)))
        if len(head) == _HEAD_ROWS:
            break
    merges = [
        ((top, a - left), (bottom, b - left))
        for (top, a), (bottom, b) in sheet.merged_cell_ranges or []
        if left <= a <= b
    ]
    found = _Head.of([cells for _, cells in head], merges, headers, sheet.width, name)
    rows = _arrow(head, source, found.data, padded, sheet.width)
    first_row = rows.column("_row")[0].as_py() if rows.num_rows else found.data + 1
    below = sum(1 for (_, _), (bottom, _) in merges if bottom >= found.data)
    warnings = _warnings(facts, below, hidden=hidden)
    notes = [*found.notes, *warnings]
    if facts.stored:
        notes.append(f"{_counted(facts.stored, 'formula')}: the results last stored are read")
    if padded:
        numbered = ", ".join(found.columns[place] for place in sorted(padded))
        notes.append(f"leading zeros as the cell format shows them: {numbered}")
    return SheetPart(sheet.name, found.columns, first_row, tuple(notes), warnings, rows)


def _warnings(facts: _Facts, merged: int, *, hidden: bool) -> tuple[str, ...]:
    """What may make the rows say something else than a person sees in the sheet."""
    told = ["the sheet is hidden"] if hidden else []
    if merged:
        told.append(f"{_counted(merged, 'merged range')} among the rows: only the first cell of each holds its text")
    empty = facts.formulas - facts.stored
    if empty:
        has = "has no stored result: its cell is" if empty == 1 else "have no stored result: their cells are"
        told.append(f"{_counted(empty, 'formula')} {has} empty; open and save the file in a spreadsheet program")
    if facts.errors:
        told.append(f"{_counted(facts.errors, 'cell')} with an error such as #REF!, read as empty")
    return tuple(told)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _arrow(
    head: Sequence[Row],
    rest: Iterator[tuple[int, list[Value]]],
    data: int,
    padded: dict[int, str],
    width: int,
) -> pa.Table:
    """All rows from index `data` on that hold anything."""
    tables = [as_arrow([row for row in head[data:] if any(row[1])], width)]
    batch: list[Row] = []
    for number, values in rest:
        cells = _texts(values, padded)
        if any(cells):
            batch.append((number, cells))
        if len(batch) == _BATCH:
            tables.append(as_arrow(batch, width))
            batch = []
    tables.append(as_arrow(batch, width))
    return pa.concat_tables(tables)


# --- the header ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the table begins: its columns, the index of its first data row, and what was noticed."""

    columns: tuple[str, ...]
    data: int
    notes: tuple[str, ...]

    @staticmethod
    def of(
        rows: Sequence[Sequence[str]], merges: Sequence[Merge], headers: tuple[str, ...], width: int, name: str
    ) -> _Head:
        if len(headers) > width:
            raise FileProblem(
                f"{name}: {len(headers)} column names were given, the sheet has {width} columns",
                hint="Correct `headers` in the mapping, or leave it out where the sheet has a header row.",
            )
        extents = Counter(max(i for i, cell in enumerate(row) if cell) + 1 for row in rows if any(row))
        usual = max(extents, key=lambda extent: (extents[extent], extent), default=width)
        found = None if headers else find_header(rows, usual)
        if found is None:
            start = next((i for i, row in enumerate(rows) if sum(map(bool, row)) > (usual > 1)), 0)
            note = "no header row; the mapping names the columns" if headers else "no header row found"
            columns = [*headers, *[""] * (width - len(headers))]
            return _Head(unique_names(columns), start, (note, *_above(rows[:start])))
        top, bottom = _header_rows(rows, found, merges, width)
        columns = _joined(rows, top, bottom, merges, width)
        where = f"header in row {top + 1}" if top == bottom else f"header in rows {top + 1} and {bottom + 1}"
        notes = [where, *_above(rows[:top])]
        if len(rows) == bottom + 1:
            notes.append("no row below the header")
        return _Head(unique_names(columns), bottom + 1, tuple(notes))


def _above(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    above = [" ".join(filter(None, row)) for row in rows if any(row)]
    return (f"{len(above)} lines above the table are not read: {'; '.join(above)[:200]}",) if above else ()


def _header_rows(rows: Sequence[Sequence[str]], found: int, merges: Sequence[Merge], width: int) -> tuple[int, int]:
    """First and last row of the header: merged cells may group columns, with their names in the row below."""

    def groups(row: int) -> list[Merge]:
        return [m for m in merges if m[0][0] == m[1][0] == row and 0 < m[1][1] - m[0][1] < width - 1]

    below = found + 1
    if groups(found) and below < len(rows):
        grouped = {c for (_, a), (_, b) in groups(found) for c in range(a, b + 1)}
        named = {c for c, cell in enumerate(rows[below]) if cell}
        texts = [rows[below][c] for c in sorted(named)]
        if named and named <= grouped and not any(ch.isdigit() for text in texts for ch in text):
            return found, below
    if found and groups(found - 1):
        return found - 1, found
    return found, found


def _joined(rows: Sequence[Sequence[str]], top: int, bottom: int, merges: Sequence[Merge], width: int) -> list[str]:
    """The header's cells: merged ones filled, two rows joined by a space."""
    filled = {row: [*rows[row]] for row in {top, bottom}}
    for (r1, c1), (r2, c2) in merges:
        for row in range(max(r1, top), min(r2, bottom) + 1):
            for column in range(c1, min(c2, width - 1) + 1):
                filled[row][column] = rows[r1][c1]
    pairs = zip(filled[top], filled[bottom], strict=True)
    return [" ".join(dict.fromkeys(cell.strip() for cell in pair if cell.strip())) for pair in pairs]


# --- cells --------------------------------------------------------------------------------------------------------


def _texts(values: Sequence[Value], padded: dict[int, str]) -> list[str]:
    texts = [value if isinstance(value, str) else _text(value) for value in values]
    for place, code in padded.items():
        value = values[place]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            texts[place] = _in_format(float(value), code)
    return texts


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(float(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return value.isoformat()


def _number(value: float) -> str:
    """A number with the 15 digits that a spreadsheet shows, without exponent where that is readable."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    if "e" in text and 1e-9 < abs(value) < 1e21:
        return format(Decimal(text), "f")
    return text


# A number format of zeros, at most one decimal point, and signs that are shown as they are.
_ZEROS = re.compile(r'(00(?:0|\\.|"[^"]*"|[- ])*)(?:\.(0+))?')
_ZERO_PARTS = re.compile(r'\\.|"[^"]*"|.')


def _padded_columns(facts: _Facts, formats: dict[str, str], left: int, width: int) -> dict[int, str]:
    """Column of the table -> number format with leading zeros that most of its cells have."""
    padded = {}
    for column, styles in facts.styles.items():
        style, count = styles.most_common(1)[0]
        if style in formats and count * 2 > styles.total() and 0 <= column - left < width:
            padded[column - left] = formats[style]
    return padded


def _in_format(value: float, code: str) -> str:
    """A number with the leading zeros and signs of its format; as it is, where the format would hide digits."""
    form = _ZEROS.fullmatch(code)
    assert form is not None, code
    scaled = f"{value:.{len(form[2] or '')}f}"
    if not 0 <= value < 1e15 or Decimal(scaled) != Decimal(_number(value)):
        return _number(value)
    digits, _, fraction = scaled.partition(".")
    parts = _ZERO_PARTS.findall(form[1])
    waiting = [*digits.zfill(parts.count("0"))]
    shown = []
    for i, part in enumerate(reversed(parts)):
        if part == "0":
            shown.append(waiting.pop())
        else:
            shown.append(part[1:] if part.startswith("\\") else part.strip('"'))
        if "0" not in parts[: len(parts) - 1 - i]:
            shown.append("".join(waiting))
            waiting = []
    return "".join(reversed(shown)) + (f".{fraction}" if fraction else "")


# --- the archive --------------------------------------------------------------------------------------------------

_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,9})([0-9]{1,10})[\"']")
# A cell with a formula: its attributes, and the first sign of the result that is stored beside the formula.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\b[^>/]*>([^<]?))?"
)
# An empty text is a result too.
_TEXT_RESULT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_STYLED = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+" s="([0-9]+)"')
_TAG = re.compile(r"<(?:\w+:)?(sheet|Relationship|numFmt|xf|cellXfs)\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ODS = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?![\w-])([^>]*)>")
_REPEATED = re.compile(rb"table:number-(?:columns|rows)-repeated\s*=\s*[\"'](\d{1,12})[\"']")


def _look_inside(path: Path, name: str, limits: Limits) -> tuple[dict[str, _Facts], dict[str, str]]:
    """Refuse bombs; return facts by sheet, and cell style -> number format with leading zeros."""
    if not zipfile.is_zipfile(path):
        _look_at_ole(path, name)
        return {}, {}
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, name, limits)
            sheets = {entry: sheet for sheet, entry in _sheet_entries(archive).items()}
            formats = _zero_formats(archive)
            facts = {}
            for info in archive.infolist():
                found = _scan(archive, info, styled=bool(formats))
                if found.rows * found.columns > limits.cells:
                    raise _too_large(name, found)
                facts[sheets.get(info.filename, "")] = found
    except BROKEN_ZIP as error:
        raise FileProblem(
            f"{name} is damaged: {error}", hint="It may have been cut off on its way. Fetch or export it again."
        ) from error
    return facts, formats


def _check_sizes(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    entries = archive.infolist()
    total = sum(info.file_size for info in entries)
    reason = ""
    if any(info.filename == "xl/workbook.bin" for info in entries):
        raise FileProblem(f"{name} is an XLSB workbook", hint="Open it and save it as XLSX.")
    if any(info.flag_bits & 1 for info in entries):
        raise FileProblem(f"{name} is encrypted", hint="Save it without a password, then load it.")
    if len(entries) > limits.entries:
        reason = f"holds {len(entries):,} files"
    elif total > limits.unzipped:
        reason = f"unpacks to {total:,} bytes"
    for info in entries:
        if info.file_size > _LARGE and info.file_size > limits.ratio * max(1, info.compress_size):
            reason = f"holds a part that unpacks to {info.file_size // max(1, info.compress_size)} times its size"
    if reason:
        raise FileProblem(
            f"{name} {reason}: it may be made to overwhelm the reader",
            hint="If you trust where it comes from, save the table as CSV and load that.",
        )


def _too_large(name: str, found: _Facts) -> FileProblem:
    return FileProblem(
        f"{name}: a sheet spans {found.rows:,} rows and {found.columns:,} columns",
        hint="A single cell far from the table does that. Copy the table to a new sheet and save it, or use CSV.",
    )


def _scan(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, styled: bool) -> _Facts:
    """Unpack one part of the archive, a piece at a time, and note what it holds.

    The archive's reader stops at the size that the archive's directory states, and fails where that is a lie.
    """
    facts = _Facts()
    is_ods = info.filename == "content.xml"
    spans = _OdsSpans()
    rest = b""
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            if not info.filename.endswith(".xml"):
                continue
            chunk = rest + chunk
            # No tag, and of a sheet no cell, is split between two pieces.
            cut = chunk.rfind(b"<", 0, len(chunk) if is_ods else chunk.rfind(b"c r="))
            if cut <= 0 or len(chunk) - cut > _CHUNK:
                # No tag is that long; still, no reference may hide where the pieces meet.
                cut, rest = len(chunk), chunk[-64:]
            else:
                rest = chunk[cut:]
            (spans.feed if is_ods else _note)(chunk[:cut], facts, styled)
    (spans.feed if is_ods else _note)(rest, facts, styled)
    return facts


def _note(chunk: bytes, facts: _Facts, styled: bool) -> None:
    formulas = _FORMULA.findall(chunk)
    facts.formulas += len(formulas)
    facts.stored += sum(1 for about, result in formulas if result or _TEXT_RESULT.search(about))
    facts.errors += chunk.count(b't="e"')
    if found := _REFERENCE.findall(chunk):
        columns = [_column_number(column) for column in {column for column, _ in found}]
        rows = [int(row) for row in {row for _, row in found}]
        facts.span(min(rows), min(columns))
        facts.span(max(rows), max(columns))
    if styled:
        for (column, style), count in Counter(_STYLED.findall(chunk)).items():
            facts.styles.setdefault(_column_number(column), Counter())[style.decode()] += count


class _OdsSpans:
    """Follows the rows and cells of an ODS table, where one cell may stand for a million."""

    def __init__(self) -> None:
        self._rows = self._columns = self._filled = self._repeat = 0

    def feed(self, chunk: bytes, facts: _Facts, styled: bool) -> None:
        """Follow one more piece; `styled` is not used."""
        facts.formulas += chunk.count(b"table:formula=")
        for closing, tag, attributes in _ODS.findall(chunk):
            found = _REPEATED.search(attributes)
            repeat = int(found[1]) if found else 1
            if tag == b"table":
                self._rows = 0
            elif tag == b"table-row" and not closing:
                self._columns = self._filled = 0
                self._repeat = repeat
                if attributes.endswith(b"/"):
                    self._rows += repeat
            elif tag == b"table-row":
                self._rows += self._repeat
                if self._filled:
                    facts.span(self._rows - self._repeat, 0)
                    facts.span(self._rows - 1, self._filled - 1)
            elif not closing:
                self._columns += repeat
                if not attributes.endswith(b"/") or b"office:" in attributes:
                    self._filled = self._columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _sheet_entries(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part of the archive."""
    targets = {}
    for tag, found in _tags(archive, "xl/_rels/workbook.xml.rels"):
        target = found.get("Target", "")
        if tag == "Relationship":
            targets[found.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return {
        found.get("name", ""): targets.get(found.get("r:id", ""), "")
        for tag, found in _tags(archive, "xl/workbook.xml")
        if tag == "sheet"
    }


def _zero_formats(archive: zipfile.ZipFile) -> dict[str, str]:
    """Cell style -> its number format, for formats that show leading zeros."""
    codes: dict[str, str] = {}
    styles: dict[str, str] = {}
    inside, place = False, 0
    for tag, found in _tags(archive, "xl/styles.xml"):
        if tag == "numFmt":
            codes[found.get("numFmtId", "")] = found.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            code = codes.get(found.get("numFmtId", ""), "")
            if _ZEROS.fullmatch(code):
                styles[str(place)] = code
            place += 1
    return styles


def _tags(archive: zipfile.ZipFile, entry: str) -> list[tuple[str, dict[str, str]]]:
    """The tags of a small part of the archive with their attributes; cells are never read this way."""
    if entry not in archive.namelist():
        return []
    with archive.open(entry) as part:
        text = part.read(_LARGE).decode("utf-8", "replace")
    return [
        (tag, {key: html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(attributes)})
        for tag, attributes in _TAG.findall(text)
    ]


# --- what cannot be opened ----------------------------------------------------------------------------------------


def _look_at_ole(path: Path, name: str) -> None:
    """Refuse old binary files that are no workbook: their directory names the streams in UTF-16."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileProblem(f"{name} is encrypted", hint="Open it with its password, save it without one, then load it.")
    if not any(stream.encode("utf-16-le") + b"\0\0" in data for stream in ("Workbook", "Book")):
        raise FileProblem(f"{name} is an old binary file, but not a workbook", hint=FORMATS)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turn what the reader of workbooks raises into a FileProblem."""
    try:
        yield
    except PasswordError as error:
        raise FileProblem(
            f"{name} is encrypted", hint="Open it with its password, save it without one, then load it."
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(name, error) from error
    except BaseException as error:
        # The reader is written in Rust; where it panics, what comes here derives from BaseException alone.
        if type(error).__name__ == "PanicException":
            raise _damaged(name, error) from error
        raise


def _damaged(name: str, error: BaseException) -> FileProblem:
    return FileProblem(
        f"{name} cannot be read as a workbook: {str(error)[:200]}",
        hint="Open it in a spreadsheet program, save it as XLSX, and load that.",
    )
