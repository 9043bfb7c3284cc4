-- The tables that can be exported. Every row names the file, sheet and row that it rests on.

-- name: sources
SELECT s.name AS file, s.source AS sha256, s.bytes, p.sheet, p.first_row, p.rows_read, p.rows_kept, p.rows_rejected,
    array_to_string(p.notes, '; ') AS notes
FROM evidence.source AS s LEFT JOIN evidence.part AS p USING (source)  -- a photograph has no tables
ORDER BY s.name, s.source, p.sheet;

-- name: columns
SELECT s.name AS file, p.sheet, u."column",
    CASE WHEN u.field IS NULL THEN 'unread' WHEN u.field = '' THEN 'left out on purpose' ELSE u.field END AS field
FROM derived.column_use AS u JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, list_position(p.columns, u."column");

-- name: rejected
SELECT s.name AS file, p.sheet, r."row", r.reason, r.text
FROM evidence.rejected AS r JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, r."row", r.reason;

-- name: unread
SELECT s.name AS file, p.sheet, u.record & 4294967295 AS "row", u."column", u.field, u.text, u.reason
FROM derived.unread_value AS u JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, u.record, u."column";

-- name: empty
SELECT s.name AS file, p.sheet, e.record & 4294967295 AS "row", e.reason
FROM derived.empty_record AS e JOIN evidence.part AS p USING (part) JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, e.record;

-- name: alerts
SELECT
    a.alert, a.rank, a.title, a.document, a.document_no, a.date, seller.name AS seller, buyer.name AS buyer,
    consignee.name AS consignee, a.amount, a.currency, a.gates, a.families, a.hits,
    array_to_string(a.reasons, '; ') AS reasons, s.name AS file, p.sheet, a.record & 4294967295 AS "row"
FROM derived.alert AS a
JOIN evidence.part AS p ON p.part = a.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.entity AS seller ON seller.entity = a.seller
LEFT JOIN derived.entity AS buyer ON buyer.entity = a.buyer
LEFT JOIN derived.entity AS consignee ON consignee.entity = a.consignee
ORDER BY a.rank;

-- name: hits
SELECT
    h.indicator, h.code, h.kind, h.reviewed, h.says, h.facts, ah.alert, t.document_no, t.date,
    s.name AS file, p.sheet, h.record & 4294967295 AS "row"
FROM derived.hit AS h
JOIN evidence.part AS p ON p.part = h.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.alert_hit AS ah USING (hit)
LEFT JOIN derived.trade_line AS t ON t.record = h.record
ORDER BY h.code, h.record, h.subject;

-- name: coverage
SELECT code, indicator, records, hit, clear, not_evaluable, not_concerned, lacking
FROM derived.coverage ORDER BY code;

-- name: items
SELECT
    i.document, i.document_no, i.line_no, i.order_no, i.date, seller.name AS seller, buyer.name AS buyer,
    consignee.name AS consignee, g.description, g.hs_as_written AS hs, g.cas, g.substance, g.certainty, g.why,
    g.high AS concentration, i.quantity_as_written, i.unit_as_written, i.quantity, i.measure, i.net_mass, i.amount,
    i.currency, i.origin, i.departure, i.destination, i.buyer_status, i.stated_use, i.lot, i.serial, i.manufactured,
    i.reliability, i.credibility, i.origin_id,
    s.name AS file, p.sheet, i.record & 4294967295 AS "row"
FROM derived.item AS i
JOIN evidence.part AS p USING (part)
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.goods AS g USING (goods)
LEFT JOIN derived.party AS seller ON seller.party = i.seller
LEFT JOIN derived.party AS buyer ON buyer.party = i.buyer
LEFT JOIN derived.party AS consignee ON consignee.party = i.consignee
ORDER BY s.name, p.sheet, i.record;

-- name: payments
SELECT
    y.document_no, y.date, payer.name AS payer, ultimate.name AS ultimate_payer, payee.name AS payee, y.amount,
    y.currency, y.reference, y.bank_country, y.method, s.name AS file, p.sheet, y.record & 4294967295 AS "row"
FROM derived.payment AS y
JOIN evidence.part AS p USING (part)
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.party AS payer ON payer.party = y.payer
LEFT JOIN derived.party AS ultimate ON ultimate.party = y.ultimate_payer
LEFT JOIN derived.party AS payee ON payee.party = y.payee
ORDER BY s.name, p.sheet, y.record;

