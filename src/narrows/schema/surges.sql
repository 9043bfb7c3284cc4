-- Surges of trade into a market, and several at once. Reads derived.trade_flow, writes derived.surge and .co_movement.

-- name: series
-- Monthly series with at least some months of trade. By mass where it is known throughout, else by value in the currency
-- that most of its months have.
CREATE OR REPLACE TEMP TABLE series AS
WITH monthly AS (
    SELECT * FROM derived.trade_flow WHERE months = 1 AND told IN ('exports', 'imports', 'declarations')
),
weighed AS (
    SELECT exporter, importer, told, heading, count(mass) = count(*) AS by_mass, count(DISTINCT start) AS traded
    FROM monthly GROUP BY ALL HAVING traded >= $traded
),
money AS (
    SELECT exporter, importer, told, heading, currency, count(*) AS often FROM monthly
    WHERE currency IS NOT NULL AND value IS NOT NULL
    GROUP BY exporter, importer, told, heading, currency
    QUALIFY row_number() OVER (PARTITION BY exporter, importer, told, heading ORDER BY often DESC, currency) = 1
)
SELECT w.exporter, w.importer, w.told, w.heading,
    CASE w.told WHEN 'exports' THEN w.exporter WHEN 'imports' THEN w.importer ELSE '' END AS teller,
    if(w.by_mass, 'mass', 'value') AS basis, if(w.by_mass, NULL, m.currency) AS currency
FROM weighed AS w
LEFT JOIN money AS m USING (exporter, importer, told, heading)
WHERE w.by_mass OR m.currency IS NOT NULL;

-- name: calendar
-- The months in which somebody tells anything; a month without a row of a series is one without trade.
CREATE OR REPLACE TEMP TABLE calendar AS
SELECT country AS teller, told, month FROM reported WHERE months = 1
UNION
SELECT '', 'declarations', unnest(range(min(year(start) * 12 + month(start) - 1), max(year(start) * 12 + month(start))))
FROM derived.trade_flow WHERE told = 'declarations' HAVING count(*) > 0;

-- name: cells
CREATE OR REPLACE TEMP TABLE cell AS
WITH figure AS (
    SELECT f.exporter, f.importer, f.told, f.heading, year(f.start) * 12 + month(f.start) - 1 AS month,
        max(CASE WHEN s.basis = 'mass' THEN f.mass WHEN f.currency = s.currency THEN f.value END) AS figure
    FROM derived.trade_flow AS f
    JOIN series AS s USING (exporter, importer, told, heading)
    WHERE f.months = 1
    GROUP BY ALL
),
dense AS (
    SELECT s.*, c.month, CASE WHEN f.told IS NULL THEN 0 ELSE f.figure END AS figure
    FROM series AS s
    JOIN calendar AS c USING (teller, told)
    LEFT JOIN figure AS f
        ON f.exporter = s.exporter AND f.importer = s.importer AND f.told = s.told AND f.heading = s.heading
        AND f.month = c.month
)
-- A tenth of a usual month stands in for nothing: a logarithm needs more than zero, and scale must not matter.
SELECT *,
    sum(figure) OVER (PARTITION BY exporter, told, heading, basis, currency, month) - coalesce(figure, 0) AS others,
    0.1 * median(nullif(figure, 0)) OVER (PARTITION BY exporter, importer, told, heading) AS little
FROM dense;

-- name: levels
-- The three months from each month on, against the twelve before and the same months one and two years earlier; a single
-- month is held against the highest of that month and its neighbours a year and two years earlier, as seasons shift.
CREATE OR REPLACE TEMP TABLE level AS
WITH logs AS (
    SELECT *, ln(figure + little) AS y, ln(greatest(others, 0) + little) AS o FROM cell WHERE little > 0
)
SELECT *,
    median(y) OVER recent AS before, count(y) OVER recent AS known_before, median(y) OVER ahead AS after,
    count(y) OVER ahead AS known_after, median(y) OVER year_ago AS year_before, median(y) OVER years_ago AS years_before,
    count(nullif(figure, 0)) OVER ahead AS traded_after,
    max(y) OVER season AS season_before, max(y) OVER seasons AS seasons_before, median(o) OVER recent AS others_before, median(o) OVER ahead AS others_after
