"""`narrows lists`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, table, tell_loaded


@click.group("lists", help="Load and show lists of people and firms, such as sanctions lists.")
def command() -> None:
    """Group of the verbs on lists."""


@command.command("add", help="Load files as one version of a list, all of them or none.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--list", "name", help="The name of the list, where the files do not say it.")
@click.option("--as-of", help="The day of the version, YYYY-MM-DD, where the files do not say it.")
@click.option("--mapping", type=click.Path(path_type=Path), help="What the columns mean (TOML).")
@json_option
@quiet_option
def add(
    case: Path, files: tuple[Path, ...], name: str | None, as_of: str | None, mapping: Path | None, as_json: bool,
    quiet: bool,
) -> None:  # fmt: skip
    """Add a version of a list."""
    with api.open(case) as opened, progress(quiet=quiet) as show:
        outcome = opened.add_list(*files, name=name, as_of=as_of, mapping=mapping, progress=show)
    if as_json:
        answer("list-added", outcome_json(outcome))
        return
    if not quiet:
        for part in outcome.loaded:
            tell_loaded(part)
    for warning in outcome.warnings:
        note(f"  look: {warning}")
    for what, count in outcome.counts.items():
        note(f"lists: {count:,} {what}")
    if not quiet:
        note(f"  next: narrows resolve {case}, then narrows screen {case}")


@command.command("show", help="Show the lists of a case, each version with what it holds.")
@click.argument("case", type=click.Path(path_type=Path))
@json_option
def show(case: Path, as_json: bool) -> None:
    """Show lists."""
    with api.open(case) as opened:
        rows = opened.lists().rows()
    if as_json:
        answer("lists", {"lists": rows})
    else:
        table(rows, ("list", "as_of", "entries_in_files", "entries", "delisted", "names", "weak_names", "files"))


@command.command("entry", help="Show everything about one entry of a list, with file and row.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("name", metavar="LIST")
@click.argument("entry_id", metavar="ENTRY_ID")
@json_option
def entry(case: Path, name: str, entry_id: str, as_json: bool) -> None:
    """Show one entry."""
    with api.open(case) as opened:
        found = opened.list_entry(name, entry_id)
    if as_json:
        answer("list-entry", asdict(found))
        return
    told = found.entry
    state = "delisted" if told["delisted"] else "listed"
    click.echo(f"{told['list']}  {told['entry_id']}  {told['kind']}  {told['name']}")
    click.echo(f"{state}; in the versions of {told['first_version']} to {told['last_version']}; {_place(told)}")
    for label in ("listed_on", "programme", "remarks"):
        if told[label] is not None:
            click.echo(f"{label.replace('_', ' ')}: {told[label]}")
    click.echo("\nNames")
    for one in found.names:
        click.echo(f"  {one['name']}  ({one['strength']}; {_place(one)})")
    if found.attributes:
        click.echo("\nWhat else is on record")
    for one in found.attributes:
        click.echo(f"  {one['what']}: {one['value']}  ({_place(one)})")


def _place(row: dict[str, object]) -> str:
    sheet = f"[{row['sheet']}]" if row["sheet"] else ""
    return f"{row['file']}{sheet}:{row['row']}"