-- name: parties
-- Every party as written: each mention in each row, with the entity that it is held to be and why. `party` names the written
-- form, for judgements: the record and role in which it stands first.
WITH mention AS (
    SELECT record, role, party FROM (
        UNPIVOT (
            SELECT record, seller, buyer, payer, manufacturer, consignor, consignee, notify, declarant, carrier,
                forwarder, end_user
            FROM derived.item
        )
        ON seller, buyer, payer, manufacturer, consignor, consignee, notify, declarant, carrier, forwarder, end_user
        INTO NAME role VALUE party
    )
    UNION ALL
    SELECT record, role, party FROM (
        UNPIVOT (SELECT record, payer, ultimate_payer, payee FROM derived.payment)
        ON payer, ultimate_payer, payee INTO NAME role VALUE party
    )
    UNION ALL SELECT record, 'buyer', buyer FROM derived.statement WHERE buyer IS NOT NULL
    UNION ALL SELECT record, 'party', party FROM derived.listing WHERE party IS NOT NULL
    UNION ALL SELECT record, 'manufacturer', manufacturer FROM derived.recovery WHERE manufacturer IS NOT NULL
    UNION ALL
    SELECT DISTINCT record, role, party FROM (
        SELECT record, 'company' AS role, company AS party FROM derived.registration WHERE company IS NOT NULL
        UNION ALL SELECT record, if(how IN ('owner', 'officer'), how, 'party'), a FROM derived.link
        UNION ALL SELECT record, if(how IN ('owner', 'officer'), 'company', 'other'), b FROM derived.link
    )
)
SELECT
    printf('%x', y.record) || '.' || y.role AS party, y.name, m.role, e.entity, e.why, y.address, y.city, y.country,
    y.phone, y.email, y.web, y.id_scheme, y.id, y.vat, y.registration, y.eori, y.lei, y.iban, y.activity,
    s.name AS file, p.sheet, m.record & 4294967295 AS "row"
FROM mention AS m
JOIN derived.party AS y USING (party)
JOIN evidence.part AS p ON p.part = m.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.party_entity AS e USING (party)
ORDER BY s.name, p.sheet, m.record, m.role, y.party;

-- name: matches
-- Pairs of written forms that may be one, with what was compared: 1 the same, 2 the same but shared by many, 3 (mail) the
-- same domain, 0 nothing to compare, -1 not the same; odds are log-odds, 0 is an even chance.
SELECT
    printf('%x', x.record) || '.' || x.role AS left_party, printf('%x', y.record) || '.' || y.role AS right_party,
    x.name AS left_name, y.name AS right_name, round(m.odds, 2) AS odds, round(m.name_odds, 2) AS name_odds, m.vat,
    m.number, m.account, m.phone, m.mail, m.address, m.place, m.postcode, m.country, ex.entity = ey.entity AS joined,
    sx.name AS file, px.sheet, x.record & 4294967295 AS "row", sy.name AS other_file, py.sheet AS other_sheet,
    y.record & 4294967295 AS other_row
FROM derived.match AS m
JOIN derived.party AS x ON x.party = m.left_party
JOIN derived.party AS y ON y.party = m.right_party
LEFT JOIN derived.party_entity AS ex ON ex.party = x.party
LEFT JOIN derived.party_entity AS ey ON ey.party = y.party
JOIN evidence.part AS px ON px.part = x.part
JOIN evidence.source AS sx ON sx.source = px.source
JOIN evidence.part AS py ON py.part = y.part
JOIN evidence.source AS sy ON sy.source = py.source
ORDER BY m.odds DESC, x.record, y.record, x.role, y.role;

-- name: judgements
SELECT
    j.seq, j.entered, j.who, j.verdict, j.reason, printf('%x', j.left_record) || '.' || j.left_role AS left_party,
    x.name AS left_name, printf('%x', j.right_record) || '.' || j.right_role AS right_party, y.name AS right_name,
    s.name AS file, p.sheet, j.left_record & 4294967295 AS "row"
FROM judgement.same AS j
LEFT JOIN derived.party AS x ON x.record = j.left_record AND x.role = j.left_role
LEFT JOIN derived.party AS y ON y.record = j.right_record AND y.role = j.right_role
LEFT JOIN evidence.part AS p ON p.part = j.left_record >> 32
LEFT JOIN evidence.source AS s USING (source)
ORDER BY j.seq;

