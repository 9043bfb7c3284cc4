-- Hindsight: who saw which record when, the case as it stood on a day, and what belongs together as one scheme.
-- `whole` is a copy of the case in memory; `derived` beside it is the case as it stood on one day for somebody.

-- name: whole
CREATE SCHEMA whole;

-- name: versions-of-lists
-- Which versions of lists stand in a past; `standing-versions` sets them.
CREATE TABLE whole.standing_version AS SELECT * FROM whole.list_version LIMIT 0;
CREATE VIEW judgement.list_version AS SELECT * FROM whole.standing_version;

-- name: register-parts
-- Tables of a register, which is public, apart from tables of contracts between firms.
CREATE TABLE whole.register_part AS
SELECT part FROM whole.registration
UNION
SELECT part FROM whole.column_use
WHERE field LIKE 'company.%' OR field LIKE 'officer.%' OR field LIKE 'owner.%';

-- name: dated
-- From which day a record could be known. `shape` is what it says: one row of a register may tell of a firm since one day
-- and of an officer since another. A firm without a founding day is known from the day of the office that the row tells of.
CREATE TABLE whole.dated AS
WITH office AS (
    SELECT record, min(since) AS since FROM whole.link SEMI JOIN whole.register_part USING (part) GROUP BY record
)
SELECT 'item' AS shape, document AS kind, record, part, date AS day FROM whole.item
UNION ALL SELECT 'payment', 'payments', record, part, date FROM whole.payment
UNION ALL SELECT 'statement', 'end-use', record, part, date FROM whole.statement
UNION ALL
SELECT 'registration', 'register', r.record, r.part, coalesce(r.founded, o.since)
FROM whole.registration AS r LEFT JOIN office AS o USING (record)
UNION ALL
SELECT if(r.part IS NULL, 'relation', 'office'), if(r.part IS NULL, 'contracts', 'offices and holdings'), l.record, l.part, min(l.since)
FROM whole.link AS l LEFT JOIN whole.register_part AS r USING (part)
GROUP BY ALL
UNION ALL
SELECT 'listing', 'entities', l.record, l.part, min(v.as_of)
FROM whole.listing AS l
JOIN evidence.part AS p USING (part)
LEFT JOIN whole.list_version AS v USING (source)
GROUP BY ALL;

-- name: mentions
-- Which record names which written form of a party, in which role.
CREATE TABLE whole.mention AS
SELECT 'item' AS shape, record, role, party
FROM (
    UNPIVOT (
        SELECT record, seller, buyer, payer, manufacturer, consignor, consignee, notify, declarant, carrier, forwarder,
            end_user
        FROM whole.item
    )
    ON seller, buyer, payer, manufacturer, consignor, consignee, notify, declarant, carrier, forwarder, end_user
    INTO NAME role VALUE party
)
UNION ALL
SELECT 'payment', record, role, party
FROM (
    UNPIVOT (SELECT record, payer, ultimate_payer, payee FROM whole.payment)
    ON payer, ultimate_payer, payee INTO NAME role VALUE party
)
UNION ALL SELECT 'statement', record, 'buyer', buyer FROM whole.statement WHERE buyer IS NOT NULL
UNION ALL SELECT 'registration', record, 'company', company FROM whole.registration WHERE company IS NOT NULL
UNION ALL SELECT 'listing', record, 'party', party FROM whole.listing WHERE party IS NOT NULL
UNION ALL
SELECT if(r.part IS NULL, 'relation', 'office'), l.record, if(r.part IS NULL, 'party', l.how), l.a
FROM whole.link AS l LEFT JOIN whole.register_part AS r USING (part)
UNION ALL
SELECT if(r.part IS NULL, 'relation', 'office'), l.record, if(r.part IS NULL, 'other', 'company'), l.b
FROM whole.link AS l LEFT JOIN whole.register_part AS r USING (part);

-- name: documents
-- Goods lines with the entities that stand in them, as the whole case knows them: whose papers a record lies among is a
-- matter of fact, which no later record changes; what could be made of it is asked of the past alone.
CREATE TABLE whole.document AS
SELECT
    i.record, i.part, i.document, i.deal, i.document_no, i.order_no, i.date AS day, seller.entity AS seller,
    buyer.entity AS buyer, manufacturer.entity AS manufacturer, consignor.entity AS consignor,
    carrier.entity AS carrier, forwarder.entity AS forwarder, i.departure, i.destination
