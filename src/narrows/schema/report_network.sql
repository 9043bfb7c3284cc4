-- What the report says of the network. See report/network.py.

-- name: names
SELECT node, coalesce(name, 'no name on record') FROM derived.node;

-- name: best-sets
SELECT
    list(node ORDER BY nth), any_value(carried), any_value(carried_mass), any_value(carried_amount), any_value(cut_off),
    any_value(bound), any_value(exact), list(steady ORDER BY nth), any_value(low), any_value(high)
FROM derived.choke_point WHERE flow = 'alerts' GROUP BY k ORDER BY k;

-- name: flow-lines
-- Lines of the flow under alert, each as its part of a sale.
SELECT
    f.record, f.nodes, f.seller, f.buyer, f.consignee, 1 / count(*) OVER (PARTITION BY f.sale) AS part
FROM derived.flow_line AS f SEMI JOIN (SELECT record FROM derived.flow_part WHERE flow = 'alerts') AS p USING (record)
WHERE len(f.nodes) >= 2
ORDER BY f.record;

-- name: flow-counts
SELECT sales, len(sources), len(targets) FROM derived.flow WHERE flow = 'alerts';

-- name: share-of-all
-- Of all sales to the places of the flow, the share that the set of $k firms carries.
WITH chosen AS (
    SELECT list(node) AS nodes FROM derived.choke_point WHERE flow = 'alerts' AND k = $k
),
place AS (
    SELECT DISTINCT unnest(targets) AS node FROM derived.flow WHERE flow = 'alerts'
)
SELECT count(DISTINCT sale) FILTER (list_has_any(f.nodes[2:-2], c.nodes)) / nullif(count(DISTINCT sale), 0)
FROM derived.flow_line AS f JOIN place AS p ON p.node = f.nodes[-1], chosen AS c;

-- name: alone
SELECT DISTINCT c.node, c.alone FROM derived.choke_point AS c JOIN derived.flow AS f USING (flow)
WHERE c.flow = 'alerts' AND list_contains(coalesce(f.cut, []), c.node);

-- name: junctions
SELECT
    j.junction,
    (
        SELECT list(coalesce(n.name, 'no name on record') ORDER BY n.node)
        FROM (SELECT unnest(j.members) AS node) AS m JOIN derived.node AS n USING (node)
    ) AS firms,
    len(j.members), array_to_string(list_transform(j.activities, lambda code: coalesce(t.titles[code], code)), '; '),
    j.sales, j.sellers, j.sections, j.unusual, j.chance, j.peers,
    (SELECT list(DISTINCT f.records[1] ORDER BY f.records[1])[:12] FROM derived.junction_flow AS f WHERE f.junction = j.junction)
FROM derived.junction AS j,
    (
        SELECT map_from_entries(list(DISTINCT (activity, activity_title))) AS titles
        FROM derived.entity WHERE activity IS NOT NULL AND activity_title IS NOT NULL
    ) AS t
ORDER BY j.rank;

-- name: met
SELECT
    f.junction, f.commodity, min_by(f.description, f.seller), list(e.name ORDER BY e.name), sum(f.sales)::BIGINT,
    any_value(f.usual)
FROM derived.junction_flow AS f LEFT JOIN derived.entity AS e ON e.entity = f.seller
GROUP BY f.junction, f.commodity
ORDER BY f.junction, any_value(f.usual), f.commodity;
