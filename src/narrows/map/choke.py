"""Choke points: the few firms on which a stated flow rests, always with the flow and the share.

A set of firms carries the sales whose way leads through one of them. It cuts off those for which no other way remains
along any supply of goods of the same heading on record, from the same source to the same place: what others are seen to
carry is not cut off. Sources (the first on each way) and targets (the last) are never removed, nor is a private person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.errors import NotFound
from narrows.graph.ways import Best, Ways, best_sets, carried, steadiness, ways_of

Floats = NDArray[np.float64]

MOST = 10
_DRAWS = 100
_SEED = 1
# Where goods end whose place no record names.
NOWHERE = -(1 << 62)
# From more sources and headings than this it takes too long to look for other ways, and cut_off is left open.
_STARTS = 2000


@dataclass(frozen=True, slots=True)
class Point:
    """A set of k firms, the best of its size.

    Attributes:
        nodes: the set, the one that carries most first.
        carried, carried_mass, carried_amount: shares of sales, mass, and money in the flow's main currency; None where
            nothing was weighed or valued.
        cut_off: share of sales for which no other way remains; None where there are too many sources to look.
        bound: no set of as many firms carries a greater share of sales.
        exact: proven.
        alone: share of sales that each firm carries by itself.
        steady: how often each firm is in the best set when as many sales are drawn anew.
        low, high: of the set's share, in nine of ten draws.
    """

    nodes: tuple[int, ...]
    carried: float
    carried_mass: float | None
    carried_amount: float | None
    cut_off: float | None
    bound: float
    exact: bool
    alone: tuple[float, ...]
    steady: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Flow:
    """A stated flow and what it rests on.

    Attributes:
        flow, title: its short name; what it is, in words.
        lines, sales, mass, weighed, amount, currency, valued: what belongs to it; weighed and valued count lines.
        sources, targets: the first and the last on its ways.
        cut: a smallest set of firms that carries all that any firm carries; None where it takes more than `MOST`.
        without_firm: lines that go from a source straight to a target.
        points: the best sets of 1, 2, ... firms, up to all or `MOST`.
        noticed: what a reader must know, in sentences.
        names: of the firms in the sets.
    """

    flow: str
    title: str
    lines: int
    sales: int
    mass: float | None
    weighed: int
    amount: float | None
    currency: str | None
    valued: int
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    cut: tuple[int, ...] | None
    without_firm: float
    points: tuple[Point, ...]
    noticed: tuple[str, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody asks about: goods by heading, period, and names of sources and targets; None asks for all."""

    commodities: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None


def keep_choke_points(engine: Engine) -> int:
    """Write `derived.flow` and `derived.choke_point` for the goods under alert; returns how many flows there are."""
    engine.run(named("choke", "lines-under-alert"))
    flow = _flow(engine, "alerts", "goods under alert by flags of two families")
    found = [flow] if flow.lines else []
    with engine.lent("flows", _flow_rows(found)):
        engine.run(named("choke", "keep-flows"))
    engine.run(named("choke", "keep-flow-parts"), {"flow": "alerts"})
    with engine.lent("points", _point_rows(found)):
        engine.run(named("choke", "keep-choke-points"))
    return len(found)


def choke_points(engine: Engine, stated: Stated, most: int = MOST) -> Flow:
    """Return what a flow rests on, as somebody states it.

    Raises:
        NotFound: no node has a name that was given.
    """
    nodes = engine.rows(named("choke", "nodes-named"))
    asked = {
        "commodity": None if stated.commodities is None else list(stated.commodities),
        "since": stated.since, "until": stated.until,
        "sources": _numbers(nodes, stated.sources), "targets": _numbers(nodes, stated.targets),
    }  # fmt: skip
    engine.run(named("choke", "lines-stated"), asked)
    undated = engine.value(named("choke", "undated-stated"), asked)
    noticed = (f"{undated} lines have no day and are not counted in the period",) if undated else ()
    found = _flow(engine, "stated", "goods as stated", most, noticed)
    name_of = dict(nodes)
    chosen = {node for point in found.points for node in point.nodes}
    return replace(found, names={node: name_of.get(node, "no name on record") for node in sorted(chosen)})


