"""Orders of which it is known on which day whose records first show what a red flag asks about.

A small trade of its own, since each day of each actor is replayed. Two kinds of schemes, each of firms that stand in no
other, with goods and quantities that are usual for them, so that nothing else is to be asked of them:

- payer: one buyer's orders of one or two sellers, consigned to a firm that nothing links with it, each paid some days
  later by a stranger. The seller can ask on the day of its order (SHP-01), and has flags of two families on one order
  on the day of its payment (PAY-01); a carrier can ask on the day of its bill of lading.
- meeting: three or four sellers, two unrelated buyers, one consignee that bought nothing itself. Each seller can ask on
  the day of its order (SHP-01); only all together see them meet, on the day when the third seller's order comes in
  (NET-03).

Actors are named `seller KEY`, `carrier KEY` and `all`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.network.trade import ORDER, Payment, Sale, Trade, basket
from bench.network.world import Actor, some

ALL = "all"
# Trades whose usual goods are usual by the curated table too, so that early days, when little is known, flag nothing.
TRADES = ("4742", "9521", "9511", "4532", "4759")
Firsts = dict[str, tuple[date | None, date | None]]


@dataclass(slots=True)
class Scheme:
    """What was planted: orders, payments for them, bills of lading of them."""

    kind: str
    orders: list[Sale] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    bills: list[Sale] = field(default_factory=list)

    def firsts(self, kept: Collection[str]) -> Firsts:
        """For each actor the first day with a flag, and the first with flags of two families on one order.

        Args:
            kept: numbers of the papers on record; what is not there nobody has seen.
        """
        orders = [order for order in self.orders if order.no in kept]
        bills = [bill for bill in self.bills if bill.no in kept]
        paid = {p.order: p.day for p in self.payments if p.no in kept}
        actors = {f"seller {o.seller.key}" for o in (*orders, *bills)} | {ALL}
        actors |= {f"carrier {b.forwarder.key}" for b in bills if b.forwarder}
        return {actor: self._first(actor, orders, bills, paid) for actor in sorted(actors)}

    def _first(
        self, actor: str, orders: list[Sale], bills: list[Sale], paid: dict[str, date]
    ) -> tuple[date | None, date | None]:
        mine = [o for o in orders if actor in (ALL, f"seller {o.seller.key}")]
        sent = [
            b
            for b in bills
            if actor in (ALL, f"seller {b.seller.key}") or (b.forwarder and actor == f"carrier {b.forwarder.key}")
        ]
        second = [max(order.day, paid[order.no]) for order in mine if order.no in paid]
        if self.kind == "meeting" and (met := _met(mine)) is not None:
            second.append(met)
        return min((sale.day for sale in (*mine, *sent)), default=None), min(second, default=None)


def _met(orders: list[Sale]) -> date | None:
    """The day on which there are three sellers and two buyers."""
    came = sorted(orders, key=lambda order: order.day)
    for i, order in enumerate(came, 1):
        if len({o.seller.key for o in came[:i]}) >= 3 and len({o.buyer.key for o in came[:i]}) >= 2:
            return order.day
    return None


def plant(trade: Trade, count: int) -> list[Scheme]:
    """Plant so many, the kinds in turn."""
    return [(_payer if i % 2 == 0 else _meeting)(trade) for i in range(count)]


def _firm(trade: Trade, part: str, nace: str) -> Actor:
    actor = trade.world.found(part, nace, basket(nace))
    trade.world.tie(trade.world.person(), actor, "officer")
    return actor


def _payer(trade: Trade) -> Scheme:
    dice, made = trade.world.dice, Scheme("payer")
    nace = dice.pick(TRADES)
    buyer, to, payer = (_firm(trade, part, nace) for part in ("ordering", "receiving", "paying"))
    sellers = some(trade.sellers[goods := dice.pick(buyer.goods)], 1 + dice.below(2), dice)
    for i in range(2 + dice.below(2)):
        order = trade.sell(ORDER, sellers[i % len(sellers)], buyer, goods, to=to, day=trade.day(early=True))
        made.orders.append(order)
        made.payments.append(trade.pay(order, payer, 3 + dice.below(50)))
        if dice.chance(0.6):
            made.bills.append(trade.ship(order, 4 + dice.below(20)))
    return made


def _meeting(trade: Trade) -> Scheme:
    dice, made = trade.world.dice, Scheme("meeting")
    nace = dice.pick(TRADES)
    buyers, to = [_firm(trade, "ordering", nace) for _ in range(2)], _firm(trade, "receiving", nace)
    goods = dice.pick(buyers[0].goods)
    start = trade.day(early=True)
    for i, seller in enumerate(some(trade.sellers[goods], 3 + dice.below(2), dice)):
        day = start + timedelta(days=dice.below(120))
        made.orders.append(trade.sell(ORDER, seller, buyers[i % 2], goods, to=to, day=day))
    return made
