from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from narrows import api
from narrows.casefile.store import Store
from narrows.casefile.verify import fingerprints
from narrows.settings import Settings

SETTINGS = Settings(who="R. Reader", epoch=1_750_000_000, threads=1)
TITLE = "The same"
# What tells who did what and when, and so grows with every run.
OF_PEOPLE = "SELECT what FROM judgement.ledger ORDER BY seq"


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The bundled example, with everything done."""
    with (
        api.new(tmp_path_factory.mktemp("rebuild") / "case", settings=SETTINGS) as found,
        api.example_files() as files,
    ):
        found.run(*files, title=TITLE)
        yield found


def store(case: api.Case) -> Store:
    return case._store


def content(case: api.Case) -> dict[str, str]:
    """Fingerprints of all that is derived; there must be something to tell apart."""
    found = fingerprints(store(case).engine)
    assert {"alert", "coverage", "entity", "goods", "hit", "item", "party", "payment"} <= {
        table for table, mark in found.items() if not mark.startswith("0-")
    }
    return found


def report(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def differing(one: dict[str, str], other: dict[str, str]) -> set[str]:
    return {name for name in one | other if one.get(name) != other.get(name)}


def test_what_was_derived_is_rebuilt_from_evidence_and_judgements(case):
    before, written = content(case), report(case.path / "report")
    entries = store(case).engine.rows(OF_PEOPLE)
    case.rebuild()
    assert not differing(before, content(case))
    assert store(case).engine.rows(OF_PEOPLE)[: len(entries)] == entries
    case.report(case.path / "again", title=TITLE)
    assert not differing(written, report(case.path / "again"))


def test_a_second_run_changes_nothing_and_writes_the_same_bytes(case):
    before, written = content(case), report(case.path / "report")
    assert {"report.html", "alerts.csv", "alerts.xlsx", "alerts.ndjson"} <= set(written)
    with api.example_files() as files:
        first, *_ = case.run(*files, title=TITLE)
    assert all(part.already for part in first.loaded)
    assert not differing(before, content(case))
    assert not differing(written, report(case.path / "report"))


def test_a_changed_row_would_show(case):
    """The other tests of this file rest on fingerprints that see a single cell."""
    before, engine = content(case), store(case).engine
    with pytest.raises(ZeroDivisionError), engine.transaction():
        engine.run(
            "UPDATE derived.item SET amount = amount + 0.0001 WHERE record = (SELECT max(record) FROM derived.item)"
        )
        assert differing(before, fingerprints(engine)) == {"item"}
        raise ZeroDivisionError
    assert not differing(before, content(case))


@pytest.mark.parametrize(("order", "threads", "seed"), [("reversed", 1, "1"), ("as-named", 3, "2")])
def test_neither_order_nor_threads_nor_chance_matter(case, tmp_path, order, threads, seed):
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("fingerprints_of.py")), tmp_path / "case", str(threads), order],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not differing(content(case), json.loads(done.stdout))
    assert not differing(report(case.path / "report"), report(tmp_path / "case" / "report"))
