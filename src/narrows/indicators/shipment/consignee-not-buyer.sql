/* ---
id = "shipment.consignee-not-buyer"
code = "SHP-01"
title = "The goods go to somebody else"
kind = "soft"
status = "stable"
means = """
The goods are consigned to a party that is not the buyer, and no document on record (group, agency, drop shipment,
warehouse, toll processing) links the two.
"""
cites = [
  "Conflict Armament Research 2020 (as reported): consignee unrelated to the buyer",
  "Departments of Commerce, the Treasury and Justice, tri-seal compliance note of 2 March 2023",
]
false_positives = [
  "Drop shipment, toll processing, a building site, a hired warehouse whose contract was not loaded.",
  "A forwarder or a parcel shop that receives for the buyer.",
  "The buyer under a name that was not recognised as the same firm.",
]
blind_spots = [
  "Nothing is seen where the consignee is not recorded or is named only as a placeholder (TO ORDER).",
  "A link that no loaded document states is not known.",
]
clears = [
  "The contract under which the consignee receives for the buyer.",
  "A delivery note signed by the buyer's own staff at that address.",
]
says = "{buyer} ordered goods that were consigned to {consignee}; no link between them is on record"
over = "item"
subject = "deal"
needs = ["buyer", "consignee"]
params = {}

[[examples]]
name = "parts for one firm, sent to an unrelated shop"
expect = "hit"
says = "Pine Spur Automation ordered goods that were consigned to Corner Star Mobile; no link between them is on record"
item = [{record = 1, deal = 1, buyer = 10, consignee = 11}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Corner Star Mobile", kind = "organisation"}]

[[examples]]
name = "a drop shipment with its contract on record"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, consignee = 11}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Corner Star Mobile", kind = "organisation"}]
linked = [{a = 10, b = 11, how = "drop-ship", record = 3}, {a = 11, b = 10, how = "drop-ship", record = 3}]

[[examples]]
name = "a drop shipment under a contract that had ended"
expect = "hit"
item = [{record = 1, deal = 1, date = 2024-03-01, buyer = 10, consignee = 11}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Corner Star Mobile", kind = "organisation"}]
linked = [{a = 10, b = 11, how = "drop-ship", record = 3, until = 2024-02-29}]

[[examples]]
name = "to the buyer itself"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, consignee = 10}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}]

[[examples]]
name = "one name, which was not recognised as one firm"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, consignee = 11}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}, {entity = 11, name = "Pine Spur Automation", kind = "unknown"}]

[[examples]]
name = "consignee not recorded"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10}]
entity = [{entity = 10, name = "Pine Spur Automation", kind = "organisation"}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    coalesce(b.name, 'a buyer without a name') AS buyer,
    coalesce(c.name, 'a consignee without a name') AS consignee,
    c.activity_title AS consignee_activity
FROM view.item AS i
LEFT JOIN view.entity AS b ON b.entity = i.buyer
LEFT JOIN view.entity AS c ON c.entity = i.consignee
WHERE i.consignee <> i.buyer
    AND coalesce(b.name <> c.name, TRUE)
    AND NOT EXISTS (
        SELECT 1 FROM view.linked AS l
        WHERE l.a = i.buyer AND l.b = i.consignee
            AND coalesce(l.since <= i.date, TRUE) AND coalesce(l.until >= i.date, TRUE)
    )
