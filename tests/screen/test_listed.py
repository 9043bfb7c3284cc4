"""Screening against lists: a name alone is never an alert, and why one is. All parties are invented."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from building import Case, record
from narrows.load.lists import enter_version
from narrows.screen.listed import rests_on
from narrows.screen.seconds import compared, gathered

LIST = "List of examples"
ENTRY = "party.id party.name party.kind name_type name_quality party.city party.country party.vat birth_date"
ORDER = "document_no buyer.name buyer.city buyer.country buyer.vat buyer.kind consignee.name"
VAT = "1288331521"  # well formed; drawn at random


def entry(number: str, name: str, *more: str | None, kind: str = "entity") -> list[str | None]:
    rest = [*more, *[None] * (6 - len(more))]
    return [number, name, kind, *rest]


def add_list(case: Case, *entries: list[str | None], as_of: date = date(2024, 1, 1)) -> None:
    case.load("entities", ENTRY, *entries, id_scheme="examples", date_order="year-first")
    with case.engine.transaction():
        enter_version(case.store, [f"{case.parts:064x}"], LIST, as_of)


def order(case: Case, name: str, *more: str | None) -> None:
    case.load("orders", ORDER, ["N-1", name, *more, *[None] * (5 - len(more))])


def hits(case: Case) -> list[str]:
    return case.column("SELECT says FROM derived.hit WHERE code = 'LAW-07' ORDER BY says")


def matches(case: Case, columns: str) -> list[tuple[Any, ...]]:
    return case.rows(f"SELECT {columns} FROM derived.list_match ORDER BY entity, entry")


def coverage(case: Case) -> tuple[Any, ...]:
    return case.rows("SELECT hit, clear, not_evaluable, lacking FROM derived.coverage WHERE code = 'LAW-07'")[0]


OSTRAVAND = entry("7", "OSTRAVAND TEXTILE LLC", None, None, "Alanya", "TR")


def test_a_name_and_a_second_attribute_are_a_hit_that_shows_the_entry(case):
    add_list(case, entry("6", "QUILLFEATHER WORKS"), OSTRAVAND)
    order(case, "Ostravand Tekstil Ltd Şti", "ALANYA", "Türkiye", None, None, "Ostravand Tekstil Ltd Şti")
    outcome = case.screen()
    assert hits(case) == [
        "Ostravand Tekstil Ltd Şti (buyer, consignee) resembles the entry OSTRAVAND TEXTILE LLC of List of examples; "
        "beside the name, these agree: town Alanya, country TR"
    ]
    assert matches(case, "entry, strength, rests_on, surest, differs, record, list_record") == [
        (f"{LIST}/7", "primary", "distinctive words", "town", [], record(2, 0), record(1, 1))
    ]
    found = case.rows("SELECT evidence, subject = deal, kind FROM derived.hit WHERE code = 'LAW-07'")
    assert found == [([record(2, 0), record(1, 1)], True, "gate")]
    assert case.column("SELECT reasons[1] FROM derived.alert") == ["a legal check stands open: LAW-07"]
    assert outcome.counts["organisations and persons that resemble a listed one"] == 1


@pytest.mark.parametrize(
    ("place", "agrees", "differs"),
    [
        ((None, None), [], []),
        (("Lyon", "FR"), [], ["town", "country"]),
        (("Burdur", "TR"), ["country TR"], ["town"]),
    ],
)
def test_a_name_alone_is_no_hit(case, place, agrees, differs):
    add_list(case, OSTRAVAND)
    order(case, "Ostravand Textile Company", *place)
    case.screen()
    assert matches(case, "agrees, differs") == [(agrees, differs)]
    assert coverage(case)[:3] == ((1, 0, 0) if agrees else (0, 1, 0))


@pytest.mark.parametrize(("vat", "count"), [(None, 0), (VAT, 1), ("7707083893", 0)])
def test_a_weak_alias_needs_a_number(case, vat, count):
    add_list(
        case,
        entry("7", "QUILLFEATHER WORKS", "aka", None, "Alanya", "TR", VAT),
        entry("7", "Ostravand", "aka", "weak"),
    )
    order(case, "Ostravand Ltd", "Alanya", "TR", vat)
    case.screen()
    ((strength, surest),) = matches(case, "strength, surest")
    assert (strength, surest) == ("weak", "number" if count else "town")
    assert len(hits(case)) == count


@pytest.mark.parametrize(("city", "count"), [(None, 0), ("Alanya", 1)])
def test_an_everyday_word_needs_more_than_the_country(case, city, count):
    add_list(case, entry("8", "STAR TRADING", None, None, "Alanya", "TR"))
    order(case, "Star Trade", city, "TR")
    case.screen()
    assert matches(case, "rests_on") == [("everyday words",)]
    assert len(hits(case)) == count


def test_an_entry_that_was_taken_off_the_list_is_left_out(case):
    add_list(case, OSTRAVAND, entry("6", "QUILLFEATHER WORKS"))
    add_list(case, entry("6", "QUILLFEATHER WORKS"), as_of=date(2024, 6, 1))
    order(case, "Ostravand Textile", "Alanya", "TR")
    outcome = case.screen()
    assert matches(case, "entry") == [] and hits(case) == []
    assert outcome.counts["delisted entries left out"] == 1
    assert coverage(case)[:3] == (0, 1, 0)


def test_another_script(case):
    add_list(case, entry("9", "ООО ОСТРАВАНД МЕТАЛЛ", None, None, None, "KZ"))
    order(case, "Ostravand Metal LLC", None, "Kazakhstan")
    case.screen()
    assert matches(case, "entry_name, agrees") == [("ООО ОСТРАВАНД МЕТАЛЛ", ["country KZ"])]
    assert len(hits(case)) == 1


def test_persons_are_looked_for_among_persons_and_birth_dates_are_not_read(case):
    person = entry("3", "VANTONGEREN, Idris", None, None, "Alanya", "TR", None, "1966-01-02", kind="individual")
    add_list(case, person, entry("4", "VANTONGEREN IDRIS", None, None, "Alanya", "TR"))
    order(case, "Idris Vantongeren", "Alanya", "TR", None, "person")
    case.screen()
    assert matches(case, "entry, agrees, differs") == [(f"{LIST}/3", ["town Alanya", "country TR"], [])]
    assert case.column("SELECT title FROM derived.alert") == ["A private buyer"]


def test_without_a_list_nothing_is_said(case):
    order(case, "Ostravand Textile", "Alanya", "TR")
    outcome = case.screen()
    hit, clear, unevaluable, lacking = coverage(case)
    assert (hit, clear, unevaluable, json.loads(lacking)) == (0, 0, 1, {"lists": 1})
    assert matches(case, "entry") == []
    assert not any("listed" in what for what in outcome.counts)


def test_entities_that_are_no_list_are_none(case):
    case.load("entities", ENTRY, OSTRAVAND, id_scheme="examples")
    order(case, "Ostravand Textile", "Alanya", "TR")
    case.screen()
    assert coverage(case)[:3] == (0, 0, 1)


def test_parameters_of_the_user_count(new_case):
    case = new_case(params={"law.listed-party-near-match": {"score": 0.999}})
    add_list(case, OSTRAVAND)
    order(case, "Ostravand Tekstil", "Alanya", "TR")
    case.screen()
    assert len(matches(case, "entry")) == 1 and hits(case) == []


@pytest.mark.parametrize(
    ("written", "listed", "expected"),
    [
        ("Ostravand Trading Ltd", "OSTRAVAND GROUP", "distinctive words"),
        ("Star Trading Ltd", "STAR GROUP", "everyday words"),
        ("Ostravand Quillfeather Mirzo", "OQM", "initials"),
        ("Ostra Vand Textile", "OSTRAVAND TEXTILE", "distinctive words"),
    ],
)
def test_what_a_likeness_rests_on(written, listed, expected):
    assert rests_on(written, listed, "organisation") == expected


def one(**said: str | list[str]):
    rows = [
        (0, 0, what.replace("_", "-"), value)
        for what, values in said.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return gathered(rows)[0]


@pytest.mark.parametrize(
    ("party", "listed", "agrees", "differs", "surest"),
    [
        ({"vat": f"TR{VAT}"}, {"vat": VAT, "country": "TR"}, ("tax number",), (), "number"),
        ({"registration": VAT}, {"vat": VAT}, ("tax number",), (), "number"),
        ({"vat": "7707083893"}, {"vat": VAT}, (), ("tax number",), None),
        ({"id": "a 123 4567"}, {"passport": "A1234567"}, ("passport number",), (), "number"),
        ({"id": "12"}, {"passport": "12"}, (), (), None),
        ({"id": "IMO 9074729"}, {"imo": "9074729"}, ("IMO number",), (), "number"),
        ({"phone": "0332 350 11 22", "country": "TR"}, {"phone": "+903323501122"}, ("phone",), (), "contact"),
        (
            {"email": "office@ostravand.example"}, {"web": "https://www.ostravand.example/en"}, ("web domain",), (),
            "contact",
        ),
        ({"email": "ostravand@gmail.com"}, {"email": "quill@gmail.com"}, (), ("e-mail",), None),
        (
            {"address": "Karanfil Sok. No: 12", "city": "Alanya", "country": "TR"},
            {"address": "Karanfil Sokak 12", "city": "07400 Alanya", "country": "TR"},
            ("address", "town Alanya", "country TR"), (), "address",
        ),
        ({"country": "DE"}, {"country": ["TR", "DE"]}, ("country DE",), (), "country"),
        ({"country": "DE"}, {"city": "Alanya"}, (), ("country",), None),
        ({}, {"country": "TR"}, (), (), None),
    ],
)  # fmt: skip
def test_second_attributes(party, listed, agrees, differs, surest):
    nobody = {"country": "Nowhere"}
    found = compared(one(**(party or nobody)), one(**listed))
    assert (found.agrees, found.differs, found.surest) == (agrees, differs, surest)
