from __future__ import annotations

from dataclasses import replace

import pytest
from received_file import put

from narrows.casefile.ledger import enter
from narrows.casefile.store import create, open_store
from narrows.casefile.verify import fingerprints, verify
from narrows.errors import Corrupt


@pytest.fixture
def case(store, tmp_path):
    """A case with a file of rows one after the other, and one with rows between that were not taken."""
    put(store, tmp_path, part=1)
    put(store, tmp_path, part=2, rows=(2, 4, 9), rejected=(3, 5, 6, 7, 8))
    return store


def copies(case):
    return sorted(case.sources.iterdir())


def test_what_is_as_it_was_written_verifies(case):
    size = sum(file.stat().st_size for file in copies(case))
    assert verify(case) == {"files": 2, "bytes": size, "parts": 2, "rows": 6, "ledger entries": 3}


def test_a_new_case_verifies(store):
    assert verify(store) == {"files": 0, "bytes": 0, "parts": 0, "rows": 0, "ledger entries": 1}


@pytest.mark.parametrize("change", [lambda b: b + b" ", lambda b: b[:-1], lambda b: b.replace(b"12,5", b"92,5")])
def test_a_changed_copy_is_found(case, change):
    for copy in copies(case):
        before = copy.read_bytes()
        assert change(before) != before
        copy.write_bytes(change(before))
        with pytest.raises(Corrupt, match="not what was received"):
            verify(case)
        copy.write_bytes(before)
    verify(case)


def test_a_lost_copy_is_found(case):
    copies(case)[0].unlink()
    with pytest.raises(Corrupt, match="is gone"):
        verify(case)


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM evidence.rows_00000001 WHERE c0 = 'A-2'",
        "DELETE FROM evidence.rows_00000002 WHERE _row = 9",
        "INSERT INTO evidence.rows_00000001 VALUES ('A-4', '1', NULL)",
        "DELETE FROM evidence.rejected WHERE row = 5",
        "UPDATE evidence.part SET rows_read = rows_read + 1 WHERE part = 1",
        "DELETE FROM evidence.part WHERE part = 2",
        "DELETE FROM evidence.source; DELETE FROM evidence.part",
        "UPDATE evidence.source SET name = 'other.csv'",
        "DELETE FROM judgement.ledger WHERE seq = 3",
        "DELETE FROM judgement.ledger WHERE seq = 2",
    ],
)
def test_tampering_is_found(case, tampering):
    case.engine.run(tampering)
    with pytest.raises(Corrupt):
        verify(case)


def test_rows_taken_away_together_with_their_balance_are_found(case):
    case.engine.run("DELETE FROM evidence.rows_00000001 WHERE c0 = 'A-2'")
    case.engine.run("UPDATE evidence.part SET rows_kept = 2, rows_read = 2 WHERE part = 1")
    with pytest.raises(Corrupt, match="ledger"):
        verify(case)


def test_a_file_that_the_ledger_tells_of_and_nobody_has_is_found(case):
    with case.engine.transaction():
        enter(case.engine, case.settings, "loaded", {"source": "0" * 64, "name": "x", "bytes": 1, "parts": []})
    with pytest.raises(Corrupt, match="ledger"):
        verify(case)


def test_damage_on_the_disk_is_found(store, tmp_path, settings):
    cells = [(f"A-{i}", str(i * 7919), "n" * (i % 50)) for i in range(20_000)]
    put(store, tmp_path, cells=cells)
    store.close()
    database = store.path / "case.duckdb"
    content = bytearray(database.read_bytes())
    for at in range(len(content) // 4, len(content), 200_000):
        content[at] ^= 255
    database.write_bytes(content)

    def look():
        again = open_store(store.path, settings)
        try:
            verify(again)
        finally:
            again.close()

    with pytest.raises(Corrupt, match="damaged"):
        look()


def test_fingerprints_do_not_depend_on_the_order_of_rows(store):
    rows = ["(1, 'Kılıç', 'x')", "(2, NULL, 'y')", "(2, NULL, 'y')"]
    found = []
    for order in (rows, rows[::-1], rows[:2]):
        store.drop_derived()
        store.engine.run(f"INSERT INTO derived.column_use VALUES {', '.join(order)}")
        found.append(fingerprints(store.engine))
    assert found[0] == found[1]
    assert {table for table in found[0] if found[0][table] != found[2][table]} == {"column_use"}


def test_fingerprints_do_not_depend_on_the_number_of_threads(tmp_path, settings):
    found = []
    for threads, order in ((1, "i"), (2, "i DESC")):
        case = create(tmp_path / str(threads), replace(settings, threads=threads))
        case.engine.run(
            "INSERT INTO derived.empty_record SELECT 1, i, 'nothing' FROM range(250000) AS t(i) ORDER BY " + order
        )
        found.append(fingerprints(case.engine))
        case.close()
    assert found[0] == found[1]
