"""A past is the case of those rows that somebody had by a day: held against a case that was made of just these."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from small_world import BEGIN, CARRIER, DAYS, SELLERS, World

from building import Case
from narrows import resolve
from narrows.hindsight.past import Pasts

END = date(2030, 1, 1)
SAME = (
    "item",
    "payment",
    "statement",
    "registration",
    "link",
    "party",
    "party_entity",
    "entity",
    "match",
    "identifier",
    "linked",
    "shared",
    "ownership",
    "payment_deal",
    "trade_line",
    "hit",
    "alert",
)


@pytest.fixture(scope="module")
def world():
    return World(7)


@pytest.fixture(scope="module")
def pasts(world):
    case = world.load(Case())
    case.screen()
    found = Pasts(case.store, case.column("SELECT record FROM derived.item"))
    yield case, found
    found.close()


def number(pasts: Pasts, name: str) -> int:
    return next(actor.number for actor in pasts.actors() if actor.name == name)


def content(case, table):
    return sorted(map(repr, case.rows(f"FROM derived.{table}")))


def stands(seen):
    return sorted((h.record, h.code, h.says, h.evidence) for hits in seen.hits.values() for h in hits)


def alone(world, day, had=lambda *_: True):
    """What stands in a case made of these rows alone."""
    case = world.load(Case(), day, had)
    case.screen()
    hits = case.rows("SELECT record, code, says, evidence FROM derived.hit")
    alerted = case.column("SELECT DISTINCT t.record FROM derived.trade_line AS t JOIN derived.alert USING (deal)")
    return sorted((record, code, says, tuple(evidence)) for record, code, says, evidence in hits), frozenset(alerted)


def of_seller(name, bought):
    def had(kind, cells):
        if kind == "payments":
            return cells["payee.name"] == name
        return kind == "register" or name in cells.values() or (kind == "end-use" and cells["buyer.name"] in bought)

    return had


def of_carrier(kind, cells):
    return kind == "register" or cells.get("carrier.name") == CARRIER


def test_what_all_had_in_the_end_is_the_case(pasts):
    case, past = pasts
    past.seen([number(past, "all together")], END)
    there = Case.__new__(Case)
    there.engine = past.engine
    assert not [table for table in SAME if content(there, table) != content(case, table)]
    assert len(content(case, "hit")) > 20 and len(content(case, "alert")) > 2


@pytest.mark.parametrize("day", sorted(random.Random(3).sample(range(10, DAYS), 3)))
def test_what_comes_later_changes_nothing(world, pasts, day):
    """No look-ahead: norms, names, links and register entries are those of the day."""
    when = BEGIN + timedelta(day)
    seen = pasts[1].seen([number(pasts[1], "all together")], when)
    hits, alerted = alone(world, when)
    assert hits and stands(seen) == hits and seen.alerted == alerted


@pytest.mark.parametrize("seller", SELLERS[:2])
def test_a_seller_has_its_own_papers_only(world, pasts, seller):
    when = BEGIN + timedelta(70)
    bought = {row[3] for row in world.rows["orders"] if row[2] == seller}
    hits, alerted = alone(world, when, of_seller(seller, bought))
    seen = pasts[1].seen([number(pasts[1], seller)], when)
    assert hits and stands(seen) == hits and seen.alerted == alerted


def test_a_carrier_has_the_bills_that_name_it(world, pasts):
    when = BEGIN + timedelta(80)
    hits, alerted = alone(world, when, of_carrier)
    seen = pasts[1].seen([number(pasts[1], CARRIER)], when)
    assert hits and stands(seen) == hits and seen.alerted == alerted


def test_a_past_holds_no_later_day(pasts):
    _, past = pasts
    when = BEGIN + timedelta(30)
    store = past.cut([number(past, "all together")], when)
    resolve.run(store)
    for table, column in (
        ("item", "date"),
        ("payment", "date"),
        ("statement", "date"),
        ("link", "since"),
        ("link", "until"),
    ):
        latest = store.engine.value(f"SELECT max({column}) FROM derived.{table}")
        assert latest is None or latest <= when
    assert store.engine.value("SELECT count(*) FROM derived.party") < store.engine.value(
        "SELECT count(*) FROM whole.party"
    )


def test_the_case_is_only_read(pasts):
    case, past = pasts
    before = {table: content(case, table) for table in SAME}
    past.seen([number(past, SELLERS[0])], BEGIN + timedelta(20))
    assert before == {table: content(case, table) for table in SAME}
