"""`narrows names ...`: how far two names are one, with the reasons; a table of pairs scored."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, table


@click.group("names", help="Compare names: one pair with the reasons, or a table of pairs.")
def command() -> None:
    """Names."""


@command.command("compare", help='Compare two names and say why: narrows names compare "A" "B".')
@click.argument("left")
@click.argument("right")
@click.option(
    "--kind", type=click.Choice(["organisation", "person", "vessel"]), help="What they are; guessed if left out."
)
@json_option
def compare(left: str, right: str, kind: str | None, as_json: bool) -> None:
    """Compare two names."""
    found = api.compare_names(left, right, kind=kind)
    if as_json:
        answer("names.compare", asdict(found))
        return
    click.echo(f"{found.score:.3f}  {'same' if found.same else 'not the same'}  (compared as {found.kind})")
    rows = [
        {"adds": f"{r.value:+.2f}" if r.value else "", "what": r.detail, "left": r.left, "right": r.right}
        for r in found.reasons
    ]
    table(rows, ("adds", "what", "left", "right"))
    note("  `adds` is in log-odds; 0 is an even chance. A score says how alike two names are, not who anybody is.")


@command.command("score", help="Score a table of pairs (columns left and right) and write it with score and same.")
@click.argument("pairs", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="File to write; its ending decides.")
@json_option
def score(pairs: Path, out: Path, as_json: bool) -> None:
    """Score pairs."""
    count, same = api.score_names(pairs, out)
    if as_json:
        answer("names.score", {"pairs": count, "same": same, "file": str(out)})
    else:
        click.echo(str(out))
        note(f"  {count:,} pairs, {same:,} of them the same at the default threshold of 0.5")
