"""`narrows replay`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, table, tell


@click.command("replay", help="Replay the case day by day: who could first have asked about each scheme of alerts.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--schemes", type=click.IntRange(min=1), default=api.SCHEMES, show_default=True, help="How many, from the head."
)
@json_option
@quiet_option
def command(case: Path, schemes: int, as_json: bool, quiet: bool) -> None:
    """Replay a case."""
    with api.open(case) as opened:
        with progress(quiet=quiet) as show:
            outcome = opened.replay(schemes=schemes, progress=show)
        found = {name: opened.table(name).rows() for name in ("schemes", "replay", "sharing")}
    if as_json:
        answer("replay", {**outcome_json(outcome), **found})
        return
    if not quiet:
        tell(outcome)
    shared = {scheme: [*rows] for scheme, rows in groupby(found["sharing"], key=lambda row: row["scheme"])}
    schemes_by_name = {row["scheme"]: row for row in found["schemes"]}
    columns = (
        "kind",
        "name",
        "records",
        "first_seen",
        "first_hit",
        "code",
        "before",
        "that_day",
        "after",
        "first_alert",
    )
    for scheme, rows in groupby(found["replay"], key=lambda row: row["scheme"]):
        of_scheme = [*rows]
        click.echo(f"\n{scheme} {schemes_by_name[scheme]['title']}")
        click.echo(f"  {schemes_by_name[scheme]['told']}\n")
        table(of_scheme, columns)
        for row in shared.get(scheme, ()):
            click.echo(f"  {row['told']}")
    if not quiet:
        note(f"  next: `narrows export {case} replay -o replay.xlsx`, and schemes, consignments, sharing")
