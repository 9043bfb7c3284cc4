"""Orders of which it is known on which day whose records first show what an indicator asks about.

Four kinds, each of orders by planted junctions:
- payer: an unrelated firm pays; the seller sees it on the day of the payment (PAY-01);
- consignee: the order names an unrelated consignee; the seller sees it on the day of the order, the carrier on that of
  the bill of lading (SHP-01);
- bill: only the bill of lading names the consignee; the seller never sees it, the carrier on the day of the bill;
- meeting: three sellers, two buyers, one consignee that bought nothing itself; only all together see it, when the third
  order comes in (NET-03).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bench.network.plant import Junction
from bench.network.trade import BILL, ORDER, Payment, Sale, Trade, basket, narrow_trades
from bench.network.world import Actor, some

KINDS = ("payer", "consignee", "bill", "meeting")
CODES = {"payer": "PAY-01", "consignee": "SHP-01", "bill": "SHP-01", "meeting": "NET-03"}
ACTORS = ("seller", "carrier", "all")


@dataclass(slots=True)
class Scheme:
    """What was planted: its orders, the payment, the bill, the firm it is about."""

    kind: str
    orders: list[Sale]
    payment: Payment | None = None
    bill: Sale | None = None
    about: Actor | None = None

    def first(self, kept: Collection[str]) -> dict[str, date | None]:
        """The first day for each of ACTORS, if only the papers with these numbers are on record; None: never."""
        order = self.orders[0].day if self.orders[0].no in kept else None
        bill = self.bill.day if self.bill is not None and self.bill.no in kept else None
        if self.kind == "payer":
            paid = self.payment is not None and self.payment.no in kept and order is not None
            day = max(self.payment.day, self.orders[0].day) if paid and self.payment is not None else None
            return {"seller": day, "carrier": None, "all": day}
        if self.kind == "meeting":
            return {"seller": None, "carrier": None, "all": self._met([o for o in self.orders if o.no in kept])}
        seen = order if self.kind == "consignee" else None
        days = [day for day in (seen, bill) if day is not None]
        return {"seller": seen, "carrier": bill, "all": min(days, default=None)}

    @staticmethod
    def _met(orders: list[Sale]) -> date | None:
        """The day on which there are three sellers and two buyers."""
        came = sorted(orders, key=lambda o: o.day)
        for i, order in enumerate(came, 1):
            if len({o.seller.key for o in came[:i]}) >= 3 and len({o.buyer.key for o in came[:i]}) >= 2:
                return order.day
        return None


def plant(trade: Trade, junctions: list[Junction], count: int) -> list[Scheme]:
    """Plant so many of each kind."""
    making: dict[str, Callable[[Trade, Junction], Scheme]] = {"payer": _payer, "consignee": _consignee, "bill": _bill}
    made: list[Scheme] = []
    for kind in KINDS:
        for i in range(count):
            if kind == "meeting":
                made.append(_meeting(trade, junctions))
            else:
                made.append(making[kind](trade, junctions[(i * 3 + len(kind)) % len(junctions)]))
    return made


def _order(trade: Trade, chosen: Junction, to: Actor | None = None) -> Sale:
    dice = trade.world.dice
    goods = dice.pick(chosen.goods)
    return trade.sell(ORDER, dice.pick(trade.sellers[goods]), dice.pick(chosen.firms), goods, to=to, day=trade.day(early=True))


def _stranger(trade: Trade) -> Actor:
    """A small firm that has nothing to do with anybody."""
    nace = trade.world.dice.pick(narrow_trades())
    actor = trade.world.found("stranger", nace, basket(nace))
    trade.world.tie(trade.world.person(), actor, "officer")
    return actor


def _payer(trade: Trade, chosen: Junction) -> Scheme:
    order = _order(trade, chosen)
    return Scheme("payer", [order], payment=trade.pay(order, _stranger(trade), 4 + trade.world.dice.below(40)))


def _consignee(trade: Trade, chosen: Junction) -> Scheme:
    order = _order(trade, chosen, _stranger(trade))
    bill = trade.ship(order, 4 + trade.world.dice.below(20)) if trade.world.dice.chance(0.6) else None
    return Scheme("consignee", [order], bill=bill)


def _bill(trade: Trade, chosen: Junction) -> Scheme:
    order = _order(trade, chosen)
    order.consignee_written = False
    bill = trade.ship(order, 4 + trade.world.dice.below(20))
    bill.consignee = order.consignee = _stranger(trade)
    return Scheme("bill", [order], bill=bill)


def _meeting(trade: Trade, junctions: list[Junction]) -> Scheme:
    """Three or four orders of two unrelated buyers from as many sellers, to one firm."""
    dice, about = trade.world.dice, _stranger(trade)
    buyers = some(junctions, 2, dice)
    sellers: set[str] = set()
    orders: list[Sale] = []
    while len(orders) < 3 + dice.below(2) or len(sellers) < 3:
        order = _order(trade, buyers[len(orders) % 2], about)
        if order.seller.key in sellers:
            trade.sales.remove(order)
            continue
        sellers.add(order.seller.key)
        orders.append(order)
    for order in orders[1:]:
        order.day = min(order.day, orders[0].day) + timedelta(days=dice.below(120))
    return Scheme("meeting", orders, about=about)


def bills_of(schemes: list[Scheme]) -> set[str]:
    """The numbers of the bills of lading among what was planted."""
    return {s.bill.no for s in schemes if s.bill is not None and s.bill.on == BILL}
