"""Lot and serial numbers are read forgivingly, and how sure an agreement is, is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.vocab.marks import LEAST_KNOWN, SURENESS, Agreement, Mark, best, compare, read

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
NUMBERS = st.text(ALPHABET, min_size=3, max_size=14).filter(lambda text: any(map(str.isdigit, text)))
LOOK_ALIKES = ["0OQD", "1IL", "5S", "8B", "2Z", "6G"]


def agreement(one: str, other: str, *, serial: bool = False) -> Agreement | None:
    return best(read(one, serial=serial), read(other, serial=serial))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("7F3-22", "7f3 22"), ("Lot No. 7F3-22", "7F3/22"), ("LOT:7F322", "７Ｆ３－２２"),
        ("Chargen-Nr. 7F3-22", "7F3-22"),
        ("Партия № 7F3-22", "7F3-22"), ("رقم الدفعة ٧٢٣", "723"), ("no de lot 22-A", "22A"), ("АВ-77", "AB77"),
        ("Batch 55; Batch 56", "56"), ("A1, A2 and A3", "A2"), ("A1 / A2", "A2"), ("S/N: 00417A", "00417a"),
    ],
)  # fmt: skip
def test_the_same_as_written(one: str, other: str) -> None:
    found = agreement(one, other)
    assert found is not None and found.how == "as written" and found.agree == found.of


@pytest.mark.parametrize(
    ("one", "other", "agree", "of"),
    [("7F3-2Z", "7F3-22", 4, 5), ("AO1B", "A018", 2, 4), ("LOT: О7F3", "07F3", 3, 4), ("1I-445", "11445", 4, 5)],
)
def test_the_same_but_for_look_alikes_says_on_how_many(one: str, other: str, agree: int, of: int) -> None:
    assert agreement(one, other) == Agreement("look-alikes", agree, of)


def test_where_most_characters_are_only_look_alikes_nothing_agrees() -> None:
    assert agreement("OIS", "015") is None


def test_zeros_that_a_spreadsheet_drops() -> None:
    assert agreement("000417", "417") == Agreement("leading zeros", 3, 6)
    assert agreement("A00417", "A417") is None


@pytest.mark.parametrize(
    ("one", "range_"),
    [
        ("1201", "1200-1850"), ("1850", "1200 to 1850"), ("S/N 1500", "von 1200 bis 1850"), ("AB1201", "AB1200-AB1850"),
        ("AB1201", "AB1200-1850"), ("1201", "7; 1200–1850"), ("01201", "01200-01850"), ("1201", "с 1200 по 1850"),
    ],
)  # fmt: skip
def test_within_a_range_of_serials(one: str, range_: str) -> None:
    found = agreement(one, range_, serial=True)
    assert found is not None and found.how == "range"


@pytest.mark.parametrize("one", ["1199", "1851", "AB1201", "11201", "120"])
def test_outside_a_range(one: str) -> None:
    assert agreement(one, "1200-1850", serial=True) is None


def test_a_lot_with_a_dash_is_no_range() -> None:
    assert agreement("2250", "2204-2317") is None
    assert [mark.kind for mark in read("22-0417", serial=True)] == ["one"]  # the end would be longer than the beginning
    found = agreement("2250", "2204 - 2317")
    assert found is not None and found.how == "range"


def test_a_dash_that_may_be_either_is_read_both_ways() -> None:
    assert [mark.kind for mark in read("1200-1850", serial=True)] == ["one", "range"]
    assert str(agreement("1230", "1200-50", serial=True)) == "within a range, if the dash means to"


@pytest.mark.parametrize(
    ("part", "whole", "agree", "of"),
    [("7F3?-22..", "7F31-2204", 5, 8), ("...2204", "7F31-2204", 4, 8), ("7F□1-2204", "7F312204", 7, 8)],
)
def test_partial_marks_say_how_much_agrees(part: str, whole: str, agree: int, of: int) -> None:
    assert agreement(part, whole) == Agreement("partial", agree, of)


@pytest.mark.parametrize(("part", "whole"), [("7F3?-22..", "7F41-2204"), ("7F3..", "7F31220417"), ("7?..", "712")])
def test_partial_marks_that_do_not_agree_or_tell_too_little(part: str, whole: str) -> None:
    assert agreement(part, whole) is None


def test_two_partial_marks_and_two_ranges_are_not_compared() -> None:
    assert agreement("7F3?-22", "7F3?-22") is None
    assert compare(read("1 to 9")[0], read("1 to 9")[0]) is None


@pytest.mark.parametrize("text", [None, "", "  ", "-", "??", "...", ";;,", "\x00"])
def test_nothing_is_no_mark(text: str | None) -> None:
    assert read(text) == ()


def test_a_word_alone_stays_a_number() -> None:
    assert [mark.plain for mark in read("LOT")] == ["LOT"]
    assert [mark.plain for mark in read("DE 55")] == ["DE55"]


@given(NUMBERS)
def test_a_number_is_the_same_as_itself_however_it_is_set(text: str) -> None:
    if [mark.plain for mark in read(text)] != [text]:
        return  # it begins with a word such as LOT
    for other in (text.lower(), " ".join(text), f"  {text} ", f"({text})"):
        assert best(read(text), read(other)) in (Agreement("as written", len(text), len(text)), None)
    assert best(read(text), read(text)) == Agreement("as written", len(text), len(text))


@given(NUMBERS, st.data())
def test_one_look_alike_is_forgiven_and_counted(text: str, data: st.DataObject) -> None:
    places = [i for i, sign in enumerate(text) if any(sign in group for group in LOOK_ALIKES)]
    if len(text) < 4 or not places or [m.plain for m in read(text)] != [text]:
        return
    at = data.draw(st.sampled_from(places))
    group = next(group for group in LOOK_ALIKES if text[at] in group)
    other = text[:at] + data.draw(st.sampled_from(group.replace(text[at], ""))) + text[at + 1 :]
    if [m.plain for m in read(other)] != [other]:
        return
    found = compare(read(text)[0], read(other)[0])
    assert found is not None and found.how == "look-alikes" and found.agree >= found.of - 1


@given(st.text(max_size=60), st.booleans())
def test_anything_can_be_read_and_compared_either_way_round(text: str, serial: bool) -> None:
    for mark in read(text, serial=serial):
        assert isinstance(mark, Mark) and mark.plain and mark.key
        assert mark.kind != "partial" or mark.known >= LEAST_KNOWN
        for other in read("7F3-22; 1200 to 1850; 7F3?2"):
            assert compare(mark, other) == compare(other, mark)


@given(st.integers(0, 99_999), st.integers(1, 5000), st.integers(0, 105_000))
def test_a_range_holds_what_lies_in_it(low: int, span: int, number: int) -> None:
    found = agreement(f"{number:06d}", f"{low:06d} to {low + span:06d}")
    assert (found is not None) == (low <= number <= low + span)


def test_the_surest_goes_first() -> None:
    ranks = [Agreement(how, 5, 5).rank for how in SURENESS]
    assert ranks == sorted(ranks)
    assert agreement("A018", "AO18, A018") == Agreement("as written", 4, 4)
