"""From a received file to its raw tables: the front door of the readers.

What a file is, is decided by its bytes first and by its name second.
"""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem, NotFound
from narrows.load.readers.columnar import Cells, Limits, Reject, Written, json_parts, parquet_part
from narrows.load.readers.delimited import delimited_part
from narrows.load.readers.encoding import FORMATS, READ
from narrows.load.readers.epcis import epcis_parts, is_epcis
from narrows.load.readers.workbook import BROKEN_ZIP, workbook_parts
from narrows.load.readers.xml import is_xml, xml_parts

__all__ = ["Limits", "Part", "Reject", "Written", "parts_of"]


class Part(Protocol):
    """One table of a received file: its columns are known, its rows are still in the file."""

    @property
    def sheet(self) -> str:
        """The sheet's name; "" for a file that holds one table."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers as written, made unique."""
        ...

    @property
    def first_row(self) -> int:
        """The number of the first data row, as a spreadsheet shows it."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What was found out about the file, and what was not read."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """Those of the notes that a person must see: the rows may say something else than the file seems to."""
        ...

    def sample(self, n: int = 500) -> list[Cells]:
        """Return the first n rows as text; an empty cell is None."""
        ...

    def write(self, engine: Engine, table: str) -> Written:
        """Write all rows into a new table with the columns c0, c1, ... and, with gaps in their numbers, `_row`.

        Args:
            engine: the case's engine, inside a transaction or not.
            table: the table's qualified name, such as "evidence.rows_12ab".

        Raises:
            FileProblem: the file cannot be read to its end.
        """
        ...


_ARCHIVES = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!": "RAR",
    b"\x28\xb5\x2f\xfd": "zstd",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIMITS = Limits()
_DOCUMENT = f"PDF, DOCX and other documents are not read. {READ} Export the table as CSV or XLSX."
_SPREADSHEET = "Open it in a spreadsheet program and save the table as XLSX or as UTF-8 CSV."


def parts_of(
    path: Path,
    *,
    name: str | None = None,
    headers: tuple[str, ...] = (),
    limits: Limits = _LIMITS,
    encoding: str = "",
) -> Iterator[Part]:
    """Yield the tables of a received file: one a sheet of a workbook, or a kind of row of FtM, EPCIS and XML.

    Args:
        path: the file.
        name: its original name, where `path` is a copy.
        headers: the column names, where it is known that the file has no header row.
        limits: what is read at most.
        encoding: that of a text file, where it is known, such as "windows-1254"; "" to find it out.

    Raises:
        NotFound: there is no such file.
        FileProblem: it is no file, is empty, damaged or a bomb, is of a kind that Narrows does not load, or is not
            text in the encoding given.
    """
    name = path.name if name is None else name
    head = _head(path, name)
    if head.startswith(_OLE) or (head.startswith(b"PK\x03\x04") and _is_workbook(path, name)):
        yield from workbook_parts(path, name, headers, limits)
    elif head.startswith(b"PAR1"):
        yield parquet_part(path, name, limits)
    elif is_xml(head):
        yield from xml_parts(path, name, limits)
    else:
        _refuse_others(head, name)
        if is_epcis(head.decode("utf-8-sig", "replace").lstrip(), name):
            yield from epcis_parts(path, name, limits)
        elif _is_json(head, name):
            yield from json_parts(path, name, limits, encoding)
        else:
            yield delimited_part(path, name, headers, limits, encoding)


def _head(path: Path, name: str) -> bytes:
    """The first bytes of a regular file; nothing that could block or go on for ever is opened."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _no_file(path, name, found.st_mode)
        with path.open("rb") as file:
            head = file.read(1 << 16)
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {name}", hint="Check the path, and that a link points to a file.") from error
    except OSError as error:
        raise FileProblem(
            f"{name} cannot be opened: {error.strerror}", hint="Check that you may read the file and its folder."
        ) from error
    if not head:
        raise FileProblem(f"{name} is empty", hint="It holds no byte. Fetch or export it again.")
    return head


def _no_file(path: Path, name: str, mode: int) -> FileProblem:
    if stat.S_ISDIR(mode):
        return FileProblem(f"{name} is a folder", hint=f"Name the files in it, such as {path.name}/*.csv")
    kind = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return FileProblem(
        f"{name} is {kind}, not a file", hint="Save what comes out of it to a file first, then load that file."
    )


def _is_workbook(path: Path, name: str) -> bool:
    """Whether a zip archive is a workbook.

    Raises:
        FileProblem: it is something else: a document, a plain archive, or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.namelist()
            kind = b""
            if "mimetype" in inside:
                with archive.open("mimetype") as entry:
                    kind = entry.read(100)
    except BROKEN_ZIP as error:
        raise FileProblem(
            f"{name} is a damaged zip archive or workbook: {error}",
            hint="It may have been cut off on its way. Fetch or export it again.",
        ) from error
    if any(member.startswith("xl/") for member in inside):
        return True
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return True
    if kind or any(member.startswith(("word/", "ppt/")) for member in inside):
        raise FileProblem(f"{name} is a document, not a table", hint=_DOCUMENT)
    raise FileProblem(f"{name} is a zip archive", hint="Unpack it first, then load the files inside.")


def _refuse_others(head: bytes, name: str) -> None:
    for magic, kind in _ARCHIVES.items():
        if head.startswith(magic):
            raise FileProblem(f"{name} is packed ({kind})", hint="Unpack it first, then load the file inside.")
    if head.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise FileProblem(f"{name} is a zip archive", hint="Unpack it first, then load the files inside.")
    if head.startswith((b"%PDF", b"{\\rtf")):
        raise FileProblem(f"{name} is a document, not a table", hint=_DOCUMENT)
    if head.startswith((b"SQLite format 3\0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"ARROW1")) or (
        head[8:12] == b"DUCK"
    ):
        raise FileProblem(f"{name} is of a kind that Narrows does not load", hint=FORMATS)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<head", b"<meta")):
        raise FileProblem(f"{name} is a web page or XML, whatever its name says", hint=_SPREADSHEET)


def _is_json(head: bytes, name: str) -> bool:
    """Whether the file holds JSON lines.

    Raises:
        FileProblem: it is JSON, but not one object a line.
    """
    text = head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "replace").lstrip()
    named_lines = name.lower().endswith((".jsonl", ".ndjson", ".ftm"))
    named = named_lines or name.lower().endswith(".json")
    first, end, _ = text.partition("\n")
    if text.startswith("{"):
        # A first line longer than what was read is taken at its word; spread-out objects have short lines.
        if named_lines or _parses(first) or not end:
            return True
        if named:
            raise FileProblem(f"{name} is JSON, but not one object a line", hint=_LINES)
    elif text.startswith("[") and (named or _parses(first)):
        raise FileProblem(f"{name} is a JSON array, not one object a line", hint=_LINES)
    return named


_LINES = "Turn it into lines, one object on each: jq -c '.[]' FILE for an array, jq -c . FILE for spread-out objects."


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
