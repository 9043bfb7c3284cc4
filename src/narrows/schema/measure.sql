-- Measures: numbers that are heavy or hard to say in an indicator, computed once for all lines by reviewed SQL.
-- Everything groups and joins; no window runs over the lines, so that cost grows in line with their number.

-- name: substances
CREATE OR REPLACE TABLE derived.substance AS SELECT * FROM substances ORDER BY substance;
CREATE OR REPLACE TABLE derived.substance_code AS SELECT * FROM codes ORDER BY ALL;

-- name: drop-temporary
DROP TABLE temp.line;
DROP TABLE temp.had;
DROP TABLE temp.usual;
DROP TABLE temp.class_usual;
DROP TABLE temp.step;
DROP TABLE temp.step_group;
DROP TABLE temp.norm;
DROP TABLE temp.norm_for;

-- name: count
SELECT count(*) FROM derived.trade_line;

-- name: lines
-- Goods lines with parties resolved and goods recognised. What is no trade of its own is left out here, and so everywhere.
CREATE OR REPLACE TEMP TABLE line AS
SELECT
    i.record, i.deal, i.document, i.document_no, i.date,
    seller.entity AS seller, buyer.entity AS buyer, payer.entity AS payer, manufacturer.entity AS manufacturer,
    consignor.entity AS consignor, consignee.entity AS consignee, notify.entity AS notify,
    declarant.entity AS declarant, carrier.entity AS carrier, forwarder.entity AS forwarder,
    end_user.entity AS end_user, i.buyer AS buyer_party,
    be.activity AS buyer_activity, ce.activity AS consignee_activity,
    g.description, g.heading AS goods_class, TRY_CAST(g.heading AS SMALLINT) AS class, g.hs6, g.cas, g.substance, g.certainty, g.named AS named_substance,
    g.by_cas AS cas_substance, g.by_un AS un_substance, g.restricted_list, g.regulated, g.high_priority, g.above_limit,
    g.high AS concentration,
    CASE WHEN i.quantity IS NOT NULL AND i.measure IS NOT NULL THEN i.quantity
         WHEN i.net_mass IS NOT NULL THEN i.net_mass END AS quantity,
    CASE WHEN i.quantity IS NOT NULL AND i.measure IS NOT NULL THEN i.measure
         WHEN i.net_mass IS NOT NULL THEN 'kg' END AS measure,
    -- A price is that of the unit as written: it is multiplied only where the number written was not converted.
    coalesce(
        i.amount,
        CASE WHEN try_cast(replace(i.quantity_as_written, ',', '.') AS DOUBLE) = i.quantity
             THEN try_cast(i.unit_price * i.quantity AS DECIMAL(18, 4)) END
    ) AS amount,
    i.currency, i.origin, i.departure, i.destination, i.buyer_status, i.licence_no, i.licence_until, i.stated_use
FROM derived.item AS i
LEFT JOIN derived.party_entity AS seller ON seller.party = i.seller
LEFT JOIN derived.party_entity AS buyer ON buyer.party = i.buyer
LEFT JOIN derived.party_entity AS payer ON payer.party = i.payer
LEFT JOIN derived.party_entity AS manufacturer ON manufacturer.party = i.manufacturer
LEFT JOIN derived.party_entity AS consignor ON consignor.party = i.consignor
LEFT JOIN derived.party_entity AS consignee ON consignee.party = i.consignee
LEFT JOIN derived.party_entity AS notify ON notify.party = i.notify
LEFT JOIN derived.party_entity AS declarant ON declarant.party = i.declarant
LEFT JOIN derived.party_entity AS carrier ON carrier.party = i.carrier
LEFT JOIN derived.party_entity AS forwarder ON forwarder.party = i.forwarder
LEFT JOIN derived.party_entity AS end_user ON end_user.party = i.end_user
LEFT JOIN derived.entity AS be ON be.entity = buyer.entity
LEFT JOIN derived.entity AS ce ON ce.entity = consignee.entity
LEFT JOIN derived.goods AS g ON g.goods = i.goods
WHERE i.trade;

