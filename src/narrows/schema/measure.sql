-- Measures: numbers that are heavy or hard to say in an indicator, computed once for all lines by reviewed SQL.
-- Everything groups and joins; no window runs over the lines, so that cost grows in line with their number.

-- name: substances
CREATE OR REPLACE TABLE derived.substance AS SELECT * FROM substances ORDER BY substance;
CREATE OR REPLACE TABLE derived.substance_code AS SELECT * FROM codes ORDER BY ALL;

-- name: drop-temporary
DROP TABLE temp.line;
DROP TABLE temp.had;
DROP TABLE temp.usual;
DROP TABLE temp.step;
DROP TABLE temp.step_group;
DROP TABLE temp.norm;
DROP TABLE temp.norm_for;

-- name: count
SELECT count(*) FROM derived.trade_line;

-- name: lines
-- Goods lines with parties resolved and goods recognised.
CREATE OR REPLACE TEMP TABLE line AS
SELECT
    i.record, i.deal, i.document, i.document_no, i.date,
    seller.entity AS seller, buyer.entity AS buyer, payer.entity AS payer, manufacturer.entity AS manufacturer,
    consignor.entity AS consignor, consignee.entity AS consignee, notify.entity AS notify,
    declarant.entity AS declarant, carrier.entity AS carrier, forwarder.entity AS forwarder,
    end_user.entity AS end_user, i.buyer AS buyer_party,
    be.activity AS buyer_activity, ce.activity AS consignee_activity,
    g.description, g.heading AS goods_class, g.hs6, g.cas, g.substance, g.certainty, g.named AS named_substance,
    g.by_cas AS cas_substance, g.by_un AS un_substance, g.restricted_list, g.regulated, g.high_priority, g.above_limit,
    g.high AS concentration,
    CASE WHEN i.quantity IS NOT NULL AND i.measure IS NOT NULL THEN i.quantity
         WHEN i.net_mass IS NOT NULL THEN i.net_mass END AS quantity,
    CASE WHEN i.quantity IS NOT NULL AND i.measure IS NOT NULL THEN i.measure
         WHEN i.net_mass IS NOT NULL THEN 'kg' END AS measure,
    coalesce(i.amount, (i.unit_price * i.quantity)::DECIMAL(18, 4)) AS amount,
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
LEFT JOIN derived.goods AS g ON g.goods = i.goods;

-- name: had
-- Which organisation had goods of which class, and on how many days.
CREATE OR REPLACE TEMP TABLE had AS
WITH either AS (
    SELECT buyer AS entity, goods_class, date FROM temp.line WHERE buyer IS NOT NULL AND goods_class IS NOT NULL
    UNION ALL
    SELECT consignee, goods_class, date FROM temp.line
    WHERE consignee IS NOT NULL AND consignee IS DISTINCT FROM buyer AND goods_class IS NOT NULL
),
days AS (
    SELECT DISTINCT entity, goods_class, date FROM either
)
SELECT d.entity, d.goods_class, greatest(count(d.date), 1) AS days
FROM days AS d
GROUP BY d.entity, d.goods_class;

-- name: activities-and-chapters
SELECT DISTINCT e.activity, left(h.goods_class, 2) AS chapter
FROM temp.had AS h JOIN derived.entity AS e USING (entity)
WHERE e.activity IS NOT NULL
ORDER BY ALL;

