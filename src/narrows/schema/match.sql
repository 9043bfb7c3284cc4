-- Which parties are one: what is compared, which pairs, what agrees, and what it weighs.

-- name: reading-of
-- What read the names, addresses and pairs that are kept: another version of the words reads them anew.
SELECT coalesce(max(mark), '') FROM derived.reading_mark;

-- name: mark-readings
CREATE OR REPLACE TABLE derived.reading_mark AS SELECT $mark AS mark;

-- name: forget-readings
-- What an older version kept may have had other columns.
CREATE OR REPLACE TABLE derived.name_reading (
    name VARCHAR, kind VARCHAR, reading BIGINT, read_kind VARCHAR, core VARCHAR, bag VARCHAR, words VARCHAR[],
    longest VARCHAR
);
CREATE OR REPLACE TABLE derived.name_pair AS SELECT * FROM derived.name_pair LIMIT 0;
CREATE OR REPLACE TABLE derived.address_reading AS SELECT * FROM derived.address_reading LIMIT 0;

-- name: present
-- Names and addresses that parties have; "" where nothing is said, so that they can be joined on.
CREATE OR REPLACE TEMP TABLE present_name AS
SELECT DISTINCT name, coalesce(kind, '') AS kind FROM temp.clean
WHERE name IS NOT NULL AND NOT placeholder AND NOT listed;
CREATE OR REPLACE TEMP TABLE present_address AS
SELECT DISTINCT coalesce(address, '') AS address, coalesce(city, '') AS city, coalesce(country, '') AS country
FROM temp.clean WHERE address IS NOT NULL OR city IS NOT NULL;

-- name: new-names
SELECT (hash(name, kind) >> 1)::BIGINT AS reading, name, nullif(kind, '') AS kind FROM temp.present_name AS p
ANTI JOIN derived.name_reading AS r USING (name, kind);

-- name: new-addresses
SELECT nullif(address, ''), nullif(city, ''), nullif(country, '') FROM temp.present_address AS p
ANTI JOIN derived.address_reading AS r USING (address, city, country)
ORDER BY ALL;

-- name: keep-names
CREATE OR REPLACE TABLE derived.name_reading AS
SELECT r.*
FROM (
    SELECT * FROM derived.name_reading
    UNION ALL
    SELECT name, coalesce(kind, ''), reading, read_kind, core, bag, words, longest FROM new_names
) AS r
SEMI JOIN temp.present_name USING (name, kind)
ORDER BY name, kind;

-- name: keep-addresses
CREATE OR REPLACE TABLE derived.address_reading AS
SELECT r.*
FROM (
    SELECT * FROM derived.address_reading
    UNION ALL
    SELECT coalesce(address, ''), coalesce(city, ''), coalesce(country, ''), key, place, province, postcode, weak
    FROM new_addresses
) AS r
SEMI JOIN temp.present_address USING (address, city, country)
ORDER BY address, city, country;

-- name: distinct-contacts
SELECT DISTINCT 'phone' AS what, phone AS text, country FROM temp.clean WHERE phone IS NOT NULL
UNION SELECT DISTINCT 'email', email, NULL FROM temp.clean WHERE email IS NOT NULL
UNION SELECT DISTINCT 'web', web, NULL FROM temp.clean WHERE web IS NOT NULL
ORDER BY ALL;

-- name: comparable
-- One row for each party that may be compared, with what it is compared by; `no` counts them from 0.
CREATE OR REPLACE TEMP TABLE comparable AS
WITH number AS MATERIALIZED (
    SELECT
        party,
        min(compact) FILTER (scheme = 'vat' AND valid) AS vat,
        min(compact) FILTER (scheme = 'vat' AND valid IS NULL) AS vat_unproven,
        min(compact) FILTER (scheme = 'registration' AND valid IS DISTINCT FROM false) AS registration,
        min(compact) FILTER (scheme IN ('eori', 'lei') AND valid IS DISTINCT FROM false) AS eori,
        min(compact) FILTER (scheme = 'iban' AND valid) AS iban
    FROM temp.identifier WHERE scheme_read <> 'person' GROUP BY party
)
SELECT
    (row_number() OVER (ORDER BY c.record, c.role, c.party) - 1)::INTEGER AS no,
    c.party, c.record, c.role,
    -- What breaks ties: it depends on what the form says, not on where it stands.
    hash(c.name, c.kind, c.id_scheme, c.id, c.address, c.city, c.country, c.phone, c.email, c.web, n.vat, n.registration)
        AS content,
    CASE WHEN w.bag <> '' THEN w.reading END AS reading, c.name_key, c.kind,
    coalesce(c.kind, w.read_kind) = 'person' AS person, w.core, w.bag, c.country,
    a.key AS address, a.place, a.province, a.postcode, coalesce(a.weak, false) AS weak_address,
    p.value AS phone, m.value AS mail, coalesce(d.domain, m.domain) AS domain,
    n.vat, n.vat_unproven, n.registration, n.eori, n.iban, c.id_scheme, c.id
