from __future__ import annotations

import numpy as np
import pytest
from bench.graphs import networks
from bench.graphs.programme import least_left

from narrows.graph.network import Network
from narrows.graph.problem import Problem


@pytest.mark.parametrize("made", [networks.trade, lambda edges: networks.layered(edges // 4, edges, 5, 0.6)])
def test_a_network_is_the_same_every_time(made):
    first, second = made(2000), made(2000)
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))
    start, end = networks.ends(first)
    assert len(start) and len(end) and not np.intersect1d(start, end).size


def test_the_programme_finds_the_hub():
    network = Network.of([0, 0, 1, 2, 3, 3], [1, 2, 3, 3, 4, 5], [2.0, 3, 2, 3, 4, 1])
    problem = Problem.of(network, network.numbers([0]), network.numbers([4, 5]))
    assert [least_left(problem, k) for k in (0, 1)] == [5, 0]
