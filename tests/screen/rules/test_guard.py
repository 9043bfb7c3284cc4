import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot.errors import ErrorLevel

from narrows.casefile.engine import Engine
from narrows.casefile.published import create_empty
from narrows.screen.rules.grammar import functions
from narrows.screen.rules.guard import concern, reads, validated
from narrows.screen.rules.header import BrokenIndicator

SELECT = "SELECT i.deal AS subject, i.record AS record"
PLAIN = f"{SELECT} FROM view.item AS i"

# What must never reach the database, whatever it is wrapped in.
HOSTILE = [
    f"{SELECT} FROM read_csv('/etc/passwd') AS i",
    f"{SELECT} FROM read_text('/etc/passwd') AS i",
    f"{SELECT} FROM '/etc/passwd' AS i",
    f"{SELECT} FROM 'file.csv' AS i",
    f'{SELECT} FROM "file.csv" AS i',
    f'{SELECT} FROM "view.item" AS i',
    f"{SELECT} FROM glob('*') AS i",
    f"{SELECT} FROM range(1000000000) AS i, range(1000000000) AS j",
    f"{SELECT} FROM generate_series(1, 1000000000) AS i",
    f"{PLAIN}, range(1000000000) AS j",
    f"{PLAIN}, unnest([1, 2]) AS j",
    f"{PLAIN}, LATERAL (SELECT 1) AS j",
    f"{PLAIN} CROSS JOIN (VALUES (1)) AS j(x)",
    f"{PLAIN} WHERE getenv('HOME') <> ''",
    f"{PLAIN} WHERE current_setting('memory_limit') <> ''",
    f"{PLAIN} WHERE random() < 0.5",
    f"{PLAIN} WHERE i.date < current_date",
    f"{PLAIN} WHERE i.date < now()",
    f"{PLAIN} WHERE i.date < today()",
    f"{PLAIN} WHERE uuid() <> ''",
    f"{PLAIN} WHERE nextval('s') > 0",
    f"{PLAIN} WHERE md5(i.description) = ''",
    f"{PLAIN} WHERE regexp_matches(i.description, '(a+)+$')",
    f"{PLAIN} WHERE i.description SIMILAR TO 'a'",
    f"{PLAIN} WHERE i.description ILIKE 'a%'",
    f"{PLAIN} WHERE i.description[1:2] = 'a'",
    f"{PLAIN} WHERE list_value(1, 2)[1] = 1",
    f"{PLAIN} WHERE [1, 2][1] = 1",
    f"{PLAIN} WHERE {{'a': 1}}.a = 1",
    f"{PLAIN} WHERE len(list_transform([1], x -> x)) = 1",
    f"{PLAIN} WHERE lower(i.description) = 'a'",
    f"{PLAIN} WHERE query('SELECT 1') IS NULL",
    f"COPY ({PLAIN}) TO '/tmp/out.csv'",
    "COPY view.item FROM '/etc/passwd'",
    "ATTACH '/tmp/other.duckdb' AS other",
    "DETACH view",
    "PRAGMA database_list",
    "CALL pragma_version()",
    "SET enable_external_access = true",
    "RESET memory_limit",
    "INSTALL httpfs",
    "LOAD httpfs",
    "USE main",
    "CHECKPOINT",
    "VACUUM",
    "BEGIN",
    "EXPORT DATABASE '/tmp/x'",
    "DESCRIBE view.item",
    "SUMMARIZE view.item",
    "SHOW TABLES",
    f"EXPLAIN {PLAIN}",
    f"PREPARE p AS {PLAIN}",
    f"CREATE TABLE x AS {PLAIN}",
    f"INSERT INTO view.item {PLAIN}",
    "DELETE FROM view.item",
    "UPDATE view.item SET deal = 1",
    "DROP TABLE view.item",
    "FROM view.item",
    "PIVOT view.item ON buyer USING count(*)",
    f"{PLAIN}; DROP TABLE view.item",
    f"{PLAIN}; {PLAIN}",
    f"{PLAIN} -- the end\n; DELETE FROM view.item",
    f"{PLAIN} /* the end */ ; /* */ DELETE FROM view.item",
    f"WITH item AS ({PLAIN}) SELECT subject, record FROM item",
    f"WITH view AS ({PLAIN}) SELECT subject, record FROM view",
    f"WITH RECURSIVE a AS ({PLAIN} UNION ALL SELECT subject, record FROM a) SELECT subject, record FROM a",
    "WITH a AS (SELECT subject, record FROM a) SELECT subject, record FROM a",
    f"WITH a AS MATERIALIZED ({PLAIN}) SELECT subject, record FROM a",
    "WITH a AS (DELETE FROM view.item RETURNING deal AS subject, record) SELECT subject, record FROM a",
    f"{SELECT} FROM information_schema.tables AS i",
    f"{SELECT} FROM duckdb_settings() AS i",
    f"{SELECT} FROM duckdb_tables AS i",
    f"{SELECT} FROM sqlite_master AS i",
    f"{SELECT} FROM pg_catalog.pg_tables AS i",
    f"{SELECT} FROM evidence.record AS i",
    f"{SELECT} FROM derived.item AS i",
    f"{SELECT} FROM main.item AS i",
    f"{SELECT} FROM item AS i",
    f"{SELECT} FROM view.hit AS i",
    f"{SELECT} FROM other.view.item AS i",
    f"{PLAIN} JOIN evidence.source AS s ON TRUE",
    f"{PLAIN} WHERE EXISTS (SELECT 1 FROM evidence.source AS s)",
    f"{PLAIN} WHERE i.deal IN (SELECT deal FROM derived.item)",
    "SELECT * FROM view.item",
    "SELECT i.* FROM view.item AS i",
    "SELECT COLUMNS(*) FROM view.item",
    "SELECT i.* EXCLUDE (deal), i.deal AS subject FROM view.item AS i",
    f"{PLAIN} WHERE rowid = 1",
    f"{PLAIN} WHERE i.nosuch = 1",
    f"{PLAIN} WHERE nosuch = 1",
    f"{PLAIN} WHERE EXISTS (SELECT 1 FROM view.entity AS e WHERE e.entity = i.nosuch)",
    f"{PLAIN} WHERE EXISTS (SELECT 1 FROM view.entity AS e WHERE e.entity = k.buyer)",
    f"{PLAIN} WHERE view.item.deal = 1",
    f"WITH a AS ({PLAIN}) SELECT a.subject, a.record, a.buyer FROM a",
    f"{PLAIN} ASOF JOIN view.payment AS p ON p.date >= i.date",
    f"{PLAIN} NATURAL JOIN view.payment AS p",
    f"{PLAIN} POSITIONAL JOIN view.payment AS p",
    f"{PLAIN} USING SAMPLE 10",
    f"{SELECT} FROM view.item AS i TABLESAMPLE 10%",
    f"{PLAIN} INTERSECT {PLAIN}",
    f"{PLAIN} EXCEPT {PLAIN}",
    f"{PLAIN} UNION ALL BY NAME {PLAIN}",
    f"{PLAIN} UNION ALL SELECT i.record, i.deal FROM view.item AS i",
    f"{SELECT} FROM view.item AS i GROUP BY ALL",
    f"{SELECT} FROM view.item AS i GROUP BY ROLLUP (i.deal, i.record)",
    "SELECT DISTINCT ON (i.deal) i.deal AS subject, i.record AS record FROM view.item AS i",
    f"{PLAIN} LIMIT 10",
    f"{PLAIN} ORDER BY i.date LIMIT 10",
    f"{PLAIN} ORDER BY i.record LIMIT 10 OFFSET 5",
    f"{PLAIN} ORDER BY ALL",
    f"{PLAIN} ORDER BY x",
    f"{PLAIN} FOR UPDATE",
    "SELECT i.deal AS subject, i.record AS record INTO x FROM view.item AS i",
    f"{PLAIN} WHERE i.deal = :nosuch",
    f"{PLAIN} WHERE i.deal = ?",
    f"{PLAIN} WHERE i.deal = $1",
    "SELECT i.deal AS subject FROM view.item AS i",
    "SELECT i.deal AS subject, i.record AS record, i.deal AS record FROM view.item AS i",
    "SELECT i.deal AS subject, i.record FROM view.item AS i GROUP BY i.deal, i.record HAVING 1 < count(*) AND x",
    "SELECT i.description AS subject, i.record AS record FROM view.item AS i",
    "SELECT i.deal AS subject, i.record AS record, count(*) FROM view.item AS i GROUP BY i.deal, i.record",
    "SELECT i.deal AS subject, i.record AS record, i.description AS list_record FROM view.item AS i",
    f"{SELECT} FROM view.і_item AS i",  # a Cyrillic letter
    f"{SELECT} FROM view.ｉtem AS i",  # a full-width letter
    f"{PLAIN} WHERE i.deal\u200b = 1",
    f"{PLAIN} -- \u202e DROP",
    f"{PLAIN} WHERE i.description = 'a\x00b'",
    f"{PLAIN} WHERE i.description = 'open",
    f"{PLAIN} WHERE " + "(" * 5000 + "1=1" + ")" * 5000,
    f"{PLAIN} WHERE " + "NOT " * 2500 + "TRUE",
    f"{PLAIN} WHERE i.deal IN (" + "1, " * 5000 + "1)",
    "",
    "-- nothing",
    ";",
    "/* --- */",
    "regulated",
]


