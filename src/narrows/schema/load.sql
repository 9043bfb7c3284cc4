-- Loading: from the rows of one part to the derived tables.

-- name: compress-quickly
PRAGMA force_compression = 'fsst';

-- name: compress-as-usual
PRAGMA force_compression = 'auto';

-- name: keep-order
-- The rows of a part stand in the order of the file: their place is their number.
SET preserve_insertion_order = true;

-- name: any-order
-- Typed rows carry the number of their record; keeping them in order would cost a fifth of the time, and memory.
SET preserve_insertion_order = false;

-- name: add-source
INSERT INTO evidence.source VALUES (?, ?, ?);

-- name: add-part
INSERT INTO evidence.part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: add-mapping
INSERT INTO judgement.mapping
SELECT $part, coalesce(max(version), 0) + 1, $toml FROM judgement.mapping WHERE part = $part;

-- name: parts-of-source
SELECT part, sheet, rows_read, rows_kept, rows_rejected FROM evidence.part WHERE source = ? ORDER BY part;

-- name: rows-of-part
SELECT rows_read, rows_kept, rows_rejected FROM evidence.part WHERE part = ?;

-- name: parts
SELECT p.part, s.name, p.sheet, p.columns, p.first_row, p.contiguous, m.toml
FROM evidence.part AS p
JOIN evidence.source AS s USING (source)
JOIN (
    SELECT part, max_by(toml, version) AS toml FROM judgement.mapping GROUP BY part
) AS m USING (part)
ORDER BY p.part;

-- name: first-forms
-- One row for each written form of a party: where it stands first. One record can name one form in two roles;
-- the role that sorts first then tells. A company stands in a registration and in links: that is one mention.
CREATE OR REPLACE TEMP TABLE first_forms AS
SELECT party, min(record) AS record, min_by(role, (record, role)) AS role, sum(mentions)::BIGINT AS mentions
FROM (
    SELECT party, role, min(record) AS record, max(mentions) AS mentions FROM temp.forms GROUP BY party, role
)
GROUP BY party;

-- name: count-forms
SELECT count(*) FROM temp.first_forms;

-- name: fill-addresses
-- Entities whose addresses stand in rows of their own, of the same file.
UPDATE derived.party AS y
SET address = a.address, city = coalesce(y.city, a.city), country = coalesce(y.country, a.country)
FROM temp.address_ref AS r
JOIN evidence.part AS p ON p.part = r.part
JOIN evidence.part AS q ON q.source = p.source
JOIN (
    SELECT part, id, min_by(address, record) AS address, min_by(city, record) AS city, min_by(country, record) AS country
    FROM temp.address_row GROUP BY part, id
) AS a ON a.part = q.part AND a.id = r.id
WHERE y.record = r.record AND y.role = 'party' AND y.address IS NULL;

-- name: add-goods
INSERT INTO derived.goods
    (goods, description, hs_as_written, cas_as_written, un_as_written, concentration_as_written, "decimal")
SELECT goods, text_description, text_hs, text_cas, text_un, text_concentration, "decimal"
FROM temp.new_goods;

-- name: forget-goods
-- Written forms that no record has any more, since its columns were mapped anew.
DELETE FROM derived.goods
WHERE goods NOT IN (
    SELECT goods FROM derived.item WHERE goods IS NOT NULL
    UNION SELECT goods FROM derived.statement WHERE goods IS NOT NULL
    UNION SELECT goods FROM derived.stock WHERE goods IS NOT NULL
    UNION SELECT goods FROM derived.recovery WHERE goods IS NOT NULL
);

-- name: goods-to-recognise
SELECT goods, description, hs_as_written, cas_as_written, un_as_written, concentration_as_written, "decimal"
FROM derived.goods
WHERE why IS NULL
ORDER BY goods;

-- name: unread-goods
-- Names the cells of goods that hold something but could not be read: a CAS number with a wrong check digit, a code
-- without four digits, a concentration that is none (a density, say).
INSERT INTO derived.unread_value
WITH unread AS (
    SELECT goods, 'cas' AS field, cas_as_written AS text FROM derived.goods
    WHERE cas_as_written IS NOT NULL AND cas IS NULL
    UNION ALL
    SELECT goods, 'concentration', concentration_as_written FROM derived.goods
    WHERE concentration_as_written IS NOT NULL AND low IS NULL
    UNION ALL
    SELECT goods, 'hs', hs_as_written FROM derived.goods
    WHERE hs_as_written IS NOT NULL AND hs6 IS NULL AND NOT regexp_matches(hs_as_written, '\d{4}')
),
named AS (
    SELECT part, record, goods FROM derived.item WHERE goods IN (SELECT goods FROM unread)
    UNION ALL SELECT part, record, goods FROM derived.statement WHERE goods IN (SELECT goods FROM unread)
    UNION ALL SELECT part, record, goods FROM derived.stock WHERE goods IN (SELECT goods FROM unread)
    UNION ALL SELECT part, record, goods FROM derived.recovery WHERE goods IN (SELECT goods FROM unread)
)
SELECT n.part, n.record, string_agg(c."column", ', ' ORDER BY c."column"), u.field, any_value(u.text), 'no ' || u.field
FROM named AS n
JOIN unread AS u USING (goods)
JOIN derived.column_use AS c ON c.part = n.part AND c.field = u.field
WHERE n.part IN (SELECT unnest($parts))
GROUP BY n.part, n.record, u.field;

-- name: count-unread
SELECT part, count(*) FROM derived.unread_value GROUP BY part;

-- name: keep-recognised
CREATE OR REPLACE TABLE derived.goods AS
SELECT
    g.goods, g.description, g.hs_as_written, g.cas_as_written, g.un_as_written, g.concentration_as_written, g."decimal",
    r.hs6, r.heading, r.cas, r.substance, r.certainty, r.why, r.named, r.by_cas, r.by_un, r.excluded, r.low, r.high,
    r.restricted_list, r.regulated, r.high_priority, r.above_limit
FROM derived.goods AS g
JOIN recognised AS r USING (goods)
WHERE g.why IS NULL
UNION ALL
SELECT * FROM derived.goods WHERE why IS NOT NULL;
