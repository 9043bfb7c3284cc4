-- What the report reads. Each result has one order, so that the same case gives the same bytes.

-- name: transactions
SELECT count(DISTINCT deal), count(*) FROM derived.item WHERE trade;

-- name: alert-counts
SELECT
    (SELECT count(*) FROM derived.alert), (SELECT count(DISTINCT deal) FROM derived.alert),
    (SELECT count(*) FROM derived.alert_hit);

-- name: as-of
-- The latest day that the records themselves name: the report asks no clock.
SELECT max(day) FROM (
    SELECT max(date) AS day FROM derived.item WHERE trade
    UNION ALL SELECT max(date) FROM derived.payment
    UNION ALL SELECT max(date) FROM derived.statement
    UNION ALL SELECT max(date) FROM derived.stock
);

-- name: alerts
SELECT alert, rank, document, document_no, date, record, title, gates, families, hits, amount, currency, reasons
FROM derived.alert
ORDER BY rank, alert
LIMIT $alerts;

-- name: alert-marks
-- Which indicators made each alert, for the queue.
WITH listed AS (SELECT alert FROM derived.alert ORDER BY rank, alert LIMIT $alerts)
SELECT l.alert, h.indicator, h.code, h.kind, count(*)
FROM listed AS l JOIN derived.alert_hit AS ah USING (alert) JOIN derived.hit AS h USING (hit)
GROUP BY ALL
ORDER BY l.alert, h.kind, h.code, h.indicator;

-- name: alert-parties
-- Who stands in which role of each alert's transaction, payments included.
WITH listed AS (SELECT * FROM derived.alert ORDER BY rank, alert LIMIT $alerts),
written AS (
    SELECT
        l.alert, i.seller, i.buyer, i.payer, i.manufacturer, i.consignor, i.consignee, i.notify, i.declarant,
        i.carrier, i.forwarder, i.end_user
    FROM listed AS l JOIN derived.item AS i USING (deal)
),
paid AS (
    SELECT l.alert, p.payer, p.ultimate_payer
    FROM listed AS l JOIN derived.payment_deal AS d USING (deal) JOIN derived.payment AS p ON p.record = d.record
),
named AS (
    SELECT alert, role, party FROM (UNPIVOT written ON COLUMNS(* EXCLUDE (alert)) INTO NAME role VALUE party)
    UNION
    SELECT alert, role, party FROM (UNPIVOT paid ON COLUMNS(* EXCLUDE (alert)) INTO NAME role VALUE party)
),
held AS (
    SELECT n.alert, n.role, pe.entity FROM named AS n JOIN derived.party_entity AS pe USING (party)
    UNION
    SELECT alert, role, entity FROM (
        UNPIVOT (SELECT alert, seller, buyer, consignee FROM listed)
        ON seller, buyer, consignee INTO NAME role VALUE entity
    )
)
SELECT h.alert, h.role, h.entity, e.name
FROM held AS h JOIN derived.entity AS e USING (entity)
ORDER BY h.alert, h.role, e.name NULLS LAST, h.entity;

-- name: alert-hits
WITH listed AS (SELECT alert, rank FROM derived.alert ORDER BY rank, alert LIMIT $alerts)
SELECT l.alert, h.hit, h.indicator, h.code, h.kind, h.reviewed, h.subject_kind, h.record, h.evidence, h.facts, h.says
FROM listed AS l JOIN derived.alert_hit AS ah USING (alert) JOIN derived.hit AS h USING (hit)
ORDER BY l.rank, l.alert, h.kind, h.code, h.indicator, h.hit;