@pytest.mark.parametrize("sql", HOSTILE)
def test_refused(make, sql):
    with pytest.raises(BrokenIndicator) as caught:
        validated(make(sql=sql))
    assert caught.value.hint


# Where DuckDB and Spark answer otherwise.
UNLIKE = {
    "sum(i.quantity) > 1": "whole numbers and DECIMAL",
    "i.amount * i.amount > 1": "multiplied as a DECIMAL",
    "i.amount * 1.5 > 1": "multiplied as a DECIMAL",
    "i.amount / nullif(i.amount, 0) > 1": "divided as a DECIMAL",
    "i.quantity / i.buyer > 1": "divisor may be nought",
    "i.quantity / 0 > 1": "divisor may be nought",
    "CAST(i.quantity AS BIGINT) > 1": "double is cast to BIGINT",
    "CAST(i.amount AS BIGINT) > 1": "decimal is cast to BIGINT",
    "CAST(i.description AS BIGINT) > 1": "text is cast to BIGINT",
    "CAST(i.quantity AS VARCHAR) = '1'": "double is cast to TEXT",
    "CAST('2024-1-1' AS DATE) < i.date": "not a date",
    "TRY_CAST(i.description AS BIGINT) > 1": "not allowed",
    "round(i.quantity, 2) > 1": "only a DECIMAL is rounded to digits",
    "i.date > '2024-01-01'": "date and text",
    "i.deal = '7'": "number and text",
    "i.deal IN (1, 'a')": "number and text",
    "i.description IN (SELECT e.entity FROM view.entity AS e)": "number and text",
    "coalesce(i.deal, 'none') = 'none'": "number and text",
    "i.description || i.deal = 'a'": "texts only",
    "i.licence_until - i.date IS NULL": "cannot be added or subtracted",
    "i.date + i.buyer > i.date": "cannot be added or subtracted",
    "i.date + INTERVAL 1 MONTH > i.date": "written number of days",
    "i.date + INTERVAL (i.buyer) DAY > i.date": "written number of days",
    "date_diff('month', i.date, i.licence_until) > 1": "days only",
    "i.description LIKE '%\\_%'": "without a backslash",
    "i.description LIKE i.hs6": "written text",
    "substr(i.hs6, 0, 2) = '1'": "at least 1",
    "left(i.hs6, -1) = '1'": "written number",
    "count_if(i.regulated) > 1": "not allowed",
    "avg(i.deal) > 1": "not allowed",
    "concat(i.hs6, i.cas) = ''": "not allowed",
    "i.deal % 2 = 1": "not allowed",
    "i.deal // 2 = 1": "not allowed",
}