FROM whole.item AS i
LEFT JOIN whole.party_entity AS seller ON seller.party = i.seller
LEFT JOIN whole.party_entity AS buyer ON buyer.party = i.buyer
LEFT JOIN whole.party_entity AS manufacturer ON manufacturer.party = i.manufacturer
LEFT JOIN whole.party_entity AS consignor ON consignor.party = i.consignor
LEFT JOIN whole.party_entity AS carrier ON carrier.party = i.carrier
LEFT JOIN whole.party_entity AS forwarder ON forwarder.party = i.forwarder;

-- name: views-of-actors
-- Which actor got which record, by the table in the docstring of `narrows.hindsight`. `key` is an entity, a country or a
-- file; `who` is what kind of actor it is the key of.
CREATE TABLE whole.got AS
WITH firm AS (
    SELECT entity FROM whole.entity WHERE kind <> 'person'
),
seller AS (
    SELECT DISTINCT d.seller AS entity FROM whole.document AS d SEMI JOIN firm AS f ON f.entity = d.seller
),
payment AS (
    SELECT
        p.record, payer.entity AS payer, ultimate.entity AS ultimate_payer, payee.entity AS payee,
        coalesce(p.bank_country, e.country) AS bank_country
    FROM whole.payment AS p
    LEFT JOIN whole.party_entity AS payer ON payer.party = p.payer
    LEFT JOIN whole.party_entity AS ultimate ON ultimate.party = p.ultimate_payer
    LEFT JOIN whole.party_entity AS payee ON payee.party = p.payee
    LEFT JOIN whole.entity AS e ON e.entity = payer.entity
),
-- A statement lies in the files of the seller whose lines stand in the same file; in a file without lines, with each
-- seller from whom its buyer ordered.
own_file AS (
    SELECT p.source, d.seller
    FROM whole.document AS d JOIN evidence.part AS p USING (part)
    WHERE d.seller IS NOT NULL
    GROUP BY p.source, d.seller
),
statement AS (
    SELECT s.record, o.seller
    FROM whole.statement AS s JOIN evidence.part AS p USING (part) JOIN own_file AS o USING (source)
    UNION
    SELECT s.record, d.seller
    FROM whole.statement AS s
    JOIN evidence.part AS p USING (part)
    JOIN whole.party_entity AS b ON b.party = s.buyer
    JOIN whole.document AS d ON d.buyer = b.entity
    WHERE p.source NOT IN (SELECT source FROM own_file) AND d.seller IS NOT NULL
),
relation AS (
    SELECT l.record, unnest([a.entity, b.entity]) AS entity
    FROM whole.link AS l
    ANTI JOIN whole.register_part USING (part)
    LEFT JOIN whole.party_entity AS a ON a.party = l.a
    LEFT JOIN whole.party_entity AS b ON b.party = l.b
),
carrying AS (
    SELECT entity FROM (SELECT unnest([carrier, forwarder]) AS entity FROM whole.document) SEMI JOIN firm USING (entity)
),
found AS (
    SELECT 'seller' AS who, unnest([seller, buyer, consignor]) AS entity, NULL AS other, 'item' AS shape, record
    FROM whole.document
    UNION ALL SELECT 'seller', unnest([payee, payer, ultimate_payer]), NULL, 'payment', record FROM payment
    UNION ALL SELECT 'seller', seller, NULL, 'statement', record FROM statement
    UNION ALL SELECT 'seller', entity, NULL, 'relation', record FROM relation
    UNION ALL SELECT 'carrier', unnest([carrier, forwarder]), NULL, 'item', record FROM whole.document
    UNION ALL SELECT 'carrier', entity, NULL, 'relation', record FROM relation
    UNION ALL
    SELECT 'unnamed carrier', NULL, s.name, 'item', d.record
    FROM whole.document AS d JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
    WHERE d.document = 'bills' AND d.carrier IS NULL AND d.forwarder IS NULL
    UNION ALL SELECT 'bank', NULL, bank_country, 'payment', record FROM payment
    UNION ALL
    SELECT 'customs', NULL, unnest([departure, destination]), 'item', record
    FROM whole.document WHERE document IN ('declarations', 'bills')
    UNION ALL SELECT 'all', NULL, '', shape, record FROM whole.dated WHERE shape IN ('item', 'payment', 'statement', 'relation')
)
SELECT DISTINCT f.who, f.entity, f.other, f.shape, f.record, d.day
FROM found AS f
JOIN (SELECT DISTINCT shape, record, day FROM whole.dated) AS d USING (shape, record)
WHERE d.day IS NOT NULL
    AND CASE f.who
        WHEN 'seller' THEN f.entity IN (SELECT entity FROM seller)
        WHEN 'carrier' THEN f.entity IN (SELECT entity FROM carrying)
        ELSE f.other IS NOT NULL
    END;

