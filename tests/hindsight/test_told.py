from datetime import date
from decimal import Decimal

import pytest

from narrows.hindsight.past import Actor, Hit
from narrows.hindsight.schemes import Consignment
from narrows.hindsight.told import told_alone, told_scheme, told_shared
from narrows.hindsight.walk import Alone, Asked, Shared, Sight

FIRST, SECOND, THIRD = date(2024, 3, 1), date(2024, 3, 9), date(2024, 4, 1)
AVEN, BIRK = Actor(1, "distributor", "Aven Supplies Ltd", 7), Actor(2, "carrier", "carrier of bills.csv", None)
EVERYBODY = Actor(3, "all", "all together", None)
MOVED = [
    Consignment(FIRST, 1200.0, {"EUR": Decimal(5)}),
    Consignment(SECOND, None, {}),
    Consignment(THIRD, 800.0, {}),
    Consignment(None, None, {}),
]


def asked(day, *codes):
    return Asked(day, tuple(Hit(1, code, "soft", "says", (1,)) for code in codes))


def alone(actor, hit=None, alert=None, **more):
    return Alone(Sight(actor, {("item", 1): FIRST}), hit, alert, **more)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            alone(AVEN, asked(SECOND, "SHP-01", "PAY-01"), asked(THIRD, "PAY-01")),
            "Aven Supplies Ltd could first have asked on 2024-03-09, by SHP-01 and PAY-01: 1 of 4 consignments "
            "(1.2 of 2 t where a "
            "weight is on record) had moved; 2 moved on that day or after. 1 consignment carries no day. An alert"
            " stood from "
            "2024-04-01, when 2 had moved.",
        ),
        (
            alone(AVEN),
            "Aven Supplies Ltd had 1 record of it, the first on 2024-03-01; no flag stood on what was seen by then.",
        ),
        (
            alone(BIRK, judged=False),
            "Carrier of bills.csv had 1 record of it, the first on 2024-03-01; goods lines, on which every flag "
            "stands, were not "
            "among them.",
        ),
    ],
)
def test_one_alone(found, told):
    assert told_alone(found, MOVED) == told


def test_a_scheme_names_the_first_and_whether_all_were_earlier():
    first, second = alone(AVEN, asked(THIRD, "PAY-01")), alone(BIRK, asked(SECOND, "PAY-01"))
    told = told_scheme([first, second, alone(EVERYBODY, asked(FIRST, "PAY-01"))], MOVED)
    assert told.startswith("Carrier of bills.csv could first have asked on 2024-03-09")
    assert told.endswith("All actors together could have asked 8 days earlier.")
    nobody = told_scheme([alone(AVEN), alone(EVERYBODY, asked(FIRST, "PAY-01"))], MOVED)
    assert nobody.startswith("Nobody could have asked with only what was their own. All actors together could first")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            Shared(AVEN, BIRK, asked(FIRST, "PAY-01"), alone(AVEN, asked(SECOND, "PAY-01")), ("NET-03",)),
            "Had Aven Supplies Ltd and carrier of bills.csv put together what they had, they could have asked on "
            "2024-03-01, by "
            "PAY-01, 8 days before Aven Supplies Ltd alone: 1 consignment (1.2 t) moved in between. Together they"
            " would also have "
            "had NET-03 on record, which neither has alone.",
        ),
        (
            Shared(AVEN, BIRK, asked(SECOND, "PAY-01"), None, ()),
            "Had Aven Supplies Ltd and carrier of bills.csv put together what they had, they could have asked on "
            "2024-03-09, by "
            "PAY-01, which neither could alone: 2 consignments (800 kg) moved from that day on.",
        ),
    ],
)
def test_two_together(found, told):
    assert told_shared(found, MOVED) == told
