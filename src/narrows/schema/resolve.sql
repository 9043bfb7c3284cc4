-- Who is who: what parties are read as, what joins them, and what is known of each entity. See match.sql for how pairs
-- are compared.

-- name: distinct-names
SELECT DISTINCT name FROM derived.party WHERE name IS NOT NULL ORDER BY name;

-- name: distinct-texts
SELECT 'country' AS what, country AS text FROM derived.party WHERE country IS NOT NULL
UNION SELECT 'activity', activity FROM derived.party WHERE activity IS NOT NULL
UNION SELECT 'kind', kind FROM derived.party WHERE kind IS NOT NULL
ORDER BY what, text;

-- name: distinct-identifiers
SELECT DISTINCT scheme, value, country_text
FROM (
    UNPIVOT (SELECT country AS country_text, vat, registration, eori, lei, iban FROM derived.party)
    ON vat, registration, eori, lei, iban INTO NAME scheme VALUE value
)
ORDER BY ALL;

-- name: clean-parties
-- Each written form with what its texts were read as. Officers and owners that are no company on record themselves,
-- without a number of a register or a legal form in the name, are taken for persons: a name alone then joins nobody
-- to anybody.
CREATE OR REPLACE TEMP TABLE clean AS
SELECT
    p.party, p.part, p.record, p.role, p.mentions, p.name, p.id_scheme, p.id, p.address, p.city, p.phone, p.email, p.web,
    n.key AS name_key, coalesce(n.placeholder, false) AS placeholder, n.legal_form,
    c.value AS country, a.value AS activity,
    coalesce(
        k.value,
        CASE
            WHEN n.legal_form IS NOT NULL OR r.company IS NOT NULL OR h.company IS NOT NULL THEN 'organisation'
            WHEN p.role IN ('officer', 'owner') AND coalesce(p.registration, p.vat, p.lei) IS NULL THEN 'person'
        END
    ) AS kind,
    r.company IS NOT NULL AS registered,
    l.party IS NOT NULL AS listed
FROM derived.party AS p
LEFT JOIN names AS n USING (name)
LEFT JOIN texts AS c ON c.what = 'country' AND c.text = p.country
LEFT JOIN texts AS a ON a.what = 'activity' AND a.text = p.activity
LEFT JOIN texts AS k ON k.what = 'kind' AND k.text = p.kind
LEFT JOIN (SELECT DISTINCT company FROM derived.registration) AS r ON r.company = p.party
LEFT JOIN (SELECT DISTINCT b AS company FROM derived.link WHERE how IN ('officer', 'owner')) AS h
    ON h.company = p.party
LEFT JOIN (
    SELECT DISTINCT l.party
    FROM derived.listing AS l
    JOIN evidence.part AS e USING (part)
    SEMI JOIN judgement.list_version AS v ON v.source = e.source
) AS l ON l.party = p.party
ORDER BY p.party;

-- name: party-identifiers
CREATE OR REPLACE TEMP TABLE identifier AS
SELECT u.party, u.scheme, u.value, i.compact, i.valid, i.scheme_read
FROM (
    UNPIVOT (SELECT party, country AS country_text, vat, registration, eori, lei, iban FROM derived.party)
    ON vat, registration, eori, lei, iban INTO NAME scheme VALUE value
) AS u
JOIN identifiers AS i
    ON i.scheme = u.scheme AND i.value = u.value AND i.country_text IS NOT DISTINCT FROM u.country_text;

-- name: identifier-names
-- For each number that may join parties: the name that a register gives for it, else the one most often written, and
-- each other name beside it.
WITH beside AS MATERIALIZED (
    SELECT
        i.scheme, i.compact, c.name_key, bool_or(c.registered) AS registered, sum(c.mentions)::BIGINT AS mentions
    FROM temp.identifier AS i JOIN temp.clean AS c USING (party)
    WHERE i.valid IS DISTINCT FROM false AND i.scheme_read <> 'person' AND c.name_key IS NOT NULL
        AND NOT c.placeholder
    GROUP BY i.scheme, i.compact, c.name_key
),
chosen AS MATERIALIZED (
    SELECT scheme, compact, max_by(name_key, (registered, mentions, name_key)) AS reference
    FROM beside GROUP BY scheme, compact
)
SELECT DISTINCT b.scheme, b.compact, c.reference, b.name_key AS other
FROM beside AS b JOIN chosen AS c USING (scheme, compact)
WHERE b.name_key <> c.reference
ORDER BY ALL;

