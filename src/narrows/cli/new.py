"""`narrows new`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note


@click.command("new", help="Make a new, empty case in a folder.")
@click.argument("case", type=click.Path(path_type=Path))
@json_option
def command(case: Path, as_json: bool) -> None:
    """Make a case."""
    with api.new(case):
        if as_json:
            answer("new", {"case": str(case)})
        else:
            click.echo(str(case))
            note(f"  next: narrows load {case} FILE...")
