-- Statistics of trade: sums on one footing, mirror gaps, surges, co-movement. Millions of rows are added up first.

-- name: any
SELECT EXISTS (FROM derived.statistic) OR EXISTS (FROM derived.item WHERE document = 'declarations');

-- name: keep-asides
INSERT INTO derived.statistic_aside
SELECT reason, count(*), min(record)
FROM (
    SELECT record, CASE
        WHEN reporter IS NULL OR partner IS NULL THEN 'a country that cannot be read'
        WHEN flow IS NULL OR period IS NULL OR hs IS NULL THEN 'a way, period or code that cannot be read'
        WHEN 'world' IN (reporter, partner) THEN 'a sum over the world'
        WHEN 'group' IN (reporter, partner) THEN 'a sum over a group of countries'
        WHEN 'unspecified' IN (reporter, partner) THEN 'a country that is not specified'
        WHEN hs = 'total' OR length(hs) < 4 THEN 'a sum over headings'
        WHEN reporter = partner THEN 'reporter and partner are one'
    END AS reason
    FROM derived.statistic
)
WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason;

-- name: keep-published
-- Publishers give a sum and its parts (codes of six digits below one of four, kinds of transport below all of them): of one
-- table that which says most in one row is taken. Of several tables with one figure the largest is, as later ones are
-- usually more complete; they are never added up. A mass that is not known of all parts is not known.
INSERT INTO derived.trade_flow
WITH level AS (
    SELECT
        part, reporter, partner, flow, period, left(hs, 4) AS heading, currency, length(hs) AS digits,
        breakdown IS NULL OR breakdown = '4' OR regexp_full_match(breakdown, '((C00|0|W00|000)(, |$))+') AS whole,
        CASE WHEN count(net_mass) = count(*) THEN sum(net_mass) END AS mass,
        CASE WHEN count(amount) = count(*) THEN sum(amount)::DOUBLE END AS value,
        CASE WHEN count(fob) = count(*) THEN sum(fob)::DOUBLE END AS fob,
        count(*) AS lines
    FROM derived.statistic
    WHERE length(reporter) = 2 AND length(partner) = 2 AND reporter != partner AND flow IS NOT NULL
        AND period IS NOT NULL AND length(hs) >= 4 AND hs != 'total'
    GROUP BY ALL
),
one AS (
    SELECT * FROM level
    QUALIFY row_number() OVER (
        PARTITION BY part, reporter, partner, flow, period, heading, currency ORDER BY whole DESC, digits
    ) = 1
),
best AS (
    SELECT *, count(*) OVER same AS versions FROM one
    WINDOW same AS (PARTITION BY reporter, partner, flow, period, heading, currency)
    QUALIFY row_number() OVER (
        PARTITION BY reporter, partner, flow, period, heading, currency
        ORDER BY value DESC NULLS LAST, mass DESC NULLS LAST, part
    ) = 1
)
SELECT
    if(flow IN ('export', 're-export'), reporter, partner), if(flow IN ('export', 're-export'), partner, reporter),
    flow || 's', heading, period,
    make_date(
        left(period, 4)::INTEGER,
        CASE WHEN length(period) = 4 THEN 1 WHEN period LIKE '%Q%' THEN right(period, 1)::INTEGER * 3 - 2
            ELSE right(period, 2)::INTEGER END,
        1
    ),
    CASE WHEN length(period) = 4 THEN 12 WHEN period LIKE '%Q%' THEN 3 ELSE 1 END,
    currency, mass, value, fob, lines, versions
FROM best;

-- name: keep-declared
INSERT INTO derived.trade_flow
SELECT
    coalesce(i.departure, i.origin), i.destination, 'declarations', g.heading, strftime(i.date, '%Y-%m'),
    date_trunc('month', i.date)::DATE, 1, i.currency,
    CASE WHEN count(coalesce(i.net_mass, if(i.measure = 'kg', i.quantity, NULL))) = count(*)
        THEN sum(coalesce(i.net_mass, if(i.measure = 'kg', i.quantity, NULL))) END,
    CASE WHEN count(i.amount) = count(*) THEN sum(i.amount)::DOUBLE END, NULL, count(*), 1
