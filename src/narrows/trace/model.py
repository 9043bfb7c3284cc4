"""The words of tracing: a recovered item, a paper about it, a delivery that papers tell of, a link and a chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from types import MappingProxyType
from typing import Literal

from narrows.vocab.grades import UNRATED
from narrows.vocab.marks import Agreement

State = Literal["documented", "inferred", "contradicted", "missing"]
LinkKind = Literal["delivery", "named maker", "same goods", "payment", "gap", "found"]

STATES: tuple[State, ...] = ("documented", "inferred", "contradicted", "missing")
# What each level of evidence is; a proposal of this project, not a scale that anybody has agreed on.
LEVELS: dict[int, str] = {
    1: "the marking on the item and a record of the maker",
    2: "a commercial document",
    3: "a written statement by a party",
    4: "an inference: the same goods between the same parties without a lot, a mark that can only be read in part, or "
    "only a payment",
    5: "a source rated unreliable or improbable",
}
# A link of this level or a better one is documented.
DOCUMENTED = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A recovered item as its finders describe it; `hs6` and `heading` are what its description was read as."""

    key: str
    record: int
    item_no: str | None
    date: Day | None
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    description: str | None
    hs6: str | None
    heading: str | None
    marking: str | None
    lot: str | None
    serial: str | None
    quantity: float | None
    measure: str | None
    photo: str | None
    photo_source: str | None
    maker: int | None
    grade: str
    origin_id: str | None
    source: str
    notes: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One record about goods, or a payment.

    Attributes:
        way: the entities through whose hands the goods went by this record, in order.
        amounts: measure -> quantity.
        agreement: how its lot or serial number agrees with the item's; None where it has neither.
    """

    record: int
    document: str
    document_no: str | None
    order_no: str | None
    date: Day | None
    lot: str | None
    serial: str | None
    made: Day | None
    hs6: str | None
    heading: str | None
    destination: str | None
    grade: str
    origin_id: str | None
    source: str
    maker: int | None
    way: tuple[int, ...]
    amounts: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    agreement: Agreement | None = None

    @property
    def told(self) -> str:
        """The kind of paper and its number."""
        name = NAMES_OF_PAPERS.get(self.document, self.document)
        return f"{name} {self.document_no}" if self.document_no else name


NAMES_OF_PAPERS: dict[str, str] = {
    "orders": "order", "invoices": "invoice", "declarations": "customs declaration", "bills": "bill of lading",
    "packing": "packing list", "certificates": "certificate", "replies": "written reply", "payments": "payment",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delivery:
    """What papers tell of one handing over: who gave to whom, when, how many.

    Attributes:
        kind: delivery, named maker, same goods or payment.
        level: of the best of its papers.
        first, last: the days that its papers name; orders count only where no other paper has a day.
        amounts: measure -> quantity.
        notes: what its papers disagree in.
    """

    giver: int
    taker: int
    kind: LinkKind
    papers: tuple[Paper, ...]
    level: int
    first: Day | None
    last: Day | None
    amounts: Mapping[str, float]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain; `giver` is None where the maker is not known, `taker` None for the place of the find."""

    giver: int | None
    taker: int | None
    kind: LinkKind
    state: State
    level: int | None
    date: Day | None
    until: Day | None
    days: int | None
    quantity: float | None
    measure: str | None
    received: float | None
    gave: float | None
    papers: tuple[Paper, ...]
    why: tuple[str, ...]

    @property
    def how(self) -> str | None:
        """How the lot or serial number agrees, at best."""
        found = [paper.agreement for paper in self.papers if paper.agreement is not None]
        return str(min(found, key=lambda agreement: agreement.rank)) if found else None


@dataclass(frozen=True, slots=True)
class Chain:
    """One way from the maker to the place of the find, with what it costs to believe it."""

    links: tuple[Link, ...]
    cost: float
    why: tuple[str, ...]

    def count(self, state: State) -> int:
        """How many links are in a state."""
        return sum(link.state == state for link in self.links)

    @property
    def last(self) -> tuple[int | None, Day | None]:
        """The last custodian on documents, and since when.

        This is the last holder before the first link that is not documented (inferred, contradicted or missing). Where
        the chain begins with an unknown maker, that first gap is passed over: the holder that papers begin with counts.
        Having held something last on documents says nothing of what became of it.
        """
        links = self.links[1:] if self.links[0].giver is None and len(self.links) > 1 else self.links
        holder, since = links[0].giver, self.links[0].date if links is not self.links else None
        for link in links:
            if link.state != "documented":
                break
            holder, since = link.taker, link.date
        return holder, since


def grade(reliability: str | None, credibility: str | None) -> str:
    """The Admiralty pair of a record: F and 6 where nobody has rated it."""
    return f"{reliability or UNRATED[0]}{credibility or UNRATED[1]}"


def independent(papers: tuple[Paper, ...]) -> int:
    """How many independent sources papers come from.

    Records of one stated origin are one source, whatever file they stand in; records without one are as many as their
    files, and none of their own where a record of the same file states its origin.
    """
    origins = {paper.origin_id for paper in papers if paper.origin_id is not None}
    told = {paper.source for paper in papers if paper.origin_id is not None}
    # A record that came back through an export states the file that it was first received in as its origin.
    return len(origins | ({paper.source for paper in papers if paper.origin_id is None} - told))
