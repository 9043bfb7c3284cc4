"""Screen: what deserves a look, and what could not be checked.

Reads the tables of load and resolve, and `view.*`. Writes `derived.trade_line`, `derived.substance`,
`derived.substance_code`, `derived.hit`, `derived.coverage`, `derived.alert`, `derived.alert_hit`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.model.outcome import Outcome
from narrows.screen.contract import Indicator, shipped
from narrows.screen.hits import screen_one
from narrows.screen.measures import Weights, prepare

READS = (
    "derived.item", "derived.goods", "derived.party_entity", "derived.entity", "derived.identifier", "derived.linked",
    "derived.payment", "derived.payment_deal", "derived.statement", "judgement.accepted_indicator", "view.*",
)  # fmt: skip
WRITES = (
    "derived.trade_line", "derived.substance", "derived.substance_code", "derived.hit", "derived.coverage",
    "derived.alert", "derived.alert_hit",
)  # fmt: skip


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
            only where a person has accepted the file.
        weights: what the measures start from.
        progress: is told what is being done.
    """
    engine = store.engine
    with engine.transaction():
        lines = prepare(engine, weights or Weights(), progress)
        engine.run(named("tables", "derived-screen"))
        accepted = {hash_ for (hash_,) in engine.rows(named("screen", "accepted"))}
        undone: list[str] = []
        for indicator in shipped():
            if indicator.status == "stable":
                progress(f"{indicator.code} {indicator.title}")
                undone += screen_one(store, indicator, reviewed=True, inside=True)
        for indicator in outside:
            progress(f"{indicator.code} {indicator.title} (not part of narrows)")
            undone += screen_one(store, indicator, reviewed=indicator.hash in accepted, inside=False)
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
    }
    return Outcome("screen", counts, undone=tuple(undone))
