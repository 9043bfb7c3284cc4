"""The stages in order, and what each reads and writes. Read this file first.

    load -> resolve -> screen -> map -> trace -> (replay) -> report

Stages meet in the tables of the case file and never import each other. Each is a module with a docstring that says
what it does, `READS`, `WRITES`, and a `run`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

from narrows import hindsight, load, map, report, resolve, screen, trace
from narrows.casefile.ledger import enter, last
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import UsageError
from narrows.map.choke import Flow, Stated, choke_points
from narrows.model.mapping import Mapping
from narrows.model.outcome import Loaded, Outcome
from narrows.report.ftm import write_entities
from narrows.report.interchange.events import write_events
from narrows.report.interchange.network import write_network
from narrows.resolve.judge import Doubt, doubts, judge
from narrows.screen.rules.contract import Indicator, shipped
from narrows.vocab.catalogue import catalogue

STAGES: tuple[ModuleType, ...] = (load, resolve, screen, map, trace, hindsight, report)

# What changes a case so that screening is out of date, and the tables that screening makes.
_CHANGES = ("created", "loaded", "mapped", "listed", "accepted", "judged", "dropped")
_UNRESOLVED = ("loaded", "mapped", "listed", "judged", "dropped")
_SCREENED = ("alerts", "hits", "coverage")
_MAPPED = (
    "nodes", "edges", "hops", "flow-lines", "junctions", "choke-points", "trade-flows", "mirror-gaps", "surges",
    "co-movements",
)  # fmt: skip
_TRACED = ("recoveries", "custody", "custody-chains", "custody-marks", "custody-notes", "custody-asks")
_REPLAYED = ("schemes", "consignments", "replay", "sharing")

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


def replay_case(store: Store, schemes: int, progress: Progress) -> Outcome:
    """Replay the case: who could first have asked about each scheme of alerts, and what had moved by then.

    Raises:
        UsageError: the case was not screened as it stands now.
    """
    check_fresh(store, "alerts")
    outcome = hindsight.run(store, schemes=schemes, progress=progress)
    _enter(store, "replayed", outcome, schemes=schemes)
    return outcome


def trace_case(store: Store, progress: Progress) -> Outcome:
    """Trace every recovered item from its maker to the place where it was found.

    Raises:
        UsageError: files were loaded that have not been resolved.
    """
    _check_resolved(store)
    outcome = trace.run(store, progress=progress)
    _enter(store, "traced", outcome)
    return outcome


def has_recoveries(store: Store) -> bool:
    """Whether there is anything to trace."""
    return bool(store.engine.value(named("trace", "count-recoveries")))


def custody_of(store: Store, item: str) -> trace.Custody:
    """Return everything about the custody of one recovered item.

    Raises:
        NotFound: there is no such item.
        UsageError: the case was not traced as it stands now.
    """
    check_fresh(store, "custody")
    return trace.custody(store.engine, item)


def draft_request(store: Store, item: str, path: Path, to: str | None) -> trace.Request:
    """Write the draft of a request about a recovered item, and record it as documented."""
    check_fresh(store, "custody")
    return trace.draft_request(store, item, path, to)


def set_request(store: Store, request: str, state: str, reason: str, on: date | None) -> trace.Request:
    """Record the next state of a request."""
    return trace.step(store, request, state, reason, on)


def infer_of_party(store: Store, party: str, verdict: str, reason: str) -> None:
    """Record what a person infers of a party's part in chains of custody."""
    trace.infer(store, party, verdict, reason)


def map_case(store: Store, carriers: bool, progress: Progress) -> Outcome:
    """Map who supplies whom, and where it narrows.

    Raises:
        UsageError: the case was not screened as it stands now.
    """
    check_fresh(store, "alerts")
    outcome = map.run(store, carriers=carriers, progress=progress)
    _enter(store, "charted", outcome)
    return outcome


def choke_points_of(store: Store, stated: Stated, most: int) -> Flow:
    """Return what a flow rests on, as somebody states it.

    Raises:
        UsageError: the case was not mapped as it stands now.
    """
    check_fresh(store, "choke-points")
    return choke_points(store.engine, stated, most)


def report_case(store: Store, folder: Path, outside: Sequence[Indicator], version: str, title: str) -> tuple[Path, ...]:
    """Write the report and the tables beside it; what is not mapped or traced as the case stands, is before.

    Raises:
        UsageError: the case was not screened as it stands now.
    """
    check_fresh(store, "alerts")
    if not _is_mapped(store):
        map_case(store, False, lambda _: None)
    if has_recoveries(store) and not _is_traced(store):
        trace_case(store, lambda _: None)
    flags = tuple({flag.hash: flag for flag in (*shipped(), *screen.accepted(store), *outside)}.values())
    lists = tuple(catalogue().lists.values())
    return report.write_report(
        store.engine,
        folder,
        flags=flags,
        lists=lists,
        version=version,
        title=title,
        replayed=_schemes_replayed(store) is not None,
    )