FROM derived.item AS i
JOIN derived.goods AS g USING (goods)
WHERE i.document = 'declarations' AND i.date IS NOT NULL AND i.destination IS NOT NULL AND g.heading IS NOT NULL
    AND coalesce(i.departure, i.origin) != i.destination
GROUP BY ALL;

-- name: reported
-- In which periods a country reports anything at all, whatever it is; a period of a year also where all its months are.
CREATE OR REPLACE TEMP TABLE reported AS
WITH published AS (
    SELECT DISTINCT reporter AS country, flow || 's' AS told, period FROM derived.statistic
    WHERE length(reporter) = 2 AND flow IN ('export', 'import') AND period IS NOT NULL
),
dated AS (
    SELECT country, told, left(period, 4)::INTEGER AS year, CASE
        WHEN length(period) = 4 THEN 12 WHEN period LIKE '%Q%' THEN 3 ELSE 1 END AS months,
        CASE WHEN length(period) = 4 THEN 0 WHEN period LIKE '%Q%' THEN right(period, 1)::INTEGER * 3 - 3
            ELSE right(period, 2)::INTEGER - 1 END AS within
    FROM published
)
SELECT country, told, months, year * 12 + within AS month, FALSE AS added FROM dated
UNION ALL
SELECT country, told, 12, year * 12, TRUE
FROM dated
GROUP BY country, told, year
HAVING count(*) FILTER (months = 1) = 12 AND count(*) FILTER (months = 12) = 0;

-- name: sides
-- What each side tells, one row a period: months, quarters, years, and years added up from twelve months.
CREATE OR REPLACE TEMP TABLE side AS
WITH dated AS (
    SELECT *, year(start) * 12 + month(start) - 1 AS month FROM derived.trade_flow
    WHERE told IN ('exports', 'imports', 're-exports')
)
SELECT exporter, importer, told, heading, months, month, currency, mass, value, fob FROM dated
UNION ALL
SELECT d.exporter, d.importer, d.told, d.heading, 12, r.month, d.currency,
    CASE WHEN count(d.mass) = count(*) THEN sum(d.mass) END, CASE WHEN count(d.value) = count(*) THEN sum(d.value) END,
    CASE WHEN count(d.fob) = count(*) THEN sum(d.fob) END
FROM dated AS d
JOIN reported AS r ON r.added AND r.told = if(d.told = 'imports', 'imports', 'exports')
    AND r.country = if(d.told = 'imports', d.importer, d.exporter) AND d.month BETWEEN r.month AND r.month + 11
WHERE d.months = 1
GROUP BY ALL;

-- name: pairs
-- Periods in which both sides report, in the finest resolution that they share.
CREATE OR REPLACE TEMP TABLE pair AS
SELECT e.country AS exporter, i.country AS importer, e.months, e.month
FROM reported AS e
JOIN reported AS i ON i.told = 'imports' AND i.months = e.months AND i.month = e.month AND i.country != e.country
WHERE e.told = 'exports'
QUALIFY e.months = min(e.months) OVER (PARTITION BY e.country, i.country);

-- name: keep-silent
INSERT INTO derived.mirror_silent
WITH one AS (
    SELECT f.*, if(told = 'exports', importer, exporter) AS other, if(told = 'exports', 'imports', 'exports') AS wanted
    FROM derived.trade_flow AS f WHERE told IN ('exports', 'imports')
),
lone AS (
    SELECT o.*, o.other NOT IN (SELECT country FROM reported WHERE told = o.wanted) AS never
    FROM one AS o
    WHERE NOT EXISTS (
        FROM pair AS p WHERE p.exporter = o.exporter AND p.importer = o.importer
            AND p.month BETWEEN year(o.start) * 12 + month(o.start) - 12 AND year(o.start) * 12 + month(o.start) + o.months - 2
            AND p.month + p.months > year(o.start) * 12 + month(o.start) - 1
    )
),
gathered AS (
    SELECT exporter, importer, heading, told, other, never, min(period) AS first, max(period) AS last, count(*) AS periods
    FROM lone GROUP BY ALL
)
SELECT
    g.exporter, g.importer, g.heading, g.told, g.other, g.first, g.last, g.periods,
    if(g.never, 'this country reports nothing at all', 'this country does not report these periods'), min(s.record)
