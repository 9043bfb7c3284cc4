"""`narrows load`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, progress, quiet_option, tell_loaded
from narrows.errors import UsageError
from narrows.model.outcome import Loaded


@click.command("load", help="Load files into a case, each of them whole or not at all.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="What the columns mean (TOML).")
@click.option("--propose", is_flag=True, help="Print the mapping that would be used, and load nothing.")
@json_option
@quiet_option
def command(
    case: Path, files: tuple[Path, ...], mapping: Path | None, propose: bool, as_json: bool, quiet: bool
) -> None:
    """Load files."""
    if propose:
        if mapping is not None:
            raise UsageError("--propose and --mapping do not go together", hint="Leave one of them out.")
        for file in files:
            _print_proposals(file, as_json)
        return
    loaded: list[Loaded] = []
    with api.open(case) as opened:
        for file in files:
            with progress(quiet=quiet) as show:
                parts = opened.load(file, mapping=mapping, progress=show)
            loaded += parts
            if not quiet:
                for part in parts:
                    tell_loaded(part)
    if as_json:
        answer("load", {"loaded": [{**asdict(p), "counts": dict(p.counts)} for p in loaded]})
    elif not quiet:
        note(f"  next: narrows resolve {case}, then narrows screen {case}, then narrows report {case}")


def _print_proposals(file: Path, as_json: bool) -> None:
    proposals = api.propose(file)
    if len(proposals) > 1 and not as_json:
        note(f"{file.name} has {len(proposals)} tables: keep the mapping of the one to correct in a file of its own")
    for sheet, proposal in proposals:
        if as_json:
            body = {"file": str(file), "sheet": sheet, "clear": proposal.clear, "doubts": proposal.doubts,
                    "reasons": proposal.reasons, "mapping": api.mapping_text(proposal)}  # fmt: skip
            answer("proposal", body)
            continue
        click.echo(f"# {file.name}{f'[{sheet}]' if sheet else ''}: {'clear' if proposal.clear else 'not clear'}")
        for doubt in proposal.doubts:
            click.echo(f"# doubt: {doubt}")
        click.echo(api.mapping_text(proposal))
