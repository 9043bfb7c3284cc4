"""Map: trade as a whole.

Reads the tables of load. Writes `derived.trade_flow`, `.statistic_aside`, `.mirror_silent`, `.mirror_gap`, `.surge`,
`.co_movement`.
"""

from __future__ import annotations

from collections.abc import Callable

from narrows.casefile.store import Store
from narrows.map import statistics
from narrows.map.statistics import run_statistics
from narrows.model.outcome import Outcome

READS = statistics.READS
WRITES = statistics.WRITES


def run(store: Store, *, carriers: bool = False, progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Map a case.

    Args:
        store: the open case.
        carriers: carriers, forwarders and banks are nodes too; statistics have none.
        progress: is told what is being done.
    """
    with store.engine.transaction():
        counts = run_statistics(store.engine, progress=progress)
    return Outcome("map", counts)