-- name: sure-pairs
-- Parties that one number makes one: of the publisher's own, or a valid one of a register beside names that agree. Each is
-- paired with the first of its number.
WITH strong AS (
    SELECT i.party, i.scheme, i.compact, c.name_key
    FROM temp.identifier AS i
    JOIN temp.clean AS c USING (party)
    WHERE i.valid IS DISTINCT FROM false AND i.scheme IN ('vat', 'registration', 'eori', 'lei')
        AND i.scheme_read <> 'person' AND NOT c.placeholder
),
-- A number of the publisher's own that stands for more than five names is an account for passing trade ("one-time
-- customers"), and one that stands beside two names and two tax or register numbers is not one firm's.
shared_account AS (
    SELECT f.id_scheme, f.id
    FROM temp.clean AS f
    LEFT JOIN strong AS s USING (party)
    WHERE f.id IS NOT NULL
    GROUP BY f.id_scheme, f.id
    HAVING count(DISTINCT f.name_key) > 5
        OR (
            count(DISTINCT f.name_key) > 1
            AND greatest(
                count(DISTINCT s.compact) FILTER (s.scheme = 'vat'),
                count(DISTINCT s.compact) FILTER (s.scheme = 'registration')
            ) > 1
        )
),
keyed AS (
    SELECT f.party, 'id|' || f.id_scheme || '|' || f.id AS key
    FROM temp.clean AS f
    ANTI JOIN shared_account AS a ON a.id_scheme = f.id_scheme AND a.id = f.id
    WHERE f.id IS NOT NULL
    UNION ALL
    SELECT s.party, s.scheme || '|' || s.compact
    FROM strong AS s
    LEFT JOIN agreements AS d ON d.scheme = s.scheme AND d.compact = s.compact AND d.other = s.name_key
    WHERE coalesce(d.agrees, true)
),
numbered AS (
    SELECT first_value(c.no) OVER (PARTITION BY k.key ORDER BY c.content, c.no) AS a, c.no AS b, c.content
    FROM keyed AS k JOIN temp.comparable AS c USING (party)
)
SELECT a, b FROM numbered WHERE a <> b GROUP BY a, b ORDER BY min(content), a, b;

-- name: registered-numbers
-- Numbers of registers, by which entities are kept apart: no two tax numbers of one country, no two register numbers.
SELECT DISTINCT c.no, i.scheme || left(i.compact, 2) || coalesce(c.country, '') AS space, i.compact AS number
FROM temp.identifier AS i
JOIN temp.comparable AS c USING (party)
WHERE i.valid AND i.scheme IN ('vat', 'registration', 'lei') AND i.scheme_read <> 'person'
ORDER BY ALL;

-- name: how-many
SELECT count(*) FROM temp.comparable;

