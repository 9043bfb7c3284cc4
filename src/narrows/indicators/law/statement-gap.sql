/* ---
id = "law.statement-gap"
code = "LAW-02"
title = "No complete end-use statement"
kind = "gate"
status = "stable"
means = """
A restricted substance went to a professional user or an economic operator, and the case holds no complete statement
of that buyer for that substance from the year before the sale. Article 8 of Regulation (EU) 2019/1148 asks for one.
"""
cites = [
  "Regulation (EU) 2019/1148, Article 8(2) and Annex IV",
]
false_positives = [
  "The statement is on paper and was not scanned, or lies in another system.",
  "The buyer uses a form of its own that says the same.",
  "The Regulation does not apply to this sale: neither the seller nor the place of sale is in the Union.",
]
blind_spots = [
  "A buyer of whom some statement could not be read (its product, or its date) is not flagged.",
  "A field for which the loaded statements have no column is not asked for.",
  "Nothing is seen where no end-use statements were loaded at all, or where concentration or status is not recorded.",
  "Whether a sale departs significantly from what an earlier statement covers is left to a person.",
]
clears = [
  "The statement itself: signed, not older than a year on the day of sale, with every field of Annex IV filled.",
]
says = "{buyer} was supplied with {substance} on {date}: {gap}"
over = "item"
subject = "deal"
applies = "restricted_list AND above_limit AND buyer_status IN ('professional_user', 'economic_operator')"
needs = ["substance", "buyer", "date"]
needs_records = ["end-use"]

[params]
valid_days = 365           # for how long a statement counts

[[examples]]
name = "no statement at all"
expect = "hit"
says = "Salt Quay Coatings Ltd was supplied with nitric acid on 2024-03-01: no statement for it is on record"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", buyer_status = "professional_user"}]
entity = [{entity = 10, name = "Salt Quay Coatings Ltd", kind = "organisation"}]
substance = [{substance = "nitric-acid", title = "nitric acid"}]
loaded = [{kind = "end-use", records = 4}]

[[examples]]
name = "a statement older than a year"
expect = "hit"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", buyer_status = "professional_user"}]
entity = [{entity = 10, name = "Salt Quay Coatings Ltd", kind = "organisation"}]
substance = [{substance = "nitric-acid", title = "nitric acid"}]
statement = [{record = 2, buyer = 10, date = 2023-02-28, substance = "nitric-acid"}]
loaded = [{kind = "end-use", records = 1}]

[[examples]]
name = "a fresh statement without signature"
expect = "hit"
says = "Salt Quay Coatings Ltd was supplied with nitric acid on 2024-03-01: its statement lacks signature"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", buyer_status = "professional_user"}]
entity = [{entity = 10, name = "Salt Quay Coatings Ltd", kind = "organisation"}]
substance = [{substance = "nitric-acid", title = "nitric acid"}]
statement = [{record = 2, buyer = 10, date = 2024-02-28, substance = "nitric-acid", missing = "signature"}]
loaded = [{kind = "end-use", records = 1}]

[[examples]]
name = "a fresh statement without signature beside an old one without a trade"
expect = "hit"
says = "Salt Quay Coatings Ltd was supplied with nitric acid on 2024-03-01: its statement lacks signature"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", buyer_status = "professional_user"}]
entity = [{entity = 10, name = "Salt Quay Coatings Ltd", kind = "organisation"}]
substance = [{substance = "nitric-acid", title = "nitric acid"}]
statement = [{record = 2, buyer = 10, date = 2024-02-28, substance = "nitric-acid", missing = "signature"}, {record = 3, buyer = 10, date = 2021-02-28, substance = "nitric-acid", missing = "trade"}]
loaded = [{kind = "end-use", records = 2}]

[[examples]]
name = "a complete statement of the day before"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", buyer_status = "professional_user"}]
statement = [{record = 2, buyer = 10, date = 2024-02-29, substance = "nitric-acid"}]
loaded = [{kind = "end-use", records = 1}]

[[examples]]
name = "no end-use statements were loaded"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", buyer_status = "professional_user"}]

[[examples]]
name = "a sale to the public, which is another question"
expect = "not concerned"
item = [{record = 1, deal = 1, buyer = 10, date = 2024-03-01, restricted_list = true, above_limit = true, substance = "nitric-acid", buyer_status = "public"}]
loaded = [{kind = "end-use", records = 1}]
--- */
WITH stated AS (
    SELECT
        i.record AS record,
        count(s.record) AS statements,
        coalesce(
            max(CASE WHEN s.date <= i.date AND date_diff('day', s.date, i.date) <= :valid_days THEN s.record END),
            max(s.record)
        ) AS statement_record,
        max(CASE WHEN s.date <= i.date AND date_diff('day', s.date, i.date) <= :valid_days THEN 1 ELSE 0 END) AS fresh,
        max(
            CASE
                WHEN s.date <= i.date AND date_diff('day', s.date, i.date) <= :valid_days AND s.missing IS NULL THEN 1
                ELSE 0
            END
        ) AS complete
    FROM view.item AS i
    LEFT JOIN view.statement AS s ON s.buyer = i.buyer AND s.substance = i.substance
    WHERE i.restricted_list AND i.above_limit AND i.buyer_status IN ('professional_user', 'economic_operator')
    GROUP BY i.record
)
SELECT
    i.deal AS subject,
    i.record AS record,
    t.statement_record AS statement_record,
    coalesce(e.name, 'a buyer without a name') AS buyer,
    coalesce(u.title, i.substance) AS substance,
    i.date AS date,
    CASE
        WHEN t.statements = 0 THEN 'no statement for it is on record'
        WHEN t.fresh = 0 THEN 'no statement from the year before is on record'
        ELSE 'its statement lacks ' || s.missing
    END AS gap
FROM view.item AS i
JOIN stated AS t ON t.record = i.record
LEFT JOIN view.statement AS s ON s.record = t.statement_record
LEFT JOIN view.entity AS e ON e.entity = i.buyer
LEFT JOIN view.substance AS u ON u.substance = i.substance
WHERE t.complete = 0
    AND NOT EXISTS (
        SELECT 1 FROM view.statement AS n
        WHERE n.buyer = i.buyer AND (n.substance IS NULL OR n.substance = i.substance AND n.date IS NULL)
    )
