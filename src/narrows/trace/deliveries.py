"""From records to deliveries: the papers of one handing over are put together, so that none is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from narrows.trace.model import Delivery, LinkKind, Paper

# Papers of different kinds that agree in quantity and lie no further apart than this tell of one delivery.
NEAR_DAYS = 60
# Quantities that differ by less than this share are the same: weights are rounded, net and gross are mixed up.
SLACK = 0.01
_SURE = ("as written", "leading zeros", "look-alikes", "range")
_BAD_SOURCE = ("E", "5")


@dataclass(slots=True)
class _Gathered:
    """Papers between two holders that are taken to tell of one delivery."""

    documents: list[tuple[Paper, ...]] = field(default_factory=list)

    @property
    def papers(self) -> list[Paper]:
        return [paper for document in self.documents for paper in document]

    def numbers(self) -> set[str]:
        return {number for paper in self.papers for number in _numbers(paper)}

    def takes(self, document: tuple[Paper, ...]) -> bool:
        """Whether a document belongs here: numbers refer to each other, or kinds differ, days and quantities do not."""
        if any(_numbers(paper) & self.numbers() for paper in document):
            return True
        if document[0].document in {paper.document for paper in self.papers}:
            return False
        days = _days((*self.papers, *document))
        if days and (max(days) - min(days)).days > NEAR_DAYS:
            return False
        ours, theirs = _summed(document), amounts_of(self.papers)[0]
        shared = set(ours) & set(theirs)
        return all(same(ours[measure], theirs[measure]) for measure in shared)


def deliveries(papers: Iterable[Paper], maker: int | None) -> tuple[Delivery, ...]:
    """Return what papers tell of who gave to whom, in the order of days and records.

    A paper that names several holders tells of several deliveries: from the seller to the buyer, and on to the
        consignee.

    Args:
        papers: records that bear the mark of one item, or stand for its goods without a mark.
        maker: the item's maker, whose own records count more.
    """
    between: dict[tuple[int, int], list[Paper]] = {}
    for paper in papers:
        for giver, taker in pairwise(paper.way):
            between.setdefault((giver, taker), []).append(paper)
    found = []
    for (giver, taker), told in between.items():
        gathered: list[_Gathered] = []
        for document in _documents(told):
            home = next((one for one in gathered if one.takes(document)), None)
            if home is None:
                home = _Gathered()
                gathered.append(home)
            home.documents.append(document)
        found += [_delivery(giver, taker, one.papers, maker) for one in gathered]
    return tuple(sorted(found, key=order))


def order(delivery: Delivery) -> tuple[date, str, int]:
    """The order of deliveries: by day, those without one last, then by the names of their papers."""
    return delivery.first or date.max, " ".join(paper.told for paper in delivery.papers), delivery.papers[0].record


def supported(delivery: Delivery, papers: Iterable[Paper]) -> Delivery:
    """Return a delivery with the lines that bear its papers' numbers, on the same goods, between the same hands."""
    numbers = {number for paper in delivery.papers for number in _numbers(paper)}
    headings = {paper.heading for paper in delivery.papers} - {None}
    more = tuple(
        paper
        for paper in papers
        if _numbers(paper) & numbers
        and (delivery.giver, delivery.taker) in set(pairwise(paper.way))
        and (paper.heading is None or not headings or paper.heading in headings)
    )
    return replace(delivery, papers=(*delivery.papers, *more))


def level_of(delivery: Delivery, maker: int | None, *, sure: bool) -> int:
    """Return the level of the best paper of a delivery; with `sure`, as if all marks were written the same."""
    if delivery.kind == "named maker":
        return 4
    return min(_level(paper, delivery.giver, maker, sure=sure) for paper in delivery.papers)


def _level(paper: Paper, giver: int, maker: int | None, *, sure: bool) -> int:
    """The level of evidence of one paper for a delivery by `giver`; see `model.LEVELS`."""
    if paper.grade[0] == _BAD_SOURCE[0] or paper.grade[1] == _BAD_SOURCE[1]:
        return 5
    if paper.document == "payments" or paper.agreement is None or not (sure or paper.agreement.how in _SURE):
        return 4
    if paper.document == "replies":
        return 3
    return 1 if giver == maker else 2


