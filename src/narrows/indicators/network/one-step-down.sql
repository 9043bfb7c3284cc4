/* ---
id = "network.one-step-down"
code = "NET-03"
title = "Buyers of several sellers lead to one consignee"
kind = "soft"
status = "stable"
means = """
Goods that different buyers ordered from different sellers were consigned to one organisation that bought none of
them itself. Each seller saw one order; only together do they lead to one place. Carriers, warehouses, forwarders and
banks are left out, and buyers for which the consignee receives under a contract on record: they receive for others. A
common owner explains nothing here: it is what such a structure looks like.
"""
cites = [
  "Conflict Armament Research 2020 (as reported): linked buyers visible to distributors one step down",
]
false_positives = [
  "A large retailer, a hospital or a building site that is supplied through several contractors.",
  "A fulfilment or parcel address whose activity is not on record.",
]
blind_spots = [
  "Nothing is seen where seller, buyer or consignee is not recorded.",
  "Only sellers whose records are in the case are counted; the period is that of the case.",
  "A consignee that neither a register nor its name shows to be an organisation is left out.",
]
clears = [
  "The contracts under which the consignee receives for these buyers.",
  "The consignee's own stock records of where the goods went.",
]
says = "{consignee} was to receive goods that {buyers} buyers ordered from {sellers} sellers"
over = "item"
subject = "organisation"
applies = "consignee <> buyer"
needs = ["seller", "buyer", "consignee"]

[params]
sellers = 3                # different sellers, at least
buyers = 2                 # different buyers, at least

[[examples]]
name = "three sellers, two buyers, one consignee"
expect = "hit"
says = "Corner Star Mobile was to receive goods that 2 buyers ordered from 3 sellers"
item = [
  {record = 1, deal = 1, seller = 1, buyer = 10, consignee = 20},
  {record = 2, deal = 2, seller = 2, buyer = 10, consignee = 20},
  {record = 3, deal = 3, seller = 3, buyer = 11, consignee = 20},
]
entity = [{entity = 20, name = "Corner Star Mobile", kind = "organisation"}]

[[examples]]
name = "one buyer with three sellers"
expect = "clear"
item = [
  {record = 1, deal = 1, seller = 1, buyer = 10, consignee = 20},
  {record = 2, deal = 2, seller = 2, buyer = 10, consignee = 20},
  {record = 3, deal = 3, seller = 3, buyer = 10, consignee = 20},
]
entity = [{entity = 20, name = "Corner Star Mobile", kind = "organisation"}]

[[examples]]
name = "a warehouse, which receives for others"
expect = "clear"
item = [
  {record = 1, deal = 1, seller = 1, buyer = 10, consignee = 20},
  {record = 2, deal = 2, seller = 2, buyer = 10, consignee = 20},
  {record = 3, deal = 3, seller = 3, buyer = 11, consignee = 20},
]
entity = [{entity = 20, name = "Long Mole Storage", kind = "organisation", logistics = true}]

[[examples]]
name = "a natural person is never the subject"
expect = "clear"
item = [
  {record = 1, deal = 1, seller = 1, buyer = 10, consignee = 20},
  {record = 2, deal = 2, seller = 2, buyer = 10, consignee = 20},
  {record = 3, deal = 3, seller = 3, buyer = 11, consignee = 20},
]
entity = [{entity = 20, name = "a private recipient", kind = "person"}]

[[examples]]
name = "buyers that documents link to the consignee"
expect = "clear"
item = [
  {record = 1, deal = 1, seller = 1, buyer = 10, consignee = 20},
  {record = 2, deal = 2, seller = 2, buyer = 10, consignee = 20},
  {record = 3, deal = 3, seller = 3, buyer = 11, consignee = 20},
]
entity = [{entity = 20, name = "Corner Star Mobile", kind = "organisation"}]
linked = [{a = 10, b = 20, how = "warehouse", record = 4}, {a = 20, b = 10, how = "warehouse", record = 4}]

[[examples]]
name = "a consignee of which nobody says what it is"
expect = "clear"
item = [
  {record = 1, deal = 1, seller = 1, buyer = 10, consignee = 20},
  {record = 2, deal = 2, seller = 2, buyer = 10, consignee = 20},
  {record = 3, deal = 3, seller = 3, buyer = 11, consignee = 20},
]
entity = [{entity = 20, name = "Corner Star", kind = "unknown"}]

[[examples]]
name = "the seller is not recorded"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10, consignee = 20}]
entity = [{entity = 20, name = "Corner Star Mobile", kind = "organisation"}]
--- */
WITH narrowing AS (
    SELECT i.consignee AS consignee, count(DISTINCT i.seller) AS sellers, count(DISTINCT i.buyer) AS buyers
    FROM view.item AS i
    WHERE i.consignee <> i.buyer AND i.consignee <> i.seller
        AND NOT EXISTS (
            SELECT 1 FROM view.linked AS l
            WHERE l.a = i.buyer AND l.b = i.consignee
                AND l.how IN ('agency', 'drop-ship', 'toll-processing', 'warehouse')
        )
    GROUP BY i.consignee
    HAVING count(DISTINCT i.seller) >= :sellers AND count(DISTINCT i.buyer) >= :buyers
)
SELECT
    n.consignee AS subject,
    i.record AS record,
    e.name AS consignee,
    n.buyers AS buyers,
    n.sellers AS sellers
FROM narrowing AS n
JOIN view.entity AS e ON e.entity = n.consignee
JOIN view.item AS i ON i.consignee = n.consignee AND i.consignee <> i.buyer AND i.consignee <> i.seller
WHERE e.kind = 'organisation'
    AND NOT coalesce(e.logistics, FALSE)
    AND NOT EXISTS (
        SELECT 1 FROM view.linked AS l
        WHERE l.a = i.buyer AND l.b = i.consignee
            AND l.how IN ('agency', 'drop-ship', 'toll-processing', 'warehouse')
    )
