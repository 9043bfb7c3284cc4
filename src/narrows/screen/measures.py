"""Measures: what is heavy or hard to say in an indicator, computed once for all goods lines.

How usual goods are for an activity, and where a quantity stands in the history of its buyer or among its peers. The
SQL is in `schema/measure.sql`; what is set here are starting points, not figures from any source.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.vocab.activities import usual_chapters
from narrows.vocab.catalogue import EU_RESTRICTED, catalogue, headings


@dataclass(frozen=True, slots=True)
class Weights:
    """What the measures assume before they have seen data.

    Attributes:
        weight: how many organisations the wider level counts for when a narrower one is learned.
        usual, unusual: share assumed at the widest level for chapters that the curated table names for an activity,
            and for those that it does not.
        enough_peers: organisations of a division below which, without a curated row, nothing is said.
        enough_lines: lines below which a quantity is not compared.
        floor: least spread of quantities, in tenths of a natural logarithm (3 = 35 %).
    """

    weight: int = 5
    usual: float = 0.25
    unusual: float = 0.01
    enough_peers: int = 5
    enough_lines: int = 6
    floor: float = 3.0


def prepare(engine: Engine, weights: Weights, progress: Callable[[str], None]) -> int:
    """Write `derived.trade_line`, the lines with their measures, and the tables of substances; returns the lines."""
    _substances(engine)
    progress("joining parties and goods")
    engine.run(named("measure", "lines"))
    progress("learning what is usual")
    engine.run(named("measure", "had"))
    engine.run(named("measure", "class-usual"))
    with engine.lent("curated", _curated(engine)):
        engine.run(
            named("measure", "usual"),
            {
                "weight": weights.weight,
                "usual": weights.usual,
                "unusual": weights.unusual,
                "enough": weights.enough_peers,
            },
        )
    progress("learning quantities")
    engine.run(named("measure", "quantities"))
    engine.run(named("measure", "quantity-groups"), {"enough": weights.enough_lines})
    engine.run(named("measure", "quantity-norms"), {"floor": weights.floor})
    engine.run(named("measure", "norms-for-buyers"))
    progress("writing lines")
    engine.run(named("measure", "trade-lines"))
    engine.run(named("measure", "drop-temporary"))
    engine.run(named("view", "views"))
    return int(engine.value(named("measure", "count")))


def _curated(engine: Engine) -> pa.Table:
    """The curated table for the activities and chapters of this case."""
    rows = []
    for activity, chapter in engine.rows(named("measure", "activities-and-chapters")):
        usual = usual_chapters(activity)
        if usual is not None:
            rows.append((activity, chapter, "*" in usual or chapter in usual))
    return pa.table(
        {
            "activity": pa.array([a for a, _, _ in rows], pa.string()),
            "chapter": pa.array([c for _, c, _ in rows], pa.string()),
            "usual": pa.array([u for _, _, u in rows], pa.bool_()),
        }
    )


def _substances(engine: Engine) -> None:
    known = catalogue()
    restricted = known.entries(EU_RESTRICTED)
    keys = sorted(known.substances)
    limits = [restricted.get(key) for key in keys]
    substances = pa.table(
        {
            "substance": pa.array(keys, pa.string()),
            "title": pa.array([known.substances[k].title for k in keys], pa.string()),
            "limit_value": pa.array([None if e is None else e.limit for e in limits], pa.float64()),
            "licence_ceiling": pa.array([None if e is None else e.licence_ceiling for e in limits], pa.float64()),
        }
    )
    pairs = [(key, heading) for key in keys for heading in headings(key)]
    codes = pa.table(
        {
            "substance": pa.array([s for s, _ in pairs], pa.string()),
            "heading": pa.array([h for _, h in pairs], pa.string()),
        }
    )
    with engine.lent("substances", substances), engine.lent("codes", codes):
        engine.run(named("measure", "substances"))
