-- Lists of people and firms: from the rows of their files to entries, names and attributes.

-- name: forget-facts
DELETE FROM derived.list_fact WHERE part = ?;

-- name: pieces
-- One row for each value: cells that hold several are parted.
CREATE OR REPLACE TEMP TABLE piece AS
SELECT record, about, id, what, field, told, told_too, unnest(parts) AS value, generate_subscripts(parts, 1) AS nth
FROM (
    SELECT
        *,
        CASE
            WHEN separator = '' THEN [trim(text)]
            ELSE list_filter(list_transform(regexp_split_to_array(text, separator), lambda x: trim(x)), lambda x: x <> '')
        END AS parts
    FROM temp.said
    WHERE text IS NOT NULL AND id IS NOT NULL
);

-- name: told
SELECT DISTINCT what, told, told_too FROM temp.piece WHERE what IN ('name', 'number') ORDER BY ALL;

-- name: texts
SELECT DISTINCT what, value FROM temp.piece WHERE what IN (SELECT unnest($what)) ORDER BY ALL;

-- name: add-facts
INSERT INTO derived.list_fact (part, record, about, id, what, strength, nth, value)
SELECT
    $part, p.record, p.about, p.id,
    CASE WHEN p.what IN ('strong', 'weak', 'former') THEN 'name' WHEN p.what = 'number' THEN k.kind ELSE p.what END,
    CASE
        WHEN p.what IN ('strong', 'weak', 'former') THEN p.what
        -- Of several names in one cell, only the first is the one that the row is about.
        WHEN p.what = 'name' AND p.nth > 1 AND k.kind IN ('primary', 'named') THEN 'strong'
        WHEN p.what = 'name' THEN k.kind
    END,
    p.nth, if(v.what IS NULL, p.value, v.value)
FROM temp.piece AS p
LEFT JOIN said_kinds AS k
    ON k.what = p.what AND k.told IS NOT DISTINCT FROM p.told AND k.told_too IS NOT DISTINCT FROM p.told_too
LEFT JOIN said_values AS v ON v.what = p.what AND v.text = p.value
WHERE (v.what IS NULL OR v.value IS NOT NULL) AND (p.what <> 'number' OR k.kind IS NOT NULL);

-- name: add-unread
INSERT INTO derived.unread_value
SELECT $part, p.record, c."column", p.field, p.value, 'no ' || replace(p.what, 'seat', 'country')
FROM temp.piece AS p
JOIN said_values AS v ON v.what = p.what AND v.text = p.value
JOIN (
    SELECT field, string_agg("column", ', ' ORDER BY "column") AS "column"
    FROM derived.column_use WHERE part = $part GROUP BY field
) AS c USING (field)
WHERE v.value IS NULL;

-- name: add-version
INSERT INTO judgement.list_version
SELECT coalesce(max(seq), 0) + 1, $entered, $who, $list, $as_of, $source FROM judgement.list_version;

-- name: has-version
SELECT count(*) FROM judgement.list_version WHERE list = $list AND as_of = $as_of AND source = $source;

-- name: parts-of-lists
SELECT DISTINCT part FROM evidence.part JOIN judgement.list_version USING (source) ORDER BY part;

-- name: published
-- The latest day that rows of a file say of themselves.
SELECT max(f.value)::DATE FROM derived.list_fact AS f JOIN evidence.part AS p USING (part)
WHERE p.source = ? AND f.what = 'published';

-- name: notes
SELECT unnest(notes) FROM evidence.part WHERE source = ? ORDER BY part;

-- name: editions
-- Each part with its list and the version it belongs to. A version begins with a file that names entries; a file that only
-- adds to them (other names, addresses) belongs to the version that was there on its day.
CREATE OR REPLACE TEMP TABLE edition AS
WITH part AS (
    SELECT DISTINCT v.list, v.as_of, p.part FROM judgement.list_version AS v JOIN evidence.part AS p USING (source)
),
whole AS (
    SELECT DISTINCT list, as_of FROM part
    WHERE part IN (SELECT part FROM derived.list_fact WHERE about = 'entry' AND strength IN ('primary', 'named'))
)
SELECT DISTINCT
    p.list, p.part,
    coalesce(
        (SELECT max(w.as_of) FROM whole AS w WHERE w.list = p.list AND w.as_of <= p.as_of),
        (SELECT min(w.as_of) FROM whole AS w WHERE w.list = p.list),
        p.as_of
    ) AS edition
