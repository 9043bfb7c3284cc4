from __future__ import annotations

import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.vocab import codes
from narrows.vocab.catalogue import (
    EU_REPORTABLE,
    EU_RESTRICTED,
    HIGH_PRIORITY,
    LISTS,
    Entry,
    above_limit,
    catalogue,
    headings,
)

ROWS = [(goods.id, entry) for goods in catalogue().lists.values() for entry in goods.entries]
LIMITS = {key: entry for key, entry in catalogue().entries(EU_RESTRICTED).items() if entry.limit_basis == "w/w"}


@pytest.mark.parametrize(
    ("list_id", "rows"),
    [
        (EU_RESTRICTED, 9), (EU_REPORTABLE, 9), (HIGH_PRIORITY, 50), ("wco-global-shield", 15),
        ("uk-poisons-act-1972-schedule-1a", 21), ("eu-147-2003-annex-3", 5),
    ],
)  # fmt: skip
def test_lists_have_their_rows(list_id: str, rows: int) -> None:
    assert len(catalogue().lists[list_id].entries) == rows


def test_global_shield_is_fourteen_chemicals_and_detonators() -> None:
    shield = catalogue().lists["wco-global-shield"]
    assert len(catalogue().entries(shield.id)) == 14
    assert [code.code for row in shield.entries if row.substance is None for code in row.codes] == ["3603"]
    assert shield.checked == "knowledge"


@pytest.mark.parametrize("list_id", LISTS)
def test_lists_say_where_they_are_from(list_id: str) -> None:
    goods = catalogue().lists[list_id]
    assert goods.id == list_id
    assert all((goods.title, goods.publisher, goods.version, goods.citation, goods.licence))
    assert re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", goods.date)
    assert goods.checked in ("primary", "secondary", "knowledge")


@pytest.mark.parametrize(("list_id", "entry"), ROWS)
def test_rows_are_complete(list_id: str, entry: Entry) -> None:
    assert entry.citation and entry.title
    assert entry.checked in ("primary", "secondary", "knowledge")
    assert entry.substance is not None or entry.codes
    assert entry.limit_basis in ("w/w", "nitrogen")
    assert (entry.substance is None) == (entry.cas is None)
    if entry.substance is not None:
        assert entry.cas == catalogue().substances[entry.substance].cas
        assert codes.cas(entry.cas or "") == entry.cas
    for code in entry.codes:
        assert code.system in ("HS", "CN") and (code.system == "CN") == (code.cn_year is not None)
        assert re.fullmatch(r"\d{4}|\d{6}|\d{8}", code.code) and "01" <= code.code[:2] <= "97"


def test_no_row_stands_twice() -> None:
    for goods in catalogue().lists.values():
        keys = [(row.substance, row.part, tuple(code.code for code in row.codes)) for row in goods.entries]
        assert len(set(keys)) == len(keys)


def test_tiers_of_the_high_priority_list() -> None:
    tiers = list(catalogue().high_priority.values())
    assert {tier: tiers.count(tier) for tier in sorted(set(tiers))} == {
        "1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5,
    }  # fmt: skip
    assert all(len(code) == 6 for code in catalogue().high_priority)


def test_restricted_and_regulated() -> None:
    known = catalogue()
    assert len(known.restricted) == 9 and len(known.regulated) == 18 and known.restricted < known.regulated
    assert "acetone" in known.regulated - known.restricted
    assert "urea" not in known.regulated


def test_limits_and_ceilings_are_those_of_the_annex() -> None:
    rows = catalogue().entries(EU_RESTRICTED)
    assert {key: (row.limit, row.licence_ceiling) for key, row in rows.items()} == {
        "nitric-acid": (3.0, 10.0), "hydrogen-peroxide": (12.0, 35.0), "sulphuric-acid": (15.0, 40.0),
        "nitromethane": (16.0, 100.0), "ammonium-nitrate": (16.0, None), "potassium-chlorate": (40.0, None),
        "potassium-perchlorate": (40.0, None), "sodium-chlorate": (40.0, None), "sodium-perchlorate": (40.0, None),
    }  # fmt: skip


