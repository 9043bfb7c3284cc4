"""`narrows judge`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note


@click.command("judge", help="Decide whether two parties are the same; see the column `party` of the table parties.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(["same", "different", "unsure"]))
@click.option("--reason", required=True, help="What the decision rests on.")
@json_option
def command(case: Path, left: str, right: str, verdict: str, reason: str, as_json: bool) -> None:
    """Judge a pair of parties."""
    with api.open(case) as opened:
        opened.judge(left, right, verdict, reason=reason)
    if as_json:
        answer("judge", {"left": left, "right": right, "verdict": verdict})
    else:
        note(f"judged: {left} and {right} are {verdict}")
        note(f"  next: narrows resolve {case}")