-- name: entities
SELECT
    e.entity, e.name, e.kind, e.country, e.activity, e.activity_title, e.founded, e.parties,
    f.file, f.sheet, f."row"
FROM derived.entity AS e
JOIN (
    SELECT
        x.entity, min_by(s.name, y.record) AS file, min_by(p.sheet, y.record) AS sheet,
        min(y.record) & 4294967295 AS "row"
    FROM derived.party_entity AS x
    JOIN derived.party AS y USING (party)
    JOIN evidence.part AS p USING (part)
    JOIN evidence.source AS s USING (source)
    GROUP BY x.entity
) AS f USING (entity)
ORDER BY e.entity;

-- name: links
SELECT a.name AS a, b.name AS b, l.how, l.since, l.until, s.name AS file, p.sheet, l.record & 4294967295 AS "row"
FROM derived.linked AS l
JOIN evidence.part AS p ON p.part = l.record >> 32
JOIN evidence.source AS s USING (source)
JOIN derived.entity AS a ON a.entity = l.a
JOIN derived.entity AS b ON b.entity = l.b
ORDER BY l.a, l.b, l.how, l.record;

-- name: shared
SELECT
    a.name AS a, b.name AS b, h.how, h.value, h.since, s.name AS file, p.sheet, h.left_record & 4294967295 AS "row",
    sb.name AS other_file, pb.sheet AS other_sheet, h.right_record & 4294967295 AS other_row
FROM derived.shared AS h
JOIN derived.entity AS a ON a.entity = h.a
JOIN derived.entity AS b ON b.entity = h.b
JOIN evidence.part AS p ON p.part = h.left_record >> 32
JOIN evidence.source AS s USING (source)
JOIN evidence.part AS pb ON pb.part = h.right_record >> 32
JOIN evidence.source AS sb ON sb.source = pb.source
ORDER BY h.how, h.value, h.a, h.b;

-- name: ownership
SELECT
    o.name AS owner, c.name AS company, w.share, w.chains, w.steps, s.name AS file, p.sheet,
    w.records[1] & 4294967295 AS "row", len(w.records) AS records
FROM derived.ownership AS w
JOIN derived.entity AS o ON o.entity = w.owner
JOIN derived.entity AS c ON c.entity = w.company
JOIN evidence.part AS p ON p.part = w.records[1] >> 32
JOIN evidence.source AS s USING (source)
ORDER BY w.owner, w.company;

-- name: ledger
SELECT seq, entered, who, what, body, previous, hash FROM judgement.ledger ORDER BY seq;

-- name: lists
-- Each version of each list, with its files; the counts of entries and names are those of its list's last state.
WITH part AS (
    SELECT v.list, v.as_of, s.name AS file, p.part
    FROM judgement.list_version AS v
    JOIN evidence.source AS s USING (source)
    JOIN evidence.part AS p USING (source)
),
version AS (
    SELECT
        list, as_of, string_agg(DISTINCT file, ', ' ORDER BY file) AS files,
        count(DISTINCT f.id) AS entries_in_files
    FROM part
    LEFT JOIN derived.list_fact AS f
        ON f.part = part.part AND f.about = 'entry' AND f.what = 'name'
        AND f.record NOT IN (SELECT record FROM derived.list_fact WHERE what = 'target' AND value = 'false')
    GROUP BY list, as_of
)
SELECT
    v.list, v.as_of, v.files, v.entries_in_files,
    count(e.entry) FILTER (NOT e.delisted) AS entries, count(e.entry) FILTER (e.delisted) AS delisted,
    coalesce(sum(n.names), 0)::BIGINT AS names, coalesce(sum(n.weak), 0)::BIGINT AS weak_names
FROM version AS v
LEFT JOIN derived.list_entry AS e USING (list)
LEFT JOIN (
    SELECT entry, count(*) AS names, count(*) FILTER (strength = 'weak') AS weak FROM derived.list_name GROUP BY entry
) AS n USING (entry)
GROUP BY v.list, v.as_of, v.files, v.entries_in_files
ORDER BY v.list, v.as_of;

-- name: list-entries
SELECT
    e.list, e.entry_id, e.kind, e.name, e.programme, e.remarks, e.listed_on, e.first_version, e.last_version, e.delisted,
    s.name AS file, p.sheet, e.record & 4294967295 AS "row"
FROM derived.list_entry AS e
JOIN evidence.part AS p ON p.part = e.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY e.entry;

