/* ---
id = "order.quantity-out-of-pattern"
code = "ORD-01"
title = "Quantity out of pattern"
kind = "soft"
status = "stable"
means = """
The quantity stands far above what else the buyer ordered of such goods in this case; where that is too little, far above what
buyers of its activity order; where there are none, far above what anybody in the case orders.
"""
cites = [
  "Regulation (EU) 2019/1148, Article 9(1)(c)",
  "BKA guidance on explosives precursors (2018, 2021)",
]
false_positives = [
  "A new contract, a tender, a season, a stock order before a price rise.",
  "A unit typed wrongly (kilograms for grams).",
]
blind_spots = [
  "Nothing is seen where the unit could not be read, or where too few lines exist to compare with.",
  "Goods are compared by four-digit heading, not by product.",
]
clears = [
  "The contract or the season's plan behind the order.",
  "Earlier orders of the same size from another supplier.",
]
says = "{buyer} ordered {quantity:,.0f} {measure} of heading {goods_class}; typical for {basis} is {typical:,.0f} {measure} ({compared} lines)"
over = "item"
subject = "deal"
applies = "buyer_status IS NULL OR buyer_status <> 'public'"
needs = ["buyer", "goods_class", "quantity", "quantity_deviation"]

[params]
far = 3.5                  # robust standard deviations of the logarithm
times = 5                  # and so many times the typical quantity

[[examples]]
name = "six tonnes where fifty kilograms are usual"
expect = "hit"
says = "Blue Harbour Phones ordered 6,000 kg of heading 3212; typical for all buyers is 50 kg (40 lines)"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "3212", quantity = 6000.0, measure = "kg", quantity_deviation = 6.1, quantity_basis = "market", quantity_compared = 40, quantity_typical = 50.0}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation"}]

[[examples]]
name = "double the usual"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "3212", quantity = 100.0, measure = "kg", quantity_deviation = 2.3, quantity_basis = "own", quantity_compared = 12, quantity_typical = 50.0}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation"}]

[[examples]]
name = "far in spread, near in size"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "3212", quantity = 200.0, measure = "kg", quantity_deviation = 4.6, quantity_basis = "own", quantity_compared = 12, quantity_typical = 50.0}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation"}]

[[examples]]
name = "a member of the public, whose purchases are not profiled"
expect = "not concerned"
item = [{record = 1, deal = 1, buyer = 10, buyer_status = "public", goods_class = "3212", quantity = 6000.0, measure = "kg", quantity_deviation = 6.1, quantity_basis = "market", quantity_compared = 40, quantity_typical = 50.0}]
entity = [{entity = 10, name = "a private buyer", kind = "person"}]

[[examples]]
name = "too little to compare with"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "3212", quantity = 6000.0, measure = "kg"}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation"}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    coalesce(e.name, 'a buyer without a name') AS buyer,
    i.quantity AS quantity,
    i.measure AS measure,
    i.goods_class AS goods_class,
    CASE
        WHEN i.quantity_basis = 'own' THEN 'its own orders'
        WHEN i.quantity_basis = 'market' THEN 'all buyers'
        ELSE 'buyers of its activity'
    END AS basis,
    i.quantity_typical AS typical,
    i.quantity_compared AS compared,
    i.quantity_deviation AS deviation
FROM view.item AS i
LEFT JOIN view.entity AS e ON e.entity = i.buyer
WHERE i.quantity_deviation > :far
    AND i.quantity > :times * i.quantity_typical
    AND coalesce(e.kind, 'unknown') <> 'person'