-- name: keep-party-entities
-- Entities are numbered by the record in which they come first, so that numbers do not depend on chance. `why` tells what
-- the surest pair of a party agrees in.
CREATE OR REPLACE TABLE derived.party_entity AS
WITH placed AS MATERIALIZED (
    SELECT c.party, g.component FROM grouping AS g JOIN temp.comparable AS c USING (no)
),
-- Parties are numbered in the order of their records, and a group by its first member.
numbered AS (
    SELECT component, row_number() OVER (ORDER BY component) AS entity, count(*) AS parties FROM placed GROUP BY component
),
inside AS (
    SELECT m.*
    FROM derived.match AS m
    JOIN placed AS x ON x.party = m.left_party
    JOIN placed AS y ON y.party = m.right_party
    WHERE x.component = y.component
),
surest AS (
    SELECT party, max_by(why, odds) AS why
    FROM (
        SELECT left_party AS party, odds, struct_pack(name_odds, vat, number, phone, mail, address, place) AS why FROM inside
        UNION ALL
        SELECT right_party, odds, struct_pack(name_odds, vat, number, phone, mail, address, place) FROM inside
    )
    GROUP BY party
)
SELECT
    p.party, n.entity,
    CASE
        WHEN n.parties = 1 THEN 'written one way only'
        WHEN s.why IS NULL THEN 'same number'
        ELSE concat_ws(
            ', ',
            CASE WHEN s.why.name_odds > 0 THEN 'name' END,
            CASE WHEN s.why.vat = 1 THEN 'tax number' END,
            CASE WHEN s.why.number = 1 THEN 'register number' END,
            CASE WHEN s.why.phone = 1 THEN 'phone' END,
            CASE WHEN s.why.mail IN (1, 3) THEN 'e-mail' END,
            CASE WHEN s.why.address IN (1, 2) THEN 'address' END,
            CASE WHEN s.why.place = 1 THEN 'place' END
        )
    END AS why
FROM placed AS p JOIN numbered AS n USING (component) LEFT JOIN surest AS s USING (party)
ORDER BY p.party;

-- name: keep-entities
CREATE OR REPLACE TABLE derived.entity AS
SELECT
    e.entity::BIGINT AS entity,
    coalesce(
        max_by(c.name, (c.registered, c.mentions, c.name)) FILTER (c.name IS NOT NULL),
        max_by(c.id, (c.mentions, c.id))
    ) AS name,
    CASE
        WHEN count(*) FILTER (c.kind = 'person') > 0 AND count(*) FILTER (c.kind = 'organisation') = 0 THEN 'person'
        WHEN count(*) FILTER (c.kind = 'organisation') > 0 THEN 'organisation'
        ELSE 'unknown'
    END AS kind,
    max_by(c.country, (c.registered, c.mentions, c.country)) FILTER (c.country IS NOT NULL) AS country,
    max_by(c.activity, (c.registered, c.mentions, c.activity)) FILTER (c.activity IS NOT NULL)
        AS activity,
    NULL::VARCHAR AS activity_title,
    min(r.founded) AS founded,
    min(r.record) AS register_record,
    NULL::BOOLEAN AS logistics,
    count(DISTINCT c.party) AS parties
FROM derived.party_entity AS e
JOIN temp.clean AS c USING (party)
LEFT JOIN (
    SELECT company AS party, min(founded) AS founded, min(record) AS record FROM derived.registration GROUP BY company
) AS r USING (party)
GROUP BY e.entity
ORDER BY e.entity;

-- name: distinct-activities
SELECT DISTINCT activity FROM derived.entity WHERE activity IS NOT NULL ORDER BY activity;

-- name: title-activities
CREATE OR REPLACE TABLE derived.entity AS
SELECT
    e.entity, e.name, e.kind, e.country, e.activity, t.title AS activity_title, e.founded, e.register_record,
    t.logistics, e.parties
FROM derived.entity AS e LEFT JOIN titles AS t USING (activity)
ORDER BY e.entity;

-- name: registered-names
-- Each name written beside a number, with the name that a register on record gives for the same number.
CREATE OR REPLACE TEMP TABLE identifier_named AS
SELECT
    e.entity, i.party, c.record, i.scheme, i.value, i.valid, c.name AS written_name, c.name_key,
    r.name AS registered_name, r.name_key AS registered_key, r.record AS registered_record
FROM temp.identifier AS i
JOIN temp.clean AS c USING (party)
JOIN derived.party_entity AS e USING (party)
LEFT JOIN (
    SELECT
        i.scheme, i.compact,
        min_by(c.name, c.record) AS name, min_by(c.name_key, c.record) AS name_key,
        min(c.record) AS record
    FROM temp.identifier AS i JOIN temp.clean AS c USING (party)
    WHERE c.registered GROUP BY ALL
) AS r ON r.scheme = i.scheme AND r.compact = i.compact
WHERE i.scheme_read <> 'person';

