-- From hits to alerts.

-- name: deal-of-records
SELECT record, deal FROM derived.trade_line WHERE record IN (SELECT record FROM wanted);

-- name: add-hits
INSERT INTO derived.hit SELECT * FROM hits;

-- name: alerts
-- A deal is an alert when one gate stands on it, or soft hits of two families. Hits of indicators that nobody has
-- reviewed count for nothing. The queue is in the order of the reasons listed, never of a probability.
CREATE OR REPLACE TABLE derived.alert AS
WITH counted AS (
    SELECT
        h.deal,
        count(DISTINCT h.indicator) FILTER (h.kind = 'gate') AS gates,
        count(DISTINCT h.family) AS families,
        count(DISTINCT h.family) FILTER (h.kind = 'soft') AS soft_families,
        count(DISTINCT h.indicator) AS indicators,
        count(*) AS hits,
        list_sort(list(DISTINCT h.code) FILTER (h.kind = 'gate')) AS gate_codes,
        list_sort(list(DISTINCT h.code) FILTER (h.kind = 'soft')) AS soft_codes
    FROM derived.hit AS h
    WHERE h.reviewed AND h.deal IS NOT NULL
    GROUP BY h.deal
    HAVING gates >= 1 OR soft_families >= 2
),
lines AS (
    SELECT
        t.deal,
        min(t.record) AS record,
        bool_or(coalesce(t.restricted_list, false)) AS restricted,
        bool_or(coalesce(t.regulated, false)) AS regulated,
        bool_or(coalesce(t.high_priority, false)) AS high_priority,
        CASE WHEN count(DISTINCT t.currency) = 1 AND count(t.currency) = count(*) AND count(t.amount) = count(*)
            THEN try_cast(sum(t.amount) AS DECIMAL(18, 4)) END AS amount,
        CASE WHEN count(DISTINCT t.currency) = 1 THEN min(t.currency) END AS currency
    FROM derived.trade_line AS t
    WHERE t.deal IN (SELECT deal FROM counted)
    GROUP BY t.deal
),
first_lines AS (
    SELECT l.*, t.document, t.document_no, t.date, t.seller, t.buyer, t.consignee, t.buyer_status
    FROM lines AS l JOIN derived.trade_line AS t ON t.record = l.record
),
ranked AS (
    SELECT
        c.*, f.* EXCLUDE (deal),
        row_number() OVER (
            ORDER BY c.gates DESC, c.families DESC, c.indicators DESC, f.restricted DESC, f.regulated DESC,
                f.high_priority DESC, f.date DESC NULLS LAST, f.record
        ) AS rank
    FROM counted AS c JOIN first_lines AS f USING (deal)
)
SELECT
    'A-' || lpad(lower(to_hex(r.record)), 16, '0') AS alert,
    r.rank::INTEGER AS rank,
    r.deal, r.document, r.document_no, r.date, r.record, r.seller, r.buyer, r.consignee,
    -- The title heads a queue that people pass on: it names firms, not private buyers. The rows cited name whom they name.
    CASE WHEN r.buyer_status = 'public' OR b.kind = 'person' THEN 'A private buyer'
         ELSE coalesce(b.name, c.name, 'A transaction without a named buyer') END AS title,
    r.gates::INTEGER AS gates, r.families::INTEGER AS families, r.hits::INTEGER AS hits, r.amount, r.currency,
    list_filter(
        [
            CASE WHEN r.gates > 0 THEN 'a legal check stands open: ' || array_to_string(r.gate_codes, ', ') END,
            CASE WHEN r.soft_families >= 2
                THEN 'flags of ' || r.soft_families || ' families: ' || array_to_string(r.soft_codes, ', ')
                WHEN r.soft_families = 1 THEN 'beside it: ' || array_to_string(r.soft_codes, ', ') END,
            CASE WHEN r.restricted THEN 'goods named in Annex I of Regulation (EU) 2019/1148'
                WHEN r.regulated THEN 'goods named in Annex II of Regulation (EU) 2019/1148' END,
            CASE WHEN r.high_priority THEN 'an HS code of the Common High Priority List' END
        ],
        lambda reason: reason IS NOT NULL
    ) AS reasons
FROM ranked AS r
LEFT JOIN derived.entity AS b ON b.entity = r.buyer
LEFT JOIN derived.entity AS c ON c.entity = r.consignee
ORDER BY r.rank;

-- name: alert-hits
CREATE OR REPLACE TABLE derived.alert_hit AS
SELECT a.alert, h.hit
FROM derived.alert AS a JOIN derived.hit AS h USING (deal)
WHERE h.reviewed
ORDER BY a.alert, h.hit;

-- name: counts
SELECT
    (SELECT count(*) FROM derived.hit) AS hits,
    (SELECT count(*) FROM derived.alert) AS alerts,
    (SELECT count(*) FROM derived.alert WHERE gates > 0) AS with_gate,
    (SELECT count(DISTINCT deal) FROM derived.trade_line) AS deals;