-- name: had
-- Which organisation had goods of which class, as buyer or consignee, and on how many days; NULL where lines without
-- a date leave open whether it was one. Order, invoice and bill of lading tell of one sale: each kind of document is
-- counted by itself, and the greatest count stands. Returns (negative quantities) are no goods had.
-- An entity and a class make one number, entity * 10000 + class: one integer is the cheapest key to join on.
CREATE OR REPLACE TEMP TABLE had AS
WITH either AS (
    SELECT buyer * 10000 + class AS entity_class, document, date FROM temp.line WHERE coalesce(quantity >= 0, true)
    UNION ALL
    SELECT consignee * 10000 + class, document, date FROM temp.line
    WHERE consignee IS DISTINCT FROM buyer AND coalesce(quantity >= 0, true)
),
counted AS (
    SELECT
        entity_class,
        CASE
            WHEN count(date) = count(*) OR count(DISTINCT date) > 1 THEN count(DISTINCT date)
            WHEN count(*) = 1 THEN 1
        END AS days
    FROM either
    WHERE entity_class IS NOT NULL
    GROUP BY entity_class, document
)
SELECT
    entity_class, entity_class // 10000 AS entity, (entity_class % 10000)::SMALLINT AS class,
    CASE WHEN count(days) = count(*) OR max(days) > 1 THEN max(days) END AS days
FROM counted
GROUP BY entity_class;

