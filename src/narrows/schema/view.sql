-- The published vocabulary over the derived tables. published.toml describes it, column by column.

-- name: views
CREATE OR REPLACE VIEW view.item AS
SELECT
    *,
    CASE
        WHEN coalesce(
            seller, buyer, payer, manufacturer, consignor, consignee, notify, declarant, carrier, forwarder, end_user
        ) IS NOT NULL
            THEN (SELECT nullif(count(DISTINCT list), 0) FROM derived.list_entry)
    END AS lists
FROM derived.trade_line;

CREATE OR REPLACE VIEW view.payment AS
SELECT
    p.record, d.deal, p.date, payer.entity AS payer, ultimate.entity AS ultimate_payer, payee.entity AS payee,
    p.amount, p.currency, p.reference, p.method, p.bank_country
FROM derived.payment AS p
LEFT JOIN derived.payment_deal AS d USING (record)
LEFT JOIN derived.party_entity AS payer ON payer.party = p.payer
LEFT JOIN derived.party_entity AS ultimate ON ultimate.party = p.ultimate_payer
LEFT JOIN derived.party_entity AS payee ON payee.party = p.payee;

CREATE OR REPLACE VIEW view.entity AS
SELECT entity, name, kind, activity, activity_title, country, founded, register_record, logistics
FROM derived.entity;

CREATE OR REPLACE VIEW view.linked AS SELECT a, b, how, record, since, until FROM derived.linked;

CREATE OR REPLACE VIEW view.identifier AS
SELECT
    entity, party, record, scheme, value, valid, written_name, registered_name, registered_record, name_agreement
FROM derived.identifier;

CREATE OR REPLACE VIEW view.list_match AS
SELECT
    entity, entry, list, entry_id, entry_name, strength, written_name, score, rests_on,
    nullif(array_to_string(agrees, ', '), '') AS agrees, nullif(array_to_string(differs, ', '), '') AS differs, surest,
    record, list_record
FROM derived.list_match;

-- A field is missing where the file has a column for it and the record leaves that empty. What the file has no column
-- for, or holds in a form that could not be read, is not known to be missing.
CREATE OR REPLACE VIEW view.statement AS
WITH asked AS (
    SELECT part, list(field) AS fields FROM derived.column_use WHERE field IS NOT NULL GROUP BY part
),
unread AS (
    SELECT DISTINCT record FROM derived.unread_value WHERE field = 'date'
)
SELECT
    s.record, e.entity AS buyer, s.date, g.substance,
    nullif(
        concat_ws(
            ', ',
            CASE WHEN s.date IS NULL AND u.record IS NULL AND list_contains(a.fields, 'date') THEN 'date' END,
            CASE WHEN p.name IS NULL AND list_contains(a.fields, 'buyer.name') THEN 'name' END,
            CASE WHEN p.address IS NULL AND p.city IS NULL
                AND list_has_any(a.fields, ['buyer.address', 'buyer.city']) THEN 'address' END,
            CASE WHEN coalesce(p.vat, p.registration) IS NULL
                AND list_has_any(a.fields, ['buyer.vat', 'buyer.registration']) THEN 'registration number' END,
            CASE WHEN coalesce(s.trade, p.activity) IS NULL
                AND list_has_any(a.fields, ['trade', 'buyer.activity']) THEN 'trade' END,
            CASE WHEN s.stated_use IS NULL AND list_contains(a.fields, 'stated_use') THEN 'intended use' END,
            CASE WHEN s.signatory IS NULL AND list_contains(a.fields, 'signatory') THEN 'authorised person' END,
            CASE WHEN s.signed IS FALSE THEN 'signature' END
        ),
        ''
    ) AS missing
FROM derived.statement AS s
LEFT JOIN asked AS a USING (part)
LEFT JOIN unread AS u ON u.record = s.record
LEFT JOIN derived.party_entity AS e ON e.party = s.buyer
LEFT JOIN derived.party AS p ON p.party = s.buyer
LEFT JOIN derived.goods AS g ON g.goods = s.goods;

CREATE OR REPLACE VIEW view.substance_code AS SELECT substance, heading FROM derived.substance_code;

CREATE OR REPLACE VIEW view.substance AS SELECT substance, title, limit_value, licence_ceiling FROM derived.substance;

CREATE OR REPLACE VIEW view.loaded AS
SELECT kind, records
FROM (
    SELECT document AS kind, count(*) AS records FROM derived.item GROUP BY document
    UNION ALL SELECT 'payments', count(*) FROM derived.payment
    UNION ALL SELECT 'register', count(*) FROM derived.registration
    UNION ALL SELECT 'relations', count(*) FROM derived.link WHERE how NOT IN ('owner', 'officer')
    UNION ALL SELECT 'end-use', count(*) FROM derived.statement
    UNION ALL SELECT 'stock', count(*) FROM derived.stock
    UNION ALL SELECT 'entities', count(*) FROM derived.listing
    UNION ALL SELECT 'recoveries', count(*) FROM derived.recovery
    UNION ALL SELECT 'statistics', count(*) FROM derived.statistic
);
