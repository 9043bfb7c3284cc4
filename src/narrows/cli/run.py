"""`narrows run`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.fail import fail_option, fail_when
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, tell
from narrows.errors import Rejected


@click.command("run", help="Load files, resolve, screen and report. Makes the case if there is none.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="What the columns of the files mean (TOML).")
@click.option("--indicators", type=click.Path(path_type=Path), help="A folder of further red flags.")
@click.option("--title", help="Title of the report.")
@fail_option
@json_option
@quiet_option
def command(
    case: Path,
    files: tuple[Path, ...],
    mapping: Path | None,
    indicators: Path | None,
    title: str | None,
    fail_on: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Do the main job."""
    with api.open(case) if api.exists(case) else api.new(case) as opened:
        with progress(quiet=quiet) as show:
            outcomes = opened.run(*files, mapping=mapping, indicators=indicators, title=title, progress=show)
        if not quiet:
            for outcome in outcomes:
                tell(outcome)
        report = outcomes[-1].files[0]
        if as_json:
            answer("run", {"outcomes": [outcome_json(o) for o in outcomes], "report": report})
        elif quiet:
            click.echo(report)
        else:
            next_steps(case, len(opened.alerts), report)
        fail_when(opened, fail_on)
        if any(outcome.undone for outcome in outcomes):
            raise click.exceptions.Exit(Rejected.exit_code)


def next_steps(case: Path, alerts: int, report: str) -> None:
    """Say what to do next."""
    note("")
    note(f"{alerts} transaction{'s' if alerts != 1 else ''} warrant{'s' if alerts == 1 else ''} a person's look.")
    click.echo(f"report: {report}")
    note(f"  next: open the report, or `narrows export {case} alerts -o alerts.xlsx`")