FROM gathered AS g
JOIN derived.statistic AS s
    ON s.reporter = if(g.told = 'exports', g.exporter, g.importer) AND s.partner = g.other
    AND s.flow || 's' = g.told AND left(s.hs, 4) = g.heading
GROUP BY ALL;

-- name: mirror-keys
-- By mass where both sides have it throughout, else by value in the currency that both have most often.
CREATE OR REPLACE TEMP TABLE mirror_key AS
WITH kept AS (
    SELECT s.* FROM side AS s
    JOIN pair AS p ON p.exporter = s.exporter AND p.importer = s.importer AND p.months = s.months AND p.month = s.month
),
weighed AS (
    SELECT exporter, importer, heading, months, count(mass) = count(*) AS by_mass FROM kept GROUP BY ALL
),
money AS (
    SELECT exporter, importer, heading, months, currency,
        count(*) FILTER (told = 'exports') AS out, count(*) FILTER (told = 'imports') AS "in"
    FROM kept WHERE currency IS NOT NULL AND value IS NOT NULL
    GROUP BY exporter, importer, heading, months, currency
    QUALIFY row_number() OVER (
        PARTITION BY exporter, importer, heading, months ORDER BY least(out, "in") DESC, out + "in" DESC, currency
    ) = 1
)
SELECT w.exporter, w.importer, w.heading, w.months, if(w.by_mass, 'mass', 'value') AS basis,
    if(w.by_mass, NULL, m.currency) AS currency
FROM weighed AS w
LEFT JOIN money AS m USING (exporter, importer, heading, months)
WHERE w.by_mass OR least(m.out, m."in") > 0;

-- name: mirror-cells
-- Both sides in each period in which both countries report; no row of trade is no trade, but a row in another currency is
-- unknown. Exports include re-exports, which importers count as coming from elsewhere: the truth lies between.
CREATE OR REPLACE TEMP TABLE mirror_cell AS
WITH figure AS (
    SELECT s.exporter, s.importer, s.heading, s.months, s.month, s.told,
        max(if(k.basis = 'mass', s.mass, if(s.currency = k.currency, coalesce(if(s.told = 'imports', s.fob, NULL), s.value), NULL)))
            AS figure,
        bool_or(s.told = 'imports' AND k.basis = 'value' AND s.fob IS NULL) AS cif
    FROM side AS s
    JOIN mirror_key AS k USING (exporter, importer, heading, months)
    GROUP BY ALL
),
wide AS (
    SELECT exporter, importer, heading, months, month,
        max(figure) FILTER (told = 'exports') AS x, max(figure) FILTER (told = 'imports') AS m,
        max(figure) FILTER (told = 're-exports') AS again, bool_or(cif) AS cif,
        bool_or(figure IS NULL) AS unknown
    FROM figure GROUP BY ALL
)
SELECT k.exporter, k.importer, k.heading, k.months, k.basis, k.currency, p.month,
    -- Only months have neighbours: of longer periods each stands for itself.
    if(k.months = 1, p.month, p.month * 100) AS place,
    if(w.unknown, NULL, coalesce(w.x, 0)) AS x, if(w.unknown, NULL, coalesce(w.m, 0)) AS m,
    coalesce(w.again, 0) AS again, coalesce(w.cif, FALSE) AS cif
FROM mirror_key AS k
JOIN pair AS p ON p.exporter = k.exporter AND p.importer = k.importer AND p.months = k.months
LEFT JOIN wide AS w
    ON w.exporter = k.exporter AND w.importer = k.importer AND w.heading = k.heading AND w.months = k.months
    AND w.month = p.month;