FROM temp.clean AS c
LEFT JOIN derived.name_reading AS w ON w.name = c.name AND w.kind = coalesce(c.kind, '')
LEFT JOIN derived.address_reading AS a
    ON a.address = coalesce(c.address, '') AND a.city = coalesce(c.city, '') AND a.country = coalesce(c.country, '')
LEFT JOIN contacts AS p ON p.what = 'phone' AND p.text = c.phone AND p.country IS NOT DISTINCT FROM c.country
LEFT JOIN contacts AS m ON m.what = 'email' AND m.text = c.email
LEFT JOIN contacts AS d ON d.what = 'web' AND d.text = c.web
LEFT JOIN number AS n USING (party)
WHERE NOT c.placeholder AND NOT c.listed
ORDER BY no;

-- name: block
-- Parties that share a key are compared. Keys of names are spellings that scripts and slips leave alone.
CREATE OR REPLACE TEMP TABLE block AS
WITH named AS MATERIALIZED (
    SELECT DISTINCT reading, words, longest FROM derived.name_reading WHERE bag <> ''
),
word AS MATERIALIZED (
    SELECT c.no, c.place, unnest(n.words) AS word FROM temp.comparable AS c JOIN named AS n USING (reading)
),
-- The longest word of a name, and what is left of it when one consonant is taken away.
slip AS (
    SELECT DISTINCT
        c.no, c.place,
        unnest(
            CASE WHEN strlen(n.longest) >= 5
                THEN list_transform(range(strlen(n.longest)), lambda i: left(n.longest, i) || substr(n.longest, i + 2))
                ELSE [] END
            || [n.longest]
        ) AS variant
    FROM temp.comparable AS c JOIN named AS n USING (reading)
    WHERE c.place IS NOT NULL
)
SELECT hash('core', core) AS key, no FROM temp.comparable WHERE strlen(core) >= 2
UNION ALL SELECT hash('name', name_key), no FROM temp.comparable WHERE reading IS NOT NULL AND strlen(core) < 2
UNION ALL SELECT hash('bag', bag), no FROM temp.comparable WHERE strlen(bag) >= 2
UNION ALL SELECT hash('word', word, place), no FROM word WHERE place IS NOT NULL
UNION ALL SELECT hash('word', word), no FROM word WHERE strlen(word) >= 4
UNION ALL
SELECT hash('slip', variant, place), no FROM slip
UNION ALL SELECT hash('vat', coalesce(vat, vat_unproven)), no FROM temp.comparable
WHERE coalesce(vat, vat_unproven) IS NOT NULL
UNION ALL SELECT hash('registration', registration), no FROM temp.comparable WHERE registration IS NOT NULL
UNION ALL SELECT hash('eori', eori), no FROM temp.comparable WHERE eori IS NOT NULL
UNION ALL SELECT hash('iban', iban), no FROM temp.comparable WHERE iban IS NOT NULL
UNION ALL SELECT hash('id', id_scheme, id), no FROM temp.comparable WHERE id IS NOT NULL
UNION ALL SELECT hash('phone', phone), no FROM temp.comparable WHERE phone IS NOT NULL
UNION ALL SELECT hash('mail', mail), no FROM temp.comparable WHERE mail IS NOT NULL
UNION ALL SELECT hash('domain', domain), no FROM temp.comparable WHERE domain IS NOT NULL
UNION ALL SELECT hash('address', address), no FROM temp.comparable WHERE address IS NOT NULL;

