from __future__ import annotations

from dataclasses import replace

import pytest

from narrows.casefile.ledger import FIRST, _hash, check, enter
from narrows.casefile.store import create
from narrows.errors import Corrupt


@pytest.fixture
def engine(store):
    """A ledger of four entries."""
    with store.engine.transaction():
        for what in ("loaded", "resolved", "screened"):
            enter(store.engine, store.settings, what, {"zeta": 1, "alpha": "ölçü ∑"})
    return store.engine


def test_each_entry_carries_the_hash_of_the_one_before(engine):
    rows = engine.rows("SELECT previous, hash FROM judgement.ledger ORDER BY seq")
    assert [previous for previous, _ in rows] == [FIRST, *(hash_ for _, hash_ in rows[:-1])]
    assert check(engine) == 4


def test_the_body_is_sorted_and_readable(engine):
    assert engine.value("SELECT body FROM judgement.ledger WHERE seq = 2") == '{"alpha": "ölçü ∑", "zeta": 1}'


@pytest.mark.parametrize("seq", [1, 2, 4])
@pytest.mark.parametrize(
    "change",
    [
        "body = '{}'", "who = 'Somebody Else'", "what = 'noted'", "entered = entered + INTERVAL 1 SECOND",
        "hash = repeat('a', 64)", "previous = repeat('b', 64)", "seq = seq + 100",
    ],
)  # fmt: skip
def test_a_changed_entry_is_found(engine, seq, change):
    engine.run(f"UPDATE judgement.ledger SET {change} WHERE seq = {seq}")
    with pytest.raises(Corrupt, match="ledger entry"):
        check(engine)


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_removed_entry_is_found(engine, seq):
    engine.run(f"DELETE FROM judgement.ledger WHERE seq = {seq}")
    with pytest.raises(Corrupt):
        check(engine)


def test_an_entry_put_between_is_found(engine):
    engine.run("UPDATE judgement.ledger SET seq = seq + 1 WHERE seq > 2")
    engine.run("INSERT INTO judgement.ledger SELECT 3, entered, who, what, body, previous, hash FROM judgement.ledger "
               "WHERE seq = 2")  # fmt: skip
    with pytest.raises(Corrupt, match="entry 3"):
        check(engine)


def test_an_entry_hashed_anew_after_a_change_breaks_the_next(engine):
    """Whoever rewrites one entry would have to rewrite all that follow."""
    row = engine.row("SELECT seq, entered, who, what, body, previous FROM judgement.ledger WHERE seq = 2")
    forged = _hash(row[0], row[1], row[2], row[3], "{}", row[5])
    engine.run("UPDATE judgement.ledger SET body = '{}', hash = ? WHERE seq = 2", [forged])
    with pytest.raises(Corrupt, match="entry 3"):
        check(engine)


def test_what_is_rolled_back_is_not_in_the_ledger(store):
    with pytest.raises(ZeroDivisionError), store.engine.transaction():
        enter(store.engine, store.settings, "loaded", {})
        raise ZeroDivisionError
    assert check(store.engine) == 1


def ledger_of(folder, settings):
    case = create(folder, settings)
    with case.engine.transaction():
        enter(case.engine, settings, "loaded", {"name": "orders.csv"})
    rows = case.engine.rows("SELECT * FROM judgement.ledger ORDER BY seq")
    case.close()
    return rows


def test_the_same_moment_and_the_same_deeds_give_the_same_bytes(tmp_path, settings):
    first, second = ledger_of(tmp_path / "a", settings), ledger_of(tmp_path / "b", settings)
    assert first == second
    assert ledger_of(tmp_path / "c", replace(settings, epoch=settings.epoch + 1)) != first
    assert ledger_of(tmp_path / "d", replace(settings, who="Somebody Else")) != first