-- name: mirror-windows
-- Sums over three months, and exports also over the three that begin a month earlier, for goods on the way. Of the ratios
-- that delay and re-exports allow, the one nearest to balance counts. Freight and insurance may add to imports by value.
CREATE OR REPLACE TEMP TABLE mirror_window AS
WITH summed AS (
    SELECT *,
        sum(m) OVER here AS imported, sum(x) OVER here AS exported, sum(x) OVER early AS exported_early,
        sum(again) OVER here AS again_here, sum(again) OVER early AS again_early, bool_or(cif) OVER here AS with_freight,
        count(m) OVER here AS known, count(x) OVER early AS known_early
    FROM mirror_cell
    WINDOW
        here AS (PARTITION BY exporter, importer, heading, months ORDER BY place RANGE BETWEEN CURRENT ROW AND 2 FOLLOWING),
        early AS (PARTITION BY exporter, importer, heading, months ORDER BY place RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING)
),
sized AS (
    SELECT *, median(nullif(greatest(imported, exported), 0)) OVER (PARTITION BY exporter, importer, heading, months) AS size
    FROM summed WHERE known = if(months = 1, 3, 1)
),
ratios AS (
    SELECT *, [
        ln((imported + 0.05 * size) / (exported + 0.05 * size)),
        ln((imported + 0.05 * size) / (greatest(exported - again_here, 0) + 0.05 * size)),
        CASE WHEN known_early = known THEN ln((imported + 0.05 * size) / (exported_early + 0.05 * size)) END,
        CASE WHEN known_early = known
            THEN ln((imported + 0.05 * size) / (greatest(exported_early - again_early, 0) + 0.05 * size)) END
    ] AS possible
    FROM sized WHERE size > 0
),
nearest AS (
    SELECT *, CASE WHEN list_min(possible) > 0 THEN list_min(possible) WHEN list_max(possible) < 0 THEN list_max(possible)
        ELSE 0 END AS plain
    FROM ratios
)
SELECT exporter, importer, heading, months, basis, currency, month, exported, imported, size,
    CASE WHEN with_freight AND plain > 0 THEN greatest(0, plain - $freight) ELSE plain END AS ratio
FROM nearest;

-- name: mirror-bands
-- What is usual: median and robust deviation of the pair's own windows, or where they are few, of all pairs of the heading.
CREATE OR REPLACE TEMP TABLE mirror_judged AS
WITH own AS (
    SELECT exporter, importer, heading, months, count(*) AS windows, median(ratio) AS usual, mad(ratio) AS mad
    FROM mirror_window GROUP BY ALL
),
wide AS (
    SELECT heading, months, basis, count(DISTINCT (exporter, importer)) AS pairs, median(ratio) AS usual, mad(ratio) AS mad
    FROM mirror_window GROUP BY ALL
),
band AS (
    SELECT w.*, CASE WHEN o.windows >= if(w.months = 12, 6, $history) THEN 'own' WHEN h.pairs >= $pairs THEN 'heading' END
        AS history, o.usual AS own_usual, o.mad AS own_mad, h.usual AS all_usual, h.mad AS all_mad
    FROM mirror_window AS w
    JOIN own AS o USING (exporter, importer, heading, months)
    JOIN wide AS h USING (heading, months, basis)
)
SELECT * EXCLUDE (own_usual, own_mad, all_usual, all_mad),
    if(history = 'own', own_usual, all_usual) AS usual,
    greatest(1.4826 * if(history = 'own', own_mad, all_mad), $least_spread) AS spread,
    (ratio - usual) / spread AS deviations
FROM band WHERE history IS NOT NULL;

