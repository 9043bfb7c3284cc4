-- Checking a case.

-- name: sources
SELECT source, name, bytes FROM evidence.source ORDER BY source;

-- name: parts
SELECT p.part, s.name, p.rows_read, p.rows_kept, p.rows_rejected, count(r.part)
FROM evidence.part AS p
JOIN evidence.source AS s USING (source)
LEFT JOIN evidence.rejected AS r USING (part)
GROUP BY ALL
ORDER BY p.part;

-- name: loaded
SELECT body FROM judgement.ledger WHERE what = 'loaded' ORDER BY seq;

-- name: parts-by-source
SELECT source, sheet, rows_read, rows_kept, rows_rejected FROM evidence.part ORDER BY source, sheet;

-- name: derived-tables
SELECT table_name FROM information_schema.tables WHERE table_schema = 'derived' AND table_type = 'BASE TABLE'
ORDER BY table_name;

-- name: drop-derived
DROP SCHEMA IF EXISTS view CASCADE;
DROP SCHEMA IF EXISTS derived CASCADE;
