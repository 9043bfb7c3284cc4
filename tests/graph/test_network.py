from __future__ import annotations

import numpy as np
import pytest
from networks import drawn

from narrows.errors import NotFound, UsageError
from narrows.graph.network import Network


def told(network: Network) -> list[tuple[int, int, float]]:
    source, target = network.ids[network.source], network.ids[network.target]
    return list(zip(source.tolist(), target.tolist(), network.weight.tolist(), strict=True))


def test_parallel_edges_are_added_up_and_loops_left_out():
    network = Network.of([7, 7, -1, 7, 3], [3, 3, 7, 7, 7], [1, 2, 0, 9, 4])
    assert told(network) == [(-1, 7, 0), (3, 7, 4), (7, 3, 3)]
    assert (network.self_loops, network.parallel, network.nodes, network.edges) == (1, 1, 3, 3)


def test_a_node_with_nothing_but_a_loop_is_there():
    assert Network.of([5], [5]).ids.tolist() == [5]


def test_no_edges_make_an_empty_network():
    assert (Network.of([], []).nodes, Network.of([], []).edges) == (0, 0)


def test_ids_far_apart_and_near_are_numbered_alike():
    near, far = (
        Network.of([1, 2, 3], [2, 3, 1]),
        Network.of([10**15, 2 * 10**15, 3 * 10**15], [2 * 10**15, 3 * 10**15, 10**15]),
    )
    assert far.ids.tolist() == [10**15, 2 * 10**15, 3 * 10**15]
    assert near.target.tolist() == far.target.tolist()


@pytest.mark.parametrize("weights", [[-1.0], [float("nan")], [float("inf")], [1.0, 2.0]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(UsageError):
        Network.of([1], [2], weights)


def test_a_node_that_is_not_there_is_named():
    with pytest.raises(NotFound, match="node 9"):
        Network.of([1], [2]).numbers([1, 9])


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_edges_changes_nothing(seed):
    network = drawn(seed)
    order = np.random.default_rng(seed).permutation(network.edges)
    source, target = network.ids[network.source], network.ids[network.target]
    assert told(Network.of(source[order], target[order], network.weight[order])) == told(network)


def test_a_network_is_thinned_edge_by_edge():
    network = drawn(1)
    kept = np.arange(network.edges) % 2 == 0
    assert told(network.thinned(kept)) == told(network)[::2]
