from __future__ import annotations

import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.picture.layout.layers import isotonic, lay_out

GAP = 10.0
nets = st.integers(2, 14).flatmap(
    lambda boxes: st.tuples(
        st.lists(st.integers(0, 3), min_size=boxes, max_size=boxes),
        st.lists(st.floats(10, 60), min_size=boxes, max_size=boxes),
        st.lists(st.tuples(st.integers(0, boxes - 1), st.integers(0, boxes - 1), st.floats(1, 9)), max_size=30),
    )
).map(lambda net: (net[0], net[1], [line for line in net[2] if net[0][line[0]] != net[0][line[1]]]))  # fmt: skip


def crossings(laid) -> int:
    """Counted pair by pair."""
    steps = sorted({step for way in laid.ways for step in pairwise(way)})
    return sum(
        (laid.centres[a] - laid.centres[c]) * (laid.centres[b] - laid.centres[d]) < 0
        for (a, b), (c, d) in combinations(steps, 2)
        if laid.columns[a] == laid.columns[c]
    )


@given(nets)
def test_boxes_do_not_meet_and_stay_within(net):
    columns, heights, lines = net
    laid = lay_out(columns, heights, lines, gap=GAP)
    boxes = range(len(columns))
    for one, other in combinations(boxes, 2):
        if columns[one] == columns[other]:
            apart = abs(laid.centres[one] - laid.centres[other])
            assert apart >= (heights[one] + heights[other]) / 2 + GAP - 1e-6
    assert all(laid.centres[box] - heights[box] / 2 >= -1e-6 for box in boxes)
    assert all(laid.centres[box] + heights[box] / 2 <= laid.height + 1e-6 for box in boxes)


@given(nets)
def test_crossings_are_counted(net):
    laid = lay_out(*net, gap=GAP)
    assert laid.crossings == crossings(laid)


@given(nets)
def test_each_line_leads_from_column_to_column(net):
    columns, _, lines = net
    laid = lay_out(*net, gap=GAP)
    for (source, target, _), way in zip(lines, laid.ways, strict=True):
        assert {way[0], way[-1]} == {source, target}
        assert [laid.columns[item] for item in way] == list(
            range(min(columns[source], columns[target]), max(columns[source], columns[target]) + 1)
        )


def test_a_tangle_that_can_be_undone_is_undone():
    ladder = [(rung, 6 + (rung * 5) % 6, 1.0) for rung in range(6)] + [
        (6 + rung, 12 + (rung * 5 + 3) % 6, 1.0) for rung in range(6)
    ]
    assert lay_out([0] * 6 + [1] * 6 + [2] * 6, [20.0] * 18, ladder, gap=GAP).crossings == 0


def test_lines_to_one_box_share_their_places():
    laid = lay_out([0, 0, 2], [20.0] * 3, [(0, 2, 1.0), (1, 2, 2.0)], gap=GAP)
    assert len({way[1] for way in laid.ways}) == 1 and len(laid.centres) == 4


def test_nothing_is_laid_out_as_nothing():
    assert lay_out([], [], [], gap=GAP).height == 0


def test_a_thousand_boxes_take_less_than_two_seconds():
    columns = [box % 5 for box in range(1000)]
    ends = [(box, (box * 7919 + 13 * turn) % 1000) for box in range(1000) for turn in (1, 2)]
    lines = [(one, other, 1.0) for one, other in ends if columns[one] != columns[other]]
    begin = time.process_time()
    laid = lay_out(columns, [30.0] * 1000, lines, gap=GAP)
    assert time.process_time() - begin < 2
    assert len(laid.ways) > 1200


@given(st.lists(st.floats(-1e6, 1e6), max_size=40))
def test_isotonic_rises_and_keeps_the_mean(values):
    found = isotonic(values)
    assert all(one <= other + 1e-6 for one, other in pairwise(found))
    assert sum(found) == pytest.approx(sum(values), abs=1e-3)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=6), st.lists(st.floats(-100, 100), min_size=6, max_size=6))
def test_no_other_rising_sequence_is_nearer(values, others):
    rising = sorted(others)[: len(values)]
    missed = sum((a - b) ** 2 for a, b in zip(isotonic(values), values, strict=True))
    assert missed <= sum((a - b) ** 2 for a, b in zip(rising, values, strict=True)) + 1e-6