-- name: actors
-- Actors are numbered in the order in which they are told; 0 is what everybody sees.
CREATE TABLE whole.actor AS
WITH maker AS (
    SELECT DISTINCT seller AS entity FROM whole.document WHERE manufacturer = seller
),
named AS (
    SELECT DISTINCT
        g.who, g.entity, g.other,
        CASE g.who
            WHEN 'seller' THEN if(m.entity IS NULL, 'distributor', 'maker')
            WHEN 'unnamed carrier' THEN 'carrier'
            ELSE g.who
        END AS kind,
        CASE g.who
            WHEN 'bank' THEN 'banks of payers in ' || g.other
            WHEN 'customs' THEN 'customs of ' || g.other
            WHEN 'unnamed carrier' THEN 'carrier of ' || g.other
            WHEN 'all' THEN 'all together'
            ELSE coalesce(e.name, 'entity ' || g.entity)
        END AS name
    FROM whole.got AS g
    LEFT JOIN maker AS m ON m.entity = g.entity
    LEFT JOIN whole.entity AS e ON e.entity = g.entity
)
SELECT
    row_number() OVER (
        ORDER BY list_position(['maker', 'distributor', 'bank', 'carrier', 'customs', 'all'], kind), name, entity, other
    )::INTEGER AS actor,
    kind, name, who, entity, other
FROM named;

-- name: seen
CREATE TABLE whole.seen AS
SELECT a.actor, g.shape, g.record, g.day
FROM whole.got AS g
JOIN whole.actor AS a
    ON a.who = g.who AND a.entity IS NOT DISTINCT FROM g.entity AND a.other IS NOT DISTINCT FROM g.other
UNION ALL
SELECT DISTINCT 0, shape, record, day FROM whole.dated
WHERE shape IN ('registration', 'office', 'listing') AND day IS NOT NULL
ORDER BY ALL;

-- name: undated
-- What carries no day, and so is taken to have been seen by nobody.
SELECT kind, count(DISTINCT record) FROM whole.dated WHERE day IS NULL GROUP BY kind ORDER BY kind;

-- name: unplaced
-- Declarations and bills that name no country, and so no customs.
SELECT count(*) FROM whole.document
WHERE document IN ('declarations', 'bills') AND departure IS NULL AND destination IS NULL;

-- name: list-actors
SELECT actor, kind, name, entity FROM whole.actor ORDER BY actor;

-- name: forget-others
DROP TABLE whole.got;
DROP TABLE whole.register_part;

-- name: visible
CREATE OR REPLACE TEMP TABLE visible AS
SELECT DISTINCT shape, record FROM whole.seen
WHERE day <= $day AND (actor = 0 OR actor IN (SELECT unnest($actors)));

