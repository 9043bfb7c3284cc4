-- The network: who supplies whom with what, and by which ways goods went. See map/__init__.py.

-- name: country-texts
SELECT DISTINCT country FROM derived.party WHERE country IS NOT NULL ORDER BY country;

-- name: place-ids
SELECT DISTINCT place FROM derived.address_reading WHERE place IS NOT NULL ORDER BY place;

-- name: party-places
-- Where each party stands: a place of the gazetteer, else the town as its record names it, else its country alone. A town
-- that the gazetteer does not know is two places under two spellings.
CREATE OR REPLACE TEMP TABLE party_place AS
WITH read AS (
    SELECT
        p.party, pe.entity, p.mentions, coalesce(c.code, e.country) AS country, a.place,
        -- The town follows the last comma, beside its postcode.
        nullif(
            trim(regexp_replace(coalesce(p.city, string_split(p.address, ',')[-1]), '[\d/.\-]*\d[\d/.\-]*', ' ', 'g')), ''
        ) AS town
    FROM derived.party AS p
    JOIN derived.party_entity AS pe USING (party)
    JOIN derived.entity AS e USING (entity)
    LEFT JOIN country_code AS c ON c.text = p.country
    LEFT JOIN derived.address_reading AS a
        ON a.address = coalesce(p.address, '') AND a.city = coalesce(p.city, '') AND a.country = coalesce(c.code, '')
),
named AS (
    SELECT
        r.*, g.id, g.name, g.country AS place_country, g.latitude, g.longitude,
        CASE WHEN strlen(town) BETWEEN 2 AND 60 THEN strip_accents(lower(town)) END AS town_key
    FROM read AS r
    -- A place in another country than the record's own is a word read wrongly.
    LEFT JOIN gazetteer AS g ON g.id = r.place AND coalesce(g.country = r.country, true)
),
-- A town beside no country is the one of its name, where all others of that name lie in one country.
only_one AS (
    SELECT town_key, min(country) AS country FROM named WHERE id IS NULL AND town_key IS NOT NULL
    GROUP BY town_key HAVING count(DISTINCT country) = 1
),
settled AS (
    SELECT n.* REPLACE (coalesce(n.country, n.place_country, o.country) AS country)
    FROM named AS n LEFT JOIN only_one AS o USING (town_key)
)
SELECT
    party, entity, mentions, country, latitude, longitude,
    CASE
        WHEN id IS NOT NULL THEN id
        WHEN town_key IS NOT NULL THEN coalesce(country, '') || ' ' || town_key
        ELSE country
    END AS key,
    CASE WHEN id IS NOT NULL THEN name WHEN town_key IS NOT NULL THEN town END AS name
FROM settled;

-- name: entity-places
-- Where each entity stands: the place that most of its records name; a town goes before a country.
CREATE OR REPLACE TEMP TABLE entity_place AS
WITH counted AS (
    SELECT entity, key, bool_or(name IS NOT NULL) AS town, sum(mentions)::BIGINT AS mentions
    FROM temp.party_place WHERE key IS NOT NULL GROUP BY entity, key
)
SELECT entity, max_by(key, (town, mentions, key)) AS key FROM counted GROUP BY entity;

-- name: told
-- Each line of a trade document with its parties as entities. `sale`: lines of one seller under one order number tell of
-- one sale, whichever documents they stand in. Private persons are no nodes.
CREATE OR REPLACE TEMP TABLE told AS
WITH line AS (
    SELECT
        i.record, i.deal, i.date, i.document,
        CASE i.document WHEN 'orders' THEN 1 WHEN 'invoices' THEN 2 WHEN 'declarations' THEN 3 ELSE 4 END AS nth,
        maker.entity AS maker, coalesce(seller.entity, consignor.entity) AS seller, buyer.entity AS buyer,
        consignee.entity AS consignee, end_user.entity AS end_user,
        coalesce(carrier.entity, forwarder.entity) AS carrier,
        i.consignee AS consignee_party, i.buyer AS buyer_party, i.destination,
        coalesce(g.heading, '') AS commodity, g.description,
        CASE WHEN i.net_mass IS NOT NULL THEN i.net_mass WHEN i.measure = 'kg' THEN i.quantity END AS mass,
        i.amount, CASE WHEN i.amount IS NOT NULL THEN i.currency END AS currency,
        upper(regexp_replace(coalesce(i.order_no, i.document_no), '[^\p{L}\p{N}]+', '', 'g')) AS number
    FROM derived.item AS i
    LEFT JOIN derived.goods AS g USING (goods)
    LEFT JOIN derived.party_entity AS maker ON maker.party = i.manufacturer
    LEFT JOIN derived.party_entity AS seller ON seller.party = i.seller
    LEFT JOIN derived.party_entity AS consignor ON consignor.party = i.consignor
    LEFT JOIN derived.party_entity AS buyer ON buyer.party = i.buyer
    LEFT JOIN derived.party_entity AS consignee ON consignee.party = i.consignee
    LEFT JOIN derived.party_entity AS end_user ON end_user.party = i.end_user
    LEFT JOIN derived.party_entity AS carrier ON carrier.party = i.carrier
    LEFT JOIN derived.party_entity AS forwarder ON forwarder.party = i.forwarder
    WHERE i.trade
),
sale AS (
    SELECT seller, number, min(record) AS sale FROM line WHERE seller IS NOT NULL AND strlen(number) >= 2 GROUP BY ALL
)
SELECT l.*, coalesce(s.sale, l.deal) AS sale
FROM line AS l LEFT JOIN sale AS s ON s.seller = l.seller AND s.number = l.number;

