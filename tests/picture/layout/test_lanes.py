from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from narrows.picture.layout.lanes import lanes

spans = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)).map(lambda span: (span[0], sum(span))), max_size=30)


@given(spans)
def test_nothing_meets_in_a_lane(those):
    for (one, (left, right)), (other, (start, end)) in combinations(zip(lanes(those), those, strict=True), 2):
        assert one != other or right + 6 <= start or end + 6 <= left


def test_the_first_free_lane_is_taken():
    assert lanes([(0, 50), (40, 90), (60, 100), (98, 120)]) == [0, 1, 0, 1]
