-- What rests on whom: the lines of a stated flow, their ways, and the network in which they might have gone otherwise.

-- name: nodes-named
-- Nodes by name, for those who state a flow.
SELECT node, name FROM derived.node WHERE name IS NOT NULL ORDER BY node;

-- name: lines-under-alert
-- Goods under alert by flags of two families. A legal check that stands open asks for a paper, not where goods go.
CREATE OR REPLACE TEMP TABLE stated AS
SELECT f.record FROM derived.flow_line AS f
SEMI JOIN (
    SELECT a.deal FROM derived.alert AS a
    JOIN derived.alert_hit AS ah USING (alert)
    JOIN derived.hit AS h USING (hit)
    WHERE h.kind = 'soft' GROUP BY a.deal HAVING count(DISTINCT h.family) >= 2
) AS d USING (deal);

-- name: lines-stated
-- Goods as somebody states them; what is not stated is not asked for.
CREATE OR REPLACE TEMP TABLE stated AS
SELECT record FROM derived.flow_line
WHERE ($commodity IS NULL OR commodity IN (SELECT unnest($commodity::VARCHAR[])))
    AND ($since IS NULL OR date >= $since) AND ($until IS NULL OR date <= $until)
    AND ($sources IS NULL OR list_has_any(nodes[:-2], $sources::BIGINT[]))
    AND ($targets IS NULL OR list_has_any(nodes[2:], $targets::BIGINT[]));

-- name: undated-stated
-- Lines that a stated period leaves open, as they have no day.
SELECT count(*) FROM derived.flow_line WHERE date IS NULL AND ($since IS NOT NULL OR $until IS NOT NULL)
    AND ($commodity IS NULL OR commodity IN (SELECT unnest($commodity::VARCHAR[])))
    AND ($sources IS NULL OR list_has_any(nodes[:-2], $sources::BIGINT[]))
    AND ($targets IS NULL OR list_has_any(nodes[2:], $targets::BIGINT[]));

-- name: ways
-- Distinct ways of the stated lines, with what went along each. A sale of several lines counts in parts that add up to one.
WITH line AS (
    SELECT f.*, 1 / count(*) OVER (PARTITION BY f.sale) AS part
    FROM derived.flow_line AS f SEMI JOIN temp.stated USING (record) WHERE len(f.nodes) >= 2
),
most AS (
    SELECT mode(currency ORDER BY currency) AS currency FROM line
)
SELECT
    nodes, commodity, sum(part) AS sales, coalesce(sum(mass), 0) AS mass,
    coalesce(sum(amount) FILTER (l.currency = most.currency), 0)::DOUBLE AS amount
FROM line AS l, most
GROUP BY nodes, commodity ORDER BY nodes, commodity;

-- name: flow-totals
WITH line AS (
    SELECT f.* FROM derived.flow_line AS f SEMI JOIN temp.stated USING (record)
),
most AS (
    SELECT mode(currency ORDER BY currency) AS currency FROM line
)
SELECT
    count(*) AS lines, count(DISTINCT sale) AS sales, sum(mass) AS mass, count(mass) AS weighed,
    sum(amount) FILTER (l.currency = most.currency) AS amount, any_value(most.currency) AS currency,
    count(amount) FILTER (l.currency = most.currency) AS valued
FROM line AS l, most;

-- name: supplies
-- Every supply on record of goods that belong to the flow, as a way that such goods might have gone.
SELECT DISTINCT e.commodity, e.source, e.target FROM derived.edge AS e
SEMI JOIN (
    SELECT commodity FROM derived.flow_line SEMI JOIN temp.stated USING (record)
) AS f ON f.commodity = e.commodity
WHERE e.kind = 'supply' ORDER BY ALL;

-- name: keep-flows
CREATE OR REPLACE TABLE derived.flow AS SELECT * FROM flows;

-- name: keep-flow-parts
CREATE OR REPLACE TABLE derived.flow_part AS SELECT $flow AS flow, record FROM temp.stated ORDER BY record;

-- name: keep-choke-points
CREATE OR REPLACE TABLE derived.choke_point AS SELECT * FROM points;
