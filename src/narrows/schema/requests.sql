-- Requests about recovered items, and what people infer of parties. Nothing is erased: the latest row counts.

-- name: latest
SELECT request, item, record, party_record, party_role, wants, state, day, due
FROM judgement.trace_request WHERE request = ? ORDER BY seq DESC LIMIT 1;

-- name: drafted
-- A request about an item to a party that was drafted and not sent yet.
SELECT request, item, record, party_record, party_role, wants, state, day, due
FROM judgement.trace_request
WHERE item = ? AND party_record = ? AND party_role = ? AND wants = ?
QUALIFY state = 'documented' AND count(*) OVER (PARTITION BY request) = 1
ORDER BY seq LIMIT 1;

-- name: count
SELECT count(DISTINCT request) FROM judgement.trace_request;

-- name: add
INSERT INTO judgement.trace_request
SELECT
    coalesce(max(seq), 0) + 1, $entered, $who, $request, $item, $record, $party_record, $party_role, $wants, $state,
    $day::DATE, $due::DATE, $reason
FROM judgement.trace_request;

-- name: add-inference
INSERT INTO judgement.inference
SELECT coalesce(max(seq), 0) + 1, $entered, $who, $record, $role, $verdict, $reason FROM judgement.inference;

-- name: party
SELECT party FROM derived.party WHERE record = ? AND role = ?;

-- name: entity
SELECT x.entity FROM derived.party AS y JOIN derived.party_entity AS x USING (party) WHERE y.record = ? AND y.role = ?;
