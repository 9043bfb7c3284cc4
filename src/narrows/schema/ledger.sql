-- The chain of what was done to a case.

-- name: last
SELECT coalesce(max(seq), 0), coalesce(max_by(hash, seq), repeat('0', 64)) FROM judgement.ledger;

-- name: append
INSERT INTO judgement.ledger VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: all
SELECT seq, entered, who, what, body, previous, hash FROM judgement.ledger ORDER BY seq;

-- name: last-of
SELECT coalesce(max(seq), 0) FROM judgement.ledger WHERE list_contains($what, what);

-- name: schemes-replayed
SELECT (body ->> '$.schemes')::INTEGER FROM judgement.ledger WHERE seq = ?;
