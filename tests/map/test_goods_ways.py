"""Who supplies whom: each goods line once, with the way it went."""

from __future__ import annotations

import pytest

ORDER = "document_no date seller.name buyer.name buyer.address consignee.name consignee.address description hs net_mass"
BILL = "document_no order_no date consignor.name consignee.name consignee.address description hs net_mass"


def ways(case) -> list[list[str]]:
    return case.column(
        "SELECT list(coalesce(n.name, n.country) ORDER BY u.nth) FROM derived.flow_line AS f, "
        "unnest(f.nodes) WITH ORDINALITY AS u (node, nth) JOIN derived.node AS n USING (node) "
        "GROUP BY f.record ORDER BY f.record"
    )


def order(no: str, *, buyer="Birch Ltd", consignee=None, goods="bolts", mass="10 kg", at="Oak Road 1, 1000 Norton"):
    return [
        no,
        "2024-01-05",
        "Alder GmbH",
        buyer,
        "Elm Road 2, 2000 Sutton",
        consignee,
        consignee and at,
        goods,
        "7318",
        mass,
    ]


def test_a_line_goes_from_seller_over_buyer_and_consignee_to_a_place(case):
    case.load("orders", ORDER, order("O1", consignee="Cedar LLC"), order("O2"))
    case.map()
    assert ways(case) == [["Alder GmbH", "Birch Ltd", "Cedar LLC", "Norton"], ["Alder GmbH", "Birch Ltd", "Sutton"]]
    assert case.rows("SELECT name, role FROM derived.node WHERE kind = 'entity' ORDER BY name") == [
        ("Alder GmbH", "distributor"), ("Birch Ltd", "purchaser"), ("Cedar LLC", "consignee"),
    ]  # fmt: skip


def test_an_order_and_its_bill_of_lading_are_one_line_and_fill_each_other(case):
    case.load("orders", ORDER, order("O-1", mass=None), order("O2"))
    case.load(
        "bills",
        BILL,
        ["B1", "O 1", "2024-02-01", "Alder GmbH", "Cedar LLC", "Oak Road 1, 1000 Norton", "bolts", "7318", "9"],
    )
    outcome = case.map()
    assert ways(case)[0] == ["Alder GmbH", "Birch Ltd", "Cedar LLC", "Norton"]
    assert case.rows("SELECT mass, len(records) FROM derived.flow_line ORDER BY record") == [(9.0, 2), (10.0, 1)]
    assert any("1 lines tell again" in warning for warning in outcome.warnings)


def test_goods_that_only_the_bill_names_are_kept_behind_the_first_line(case):
    case.load("orders", ORDER, order("O1"))
    case.load("bills", BILL, ["B1", "O1", "2024-02-01", "Alder GmbH", None, None, "paint", "3208", "9"])
    case.map()
    assert case.column("SELECT len(records) FROM derived.flow_line") == [2]


def test_a_number_of_another_seller_is_another_sale(case):
    case.load("orders", ORDER, order("O1"))
    case.load("bills", BILL, ["B1", "O1", "2024-02-01", "Maple SA", "Cedar LLC", None, "bolts", "7318", "9"])
    case.map()
    assert case.column("SELECT count(*) FROM derived.flow_line") == [2]


def test_forwarders_and_private_persons_stand_aside_unless_asked_for(case):
    case.load("register", "company.name company.activity", ["Rowan Freight Ltd", "52.29"])
    case.load("orders", ORDER, order("O1", consignee="Rowan Freight Ltd"))
    case.load("orders", ORDER + " buyer.kind", [*order("O2", buyer="Jo Ash"), "private person"])
    case.map()
    assert ways(case) == [["Alder GmbH", "Birch Ltd", "Norton"], ["Alder GmbH", "Sutton"]]
    case.map(carriers=True)
    assert ways(case)[0] == ["Alder GmbH", "Birch Ltd", "Rowan Freight Ltd", "Norton"]


def test_payments_and_ownership_are_never_part_of_a_flow(case):
    case.load("orders", ORDER, order("O1"))
    case.load(
        "payments", "date payer.name payee.name amount currency", ["2024-01-09", "Birch Ltd", "Alder GmbH", "5", "EUR"]
    )
    case.load("register", "company.name owner.name", ["Birch Ltd", "Holm Holding AG"])
    case.map()
    assert case.rows("SELECT kind, sum(lines), sum(mass) FROM derived.edge GROUP BY kind ORDER BY kind") == [
        ("owner", 1, None), ("payment", 1, None), ("supply", 2, 20.0),
    ]  # fmt: skip


def test_money_of_two_currencies_is_never_summed(case):
    fields = "document_no seller.name buyer.name hs amount currency"
    case.load("orders", fields, *(["O1", "Alder", "Birch", "7318", "5", c] for c in ("EUR", "EUR", "USD")))
    case.map()
    assert case.rows("SELECT currency, amount, lines FROM derived.edge ORDER BY currency") == [
        ("EUR", 10, 2),
        ("USD", 5, 1),
    ]


@pytest.mark.parametrize(
    "row", [[None] * 10, ["O1", None, "Alder GmbH", *[None] * 7], ["O1", None, None, "Alder", *[None] * 6]]
)
def test_a_line_that_names_too_few_is_counted_and_said(case, row):
    case.load("orders", ORDER, row)
    outcome = case.map()
    assert case.column("SELECT count(*) FROM derived.edge") == [0]
    assert not case.rows("FROM derived.flow_line") or any("name nobody" in warning for warning in outcome.warnings)


def test_firms_that_sell_to_each_other_and_to_themselves_are_followed(case):
    fields = "document_no seller.name buyer.name hs"
    rows = [["O1", "Alder", "Birch", "7318"], ["O2", "Birch", "Alder", "7318"], ["O3", "Alder", "Alder", "7318"]]
    case.load("orders", fields, *rows)
    case.map()
    assert sorted(case.rows("SELECT len(nodes), count(*) FROM derived.flow_line GROUP BY ALL")) == [(1, 1), (2, 2)]


def test_the_same_town_is_one_place_whether_or_not_a_country_stands_beside_it(case):
    fields = "document_no seller.name buyer.name buyer.address buyer.country"
    case.load(
        "orders",
        fields,
        ["O1", "Alder", "Birch", "Oak Road 1, 1000 Norton", "AT"],
        ["O2", "Alder", "Elm", "Oak Road 9, Norton", None],
    )
    case.map()
    assert case.rows("SELECT name, country FROM derived.place") == [("Norton", "AT")]
