-- What a competent user would do to an order book before matching. Reads `orders` (all text) and `folded` (text, plain:
-- each distinct text in plain capital Latin letters). Writes `record`, one row for each distinct cleaned record, and
-- `row_record`, which row of the file is which record.

CREATE OR REPLACE MACRO spaced(t) AS nullif(trim(regexp_replace(t, '[^A-Z0-9]+', ' ', 'g')), '');

-- Words that say little: legal forms, and what nearly every Turkish firm calls itself.
CREATE OR REPLACE MACRO own_words(t) AS nullif(trim(regexp_replace(regexp_replace(t,
    '\b(LIMITED|LIABILITY|LTD|SIRKETI|STI|ANONIM|A ?S|L ?L ?C|W ?L ?L|CO|COMPANY|CORP|INC|INCORPORATED|G ?M ?B ?H|'
    || 'GESELLSCHAFT|MBH|KG|B ?V|BESLOTEN|VENNOOTSCHAP|O ?O ?O|AO|ZAO|OAO|JSC|JOINT STOCK|EST|ESTABLISHMENT|FZE|FZCO|FZ|'
    || 'FREE ZONE|OBS[CH]*[EY]*STVO S [A-Z]+ OTV[EY]*TSTV[A-Z ]+U|A[KCTS]+IONERNO[EY]* OBS[CH]*[EY]*STVO|SHRKT|MWSST|DH M M|'
    || 'ALMHDWDT|MNTQT HRT|M M H|ALMSAHMT|SH M|SAN|TIC|VE|SANAYI|TICARET|INDUSTRY|AND|TRADE|IND)\b', ' ', 'g'),
    ' +', ' ', 'g')), '');

CREATE OR REPLACE TEMP TABLE cleaned AS
SELECT
    o.rowid + 2 AS row,
    coalesce(own_words(spaced(n.plain)), spaced(n.plain), '') AS name,
    spaced(a.plain) AS address,
    spaced(c.plain) AS city,
    upper(o."Postcode") AS postcode,
    nullif(right(regexp_replace(o."Phone", '\D', '', 'g'), 7), '') AS phone,
    -- The domain says who it is, unless everybody may have an address there.
    CASE
        WHEN regexp_matches(lower(o."E-mail"), '@(gmail|hotmail|yandex|mail|yahoo|outlook|mynet)\.') THEN lower(o."E-mail")
        ELSE nullif(split_part(lower(o."E-mail"), '@', 2), '')
    END AS mail,
    nullif(regexp_extract(o."Tax Number", '\d{8,}'), '') AS tax
FROM orders AS o
LEFT JOIN folded AS n ON n.text = o."Customer Name"
LEFT JOIN folded AS a ON a.text = o."Customer Address"
LEFT JOIN folded AS c ON c.text = o."City";

CREATE OR REPLACE TEMP TABLE distinct_record AS
SELECT row_number() OVER (ORDER BY min(row)) AS id, name, address, city, postcode, phone, mail, tax
FROM cleaned GROUP BY ALL;

CREATE OR REPLACE TABLE row_record AS
SELECT c.row, d.id FROM cleaned AS c JOIN distinct_record AS d
    ON c.name = d.name AND c.address IS NOT DISTINCT FROM d.address AND c.city IS NOT DISTINCT FROM d.city
    AND c.postcode IS NOT DISTINCT FROM d.postcode AND c.phone IS NOT DISTINCT FROM d.phone
    AND c.mail IS NOT DISTINCT FROM d.mail AND c.tax IS NOT DISTINCT FROM d.tax;

-- The rarest word of a name, where it is rare enough to look for.
CREATE OR REPLACE TABLE record AS
WITH word AS (SELECT id, unnest(string_split(name, ' ')) AS word FROM distinct_record),
counted AS (SELECT word, count(DISTINCT id) AS n FROM word WHERE length(word) > 3 GROUP BY word),
rarest AS (
    SELECT w.id, arg_min(w.word, (c.n, w.word)) AS word FROM word AS w JOIN counted AS c USING (word)
    WHERE c.n <= 500 GROUP BY w.id
)
SELECT
    d.*, r.word AS rare, replace(name, ' ', '') AS closed,
    split_part(name, ' ', 1) AS first, nullif(split_part(name, ' ', 2), '') AS second
FROM distinct_record AS d LEFT JOIN rarest AS r USING (id) ORDER BY d.id;
