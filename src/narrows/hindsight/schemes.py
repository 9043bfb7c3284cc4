"""Which alerts belong together as one scheme, and what moved in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named


@dataclass(frozen=True, slots=True)
class Consignment:
    """What moved under one document: its day, its weight in kg, its value by currency."""

    day: date | None
    mass: float | None
    amounts: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Alerts that belong together.

    Attributes:
        scheme: its stable name, as `derived.scheme` has it.
        title: its parties in words.
        parties: the entities through which its alerts are joined.
        consignments: what moved, each once.
        records: all that belongs to it, as (shape, record), and of which of its goods lines each tells: the lines
            themselves ("item"), payments, statements.
    """

    scheme: str
    title: str
    parties: frozenset[int]
    consignments: tuple[Consignment, ...]
    records: Mapping[tuple[str, int], Set[int]]

    @property
    def numbers(self) -> frozenset[int]:
        """The records, whatever they are."""
        return frozenset(record for _, record in self.records)


def lay_schemes(engine: Engine) -> list[Scheme]:
    """Write `derived.scheme` and `derived.scheme_consignment`; returns the schemes in the order of the queue."""
    parts = engine.arrow(named("replay", "joined-alerts"))
    with engine.lent("scheme_part", parts):
        linked = engine.rows(named("replay", "registered-pairs"))
        members = _components(
            engine, list(zip(*(parts[c].to_pylist() for c in ("alert", "entity")), strict=True)), linked
        )
        with engine.lent("scheme_member", members):
            engine.run(named("replay", "lay-schemes"))
        engine.run(named("replay", "scheme-lines"))
        engine.run(named("replay", "consignments"))
        engine.run(named("replay", "schemes"))
    records: dict[str, dict[tuple[str, int], set[int]]] = {}
    for scheme, shape, record, line in engine.rows(named("replay", "scheme-records")):
        records.setdefault(scheme, {}).setdefault((shape, record), set()).add(line)
    engine.run(named("replay", "forget-schemes"))
    return [
        Scheme(scheme, title, frozenset(parties), _moved(engine, scheme), records[scheme])
        for scheme, title, parties in engine.rows(named("replay", "list-schemes"))
    ]


def _moved(engine: Engine, scheme: str) -> tuple[Consignment, ...]:
    rows = engine.rows(named("replay", "list-consignments"), [scheme])
    return tuple(Consignment(day, mass, {a["currency"]: a["amount"] for a in amounts}) for day, mass, amounts in rows)


def _components(engine: Engine, parts: Iterable[tuple[str, int]], linked: Iterable[tuple[int, int]]) -> pa.Table:
    """Return alert and component: alerts with a party in common are one, and so are those of linked parties."""
    parent: dict[object, object] = {}

    def root(node: object) -> object:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in (*parts, *linked):
        parent[root(one)] = root(other)
    alerts = [alert for (alert,) in engine.rows(named("replay", "list-alerts"))]
    number: dict[object, int] = {}
    found = [number.setdefault(root(alert), len(number)) for alert in alerts]
    return pa.table({"alert": pa.array(alerts, pa.string()), "component": pa.array(found, pa.int64())})
