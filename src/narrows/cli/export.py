"""`narrows export`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note


@click.command(
    "export",
    help="Write one table of a case: .csv, .xlsx, .parquet or .ndjson; or `ftm`, its entities and links for "
    "followthemoney: .json, .ndjson or .jsonl; or `network`: .graphml, .gexf or .geojson; or `events`, the custody of "
    "recovered items as EPCIS 2.0: .jsonld.",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("table")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="File to write; its ending decides.")
@json_option
def command(case: Path, table: str, out: Path, as_json: bool) -> None:
    """Export a table."""
    with api.open(case) as opened:
        outcome = opened.export(table, out)
    rows = sum(outcome.counts.values())
    if as_json:
        answer("export", {"table": table, "rows": rows, "file": str(out), "warnings": outcome.warnings})
    else:
        click.echo(str(out))
        note(f"  {', '.join(f'{count:,} {what}' for what, count in outcome.counts.items())}")
        for warning in outcome.warnings:
            note(f"  note: {warning}")
