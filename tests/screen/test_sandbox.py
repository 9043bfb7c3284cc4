import sys
import time

import pytest

from narrows.casefile.engine import Engine, SqlError
from narrows.casefile.published import create_empty
from narrows.screen import sandbox
from narrows.screen.rules.coverage import guarded_hits
from narrows.screen.rules.header import BrokenIndicator

SELECT = "SELECT i.deal AS subject, i.record AS record"
FAR_TOO_MUCH = (
    f"{SELECT} FROM view.item AS i CROSS JOIN view.item AS j CROSS JOIN view.item AS k "
    "WHERE i.quantity + j.quantity + k.quantity < 0"
)


@pytest.fixture(scope="module")
def engine():
    engine = Engine(threads=1)
    create_empty(engine)
    engine.run(
        "INSERT INTO view.item (record, deal, buyer, regulated, quantity, amount, date, description) "
        "SELECT i, i // 2, 10 + i % 2, i % 3 > 0, i, i / 4, DATE '2024-01-01' + (i % 300)::INTEGER, 'thing ' || i "
        "FROM range(20000) AS t(i)"
    )
    engine.run("INSERT INTO view.entity (entity, name, kind) VALUES (10, 'Blue Harbour', 'organisation')")
    yield engine
    engine.close()


def test_the_answer_is_that_of_the_case_itself_even_inside_its_transaction(make, engine):
    sql = f"{SELECT}, e.name AS buyer, i.amount AS amount, i.date AS date, i.regulated AS yes, NULL AS other_record "
    sql += "FROM view.item AS i LEFT JOIN view.entity AS e ON e.entity = i.buyer WHERE i.quantity > 19000"
    indicator = make(sql=sql, applies="regulated")
    with engine.transaction():
        engine.run("CREATE TABLE derived_here AS SELECT 1 AS x")
        found = sandbox.run_in_sandbox(indicator, None, engine)
    wanted = engine.arrow(guarded_hits(indicator))
    assert found.num_rows == 666
    assert found.schema == wanted.schema
    assert found.sort_by("record").equals(wanted.sort_by("record"))


def test_the_users_own_parameters_are_used(make, engine):
    assert sandbox.run_in_sandbox(make(), {"least": 19_998}, engine)["record"].to_pylist() == [19_999]


