"""Recovered items: who held each, on what evidence, and what would settle most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import evidence_of
from narrows.casefile.sql import named
from narrows.model.statement import Evidence, Statement
from narrows.picture import strip
from narrows.picture.drawing import Drawing

# Items with a strip of their own, and papers to ask for; the tables recoveries and custody-asks have all.
SHOWN = 6
_ASKS = 6
NO_INFERENCE = "no inference of malpractice"


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain.

    Attributes:
        giver, taker: as they may leave the case; the last taker is where the item was found.
        level: of the evidence, 1 to 5; None where there is none.
        grades: Admiralty pairs of the sources.
        sources: how many of them are independent.
        places: file and row of the records.
    """

    giver: str
    taker: str
    state: str
    level: int | None
    date: date | None
    days: int | None
    quantity: str
    documents: tuple[str, ...]
    grades: tuple[str, ...]
    sources: int
    why: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    inference: str


@dataclass(frozen=True, slots=True)
class ItemPart:
    """One recovered item: what is said of it, its strip, its likeliest chain, and what else a reader must know."""

    item: str
    title: str
    sentence: Statement
    strip: Drawing
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    other_chains: int


@dataclass(frozen=True, slots=True)
class CustodyPart:
    """The recovered items of a case.

    Attributes:
        counts: links by state, over all items: documented, inferred, contradicted, missing.
        asks: the papers that would settle most, the most useful first.
        names: names in the sentences.
    """

    items: tuple[ItemPart, ...]
    items_left_out: int
    counts: tuple[tuple[str, int], ...]
    asks: tuple[Statement, ...]
    asks_left_out: int
    names: tuple[str, ...]


def custody_part(engine: Engine) -> CustodyPart | None:
    """Read the custody of a traced case; None where there is no recovered item."""
    rows = engine.rows(named("report_custody", "items"))
    if not rows:
        return None
    steps, evidence = _steps(engine)
    notes: dict[str, list[str]] = {}
    for item, says in engine.rows(named("report_custody", "notes")):
        notes.setdefault(item, []).append(says)
    asks = engine.rows(named("report_custody", "asks"))
    asked = evidence_of(engine, (records[0] for _, records in asks[:_ASKS] if records))
    items = tuple(_item(row, steps.get(row[0], ()), notes.get(row[0], ()), evidence) for row in rows[:SHOWN])
    told = {name for part in items for step in part.steps for name in (step.giver, step.taker)}
    return CustodyPart(
        items=items,
        items_left_out=max(0, len(rows) - SHOWN),
        counts=tuple(engine.rows(named("report_custody", "states"))),
        asks=tuple(
            Statement(f"{says[0].upper()}{says[1:]}.", (asked[records[0]],))
            for says, records in asks[:_ASKS] if records
        ),
        asks_left_out=max(0, len(asks) - _ASKS),
        names=tuple(sorted(name for name in told if not name.isascii() or len(name) > 3)),
    )  # fmt: skip


def _steps(engine: Engine) -> tuple[Mapping[str, Sequence[Step]], Mapping[int, Evidence]]:
    rows = engine.rows(named("report_custody", "links"), {"items": SHOWN})
    wanted = {record for row in rows for record in (*row[-2], row[-1])}
    evidence = evidence_of(engine, wanted)
    found: dict[str, list[Step]] = {}
    for (
        item,
        giver,
        taker,
        state,
        level,
        day,
        days,
        amount,
        papers,
        grades,
        sources,
        why,
        inference,
        records,
        _,
    ) in rows:
        found.setdefault(item, []).append(
            Step(
                giver=giver, taker=taker, state=state, level=level, date=day, days=days, quantity=amount or "",
                documents=tuple(papers), grades=tuple(grades), sources=sources, why=tuple(why),
                evidence=tuple(evidence[record] for record in dict.fromkeys(records)),
                inference="malpractice inferred by a person" if inference else NO_INFERENCE,
            )
        )  # fmt: skip
    return found, evidence


def _item(
    row: Sequence[object], steps: Sequence[Step], notes: Sequence[str], evidence: Mapping[int, Evidence]
) -> ItemPart:
    item, record, day, place, description, marks, says, chains, made, days, rank, of, median = row
    assert isinstance(record, int) and isinstance(item, str)
    text = f"{says}."
    if days is not None:
        text += f" Found {days} days after it was made"
        text += f"; the median of {of} items is {median:g}, this is place {rank}." if int(str(of)) > 1 else "."
    title = " · ".join(str(part) for part in (item, description, marks) if part)
    return ItemPart(
        item=item,
        title=title,
        sentence=Statement(text, (evidence[record],) if record in evidence else ()),
        strip=_strip(
            title, steps, made if isinstance(made, date) else None, day if isinstance(day, date) else None, place
        ),
        steps=tuple(steps),
        notes=tuple(notes),
        other_chains=max(0, int(str(chains)) - 1),
    )


def _strip(title: str, steps: Sequence[Step], made: date | None, found: date | None, place: object) -> Drawing:
    """Draw who held the item in turn; each holder stands at the day of the link that brought it there."""
    holders = [strip.Holder(steps[0].giver, made, "made" if made is not None else "")] if steps else []
    for step in steps[:-1]:
        first = step.evidence[0].place if step.evidence else ""
        paper = " · ".join(text for text in (step.documents[0] if step.documents else "", first) if text)
        holders.append(strip.Holder(step.taker, step.date, step.quantity, paper))
    if steps:
        holders.append(strip.Holder(steps[-1].taker, found, "found", place=""))
    links = tuple(
        strip.Link(step.state, "; ".join(step.why))  # type: ignore[arg-type]
        for step in steps
    )
    found_at = place or "the place where it was found"
    told = f"From the maker to {found_at}; between two holders stands how far the step is documented."
    return strip.draw(strip.Strip(f"Custody of {title}", tuple(holders), links, told))
