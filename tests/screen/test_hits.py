import json

import pytest

from building import record

THIRD_PARTY = "payment.third-party-payer"
COUNTED = "SELECT records, hit, clear, not_evaluable, not_concerned FROM derived.coverage WHERE indicator = '{}'"


def paid_by(case, *payers, lines=1):
    """One deal of Birch Ltd, and a payment for it by each payer."""
    case.load("invoices", "document_no buyer.name description", *[["INV-1", "Birch Ltd", "bolts"]] * lines)
    payments = [[name, "INV-1", f"2024-01-0{n + 1}", "5"] for n, name in enumerate(payers)]
    case.load("payments", "payer.name reference date amount", *payments)
    case.screen()
    return case.rows(
        f"SELECT hit, record, evidence, says FROM derived.hit WHERE indicator = '{THIRD_PARTY}' ORDER BY hit"
    )


def test_a_hit_names_its_subject_and_all_records_it_rests_on(case):
    ((hit, judged, evidence, says),) = paid_by(case, "Cedar Ltd")
    deal = case.engine.value("SELECT any_value(deal) FROM view.item")
    assert hit == f"{THIRD_PARTY}/{deal}/{record(1, 0):x}/0"
    assert (judged, evidence) == (record(1, 0), [record(1, 0), record(2, 0)])
    assert says == "Cedar Ltd paid for goods that Birch Ltd ordered; no link between them is on record"
    row = case.rows("SELECT code, family, kind, reviewed, subject_kind, subject, deal FROM derived.hit")
    assert row == [("PAY-01", "PAY", "soft", True, "deal", deal, deal)]


def test_two_payers_are_two_hits_on_one_record(case):
    found = paid_by(case, "Cedar Ltd", "Rowan Ltd")
    assert [hit[-2:] for hit, *_ in found] == ["/0", "/1"]
    assert [evidence for _, _, evidence, _ in found] == [[record(1, 0), record(2, 0)], [record(1, 0), record(2, 1)]]
    assert case.rows(COUNTED.format(THIRD_PARTY)) == [(1, 1, 0, 0, 0)]


def test_two_payments_by_one_payer_are_one_hit_with_both(case):
    ((_, _, evidence, _),) = paid_by(case, "Cedar Ltd", "Cedar Limited", "Birch Ltd")
    assert evidence == [record(1, 0), record(2, 0), record(2, 1)]
    (facts,) = case.column("SELECT facts FROM derived.hit")
    assert (json.loads(facts)["paid_on"], json.loads(facts)["amount_paid"]) == ("2024-01-01", "5")


def test_a_hit_elsewhere_does_not_rename_a_hit(new_case):
    alone = paid_by(new_case(), "Rowan Ltd")
    beside = paid_by(new_case(), "Rowan Ltd", lines=3)
    assert alone[0][0] in [hit for hit, *_ in beside]
    assert len({hit for hit, *_ in beside}) == 3


@pytest.mark.parametrize("linked", ["Birch Ltd", "Cedar Ltd"])
def test_a_documented_link_clears(case, linked):
    other = {"Birch Ltd": "Cedar Ltd", "Cedar Ltd": "Birch Ltd"}[linked]
    case.load("relations", "party.name other.name relation", [linked, other, "group"])
    case.load("invoices", "document_no buyer.name", ["INV-1", "Birch Ltd"])
    case.load("payments", "payer.name reference", ["Cedar Ltd", "INV-1"])
    case.screen()
    assert case.rows(COUNTED.format(THIRD_PARTY)) == [(1, 0, 1, 0, 0)]


def test_what_is_missing_is_neither_hit_nor_clear(case):
    case.load(
        "invoices",
        "document_no buyer.name consignee.name",
        ["INV-1", None, "Cedar Ltd"],
        ["INV-2", "Birch Ltd", "TO ORDER"],
    )
    case.load("payments", "payer.name reference", ["Cedar Ltd", "INV-1"], ["TO ORDER", "INV-2"])
    case.screen()
    for indicator, lacking in (
        (THIRD_PARTY, {"buyer": 1, "payments": 1}),
        ("shipment.consignee-not-buyer", {"buyer": 1, "consignee": 1}),
    ):
        assert case.rows(COUNTED.format(indicator)) == [(2, 0, 0, 2, 0)]
        (told,) = case.column(f"SELECT lacking FROM derived.coverage WHERE indicator = '{indicator}'")
        assert json.loads(told) == lacking
    assert case.column("SELECT count(*) FROM derived.hit") == [0]


def test_parameters_of_the_user_count_for_hits_and_coverage(new_case):
    for params, counts in (
        ({}, (7, 0, 7, 0, 0)),
        ({"order.quantity-out-of-pattern": {"far": 1, "times": 2}}, (7, 1, 6, 0, 0)),
    ):
        case = new_case(params=params)
        case.load(
            "orders", "buyer.name hs quantity unit", *(["Birch Ltd", "321210", q, "kg"] for q in ["20"] * 6 + ["60"])
        )
        case.screen()
        assert case.rows(COUNTED.format("order.quantity-out-of-pattern")) == [counts]


STATEMENTS = "buyer.name buyer.address buyer.registration description date stated_use signatory signed trade"


@pytest.mark.parametrize(
    ("statement", "gap"),
    [
        (None, "no statement for it is on record"),
        (["2023-12-01", "yes"], None),
        (["2022-01-01", "yes"], "no statement from the year before is on record"),
        (["2024-06-01", "yes"], "no statement from the year before is on record"),
        (["2023-12-01", "no"], "its statement lacks signature"),
    ],
)
def test_statements_are_asked_for_by_buyer_substance_and_year(case, statement, gap):
    day, signed = statement or ["2023-12-01", "yes"]
    buyer = "Birch Ltd" if statement is not None else "Cedar Ltd"
    case.load(
        "end-use", STATEMENTS, [buyer, "1 Quay", "HRB 1", "nitric acid", day, "plating", "A. Reed", signed, "plater"]
    )
    case.load(
        "orders",
        "date buyer.name description concentration buyer_status",
        ["2024-03-01", "Birch Ltd", "nitric acid", "53 %", "professional user"],
    )
    case.screen()
    says = case.column("SELECT says FROM derived.hit WHERE code = 'LAW-02'")
    assert says == ([] if gap is None else [f"Birch Ltd was supplied with Nitric acid on 2024-03-01: {gap}"])


def test_screening_twice_gives_the_same(case):
    paid_by(case, "Cedar Ltd", "Rowan Ltd", lines=2)
    tables = ("trade_line", "hit", "coverage", "alert", "alert_hit")
    before = [case.rows(f"SELECT * FROM derived.{t}") for t in tables]
    case.screen()
    assert [case.rows(f"SELECT * FROM derived.{t}") for t in tables] == before
