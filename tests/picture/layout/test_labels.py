from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from narrows.picture.layout.labels import Rect, beside, together

BOUNDS = Rect(0, 0, 400, 300)
points = st.lists(st.tuples(st.floats(10, 390), st.floats(10, 290)), max_size=25)


@given(points)
def test_labels_meet_nothing(those):
    marks = [Rect(x - 9, y - 9, x + 9, y + 9) for x, y in those]
    found = [rect for rect in beside(marks, [(70.0, 16.0)] * len(marks), BOUNDS) if rect is not None]
    assert all(rect.within(BOUNDS) for rect in found)
    assert not any(one.meets(other) for one, other in combinations(found, 2))
    assert not any(rect.meets(mark) for rect in found for mark in marks)


@given(points)
def test_groups_keep_their_distance(those):
    groups = together(those, 20)
    assert sorted(at for group in groups for at in group) == list(range(len(those)))
    middles = [tuple(sum(those[at][axis] for at in group) / len(group) for axis in (0, 1)) for group in groups]
    assert all((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= 399.99 for a, b in combinations(middles, 2))


def test_a_label_stands_to_the_right_if_it_can():
    assert beside([Rect(0, 100, 18, 118)], [(50.0, 16.0)], BOUNDS) == [Rect(22, 101, 72, 117)]
    assert beside([Rect(380, 100, 398, 118)], [(50.0, 16.0)], BOUNDS) == [Rect(326, 101, 376, 117)]
    assert beside([Rect(0, 0, 18, 18)], [(500.0, 16.0)], BOUNDS) == [None]


def test_a_label_shuns_points_if_it_can():
    mark = Rect(100, 100, 118, 118)
    assert beside([mark], [(50.0, 16.0)], BOUNDS, shunned=[(140, 109)]) == [Rect(46, 101, 96, 117)]
