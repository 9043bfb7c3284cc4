-- Junctions: what firms bought and received, and what meets in those that map/junctions.py finds. 

-- name: firm-goods
-- Each sale to each firm that stands after the seller on its way. `passing`: the goods go through the firm, as another firm
-- bought what it receives, receives what it bought, or as it sells goods of the same section on. Firms that a register
-- links are one in this.
CREATE OR REPLACE TEMP TABLE firm_goods AS
WITH stood AS (
    SELECT
        u.entity, u.record, u.sale, u.commodity, c.section, u.seller, n.registered_group AS "group",
        s.registered_group AS seller_group, n.activity,
        coalesce(b.registered_group <> n.registered_group AND r.registered_group = n.registered_group, false)
        OR coalesce(b.registered_group = n.registered_group AND r.registered_group <> n.registered_group, false) AS for_others
    FROM (
        SELECT
            unnest(nodes[coalesce(list_position(nodes, seller), 0) + 1:]) AS entity, record, sale, commodity, seller, buyer,
            consignee
        FROM derived.flow_line WHERE commodity <> ''
    ) AS u
    JOIN chapter_section AS c ON c.chapter = left(u.commodity, 2)
    JOIN derived.node AS n ON n.node = u.entity
    LEFT JOIN derived.node AS s ON s.node = u.seller
    LEFT JOIN derived.node AS b ON b.node = u.buyer
    LEFT JOIN derived.node AS r ON r.node = u.consignee
    WHERE u.entity > 0 AND NOT n.logistics AND s.registered_group IS DISTINCT FROM n.registered_group
),
sold AS (
    SELECT DISTINCT seller_group AS "group", section FROM stood WHERE seller_group IS NOT NULL
)
SELECT s.* EXCLUDE (for_others), s.for_others OR o."group" IS NOT NULL AS passing
FROM stood AS s LEFT JOIN sold AS o ON o."group" = s."group" AND o.section = s.section;

-- name: firms
SELECT entity, any_value("group"), any_value(activity), count(DISTINCT sale) FROM temp.firm_goods
GROUP BY entity ORDER BY entity;

-- name: goods
SELECT entity, commodity, count(DISTINCT sale) FROM temp.firm_goods WHERE passing GROUP BY entity, commodity ORDER BY ALL;

-- name: sellers
SELECT entity, count(DISTINCT seller_group) FROM temp.firm_goods WHERE passing GROUP BY entity;

-- name: sellers-of-groups
SELECT "group", count(DISTINCT seller_group) FROM temp.firm_goods WHERE passing GROUP BY "group";

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
    SELECT DISTINCT f.junction, f.section, f.usual, g.record
    FROM usual_goods AS f
    JOIN temp.firm_goods AS g ON g.entity = f.entity AND g.commodity = f.commodity
    WHERE g.passing
) AS u
JOIN derived.flow_line AS l USING (record)
GROUP BY u.junction, l.commodity, l.seller
ORDER BY u.junction, l.commodity, l.seller;
