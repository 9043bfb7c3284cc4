"""Delimited text: CSV, TSV and their kin, by a fast road and a careful one.

The dialect is found here, not by the database. Then DuckDB reads the file; what it read is counted against the lines
of the file. Where the counts differ, or the file holds something that readers disagree about, the file is read again
by Python, row by row: rows that cannot be taken are rejected with their number and reason, all others are kept.
"""

from __future__ import annotations

import csv
import io
import math
import re
import tempfile
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sqlglot import exp

from narrows.casefile.engine import Engine, SqlError
from narrows.casefile.store import WAITING
from narrows.errors import FileProblem
from narrows.load.readers.columnar import (
    ROW,
    Cells,
    Limits,
    Reject,
    Row,
    Written,
    cell_columns,
    check_width,
    compressed,
    file_literal,
    first_rows,
    kept_or_dropped,
    unique_names,
    write_rows,
)
from narrows.load.readers.encoding import MARK, Survey, open_text, read_line, shown, survey, transcode

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
# Delimits nothing: the "delimiter" of a file with one column.
_NONE = "\x1f"
# What a line that says nothing may hold; the last is the end-of-file sign of old systems.
_BLANK = " \t\r\f\xa0\x1a"
_HEAD_LINES, _HEAD_CHARACTERS, _HEAD_LINE = 1_000, 4_000_000, 65_536


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart.

    Attributes:
        delimiter: one character.
        quote: the sign around cells that hold a delimiter or a line break.
        backslash: a quote inside a cell is written \\" and not "".
        spaced: a space follows each delimiter and belongs to no cell.
    """

    delimiter: str
    quote: str = '"'
    backslash: bool = False
    spaced: bool = False

    @property
    def plain(self) -> bool:
        """Whether DuckDB and Python read it alike."""
        return self.quote == '"' and not self.backslash and not self.spaced


@dataclass(frozen=True, slots=True)
class DelimitedPart:
    """The one table of a delimited file; see `narrows.load.readers.files.Part`.

    Attributes:
        skip: lines of the file before the first data row.
    """

    path: Path
    name: str
    known: Survey
    dialect: Dialect
    columns: tuple[str, ...]
    first_row: int
    skip: int
    sep_line: bool
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    limits: Limits
    sheet: str = ""

    def sample(self, n: int = 500) -> list[Cells]:
        """Return the first rows as text."""
        return first_rows(self._rows(), n)

    def write(self, engine: Engine, table: str) -> Written:
        """Write all rows into a new table, by the fast road where it can be taken.

        Raises:
            FileProblem: the file has changed since it was looked at, or nearly all of it is refused.
        """
        stat = self.path.stat()
        if (stat.st_size, stat.st_mtime_ns) != (self.known.size, self.known.changed):
            raise FileProblem(
                f"{self.name} was changed while it was being read",
                hint="Wait until whatever writes the file has finished, then load it again.",
            )
        written = self._write_fast(engine, table)
        if written is not None:
            return written
        return write_rows(
            engine,
            table,
            len(self.columns),
            self._rows(),
            name=self.name,
            first_row=self.first_row,
            limits=self.limits,
        )

    def _rows(self) -> Iterator[Row | Reject]:
        width = len(self.columns)
        with open_text(self.path, self.known) as stream:
            records = Records(stream, self.dialect, self.limits, sep_line=self.sep_line)
            for number, cells in records:
                if number < self.first_row:
                    continue
                judged = _judged(cells, records.text, width, self.limits)
                if isinstance(judged, str):
                    yield Reject(number, judged, shown(records.text, 1000))
                elif judged is not None:
                    yield number, judged

    def _write_fast(self, engine: Engine, table: str) -> Written | None:
        """Let DuckDB read the file; None, and no table, where the careful road must be taken."""
        if not self.dialect.plain:
            return None
        if self.known.encoding in ("utf-8", "utf-8-sig"):
            return _copy(engine, table, self, self.path, self.known)
        # In the case, not where others look and nobody clears up after a killed run.
        with tempfile.TemporaryDirectory(prefix=WAITING, dir=self.path.parent) as folder:
            utf8 = Path(folder) / "utf8.csv"
            try:
                transcode(self.path, self.known.encoding, utf8)
            except UnicodeError:
                return None
            return _copy(engine, table, self, utf8, survey(utf8, self.name))


def delimited_part(
    path: Path, name: str, headers: tuple[str, ...], limits: Limits, encoding: str = ""
) -> DelimitedPart:
    """Look at a delimited file: its encoding, dialect and header row.

    Args:
        path: the file.
        name: its name, for messages.
        headers: the column names, where it is known that the file has no header row.
        limits: what is read at most.
        encoding: as the mapping says; "" to find it out.

    Raises:
        FileProblem: it is not text, not in the encoding given, holds no row, or is too wide.
    """
    known = survey(path, name, encoding)
    head = _head(path, known)
    sep_line, head_dialect = _sep_line(head)
    dialect = head_dialect or find_dialect(head, limits)
    rows, lines_before = _head_rows(head, dialect, limits, sep_line=sep_line)
    filled = [i for i, cells in enumerate(rows) if cells]
    if not filled:
        raise FileProblem(f"{name} holds no row", hint="The file has only empty lines. Export it again.")
    widths = Counter(len(rows[i]) for i in filled)
    usual = max(widths, key=lambda width: (widths[width], width))
    header = None if headers else find_header(rows, usual)
    columns = _columns(rows[header] if header is not None else headers, usual, name, given=bool(headers))
    check_width(len(columns), name, limits)
    first = _first_data(rows, header, len(columns), filled)
    notes = _notes(known, dialect, rows, header, first, headers=bool(headers))
    return DelimitedPart(
        path=path,
        name=name,
        known=known,
        dialect=dialect,
        columns=unique_names(columns),
        first_row=first + 1,
        skip=lines_before[first],
        sep_line=sep_line,
        notes=notes,
        warnings=(known.told,) if known.guessed else (),
        limits=limits,
    )


# --- the dialect --------------------------------------------------------------------------------------------------


def find_dialect(head: str, limits: Limits) -> Dialect:
    """Return the dialect under which the first lines of a file split most evenly.

    Each delimiter is tried; it is the better, the more rows share one width, the wider that is, and the sooner the
    first such row comes: a decimal comma splits every row but the header.
    """
    quote = "'" if '"' not in head and len(re.findall(r"(?m)(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\r\n])", head)) > 4 else '"'
    # Where quotes are doubled, \" is followed by another quote, or it ends a cell that ends in a backslash.
    backslash = quote == '"' and len(re.findall(r'\\"(?![",;\t|\r\n]|$)', head)) > head.count('""')
    found = []
    for delimiter in _DELIMITERS:
        dialect = Dialect(delimiter, quote, backslash)
        rows, _ = _head_rows(head, dialect, limits, sep_line=False)
        widths = [len(cells) for cells in rows if cells]
        usual, share, start = _evenness(widths)
        if usual > 1 and share >= 0.5:
            found.append((start, share * math.log2(usual + 1), dialect))
    if not found:
        return Dialect(_NONE, quote, backslash)
    soonest = min(start for start, _, _ in found)
    best = max(found, key=lambda one: one[1] * (1.0 if one[0] == soonest else 0.6))[2]
    mark = re.escape(best.delimiter)
    spaced = len(re.findall(f"{mark} +{quote}", head)) > 2 * len(re.findall(f"{mark}{quote}", head))
    return Dialect(best.delimiter, quote, backslash, spaced)


def _evenness(widths: Sequence[int]) -> tuple[int, float, int]:
    """The usual width above one, the share of rows that have it, and the first that has it."""
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 1, 0.0, 0
    usual = max(counts, key=lambda width: (counts[width], width))
    return usual, counts[usual] / len(widths), widths.index(usual)


def _sep_line(head: str) -> tuple[bool, Dialect | None]:
    """Excel writes, and hides, a first line such as "sep=;"."""
    found = re.match(r'"?sep=(.)"?\r?\n', head, re.IGNORECASE)
    return found is not None, Dialect(found[1]) if found else None


def _head(path: Path, known: Survey) -> str:
    """The first lines of a file, very long ones cut."""
    lines: list[str] = []
    characters = 0
    with open_text(path, known) as stream:
        while len(lines) < _HEAD_LINES and characters < _HEAD_CHARACTERS:
            line, cut = read_line(stream, _HEAD_LINE)
            if not line:
                break
            lines.append(line + "\n" if cut else line)
            characters += len(line)
    return "".join(lines)


def _head_rows(head: str, dialect: Dialect, limits: Limits, *, sep_line: bool) -> tuple[list[list[str]], list[int]]:
    """The first rows, a blank one empty, a broken one as one cell; and the lines of the file before each."""
    rows: list[list[str]] = []
    before = []
    records = Records(io.StringIO(head, newline="\n"), dialect, limits, sep_line=sep_line, partial=True)
    for _, cells in records:
        cells = [records.text] if isinstance(cells, str) else cells
        blank = not any(cells) or (len(cells) == 1 and dialect.delimiter != _NONE and not cells[0].strip(_BLANK))
        rows.append([] if blank else cells)
        before.append(records.lines_before)
    before.append(records.lines_before + records.lines_taken)
    return rows, before


# --- the header ---------------------------------------------------------------------------------------------------

_VALUE = re.compile(r"[\s\d.,:;/%+\-–−€$£¥₺₽()'TZ]*\d[\s\d.,:;/%+\-–−€$£¥₺₽()'TZ]*")


def find_header(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """Return the index of the header row among the first rows of a table, None where there is none.

    A header row is filled for the most part, may follow title lines, and differs from what stands below it: it says
    words where the columns hold numbers or dates, or nothing of it comes again.

    Args:
        rows: the first rows; blank ones empty.
        width: the usual number of cells.
    """
    need = width if width <= 3 else math.ceil(0.6 * width)
    full = [i for i, cells in enumerate(rows[:60]) if _filled(cells) >= need]
    if not full:
        return next((i for i, cells in enumerate(rows) if _filled(cells)), None)
    first = full[0]
    if _is_header(rows[first], rows[first + 1 :]):
        return first
    # A header with some cells empty, right above the data.
    if first and _filled(rows[first - 1]) * 2 >= width and _is_header(rows[first - 1], rows[first:]):
        return first - 1
    # A title of several cells, then the header, wider.
    for i in full[1:4]:
        if _filled(rows[i]) > _filled(rows[first]) and _is_header(rows[i], rows[i + 1 :]):
            return i
    return None


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell and not cell.isspace())


def _is_header(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    said = [cell.strip().casefold() for cell in cells if cell.strip()]
    if len(said) > 1 and len(set(said)) * 2 <= len(said):
        return False
    if sum(map(_is_value, said)) * 2 > len(said):
        return False
    below = [row for row in below[:300] if row]
    typed, repeated, shared = [], 0, 0
    for place, cell in enumerate(cells):
        column = [row[place].strip() for row in below if place < len(row) and row[place].strip()]
        if cell.strip() and column:
            shared += 1
            repeated += cell.strip() in column
            if sum(map(_is_value, column)) * 5 >= len(column) * 3:
                typed.append(_is_value(cell.strip()))
    if typed:
        return sum(typed) * 2 <= len(typed)
    return repeated * 3 <= shared


def _is_value(text: str) -> bool:
    """Whether a cell holds a number, a date or the like, as a header seldom does."""
    return len(text) <= 40 and _VALUE.fullmatch(text) is not None


def _columns(written: Sequence[str], usual: int, name: str, *, given: bool) -> list[str]:
    """The header's cells, as many as the rows have: empty ones at its end are dropped, missing ones added."""
    columns = list(written)
    if given and len(columns) > usual:
        raise FileProblem(
            f"{name}: {len(columns)} column names were given, its rows have {usual} cells",
            hint="Correct `headers` in the mapping, or leave it out where the file has a header row.",
        )
    while len(columns) > usual and not columns[-1].strip():
        columns.pop()
    return columns + [""] * (usual - len(columns))


