from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from networks import drawn, plain

from narrows.graph.network import Network
from narrows.graph.players import fragmentation, key_players


def broken(network: Network, removed: tuple[int, ...]) -> float:
    """Borgatti's F, straight from its definition."""
    graph = plain(network).to_undirected()
    graph.remove_nodes_from(removed)
    pairs = list(combinations(graph, 2))
    return sum(not nx.has_path(graph, a, b) for a, b in pairs) / len(pairs) if pairs else 0.0


@pytest.mark.parametrize("seed", range(12))
def test_fragmentation_is_the_share_of_pairs_apart(seed):
    network = drawn(seed, nodes=12, edges=13)
    for players in key_players(network, 3):
        assert players.before == pytest.approx(broken(network, ()))
        assert players.after == pytest.approx(broken(network, players.nodes))
        assert fragmentation(network, players.nodes) == pytest.approx(players.after)


@pytest.mark.parametrize("seed", range(12))
def test_the_first_key_player_is_the_best_one(seed):
    network = drawn(seed, nodes=12, edges=13)
    best = max(broken(network, (node,)) for node in network.ids.tolist())
    assert key_players(network, 1)[0].after == pytest.approx(best)


def test_an_exchange_mends_what_greed_spoils():
    # The middle of two pairs of stars parts most alone; without it the two next best are better together.
    links = [(0, 1), (0, 2), *((1, leaf) for leaf in range(10, 14)), *((2, leaf) for leaf in range(20, 24))]
    one, two = key_players(Network.of(*zip(*links, strict=True)), 2)
    assert (one.nodes, two.nodes) == ((0,), (1, 2))


def test_nothing_joined_has_no_key_players():
    assert key_players(Network.of([1], [1]), 3) == ()
    assert key_players(Network.of([], []), 3) == ()
