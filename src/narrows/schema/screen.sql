-- Running indicators.

-- name: accepted
SELECT hash, id, text FROM judgement.accepted_indicator ORDER BY hash;

-- name: accept
INSERT INTO judgement.accepted_indicator VALUES (?, ?, ?, ?, ?);

-- name: add-coverage
INSERT INTO derived.coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?);
