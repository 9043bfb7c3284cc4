"""`--fail-on`: lets a pipeline stop on flags."""

from __future__ import annotations

import click

from narrows.api import Case

FLAGS_FOUND = 10

fail_option = click.option(
    "--fail-on",
    type=click.Choice(["hit", "alert", "gate"]),
    help="Exit with 10 if there is any hit, any alert, or any alert with a legal check open.",
)


def fail_when(case: Case, level: str | None) -> None:
    """End with exit code 10 when the case has flags at or above the level."""
    if level is None:
        return
    if level == "hit":
        found = len(case.table("hits"))
    else:
        found = sum(1 for row in case.alerts.rows() if level == "alert" or row["gates"] > 0)
    if found:
        raise click.exceptions.Exit(FLAGS_FOUND)