-- name: list-matches
-- Who resembles whom; `file` is where the party stands, `list_file` the list.
SELECT
    x.name AS entity, x.kind, m.written_name, m.list, m.entry_id, m.entry_name, m.strength, m.score, m.rests_on,
    array_to_string(m.agrees, ', ') AS agrees, array_to_string(m.differs, ', ') AS differs, m.surest,
    s.name AS file, p.sheet, m.record & 4294967295 AS "row", sl.name AS list_file, pl.sheet AS list_sheet,
    m.list_record & 4294967295 AS list_row
FROM derived.list_match AS m
JOIN derived.entity AS x USING (entity)
JOIN evidence.part AS p ON p.part = m.record >> 32
JOIN evidence.source AS s ON s.source = p.source
JOIN evidence.part AS pl ON pl.part = m.list_record >> 32
JOIN evidence.source AS sl ON sl.source = pl.source
ORDER BY m.entity, m.entry;

-- name: list-names
SELECT
    e.list, e.entry_id, e.kind, n.name, n.plain, n.strength, e.delisted, s.name AS file, p.sheet,
    n.record & 4294967295 AS "row"
FROM derived.list_name AS n
JOIN derived.list_entry AS e USING (entry)
JOIN evidence.part AS p ON p.part = n.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY e.entry, n.record, n.name;

-- name: list-attributes
SELECT e.list, e.entry_id, a.what, a.value, s.name AS file, p.sheet, a.record & 4294967295 AS "row"
FROM derived.list_attribute AS a
JOIN derived.list_entry AS e USING (entry)
JOIN evidence.part AS p ON p.part = a.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY e.entry, a.record, a.what, a.value;

-- name: nodes
-- Firms and places of the network, with the first goods line that leads through each.
WITH first AS (
    SELECT node, min(record) AS record FROM (SELECT unnest(nodes) AS node, record FROM derived.flow_line) GROUP BY node
)
SELECT
    n.node, n.kind, n.name, n.role, n.country, n.activity, n.logistics, n.lines,
    CASE WHEN n.registered_group <> n.node OR g.members > 1 THEN g.name END AS registered_with,
    s.name AS file, p.sheet, f.record & 4294967295 AS "row"
FROM derived.node AS n
JOIN first AS f USING (node)
JOIN evidence.part AS p ON p.part = f.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN (
    SELECT registered_group, count(*) AS members, min_by(name, node) AS name FROM derived.node GROUP BY registered_group
) AS g USING (registered_group)
ORDER BY n.node;

-- name: flow-lines
-- Each goods line once, with the way it went, and how many further records tell of it.
SELECT
    f.document, f.date, seller.name AS seller, buyer.name AS buyer, consignee.name AS consignee,
    place.name AS place, place.country, f.commodity, f.description, f.mass, f.amount, f.currency,
    len(f.records) - 1 AS told_again, s.name AS file, p.sheet, f.record & 4294967295 AS "row"
FROM derived.flow_line AS f
JOIN evidence.part AS p ON p.part = f.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.entity AS seller ON seller.entity = f.seller
LEFT JOIN derived.entity AS buyer ON buyer.entity = f.buyer
LEFT JOIN derived.entity AS consignee ON consignee.entity = f.consignee
LEFT JOIN derived.place AS place ON place.place = -f.nodes[-1]
ORDER BY s.name, p.sheet, f.record;

-- name: hops
-- Each step of each goods line as an edge of its own, for `narrows chokepoints` and other tools. A sale of several lines
-- weighs 1 in all. Of nodes with one name each bears its number.
WITH known AS (
    SELECT
        node,
        coalesce(name, 'no name on record')
        || CASE WHEN count(*) OVER (PARTITION BY coalesce(name, 'no name on record')) > 1 THEN ' #' || node ELSE '' END AS name
    FROM derived.node
),
hop AS (
    SELECT
        nodes[nth] AS a, nodes[nth + 1] AS b, 1 / count(*) OVER (PARTITION BY sale, nth) AS weight, nullif(commodity, '') AS commodity,
        date, mass, amount, currency, record
    FROM (SELECT *, unnest(range(1, len(nodes))) AS nth FROM derived.flow_line)
)
SELECT
    x.name AS source, y.name AS target, h.weight, h.commodity, h.date, h.mass, h.amount, h.currency, s.name AS file, p.sheet,
    h.record & 4294967295 AS "row"
