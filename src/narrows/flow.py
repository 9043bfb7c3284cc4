"""The stages in order, and what each reads and writes. Read this file first.

    load -> resolve -> screen -> report

Stages meet in the tables of the case file and never import each other. Each is a module with a docstring that says
what it does, `READS`, `WRITES`, and a `run`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from narrows import load, report, resolve, screen
from narrows.casefile.ledger import enter, last
from narrows.casefile.store import Store
from narrows.errors import UsageError
from narrows.model.mapping import Mapping
from narrows.model.outcome import Loaded, Outcome
from narrows.screen.rules.contract import Indicator, shipped
from narrows.vocab.catalogue import catalogue

STAGES: tuple[ModuleType, ...] = (load, resolve, screen, report)

# What changes a case so that screening is out of date, and the tables that screening makes.
_CHANGES = ("created", "loaded", "mapped", "accepted", "dropped")
_UNRESOLVED = ("loaded", "mapped", "dropped")
_SCREENED = ("alerts", "hits", "coverage")

Progress = Callable[[str], None]


def load_file(store: Store, file: Path, mapping: Mapping | None, progress: Progress) -> tuple[Loaded, ...]:
    """Load one file; the ledger is written in the same transaction."""
    return load.run(store, file, mapping=mapping, progress=progress)


def resolve_case(store: Store, progress: Progress) -> Outcome:
    """Work out who is who."""
    outcome = resolve.run(store, progress=progress)
    _enter(store, "resolved", outcome)
    return outcome


def screen_case(store: Store, outside: Sequence[Indicator], progress: Progress) -> Outcome:
    """Raise red flags and gather them into alerts.

    Raises:
        UsageError: files were loaded that have not been resolved.
    """
    if last(store.engine, *_UNRESOLVED) > last(store.engine, "resolved", "rebuilt"):
        raise UsageError(
            "files were loaded since who is who was last worked out", hint=f"Run `narrows resolve {store.path}` first."
        )
    outcome = screen.run(store, outside=outside, progress=progress)
    _enter(store, "screened", outcome)
    return outcome


def report_case(store: Store, folder: Path, outside: Sequence[Indicator], version: str, title: str) -> tuple[Path, ...]:
    """Write the report and the tables beside it.

    Raises:
        UsageError: the case was not screened as it stands now.
    """
    check_fresh(store, "alerts")
    flags = tuple({flag.hash: flag for flag in (*shipped(), *screen.accepted(store), *outside)}.values())
    lists = tuple(catalogue().lists.values())
    return report.write_report(store.engine, folder, flags=flags, lists=lists, version=version, title=title)


def rebuild_case(store: Store, outside: Sequence[Indicator], progress: Progress) -> Outcome:
    """Make every derived table again, from the evidence and the judgements alone."""
    with store.engine.transaction():
        store.drop_derived()
        enter(store.engine, store.settings, "dropped", {})
        load.rebuild(store)
    resolve.run(store, progress=progress)
    outcome = screen.run(store, outside=outside, progress=progress)
    _enter(store, "rebuilt", outcome)
    return outcome


def accept_indicator(store: Store, indicator: Indicator, reason: str) -> None:
    """Record that a person has read an indicator from outside and accepts it."""
    with store.engine.transaction():
        screen.accept(store, indicator, reason)
        body: dict[str, object] = {"id": indicator.id, "hash": indicator.hash, "reason": reason}
        enter(store.engine, store.settings, "accepted", body)


def check_fresh(store: Store, table: str) -> None:
    """Hold a table that screening makes against what was loaded since.

    Raises:
        UsageError: the case was not screened since files were loaded or who is who was worked out.
    """
    if table not in _SCREENED:
        return
    if last(store.engine, *_CHANGES, "resolved") >= last(store.engine, "screened", "rebuilt"):
        raise UsageError(
            "the case was not screened since its last change",
            hint=f"Run `narrows resolve {store.path}`, then `narrows screen {store.path}`.",
        )


def _enter(store: Store, what: str, outcome: Outcome) -> None:
    with store.engine.transaction():
        enter(
            store.engine,
            store.settings,
            what,
            {"counts": dict(outcome.counts), "undone": list(outcome.undone)},
        )
