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
    what VARCHAR NOT NULL,            -- created, loaded, mapped, accepted, resolved, screened, dropped, rebuilt
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

-- name: derived-resolve
CREATE OR REPLACE TABLE derived.entity (
    entity BIGINT, name VARCHAR, kind VARCHAR, country VARCHAR, activity VARCHAR, activity_title VARCHAR,
    founded DATE, register_record BIGINT, logistics BOOLEAN, parties BIGINT
);
CREATE OR REPLACE TABLE derived.party_entity (party UBIGINT, entity BIGINT, why VARCHAR);
CREATE OR REPLACE TABLE derived.identifier (
    entity BIGINT, party UBIGINT, record BIGINT, scheme VARCHAR, value VARCHAR, valid BOOLEAN, written_name VARCHAR,
    registered_name VARCHAR, registered_record BIGINT, name_agreement DOUBLE
);
CREATE OR REPLACE TABLE derived.linked (
    a BIGINT, b BIGINT, how VARCHAR, record BIGINT, since DATE, until DATE
);
CREATE OR REPLACE TABLE derived.payment_deal (record BIGINT, deal BIGINT);

-- name: derived-screen
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