@pytest.mark.parametrize(("condition", "message"), UNLIKE.items())
def test_refused_because_the_engines_differ(make, condition, message):
    grouped = "sum(" in condition or "count_if(" in condition or "avg(" in condition
    tail = f"GROUP BY i.deal, i.record HAVING {condition}" if grouped else f"WHERE {condition}"
    with pytest.raises(BrokenIndicator, match=message):
        validated(make(sql=f"{PLAIN} {tail}"))


UNORDERED = [
    "row_number() OVER (PARTITION BY i.buyer)",
    "row_number() OVER (PARTITION BY i.buyer ORDER BY i.date)",
    "lag(i.date) OVER (ORDER BY i.date)",
    "count(*) OVER (ORDER BY i.date ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)",
    "count(*) OVER (ORDER BY i.date RANGE BETWEEN INTERVAL 3 DAY PRECEDING AND CURRENT ROW)",
    "count(*) FILTER (WHERE i.regulated) OVER (PARTITION BY i.buyer)",
    "(SELECT e.entity FROM view.entity AS e ORDER BY e.founded LIMIT 1)",
]


@pytest.mark.parametrize("value", UNORDERED)
def test_refused_because_ties_are_open(make, value):
    with pytest.raises(BrokenIndicator):
        validated(make(sql=f"{SELECT}, {value} AS x FROM view.item AS i"))


