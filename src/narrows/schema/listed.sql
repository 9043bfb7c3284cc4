-- Lists: whose names resemble those of listed parties, and what else agrees.

-- name: standing
SELECT count(*) FILTER (NOT delisted), count(*) FILTER (delisted) FROM derived.list_entry;

-- name: written-names
-- Every way in which entities of a kind, or of none on record, are written.
SELECT DISTINCT name
FROM (
    SELECT e.kind, unnest([p.name, p.alias]) AS name
    FROM derived.party_entity JOIN derived.party AS p USING (party) JOIN derived.entity AS e USING (entity)
)
WHERE name IS NOT NULL AND kind IN ($kind, 'unknown')
ORDER BY name;

-- name: listed-names
SELECT n.entry, n.name, n.plain
FROM derived.list_name AS n JOIN derived.list_entry AS e USING (entry)
WHERE NOT e.delisted AND e.kind IN ($kind, 'unknown')
ORDER BY n.entry, n.name;

-- name: pairs
-- For each entity and entry the two names that tell most: a weak alias, or words that tell little, count for less.
CREATE OR REPLACE TEMP TABLE listed_pair AS
WITH written AS (
    SELECT entity, kind, name, min(record) AS record
    FROM (
        SELECT e.entity, e.kind, unnest([p.name, p.alias]) AS name, p.record
        FROM derived.party_entity JOIN derived.party AS p USING (party) JOIN derived.entity AS e USING (entity)
    )
    GROUP BY entity, kind, name
)
SELECT
    w.entity, r.entry, n.name AS entry_name, n.strength, w.name AS written_name, r.score, r.rests_on, w.record,
    n.record AS list_record
FROM resembling AS r
JOIN written AS w ON w.name = r.written_name AND w.kind IN (r.kind, 'unknown')
JOIN derived.list_name AS n ON n.entry = r.entry AND n.name = r.entry_name
QUALIFY row_number() OVER (
    PARTITION BY w.entity, r.entry
    ORDER BY
        r.score - CASE WHEN n.strength = 'weak' OR r.rests_on <> 'distinctive words' THEN 0.1 ELSE 0 END DESC,
        r.score DESC, n.name, w.name, r.kind
) = 1
ORDER BY w.entity, r.entry;

-- name: said-of-entities
SELECT entity, party, what, value
FROM (
    UNPIVOT (
        SELECT
            e.entity, e.party, p.vat, p.registration, p.lei, p.id, p.address, p.city, p.country, p.phone, p.email, p.web
        FROM derived.party_entity AS e JOIN derived.party AS p USING (party)
        WHERE e.entity IN (SELECT entity FROM temp.listed_pair)
    )
    ON vat, registration, lei, id, address, city, country, phone, email, web INTO NAME what VALUE value
)
ORDER BY ALL;

-- name: said-of-entries
-- Not what somebody is born with: a birth date tells people apart, and no record of trade has one to hold it against.
SELECT entry, record, what, value
FROM derived.list_attribute
WHERE what NOT IN ('birth-date', 'postcode', 'other-number') AND entry IN (SELECT entry FROM temp.listed_pair)
ORDER BY ALL;

-- name: pairs-to-compare
SELECT entity, entry FROM temp.listed_pair ORDER BY ALL;

-- name: add-matches
INSERT INTO derived.list_match
SELECT
    p.entity, p.entry, e.list, e.entry_id, p.entry_name, p.strength, p.written_name, p.score, p.rests_on, c.agrees,
    c.differs, c.surest, p.record, p.list_record
FROM temp.listed_pair AS p
JOIN compared AS c USING (entity, entry)
JOIN derived.list_entry AS e USING (entry)
ORDER BY p.entity, p.entry;
DROP TABLE temp.listed_pair;

-- name: count-entities
SELECT count(DISTINCT entity) FROM derived.list_match;
