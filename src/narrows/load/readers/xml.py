"""Published lists in XML, flattened to tables of text by the standard library's expat.

Nothing that XML can refer to is followed: a document type and the declaration of an entity are refused where they
begin, before anything of them is expanded. The file is read a piece at a time; depth, attributes and the length of a
tag are limited. A layout (`narrows.load.layouts`) says which elements are rows; all that stands inside one becomes its
cells: the text of `a/b` in the column "a/b", an attribute in "a/b/@c", what comes again joined by "; ". A row's number
is the ordinal of its element.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem
from narrows.load.layouts import ENTRY, Layout, Table, layouts, of_root
from narrows.load.readers.columnar import Cells, Limits, Reject, Row, Written, check_width, first_rows, write_rows
from narrows.model.mapping import Mapping
from narrows.vocab.dates import parse_date

_CHUNK = 1 << 16
_DEPTH = 40
_ATTRIBUTES = 200
# What XML Schema says of an element, under whatever prefix.
_OF_SCHEMA = ("nil", "type", "schemaLocation", "noNamespaceSchemaLocation")
DATED = "dated "
_FETCH = "Fetch it again from its publisher, or export the table as CSV or XLSX."


@dataclass(frozen=True, slots=True)
class XmlPart:
    """One table of an XML list; see `narrows.load.readers.files.Part`.

    Attributes:
        mapping: what its columns mean, as the list's layout says.
    """

    name: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[Row | Reject, ...]
    notes: tuple[str, ...]
    mapping: Mapping
    limits: Limits
    warnings: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """The ordinal of the first element that is a row."""
        return next((row[0] for row in self.rows if not isinstance(row, Reject)), 1)

    def sample(self, n: int = 500) -> list[Cells]:
        """Return the first rows as text."""
        return first_rows(self.rows, n)

    def write(self, engine: Engine, table: str) -> Written:
        """Write all rows into a new table."""
        return write_rows(
            engine, table, len(self.columns), self.rows, name=self.name, first_row=self.first_row, limits=self.limits
        )


def is_xml(head: bytes) -> bool:
    """Whether the first bytes of a file are those of XML, and not of a web page."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = head.decode(encoding, "replace").lstrip()
    return text.startswith("<?xml") or any(layout.root and text.startswith(f"<{layout.root}") for layout in layouts())


def xml_parts(path: Path, name: str, limits: Limits) -> Iterator[XmlPart]:
    """Read a list and yield its tables.

    Raises:
        FileProblem: it is not well-formed, declares a document type or an entity, goes beyond the limits, or is none of
            the lists that Narrows knows.
    """
    reading = _Reading(name, limits)
    reading.read(path)
    layout = reading.layout
    assert layout is not None
    notes = ["XML; a row's number is the ordinal of its element"]
    day = parse_date(reading.dated[:10], layout.common.date_order) if reading.dated else None
    if day is not None:
        notes.append(f"{DATED}{day.isoformat()}")
    for table in layout.tables:
        found = reading.found.get(table.sheet)
        if found is not None:
            yield found.part(name, layout, tuple(notes), limits)


@dataclass(slots=True)
class _Open:
    """A row of which the element is not yet closed."""

    table: Table
    number: int
    depth: int
    cells: dict[str, list[str]] = field(default_factory=dict)
    characters: int = 0


@dataclass(slots=True)
class _Found:
    """The rows of one table so far, and its columns in the order of the layout, then of appearance."""

    table: Table
    columns: dict[str, None]
    rows: list[tuple[int, dict[str, str]] | Reject] = field(default_factory=list)
    elements: int = 0

    def part(self, name: str, layout: Layout, notes: tuple[str, ...], limits: Limits) -> XmlPart:
        filled = {column for row in self.rows if not isinstance(row, Reject) for column in row[1]}
        columns = tuple(column for column in self.columns if column in filled)
        rows: tuple[Row | Reject, ...] = tuple(
            row if isinstance(row, Reject) else (row[0], [row[1].get(column, "") for column in columns])
            for row in self.rows
        )
        return XmlPart(name, self.table.sheet, columns, rows, notes, layout.mapping(self.table, columns), limits)