def test_string_agg_needs_an_order(make):
    with pytest.raises(BrokenIndicator, match="ORDER BY x"):
        validated(make(sql=f"{SELECT}, string_agg(i.cas, ', ') AS x FROM view.item AS i GROUP BY i.deal, i.record"))


@pytest.fixture(scope="module")
def engine():
    engine = Engine(threads=1)
    create_empty(engine)
    yield engine
    engine.close()


@pytest.mark.parametrize("name", functions())
def test_every_listed_function_passes_runs_and_is_known_to_spark(make, engine, name):
    function = functions()[name]
    keys = "" if " OVER " in function.example or name not in AGGREGATES else " GROUP BY i.deal, i.record"
    tree = validated(make(sql=f"{SELECT}, {function.example} AS x FROM view.item AS i{keys}"))
    engine.rows(tree)
    # date_add is written as d + n, so that both engines give a date.
    assert tree.find(function.node) is not None or name == "date_add"
    sqlglot.parse_one(tree.sql("spark", unsupported_level=ErrorLevel.RAISE), dialect="spark")
    assert function.note.endswith(".")


AGGREGATES = {"count", "sum", "min", "max", "bool_or", "bool_and", "string_agg"}

ALLOWED = [
    f"WITH a AS ({PLAIN}), b AS (SELECT a.subject AS subject, max(a.record) AS record FROM a GROUP BY a.subject) "
    "SELECT b.subject, b.record FROM b",
    f"{PLAIN} UNION ALL {PLAIN} WHERE i.amount > 3",
    f"{PLAIN} QUALIFY row_number() OVER (PARTITION BY i.buyer ORDER BY i.date DESC, i.record) = 1",
    f"{PLAIN} WHERE i.date + INTERVAL 30 DAY > i.licence_until AND i.date - 7 < i.licence_until",
    f"{PLAIN} WHERE CAST(i.amount AS DOUBLE) / nullif(i.quantity, 0) > 2.5 OR i.quantity * 1.5 > i.amount",
    f"{PLAIN} LEFT JOIN view.linked AS l ON l.a = i.buyer ANTI JOIN view.payment AS p USING (deal) WHERE l.a IS NULL",
    f"{PLAIN} WHERE i.buyer IS DISTINCT FROM i.payer AND i.regulated IS NOT TRUE AND i.hs6 NOT LIKE '76%'",
    f"{PLAIN} WHERE i.amount > (SELECT max(p.amount) FROM view.payment AS p WHERE p.deal = i.deal)",
    "SELECT Deal AS Subject, RECORD AS record FROM VIEW.Item;",
    f"{PLAIN} /* /* */ ; DROP TABLE view.item; -- */",
    f"{PLAIN} -- a closing remark; with a semicolon\n;\n-- and another",
]


@pytest.mark.parametrize("sql", ALLOWED)
def test_allowed_and_runs(make, engine, sql):
    tree = validated(make(sql=sql))
    assert engine.rows(tree) == []
    assert "--" not in tree.sql("duckdb") and "/*" not in tree.sql("duckdb")
    # What was checked is what is run: checking the rendered tree again gives the same tree.
    assert validated(make(sql=tree.sql("duckdb"))).sql("duckdb") == tree.sql("duckdb")


