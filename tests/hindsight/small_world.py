"""A small fictional trade of a few months, as rows, of which any part can be blanked: what somebody did not have yet.

A blank row keeps its place, so that records have the same numbers in a case of part of the rows as in a case of all.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from building import Case

BEGIN = date(2024, 1, 8)
DAYS = 90
SELLERS = ("Alderfen Werkstoffe GmbH", "Borrowmere Supplies Ltd", "Calvane Technical Ltd")
BUYERS = ("Dunmark Antriebe GmbH", "Eskerlow Farms Ltd", "Fennick Mobile Phones Ltd", "Garrowby Drives Ltd")
SPELLINGS = {BUYERS[0]: ("Dunmark Antriebe GmbH", "DUNMARK ANTRIEBE G.M.B.H.", "Dunmark-Antriebe")}
SHOP, PAYER, CARRIER = "Hollin Phone Shop Ltd", "Ivelet Car Hire Ltd", "Jarrow Haulage Ltd"
GOODS = (
    ("servo motor", "85015100"),
    ("aluminium paste", "32129000"),
    ("nitric acid 65 %", "28080000"),
    ("roller bearing", "84822000"),
)
ITEM = (
    "document_no date seller.name buyer.name buyer.vat consignee.name description hs quantity unit amount"
    " currency buyer_status"
)
BILL = (
    "document_no order_no date seller.name buyer.name consignee.name carrier.name departure destination "
    "description net_mass"
)
PAYMENT = "date payer.name payee.name bank_country amount currency reference"
REGISTER = "company.name company.activity founded officer.name since until"
RELATION = "party.name other.name relation since until"
STATEMENT = "date buyer.name description stated_use signatory signed"

Row = list[str | None]
# Whether somebody had a row of a kind: its kind and its cells by field.
Had = Callable[[str, dict[str, str | None]], bool]


class World:
    """The rows of a trade, made from a seed."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.rows: dict[str, list[Row]] = {kind: [] for kind in ("orders", "bills", "payments")}
        for n in range(45):
            self._sale(chance, n)
        founded = [
            (name, code)
            for name, code in zip((*BUYERS, SHOP, PAYER), ("28", "01", "47", "28", "47", "77"), strict=True)
        ]
        self.rows["register"] = [
            [name, f"{code}.11", _day(chance.randint(-400, 40)), f"Officer {chance.randint(1, 3)}", None, None]
            for name, code in founded
        ]
        for row in self.rows["register"]:
            assert row[2] is not None
            since = date.fromisoformat(row[2]) + timedelta(chance.randint(0, 60))
            row[4], row[5] = since.isoformat(), (since + timedelta(60)).isoformat() if chance.random() < 0.5 else None
        self.rows["relations"] = [[PAYER, BUYERS[3], "group", _day(chance.randint(0, 60)), _day(80)]]
        self.rows["end-use"] = [
            [_day(chance.randint(0, DAYS)), chance.choice(BUYERS), "nitric acid 65 %", "etching", "N. N.", "yes"]
            for _ in range(4)
        ]

    def _sale(self, chance: random.Random, n: int) -> None:
        day = chance.randint(0, DAYS)
        seller, buyer, goods = chance.choice(SELLERS), chance.choice(BUYERS), chance.choice(GOODS)
        consignee = SHOP if chance.random() < 0.3 else None
        written = chance.choice(SPELLINGS.get(buyer, (buyer,)))
        amount, number = chance.choice((1, 2, 3, 5, 90)), f"N{n:04d}"
        status = "professional user" if "acid" in goods[0] else None
        self.rows["orders"].append(
            [
                number,
                _day(day),
                seller,
                written,
                None,
                consignee,
                *goods,
                str(amount),
                "kg",
                str(100 * amount),
                "EUR",
                status,
            ]
        )
        if chance.random() < 0.6:
            later = day + chance.randint(2, 20)
            carrier = CARRIER if chance.random() < 0.5 else None
            way = ["DE", chance.choice(("TR", "GB"))] if chance.random() < 0.7 else [None, None]
            self.rows["bills"].append(
                [f"B{n:04d}", number, _day(later), seller, written, consignee, carrier, *way, goods[0], str(amount)]
            )
        if chance.random() < 0.7:
            payer = PAYER if chance.random() < 0.3 else buyer
            country = chance.choice(("DE", "GB", None))
            self.rows["payments"].append(
                [_day(day + chance.randint(0, 15)), payer, seller, country, str(100 * amount), "EUR", f"Order {number}"]
            )

    def load(self, case: Case, day: date | None = None, had: Had = lambda *_: True) -> Case:
        """Load what somebody had by a day; all of it without one."""
        for kind, fields in (
            ("orders", ITEM),
            ("bills", BILL),
            ("payments", PAYMENT),
            ("register", REGISTER),
            ("relations", RELATION),
            ("end-use", STATEMENT),
        ):
            names = fields.split()
            case.load(kind, fields, *(_known(kind, names, row, day, had) for row in self.rows[kind]))
        return case


def _known(kind: str, names: list[str], row: Row, day: date | None, had: Had) -> Row:
    if day is None:
        return row
    cells = dict(zip(names, row, strict=True))
    for begin, of_it in (
        ("founded", names),
        ("date", names),
        ("since", names[names.index("since") - 1 :] if "since" in names else []),
    ):
        when = cells.get(begin)
        if when is not None and when > day.isoformat():
            cells.update(dict.fromkeys(of_it if kind != "relations" else names))
    if (until := cells.get("until")) is not None and until > day.isoformat():
        cells["until"] = None
    return list(cells.values()) if had(kind, cells) else [None] * len(names)


def _day(offset: int) -> str:
    return (BEGIN + timedelta(offset)).isoformat()
