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
    # 0 is best alone; once two may go, it is not among the best.
    links = [(0, 3), (0, 4), (0, 5), (1, 3), (3, 7), (5, 1), (5, 4), (7, 1), (7, 5)]
    network = Network.of(*zip(*links, strict=True))
    one, two = key_players(network, 2)
    assert one.nodes == (0,)
    assert two.nodes == (3, 5)
    assert two.after == pytest.approx(max(broken(network, pair) for pair in combinations(network.ids.tolist(), 2)))


def test_nothing_joined_has_no_key_players():
    assert key_players(Network.of([1], [1]), 3) == ()
    assert key_players(Network.of([], []), 3) == ()