def _first_data(rows: Sequence[Sequence[str]], header: int | None, width: int, filled: Sequence[int]) -> int:
    """The index of the first data row; one past the header where there is no row."""
    if header is not None:
        return next((i for i in filled if i > header), header + 1)
    # Without a header, only lines of one cell above the table can be told from rows.
    return next((i for i in filled if width == 1 or _filled(rows[i]) > 1), filled[0])


def _notes(
    known: Survey, dialect: Dialect, rows: Sequence[Sequence[str]], header: int | None, first: int, *, headers: bool
) -> tuple[str, ...]:
    notes = [known.told]
    if dialect.delimiter == _NONE:
        notes.append("one column")
    else:
        notes.append(f"delimiter {_DELIMITERS.get(dialect.delimiter, dialect.delimiter)}")
    if dialect.quote != '"':
        notes.append("cells quoted by '")
    if dialect.backslash:
        notes.append('a quote inside a cell is written \\"')
    if header is not None:
        notes.append(f"header in row {header + 1}")
    elif headers:
        notes.append("no header row; the mapping names the columns")
    else:
        notes.append("no header row found; the columns are numbered")
    above = [" ".join(filter(None, cells)).strip() for cells in rows[: first if header is None else header] if cells]
    if above:
        notes.append(f"{len(above)} lines above the table are not read: {'; '.join(above)[:200]}")
    if header is not None and first >= len(rows):
        notes.append("no row below the header")
    return tuple(notes)