-- name: told-again
-- Of several kinds of document on one sale the first in the order of trade is counted; what the others say of the same
-- goods fills what it leaves open.
CREATE OR REPLACE TEMP TABLE first_told AS
SELECT sale, min(nth) AS nth FROM temp.told GROUP BY sale;
CREATE OR REPLACE TEMP TABLE again AS
SELECT t.sale, t.commodity, list(t.record ORDER BY t.record) AS records, sum(t.mass) AS mass
FROM temp.told AS t JOIN temp.first_told AS f USING (sale) WHERE t.nth > f.nth GROUP BY t.sale, t.commodity;
CREATE OR REPLACE TEMP TABLE again_of_sale AS
SELECT
    t.sale,
    CASE WHEN count(DISTINCT t.consignee) = 1 THEN max(t.consignee) END AS consignee,
    CASE WHEN count(DISTINCT t.consignee) = 1 THEN max(t.consignee_party) END AS consignee_party,
    CASE WHEN count(DISTINCT t.buyer) = 1 THEN max(t.buyer) END AS buyer,
    CASE WHEN count(DISTINCT t.buyer) = 1 THEN max(t.buyer_party) END AS buyer_party,
    CASE WHEN count(DISTINCT t.destination) = 1 THEN max(t.destination) END AS destination
FROM temp.told AS t JOIN temp.first_told AS f USING (sale) WHERE t.nth > f.nth GROUP BY t.sale;

-- name: lines
-- Each line once, with who had the goods in turn and where they went.
CREATE OR REPLACE TEMP TABLE line AS
WITH first AS (
    SELECT t.*, 1 AS alike, 1 AS nth_alike, 1 AS nth_of_sale FROM temp.told AS t ANTI JOIN temp.again_of_sale USING (sale)
    UNION ALL
    SELECT
        t.*, count(*) OVER (PARTITION BY t.sale, t.commodity) AS alike,
        row_number() OVER (PARTITION BY t.sale, t.commodity ORDER BY t.record) AS nth_alike,
        row_number() OVER (PARTITION BY t.sale ORDER BY t.record) AS nth_of_sale
    FROM temp.told AS t SEMI JOIN temp.again_of_sale USING (sale) JOIN temp.first_told AS f USING (sale, nth)
),
-- Goods that the counted document does not name stand behind its first line.
loose AS (
    SELECT a.sale, flatten(list(a.records ORDER BY a.commodity)) AS records
    FROM temp.again AS a ANTI JOIN first AS f ON f.sale = a.sale AND f.commodity = a.commodity GROUP BY a.sale
),
filled AS (
    SELECT
        f.record, f.deal, f.sale, f.date, f.document, f.maker, f.seller, coalesce(f.buyer, s.buyer) AS buyer,
        coalesce(f.consignee, s.consignee) AS consignee, f.end_user, f.carrier,
        coalesce(f.consignee_party, s.consignee_party) AS consignee_party,
        coalesce(f.buyer_party, s.buyer_party) AS buyer_party, coalesce(f.destination, s.destination) AS destination,
        f.commodity, f.description, coalesce(f.mass, CASE WHEN f.alike = 1 THEN a.mass END) AS mass, f.amount, f.currency,
        [f.record]
        || CASE WHEN f.nth_alike = 1 THEN coalesce(a.records, []) ELSE [] END
        || CASE WHEN f.nth_of_sale = 1 THEN coalesce(l.records, []) ELSE [] END AS records
    FROM first AS f
    LEFT JOIN temp.again AS a ON a.sale = f.sale AND a.commodity = f.commodity
    LEFT JOIN temp.again_of_sale AS s ON s.sale = f.sale
    LEFT JOIN loose AS l ON l.sale = f.sale
)
SELECT
    f.*,
    CASE
        WHEN consignee IS NOT NULL THEN coalesce(cp.key, ce.key, destination)
        ELSE coalesce(bp.key, be.key, destination)
    END AS place