-- name: candidates
-- All pairs of a small block; in a large one each with its neighbours, those of like names and places beside each other.
CREATE OR REPLACE TEMP TABLE candidate AS
WITH sized AS MATERIALIZED (
    SELECT key, count(*) AS size FROM temp.block GROUP BY key HAVING count(*) > 1
),
small AS MATERIALIZED (
    SELECT b.key, b.no FROM temp.block AS b JOIN sized AS s USING (key) WHERE s.size <= $most
),
large AS MATERIALIZED (
    SELECT
        b.key, b.no,
        row_number() OVER (PARTITION BY b.key ORDER BY c.bag, c.core, c.place, c.content, b.no) AS place_in_block
    FROM temp.block AS b
    JOIN sized AS s USING (key)
    JOIN temp.comparable AS c USING (no)
    WHERE s.size > $most
),
pair AS (
    SELECT x.no AS a, y.no AS b FROM small AS x JOIN small AS y USING (key) WHERE x.no < y.no
    UNION ALL
    SELECT least(x.no, y.no), greatest(x.no, y.no)
    FROM (SELECT key, no, place_in_block, unnest(range(1, $neighbours + 1)) AS step FROM large) AS x
    JOIN large AS y ON y.key = x.key AND y.place_in_block = x.place_in_block + x.step
)
-- A person on record is no firm, whatever the names.
SELECT DISTINCT p.a, p.b
FROM pair AS p
JOIN temp.comparable AS x ON x.no = p.a
JOIN temp.comparable AS y ON y.no = p.b
WHERE coalesce(x.kind = y.kind, true);

-- name: forget-blocks
DROP TABLE IF EXISTS temp.block;

-- name: present-pairs
-- Each pair of names to compare, once.
CREATE OR REPLACE TEMP TABLE present_pair AS
WITH named AS MATERIALIZED (
    SELECT
        least(x.reading, y.reading) AS a, greatest(x.reading, y.reading) AS b,
        coalesce(x.person AND y.person, false) AS persons
    FROM temp.candidate AS c
    JOIN temp.comparable AS x ON x.no = c.a
    JOIN temp.comparable AS y ON y.no = c.b
    WHERE x.reading IS NOT NULL AND y.reading IS NOT NULL
)
SELECT DISTINCT a, b, persons FROM named;

-- name: new-pairs
SELECT a, b, persons FROM temp.present_pair ANTI JOIN derived.name_pair USING (a, b, persons) ORDER BY ALL;

-- name: names-of-pairs
-- Each name of a pair that is not at hand as a person's or as another's.
SELECT p.persons, n.reading, min(n.name) AS name
FROM derived.name_reading AS n
JOIN (SELECT a AS reading, persons FROM new_pairs UNION SELECT b, persons FROM new_pairs) AS p USING (reading)
ANTI JOIN at_hand AS h ON h.reading = p.reading AND h.persons = p.persons
GROUP BY p.persons, n.reading;

-- name: keep-pairs
CREATE OR REPLACE TABLE derived.name_pair AS
SELECT k.*
FROM (SELECT * FROM derived.name_pair UNION ALL SELECT a, b, persons, odds FROM new_pairs) AS k
SEMI JOIN temp.present_pair USING (a, b, persons)
ORDER BY a, b, persons;

-- name: profile
-- What is compared of each party, texts as numbers, with what is known of them over all parties: how many share a phone, in
-- how many places a name is at home.
CREATE OR REPLACE TEMP TABLE profile AS
WITH shared AS MATERIALIZED (
    SELECT 'phone' AS what, phone AS text FROM temp.comparable WHERE phone IS NOT NULL
    GROUP BY phone HAVING count(DISTINCT bag) > $many
    UNION ALL
    SELECT 'mail', mail FROM temp.comparable WHERE mail IS NOT NULL GROUP BY mail HAVING count(DISTINCT bag) > $many
    UNION ALL
    SELECT 'domain', domain FROM temp.comparable WHERE domain IS NOT NULL
    GROUP BY domain HAVING count(DISTINCT bag) > $many
    UNION ALL
    SELECT 'address', address FROM temp.comparable WHERE address IS NOT NULL
    GROUP BY address HAVING count(DISTINCT bag) > $many
),
spread AS MATERIALIZED (
    SELECT bag, count(DISTINCT place) AS places FROM temp.comparable WHERE bag IS NOT NULL GROUP BY bag
),
-- A name as it is written, legal form aside, in several countries or beside several numbers: it may be any of them.
several AS MATERIALIZED (
    SELECT
        name_key, count(DISTINCT country) > 1 AS countries,
        count(DISTINCT vat) > 1 OR count(DISTINCT registration) > 1 AS numbers
    FROM temp.comparable WHERE name_key IS NOT NULL GROUP BY name_key
    HAVING count(DISTINCT country) > 1 OR count(DISTINCT vat) > 1 OR count(DISTINCT registration) > 1
)
SELECT
    c.no, c.reading, c.person, c.country, c.weak_address, left(c.vat, 2) AS vat_of,
    coalesce(s.places, 1) AS places,
    coalesce(v.countries, false) AS many_countries, coalesce(v.numbers, false) AS many_numbers,
    hp.text IS NOT NULL AS phone_shared, hm.text IS NOT NULL AS mail_shared,
    hd.text IS NOT NULL AS domain_shared, ha.text IS NOT NULL AS address_shared,
    CASE WHEN c.vat IS NOT NULL THEN hash(c.vat) END AS vat,
    CASE WHEN c.vat_unproven IS NOT NULL THEN hash(c.vat_unproven) END AS vat_unproven,
    CASE WHEN c.registration IS NOT NULL THEN hash(c.registration) END AS registration,
    CASE WHEN c.eori IS NOT NULL THEN hash(c.eori) END AS eori,
    CASE WHEN c.iban IS NOT NULL THEN hash(c.iban) END AS iban,
    CASE WHEN c.phone IS NOT NULL THEN hash(c.phone) END AS phone,
    CASE WHEN c.mail IS NOT NULL THEN hash(c.mail) END AS mail,
    CASE WHEN c.domain IS NOT NULL THEN hash(c.domain) END AS domain,
    CASE WHEN c.address IS NOT NULL THEN hash(c.address) END AS address,
    CASE WHEN c.place IS NOT NULL THEN hash(c.place) END AS place,
    CASE WHEN c.province IS NOT NULL THEN hash(c.province) END AS province,
    CASE WHEN c.postcode IS NOT NULL THEN hash(c.postcode) END AS postcode
