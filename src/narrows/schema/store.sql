-- What the case folder asks of its database.

-- name: source
SELECT name FROM evidence.source WHERE source = ?;

-- name: has-ledger
SELECT 1 FROM information_schema.tables WHERE table_schema = 'judgement' AND table_name = 'ledger';

-- name: format
SELECT (body ->> '$.format')::INTEGER FROM judgement.ledger WHERE seq = 1;
