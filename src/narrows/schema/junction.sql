-- Junctions: what firms bought and received, and what meets in those that map/junctions.py finds. 

-- name: firm-goods
-- Each sale to each firm that stands after the seller on its way.
CREATE OR REPLACE TEMP TABLE firm_goods AS
SELECT u.entity, u.sale, u.commodity, u.seller, n.registered_group AS "group", s.registered_group AS seller_group, n.activity
FROM (
    SELECT unnest(nodes[coalesce(list_position(nodes, seller), 0) + 1:]) AS entity, sale, commodity, seller
    FROM derived.flow_line WHERE commodity <> ''
) AS u
JOIN derived.node AS n ON n.node = u.entity
LEFT JOIN derived.node AS s ON s.node = u.seller
WHERE u.entity > 0 AND NOT n.logistics AND u.entity IS DISTINCT FROM u.seller
    AND s.registered_group IS DISTINCT FROM n.registered_group;

-- name: firms
SELECT entity, any_value("group"), any_value(activity), count(DISTINCT sale) FROM temp.firm_goods
GROUP BY entity ORDER BY entity;

-- name: goods
SELECT entity, commodity, count(DISTINCT sale) FROM temp.firm_goods GROUP BY entity, commodity ORDER BY ALL;

-- name: sellers
SELECT entity, count(DISTINCT seller_group) FROM temp.firm_goods GROUP BY entity;

-- name: sellers-of-groups
SELECT "group", count(DISTINCT seller_group) FROM temp.firm_goods GROUP BY "group";

-- name: keep-junctions
CREATE OR REPLACE TABLE derived.junction AS SELECT * FROM junctions ORDER BY rank;

-- name: keep-junction-flows
CREATE OR REPLACE TABLE derived.junction_flow AS
SELECT
    u.junction, l.commodity, any_value(u.section) AS section, l.seller,
    mode(l.description ORDER BY l.description) AS description, count(DISTINCT l.sale) AS sales,
    count(DISTINCT l.record) AS lines, sum(l.mass) AS mass, min(l.date) AS first, max(l.date) AS last,
    any_value(u.usual) AS usual, list_sort(list_distinct(list(l.record))) AS records
FROM (
    SELECT DISTINCT f.junction, f.section, f.usual, l.record
    FROM usual_goods AS f
    JOIN (SELECT *, unnest(nodes) AS node FROM derived.flow_line) AS l ON l.node = f.entity AND l.commodity = f.commodity
    WHERE l.seller IS DISTINCT FROM f.entity
) AS u
JOIN derived.flow_line AS l USING (record)
GROUP BY u.junction, l.commodity, l.seller
ORDER BY u.junction, l.commodity, l.seller;
