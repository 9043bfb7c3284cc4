"""`narrows map`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, tell


@click.command("map", help="Map trade as a whole: mirror gaps, surges, co-movement.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--carriers", is_flag=True, help="Carriers, forwarders and banks stand in the network too.")
@json_option
@quiet_option
def command(case: Path, carriers: bool, as_json: bool, quiet: bool) -> None:
    """Map a screened case."""
    with api.open(case) as opened, progress(quiet=quiet) as show:
        outcome = opened.map(carriers=carriers, progress=show)
    if as_json:
        answer("map", outcome_json(outcome))
    elif not quiet:
        tell(outcome)
        note(f"  next: narrows report {case}")
