"""Map: who supplies whom with what, and where it narrows.

Reads the tables of load and resolve, and `derived.alert`, `.alert_hit`, `.hit` of screen. Writes `derived.place`,
`.flow_line`, `.node`, `.edge`, `.junction`, `.junction_flow`, `.flow`, `.flow_part`,
`.choke_point`.

Each goods line counts once, with the way it went: maker, seller, buyer, consignee, end user, place. Lines of one seller
under one order number tell of one sale, whichever documents they stand in. Carriers, forwarders and banks stand aside
unless they are asked for; private persons are no nodes. Payments, ownership, offices and what firms share are edges of
their own kinds and never part of a flow. Published statistics and declarations summed up stand apart
(statistics.py). Junctions and choke points are structure: those named are often unaware.
"""

from __future__ import annotations

from collections.abc import Callable

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.map import statistics
from narrows.map.choke import keep_choke_points
from narrows.map.groups import registered_groups
from narrows.map.junctions import keep_junctions
from narrows.map.places import keep_party_places
from narrows.map.statistics import run_statistics
from narrows.model.outcome import Outcome

READS = (
    "derived.item", "derived.goods", "derived.party", "derived.party_entity", "derived.entity", "derived.link",
    "derived.linked", "derived.shared", "derived.payment", "derived.address_reading", "derived.alert",
    "derived.alert_hit", "derived.hit", "derived.statistic",
)  # fmt: skip
WRITES = (
    "derived.place", "derived.flow_line", "derived.node", "derived.edge", "derived.junction", "derived.junction_flow",
    "derived.flow", "derived.flow_part", "derived.choke_point", *statistics.WRITES,
)  # fmt: skip


def run(store: Store, *, carriers: bool = False, progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Map a screened case.

    Args:
        store: the open case.
        carriers: carriers, forwarders and banks are nodes too.
        progress: is told what is being done.
    """
    engine = store.engine
    with engine.transaction():
        engine.run(named("tables", "derived-map"))
        progress("following goods")
        _follow(engine, carriers=carriers)
        progress("looking for junctions")
        looked = keep_junctions(engine)
        progress("looking for choke points")
        keep_choke_points(engine)
        aggregate = run_statistics(engine, progress=progress)
    firms, places, supplies, others, lines, without_way, again, unread, undated = engine.row(named("network", "counts"))
    counts = {"goods lines": lines, "firms": firms, "places": places, "supplies": supplies, "other links": others}
    warnings = [
        text
        for count, text in (
            (again, f"{again} lines tell again of goods that another document counts"),
            (without_way, f"{without_way} goods lines name nobody to whom the goods go"),
            (unread, f"{unread} goods lines have no readable commodity and count for no junction"),
            (undated, f"{undated} goods lines have no day"),
        )
        if count
    ]
    junctions, narrow = engine.row(named("network", "found"))
    return Outcome(
        "map",
        {**counts, "firms looked at": looked, "junctions": junctions, "flows": narrow, **aggregate},
        tuple(warnings),
    )


def _follow(engine: Engine, *, carriers: bool) -> None:
    keep_party_places(engine)
    engine.run(named("network", "told"))
    engine.run(named("network", "told-again"))
    engine.run(named("network", "lines"))
    engine.run(named("network", "keep-places"))
    engine.run(named("network", "keep-flow-lines"), {"carriers": carriers})
    with engine.lent("registered", registered_groups(engine)):
        engine.run(named("network", "keep-nodes"))
    engine.run(named("network", "keep-edges"))
    engine.run(named("network", "drop-temporary"))
