"""Raw tables of text: what one is, how rows get into the engine, and the formats that name their own columns.

Parquet goes through DuckDB. JSON lines are read a line at a time: one object a line, objects in it flattened one
level ("address.city"), lists joined by "; ". FollowTheMoney entities are JSON lines whose objects have id, schema and
properties; each property is a column. What they say of owners and directors, of addresses, sanctions and documents are
tables of their own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine, SqlError
from narrows.casefile.sql import named
from narrows.errors import FileProblem
from narrows.load.readers.encoding import MARK, Survey, open_text, read_line, shown, survey

Cells = tuple[str | None, ...]
Row = tuple[int, Sequence[str]]

ROW = "_row"
_BATCH_ROWS = 50_000
_BATCH_CHARACTERS = 32_000_000
_LENT = "narrows_rows"


@dataclass(frozen=True, slots=True)
class Limits:
    """What Narrows reads at most; beyond it the row or the file is refused, with a reason.

    Attributes:
        columns: columns of one table.
        cell: characters of one cell.
        row: characters of one row.
        rejected: rows of one table that may be refused before the table as a whole is.
        unzipped: bytes that a workbook may unpack to.
        ratio: how many times its packed size a large part of a workbook may unpack to.
        entries: files inside a workbook.
        cells: cells of the rectangle that one sheet spans.
    """

    columns: int = 2_000
    cell: int = 1_000_000
    row: int = 16_000_000
    rejected: int = 100_000
    unzipped: int = 1_000_000_000
    ratio: int = 200
    entries: int = 10_000
    cells: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken.

    Attributes:
        row: its number, as a spreadsheet shows it.
        reason: what is wrong with it.
        text: the row as written, at most 1,000 characters.
    """

    row: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing one table: rows_read == rows_kept + len(rejected), always.

    Attributes:
        rows_read, rows_kept: rows with at least one cell filled; an empty line is not a row.
        rejected: the rows that were not kept.
        contiguous: the rows kept follow one another without a gap, so the table has no `_row` column: a row's number
            is its place in the table (rowid, counted from 0) + first_row.
    """

    rows_read: int
    rows_kept: int
    rejected: tuple[Reject, ...]
    contiguous: bool


def unique_names(headers: Sequence[str]) -> tuple[str, ...]:
    """Return headers with no two alike: "Tarih", "Tarih (2)"; an empty seventh one is "column 7".

    Line breaks and runs of spaces in a header become one space.
    """
    taken: set[str] = set()
    names = []
    written = [" ".join(MARK.sub("\ufffd", header).replace("\0", " ").split()) for header in headers]
    plain = set(written)
    for place, header in enumerate(written, start=1):
        name = base = header or f"column {place}"
        copy = 2
        while name in taken or (name != header and name in plain):
            name = f"{base} ({copy})"
            copy += 1
        taken.add(name)
        names.append(name)
    return tuple(names)


def check_width(width: int, name: str, limits: Limits) -> None:
    """Refuse a table with more columns than Narrows reads."""
    if width > limits.columns:
        raise FileProblem(
            f"{name}: {width:,} columns; Narrows reads at most {limits.columns:,}",
            hint="If each record is one column, turn the table so that each is one row; "
            "else export only the columns that matter.",
        )


def cell_columns(width: int) -> list[exp.Expression]:
    """Return c0, c1, ... as SQL columns."""
    return [exp.column(f"c{i}") for i in range(width)]


@contextmanager
def kept_or_dropped(engine: Engine, table: str) -> Iterator[None]:
    """Drop the table where writing it fails, so that no half table stays behind."""
    try:
        yield
    except BaseException:
        # Inside an aborted transaction there is nothing left to drop.
        with suppress(SqlError):
            engine.run(exp.Drop(tables=[exp.to_table(table)], kind="TABLE", exists=True))
        raise


@contextmanager
def compressed(engine: Engine) -> Iterator[None]:
    """Compress what is written meanwhile by FSST.

    DuckDB otherwise tries every method on every column. Measured on 3 million rows of 10 columns: a fifth to a third
    less time, a quarter more space.
    """
    engine.run(named("load", "compress-quickly"))
    try:
        yield
    finally:
        # An aborted transaction refuses this too; the setting only costs some space.
        with suppress(SqlError):
            engine.run(named("load", "compress-as-usual"))


def write_rows(
    engine: Engine, table: str, width: int, rows: Iterable[Row | Reject], *, name: str, first_row: int, limits: Limits
) -> Written:
    """Write rows of text into a new table, in batches; an empty cell becomes NULL.

    Args:
        engine: the case's engine.
        table: qualified name of the table to make.
        width: number of columns.
        rows: number and cells of each row, or what is wrong with it; in the order of the file.
        name: the file's name, for messages.
        first_row: number of the first data row.
        limits: what is read at most.

    Raises:
        FileProblem: more rows are refused than `limits.rejected`.
    """
    with kept_or_dropped(engine, table), compressed(engine):
        _create(engine, table, width)
        kept, rejected = 0, list[Reject]()
        contiguous = True
        for batch in _batches(_sifted(rows, rejected, name, limits)):
            contiguous = contiguous and batch[0][0] == first_row + kept and batch[-1][0] == batch[0][0] + len(batch) - 1
            kept += len(batch)
            _insert(engine, table, as_arrow(batch, width))
        if contiguous:
            _drop_row(engine, table)
    return Written(kept + len(rejected), kept, tuple(rejected), contiguous)


def write_table(engine: Engine, table: str, rows: pa.Table, *, first_row: int) -> Written:
    """Write rows that are at hand as Arrow (`_row`, c0, c1, ...) into a new table."""
    numbers = rows.column(ROW)
    kept = rows.num_rows
    contiguous = kept == 0 or (numbers[0].as_py() == first_row and numbers[-1].as_py() == first_row + kept - 1)
    with kept_or_dropped(engine, table), compressed(engine):
        _create(engine, table, rows.num_columns - 1)
        _insert(engine, table, rows)
        if contiguous:
            _drop_row(engine, table)
    return Written(kept, kept, (), contiguous)


def as_arrow(batch: Sequence[Row], width: int) -> pa.Table:
    """Return rows as an Arrow table with the columns `_row`, c0, c1, ..."""
    columns: Iterable[Sequence[str]] = zip(*(cells for _, cells in batch), strict=True) if batch else [()] * width
    return pa.table(
        {
            ROW: pa.array([number for number, _ in batch], pa.int64()),
            **{f"c{i}": pa.array(column, pa.string()) for i, column in enumerate(columns)},
        }
    )


def _sifted(rows: Iterable[Row | Reject], rejected: list[Reject], name: str, limits: Limits) -> Iterator[Row]:
    for row in rows:
        if not isinstance(row, Reject):
            yield row
            continue
        rejected.append(row)
        if len(rejected) > limits.rejected:
            raise FileProblem(
                f"{name}: more than {limits.rejected:,} rows cannot be read; the first is row {rejected[0].row}: "
                f"{rejected[0].reason}",
                hint="The file is probably not what it looks like (its delimiter, its quotes, its encoding). "
                "Export it again, best as XLSX or as UTF-8 CSV.",
            )


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += sum(map(len, row[1]))
        if len(batch) == _BATCH_ROWS or characters > _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _create(engine: Engine, table: str, width: int) -> None:
    columns = [
        exp.ColumnDef(this=exp.to_identifier(name, quoted=True), kind=exp.DataType.build(kind, dialect="duckdb"))
        for name, kind in [(ROW, "BIGINT"), *((f"c{i}", "VARCHAR") for i in range(width))]
    ]
    engine.run(exp.Create(this=exp.Schema(this=exp.to_table(table), expressions=columns), kind="TABLE"))


def _insert(engine: Engine, table: str, rows: pa.Table) -> None:
    cells = [
        exp.Nullif(this=column, expression=exp.Literal.string("")) for column in cell_columns(rows.num_columns - 1)
    ]
    with engine.lent(_LENT, rows):
        engine.run(exp.insert(exp.select(exp.column(ROW), *cells).from_(_LENT), exp.to_table(table)))


def _drop_row(engine: Engine, table: str) -> None:
    drop = exp.Drop(tables=[exp.column(ROW, quoted=True)], kind="COLUMN")
    engine.run(exp.Alter(this=exp.to_table(table), kind="TABLE", actions=[drop]))


# --- Parquet ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ParquetPart:
    """The one table of a Parquet file; its rows are counted from 1."""

    path: Path
    name: str
    columns: tuple[str, ...]
    cells: tuple[exp.Expr, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    sheet: str = ""
    first_row: int = 1

    def sample(self, n: int = 500) -> list[Cells]:
        """Return the first rows as text."""
        with _readable(self.path, self.name):
            engine = Engine()
            try:
                return [tuple(row) for row in engine.rows(self._select().limit(n))]
            finally:
                engine.close()

    def write(self, engine: Engine, table: str) -> Written:
        """Write all rows into a new table."""
        with _readable(self.path, self.name), kept_or_dropped(engine, table):
            engine.run(exp.Create(this=exp.to_table(table), kind="TABLE", expression=self._select()))
        kept = int(engine.value(exp.select(exp.Count(this=exp.Star())).from_(exp.to_table(table))))
        return Written(kept, kept, (), contiguous=True)

    def _select(self) -> exp.Select:
        return exp.select(*self.cells).from_(_read_parquet(self.path))


def parquet_part(path: Path, name: str, limits: Limits) -> ParquetPart:
    """Look at a Parquet file.

    Raises:
        FileProblem: it is damaged, encrypted, or too wide.
    """
    engine = Engine()
    try:
        with _readable(path, name):
            described = engine.rows(exp.Describe(this=exp.select("*").from_(_read_parquet(path))))
    finally:
        engine.close()
    check_width(len(described), name, limits)
    headers = [str(row[0]) for row in described]
    kinds = [str(row[1]) for row in described]
    nested = [header for header, kind in zip(headers, kinds, strict=True) if kind.startswith(("STRUCT", "MAP"))]
    notes = ["Parquet; rows are counted from 1"]
    if nested:
        notes.append(f"nested columns are kept as one text: {', '.join(nested)}")
    cells = tuple(
        _parquet_text(header, kind).as_(f"c{i}") for i, (header, kind) in enumerate(zip(headers, kinds, strict=True))
    )
    return ParquetPart(path, name, unique_names(headers), cells, tuple(notes))


def _parquet_text(header: str, kind: str) -> exp.Expr:
    column = exp.column(exp.to_identifier(header, quoted=True))
    if kind.endswith("[]") and not kind.startswith(("STRUCT", "MAP")) and kind.count("[]") == 1:
        text: exp.Expr = exp.func(
            "array_to_string", exp.cast(column, "VARCHAR[]", dialect="duckdb"), exp.Literal.string("; ")
        )
    else:
        text = exp.cast(column, "VARCHAR", dialect="duckdb")
    # A code stored as a number must not grow a ".0", nor a date a midnight.
    spurious = {"DOUBLE": r"\.0$", "FLOAT": r"\.0$", "TIMESTAMP": " 00:00:00$"}
    for start, pattern in spurious.items():
        if kind.startswith(start) and "[]" not in kind and "TIME ZONE" not in kind:
            text = exp.func("regexp_replace", text, exp.Literal.string(pattern), exp.Literal.string(""))
    return exp.Nullif(this=text, expression=exp.Literal.string(""))


def _read_parquet(path: Path) -> exp.Expression:
    options = [exp.EQ(this=exp.column("hive_partitioning"), expression=exp.false())]
    return exp.Table(this=exp.ReadParquet(expressions=[file_literal(path), *options]))


def file_literal(path: Path) -> exp.Literal:
    """Return a path as DuckDB's readers take it, with the signs of a file pattern made plain."""
    return exp.Literal.string("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path.absolute())))


@contextmanager
def _readable(path: Path, name: str) -> Iterator[None]:
    try:
        yield
    except SqlError as error:
        # The path is that of the copy in the case, which says nothing to anybody.
        said = error.message.replace(str(file_literal(path).this), name).replace(str(path.absolute()), name)
        raise FileProblem(
            f"{name}: this Parquet file cannot be read: {said[:300]}",
            hint="The file may be cut off, damaged or encrypted. Fetch or export it again.",
        ) from error


# --- JSON lines ---------------------------------------------------------------------------------------------------

Key = tuple[str, ...]


class _Number(str):
    """A number as it was written, so that no digit of a code is lost."""

    __slots__ = ()


class _Unusable(ValueError):
    """A line of JSON that cannot be a row."""


# Relations of FollowTheMoney that become tables of their own -> the properties that name their two ends.
RELATIONS = {"Ownership": ("owner", "asset"), "Directorship": ("director", "organization")}
# Objects that tie others together, and are nobody themselves.
_OTHER_RELATIONS = frozenset(
    {
        "Associate", "ContractAward", "CourtCaseParty", "Debt", "Documentation", "EconomicActivity", "Employment",
        "Family", "Membership", "Occupancy", "Payment", "ProjectParticipant", "Representation", "Similar", "Succession",
        "UnknownLink",
    }
)  # fmt: skip
# Objects that say something of another one, and have no name: those that become tables of their own, and the rest.
DETAILS = ("Address", "Sanction", "Identification", "Passport")
_OTHER_DETAILS = frozenset({"Mention", "Note", "Position", "TaxRoll"})
_SCHEMA: Key = ("schema",)


def first_rows(rows: Iterable[Row | Reject], n: int) -> list[Cells]:
    """Return the cells of the first `n` rows that are not rejected; empty cells as None."""
    found: list[Cells] = []
    for row in rows:
        if len(found) >= n:
            break
        if not isinstance(row, Reject):
            found.append(tuple(cell or None for cell in row[1]))
    return found


@dataclass(frozen=True, slots=True)
class JsonPart:
    """One table of a file of JSON lines; a row's number is the number of its line.

    Attributes:
        entities: the file holds FollowTheMoney entities, whose relations are sheets of their own.
        accounts: the part also names the lines that are a row of no part.
    """

    path: Path
    name: str
    known: Survey
    columns: tuple[str, ...]
    keys: tuple[Key, ...]
    first_row: int
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    limits: Limits
    sheet: str = ""
    entities: bool = False
    accounts: bool = True

    def sample(self, n: int = 500) -> list[Cells]:
        """Return the first rows as text."""
        return first_rows(self._rows(), n)

    def write(self, engine: Engine, table: str) -> Written:
        """Write all rows into a new table; a line that is no JSON object is rejected."""
        return write_rows(
            engine, table, len(self.keys), self._rows(), name=self.name, first_row=self.first_row, limits=self.limits
        )

    def _rows(self) -> Iterator[Row | Reject]:
        only = self.sheet if self.entities and not self.accounts else ""
        for number, record, line in _records(self.path, self.known, self.limits, only):
            sheet, wrong = _place(record, entities=self.entities)
            if sheet != self.sheet and not (sheet is None and self.accounts):
                continue
            if wrong:
                yield Reject(number, wrong, shown(line, 1000))
            elif isinstance(record, dict) and any(record.values()):
                yield number, [record.get(key, "") for key in self.keys]


@dataclass(slots=True)
class _Found:
    """The columns of one table of the file and its first row, 0 where it has none."""

    keys: dict[Key, None] = field(default_factory=dict)
    first_row: int = 0

    def take(self, number: int, record: dict[Key, str]) -> None:
        self.keys.update(dict.fromkeys(record))
        if not self.first_row and any(record.values()):
            self.first_row = number


def json_parts(path: Path, name: str, limits: Limits, encoding: str = "") -> Iterator[JsonPart]:
    """Look through a file of JSON lines and gather its columns; the order is that of first appearance.

    Args:
        path: the file.
        name: its name, for messages.
        limits: what is read at most.
        encoding: as the mapping says; "" to find it out.

    Raises:
        FileProblem: it holds no object, or too many different keys, or is not text in the encoding given.
    """
    known = survey(path, name, encoding)
    whole = _Found()
    sheets: dict[str, _Found] = {sheet: _Found() for sheet in ("", *RELATIONS, *DETAILS)}
    unread: Counter[str] = Counter()
    entities = objects = 0
    for number, record, _ in _records(path, known, limits):
        if isinstance(record, str):
            continue
        objects += 1
        entities += ("id",) in record and _SCHEMA in record and any(key[0] == "properties" for key in record)
        whole.take(number, record)
        check_width(len(whole.keys), name, limits)
        sheet, _ = _place(record, entities=True)
        if sheet is None:
            unread[record[_SCHEMA]] += 1
        else:
            sheets[sheet].take(number, record)
    if not whole.keys:
        raise FileProblem(
            f"{name}: no line of it is a JSON object with a value",
            hint="Narrows reads JSON with one object a line. Turn an array into lines with: jq -c '.[]' FILE",
        )
    notes = ["JSON lines; a row's number is the number of its line"]
    if known.encoding not in ("utf-8", "utf-8-sig"):
        notes.append(known.told)
    warnings = (known.told,) if known.guessed else ()
    columns = unique_names([".".join(key) for key in whole.keys])
    first_row = whole.first_row or 1
    part = JsonPart(path, name, known, columns, tuple(whole.keys), first_row, tuple(notes), warnings, limits)
    if entities == objects:
        yield from _entity_parts(part, sheets, unread)
    else:
        yield part


def _entity_parts(whole: JsonPart, sheets: dict[str, _Found], unread: Counter[str]) -> Iterator[JsonPart]:
    """The entities, then each kind of relation and detail that there is; the first part tells what is a row of none."""
    notes = (*whole.notes, "FollowTheMoney entities: one column per property")
    told: tuple[str, ...] = ()
    if unread:
        kinds = ", ".join(
            f"{schema} {count}" for schema, count in sorted(unread.items(), key=lambda one: (-one[1], one))
        )
        many = "1 object" if unread.total() == 1 else f"{unread.total():,} objects"
        told = (f"{many} of kinds that are not read: {kinds}",)
    # What is left out by its kind is no sign of a damaged file.
    limits = replace(whole.limits, rejected=whole.limits.rejected + unread.total())
    filled = {sheet: found for sheet, found in sheets.items() if found.first_row} or {"": sheets[""]}
    for sheet, found in filled.items():
        first = sheet == next(iter(filled))
        keys = _entity_order(list(found.keys or whole.keys))
        yield replace(
            whole,
            columns=unique_names([key[-1] if key[0] == "properties" else ".".join(key) for key in keys]),
            keys=tuple(keys),
            first_row=found.first_row or 1,
            notes=notes + told if first else notes,
            warnings=whole.warnings + told if first else (),
            limits=limits,
            sheet=sheet,
            entities=True,
            accounts=first,
        )


def _place(record: dict[Key, str] | str, *, entities: bool) -> tuple[str | None, str]:
    """The sheet that a line is a row of, None for no sheet, and what is wrong with it."""
    if isinstance(record, str):
        return None, record
    schema = record.get(_SCHEMA, "") if entities else ""
    if schema in _OTHER_RELATIONS:
        return None, f"a relation of the kind {schema} is not read"
    if schema in _OTHER_DETAILS:
        return None, f"an object of the kind {schema} is not read"
    if schema in DETAILS:
        return schema, ""
    if schema not in RELATIONS:
        return "", ""
    ends = [end for end in RELATIONS[schema] if _is_many(record.get(("properties", end), ""))]
    return schema, f"more than one id as {' and '.join(ends)}" if ends else ""


def _is_many(text: str) -> bool:
    """Whether a property that names one object names several, or holds the object itself."""
    return "; " in text or text.startswith("{")


def _entity_order(keys: Sequence[Key]) -> list[Key]:
    """id, schema, caption, then the properties, then what stands beside them."""
    first: dict[Key, int] = {("id",): 0, ("schema",): 1, ("caption",): 2}
    return sorted(keys, key=lambda key: first.get(key, 3 if key[0] == "properties" else 4))


def _records(
    path: Path, known: Survey, limits: Limits, only: str = ""
) -> Iterator[tuple[int, dict[Key, str] | str, str]]:
    """Yield each line's number, its cells by key or what is wrong with it, and the line.

    With `only`, lines that cannot hold this text are passed over without reading them.
    """
    with open_text(path, known) as stream:
        number = 0
        while True:
            line, cut = read_line(stream, limits.row)
            if not line:
                return
            number += 1
            if not line.strip() or (only and only not in line and "\\u" not in line):
                continue
            try:
                if cut:
                    raise _Unusable(f"a line longer than {limits.row:,} characters")
                yield number, _flattened(_parsed(line), limits), line
            except _Unusable as error:
                yield number, str(error), line
            except RecursionError:
                yield number, "nested too deeply", line


def _parsed(line: str) -> dict[str, object]:
    if MARK.search(line):
        raise _Unusable("bytes that are not text in the encoding of the file")
    try:
        value = json.loads(
            line, object_pairs_hook=_once, parse_float=_Number, parse_int=_Number, parse_constant=_Number
        )
    except json.JSONDecodeError as error:
        raise _Unusable(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    if not isinstance(value, dict):
        raise _Unusable("not a JSON object")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise _Unusable(f"the key {twice[:100]!r} twice in one object")
    return found


def _flattened(record: dict[str, object], limits: Limits) -> dict[Key, str]:
    cells: dict[Key, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            cells.update({(key, inner): _text(held) for inner, held in value.items()})
        else:
            cells[(key,)] = _text(value)
    for text in (*cells.values(), *(part for key in cells for part in key)):
        if len(text) > limits.cell:
            raise _Unusable(f"a cell longer than {limits.cell:,} characters")
        if "\0" in text:
            raise _Unusable("a NUL character")
        if not text.isascii() and MARK.search(text):
            raise _Unusable("half a character (a lone surrogate)")
    return cells


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return str(value) if isinstance(value, str) else _json(value, top=True)


def _json(value: object, *, top: bool = False) -> str:
    """The value as compact JSON, numbers as written; at the top, null is nothing."""
    if value is None:
        return "" if top else "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(key)}: {_json(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return str(value) if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)
