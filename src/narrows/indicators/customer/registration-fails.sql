/* ---
id = "customer.registration-fails"
code = "CUS-10"
title = "The registration number does not fit"
kind = "soft"
status = "stable"
means = """
A number that the buyer gave (VAT, company register, EORI, LEI) fails its check digits, or a register on record gives
it to a firm with another name. A failed check digit is first a question of data quality.
"""
cites = [
  "Regulation (EU) 2019/1148, Article 8(2)(b)",
  "SI 2023/63 (United Kingdom), regulation 3(2)",
]
false_positives = [
  "A slip of the keyboard.",
  "A VAT group, where one number serves several firms.",
  "A firm that has changed its name since the register extract was made.",
]
blind_spots = [
  "Numbers without check digits are compared with a register only where one was loaded.",
  "Nothing is asked of any service outside: a number that is well formed may still not exist.",
]
clears = [
  "The right number, from the buyer's own paper or a fresh register extract.",
  "An extract that shows the change of name or the VAT group.",
]
says = "{buyer} gave {scheme} {value}: {problem}"
over = "item"
subject = "deal"
needs = ["buyer", "buyer_party", "buyer_identifiers"]

[params]
tolerance = 0.6            # names that agree less than this, 0 to 1, are two names

[[examples]]
name = "the check digits fail"
expect = "hit"
says = "Cinder Lane Supplies gave vat DE999999990: its check digits are wrong"
item = [{record = 1, deal = 1, buyer = 10, buyer_party = 7, buyer_identifiers = 1}]
identifier = [{entity = 10, party = 7, record = 1, scheme = "vat", value = "DE999999990", valid = false, written_name = "Cinder Lane Supplies"}]
entity = [{entity = 10, name = "Cinder Lane Supplies", kind = "organisation"}]

[[examples]]
name = "the number of another firm"
expect = "hit"
says = "Cinder Lane Supplies gave vat DE999999999: the register on record gives it to Quiet Ridge Dairy"
item = [{record = 1, deal = 1, buyer = 10, buyer_party = 7, buyer_identifiers = 1}]
identifier = [{entity = 10, party = 7, record = 1, scheme = "vat", value = "DE999999999", valid = true, written_name = "Cinder Lane Supplies", registered_name = "Quiet Ridge Dairy", registered_record = 5, name_agreement = 0.2}]
entity = [{entity = 10, name = "Cinder Lane Supplies", kind = "organisation"}]

[[examples]]
name = "another spelling of the same firm"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, buyer_party = 7, buyer_identifiers = 1}]
identifier = [{entity = 10, party = 7, record = 1, scheme = "vat", value = "DE999999999", valid = true, written_name = "Cinder Lane Suplies", registered_name = "Cinder Lane Supplies GmbH", registered_record = 5, name_agreement = 0.96}]
entity = [{entity = 10, name = "Cinder Lane Supplies", kind = "organisation"}]

[[examples]]
name = "an account number is no registration number"
expect = "clear"
item = [{record = 1, deal = 1, buyer = 10, buyer_party = 7, buyer_identifiers = 1}]
identifier = [{entity = 10, party = 7, record = 1, scheme = "iban", value = "DE00 0000", valid = false, written_name = "Cinder Lane Supplies"}]
entity = [{entity = 10, name = "Cinder Lane Supplies", kind = "organisation"}]

[[examples]]
name = "no number given"
expect = "not evaluable"
item = [{record = 1, deal = 1, buyer = 10, buyer_party = 7}]
entity = [{entity = 10, name = "Cinder Lane Supplies", kind = "organisation"}]
--- */
SELECT
    i.deal AS subject,
    i.record AS record,
    d.registered_record AS registered_record,
    coalesce(d.written_name, e.name, 'a buyer without a name') AS buyer,
    d.scheme AS scheme,
    d.value AS value,
    CASE
        WHEN NOT d.valid THEN 'its check digits are wrong'
        ELSE 'the register on record gives it to ' || d.registered_name
    END AS problem
FROM view.item AS i
JOIN view.identifier AS d ON d.party = i.buyer_party
LEFT JOIN view.entity AS e ON e.entity = i.buyer
WHERE d.scheme <> 'iban' AND (NOT d.valid OR d.name_agreement < :tolerance)
