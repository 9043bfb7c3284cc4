/* ---
id = "payment.third-party-payer"
code = "PAY-01"
title = "Somebody else pays"
kind = "soft"
status = "stable"
means = """
A payment that names this order came from a party that is neither the buyer nor declared to pay on its behalf, and no
document on record links the two.
"""
cites = [
  "Conflict Armament Research 2020 (as reported): third-party payer unrelated to the buyer",
  "Departments of Commerce, the Treasury and Justice, tri-seal compliance note of 2 March 2023",
  "FATF/Egmont, Trade-Based Money Laundering: Risk Indicators, 2021",
]
false_positives = [
  "A group treasury that pays for its subsidiaries.",
  "Factoring, a payment service, a leasing firm, an embassy.",
  "The buyer under a name that was not recognised as the same firm.",
]
blind_spots = [
  "Nothing is seen where the payer is not recorded, or where the payment names no order.",
  "A link that no loaded document states is not known.",
]
clears = [
  "The contract between payer and buyer: group, treasury, factoring, agency.",
  "A declared ultimate debtor on the payment order (ISO 20022 UltmtDbtr).",
]
says = "{payer} paid for goods that {buyer} ordered; no link between them is on record"
over = "item"
subject = "deal"
needs = ["buyer", "payments"]
params = {}

[[examples]]
name = "a car-hire firm pays"
expect = "hit"
says = "Silver Gate Car Hire paid for goods that Pine Spur Automation ordered; no link between them is on record"
item = [{record = 1, deal = 1, buyer = 10, payments = 1}]
payment = [{record = 2, deal = 1, payer = 11}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Silver Gate Car Hire", kind = "organisation"}]

[[examples]]
name = "the buyer pays itself"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, payments = 1}]
payment = [{record = 2, deal = 1, payer = 10}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}]

[[examples]]
name = "a group treasury with its contract on record"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, payments = 1}]
payment = [{record = 2, deal = 1, payer = 11}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Pine Spur Treasury", kind = "organisation"}]
linked = [{a = 11, b = 10, how = "treasury", record = 3}, {a = 10, b = 11, how = "treasury", record = 3}]

[[examples]]
name = "paid on behalf of the buyer, as declared"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, payments = 1}]
payment = [{record = 2, deal = 1, payer = 11, ultimate_payer = 10}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Low Fen Payments", kind = "organisation"}]

[[examples]]
name = "paid on behalf of the buyer's treasury, with its contract on record"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, payments = 1}]
payment = [{record = 2, deal = 1, payer = 11, ultimate_payer = 12}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Low Fen Payments", kind = "organisation"}, {entity = 12, name = "Pine Spur Treasury", kind = "organisation"}]
linked = [{a = 12, b = 10, how = "treasury", record = 3}, {a = 10, b = 12, how = "treasury", record = 3}]

[[examples]]
name = "one name, which was not recognised as one firm"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, payments = 1}]
payment = [{record = 2, deal = 1, payer = 11}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Pine Spur Automation", kind = "unknown"}]

[[examples]]
name = "no payment on record"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    p.record AS payment_record,
    coalesce(e.name, 'a payer without a name') AS payer,
    coalesce(b.name, 'a buyer without a name') AS buyer,
    p.date AS paid_on,
    p.amount AS amount_paid,
    p.currency AS currency
FROM view.item AS i
JOIN view.payment AS p ON p.deal = i.deal
LEFT JOIN view.entity AS e ON e.entity = p.payer
LEFT JOIN view.entity AS b ON b.entity = i.buyer
WHERE p.payer <> i.buyer
    AND coalesce(p.ultimate_payer <> i.buyer, TRUE)
    AND coalesce(e.name <> b.name, TRUE)
    AND NOT EXISTS (
        SELECT 1 FROM view.linked AS l
        WHERE l.a = p.payer AND l.b = i.buyer
            AND coalesce(l.since <= p.date, TRUE) AND coalesce(l.until >= p.date, TRUE)
    )
    AND NOT EXISTS (
        SELECT 1 FROM view.linked AS u
        WHERE u.a = p.ultimate_payer AND u.b = i.buyer
            AND coalesce(u.since <= p.date, TRUE) AND coalesce(u.until >= p.date, TRUE)
    )
