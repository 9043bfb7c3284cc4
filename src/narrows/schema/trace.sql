-- Tracing: what is read of recovered items and of the papers about them.

-- name: items
-- Recovered items. A photograph is the received file of that name; of several of one name, none.
WITH photo AS (
    SELECT lower(name) AS name, min(source) AS source
    FROM evidence.source WHERE source NOT IN (SELECT source FROM evidence.part)
    GROUP BY ALL HAVING count(*) = 1
)
SELECT
    r.record, r.item_no, r.date, r.place, r.country, r.latitude, r.longitude, g.description, g.hs6, g.heading, r.marking,
    r.lot, r.serial, r.quantity, r.measure, r.photo, f.source AS photo_source, m.entity AS maker, r.reliability,
    r.credibility, r.origin_id, p.source, r.notes
FROM derived.recovery AS r
JOIN evidence.part AS p USING (part)
LEFT JOIN derived.goods AS g USING (goods)
LEFT JOIN derived.party_entity AS m ON m.party = r.manufacturer
LEFT JOIN photo AS f ON f.name = lower(r.photo)
ORDER BY r.record;

-- name: paper-marks
SELECT 'lot' AS field, lot AS text FROM derived.item WHERE lot IS NOT NULL
UNION SELECT 'serial', serial FROM derived.item WHERE serial IS NOT NULL
ORDER BY ALL;

-- name: pairs-of-marks
-- Texts of items and of papers that may be one mark; vocab.marks decides which are, and how.
WITH one AS (SELECT * FROM item_marks WHERE kind = 'one'),
    part AS (SELECT * FROM item_marks WHERE kind = 'partial')
SELECT i.field, i.text AS ours, p.text AS theirs
FROM one AS i JOIN paper_marks AS p ON p.field = i.field AND p.kind = 'one' AND p.key = i.key
UNION
SELECT i.field, i.text, p.text
FROM one AS i
JOIN paper_marks AS p
    ON p.field = i.field AND p.kind = 'range'
    AND CASE
        WHEN p.prefix = '' THEN TRY_CAST(i.folded AS BIGINT) BETWEEN p.low AND p.high
        ELSE starts_with(i.folded, p.prefix)
            AND TRY_CAST(substr(i.folded, strlen(p.prefix) + 1) AS BIGINT) BETWEEN p.low AND p.high
    END
UNION
SELECT i.field, i.text, p.text
FROM part AS i JOIN paper_marks AS p ON p.field = i.field AND p.kind = 'one' AND p.folded LIKE i.pattern
UNION
SELECT i.field, i.text, p.text
FROM one AS i JOIN paper_marks AS p ON p.field = i.field AND p.kind = 'partial' AND i.folded LIKE p.pattern
ORDER BY ALL;

-- name: marked-papers
-- The records that bear a mark; of one that stands on very many, the first.
SELECT record
FROM (
    SELECT i.record, m.field, m.text
    FROM derived.item AS i JOIN wanted_marks AS m ON m.field = 'lot' AND m.text = i.lot
    UNION ALL
    SELECT i.record, m.field, m.text
    FROM derived.item AS i JOIN wanted_marks AS m ON m.field = 'serial' AND m.text = i.serial
)
QUALIFY row_number() OVER (PARTITION BY field, text ORDER BY record) <= $most
ORDER BY record;

-- name: papers
-- Records about goods, with those through whose hands the goods went. Carriers and forwarders hold them for others.
WITH who AS (
    SELECT p.party, p.entity FROM derived.party_entity AS p JOIN derived.entity AS e USING (entity)
    WHERE e.logistics IS DISTINCT FROM true
)
SELECT
    i.record, i.document, i.document_no, i.order_no, i.date, i.trade, i.lot, i.serial, i.manufactured, i.quantity,
    i.measure, i.net_mass, g.description, g.hs6, g.heading, i.destination, i.reliability, i.credibility, i.origin_id,
    p.source, maker.entity AS maker, consignor.entity AS consignor, seller.entity AS seller, buyer.entity AS buyer,
    consignee.entity AS consignee
FROM derived.item AS i
SEMI JOIN wanted_records AS w ON w.record = i.record
JOIN evidence.part AS p USING (part)
LEFT JOIN derived.goods AS g USING (goods)
LEFT JOIN who AS maker ON maker.party = i.manufacturer
LEFT JOIN who AS consignor ON consignor.party = i.consignor
LEFT JOIN who AS seller ON seller.party = i.seller
LEFT JOIN who AS buyer ON buyer.party = i.buyer
LEFT JOIN who AS consignee ON consignee.party = i.consignee
ORDER BY i.record;

-- name: papers-of-numbers
-- Lines without a mark that bear the number of a paper, or name it as their order.
SELECT record
FROM derived.item
WHERE lot IS NULL AND serial IS NULL
    AND (upper(trim(document_no)) IN (SELECT number FROM wanted_numbers)
        OR upper(trim(order_no)) IN (SELECT number FROM wanted_numbers))
