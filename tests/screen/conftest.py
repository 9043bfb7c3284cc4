from collections.abc import Callable
from dataclasses import replace

import pytest

from narrows.screen.rules.contract import Indicator, read_indicator

LARGE_ORDER = """\
/* ---
id = "order.large-order"
code = "ORD-99"
title = "A large order"
kind = "soft"
status = "stable"
means = "The order is of `least` or more of a regulated substance."
cites = ["A published paper on money laundering, 2021"]
false_positives = ["A stock order before the season."]
blind_spots = ["Nothing is seen where the quantity is not recorded."]
clears = ["The contract behind the order."]
says = "{buyer} ordered {quantity:,.0f} {measure}"
over = "item"
subject = "deal"
applies = "regulated"
needs = ["quantity"]

[params]
least = 100

[[examples]]
name = "six tonnes"
expect = "hit"
says = "Blue Harbour Phones ordered 6,000 kg"
item = [{record = 1, deal = 1, buyer = 10, regulated = true, quantity = 6000.0, measure = "kg"}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation"}]

[[examples]]
name = "just below"
expect = "clear"
record = 2
item = [{record = 2, deal = 1, buyer = 10, regulated = true, quantity = 99.9}]

[[examples]]
name = "no quantity"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10, regulated = true}]

[[examples]]
name = "on no list"
expect = "not concerned"
item = [{record = 1, deal = 1, regulated = false, quantity = 6000.0}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    e.name AS buyer,
    i.quantity AS quantity,
    i.measure AS measure
FROM view.item AS i
LEFT JOIN view.entity AS e ON e.entity = i.buyer
WHERE i.quantity >= :least
"""

Maker = Callable[..., Indicator]


@pytest.fixture(scope="session")
def text() -> str:
    return LARGE_ORDER


@pytest.fixture(scope="session")
def make() -> Maker:
    """Return a function that reads the text above with other attributes, such as make(sql="SELECT ...")."""
    base = read_indicator(LARGE_ORDER, path="order/large-order.sql")

    def made(**changes: object) -> Indicator:
        if "sql" in changes:
            changes = {"applies": None, "params": {}, "sql_line": 1, **changes}
        return replace(base, **changes)  # type: ignore[arg-type]

    return made
