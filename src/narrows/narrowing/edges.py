"""A list of edges as a network: who supplies whom, from a file of any kind that Narrows loads. It needs no case."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.errors import FileProblem, NotFound, UsageError
from narrows.graph.network import Network
from narrows.load.cast import cleaned
from narrows.load.readers.files import Part, parts_of
from narrows.model.fields import Type
from narrows.vocab.dates import guess_order, parse_date
from narrows.vocab.numbers import guess_decimal, parse_number
from narrows.vocab.text import fold

_MEANINGS = ("source", "target", "weight", "commodity", "date")
_HINT = (
    "Give a table (CSV, TSV, XLSX, Parquet, JSON lines) with the columns `source` and `target`, and where known "
    "`weight`, `commodity` and `date`."
)
# The rows from which is seen how numbers and dates are written.
_SAMPLE = 2_000
_FATES = {
    "no-node": "without a source or a target: rejected",
    "no-number": "whose weight is no number: rejected",
    "negative": "with a weight below 0: rejected",
    "other-commodity": "of other commodities or of none: left out",
    "undated": "without a readable date: left out, as nothing says whether they belong to the period",
    "other-day": "of other days: left out",
}
_NUMBERED = ("no-node", "no-number", "negative", "undated")


@dataclass(frozen=True)
class Edges:
    """A list of edges as a network, with what became of every row.

    Attributes:
        network: nodes are numbered by their names, in order.
        names: the name of each node.
        rows: how many rows the file has.
        used: how many of them are edges of the network.
        columns: which column of the file was taken for what.
        noticed: what a person should know of rows and columns, in sentences.
    """

    network: Network
    names: tuple[str, ...]
    rows: int
    used: int
    columns: dict[str, str]
    noticed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are asked for.

    Attributes:
        commodity: only rows of this commodity; of a number also those that begin with it.
        since, until: only rows of these days, both included.
    """

    commodity: str | None = None
    since: date | None = None
    until: date | None = None


def read_edges(file: Path, asked: Asked) -> Edges:
    """Read a list of edges.

    Args:
        file: a table with the columns source and target, and where known weight, commodity and date.
        asked: which rows.

    Raises:
        NotFound: there is no such file, or no row of such a commodity or period.
        FileProblem: it cannot be read, or has no such columns.
        UsageError: a commodity or period is asked for, and the file has no such column.
    """
    if not file.exists():
        raise NotFound(f"there is no file {file}", hint="Check the path.")
    for part in parts_of(file, name=file.name):
        columns = _columns(part.columns)
        if {"source", "target"} <= set(columns):
            break
    else:
        raise FileProblem(f"{file.name} has no columns source and target", hint=_HINT)
    _check(columns, asked)
    engine = Engine()
    try:
        return _read(engine, part, columns, asked)
    finally:
        engine.close()


def told(count: int, became: str, rows: Sequence[object] = ()) -> str:
    """Return a sentence on some rows, with the numbers of the first of them."""
    many = "row" if count == 1 else "rows"
    which = f" ({many} {', '.join(map(str, rows))}{', ...' if len(rows) < count else ''})" if rows else ""
    return f"{count:,} {many} {became}{which}"


