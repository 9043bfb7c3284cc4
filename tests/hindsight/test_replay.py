from datetime import date
from decimal import Decimal

import pytest

from building import record
from narrows import hindsight
from narrows.hindsight.schemes import lay_schemes

ORDER = (
    "document_no order_no date seller.name buyer.name consignee.name carrier.name manufacturer.name "
    "description hs buyer_status net_mass amount currency"
)
PAYMENT = "date payer.name payee.name bank_country amount currency reference"
ACID = "nitric acid 65 %"
AVEN, BIRK, CORD = "Avenmoor Chemie GmbH", "Birkholm Supplies Ltd", "Cordale Werke GmbH"


def sale(number, day, seller=AVEN, buyer="Dunmark Ltd", **more):
    """A sale of a restricted substance with no licence stated: a gate stands on each."""
    said = {
        "document_no": number,
        "date": day,
        "seller.name": seller,
        "buyer.name": buyer,
        "description": ACID,
        "hs": "28080000",
        "buyer_status": "public",
        **{name.replace("__", "."): value for name, value in more.items()},
    }
    return [said.get(field) for field in ORDER.split()]


def plain(number, day, seller=AVEN, buyer="Dunmark Ltd", **more):
    """A sale of which nothing can be said by itself."""
    return sale(
        number, day, seller, buyer, **{"description": "roller bearing", "hs": "84822000", "buyer_status": None, **more}
    )


def replayed(case, **options):
    case.screen()
    return hindsight.run(case.store, **options)


def schemes_of(case):
    case.screen()
    return lay_schemes(case.engine)


def asked(case):
    """Who could first have asked when and by what, for each scheme and actor."""
    return case.rows("SELECT name, first_hit, code, before, that_day, after FROM derived.replay ORDER BY scheme, actor")


def test_who_could_have_asked_when(case):
    rows = [sale("D1", "2024-03-01"), sale("D2", "2024-03-09"), sale("D3", "2024-04-02")]
    case.load("orders", ORDER, *rows)
    replayed(case)
    expected = (date(2024, 3, 1), "LAW-01", 0, 1, 2)
    assert asked(case) == [(AVEN, *expected), ("all together", *expected)]
    told = case.column("SELECT told FROM derived.replay")[0]
    assert case.rows("SELECT first_hit, first_by, told FROM derived.scheme") == [(date(2024, 3, 1), AVEN, told)]
    assert told.startswith(f"{AVEN} could first have asked on 2024-03-01, by LAW-01: 0 of 3 consignments had moved")


def test_what_had_moved_is_told_in_weight_and_currency(case):
    later = {"net_mass": "2", "amount": "30", "currency": "EUR"}
    first = sale("D1", "2024-03-01", AVEN, net_mass="5", amount="10", currency="USD")
    case.load("orders", ORDER, first, sale("D2", "2024-03-09", BIRK, **later), sale("D3", "2024-03-11", BIRK, **later))
    replayed(case)
    row = f"SELECT before, mass_before, mass_that_day, mass_after, amounts FROM derived.replay WHERE name = '{BIRK}'"
    euros = {"currency": "EUR", "before": Decimal(0), "that_day": Decimal(30), "after": Decimal(30)}
    dollars = {"currency": "USD", "before": Decimal(10), "that_day": Decimal(0), "after": Decimal(0)}
    assert case.rows(row) == [(1, 5.0, 2.0, 2.0, [euros, dollars])]


def test_an_order_its_invoice_and_its_bill_count_once(case):
    case.load("orders", ORDER, sale("O1", "2024-03-01", amount="10", currency="EUR"))
    case.load("invoices", ORDER, sale("R1", "2024-03-05", order_no="O1", amount="11", currency="EUR"))
    case.load(
        "bills",
        ORDER,
        sale("B1", "2024-03-09", order_no="O1", net_mass="7"),
        sale("B2", "2024-03-12", order_no="O1", net_mass="3"),
    )
    replayed(case)
    found = case.rows(
        "SELECT document_no, date, mass, amounts, records FROM derived.scheme_consignment ORDER BY consignment"
    )
    euros = [{"currency": "EUR", "amount": Decimal(11)}]
    assert found == [
        ("B1", date(2024, 3, 9), 7.0, euros, [record(3, 0)]),
        ("B2", date(2024, 3, 12), 3.0, [], [record(3, 1)]),
    ]


