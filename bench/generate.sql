-- A synthetic trade: seeded by hashes of row numbers, so that equal sizes give equal files.
-- Sizes are heavy-tailed: a few firms order most, as in real order books.

-- name: words
CREATE OR REPLACE TABLE word AS SELECT * FROM (VALUES
    ('first', ['Alder', 'Birch', 'Cedar', 'Dune', 'Ember', 'Fjord', 'Garnet', 'Harbour', 'Indigo', 'Juniper', 'Kestrel',
        'Larch', 'Maple', 'Northgate', 'Opal', 'Pinewood', 'Quarry', 'Rowan', 'Sable', 'Tarn', 'Umber', 'Valley',
        'Willow', 'Yarrow', 'Zephyr', 'Akdere', 'Bozyel', 'Çamlık', 'Dorukhan', 'Esenyol', 'Gümüştepe', 'Irmakbaşı']),
    ('second', ['Bay', 'Bridge', 'Cross', 'Field', 'Ford', 'Gate', 'Hill', 'Lake', 'Mill', 'Moor', 'Point', 'Quay',
        'Ridge', 'Stone', 'Vale', 'Water', 'Kaya', 'Tepe', 'Ova', 'Köy']),
    ('trade', ['Agro', 'Chemicals', 'Coatings', 'Electronics', 'Foods', 'Hardware', 'Imports', 'Industrial', 'Labs',
        'Logistics', 'Machinery', 'Metals', 'Paints', 'Plastics', 'Supplies', 'Textiles', 'Tools', 'Trading', 'Wood']),
    ('form', ['Ltd', 'GmbH', 'S.A.', 'A.Ş.', 'Ltd. Şti.', 'LLC', 'B.V.', 'SARL']),
    ('good', ['aluminium pigment paste', 'acetone technical', 'garden hose', 'cable reel', 'mobile phone', 'tyre 205/55',
        'wall paint white', 'motion controller', 'ball bearing', 'calcium nitrate fertiliser', 'steel bolt', 'paper roll',
        'hydrogen peroxide', 'office chair', 'LED lamp', 'cotton fabric', 'water pump', 'seed potatoes', 'dairy crate',
        'printed circuit', 'safety glove', 'battery pack', 'urea fertiliser', 'plastic granulate']),
    ('hs', ['321290', '291411', '391739', '854449', '851713', '401110', '320910', '853710', '848210', '283429', '731815',
        '480256', '284700', '940130', '853952', '520811', '841370', '070110', '392310', '853400', '401519', '850760',
        '310210', '390120']),
    ('activity', ['4742', '4752', '2030', '0111', '8610', '4690', '7711', '4673', '2611', '4120', '5210', '4675', '4651',
        '1071', '3600', '4321']),
    ('country', ['DE', 'TR', 'NL', 'PL', 'FR', 'IT', 'GB', 'AE'])
) AS w (kind, words);

