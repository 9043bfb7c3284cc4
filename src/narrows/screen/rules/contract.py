"""The contract of a red flag: one file, a TOML header in a block comment, then one SELECT.

`read_indicator` holds the header to the contract; `guard.validated` does the same for the SELECT. Nothing
here runs SQL.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from narrows.casefile.published import View, published
from narrows.errors import IndicatorProblem, NotFound
from narrows.model.mapping import KINDS
from narrows.screen.rules.header import BrokenIndicator, Table, take_apart
from narrows.screen.rules.says import columns_of

Kind = Literal["gate", "soft"]
Status = Literal["stable", "draft"]
Subject = Literal["deal", "organisation"]
Answer = Literal["hit", "clear", "not evaluable", "not concerned"]
Param = int | float | bool | str | tuple[str, ...]
Cell = int | float | bool | str | date
Rows = tuple[Mapping[str, Cell], ...]

_REQUIRED = (
    "id", "code", "title", "kind", "status", "means", "cites", "false_positives", "blind_spots", "clears",
    "says", "over", "subject", "examples",
)  # fmt: skip
_OPTIONAL = ("applies", "needs", "needs_records", "params")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{2,4}-[0-9]{2,3}")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: rows of the published views, and what the indicator must answer for one record.

    Attributes:
        name: what the example shows.
        expect: the right answer for `record`.
        record: record number of the row of `over` that is meant.
        says: the exact sentence expected of a hit, or None.
        rows: view -> its rows; columns that are not given are NULL.
        line: where it stands in the file.
    """

    name: str
    expect: Answer
    record: int
    says: str | None
    rows: Mapping[str, Rows]
    line: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A red flag as its file states it; its SQL is not yet checked (`guard.validated` does that).

    Attributes:
        id: folder.slug of its path, such as "payment.third-party-payer"; never reused.
        code: the row of the catalogue of indicators, such as "PAY-01".
        title: a few words.
        kind: gate (a legal check; may stand alone) or soft (needs a second family).
        status: stable, or draft, which never runs by default.
        means: what a hit means, and what each parameter sets.
        cites: the published sources that it rests on.
        false_positives: innocent explanations.
        blind_spots: what it cannot see.
        clears: what would clear it.
        says: template of the sentence of a hit; see `narrows.screen.rules.says`.
        over: the published view whose rows it judges.
        subject: what a hit is about: a deal or an organisation; never a natural person.
        applies: SQL condition on columns of `over`: false is not concerned, NULL is not evaluable. None: all.
        needs: columns of `over` without which a row is not evaluable.
        needs_records: kinds of records; the case must hold some of at least one of these kinds, else no row
            that is concerned is evaluable. Empty: no such need.
        params: name -> value that ships: starting points; a user's own live in the settings of the case.
        examples: at least a hit, a near miss, and one with the data missing.
        sql: the SELECT as written.
        sql_line: line of the file where it begins.
        path: where the file was read, for messages.
        text: the whole file, with newlines as \\n.
        lines: key of the header -> line of the file.
    """

    id: str
    code: str
    title: str
    kind: Kind
    status: Status
    means: str
    cites: tuple[str, ...]
    false_positives: tuple[str, ...]
    blind_spots: tuple[str, ...]
    clears: tuple[str, ...]
    says: str
    over: str
    subject: Subject
    applies: str | None
    needs: tuple[str, ...]
    needs_records: tuple[str, ...]
    params: Mapping[str, Param]
    examples: tuple[Example, ...]
    sql: str
    sql_line: int
    path: str
    text: str
    lines: Mapping[str, int]

    @property
    def family(self) -> str:
        """The prefix of the code, such as "PAY"; an alert needs soft hits of two families."""
        return self.code.partition("-")[0]

    @property
    def hash(self) -> str:
        """SHA-256 of the file whatever its newlines; by this a person accepts a file from outside."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def broken(self, message: str, *, key: str = "", line: int | None = None, hint: str = "") -> BrokenIndicator:
        """Return a complaint about this indicator, at a key of its header or at a line of its file."""
        where = self.lines.get(key, 1) if line is None else line
        if hint:
            return BrokenIndicator(message, path=self.path, line=where, hint=hint)
        return BrokenIndicator(message, path=self.path, line=where)