@pytest.mark.parametrize(
    ("one", "other", "schemes"),
    [
        ({"buyer": "Dunmark Ltd"}, {"buyer": "Dunmark Ltd"}, 1),
        (
            {"buyer": "Dunmark Ltd", "consignee__name": "Hollin Ltd"},
            {"buyer": "Eskerlow Ltd", "consignee__name": "Hollin Ltd"},
            1,
        ),
        ({"buyer": "Dunmark Ltd"}, {"buyer": "Fennick Ltd", "consignee__name": "Dunmark Ltd"}, 1),
        ({"buyer": "Dunmark Ltd"}, {"buyer": "Eskerlow Ltd"}, 2),
        (
            {"buyer": "Dunmark Ltd", "carrier__name": "Jarrow Haulage Ltd"},
            {"buyer": "Eskerlow Ltd", "carrier__name": "Jarrow Haulage Ltd"},
            2,
        ),
        ({"buyer": AVEN, "seller": CORD}, {"buyer": "Eskerlow Ltd", "seller": AVEN}, 2),
    ],
)
def test_alerts_are_joined_by_who_buys_and_receives_never_by_who_sells_or_carries(case, one, other, schemes):
    case.load("orders", ORDER, sale("D1", "2024-03-01", **one), sale("D2", "2024-03-02", **other))
    assert len(schemes_of(case)) == schemes


@pytest.mark.parametrize(("activity", "schemes"), [("46.12", 1), ("52.29", 2)])
def test_who_handles_goods_for_others_joins_nothing(case, activity, schemes):
    case.load(
        "orders",
        ORDER,
        sale("D1", "2024-03-01", consignee__name="Hollin Ltd"),
        sale("D2", "2024-03-02", buyer="Eskerlow Ltd", consignee__name="Hollin Ltd"),
    )
    case.load("register", "company.name company.activity founded", ["Hollin Ltd", activity, "2010-01-01"])
    assert len(schemes_of(case)) == schemes


def test_firms_that_a_register_links_are_one_scheme(case):
    case.load("orders", ORDER, sale("D1", "2024-03-01"), sale("D2", "2024-03-02", buyer="Eskerlow Ltd"))
    owned = "company.name founded owner.name since"
    case.load(
        "register",
        owned,
        *([name, "2010-01-01", "Garrowby Holding Ltd", "2011-01-01"] for name in ("Dunmark Ltd", "Eskerlow Ltd")),
    )
    assert [scheme.title for scheme in schemes_of(case)] == ["A private buyer"]


def test_sharing_adds_what_neither_has(case):
    """The carrier has the bill, the bank the payment; that a third pays shows when both are laid side by side."""
    way = {"carrier__name": "Jarrow Haulage Ltd", "consignee__name": "Hollin Ltd"}
    case.load("bills", ORDER, plain("INV-1001", "2024-03-01", **way), plain("INV-1002", "2024-04-01", **way))
    case.load("payments", PAYMENT, ["2024-03-09", "Ivelet Car Hire Ltd", AVEN, "GB", "10", "EUR", "INV-1001"])
    replayed(case)
    assert case.rows("SELECT name, first_hit, first_alert FROM derived.replay WHERE kind IN ('bank', 'carrier')") == [
        ("banks of payers in GB", None, None),
        ("Jarrow Haulage Ltd", date(2024, 3, 1), None),
    ]
    (shared,) = case.rows("SELECT left_name, right_name, first_hit, only_together, told FROM derived.replay_sharing")
    assert shared[:4] == ("banks of payers in GB", "Jarrow Haulage Ltd", None, ["PAY-01"])
    assert (
        shared[4]
        == "Banks of payers in GB and Jarrow Haulage Ltd would have had PAY-01 on record, which neither has alone."
    )


def test_sharing_tells_the_days_gained(case):
    """PAY-01 alone: each carrier has the bill, its bank the payment, and later a flag of the carrier's own."""
    way = {"carrier__name": "Jarrow Haulage Ltd"}
    later = {**way, "consignee__name": "Hollin Ltd"}
    case.load(
        "bills",
        ORDER,
        plain("INV-1001", "2024-03-01", **way),
        plain("INV-1002", "2024-03-12", **way),
        plain("INV-1003", "2024-04-01", **later),
    )
    paid = [["2024-03-09", "INV-1001"], ["2024-03-13", "INV-1002"], ["2024-04-08", "INV-1003"]]
    case.load(
        "payments", PAYMENT, *([day, "Ivelet Car Hire Ltd", AVEN, "GB", "10", "EUR", number] for day, number in paid)
    )
    case.screen()
    case.engine.run("DELETE FROM derived.alert")
    case.engine.run(
        "INSERT INTO derived.alert SELECT 'A-' || printf('%016x', min(record)), row_number() OVER (ORDER BY "
        "deal), deal, 'bills', min(document_no), "
        "min(date), min(record), min(seller), min(buyer), min(consignee), 'x', 0, 2, 2, NULL, NULL, [] FROM "
        "derived.trade_line GROUP BY deal"
    )
    hindsight.run(case.store)
    (shared,) = case.rows(
        "SELECT first_hit, codes, alone, alone_by, days, moved_between, told FROM derived.replay_sharing"
    )
    assert shared[:6] == (date(2024, 3, 9), ["PAY-01"], date(2024, 4, 1), "Jarrow Haulage Ltd", 23, 1)
    assert (
        "on 2024-03-09, by PAY-01, 23 days before Jarrow Haulage Ltd alone: 1 consignment moved in between."
        in shared[6]
    )