FROM hop AS h
JOIN known AS x ON x.node = h.a
JOIN known AS y ON y.node = h.b
JOIN evidence.part AS p ON p.part = h.record >> 32
JOIN evidence.source AS s ON s.source = p.source
ORDER BY s.name, p.sheet, h.record, h.a, h.b;

-- name: edges
-- Who supplies, pays, owns or shares something with whom. Amounts and masses of supplies alone are flows; the record is the
-- first of those behind the edge.
SELECT
    e.kind, coalesce(a.name, x.name) AS source, coalesce(b.name, y.name) AS target, e.commodity, e.lines, e.mass,
    e.weighed, e.amount, e.currency, e.first, e.last, e.undated, s.name AS file, p.sheet,
    e.records[1] & 4294967295 AS "row"
FROM derived.edge AS e
JOIN evidence.part AS p ON p.part = e.records[1] >> 32
JOIN evidence.source AS s ON s.source = p.source
LEFT JOIN derived.node AS a ON a.node = e.source
LEFT JOIN derived.node AS b ON b.node = e.target
LEFT JOIN derived.entity AS x ON x.entity = e.source
LEFT JOIN derived.entity AS y ON y.entity = e.target
ORDER BY e.kind, e.edge;

-- name: junctions
-- Firms, or groups that a register links, in which several unrelated flows meet: one row for each record of them.
SELECT
    j.junction, j.rank,
    (
        SELECT string_agg(n.name, '; ' ORDER BY n.node) FROM (SELECT unnest(j.members) AS node) AS m JOIN derived.node AS n USING (node)
    ) AS firms,
    array_to_string(j.activities, '; ') AS activities, j.sales, j.sellers, j.commodities, j.sections, j.unusual, j.chance,
    j.expected, j.peers, f.commodity, f.section, f.description, seller.name AS seller, f.sales AS sales_of_it, f.mass,
    f.first, f.last, f.usual, s.name AS file, p.sheet, f.record & 4294967295 AS "row"
FROM derived.junction AS j
JOIN (SELECT *, unnest(records) AS record FROM derived.junction_flow) AS f USING (junction)
JOIN evidence.part AS p ON p.part = f.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.entity AS seller ON seller.entity = f.seller
ORDER BY j.rank, f.usual, f.commodity, f.seller, f.record;

-- name: choke-points
-- For each number of firms the set that carries most of the flow. The record is the first line that leads through the firm.
WITH first AS (
    SELECT node, min(record) AS record FROM (SELECT unnest(nodes) AS node, record FROM derived.flow_line) GROUP BY node
)
SELECT
    c.flow, w.title, w.sales AS flow_sales, w.mass AS flow_mass, w.amount AS flow_amount, w.currency, c.k, c.nth,
    n.name AS firm, c.carried, c.carried_mass, c.carried_amount, c.cut_off, c.bound, c.exact, c.alone, c.steady, c.low,
    c.high, s.name AS file, p.sheet, f.record & 4294967295 AS "row"
FROM derived.choke_point AS c
JOIN derived.flow AS w USING (flow)
JOIN derived.node AS n USING (node)
JOIN first AS f USING (node)
JOIN evidence.part AS p ON p.part = f.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY c.flow, c.k, c.nth;

-- name: recoveries
-- Recovered items, with what was traced of each; parties are called as it may leave the case.
SELECT
    c.item, c.date, c.place, c.country, c.latitude, c.longitude, c.description, c.marking, c.lot, c.serial, c.quantity,
    c.measure, c.photo, maker.name AS maker, c.maker_from, c.made, held.name AS last_custodian, c.last_date, c.chains,
    c.links, c.documented, c.inferred, c.contradicted, c.missing, c.sources, c.days, c.days_rank, c.days_of,
    c.days_median, c.says, s.name AS file, p.sheet, c.record & 4294967295 AS "row"
FROM derived.custody_item AS c
JOIN evidence.part AS p ON p.part = c.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.custody_party AS maker ON maker.entity = c.maker
LEFT JOIN derived.custody_party AS held ON held.entity = c.last_custodian
ORDER BY c.record;

