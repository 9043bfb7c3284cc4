"""The rows of `derived.replay` and `derived.replay_sharing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from narrows.hindsight.schemes import Consignment, Scheme
from narrows.hindsight.told import amounts, between, mass, parted, told_alone, told_scheme, told_shared
from narrows.hindsight.walk import Alone, Asked, Shared, first_alone

_MONEY = pa.decimal128(38, 4)
_CODES = pa.list_(pa.string())
_RECORDS = pa.list_(pa.int64())
_PARTED = pa.list_(pa.struct([("currency", pa.string()), ("before", _MONEY), ("that_day", _MONEY), ("after", _MONEY)]))
_AMOUNTS = pa.list_(pa.struct([("currency", pa.string()), ("amount", _MONEY)]))

_ANSWER = pa.schema(
    [("scheme", pa.string()), ("first_hit", pa.date32()), ("first_by", pa.string()), ("told", pa.string())]
)
_REPLAY = pa.schema(
    [
        ("scheme", pa.string()), ("actor", pa.int32()), ("kind", pa.string()), ("name", pa.string()),
        ("entity", pa.int64()), ("records", pa.int64()), ("first_seen", pa.date32()), ("last_seen", pa.date32()),
        ("first_hit", pa.date32()), ("code", pa.string()), ("codes", _CODES), ("reason", pa.string()),
        ("record", pa.int64()), ("evidence", _RECORDS), ("first_alert", pa.date32()), ("alert_codes", _CODES),
        ("before", pa.int64()), ("that_day", pa.int64()), ("after", pa.int64()), ("undated", pa.int64()),
        ("mass_before", pa.float64()), ("mass_that_day", pa.float64()), ("mass_after", pa.float64()),
        ("amounts", _PARTED), ("alert_before", pa.int64()), ("alert_after", pa.int64()), ("told", pa.string()),
    ]
)  # fmt: skip
_SHARING = pa.schema(
    [
        ("scheme", pa.string()), ("left_actor", pa.int32()), ("right_actor", pa.int32()), ("left_name", pa.string()),
        ("right_name", pa.string()), ("left_entity", pa.int64()), ("right_entity", pa.int64()),
        ("first_hit", pa.date32()), ("code", pa.string()), ("codes", _CODES), ("reason", pa.string()),
        ("record", pa.int64()), ("evidence", _RECORDS), ("alone", pa.date32()), ("alone_by", pa.string()),
        ("days", pa.int64()), ("moved_between", pa.int64()), ("mass_between", pa.float64()), ("amounts", _AMOUNTS),
        ("only_together", _CODES), ("told", pa.string()),
    ]
)  # fmt: skip


def answer_rows(schemes: Iterable[Scheme], found: Sequence[tuple[Scheme, Alone]]) -> pa.Table:
    """Return what `derived.scheme` is to say of schemes that were replayed: who could first have asked."""
    rows = []
    for scheme in schemes:
        mine = [one for of, one in found if of is scheme]
        first = first_alone(mine)
        answer = (
            {}
            if first is None or first.hit is None
            else {"first_hit": first.hit.day, "first_by": first.sight.actor.name}
        )
        rows.append({"scheme": scheme.scheme, "told": told_scheme(mine, scheme.consignments), **answer})
    return pa.Table.from_pylist(rows, schema=_ANSWER)


def replay_rows(found: Iterable[tuple[Scheme, Alone]]) -> pa.Table:
    """Return the rows of `derived.replay`."""
    return pa.Table.from_pylist([_alone(scheme, one) for scheme, one in found], schema=_REPLAY)


def sharing_rows(found: Iterable[tuple[Scheme, Shared]]) -> pa.Table:
    """Return the rows of `derived.replay_sharing`."""
    return pa.Table.from_pylist([_shared(scheme, both) for scheme, both in found], schema=_SHARING)


def _alone(scheme: Scheme, found: Alone) -> dict[str, Any]:
    actor, days = found.sight.actor, found.sight.days
    return {
        "scheme": scheme.scheme, "actor": actor.number, "kind": actor.kind, "name": actor.name, "entity": actor.entity,
        "records": len(found.sight.records), "first_seen": days[0], "last_seen": days[-1], **_asked(found.hit),
        **({} if found.hit is None else _moved(scheme.consignments, found.hit.day)), **_alerted(scheme, found.alert),
        "told": told_alone(found, scheme.consignments),
    }  # fmt: skip


def _asked(asked: Asked | None) -> dict[str, Any]:
    if asked is None:
        return {}
    first = asked.first
    return {
        "first_hit": asked.day, "code": first.code, "codes": asked.codes, "reason": first.says, "record": first.record,
        "evidence": list(first.evidence),
    }  # fmt: skip


def _alerted(scheme: Scheme, alert: Asked | None) -> dict[str, Any]:
    if alert is None:
        return {}
    before, after = parted(scheme.consignments, alert.day)
    return {
        "first_alert": alert.day, "alert_codes": alert.codes, "alert_before": len(before), "alert_after": len(after),
    }  # fmt: skip


def _moved(consignments: tuple[Consignment, ...], day: date) -> dict[str, Any]:
    before, rest = parted(consignments, day)
    that_day, after = [c for c in rest if c.day == day], [c for c in rest if c.day != day]
    worth = {"before": amounts(before), "that_day": amounts(that_day), "after": amounts(after)}
    nothing = Decimal(0)
    return {
        "before": len(before), "that_day": len(that_day), "after": len(after),
        "undated": len(consignments) - len(before) - len(rest),
        "mass_before": mass(before), "mass_that_day": mass(that_day), "mass_after": mass(after),
        "amounts": [
            {"currency": c, **{name: part.get(c, nothing) for name, part in worth.items()}}
            for c in amounts(consignments)
        ],
    }  # fmt: skip


def _shared(scheme: Scheme, found: Shared) -> dict[str, Any]:
    alone = None if found.alone is None or found.alone.hit is None else found.alone.hit.day
    told = {
        "scheme": scheme.scheme, "left_actor": found.left.number, "right_actor": found.right.number,
        "left_name": found.left.name, "right_name": found.right.name, "left_entity": found.left.entity,
        "right_entity": found.right.entity, **_asked(found.hit), "alone": alone,
        "alone_by": None if found.alone is None else found.alone.sight.actor.name,
        "only_together": list(found.only), "told": told_shared(found, scheme.consignments),
    }  # fmt: skip
    if found.hit is not None:
        moved = between(scheme.consignments, found.hit.day, alone)
        told |= {
            "days": None if alone is None else (alone - found.hit.day).days, "moved_between": len(moved),
            "mass_between": mass(moved), "amounts": [{"currency": c, "amount": a} for c, a in amounts(moved).items()],
        }  # fmt: skip
    return told
