"""`narrows inference`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note


@click.command(
    "inference",
    help="Record what a person infers of a party in a chain of custody. Until somebody does, nothing is inferred of "
    "anybody; none takes it back. See the column `party` of the table parties.",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("party")
@click.argument("verdict", type=click.Choice(["none", "malpractice"]))
@click.option("--reason", required=True, help="What the decision rests on.")
@json_option
def command(case: Path, party: str, verdict: str, reason: str, as_json: bool) -> None:
    """Infer, or take it back."""
    with api.open(case) as opened:
        opened.inference(party, verdict, reason=reason)
    if as_json:
        answer("inference", {"party": party, "verdict": verdict})
    else:
        note(f"recorded: {'no inference' if verdict == 'none' else verdict} of {party}")
