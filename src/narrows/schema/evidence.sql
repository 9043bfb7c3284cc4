-- From records back to the files received.

-- name: parts
SELECT p.part, p.source, s.name, p.sheet, p.columns, p.first_row, p.contiguous
FROM evidence.part AS p JOIN evidence.source AS s USING (source)
ORDER BY p.part;