def test_an_endless_query_is_stopped(make, engine, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    begun = time.monotonic()
    with pytest.raises(BrokenIndicator, match="more than 1 seconds") as caught:
        sandbox.run_in_sandbox(make(sql=FAR_TOO_MUCH), None, engine, seconds=1)
    assert time.monotonic() - begun < 5
    assert "filter before joining" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_memory_bomb_is_stopped(make, engine):
    bomb = (
        "SELECT i.deal AS subject, min(i.record) AS record, "
        "string_agg(j.description, ', ' ORDER BY j.description) AS x "
        "FROM view.item AS i CROSS JOIN view.item AS j GROUP BY i.deal"
    )
    with pytest.raises(BrokenIndicator, match="memory"):
        sandbox.run_in_sandbox(make(sql=bomb), None, engine, memory_mb=32)


def test_a_flood_of_rows_is_stopped(make, engine):
    flood = f"{SELECT}, j.description AS x FROM view.item AS i CROSS JOIN view.item AS j WHERE j.record < 150"
    with pytest.raises(BrokenIndicator, match=r"larger than 32 MB|more memory"):
        sandbox.run_in_sandbox(make(sql=flood), None, engine, memory_mb=32)


def test_a_query_that_fails_says_why(make, engine):
    with pytest.raises(BrokenIndicator, match="its query fails: Conversion Error"):
        sandbox.run_in_sandbox(
            make(sql=f"{SELECT}, CAST(i.deal AS DECIMAL(3, 0)) AS x FROM view.item AS i"), None, engine
        )


def test_what_the_guard_refuses_never_reaches_a_child(make, engine, monkeypatch):
    monkeypatch.setattr(sandbox, "_run", lambda *_, **__: pytest.fail("a child was started"))
    with pytest.raises(BrokenIndicator, match="read_csv"):
        sandbox.run_in_sandbox(make(sql=f"{SELECT} FROM read_csv('/etc/passwd') AS i"), None, engine)


def ask(tmp_path, sql, *, seconds=10, memory_mb=64):
    """Run a text in the child as if the guard had let it through."""
    database, query = tmp_path / "copy.duckdb", tmp_path / "query.sql"
    if not database.exists():
        copy = Engine(database)
        copy.run("CREATE TABLE t AS SELECT 1 AS x")
        copy.close()
    query.write_text(sql, encoding="utf-8")
    return sandbox._run(database, query, seconds=seconds, memory_mb=memory_mb)


def test_the_child_holds_where_the_guard_would_not(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\nb\n", encoding="utf-8")
    for sql in (
        f"SELECT * FROM read_csv('{secret}')",
        f"SELECT * FROM '{secret}'",
        f"COPY t TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{tmp_path / 'other.duckdb'}' AS other",
        "INSERT INTO t VALUES (2)",
        "SET enable_external_access = true",
    ):
        code, answer, complaint = ask(tmp_path, sql)
        assert (code, answer) == (sandbox.WRONG_SQL, b"")
        assert any(word in complaint for word in ("Permission Error", "disabled", "read-only", "locked")), complaint
    assert {path.name for path in tmp_path.iterdir()} == {"secret.csv", "copy.duckdb", "query.sql"}


def test_a_child_that_dies_or_babbles_is_a_problem_of_the_indicator(make, engine, tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    monkeypatch.setattr(sandbox, "_CHILD", child)
    for program, message in (
        ("import os; os.abort()", "ended with -6"),
        ("print('hello')", "cannot be read"),
        ("raise SystemExit('no luck')", r"ended with 1 \(no luck\)"),
        ("import sys, pyarrow as pa\nt = pa.table({'a': [1]})\nwith pa.ipc.new_stream(pa.PythonFile(sys.stdout.buffer, "
         "mode='w'), t.schema) as s: s.write_table(t)", "other columns"),
        ("import sys\nwhile True: sys.stdout.write('x' * 100000)", "larger than 8 MB"),
    ):  # fmt: skip
        child.write_text(program, encoding="utf-8")
        with pytest.raises(BrokenIndicator, match=message):
            sandbox.run_in_sandbox(make(), None, engine, memory_mb=8)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of other systems differ")
def test_the_child_gives_up_files_memory_and_environment(tmp_path, monkeypatch):
    probe = tmp_path / "probe.py"
    probe.write_text(
        "import os, runpy, resource as r\n"
        f"child = runpy.run_path({str(sandbox._CHILD)!r})\n"
        "child['_give_up'](seconds=3, memory_mb=16)\n"
        "for limit in (r.RLIMIT_FSIZE, r.RLIMIT_NPROC, r.RLIMIT_CORE, r.RLIMIT_CPU):\n"
        "    print(r.getrlimit(limit)[1])\n"
        "try: print(len(bytearray(2**30)))\n"
        "except MemoryError: print('no memory')\n"
        "try: open('file', 'w').write('x' * 10**6)\n"
        "except OSError: print('no file')\n"
        "print(sorted(set(os.environ) - {'LC_CTYPE', '__CF_USER_TEXT_ENCODING'}), os.getcwd())\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sandbox, "_CHILD", probe)
    _, answer, _ = ask(tmp_path, "")
    assert answer.decode().split("\n")[:-1] == [
        "0", "0", "0", "4", "no memory", "no file", f"[] {tmp_path}",
    ]  # fmt: skip


def test_a_locked_engine_keeps_its_locks(tmp_path):
    Engine(tmp_path / "x.duckdb").close()
    engine = Engine(tmp_path / "x.duckdb", read_only=True, locked=True, memory_limit="64MB", threads=1)
    for setting in ("enable_external_access = true", "memory_limit = '8GB'", "temp_directory = '/tmp'", "threads = 8"):
        with pytest.raises(SqlError):
            engine.run(f"SET {setting}")
    engine.close()
