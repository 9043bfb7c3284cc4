from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.graph.ways import best_sets, carried, greedy, steadiness, ways_of

PATHS = st.lists(st.tuples(st.lists(st.integers(0, 6), max_size=4), st.integers(0, 5)), min_size=1, max_size=12)


def most_by_trying(paths: list[list[int]], weights: np.ndarray, k: int) -> float:
    sets = combinations(range(7), k)
    return max(sum(w for p, w in zip(paths, weights, strict=True) if set(p) & set(chosen)) for chosen in sets)


@given(PATHS)
@settings(max_examples=60, deadline=None)
def test_no_set_of_a_size_carries_more_than_the_one_found(drawn):
    paths, weights = [path for path, _ in drawn], np.array([w for _, w in drawn], dtype=float)
    for best in best_sets(ways_of(paths), weights, 4):
        assert best.exact
        assert best.carried == pytest.approx(most_by_trying(paths, weights, len(best.nodes)))
        assert best.carried == pytest.approx(carried(ways_of(paths), weights, best.nodes))


@given(PATHS)
@settings(max_examples=30, deadline=None)
def test_the_order_of_ways_decides_nothing(drawn):
    def found(order):
        return best_sets(ways_of([p for p, _ in order]), np.array([w for _, w in order], dtype=float), 3)

    assert [(b.carried, b.exact) for b in found(drawn)] == [(b.carried, b.exact) for b in found(drawn[::-1])]


def test_greedy_alone_would_take_the_wrong_pair():
    # 1 carries most by itself, but 2 and 3 together carry all.
    paths = [[1, 2], [1, 2], [2], [1, 3], [1, 3], [3]]
    weights = np.array([2.0, 1.0, 2.0, 2.0, 1.0, 2.0])
    assert [node for node, _ in greedy(ways_of(paths), weights, 1)] == [1]
    assert set(best_sets(ways_of(paths), weights, 2)[1].nodes) == {2, 3}


def test_sets_end_where_all_is_carried_and_ways_without_nodes_count_for_none():
    found = best_sets(ways_of([[1], [1, 2], []]), np.array([1.0, 1.0, 5.0]), 9)
    assert [(b.nodes, b.carried, b.bound) for b in found] == [((1,), 2.0, 2.0)]
    assert best_sets(ways_of([[], []]), np.array([1.0, 2.0]), 3) == ()


def test_a_node_that_one_way_makes_is_unsteady():
    ways = ways_of([[1]] * 20 + [[2]] + [[3]])
    times, drawn = steadiness(ways, np.ones(22), 2, draws=200, seed=7)
    assert times[0] == {1: 1.0}
    assert 0.2 < times[1][2] < 0.8
    assert drawn.shape == (200, 22) and set(drawn.sum(axis=1)) == {22.0}