-- name: usual
-- How usual goods of a class are for organisations of an activity: the share of them that have such goods, with the
-- organisation itself left out, shrunk from class to group to division to all organisations with the weight of
-- $weight organisations at each step. The curated table moves the widest step only: up to $usual for chapters that it
-- names for the activity, down to $unusual for those it does not.
CREATE OR REPLACE TEMP TABLE usual AS
WITH known AS (
    SELECT h.entity, h.goods_class, h.days, e.activity, e.kind
    FROM temp.had AS h JOIN derived.entity AS e USING (entity)
    WHERE e.kind <> 'person'
),
everywhere AS (
    SELECT goods_class, count(*) AS k FROM known GROUP BY goods_class
),
total AS (
    SELECT count(DISTINCT entity) AS n FROM known
),
levels AS (
    SELECT digits FROM (VALUES (2), (3), (4)) AS l (digits)
),
organisations AS (
    SELECT left(activity, digits) AS level, count(DISTINCT entity) AS n
    FROM known, levels WHERE strlen(activity) >= digits GROUP BY ALL
),
having_it AS (
    SELECT left(activity, digits) AS level, goods_class, count(*) AS k
    FROM known, levels WHERE strlen(activity) >= digits GROUP BY ALL
),
stepped AS (
    SELECT
        k.entity, k.goods_class, k.days, k.activity, c.usual AS curated,
        (e.k - 1) / greatest(t.n - 1, 1)::DOUBLE AS class_usual,
        coalesce(k2.k, 1) - 1 AS k2, coalesce(n2.n, 1) - 1 AS n2,
        coalesce(k3.k, 1) - 1 AS k3, coalesce(n3.n, 1) - 1 AS n3,
        coalesce(k4.k, 1) - 1 AS k4, coalesce(n4.n, 1) - 1 AS n4
    FROM known AS k
    CROSS JOIN total AS t
    JOIN everywhere AS e USING (goods_class)
    LEFT JOIN curated AS c ON c.activity = k.activity AND c.chapter = left(k.goods_class, 2)
    LEFT JOIN having_it AS k2 ON k2.level = left(k.activity, 2) AND k2.goods_class = k.goods_class
    LEFT JOIN organisations AS n2 ON n2.level = left(k.activity, 2)
    LEFT JOIN having_it AS k3
        ON strlen(k.activity) >= 3 AND k3.level = left(k.activity, 3) AND k3.goods_class = k.goods_class
    LEFT JOIN organisations AS n3 ON strlen(k.activity) >= 3 AND n3.level = left(k.activity, 3)
    LEFT JOIN having_it AS k4
        ON strlen(k.activity) >= 4 AND k4.level = left(k.activity, 4) AND k4.goods_class = k.goods_class
    LEFT JOIN organisations AS n4 ON strlen(k.activity) >= 4 AND n4.level = left(k.activity, 4)
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
    entity, goods_class, days, class_usual,
    CASE WHEN n4 >= $enough THEN n4 WHEN n3 >= $enough THEN n3 ELSE n2 END AS peers,
    CASE
        WHEN activity IS NULL OR (curated IS NULL AND n2 < $enough) THEN NULL
        ELSE (k4 + $weight * (k3 + $weight * p2) / (n3 + $weight)) / (n4 + $weight)
    END AS usual
FROM shrunk;

-- name: quantities
-- Quantities as steps of a tenth of a natural logarithm: a median to within ten per cent from counts alone.
CREATE OR REPLACE TEMP TABLE step AS
SELECT buyer, buyer_activity, goods_class, measure, round(10 * ln(quantity))::SMALLINT AS step, count(*) AS n
FROM temp.line
WHERE quantity > 0 AND measure IS NOT NULL AND goods_class IS NOT NULL AND buyer IS NOT NULL
GROUP BY ALL;

-- name: quantity-groups
-- The groups a line may be compared with: the buyer's own lines, lines of buyers of its activity (four digits, two
-- digits), lines of all buyers.
CREATE OR REPLACE TEMP TABLE step_group AS
WITH grouped AS (
    SELECT 'own' AS basis, buyer::VARCHAR AS whose, goods_class, measure, step, sum(n)::BIGINT AS n, 1 AS buyers
    FROM temp.step GROUP BY ALL
    UNION ALL
    SELECT 'peers', left(buyer_activity, 4), goods_class, measure, step, sum(n)::BIGINT, count(DISTINCT buyer)
    FROM temp.step WHERE strlen(buyer_activity) >= 4 GROUP BY ALL
    UNION ALL
    SELECT 'wider peers', left(buyer_activity, 2), goods_class, measure, step, sum(n)::BIGINT, count(DISTINCT buyer)
    FROM temp.step WHERE strlen(buyer_activity) >= 2 GROUP BY ALL
    UNION ALL
    SELECT 'market', '', goods_class, measure, step, sum(n)::BIGINT, count(DISTINCT buyer)
    FROM temp.step GROUP BY ALL
),
enough AS (
    SELECT basis, whose, goods_class, measure
    FROM grouped GROUP BY ALL HAVING sum(n) >= $enough
)
SELECT g.* FROM grouped AS g SEMI JOIN enough AS e
    ON e.basis = g.basis AND e.whose = g.whose AND e.goods_class = g.goods_class AND e.measure = g.measure;

