from __future__ import annotations

import time

import pyarrow as pa
import pytest
from sqlglot import exp

from narrows.casefile.engine import Engine, SqlError
from narrows.errors import Corrupt, NarrowsError, NotFound


@pytest.fixture
def engine():
    """A database in memory."""
    found = Engine()
    yield found
    found.close()


@pytest.mark.parametrize("statement", ["SELECT nothing FROM nowhere", "SELEC 1", "SELECT 'x'::INTEGER"])
@pytest.mark.parametrize("ask", ["run", "rows", "row", "value", "arrow", "batches"])
def test_an_error_carries_its_statement(engine, ask, statement):
    with pytest.raises(SqlError) as told:
        list(getattr(engine, ask)(statement) or ())
    assert told.value.statement == statement
    assert "\n" not in told.value.message
    assert statement in told.value.hint


def test_an_error_of_a_tree_carries_its_text(engine):
    with pytest.raises(SqlError) as told:
        engine.rows(exp.select("a").from_("nowhere"))
    assert told.value.statement == "SELECT a FROM nowhere"


def test_an_error_that_comes_with_the_rows_carries_its_statement(engine):
    statement = "SELECT CASE WHEN i = 99999 THEN error('late') ELSE i END FROM range(100000) AS t(i)"
    with pytest.raises(SqlError) as told:
        for _ in engine.batches(statement, size=1000):
            pass
    assert told.value.statement == statement


def test_parameters_by_place_and_by_name(engine):
    assert engine.value("SELECT ? || ?", ["a", "b"]) == "ab"
    assert engine.value("SELECT $x + 1", {"x": 1}) == 2


def test_no_row_is_not_found(engine):
    with pytest.raises(NotFound):
        engine.row("SELECT 1 WHERE false")


def test_a_transaction_is_all_or_nothing(engine):
    engine.run("CREATE TABLE t (a INTEGER)")
    with pytest.raises(KeyboardInterrupt), engine.transaction():
        engine.run("INSERT INTO t VALUES (1)")
        engine.run("CREATE TABLE u (a INTEGER)")
        raise KeyboardInterrupt
    with engine.transaction():
        engine.run("INSERT INTO t VALUES (2)")
    assert engine.rows("SELECT a FROM t") == [(2,)]
    assert engine.rows("SELECT 1 FROM information_schema.tables WHERE table_name = 'u'") == []


def test_a_refused_statement_ends_the_transaction_cleanly(engine):
    with pytest.raises(SqlError), engine.transaction():
        engine.run("SELECT nothing FROM nowhere")
    with engine.transaction():
        engine.run("CREATE TABLE t (a INTEGER)")


def test_what_is_lent_is_taken_back(engine):
    given = pa.table({"a": [1, 2]})
    with engine.lent("given", given):
        assert engine.value("SELECT sum(a) FROM given") == 3
    del given
    with pytest.raises(SqlError):
        engine.rows("SELECT a FROM given")


def test_what_is_kept_takes_the_place_of_what_was(engine):
    for value in (1, 2):
        engine.keep("kept", exp.select(exp.Literal.number(value).as_("a")))
    assert engine.rows("SELECT a FROM temp.kept") == [(2,)]


def test_batches_are_of_the_size_asked_for(engine):
    sizes = [batch.num_rows for batch in engine.batches("SELECT * FROM range(250)", size=100)]
    assert sum(sizes) == 250 and max(sizes) <= 100


def test_the_time_zone_of_the_machine_does_not_show(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        text = Engine().value("SELECT to_timestamp(0)::VARCHAR")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert text == "1970-01-01 00:00:00+00"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{file}')",
        "COPY (SELECT 1) TO '{file}'",
        "ATTACH '{file}' AS other",
        "SET threads = 1",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "SELECT * FROM given",
    ],
)
def test_locked_means_no_file_no_setting_and_nothing_of_the_process(tmp_path, statement):
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    given = pa.table({"a": [1]})
    with pytest.raises(SqlError):
        Engine(locked=True).rows(statement.format(file=file))
    assert file.read_text(encoding="utf-8") == "a\n1\n" and given.num_rows == 1


def test_nothing_is_fetched(tmp_path):
    with pytest.raises(SqlError):
        Engine().rows("SELECT * FROM read_parquet('https://example.invalid/x.parquet')")


@pytest.mark.parametrize("content", [b"", b"Order;Amount\n" * 9_000, b"\0" * 20_000])
def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path, content):
    file = tmp_path / "case.duckdb"
    file.write_bytes(content)
    with pytest.raises(Corrupt, match=r"case\.duckdb"):
        Engine(file)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(NarrowsError, match="cannot be opened"):
        Engine(tmp_path / "none" / "case.duckdb")


def test_a_commit_goes_straight_into_the_database(tmp_path):
    """DuckDB keeps large appends of a log that was cut off by a kill; so there must be none."""
    engine = Engine(tmp_path / "case.duckdb")
    engine.run("CREATE TABLE t (a BIGINT)")
    with engine.transaction():
        engine.run("INSERT INTO t FROM range(300000)")
        engine.run("CREATE TABLE u AS SELECT 1 AS a")
    assert [file.name for file in tmp_path.iterdir()] == ["case.duckdb"]
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((tmp_path / "case.duckdb").read_bytes())
    assert Engine(copy).rows("SELECT count(*), (SELECT a FROM u) FROM t") == [(300_000, 1)]
    engine.close()


def damaged(file, at):
    with file.open("r+b") as found:
        found.seek(at)
        octet = found.read(1)[0]
        found.seek(at)
        found.write(bytes([octet ^ 255]))


def test_damage_on_the_disk_is_said(tmp_path):
    file = tmp_path / "case.duckdb"
    engine = Engine(file)
    engine.run("CREATE TABLE t AS SELECT md5(i::VARCHAR) AS a FROM range(50000) AS r(i)")
    engine.close()
    damaged(file, file.stat().st_size // 2)
    with pytest.raises(Corrupt, match="damaged"):
        Engine(file).rows("SELECT max(a) FROM t")
