"""Which records speak of a recovered item: those whose lot or serial number agrees with what it bears, and how far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.trace.model import Item, Paper, grade
from narrows.vocab import marks
from narrows.vocab.marks import Agreement, Mark

# Of a mark that stands on more records than this, the first are looked at, and it is said.
MOST_RECORDS = 2000
FIELDS = ("lot", "serial")
# Marks with fewer characters than this stand on too much: papers must name the maker or the goods as well.
_SHORT = 4

_MARK_TYPES = {
    "field": pa.string(), "text": pa.string(), "kind": pa.string(), "folded": pa.string(), "key": pa.string(),
    "pattern": pa.string(), "prefix": pa.string(), "low": pa.int64(), "high": pa.int64(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record whose mark agrees with an item's.

    Attributes:
        paper: the record; its agreement is the surer one of lot and serial number.
        field: which of the two that is.
        refused: why it is not taken all the same, or "".
    """

    paper: Paper
    field: str
    refused: str


def read_items(engine: Engine) -> tuple[Item, ...]:
    """Return the recovered items, in the order of their records; each gets a key that no other has."""
    rows = engine.arrow(named("trace", "items")).to_pylist()
    numbers = Counter((row["item_no"] or "").strip().casefold() for row in rows)
    found = []
    for row in rows:
        number = (row["item_no"] or "").strip()
        alone = number and numbers[number.casefold()] == 1
        key = number if alone else f"{number or 'item'}.{row['record']:x}"
        pair = grade(row.pop("reliability"), row.pop("credibility"))
        found.append(_with_marks_of_text(Item(key=key, grade=pair, **row)))
    return tuple(found)


def _with_marks_of_text(item: Item) -> Item:
    """The item with the lot and serial number that its marking spells out, where it has no columns of their own."""
    if item.lot is not None or item.serial is not None or item.marking is None:
        return item
    lot, serial = marks.spelled_out(item.marking)
    return replace(item, lot=lot, serial=serial)


def candidates(engine: Engine, items: Sequence[Item]) -> dict[str, tuple[Candidate, ...]]:
    """Return for each item the records whose marks agree with its own, taken or refused."""
    agreed = _agreements(engine, items)
    texts = {(field, theirs) for field, _, theirs in agreed}
    papers = read_papers(engine, _records(engine, texts))
    by_text: dict[tuple[str, str], list[Paper]] = {}
    for paper in papers:
        for field in FIELDS:
            text = getattr(paper, field)
            if (field, text) in texts:
                by_text.setdefault((field, text), []).append(paper)
    partners: dict[tuple[str, str], list[str]] = {}
    for field, ours, theirs in agreed:
        partners.setdefault((field, ours), []).append(theirs)
    return {item.key: _of_item(item, agreed, partners, by_text) for item in items}


def _of_item(
    item: Item,
    agreed: dict[tuple[str, str, str], Agreement],
    partners: dict[tuple[str, str], list[str]],
    by_text: dict[tuple[str, str], list[Paper]],
) -> tuple[Candidate, ...]:
    best: dict[int, tuple[Agreement, str, Paper]] = {}
    for field in FIELDS:
        ours = getattr(item, field)
        for theirs in partners.get((field, ours), ()) if ours is not None else ():
            agreement = agreed[field, ours, theirs]
            for paper in by_text.get((field, theirs), ()):
                before = best.get(paper.record)
                if before is None or agreement.rank < before[0].rank:
                    best[paper.record] = (agreement, field, paper)
    return tuple(
        Candidate(replace(paper, agreement=agreement), field, _refused(item, paper, agreement))
        for _, (agreement, field, paper) in sorted(best.items())
    )


def _refused(item: Item, paper: Paper, agreement: Agreement) -> str:
    """Why a record does not speak of the item though a mark agrees; "" where it does."""
    if item.maker is not None and paper.maker is not None and item.maker != paper.maker:
        return "the same number of another maker"
    for field in FIELDS:
        ours, theirs = getattr(item, field), getattr(paper, field)
        if ours is not None and theirs is not None:
            other = marks.best(marks.read(ours, serial=field == "serial"), marks.read(theirs, serial=field == "serial"))
            if other is None:
                return f"it names other {field} numbers" if field == "serial" else "it names another lot"
    made_alike = item.maker is not None and item.maker == paper.maker
    if item.heading is not None and paper.heading is not None:
        # Neighbouring headings are how one thing is declared twice; another chapter is another thing.
        if item.heading[:2] != paper.heading[:2] and not made_alike:
            return "the same number on other goods"
        made_alike = made_alike or item.heading == paper.heading
    if agreement.of < _SHORT and not made_alike:
        return "a number this short stands on many things; neither maker nor goods are said to be the same"
    return ""