def amounts_of(papers: Sequence[Paper]) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return how much papers of one delivery tell of, by measure, and in what they disagree.

    The lines of one kind of paper add up; kinds tell of the same goods, so that the largest sum stands.
    """
    by_kind: dict[str, dict[str, float]] = {}
    for document in _documents(papers):
        sums = by_kind.setdefault(document[0].document, {})
        for measure, amount in _summed(document).items():
            sums[measure] = sums.get(measure, 0.0) + amount
    amounts: dict[str, float] = {}
    notes = []
    for measure in ("pieces", "kg", "l"):
        told = {kind: sums[measure] for kind, sums in by_kind.items() if measure in sums}
        if told:
            amounts[measure] = max(told.values())
            if not same(min(told.values()), max(told.values())):
                notes.append(f"its papers state {plain(min(told.values()))} and {plain(max(told.values()))} {measure}")
    return amounts, tuple(notes)


def same(one: float, other: float) -> bool:
    """Whether two quantities are the same but for rounding."""
    return abs(one - other) <= SLACK * max(abs(one), abs(other))


def plain(amount: float) -> str:
    """A quantity as a person writes it."""
    return f"{amount:,.0f}" if amount == round(amount) else f"{amount:,.2f}"


def amount_of(amount: float, measure: str | None) -> str:
    """A quantity with its measure, as a person writes it."""
    return f"{plain(amount)} {'piece' if measure == 'pieces' and amount == 1 else measure or ''}".rstrip()


def _documents(papers: Iterable[Paper]) -> list[tuple[Paper, ...]]:
    """The lines of one document together, documents in the order of their days and records."""
    found: dict[tuple[object, ...], list[Paper]] = {}
    for paper in papers:
        number = paper.record if paper.document_no is None else (paper.document_no, paper.source)
        found.setdefault((paper.document, number), []).append(paper)
    documents = [tuple(sorted(lines, key=lambda paper: paper.record)) for lines in found.values()]
    return sorted(documents, key=lambda lines: (min(p.date or date.max for p in lines), lines[0].told, lines[0].record))


def _summed(document: Sequence[Paper]) -> dict[str, float]:
    measures = {measure for paper in document for measure in paper.amounts}
    # A line without a quantity leaves open how much the document tells of.
    return {
        measure: sum(paper.amounts[measure] for paper in document)
        for measure in measures
        if all(measure in paper.amounts for paper in document)
    }


def _days(papers: Iterable[Paper]) -> list[date]:
    """The days on which goods moved by papers; that of a written reply is the day of the reply."""
    return [paper.date for paper in papers if paper.date is not None and paper.document != "replies"]


def _numbers(paper: Paper) -> set[str]:
    return {number.strip().upper() for number in (paper.document_no, paper.order_no) if number}


def _delivery(giver: int, taker: int, papers: Sequence[Paper], maker: int | None) -> Delivery:
    amounts, notes = amounts_of(papers)
    # Goods move after they are ordered: an order's day stands only where no other paper has one.
    days = _days(paper for paper in papers if paper.document != "orders") or _days(papers)
    marked = any(paper.agreement is not None for paper in papers)
    kind: LinkKind = "payment" if papers[0].document == "payments" else "delivery" if marked else "same goods"
    return Delivery(
        giver, taker, kind, tuple(papers), min(_level(paper, giver, maker, sure=False) for paper in papers),
        min(days, default=None), max(days, default=None), MappingProxyType(amounts), notes,
    )  # fmt: skip


def named_makers(found: Sequence[Delivery], papers: Iterable[Paper]) -> tuple[Delivery, ...]:
    """Return what papers of others say of the maker: it is named, but no paper of its own delivery is there.

    Args:
        found: the deliveries that papers tell of.
        papers: records that bear the mark.
    """
    reached = {delivery.taker for delivery in found}
    by_pair: dict[tuple[int, int], list[Paper]] = {}
    for paper in papers:
        if paper.maker is not None and paper.way and paper.maker not in paper.way and paper.way[0] not in reached:
            by_pair.setdefault((paper.maker, paper.way[0]), []).append(paper)
    nothing: Mapping[str, float] = MappingProxyType({})
    makers = (
        Delivery(giver, taker, "named maker", tuple(naming), 4, None, None, nothing)
        for (giver, taker), naming in by_pair.items()
    )
    return tuple(sorted(makers, key=order))