-- name: keep-gaps
INSERT INTO derived.mirror_gap
WITH wide AS (
    SELECT *, sign(deviations) AS side FROM mirror_judged
    WHERE abs(deviations) >= $deviations AND abs(ratio - usual) >= $least AND greatest(exported, imported) >= 0.1 * size
),
marked AS (
    SELECT *, coalesce(month - lag(month) OVER same > 3 * months, TRUE)::INTEGER AS begins FROM wide
    WINDOW same AS (PARTITION BY exporter, importer, heading, months, side ORDER BY month)
),
grouped AS (
    SELECT *, sum(begins) OVER (PARTITION BY exporter, importer, heading, months, side ORDER BY month) AS run FROM marked
),
found AS (
    SELECT exporter, importer, heading, months, side, run, min(month) AS earliest, max(month) AS latest,
        arg_max(struct_pack(
            basis := basis, currency := currency, exported := exported, imported := imported, ratio := ratio, usual := usual,
            spread := spread, deviations := deviations, history := history
        ), (abs(deviations), -month)) AS widest
    FROM grouped GROUP BY ALL
),
-- A window of three months is told by the one in its middle.
told AS (
    SELECT *, earliest + if(months = 1, 1, 0) AS from_month, latest + if(months = 1, 1, 0) AS to_month FROM found
),
rests AS (
    SELECT t.exporter, t.importer, t.heading, t.side, t.run, list(s.record ORDER BY s.record) AS records
    FROM told AS t
    JOIN derived.statistic AS s
        ON left(s.hs, 4) = t.heading AND s.hs != 'total' AND s.flow IN ('export', 'import', 're-export')
        AND if(s.flow = 'import', s.partner, s.reporter) = t.exporter
        AND if(s.flow = 'import', s.reporter, s.partner) = t.importer
        AND left(s.period, 4)::INTEGER * 12 + CASE WHEN length(s.period) = 7 AND s.period NOT LIKE '%Q%'
            THEN right(s.period, 2)::INTEGER - 1 WHEN length(s.period) = 7 THEN right(s.period, 1)::INTEGER * 3 - 3 ELSE 0 END
            BETWEEN from_month AND to_month + t.months - 1
    GROUP BY ALL
)
SELECT
    concat_ws('-', t.exporter, t.importer, t.heading, printf('%04d%02d', from_month // 12, from_month % 12 + 1),
        if(t.side > 0, 'more', 'less')),
    t.exporter, t.importer, t.heading, period_name(from_month, t.months), period_name(to_month, t.months),
    (to_month - from_month) // t.months + 1, widest.basis, widest.currency, widest.exported, widest.imported, widest.ratio,
    widest.usual, widest.spread, abs(widest.deviations), widest.history, (SELECT count(*) FROM mirror_judged),
    2 * normal_tail(abs(widest.deviations)) * (SELECT count(*) FROM mirror_judged),
    'revision; confidentiality; goods in transit or in a customs warehouse; re-exports; partner by origin or by consignment; '
    || 'reclassification; freight and insurance; a month of delay', r.records
FROM told AS t JOIN rests AS r USING (exporter, importer, heading, side, run);

-- name: words
CREATE OR REPLACE TEMP MACRO period_name(month, months) AS CASE months
    WHEN 12 THEN printf('%04d', (month // 12)::INTEGER)
    WHEN 3 THEN printf('%04d-Q%d', (month // 12)::INTEGER, (month % 12 // 3 + 1)::INTEGER)
    ELSE printf('%04d-%02d', (month // 12)::INTEGER, (month % 12 + 1)::INTEGER) END;
-- The upper tail of the normal law, from one deviation up, by its continued fraction (Abramowitz and Stegun 26.2.14).
CREATE OR REPLACE TEMP MACRO normal_tail(z) AS
    exp(-z * z / 2) / sqrt(2 * pi()) / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 1)))));

-- name: counts
SELECT (SELECT count(*) FROM derived.statistic), (SELECT count(*) FROM derived.trade_flow),
    (SELECT coalesce(sum(lines), 0)::BIGINT FROM derived.statistic_aside), (SELECT count(*) FROM derived.mirror_gap),
    (SELECT count(*) FROM derived.mirror_silent), (SELECT count(*) FROM derived.surge),
    (SELECT count(*) FROM derived.co_movement);
