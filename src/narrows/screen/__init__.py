"""Screen: what deserves a look, and what could not be checked.

Reads the tables of load and resolve, and `view.*`. Writes `derived.trade_line`, `derived.substance`,
`derived.substance_code`, `derived.list_match`, `derived.hit`, `derived.coverage`, `derived.alert`, `derived.alert_hit`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import Corrupt, IndicatorProblem, UsageError
from narrows.model.outcome import Outcome
from narrows.screen.hits import screen_one
from narrows.screen.listed import match_lists
from narrows.screen.measures import Weights, prepare
from narrows.screen.rules.check import check
from narrows.screen.rules.contract import Indicator, read_indicator, shipped

READS = (
    "derived.item", "derived.goods", "derived.party", "derived.party_entity", "derived.entity", "derived.identifier",
    "derived.linked", "derived.payment", "derived.payment_deal", "derived.statement", "derived.list_entry",
    "derived.list_name", "derived.list_attribute", "judgement.accepted_indicator", "view.*",
)  # fmt: skip
WRITES = (
    "derived.trade_line", "derived.substance", "derived.substance_code", "derived.list_match", "derived.hit",
    "derived.coverage", "derived.alert", "derived.alert_hit",
)  # fmt: skip


def accepted(store: Store) -> tuple[Indicator, ...]:
    """Return the indicators from outside that a person has accepted, as they were accepted."""
    found = {}
    for digest, name, text in store.engine.rows(named("screen", "accepted")):
        indicator = read_indicator(text, path=f"{name.replace('.', '/')}.sql")
        if indicator.hash != digest:
            raise Corrupt(
                f"the text of the accepted indicator {name} is not what was accepted",
                hint="The case was changed by something other than narrows; restore it from a backup.",
            )
        found[name] = indicator  # of several versions the one accepted last
    return tuple(found.values())


def _check_ids(store: Store, ours: Set[str], known: Set[str], given: Set[str]) -> None:
    if given & ours:
        raise IndicatorProblem(
            f"{min(given & ours)} is the id of an indicator that ships with narrows",
            hint="Give your own an id of its own; change parameters of those that ship in settings.toml of the case.",
        )
    if unknown := set(store.settings.params) - known:
        raise UsageError(
            f"settings.toml sets parameters of {min(unknown)}, and there is no such indicator",
            hint="See `narrows indicators list` for the ids.",
        )


def accept(store: Store, indicator: Indicator, reason: str) -> None:
    """Keep an indicator from outside as accepted, with its text.

    Raises:
        IndicatorProblem: it does not hold to its contract.
    """
    findings = check([indicator])
    if findings:
        raise IndicatorProblem(
            f"{indicator.id} does not hold to its contract: {findings[0].message}",
            hint="Run `narrows indicators check DIR`, mend what it names, and accept it then.",
        )
    values = [indicator.hash, indicator.id, store.settings.who, reason, indicator.text]
    store.engine.run(named("screen", "accept"), values)


def run(
    store: Store,
    *,
    outside: Sequence[Indicator] = (),
    weights: Weights | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Run every stable indicator over the case and gather the hits into alerts.

    Args:
        store: the open case.
        outside: indicators that do not ship with Narrows; they run in a locked child process, and their hits count
            only where a person has accepted the file. Those accepted run again without being given.
        weights: what the measures start from.
        progress: is told what is being done.
    """
    engine = store.engine
    with engine.transaction():
        engine.run(named("tables", "derived-screen"))
        lines = prepare(engine, weights or Weights(), progress)
        listed = match_lists(engine, progress)
        taken = {indicator.id: indicator for indicator in accepted(store)}
        given = {indicator.id: indicator for indicator in outside}
        ours = {indicator.id for indicator in shipped()}
        _check_ids(store, ours, {**taken, **given}.keys() | ours, given.keys())
        undone: list[str] = []
        for indicator in shipped():
            if indicator.status == "stable":
                progress(f"{indicator.code} {indicator.title}")
                undone += screen_one(store, indicator, reviewed=True, inside=True)
        for indicator in {**taken, **given}.values():
            progress(f"{indicator.code} {indicator.title} (not part of narrows)")
            undone += screen_one(store, indicator, reviewed=indicator in taken.values(), inside=False)
        progress("gathering alerts")
        engine.run(named("alert", "alerts"))
        engine.run(named("alert", "alert-hits"))
    hits, alerts, gates, deals = engine.row(named("alert", "counts"))
    counts = {
        "lines": lines,
        "transactions": deals,
        "hits": hits,
        "alerts": alerts,
        "with a legal check open": gates,
        **listed,
    }
    return Outcome("screen", counts, undone=tuple(undone))
