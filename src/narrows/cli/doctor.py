"""`narrows doctor`."""

from __future__ import annotations

from dataclasses import asdict

import click

from narrows import api
from narrows.cli.say import answer, json_option


@click.command("doctor", help="Check the installation.")
@json_option
def command(as_json: bool) -> None:
    """Check the installation."""
    checks = api.doctor()
    if as_json:
        answer("doctor", {"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            click.echo(f"{'ok ' if check.ok else 'NO '} {check.what}: {check.found}")
    if not all(check.ok for check in checks):
        raise click.exceptions.Exit(1)