def _numbers(nodes: Sequence[tuple[int, str]], wanted: Sequence[str] | None) -> list[int] | None:
    if wanted is None:
        return None
    known: dict[str, list[int]] = defaultdict(list)
    for node, name in nodes:
        known[name.casefold()].append(node)
    found: list[int] = []
    for name in wanted:
        if name.casefold() not in known:
            near = get_close_matches(name.casefold(), known, 3, 0.5)
            hint = f"Near are: {', '.join(near)}." if near else "See `narrows export CASE nodes -o FILE` for the names."
            raise NotFound(f"no firm or place of the network is named {name!r}", hint=hint)
        found += known[name.casefold()]
    return found


class _Network:
    """Every supply on record of the goods of a flow, to look for other ways."""

    def __init__(self, engine: Engine) -> None:
        self._next: dict[tuple[str, int], list[int]] = defaultdict(list)
        table = engine.arrow(named("choke", "supplies"))
        for commodity, source, target in zip(*(column.to_pylist() for column in table.columns), strict=True):
            self._next[commodity, source].append(target)

    def reached(self, commodity: str, source: int, without: frozenset[int]) -> set[int]:
        """Return all nodes that goods of a heading from a source might reach."""
        seen, waiting = {source}, [source]
        while waiting:
            for node in self._next.get((commodity, waiting.pop()), ()):
                if node not in seen and node not in without:
                    seen.add(node)
                    waiting.append(node)
        return seen


class _Otherwise:
    """What share of a flow has no other way once firms are gone."""

    def __init__(
        self, network: _Network, paths: Sequence[Sequence[int]], commodities: Sequence[str], sales: Floats
    ) -> None:
        self._network = network
        self._sales = sales
        # What is asked of each way: goods of which heading, from where, to where.
        self._asked = [
            (commodity, path[0], path[-2] if path[-1] == NOWHERE else path[-1])
            for path, commodity in zip(paths, commodities, strict=True)
        ]

    def cut_off(self, nodes: Sequence[int]) -> float | None:
        """Return the share of sales without another way; None where there are too many sources to look from."""
        starts = {(commodity, source) for commodity, source, _ in self._asked}
        if len(starts) > _STARTS:
            return None
        without = frozenset(nodes)
        reached = {start: self._network.reached(*start, without) for start in starts}
        gone = [target not in reached[commodity, source] for commodity, source, target in self._asked]
        return float(self._sales[gone].sum() / self._sales.sum())


def _flow(engine: Engine, name: str, title: str, most: int = MOST, noticed: tuple[str, ...] = ()) -> Flow:
    lines, sales, mass, weighed, amount, currency, valued = engine.row(named("choke", "flow-totals"))
    table = engine.arrow(named("choke", "ways"))
    paths = [path if path[-1] < 0 else [*path, NOWHERE] for path in table["nodes"].to_pylist()]
    weights = [np.asarray(table[column].to_pylist(), dtype=np.float64) for column in ("sales", "mass", "amount")]
    ends = {node for path in paths for node in (path[0], path[-1])}
    ways = ways_of([[node for node in path if node not in ends] for path in paths])
    other = _Otherwise(_Network(engine), paths, table["commodity"].to_pylist(), weights[0])
    points = _points(other, ways, weights, most) if paths else ()
    straight = weights[0][np.diff(ways.on.indptr) == 0].sum() if paths else 0.0
    whole = bool(points) and points[-1].carried >= 1 - straight / max(weights[0].sum(), 1e-300) - 1e-9
    return Flow(
        flow=name, title=title, lines=lines, sales=sales, mass=mass, weighed=weighed,
        amount=None if amount is None else float(amount), currency=currency, valued=valued,
        sources=tuple(sorted({path[0] for path in paths})), targets=tuple(sorted({path[-1] for path in paths})),
        cut=points[-1].nodes if whole else None, without_firm=float(straight), points=points, noticed=noticed,
    )  # fmt: skip