-- name: names-to-compare
SELECT DISTINCT name_key, registered_key
FROM temp.identifier_named
WHERE name_key IS NOT NULL AND registered_key IS NOT NULL
ORDER BY ALL;

-- name: keep-identifiers
CREATE OR REPLACE TABLE derived.identifier AS
SELECT
    i.entity, i.party, i.record, i.scheme, i.value, i.valid, i.written_name, i.registered_name, i.registered_record,
    c.agreement AS name_agreement
FROM temp.identifier_named AS i
LEFT JOIN compared AS c USING (name_key, registered_key)
ORDER BY ALL;

-- name: keep-linked
-- Links that documents state, between entities, and those through a common owner or officer. Owners and officers of
-- more than fifty companies (nominees, law firms) link nothing by themselves.
-- A document whose word for the link is not known states a link all the same.
-- Each keeps its dates: a contract that has ended explains nothing that came after.
-- The two ends are looked up one after the other: in one join DuckDB may hold every party against every other first.
CREATE OR REPLACE TABLE derived.linked AS
WITH half AS MATERIALIZED (
    SELECT a.entity AS a, l.b, coalesce(l.how, 'other') AS how, l.record, l.since, l.until
    FROM derived.link AS l JOIN derived.party_entity AS a ON a.party = l.a
),
stated AS MATERIALIZED (
    SELECT DISTINCT h.a, b.entity AS b, h.how, h.record, h.since, h.until
    FROM half AS h JOIN derived.party_entity AS b ON b.party = h.b
    WHERE h.a <> b.entity
),
busy AS (
    SELECT a, how FROM stated WHERE how IN ('owner', 'officer') GROUP BY a, how HAVING count(DISTINCT b) > 50
),
held AS MATERIALIZED (
    SELECT s.* FROM stated AS s ANTI JOIN busy AS x ON x.a = s.a AND x.how = s.how WHERE s.how IN ('owner', 'officer')
),
common AS (
    SELECT
        x.b AS a, y.b AS b, 'common-' || x.how AS how, least(x.record, y.record) AS record,
        greatest(x.since, y.since) AS since, least(x.until, y.until) AS until
    FROM held AS x JOIN held AS y ON x.a = y.a AND x.how = y.how AND x.b <> y.b
)
SELECT a, b, how, record, since, until FROM stated
UNION SELECT b, a, how, record, since, until FROM stated
UNION SELECT a, b, how, record, since, until FROM common
ORDER BY ALL;

-- name: keep-shared
-- Entities that give one phone, mail box, mail domain, account or address: a fact about records, not a tie that explains a
-- payment. What more than so many entities share, and addresses that say little of who somebody is, tie nobody.
-- since: when the later of the two was first seen to give it, where its records are dated.
CREATE OR REPLACE TABLE derived.shared AS
WITH given AS MATERIALIZED (
    SELECT e.entity, u.how, u.value, min_by(u.record, (i.date, u.record)) AS record, min(i.date) AS since
    FROM (
        UNPIVOT (
            SELECT party, record, phone, mail AS "e-mail", domain AS "e-mail domain", iban AS account,
                CASE WHEN NOT weak_address THEN address END AS address
            FROM temp.comparable
        )
        ON phone, "e-mail", "e-mail domain", account, address INTO NAME how VALUE value
    ) AS u
    JOIN derived.party_entity AS e USING (party)
    LEFT JOIN derived.item AS i ON i.record = u.record
    GROUP BY e.entity, u.how, u.value
),
few AS (
    SELECT how, value FROM given GROUP BY how, value HAVING count(*) BETWEEN 2 AND $most
)
SELECT
    x.entity AS a, y.entity AS b, x.how, x.value, x.record AS left_record, y.record AS right_record,
    greatest(x.since, y.since) AS since
