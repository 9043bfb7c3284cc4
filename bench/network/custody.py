"""Items recovered, and the papers that tell how they got there: certificates, order lines, packing lists, replies.

Each chain is maker, distributor, purchaser, consignee. What is planted beside whole chains: a link without any paper; a
packing list with more pieces than were ever bought; one dated before the goods were; a lot that went to several
purchasers, of which the serial number tells the right one; another maker's lot of the same number; lots that differ by
one sign. Marks in the field are worn: O for 0, spaces, a last sign that cannot be read (?), no serial number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.network.trade import BILL, ORDER, Trade
from bench.network.world import Actor, all_goods, some

SERIAL_GOODS = ("phone", "headset", "motor", "pump", "drill", "fridge", "printer", "bicycle", "watch", "wallclock")
STORIES = (
    "whole",
    "missing",
    "shared",
    "whole",
    "like",
    "grows",
    "shared",
    "missing",
    "whole",
    "backwards",
    "like",
    "whole",
)
RELIABILITY = "BBCAD"


@dataclass(slots=True, eq=False)
class Paper:
    """A certificate, a packing list or a reply: goods with lot and serial numbers, from one firm to another."""

    no: str
    on: str  # certificate, packing, reply
    day: date
    source: Actor
    target: Actor
    maker: Actor
    goods: str
    quantity: int
    lot: str
    serial: str
    reliability: str = ""
    credibility: str = ""
    origin: str = ""


@dataclass(slots=True)
class Link:
    """One step of a chain, with the numbers of the papers that tell of it; `wrong` says what contradicts it."""

    source: Actor
    target: Actor
    papers: list[str] = field(default_factory=list)
    wrong: str = ""


@dataclass(slots=True)
class Item:
    """A thing found, and the chain that brought it there."""

    no: str
    story: str
    day: date
    town: str
    country: str
    goods: str
    maker: Actor
    lot: str  # as it was made
    serial: str
    lot_read: str  # as it was read in the field
    serial_read: str
    links: list[Link] = field(default_factory=list)


class Archive:
    """Plants items one after the other and keeps the papers."""

    def __init__(self, trade: Trade) -> None:
        self.trade, self.dice = trade, trade.world.dice
        self.papers: list[Paper] = []
        self.items: list[Item] = []

    def plant(self, count: int) -> None:
        """Plant so many items, the stories in turn."""
        for i in range(count):
            self._item(STORIES[i % len(STORIES)])

    def _item(self, story: str) -> None:
        dice, trade = self.dice, self.trade
        goods = dice.pick([g for g in SERIAL_GOODS if g in trade.makers])
        maker, seller = dice.pick(trade.makers[goods]), dice.pick(trade.sellers[goods])
        lot, first = (
            f"{dice.pick('ABDHKMR')}{dice.below(90) + 10}-{dice.below(9_000) + 1_000}",
            100_000 + dice.below(800_000),
        )
        prefix, pieces = dice.pick(("KT", "SN", "MX", "VR", "AL")), 100 + dice.below(200)
        made = trade.day(early=True) - timedelta(days=60)
        links = [Link(maker, seller)]
        missing = 1 + dice.below(2) if story == "missing" else -1
        links[0].papers.append(
            self._certificate(made, maker, seller, goods, pieces, lot, f"{prefix}{first}-{first + pieces - 1}")
        )
        if dice.chance(0.4):
            links[0].papers.append(
                self._reply(made, maker, seller, maker, goods, pieces, lot, f"{prefix}{first}-{first + pieces - 1}")
            )
        parts = 3 if story == "shared" else 1
        for part in range(parts):
            low = first + part * (pieces // parts)
            span = (low, low + pieces // parts - 1)
            chain = self._onward(
                story if part == 0 else "whole", made, seller, maker, goods, lot, prefix, span, missing
            )
            if part == 0:
                links += chain
                serial = f"{prefix}{low + dice.below(pieces // parts)}"
        if story == "like":
            self._likeness(made, maker, goods, lot, pieces)
        town = links[-1].target
        found = made + timedelta(days=170 + dice.below(200))
        worn = dice.chance(0.3)
        read = lot.replace("0", "O").replace("-", " ") if dice.chance(0.4) else lot
        read = read[:-1] + "?" if worn else read
        piece = "" if worn and story != "shared" else f"{prefix} {serial[2:]}"
        self.items.append(
            Item(f"R-{len(self.items) + 301}", story, found, town.city, town.country, goods, maker, lot, serial, read,
                 piece, links)
        )  # fmt: skip

    def _onward(
        self, story: str, made: date, seller: Actor, maker: Actor, goods: str, lot: str, prefix: str,
        span: tuple[int, int], missing: int,
    ) -> list[Link]:  # fmt: skip
        """From the distributor to a purchaser, and from it to a consignee."""
        dice, trade = self.dice, self.trade
        purchaser, consignee = self._purchaser(goods), self._consignee(goods)
        pieces, serial = span[1] - span[0] + 1, f"{prefix}{span[0]}-{span[1]}"
        day = made + timedelta(days=20 + dice.below(40))
        order = trade.sell(ORDER, seller, purchaser, goods, day=day)
        order.maker, order.quantity, order.lot, order.serial = maker, pieces, lot, serial
        first, second = Link(seller, purchaser), Link(purchaser, consignee)
        if missing == 1:  # the sale is on record, but nothing says which goods it was
            order.lot, order.serial, order.maker = "", "", None
        else:
            first.papers.append(order.no)
            if dice.chance(0.3):
                first.papers.append(self._reply(day, seller, purchaser, maker, goods, pieces, lot, serial))
        sent = day + timedelta(days=10 + dice.below(60))
        if story == "backwards":
            sent, second.wrong = made - timedelta(days=15 + dice.below(30)), "dates"
        if story == "grows":
            pieces, second.wrong = pieces * 2, "quantity"
        if missing != 2:
            second.papers += self._sent(sent, purchaser, consignee, maker, goods, pieces, lot, serial)
        return [first, second]

    def _sent(
        self, day: date, source: Actor, target: Actor, maker: Actor, goods: str, pieces: int, lot: str, serial: str
    ) -> list[str]:
        """The packing list, and perhaps the bill of lading that goes with it."""
        papers = [self._paper("packing", "PL", day, source, target, maker, goods, pieces, lot, serial)]
        if self.dice.chance(0.5):
            bill = self.trade.sell(BILL, source, target, goods, day=day)
            bill.quantity, bill.lot, bill.serial = pieces, lot, serial
            papers.append(bill.no)
        return papers

    def _likeness(self, made: date, maker: Actor, goods: str, lot: str, pieces: int) -> None:
        """Another maker's goods under the same lot number, and a lot that differs by one sign."""
        others = [m for m in self.trade.world.of("maker") if m is not maker]
        for number in (lot, lot[:-1] + str((int(lot[-1]) + 1) % 10)):
            other, kind = self.dice.pick(others), goods
            if number == lot:
                kind = self.dice.pick([k for k in other.goods if k != goods])
            seller, low = self.dice.pick(self.trade.sellers[kind]), 20_000 + self.dice.below(9_000)
            serial = f"ZQ{low}-{low + pieces - 1}"
            self._certificate(made, other, seller, kind, pieces, number, serial)
            self._onward("whole", made, seller, other, kind, number, "ZQ", (low, low + pieces - 1), -1)

    def _purchaser(self, goods: str) -> Actor:
        found = [a for a in self.trade.world.of("dealer", "junction") if goods in a.goods or a.part == "junction"]
        return self.dice.pick(found)

    def _consignee(self, goods: str) -> Actor:
        world = self.trade.world
        return self.dice.pick(
            [a for a in world.of("buyer") if goods in a.goods] or some(world.of("buyer"), 5, self.dice)
        )

    def _certificate(
        self, day: date, maker: Actor, target: Actor, goods: str, quantity: int, lot: str, serial: str
    ) -> str:
        return self._paper("certificate", "CO", day, maker, target, maker, goods, quantity, lot, serial)

    def _reply(
        self, day: date, source: Actor, target: Actor, maker: Actor, goods: str, quantity: int, lot: str, serial: str
    ) -> str:
        return self._paper("reply", "RE", day, source, target, maker, goods, quantity, lot, serial)

    def _paper(
        self, on: str, letters: str, day: date, source: Actor, target: Actor, maker: Actor, goods: str, quantity: int,
        lot: str, serial: str,
    ) -> str:  # fmt: skip
        no = f"{letters}-{len(self.papers) + 7_001}"
        paper = Paper(no, on, day, source, target, maker, goods, quantity, lot, serial)
        if on == "reply":
            paper.reliability, paper.credibility = self.dice.pick(RELIABILITY), str(1 + self.dice.below(4))
            paper.origin = f"letter {no}"
        self.papers.append(paper)
        return no


def weigh(pieces: int, goods: str) -> float:
    """Net mass in kg."""
    return round(pieces * all_goods()[goods].weight, 1)