-- name: custody
-- The links of the chains. A link that rests on no record names the row of its item; `evidence` are all places.
WITH place AS (
    SELECT
        l.item, l.chain, l.step,
        string_agg(
            s.name || CASE WHEN p.sheet = '' THEN '' ELSE '[' || p.sheet || ']' END || ':' || (l.record & 4294967295),
            '; ' ORDER BY l.nth
        ) AS evidence
    FROM (
        SELECT item, chain, step, unnest(records) AS record, generate_subscripts(records, 1) AS nth
        FROM derived.custody_link
    ) AS l
    JOIN evidence.part AS p ON p.part = l.record >> 32
    JOIN evidence.source AS s USING (source)
    GROUP BY l.item, l.chain, l.step
),
inferred AS (
    SELECT x.entity, max_by(i.verdict, i.seq) AS verdict
    FROM judgement.inference AS i
    JOIN derived.party AS y ON y.record = i.record AND y.role = i.role
    JOIN derived.party_entity AS x USING (party)
    GROUP BY x.entity
)
SELECT
    l.item, l.chain, l.step, giver.name AS giver, taker.name AS taker, l.kind, l.state, l.level, l.date, l.until, l.days,
    l.quantity, l.measure, l.received, l.gave, l.how, l.sources, array_to_string(l.grades, '; ') AS grades,
    array_to_string(l.documents, '; ') AS documents, array_to_string(l.why, '; ') AS why,
    CASE WHEN l.giver IS NULL THEN NULL WHEN gi.verdict = 'malpractice' THEN 'malpractice inferred by a person'
         ELSE 'no inference of malpractice' END AS giver_inference,
    CASE WHEN l.taker IS NULL THEN NULL WHEN ti.verdict = 'malpractice' THEN 'malpractice inferred by a person'
         ELSE 'no inference of malpractice' END AS taker_inference,
    e.evidence, s.name AS file, p.sheet, coalesce(l.records[1], c.record) & 4294967295 AS "row"
FROM derived.custody_link AS l
JOIN derived.custody_item AS c USING (item)
JOIN evidence.part AS p ON p.part = coalesce(l.records[1], c.record) >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN place AS e ON e.item = l.item AND e.chain = l.chain AND e.step = l.step
LEFT JOIN derived.custody_party AS giver ON giver.entity = l.giver
LEFT JOIN derived.custody_party AS taker ON taker.entity = l.taker
LEFT JOIN inferred AS gi ON gi.entity = l.giver
LEFT JOIN inferred AS ti ON ti.entity = l.taker
ORDER BY c.record, l.chain, l.step;

-- name: custody-marks
SELECT
    m.item, m.field, m.written, m.found, m.how, m.agree, m."of", m.taken, m.why, i.document, i.document_no, i.date,
    s.name AS file, p.sheet, m.record & 4294967295 AS "row"
FROM derived.custody_mark AS m
JOIN derived.custody_item AS c USING (item)
JOIN derived.item AS i ON i.record = m.record
JOIN evidence.part AS p ON p.part = m.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY c.record, m.record;

-- name: custody-notes
SELECT n.item, n.kind, n.says, s.name AS file, p.sheet, n.records[1] & 4294967295 AS "row"
FROM derived.custody_note AS n
JOIN derived.custody_item AS c USING (item)
JOIN evidence.part AS p ON p.part = n.records[1] >> 32
JOIN evidence.source AS s USING (source)
ORDER BY c.record, n.kind, n.says, n.records;

-- name: custody-asks
SELECT
    a.rank, y.name AS party, a.wants, array_to_string(a.items, '; ') AS items, a.links, a.quantity, a.measure, a.says,
    s.name AS file, p.sheet, a.records[1] & 4294967295 AS "row"
FROM derived.custody_ask AS a
JOIN derived.custody_party AS y ON y.entity = a.party
JOIN evidence.part AS p ON p.part = a.records[1] >> 32
JOIN evidence.source AS s USING (source)
ORDER BY a.rank;

-- name: requests
-- Requests about recovered items as they stand, with the steps that led there.
WITH told AS (
    SELECT
        request, max_by(item, seq) AS item, max_by(record, seq) AS record, max_by(party_record, seq) AS party_record,
        max_by(party_role, seq) AS party_role, max_by(wants, seq) AS wants, max_by(state, seq) AS state,
        max_by(day, seq) AS day, arg_max_null(due, seq) AS due, max_by(who, seq) AS who, max_by(reason, seq) AS reason,
        string_agg(day || ' ' || state || ' (' || who || ')', '; ' ORDER BY seq) AS steps, min(seq) AS first
    FROM judgement.trace_request
    GROUP BY request
)
SELECT
    t.request, t.item,
    CASE WHEN c.private OR e.kind = 'person' THEN 'a private individual' ELSE coalesce(c.name, e.name, y.name) END
        AS party,
    t.wants, t.state, t.day, t.due, t.who, t.reason, t.steps, s.name AS file, p.sheet, t.record & 4294967295 AS "row"
