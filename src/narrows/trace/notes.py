"""What a person should know of a recovered item beside its chains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from narrows.trace.candidates import FIELDS, MOST_RECORDS, Candidate
from narrows.trace.gather import Gathered
from narrows.trace.model import Chain, Item, Link, independent
from narrows.vocab import marks

Note = tuple[str, str, tuple[int, ...]]


def notes(
    item: Item, gathered: Gathered, found: Sequence[Candidate], chains: Sequence[Chain], twins: Sequence[Item]
) -> list[Note]:
    """Return the notes of one item: kind, text, the records that they rest on.

    Args:
        item: the item.
        gathered: what is known of it.
        found: the records whose marks agree with its own, taken or not.
        chains: those that fit, the likeliest first.
        twins: other items with the same serial number.
    """
    told = list(gathered.notes)
    if twins:
        keys = ", ".join(twin.key for twin in twins)
        says = f"the same serial number stands on {keys}: a misreading, a copy, or a number of the type"
        told.append(("same serial", says, (item.record, *(twin.record for twin in twins))))
    told += _marks(item, gathered)
    if item.date is None:
        told.append(
            ("date", "the day of the recovery is not stated, so no paper can be held against it", (item.record,))
        )
    if item.photo is not None and item.photo_source is None:
        told.append(("photo", f"the photograph {item.photo} is not among the files of the case", (item.record,)))
    told += [
        ("not taken", f"{candidate.paper.told} bears its {candidate.field} number, but {candidate.refused}",
         (candidate.paper.record,))
        for candidate in found
        if candidate.refused
    ]  # fmt: skip
    if len(found) >= MOST_RECORDS:
        told.append(("many", f"its marks stand on very many records; {len(found)} were looked at", (item.record,)))
    told += _contradictions(gathered, chains)
    told += _confirmed_alone(chains[0])
    return list(dict.fromkeys(told))


def _marks(item: Item, gathered: Gathered) -> list[Note]:
    read = {field: marks.read(getattr(item, field), serial=field == "serial") for field in FIELDS}
    if not any(read.values()):
        return [("no mark", "no lot or serial number can be read on it",
                 (item.record,))]  # fmt: skip
    partly = [mark.written for found in read.values() for mark in found if mark.kind == "partial"]
    told: list[Note] = []
    if partly:
        says = f"{partly[0]} can only be read in part: a clearer photograph would settle more than a paper"
        told.append(("mark", says, (item.record,)))
    if not gathered.taken:
        told.append(("no record", "no record of this case bears its lot or serial number", (item.record,)))
    return told


def _contradictions(gathered: Gathered, chains: Sequence[Chain]) -> list[Note]:
    """What speaks against deliveries of the lot that the likeliest chain does not lead through."""
    known = gathered.known
    shown = {(link.giver, link.taker) for link in chains[0].links}
    told: list[Note] = []
    for delivery in known.marked:
        late = known.item.date is not None and delivery.first is not None and delivery.first > known.item.date
        if late and (delivery.giver, delivery.taker) not in shown:
            papers = ", ".join(paper.told for paper in delivery.papers)
            says = f"{papers}: dated {delivery.first}, after the recovery on {known.item.date}"
            told.append(("after the recovery", says, tuple(paper.record for paper in delivery.papers)))
    return told


def _confirmed_alone(chain: Chain) -> list[Note]:
    """Records rated "confirmed by other sources" beside which no other independent source stands."""
    return [
        ("confirmed by none", f"{link.papers[0].told} is rated as confirmed by other sources, and none is on record",
         tuple(paper.record for paper in link.papers))
        for link in chain.links
        if _rated_confirmed(link) and independent(link.papers) < 2
    ]  # fmt: skip


def _rated_confirmed(link: Link) -> bool:
    return any(paper.grade.endswith("1") for paper in link.papers)


def twins_of(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Return for each item the others with the same serial number, of the same maker where both are known."""
    items = list(items)
    by_key: dict[str, list[Item]] = {}
    for item in items:
        for key in {mark.key for mark in marks.read(item.serial, serial=True) if mark.kind == "one"}:
            by_key.setdefault(key, []).append(item)
    found: dict[str, list[Item]] = {item.key: [] for item in items}
    for same in by_key.values():
        for item in same:
            found[item.key] += [
                other
                for other in same
                if other is not item
                and other not in found[item.key]
                and (item.maker is None or other.maker is None or item.maker == other.maker)
            ]
    return found
