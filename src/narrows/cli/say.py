"""How the command line says things: progress on a terminal only, answers as text or as versioned JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click

from narrows.model.outcome import Loaded, Outcome

json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but the answer.")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Lend a function that shows what is being done: a spinner on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def answer(schema: str, body: Mapping[str, Any]) -> None:
    """Print an answer as one JSON object that names its schema."""
    click.echo(json.dumps({"schema": f"narrows.{schema}/1", **body}, ensure_ascii=False, default=str))


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain data."""
    told = asdict(outcome)
    told["counts"] = dict(outcome.counts)
    told["loaded"] = [{**asdict(part), "counts": dict(part.counts)} for part in outcome.loaded]
    return told


def tell(outcome: Outcome) -> None:
    """Print what a stage did, on standard error."""
    if outcome.loaded:
        for part in outcome.loaded:
            tell_loaded(part)
    else:
        counts = ", ".join(f"{count:,} {what}" for what, count in outcome.counts.items())
        note(f"{outcome.stage}: {counts}")
        for warning in outcome.warnings:
            note(f"  note: {warning}")
    for undone in outcome.undone:
        note(f"  not done: {undone}")


def tell_loaded(part: Loaded) -> None:
    """Print the balance of one table of one file."""
    if part.already:
        note(f"load: {part.place}: already in the case; nothing changed")
        return
    if part.kind == "photograph":
        note(f"load: {part.place}: a photograph; kept as received")
        return
    if not part.kind:
        note(f"load: {part.place}: no records in this sheet; left out")
        return
    note(
        f"load: {part.place}: {part.kind}: {part.rows_read:,} rows read = {part.rows_kept:,} kept "
        f"+ {part.rows_rejected:,} rejected"
    )
    for warning in part.warnings:
        note(f"  look: {warning}")
    if part.rows_rejected:
        note("  why they were rejected: `narrows export CASE rejected -o FILE`")
    if part.unread_columns:
        note(f"  nobody reads: {', '.join(part.unread_columns)}")
    counts = dict(part.counts)
    for what, export in (("unread values", "unread"), ("empty records", "empty")):
        if counts.get(what):
            note(f"  {counts[what]:,} {what}; see `narrows export CASE {export} -o FILE`")


def note(text: str) -> None:
    """Print a line on standard error."""
    click.echo(text, err=True)


def table(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> None:
    """Print rows as an aligned table on standard output."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=None, pad_edge=False, header_style="bold")
    chosen = list(columns)
    for column in chosen:
        grid.add_column(column)
    for row in rows:
        grid.add_row(*(Text("" if row[c] is None else str(row[c])) for c in chosen))
    Console(width=None if sys.stdout.isatty() else 160).print(grid)