FROM part AS p;

-- name: standing
-- The entries, and from when to when they stand: whatever a row names. A file may hold others besides, who are no targets themselves.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT
    list || '/' || id AS entry, list, id, min(edition) AS first_version, max(edition) AS last_version,
    max(max(edition)) OVER (PARTITION BY list) AS newest
FROM temp.edition JOIN derived.list_fact USING (part)
WHERE about = 'entry' AND what = 'name'
    AND record NOT IN (SELECT record FROM derived.list_fact WHERE what = 'target' AND value = 'false')
GROUP BY list, id;

-- name: said-of-entries
-- What the last version says of each entry, addresses that stand in rows of their own joined to those that name them.
CREATE OR REPLACE TEMP TABLE said_of AS
WITH latest AS (
    SELECT s.entry, e.list, e.edition, f.*
    FROM temp.standing AS s
    JOIN temp.edition AS e ON e.list = s.list AND e.edition = s.last_version
    JOIN derived.list_fact AS f ON f.part = e.part AND f.id = s.id AND f.about IN ('entry', 'of')
)
SELECT entry, record, about, what, strength, nth, value, part FROM latest
UNION ALL
SELECT l.entry, a.record, 'address', a.what, a.strength, a.nth, a.value, a.part
FROM latest AS l
JOIN temp.edition AS e ON e.list = l.list AND e.edition = l.edition
JOIN derived.list_fact AS a ON a.part = e.part AND a.about = 'address' AND a.id = l.value
WHERE l.what = 'address-ref';

-- name: details
-- The remarks in which OFAC's CSV tells what its XML has elements for; what does not fit goes on in another file.
SELECT
    entry, min_by(record, (what, record)),
    string_agg(value, '' ORDER BY what, record)
FROM temp.said_of WHERE what IN ('details', 'more-details')
GROUP BY entry ORDER BY entry;

-- name: add-details
INSERT INTO temp.said_of (entry, record, about, what, strength, nth, value)
SELECT entry, record, 'entry', if(what = 'weak', 'name', what), if(what = 'weak', 'weak', NULL), 1, value
FROM read_details;

-- name: entries
CREATE OR REPLACE TABLE derived.list_entry AS
WITH said AS (
    SELECT
        entry,
        min(value) FILTER (what = 'kind') AS kind,
        string_agg(DISTINCT value, '; ' ORDER BY value) FILTER (what = 'programme') AS programme,
        string_agg(DISTINCT value, '; ' ORDER BY value) FILTER (what = 'remarks') AS remarks,
        min(value) FILTER (what = 'listed') AS listed_on,
        arg_min(value, (strength <> 'primary', strength <> 'named', strength <> 'strong', strength <> 'former', record, nth, value))
            FILTER (what = 'name') AS name,
        arg_min(record, (strength <> 'primary', strength <> 'named', strength <> 'strong', strength <> 'former', record, nth, value))
            FILTER (what = 'name') AS name_record,
        min(record) AS record
    FROM temp.said_of
    GROUP BY entry
),
ended AS (
    -- Every listing of which anything is said has an end, and the last of them is past.
    SELECT entry, bool_and("end" IS NOT NULL) AS all_ended, max("end")::DATE AS "end"
    FROM (
        SELECT entry, record, min(value) FILTER (what = 'delisted') AS "end"
        FROM temp.said_of
        WHERE what IN ('delisted', 'listed', 'programme') AND (about = 'of' OR what <> 'programme')
        GROUP BY entry, record
    )
    GROUP BY entry
)
SELECT
    s.entry, s.list, s.id AS entry_id, coalesce(w.kind, 'unknown') AS kind, w.name, w.programme, w.remarks,
    w.listed_on::DATE AS listed_on, s.first_version, s.last_version,
    s.last_version < s.newest OR coalesce(e.all_ended AND e."end" <= s.last_version, false) AS delisted,
    coalesce(w.name_record, w.record) AS record
FROM temp.standing AS s
JOIN said AS w USING (entry)
LEFT JOIN ended AS e USING (entry)
ORDER BY s.entry;