-- name: past
-- The case as it stood. A written form stands first where it stood first by then, and was mentioned as often as by then; how
-- often is counted as in loading (schema/load.sql, first-forms).
CREATE OR REPLACE TABLE derived.item AS
SELECT w.* FROM whole.item AS w SEMI JOIN (SELECT record FROM temp.visible WHERE shape = 'item') USING (record);
CREATE OR REPLACE TABLE derived.payment AS
SELECT w.* FROM whole.payment AS w SEMI JOIN (SELECT record FROM temp.visible WHERE shape = 'payment') USING (record);
CREATE OR REPLACE TABLE derived.statement AS
SELECT w.* FROM whole.statement AS w
SEMI JOIN (SELECT record FROM temp.visible WHERE shape = 'statement') USING (record);
CREATE OR REPLACE TABLE derived.registration AS
SELECT w.* FROM whole.registration AS w
SEMI JOIN (SELECT record FROM temp.visible WHERE shape = 'registration') USING (record);
CREATE OR REPLACE TABLE derived.listing AS
SELECT w.* FROM whole.listing AS w SEMI JOIN (SELECT record FROM temp.visible WHERE shape = 'listing') USING (record);
CREATE OR REPLACE TABLE derived.unread_value AS
SELECT w.* FROM whole.unread_value AS w SEMI JOIN (SELECT DISTINCT record FROM temp.visible) USING (record);
CREATE OR REPLACE TABLE derived.party AS
WITH formed AS (
    SELECT m.party, m.role, m.shape, min(m.record) AS record, count(*) AS mentions
    FROM whole.mention AS m SEMI JOIN temp.visible USING (shape, record)
    GROUP BY m.party, m.role, m.shape
),
in_role AS (
    SELECT party, role, min(record) AS record, max(mentions) AS mentions FROM formed GROUP BY party, role
),
first_form AS (
    SELECT party, min(record) AS record, min_by(role, (record, role)) AS role, sum(mentions)::BIGINT AS mentions
    FROM in_role GROUP BY party
)
SELECT w.* REPLACE (f.record AS record, f.role AS role, f.mentions AS mentions)
FROM whole.party AS w JOIN first_form AS f USING (party)
ORDER BY w.party;
CREATE OR REPLACE TABLE derived.name_reading AS SELECT * FROM whole.name_reading;
CREATE OR REPLACE TABLE derived.name_pair AS SELECT * FROM whole.name_pair;
CREATE OR REPLACE TABLE derived.address_reading AS SELECT * FROM whole.address_reading;

-- name: past-links
-- That an office or a contract would end was not known before it did.
CREATE OR REPLACE TABLE derived.link AS
SELECT w.* REPLACE (CASE WHEN w.until <= $day THEN w.until END AS until)
FROM whole.link AS w
SEMI JOIN (SELECT record FROM temp.visible WHERE shape IN ('office', 'relation')) USING (record)
WHERE w.since <= $day;

-- name: list-versions
SELECT DISTINCT list, as_of, source FROM whole.list_version WHERE as_of <= $day ORDER BY ALL;

-- name: standing-versions
CREATE OR REPLACE TABLE whole.standing_version AS SELECT * FROM whole.list_version WHERE as_of <= $day;

-- name: standing-facts
CREATE OR REPLACE TABLE derived.list_fact AS
SELECT f.* FROM whole.list_fact AS f
SEMI JOIN (SELECT part FROM evidence.part JOIN whole.standing_version USING (source)) USING (part);

-- name: hits-then
-- Of all hits those on the records that are asked about.
SELECT record, code, kind, says, evidence
FROM derived.hit SEMI JOIN whole.wanted USING (record)
WHERE reviewed
ORDER BY record, kind, code, says;

-- name: alerts-then
SELECT DISTINCT t.record
FROM derived.trade_line AS t JOIN derived.alert AS a USING (deal)
SEMI JOIN whole.wanted AS w ON w.record = t.record
ORDER BY t.record;

-- name: want
CREATE TABLE whole.wanted AS SELECT DISTINCT record FROM asked_about;

-- name: joined-alerts
-- What alerts may have in common: who buys, receives or pays; never who sells or carries. Entities that handle goods or
-- money for others join nothing. Firms that a register links count as one.
WITH part AS (
    SELECT a.alert, t.buyer AS entity FROM derived.alert AS a JOIN derived.trade_line AS t USING (deal)
    UNION SELECT a.alert, t.consignee FROM derived.alert AS a JOIN derived.trade_line AS t USING (deal)
    UNION SELECT a.alert, t.payer FROM derived.alert AS a JOIN derived.trade_line AS t USING (deal)
    UNION
    SELECT a.alert, e.entity
    FROM derived.alert AS a
    JOIN derived.payment_deal USING (deal)
    JOIN derived.payment AS p ON p.record = payment_deal.record
    JOIN derived.party_entity AS e ON e.party IN (p.payer, p.ultimate_payer)
)
SELECT p.alert, p.entity
FROM part AS p JOIN derived.entity AS e USING (entity)
WHERE NOT coalesce(e.logistics, false)
ORDER BY p.alert, p.entity;