FROM filled AS f
LEFT JOIN temp.party_place AS cp ON cp.party = f.consignee_party AND cp.name IS NOT NULL
LEFT JOIN temp.entity_place AS ce ON ce.entity = f.consignee
LEFT JOIN temp.party_place AS bp ON bp.party = f.buyer_party AND bp.name IS NOT NULL
LEFT JOIN temp.entity_place AS be ON be.entity = f.buyer;

-- name: keep-places
-- Numbered by key, so that the same places have the same numbers in every run.
CREATE OR REPLACE TABLE derived.place AS
WITH named AS (
    SELECT
        key, max_by(name, (mentions, name)) AS name, max(country) AS country, max(latitude) AS latitude,
        max(longitude) AS longitude
    FROM temp.party_place WHERE key IS NOT NULL GROUP BY key
    UNION ALL
    SELECT DISTINCT destination, NULL, destination, NULL::DOUBLE, NULL::DOUBLE FROM temp.line
    WHERE destination IS NOT NULL AND destination NOT IN (SELECT key FROM temp.party_place WHERE key IS NOT NULL)
),
went AS (
    SELECT DISTINCT place AS key FROM temp.line WHERE place IS NOT NULL
)
SELECT row_number() OVER (ORDER BY key) AS place, n.name, n.country, n.latitude, n.longitude, key
FROM named AS n SEMI JOIN went USING (key) ORDER BY key;

-- name: keep-flow-lines
-- The way of each line: maker, seller, buyer, consignee, end user, place. Left out are private persons, and carriers,
-- forwarders and banks unless they are asked for; whoever has the goods twice in a row stands once.
CREATE OR REPLACE TABLE derived.flow_line AS
WITH aside AS (
    SELECT entity FROM derived.entity WHERE kind = 'person' OR (logistics AND NOT $carriers)
),
standing AS (
    SELECT
        l.*,
        list_filter(
            [
                CASE WHEN am.entity IS NULL THEN l.maker END,
                -- A seller stays one, whatever else it does.
                l.seller,
                CASE WHEN $carriers THEN l.carrier END,
                CASE WHEN ab.entity IS NULL THEN l.buyer END,
                CASE WHEN ac.entity IS NULL THEN l.consignee END,
                CASE WHEN au.entity IS NULL THEN l.end_user END,
                -p.place
            ],
            lambda node: node IS NOT NULL
        ) AS steps
    FROM temp.line AS l
    LEFT JOIN aside AS am ON am.entity = l.maker
    LEFT JOIN aside AS ab ON ab.entity = l.buyer
    LEFT JOIN aside AS ac ON ac.entity = l.consignee
    LEFT JOIN aside AS au ON au.entity = l.end_user
    LEFT JOIN derived.place AS p ON p.key = l.place
)
SELECT
    record, deal, sale, date, document,
    list_filter(steps, lambda node, nth: nth = 1 OR node <> steps[nth - 1]) AS nodes, seller, buyer, consignee,
    commodity, description, mass, amount, currency, list_sort(list_distinct(records)) AS records
FROM standing
ORDER BY record;

-- name: register-links
-- Firms that a register ties to each other, by an owner, an officer, or a common one of these.
SELECT DISTINCT l.a, l.b
FROM derived.linked AS l
JOIN derived.entity AS a ON a.entity = l.a
JOIN derived.entity AS b ON b.entity = l.b
WHERE l.how IN ('owner', 'officer', 'common-owner', 'common-officer') AND l.a < l.b
    AND a.kind IS DISTINCT FROM 'person' AND b.kind IS DISTINCT FROM 'person'
ORDER BY ALL;

-- name: keep-nodes
CREATE OR REPLACE TABLE derived.node AS
WITH role AS (
    SELECT node, CASE
        WHEN node < 0 THEN 'place'
        WHEN nth = 1 AND node IS DISTINCT FROM seller THEN 'maker'
        WHEN node = seller THEN 'distributor'
        WHEN node = buyer THEN 'purchaser'
        ELSE 'consignee'
    END AS role
    FROM (
        SELECT unnest(nodes) AS node, generate_subscripts(nodes, 1) AS nth, seller, buyer
        FROM derived.flow_line
    )
),
counted AS (
    SELECT node, role, count(*) AS n FROM role GROUP BY node, role
)
SELECT
    c.node, CASE WHEN c.node < 0 THEN 'place' ELSE 'entity' END AS kind,
    CASE WHEN c.node < 0 THEN coalesce(p.name, p.country || ', town not stated') ELSE e.name END AS name,
    coalesce(p.country, e.country) AS country, c.role, coalesce(e.logistics, false) AS logistics,
    coalesce(g.registered_group, c.node) AS registered_group, e.activity, c.lines
