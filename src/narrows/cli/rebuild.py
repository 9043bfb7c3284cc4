"""`narrows rebuild`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, tell


@click.command("rebuild", help="Drop everything derived and make it again from the evidence and the judgements.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--indicators", type=click.Path(path_type=Path), help="A folder of further red flags.")
@json_option
@quiet_option
def command(case: Path, indicators: Path | None, as_json: bool, quiet: bool) -> None:
    """Rebuild a case."""
    with api.open(case) as opened, progress(quiet=quiet) as show:
        outcome = opened.rebuild(indicators=indicators, progress=show)
    if as_json:
        answer("rebuild", {"case": str(case), **outcome_json(outcome)})
    elif not quiet:
        note(f"rebuilt {case}")
        tell(outcome)
