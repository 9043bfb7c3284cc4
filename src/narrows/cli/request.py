"""`narrows request`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, table


@click.group("request", help="Draft requests about recovered items, record their steps, show all. Nothing is sent.")
def command() -> None:
    """Group of the verbs on requests."""


@command.command("draft", help="Write the draft of a request about ITEM, by default what would settle most.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("item")
@click.option("-o", "--out", "path", required=True, type=click.Path(path_type=Path), help=".txt, .html or .docx")
@click.option("--to", help="Whom to ask: see the column `party` of the table parties.")
@json_option
def draft(case: Path, item: str, path: Path, to: str | None, as_json: bool) -> None:
    """Draft a request."""
    with api.open(case) as opened:
        request = opened.draft_request(item, path, to=to)
    if as_json:
        answer("request", {**asdict(request), "file": str(path)})
        return
    click.echo(str(path))
    note(f"  {request.request}: {request.state}; nothing has been sent")
    note(f'  when a person has sent it: narrows request set {case} {request.request} requested --reason "sent by ..."')


@command.command("set", help="Record the next state of REQUEST, such as requested, answered or no reply.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("request")
@click.argument("state")
@click.option("--reason", required=True, help="What happened.")
@click.option("--on", help="The day on which it happened, YYYY-MM-DD; today by default.")
@json_option
def set_state(case: Path, request: str, state: str, reason: str, on: str | None, as_json: bool) -> None:
    """Record a step."""
    with api.open(case) as opened:
        after = opened.set_request(request, state, reason=reason, on=on)
    if as_json:
        answer("request", asdict(after))
        return
    note(f"{after.request}: {after.state} on {after.day}" + (f"; due {after.due}" if after.due is not None else ""))


@command.command("show", help="Show the requests of a case as they stand. No reply says nothing of a party.")
@click.argument("case", type=click.Path(path_type=Path))
@json_option
def show(case: Path, as_json: bool) -> None:
    """Show requests."""
    with api.open(case) as opened:
        rows = opened.requests().rows()
    if as_json:
        answer("requests", {"requests": rows})
    elif rows:
        table(rows, ("request", "item", "party", "state", "day", "due", "wants"))
    else:
        note("no requests yet: narrows request draft CASE ITEM -o FILE")
