from decimal import Decimal

import pytest

from narrows.casefile.sql import named

GATE, PAY, SHIP, ORDER = "law.gate", "payment.a", "shipment.a", "order.a"


@pytest.fixture
def deals(case):
    """Five deals without a flag; documents 1 to 5, of the first of January to the fifth."""
    case.load(
        "orders",
        "document_no date buyer.name description amount currency",
        *([f"D{n}", f"2024-01-0{n}", f"Buyer {n} Ltd", "bolts", "10", "EUR"] for n in range(1, 6)),
        ["D1", "2024-01-01", "Buyer 1 Ltd", "nuts", "5.5", "EUR"],
        ["D2", "2024-01-02", "Buyer 2 Ltd", "nuts", "5.5", "USD"],
        ["D3", "2024-01-03", "Buyer 3 Ltd", "nuts", "5.5", None],
        ["D4", "2024-01-04", "Buyer 4 Ltd", "nuts", "99999999999999.9999", "EUR"],
    )
    case.screen()
    return case


def flag(case, document, *indicators, kind="soft", reviewed=True):
    """Add a hit of each indicator to the first line of a document."""
    deal, line = case.engine.row(f"SELECT any_value(deal), min(record) FROM view.item WHERE document_no = '{document}'")
    for indicator in indicators:
        family = indicator.partition(".")[0]
        number = case.engine.value("SELECT count(*) FROM derived.hit")
        case.engine.run(
            "INSERT INTO derived.hit VALUES (?, ?, ?, ?, ?, ?, 'deal', ?, ?, ?, ?, '{}', 'says')",
            [
                f"{indicator}/{number}",
                indicator,
                indicator[:5].upper(),
                family,
                kind,
                reviewed,
                deal,
                deal,
                line,
                [line],
            ],
        )


def alerts(case):
    case.engine.run(named("alert", "alerts"))
    case.engine.run(named("alert", "alert-hits"))
    return case.column("SELECT document_no FROM derived.alert ORDER BY rank")


def test_one_gate_is_enough(deals):
    flag(deals, "D1", GATE, kind="gate")
    assert alerts(deals) == ["D1"]


def test_soft_flags_of_two_families_are_enough(deals):
    flag(deals, "D1", PAY, SHIP)
    assert alerts(deals) == ["D1"]


@pytest.mark.parametrize("indicators", [[PAY], [PAY, PAY], [PAY, "payment.b"]])
def test_soft_flags_of_one_family_are_not(deals, indicators):
    flag(deals, "D1", *indicators)
    assert alerts(deals) == []


def test_soft_flags_of_two_deals_do_not_add_up(deals):
    flag(deals, "D1", PAY)
    flag(deals, "D2", SHIP)
    assert alerts(deals) == []


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (False, False)])
def test_flags_that_nobody_reviewed_do_not_count(deals, first, second):
    flag(deals, "D1", PAY, reviewed=first)
    flag(deals, "D1", SHIP, reviewed=second)
    flag(deals, "D2", GATE, kind="gate", reviewed=False)
    assert alerts(deals) == []


def test_an_unreviewed_flag_is_no_part_of_an_alert(deals):
    flag(deals, "D1", GATE, kind="gate")
    flag(deals, "D1", PAY, reviewed=False)
    assert alerts(deals) == ["D1"]
    assert deals.rows("SELECT hits, families FROM derived.alert") == [(1, 1)]
    assert deals.column("SELECT count(*) FROM derived.alert_hit") == [1]


def test_the_queue_and_its_reasons(deals):
    flag(deals, "D1", PAY, SHIP)
    flag(deals, "D2", PAY, SHIP, ORDER)
    flag(deals, "D3", GATE, kind="gate")
    flag(deals, "D4", GATE, kind="gate")
    flag(deals, "D4", PAY)
    flag(deals, "D5", PAY, SHIP)
    assert alerts(deals) == ["D4", "D3", "D2", "D5", "D1"]
    assert deals.column("SELECT rank FROM derived.alert ORDER BY rank") == [1, 2, 3, 4, 5]
    assert deals.column("SELECT reasons FROM derived.alert ORDER BY rank") == [
        ["a legal check stands open: LAW.G", "beside it: PAYME"],
        ["a legal check stands open: LAW.G"],
        ["flags of 3 families: ORDER, PAYME, SHIPM"],
        ["flags of 2 families: PAYME, SHIPM"],
        ["flags of 2 families: PAYME, SHIPM"],
    ]


def test_listed_goods_come_before_others_of_the_same_weight(case):
    goods = ["bolts", "acetone", "nitric acid"]
    case.load("orders", "document_no buyer.name description", *([f"D{n}", "Birch Ltd", g] for n, g in enumerate(goods)))
    case.screen()
    for document in ("D0", "D1", "D2"):
        flag(case, document, PAY, SHIP)
    assert alerts(case) == ["D2", "D1", "D0"]
    assert case.column("SELECT reasons[2] FROM derived.alert ORDER BY rank") == [
        "goods named in Annex I of Regulation (EU) 2019/1148",
        "goods named in Annex II of Regulation (EU) 2019/1148",
        None,
    ]


def test_amounts_are_added_in_one_currency_only(deals):
    for document in ("D1", "D2", "D3", "D4"):
        flag(deals, document, GATE, kind="gate")
    alerts(deals)
    assert deals.rows("SELECT document_no, amount, currency FROM derived.alert ORDER BY document_no") == [
        ("D1", Decimal("15.5"), "EUR"),
        ("D2", None, None),
        ("D3", None, "EUR"),
        ("D4", None, "EUR"),
    ]


def test_an_alert_is_named_by_its_first_line_and_titled_by_its_buyer(deals):
    flag(deals, "D2", GATE, kind="gate")
    alerts(deals)
    assert deals.rows("SELECT alert = 'A-' || printf('%016x', record), title FROM derived.alert") == [
        (True, "Buyer 2 Ltd")
    ]


def test_a_deal_without_a_buyer_still_has_a_title(case):
    case.load("orders", "document_no description", ["D1", "bolts"])
    case.screen()
    flag(case, "D1", GATE, kind="gate")
    alerts(case)
    assert case.column("SELECT title FROM derived.alert") == ["A transaction without a named buyer"]
