"""Aggregate trade: sums on one footing, and what in them asks a question (AGG-01 to AGG-03).

A mirror gap, a surge or a co-movement is a question about statistics, for people to look into. Public sums say nothing
about any firm, and none of these raises an alert. The usual answers are ordinary: re-exports, confidentiality,
revision, transit, freight and insurance, a harvest, a stock cycle, a tariff change, a large project, trade that moved
from one heading to another. The SQL is in `schema/statistics.sql` and `schema/surges.sql`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.vocab.catalogue import catalogue

READS = ("derived.statistic", "derived.item", "derived.goods")
WRITES = (
    "derived.trade_flow", "derived.statistic_aside", "derived.mirror_silent", "derived.mirror_gap", "derived.surge",
    "derived.co_movement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is a question; set by hand and measured in bench/statistics.md, not from any source.

    Attributes:
        freight: what freight and insurance may add to imports by value, as a factor. The International Monetary Fund's
            Direction of Trade Statistics long used 1.10.
        deviations: robust deviations (1.4826 times the median absolute deviation) from what is usual.
        gap: how many times as much as usual one side must tell against the other.
        surge: how many times as much as before.
        least_spread: least deviation of a log ratio or a log step.
        history: windows of a pair from which on its own history counts.
        pairs: pairs of a heading from which on they stand in for it.
        traded, known: months with trade that a series needs; months known before a step.
        share: of the teller's trade in the heading that a surging flow must reach.
        kinds: kinds of goods that surge together.
        by_chance: co-movements expected by chance among all windows looked at, above which none is told.
    """

    freight: float = 1.10
    deviations: float = 4.0
    gap: float = 1.6
    surge: float = 2.0
    least_spread: float = 0.15
    history: int = 12
    pairs: int = 5
    traded: int = 3
    known: int = 12
    share: float = 0.01
    kinds: int = 3
    by_chance: float = 1.0


def run_statistics(
    engine: Engine, limits: Limits | None = None, progress: Callable[[str], None] = lambda _: None
) -> dict[str, int]:
    """Add up statistics and declarations and write the six tables; call it inside a transaction.

    Args:
        engine: of the open case.
        limits: from where on something is a question.
        progress: is told what is being done.

    Returns:
        What was counted, by name; empty where the case holds no statistics and no declarations.
    """
    engine.run(named("tables", "derived-statistics"))
    if not engine.value(named("statistics", "any")):
        return {}
    chosen = limits or Limits()
    engine.run(named("statistics", "words"))
    progress("adding up statistics")
    for step in ("keep-asides", "keep-published", "keep-declared", "reported"):
        engine.run(named("statistics", step))
    progress("comparing both sides")
    _mirror(engine, chosen)
    progress("looking for surges")
    _surges(engine, chosen)
    rows, flows, aside, gaps, silent, surges, movements = engine.row(named("statistics", "counts"))
    return {
        "rows of statistics": rows, "aggregate flows": flows, "rows kept out of sums": aside, "mirror gaps": gaps,
        "flows told by one side only": silent, "surges": surges, "co-movements": movements,
    }  # fmt: skip


def _mirror(engine: Engine, limits: Limits) -> None:
    for step in ("sides", "pairs", "keep-silent", "mirror-keys", "mirror-cells"):
        engine.run(named("statistics", step))
    engine.run(named("statistics", "mirror-windows"), {"freight": log(limits.freight)})
    bands = {"history": limits.history, "pairs": limits.pairs, "least_spread": limits.least_spread}
    engine.run(named("statistics", "mirror-bands"), bands)
    engine.run(named("statistics", "keep-gaps"), {"deviations": limits.deviations, "least": log(limits.gap)})


def _surges(engine: Engine, limits: Limits) -> None:
    strong = {"deviations": limits.deviations, "least": log(limits.surge)}
    engine.run(named("surges", "series"), {"traded": limits.traded})
    for step in ("calendar", "cells", "levels"):
        engine.run(named("surges", step))
    known = {"known": limits.known, "least_spread": limits.least_spread, "share": limits.share}
    engine.run(named("surges", "steps"), known)
    engine.run(named("surges", "events"), strong)
    engine.run(named("surges", "told-months"))
    engine.run(named("surges", "keep-surges"), strong)
    listed = sorted({code.code[:4] for codes in catalogue().codes.values() for code in codes})
    with engine.lent("listed_heading", pa.table({"heading": pa.array(listed, pa.string())})):
        engine.run(named("surges", "keep-movements"), {"kinds": limits.kinds, "by_chance": limits.by_chance})
