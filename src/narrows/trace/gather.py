"""Gathers what records say of each recovered item: its maker, deliveries with its mark, what may fill the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.trace.candidates import Candidate, papers_of_numbers, read_papers
from narrows.trace.deliveries import deliveries, named_makers, order, supported
from narrows.trace.known import Known
from narrows.trace.model import Delivery, Item, Paper

# Lines of the same goods without a mark that are looked at for one item, the latest before the find first.
MOST_ALIKE = 200
# How often such lines are followed from holder to holder.
ROUNDS = 2


@dataclass(slots=True)
class Gathered:
    """What is known of an item, and what else is to be said of it: kind of note, text, records."""

    known: Known
    taken: tuple[Paper, ...]
    notes: list[tuple[str, str, tuple[int, ...]]]


def gather(engine: Engine, items: Sequence[Item], found: Mapping[str, tuple[Candidate, ...]]) -> dict[str, Gathered]:
    """Return what is known of each item."""
    taken = {item.key: tuple(c.paper for c in found[item.key] if not c.refused) for item in items}
    lines = papers_of_numbers(engine, (paper for papers in taken.values() for paper in papers))
    gathered = {item.key: _gather(item, taken[item.key], lines) for item in items}
    holders = {key: one.known.holders for key, one in gathered.items()}
    alike: dict[str, dict[int, Paper]] = {item.key: {} for item in items}
    followed: dict[str, set[int]] = {item.key: set() for item in items}
    for _ in range(ROUNDS):
        for key, papers in _same_goods(engine, gathered, holders, followed).items():
            alike[key] |= {paper.record: paper for paper in papers}
            holders[key] |= {holder for paper in papers for holder in paper.way}
    paid = _payments(engine, holders)
    return {
        key: Gathered(_with_others(one.known, alike[key].values(), paid.get(key, ())), one.taken, one.notes)
        for key, one in gathered.items()
    }


def _gather(item: Item, taken: tuple[Paper, ...], lines: Iterable[Paper]) -> Gathered:
    notes: list[tuple[str, str, tuple[int, ...]]] = []
    maker, told = _maker(item, taken, notes)
    dates = [paper.made for paper in taken if paper.made is not None]
    if len(set(dates)) > 1:
        says = f"papers state different days of manufacture: {', '.join(str(day) for day in sorted(set(dates)))}"
        notes.append(("manufacture", says, tuple(paper.record for paper in taken if paper.made is not None)))
    lines = tuple(lines)
    marked = tuple(supported(one, lines) for one in deliveries(taken, maker))
    marked = (*marked, *named_makers(marked, told))
    named = {holder for delivery in marked for holder in (delivery.giver, delivery.taker)}
    seen: dict[int, list[Paper]] = {}
    for paper in taken:
        if len(paper.way) == 1 and paper.way[0] not in named and paper.way[0] != maker:
            seen.setdefault(paper.way[0], []).append(paper)
    alone = {holder: tuple(papers) for holder, papers in seen.items()}
    return Gathered(Known(item, maker, min(dates, default=None), marked, (), alone), taken, notes)


def _maker(
    item: Item, taken: tuple[Paper, ...], notes: list[tuple[str, str, tuple[int, ...]]]
) -> tuple[int | None, tuple[Paper, ...]]:
    """Who made the item: as its finders say, else as the papers do where they agree; and the papers that name it."""
    named = Counter(paper.maker for paper in taken if paper.maker is not None)
    if item.maker is not None:
        return item.maker, tuple(paper for paper in taken if paper.maker == item.maker)
    if len(named) == 1:
        (maker,) = named
        return maker, tuple(paper for paper in taken if paper.maker == maker)
    if named:
        records = tuple(paper.record for paper in taken if paper.maker is not None)
        notes.append(("maker", f"papers name {len(named)} makers; which of them made the item is open", records))
    return None, ()


def _same_goods(
    engine: Engine, gathered: Mapping[str, Gathered], holders: Mapping[str, set[int]], followed: dict[str, set[int]]
) -> dict[str, list[Paper]]:
    """Lines of the same goods without a mark, given on by holders that have not been followed yet."""
    rows = []
    for key, one in gathered.items():
        item = one.known.item
        goods = {(paper.hs6, paper.heading) for paper in one.taken} | {(item.hs6, item.heading)}
        for holder in sorted(holders[key] - followed[key]):
            rows += [
                (key, holder, item.date, hs6, heading)
                for hs6, heading in sorted(goods, key=str)
                if hs6 is not None or heading is not None
            ]
        followed[key] |= holders[key]
    if not rows:
        return {}
    types = (pa.string(), pa.int64(), pa.date32(), pa.string(), pa.string())
    columns = zip(("item", "holder", "until", "hs6", "heading"), types, zip(*rows, strict=True), strict=True)
    sought = pa.table({name: pa.array(values, type_) for name, type_, values in columns})
    with engine.lent("sought", sought):
        found = engine.rows(named("trace", "same-goods"), {"most": MOST_ALIKE})
    papers = {paper.record: paper for paper in read_papers(engine, {record for _, record in found})}
    result: dict[str, list[Paper]] = {}
    for key, record in dict.fromkeys(found):
        result.setdefault(key, []).append(papers[record])
    return result


def _payments(engine: Engine, holders: Mapping[str, set[int]]) -> dict[str, list[Paper]]:
    """Payments between holders of one item, as papers that tell of goods going the other way."""
    rows = [(key, holder) for key, held in holders.items() for holder in sorted(held)]
    if not rows:
        return {}
    table = pa.table({"item": pa.array([k for k, _ in rows]), "holder": pa.array([h for _, h in rows], pa.int64())})
    with engine.lent("holders", table):
        found = engine.rows(named("trace", "payments"))
    result: dict[str, list[Paper]] = {}
    for key, record, number, day, payee, payer, source in found:
        paper = Paper(
            record, "payments", number, None, day, None, None, None, None, None, None, "F6", None, source, None,
            (payee, payer),
        )  # fmt: skip
        result.setdefault(key, []).append(paper)
    return result


def _with_others(known: Known, alike: Iterable[Paper], paid: Iterable[Paper]) -> Known:
    """Add what has no mark: where papers with the mark tell of two holders, it tells nothing new."""
    told = {(delivery.giver, delivery.taker) for delivery in known.marked}
    goods = [one for one in deliveries(alike, known.maker) if (one.giver, one.taker) not in told]
    latest = _latest(goods)
    told |= {(delivery.giver, delivery.taker) for delivery in latest}
    before = [paper for paper in paid if known.item.date is None or paper.date is None or paper.date <= known.item.date]
    money = [one for one in deliveries(before, known.maker) if (one.giver, one.taker) not in told]
    return Known(known.item, known.maker, known.made, known.marked, (*latest, *_latest(money)), known.seen)


def _latest(found: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Of the deliveries between two holders without a mark, the last: any may be the one, and one is shown."""
    last = {(delivery.giver, delivery.taker): delivery for delivery in sorted(found, key=order)}
    return tuple(sorted(last.values(), key=order))