FROM logs
WINDOW
    recent AS (PARTITION BY exporter, importer, told, heading ORDER BY month RANGE BETWEEN 12 PRECEDING AND 1 PRECEDING),
    ahead AS (PARTITION BY exporter, importer, told, heading ORDER BY month RANGE BETWEEN CURRENT ROW AND 2 FOLLOWING),
    year_ago AS (PARTITION BY exporter, importer, told, heading ORDER BY month RANGE BETWEEN 12 PRECEDING AND 10 PRECEDING),
    years_ago AS (PARTITION BY exporter, importer, told, heading ORDER BY month RANGE BETWEEN 24 PRECEDING AND 22 PRECEDING),
    season AS (PARTITION BY exporter, importer, told, heading ORDER BY month RANGE BETWEEN 13 PRECEDING AND 11 PRECEDING),
    seasons AS (PARTITION BY exporter, importer, told, heading ORDER BY month RANGE BETWEEN 25 PRECEDING AND 23 PRECEDING);

-- name: steps
-- A step up counts above its own level, above its season, and above what the exporter's trade in these goods with all others
-- does; a step down likewise. It must also pass the highest months of the year before: lumpy trade comes and goes.
-- The robust deviation is that of the series' own steps, from its level or from its season, whichever is steadier.
CREATE OR REPLACE TEMP TABLE step AS
WITH high AS (
    SELECT *,
        max(after) OVER (PARTITION BY exporter, importer, told, heading ORDER BY month RANGE BETWEEN 14 PRECEDING AND 3 PRECEDING)
            AS highest_after,
        max(y) OVER (PARTITION BY exporter, importer, told, heading ORDER BY month RANGE BETWEEN 12 PRECEDING AND 1 PRECEDING)
            AS highest
    FROM level
),
judged AS (
    SELECT *, others_after - others_before AS others_step,
        least(after - before, coalesce(after - year_before, 1e9), coalesce(after - years_before, 1e9))
            - greatest(0, others_after - others_before) AS up,
        greatest(after - before, coalesce(after - year_before, -1e9), coalesce(after - years_before, -1e9))
            - least(0, others_after - others_before) AS down,
        least(y - before, coalesce(y - season_before, 1e9), coalesce(y - seasons_before, 1e9))
            - greatest(0, o - others_before) AS spike
    FROM high WHERE known_before >= $known
),
spread AS (
    SELECT exporter, importer, told, heading,
        1.4826 * least(median(abs(after - before)), coalesce(median(abs(after - year_before)), 1e9)) AS step_spread,
        1.4826 * median(abs(y - before)) AS spike_spread
    FROM judged GROUP BY ALL
)
SELECT j.* EXCLUDE (teller, known_before), j.up / greatest(s.step_spread, $least_spread) AS up_deviations,
    -j.down / greatest(s.step_spread, $least_spread) AS down_deviations,
    j.spike / greatest(s.spike_spread, 1.5 * $least_spread) AS spike_deviations,
    exp(after) >= $share * (exp(after) + exp(others_after)) AS weighty
FROM judged AS j JOIN spread AS s USING (exporter, importer, told, heading);

