"""The published vocabulary: the views of a case that an indicator may read, column by column.

What is published stands in `schema/published.toml`; nothing else may be read by an indicator.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from sqlglot import exp

from narrows.casefile.engine import Engine

SCHEMA = "view"


class Column(NamedTuple):
    """One published column.

    Attributes:
        type: as DuckDB writes it, such as BIGINT or DECIMAL(18,4).
        meaning: what it holds, for people.
    """

    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class View:
    """One published view: its name, what a row of it is, and its columns in order."""

    name: str
    means: str
    columns: Mapping[str, Column]


@cache
def published() -> Mapping[str, View]:
    """Return every published view by name, in the order of the file."""
    text = (files("narrows") / "schema" / "published.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: View(
                name=name,
                means=table["means"],
                columns=MappingProxyType({key: Column(*pair) for key, pair in table["columns"].items()}),
            )
            for name, table in tomllib.loads(text).items()
        }
    )


def create_empty(engine: Engine, only: Mapping[str, Collection[str]] | None = None) -> None:
    """Create schema `view` with one empty, typed table for each published view.

    Args:
        engine: the database.
        only: view -> columns, to create these and no others; every column of every view by default.
    """
    engine.run(exp.Create(this=exp.Table(db=exp.to_identifier(SCHEMA)), kind="SCHEMA"))
    for view in published().values():
        if only is not None and view.name not in only:
            continue
        columns = [
            exp.ColumnDef(
                this=exp.to_identifier(name, quoted=True),
                kind=exp.DataType.build(column.type, dialect="duckdb"),
            )
            for name, column in view.columns.items()
            if only is None or name in only[view.name]
        ]
        table = exp.Schema(this=exp.table_(view.name, db=SCHEMA, quoted=True), expressions=columns)
        engine.run(exp.Create(this=table, kind="TABLE"))
