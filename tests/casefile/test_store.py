from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from received_file import put

from narrows.casefile.engine import Engine
from narrows.casefile.ledger import check
from narrows.casefile.store import create, open_store
from narrows.casefile.verify import verify
from narrows.errors import Corrupt, FileProblem, Locked, NotFound, UsageError

HOLDS_THE_CASE = """
import sys
from dataclasses import replace
from pathlib import Path
from narrows.casefile.store import open_store
from narrows.settings import Settings
store = open_store(Path(sys.argv[1]), Settings())
print("open", flush=True)
sys.stdin.read()
"""


def rights(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


@pytest.fixture
def open_umask():
    """A shell that gives everybody every right."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def orders(tmp_path):
    """A file to receive."""
    file = tmp_path / "orders.csv"
    file.write_bytes(b"Order;Amount\r\n1;2\xfc\r\n")
    return file


@pytest.mark.usefixtures("open_umask")
def test_only_its_owner_may_look_into_a_case(tmp_path, settings, orders):
    orders.chmod(0o644)
    (tmp_path / "case").mkdir(mode=0o755)
    store = create(tmp_path / "case", settings)
    store.keep(store.receive(orders))
    assert rights(store.path) == rights(store.sources) == "0o700"
    assert rights(store.path / "case.duckdb") == "0o600"
    assert [rights(copy) for copy in store.sources.iterdir()] == ["0o600"]
    store.close()


def test_a_case_is_laid_out_and_opens_again(store, settings):
    store.close()
    again = open_store(store.path, settings)
    schemas = {name for (name,) in again.engine.rows("SELECT schema_name FROM information_schema.schemata")}
    assert schemas >= {"evidence", "judgement", "derived", "view"}
    assert check(again.engine) == 1
    again.close()


@pytest.mark.parametrize("make", [lambda p: (p / "x").mkdir(parents=True), lambda p: p.write_text("x")])
def test_a_place_that_is_taken_is_left_alone(tmp_path, settings, make):
    make(tmp_path / "case")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match="exists already"):
        create(tmp_path / "case", settings)
    assert sorted(tmp_path.rglob("*")) == before


def test_no_case_there(tmp_path, settings):
    with pytest.raises(NotFound, match="no case"):
        open_store(tmp_path, settings)
    (tmp_path / "case.duckdb").mkdir()
    with pytest.raises(NotFound, match="no case"):
        open_store(tmp_path, settings)


@pytest.mark.parametrize("content", [b"", b"Order;Amount\n1;2\n", b"\0" * 50_000])
def test_what_is_no_database_is_no_case(tmp_path, settings, content):
    (tmp_path / "case.duckdb").write_bytes(content)
    with pytest.raises(Corrupt, match="damaged or no database"):
        open_store(tmp_path, settings)


def test_a_database_of_something_else_is_no_case(tmp_path, settings):
    engine = Engine(tmp_path / "case.duckdb")
    engine.run("CREATE TABLE t (a INTEGER)")
    engine.close()
    with pytest.raises(NotFound, match="never completed"):
        open_store(tmp_path, settings)


def test_a_case_of_a_later_format_is_not_touched(store, settings):
    store.engine.run("""UPDATE judgement.ledger SET body = '{"format": 99}'""")
    store.close()
    with pytest.raises(UsageError, match="format 99"):
        open_store(store.path, settings)


def test_a_case_that_was_killed_while_it_was_made_can_be_made_again(tmp_path, settings):
    (tmp_path / "case" / "sources").mkdir(parents=True)
    create(tmp_path / "case", settings).close()
    open_store(tmp_path / "case", settings).close()


def test_a_case_that_another_process_holds_is_locked(store, settings):
    store.close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_THE_CASE, str(store.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == "open\n"
        with pytest.raises(Locked, match="another process") as told:
            open_store(store.path, settings)
        assert told.value.exit_code == 5
    open_store(store.path, settings).close()


def test_a_case_that_is_open_with_other_settings_is_locked(store, settings):
    with pytest.raises(Locked, match="this process"):
        open_store(store.path, replace(settings, threads=2))


def test_a_file_is_received_byte_for_byte(store, orders):
    received = store.receive(orders)
    assert received.source == hashlib.sha256(orders.read_bytes()).hexdigest()
    assert (received.size, received.name) == (orders.stat().st_size, "orders.csv")
    store.keep(received)
    assert (store.sources / received.source).read_bytes() == orders.read_bytes()
    assert len(list(store.sources.iterdir())) == 1


def make_folder(path):
    path.mkdir()


def make_pipe(path):
    os.mkfifo(path)


def make_empty(path):
    path.touch()


def make_device(path):
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (make_folder, "is a folder"),
        (make_pipe, "is no regular file"),
        (make_device, "is no regular file"),
        (make_empty, "is empty"),
    ],
)
def test_what_is_no_file_is_refused_at_once(store, tmp_path, make, says):
    make(tmp_path / "thing")
    with pytest.raises(FileProblem, match=says) as told:
        store.receive(tmp_path / "thing")
    assert told.value.hint
    assert not list(store.sources.iterdir())


def test_a_file_that_is_not_there_is_not_found(store, tmp_path):
    with pytest.raises(NotFound, match=r"orders\.csv"):
        store.receive(tmp_path / "orders.csv")


def test_a_file_that_was_not_loaded_is_forgotten(store, orders):
    store.forget(store.receive(orders))
    assert not list(store.sources.iterdir())


def test_a_file_that_was_loaded_is_never_forgotten(store, tmp_path):
    put(store, tmp_path)
    store.forget(store.receive(tmp_path / "orders-42.csv"))
    assert verify(store)["files"] == 1


@pytest.mark.parametrize("after_commit", [True, False])
def test_a_run_killed_around_its_commit_is_settled_at_the_next_opening(store, settings, tmp_path, after_commit):
    put(store, tmp_path)
    (copy,) = store.sources.iterdir()
    waiting = store.sources / f".part-{copy.name if after_commit else 'f' * 64}"
    if after_commit:
        copy.rename(waiting)
    else:
        waiting.write_bytes(b"half of a file")
    (store.sources / ".part-4711").write_bytes(b"less than half")
    (store.sources / ".part-folder").mkdir()
    (store.sources / ".part-folder" / "utf8.csv").write_bytes(b"the same in other letters")
    store.close()
    again = open_store(store.path, settings)
    assert [file.name for file in again.sources.iterdir()] == [copy.name]
    assert verify(again)["files"] == 1
    again.close()


def test_dropping_what_was_derived_leaves_evidence_and_judgements(store, tmp_path):
    put(store, tmp_path, rejected=[5])
    store.engine.run("INSERT INTO derived.stock (part) VALUES (42)")
    before = verify(store)
    store.drop_derived()
    assert verify(store) == before
    assert store.engine.value("SELECT count(*) FROM derived.stock") == 0
