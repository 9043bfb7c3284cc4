"""`narrows resolve`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, table, tell

_ANSWERS = {"s": "same", "d": "different", "u": "unsure", "n": "", "q": "quit"}


@click.command("resolve", help="Work out who is who.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--review", is_flag=True, help="Walk the pairs that are hardest to decide, and decide them.")
@json_option
@quiet_option
def command(case: Path, review: bool, as_json: bool, quiet: bool) -> None:
    """Resolve parties to entities."""
    with api.open(case) as opened:
        with progress(quiet=quiet) as show:
            outcome = opened.resolve(progress=show)
        if review and _review(opened):
            with progress(quiet=quiet) as show:
                outcome = opened.resolve(progress=show)
    if as_json:
        answer("resolve", outcome_json(outcome))
    elif not quiet:
        tell(outcome)
        note(f"  next: narrows screen {case}")


def _review(case: api.Case) -> int:
    """Put one pair after another before a person; returns how many were decided."""
    found = case.doubts()
    if not found:
        note("review: no pair is left in doubt")
    decided = 0
    for place, doubt in enumerate(found, start=1):
        state = "one entity as things stand" if doubt.joined else "two entities as things stand"
        click.echo(f"\n{place} of {len(found)}: {state}; log-odds {doubt.odds:+.1f}")
        table([{"": field, "left": left, "right": right} for field, left, right in doubt.fields], ("", "left", "right"))
        click.echo("  " + "; ".join(doubt.reasons))
        said = click.prompt("[s]ame, [d]ifferent, [u]nsure, [n]ext, [q]uit", type=click.Choice(list(_ANSWERS)),
                            show_choices=False)  # fmt: skip
        if said == "q":
            break
        if said != "n":
            reason = click.prompt("why", default="fields compared side by side")
            case.judge(doubt.left, doubt.right, _ANSWERS[said], reason=reason)
            decided += 1
    return decided