def test_unconfirmed_limits_are_left_out_and_marked() -> None:
    rows = catalogue().entries("uk-poisons-act-1972-schedule-1a")
    unknown = {key for key, row in rows.items() if not row.limit_known}
    assert "nitromethane" in unknown and "hexamine" not in unknown
    assert all(rows[key].limit is None for key in unknown)
    assert rows["hydrochloric-acid"].limit == 10.0 and rows["phosphoric-acid"].limit == 30.0


@pytest.mark.parametrize("key", sorted(LIMITS))
def test_the_limit_itself_is_not_above_it(key: str) -> None:
    limit = LIMITS[key].limit
    assert limit is not None
    assert above_limit(key, limit, limit) is False
    assert above_limit(key, limit - 0.1, limit - 0.1) is False
    assert above_limit(key, limit + 0.1, limit + 0.1) is True
    assert above_limit(key, limit - 0.1, limit + 0.1) is None


def test_open_ranges() -> None:
    assert above_limit("nitric-acid", 3.1, None) is True
    assert above_limit("nitric-acid", None, 3.0) is False
    assert above_limit("nitric-acid", None, 60.0) is None
    assert above_limit("nitric-acid", None, None) is None
    assert above_limit("nitric-acid", 60.0, 50.0) is None


def test_what_cannot_be_compared() -> None:
    assert above_limit("acetone", 99.0, 99.0) is None
    assert above_limit("nothing-known", 99.0, 99.0) is None
    assert above_limit("nitric-acid", 60.0, 60.0, basis="v/v") is None
    assert above_limit("nitric-acid", 60.0, 60.0, basis=None) is None
    assert above_limit("ammonium-nitrate", 99.0, 99.0) is None
    assert above_limit("ammonium-nitrate", 33.5, 33.5, basis="nitrogen") is True
    assert above_limit("ammonium-nitrate", 16.0, 16.0, basis="nitrogen") is False


@given(
    key=st.sampled_from(sorted(LIMITS)),
    low=st.none() | st.floats(0, 100),
    high=st.none() | st.floats(0, 100),
)
def test_a_range_is_judged_as_its_ends_are(key: str, low: float | None, high: float | None) -> None:
    verdict = above_limit(key, low, high)
    if verdict is not None:
        assert all(above_limit(key, end, end) is verdict for end in (low, high) if end is not None)


def test_headings_own_first_and_mixtures_last() -> None:
    assert headings("nitric-acid") == ("2808", "3824")
    assert headings("aluminium-powder") == ("7603",)
    assert headings("acetic-anhydride") == ("2915",)
    assert headings("hydrochloric-acid") == ("2806",)
    assert headings("nothing-known") == ()
    assert all(headings(key) for key in catalogue().substances)


def test_codes_of_mixtures_name_no_substance() -> None:
    by_hs6 = catalogue().by_hs6
    assert by_hs6["280800"] == ("nitric-acid",)
    assert by_hs6["282990"] == ("potassium-perchlorate", "sodium-perchlorate")
    assert "382499" not in by_hs6


def test_substances() -> None:
    known = catalogue().substances
    listed = {entry.substance for _, entry in ROWS if entry.substance is not None}
    assert set(known) == listed
    for key, substance in known.items():
        assert substance.id == key and substance.citation and substance.names
        assert codes.cas(substance.cas) == substance.cas
        assert all(codes.un_number(number) == number for number in substance.un)
    assert len({substance.cas for substance in known.values()}) == len(known)


def test_the_files_name_no_use() -> None:
    forbidden = re.compile(
        r"terror|suspect|\bbombs?\b|recipe|synthes|\bignit|improvised|fuel oil|used (?:to|for|in|as)\b"
    )
    folder = resources.files("narrows") / "catalogue"
    for file in folder.iterdir():
        assert forbidden.search(file.read_text("utf-8").casefold()) is None, file.name
