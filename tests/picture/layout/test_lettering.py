from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.picture.layout.lettering import ELLIPSIS, fit, is_rtl, shorten, visible, width

ROOM, SIZE = 120.0, 12.5


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\n lines", "two lines"),
        ("a\u202egnp.exe", "aU+202Egnp.exe"),
        ("bell\u0007", "bellU+0007"),
        ("soft\u00adhyphen \ufeff", "softU+00ADhyphen U+FEFF"),
        ("no\u200bspace", "noU+200Bspace"),
        ("la\u200dtin", "laU+200Dtin"),
        ("ن\u200cم", "ن\u200cم"),
        ("\ud800", "U+D800"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 6),
    ],
)
def test_nothing_stays_hidden(text, shown):
    assert visible(text) == shown


@given(st.text())
def test_what_was_made_visible_stays_so(text):
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "em"),
    [("", 0), ("香港", 2.0), ("e\u0301", 0.62), ("W", 1.0), ("한국", 2.0), ("👍", 1.4), ("\U00020000", 1.0)],
)
def test_widths(text, em):
    assert width(text, 1.0) == pytest.approx(em)


@given(st.text())
def test_bold_is_at_least_as_wide(text):
    assert width(text, SIZE, bold=True) >= width(text, SIZE)


@given(st.text(), st.integers(1, 4), st.booleans())
def test_lines_fit(text, lines, bold):
    broken = fit(text, ROOM, SIZE, lines=lines, bold=bold)
    assert len(broken) <= lines
    assert all(width(line, SIZE, bold=bold) <= ROOM + 1e-6 for line in broken)


@given(st.text(max_size=60))
def test_nothing_is_lost_where_there_is_room(text):
    broken = fit(text, ROOM, SIZE, lines=100)
    assert "".join("".join(broken).split()) == "".join(visible(text).split())


@given(st.text(), st.booleans())
def test_what_is_shortened_fits(text, middle):
    assert width(shorten(text, ROOM, SIZE, middle=middle), SIZE) <= ROOM + 1e-6


def test_a_long_name_is_broken_at_its_words_and_then_cut():
    name = "Nordmark Distribution Gesellschaft mit beschränkter Haftung"
    first, last = fit(name, 150, SIZE, lines=2)
    assert name.startswith(first) and not first.endswith(" ") and last.endswith(ELLIPSIS)


def test_the_middle_is_cut_where_the_end_tells():
    cut = shorten("invoices_of_the_second_quarter.csv:418", 150, SIZE, middle=True)
    assert cut.startswith("invoices") and cut.endswith(".csv:418") and ELLIPSIS in cut


def test_marks_stay_with_their_letters():
    accented = "e\u0301" * 60
    assert shorten(accented, 90, SIZE).removesuffix(ELLIPSIS).endswith("e\u0301")
    family = "👩\u200d👩\u200d👧"
    assert set(shorten(f"{family} " * 5, 160, SIZE).removesuffix(ELLIPSIS).split()) == {family}


def test_a_number_keeps_its_unit():
    assert all(
        not line.endswith("82")
        for room in range(60, 200, 5)
        for line in fit("18 % before, 82 % after", room, 11, lines=9)
    )


@pytest.mark.parametrize(
    ("text", "rtl"), [("شركة", True), ("«שלום", True), ("12 Firma", False), ("123", False), ("", False)]
)
def test_direction_is_that_of_the_first_letter(text, rtl):
    assert is_rtl(text) is rtl