-- name: names
-- Each name once, at its best. A person's "SURNAME, Given Names" is turned round in `plain`; what follows goes last.
CREATE OR REPLACE TABLE derived.list_name AS
WITH name AS (
    SELECT
        s.entry, s.value AS name, e.kind,
        CASE
            WHEN s.record = e.record AND s.value = e.name AND s.strength NOT IN ('weak', 'former') THEN 'primary'
            WHEN s.strength IN ('named', 'primary') THEN 'strong'
            ELSE s.strength
        END AS strength,
        s.record
    FROM temp.said_of AS s JOIN derived.list_entry AS e USING (entry)
    WHERE s.what = 'name'
)
SELECT
    entry, name,
    CASE
        WHEN any_value(kind) = 'person'
            THEN trim(regexp_replace(name, '^\s*([^,]+?)\s*,\s*([^,]+?)\s*(?:,\s*(.*))?$', '\2 \1 \3'))
        ELSE name
    END AS plain,
    arg_min(strength, list_position(['primary', 'strong', 'former', 'weak'], strength)) AS strength,
    arg_min(record, (list_position(['primary', 'strong', 'former', 'weak'], strength), record)) AS record
FROM name
GROUP BY entry, name
ORDER BY entry, name;

-- name: attributes
CREATE OR REPLACE TABLE derived.list_attribute AS
SELECT DISTINCT
    s.entry,
    -- "Legal Entity Number" and the like name several kinds of number; only one of them looks like this.
    CASE
        WHEN s.what = 'registration' AND regexp_full_match(s.value, '[A-Z0-9]{18}[0-9]{2}') THEN 'lei'
        WHEN s.what = 'seat' THEN 'country'
        ELSE s.what
    END AS what,
    s.value, s.record
FROM temp.said_of AS s JOIN derived.list_entry AS e USING (entry)
WHERE
    s.what IN (
        'country', 'address', 'city', 'postcode', 'vat', 'registration', 'lei', 'imo', 'passport', 'national-id',
        'other-number', 'phone', 'email', 'web'
    )
    OR s.what = 'birth-date' AND e.kind = 'person'
    OR s.what = 'seat' AND e.kind <> 'person'
ORDER BY ALL;

-- name: gone
-- Of the entries that stood in the version before the newest, how many are gone, and how many there were.
WITH version AS (SELECT max(edition) AS newest FROM temp.edition WHERE list = $list),
before AS (SELECT max(edition) AS before FROM temp.edition, version WHERE list = $list AND edition < newest)
SELECT count(*) FILTER (last_version = before), count(*) FILTER (first_version <= before AND last_version >= before)
FROM derived.list_entry, before WHERE list = $list;

-- name: entry
SELECT e.*, s.name AS file, p.sheet, e.record & 4294967295 AS "row"
FROM derived.list_entry AS e
JOIN evidence.part AS p ON p.part = e.record >> 32
JOIN evidence.source AS s USING (source)
WHERE e.list = $list AND e.entry_id = $id;

-- name: entry-names
SELECT n.name, n.plain, n.strength, s.name AS file, p.sheet, n.record & 4294967295 AS "row"
FROM derived.list_name AS n
JOIN evidence.part AS p ON p.part = n.record >> 32
JOIN evidence.source AS s USING (source)
WHERE n.entry = $entry
ORDER BY list_position(['primary', 'strong', 'former', 'weak'], n.strength), n.record, n.name;

-- name: entry-attributes
SELECT a.what, a.value, s.name AS file, p.sheet, a.record & 4294967295 AS "row"
FROM derived.list_attribute AS a
JOIN evidence.part AS p ON p.part = a.record >> 32
JOIN evidence.source AS s USING (source)
WHERE a.entry = $entry
ORDER BY a.record, a.what, a.value;

-- name: file
SELECT name FROM evidence.source WHERE source = ?;

-- name: names-of-lists
-- What the rows of a file say of the list they come from, where they do not all say the same.
SELECT DISTINCT list FROM derived.listing AS l JOIN evidence.part AS p USING (part)
WHERE p.source = ? AND list IS NOT NULL ORDER BY list LIMIT 2;

-- name: count-entries
SELECT count(*) FROM derived.list_entry WHERE list = ? AND NOT delisted;
