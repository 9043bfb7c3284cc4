from __future__ import annotations

import numpy as np
import pytest
from networks import drawn, ends

from narrows.graph.choke import choke_points
from narrows.graph.network import Network

CHAIN = Network.of([0, 0, 1, 2, 3, 3, 4, 5], [1, 2, 3, 3, 4, 5, 6, 6], [1.0] * 8)


def test_what_does_not_hang_on_one_edge_stays():
    best = choke_points(CHAIN, [0], [6], draws=50).best[0]
    assert (best.nodes, best.stays) == ((3,), (1.0,))


def test_what_hangs_on_one_edge_says_so():
    thin = Network.of([0, 0, 0, 0, 1, 2, 3, 4], [1, 2, 3, 4, 9, 9, 9, 9], [1.01, 1.0, 1.0, 1.0, 1.01, 1.0, 1.0, 1.0])
    best = choke_points(thin, [0], [9], draws=200).best[0]
    assert best.nodes == (1,)
    assert 0.75 < best.stays[0] < 0.9  # it needs both of its edges, each there nine times of ten
    assert best.low == 0 and best.low <= best.share <= best.high


@pytest.mark.parametrize("seed", range(5))
def test_every_edge_kept_is_the_whole_network(seed):
    network = drawn(seed)
    for best in choke_points(network, *ends(network), draws=2, keep=1.0).best:
        assert set(best.stays) == {1.0}
        assert best.low == best.high == pytest.approx(best.share)


def test_the_same_seed_draws_the_same():
    network = drawn(1)
    first, again, other = (choke_points(network, *ends(network), draws=20, seed=seed).best for seed in (1, 1, 2))
    assert first == again != other


def test_draws_in_which_nothing_flows_are_not_counted():
    choke = choke_points(Network.of([1, 2], [2, 3]), [1], [3], draws=200, keep=0.5)
    assert 20 < choke.draws < 80
    assert choke.best[0].stays == (1.0,)
    assert np.isclose(choke.best[0].low, 1.0)
