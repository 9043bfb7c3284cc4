/* ---
id = "document.description-code-clash"
code = "DOC-02"
title = "Description and codes disagree"
kind = "soft"
status = "stable"
means = """
Of what a line says of its goods (description, CAS number, UN number, HS code), two name different listed substances,
or the HS code stands outside every heading under which the lists place the substance named.
"""
cites = [
  "WCO Programme Global Shield: falsely declared precursors",
  "FATF/Egmont, Trade-Based Money Laundering: Risk Indicators, 2021",
]
false_positives = [
  "A broad or outdated HS code, or one of an earlier edition of the nomenclature.",
  "A mixture that is rightly declared under a heading of its own.",
  "A slip in one of the numbers.",
]
blind_spots = [
  "Only goods that at least one of the four recognises as a listed substance are compared.",
  "Nothing is seen where fewer than two of the four are recorded.",
]
clears = [
  "The safety data sheet and the classification that the declarant relied on.",
  "A corrected declaration.",
]
says = "\"{description}\" is declared with {codes}: {problem}"
over = "item"
subject = "deal"
applies = """
CASE WHEN named_substance IS NOT NULL OR cas_substance IS NOT NULL OR un_substance IS NOT NULL THEN TRUE
     WHEN description IS NULL AND cas IS NULL THEN NULL ELSE FALSE END
"""
needs = ["substance", "identities"]
params = {}

[[examples]]
name = "named as one substance, coded as plastics"
expect = "hit"
says = "\"Ammonium nitrate 50 kg bags\" is declared with HS 392310: no list places ammonium nitrate under heading 3923"
item = [{record = 1, deal = 1, description = "Ammonium nitrate 50 kg bags", hs6 = "392310", substance = "ammonium-nitrate", certainty = "certain", named_substance = "ammonium-nitrate", identities = 2}]
substance = [{substance = "ammonium-nitrate", title = "ammonium nitrate"}]
substance_code = [{substance = "ammonium-nitrate", heading = "3102"}]

[[examples]]
name = "name and CAS number of two substances"
expect = "hit"
item = [{record = 1, deal = 1, description = "acetone", cas = "7697-37-2", substance = "nitric-acid", certainty = "certain", named_substance = "acetone", cas_substance = "nitric-acid", identities = 2}]
substance = [{substance = "nitric-acid", title = "nitric acid"}]

[[examples]]
name = "name and heading agree"
expect = "clear"
item = [{record = 1, deal = 1, description = "Ammonium nitrate 50 kg bags", hs6 = "310230", substance = "ammonium-nitrate", certainty = "certain", named_substance = "ammonium-nitrate", identities = 2}]
substance = [{substance = "ammonium-nitrate", title = "ammonium nitrate"}]
substance_code = [{substance = "ammonium-nitrate", heading = "3102"}]

[[examples]]
name = "only a description"
expect = "not evaluable"
item = [{record = 1, deal = 1, description = "Ammonium nitrate 50 kg bags", substance = "ammonium-nitrate", certainty = "certain", named_substance = "ammonium-nitrate"}]

[[examples]]
name = "only an HS code"
expect = "not evaluable"
item = [{record = 1, deal = 1, hs6 = "310230"}]

[[examples]]
name = "goods that no list names"
expect = "not concerned"
item = [{record = 1, deal = 1, description = "garden chairs", hs6 = "940171"}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    coalesce(i.description, 'goods without a description') AS description,
    CASE
        WHEN i.cas IS NOT NULL AND i.hs6 IS NOT NULL THEN 'CAS ' || i.cas || ' and HS ' || i.hs6
        WHEN i.cas IS NOT NULL THEN 'CAS ' || i.cas
        WHEN i.hs6 IS NOT NULL THEN 'HS ' || i.hs6
        ELSE 'a UN number'
    END AS codes,
    CASE
        WHEN i.named_substance <> i.cas_substance
            OR i.named_substance <> i.un_substance
            OR i.cas_substance <> i.un_substance THEN 'they name different substances'
        ELSE 'no list places ' || coalesce(s.title, i.substance) || ' under heading ' || left(i.hs6, 4)
    END AS problem
FROM view.item AS i
LEFT JOIN view.substance AS s ON s.substance = i.substance
WHERE i.certainty IN ('certain', 'likely')
    AND (
        i.named_substance <> i.cas_substance
        OR i.named_substance <> i.un_substance
        OR i.cas_substance <> i.un_substance
        OR (
            i.hs6 IS NOT NULL
            AND NOT EXISTS (
                SELECT 1 FROM view.substance_code AS c
                WHERE c.substance = i.substance AND c.heading = left(i.hs6, 4)
            )
        )
    )