def read_indicator(text: str, *, path: str) -> Indicator:
    """Read one indicator file.

    Args:
        text: the whole file.
        path: for messages, and to compare with the id.

    Raises:
        BrokenIndicator: the header is not TOML, lacks a key or has one too many, or a value has a wrong type.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = take_apart(text, path=path)
    header = Table(parts.table, path=path, lines=parts.lines)
    header.hold(_REQUIRED, _OPTIONAL)
    over = _over(header)
    return Indicator(
        id=header.text("id", form=_ID),
        code=header.text("code", form=_CODE),
        title=header.text("title"),
        kind=cast(Kind, header.choice("kind", get_args(Kind))),
        status=cast(Status, header.choice("status", get_args(Status))),
        means=header.text("means"),
        cites=header.texts("cites", least=1),
        false_positives=header.texts("false_positives", least=1),
        blind_spots=header.texts("blind_spots", least=1),
        clears=header.texts("clears", least=1),
        says=_says(header),
        over=over.name,
        subject=cast(Subject, header.choice("subject", get_args(Subject))),
        applies=header.optional("applies"),
        needs=header.words("needs", known=over.columns, what=f"column of view.{over.name}"),
        needs_records=header.words("needs_records", known=KINDS, what="kind of records"),
        params=_params(header),
        examples=_examples(header, over),
        sql=parts.sql,
        sql_line=parts.sql_line,
        path=path,
        text=text,
        lines=MappingProxyType(dict(parts.lines)),
    )


@cache
def shipped() -> tuple[Indicator, ...]:
    """Return the indicators that come with Narrows, sorted by code."""
    folder = files("narrows") / "indicators"
    found = (read_indicator(data.decode("utf-8"), path=path) for path, data in indicator_files(folder))
    return tuple(sorted(found, key=lambda indicator: indicator.code))


def read_folder(folder: Path) -> tuple[Indicator, ...]:
    """Return the indicators below a folder, sorted by code.

    Raises:
        NotFound: there is no such folder, or no indicator in it.
        IndicatorProblem: a file breaks the contract, or is not UTF-8.
    """
    found = []
    for path, data in indicator_files(folder):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise IndicatorProblem(f"{folder / path} is not UTF-8", hint="Save the file as UTF-8.") from error
        found.append(read_indicator(text, path=str(folder / path)))
    if not found:
        raise NotFound(f"there is no indicator in {folder}", hint="Name a folder with files <family>/<name>.sql in it.")
    return tuple(sorted(found, key=lambda indicator: indicator.code))


def indicator_files(folder: Traversable, *, inside: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path (relative to the folder) and bytes of each `.sql` file below it, in the order of names."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from indicator_files(entry, inside=f"{inside}{entry.name}/")
        elif entry.name.endswith(".sql"):
            yield f"{inside}{entry.name}", entry.read_bytes()


def param_value(value: object) -> Param | None:
    """Return a value as a parameter holds it (finite number, text, list of texts), or None if it cannot."""
    match value:
        case bool() | str():
            return value
        case int():
            return value if abs(value) < 2**63 else None
        case float():
            return value if math.isfinite(value) else None
        case list() | tuple():
            return tuple(value) if value and all(isinstance(item, str) for item in value) else None
        case _:
            return None


def _over(header: Table) -> View:
    name = header.text("over")
    able = [view for view, definition in published().items() if "record" in definition.columns]
    if name not in able:
        raise header.broken("over", f"over = {name!r} is no view with a record; there are {', '.join(able)}")
    return published()[name]


def _says(header: Table) -> str:
    template = header.text("says")
    try:
        columns_of(template)
    except IndicatorProblem as error:
        line = header.lines.get("says", 1)
        raise BrokenIndicator(error.message, path=header.path, line=line, hint=error.hint) from error
    return template


def _params(header: Table) -> Mapping[str, Param]:
    table = header.table("params", header.values.get("params", {}))
    values: dict[str, Param] = {}
    for name, given in table.values.items():
        if not _NAME.fullmatch(name):
            raise table.broken(name, f"the parameter {name!r} is not of small letters, digits and _")
        value = param_value(given)
        if value is None:
            raise table.broken(name, f"params.{name} is no finite number, text, true, false or list of texts")
        values[name] = value
    return MappingProxyType(values)


def _examples(header: Table, over: View) -> tuple[Example, ...]:
    given = header.values["examples"]
    if not isinstance(given, list) or not given:
        raise header.broken("examples", "examples must be given as [[examples]]")
    tables = [header.table(f"examples.{number}", values) for number, values in enumerate(given)]
    return tuple(_example(table, over) for table in tables)


def _example(table: Table, over: View) -> Example:
    table.hold(("name", "expect"), ("record", "says", *published()))
    record = table.values.get("record", 1)
    if not isinstance(record, int) or isinstance(record, bool):
        raise table.broken("record", "record must be a whole number")
    rows = {view.name: _rows(table, view) for view in published().values() if view.name in table.values}
    if all(row.get("record") != record for row in rows.get(over.name, ())):
        raise table.broken("record", f"the example has no row of {over.name} with record = {record}")
    return Example(
        name=table.text("name"),
        expect=cast(Answer, table.choice("expect", get_args(Answer))),
        record=record,
        says=table.optional("says"),
        rows=MappingProxyType(rows),
        line=table.lines.get(table.at, 1),
    )


def _rows(table: Table, view: View) -> Rows:
    rows = table.values[view.name]
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row for row in rows):
        raise table.broken(view.name, f"{view.name} must be an array of tables, one a row, none of them empty")
    cells: list[tuple[str, Any]] = [cell for row in rows for cell in row.items()]
    for name, value in cells:
        if name not in view.columns:
            raise table.broken(view.name, f"view.{view.name} has no column {name!r}")
        if not _fits(value, view.columns[name].type):
            raise table.broken(view.name, f"{view.name}.{name} = {value!r} is not {view.columns[name].type}")
    return tuple(MappingProxyType(row) for row in rows)


def _fits(value: object, kind: str) -> bool:
    match kind.partition("(")[0]:
        case "BIGINT":
            return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
        case "UBIGINT":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64
        case "DOUBLE" | "DECIMAL":
            return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        case "BOOLEAN":
            return isinstance(value, bool)
        case "DATE":
            return isinstance(value, date) and not isinstance(value, datetime)
        case _:
            return isinstance(value, str)