-- name: registered-pairs
SELECT DISTINCT least(l.a, l.b), greatest(l.a, l.b)
FROM derived.linked AS l
WHERE l.how IN ('owner', 'officer', 'common-owner', 'common-officer')
    AND l.a IN (SELECT entity FROM scheme_part) AND l.b IN (SELECT entity FROM scheme_part)
ORDER BY ALL;

-- name: lay-schemes
-- Schemes of alerts in the order of the queue, each named by the parties that stand in most of its alerts.
CREATE OR REPLACE TEMP TABLE scheme_alert AS
SELECT
    'S-' || substr(min(a.alert) OVER (PARTITION BY m.component), 3) AS scheme, m.component, a.alert, a.rank, a.deal
FROM scheme_member AS m JOIN derived.alert AS a USING (alert);

-- name: scheme-lines
-- Goods lines that tell of the same consignments: of one seller (where none is named, of one file) by the number of the
-- order or of the document. An order, its invoice and its bill of lading then count once.
CREATE OR REPLACE TEMP TABLE scheme_line AS
WITH line AS MATERIALIZED (
    SELECT
        t.record, t.deal, t.document, t.document_no, i.order_no, t.date, t.seller,
        coalesce(t.seller::VARCHAR, 'file ' || i.part) AS of_whom, t.buyer, t.amount, t.currency,
        coalesce(i.net_mass, CASE WHEN t.measure = 'kg' THEN t.quantity END, i.gross_mass) AS mass
    FROM derived.trade_line AS t JOIN derived.item AS i USING (record)
),
flagged AS (
    SELECT s.scheme, l.* FROM temp.scheme_alert AS s JOIN line AS l USING (deal)
),
number AS (
    SELECT DISTINCT scheme, of_whom, unnest([document_no, order_no]) AS number FROM flagged
),
member AS (
    SELECT scheme, record FROM flagged
    UNION
    SELECT n.scheme, l.record FROM line AS l JOIN number AS n ON n.of_whom = l.of_whom AND n.number = l.order_no
    UNION
    SELECT n.scheme, l.record FROM line AS l JOIN number AS n ON n.of_whom = l.of_whom AND n.number = l.document_no
),
-- An invoice may name as its order what the order book has as the number of the document.
renamed AS (
    SELECT of_whom, document_no AS number, min(order_no) AS order_no FROM line
    WHERE document = 'orders' AND document_no IS NOT NULL AND order_no IS NOT NULL
    GROUP BY of_whom, document_no
)
SELECT
    m.scheme, l.*,
    hash(l.of_whom, coalesce(r.order_no, l.order_no, l.document_no, 'record ' || l.record)) AS consignment_key,
    list_position(['bills', 'declarations', 'invoices', 'orders'], l.document) AS nearness
FROM member AS m
JOIN line AS l USING (record)
LEFT JOIN renamed AS r ON r.of_whom = l.of_whom AND r.number = coalesce(l.order_no, l.document_no);

