"""Junctions: what is unusual for the activity and the size of a firm, and what is not."""

from __future__ import annotations

import random

GOODS = {
    "phones": "8517",
    "cases": "3926",
    "paint": "3208",
    "motors": "8501",
    "shoes": "6403",
    "pumps": "8413",
    "paper": "4802",
}
FIELDS = "document_no date seller.name buyer.name description hs"


def trade(case, sales: dict[str, tuple[str, list[str]]], sellers=("Alder GmbH", "Maple SA", "Spruce LLC")) -> None:
    """Load a register and orders: firm -> (activity, goods of each sale)."""
    case.load("register", "company.name company.activity", *([firm, activity] for firm, (activity, _) in sales.items()))
    rows = [
        [f"{firm[:4]}-{n}", "2024-01-05", sellers[n % len(sellers)], firm, what, GOODS[what]]
        for firm, (_, goods) in sales.items() for n, what in enumerate(goods)
    ]  # fmt: skip
    case.load("orders", FIELDS, *rows)
    case.map()


def found(case) -> list[list[str]]:
    return case.column(
        "SELECT list(n.name ORDER BY n.name) FROM derived.junction AS j, unnest(j.members) AS u (node) "
        "JOIN derived.node AS n USING (node) GROUP BY j.rank ORDER BY j.rank"
    )


def shops(many: int) -> dict[str, tuple[str, list[str]]]:
    draw = random.Random(3)
    return {f"{chr(65 + n)}shop {n} Ltd": ("47.42", draw.choices(["phones", "cases"], k=8)) for n in range(many)}


def test_unrelated_goods_of_several_sellers_meet_in_one_shop(case):
    trade(case, shops(20) | {"Hazel Ltd": ("47.42", ["phones", "paint", "motors", "shoes", "pumps", "phones"])})
    assert found(case) == [["Hazel Ltd"]]
    flows = dict(case.rows("SELECT commodity, any_value(usual) FROM derived.junction_flow GROUP BY ALL"))
    assert flows["8517"] > 0.9 and flows["6403"] < 0.05


def test_a_wholesaler_is_none_by_being_large(case):
    draw = random.Random(5)
    wholesale = {f"Trade {n} Ltd": ("46.90", draw.choices(list(GOODS), k=8)) for n in range(12)}
    trade(case, shops(20) | wholesale | {"Great Trade Ltd": ("46.90", draw.choices(list(GOODS), k=200))})
    assert found(case) == []


def test_goods_of_one_seller_alone_are_none(case):
    goods = ["phones", "paint", "motors", "shoes", "pumps", "phones"]
    trade(case, shops(20) | {"Hazel Ltd": ("47.42", goods)}, sellers=("Alder GmbH",))
    assert found(case) == []


def test_firms_that_a_register_links_are_seen_as_one(case):
    pieces = {
        "Hazel Ltd": ("47.42", ["paint", "phones"]),
        "Holly Ltd": ("47.42", ["shoes", "pumps"]),
        "Ivy Ltd": ("47.42", ["paper"]),
    }
    case.load("register", "company.name owner.name", *([firm, "Holm Holding AG"] for firm in pieces))
    trade(case, shops(20) | pieces)
    assert found(case)[0] == ["Hazel Ltd", "Holly Ltd", "Ivy Ltd"]


def test_a_forwarder_is_no_junction(case):
    trade(case, shops(20) | {"Rowan Freight Ltd": ("52.29", list(GOODS) * 4)})
    assert found(case) == []


def test_goods_without_a_code_are_said_and_count_for_none(case):
    case.load("orders", "document_no seller.name buyer.name description", ["O1", "Alder", "Birch", "things"])
    outcome = case.map()
    assert any("no readable commodity" in warning for warning in outcome.warnings)
    assert found(case) == []
