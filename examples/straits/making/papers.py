"""The paper around the orders: document numbers, prices, end-use statements, payments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from making.cast import STORY, Firm
from making.draw import Draw
from making.orders import Line, Order

LIRA = 30  # an invented rate


@dataclass(frozen=True, slots=True)
class Deal:
    """An order with its numbers and the price of each line in cents."""

    order: Order
    number: str
    order_no: str
    currency: str
    cents: tuple[int, ...]

    @property
    def seller(self) -> Firm:
        """Who sells."""
        return STORY[self.order.seller or {"S1": "seller_de", "S2": "seller_tr", "S3": "seller_om"}[self.order.book]]


@dataclass(frozen=True, slots=True)
class Statement:
    """An end-use statement for one substance."""

    number: str
    day: date
    buyer: Firm
    line: Line
    amount: int
    identity: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One booked payment."""

    day: date
    payer: Firm
    on_behalf_of: Firm | None
    payee: Firm
    cents: int
    currency: str
    text: str
    capitals: bool


def number_deals(orders: list[Order]) -> list[Deal]:
    """Give each order its document numbers, in the order of days within each book and year."""
    deals = []
    counted: Counter[tuple[str, int]] = Counter()
    for order in sorted(orders, key=lambda o: (o.book, o.day, o.buyer.serial, o.lines[0].good.key)):
        counted[order.book, order.day.year] += 1
        count, year = counted[order.book, order.day.year], order.day.year % 100
        number, order_no = {
            "S1": (f"A{year}-{10000 + 3 * count}", ""),
            "S2": (f"KRS20{year}{count:09d}", f"S{year}-{1000 + 2 * count}"),
            "S3": (f"SLVP{year}{700 + 4 * count:05d}", f"PS-{year}-{300 + count:04d}"),
        }[order.book]
        draw = Draw(f"price:{number}")
        currency = _currency(order)
        cents = tuple(
            round(
                line.good.price * line.amount * 100 * (0.94 + 0.12 * draw.unit()) * (LIRA if currency == "TRY" else 1)
            )
            for line in order.lines
        )
        deals.append(Deal(order, number, order_no, currency, cents))
    return deals


def _currency(order: Order) -> str:
    if order.book == "S2":
        return "TRY" if order.buyer.country == "TR" else "EUR"
    return "USD" if order.book == "S3" else "EUR"


def statements_for(deals: list[Deal]) -> list[Statement]:
    """Return the statement of each buyer for each restricted substance, renewed before a year is over."""
    found: list[tuple[date, Firm, Line, int, bool]] = []
    last: dict[tuple[str, str], date] = {}
    for deal in (d for d in deals if d.order.book == "S2"):
        order = deal.order
        for line in (one for one in order.lines if one.good.restricted):
            key = (order.buyer.key, line.good.cas)
            draw = Draw(f"statement:{deal.number}:{line.good.key}")
            if order.case == "no-statement":
                continue
            if order.case == "late-statement":
                found.append((order.day + timedelta(days=21), order.buyer, line, line.amount, False))
            elif order.case == "stale-statement":
                found.append((order.day - timedelta(days=431), order.buyer, line, line.amount, True))
            elif key not in last or (order.day - last[key]).days > 350:
                last[key] = order.day - timedelta(days=draw.between(3, 30))
                found.append((last[key], order.buyer, line, line.amount * draw.between(2, 6), True))
    found.sort(key=lambda f: (f[0], f[1].serial, f[2].good.key))
    return [
        Statement(
            f"KB-{i:04d}", day, buyer, line, amount,
            f"Kimlik belgesi, son haneler {Draw(f'identity:{buyer.key}').between(1000, 9999)}" if complete else "",
        )
        for i, (day, buyer, line, amount, complete) in enumerate(found, start=101)
    ]  # fmt: skip


def payments_for(deals: list[Deal]) -> list[Payment]:
    """Return what the bank booked: a payment for somewhat more than half of the orders of the two order books."""
    payments = [_payment(deal) for deal in deals if deal.order.book != "S3" and _is_paid(deal)]
    payments += [_older(key, number) for key, number in (("lender", "A23-19811"), ("phone_om", "KRS2023000000977"))]
    return sorted(payments, key=lambda p: (p.day, p.payer.serial, p.text))


def _is_paid(deal: Deal) -> bool:
    if deal.order.paid is not None:
        return deal.order.paid
    return Draw(f"paid:{deal.number}").unit() < 0.6


def _payment(deal: Deal) -> Payment:
    order, draw = deal.order, Draw(f"payment:{deal.number}")
    payer = order.payer or order.buyer
    forms = (
        ("Auftrag {n}", "Rechnung zu {n} vom {d}", "{n}", "Order {n}")
        if order.book == "S1"
        else ("{n} NOLU FATURA", "FATURA {n} / SIPARIS {o}", "INVOICE {n}", "{o}")
    )
    form = forms[draw.between(0, len(forms) - 1)] if not order.payer else forms[1]
    text = form.format(n=deal.number, o=deal.order_no, d=f"{order.day:%d.%m.%Y}")
    return Payment(
        order.day + timedelta(days=draw.between(5, 35)), payer, order.buyer if order.on_behalf else None, deal.seller,
        sum(deal.cents), deal.currency, text, payer.country != "TR" and draw.unit() < 0.2,
    )  # fmt: skip


def _older(key: str, number: str) -> Payment:
    payee = STORY["seller_de" if number.startswith("A") else "seller_tr"]
    return Payment(date(2024, 1, 8), STORY[key], None, payee, 184250, "EUR", f"Invoice {number}", False)
