-- What the report says of the replay. See report/hindsight.py.

-- name: schemes
-- Those in which most moved first.
SELECT scheme, title, len(alerts), consignments FROM derived.scheme WHERE replayed ORDER BY consignments DESC, rank;

-- name: actors
SELECT
    r.scheme, r.name, r.kind, r.records, r.first_hit, r.codes, r.first_alert, r.before, r.that_day + r.after, r.told,
    coalesce(r.record, s.record)
FROM derived.replay AS r JOIN derived.scheme AS s USING (scheme)
WHERE r.scheme IN (
    SELECT scheme FROM derived.scheme WHERE replayed ORDER BY consignments DESC, rank LIMIT $schemes
)
ORDER BY s.rank, r.first_hit NULLS LAST, r.actor;

-- name: moved
SELECT scheme, date, count(*) FROM derived.scheme_consignment WHERE date IS NOT NULL GROUP BY ALL ORDER BY ALL;

-- name: sharing
SELECT scheme, told FROM derived.replay_sharing ORDER BY scheme, days DESC NULLS LAST, left_actor, right_actor;
