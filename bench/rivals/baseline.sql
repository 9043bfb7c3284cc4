-- Blocking and Jaro-Winkler by hand. Reads `record` of clean.sql; writes `pair` (one, other, score).

CREATE OR REPLACE TEMP TABLE block AS
WITH key AS (
    SELECT id, 't' || tax AS key FROM record
    UNION ALL SELECT id, 'p' || phone FROM record
    UNION ALL SELECT id, 'm' || mail FROM record
    UNION ALL SELECT id, 'r' || rare FROM record
    UNION ALL SELECT id, 'w' || first || ' ' || second FROM record
    UNION ALL SELECT id, 'c' || first || ' ' || city FROM record
    UNION ALL SELECT id, 'n' || left(closed, 8) || ' ' || city FROM record
    UNION ALL SELECT id, 'z' || left(closed, 6) || ' ' || postcode FROM record
)
SELECT id, hash(key) AS key FROM key WHERE key IS NOT NULL
-- A block that large says nothing.
QUALIFY count(*) OVER (PARTITION BY key) BETWEEN 2 AND 500;

CREATE OR REPLACE TEMP TABLE candidate AS
SELECT DISTINCT a.id AS one, b.id AS other FROM block AS a JOIN block AS b ON a.key = b.key AND a.id < b.id;

-- Likeness of the names from 0 to 1; what else agrees adds to it, what disagrees takes away.
CREATE OR REPLACE TABLE pair AS
SELECT
    one, other,
    jaro_winkler_similarity(a.name, b.name)
        + CASE WHEN a.tax = b.tax THEN 0.5 WHEN a.tax <> b.tax THEN -0.3 ELSE 0 END
        + CASE WHEN a.phone = b.phone THEN 0.15 ELSE 0 END
        + CASE WHEN a.rare = b.rare THEN 0.05 ELSE 0 END
        + CASE WHEN a.mail = b.mail THEN 0.15 WHEN a.mail <> b.mail THEN -0.1 ELSE 0 END
        + CASE WHEN a.city = b.city THEN 0.05 WHEN a.city <> b.city THEN -0.05 ELSE 0 END
        + coalesce(0.3 * greatest(jaro_winkler_similarity(a.address, b.address) - 0.7, -0.1), 0) AS score
FROM candidate JOIN record AS a ON a.id = one JOIN record AS b ON b.id = other;

DELETE FROM pair WHERE score < 0.8;
