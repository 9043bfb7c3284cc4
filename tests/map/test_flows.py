"""Choke points: what a stated flow rests on."""

from __future__ import annotations

from datetime import date

import pytest

from narrows.errors import NotFound
from narrows.map.choke import Stated, choke_points

FIELDS = "document_no date seller.name buyer.name consignee.name consignee.address hs net_mass amount currency"


def sale(
    no: int, buyer: str, consignee: str | None, town: str = "Norton", hs: str = "7318", day: str | None = "2024-01-05"
):
    return [
        f"O{no}",
        day,
        f"Seller {no % 2} GmbH",
        buyer,
        consignee,
        consignee and f"Oak Road 1, {town}",
        hs,
        "10",
        "5",
        "EUR",
    ]


def names(case, nodes) -> list[str]:
    known = dict(case.rows("SELECT node, name FROM derived.node"))
    return [known[node] for node in nodes]


@pytest.fixture
def narrow(case):
    """Six of eight sales to Norton lead through one consignee."""
    rows = [sale(n, f"Buyer{n} Ltd", "Hazel Ltd") for n in range(6)] + [
        sale(6, "Buyer6 Ltd", "Birch Ltd"),
        sale(8, "Buyer8 Ltd", "Birch Ltd"),
    ]
    case.load("orders", FIELDS, *rows, sale(9, "Buyer9 Ltd", "Elm Ltd", town="Sutton", day=None))
    case.map()
    return case


def test_the_best_firms_are_named_with_what_they_carry(narrow):
    flow = choke_points(narrow.engine, Stated(targets=("norton",)))
    assert (flow.lines, flow.sales, flow.mass, flow.currency) == (8, 8, 80.0, "EUR")
    assert [names(narrow, point.nodes) for point in flow.points] == [["Hazel Ltd"], ["Hazel Ltd", "Birch Ltd"]]
    assert [(p.carried, p.carried_mass, p.exact) for p in flow.points] == [(0.75, 0.75, True), (1.0, 1.0, True)]
    assert names(narrow, flow.cut) == ["Birch Ltd", "Hazel Ltd"] or names(narrow, flow.cut) == [
        "Hazel Ltd",
        "Birch Ltd",
    ]


def test_what_another_is_seen_to_carry_is_not_cut_off(narrow):
    # Seller 0 reaches Norton over Birch Ltd too; seller 1 has Hazel Ltd alone.
    first = choke_points(narrow.engine, Stated(targets=("Norton",))).points[0]
    assert first.cut_off == pytest.approx(3 / 8)


def test_goods_of_another_heading_are_no_other_way(case):
    case.load(
        "orders",
        FIELDS,
        *(sale(2 * n, f"B{n} Ltd", "Hazel Ltd") for n in range(3)),
        sale(8, "B8 Ltd", "Birch Ltd", hs="3208"),
    )
    case.map()
    flow = choke_points(case.engine, Stated(commodities=("7318",)))
    assert [(p.carried, p.cut_off) for p in flow.points] == [(1.0, 1.0)]


def test_a_period_leaves_lines_without_a_day_aside_and_says_so(narrow):
    flow = choke_points(narrow.engine, Stated(since=date(2024, 1, 1)))
    assert flow.lines == 8
    assert flow.noticed == ("1 lines have no day and are not counted in the period",)


def test_a_firm_on_which_little_evidence_stands_is_unsteady(narrow):
    both = choke_points(narrow.engine, Stated(targets=("Norton",))).points[1]
    assert both.steady[0] == 1.0 and both.steady[1] < 1.0
    assert choke_points(narrow.engine, Stated(targets=("Norton",))).points[0].low < 0.75


def test_a_name_that_nobody_has_is_told_with_those_near(narrow):
    with pytest.raises(NotFound) as told:
        choke_points(narrow.engine, Stated(sources=("Hazle Ltd",)))
    assert "hazel ltd" in told.value.hint


def test_goods_straight_from_seller_to_place_rest_on_nobody(case):
    case.load(
        "orders",
        "document_no seller.name buyer.name buyer.kind buyer.address hs",
        ["O1", "Alder", "Jo Ash", "private person", "Oak Road 1, Norton", "7318"],
    )
    case.map()
    flow = choke_points(case.engine, Stated())
    assert (flow.points, flow.without_firm) == ((), 1.0)


def test_nothing_stated_is_nothing_narrow(case):
    case.map()
    flow = choke_points(case.engine, Stated())
    assert (flow.lines, flow.points) == (0, ())
    assert case.column("SELECT count(*) FROM derived.flow") == [0]