def read_papers(engine: Engine, records: Collection[int]) -> tuple[Paper, ...]:
    """Return records about goods, in their order."""
    if not records:
        return ()
    with engine.lent("wanted_records", pa.table({"record": pa.array(sorted(records), pa.int64())})):
        return tuple(_paper(*row) for row in engine.rows(named("trace", "papers")))


def papers_of_numbers(engine: Engine, papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Return the lines without a mark that bear the number of one of the papers, or of the order that it names."""
    numbers = {number.strip().upper() for paper in papers for number in (paper.document_no, paper.order_no) if number}
    if not numbers:
        return ()
    with engine.lent("wanted_numbers", pa.table({"number": pa.array(sorted(numbers), pa.string())})):
        records = [record for (record,) in engine.rows(named("trace", "papers-of-numbers"))]
    return read_papers(engine, records)


def _paper(
    record: int, document: str, document_no: str | None, order_no: str | None, day: date | None, trade: bool,
    lot: str | None, serial: str | None, made: date | None, quantity: float | None, measure: str | None,
    net_mass: float | None, description: str | None, hs6: str | None, heading: str | None, destination: str | None,
    reliability: str | None, credibility: str | None, origin_id: str | None, source: str, maker: int | None,
    *hands: int | None,
) -> Paper:  # fmt: skip
    amounts = {} if net_mass is None else {"kg": net_mass}
    if quantity is not None and measure is not None:
        amounts[measure] = quantity
    held = [hand for hand in hands if hand is not None]
    # A certificate is the maker's or names it first: the goods went from the maker to the first of the others.
    if document == "certificates" and maker is not None and maker not in held:
        held.insert(0, maker)
    way = tuple(held[:1]) + tuple(b for a, b in pairwise(held) if a != b)
    return Paper(
        record, document, document_no, order_no, day, lot, serial, made, hs6, heading, destination,
        grade(reliability, credibility), origin_id, source, maker, way, MappingProxyType(amounts),
    )  # fmt: skip


def _agreements(engine: Engine, items: Sequence[Item]) -> dict[tuple[str, str, str], Agreement]:
    """Field, text of an item, text of a paper -> how they agree."""
    ours = sorted({(field, text) for item in items for field in FIELDS if (text := getattr(item, field)) is not None})
    theirs = engine.rows(named("trace", "paper-marks"))
    with engine.lent("item_marks", _table(ours)), engine.lent("paper_marks", _table(theirs)):
        pairs = engine.rows(named("trace", "pairs-of-marks"))
    found = {}
    for field, one, other in pairs:
        serial = field == "serial"
        agreement = marks.best(marks.read(one, serial=serial), marks.read(other, serial=serial))
        if agreement is not None:
            found[field, one, other] = agreement
    return found


def _table(texts: Iterable[tuple[str, str]]) -> pa.Table:
    rows = [
        (field, text, *_cells(mark)) for field, text in texts for mark in marks.read(text, serial=field == "serial")
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_MARK_TYPES)
    arrays = [pa.array(values, type_) for values, type_ in zip(columns, _MARK_TYPES.values(), strict=True)]
    return pa.table(dict(zip(_MARK_TYPES, arrays, strict=True)))


def _cells(mark: Mark) -> tuple[Any, ...]:
    return mark.kind, mark.folded, mark.key, mark.pattern, mark.prefix, mark.low, mark.high


def _records(engine: Engine, texts: set[tuple[str, str]]) -> list[int]:
    if not texts:
        return []
    wanted = sorted(texts)
    table = pa.table({"field": pa.array([f for f, _ in wanted]), "text": pa.array([t for _, t in wanted])})
    with engine.lent("wanted_marks", table):
        return [record for (record,) in engine.rows(named("trace", "marked-papers"), {"most": MOST_RECORDS})]