-- name: events
-- Neighbouring months of one step are one event, told of the month in which the series first stands above its level.
CREATE OR REPLACE TEMP TABLE event AS
WITH flagged AS (
    SELECT *, 'up' AS way, up_deviations AS deviations, up AS size, 'lasting' AS lasts FROM step
    WHERE known_after = 3 AND traded_after >= 2 AND up_deviations >= $deviations AND up >= $least AND weighty
        AND after - highest_after >= 0.5 * $least
    UNION ALL
    SELECT *, 'down', down_deviations, -down, 'lasting' FROM step
    WHERE known_after = 3 AND down_deviations >= 0.6 * $deviations AND -down >= 0.5 * $least
    UNION ALL
    SELECT *, 'spike', spike_deviations, spike, if(known_after = 3, 'single month', 'newest') FROM step
    WHERE spike_deviations >= 1.25 * $deviations AND spike >= 1.6 * $least AND figure > 0 AND weighty
        AND y - highest >= 0.5 * $least
),
marked AS (
    SELECT *, coalesce(month - lag(month) OVER same > 3, TRUE)::INTEGER AS begins FROM flagged
    WINDOW same AS (PARTITION BY exporter, importer, told, heading, way ORDER BY month)
),
run AS (
    SELECT *, sum(begins) OVER (PARTITION BY exporter, importer, told, heading, way ORDER BY month) AS nth FROM marked
)
SELECT exporter, importer, told, heading, basis, currency, way, nth,
    coalesce(min(month) FILTER (abs(y - before) >= 0.5 * size AND sign(y - before) = if(way = 'down', -1, 1)), min(month))
        AS month,
    max(month) AS until, max(deviations) AS deviations,
    arg_max(struct_pack(
        before := greatest(0, exp(before) - little), after := greatest(0, if(way = 'spike', figure, exp(after) - little)),
        size := size, others := others_step, lasts := lasts
    ), (deviations, -month)) AS most
FROM run GROUP BY exporter, importer, told, heading, basis, currency, way, nth;

-- name: keep-surges
INSERT INTO derived.surge
WITH looked AS (SELECT count(*) AS steps FROM step),
strong AS (SELECT deviations FROM event WHERE way = 'down' AND deviations >= $deviations AND most.size >= $least),
surge AS (
    SELECT e.* FROM event AS e
    WHERE e.way = 'up' OR (e.way = 'spike' AND NOT EXISTS (
        FROM event AS l WHERE l.way = 'up' AND l.exporter = e.exporter AND l.importer = e.importer AND l.told = e.told
            AND l.heading = e.heading AND e.month BETWEEN l.month - 3 AND l.until + 3
    ))
),
moved AS (
    SELECT s.exporter, s.importer, s.told, s.heading, s.month,
        arg_max(f.heading, (f.most.before - f.most.after, f.heading)) AS moved_from
    FROM surge AS s
    JOIN event AS f ON f.way = 'down' AND f.exporter = s.exporter AND f.importer = s.importer AND f.told = s.told
        AND f.heading != s.heading AND f.basis = s.basis AND f.currency IS NOT DISTINCT FROM s.currency
        AND abs(f.month - s.month) <= 1
        AND (f.most.before - f.most.after) BETWEEN 0.5 * (s.most.after - s.most.before) AND 2 * (s.most.after - s.most.before)
    GROUP BY ALL
),
rests AS (
    SELECT s.exporter, s.importer, s.told, s.heading, s.month, list(r.record ORDER BY r.record) AS records
    FROM surge AS s
    JOIN told_month AS r USING (exporter, importer, told, heading)
    WHERE r.month BETWEEN s.month AND s.month + 2
    GROUP BY ALL
)
SELECT
    concat_ws('-', s.exporter, s.importer, s.heading, s.told, period_name(s.month, 1)),
    s.exporter, s.importer, s.heading, s.told, period_name(s.month, 1), s.most.lasts, s.basis, s.currency,
    s.most.before, s.most.after, s.most.size, s.most.others, s.deviations, looked.steps,
    looked.steps * normal_tail(s.deviations), (SELECT count(*) FROM strong WHERE strong.deviations >= s.deviations),
    m.moved_from,
    if(m.moved_from IS NULL, '', 'trade may have moved from heading ' || m.moved_from || ' (reclassification); ')
    || 'harvest; stock cycle; tariff change; a large project; a new supplier in place of another; revision; reclassification',
    r.records
FROM surge AS s
CROSS JOIN looked
JOIN rests AS r USING (exporter, importer, told, heading, month)
LEFT JOIN moved AS m USING (exporter, importer, told, heading, month);

