-- The network and the custody of a case as they leave for other tools: see report/interchange. Firms bear the ids of
-- temp.ftm_node, so that one firm is one in every file.

-- name: firms-kept
-- Who may stand in a network: what the map holds, and the organisations linked to it. Left out are natural persons, buyers
-- that a record states to be members of the public, and whoever else is not known to be an organisation.
CREATE OR REPLACE TEMP TABLE network_firm AS
WITH ends AS (
    SELECT source AS entity FROM derived.edge UNION SELECT target FROM derived.edge
),
public AS (
    SELECT DISTINCT x.entity
    FROM derived.item AS i JOIN derived.party_entity AS x ON x.party = i.buyer
    WHERE i.buyer_status = 'public'
)
SELECT e.entity, f.id, n.node IS NOT NULL AS mapped
FROM derived.entity AS e
JOIN temp.ftm_node AS f USING (entity)
LEFT JOIN derived.node AS n ON n.node = e.entity
WHERE (n.node IS NOT NULL OR (e.kind = 'organisation' AND e.entity IN (SELECT entity FROM ends)))
    AND e.kind IS DISTINCT FROM 'person'
    AND (e.kind IS NOT DISTINCT FROM 'organisation' OR e.entity NOT IN (SELECT entity FROM public));

-- name: firms-left-out
SELECT count(*) FROM derived.node AS n
WHERE n.kind = 'entity' AND n.node NOT IN (SELECT entity FROM temp.network_firm);

-- name: towns
-- The towns of the gazetteer that addresses of firms were read as, by how many mentions.
SELECT k.id, a.place, sum(p.mentions)::BIGINT AS mentions, e.country
FROM temp.network_firm AS k
JOIN derived.entity AS e USING (entity)
JOIN derived.party_entity AS x USING (entity)
JOIN derived.party AS p USING (party)
JOIN derived.address_reading AS a ON a.address = coalesce(p.address, '') AND a.city = coalesce(p.city, '')
WHERE a.place IS NOT NULL
GROUP BY ALL
ORDER BY k.id, mentions DESC, a.place;

-- name: nodes
SELECT
    k.id, e.name AS label, 'firm' AS kind, n.role, e.country, e.activity, e.logistics, coalesce(n.lines, 0) AS lines,
    g.id AS registered_with, NULL::DOUBLE AS latitude, NULL::DOUBLE AS longitude
FROM temp.network_firm AS k
JOIN derived.entity AS e USING (entity)
LEFT JOIN derived.node AS n ON n.node = k.entity
LEFT JOIN temp.network_firm AS g ON g.entity = n.registered_group AND g.entity <> k.entity
UNION ALL
SELECT
    'place-' || left(sha256(p.key), 20), coalesce(p.name, p.country), 'place', n.role, p.country, NULL, NULL, n.lines,
    NULL, p.latitude, p.longitude
FROM derived.node AS n JOIN derived.place AS p ON p.place = -n.node
ORDER BY ALL;

-- name: edges
-- A link names at most three of the rows that it rests on.
WITH ends AS (
    SELECT entity AS node, id FROM temp.network_firm
    UNION ALL SELECT -place, 'place-' || left(sha256(key), 20) FROM derived.place
),
told AS (
    SELECT
        d.edge, string_agg(
            s.name || CASE WHEN p.sheet = '' THEN '' ELSE '[' || p.sheet || ']' END || ':' || (r.record & 4294967295), '; '
            ORDER BY r.nth
        ) AS evidence
    FROM derived.edge AS d, unnest(d.records[:3]) WITH ORDINALITY AS r (record, nth)
    JOIN evidence.part AS p ON p.part = r.record >> 32
    JOIN evidence.source AS s USING (source)
    GROUP BY d.edge
)
SELECT
    a.id AS source, b.id AS target, d.kind, d.commodity, d.lines, d.mass, d.weighed, d.amount, d.currency, d.first, d.last,
    d.undated, t.evidence
FROM derived.edge AS d
JOIN ends AS a ON a.node = d.source
JOIN ends AS b ON b.node = d.target
LEFT JOIN told AS t USING (edge)
ORDER BY ALL;

-- name: edges-left-out
WITH ends AS (
    SELECT entity AS node FROM temp.network_firm UNION ALL SELECT -place FROM derived.place
)
SELECT count(*) FROM derived.edge
WHERE source NOT IN (SELECT node FROM ends) OR target NOT IN (SELECT node FROM ends);

-- name: custody-traced-at
-- When the custody of the case was traced last: the day on which its events were made known.
SELECT max(entered) FROM judgement.ledger WHERE what IN ('traced', 'rebuilt');

-- name: custody-parties
-- Who stands in the chains, with the id that it bears outside.
SELECT c.entity, f.id, CASE WHEN NOT c.private THEN c.name END AS name, CASE WHEN NOT c.private THEN e.country END AS country
FROM derived.custody_party AS c JOIN temp.ftm_node AS f USING (entity) JOIN derived.entity AS e USING (entity)
ORDER BY f.id;

-- name: custody-made
SELECT item, maker, made, made_record, description, lot, serial FROM derived.custody_item ORDER BY record;

-- name: custody-steps
-- The links of the likeliest chains, with what is known of each item.
SELECT
    l.*, i.maker, i.description, i.lot, i.serial, i.place, i.country, i.latitude, i.longitude, i.record AS found_record
FROM derived.custody_link AS l JOIN derived.custody_item AS i USING (item)
WHERE l.chain = 1
ORDER BY i.record, l.step;

-- name: custody-places
-- Where the rows stand that links and items rest on, and their origin: as stated, else the file that they came in.
WITH wanted AS (
    SELECT unnest(records) AS record FROM derived.custody_link WHERE chain = 1
    UNION SELECT record FROM derived.custody_item
    UNION SELECT made_record FROM derived.custody_item WHERE made_record IS NOT NULL
)
SELECT
    w.record, s.name || CASE WHEN p.sheet = '' THEN '' ELSE '[' || p.sheet || ']' END || ':' || (w.record & 4294967295),
    coalesce(i.origin_id, r.origin_id, s.source)
FROM wanted AS w
JOIN evidence.part AS p ON p.part = w.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.item AS i ON i.record = w.record
LEFT JOIN derived.recovery AS r ON r.record = w.record
ORDER BY w.record;
