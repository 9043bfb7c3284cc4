/* ---
id = "law.listed-party-near-match"
code = "LAW-07"
title = "A party resembles an entry of a list"
kind = "gate"
status = "stable"
means = """
A party of the transaction bears a name that resembles one of an entry on a list that is loaded, and something else
that both are known by agrees: a number, a way to reach them, an address, a town or a country. A name alone never
counts. Where only everyday words of the names agree, the country alone is not enough; a weak alias, or initials, count
only beside a number. It does not mean that the party is the one on the list: that is for a person to find out.
"""
cites = [
  "15 CFR Part 732, Supplement No. 3 (know your customer guidance), red flag 1",
  "The lists themselves, as loaded: those of the European Union, the Security Council of the United Nations, OFAC and others",
]
false_positives = [
  "A common name: many firms and persons share one, and a namesake may sit in the same town.",
  "Another name that only looks alike once it is written in other letters.",
  "An entry that was taken off the list after the version that is loaded.",
  "An address or a phone that a business centre, a lawyer or a forwarder lends to many.",
]
blind_spots = [
  "Whoever stands on no list that is loaded, or under a name that resembles none of those listed, is not seen.",
  "Nothing is seen where no record tells more of a party than its name, or the list tells no more of the entry.",
  "An entry known by an everyday word, initials or a weak alias is found only by its number, or by its town or address.",
  "Firms that belong to a listed party without being listed themselves are not looked for; nor are ships.",
]
clears = [
  "A number, an address or a date of foundation that shows the party to be somebody else than the entry.",
  "The newest version of the list, in which the entry no longer stands.",
  "A licence or an exemption of the authority that keeps the list.",
]
says = "{party} ({role}) resembles the entry {entry_name} of {list}; beside the name, these agree: {agrees}"
over = "item"
subject = "deal"
needs = ["lists"]

[params]
score = 0.5                # how far the names must be one, 0 to 1, where distinctive words or everyday words agree
weak_score = 0.3           # the same for weak aliases and initials, which need a number that agrees besides

[[examples]]
name = "a name in another spelling, in the same town"
expect = "hit"
says = "Ostravand Deniz Ticaret (buyer, consignee) resembles the entry OSTRAWAND MARINE of List of examples; beside the name, these agree: town Alanya, country TR"
item = [{record = 1, deal = 1, buyer = 10, consignee = 10, seller = 11, lists = 1}]
entity = [{entity = 10, name = "Ostravand Deniz Ticaret", kind = "organisation"}, {entity = 11, name = "Salt Quay Ltd", kind = "organisation"}]
list_match = [{entity = 10, entry = "List of examples/7", list = "List of examples", entry_id = "7", entry_name = "OSTRAWAND MARINE", strength = "primary", written_name = "Ostravand Deniz Ticaret", score = 0.93, rests_on = "distinctive words", agrees = "town Alanya, country TR", surest = "town", record = 1, list_record = 5}]

[[examples]]
name = "a weak alias, and the same number"
expect = "hit"
item = [{record = 1, deal = 1, buyer = 11, end_user = 10, lists = 1}]
entity = [{entity = 10, name = "OMT", kind = "organisation"}, {entity = 11, name = "Salt Quay Ltd", kind = "organisation"}]
list_match = [{entity = 10, entry = "List of examples/7", list = "List of examples", entry_id = "7", entry_name = "OMT", strength = "weak", written_name = "OMT", score = 0.95, rests_on = "distinctive words", agrees = "tax number", surest = "number", record = 1, list_record = 5}]

[[examples]]
name = "somebody who paid for the goods"
expect = "hit"
says = "Ostravand Deniz Ticaret (payer) resembles the entry OSTRAWAND MARINE of List of examples; beside the name, these agree: country TR"
item = [{record = 1, deal = 1, buyer = 11, lists = 1}]
payment = [{record = 2, deal = 1, payer = 10}]
entity = [{entity = 10, name = "Ostravand Deniz Ticaret", kind = "organisation"}, {entity = 11, name = "Salt Quay Ltd", kind = "organisation"}]
list_match = [{entity = 10, entry = "List of examples/7", list = "List of examples", entry_id = "7", entry_name = "OSTRAWAND MARINE", strength = "strong", written_name = "Ostravand Deniz Ticaret", score = 0.93, rests_on = "distinctive words", agrees = "country TR", surest = "country", record = 1, list_record = 5}]

[[examples]]
name = "the name alone"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, lists = 1}]
entity = [{entity = 10, name = "Ostravand Deniz Ticaret", kind = "organisation"}]
list_match = [{entity = 10, entry = "List of examples/7", list = "List of examples", entry_id = "7", entry_name = "OSTRAWAND MARINE", strength = "primary", written_name = "Ostravand Deniz Ticaret", score = 0.99, rests_on = "distinctive words", differs = "country", record = 1, list_record = 5}]

[[examples]]
name = "a weak alias in the same town"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, lists = 1}]
entity = [{entity = 10, name = "OMT", kind = "organisation"}]
list_match = [{entity = 10, entry = "List of examples/7", list = "List of examples", entry_id = "7", entry_name = "OMT", strength = "weak", written_name = "OMT", score = 0.98, rests_on = "distinctive words", agrees = "town Alanya, country TR", surest = "town", record = 1, list_record = 5}]

[[examples]]
name = "an everyday word in the same country"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, lists = 1}]
entity = [{entity = 10, name = "Star Trading", kind = "organisation"}]
list_match = [{entity = 10, entry = "List of examples/8", list = "List of examples", entry_id = "8", entry_name = "STAR GROUP", strength = "primary", written_name = "Star Trading", score = 0.96, rests_on = "everyday words", agrees = "country TR", surest = "country", record = 1, list_record = 5}]

[[examples]]
name = "a name that is not near enough"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, lists = 1}]
entity = [{entity = 10, name = "Ostrava Mühendislik", kind = "organisation"}]
list_match = [{entity = 10, entry = "List of examples/7", list = "List of examples", entry_id = "7", entry_name = "OSTRAWAND MARINE", strength = "primary", written_name = "Ostrava Mühendislik", score = 0.42, rests_on = "distinctive words", agrees = "country TR", surest = "country", record = 1, list_record = 5}]

[[examples]]
name = "no list is loaded"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10}]
entity = [{entity = 10, name = "Ostravand Deniz Ticaret", kind = "organisation"}]
--- */
WITH likeness AS (
    SELECT
        m.entity AS entity, m.written_name AS written_name, m.list AS list, m.entry_id AS entry_id,
        m.entry_name AS entry_name, m.strength AS strength, m.score AS score, m.rests_on AS rests_on,
        m.agrees AS agrees, m.differs AS differs, m.record AS party_record, m.list_record AS list_record
    FROM view.list_match AS m
    WHERE
        m.score >= :score AND m.strength <> 'weak'
        AND (
            m.rests_on = 'distinctive words' AND m.surest IS NOT NULL
            OR m.rests_on = 'everyday words' AND m.surest <> 'country'
        )
        OR m.score >= :weak_score AND m.surest = 'number'
),
named AS (
    SELECT i.record AS record, 'seller' AS role, i.seller AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'buyer' AS role, i.buyer AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'payer' AS role, i.payer AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'manufacturer' AS role, i.manufacturer AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'consignor' AS role, i.consignor AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'consignee' AS role, i.consignee AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'notify party' AS role, i.notify AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'declarant' AS role, i.declarant AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'carrier' AS role, i.carrier AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'forwarder' AS role, i.forwarder AS entity FROM view.item AS i
    UNION ALL SELECT i.record AS record, 'end user' AS role, i.end_user AS entity FROM view.item AS i
    UNION ALL
    SELECT i.record AS record, 'payer' AS role, p.payer AS entity
    FROM view.payment AS p JOIN view.item AS i ON i.deal = p.deal
    UNION ALL
    SELECT i.record AS record, 'ultimate payer' AS role, p.ultimate_payer AS entity
    FROM view.payment AS p JOIN view.item AS i ON i.deal = p.deal
),
roles AS (
    SELECT n.record AS record, n.entity AS entity, string_agg(DISTINCT n.role, ', ' ORDER BY n.role) AS role
    FROM named AS n
    WHERE n.entity IN (SELECT l.entity AS entity FROM likeness AS l)
    GROUP BY n.record, n.entity
)
SELECT
    i.deal AS subject,
    i.record AS record,
    l.party_record AS party_record,
    l.list_record AS list_record,
    l.written_name AS party,
    r.role AS role,
    l.list AS list,
    l.entry_id AS entry_id,
    l.entry_name AS entry_name,
    l.strength AS strength,
    l.score AS score,
    l.rests_on AS rests_on,
    l.agrees AS agrees,
    l.differs AS differs
FROM roles AS r
JOIN likeness AS l ON l.entity = r.entity
JOIN view.item AS i ON i.record = r.record
