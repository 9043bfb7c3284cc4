"""Two columns of names: a table of pairs in, the same table with scores out. It needs no case."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem, NotFound
from narrows.load.readers.files import Part, parts_of
from narrows.report.tables import write_table
from narrows.vocab.names.compare import SAME, score
from narrows.vocab.names.parse import KINDS
from narrows.vocab.places import country
from narrows.vocab.text import fold
from narrows.vocab.words import party_kind

_WRITTEN = ("score", "same")
_HINT = (
    "Give a table (CSV, TSV, XLSX, Parquet, JSON lines) with the columns `left` and `right`, and if known `kind` "
    "(organisation, person, vessel), `country_left` and `country_right`."
)


def score_file(pairs: Path, out: Path) -> tuple[int, int]:
    """Score every pair of a table and write it with two more columns, `score` (0 to 1) and `same` (1 or 0).

    Args:
        pairs: a table with the columns left and right; kind, country_left and country_right where known. Other columns
            are kept as they are; one that is called score or same already is written as given_score or given_same.
        out: .csv, .xlsx, .parquet or .ndjson.

    Returns:
        How many pairs there are, and how many are the same.

    Raises:
        NotFound: there is no such file.
        FileProblem: it cannot be read, has no such columns, or rows of it cannot be read.
    """
    if not pairs.exists():
        raise NotFound(f"there is no file {pairs}", hint="Check the path.")
    parts = [part for part in parts_of(pairs, name=pairs.name) if {"left", "right"} <= set(_places(part))]
    if not parts:
        raise FileProblem(f"{pairs.name} has no columns left and right", hint=_HINT)
    table = _read(parts[0], pairs.name)
    scores, same = score_table(table)
    for name in _WRITTEN:
        if name in table.column_names:
            names = [f"given_{name}" if column == name else column for column in table.column_names]
            table = table.rename_columns(names)
    table = table.append_column("score", scores).append_column("same", same)
    write_table(table, out)
    return table.num_rows, sum(same.to_pylist())


def score_table(table: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Return the score of each row of a table with the columns left and right, and whether the two are the same."""
    places = {fold(name).replace(" ", "_"): name for name in reversed(table.column_names)}

    def column(name: str) -> list[str | None]:
        found: list[str | None] = table[places[name]].to_pylist() if name in places else [None] * table.num_rows
        return found

    countries = [[country(text) for text in column(f"country_{side}")] for side in ("left", "right")]
    scores = score(
        [text or "" for text in column("left")],
        [text or "" for text in column("right")],
        [_kind(text) for text in column("kind")],
        list(zip(*countries, strict=True)),
    )
    return pa.array(scores, pa.float64()), pa.array([int(s >= SAME) for s in scores], pa.int8())


def _kind(text: str | None) -> str | None:
    if text is None:
        return None
    plain = text.strip().lower()
    return plain if plain in KINDS else party_kind(text)


def _places(part: Part) -> dict[str, int]:
    return {fold(name).replace(" ", "_"): place for place, name in enumerate(part.columns)}


def _read(part: Part, name: str) -> pa.Table:
    engine = Engine()
    try:
        written = part.write(engine, "pairs")
        if written.rejected:
            first = written.rejected[0]
            raise FileProblem(
                f"{name}: {len(written.rejected)} rows cannot be read; the first is row {first.row}: {first.reason}",
                hint="Mend these rows; nothing was written.",
            )
        rows = engine.arrow(exp.select("*").from_("pairs").order_by("rowid"))
    finally:
        engine.close()
    cells = [rows[f"c{place}"] for place in range(len(part.columns))]
    return pa.table(cells, names=list(part.columns))