-- name: consignments
-- Of the documents that tell of one sale, the kind nearest to the movement is counted, one consignment for each document;
-- where it says no weight or no value, the next kind that does lends its own.
CREATE OR REPLACE TABLE derived.scheme_consignment AS
WITH document AS MATERIALIZED (
    SELECT
        scheme, consignment_key, nearness, deal, min(document) AS document, min(document_no) AS document_no,
        min(date) AS date, min(seller) AS seller, sum(mass) AS mass, min(record) AS record, list_sort(list(record)) AS records
    FROM temp.scheme_line GROUP BY ALL
),
-- The kind of document that is counted, and those from which weight and value are taken.
chosen AS (
    SELECT
        scheme, consignment_key, min(nearness) AS counted, min(nearness) FILTER (mass IS NOT NULL) AS weighed,
        list_sort(flatten(list(records))) AS records
    FROM document GROUP BY scheme, consignment_key
),
valued AS (
    SELECT scheme, consignment_key, min(nearness) AS valued FROM temp.scheme_line
    WHERE amount IS NOT NULL AND currency IS NOT NULL GROUP BY scheme, consignment_key
),
amount AS (
    SELECT l.scheme, l.consignment_key, l.deal, l.nearness, l.currency, sum(l.amount) AS amount
    FROM temp.scheme_line AS l
    JOIN valued AS v ON v.scheme = l.scheme AND v.consignment_key = l.consignment_key AND v.valued = l.nearness
    WHERE l.amount IS NOT NULL AND l.currency IS NOT NULL
    GROUP BY ALL
),
counted AS (
    SELECT
        d.*, c.weighed, c.records AS all_records,
        row_number() OVER (PARTITION BY d.scheme, d.consignment_key ORDER BY d.date NULLS LAST, d.record) AS nth,
        count(*) OVER (PARTITION BY d.scheme, d.consignment_key) AS several
    FROM document AS d
    JOIN chosen AS c ON c.scheme = d.scheme AND c.consignment_key = d.consignment_key AND c.counted = d.nearness
),
-- What is lent by another kind of document goes to the first consignment of the sale.
lent_mass AS (
    SELECT d.scheme, d.consignment_key, sum(d.mass) AS mass
    FROM document AS d
    JOIN chosen AS c ON c.scheme = d.scheme AND c.consignment_key = d.consignment_key AND c.weighed = d.nearness
    WHERE c.weighed <> c.counted
    GROUP BY ALL
),
worth AS (
    SELECT
        c.scheme, c.record, list(struct_pack(currency := a.currency, amount := a.amount::DECIMAL(38, 4)) ORDER BY a.currency) AS amounts
    FROM counted AS c
    JOIN (
        SELECT scheme, consignment_key, deal, nearness, currency, amount FROM amount
    ) AS a
        ON a.scheme = c.scheme AND a.consignment_key = c.consignment_key
        AND (a.deal = c.deal AND a.nearness = c.nearness)
    GROUP BY c.scheme, c.record
    UNION ALL
    SELECT
        c.scheme, c.record, list(struct_pack(currency := a.currency, amount := a.amount::DECIMAL(38, 4)) ORDER BY a.currency)
    FROM counted AS c
    JOIN (
        SELECT scheme, consignment_key, nearness, currency, sum(amount) AS amount FROM amount GROUP BY ALL
    ) AS a
        ON a.scheme = c.scheme AND a.consignment_key = c.consignment_key AND a.nearness <> c.nearness
    WHERE c.nth = 1
    GROUP BY c.scheme, c.record
)
SELECT
    c.scheme,
    row_number() OVER (PARTITION BY c.scheme ORDER BY c.date NULLS LAST, c.record)::INTEGER AS consignment,
    c.document, c.document_no, c.date, c.seller,
    coalesce(c.mass, CASE WHEN c.nth = 1 THEN m.mass END) AS mass, coalesce(w.amounts, []) AS amounts, c.record,
    CASE WHEN c.several = 1 THEN c.all_records ELSE c.records END AS records
FROM counted AS c
LEFT JOIN lent_mass AS m ON m.scheme = c.scheme AND m.consignment_key = c.consignment_key
LEFT JOIN worth AS w ON w.scheme = c.scheme AND w.record = c.record
ORDER BY c.scheme, consignment;

