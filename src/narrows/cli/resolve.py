"""`narrows resolve`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, tell


@click.command("resolve", help="Work out who is who.")
@click.argument("case", type=click.Path(path_type=Path))
@json_option
@quiet_option
def command(case: Path, as_json: bool, quiet: bool) -> None:
    """Resolve parties to entities."""
    with api.open(case) as opened, progress(quiet=quiet) as show:
        outcome = opened.resolve(progress=show)
    if as_json:
        answer("resolve", outcome_json(outcome))
    elif not quiet:
        tell(outcome)
        note(f"  next: narrows screen {case}")
