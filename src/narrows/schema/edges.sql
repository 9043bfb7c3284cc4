-- A list of edges that needs no case: from rows of text to nodes and edges. See narrowing/edges.py.
-- temp.edge_texts: row, source, target, weight, commodity, day, all but the first as written, NULL where nothing is.

-- name: read-plainly
-- What is plainly written; the rest is parsed once for each spelling and joined.
CREATE OR REPLACE TEMP TABLE edge_cells AS
SELECT
    row,
    regexp_replace(source, '\s+', ' ', 'g') AS source,
    regexp_replace(target, '\s+', ' ', 'g') AS target,
    weight AS weight_text,
    CASE
        WHEN $comma AND contains(weight, '.') OR NOT regexp_full_match(weight, '[-+]?[0-9.,]+([eE][-+]?[0-9]+)?') THEN NULL
        ELSE try_cast(CASE WHEN $comma THEN replace(weight, ',', '.') ELSE weight END AS DOUBLE)
    END AS weight,
    commodity,
    day AS day_text,
    CASE WHEN day LIKE '____-__-__%' THEN try_cast(left(day, 10) AS DATE) END AS day
FROM temp.edge_texts;

-- name: odd-weights
SELECT DISTINCT weight_text FROM temp.edge_cells WHERE weight_text IS NOT NULL AND weight IS NULL ORDER BY ALL;

-- name: odd-days
SELECT DISTINCT day_text FROM temp.edge_cells WHERE day_text IS NOT NULL AND day IS NULL ORDER BY ALL;

-- name: read-odd-weights
UPDATE temp.edge_cells AS c SET weight = o.value FROM odd AS o WHERE c.weight IS NULL AND c.weight_text = o.text;

-- name: read-odd-days
UPDATE temp.edge_cells AS c SET day = o.value FROM odd AS o WHERE c.day IS NULL AND c.day_text = o.text;

-- name: sort-rows
-- What becomes of each row, in the order in which it is asked; NULL for those that are edges of the flow.
CREATE OR REPLACE TEMP TABLE edge_rows AS
SELECT
    row, source, target, weight,
    CASE
        WHEN source IS NULL OR target IS NULL THEN 'no-node'
        WHEN weight_text IS NOT NULL AND weight IS NULL THEN 'no-number'
        WHEN NOT isfinite(weight) THEN 'no-number'
        WHEN weight < 0 THEN 'negative'
        WHEN $commodity IS NOT NULL AND commodity IS NULL THEN 'other-commodity'
        WHEN $commodity IS NOT NULL AND lower(commodity) <> lower($commodity)
            AND NOT (regexp_full_match($commodity, '[0-9]+') AND starts_with(commodity, $commodity)) THEN 'other-commodity'
        WHEN ($since IS NOT NULL OR $until IS NOT NULL) AND day IS NULL THEN 'undated'
        WHEN day < $since::DATE OR day > $until::DATE THEN 'other-day'
    END AS fate
FROM temp.edge_cells;

-- name: fates
SELECT fate, count(*), list(row ORDER BY row)[:5] FROM temp.edge_rows WHERE fate IS NOT NULL GROUP BY fate ORDER BY fate;

-- name: kept
SELECT
    count(*),
    count(*) FILTER (source = target),
    count(*) FILTER (source <> target AND weight = 0),
    count(*) FILTER (source <> target AND weight IS NULL)
FROM temp.edge_rows WHERE fate IS NULL;

-- name: number-nodes
CREATE OR REPLACE TEMP TABLE edge_nodes AS
SELECT name, row_number() OVER (ORDER BY name) - 1 AS node
FROM (
    SELECT source AS name FROM temp.edge_rows WHERE fate IS NULL
    UNION
    SELECT target FROM temp.edge_rows WHERE fate IS NULL
);

-- name: nodes
SELECT name FROM temp.edge_nodes ORDER BY node;

-- name: alike-nodes
SELECT count(*) - count(DISTINCT lower(name)) FROM temp.edge_nodes;

-- name: edges
-- In an order that the order of rows does not change. A row without a weight is a way that carries nothing.
SELECT s.node AS source, t.node AS target, coalesce(e.weight, CASE WHEN $weighed THEN 0 ELSE 1 END)::DOUBLE AS weight
FROM temp.edge_rows AS e
JOIN temp.edge_nodes AS s ON s.name = e.source
JOIN temp.edge_nodes AS t ON t.name = e.target
WHERE e.fate IS NULL
ORDER BY ALL;

-- name: commodities
SELECT commodity FROM temp.edge_cells WHERE commodity IS NOT NULL GROUP BY commodity ORDER BY count(*) DESC, commodity LIMIT 8;

-- name: days
SELECT min(day), max(day) FROM temp.edge_cells;
