"""`narrows screen`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.fail import fail_option, fail_when
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, table, tell
from narrows.errors import Rejected


@click.command("screen", help="Raise red flags and gather them into alerts.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--indicators", type=click.Path(path_type=Path), help="A folder of further red flags.")
@fail_option
@json_option
@quiet_option
def command(case: Path, indicators: Path | None, fail_on: str | None, as_json: bool, quiet: bool) -> None:
    """Screen a case."""
    with api.open(case) as opened:
        with progress(quiet=quiet) as show:
            outcome = opened.screen(indicators=indicators, progress=show)
        if as_json:
            coverage = opened.table("coverage").rows()
            answer("screen", {**outcome_json(outcome), "coverage": coverage})
        else:
            if not quiet:
                tell(outcome)
            columns = ("code", "indicator", "records", "hit", "clear", "not_evaluable", "not_concerned")
            table(opened.table("coverage").rows(), columns)
            if not quiet:
                note(f"  next: narrows report {case}")
        fail_when(opened, fail_on)
        if outcome.undone:
            raise click.exceptions.Exit(Rejected.exit_code)
