"""What is bought and sold: goods lines, the ordinary trade, payments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.network.world import Actor, Goods, World, activities, all_goods, sizes, some

ORDER, BILL = "order", "bill"


@dataclass(slots=True, eq=False)
class Sale:
    """One goods line: who sold what to whom, and to whom it went. `on` is the paper that tells of it."""

    no: str
    on: str
    day: date
    seller: Actor
    buyer: Actor
    consignee: Actor
    goods: Goods
    quantity: int
    maker: Actor | None = None
    forwarder: Actor | None = None
    lot: str = ""
    serial: str = ""
    order: str = ""  # on a bill: the order that it fulfils
    consignee_written: bool = True

    @property
    def mass(self) -> float:
        """Net mass in kg."""
        return round(self.quantity * self.goods.weight, 1)

    @property
    def amount(self) -> float:
        """The value of the line."""
        return round(self.quantity * self.goods.price, 2)

    @property
    def way(self) -> tuple[Actor, ...]:
        """Those through whose hands the goods went by this line, each once, those who carry for others left out."""
        hands = (self.maker, self.seller, self.buyer, self.consignee)
        return tuple(dict.fromkeys(a for a in hands if a is not None and a.part != "forwarder"))


@dataclass(frozen=True, slots=True)
class Payment:
    """Money for an order."""

    no: str
    day: date
    payer: Actor
    payee: Actor
    amount: float
    order: str


@dataclass(slots=True)
class Trade:
    """All that happened, in the order it was made up."""

    world: World
    sales: list[Sale] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    makers: dict[str, list[Actor]] = field(default_factory=dict)
    sellers: dict[str, list[Actor]] = field(default_factory=dict)
    own_customers: dict[str, list[Actor]] = field(default_factory=dict)  # of each dealer, by its key

    def day(self, *, early: bool = False) -> date:
        """Some day of the period; an early one leaves time for what follows."""
        days = sizes("trade")["days"]
        day = sizes("trade")["start"] + timedelta(days=self.world.dice.below(int(days * 0.6) if early else days))
        return day if isinstance(day, date) else date.min

    def sell(
        self, on: str, seller: Actor, buyer: Actor, goods: str, *, day: date | None = None, to: Actor | None = None,
        times: float = 1.0, order: str = "",
    ) -> Sale:  # fmt: skip
        """Make up one sale; `times` the usual quantity."""
        dice, what = self.world.dice, all_goods()[goods]
        number = f"{'SO' if on == ORDER else 'BL'}-{len(self.sales) + 10_001}"
        quantity = max(1, int(what.usual * times * (0.4 + 1.2 * dice.random())))
        maker = (
            dice.pick(self.makers[goods])
            if goods in self.makers and dice.chance(sizes("trade")["maker_named"])
            else None
        )
        sale = Sale(number, on, day or self.day(), seller, buyer, to or buyer, what, quantity, maker, order=order)
        if on == BILL:
            sale.maker, sale.forwarder = None, dice.pick(self.world.of("forwarder"))
        sale.lot = f"{what.key[:2].upper()}{dice.below(10)}{dice.below(9_000) + 1_000}"
        self.sales.append(sale)
        return sale

    def ship(self, sale: Sale, days: int) -> Sale:
        """The bill of lading of an order: the same goods, some days later."""
        bill = self.sell(BILL, sale.seller, sale.buyer, sale.goods.key, to=sale.consignee, order=sale.no)
        bill.day, bill.quantity, bill.lot = sale.day + timedelta(days=days), sale.quantity, sale.lot
        return bill

    def pay(self, sale: Sale, payer: Actor, days: int) -> Payment:
        """A payment for a sale."""
        number, day = f"TR-{len(self.payments) + 50_001}", sale.day + timedelta(days=days)
        self.payments.append(Payment(number, day, payer, sale.seller, sale.amount, sale.no))
        return self.payments[-1]


def ordinary(world: World) -> Trade:
    """The trade of everybody who is not planted."""
    trade = Trade(world)
    for maker in world.of("maker"):
        for key in maker.goods:
            trade.makers.setdefault(key, []).append(maker)
    for seller in world.of("seller"):
        for key in seller.goods:
            trade.sellers.setdefault(key, []).append(seller)
    _stock(trade)
    for dealer in world.of("dealer"):
        own = [world.taker(dealer.goods) for _ in range(2 + world.dice.below(4))]
        trade.own_customers[dealer.key] = [world.found("customer", a.nace, a.basket) for a in own]
    for actor in world.of("buyer", "dealer", "institution", "furnished", "volume"):
        {"institution": _broad, "furnished": _furnish, "volume": _bulk}.get(actor.part, _usual)(trade, actor)
    _pay(trade)
    return trade


def _stock(trade: Trade) -> None:
    """Makers supply distributors; wholesalers buy from distributors of all kinds."""
    dice = trade.world.dice
    for key, sellers in trade.sellers.items():
        for maker in trade.makers.get(key, ()):
            for seller in some(sellers, 2, dice):
                trade.sell(BILL, maker, seller, key, times=6)
    for wholesaler in trade.world.of("wholesaler"):
        for key in wholesaler.goods:
            for seller in some(trade.sellers[key], 2, dice):
                for _ in range(1 + dice.below(2)):
                    trade.sell(ORDER, seller, wholesaler, key, times=4)


def _supplier(trade: Trade, key: str) -> tuple[str, Actor]:
    """Who supplies: a distributor, whose book we have, or a wholesaler, whose bills of lading we have."""
    dice = trade.world.dice
    wholesalers = [w for w in trade.world.of("wholesaler") if key in w.goods]
    if wholesalers and dice.chance(0.5):
        return BILL, dice.pick(wholesalers)
    return ORDER, dice.pick(trade.sellers[key])


def _usual(trade: Trade, actor: Actor) -> None:
    """An ordinary firm: goods of its trade, now and then others."""
    dice, rates = trade.world.dice, sizes("trade")
    regulars = {key: [_supplier(trade, key) for _ in range(3 if actor.part == "dealer" else 1)] for key in actor.goods}
    for _ in range((16 if actor.part == "dealer" else 3) + dice.below(24 if actor.part == "dealer" else 10)):
        stray = dice.chance(rates["stray"])
        key = dice.pick(list(all_goods())) if stray else dice.pick(actor.goods)
        on, seller = _supplier(trade, key) if stray else dice.pick(regulars[key])
        sale = trade.sell(on, seller, actor, key, times=0.3 if stray else 1)
        deals = actor.part == "dealer" and not stray
        if deals and on == ORDER and dice.chance(rates["dropped"]):
            _drop(trade, sale)
        elif deals and dice.chance(rates["dealt"]):
            _deal(trade, sale)
        if on == ORDER and sale.consignee is actor and dice.chance(rates["by_forwarder"]):
            _by_forwarder(trade, sale)
        elif on == ORDER and dice.chance(rates["shipped"]):
            trade.ship(sale, 3 + dice.below(12))


def _deal(trade: Trade, sale: Sale) -> None:
    """A dealer sells part of its goods on, to one or two whose trade buys such."""
    dice, key = trade.world.dice, sale.goods.key
    for customer in dict.fromkeys(_customer(trade, sale) for _ in range(1 + dice.below(2))):
        trade.sell(BILL, sale.buyer, customer, key, day=sale.day + timedelta(days=10), times=0.4)


def _customer(trade: Trade, sale: Sale) -> Actor:
    """A customer of a dealer: one of its own, who buys of nobody else, or a firm whose trade buys such goods."""
    dice, key = trade.world.dice, sale.goods.key
    own, others = (
        [b for b in found if key in b.goods] for found in (trade.own_customers[sale.buyer.key], trade.world.of("buyer"))
    )
    if not own and not others:
        return dice.pick(trade.world.of("institution"))
    if not own:
        return dice.pick(others)
    return dice.pick(own if dice.chance(sizes("trade")["own_customer"]) or not others else others)


def _drop(trade: Trade, sale: Sale) -> None:
    """A dealer has the goods delivered straight to its customer, mostly under a contract on record."""
    world, dice = trade.world, trade.world.dice
    sale.consignee = _customer(trade, sale)
    if dice.chance(sizes("trade")["drop_contract"]):
        world.tie(sale.buyer, sale.consignee, "drop shipment")


def _by_forwarder(trade: Trade, sale: Sale) -> None:
    """The goods go to a forwarder, who sends them on."""
    dice, buyer = trade.world.dice, sale.buyer
    sale.consignee = dice.pick(trade.world.of("forwarder"))
    bill = trade.sell(BILL, sale.consignee, buyer, sale.goods.key, day=sale.day + timedelta(days=6), order=sale.no)
    bill.quantity = sale.quantity


def _broad(trade: Trade, actor: Actor) -> None:
    """A hospital or university: all it usually buys, several times, from many."""
    for key in actor.goods:
        for _ in range(1 + trade.world.dice.below(3)):
            trade.sell(*_supplier(trade, key), actor, key, times=2)


def _furnish(trade: Trade, actor: Actor) -> None:
    """A small firm that furnishes its premises: goods of several sections, from one wholesaler, and its own trade."""
    world, dice = trade.world, trade.world.dice
    wholesaler = dice.pick(world.of("wholesaler"))
    sections: dict[int, str] = {}
    for key in wholesaler.goods:
        sections.setdefault(all_goods()[key].section, key)
    day = trade.day()
    for key in some(list(sections.values()), 3 + dice.below(3), dice):
        trade.sell(BILL, wholesaler, actor, key, day=day, times=0.1)
    _usual(trade, actor)


def _bulk(trade: Trade, actor: Actor) -> None:
    """One kind of goods, in quantities far above anybody's."""
    key = trade.world.dice.pick(actor.goods)
    for _ in range(20):
        trade.sell(ORDER, trade.world.dice.pick(trade.sellers[key]), actor, key, times=30)


def _pay(trade: Trade) -> None:
    """Buyers pay for their orders; holdings pay for their companies, under a contract on record."""
    dice, holdings = trade.world.dice, {actor.key: actor for actor in trade.world.of("treasury")}
    for sale in list(trade.sales):
        if sale.on == ORDER and dice.chance(sizes("trade")["paid"]):
            trade.pay(sale, holdings.get(sale.buyer.group, sale.buyer), 5 + dice.below(30))


def narrow_trades() -> list[str]:
    """NACE codes of the trades with few kinds of goods."""
    return [a.nace for a in activities() if a.kind == "narrow"]


def basket(nace: str) -> tuple[str, ...]:
    """The goods that a trade usually buys."""
    return next(a.basket for a in activities() if a.nace == nace)


def sections(keys: Iterable[str]) -> set[int]:
    """The sections of the Harmonized System that goods are of."""
    return {all_goods()[key].section for key in keys}


def of_other_sections(known: Sequence[str], among: Iterable[str]) -> list[str]:
    """Goods of sections that none of `known` is of."""
    taken = sections(known)
    return [key for key in among if all_goods()[key].section not in taken]
