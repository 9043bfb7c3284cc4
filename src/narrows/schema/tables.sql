-- The tables of a case file. evidence.* and judgement.* are append-only; derived.* may be dropped and rebuilt.

-- name: schemas
CREATE SCHEMA IF NOT EXISTS evidence;
CREATE SCHEMA IF NOT EXISTS judgement;
CREATE SCHEMA IF NOT EXISTS derived;
CREATE SCHEMA IF NOT EXISTS view;

-- name: evidence
-- A record is one row of one part. Its number is made from the bytes received and the place in them:
-- record = part << 32 | row, with part = 31 bits of SHA-256(file hash, sheet) and row as a spreadsheet shows it.
-- The rows themselves stand, as text, in one table for each part: evidence.rows_<part>.
CREATE TABLE IF NOT EXISTS evidence.source (
    source VARCHAR PRIMARY KEY,       -- SHA-256 of the bytes
    name VARCHAR NOT NULL,            -- as received
    bytes BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS evidence.part (
    part INTEGER PRIMARY KEY,
    source VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    columns VARCHAR[] NOT NULL,       -- headers as written
    first_row BIGINT NOT NULL,
    contiguous BOOLEAN NOT NULL,      -- row = rowid + first_row; else the table has a column _row
    rows_read BIGINT NOT NULL,
    rows_kept BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL,
    notes VARCHAR[] NOT NULL
);
CREATE TABLE IF NOT EXISTS evidence.rejected (
    part INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    text VARCHAR
);

-- name: judgement
CREATE TABLE IF NOT EXISTS judgement.ledger (
    seq BIGINT PRIMARY KEY,
    entered TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    what VARCHAR NOT NULL,            -- created, loaded, mapped, listed, accepted, resolved, screened, charted, traced, ...
    body VARCHAR NOT NULL,            -- JSON, keys sorted
    previous VARCHAR NOT NULL,        -- hash of the entry before; 64 zeros for the first
    hash VARCHAR NOT NULL             -- SHA-256 of the other columns
);
-- What people said the columns of a part mean; the latest version counts.
CREATE TABLE IF NOT EXISTS judgement.mapping (
    part INTEGER NOT NULL,
    version INTEGER NOT NULL,
    toml VARCHAR NOT NULL,
    PRIMARY KEY (part, version)
);
-- What people decided about two parties; nothing is erased, the latest on a pair counts. A party is named by the record and
-- the role in which it stands first, which come from received bytes and survive every rebuild.
CREATE TABLE IF NOT EXISTS judgement.same (
    seq BIGINT PRIMARY KEY,
    entered TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    left_record BIGINT NOT NULL, left_role VARCHAR NOT NULL,
    right_record BIGINT NOT NULL, right_role VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,         -- same, different, unsure
    reason VARCHAR NOT NULL
);
-- Which received files are a version of which list of people and firms, and of what day; nothing is erased. A file that is
-- not here is no list, whatever it holds.
CREATE TABLE IF NOT EXISTS judgement.list_version (
    seq BIGINT PRIMARY KEY,
    entered TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    list VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    source VARCHAR NOT NULL
);
-- What people decided to infer of a party's part in a chain of custody; nothing is erased, the latest on a party counts. Until
-- somebody decides otherwise, nothing is inferred of anybody. A party is named as in judgement.same.
CREATE TABLE IF NOT EXISTS judgement.inference (
    seq BIGINT PRIMARY KEY,
    entered TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    record BIGINT NOT NULL, role VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,         -- none, malpractice
    reason VARCHAR NOT NULL
);
-- Requests to parties about recovered items, each change of state a row; nothing is erased, the latest state counts.
CREATE TABLE IF NOT EXISTS judgement.trace_request (
    seq BIGINT PRIMARY KEY,
    entered TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    request VARCHAR NOT NULL,         -- R-1, R-2, ...
    item VARCHAR NOT NULL, record BIGINT NOT NULL,    -- the recovered item, and the record that describes it
    party_record BIGINT, party_role VARCHAR,          -- whom it goes to, as in judgement.same
    wants VARCHAR NOT NULL,           -- what is asked for
    state VARCHAR NOT NULL,           -- documented, requested, acknowledged, ...: see trace/requests.py
    day DATE NOT NULL,                -- of the step, as the person says
    due DATE,                         -- by when an answer, or the word of the party on the draft, is hoped for
    reason VARCHAR NOT NULL
);
-- Indicator files from outside that a person has read and accepted, by hash.
CREATE TABLE IF NOT EXISTS judgement.accepted_indicator (
    hash VARCHAR PRIMARY KEY,
    id VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    text VARCHAR NOT NULL             -- the whole file, so that it runs again without it
);

-- name: derived-load
CREATE TABLE IF NOT EXISTS derived.column_use (
    part INTEGER, "column" VARCHAR, field VARCHAR   -- field NULL: nobody reads this column; '': left out on purpose
);
-- A value that the record has but that could not be read: the row is kept, the cell is named here.
CREATE TABLE IF NOT EXISTS derived.unread_value (
    part INTEGER, record BIGINT, "column" VARCHAR, field VARCHAR, text VARCHAR, reason VARCHAR
);
-- A row that says nothing a record of its kind must say.
CREATE TABLE IF NOT EXISTS derived.empty_record (part INTEGER, record BIGINT, reason VARCHAR);
CREATE TABLE IF NOT EXISTS derived.party (
    party UBIGINT,                    -- one written form in one part
    part INTEGER, record BIGINT, role VARCHAR, mentions BIGINT,   -- first record and role; how many mentions
    name VARCHAR, alias VARCHAR, id_scheme VARCHAR, id VARCHAR, vat VARCHAR, registration VARCHAR, eori VARCHAR,
    lei VARCHAR, iban VARCHAR, address VARCHAR, city VARCHAR, country VARCHAR, phone VARCHAR, email VARCHAR,
    web VARCHAR, activity VARCHAR, kind VARCHAR
);
CREATE TABLE IF NOT EXISTS derived.goods (
    goods UBIGINT,                    -- one written form of goods
    description VARCHAR, hs_as_written VARCHAR, cas_as_written VARCHAR, un_as_written VARCHAR,
    concentration_as_written VARCHAR, "decimal" VARCHAR,
    hs6 VARCHAR, heading VARCHAR, cas VARCHAR, substance VARCHAR, certainty VARCHAR, why VARCHAR,
    named VARCHAR, by_cas VARCHAR, by_un VARCHAR, excluded VARCHAR,
    low DOUBLE, high DOUBLE, restricted_list BOOLEAN, regulated BOOLEAN, high_priority BOOLEAN, above_limit BOOLEAN
);
CREATE TABLE IF NOT EXISTS derived.item (
    record BIGINT, part INTEGER, deal BIGINT, document VARCHAR, document_no VARCHAR, line_no VARCHAR, order_no VARCHAR,
    trade BOOLEAN,                    -- whether it is screened as trade; packing lists, certificates and replies are not
    date DATE,
    seller UBIGINT, buyer UBIGINT, payer UBIGINT, manufacturer UBIGINT, consignor UBIGINT, consignee UBIGINT,
    notify UBIGINT, declarant UBIGINT, carrier UBIGINT, forwarder UBIGINT, end_user UBIGINT,
    goods UBIGINT, quantity_as_written VARCHAR, unit_as_written VARCHAR, quantity DOUBLE, measure VARCHAR,
    net_mass DOUBLE, gross_mass DOUBLE, volume DOUBLE,
    amount DECIMAL(18, 4), unit_price DECIMAL(18, 4), currency VARCHAR,
    origin VARCHAR, departure VARCHAR, destination VARCHAR, delivery_terms VARCHAR,
    buyer_status VARCHAR, licence_no VARCHAR, licence_until DATE, stated_use VARCHAR,
    payment_method VARCHAR, transport VARCHAR, container VARCHAR, notes VARCHAR,
    lot VARCHAR, serial VARCHAR, manufactured DATE,
    reliability VARCHAR, credibility VARCHAR,         -- Admiralty grades, A to F and 1 to 6; NULL: nobody has rated it
    origin_id VARCHAR                 -- where the source has it from: records of one are one source
);
-- Items found in the field, as those who found them describe them.
CREATE TABLE IF NOT EXISTS derived.recovery (
    record BIGINT, part INTEGER, item_no VARCHAR, date DATE, place VARCHAR, country VARCHAR, latitude DOUBLE,
    longitude DOUBLE, goods UBIGINT, marking VARCHAR, lot VARCHAR, serial VARCHAR, quantity_as_written VARCHAR,
    unit_as_written VARCHAR, quantity DOUBLE, measure VARCHAR, photo VARCHAR, manufacturer UBIGINT,
    reliability VARCHAR, credibility VARCHAR, origin_id VARCHAR, notes VARCHAR
);
CREATE TABLE IF NOT EXISTS derived.payment (
    record BIGINT, part INTEGER, document_no VARCHAR, date DATE, payer UBIGINT, ultimate_payer UBIGINT, payee UBIGINT,
    amount DECIMAL(18, 4), currency VARCHAR, reference VARCHAR, bank_country VARCHAR, method VARCHAR, purpose VARCHAR
);
CREATE TABLE IF NOT EXISTS derived.registration (
    record BIGINT, part INTEGER, company UBIGINT, founded DATE, status VARCHAR
);
CREATE TABLE IF NOT EXISTS derived.link (
    record BIGINT, part INTEGER, a UBIGINT, b UBIGINT, how VARCHAR, share DOUBLE, since DATE, until DATE
);
CREATE TABLE IF NOT EXISTS derived.statement (
    record BIGINT, part INTEGER, document_no VARCHAR, date DATE, buyer UBIGINT, goods UBIGINT,
    quantity_as_written VARCHAR, unit_as_written VARCHAR, quantity DOUBLE, measure VARCHAR,
    stated_use VARCHAR, trade VARCHAR, signatory VARCHAR, signatory_function VARCHAR, identity_document VARCHAR,
    signed BOOLEAN
);
CREATE TABLE IF NOT EXISTS derived.stock (
    record BIGINT, part INTEGER, site VARCHAR, date DATE, goods UBIGINT, unit_as_written VARCHAR,
    book_as_written VARCHAR, book DOUBLE, counted_as_written VARCHAR, counted DOUBLE, measure VARCHAR, seal VARCHAR
);
CREATE TABLE IF NOT EXISTS derived.listing (
    record BIGINT, part INTEGER, party UBIGINT, list VARCHAR, programme VARCHAR, remarks VARCHAR
);

-- Published sums of trade, row by row. Countries are ISO codes; world, group and unspecified are none, and total is no
-- code of goods: such rows are kept and take no part in sums.
CREATE TABLE IF NOT EXISTS derived.statistic (
    record BIGINT, part INTEGER, reporter VARCHAR, partner VARCHAR,
    flow VARCHAR,                     -- import, export, re-export, re-import
    period VARCHAR,                   -- 2024, 2024-Q2 or 2024-03, as published
    hs VARCHAR, hs_as_written VARCHAR, net_mass DOUBLE, amount DECIMAL(18, 4), cif DECIMAL(18, 4), fob DECIMAL(18, 4),
    currency VARCHAR, quantity_as_written VARCHAR, unit_as_written VARCHAR, quantity DOUBLE, measure VARCHAR,
    breakdown VARCHAR                 -- which part of a sum the row is, as written; NULL: nothing is said
);

-- name: derived-lists
-- What each row of a list says: a name, a number, an address, a date of an entry.
CREATE TABLE IF NOT EXISTS derived.list_fact (
    part INTEGER, record BIGINT,
    about VARCHAR,                    -- entry: a row of the entry `id`; of: of one that the row does not name; address
    id VARCHAR,                       -- the publisher's number of the entry, or of the address
    what VARCHAR, strength VARCHAR,   -- strength of names: primary, strong, weak, former; named: nothing is said of it
    nth INTEGER, value VARCHAR        -- place among the values of one cell
);
-- The entries of all versions; what they say stands as in the last version that has them.
CREATE OR REPLACE TABLE derived.list_entry (
    entry VARCHAR,                    -- list, a slash, the publisher's id: the same in every version and rebuild
    list VARCHAR, entry_id VARCHAR,
    kind VARCHAR,                     -- person, organisation, vessel, aircraft, unknown
    name VARCHAR, programme VARCHAR, remarks VARCHAR, listed_on DATE, first_version DATE, last_version DATE,
    delisted BOOLEAN,                 -- gone from the newest version, or every listing of it has ended by then
    record BIGINT                     -- the row of its primary name
);
CREATE OR REPLACE TABLE derived.list_name (
    entry VARCHAR, name VARCHAR,      -- as written
    plain VARCHAR,                    -- given names first, where the list writes "SURNAME, Given Names"
    strength VARCHAR,                 -- primary, strong, weak, former
    record BIGINT
);
-- Country is that of an address, a flag or a registration; whose national somebody is, is never read.
CREATE OR REPLACE TABLE derived.list_attribute (
    entry VARCHAR,
    what VARCHAR,                     -- country (ISO code), address, city, postcode, birth-date (persons: day or year), vat,
                                      -- registration, lei, imo, passport, national-id, other-number, phone, email, web
    value VARCHAR, record BIGINT
);

-- name: derived-resolve
CREATE OR REPLACE TABLE derived.entity (
    entity BIGINT, name VARCHAR, kind VARCHAR, country VARCHAR, activity VARCHAR, activity_title VARCHAR,
    founded DATE, register_record BIGINT, logistics BOOLEAN, parties BIGINT
);
CREATE OR REPLACE TABLE derived.party_entity (party UBIGINT, entity BIGINT, why VARCHAR);
-- What names and addresses were read as, and how far names agree: kept so that new records cost no second reading of the
-- old. The mark says by which words they were read.
CREATE TABLE IF NOT EXISTS derived.reading_mark (mark VARCHAR);
CREATE TABLE IF NOT EXISTS derived.name_reading (
    name VARCHAR, kind VARCHAR, reading BIGINT, read_kind VARCHAR, core VARCHAR, bag VARCHAR, words VARCHAR[],
    longest VARCHAR
);
CREATE TABLE IF NOT EXISTS derived.name_pair (a BIGINT, b BIGINT, persons BOOLEAN, odds FLOAT);
CREATE TABLE IF NOT EXISTS derived.address_reading (
    address VARCHAR, city VARCHAR, country VARCHAR, key VARCHAR, place VARCHAR, province VARCHAR, postcode VARCHAR,
    weak BOOLEAN
);
-- Pairs of parties that may be one. odds: log-odds, of which name_odds come from the names; then what agrees, field by
-- field: 1 the same, 2 the same but shared by many, 3 (mail) the same domain, 0 nothing to compare, -1 not the same.
CREATE OR REPLACE TABLE derived.match (
    left_party UBIGINT, right_party UBIGINT, name_odds FLOAT, other_odds FLOAT, odds FLOAT, vat TINYINT, number TINYINT,
    account TINYINT, phone TINYINT, mail TINYINT, address TINYINT, place TINYINT, postcode TINYINT, country TINYINT
);
CREATE OR REPLACE TABLE derived.identifier (
    entity BIGINT, party UBIGINT, record BIGINT, scheme VARCHAR, value VARCHAR, valid BOOLEAN, written_name VARCHAR,
    registered_name VARCHAR, registered_record BIGINT, name_agreement DOUBLE
);
CREATE OR REPLACE TABLE derived.linked (
    a BIGINT, b BIGINT, how VARCHAR, record BIGINT, since DATE, until DATE
);
CREATE OR REPLACE TABLE derived.shared (
    a BIGINT, b BIGINT, how VARCHAR, value VARCHAR, left_record BIGINT, right_record BIGINT, since DATE
);
-- share: per cent, through chains of owners; NULL where no share of a chain is on record.
CREATE OR REPLACE TABLE derived.ownership (
    owner BIGINT, company BIGINT, share DOUBLE, chains BIGINT, steps BIGINT, records BIGINT[]
);
CREATE OR REPLACE TABLE derived.payment_deal (record BIGINT, deal BIGINT);

-- name: derived-screen
-- Entities that resemble an entry of a list that stands: the two names that tell most, and what else is known on both sides.
CREATE OR REPLACE TABLE derived.list_match (
    entity BIGINT,
    entry VARCHAR, list VARCHAR, entry_id VARCHAR,
    entry_name VARCHAR, strength VARCHAR, -- the list's name, as written there; primary, strong, former, weak
    written_name VARCHAR,             -- the entity's name
    score DOUBLE,                     -- of the two names, 0 to 1
    rests_on VARCHAR,                 -- what the score comes from: distinctive words, everyday words, initials
    agrees VARCHAR[], differs VARCHAR[], -- in words; what is known on one side only stands in neither
    surest VARCHAR,                   -- of what agrees: number, contact, address, town, country; NULL: nothing does
    record BIGINT, list_record BIGINT -- where the two names stand
);
CREATE OR REPLACE TABLE derived.hit (
    hit VARCHAR,                      -- indicator id, subject and record, joined
    indicator VARCHAR, code VARCHAR, family VARCHAR, kind VARCHAR, reviewed BOOLEAN,
    subject_kind VARCHAR,             -- deal or organisation
    subject BIGINT, deal BIGINT,      -- deal: the transaction that the hit's record belongs to
    record BIGINT, evidence BIGINT[], -- the record judged; all records it rests on, that one first
    facts VARCHAR,                    -- JSON object of the columns returned
    says VARCHAR
);
CREATE OR REPLACE TABLE derived.alert (
    alert VARCHAR,                    -- stable: A- and the record of its first line, in hexadecimal
    rank INTEGER,                     -- place in the queue, from 1
    deal BIGINT, document VARCHAR, document_no VARCHAR, date DATE, record BIGINT,
    seller BIGINT, buyer BIGINT, consignee BIGINT, title VARCHAR,
    gates INTEGER, families INTEGER, hits INTEGER, amount DECIMAL(18, 4), currency VARCHAR,
    reasons VARCHAR[]                 -- why it stands where it stands in the queue
);
CREATE OR REPLACE TABLE derived.alert_hit (alert VARCHAR, hit VARCHAR);
CREATE OR REPLACE TABLE derived.coverage (
    indicator VARCHAR, code VARCHAR, records BIGINT, hit BIGINT, clear BIGINT, not_evaluable BIGINT,
    not_concerned BIGINT, lacking VARCHAR   -- JSON object: what was missing -> for how many records
);

-- name: derived-map
CREATE OR REPLACE TABLE derived.place (
    place BIGINT, name VARCHAR, country VARCHAR, latitude DOUBLE, longitude DOUBLE, key VARCHAR
);
-- Each goods line once, with the way it went: maker, seller, buyer, consignee, end user, place (as -place); what is not known
-- is left out. An order, its invoice and its bill of lading are one line where their numbers say so.
CREATE OR REPLACE TABLE derived.flow_line (
    record BIGINT, deal BIGINT,
    sale BIGINT,                      -- lines of one seller under one order number
    date DATE, document VARCHAR, nodes BIGINT[], seller BIGINT, buyer BIGINT, consignee BIGINT,
    commodity VARCHAR,                -- four-digit heading; '' where the goods were not recognised
    description VARCHAR, mass DOUBLE, amount DECIMAL(18, 4), currency VARCHAR,
    records BIGINT[]                  -- all records that tell of it
);
CREATE OR REPLACE TABLE derived.node (
    node BIGINT,                      -- an entity, or -place
    kind VARCHAR, name VARCHAR, country VARCHAR,
    role VARCHAR,                     -- maker, distributor, purchaser, consignee, place: where it mostly stands
    logistics BOOLEAN,
    registered_group BIGINT,          -- the least entity of those that registers link; itself where none do
    activity VARCHAR, lines BIGINT
);
CREATE OR REPLACE TABLE derived.edge (
    edge BIGINT, source BIGINT, target BIGINT,
    kind VARCHAR,                     -- supply, payment, owner, officer, ..., same phone, same address, ...
    commodity VARCHAR, lines BIGINT, mass DOUBLE,
    weighed BIGINT,                   -- lines with a mass
    amount DECIMAL(38, 4), currency VARCHAR, first DATE, last DATE, undated BIGINT,
    records BIGINT[]                  -- the first few
);
-- Where several unrelated flows meet, against what is usual for the activity. Members: entities that registers link.
CREATE OR REPLACE TABLE derived.junction (
    junction BIGINT,                  -- the least of its members
    rank INTEGER, members BIGINT[], activities VARCHAR[],
    sales BIGINT, sellers BIGINT, commodities BIGINT,
    sections BIGINT,                  -- of the Harmonized System: goods of two have little to do with each other
    unusual BIGINT,                   -- of these sections, those that would pass through fewer than one in three such firms
    chance DOUBLE,                    -- that goods as far apart pass through a firm of such activities with as many sales
    expected DOUBLE,                  -- chance times the firms looked at: how many such firms chance alone would show
    peers BIGINT                      -- organisations that the activity's usual goods were learned from
);
CREATE OR REPLACE TABLE derived.junction_flow (
    junction BIGINT, commodity VARCHAR, section INTEGER, seller BIGINT, description VARCHAR, sales BIGINT, lines BIGINT,
    mass DOUBLE, first DATE, last DATE,
    usual DOUBLE,                     -- share of such firms, with as many sales, through which such goods would pass
    records BIGINT[]
);
-- What rests on whom. A flow is stated by the lines that belong to it.
CREATE OR REPLACE TABLE derived.flow (
    flow VARCHAR, title VARCHAR, lines BIGINT, sales BIGINT, mass DOUBLE, weighed BIGINT, amount DECIMAL(38, 4),
    currency VARCHAR,                 -- the currency of most lines; amount sums these
    valued BIGINT, sources BIGINT[], targets BIGINT[],
    cut BIGINT[],                     -- a smallest set of firms without which no way is left; NULL where there is none
    without_firm BIGINT               -- lines that no firm stands between, which no removal cuts
);
CREATE OR REPLACE TABLE derived.flow_part (flow VARCHAR, record BIGINT); -- the lines of a flow
CREATE OR REPLACE TABLE derived.choke_point (
    flow VARCHAR, k INTEGER,          -- the best set of k firms
    nth INTEGER, node BIGINT,
    carried DOUBLE,                   -- share of sales whose way leads through the set
    carried_mass DOUBLE, carried_amount DOUBLE,
    cut_off DOUBLE,                   -- share of sales for which no other way on record leads to where they went
    bound DOUBLE,                     -- no set of k firms carries more
    exact BOOLEAN,
    alone DOUBLE,                     -- share that this firm carries by itself
    steady DOUBLE,                    -- how often it is in the best set when lines are drawn anew
    low DOUBLE, high DOUBLE           -- of the set's share, in nine of ten draws
);

-- name: derived-trace
-- One row for each recovered item: what is known of it as a whole. Counts of links are those of its likeliest chain.
CREATE OR REPLACE TABLE derived.custody_item (
    item VARCHAR,                     -- its number as written; where that is missing or not its own, with its record
    record BIGINT, item_no VARCHAR, date DATE, place VARCHAR, country VARCHAR, latitude DOUBLE, longitude DOUBLE,
    description VARCHAR, marking VARCHAR, lot VARCHAR, serial VARCHAR, quantity DOUBLE, measure VARCHAR,
    photo VARCHAR, photo_source VARCHAR,      -- name of the photograph; hash of the received file of that name
    maker BIGINT, maker_from VARCHAR,         -- entity; where it is known from: item, papers, nothing
    made DATE, made_record BIGINT,
    last_custodian BIGINT, last_date DATE,    -- the last custodian on documents, and since when
    chains INTEGER, links INTEGER, documented INTEGER, inferred INTEGER, contradicted INTEGER, missing INTEGER,
    sources INTEGER,                          -- independent sources behind the likeliest chain
    days BIGINT, days_rank INTEGER, days_of INTEGER, days_median DOUBLE,  -- manufacture to recovery, among all items
    says VARCHAR
);
-- Who stands in the chains, called as it may leave the case: private individuals are not named.
CREATE OR REPLACE TABLE derived.custody_party (entity BIGINT, name VARCHAR, private BOOLEAN);
-- Records whose lot or serial number agrees with an item's, and how far; those not taken say why.
CREATE OR REPLACE TABLE derived.custody_mark (
    item VARCHAR, record BIGINT, field VARCHAR, written VARCHAR, found VARCHAR, how VARCHAR, agree INTEGER,
    "of" INTEGER, taken BOOLEAN, why VARCHAR
);
-- The chains that fit an item, the likeliest first, and why each stands where it stands.
CREATE OR REPLACE TABLE derived.custody_chain (
    item VARCHAR, chain INTEGER, cost DOUBLE, last_custodian BIGINT, last_date DATE, links INTEGER, documented INTEGER,
    inferred INTEGER, contradicted INTEGER, missing INTEGER, sources INTEGER, why VARCHAR[]
);
-- The links of each chain, from the maker to the place where the item was found.
CREATE OR REPLACE TABLE derived.custody_link (
    item VARCHAR, chain INTEGER, step INTEGER,
    giver BIGINT,                     -- NULL: the maker is not known
    taker BIGINT,                     -- NULL: the place where the item was found
    kind VARCHAR,                     -- delivery, named maker, same goods, payment, gap, found
    state VARCHAR,                    -- documented, inferred, contradicted, missing
    level INTEGER,                    -- of the evidence, 1 to 5; NULL where there is none
    date DATE, until DATE,            -- first and last day that its papers name
    days BIGINT,                      -- since the last link that has a day
    quantity DOUBLE, measure VARCHAR,
    received DOUBLE, gave DOUBLE,     -- all that the giver received and gave of the lot, in the same measure
    how VARCHAR,                      -- how the lot or serial number agrees, at best
    sources INTEGER,                  -- independent sources
    grades VARCHAR[],                 -- Admiralty pairs, one for each record
    documents VARCHAR[],              -- kinds and numbers of the papers, one for each record
    records BIGINT[], why VARCHAR[]
);
-- What a person should know of an item beside its chains.
CREATE OR REPLACE TABLE derived.custody_note (item VARCHAR, kind VARCHAR, says VARCHAR, records BIGINT[]);
-- Which paper of which party would settle most, the most useful first.
CREATE OR REPLACE TABLE derived.custody_ask (
    rank INTEGER, party BIGINT, wants VARCHAR, items VARCHAR[], links INTEGER, quantity DOUBLE, measure VARCHAR,
    says VARCHAR, records BIGINT[]
);

-- name: derived-replay
-- Alerts that are joined through a common buyer, consignee or payer, or through firms that a register links.
CREATE OR REPLACE TABLE derived.scheme (
    scheme VARCHAR,                   -- stable: S- and the record of its first alert, in hexadecimal
    rank INTEGER,                     -- place in the queue, that of its highest alert
    title VARCHAR,                    -- its most common parties other than sellers; private persons are not named
    alerts VARCHAR[], parties BIGINT[], -- parties: the entities it is joined through
    consignments BIGINT, undated BIGINT, mass DOUBLE, -- kg, where a weight is on record
    amounts STRUCT(currency VARCHAR, amount DECIMAL(38, 4))[],
    first DATE, last DATE,            -- of its consignments
    record BIGINT,
    replayed BOOLEAN,                 -- false: left out, as only the first so many were asked for
    first_hit DATE, first_by VARCHAR, -- when it could first have been asked about by one actor alone, and by whom
    told VARCHAR                      -- that in a sentence
);
-- What moved, each consignment once: of an order, its invoice and its bill of lading, the one nearest to the movement.
CREATE OR REPLACE TABLE derived.scheme_consignment (
    scheme VARCHAR, consignment INTEGER, -- counted from 1 in each scheme, by date
    document VARCHAR, document_no VARCHAR, date DATE, seller BIGINT, mass DOUBLE,
    amounts STRUCT(currency VARCHAR, amount DECIMAL(38, 4))[], record BIGINT, records BIGINT[]
);
-- Who could have asked, from when. One row for each scheme and actor that saw something of it.
CREATE OR REPLACE TABLE derived.replay (
    scheme VARCHAR, actor INTEGER,    -- actors are counted in the order in which they are told
    kind VARCHAR,                     -- maker, distributor, bank, carrier, customs, all
    name VARCHAR, entity BIGINT,
    records BIGINT,                   -- of the scheme, that it saw in the end
    first_seen DATE, last_seen DATE,  -- the first and last of them
    first_hit DATE,                   -- the day on which it could first have asked; NULL: it could not
    code VARCHAR, codes VARCHAR[],    -- by which indicator; all that stood on that day
    reason VARCHAR,                   -- what the indicator says
    record BIGINT, evidence BIGINT[], -- on which record; all it rests on
    first_alert DATE, alert_codes VARCHAR[], -- the day on which a legal check or flags of two families stood
    before BIGINT, that_day BIGINT, after BIGINT, undated BIGINT, -- consignments, by first_hit
    mass_before DOUBLE, mass_that_day DOUBLE, mass_after DOUBLE,  -- kg
    amounts STRUCT(currency VARCHAR, before DECIMAL(38, 4), that_day DECIMAL(38, 4), after DECIMAL(38, 4))[],
    alert_before BIGINT, alert_after BIGINT, -- consignments before first_alert, and from then on
    told VARCHAR                      -- all of it in one sentence
);
-- What two who put together what they had could have asked that neither could alone, or not as early.
CREATE OR REPLACE TABLE derived.replay_sharing (
    scheme VARCHAR, left_actor INTEGER, right_actor INTEGER, left_name VARCHAR, right_name VARCHAR, left_entity BIGINT,
    right_entity BIGINT,
    first_hit DATE, code VARCHAR, codes VARCHAR[], reason VARCHAR, record BIGINT, evidence BIGINT[], -- if earlier
    alone DATE, alone_by VARCHAR,     -- when the earlier of the two could have asked alone, and who; NULL: neither could
    days BIGINT,                      -- gained; NULL where neither could alone
    moved_between BIGINT, mass_between DOUBLE,
    amounts STRUCT(currency VARCHAR, amount DECIMAL(38, 4))[], -- what moved from first_hit to before alone
    only_together VARCHAR[],          -- indicators that stood on the scheme, in the end, only for the two together
    told VARCHAR
);

-- name: derived-statistics
-- Aggregate trade by heading, pair of countries and period, on one footing. Who tells it is never mixed in a sum: `told` says
-- exports (by the exporter's statistics; re-exports are a part of them), imports (by the importer's), re-exports, re-imports,
-- or declarations (the case's own customs declarations, by month).
CREATE OR REPLACE TABLE derived.trade_flow (
    exporter VARCHAR, importer VARCHAR, told VARCHAR, heading VARCHAR, period VARCHAR, start DATE, months INTEGER,
    currency VARCHAR, mass DOUBLE, value DOUBLE, fob DOUBLE, lines BIGINT,
    versions BIGINT                   -- how many tables tell it; the largest counts, they are never added up
);
-- Rows of statistics that take no part in sums, and why.
CREATE OR REPLACE TABLE derived.statistic_aside (reason VARCHAR, lines BIGINT, record BIGINT);
-- Pairs of which only one side reports: not evaluable.
CREATE OR REPLACE TABLE derived.mirror_silent (
    exporter VARCHAR, importer VARCHAR, heading VARCHAR, told VARCHAR, silent VARCHAR, first VARCHAR, last VARCHAR,
    periods BIGINT, reason VARCHAR, record BIGINT
);
-- Where exporter's and importer's statistics part more than is usual for the pair, or for all pairs of the heading.
CREATE OR REPLACE TABLE derived.mirror_gap (
    gap VARCHAR,                      -- exporter, importer, heading, first period
    exporter VARCHAR, importer VARCHAR, heading VARCHAR, first VARCHAR, last VARCHAR, periods BIGINT,
    basis VARCHAR,                    -- mass, or value in one currency
    currency VARCHAR,
    exported DOUBLE, imported DOUBLE, -- over the window in which the gap is widest, in kg or the currency
    log_ratio DOUBLE,                 -- ln(imports / exports) after the allowance for freight and delay
    usual DOUBLE, spread DOUBLE,      -- median of the log ratio and its robust deviation
    deviations DOUBLE,                -- how many robust deviations from the usual
    history VARCHAR,                  -- own, or heading: all pairs of the heading, where the own history is short
    looked_at BIGINT,                 -- windows of all pairs looked at
    by_chance DOUBLE,                 -- how many such windows normal noise would give among them
    explanations VARCHAR, records BIGINT[]
);
-- Steps up (and down, for comparison) of a series against its own level, its season and the rest of the market.
CREATE OR REPLACE TABLE derived.surge (
    surge VARCHAR, exporter VARCHAR, importer VARCHAR, heading VARCHAR, told VARCHAR, month VARCHAR,
    lasts VARCHAR,                    -- lasting, single month, newest: too new to tell
    basis VARCHAR, currency VARCHAR, before DOUBLE, after DOUBLE, -- medians of a month, in kg or the currency
    log_step DOUBLE,                  -- ln(after / before), over season and rest of the market
    others_step DOUBLE,               -- that of the same commodity with all other partners
    deviations DOUBLE, looked_at BIGINT, by_chance DOUBLE,
    falls BIGINT,                     -- steps down of at least this strength in the same data: what chance can do
    moved_from VARCHAR,               -- heading that falls by as much in the same pair and month: a reclassification?
    explanations VARCHAR, records BIGINT[]
);
-- Several kinds of goods that surge into one market at once.
CREATE OR REPLACE TABLE derived.co_movement (
    movement VARCHAR, importer VARCHAR, first VARCHAR, last VARCHAR,
    headings VARCHAR[], kinds BIGINT, -- headings of one chapter count once, unless they are listed
    listed VARCHAR[], exporters VARCHAR[],
    expected DOUBLE,                  -- headings that would surge in such a window by chance
    by_chance DOUBLE,                 -- such windows expected by chance among those looked at
    looked_at BIGINT, explanations VARCHAR, records BIGINT[]
);
