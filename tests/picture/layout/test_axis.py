from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.picture.layout.axis import Block, marks, rows

START, END, GAP = 10.0, 910.0, 16.0
blocks = st.lists(
    st.builds(Block, st.none() | st.integers(-40, 9000), st.floats(46, 80), st.floats(40, 215)), max_size=40
)


def placed(those):
    return rows(those, START, END, inset=62, gap=GAP)


@given(blocks)
def test_every_event_stands_once_in_order(those):
    found = placed(those)
    assert [row.first + at for row in found for at in range(len(row.xs))] == list(range(len(those)))


@given(blocks)
def test_events_keep_their_distance_and_stay_within(those):
    for row in placed(those):
        for at, (before, x) in enumerate(pairwise(row.xs), row.first + 1):
            assert x - before >= those[at].least - 1e-6
        assert row.xs[0] >= START and row.xs[-1] <= END


@given(blocks)
def test_labels_of_one_side_do_not_meet(those):
    for row in placed(those):
        spans = [(left, left + those[row.first + at].wide) for at, left in enumerate(row.lefts)]
        assert all(left >= START - 1e-6 and right <= END + 1e-6 for left, right in spans)
        for side in (spans[0::2], spans[1::2]):
            assert all(right + GAP <= left + 1e-6 for (_, right), (left, _) in pairwise(side))


def test_distances_say_days():
    (row,) = placed([Block(days, 46, 60) for days in (None, 20, 40, 30)])
    one, two, three = (b - a for a, b in pairwise(row.xs))
    assert (two / one, three / one) == (pytest.approx(2), pytest.approx(1.5))
    assert row.xs[-1] == pytest.approx(END - 14, abs=0.1) and not any(row.broken)


def test_a_long_distance_is_cut_and_told():
    (row,) = placed([Block(days, 46, 60) for days in (None, 20, 4000, 30, 25)])
    assert row.broken == (False, False, True, False, False)


def test_events_of_one_day_stand_side_by_side():
    (row,) = placed([Block(0, 46, 60)] * 5)
    assert [b - a for a, b in pairwise(row.xs)] == pytest.approx([68, 68, 68, 68], abs=30)
    assert not any(row.broken)


@pytest.mark.parametrize("days", [1, 9, 40, 100, 400, 4000, 40000])
def test_marks_stand_apart_and_where_their_days_are(days):
    first = date(1950, 3, 10)
    found = marks([first, first + timedelta(days)], [100.0, 800.0], 80)
    assert 1 <= len(found) <= 10
    assert all(b - a >= 80 for (_, a), (_, b) in pairwise(found))
    assert all(x == pytest.approx(100 + 700 * (day - first).days / days) for day, x in found)


def test_marks_reach_the_end_of_all_days():
    assert marks([date(9990, 1, 1), date.max], [0.0, 700.0], 80)
    assert marks([date(2024, 1, 1), date(2023, 1, 1)], [0.0, 700.0], 80) == []