FROM given AS x
JOIN few USING (how, value)
JOIN given AS y ON y.how = x.how AND y.value = x.value AND x.entity < y.entity
ORDER BY ALL;

-- name: keep-ownership
-- Who holds how much of whom, through others too: shares multiply along a chain and add up over chains. A chain of more than
-- eight steps is not followed, nor one that comes back to itself; where one of its shares is not on record, its own is not.
CREATE OR REPLACE TABLE derived.ownership AS
WITH RECURSIVE held AS MATERIALIZED (
    SELECT a.entity AS owner, b.entity AS company, max(l.share) AS share, min(l.record) AS record
    FROM derived.link AS l
    JOIN derived.party_entity AS a ON a.party = l.a
    JOIN derived.party_entity AS b ON b.party = l.b
    WHERE l.how = 'owner' AND a.entity <> b.entity AND l.until IS NULL
    GROUP BY a.entity, b.entity
),
chain AS (
    SELECT owner, company, share, [record] AS records, [owner, company] AS path FROM held
    UNION ALL
    SELECT c.owner, h.company, c.share * h.share / 100, list_append(c.records, h.record), list_append(c.path, h.company)
    FROM chain AS c JOIN held AS h ON h.owner = c.company
    WHERE len(c.path) <= 8 AND NOT list_contains(c.path, h.company)
)
SELECT
    owner, company, CASE WHEN sum(share) IS NOT NULL THEN least(sum(share), 100) END AS share, count(*) AS chains, min(len(records)) AS steps,
    list_sort(list_distinct(flatten(list(records)))) AS records
FROM chain
GROUP BY owner, company
ORDER BY owner, company;

-- name: payment-references
-- Document numbers named in the remittance text of a payment. A number counts as named when all of it stands there
-- as a word of its own; it must have a digit and four signs, so that "1" or "INV" names nothing. Where both sides
-- are known, the payee must be the seller; where one is not, the number must not be in use by several sellers.
CREATE OR REPLACE TABLE derived.payment_deal AS
WITH words AS (
    SELECT
        p.record, p.payee,
        unnest(
            list_distinct(
                regexp_split_to_array(upper(p.reference), '[\s,;:+&|"''()\[\]]+') || [trim(upper(p.reference))]
            )
        ) AS word
    FROM derived.payment AS p
    WHERE p.reference IS NOT NULL
),
numbers AS (
    SELECT DISTINCT upper(trim(document_no)) AS word, deal, seller FROM derived.item WHERE trade AND document_no IS NOT NULL
    UNION
    SELECT DISTINCT upper(trim(order_no)), deal, seller FROM derived.item WHERE trade AND order_no IS NOT NULL
),
named AS (
    SELECT w.record, w.word, n.deal, e.entity AS payee, s.entity AS seller
    FROM (SELECT record, payee, rtrim(ltrim(word, '#.'), '.') AS word FROM words) AS w
    JOIN (SELECT ltrim(word, '#') AS word, deal, seller FROM numbers) AS n USING (word)
    LEFT JOIN derived.party_entity AS e ON e.party = w.payee
    LEFT JOIN derived.party_entity AS s ON s.party = n.seller
    WHERE strlen(w.word) >= 4 AND regexp_matches(w.word, '[0-9]')
),
users AS (
    SELECT record, word, count(DISTINCT seller) AS sellers FROM named GROUP BY record, word
)
SELECT DISTINCT n.record, n.deal
FROM named AS n JOIN users AS u USING (record, word)
WHERE n.payee = n.seller OR ((n.payee IS NULL OR n.seller IS NULL) AND u.sellers <= 1)
ORDER BY ALL;

-- name: counts
SELECT
    (SELECT count(*) FROM derived.party) AS parties,
    (SELECT count(*) FROM derived.entity) AS entities,
    (SELECT count(*) FROM derived.linked) AS links,
    (SELECT count(*) FROM derived.payment) AS payments,
    (SELECT count(DISTINCT record) FROM derived.payment_deal) AS payments_matched;
