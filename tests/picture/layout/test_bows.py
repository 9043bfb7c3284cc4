from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.picture.layout.bows import bow
from narrows.picture.layout.labels import Rect

marks = st.tuples(st.floats(0, 900), st.floats(0, 400), st.floats(9.5, 40)).map(
    lambda told: Rect(told[0] - told[2], told[1] - 9.5, told[0] + told[2], told[1] + 9.5)
)


@given(marks, marks)
def test_arrows_are_finite_and_between_their_marks(one, other):
    found = bow(one, other, 0.12)
    corners = [found.start, found.foot, *found.head, *found.points(5)]
    far = hypot(*(a - b for a, b in zip(one.middle, other.middle, strict=True)))
    assert all(hypot(x - one.middle[0], y - one.middle[1]) <= far + 60 for x, y in corners)


def test_a_curve_begins_and_ends_at_its_ends():
    found = bow(Rect(0, 0, 19, 19), Rect(200, 0, 219, 19), 0.0)
    assert found.start == pytest.approx((21, 9.5)) and found.head[0] == pytest.approx((198, 9.5))
    assert found.points(3) == [pytest.approx(found.start), pytest.approx((104, 9.5), abs=5), pytest.approx(found.foot)]


def test_there_and_back_are_two_ways():
    one, other = Rect(0, 0, 19, 19), Rect(200, 0, 219, 19)
    assert bow(one, other, 0.12).bend[1] < 9.5 < bow(other, one, 0.12).bend[1]