def export_entities(store: Store, path: Path) -> Outcome:
    """Write entities and links as followthemoney entities.

    Raises:
        UsageError: files were loaded that have not been resolved.
    """
    _check_resolved(store)
    return write_entities(store.engine, path)


def export_network(store: Store, path: Path) -> Outcome:
    """Write the network as GraphML, GEXF or GeoJSON.

    Raises:
        UsageError: the case was not mapped as it stands now.
    """
    check_fresh(store, "edges")
    return write_network(store.engine, path)


def export_events(store: Store, path: Path) -> Outcome:
    """Write the custody of recovered items as EPCIS 2.0 events.

    Raises:
        UsageError: the case was not traced as it stands now.
    """
    check_fresh(store, "custody")
    return write_events(store.engine, path)


def rebuild_case(store: Store, outside: Sequence[Indicator], progress: Progress) -> Outcome:
    """Make every derived table again, from the evidence and the judgements alone."""
    replayed = _schemes_replayed(store)
    with store.engine.transaction():
        store.drop_derived()
        enter(store.engine, store.settings, "dropped", {})
        load.rebuild(store)
    resolve.run(store, progress=progress)
    outcome = screen.run(store, outside=outside, progress=progress)
    map.run(store, progress=progress)
    trace.run(store, progress=progress)
    _enter(store, "rebuilt", outcome)
    if replayed is not None:
        replay_case(store, replayed, progress)
    return outcome


def accept_indicator(store: Store, indicator: Indicator, reason: str) -> None:
    """Record that a person has read an indicator from outside and accepts it."""
    with store.engine.transaction():
        screen.accept(store, indicator, reason)
        body: dict[str, object] = {"id": indicator.id, "hash": indicator.hash, "reason": reason}
        enter(store.engine, store.settings, "accepted", body)


def check_fresh(store: Store, table: str) -> None:
    """Hold a table that screening, mapping, tracing or replaying makes against what was done since.

    Raises:
        UsageError: the case was not screened, mapped, traced or replayed since its last change.
    """
    if table in _TRACED and not _is_traced(store):
        raise UsageError(
            "the case was not traced since its last change",
            hint=f"Run `narrows resolve {store.path}`, then `narrows trace {store.path}`.",
        )
    if table not in (*_SCREENED, *_MAPPED, *_REPLAYED):
        return
    if last(store.engine, *_CHANGES, "resolved") >= last(store.engine, "screened", "rebuilt"):
        raise UsageError(
            "the case was not screened since its last change",
            hint=f"Run `narrows resolve {store.path}`, then `narrows screen {store.path}`.",
        )
    if table in _MAPPED and not _is_mapped(store):
        raise UsageError(
            "the network was not mapped since the case was last screened", hint=f"Run `narrows map {store.path}` first."
        )
    if table in _REPLAYED and _schemes_replayed(store) is None:
        raise UsageError(
            "the case was not replayed since it was last screened", hint=f"Run `narrows replay {store.path}` first."
        )


def _is_mapped(store: Store) -> bool:
    return last(store.engine, "screened") < last(store.engine, "charted", "rebuilt")


def _is_traced(store: Store) -> bool:
    return last(store.engine, *_CHANGES, "resolved") < last(store.engine, "traced", "rebuilt")


def _schemes_replayed(store: Store) -> int | None:
    """How many schemes were asked for when the case was last replayed; None where it was not, or was screened since."""
    replayed = last(store.engine, "replayed")
    if replayed <= last(store.engine, *_CHANGES, "resolved", "screened", "rebuilt"):
        return None
    return int(store.engine.value(named("ledger", "schemes-replayed"), [replayed]))


def _check_resolved(store: Store) -> None:
    if last(store.engine, *_UNRESOLVED) > last(store.engine, "resolved", "rebuilt"):
        raise UsageError(
            "files were loaded or parties judged since who is who was last worked out",
            hint=f"Run `narrows resolve {store.path}` first.",
        )


def _enter(store: Store, what: str, outcome: Outcome, **asked: object) -> None:
    with store.engine.transaction():
        enter(
            store.engine,
            store.settings,
            what,
            {"counts": dict(outcome.counts), "undone": list(outcome.undone), **asked},
        )
