/* ---
id = "customer.line-of-business-mismatch"
code = "CUS-03"
title = "Goods unlike the buyer's business"
kind = "soft"
status = "stable"
means = """
The goods are rare for organisations of the buyer's activity, and the buyer had none of their kind on other days.
How rare is learned from the other organisations of this case, with a curated table to start from.
"""
cites = [
  "Conflict Armament Research 2020 (as reported): purchases incongruent with the buyer's business",
  "15 CFR 732 Supplement No. 3: product capabilities do not fit the buyer's line of business",
  "FATF/Egmont, Trade-Based Money Laundering: Risk Indicators, 2021",
]
false_positives = [
  "A firm that takes up a new line of business.",
  "A trading firm, a procurement agent, or a firm with several activities of which the register names one.",
  "An activity code that is out of date.",
  "A purchase for the firm's own premises or equipment.",
]
blind_spots = [
  "Nothing is seen where the buyer's activity or the class of the goods is not on record.",
  "Goods are compared by four-digit heading: unlike goods of one heading look alike.",
]
clears = [
  "The buyer's own account of what the goods are for, with a contract, a site or a customer behind it.",
  "A register entry that shows the wider activity.",
]
says = "{buyer} ({activity}) bought goods of heading {goods_class}; about {usual:.1f} in 100 organisations of its activity have such goods, and it had none on other days"
over = "item"
subject = "deal"
needs = ["buyer", "goods_class", "buyer_activity", "buyer_usual", "buyer_days"]

[params]
rare = 0.05                # share of organisations of the activity below which goods are rare
other_days = 1             # days on which the buyer had such goods, this one counted

[[examples]]
name = "a phone shop and a pigment paste"
expect = "hit"
says = "Blue Harbour Phones (retail sale of telecommunications equipment) bought goods of heading 3212; about 0.8 in 100 organisations of its activity have such goods, and it had none on other days"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "3212", buyer_activity = "4742", buyer_usual = 0.008, buyer_days = 1}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation", activity_title = "retail sale of telecommunications equipment"}]

[[examples]]
name = "the same goods on several days"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "3212", buyer_activity = "4742", buyer_usual = 0.008, buyer_days = 4}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation"}]

[[examples]]
name = "goods usual for the activity"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "8517", buyer_activity = "4742", buyer_usual = 0.85, buyer_days = 1}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation"}]

[[examples]]
name = "a natural person has no line of business"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "3212", buyer_activity = "4742", buyer_usual = 0.008, buyer_days = 1}]
entity = [{entity = 10, name = "a private buyer", kind = "person"}]

[[examples]]
name = "activity not on record"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10, goods_class = "3212", buyer_days = 1}]
entity = [{entity = 10, name = "Blue Harbour Phones", kind = "organisation"}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    e.register_record AS register_record,
    e.name AS buyer,
    coalesce(e.activity_title, i.buyer_activity) AS activity,
    i.goods_class AS goods_class,
    100 * i.buyer_usual AS usual,
    i.buyer_peers AS peers
FROM view.item AS i
JOIN view.entity AS e ON e.entity = i.buyer
WHERE i.buyer_usual < :rare
    AND i.buyer_days <= :other_days
    AND e.kind <> 'person'
