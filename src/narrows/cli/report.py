"""`narrows report`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option


@click.command("report", help="Write report.html, alerts.csv, alerts.xlsx and alerts.ndjson.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder to write to; CASE/report by default.")
@click.option("--indicators", type=click.Path(path_type=Path), help="The folder of further red flags, if any ran.")
@click.option("--title", help="Title of the report.")
@json_option
def command(case: Path, out: Path | None, indicators: Path | None, title: str | None, as_json: bool) -> None:
    """Write the report."""
    with api.open(case) as opened:
        outcome = opened.report(out, indicators=indicators, title=title)
    if as_json:
        answer("report", {"files": list(outcome.files)})
    else:
        for file in outcome.files:
            click.echo(file)
