from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from narrows import api
from narrows.settings import Settings

ROWS = 150_000  # more than DuckDB holds back before it writes
SETTINGS = Settings(who="R. Reader", threads=2)
# What the run is doing, and for how many seconds, when it is killed. The last of them meet the commit.
MOMENTS = [
    ("receiving", 0.0), ("reading", 0.1), ("typing", 0.1), ("recognising", 0.0), ("recognising", 0.04),
    ("recognising", 0.08),
]  # fmt: skip


@pytest.fixture
def orders(tmp_path):
    """Orders, enough of them to be killed in the middle."""
    file = tmp_path / "orders.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("Order No,Order Date,Customer,Article,Quantity,Unit,Amount,Currency\n")
        out.writelines(
            f"A-{i:06d},2024-{i % 12 + 1:02d}-{i % 28 + 1:02d},Firm {i % 977} Ltd,Bearing type {i % 311},"
            f"{i % 40 + 1},pcs,{i % 500 + 0.25},EUR\n"
            for i in range(ROWS)
        )
    return file


def kill(case: Path, file: Path, phase: str, seconds: float) -> int:
    """Start a load, kill it some seconds into a phase; returns how the process ended."""
    words = [sys.executable, str(Path(__file__).with_name("loads_a_file.py")), str(case), str(file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = next((line for line in child.stdout if line.startswith(phase)), None)
        assert told is not None, f"the load never came to {phase}"
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
    return child.returncode


def what_is_there(path: Path) -> dict[str, int]:
    """Rows by table, without the ledger, and the copies of files; a case that was opened after a kill verifies."""
    with api.open(path, settings=SETTINGS) as case:
        verified = case.verify()
        engine = case._store.engine
        tables = engine.rows(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables "
            "WHERE table_schema IN ('evidence', 'judgement', 'derived') AND table_name <> 'ledger'"
        )
        found = {name: engine.value(f"SELECT count(*) FROM {name}") for (name,) in tables}
        assert verified["rows"] == sum(n for name, n in found.items() if name.startswith("evidence.rows_"))
        return {name: n for name, n in found.items() if n} | {"copies": len(list((path / "sources").iterdir()))}


def test_a_load_that_is_killed_leaves_all_or_nothing(tmp_path, orders):
    path = tmp_path / "case"
    api.new(path, settings=SETTINGS).close()
    ends, nothing, everything = [], 0, None
    for phase, seconds in MOMENTS:
        ends.append(kill(path, orders, phase, seconds))
        found = what_is_there(path)
        if found == {"copies": 0}:
            nothing += 1
            continue
        everything = found
        break  # the commit was over: the file is in, and loading it again would change nothing
    assert nothing >= 3 and ends[:3] == [-signal.SIGKILL] * 3

    with api.open(path, settings=SETTINGS) as case:
        (loaded,) = case.load(orders)
        assert loaded.already is (everything is not None)
        assert (loaded.rows_read, loaded.rows_kept, loaded.rows_rejected) == (ROWS, ROWS, 0)
    after = what_is_there(path)
    assert after["derived.item"] == ROWS and after["copies"] == after["evidence.source"] == 1
    assert everything in (None, after)
