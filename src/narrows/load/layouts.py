"""The layouts of published lists: which tables their XML holds, and what the columns of their tables mean.

They lie in `mappings/lists/*.toml`. A mapping needs every column that it names; publishers leave elements and columns
out where nothing is to be said, so of a layout each file takes what it has.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from narrows.load.columns.mapping import same_header
from narrows.model.mapping import Mapping

# The column that every table of an XML list begins with: the number of the entry that the row is about.
ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a list.

    Attributes:
        sheet, path: of XML: its name here, and the path of its elements below the root.
        id: of XML, for elements that are entries: where their number stands, the first that is filled.
        needs: of CSV: the columns that tell the table.
        columns: column -> field.
        constants: field -> value.
        left_out: patterns of columns that are left out on purpose.
    """

    sheet: str
    path: tuple[str, ...]
    id: tuple[str, ...]
    needs: tuple[str, ...]
    columns: Dict[str, str]
    constants: Dict[str, str]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One published list.

    Attributes:
        list: its name.
        root: the root element of its XML; "" where there is none.
        dated: where the XML says of what day it is.
        tables: its tables.
        common: what all its mappings say.
    """

    list: str
    root: str
    dated: tuple[str, ...]
    tables: tuple[Table, ...]
    common: Mapping

    def mapping(self, table: Table, columns: Sequence[str]) -> Mapping:
        """What the columns of one file's table mean."""
        known = {same_header(column): field for column, field in table.columns.items()}
        if table.id:
            known |= {same_header(column): "" for column in table.id}
        if table.path:
            known[ENTRY] = "party.id"
        chosen = {}
        for column in columns:
            if (found := known.get(same_header(column))) is not None:
                chosen[column] = found
            elif any(fnmatchcase(column, pattern) for pattern in table.left_out):
                chosen[column] = ""
        fields = set(chosen.values())
        said = {field: value for field, value in table.constants.items() if field not in fields}
        c = self.common
        return Mapping(
            "entities", MappingProxyType(chosen), MappingProxyType({"list": self.list, **said}),
            date_order=c.date_order, id_scheme=c.id_scheme, separator=c.separator, nulls=c.nulls,
            title=c.title, publisher=c.publisher, licence=c.licence,
        )  # fmt: skip


@cache
def layouts() -> tuple[Layout, ...]:
    """Return the layouts that come with Narrows, in the order of their file names."""
    folder = files("narrows") / "mappings" / "lists"
    found = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(_layout(tomllib.loads(entry.read_text(encoding="utf-8"))) for _, entry in found)


def of_root(root: str) -> Layout | None:
    """Return the layout of the XML with this root element."""
    return next((layout for layout in layouts() if layout.root == root), None)


def of_columns(columns: Sequence[str]) -> Mapping | None:
    """Return the mapping of a table of a published list that is told by its columns, or None."""
    there = {same_header(column) for column in columns}
    for layout in layouts():
        for table in layout.tables:
            if table.needs and {same_header(column) for column in table.needs} <= there:
                return layout.mapping(table, columns)
    return None


def _layout(content: dict[str, Any]) -> Layout:
    left_out = tuple(content.get("left_out", ()))
    return Layout(
        list=content["list"],
        root=content.get("root", ""),
        dated=tuple(content.get("dated", ())),
        tables=tuple(_table(table, left_out) for table in content["tables"]),
        common=Mapping(
            "entities", MappingProxyType({}), date_order=content["date_order"], id_scheme=content["id_scheme"],
            separator=content.get("separator", ""), nulls=tuple(content.get("nulls", ())), title=content["title"],
            publisher=content["publisher"], licence=content["licence"],
        ),
    )  # fmt: skip


def _table(content: dict[str, Any], left_out: tuple[str, ...]) -> Table:
    path = content.get("path", "")
    return Table(
        sheet=content.get("sheet", ""),
        path=tuple(path.split("/")) if path else (),
        id=tuple(content.get("id", ())),
        needs=tuple(content.get("needs", ())),
        columns=MappingProxyType(content["columns"]),
        constants=MappingProxyType(content.get("constants", {})),
        left_out=(*left_out, *content.get("left_out", ())),
    )
