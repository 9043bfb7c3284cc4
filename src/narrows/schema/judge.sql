-- What people decided about who is who.

-- name: add
INSERT INTO judgement.same
SELECT coalesce(max(seq), 0) + 1, $entered, $who, $left_record, $left_role, $right_record, $right_role, $verdict, $reason
FROM judgement.same;

-- name: party
SELECT party, name FROM derived.party WHERE record = ? AND role = ?;

-- name: latest
-- The latest judgement on each pair of parties, as places in temp.comparable; the latest first.
SELECT x.no AS a, y.no AS b, j.verdict
FROM (
    SELECT
        least((left_record, left_role), (right_record, right_role)) AS one,
        greatest((left_record, left_role), (right_record, right_role)) AS other,
        max_by(verdict, seq) AS verdict, max(seq) AS seq
    FROM judgement.same
    GROUP BY ALL
) AS j
JOIN temp.comparable AS x ON (x.record, x.role) = j.one
JOIN temp.comparable AS y ON (y.record, y.role) = j.other
ORDER BY j.seq DESC;

-- name: undecided
-- The pairs that are hardest to decide, one for each pair of spellings, without those that a person has decided.
WITH decided AS (
    SELECT
        least((left_record, left_role), (right_record, right_role)) AS one,
        greatest((left_record, left_role), (right_record, right_role)) AS other
    FROM judgement.same
),
open AS (
    SELECT m.*, x.record AS left_record, x.role AS left_role, y.record AS right_record, y.role AS right_role,
        row_number() OVER (
            PARTITION BY least(x.name, y.name), greatest(x.name, y.name), m.vat, m.number, m.account, m.phone, m.mail, m.address,
                m.place
            ORDER BY abs(m.odds), x.record, y.record, x.role, y.role
        ) AS place_among_equals
    FROM derived.match AS m
    JOIN derived.party AS x ON x.party = m.left_party
    JOIN derived.party AS y ON y.party = m.right_party
    ANTI JOIN decided AS d
        ON d.one = least((x.record, x.role), (y.record, y.role))
        AND d.other = greatest((x.record, x.role), (y.record, y.role))
    WHERE abs(m.odds) <= $widest
)
SELECT
    o.left_record, o.left_role, o.right_record, o.right_role, o.odds, o.name_odds, o.vat, o.number, o.account, o.phone, o.mail,
    o.address, o.place, o.postcode, o.country, x.entity = y.entity AS joined
FROM open AS o
LEFT JOIN derived.party_entity AS x ON x.party = o.left_party
LEFT JOIN derived.party_entity AS y ON y.party = o.right_party
WHERE o.place_among_equals = 1
ORDER BY abs(o.odds), o.left_record, o.right_record, o.left_role, o.right_role
LIMIT $most;

-- name: side
SELECT
    y.name, y.address, y.city, y.country, y.vat, y.registration, y.phone, y.email, y.web, y.activity, s.name AS file,
    p.sheet, y.record & 4294967295 AS "row", y.role
FROM derived.party AS y
JOIN evidence.part AS p USING (part)
JOIN evidence.source AS s USING (source)
WHERE y.record = ? AND y.role = ?;