-- name: activities-and-chapters
SELECT DISTINCT e.activity, lpad((h.class // 100)::VARCHAR, 2, '0') AS chapter
FROM (SELECT DISTINCT entity, class FROM temp.had) AS h JOIN derived.entity AS e USING (entity)
WHERE e.activity IS NOT NULL
ORDER BY ALL;

-- name: class-usual
-- The share of all organisations that have goods of a class, one of them left out.
CREATE OR REPLACE TEMP TABLE class_usual AS
WITH known AS (
    SELECT h.entity, h.class FROM temp.had AS h JOIN derived.entity AS e USING (entity) WHERE e.kind <> 'person'
)
SELECT class, (count(*) - 1) / greatest((SELECT count(DISTINCT entity) FROM known) - 1, 1)::DOUBLE AS class_usual
FROM known
GROUP BY class;

-- name: usual
-- How usual goods of a class are for organisations of an activity: the share of them that have such goods. The
-- organisation asked about has them itself and is left out, which takes one from both counts at every step. The share
-- is shrunk from class to group to division to all organisations, each wider step with the weight of $weight
-- organisations. The curated table moves the widest step only: up to $usual for chapters that it names for the
-- activity, down to $unusual for those it does not.
CREATE OR REPLACE TEMP TABLE usual AS
WITH known AS (
    SELECT h.entity, h.class, e.activity
    FROM temp.had AS h JOIN derived.entity AS e USING (entity)
    WHERE e.kind <> 'person' AND e.activity IS NOT NULL
),
levels AS (
    SELECT digits FROM (VALUES (2), (3), (4)) AS l (digits)
),
pairs AS (
    SELECT activity, class, count(*) AS k FROM known GROUP BY ALL
),
sizes AS (
    SELECT activity, count(DISTINCT entity) AS n FROM known GROUP BY activity
),
organisations AS (
    SELECT left(activity, digits) AS level, sum(n)::BIGINT AS n
    FROM sizes, levels WHERE strlen(activity) >= digits GROUP BY ALL
),
having_it AS (
    SELECT left(activity, digits) AS level, class, sum(k)::BIGINT AS k
    FROM pairs, levels WHERE strlen(activity) >= digits GROUP BY ALL
),
stepped AS (
    SELECT
        p.activity, p.class, c.usual AS curated, e.class_usual,
        coalesce(k2.k, 1) - 1 AS k2, coalesce(n2.n, 1) - 1 AS n2,
        coalesce(k3.k, 1) - 1 AS k3, coalesce(n3.n, 1) - 1 AS n3,
        coalesce(k4.k, 1) - 1 AS k4, coalesce(n4.n, 1) - 1 AS n4
    FROM pairs AS p
    JOIN temp.class_usual AS e USING (class)
    LEFT JOIN curated AS c ON c.activity = p.activity AND c.chapter = lpad((p.class // 100)::VARCHAR, 2, '0')
    LEFT JOIN having_it AS k2 ON k2.level = left(p.activity, 2) AND k2.class = p.class
    LEFT JOIN organisations AS n2 ON n2.level = left(p.activity, 2)
    LEFT JOIN having_it AS k3 ON strlen(p.activity) >= 3 AND k3.level = left(p.activity, 3) AND k3.class = p.class
    LEFT JOIN organisations AS n3 ON strlen(p.activity) >= 3 AND n3.level = left(p.activity, 3)
    LEFT JOIN having_it AS k4 ON strlen(p.activity) >= 4 AND k4.level = left(p.activity, 4) AND k4.class = p.class
    LEFT JOIN organisations AS n4 ON strlen(p.activity) >= 4 AND n4.level = left(p.activity, 4)
),
based AS (
    SELECT
        *,
        CASE WHEN curated THEN greatest(class_usual, $usual)
             WHEN NOT curated THEN least(class_usual, $unusual)
             ELSE class_usual END AS p0
    FROM stepped
),
shrunk AS (
    SELECT *, (k2 + $weight * p0) / (n2 + $weight) AS p2 FROM based
)
SELECT
    activity, class,
    CASE WHEN n4 >= $enough THEN n4 WHEN n3 >= $enough THEN n3 ELSE n2 END AS peers,
    CASE
        WHEN curated IS NULL AND n2 < $enough THEN NULL
        ELSE (k4 + $weight * (k3 + $weight * p2) / (n3 + $weight)) / (n4 + $weight)
    END AS usual
FROM shrunk;

-- name: quantities
-- Quantities as steps of a tenth of a natural logarithm: a median to within ten per cent from counts alone.
CREATE OR REPLACE TEMP TABLE step AS
SELECT document, buyer, buyer_activity, class, measure, round(10 * ln(quantity))::SMALLINT AS step, count(*) AS n
FROM temp.line
WHERE quantity > 0 AND measure IS NOT NULL AND class IS NOT NULL AND buyer IS NOT NULL
GROUP BY ALL;

-- name: quantity-groups
-- The groups a line may be compared with: the buyer's own lines, lines of buyers of its activity (four digits, two
-- digits), lines of all buyers; each kind of document by itself, as an order and its invoice tell of one sale.
CREATE OR REPLACE TEMP TABLE step_group AS
WITH grouped AS (
    SELECT 'own' AS basis, buyer::VARCHAR AS whose, document, class, measure, step, sum(n)::BIGINT AS n
    FROM temp.step GROUP BY ALL
    UNION ALL
    SELECT 'peers', left(buyer_activity, 4), document, class, measure, step, sum(n)::BIGINT
    FROM temp.step WHERE strlen(buyer_activity) >= 4 GROUP BY ALL
    UNION ALL
    SELECT 'wider peers', left(buyer_activity, 2), document, class, measure, step, sum(n)::BIGINT
    FROM temp.step WHERE strlen(buyer_activity) >= 2 GROUP BY ALL
    UNION ALL
    SELECT 'market', '', document, class, measure, step, sum(n)::BIGINT
    FROM temp.step GROUP BY ALL
),
enough AS (
    SELECT basis, whose, document, class, measure
    FROM grouped GROUP BY ALL HAVING sum(n) >= $enough
)
SELECT g.* FROM grouped AS g SEMI JOIN enough AS e
    ON e.basis = g.basis AND e.whose = g.whose AND e.document = g.document AND e.class = g.class AND e.measure = g.measure;

-- name: quantity-norms
CREATE OR REPLACE TEMP TABLE norm AS
WITH running AS (
    SELECT
        *,
        sum(n) OVER w AS up_to,
        sum(n) OVER (PARTITION BY basis, whose, document, class, measure) AS total
    FROM temp.step_group
    WINDOW w AS (PARTITION BY basis, whose, document, class, measure ORDER BY step)
),
middle AS (
    SELECT basis, whose, document, class, measure, total, min(step) FILTER (2 * up_to >= total) AS median
    FROM running GROUP BY ALL
),
off AS (
    SELECT
        g.basis, g.whose, g.document, g.class, g.measure, m.total, m.median, abs(g.step - m.median) AS distance,
        sum(g.n) AS n
    FROM temp.step_group AS g JOIN middle AS m USING (basis, whose, document, class, measure)
    GROUP BY ALL
),
off_running AS (
    SELECT *, sum(n) OVER (PARTITION BY basis, whose, document, class, measure ORDER BY distance) AS up_to FROM off
)
SELECT
    basis, whose, document, class, measure, total::BIGINT AS compared, median,
    greatest(1.4826 * min(distance) FILTER (2 * up_to >= total), $floor) AS spread
FROM off_running
GROUP BY ALL;

-- name: norms-for-buyers
-- What each buyer's lines of a class are compared with: its own, else the nearest group that is large enough.
CREATE OR REPLACE TEMP TABLE norm_for AS
WITH wanted AS (
    SELECT DISTINCT document, buyer, buyer_activity, class, measure FROM temp.step
),
found AS (
    SELECT
        w.document, w.buyer, w.class, w.measure,
        CASE WHEN own.basis IS NOT NULL THEN own WHEN peers.basis IS NOT NULL THEN peers
             WHEN wider.basis IS NOT NULL THEN wider ELSE market END AS norm
    FROM wanted AS w
    LEFT JOIN (SELECT * FROM temp.norm WHERE basis = 'own') AS own
        ON own.whose = w.buyer::VARCHAR AND own.document = w.document AND own.class = w.class AND own.measure = w.measure
    LEFT JOIN (SELECT * FROM temp.norm WHERE basis = 'peers') AS peers
        ON peers.whose = left(w.buyer_activity, 4) AND peers.document = w.document AND peers.class = w.class AND peers.measure = w.measure
    LEFT JOIN (SELECT * FROM temp.norm WHERE basis = 'wider peers') AS wider
        ON wider.whose = left(w.buyer_activity, 2) AND wider.document = w.document AND wider.class = w.class AND wider.measure = w.measure
    LEFT JOIN (SELECT * FROM temp.norm WHERE basis = 'market') AS market
        ON market.document = w.document AND market.class = w.class AND market.measure = w.measure
)
SELECT
    document, buyer * 10000 + class AS entity_class, measure, norm.basis AS basis, norm.compared AS compared,
    norm.median AS median, norm.spread AS spread
FROM found
WHERE norm.basis IS NOT NULL;

-- name: trade-lines
CREATE OR REPLACE TABLE derived.trade_line AS
WITH measured AS (
    SELECT
        l.*,
        bu.usual AS buyer_usual, bu.peers AS buyer_peers, bd.days AS buyer_days,
        cu.usual AS consignee_usual, cu.peers AS consignee_peers, cd.days AS consignee_days,
        e.class_usual,
        pay.payments, ids.identifiers,
        (l.named_substance IS NOT NULL)::BIGINT + (l.cas_substance IS NOT NULL)::BIGINT
        + (l.un_substance IS NOT NULL)::BIGINT + (l.hs6 IS NOT NULL)::BIGINT AS identities,
        norm.basis, norm.compared, norm.median, norm.spread
    FROM temp.line AS l
    LEFT JOIN temp.class_usual AS e ON e.class = l.class
    LEFT JOIN temp.usual AS bu ON bu.activity = l.buyer_activity AND bu.class = l.class
    LEFT JOIN temp.usual AS cu ON cu.activity = l.consignee_activity AND cu.class = l.class
    LEFT JOIN temp.had AS bd ON bd.entity_class = l.buyer * 10000 + l.class
    LEFT JOIN temp.had AS cd ON cd.entity_class = l.consignee * 10000 + l.class
    LEFT JOIN temp.norm_for AS norm
        ON norm.entity_class = l.buyer * 10000 + l.class AND norm.measure = l.measure AND norm.document = l.document
    LEFT JOIN (
        SELECT d.deal, count(DISTINCT d.record) AS payments
        FROM derived.payment_deal AS d
        JOIN derived.payment AS p USING (record)
        JOIN derived.party_entity AS payer ON payer.party = p.payer
        GROUP BY d.deal
    ) AS pay ON pay.deal = l.deal
    LEFT JOIN (
        SELECT party, count(*) AS identifiers
        FROM derived.identifier
        WHERE scheme <> 'iban' AND (valid IS NOT NULL OR name_agreement IS NOT NULL)
        GROUP BY party
    ) AS ids ON ids.party = l.buyer_party
)
SELECT
    record, deal, document, document_no, date, seller, buyer, payer, manufacturer, consignor, consignee, notify,
    declarant, carrier, forwarder, end_user, buyer_party, identifiers AS buyer_identifiers, buyer_activity,
    consignee_activity, description, goods_class,
    hs6, cas, substance, certainty, named_substance, cas_substance, un_substance, restricted_list, regulated,
    high_priority, above_limit, concentration, quantity, measure, amount, currency, origin, departure, destination,
    buyer_status, licence_no, licence_until, stated_use,
    CASE WHEN identities >= 2 THEN identities END AS identities, payments,
    buyer_usual, buyer_peers, buyer_days, consignee_usual, consignee_peers, consignee_days, class_usual,
    CASE WHEN quantity > 0 THEN (10 * ln(quantity) - median) / spread END AS quantity_deviation,
    CASE WHEN quantity > 0 THEN basis END AS quantity_basis,
    CASE WHEN quantity > 0 THEN compared END AS quantity_compared,
    CASE WHEN quantity > 0 THEN exp(median / 10.0) END AS quantity_typical
FROM measured;