def _columns(headers: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that has a meaning; each column has one at most."""
    places = {fold(header): place for place, header in reversed(list(enumerate(headers)))}
    found: dict[str, int] = {}
    for meaning, spellings in _spellings().items():
        free = [places[one] for one in spellings if one in places and places[one] not in found.values()]
        if free:
            found[meaning] = free[0]
    return found


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """How each column may be called, folded, the most telling first."""
    text = files("narrows").joinpath("narrowing", "edges.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return {meaning: tuple(fold(one) for one in read[meaning].split("|")) for meaning in _MEANINGS}


def _check(columns: dict[str, int], asked: Asked) -> None:
    since, until = asked.since, asked.until
    for meaning, wanted in (("commodity", asked.commodity), ("date", since or until)):
        if wanted is not None and meaning not in columns:
            raise UsageError(f"the file has no column {meaning}", hint="Name it so, or ask without it.")
    if since is not None and until is not None and since > until:
        raise UsageError(f"{since} is after {until}", hint="Give the first day with --since, the last with --until.")


def _read(engine: Engine, part: Part, columns: dict[str, int], asked: Asked) -> Edges:
    written = part.write(engine, "edge_file")
    noticed = [*part.warnings]
    if written.rejected:
        rows = [f"{one.row} ({one.reason})" for one in written.rejected[:3]]
        noticed.append(told(len(written.rejected), "that cannot be read: rejected", rows))
    noticed += _type(engine, part, columns, contiguous=written.contiguous)
    wanted = {"commodity": asked.commodity, "since": asked.since, "until": asked.until}
    engine.run(named("edges", "sort-rows"), wanted)
    for fate, count, rows in engine.rows(named("edges", "fates")):
        noticed.append(told(count, _FATES[fate], rows if fate in _NUMBERED else ()))
    used, loops, nothing, unknown = engine.row(named("edges", "kept"))
    if not used:
        raise _none_left(engine, asked, noticed)
    engine.run(named("edges", "number-nodes"))
    weighed = "weight" in columns
    table = engine.arrow(named("edges", "edges"), {"weighed": weighed})
    network = Network.of(*(table[name].to_numpy() for name in ("source", "target", "weight")))
    noticed += _of_edges(network, loops, nothing, unknown if weighed else 0)
    alike = engine.value(named("edges", "alike-nodes"))
    if alike:
        noticed.append(f"names that differ from another in capitals only, each a node of its own: {alike:,}")
    unread = [header for place, header in enumerate(part.columns) if place not in columns.values()]
    if unread:
        noticed.append(f"nobody reads the columns {', '.join(unread[:10])}{', ...' if len(unread) > 10 else ''}")
    names = tuple(engine.arrow(named("edges", "nodes"))["name"].to_pylist())
    meant = {meaning: part.columns[place] for meaning, place in columns.items()}
    return Edges(network, names, written.rows_read, used, meant, tuple(noticed))


def _of_edges(network: Network, loops: int, nothing: int, unknown: int) -> list[str]:
    said = (
        (loops, "from a node to itself: left out"),
        (network.parallel, "between two nodes that another row joins already: added to it"),
        (nothing, "of weight 0: kept as ways that carry nothing"),
        (unknown, "without a weight: kept as ways that carry nothing"),
    )
    return [told(count, became) for count, became in said if count]


def _type(engine: Engine, part: Part, columns: dict[str, int], *, contiguous: bool) -> list[str]:
    """Keep the rows with their cells typed as temp.edge_cells; returns what was noticed."""
    texts = {}
    for meaning in _MEANINGS:
        # NA is no word for "nothing" where it may be Namibia.
        kind: Type = "country" if meaning in ("source", "target") else "text"
        cell = cleaned(exp.column(f"c{columns[meaning]}"), (), type_=kind) if meaning in columns else exp.null()
        texts[meaning] = exp.cast(cell, "VARCHAR").as_("day" if meaning == "date" else meaning)
    row = exp.column("rowid") + part.first_row if contiguous else exp.column("_row")
    engine.keep("edge_texts", exp.select(row.as_("row"), *texts.values()).from_("edge_file"))
    sample = part.sample(_SAMPLE)
    seen = {m: [text for line in sample if (text := line[place]) is not None] for m, place in columns.items()}
    decimal = guess_decimal(seen.get("weight", ())) or "."
    order = guess_order(seen.get("date", ()))
    engine.run(named("edges", "read-plainly"), {"comma": decimal == ","})
    weights = [text for (text,) in engine.rows(named("edges", "odd-weights"))]
    numbers = [parse_number(text, decimal) for text in weights]
    _fill(engine, "read-odd-weights", weights, [None if n is None else float(n) for n in numbers], pa.float64())
    days = [text for (text,) in engine.rows(named("edges", "odd-days"))]
    read = [parse_date(text, order or "day-first") for text in days]
    _fill(engine, "read-odd-days", days, read, pa.date32())
    noticed = []
    if any(day is None for day in read):
        unread = [text for text, day in zip(days, read, strict=True) if day is None]
        noticed.append(f"{len(unread):,} spellings of a date cannot be read, such as {unread[0]!r}")
    if order is None and any(day is not None for day in read):
        noticed.append("dates are read with the day first, as nothing in the file shows otherwise")
    return noticed


def _fill(engine: Engine, statement: str, texts: list[str], values: Sequence[object], kind: pa.DataType) -> None:
    if texts:
        with engine.lent("odd", pa.table({"text": pa.array(texts, pa.string()), "value": pa.array(values, kind)})):
            engine.run(named("edges", statement))


def _none_left(engine: Engine, asked: Asked, noticed: Sequence[str]) -> NotFound:
    hint = "; ".join(noticed) or "The file has no rows."
    if asked.commodity is not None:
        known = ", ".join(text for (text,) in engine.rows(named("edges", "commodities")))
        hint += f". The most frequent commodities are: {known}." if known else ". No row names a commodity."
    if asked.since is not None or asked.until is not None:
        first, last = engine.row(named("edges", "days"))
        hint += f". The dates go from {first} to {last}." if first else ". No row has a date."
    return NotFound("no row of the file is an edge of this flow", hint=hint)
