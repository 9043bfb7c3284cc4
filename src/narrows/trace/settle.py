"""What would settle most: which paper of which party to ask for next."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from narrows.trace.model import Chain, Item, Link


@dataclass(frozen=True, slots=True)
class Need:
    """One paper that one party could give, for one link of one item."""

    party: int
    wants: str
    item: str
    link: Link


@dataclass(slots=True)
class Ask:
    """One paper to ask a party for, and what it would settle.

    Attributes:
        items: the keys of the items.
        links: how many links.
        quantity, measure: of the goods concerned, in the measure that most of them have; None where none is stated.
    """

    party: int
    wants: str
    items: list[str] = field(default_factory=list)
    links: int = 0
    amounts: dict[str, float] = field(default_factory=dict)
    records: set[int] = field(default_factory=set)

    @property
    def quantity(self) -> tuple[float | None, str | None]:
        """How much of the goods it is about, in one measure."""
        measure = next((m for m in ("pieces", "kg", "l") if m in self.amounts), None)
        return (None, None) if measure is None else (self.amounts[measure], measure)


def needs(item: Item, chain: Chain, private: Set[int]) -> list[Need]:
    """Return what would settle the links of a chain that are not documented, the first open link first.

    No request goes to a private individual: the firm that sold to one is asked in its place.
    """
    found = []
    seller = None
    for link in chain.links:
        if link.giver is not None and link.giver not in private:
            seller = link.giver
        # Where papers are there and only the mark is in doubt, no paper settles it: the item has to be read better.
        if link.state == "documented" or (link.kind == "delivery" and link.state == "inferred"):
            continue
        if link.giver is not None and link.giver not in private:
            found.append(Need(link.giver, _from_giver(link), item.key, link))
        elif link.giver is not None and seller is not None:
            found.append(Need(seller, _OF_PRIVATE, item.key, link))
        if link.taker is not None and link.taker not in private:
            found.append(Need(link.taker, _from_taker(link), item.key, link))
    return found


_OF_PRIVATE = "its papers on the sale to a private individual, without the name, and what it knows of the use"


def _from_giver(link: Link) -> str:
    if link.taker is None:
        return (
            "its papers on whom it gave the goods of this lot or serial number to: invoice, packing list, delivery note"
        )
    if link.state == "contradicted" and any("grows" in why for why in link.why):
        return "its stock record of this lot: all that it received and gave"
    if link.state == "contradicted":
        return "the dated original of its delivery papers"
    return "the delivery paper of this step, with lot or serial numbers"


def _from_taker(link: Link) -> str:
    if link.state == "contradicted":
        return "its record of what it received of this lot, with the day"
    return "its supplier's invoice or packing list for the goods, with lot or serial numbers"


def settle(chains: Mapping[str, tuple[Item, Chain]], private: Set[int], names: Mapping[int, str]) -> list[Ask]:
    """Return what to ask whom, the most useful first: by items, then links, then quantity that it would settle.

    Args:
        chains: for each item its likeliest chain.
        private: the entities that are private individuals.
        names: of the parties; they decide where all else is the same.
    """
    asks: dict[tuple[int, str], Ask] = {}
    for key, (item, chain) in chains.items():
        for need in needs(item, chain, private):
            ask = asks.setdefault((need.party, need.wants), Ask(need.party, need.wants))
            if key not in ask.items:
                ask.items.append(key)
                if item.quantity is not None and item.measure is not None:
                    ask.amounts[item.measure] = ask.amounts.get(item.measure, 0.0) + item.quantity
            ask.links += 1
            ask.records |= {item.record, *(paper.record for paper in need.link.papers)}
    return sorted(asks.values(), key=lambda ask: (*_usefulness(ask), names.get(ask.party, ""), ask.wants))


def _usefulness(ask: Ask) -> tuple[int, int, float]:
    return -len(ask.items), -ask.links, -(ask.quantity[0] or 0.0)