# --- the fast road ------------------------------------------------------------------------------------------------


def _copy(engine: Engine, table: str, part: DelimitedPart, path: Path, known: Survey) -> Written | None:
    """Copy the file into a table and prove that no line was lost; None where that cannot be shown."""
    if not (known.sound and known.even_ends and known.short) or known.loose_quotes:
        return None
    width = len(part.columns)
    try:
        with kept_or_dropped(engine, table), compressed(engine):
            engine.run(exp.Create(this=exp.to_table(table), kind="TABLE", expression=_read_csv(part, path)))
    except SqlError:
        return None
    rows = _number(engine, table, exp.Count(this=exp.Star()))
    # Of a file with one column, DuckDB reads a blank line as a row with nothing in it.
    lines = known.lines - part.skip - (known.blank_tail if width > 1 else 0)
    if rows != lines and rows + _breaks_in_cells(engine, table, width, known) != lines:
        engine.run(exp.Drop(tables=[exp.to_table(table)], kind="TABLE"))
        return None
    return _without_blank_rows(engine, table, width, rows, part.first_row)


def _read_csv(part: DelimitedPart, path: Path) -> exp.Select:
    names = [f"c{i}" for i in range(len(part.columns))]
    text = exp.Literal.string("VARCHAR")
    options: dict[str, exp.Expr] = {
        "auto_detect": exp.false(),
        "columns": exp.Struct(
            expressions=[exp.PropertyEQ(this=exp.to_identifier(name), expression=text.copy()) for name in names]
        ),
        "delim": exp.Literal.string(part.dialect.delimiter),
        "quote": exp.Literal.string('"'),
        "escape": exp.Literal.string('"'),
        "header": exp.false(),
        "skip": exp.Literal.number(part.skip),
        "compression": exp.Literal.string("none"),
        "hive_partitioning": exp.false(),
        # No cell can then be longer than the limit; the careful road tells a long line from a long cell.
        "max_line_size": exp.Literal.number(part.limits.cell),
        "strict_mode": exp.true(),
        # A row that does not fit is skipped and found missing by the count: an error would end the transaction.
        "ignore_errors": exp.true(),
    }
    read = exp.ReadCSV(
        this=file_literal(path),
        expressions=[exp.EQ(this=exp.column(name), expression=value) for name, value in options.items()],
    )
    return exp.select(*names).from_(exp.Table(this=read))