FROM told AS t
JOIN evidence.part AS p ON p.part = t.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.party AS y ON y.record = t.party_record AND y.role = t.party_role
LEFT JOIN derived.party_entity AS x ON x.party = y.party
LEFT JOIN derived.entity AS e ON e.entity = x.entity
LEFT JOIN derived.custody_party AS c ON c.entity = x.entity
ORDER BY t.first;

-- name: inferences
-- What people inferred of parties; until somebody does, nothing is inferred of anybody. The latest on a party counts.
SELECT
    i.seq, i.entered, i.who,
    CASE WHEN c.private OR e.kind = 'person' THEN 'a private individual' ELSE coalesce(e.name, y.name) END AS party,
    i.verdict, i.reason, s.name AS file, p.sheet, i.record & 4294967295 AS "row"
FROM judgement.inference AS i
JOIN evidence.part AS p ON p.part = i.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.party AS y ON y.record = i.record AND y.role = i.role
LEFT JOIN derived.party_entity AS x ON x.party = y.party
LEFT JOIN derived.entity AS e ON e.entity = x.entity
LEFT JOIN derived.custody_party AS c ON c.entity = x.entity
ORDER BY i.seq;

-- name: schemes
SELECT
    c.scheme, c.rank, c.title, array_to_string(c.alerts, ', ') AS alerts, c.consignments, c.undated, c.mass AS mass_kg,
    array_to_string(list_transform(c.amounts, lambda a: a.currency || ' ' || a.amount::DECIMAL(38, 2)), '; ') AS amounts,
    c.first, c.last, c.replayed, c.first_hit, c.first_by, c.told, s.name AS file, p.sheet, c.record & 4294967295 AS "row"
FROM derived.scheme AS c
JOIN evidence.part AS p ON p.part = c.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY c.rank;

-- name: consignments
-- What moved in each scheme, each consignment once; `records` counts the rows that tell of it.
SELECT
    c.scheme, c.consignment, c.document, c.document_no, c.date, seller.name AS seller, c.mass AS mass_kg,
    array_to_string(list_transform(c.amounts, lambda a: a.currency || ' ' || a.amount::DECIMAL(38, 2)), '; ') AS amounts,
    len(c.records) AS records, s.name AS file, p.sheet, c.record & 4294967295 AS "row"
FROM derived.scheme_consignment AS c
JOIN derived.scheme AS h USING (scheme)
JOIN evidence.part AS p ON p.part = c.record >> 32
JOIN evidence.source AS s USING (source)
LEFT JOIN derived.entity AS seller ON seller.entity = c.seller
ORDER BY h.rank, c.consignment;

-- name: replay
-- Who could first have asked about each scheme; file, sheet and row are of the record on which the flag stood.
SELECT
    r.scheme, h.rank, h.title, r.kind, r.name, r.records, r.first_seen, r.last_seen, r.first_hit, r.code,
    array_to_string(r.codes, ', ') AS codes, r.reason, r.first_alert, array_to_string(r.alert_codes, ', ') AS alert_codes,
    r.before, r.that_day, r.after, r.undated, r.mass_before, r.mass_that_day, r.mass_after,
    array_to_string(
        list_transform(
            r.amounts,
            lambda a: a.currency || ' ' || a.before::DECIMAL(38, 2) || ' before, ' || a.that_day::DECIMAL(38, 2) || ' that day, '
            || a.after::DECIMAL(38, 2) || ' after'
        ),
        '; '
    ) AS amounts,
    r.alert_before, r.alert_after, r.told, s.name AS file, p.sheet, r.record & 4294967295 AS "row",
    len(r.evidence) AS evidence
FROM derived.replay AS r
JOIN derived.scheme AS h USING (scheme)
LEFT JOIN evidence.part AS p ON p.part = r.record >> 32
LEFT JOIN evidence.source AS s USING (source)
ORDER BY h.rank, r.actor;