-- name: schemes
CREATE OR REPLACE TABLE derived.scheme AS
WITH party AS (
    SELECT s.scheme, m.entity, count(DISTINCT s.alert) AS alerts
    FROM temp.scheme_alert AS s JOIN scheme_part AS m USING (alert)
    GROUP BY s.scheme, m.entity
),
named AS (
    SELECT
        p.scheme, p.entity, p.alerts, e.name,
        e.kind = 'person' OR p.entity IN (SELECT buyer FROM derived.trade_line WHERE buyer_status = 'public') AS private
    FROM party AS p JOIN derived.entity AS e USING (entity)
),
title AS (
    SELECT
        scheme,
        list(name ORDER BY alerts DESC, name) FILTER (NOT private AND name IS NOT NULL) AS names,
        count(*) FILTER (private) AS private,
        list_sort(list(entity)) AS parties
    FROM named GROUP BY scheme
),
alert AS (
    SELECT scheme, min(rank) AS rank, list(alert ORDER BY rank) AS alerts, min_by(alert, rank) AS first_alert
    FROM temp.scheme_alert GROUP BY scheme
),
moved AS (
    SELECT
        scheme, count(*) AS consignments, count(*) FILTER (date IS NULL) AS undated, sum(mass) AS mass,
        min(date) AS first, max(date) AS last
    FROM derived.scheme_consignment GROUP BY scheme
),
worth AS (
    SELECT scheme, list(struct_pack(currency := currency, amount := amount) ORDER BY currency) AS amounts
    FROM (
        SELECT scheme, s.currency AS currency, sum(s.amount)::DECIMAL(38, 4) AS amount
        FROM (SELECT scheme, unnest(amounts) AS s FROM derived.scheme_consignment)
        GROUP BY ALL
    )
    GROUP BY scheme
)
SELECT
    a.scheme, row_number() OVER (ORDER BY a.rank)::INTEGER AS rank,
    CASE
        WHEN t.names IS NULL AND coalesce(t.private, 0) > 0 THEN 'A private buyer'
        WHEN t.names IS NULL THEN 'Transactions without a named buyer'
        WHEN len(t.names) = 1 THEN t.names[1]
        WHEN len(t.names) = 2 THEN t.names[1] || ' and ' || t.names[2]
        WHEN len(t.names) = 3 THEN t.names[1] || ', ' || t.names[2] || ' and ' || t.names[3]
        ELSE t.names[1] || ', ' || t.names[2] || ' and ' || len(t.names) - 2 || ' others'
    END AS title,
    a.alerts, coalesce(t.parties, []) AS parties, coalesce(m.consignments, 0) AS consignments,
    coalesce(m.undated, 0) AS undated, m.mass, coalesce(w.amounts, []) AS amounts, m.first, m.last,
    al.record, false AS replayed, NULL::DATE AS first_hit, NULL::VARCHAR AS first_by, NULL::VARCHAR AS told
FROM alert AS a
JOIN derived.alert AS al ON al.alert = a.first_alert
LEFT JOIN title AS t USING (scheme)
LEFT JOIN moved AS m USING (scheme)
LEFT JOIN worth AS w USING (scheme)
ORDER BY rank;

-- name: scheme-records
-- What belongs to a scheme, and of which of its goods lines it tells: the lines themselves, what was paid for them, what their
-- buyers stated.
SELECT DISTINCT scheme, shape, record, line
FROM (
    SELECT scheme, 'item' AS shape, record, record AS line FROM temp.scheme_line
    UNION ALL
    SELECT l.scheme, 'payment', d.record, l.record
    FROM temp.scheme_line AS l JOIN derived.payment_deal AS d USING (deal)
    UNION ALL
    SELECT l.scheme, 'statement', s.record, l.record
    FROM temp.scheme_line AS l
    JOIN derived.party_entity AS e ON e.entity = l.buyer
    JOIN derived.statement AS s ON s.buyer = e.party
)
ORDER BY ALL;

-- name: forget-schemes
DROP TABLE temp.scheme_line;
DROP TABLE temp.scheme_alert;

-- name: list-schemes
SELECT scheme, title, parties FROM derived.scheme ORDER BY rank;

-- name: list-consignments
SELECT date, mass, amounts FROM derived.scheme_consignment WHERE scheme = ? ORDER BY consignment;

-- name: sight
-- Who saw which record of which scheme, and when.
SELECT r.scheme, s.actor, s.day, s.shape, s.record
FROM belonging AS r JOIN whole.seen AS s USING (shape, record)
WHERE s.actor > 0
ORDER BY ALL;

-- name: answer-schemes
CREATE OR REPLACE TABLE derived.scheme AS
SELECT s.* REPLACE (a.scheme IS NOT NULL AS replayed, a.first_hit AS first_hit, a.first_by AS first_by, a.told AS told)
FROM derived.scheme AS s LEFT JOIN answer AS a ON a.scheme = s.scheme
ORDER BY s.rank;

-- name: add-replay
INSERT INTO derived.replay SELECT * FROM found ORDER BY scheme, actor;

-- name: add-sharing
INSERT INTO derived.replay_sharing SELECT * FROM found ORDER BY scheme, left_actor, right_actor;

-- name: list-alerts
SELECT alert FROM derived.alert ORDER BY rank;
