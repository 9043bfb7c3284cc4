-- What the report says of recovered items. See report/custody.py.

-- name: items
SELECT
    item, record, date, place, description,
    nullif(concat_ws(' · ', nullif(lot, ''), nullif(serial, '')), ''), says, chains, made, days, days_rank, days_of, days_median
FROM derived.custody_item ORDER BY record;

-- name: links
-- The likeliest chain of the first items. A link without a record names the row of its item.
WITH inferred AS (
    SELECT x.entity, max_by(i.verdict, i.seq) = 'malpractice' AS malpractice
    FROM judgement.inference AS i
    JOIN derived.party AS y ON y.record = i.record AND y.role = i.role
    JOIN derived.party_entity AS x USING (party)
    GROUP BY x.entity
)
SELECT
    l.item, coalesce(giver.name, 'maker not known'),
    coalesce(taker.name, 'found: ' || coalesce(c.place, 'place not stated')), l.state, l.level, l.date, l.days,
    CASE WHEN l.quantity IS NOT NULL AND l.kind <> 'found'
        THEN printf('%g', l.quantity) || coalesce(' ' || l.measure, '') END,
    coalesce(l.documents, []), coalesce(list_distinct(l.grades), []), l.sources, coalesce(l.why, []),
    coalesce(g.malpractice, false), coalesce(l.records, []), c.record
FROM derived.custody_link AS l
JOIN derived.custody_item AS c USING (item)
LEFT JOIN derived.custody_party AS giver ON giver.entity = l.giver
LEFT JOIN derived.custody_party AS taker ON taker.entity = l.taker
LEFT JOIN inferred AS g ON g.entity = l.giver
WHERE l.chain = 1 AND l.item IN (SELECT item FROM derived.custody_item ORDER BY record LIMIT $items)
ORDER BY c.record, l.step;

-- name: notes
SELECT item, says FROM derived.custody_note ORDER BY item, kind, says;

-- name: asks
SELECT says, records FROM derived.custody_ask ORDER BY rank;

-- name: states
SELECT s.state, count(l.item) AS links
FROM (VALUES (1, 'documented'), (2, 'inferred'), (3, 'contradicted'), (4, 'missing')) AS s (nth, state)
LEFT JOIN derived.custody_link AS l ON l.state = s.state AND l.chain = 1
GROUP BY s.nth, s.state ORDER BY s.nth;
