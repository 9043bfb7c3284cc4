"""`narrows indicators`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, table
from narrows.errors import NotFound

folder_option = click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    help="A folder of indicators instead of those that ship.",
)


@click.group("indicators", help="List, show, check and accept red flags.")
def command() -> None:
    """Group of the verbs on indicators."""


@command.command("list", help="List the red flags.")
@folder_option
@json_option
def list_(folder: Path | None, as_json: bool) -> None:
    """List indicators."""
    rows = [{"code": i.code, "id": i.id, "kind": i.kind, "status": i.status, "title": i.title}
            for i in api.indicators(folder)]  # fmt: skip
    if as_json:
        answer("indicators", {"indicators": rows})
    else:
        table(rows, ("code", "id", "kind", "status", "title"))


@command.command("show", help="Show what a red flag means, rests on, and does not see.")
@click.argument("name", metavar="ID")
@folder_option
@json_option
def show(name: str, folder: Path | None, as_json: bool) -> None:
    """Show one indicator."""
    found = _find(name, folder)
    told = {"code": found.code, "id": found.id, "title": found.title, "kind": found.kind, "status": found.status,
            "means": found.means.strip(), "cites": found.cites, "false_positives": found.false_positives,
            "blind_spots": found.blind_spots, "clears": found.clears, "needs": found.needs,
            "params": dict(found.params), "hash": found.hash}  # fmt: skip
    if as_json:
        answer("indicator", told)
        return
    click.echo(f"{found.code}  {found.title}  ({found.kind}, {found.status})\n{found.id}\n\n{found.means.strip()}")
    for heading, lines in (
        ("May be innocent because", found.false_positives),
        ("What would clear it", found.clears),
        ("What it does not see", found.blind_spots),
        ("Rests on", found.cites),
        ("Needs", found.needs),
        ("Parameters, as shipped", tuple(f"{k} = {v}" for k, v in found.params.items())),
    ):
        if lines:
            click.echo(f"\n{heading}\n" + "\n".join(f"  {line}" for line in lines))


@command.command("sql", help="Print the file of a red flag: its header and its SQL. A good start for your own.")
@click.argument("name", metavar="ID")
@folder_option
@json_option
def sql(name: str, folder: Path | None, as_json: bool) -> None:
    """Print the file of one indicator."""
    found = _find(name, folder)
    if as_json:
        answer("indicator-sql", {"id": found.id, "text": found.text, "sql": found.sql.strip(), "hash": found.hash})
    else:
        click.echo(found.text.strip())


@command.command("check", help="Hold red flags to their contract: every lint, every example.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@json_option
def check(folder: Path | None, as_json: bool) -> None:
    """Check indicators."""
    findings = api.check_indicators(folder)
    if as_json:
        rows = [{"indicator": f.indicator, "lint": f.lint, "message": f.message, "path": f.path, "line": f.line}
                for f in findings]  # fmt: skip
        answer("indicators-check", {"ok": not findings, "findings": rows})
    else:
        for finding in findings:
            click.echo(f"{finding.path}:{finding.line}: {finding.lint}: {finding.message}")
        if not findings:
            number = len(api.indicators(folder))
            note(f"{number} indicators hold to their contract, with all their examples")
    if findings:
        raise click.exceptions.Exit(4)


@command.command("vocabulary", help="Print the views and columns that a red flag may read.")
@json_option
def vocabulary(as_json: bool) -> None:
    """Print the published vocabulary."""
    views = api.vocabulary()
    if as_json:
        told = {
            v.name: {"means": v.means, "columns": {n: list(c) for n, c in v.columns.items()}} for v in views.values()
        }
        answer("vocabulary", {"views": told})
        return
    for view in views.values():
        click.echo(f"view.{view.name}: {view.means}")
        for name, column in view.columns.items():
            click.echo(f"  {name} {column.type}: {column.meaning}")
        click.echo()


@command.command("accept", help="Record in a case that you have read a red flag from outside and accept it.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("name", metavar="ID")
@click.option("--dir", "folder", required=True, type=click.Path(path_type=Path), help="The folder it is in.")
@click.option("--reason", required=True, help="Why it is accepted.")
@json_option
def accept(case: Path, name: str, folder: Path, reason: str, as_json: bool) -> None:
    """Accept an indicator from outside."""
    found = _find(name, folder)
    with api.open(case) as opened:
        opened.accept(found, reason=reason)
    if as_json:
        answer("indicator-accepted", {"id": found.id, "hash": found.hash})
    else:
        note(f"accepted {found.id}, {found.hash[:12]}")


def _find(name: str, folder: Path | None) -> api.Indicator:
    for indicator in api.indicators(folder):
        if name in (indicator.id, indicator.code):
            return indicator
    raise NotFound(f"there is no indicator {name!r}", hint="See `narrows indicators list`.")