-- name: sharing
-- What two actors would have had from putting together what each had; file, sheet and row are of the record on which
-- the flag stood.
SELECT
    r.scheme, h.rank, h.title, r.left_name, r.right_name, r.first_hit, r.code, array_to_string(r.codes, ', ') AS codes,
    r.reason, r.alone, r.alone_by, r.days, r.moved_between, r.mass_between,
    array_to_string(list_transform(r.amounts, lambda a: a.currency || ' ' || a.amount::DECIMAL(38, 2)), '; ') AS amounts,
    array_to_string(r.only_together, ', ') AS only_together, r.told, s.name AS file, p.sheet,
    r.record & 4294967295 AS "row", len(r.evidence) AS evidence
FROM derived.replay_sharing AS r
JOIN derived.scheme AS h USING (scheme)
LEFT JOIN evidence.part AS p ON p.part = r.record >> 32
LEFT JOIN evidence.source AS s USING (source)
ORDER BY h.rank, r.left_actor, r.right_actor;

-- name: statistics
SELECT
    t.reporter, t.partner, t.flow, t.period, t.hs, t.hs_as_written, t.net_mass, t.amount, t.cif, t.fob, t.currency,
    t.quantity_as_written, t.unit_as_written, t.quantity, t.measure, t.breakdown, s.name AS file, p.sheet,
    t.record & 4294967295 AS "row"
FROM derived.statistic AS t
JOIN evidence.part AS p USING (part)
JOIN evidence.source AS s USING (source)
ORDER BY s.name, p.sheet, t.record;

-- name: trade-flows
-- Sums by heading, pair of countries and period; `told` says by whom. They are never added to one another.
SELECT exporter, importer, heading, period, told, currency, mass, value, fob, lines, versions
FROM derived.trade_flow ORDER BY exporter, importer, heading, start, months, told, currency;

-- name: statistics-aside
SELECT a.reason, a.lines, s.name AS file, p.sheet, a.record & 4294967295 AS "row"
FROM derived.statistic_aside AS a
JOIN evidence.part AS p ON p.part = a.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY a.reason;

-- name: mirror-silent
-- Flows that one side tells and the other cannot be held against: not evaluable.
SELECT
    m.exporter, m.importer, m.heading, m.told, m.silent, m.first, m.last, m.periods, m.reason, s.name AS file, p.sheet,
    m.record & 4294967295 AS "row"
FROM derived.mirror_silent AS m
JOIN evidence.part AS p ON p.part = m.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY m.exporter, m.importer, m.heading, m.told;

-- name: mirror-gaps
-- Every row of statistics or declarations it rests on stands in a row of its own.
SELECT
    r.gap, r.exporter, r.importer, r.heading, r.first, r.last, r.periods, r.basis, r.currency, r.exported, r.imported,
    r.log_ratio, r.usual, r.spread, r.deviations, r.history, r.looked_at, r.by_chance, r.explanations, s.name AS file, p.sheet, r.record & 4294967295 AS "row"
FROM (SELECT *, unnest(records) AS record FROM derived.mirror_gap) AS r
JOIN evidence.part AS p ON p.part = r.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY r.deviations DESC, r.gap, r.record;

-- name: surges
-- Every row of statistics or declarations it rests on stands in a row of its own.
SELECT
    r.surge, r.exporter, r.importer, r.heading, r.told, r.month, r.lasts, r.basis, r.currency, r.before, r.after,
    r.log_step, r.others_step, r.deviations, r.looked_at, r.by_chance, r.falls, r.moved_from, r.explanations, s.name AS file, p.sheet, r.record & 4294967295 AS "row"
FROM (SELECT *, unnest(records) AS record FROM derived.surge) AS r
JOIN evidence.part AS p ON p.part = r.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY r.deviations DESC, r.surge, r.record;

-- name: co-movements
-- Every row of statistics or declarations it rests on stands in a row of its own.
SELECT
    r.movement, r.importer, r.first, r.last, array_to_string(r.headings, ', ') AS headings, r.kinds,
    array_to_string(r.listed, ', ') AS listed, array_to_string(r.exporters, ', ') AS exporters, r.expected, r.by_chance,
    r.looked_at, r.explanations, s.name AS file, p.sheet, r.record & 4294967295 AS "row"
FROM (SELECT *, unnest(records) AS record FROM derived.co_movement) AS r
JOIN evidence.part AS p ON p.part = r.record >> 32
JOIN evidence.source AS s USING (source)
ORDER BY r.by_chance, r.movement, r.record;
