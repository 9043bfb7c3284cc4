-- Running indicators.

-- name: accepted
SELECT hash, id, text FROM judgement.accepted_indicator ORDER BY rowid;

-- name: accept
INSERT INTO judgement.accepted_indicator VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- name: add-coverage
INSERT INTO derived.coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?);
