"""Writes the tables of custody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.trace.candidates import Candidate
from narrows.trace.deliveries import amount_of
from narrows.trace.gather import Gathered
from narrows.trace.model import STATES, Chain, Item, Link, Paper, independent
from narrows.trace.notes import notes, twins_of
from narrows.trace.settle import Ask

PRIVATE = "a private individual"
NOBODY = "nobody on record"

_TEXTS, _RECORDS = pa.list_(pa.string()), pa.list_(pa.int64())
_ITEM = {
    "item": pa.string(), "record": pa.int64(), "item_no": pa.string(), "date": pa.date32(), "place": pa.string(),
    "country": pa.string(), "latitude": pa.float64(), "longitude": pa.float64(), "description": pa.string(),
    "marking": pa.string(), "lot": pa.string(), "serial": pa.string(), "quantity": pa.float64(),
    "measure": pa.string(), "photo": pa.string(), "photo_source": pa.string(), "maker": pa.int64(),
    "maker_from": pa.string(), "made": pa.date32(), "made_record": pa.int64(), "last_custodian": pa.int64(),
    "last_date": pa.date32(), "chains": pa.int32(), "links": pa.int32(), "documented": pa.int32(),
    "inferred": pa.int32(), "contradicted": pa.int32(), "missing": pa.int32(), "sources": pa.int32(),
    "days": pa.int64(), "days_rank": pa.int32(), "days_of": pa.int32(), "days_median": pa.float64(),
    "says": pa.string(),
}  # fmt: skip
_MARK = {
    "item": pa.string(), "record": pa.int64(), "field": pa.string(), "written": pa.string(), "found": pa.string(),
    "how": pa.string(), "agree": pa.int32(), "of": pa.int32(), "taken": pa.bool_(), "why": pa.string(),
}  # fmt: skip
_CHAIN = {
    "item": pa.string(), "chain": pa.int32(), "cost": pa.float64(), "last_custodian": pa.int64(),
    "last_date": pa.date32(), "links": pa.int32(), "documented": pa.int32(), "inferred": pa.int32(),
    "contradicted": pa.int32(), "missing": pa.int32(), "sources": pa.int32(), "why": _TEXTS,
}  # fmt: skip
_LINK = {
    "item": pa.string(), "chain": pa.int32(), "step": pa.int32(), "giver": pa.int64(), "taker": pa.int64(),
    "kind": pa.string(), "state": pa.string(), "level": pa.int32(), "date": pa.date32(), "until": pa.date32(),
    "days": pa.int64(), "quantity": pa.float64(), "measure": pa.string(), "received": pa.float64(),
    "gave": pa.float64(), "how": pa.string(), "sources": pa.int32(), "grades": _TEXTS, "documents": _TEXTS,
    "records": _RECORDS, "why": _TEXTS,
}  # fmt: skip
_PARTY = {"entity": pa.int64(), "name": pa.string(), "private": pa.bool_()}
_NOTE = {"item": pa.string(), "kind": pa.string(), "says": pa.string(), "records": _RECORDS}
_ASK = {
    "rank": pa.int32(), "party": pa.int64(), "wants": pa.string(), "items": _TEXTS, "links": pa.int32(),
    "quantity": pa.float64(), "measure": pa.string(), "says": pa.string(), "records": _RECORDS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traced:
    """An item with what was gathered of it and the chains that fit, the likeliest first."""

    item: Item
    gathered: Gathered
    found: tuple[Candidate, ...]
    chains: tuple[Chain, ...]


def write(
    engine: Engine, traced: Sequence[Traced], asks: Sequence[Ask], parties: Sequence[tuple[int, str, bool]]
) -> None:
    """Write what was traced, what to ask next, and who stands in the chains."""
    twins = twins_of(one.item for one in traced)
    names = {entity: name for entity, name, _ in parties}
    waited = {one.item.key: _days(one) for one in traced}
    known = sorted(days for days in waited.values() if days is not None)
    told: list[tuple[Mapping[str, pa.DataType], str, Sequence[Sequence[Any]]]] = [
        (_PARTY, "party", parties),
        (_ITEM, "item", [_item_row(one, waited[one.item.key], known, names) for one in traced]),
        (_MARK, "mark", [row for one in traced for row in _mark_rows(one)]),
        (_CHAIN, "chain", [_chain_row(one, n, c) for one in traced for n, c in enumerate(one.chains, start=1)]),
        (_LINK, "link", [row for one in traced for row in _link_rows(one)]),
        (_NOTE, "note", [
            (one.item.key, *note)
            for one in traced
            for note in notes(one.item, one.gathered, one.found, one.chains, twins[one.item.key])
        ]),
        (_ASK, "ask", [_ask_row(rank, ask, names) for rank, ask in enumerate(asks, start=1)]),
    ]  # fmt: skip
    for types, table, rows in told:
        if rows:
            with engine.lent("rows_of_table", _table(types, rows)):
                engine.run(_adding(table))


def _adding(table: str) -> str:
    return named("trace", {
        "party": "add-party", "item": "add-item", "mark": "add-mark", "chain": "add-chain", "link": "add-link",
        "note": "add-note", "ask": "add-ask",
    }[table])  # fmt: skip


def parties_of(engine: Engine, entities: Iterable[int]) -> list[tuple[int, str, bool]]:
    """Return entities with what they are called where it may leave the case, and whether they are private."""
    wanted = sorted(set(entities))
    if not wanted:
        return []
    with engine.lent("holders", pa.table({"holder": pa.array(wanted, pa.int64())})):
        rows = engine.rows(named("trace", "names"))
    return [
        (entity, PRIVATE if private else name or "a party without a name", bool(private))
        for entity, name, private in rows
    ]


def _table(types: Mapping[str, pa.DataType], rows: Sequence[Sequence[Any]]) -> pa.Table:
    columns = zip(types.items(), zip(*rows, strict=True), strict=True)
    return pa.table({name: pa.array(list(values), type_) for (name, type_), values in columns})


def holders_of(one: Traced) -> set[int]:
    """The entities that stand in the chains of an item, and its maker."""
    held = {h for chain in one.chains for link in chain.links for h in (link.giver, link.taker) if h is not None}
    return held | (set() if one.gathered.known.maker is None else {one.gathered.known.maker})


def _days(one: Traced) -> int | None:
    made, found = one.gathered.known.made, one.item.date
    return None if made is None or found is None or found < made else (found - made).days


def papers_of(chain: Chain) -> tuple[Paper, ...]:
    """The papers behind the links of a chain, each once."""
    return tuple({paper.record: paper for link in chain.links for paper in link.papers}.values())


def _item_row(one: Traced, days: int | None, known: Sequence[int], names: Mapping[int, str]) -> tuple[Any, ...]:
    item, gathered, chain = one.item, one.gathered.known, one.chains[0]
    maker_from = "item" if item.maker is not None else "papers" if gathered.maker is not None else "nothing"
    made_record = min((p.record for p in one.gathered.taken if p.made == gathered.made is not None), default=None)
    counts = tuple(chain.count(state) for state in STATES)
    # Those as quick are not ahead: rank 1 is the quickest.
    rank = None if days is None else 1 + sum(other < days for other in known)
    of, middle = (None, None) if days is None else (len(known), float(median(known)))
    return (
        item.key, item.record, item.item_no, item.date, item.place, item.country, item.latitude, item.longitude,
        item.description, item.marking, item.lot, item.serial, item.quantity, item.measure, item.photo,
        item.photo_source, gathered.maker, maker_from, gathered.made, made_record, *chain.last, len(one.chains),
        len(chain.links), *counts, independent(papers_of(chain)), days, rank, of, middle, _says(chain, names),
    )  # fmt: skip


def _says(chain: Chain, names: Mapping[int, str]) -> str:
    """The chain in one sentence."""
    last, since = chain.last
    steps = f"{len(chain.links)} step{'s' if len(chain.links) > 1 else ''}"
    told = ", ".join(f"{count} {state}" for state in STATES if (count := chain.count(state)))
    if last is None:
        return f"{steps} ({told}); nobody is on record as its last custodian"
    day = f" since {since}" if since is not None else ""
    return f"{steps} ({told}); last custodian on documents: {names.get(last, NOBODY)}{day}"


def _mark_rows(one: Traced) -> list[tuple[Any, ...]]:
    return [
        (
            one.item.key, found.paper.record, found.field, getattr(one.item, found.field),
            getattr(found.paper, found.field), agreement.how, agreement.agree, agreement.of, not found.refused,
            found.refused or None,
        )
        for found in one.found
        if (agreement := found.paper.agreement) is not None
    ]  # fmt: skip


def _chain_row(one: Traced, place: int, chain: Chain) -> tuple[Any, ...]:
    counts = (chain.count(state) for state in STATES)
    sources = independent(papers_of(chain))
    return (one.item.key, place, chain.cost, *chain.last, len(chain.links), *counts, sources, list(chain.why))


def _link_rows(one: Traced) -> list[tuple[Any, ...]]:
    return [
        _link_row(one.item.key, place, step, link)
        for place, chain in enumerate(one.chains, start=1)
        for step, link in enumerate(chain.links, start=1)
    ]


def _link_row(key: str, place: int, step: int, link: Link) -> tuple[Any, ...]:
    papers = link.papers
    return (
        key, place, step, link.giver, link.taker, link.kind, link.state, link.level, link.date, link.until, link.days,
        link.quantity, link.measure, link.received, link.gave, link.how, independent(papers),
        [paper.grade for paper in papers], [paper.told for paper in papers], [paper.record for paper in papers],
        list(link.why),
    )  # fmt: skip


def _ask_row(rank: int, ask: Ask, names: Mapping[int, str]) -> tuple[Any, ...]:
    quantity, measure = ask.quantity
    items = f"{len(ask.items)} item{'s' if len(ask.items) != 1 else ''}"
    links = f"{ask.links} step{'s' if ask.links != 1 else ''}"
    much = "" if quantity is None else f", {amount_of(quantity, measure)}"
    says = f"ask {names.get(ask.party, NOBODY)} for {ask.wants}; it would settle {links} of {items}{much}"
    return rank, ask.party, ask.wants, sorted(ask.items), ask.links, quantity, measure, says, sorted(ask.records)
