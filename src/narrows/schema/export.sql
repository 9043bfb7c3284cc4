-- The tables that can be exported. Every row names the file, sheet and row that it rests on.

-- name: sources
SELECT s.name AS file, s.source AS sha256, s.bytes, p.sheet, p.first_row, p.rows_read, p.rows_kept, p.rows_rejected,
    array_to_string(p.notes, '; ') AS notes
FROM evidence.source AS s JOIN evidence.part AS p USING (source)
ORDER BY s.name, s.source, p.sheet;

-- name: columns
SELECT s.name AS file, p.sheet, u."column",
    CASE WHEN u.field IS NULL THEN 'unread' WHEN u.field = '' THEN 'left out on purpose' ELSE u.field END AS field
FROM derived.column_use AS u JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, list_position(p.columns, u."column");

-- name: rejected
SELECT s.name AS file, p.sheet, r."row", r.reason, r.text
FROM evidence.rejected AS r JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, r."row", r.reason;

-- name: unread
SELECT s.name AS file, p.sheet, u.record & 4294967295 AS "row", u."column", u.field, u.text, u.reason
FROM derived.unread_value AS u JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, u.record, u."column";

-- name: empty
SELECT s.name AS file, p.sheet, e.record & 4294967295 AS "row", e.reason
FROM derived.empty_record AS e JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, e.record;

-- name: alerts
SELECT
    a.alert, a.rank, a.title, a.document, a.document_no, a.date, seller.name AS seller, buyer.name AS buyer,
    consignee.name AS consignee, a.amount, a.currency, a.gates, a.families, a.hits,
    array_to_string(a.reasons, '; ') AS reasons, s.name AS file, p.sheet, a.record & 4294967295 AS "row"
FROM derived.alert AS a
JOIN evidence.part AS p ON p.part = a.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.entity AS seller ON seller.entity = a.seller
LEFT JOIN derived.entity AS buyer ON buyer.entity = a.buyer
LEFT JOIN derived.entity AS consignee ON consignee.entity = a.consignee
ORDER BY a.rank;

-- name: hits
SELECT
    h.indicator, h.code, h.kind, h.reviewed, h.says, h.facts, ah.alert, t.document_no, t.date,
    s.name AS file, p.sheet, h.record & 4294967295 AS "row"
FROM derived.hit AS h
JOIN evidence.part AS p ON p.part = h.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.alert_hit AS ah USING (hit)
LEFT JOIN derived.trade_line AS t ON t.record = h.record
ORDER BY h.code, h.record, h.subject;

-- name: coverage
SELECT code, indicator, records, hit, clear, not_evaluable, not_concerned, lacking
FROM derived.coverage ORDER BY code;

-- name: items
SELECT
    i.document, i.document_no, i.line_no, i.order_no, i.date, seller.name AS seller, buyer.name AS buyer,
    consignee.name AS consignee, g.description, g.hs_as_written AS hs, g.cas, g.substance, g.certainty, g.why,
    g.high AS concentration, i.quantity_as_written, i.unit_as_written, i.quantity, i.measure, i.net_mass, i.amount,
    i.currency, i.origin, i.departure, i.destination, i.buyer_status, i.stated_use,
    s.name AS file, p.sheet, i.record & 4294967295 AS "row"
FROM derived.item AS i
JOIN evidence.part AS p USING (part)
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.goods AS g USING (goods)
LEFT JOIN derived.party AS seller ON seller.party = i.seller
LEFT JOIN derived.party AS buyer ON buyer.party = i.buyer
LEFT JOIN derived.party AS consignee ON consignee.party = i.consignee
ORDER BY s.name, p.sheet, i.record;

-- name: payments
SELECT
    y.document_no, y.date, payer.name AS payer, ultimate.name AS ultimate_payer, payee.name AS payee, y.amount,
    y.currency, y.reference, y.bank_country, y.method, s.name AS file, p.sheet, y.record & 4294967295 AS "row"
FROM derived.payment AS y
JOIN evidence.part AS p USING (part)
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.party AS payer ON payer.party = y.payer
LEFT JOIN derived.party AS ultimate ON ultimate.party = y.ultimate_payer
LEFT JOIN derived.party AS payee ON payee.party = y.payee
ORDER BY s.name, p.sheet, y.record;

-- name: parties
-- Each written form once a part, with the record where it stands first and the entity that it is held to be.
SELECT
    y.name, y.role, y.mentions, e.entity, y.address, y.city, y.country, y.id_scheme, y.id, y.vat, y.registration,
    y.eori, y.lei, y.activity, s.name AS file, p.sheet, y.record & 4294967295 AS "row"
FROM derived.party AS y
JOIN evidence.part AS p USING (part)
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.party_entity AS e USING (party)
ORDER BY s.name, p.sheet, y.record, y.role, y.party;

-- name: entities
SELECT
    e.entity, e.name, e.kind, e.country, e.activity, e.activity_title, e.founded, e.parties,
    f.file, f.sheet, f."row"
FROM derived.entity AS e
JOIN (
    SELECT
        x.entity, min_by(s.name, y.record) AS file, min_by(p.sheet, y.record) AS sheet,
        min(y.record) & 4294967295 AS "row"
    FROM derived.party_entity AS x
    JOIN derived.party AS y USING (party)
    JOIN evidence.part AS p USING (part)
    JOIN evidence.source AS s USING (source)
    GROUP BY x.entity
) AS f USING (entity)
ORDER BY e.entity;

-- name: links
SELECT a.name AS a, b.name AS b, l.how, l.since, l.until, s.name AS file, p.sheet, l.record & 4294967295 AS "row"
FROM derived.linked AS l
JOIN evidence.part AS p ON p.part = l.record >> 32
JOIN evidence.source AS s USING (source)
JOIN derived.entity AS a ON a.entity = l.a
JOIN derived.entity AS b ON b.entity = l.b
ORDER BY l.a, l.b, l.how, l.record;

-- name: ledger
SELECT seq, entered, who, what, body, previous, hash FROM judgement.ledger ORDER BY seq;
