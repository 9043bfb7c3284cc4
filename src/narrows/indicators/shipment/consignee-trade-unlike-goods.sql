/* ---
id = "shipment.consignee-trade-unlike-goods"
code = "SHP-02"
title = "Goods unlike the consignee's business"
kind = "soft"
status = "stable"
means = """
The goods are consigned to an organisation other than the buyer, for whose activity they are rare, and which had none
of their kind on other days. Carriers, warehouses, forwarders and banks are left out: they handle goods for others.
"""
cites = [
  "Conflict Armament Research 2020 (as reported): consignees outside their main business",
  "FATF/Egmont, Trade-Based Money Laundering: Risk Indicators, 2021",
]
false_positives = [
  "A parcel shop or a landlord that receives for others.",
  "An activity code that is out of date.",
  "Goods for the consignee's own premises or equipment.",
]
blind_spots = [
  "Nothing is seen where the consignee's activity or the class of the goods is not on record.",
  "Goods are compared by four-digit heading: unlike goods of one heading look alike.",
]
clears = [
  "The consignee's own account of why it receives the goods, and for whom.",
  "A register entry that shows the wider activity.",
]
says = "{consignee} ({activity}) was to receive goods of heading {goods_class}; about {usual:.1f} in 100 organisations of its activity have such goods, and it had none on other days"
over = "item"
subject = "deal"
applies = "buyer IS NULL OR consignee <> buyer"
needs = ["consignee", "goods_class", "consignee_activity", "consignee_usual", "consignee_days"]

[params]
rare = 0.05                # share of organisations of the activity below which goods are rare
other_days = 1             # days on which the consignee had such goods, this one counted

[[examples]]
name = "motor parts to a phone shop"
expect = "hit"
says = "Corner Star Mobile (retail sale of telecommunications equipment) was to receive goods of heading 8501; about 0.9 in 100 organisations of its activity have such goods, and it had none on other days"
item = [{record = 1, deal = 1, buyer = 10, consignee = 11, goods_class = "8501", consignee_activity = "4742", consignee_usual = 0.009, consignee_days = 1}]
entity = [{entity = 11, name = "Corner Star Mobile", kind = "organisation", activity_title = "retail sale of telecommunications equipment", logistics = false}]

[[examples]]
name = "a warehouse, which receives for others"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, consignee = 11, goods_class = "8501", consignee_activity = "5210", consignee_usual = 0.009, consignee_days = 1}]
entity = [{entity = 11, name = "Long Mole Storage", kind = "organisation", logistics = true}]

[[examples]]
name = "phones to a phone shop"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, consignee = 11, goods_class = "8517", consignee_activity = "4742", consignee_usual = 0.8, consignee_days = 1}]
entity = [{entity = 11, name = "Corner Star Mobile", kind = "organisation", logistics = false}]

[[examples]]
name = "a natural person has no line of business"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, consignee = 11, goods_class = "8501", consignee_activity = "4742", consignee_usual = 0.009, consignee_days = 1}]
entity = [{entity = 11, name = "a private recipient", kind = "person"}]

[[examples]]
name = "the consignee's activity is not on record"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10, consignee = 11, goods_class = "8501"}]
entity = [{entity = 11, name = "Corner Star Mobile", kind = "organisation"}]

[[examples]]
name = "to the buyer itself, which is another question"
expect = "not concerned"
item = [{record = 1, deal = 1, buyer = 11, consignee = 11, goods_class = "8501", consignee_activity = "4742", consignee_usual = 0.009, consignee_days = 1}]
entity = [{entity = 11, name = "Corner Star Mobile", kind = "organisation"}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    e.register_record AS register_record,
    e.name AS consignee,
    coalesce(e.activity_title, i.consignee_activity) AS activity,
    i.goods_class AS goods_class,
    100 * i.consignee_usual AS usual,
    i.consignee_peers AS peers
FROM view.item AS i
JOIN view.entity AS e ON e.entity = i.consignee
WHERE i.consignee_usual < :rare
    AND i.consignee_days <= :other_days
    AND e.kind <> 'person'
    AND NOT coalesce(e.logistics, FALSE)
