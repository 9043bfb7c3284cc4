"""`narrows demo`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.run import next_steps
from narrows.cli.say import answer, json_option, outcome_json, progress, quiet_option, tell
from narrows.errors import UsageError


@click.command("demo", help="Do the main job on the bundled example, a fictional case, in a new folder.")
@click.argument("case", type=click.Path(path_type=Path), default=Path("narrows-demo"))
@json_option
@quiet_option
def command(case: Path, as_json: bool, quiet: bool) -> None:
    """Run the example."""
    if api.exists(case):
        raise UsageError(f"there is a case at {case} already", hint=f"Remove the folder {case}, or name another one.")
    with api.new(case) as opened, api.example_files() as files:
        with progress(quiet=quiet) as show:
            outcomes = opened.run(*files, title=api.DEMO_TITLE, replay=True, progress=show)
        if not quiet:
            for outcome in outcomes:
                tell(outcome)
        report = outcomes[-1].files[0]
        if as_json:
            answer("demo", {"outcomes": [outcome_json(o) for o in outcomes], "report": report})
        else:
            next_steps(case, len(opened.alerts), report)
