"""Junctions: what passes through a firm against what is usual for its activity and size."""

from __future__ import annotations

import random

GOODS = {
    "phones": "8517", "cases": "3926", "paint": "3208", "motors": "8501", "shoes": "6403", "pumps": "8413",
    "paper": "4802",
}  # fmt: skip
FIELDS = "document_no date seller.name buyer.name consignee.name description hs"
SELLERS = ("Alder GmbH", "Maple SA", "Spruce LLC")
ODD = ["phones", "paint", "motors", "shoes", "pumps", "phones"]


def sales(firm: str, goods: list[str], *, bought_by: str = "", sellers: tuple[str, ...] = SELLERS) -> list[list[str]]:
    """Order lines of goods that go to a firm, bought by itself or by others of one name and a number."""
    return [
        [f"{firm}-{n}", "2024-01-05", sellers[n % len(sellers)], f"{bought_by} {n}" if bought_by else firm, firm, what,
         GOODS[what]]
        for n, what in enumerate(goods)
    ]  # fmt: skip


def map_of(case, activities: dict[str, str], lines: list[list[str]]) -> None:
    draw = random.Random(3)
    shops = {f"{chr(65 + n)}shop {n} Ltd": "47.42" for n in range(20)}
    case.load("register", "company.name company.activity", *([f, a] for f, a in (shops | activities).items()))
    own = [line for shop in shops for line in sales(shop, draw.choices(["phones", "cases"], k=8))]
    case.load("orders", FIELDS, *own, *lines)
    case.map()


def found(case) -> list[list[str]]:
    return case.column(
        "SELECT list(n.name ORDER BY n.name) FROM derived.junction AS j, unnest(j.members) AS u (node) "
        "JOIN derived.node AS n USING (node) GROUP BY j.rank ORDER BY j.rank"
    )


def test_unrelated_goods_that_others_bought_meet_in_one_shop(case):
    map_of(case, {"Hazel Ltd": "47.42"}, sales("Hazel Ltd", ODD, bought_by="Buyer"))
    assert found(case) == [["Hazel Ltd"]]
    flows = dict(case.rows("SELECT commodity, any_value(usual) FROM derived.junction_flow GROUP BY ALL"))
    assert set(flows) == {"8517", "3208", "8501", "6403", "8413"} and max(flows.values()) < 0.2


def test_goods_that_are_sold_on_meet_there_too(case):
    onward = [["S1", "2024-02-01", "Hazel Ltd", "Reed Ltd", None, what, GOODS[what]] for what in ODD]
    map_of(case, {"Hazel Ltd": "47.42"}, [*sales("Hazel Ltd", ODD), *onward])
    assert found(case) == [["Hazel Ltd"]]


def test_what_a_firm_buys_for_itself_passes_through_nobody(case):
    map_of(case, {"Hazel Ltd": "47.42"}, sales("Hazel Ltd", ODD))
    assert found(case) == []


def test_a_firm_to_whose_trade_goods_of_every_kind_are_usual_is_none(case):
    map_of(case, {"Great Trade Ltd": "46.90"}, sales("Great Trade Ltd", list(GOODS) * 30, bought_by="Buyer"))
    assert found(case) == []


def test_where_it_is_usual_that_such_goods_pass_they_meet_in_nobody(case):
    installers = {f"{chr(65 + n)}fit {n} Ltd": "43.21" for n in range(15)}
    lines = [line for firm in installers for line in sales(firm, ODD, bought_by=f"Buyer {firm[:4]}")]
    map_of(case, installers, lines)
    assert found(case) == []


def test_goods_of_one_seller_alone_are_none(case):
    map_of(case, {"Hazel Ltd": "47.42"}, sales("Hazel Ltd", ODD, bought_by="Buyer", sellers=("Alder GmbH",)))
    assert found(case) == []


def test_firms_that_a_register_links_are_seen_as_one(case):
    pieces = {"Hazel Ltd": ["paint"], "Holly Ltd": ["shoes", "pumps"], "Ivy Ltd": ["paper"]}
    case.load("register", "company.name owner.name", *([firm, "Holm Holding AG"] for firm in pieces))
    lines = [line for firm, goods in pieces.items() for line in sales(firm, goods, bought_by=f"Buyer {firm[:3]}")]
    map_of(case, dict.fromkeys(pieces, "47.42"), lines)
    assert found(case)[0] == ["Hazel Ltd", "Holly Ltd", "Ivy Ltd"]


def test_goods_that_go_from_one_of_a_group_to_another_pass_through_nobody(case):
    case.load("register", "company.name owner.name", ["Hazel Ltd", "Holm Holding AG"], ["Holly Ltd", "Holm Holding AG"])
    lines = [[*line[:3], "Holly Ltd", *line[4:]] for line in sales("Hazel Ltd", ODD)]
    map_of(case, {"Hazel Ltd": "47.42", "Holly Ltd": "47.42"}, lines)
    assert found(case) == []


def test_a_forwarder_and_a_firm_of_unknown_trade_are_not_judged(case):
    lines = [
        line for firm in ("Rowan Freight Ltd", "Hazel Ltd") for line in sales(firm, ODD, bought_by=f"Buyer {firm}")
    ]
    map_of(case, {"Rowan Freight Ltd": "52.29"}, lines)
    assert found(case) == []


def test_goods_without_a_code_are_said_and_count_for_none(case):
    case.load("orders", "document_no seller.name buyer.name description", ["O1", "Alder", "Birch", "things"])
    outcome = case.map()
    assert any("no readable commodity" in warning for warning in outcome.warnings)
    assert found(case) == []