def test_a_flood_of_later_orders_changes_no_earlier_answer(new_case):
    """Three tonnes stand out among small lots; that tonnes are usual by the end of the year was not known in March."""
    trade = {"buyer_status": "professional user"}
    small = [sale(f"S{n}", "2024-02-01", buyer=f"Firm {n} Ltd", net_mass="3", **trade) for n in range(8)]
    rows = [*small, sale("D1", "2024-03-01", net_mass="3000", buyer_status="unknown")]
    flood = [sale(f"F{n}", "2024-11-01", buyer=f"Works {n} Ltd", net_mass="3000", **trade) for n in range(30)]
    answers, standing = [], []
    for loaded in (rows, [*rows, *flood]):
        case = new_case()
        case.load("orders", ORDER, *loaded)
        replayed(case)
        answers.append(case.rows("SELECT name, first_hit, codes, first_alert FROM derived.replay ORDER BY actor"))
        standing.append(set(case.column("SELECT code FROM derived.hit")))
    assert answers[0] == answers[1] and answers[0][0][1:3] == (date(2024, 3, 1), ["LAW-01", "ORD-01"])
    assert standing == [{"LAW-01", "ORD-01"}, {"LAW-01"}]


def test_what_people_judged_later_was_not_known(case):
    case.load("orders", ORDER, sale("D1", "2024-03-01", consignee__name="Hollin Trading Ltd"))
    case.engine.run(
        "INSERT INTO judgement.same VALUES (1, '2025-01-01', 'R. Reader', ?, 'buyer', ?, 'consignee', 'same',"
        " 'told so')",
        [record(1, 0), record(1, 0)],
    )
    replayed(case)
    assert case.column("SELECT codes FROM derived.replay WHERE kind = 'all'") == [["LAW-01", "SHP-01"]]
    assert case.column("SELECT DISTINCT code FROM derived.hit") == ["LAW-01"]


def test_records_without_a_day_are_counted_and_seen_by_nobody(case):
    case.load("orders", ORDER, sale("D1", None), sale("D2", "2024-03-02"))
    case.load("register", "company.name company.activity", ["Dunmark Ltd", "01.11"])
    outcome = replayed(case)
    assert outcome.warnings[:2] == (
        "orders: 1 without a day, taken to have been seen by nobody",
        "register: 1 without a day, taken to have been seen by nobody",
    )
    assert case.rows("SELECT consignments, undated FROM derived.scheme") == [(2, 1)]
    assert case.rows("SELECT records, before, that_day, after, undated FROM derived.replay WHERE kind = 'all'") == [
        (1, 0, 1, 0, 1)
    ]


def test_a_scheme_of_which_nothing_carries_a_day_is_named(case):
    case.load("orders", ORDER, sale("D1", None))
    outcome = replayed(case)
    assert any(warning.startswith("nothing of S-") for warning in outcome.warnings)
    assert case.rows("FROM derived.replay") == []


def test_schemes_that_are_left_out_are_named(case):
    case.load("orders", ORDER, *(sale(f"D{n}", f"2024-03-0{n}", buyer=f"Firm {n} Ltd") for n in (1, 2, 3)))
    outcome = replayed(case, schemes=1)
    assert outcome.counts["replayed"] == 1
    (told,) = outcome.undone
    assert told.startswith("2 schemes further down the queue were not replayed: S-") and told.count("S-") == 2
    assert case.column("SELECT replayed FROM derived.scheme ORDER BY rank") == [True, False, False]


def test_an_empty_case_and_one_without_alerts(new_case):
    for rows in ([], [plain("D1", "2024-03-01")]):
        case = new_case()
        if rows:
            case.load("orders", ORDER, *rows)
        assert replayed(case).counts == {"schemes": 0, "replayed": 0}


def test_a_second_replay_says_the_same(case):
    case.load(
        "orders", ORDER, sale("D1", "2024-03-01"), sale("D2", "2024-03-02", BIRK), plain("D3", "2024-03-03", BIRK)
    )
    replayed(case)
    before = [case.rows(f"FROM {table}") for table in hindsight.WRITES]
    replayed(case)
    assert before == [case.rows(f"FROM {table}") for table in hindsight.WRITES]
    assert all(before[:3])
