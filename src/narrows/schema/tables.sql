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
    what VARCHAR NOT NULL,            -- created, loaded, mapped, listed, accepted, resolved, screened, replayed, dropped, rebuilt
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
    date DATE,
    seller UBIGINT, buyer UBIGINT, payer UBIGINT, manufacturer UBIGINT, consignor UBIGINT, consignee UBIGINT,
    notify UBIGINT, declarant UBIGINT, carrier UBIGINT, forwarder UBIGINT, end_user UBIGINT,
    goods UBIGINT, quantity_as_written VARCHAR, unit_as_written VARCHAR, quantity DOUBLE, measure VARCHAR,
    net_mass DOUBLE, gross_mass DOUBLE, volume DOUBLE,
    amount DECIMAL(18, 4), unit_price DECIMAL(18, 4), currency VARCHAR,
    origin VARCHAR, departure VARCHAR, destination VARCHAR, delivery_terms VARCHAR,
    buyer_status VARCHAR, licence_no VARCHAR, licence_until DATE, stated_use VARCHAR,
    payment_method VARCHAR, transport VARCHAR, container VARCHAR, notes VARCHAR
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
    variants VARCHAR[]
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