-- name: firms
-- $firms firms: name, address, country, activity. Firm 1 orders most.
CREATE OR REPLACE TABLE firm AS
WITH w AS (SELECT map(list(kind), list(words)) AS m FROM word),
drawn AS (
    SELECT
        i, (hash(i, 11) >> 1)::BIGINT AS a, (hash(i, 12) >> 1)::BIGINT AS b, (hash(i, 13) >> 1)::BIGINT AS c,
        (hash(i, 14) >> 1)::BIGINT AS d, (hash(i, 15) >> 1)::BIGINT AS e
    FROM range(1, $firms + 1) AS t (i)
)
SELECT
    i AS firm,
    concat_ws(' ', m['first'][1 + a % 32], m['second'][1 + b % 20], m['trade'][1 + c % 19], (i // 97)::VARCHAR,
        m['form'][1 + d % 8]) AS name,
    concat(1 + e % 250, ' ', m['second'][1 + e % 20], ' Road, ', m['first'][1 + e % 32], ' ', m['second'][1 + b % 20])
        AS address,
    m['country'][1 + (d % 8)] AS country,
    m['activity'][1 + (c % 16)] AS activity
FROM drawn, w;

-- name: lines
-- $rows goods lines over two years. One line in twelve goes to somebody other than the buyer.
CREATE OR REPLACE TABLE line AS
WITH w AS (SELECT map(list(kind), list(words)) AS m FROM word),
drawn AS (
    SELECT
        i,
        1 + floor($firms * pow((hash(i // 3, 1) >> 11) / 9007199254740992.0, 2.5))::BIGINT AS buyer,
        1 + (hash(i // 3, 2) % 40)::BIGINT AS seller,
        1 + floor($firms * pow((hash(i // 3, 3) >> 11) / 9007199254740992.0, 2.5))::BIGINT AS other,
        (hash(i, 4) >> 1)::BIGINT AS a, (hash(i, 5) >> 1)::BIGINT AS b, (hash(i, 6) >> 11) / 9007199254740992.0 AS u
    FROM range($rows) AS t (i)
)
SELECT
    'N' || lpad((i // 3)::VARCHAR, 9, '0') AS order_no,
    DATE '2024-01-01' + (i * 730 // $rows)::INTEGER AS date,
    'Distributor ' || seller || ' GmbH' AS seller,
    buyer,
    CASE WHEN hash(i // 3, 7) % 12 = 0 THEN other ELSE buyer END AS consignee,
    m['good'][1 + (buyer + b % 5) % 24] || ' type ' || (b % 400) AS description,
    m['hs'][1 + (buyer + b % 5) % 24] AS hs,
    CASE WHEN b % 7 = 0 THEN (10 + b % 60) || ' %' END AS concentration,
    round(exp(3 + 1.2 * (u + (a % 1000) / 1000.0 + (b % 1000) / 1000.0 - 1.5) * 2), 1) AS quantity,
    CASE WHEN (buyer + b % 5) % 3 = 0 THEN 'pcs' ELSE 'kg' END AS unit,
    ['EUR', 'USD', 'TRY'][1 + (buyer % 3)] AS currency,
    CASE WHEN buyer % 17 = 0 THEN 'private' ELSE 'professional user' END AS status
FROM drawn, w;

-- name: orders
SELECT
    l.order_no AS "Order No", l.date AS "Order date", l.seller AS "Seller", b.name AS "Buyer",
    b.address AS "Buyer address", b.country AS "Buyer country", c.name AS "Consignee", c.address AS "Consignee address",
    l.description AS "Goods description", l.hs AS "HS code", l.concentration AS "Concentration",
    l.quantity AS "Quantity", l.unit AS "Unit", round(l.quantity * (2 + l.buyer % 40), 2) AS "Amount",
    l.currency AS "Currency", l.status AS "Customer status"
FROM line AS l JOIN firm AS b ON b.firm = l.buyer JOIN firm AS c ON c.firm = l.consignee
ORDER BY l.order_no, l.description, l.quantity;

-- name: register
SELECT
    name AS "Company", 'R' || lpad(firm::VARCHAR, 8, '0') AS "Registration no", address AS "Address",
    country AS "Country", activity AS "NACE", DATE '1990-01-01' + (firm % 12000)::INTEGER AS "Founded"
FROM firm ORDER BY firm;

-- name: payments
-- One order in ten has a payment on record; one in fifty of those comes from somebody else.
SELECT
    'P' || row_number() OVER (ORDER BY l.order_no) AS "Payment no", l.date + 20 AS "Date",
    CASE WHEN hash(l.order_no || ' payer') % 50 = 0 THEN o.name ELSE b.name END AS "Payer", l.seller AS "Payee",
    l.amount AS "Amount", l.currency AS "Currency", 'Order ' || l.order_no AS "Remittance information"
FROM (
    SELECT order_no, min(date) AS date, min(seller) AS seller, min(buyer) AS buyer, min(currency) AS currency,
        round(sum(quantity), 2) AS amount
    FROM line WHERE hash(order_no, 20) % 10 = 0 GROUP BY order_no
) AS l
JOIN firm AS b ON b.firm = l.buyer
JOIN firm AS o ON o.firm = 1 + ((hash(l.order_no, 22) >> 1)::BIGINT % $firms)
ORDER BY l.order_no;

-- name: statements
SELECT
    b.name AS "Buyer", b.address AS "Buyer address", 'R' || lpad(b.firm::VARCHAR, 8, '0') AS "Buyer registration no",
    l.description AS "Product", l.date AS "Statement date", 'own use' AS "Intended use", 'A. Person' AS "Signatory",
    'yes' AS "Signed", 'trade' AS "Trade"
FROM (
    SELECT buyer, min(description) AS description, min(date) AS date
    FROM line WHERE hs IN ('284700') AND buyer % 2 = 0 GROUP BY buyer
) AS l JOIN firm AS b ON b.firm = l.buyer
ORDER BY b.firm;