-- name: told-months
-- The records of the series that have an event, by month.
CREATE OR REPLACE TEMP TABLE told_month AS
WITH of_events AS (SELECT DISTINCT exporter, importer, told, heading FROM event WHERE way != 'down')
SELECT e.*, left(s.period, 4)::INTEGER * 12 + right(s.period, 2)::INTEGER - 1 AS month, s.record
FROM of_events AS e
JOIN derived.statistic AS s
    ON s.flow || 's' = e.told AND left(s.hs, 4) = e.heading AND s.hs != 'total' AND length(s.period) = 7
    AND s.period NOT LIKE '%Q%' AND if(s.flow = 'export', s.reporter, s.partner) = e.exporter
    AND if(s.flow = 'export', s.partner, s.reporter) = e.importer
UNION ALL
SELECT e.*, year(i.date) * 12 + month(i.date) - 1, i.record
FROM of_events AS e
JOIN derived.item AS i ON i.document = 'declarations' AND coalesce(i.departure, i.origin) = e.exporter
    AND i.destination = e.importer
JOIN derived.goods AS g ON g.goods = i.goods AND g.heading = e.heading
WHERE e.told = 'declarations';

-- name: keep-movements
-- How many headings would surge into one market within three months if surges fell anywhere: a Poisson law whose rate is that
-- of all surges over all headings, markets and months looked at.
INSERT INTO derived.co_movement
WITH surge AS (
    SELECT u.*, left(u.month, 4)::INTEGER * 12 + right(u.month, 2)::INTEGER - 1 AS begun,
        if(u.heading IN (SELECT heading FROM listed_heading), u.heading, left(u.heading, 2)) AS kind
    FROM derived.surge AS u WHERE u.moved_from IS NULL
),
looked AS (SELECT importer, count(DISTINCT heading) AS headings, count(DISTINCT month) AS months FROM step GROUP BY importer),
rate AS (
    SELECT (SELECT count(DISTINCT (importer, heading, begun)) FROM surge)
        / (SELECT count(DISTINCT (importer, heading, month)) FROM step) AS rate,
        (SELECT sum(months) FROM looked)::BIGINT AS windows
),
gathered AS (
    SELECT a.importer, a.begun, count(DISTINCT b.kind) AS kinds, list(DISTINCT b.heading ORDER BY b.heading) AS headings,
        list(DISTINCT b.heading ORDER BY b.heading) FILTER (length(b.kind) = 4) AS listed,
        list(DISTINCT b.exporter ORDER BY b.exporter) AS exporters, max(b.begun) AS until,
        list_sort(list_distinct(flatten(list(b.records)))) AS records
    FROM (SELECT DISTINCT importer, begun FROM surge) AS a
    JOIN surge AS b ON b.importer = a.importer AND b.begun BETWEEN a.begun AND a.begun + 2
    GROUP BY a.importer, a.begun HAVING kinds >= $kinds
),
ranked AS (
    SELECT g.*, NOT EXISTS (
        FROM gathered AS o WHERE o.importer = g.importer AND abs(o.begun - g.begun) <= 2
            AND (o.kinds, -o.begun) > (g.kinds, -g.begun)
    ) AS most
    FROM gathered AS g
),
judged AS (
    SELECT r.*, l.headings * 3 * rate.rate AS expected, rate.windows,
        rate.windows * list_sum(list_transform(range(r.kinds, r.kinds + 40),
            lambda n: exp(-l.headings * 3 * rate.rate + n * ln(l.headings * 3 * rate.rate) - lgamma(n + 1)))) AS by_chance
    FROM ranked AS r JOIN looked AS l USING (importer) CROSS JOIN rate WHERE r.most
)
SELECT
    concat_ws('-', importer, period_name(begun, 1)), importer, period_name(begun, 1), period_name(until, 1), headings, kinds,
    coalesce(listed, []), exporters, expected, by_chance, windows,
    'general boom; currency; reclassification; a large project or a harvest that needs them all; tariff change', records
FROM judged WHERE by_chance <= $by_chance;
