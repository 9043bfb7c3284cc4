/* ---
id = "law.restricted-to-public"
code = "LAW-01"
title = "Restricted substance to a member of the public"
kind = "gate"
status = "stable"
means = """
A substance of Annex I stands on the line above its limit value, the buyer is stated to be a member of the public (or
to be of unknown status), and no licence that covers the sale is stated. Regulation (EU) 2019/1148 does not allow such
a substance to be made available to the public without a licence.
"""
cites = [
  "Regulation (EU) 2019/1148, Article 5(1) and (3) and Annex I",
  "Regulation (EU) 2019/1148, Article 3(8): member of the general public",
]
false_positives = [
  "The concentration was typed wrongly, or is that of another pack on the same order.",
  "A farmer or a tradesman was entered with the wrong customer status.",
  "The Regulation does not apply to this sale: neither the seller nor the place of sale is in the Union.",
  "The goods are an article or a mixture that Article 2 or Article 3(13) leaves out.",
]
blind_spots = [
  "Nothing is seen where the concentration or the buyer's status is not recorded.",
  "Whether a licence stated on the order is genuine is not checked; one without a last day is taken to be valid.",
]
clears = [
  "A licence valid on the day of sale for this substance and concentration.",
  "Proof that the buyer acts for its trade, business or profession in this transaction.",
  "A safety data sheet that shows a concentration at or below the limit value.",
]
says = "{substance} at {concentration:.1f} % (limit {limit_value:.0f} %) went to {buyer}, stated as {status}; {licence}"
over = "item"
subject = "deal"
applies = "restricted_list"
needs = ["substance", "above_limit", "buyer_status"]
params = {}

[[examples]]
name = "above the limit, to the public, no licence"
expect = "hit"
says = "nitric acid at 53.0 % (limit 3 %) went to a private buyer, stated as public; no licence is stated"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", concentration = 53.0, buyer_status = "public"}]
entity = [{entity = 10, name = "a private buyer", kind = "person"}]
substance = [{substance = "nitric-acid", title = "nitric acid", limit_value = 3.0, licence_ceiling = 10.0}]

[[examples]]
name = "a licence that has run out"
expect = "hit"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", concentration = 8.0, buyer_status = "public", licence_no = "L-1", licence_until = 2024-02-29}]
entity = [{entity = 10, name = "a private buyer", kind = "person"}]
substance = [{substance = "nitric-acid", title = "nitric acid", limit_value = 3.0, licence_ceiling = 10.0}]

[[examples]]
name = "at the limit, not above it"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = false, substance = "nitric-acid", concentration = 3.0, buyer_status = "public"}]

[[examples]]
name = "a licence that covers the sale"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", concentration = 8.0, buyer_status = "public", licence_no = "L-1", licence_until = 2024-12-31}]
entity = [{entity = 10, name = "a private buyer", kind = "person"}]
substance = [{substance = "nitric-acid", title = "nitric acid", limit_value = 3.0, licence_ceiling = 10.0}]

[[examples]]
name = "a professional user"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", concentration = 53.0, buyer_status = "professional_user"}]

[[examples]]
name = "concentration not recorded"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, substance = "nitric-acid", buyer_status = "public"}]

[[examples]]
name = "goods on no list"
expect = "not concerned"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = false, buyer_status = "public"}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    coalesce(s.title, i.substance) AS substance,
    i.concentration AS concentration,
    s.limit_value AS limit_value,
    coalesce(e.name, 'a buyer without a name') AS buyer,
    i.buyer_status AS status,
    CASE
        WHEN i.licence_no IS NULL THEN 'no licence is stated'
        WHEN i.licence_until < i.date THEN 'the licence stated had run out'
        ELSE 'the licence stated cannot cover this concentration'
    END AS licence
FROM view.item AS i
JOIN view.substance AS s ON s.substance = i.substance
LEFT JOIN view.entity AS e ON e.entity = i.buyer
WHERE i.above_limit
    AND i.buyer_status IN ('public', 'unknown')
    AND (
        i.licence_no IS NULL
        OR i.licence_until < i.date
        OR s.licence_ceiling IS NULL
        OR i.concentration > s.licence_ceiling
    )