FROM temp.comparable AS c
LEFT JOIN spread AS s USING (bag)
LEFT JOIN several AS v USING (name_key)
LEFT JOIN shared AS hp ON hp.what = 'phone' AND hp.text = c.phone
LEFT JOIN shared AS hm ON hm.what = 'mail' AND hm.text = c.mail
LEFT JOIN shared AS hd ON hd.what = 'domain' AND hd.text = c.domain
LEFT JOIN shared AS ha ON ha.what = 'address' AND ha.text = c.address;

-- name: fields
-- What agrees between two parties, field by field: 1 the same, 2 the same but shared by many, 0 nothing to compare, -1 not
-- the same.
CREATE OR REPLACE TEMP TABLE fields AS
SELECT
    c.a, c.b,
    o.odds AS name,
    coalesce(x.person AND y.person, false) AS persons,
    ln(greatest(x.places, y.places, 1)) AS spread,
    x.many_countries OR y.many_countries AS many_countries,
    x.many_numbers OR y.many_numbers AS many_numbers,
    CASE
        WHEN x.vat = y.vat THEN 1
        WHEN x.vat IS NOT NULL AND y.vat IS NOT NULL AND x.vat_of = y.vat_of THEN -1
        WHEN x.vat_unproven = y.vat_unproven THEN 1
        ELSE 0
    END::TINYINT AS vat,
    CASE
        WHEN x.registration = y.registration AND x.country IS NOT DISTINCT FROM y.country THEN 1
        WHEN x.eori = y.eori THEN 1
        WHEN x.registration IS NOT NULL AND y.registration IS NOT NULL AND x.country = y.country THEN -1
        ELSE 0
    END::TINYINT AS number,
    CASE WHEN x.iban = y.iban THEN 1 ELSE 0 END::TINYINT AS account,
    CASE
        WHEN x.phone = y.phone THEN CASE WHEN NOT x.phone_shared THEN 1 ELSE 2 END
        WHEN x.phone IS NOT NULL AND y.phone IS NOT NULL THEN -1
        ELSE 0
    END::TINYINT AS phone,
    CASE
        WHEN x.mail = y.mail THEN CASE WHEN NOT x.mail_shared THEN 1 ELSE 2 END
        WHEN x.domain = y.domain THEN CASE WHEN NOT x.domain_shared THEN 3 ELSE 2 END
        WHEN x.domain IS NOT NULL AND y.domain IS NOT NULL THEN -1
        ELSE 0
    END::TINYINT AS mail,
    CASE
        WHEN x.address = y.address
            THEN CASE WHEN NOT x.address_shared AND NOT x.weak_address AND NOT y.weak_address THEN 1 ELSE 2 END
        WHEN x.address IS NOT NULL AND y.address IS NOT NULL THEN -1
        ELSE 0
    END::TINYINT AS address,
    CASE
        WHEN x.place = y.place THEN 1
        WHEN x.province = y.province THEN 2
        WHEN x.place IS NOT NULL AND y.place IS NOT NULL THEN -1
        WHEN x.country IS NOT NULL AND y.country IS NOT NULL AND x.country <> y.country THEN -1
        ELSE 0
    END::TINYINT AS place,
    CASE
        WHEN x.postcode = y.postcode THEN 1
        WHEN x.postcode IS NOT NULL AND y.postcode IS NOT NULL THEN -1
        ELSE 0
    END::TINYINT AS postcode,
    CASE
        WHEN x.country = y.country THEN 1
        WHEN x.country IS NOT NULL AND y.country IS NOT NULL THEN -1
        ELSE 0
    END::TINYINT AS country