def _number(engine: Engine, table: str, what: exp.Expr, where: exp.Expr | None = None) -> int:
    query = exp.select(what).from_(exp.to_table(table))
    return int(engine.value(query if where is None else query.where(where)) or 0)


def _breaks_in_cells(engine: Engine, table: str, width: int, known: Survey) -> int:
    """Line breaks inside quoted cells: lines of the file that are no rows of their own."""
    if not known.quotes:
        return 0
    breaks = 0
    for column in cell_columns(width):
        bare = exp.func("replace", column.copy(), exp.func("chr", exp.Literal.number(10)), exp.Literal.string(""))
        breaks += _number(
            engine, table, exp.Sum(this=exp.Length(this=column.copy()) - exp.Length(this=bare)),
        )  # fmt: skip
    return breaks


def _without_blank_rows(engine: Engine, table: str, width: int, rows: int, first_row: int) -> Written:
    """Take out rows with no cell filled, such as ";;;;"; the rows after them keep their numbers.

    Inside a transaction rowid does not start at 0; only differences between rowids are used.
    """
    blank = exp.and_(*(column.is_(exp.null()) for column in cell_columns(width)))
    blanks = _number(engine, table, exp.Count(this=exp.Star()), blank)
    if not blanks:
        return Written(rows, rows, (), contiguous=True)
    kept = rows - blanks
    rowid = exp.column("rowid")
    start = _number(engine, table, exp.Min(this=rowid))
    end = _number(engine, table, exp.Max(this=rowid), exp.not_(blank))
    contiguous = kept == 0 or end - start == kept - 1
    selected: list[exp.Expr] = [*cell_columns(width)]
    if not contiguous:
        selected.insert(0, exp.alias_(rowid + (first_row - start), ROW, quoted=True))
    rest = exp.select(*selected).from_(exp.to_table(table)).where(exp.not_(blank))
    engine.run(exp.Create(this=exp.to_table(table), kind="TABLE", replace=True, expression=rest))
    return Written(kept, kept, (), contiguous)