def _points(other: _Otherwise, ways: Ways, weights: Sequence[Floats], most: int) -> tuple[Point, ...]:
    sales = weights[0]
    total = float(sales.sum())
    best = best_sets(ways, sales, most)
    times, drawn = steadiness(ways, sales, most, draws=_DRAWS, seed=_SEED)
    single = {node: carried(ways, sales, (node,)) / total for node in {n for b in best for n in b.nodes}}
    return tuple(_point(b, ways, weights, single, times, drawn, other.cut_off(b.nodes)) for b in best)


def _point(
    best: Best, ways: Ways, weights: Sequence[Floats], single: dict[int, float], times: list[dict[int, float]],
    drawn: Floats, cut_off: float | None,
) -> Point:  # fmt: skip
    sales, mass, amount = weights
    total = float(sales.sum())
    shares = [carried(ways, draw, best.nodes) / draw.sum() for draw in drawn]
    low, high = np.quantile(shares, [0.05, 0.95])
    return Point(
        nodes=best.nodes, carried=best.carried / total, carried_mass=_share(ways, mass, best.nodes),
        carried_amount=_share(ways, amount, best.nodes), cut_off=cut_off, bound=min(best.bound / total, 1.0),
        exact=best.exact, alone=tuple(single[node] for node in best.nodes),
        steady=tuple(times[len(best.nodes) - 1].get(node, 0.0) for node in best.nodes),
        low=float(low), high=float(high),
    )  # fmt: skip


def _share(ways: Ways, weights: Floats, nodes: Sequence[int]) -> float | None:
    total = float(weights.sum())
    return carried(ways, weights, nodes) / total if total > 0 else None


def _flow_rows(flows: Sequence[Flow]) -> pa.Table:
    ints = pa.list_(pa.int64())
    return pa.table(
        {
            "flow": pa.array([f.flow for f in flows], pa.string()),
            "title": pa.array([f.title for f in flows], pa.string()),
            "lines": pa.array([f.lines for f in flows], pa.int64()),
            "sales": pa.array([f.sales for f in flows], pa.int64()),
            "mass": pa.array([f.mass for f in flows], pa.float64()),
            "weighed": pa.array([f.weighed for f in flows], pa.int64()),
            "amount": pa.array([f.amount for f in flows], pa.float64()),
            "currency": pa.array([f.currency for f in flows], pa.string()),
            "valued": pa.array([f.valued for f in flows], pa.int64()),
            "sources": pa.array([list(f.sources) for f in flows], ints),
            "targets": pa.array([list(f.targets) for f in flows], ints),
            "cut": pa.array([None if f.cut is None else list(f.cut) for f in flows], ints),
            "without_firm": pa.array([f.without_firm for f in flows], pa.float64()),
        }
    )


def _point_rows(flows: Sequence[Flow]) -> pa.Table:
    rows = [
        (f.flow, len(p.nodes), nth, node, p.carried, p.carried_mass, p.carried_amount, p.cut_off, p.bound, p.exact,
         p.alone[nth - 1], p.steady[nth - 1], p.low, p.high)
        for f in flows for p in f.points for nth, node in enumerate(p.nodes, start=1)
    ]  # fmt: skip
    columns = {
        "flow": pa.string(), "k": pa.int32(), "nth": pa.int32(), "node": pa.int64(), "carried": pa.float64(),
        "carried_mass": pa.float64(), "carried_amount": pa.float64(), "cut_off": pa.float64(), "bound": pa.float64(),
        "exact": pa.bool_(), "alone": pa.float64(), "steady": pa.float64(), "low": pa.float64(), "high": pa.float64(),
    }  # fmt: skip
    return pa.table({name: pa.array([row[n] for row in rows], kind) for n, (name, kind) in enumerate(columns.items())})