ORDER BY record;

-- name: same-goods
-- Lines of the same goods without a lot or serial number that a holder gave to others before the item was found.
SELECT s.item, i.record
FROM derived.item AS i
JOIN derived.party_entity AS giver ON giver.party = coalesce(i.seller, i.consignor)
JOIN derived.goods AS g USING (goods)
JOIN sought AS s
    ON s.holder = giver.entity
    AND (s.hs6 = g.hs6 OR (s.heading = g.heading AND (s.hs6 IS NULL OR g.hs6 IS NULL)))
WHERE i.trade AND i.lot IS NULL AND i.serial IS NULL AND (i.date IS NULL OR s.until IS NULL OR i.date <= s.until)
QUALIFY row_number() OVER (PARTITION BY s.item ORDER BY i.date DESC NULLS LAST, i.record) <= $most
ORDER BY s.item, i.record;

-- name: payments
-- What holders of one item paid to one another.
SELECT
    a.item, y.record, y.document_no, y.date, payee.entity AS payee, payer.entity AS payer, p.source
FROM derived.payment AS y
JOIN evidence.part AS p USING (part)
JOIN derived.party_entity AS payer ON payer.party = coalesce(y.ultimate_payer, y.payer)
JOIN derived.party_entity AS payee ON payee.party = y.payee
JOIN holders AS a ON a.holder = payer.entity
JOIN holders AS b ON b.holder = payee.entity AND b.item = a.item
WHERE payer.entity <> payee.entity
ORDER BY a.item, y.record;

-- name: names
-- What entities are called where it may leave the case: natural persons, and buyers who are members of the public by what
-- a record states, are not named.
SELECT
    e.entity, e.name,
    e.kind = 'person' OR p.entity IS NOT NULL AS private
FROM derived.entity AS e
LEFT JOIN (
    SELECT DISTINCT x.entity
    FROM derived.item AS i JOIN derived.party_entity AS x ON x.party = i.buyer
    WHERE i.buyer_status = 'public'
) AS p USING (entity)
SEMI JOIN holders AS h ON h.holder = e.entity
ORDER BY e.entity;

-- name: add-party
INSERT INTO derived.custody_party SELECT * FROM rows_of_table;

-- name: add-item
INSERT INTO derived.custody_item SELECT * FROM rows_of_table;

-- name: add-mark
INSERT INTO derived.custody_mark SELECT * FROM rows_of_table;

-- name: add-chain
INSERT INTO derived.custody_chain SELECT * FROM rows_of_table;

-- name: add-link
INSERT INTO derived.custody_link SELECT * FROM rows_of_table;

-- name: add-note
INSERT INTO derived.custody_note SELECT * FROM rows_of_table;

-- name: add-ask
INSERT INTO derived.custody_ask SELECT * FROM rows_of_table;

-- name: count-recoveries
SELECT count(*) FROM derived.recovery;

-- name: item-keys
SELECT item FROM derived.custody_item ORDER BY record;

-- name: item
SELECT * FROM derived.custody_item WHERE item = ?;

-- name: chains-of
SELECT * FROM derived.custody_chain WHERE item = ? ORDER BY chain;

-- name: links-of
SELECT * FROM derived.custody_link WHERE item = ? ORDER BY chain, step;

-- name: notes-of
SELECT * FROM derived.custody_note WHERE item = ? ORDER BY kind, says, records;

-- name: asks-of
SELECT * FROM derived.custody_ask WHERE list_contains(items, ?) ORDER BY rank;

-- name: parties
-- Who stands in the chains: what they are called where it may leave the case, and what a person decided to infer of each.
SELECT
    c.entity, c.name, c.private, coalesce(j.verdict, 'none') AS verdict, j.who, j.entered, j.reason,
    f.party
FROM derived.custody_party AS c
JOIN (
    SELECT x.entity, printf('%x', min(y.record)) || '.' || min_by(y.role, (y.record, y.role)) AS party
    FROM derived.party_entity AS x JOIN derived.party AS y USING (party) GROUP BY x.entity
) AS f USING (entity)
LEFT JOIN (
    SELECT
        x.entity, max_by(i.verdict, i.seq) AS verdict, max_by(i.who, i.seq) AS who, max_by(i.entered, i.seq) AS entered,
        max_by(i.reason, i.seq) AS reason
    FROM judgement.inference AS i
    JOIN derived.party AS y ON y.record = i.record AND y.role = i.role
    JOIN derived.party_entity AS x USING (party)
    GROUP BY x.entity
) AS j USING (entity)
ORDER BY c.entity;

-- name: places
SELECT r.record, s.name, p.sheet
FROM wanted_records AS r
JOIN evidence.part AS p ON p.part = r.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY r.record;