class _Reading:
    """One pass through a file."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.layout: Layout | None = None
        self.found: dict[str, _Found] = {}
        self.dated = ""
        self._tables: dict[tuple[str, ...], Table] = {}
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._open: list[_Open] = []
        self._waiting: list[_Open] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._refuse_declared
        self._parser.EntityDeclHandler = self._refuse_declared
        self._parser.ExternalEntityRefHandler = self._refuse_declared
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, path: Path) -> None:
        """Read the whole file."""
        given = 0
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    self._parser.Parse(chunk, False)
                    given += len(chunk)
                    if given - max(self._parser.CurrentByteIndex, 0) > self.limits.row:
                        self._refuse(f"a tag or text of more than {self.limits.row:,} bytes")
                self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            what = expat.errors.messages.get(error.code, "unknown error")
            self._refuse(f"not well-formed in line {error.lineno:,}: {what}")
        except (LookupError, ValueError) as error:
            self._refuse(f"in an encoding that cannot be read: {error}")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = tag.rpartition(":")[2]
        self._path.append(element)
        self._texts.append([])
        if len(self._path) > _DEPTH:
            self._refuse(f"elements nested more than {_DEPTH} deep")
        if len(attributes) > _ATTRIBUTES:
            self._refuse(f"an element with more than {_ATTRIBUTES} attributes")
        if self.layout is None:
            self._know(element)
        elif (table := self._tables.get(tuple(self._path[1:]))) is not None:
            found = self.found.setdefault(table.sheet, _Found(table, dict.fromkeys((ENTRY, *table.columns))))
            found.elements += 1
            self._open.append(_Open(table, found.elements, len(self._path)))
        for key, value in attributes.items():
            prefix, _, attribute = key.rpartition(":")
            if "xmlns" not in (prefix, attribute) and not (prefix and attribute in _OF_SCHEMA):
                self._say(f"@{attribute}", value)

    def _end(self, _: str) -> None:
        self._say("", "".join(self._texts.pop()))
        if self._open and self._open[-1].depth == len(self._path):
            self._close(self._open.pop())
        self._path.pop()

    def _text(self, text: str) -> None:
        if self._open:
            row = self._open[-1]
            row.characters += len(text)
            if row.characters > self.limits.row:
                return
        elif len(self._path) > 3 or len(self._texts[-1]) > 100:
            return
        self._texts[-1].append(text)

    def _say(self, attribute: str, value: str) -> None:
        """Put a value into the innermost row that is open; outside of rows, see whether it is the date of the file."""
        value = value.strip()
        if not value:
            return
        if not self._open:
            place = "/".join([*self._path[1:], *filter(None, [attribute])])
            if self.layout is not None and place in self.layout.dated:
                self.dated = value
            return
        row = self._open[-1]
        place = "/".join([*self._path[row.depth :], *filter(None, [attribute])]) or "text"
        row.characters += len(value) if attribute else 0
        if row.characters <= self.limits.row:
            row.cells.setdefault(place, []).append(value)

    def _close(self, row: _Open) -> None:
        """Keep a row until its entry ends: only then its number is known for certain."""
        self._waiting.append(row)
        if self._open:
            return
        number = next((row.cells[place][0] for place in row.table.id if place in row.cells), "")
        for waiting in self._waiting:
            self._keep(waiting, number)
        self._waiting.clear()

    def _keep(self, row: _Open, entry: str) -> None:
        found = self.found[row.table.sheet]
        cells = {place: "; ".join(values) for place, values in row.cells.items()}
        if not cells:
            return
        long = next((place for place, text in cells.items() if len(text) > self.limits.cell), "")
        if long or row.characters > self.limits.row:
            reason = f"a cell longer than {self.limits.cell:,} characters" if long else "a row that is too long"
            found.rows.append(Reject(row.number, reason, f"{entry} {long} {cells.get(long, '')}"[:1000]))
            return
        found.columns.update(dict.fromkeys(cells))
        check_width(len(found.columns), self.name, self.limits)
        found.rows.append((row.number, {**({ENTRY: entry} if entry else {}), **cells}))

    def _know(self, root: str) -> None:
        self.layout = of_root(root)
        if self.layout is None:
            known = ", ".join(sorted({layout.list for layout in layouts() if layout.root}))
            raise FileProblem(
                f"{self.name} is XML, but none of the lists that Narrows knows; its root is <{root[:100]}>",
                hint=f"Narrows reads the XML of: {known}. Of OFAC's, take SDN.XML, not the other formats.",
            )
        self._tables = {table.path: table for table in self.layout.tables if table.path}

    def _refuse_declared(self, *_: object) -> NoReturn:
        self._refuse("a document type or an entity is declared in it, which no list needs")

    def _refuse(self, what: str) -> NoReturn:
        raise FileProblem(f"{self.name}: this XML cannot be read: {what}", hint=_FETCH)