-- name: quantity-norms
CREATE OR REPLACE TEMP TABLE norm AS
WITH running AS (
    SELECT
        *,
        sum(n) OVER w AS up_to,
        sum(n) OVER (PARTITION BY basis, whose, goods_class, measure) AS total
    FROM temp.step_group
    WINDOW w AS (PARTITION BY basis, whose, goods_class, measure ORDER BY step)
),
middle AS (
    SELECT basis, whose, goods_class, measure, total, min(step) FILTER (2 * up_to >= total) AS median
    FROM running GROUP BY ALL
),
off AS (
    SELECT
        g.basis, g.whose, g.goods_class, g.measure, m.total, m.median, abs(g.step - m.median) AS distance,
        sum(g.n) AS n
    FROM temp.step_group AS g JOIN middle AS m USING (basis, whose, goods_class, measure)
    GROUP BY ALL
),
off_running AS (
    SELECT *, sum(n) OVER (PARTITION BY basis, whose, goods_class, measure ORDER BY distance) AS up_to FROM off
)
SELECT
    basis, whose, goods_class, measure, total::BIGINT AS compared, median,
    greatest(1.4826 * min(distance) FILTER (2 * up_to >= total), $floor) AS spread
FROM off_running
GROUP BY ALL;

-- name: norms-for-buyers
-- What each buyer's lines of a class are compared with: its own, else the nearest group that is large enough.
CREATE OR REPLACE TEMP TABLE norm_for AS
WITH wanted AS (
    SELECT DISTINCT buyer, buyer_activity, goods_class, measure FROM temp.step
),
found AS (
    SELECT
        w.buyer, w.goods_class, w.measure,
        CASE WHEN own.basis IS NOT NULL THEN own WHEN peers.basis IS NOT NULL THEN peers
             WHEN wider.basis IS NOT NULL THEN wider ELSE market END AS norm
    FROM wanted AS w
    LEFT JOIN (SELECT * FROM temp.norm WHERE basis = 'own') AS own
        ON own.whose = w.buyer::VARCHAR AND own.goods_class = w.goods_class AND own.measure = w.measure
    LEFT JOIN (SELECT * FROM temp.norm WHERE basis = 'peers') AS peers
        ON peers.whose = left(w.buyer_activity, 4) AND peers.goods_class = w.goods_class AND peers.measure = w.measure
    LEFT JOIN (SELECT * FROM temp.norm WHERE basis = 'wider peers') AS wider
        ON wider.whose = left(w.buyer_activity, 2) AND wider.goods_class = w.goods_class AND wider.measure = w.measure
    LEFT JOIN (SELECT * FROM temp.norm WHERE basis = 'market') AS market
        ON market.goods_class = w.goods_class AND market.measure = w.measure
)
SELECT
    buyer, goods_class, measure, norm.basis AS basis, norm.compared AS compared, norm.median AS median,
    norm.spread AS spread
FROM found
WHERE norm.basis IS NOT NULL;

-- name: trade-lines
CREATE OR REPLACE TABLE derived.trade_line AS
WITH measured AS (
    SELECT
        l.*,
        bu.usual AS buyer_usual, bu.peers AS buyer_peers, bu.days AS buyer_days,
        cu.usual AS consignee_usual, cu.peers AS consignee_peers, cu.days AS consignee_days,
        coalesce(bu.class_usual, cu.class_usual) AS class_usual,
        pay.payments, ids.identifiers,
        (l.named_substance IS NOT NULL)::BIGINT + (l.cas_substance IS NOT NULL)::BIGINT
        + (l.un_substance IS NOT NULL)::BIGINT + (l.hs6 IS NOT NULL)::BIGINT AS identities,
        norm.basis, norm.compared, norm.median, norm.spread
    FROM temp.line AS l
    LEFT JOIN temp.usual AS bu ON bu.entity = l.buyer AND bu.goods_class = l.goods_class
    LEFT JOIN temp.usual AS cu ON cu.entity = l.consignee AND cu.goods_class = l.goods_class
    LEFT JOIN temp.norm_for AS norm
        ON norm.buyer = l.buyer AND norm.goods_class = l.goods_class AND norm.measure = l.measure
    LEFT JOIN (
        SELECT d.deal, count(DISTINCT d.record) AS payments
        FROM derived.payment_deal AS d JOIN derived.payment AS p USING (record)
        WHERE p.payer IS NOT NULL GROUP BY d.deal
    ) AS pay ON pay.deal = l.deal
    LEFT JOIN (SELECT party, count(*) AS identifiers FROM derived.identifier GROUP BY party) AS ids
        ON ids.party = l.buyer_party
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