def test_the_line_of_the_file_is_named(make, text):
    lines = text.split("\n")
    indicator = make()
    broken = make(sql=indicator.sql.replace("i.quantity >=", "i.weight >="), applies="regulated",
                  params={"least": 1}, sql_line=indicator.sql_line)  # fmt: skip
    with pytest.raises(BrokenIndicator, match="weight") as caught:
        validated(broken)
    assert lines[caught.value.line - 1].startswith("WHERE i.")


def test_parameters_are_literals_and_never_text(make, engine):
    sql = f"{PLAIN} WHERE i.description = :what AND i.hs6 IN (:codes) AND i.quantity > :least AND i.regulated = :yes"
    wild = "x' OR 1=1; DROP TABLE view.item --"
    params = {"what": "a", "codes": ("1", "2"), "least": 0.5, "yes": True}
    tree = validated(make(sql=sql, params=params), {"what": wild, "codes": ["3", "'4"], "least": -2})
    assert wild.replace("'", "''") in tree.sql("duckdb")
    assert {"3", "'4", wild} <= {literal.name for literal in tree.find_all(sqlglot.exp.Literal)}
    assert engine.rows(tree) == []


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"most": 3}, "no parameter 'most'"),
        ({"least": "3"}, "must be like 100"),
        ({"least": True}, "must be like 100"),
        ({"least": 2.5}, "must be like 100"),
        ({"least": float("inf")}, "must be like 100"),
    ],
)
def test_the_users_own_parameters_are_held_to_those_that_ship(make, overrides, message):
    assert "250" in validated(make(), {"least": 250}).sql()
    with pytest.raises(BrokenIndicator, match=message):
        validated(make(), overrides)


def test_every_parameter_is_used_and_a_list_only_with_in(make):
    with pytest.raises(BrokenIndicator, match="is not used"):
        validated(make(sql=PLAIN, params={"least": 1}))
    with pytest.raises(BrokenIndicator, match="is a list"):
        validated(make(sql=f"{PLAIN} WHERE i.hs6 = :codes", params={"codes": ("1",)}))
    validated(make(sql=PLAIN, params={"least": 1}, applies="quantity > :least"))


@pytest.mark.parametrize(
    "applies",
    [
        "quantity", "i.regulated", "item.regulated", "EXISTS (SELECT 1 FROM view.entity)", "count(*) > 1", "nosuch",
        "regulated; DROP TABLE view.item", "regulated) OR (TRUE", "SELECT TRUE", "regulated AS x", "regulated, TRUE",
        "row_number() OVER () > 1", "random() > 0.5", "quantity > :nosuch", "", "*",
    ],
)  # fmt: skip
def test_applies_is_a_condition_on_one_row(make, applies):
    with pytest.raises(BrokenIndicator):
        validated(make(applies=applies))


def test_what_is_read_is_told(make):
    assert reads(validated(make())) == {
        "entity": ("entity", "name"),
        "item": ("buyer", "deal", "measure", "quantity", "record"),
    }
    condition = concern(make())
    assert condition is not None and condition.sql("duckdb") == '"item"."regulated"'


WORDS = st.sampled_from(
    [
        "SELECT",
        "FROM",
        "WHERE",
        "view.item",
        "AS",
        "i",
        "i.deal",
        "subject",
        "record",
        ",",
        "(",
        ")",
        ";",
        "--",
        "/*",
        "*/",
        "'",
        '"',
        "*",
        "=",
        "<",
        "1",
        "'a'",
        "AND",
        "OR",
        "NOT",
        "UNION",
        "ALL",
        "WITH",
        "JOIN",
        "ON",
        "count(*)",
        ":least",
        "NULL",
        "CASE",
        "WHEN",
        "END",
        "OVER",
        "ORDER",
        "BY",
        "LIMIT",
        "IN",
        "EXISTS",
        ".",
        "[",
        "]",
        "{",
        "}",
        "->",
        "::",
        "$1",
        "?",
        "\n",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_is_refused_or_passes_and_nothing_else(make, sql):
    for text in (sql, f"{PLAIN} WHERE {sql}"):
        try:
            validated(make(sql=text))
        except BrokenIndicator as problem:
            assert problem.hint