-- name: alert-gaps
-- What the records of an alert's transaction do not say: alert, gap, lines concerned, lines in all, some of them.
WITH listed AS (SELECT alert, deal FROM derived.alert ORDER BY rank, alert LIMIT $alerts),
lines AS (
    SELECT
        l.alert, i.*, g.hs6, g.cas, g.regulated, g.low,
        b.activity AS buyer_activity, b.register_record AS buyer_register, c.activity AS consignee_activity,
        pd.deal IS NOT NULL AS paid
    FROM listed AS l
    JOIN derived.item AS i USING (deal)
    LEFT JOIN derived.goods AS g USING (goods)
    LEFT JOIN derived.party_entity AS bp ON bp.party = i.buyer
    LEFT JOIN derived.entity AS b ON b.entity = bp.entity
    LEFT JOIN derived.party_entity AS cp ON cp.party = i.consignee
    LEFT JOIN derived.entity AS c ON c.entity = cp.entity
    LEFT JOIN (SELECT DISTINCT deal FROM derived.payment_deal) AS pd ON pd.deal = i.deal
),
gaps AS (
    SELECT alert, record, unnest([
        CASE WHEN seller IS NULL THEN 'seller' END,
        CASE WHEN buyer IS NULL THEN 'buyer' END,
        CASE WHEN consignee IS NULL THEN 'consignee' END,
        CASE WHEN end_user IS NULL THEN 'end_user' END,
        CASE WHEN payer IS NULL AND NOT paid THEN 'payment' END,
        CASE WHEN buyer IS NOT NULL AND buyer_activity IS NULL THEN 'buyer_activity' END,
        CASE WHEN buyer IS NOT NULL AND buyer_register IS NULL THEN 'buyer_register' END,
        CASE WHEN consignee IS NOT NULL AND consignee_activity IS NULL THEN 'consignee_activity' END,
        CASE WHEN goods IS NULL THEN 'goods' END,
        CASE WHEN goods IS NOT NULL AND hs6 IS NULL AND cas IS NULL THEN 'goods_code' END,
        CASE WHEN regulated AND low IS NULL THEN 'concentration' END,
        CASE WHEN quantity IS NULL AND quantity_as_written IS NULL THEN 'quantity' END,
        CASE WHEN date IS NULL THEN 'date' END,
        CASE WHEN destination IS NULL AND consignee IS NULL THEN 'destination' END
    ]) AS gap
    FROM lines
),
totals AS (SELECT alert, count(DISTINCT record) AS lines FROM lines GROUP BY alert)
SELECT alert, gap, count(DISTINCT record), any_value(lines), list_sort(min(DISTINCT record, 3))
FROM gaps JOIN totals USING (alert)
WHERE gap IS NOT NULL
GROUP BY alert, gap
ORDER BY alert, gap;

-- name: alert-unread
-- Values in the rows of an alert that could not be read.
WITH listed AS (SELECT alert FROM derived.alert ORDER BY rank, alert LIMIT $alerts),
rested AS (
    SELECT DISTINCT l.alert, unnest(list_append(h.evidence, h.record)) AS record
    FROM listed AS l JOIN derived.alert_hit AS ah USING (alert) JOIN derived.hit AS h USING (hit)
)
SELECT DISTINCT r.alert, u.record, u."column", u.text, u.reason
FROM rested AS r JOIN derived.unread_value AS u USING (record)
ORDER BY r.alert, u.record, u."column", u.reason, u.text;

-- name: column-meanings
SELECT part, "column", field FROM derived.column_use WHERE field <> '' ORDER BY part, "column";

-- name: singles
-- Hits that made no alert, as counts only.
SELECT h.indicator, h.code, h.kind, count(*), count(DISTINCT h.deal)
FROM derived.hit AS h ANTI JOIN derived.alert_hit AS ah USING (hit)
GROUP BY ALL
ORDER BY h.code, h.indicator;

-- name: coverage
SELECT indicator, code, records, hit, clear, not_evaluable, not_concerned, lacking
FROM derived.coverage
ORDER BY code, indicator;

-- name: parts-read
SELECT
    p.part, s.source, s.name, s.bytes, p.sheet, p.rows_read, p.rows_kept, p.rows_rejected, p.notes,
    coalesce(u.mapped, false),
    coalesce(u.unnamed, []::VARCHAR[]), coalesce(u.left_out, []::VARCHAR[]), len(p.columns),
    (SELECT arg_max(m.toml, m.version) FROM judgement.mapping AS m WHERE m.part = p.part)
