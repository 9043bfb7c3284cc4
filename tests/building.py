"""Builds small fictional cases in memory: rows of text and what their columns mean, then the stages one by one."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from narrows import resolve, screen
from narrows.casefile.engine import Engine
from narrows.casefile.evidence import record_of, rows_name
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.load.columns.mapping import write_mapping
from narrows.load.derive import derive
from narrows.load.recognise import recognise_goods
from narrows.load.rows import Rows
from narrows.model.mapping import Kind, Mapping
from narrows.model.outcome import Outcome
from narrows.screen.measures import Weights, prepare
from narrows.settings import Settings

TABLES = (
    "schemas",
    "evidence",
    "judgement",
    "derived-load",
    "derived-lists",
    "derived-resolve",
    "derived-screen",
    "derived-statistics",
)
FIRST_ROW = 2

Row = Sequence[str | None]


class Case:
    """A case without files. Parts count from 1; the first row of each is row 2, below its header."""

    def __init__(self, params: Dict[str, Dict[str, object]] | None = None) -> None:
        self.engine = Engine(threads=1)
        self.store = Store(Path("nowhere"), self.engine, Settings(params=params or {}))
        self.parts = 0
        for statement in TABLES:
            self.engine.run(named("tables", statement))

    def load(self, kind: str, fields: str, *rows: Row, **mapping: Any) -> dict[str, int]:
        """Add a part whose columns are named after their fields ("buyer.address#2" is a second column of one)."""
        self.parts += 1
        header = tuple(fields.split())
        part = self.parts
        meant = Mapping(cast(Kind, kind), {column: column.partition("#")[0] for column in header}, **mapping)
        self._write(part, header, rows)
        self.engine.run(named("load", "add-mapping"), {"part": part, "toml": write_mapping(meant)})
        with self.engine.transaction():
            return derive(self.engine, Rows(part, header, FIRST_ROW, True, meant))

    def _write(self, part: int, header: tuple[str, ...], rows: Sequence[Row]) -> None:
        cells = ", ".join(f"c{i} VARCHAR" for i in range(len(header)))
        self.engine.run(f"CREATE TABLE {rows_name(part)} ({cells})")
        marks = ", ".join("?" for _ in header)
        for row in rows:
            assert len(row) == len(header), row
            self.engine.run(f"INSERT INTO {rows_name(part)} VALUES ({marks})", list(row))
        source = f"{part:064x}"
        self.engine.run(named("load", "add-source"), [source, f"part-{part}.csv", 1])
        self.engine.run(
            named("load", "add-part"),
            [part, source, "", list(header), FIRST_ROW, True, len(rows), len(rows), 0, []],
        )

    def resolve(self) -> Outcome:
        """Recognise the goods, then work out who is who."""
        with self.engine.transaction():
            recognise_goods(self.engine, range(1, self.parts + 1))
        return resolve.run(self.store)

    def measure(self) -> None:
        """Resolve, then prepare the lines and the views; no indicator runs."""
        self.resolve()
        with self.engine.transaction():
            prepare(self.engine, Weights(), lambda _: None)

    def screen(self, **options: Any) -> Outcome:
        """Resolve and screen."""
        self.resolve()
        return screen.run(self.store, **options)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        return self.engine.rows(sql)

    def column(self, sql: str) -> list[Any]:
        """First cells of the rows of a query."""
        return [row[0] for row in self.engine.rows(sql)]

    def entities(self) -> list[set[str]]:
        """The names of each entity, as sets of written names, in the order of the entities."""
        found = self.engine.rows(
            "SELECT list(DISTINCT coalesce(p.name, p.id, p.vat)) FROM derived.party_entity AS e "
            "JOIN derived.party AS p USING (party) GROUP BY e.entity ORDER BY e.entity"
        )
        return [set(names) for (names,) in found]


def record(part: int, nth: int) -> int:
    """The record of the nth row of a part, from 0."""
    return record_of(part, FIRST_ROW + nth)