# --- the careful road ---------------------------------------------------------------------------------------------


class _TooLong(Exception):
    """A record has grown beyond what one row may hold."""


class _Lines:
    """The lines of a stream; those of the record at hand are kept, so that all but its first can be given back."""

    def __init__(self, stream: TextIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._back: deque[tuple[str, bool]] = deque()
        self._size = 0
        self._cut = False
        self.taken: list[str] = []
        self.before = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line, cut = self._back.popleft() if self._back else read_line(self._stream, self._limit)
        if not line:
            raise StopIteration
        self.taken.append(line)
        self._size += len(line)
        if cut or self._size > self._limit:
            self._cut = cut
            raise _TooLong
        return line

    def forget(self) -> None:
        """The record at hand is done with."""
        self.before += len(self.taken)
        self.taken = []
        self._size = 0
        self._cut = False

    def give_back(self) -> None:
        """Keep only the first line of the record at hand."""
        rest = [(line, False) for line in self.taken[1:]]
        if rest and self._cut:
            rest[-1] = (rest[-1][0], True)
        self._back.extendleft(reversed(rest))
        del self.taken[1:]
        self._size = sum(map(len, self.taken))


class Records:
    """The records of a delimited text: number (as a spreadsheet shows it) and cells, or what is wrong.

    Python's csv module reads what is well formed. What it refuses is looked at again: a quote inside a cell that was
    not doubled is read as it stands; of a quote that is never closed only the one line is lost, and the lines below
    are read as rows of their own.

    Args:
        stream: text whose lines end by LF.
        dialect: how cells are told apart.
        limits: what is read at most.
        sep_line: the first line says the delimiter and counts as no row.
        partial: the text goes on after its end, so a record that is open there is left out, unless it is the first.
    """

    def __init__(
        self,
        stream: TextIO,
        dialect: Dialect,
        limits: Limits,
        *,
        sep_line: bool = False,
        partial: bool = False,
    ) -> None:
        self._dialect = dialect
        self._limits = limits
        self._lines = _Lines(stream, limits.row)
        self._sep_line = sep_line
        self._partial = partial

    @property
    def text(self) -> str:
        """The record at hand as written."""
        taken = self._lines.taken
        return taken[0] if len(taken) == 1 else "".join(taken)

    @property
    def lines_before(self) -> int:
        """Lines before the record at hand."""
        return self._lines.before

    @property
    def lines_taken(self) -> int:
        """Lines of the record at hand."""
        return len(self._lines.taken)

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        lines, dialect = self._lines, self._dialect
        if self._sep_line:
            with suppress(StopIteration, _TooLong):
                next(lines)
        reader = csv.reader(
            lines,
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            doublequote=True,
            skipinitialspace=dialect.spaced,
            strict=True,
        )
        number = 0
        while True:
            lines.forget()
            try:
                cells: list[str] | str = self._mended_next() if dialect.backslash else next(reader)
            except StopIteration:
                return
            except (csv.Error, _TooLong):
                cells = self._mended()
            if cells == _CUT_OFF and self._partial and number:
                return
            number += 1
            yield number, cells

    def _mended_next(self) -> list[str] | str:
        """The next record where the csv module cannot be used: it takes away every backslash."""
        try:
            line = next(self._lines)
        except _TooLong:
            return self._mended()
        return self._mended() if line.strip("\r\n") else []

    def _mended(self) -> list[str] | str:
        lines = self._lines
        first = lines.taken[0]
        if len(first) >= self._limits.row:
            lines.give_back()
            return f"a line longer than {self._limits.row:,} characters"
        lines.give_back()
        try:
            split = _Splitter(self._dialect, lenient=True)
            split.feed(first)
            if not split.open:
                return split.cells
            return self._followed(first)
        except _TooLong:
            return self._too_long()
        except StopIteration:
            lines.give_back()
            return _CUT_OFF
        except _Stray:
            lines.give_back()
            return "a quote that is not closed before other text follows"

    def _followed(self, first: str) -> list[str]:
        """The cells of a record whose first line leaves a quote open."""
        split = _Splitter(self._dialect, lenient=False)
        split.feed(first)
        while split.open:
            split.feed(next(self._lines))
        return split.cells

    def _too_long(self) -> str:
        """A quote stays open for longer than a row may be: either it was never meant, or the cell is huge."""
        lines = self._lines
        widths = []
        for line in lines.taken[1:21]:
            split = _Splitter(self._dialect, lenient=True)
            split.feed(line)
            widths.append(0 if split.open else len(split.cells))
        usual, share, _ = _evenness(widths)
        if usual > 1 and share > 0.5:
            lines.give_back()
            return f"a quote that is not closed within {self._limits.row:,} characters"
        closing = re.compile(f"{re.escape(self._dialect.quote)} *({re.escape(self._dialect.delimiter)}|\r?\n|$)")
        kept = lines.taken[:1]
        while True:
            lines.forget()
            try:
                line = next(lines)
            except StopIteration:
                break
            except _TooLong:
                line = lines.taken[-1]
            if closing.search(line.replace(self._dialect.quote * 2, "")):
                break
        lines.taken[:0] = kept
        lines.before -= 1
        return f"a cell longer than {self._limits.cell:,} characters"


_CUT_OFF = "a quote that is never closed; the file may be cut off"


class _Stray(Exception):
    """A quote is followed by what cannot follow it."""


class _Splitter:
    """Splits lines into cells by hand; feed further lines while `open`.

    Args:
        dialect: how cells are told apart.
        lenient: a quote inside a quoted cell that nothing follows rightly is a sign like any other.
    """

    def __init__(self, dialect: Dialect, *, lenient: bool) -> None:
        self._dialect = dialect
        self._lenient = lenient
        self._parts: list[str] = []
        self.cells: list[str] = []
        self.open = False

    def feed(self, line: str) -> None:
        """Split one more line."""
        body = line.rstrip("\n")
        body = body.removesuffix("\r")
        at = self._quoted(body, 0, line) if self.open else self._cell(body, 0, line)
        while at < len(body):
            at = self._cell(body, at + 1, line)

    def _cell(self, body: str, at: int, line: str) -> int:
        """Take the cell that begins at `at`; return where it ends."""
        start = at
        if self._dialect.spaced:
            while body.startswith(" ", start):
                start += 1
        if body.startswith(self._dialect.quote, start):
            self.open = True
            return self._quoted(body, start + 1, line)
        end = body.find(self._dialect.delimiter, at)
        end = len(body) if end < 0 else end
        self.cells.append(body[min(start, end) : end])
        return end

    def _quoted(self, body: str, at: int, line: str) -> int:
        quote, delimiter = self._dialect.quote, self._dialect.delimiter
        while True:
            found = body.find(quote, at)
            if found < 0:
                self._parts.append(line[at:])
                return len(body)
            if self._dialect.backslash and self._escaped(body, at, found):
                self._parts.append(body[at : found - 1] + quote)
                at = found + 1
            elif not self._dialect.backslash and body.startswith(quote, found + 1):
                self._parts.append(body[at : found + 1])
                at = found + 2
            else:
                end = found + 1
                while body.startswith(" ", end):
                    end += 1
                if end == len(body) or body.startswith(delimiter, end):
                    self.cells.append("".join((*self._parts, body[at:found])))
                    self._parts.clear()
                    self.open = False
                    return end
                if not self._lenient:
                    raise _Stray
                self._parts.append(body[at : found + 1])
                at = found + 1

    @staticmethod
    def _escaped(body: str, at: int, found: int) -> bool:
        before = body[at:found]
        return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _judged(cells: list[str] | str, text: str, width: int, limits: Limits) -> list[str] | str | None:
    """The cells to keep, what is wrong with them, or None where there is nothing."""
    if isinstance(cells, str):
        return cells
    if not any(cells) or (len(cells) == 1 < width and not cells[0].strip(_BLANK)):
        return None
    if "\0" in text:
        return "a NUL byte"
    if not text.isascii() and MARK.search(text):
        return "bytes that are not text in the encoding of the file"
    if len(cells) < width:
        return f"too few cells: {len(cells)} where {width} belong"
    if len(cells) > width:
        # Some systems end each row with delimiters; nothing is lost with them.
        if any(cells[width:]):
            return f"too many cells: {len(cells)} where {width} belong"
        del cells[width:]
    if len(text) > limits.cell and max(map(len, cells)) > limits.cell:
        return f"a cell longer than {limits.cell:,} characters"
    return cells
