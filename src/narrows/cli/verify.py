"""`narrows verify`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option


@click.command("verify", help="Hash every received file again, follow the ledger, hold each balance against the rows.")
@click.argument("case", type=click.Path(path_type=Path))
@json_option
def command(case: Path, as_json: bool) -> None:
    """Verify a case."""
    with api.open(case) as opened:
        checked = opened.verify()
    if as_json:
        answer("verify", {"ok": True, "checked": checked})
    else:
        click.echo("verified: " + ", ".join(f"{count:,} {what}" for what, count in checked.items()))
