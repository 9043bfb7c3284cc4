-- Entities and links as they leave for followthemoney: see report/ftm.py.

-- name: nodes
-- Each entity with the id that it bears outside: a hash of the record and the role in which it was received first. Files
-- count in the order in which they were loaded, so that a file loaded later changes no id.
-- In followthemoney only what can be owned is a company: here, what a register of firms or an owner is on record for.
CREATE OR REPLACE TEMP TABLE ftm_node AS
WITH loaded AS (
    SELECT body ->> '$.source' AS source, min(seq) AS seq FROM judgement.ledger WHERE what = 'loaded' GROUP BY ALL
),
member AS MATERIALIZED (
    SELECT
        e.entity, y.record, y.role, (coalesce(l.seq, 9223372036854775807), y.record, y.role) AS turn,
        s.name || CASE WHEN p.sheet = '' THEN '' ELSE '[' || p.sheet || ']' END || ':' || (y.record & 4294967295) AS place
    FROM derived.party_entity AS e
    JOIN derived.party AS y USING (party)
    JOIN evidence.part AS p USING (part)
    JOIN evidence.source AS s USING (source)
    LEFT JOIN loaded AS l USING (source)
),
first AS (
    SELECT
        entity, min_by(printf('%x', record) || '.' || role, turn) AS first, count(DISTINCT place) AS places,
        list(place ORDER BY turn)[:$most] AS some_places
    FROM member GROUP BY entity
),
registered AS (
    SELECT entity FROM derived.identifier WHERE scheme = 'registration' AND valid IS DISTINCT FROM false
    UNION SELECT o.entity FROM derived.link AS l JOIN derived.party_entity AS o ON o.party = l.b WHERE l.how = 'owner'
)
SELECT
    e.entity, 'narrows-' || left(sha256(f.first), 20) AS id, f.places, f.some_places,
    CASE
        WHEN e.kind = 'person' THEN 'Person'
        WHEN e.kind IS DISTINCT FROM 'organisation' THEN 'LegalEntity'
        WHEN e.register_record IS NOT NULL OR r.entity IS NOT NULL THEN 'Company'
        ELSE 'Organization'
    END AS schema
FROM derived.entity AS e
JOIN first AS f USING (entity)
LEFT JOIN registered AS r USING (entity);

-- name: entities
-- Each entity with all that its records say of it. A number whose check digits are wrong comes too, to be counted.
WITH written AS (
    SELECT
        e.entity, list(DISTINCT y.name) AS names, list(DISTINCT y.alias) AS aliases,
        list(DISTINCT {address: y.address, city: y.city}) AS addresses,
        list(DISTINCT {phone: y.phone, country: y.country}) AS phones,
        list(DISTINCT y.email) AS emails, list(DISTINCT y.web) AS webs
    FROM derived.party_entity AS e JOIN derived.party AS y USING (party)
    GROUP BY e.entity
),
numbered AS (
    SELECT i.entity, list(DISTINCT {scheme: i.scheme, value: i.value, country: y.country, valid: i.valid}) AS numbers
    FROM derived.identifier AS i JOIN derived.party AS y USING (party)
    GROUP BY i.entity
)
SELECT
    n.id, n.schema, e.name, e.country, e.activity, e.activity_title, e.founded, w.*, coalesce(i.numbers, []) AS numbers,
    n.places, n.some_places
FROM temp.ftm_node AS n
JOIN derived.entity AS e USING (entity)
JOIN written AS w USING (entity)
LEFT JOIN numbered AS i USING (entity)
ORDER BY n.id;

-- name: links
-- Each link that a document states, once for what it says; what joins parties of one entity is no link between two.
WITH loaded AS (
    SELECT body ->> '$.source' AS source, min(seq) AS seq FROM judgement.ledger WHERE what = 'loaded' GROUP BY ALL
),
stated AS (
    SELECT
        a.id AS a, b.id AS b, coalesce(l.how, 'other') AS how, l.share, l.since, l.until,
        CASE
            WHEN l.how = 'owner' AND b.schema = 'Company' THEN 'Ownership'
            WHEN l.how = 'officer' AND b.schema IN ('Company', 'Organization') THEN 'Directorship'
            ELSE 'UnknownLink'
        END AS schema,
        l.record, (coalesce(o.seq, 9223372036854775807), l.record) AS turn,
        s.name || CASE WHEN p.sheet = '' THEN '' ELSE '[' || p.sheet || ']' END || ':' || (l.record & 4294967295) AS place
    FROM derived.link AS l
    JOIN derived.party_entity AS x ON x.party = l.a
    JOIN derived.party_entity AS y ON y.party = l.b
    JOIN temp.ftm_node AS a ON a.entity = x.entity
    JOIN temp.ftm_node AS b ON b.entity = y.entity
    JOIN evidence.part AS p USING (part)
    JOIN evidence.source AS s USING (source)
    LEFT JOIN loaded AS o USING (source)
    WHERE a.id <> b.id
)
SELECT
    'narrows-' || left(sha256(concat_ws('.', printf('%x', min_by(record, turn)), how, a, b)), 20) AS id,
    schema, a, b, how, share, since, until, count(DISTINCT place) AS places, list(place ORDER BY turn)[:$most] AS some_places
FROM stated
GROUP BY schema, a, b, how, share, since, until
ORDER BY id;
