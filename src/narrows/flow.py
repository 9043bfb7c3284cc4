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
from narrows.casefile.ledger import enter
from narrows.casefile.store import Store
from narrows.model.mapping import Mapping
from narrows.model.outcome import Loaded, Outcome
from narrows.screen.contract import Indicator, shipped
from narrows.vocab.catalogue import catalogue

STAGES: tuple[ModuleType, ...] = (load, resolve, screen, report)

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
    """Raise red flags and gather them into alerts."""
    outcome = screen.run(store, outside=outside, progress=progress)
    _enter(store, "screened", outcome)
    return outcome


def report_case(store: Store, folder: Path, outside: Sequence[Indicator], version: str, title: str) -> tuple[Path, ...]:
    """Write the report and the tables beside it."""
    flags = (*shipped(), *outside)
    lists = tuple(catalogue().lists.values())
    return report.write_report(store.engine, folder, flags=flags, lists=lists, version=version, title=title)


def rebuild_case(store: Store, outside: Sequence[Indicator], progress: Progress) -> None:
    """Make every derived table again, from the evidence and the judgements alone."""
    with store.engine.transaction():
        store.drop_derived()
        load.rebuild(store)
    resolve.run(store, progress=progress)
    screen.run(store, outside=outside, progress=progress)


def _enter(store: Store, what: str, outcome: Outcome) -> None:
    with store.engine.transaction():
        enter(
            store.engine,
            store.settings,
            what,
            {"counts": dict(outcome.counts), "undone": list(outcome.undone)},
        )
