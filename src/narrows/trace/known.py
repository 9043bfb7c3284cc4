"""All that is known of one recovered item: who received and gave how much, and where its papers begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from narrows.trace.deliveries import SLACK, amount_of, plain
from narrows.trace.model import Delivery, Item, Link, Paper

# What it costs to pass over papers that bear the mark: by a gap, by goods without a mark, by an end before them.
PASSED_OVER = 20.0
# Where papers with the mark begin at more places than this, a chain need not lead through all of them.
FEW_ROOTS = 3


@dataclass(frozen=True, slots=True)
class Flow:
    """What one holder received and gave of a lot, in one measure; None where papers leave it open."""

    measure: str
    received: float | None
    gave: float | None

    @property
    def grows(self) -> bool:
        """Whether more was given than received."""
        return self.received is not None and self.gave is not None and self.gave > self.received * (1 + SLACK)


@dataclass(slots=True)
class Known:
    """All that is known of one item.

    Attributes:
        item: as its finders describe it.
        maker: the entity that made it, None where nobody says.
        made: the day of its manufacture.
        marked: deliveries told of by papers that bear its mark, and makers named by such papers.
        others: deliveries of the same goods without a mark, and payments between holders.
        seen: holders that papers with its mark name alone, with those papers.
    """

    item: Item
    maker: int | None
    made: date | None
    marked: Sequence[Delivery]
    others: Sequence[Delivery]
    seen: Mapping[int, tuple[Paper, ...]]
    flows: Mapping[int, tuple[Flow, ...]] = field(init=False)
    roots: tuple[int, ...] = field(init=False)
    _outgoing: Mapping[int, list[Delivery]] = field(init=False)

    def __post_init__(self) -> None:
        self.flows = flows(self.marked)
        self.roots = self._roots()
        # A payment alone tells of goods only where it fills a gap.
        others = [one for one in self.others if one.kind != "payment" or one.taker in self.roots]
        outgoing: dict[int, list[Delivery]] = {}
        for delivery in (*self.marked, *others):
            outgoing.setdefault(delivery.giver, []).append(delivery)
        self._outgoing = outgoing

    @property
    def holders(self) -> set[int]:
        """All whom records name as holders of the item or of its like."""
        named = {one for delivery in (*self.marked, *self.others) for one in (delivery.giver, delivery.taker)}
        return named | set(self.seen) | (set() if self.maker is None else {self.maker})

    def outgoing(self, holder: int) -> Sequence[Delivery]:
        """What a holder gave on; where papers show this very piece going on, nothing else."""
        found = self._outgoing.get(holder, ())
        pieces = [one for one in found if one.kind == "delivery" and self._of_the_piece(one)]
        return pieces or found

    def _of_the_piece(self, delivery: Delivery) -> bool:
        return self.item.serial is not None and any(
            paper.serial is not None and paper.agreement is not None and paper.agreement.how != "partial"
            for paper in delivery.papers
        )

    def open_roots(self, holders: tuple[int, ...]) -> tuple[int, ...]:
        """The places where papers with the mark begin and a chain has not led; of many, one place is enough."""
        left = tuple(root for root in self.roots if root not in holders)
        if len(self.roots) <= FEW_ROOTS:
            return left
        return left if len(left) == len(self.roots) else ()

    def passes_over(self, holder: int) -> float:
        """What it costs to go on from a holder otherwise than by the papers that bear the mark."""
        return PASSED_OVER if any(one.kind == "delivery" for one in self._outgoing.get(holder, ())) else 0.0

    def together(self, giver: int | None, taker: int | None, measure: str | None) -> tuple[int, float | None]:
        """How many deliveries papers with the mark show between two holders, and how much they come to."""
        found = [one for one in self.marked if one.kind == "delivery" and (one.giver, one.taker) == (giver, taker)]
        return len(found), total([one.amounts for one in found], measure or "")

    def share(self, links: tuple[Link, ...]) -> list[str]:
        """How much of the lot went the way of a chain: what its narrowest and its widest link come to."""
        marked = [link for link in links if link.kind == "delivery"]
        sums = [self.together(link.giver, link.taker, link.measure)[1] for link in marked]
        measures = {link.measure for link in marked}
        told = [amount for amount in sums if amount is not None]
        if self.item.serial is not None or len(told) < 2 or len(told) < len(marked) or len(measures) != 1:
            return []
        return [f"{plain(min(told))} of {amount_of(max(told), marked[0].measure)} went this way"]

    def _roots(self) -> tuple[int, ...]:
        """The holders that papers begin with: those to whom no paper with the mark leads, one of each circle."""
        taken = {delivery.taker for delivery in self.marked}
        left = {delivery.giver for delivery in self.marked} | set(self.seen)
        found = sorted(left - taken - {self.maker})
        led_to = self._led_to({*found, *(() if self.maker is None else (self.maker,))})
        while left - led_to:  # in a circle each has it from another
            found.append(min(left - led_to))
            led_to |= self._led_to({found[-1]})
        return tuple(found)

    def _led_to(self, holders: set[int]) -> set[int]:
        """The holders to whom papers with the mark lead from some, with these themselves."""
        reached, fresh = set[int](), set(holders)
        while fresh:
            reached |= fresh
            fresh = {one.taker for one in self.marked if one.giver in fresh} - reached
        return reached


def flows(marked: Sequence[Delivery]) -> dict[int, tuple[Flow, ...]]:
    """Return what each holder received and gave, by measure, over all deliveries of a lot."""
    real = [delivery for delivery in marked if delivery.kind == "delivery"]
    found: dict[int, tuple[Flow, ...]] = {}
    for holder in {holder for delivery in real for holder in (delivery.giver, delivery.taker)}:
        ins = [delivery.amounts for delivery in real if delivery.taker == holder]
        outs = [delivery.amounts for delivery in real if delivery.giver == holder]
        measures = [m for m in ("pieces", "kg", "l") if any(m in amounts for amounts in (*ins, *outs))]
        found[holder] = tuple(Flow(measure, total(ins, measure), total(outs, measure)) for measure in measures)
    return found


def total(amounts: Sequence[Mapping[str, float]], measure: str) -> float | None:
    """Return the sum over deliveries, None where there is none or one does not say."""
    return sum(a[measure] for a in amounts) if amounts and all(measure in a for a in amounts) else None
