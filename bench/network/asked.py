"""What a case answers: entities and their trade, and the tables that map, trace and replay make.

One function for each question, so that the measurement knows nothing of how Narrows is asked.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.network.rivals import Line, Supply
from bench.network.score import Step
from narrows import api
from narrows.casefile.engine import Engine
from narrows.vocab.gazetteer import place

# The parties of each goods line as resolved: who made, sold, carried, bought and received it, and of what heading.
LINES = """
SELECT g.heading, i.net_mass, m.entity, coalesce(s.entity, n.entity), f.entity, c.entity, b.entity, e.entity
FROM derived.item AS i
LEFT JOIN derived.goods AS g ON g.goods = i.goods
LEFT JOIN derived.party_entity AS m ON m.party = i.manufacturer
LEFT JOIN derived.party_entity AS s ON s.party = i.seller
LEFT JOIN derived.party_entity AS n ON n.party = i.consignor
LEFT JOIN derived.party_entity AS f ON f.party = i.forwarder
LEFT JOIN derived.party_entity AS c ON c.party = i.carrier
LEFT JOIN derived.party_entity AS b ON b.party = i.buyer
LEFT JOIN derived.party_entity AS e ON e.party = i.consignee
ORDER BY i.record
"""
# Which entity carries which tax number or register number.
NUMBERS = """
SELECT e.entity, p.vat, p.registration FROM derived.party AS p JOIN derived.party_entity AS e USING (party)
WHERE p.vat IS NOT NULL OR p.registration IS NOT NULL ORDER BY p.record
"""
LOGISTICS = "SELECT entity FROM derived.entity WHERE logistics ORDER BY entity"
TIES = (
    "SELECT a, b FROM derived.linked WHERE how IN ('owner', 'officer', 'common-owner', 'common-officer') ORDER BY ALL"
)
PERSONS = "SELECT entity FROM derived.entity WHERE kind = 'person' ORDER BY entity"


@dataclass(frozen=True, slots=True)
class Known:
    """The firms of the truth as entities of the case: key -> entities that bear its number, and the other way."""

    entities: dict[str, frozenset[int]]
    firm: dict[int, str]


def supply(case: api.Case) -> Supply:
    """The trade of a case between entities as Narrows resolved them."""
    engine = _engine(case)
    lines = [Line(str(heading or ""), float(mass or 0), *ends) for heading, mass, *ends in engine.rows(LINES)]
    return Supply(lines, frozenset(e for (e,) in engine.rows(LOGISTICS)), _groups(engine))


def known(case: api.Case, firms: dict[str, dict[str, str]]) -> Known:
    """Find the planted firms by the numbers that only they bear; an entity is the firm whose number it bears most."""
    by_number = {n["tax"]: key for key, n in firms.items()} | {n["number"]: key for key, n in firms.items()}
    counts: dict[int, Counter[str]] = {}
    for entity, *numbers in _engine(case).rows(NUMBERS):
        for number in numbers:
            if number in by_number:
                counts.setdefault(entity, Counter())[by_number[number]] += 1
    firm = {entity: count.most_common(1)[0][0] for entity, count in counts.items()}
    entities: dict[str, set[int]] = {}
    for entity, key in firm.items():
        entities.setdefault(key, set()).add(entity)
    return Known({key: frozenset(found) for key, found in entities.items()}, firm)


def _groups(engine: Engine) -> dict[int, int]:
    """For each entity the smallest of those that registers link with it, persons and what they tie counted."""
    top: dict[int, int] = {}

    def find(entity: int) -> int:
        while top.get(entity, entity) != entity:
            entity = top[entity]
        return entity

    persons = {e for (e,) in engine.rows(PERSONS)}
    for a, b in engine.rows(TIES):
        low, high = sorted((find(a), find(b)))
        top[high] = low
    ends = {entity: find(entity) for entity in list(top)}
    firms: dict[int, int] = {}
    for entity in sorted(ends):
        if entity not in persons:
            firms.setdefault(ends[entity], entity)
    return {entity: firms[end] for entity, end in ends.items() if entity not in persons}


def _engine(case: api.Case) -> Engine:
    engine = case._store.engine
    assert isinstance(engine, Engine)
    return engine


def load(folder: Path, files: list[Path], settings: api.Settings) -> api.Case:
    """A new case of these files, resolved."""
    case = api.new(folder, settings=settings)
    for file in files:
        case.load(file)
    case.resolve()
    return case


@dataclass(frozen=True, slots=True)
class Choke:
    """What Narrows says of one flow: the firms of its smallest cut (None: it gives none), and its best sets by size."""

    cut: list[int] | None
    sets: dict[int, list[int]]

    def best(self, k: int) -> list[int]:
        """The firms it names for `k`; those of the next smaller set where there is none of that size."""
        return self.sets.get(max((n for n in self.sets if n <= k), default=0), [])


@dataclass(frozen=True, slots=True)
class Custody:
    """The custody links that Narrows gives, and those of them that it holds for contradicted."""

    steps: set[Step]
    contradicted: set[Step]


def has(table: str) -> bool:
    """Whether this version of Narrows has a table."""
    return table in api.tables()


def work_out(case: api.Case, *verbs: str) -> None:
    """Run the stages that are there."""
    for verb in verbs:
        work = getattr(case, verb, None)
        if work is not None:
            work()


def junctions(case: api.Case) -> list[frozenset[int]] | None:
    """The junctions, the most unusual first, each a group of entities; None without such a table."""
    if not has("junctions"):
        return None
    found = _engine(case).rows("SELECT members FROM derived.junction ORDER BY rank")
    return [frozenset(members) for (members,) in found]


def choke_points(case: api.Case, flow: Mapping[str, Any], known: Known) -> dict[str, Choke]:
    """The choke points of one flow, from its sellers to its towns, in both ways that Narrows has; {} without them."""
    if not has("choke-points"):
        return {}
    engine = _engine(case)
    read = (place(text, flow["country"]) for text in flow["towns"])
    towns = {found.id for found in read if found is not None}
    ends = {
        -number: name
        for number, name, key in engine.rows("SELECT place, name, key FROM derived.place ORDER BY place")
        if key in towns
    }
    sources = {e for key in flow["sources"] for e in known.entities.get(key, ())}
    found = {"Narrows, ways on record": _ways_on_record(case, flow["heading"], sources, ends)}
    if hasattr(api, "choke_points"):
        found = {"Narrows": _edges_on_record(case, flow["heading"], sources, set(ends)), **found}
    return found


def _ways_on_record(case: api.Case, heading: str, sources: set[int], targets: Mapping[int, str]) -> Choke:
    """`narrows map`: on whom the lines rest whose ways lead from a source to a place."""
    name = dict(_engine(case).rows("SELECT node, name FROM derived.node ORDER BY node"))
    sellers = sorted({name[e] for e in sources if name.get(e)})
    if not sellers or not targets:
        return Choke(None, {})
    told = case.choke_points(commodities=[heading], sources=sellers, targets=sorted(set(targets.values())), most=5)
    return Choke(None if told.cut is None else list(told.cut), {len(p.nodes): list(p.nodes) for p in told.points})


def _edges_on_record(case: api.Case, heading: str, sources: set[int], targets: set[int]) -> Choke:
    """`narrows chokepoints` on the edges that the case exports: every way along them counts. Nodes by number."""
    query = "SELECT source, target, mass FROM derived.edge WHERE kind = 'supply' AND commodity = $heading ORDER BY edge"
    rows = _engine(case).rows(query, {"heading": heading})
    path = case.path / f"edges-{heading}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "target", "weight"), *((f"n{a}", f"n{b}", mass) for a, b, mass in rows)])
    nodes = {node for a, b, _ in rows for node in (a, b)}
    ends = [[f"n{node}" for node in sorted(side & nodes)] for side in (sources, targets)]
    if not all(ends):
        return Choke(None, {})
    choke = api.choke_points(path, source=ends[0], target=ends[1], most=5).choke
    if choke is None:
        return Choke(None, {})
    cut = [int(name[1:]) for name in choke.cut.nodes]
    return Choke(cut, {b.k: [int(name[1:]) for name in b.nodes] for b in choke.best} | {len(cut): cut})


def custody(case: api.Case, known: Known) -> Custody | None:
    """The links of the likeliest chain of every item, from firm to firm; None without such a table."""
    if not has("custody"):
        return None
    steps, wrong = set(), set()
    query = "SELECT item, giver, taker, state FROM derived.custody_link WHERE chain = 1 ORDER BY ALL"
    for item, giver, taker, state in _engine(case).rows(query):
        if giver is not None and taker is not None:
            step = (item, known.firm.get(giver, f"entity {giver}"), known.firm.get(taker, f"entity {taker}"))
            steps.add(step)
            if state == "contradicted":
                wrong.add(step)
    return Custody(steps, wrong)


def replay(
    case: api.Case, schemes: Sequence[Mapping[str, Any]], known: Known
) -> dict[tuple[int, str, str], date | None] | None:
    """The first day for each planted scheme and actor, of a flag and of an alert; None without such a table.

    A scheme of Narrows is the planted one whose orders its alerts are about.
    """
    if not has("replay"):
        return None
    engine = _engine(case)
    planted = {number: i for i, scheme in enumerate(schemes) for number in scheme["orders"]}
    number = dict(engine.rows("SELECT alert, document_no FROM derived.alert"))
    of = {
        scheme: {planted[number[alert]] for alert in alerts if number.get(alert) in planted}
        for scheme, alerts in engine.rows("SELECT scheme, alerts FROM derived.scheme")
    }
    first: dict[tuple[int, str, str], date | None] = {}
    query = "SELECT scheme, kind, entity, first_hit, first_alert FROM derived.replay ORDER BY ALL"
    for scheme, kind, entity, hit, alert in engine.rows(query):
        who = {"all": "all", "distributor": f"seller {known.firm.get(entity)}"}.get(kind)
        who = who or f"carrier {known.firm.get(entity)}"
        for i in of[scheme]:
            for what, day_ in (("hit", hit), ("alert", alert)):
                days_ = [d for d in (first.get((i, who, what)), day_) if d is not None]
                first[i, who, what] = min(days_, default=None)
    return first
