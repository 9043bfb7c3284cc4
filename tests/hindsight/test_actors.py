"""Who is taken to have seen what: the table in the docstring of narrows.hindsight, line by line."""

from __future__ import annotations

import pytest

from building import Case, record
from narrows.hindsight.past import Pasts

LINE = (
    "document_no date seller.name buyer.name manufacturer.name consignor.name carrier.name forwarder.name"
    " departure destination description"
)
MAKER, DEALER, BUYER = "Avenmoor Werke GmbH", "Birkholm Supplies Ltd", "Dunmark Ltd"
DAY = "2024-03-01"


def line(**said):
    said = {"date": DAY, "description": "bearings", **{name.replace("__", "."): value for name, value in said.items()}}
    return [said.get(field) for field in LINE.split()]


@pytest.fixture(scope="module")
def pasts():
    case = Case()
    case.load(
        "orders",
        LINE,
        line(seller__name=MAKER, buyer__name=DEALER, manufacturer__name=MAKER),
        line(seller__name=DEALER, buyer__name=BUYER, manufacturer__name=MAKER),
        line(seller__name="Private seller", buyer__name=BUYER),
    )
    case.load(
        "bills",
        LINE,
        line(seller__name=DEALER, carrier__name="Jarrow Haulage Ltd", departure="DE", destination="TR"),
        line(consignor__name=DEALER, forwarder__name="Kelder Spedition GmbH", destination="DE"),
        line(seller__name=DEALER),
    )
    case.load("declarations", LINE, line(seller__name=DEALER, departure="DE", destination="DE"))
    case.load(
        "payments",
        "date payer.name payer.country payee.name bank_country amount",
        [DAY, BUYER, "TR", DEALER, "AT", "1"],
        [DAY, BUYER, "TR", DEALER, None, "1"],
        [DAY, BUYER, None, "Somebody Ltd", None, "1"],
        [DAY, DEALER, None, MAKER, "DE", "1"],
    )
    case.load(
        "register",
        "company.name company.kind founded officer.name since",
        [BUYER, None, "2020-01-01", "N. N.", "2021-01-01"],
        [DEALER, None, "2020-01-01", "N. N.", None],
        ["Private seller", "person", "2020-01-01", None, None],
    )
    case.load(
        "relations",
        "party.name other.name relation since",
        [DEALER, BUYER, "agency", DAY],
        [MAKER, BUYER, "agency", None],
    )
    case.load("end-use", "date buyer.name description", [DAY, BUYER, "bearings"], [DAY, "Eskerlow Ltd", "bearings"])
    case.measure()
    found = Pasts(case.store, [])
    yield found
    found.close()


def seen(pasts, name):
    """The records of an actor: part and row, both as they were loaded."""
    where = {(part, nth): record(part, nth) for part in range(1, 8) for nth in range(4)}
    found = {
        number
        for (number,) in pasts.engine.rows(
            "SELECT s.record FROM whole.seen AS s LEFT JOIN whole.actor AS a USING (actor) WHERE coalesce(a.name,"
            " 'everybody') = ?",
            [name],
        )
    }
    return sorted(place for place, number in where.items() if number in found)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        (MAKER, [(1, 0), (4, 3)]),
        (DEALER, [(1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (3, 0), (4, 0), (4, 1), (4, 3), (6, 0), (7, 0)]),
        ("banks of payers in AT", [(4, 0)]),
        ("banks of payers in TR", [(4, 1), (4, 2)]),
        ("banks of payers in DE", [(4, 3)]),
        ("Jarrow Haulage Ltd", [(2, 0)]),
        ("Kelder Spedition GmbH", [(2, 1)]),
        ("carrier of part-2.csv", [(2, 2)]),
        ("customs of DE", [(2, 0), (2, 1), (3, 0)]),
        ("customs of TR", [(2, 0)]),
        ("everybody", [(5, 0), (5, 1), (5, 2)]),
    ],
)
def test_who_saw_what(pasts, name, places):
    assert seen(pasts, name) == places


def test_all_together_saw_what_carries_a_day(pasts):
    assert len(seen(pasts, "all together")) == 3 + 3 + 1 + 4 + 1 + 2


def test_actors_are_told_in_order_and_private_persons_are_none(pasts):
    assert [(actor.kind, actor.name) for actor in pasts.actors()] == [
        ("maker", MAKER),
        ("distributor", DEALER),
        ("bank", "banks of payers in AT"),
        ("bank", "banks of payers in DE"),
        ("bank", "banks of payers in TR"),
        ("carrier", "Jarrow Haulage Ltd"),
        ("carrier", "Kelder Spedition GmbH"),
        ("carrier", "carrier of part-2.csv"),
        ("customs", "customs of DE"),
        ("customs", "customs of TR"),
        ("all", "all together"),
    ]


def test_what_is_not_placed_is_counted(pasts):
    assert pasts.undated() == {"contracts": 1, "offices and holdings": 1}
    assert pasts.unplaced() == 1


def test_a_firm_and_its_officer_are_known_from_days_of_their_own(pasts):
    days = pasts.engine.rows(
        "SELECT shape, day::VARCHAR FROM whole.seen WHERE actor = 0 AND record = ? ORDER BY shape", [record(5, 0)]
    )
    assert days == [("office", "2021-01-01"), ("registration", "2020-01-01")]
