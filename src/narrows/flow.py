"""The stages in order, and what each reads and writes. Read this file first.

    load -> resolve -> screen -> map -> report

Stages meet in the tables of the case file and never import each other. Each is a module with a docstring that says
what it does, `READS`, `WRITES`, and a `run`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

from narrows import load, map, report, resolve, screen
from narrows.casefile.ledger import enter, last
from narrows.casefile.store import Store
from narrows.errors import UsageError
from narrows.model.mapping import Mapping
from narrows.model.outcome import Loaded, Outcome
from narrows.report.ftm import write_entities
from narrows.resolve.judge import Doubt, doubts, judge
from narrows.screen.rules.contract import Indicator, shipped
from narrows.vocab.catalogue import catalogue

STAGES: tuple[ModuleType, ...] = (load, resolve, screen, map, report)

# What changes a case so that screening is out of date, and the tables that screening makes.
_CHANGES = ("created", "loaded", "mapped", "listed", "accepted", "judged", "dropped")
_UNRESOLVED = ("loaded", "mapped", "listed", "judged", "dropped")
_SCREENED = ("alerts", "hits", "coverage")

Progress = Callable[[str], None]


def load_file(store: Store, file: Path, mapping: Mapping | None, progress: Progress) -> tuple[Loaded, ...]:
    """Load one file; the ledger is written in the same transaction."""
    return load.run(store, file, mapping=mapping, progress=progress)


def add_list(
    store: Store,
    files: Sequence[Path],
    name: str | None,
    as_of: date | None,
    mapping: Mapping | None,
    progress: Progress,
) -> Outcome:
    """Load files as one version of a list of people and firms; the ledger is written in the same transaction."""
    return load.add_list(store, files, name=name, as_of=as_of, mapping=mapping, progress=progress)


def list_entry(store: Store, name: str, entry_id: str) -> load.ListEntry:
    """Return everything about one entry of a list."""
    return load.list_entry(store.engine, name, entry_id)


def resolve_case(store: Store, progress: Progress) -> Outcome:
    """Work out who is who."""
    outcome = resolve.run(store, progress=progress)
    _enter(store, "resolved", outcome)
    return outcome


def judge_pair(store: Store, left: str, right: str, verdict: str, reason: str) -> None:
    """Record what a person decided about two parties."""
    judge(store, left, right, verdict, reason)


def doubts_of(store: Store, most: int) -> tuple[Doubt, ...]:
    """Return the pairs that are hardest to decide.

    Raises:
        UsageError: files were loaded that have not been resolved.
    """
    _check_resolved(store)
    return doubts(store, most)


def screen_case(store: Store, outside: Sequence[Indicator], progress: Progress) -> Outcome:
    """Raise red flags and gather them into alerts.

    Raises:
        UsageError: files were loaded that have not been resolved.
    """
    _check_resolved(store)
    outcome = screen.run(store, outside=outside, progress=progress)
    _enter(store, "screened", outcome)
    return outcome


def map_case(store: Store, carriers: bool, progress: Progress) -> Outcome:
    """Map trade as a whole.

    Raises:
        UsageError: the case was not screened as it stands now.
    """
    check_fresh(store, "alerts")
    outcome = map.run(store, carriers=carriers, progress=progress)
    _enter(store, "charted", outcome)
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


def export_entities(store: Store, path: Path) -> Outcome:
    """Write entities and links as followthemoney entities.

    Raises:
        UsageError: files were loaded that have not been resolved.
    """
    _check_resolved(store)
    return write_entities(store.engine, path)


def rebuild_case(store: Store, outside: Sequence[Indicator], progress: Progress) -> Outcome:
    """Make every derived table again, from the evidence and the judgements alone."""
    with store.engine.transaction():
        store.drop_derived()
        enter(store.engine, store.settings, "dropped", {})
        load.rebuild(store)
    resolve.run(store, progress=progress)
    outcome = screen.run(store, outside=outside, progress=progress)
    map.run(store, progress=progress)
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


def _check_resolved(store: Store) -> None:
    if last(store.engine, *_UNRESOLVED) > last(store.engine, "resolved", "rebuilt"):
        raise UsageError(
            "files were loaded or parties judged since who is who was last worked out",
            hint=f"Run `narrows resolve {store.path}` first.",
        )


def _enter(store: Store, what: str, outcome: Outcome) -> None:
    with store.engine.transaction():
        enter(
            store.engine,
            store.settings,
            what,
            {"counts": dict(outcome.counts), "undone": list(outcome.undone)},
        )