FROM evidence.part AS p
JOIN evidence.source AS s USING (source)
LEFT JOIN (
    SELECT
        part, bool_or(field <> '') AS mapped,
        list("column" ORDER BY "column") FILTER (WHERE field IS NULL) AS unnamed,
        list("column" ORDER BY "column") FILTER (WHERE field = '') AS left_out
    FROM derived.column_use GROUP BY part
) AS u USING (part)
ORDER BY s.name, s.source, p.sheet, p.part;

-- name: sources
SELECT source, name, bytes FROM evidence.source ORDER BY name, source;

-- name: unread-values
SELECT part, "column", coalesce(reason, ''), count(*), arg_min({'record': record, 'text': text}, record, 3)
FROM derived.unread_value
GROUP BY ALL
ORDER BY part, "column", 3;

-- name: empty-records
SELECT part, coalesce(reason, ''), count(*), list_sort(min(record, 3))
FROM derived.empty_record
GROUP BY ALL
ORDER BY part, 2;

-- name: rejected-rows
SELECT part, "row", reason, text
FROM evidence.rejected
QUALIFY row_number() OVER (PARTITION BY part ORDER BY "row", reason, text) <= $rows
ORDER BY part, "row", reason, text;

-- name: rejected-counts
SELECT part, reason, count(*) FROM evidence.rejected GROUP BY ALL ORDER BY part, 3 DESC, reason;

-- name: alert-rows
-- One row a hit, for spreadsheets. flag_texts: indicator, title, innocent, clears (lent by the caller).
WITH rested AS (
    SELECT hit, unnest(evidence) AS record, generate_subscripts(evidence, 1) AS nth
    FROM derived.hit SEMI JOIN derived.alert_hit USING (hit)
),
places AS (
    SELECT
        r.hit,
        list(
            s.name || CASE WHEN p.sheet = '' THEN '' ELSE '[' || p.sheet || ']' END || ':' || (r.record & 4294967295)
            ORDER BY r.nth
        ) AS places
    FROM rested AS r
    JOIN evidence.part AS p ON p.part = r.record >> 32
    JOIN evidence.source AS s USING (source)
    GROUP BY r.hit
)
SELECT
    a.alert, a.rank, a.title AS alert_title, a.document, a.document_no, a.date,
    seller.name AS seller, buyer.name AS buyer, consignee.name AS consignee,
    a.amount, a.currency,
    h.indicator, h.code, t.title AS indicator_title, h.kind, h.reviewed, h.says AS sentence,
    places.places AS evidence, t.innocent AS may_be_innocent_because, t.clears AS would_clear_it,
    a.reasons AS reasons_for_the_place_in_the_queue, h.facts,
    printf('%016x', h.record) AS record, h.hit
FROM derived.alert AS a
JOIN derived.alert_hit AS ah USING (alert)
JOIN derived.hit AS h USING (hit)
LEFT JOIN places ON places.hit = h.hit
LEFT JOIN flag_texts AS t ON t.indicator = h.indicator
LEFT JOIN derived.entity AS seller ON seller.entity = a.seller
LEFT JOIN derived.entity AS buyer ON buyer.entity = a.buyer
LEFT JOIN derived.entity AS consignee ON consignee.entity = a.consignee
ORDER BY a.rank, a.alert, h.kind, h.code, h.indicator, h.hit;

-- name: entity-names
-- wanted_entities: entity (lent by the caller).
SELECT entity, name FROM derived.entity SEMI JOIN wanted_entities USING (entity)
WHERE name IS NOT NULL
ORDER BY entity;

-- name: alert-indicators
SELECT DISTINCT h.indicator FROM derived.alert_hit AS ah JOIN derived.hit AS h USING (hit) ORDER BY 1;
