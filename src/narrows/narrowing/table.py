"""Choke points as a table: a row for each node of each best set, each with the flow and the share."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from narrows.narrowing import Narrowing

_NUMBERS = (
    "share", "bound", "cut_off", "pairs_cut", "stays", "share_low", "share_high", "fragmentation_before",
    "fragmentation_after",
)  # fmt: skip
_SCHEMA = pa.schema([
    ("flow", pa.string()), ("k", pa.int32()), ("node", pa.string()), ("alike", pa.string()), ("exact", pa.bool_()),
    *((name, pa.float64()) for name in _NUMBERS),
])  # fmt: skip


def as_table(found: Narrowing) -> pa.Table:
    """Return choke points, or key players, as a table; what does not apply is empty."""
    rows: list[dict[str, Any]] = []
    for best in found.choke.best if found.choke else ():
        for place, node in enumerate(best.nodes):
            rows.append({
                "flow": found.stated, "k": best.k, "node": node, "alike": "; ".join(best.alike[place]),
                "exact": best.exact, "share": best.share, "bound": best.bound, "cut_off": best.cut_off,
                "pairs_cut": best.pairs, "stays": best.stays[place] if best.stays else None, "share_low": best.low,
                "share_high": best.high,
            })  # fmt: skip
    for players in found.players:
        for node in players.nodes:
            rows.append({
                "flow": found.stated, "k": players.k, "node": node, "exact": False,
                "fragmentation_before": players.before, "fragmentation_after": players.after,
            })  # fmt: skip
    return pa.Table.from_pylist(rows, schema=_SCHEMA)