FROM temp.candidate AS c
JOIN temp.profile AS x ON x.no = c.a
JOIN temp.profile AS y ON y.no = c.b
LEFT JOIN derived.name_pair AS o
    ON o.a = least(x.reading, y.reading) AND o.b = greatest(x.reading, y.reading)
    AND o.persons = coalesce(x.person AND y.person, false);

-- name: forget-candidates
DROP TABLE IF EXISTS temp.candidate;
DROP TABLE IF EXISTS temp.present_pair;
DROP TABLE IF EXISTS temp.profile;

-- name: matched
-- The log-odds that two parties are one: what each field adds stands in resolve/weights.toml. A name that many places know
-- tells less. By a name alone persons are never one, nor firms of two countries, nor a firm that could be one of several
-- of its name.
CREATE OR REPLACE TABLE derived.match AS
WITH seen AS (
    SELECT *, account = 1 OR phone = 1 OR mail IN (1, 3) OR address = 1 AS reached FROM temp.fields
),
weighed AS (
    SELECT
        *,
        $prior + coalesce($name_scale * name, $no_name) - $spread * spread * (place <> 1)::INTEGER AS name_odds,
        -- A number beside a wholly different name may be somebody else's, unless phone, mail or address agree too.
        CASE
            WHEN vat = -1 THEN $vat_differs
            WHEN vat = 1 AND (name > $unlike OR reached) THEN $vat_same
            ELSE 0
        END
        + CASE
            WHEN number = -1 THEN $number_differs
            WHEN number = 1 AND (name > $unlike OR reached) THEN $number_same
            ELSE 0
        END
        + CASE account WHEN 1 THEN $account_same ELSE 0 END
        + CASE phone WHEN 1 THEN $phone_same WHEN 2 THEN $phone_shared WHEN -1 THEN $phone_differs ELSE 0 END
        + CASE mail WHEN 1 THEN $mail_same WHEN 2 THEN $mail_shared WHEN 3 THEN $domain_same
            WHEN -1 THEN $mail_differs ELSE 0 END
        + CASE address WHEN 1 THEN $address_same WHEN 2 THEN $address_shared WHEN -1 THEN $address_differs ELSE 0 END
        + CASE place WHEN 1 THEN $place_same WHEN 2 THEN $province_same WHEN -1 THEN $place_differs ELSE 0 END
        + CASE postcode WHEN 1 THEN $postcode_same WHEN -1 THEN $postcode_differs ELSE 0 END AS other_odds,
        reached OR vat = 1 OR number = 1 AS vouched
    FROM seen
)
SELECT
    x.party AS left_party, y.party AS right_party, w.name_odds::FLOAT AS name_odds, w.other_odds::FLOAT AS other_odds,
    CASE
        -- Firms of unlike names that share a phone or an account may be a group, or have one accountant.
        WHEN w.name <= $unlike AND w.vat <> 1 AND w.number <> 1 THEN least(w.name_odds + w.other_odds, $unsure)
        WHEN NOT w.vouched AND (
            w.persons OR w.country = -1
            OR (w.place <> 1 AND ((w.many_countries AND w.country = 0) OR (w.many_numbers AND w.vat = 0 AND w.number = 0)))
        ) THEN least(w.name_odds + w.other_odds, $unsure)
        ELSE w.name_odds + w.other_odds
    END::FLOAT AS odds,
    w.vat::TINYINT AS vat, w.number::TINYINT AS number, w.account::TINYINT AS account, w.phone::TINYINT AS phone, w.mail::TINYINT AS mail,
    w.address::TINYINT AS address, w.place::TINYINT AS place, w.postcode::TINYINT AS postcode,
    w.country::TINYINT AS country
FROM weighed AS w
JOIN temp.comparable AS x ON x.no = w.a
JOIN temp.comparable AS y ON y.no = w.b
WHERE w.name_odds + w.other_odds > $least
ORDER BY w.a, w.b;

-- name: edges
SELECT x.no AS a, y.no AS b, m.odds
FROM derived.match AS m
JOIN temp.comparable AS x ON x.party = m.left_party
JOIN temp.comparable AS y ON y.party = m.right_party
ORDER BY m.odds DESC, least(x.content, y.content), greatest(x.content, y.content), a, b;
