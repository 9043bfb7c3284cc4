-- Checking a case.

-- name: sources
SELECT source, name, bytes FROM evidence.source ORDER BY source;

-- name: parts
SELECT p.part, s.name, p.rows_kept FROM evidence.part AS p JOIN evidence.source AS s USING (source) ORDER BY p.part;

-- name: derived-tables
SELECT table_name FROM information_schema.tables WHERE table_schema = 'derived' AND table_type = 'BASE TABLE'
ORDER BY table_name;

-- name: drop-derived
DROP SCHEMA IF EXISTS view CASCADE;
DROP SCHEMA IF EXISTS derived CASCADE;