FROM (
    -- Of two roles that are as frequent, the one further down counts: who receives in the end is asked about there.
    SELECT node, max_by(role, (n, role = 'consignee', role)) AS role, sum(n)::BIGINT AS lines FROM counted GROUP BY node
) AS c
LEFT JOIN derived.entity AS e ON e.entity = c.node
LEFT JOIN derived.place AS p ON p.place = -c.node
LEFT JOIN registered AS g ON g.node = c.node
ORDER BY c.node;

-- name: keep-edges
-- Supply sums goods lines by commodity and currency. Payments, ownership, offices, and what firms share are edges of other
-- kinds, and never part of a flow. records: the first few; derived.flow_line has all of a supply.
CREATE OR REPLACE TABLE derived.edge AS
WITH paid AS MATERIALIZED (
    -- One end after the other: in one join every party may be held against every other first.
    SELECT e.entity AS payer, p.payee, p.date, p.amount, p.currency, p.record
    FROM derived.payment AS p JOIN derived.party_entity AS e ON e.party = p.payer
),
tied AS MATERIALIZED (
    SELECT e.entity AS a, l.b, l.how, l.since, l.until, l.record
    FROM derived.link AS l JOIN derived.party_entity AS e ON e.party = l.a
),
hop AS (
    SELECT nodes[nth] AS source, nodes[nth + 1] AS target, commodity, currency, mass, amount, date, record
    FROM (SELECT *, unnest(range(1, len(nodes))) AS nth FROM derived.flow_line)
),
found AS (
    SELECT
        source, target, 'supply' AS kind, commodity, count(*) AS lines, sum(mass) AS mass, count(mass) AS weighed,
        sum(amount) AS amount, currency, min(date) AS first, max(date) AS last, count(*) - count(date) AS undated,
        min(record, 8) AS records
    FROM hop GROUP BY source, target, commodity, currency
    UNION ALL
    SELECT
        p.payer, payee.entity, 'payment', NULL, count(*), NULL, NULL, sum(p.amount),
        p.currency, min(p.date), max(p.date), count(*) - count(p.date), min(p.record, 8)
    FROM paid AS p JOIN derived.party_entity AS payee ON payee.party = p.payee
    GROUP BY p.payer, payee.entity, p.currency
    UNION ALL
    SELECT
        t.a, b.entity, coalesce(t.how, 'other'), NULL, count(*), NULL, NULL, NULL, NULL,
        min(t.since), max(t.until), count(*) - count(t.since), min(t.record, 8)
    FROM tied AS t JOIN derived.party_entity AS b ON b.party = t.b
    WHERE t.a <> b.entity
    GROUP BY t.a, b.entity, coalesce(t.how, 'other')
    UNION ALL
    SELECT
        a, b, 'same ' || how, NULL, count(*), NULL, NULL, NULL, NULL, min(since), NULL, count(*) - count(since),
        list_sort(list_distinct(min(left_record, 4) || min(right_record, 4)))
    FROM derived.shared GROUP BY a, b, how
)
SELECT row_number() OVER (ORDER BY kind, source, target, commodity, currency) AS edge, *
FROM found
ORDER BY edge;

-- name: counts
SELECT
    (SELECT count(*) FROM derived.node WHERE kind = 'entity') AS entities,
    (SELECT count(*) FROM derived.node WHERE kind = 'place') AS places,
    (SELECT count(*) FROM derived.edge WHERE kind = 'supply') AS supplies,
    (SELECT count(*) FROM derived.edge WHERE kind <> 'supply') AS others,
    (SELECT count(*) FROM derived.flow_line) AS lines,
    (SELECT count(*) FROM derived.flow_line WHERE len(nodes) < 2) AS without_way,
    (SELECT coalesce(sum(len(records) - 1), 0)::BIGINT FROM derived.flow_line) AS told_again,
    (SELECT count(*) FROM derived.flow_line WHERE commodity = '') AS unrecognised,
    (SELECT count(*) FROM derived.flow_line WHERE date IS NULL) AS undated;

-- name: found
SELECT (SELECT count(*) FROM derived.junction) AS junctions, (SELECT count(*) FROM derived.flow) AS flows;

-- name: drop-temporary
DROP TABLE temp.party_place;
DROP TABLE temp.entity_place;
DROP TABLE temp.told;
DROP TABLE temp.first_told;
DROP TABLE temp.again;
DROP TABLE temp.again_of_sale;
DROP TABLE temp.line;
