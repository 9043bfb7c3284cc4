from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from networks import drawn, ends, plain

from narrows.graph import passes
from narrows.graph.dominance import best_single, dominator_tree
from narrows.graph.network import Network

SEEDS = range(25)


def without(graph: nx.DiGraph, node: int) -> nx.DiGraph:
    return graph.subgraph([other for other in graph if other != node])


@pytest.mark.parametrize("seed", SEEDS)
def test_components_are_those_of_the_links(seed):
    network = drawn(seed, nodes=20, edges=14)
    found = passes.components(network.nodes, network.source, network.target)
    there = {
        frozenset(np.searchsorted(network.ids, list(c)).tolist())
        for c in nx.weakly_connected_components(plain(network))
    }
    assert {frozenset(np.flatnonzero(found == one).tolist()) for one in set(found.tolist())} == there
    assert all(min(component) in set(found.tolist()) for component in there)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_node_separates_the_pairs_that_its_removal_separates(seed):
    network = drawn(seed, nodes=14, edges=15)
    graph = plain(network).to_undirected()
    held, size = passes.separations(*passes.undirected(network.start, network.target), np.zeros(network.nodes, bool))
    for number, node in enumerate(network.ids.tolist()):
        others = nx.node_connected_component(graph, node) - {node}
        rest = graph.subgraph(others)
        apart = sum(not nx.has_path(rest, a, b) for a, b in combinations(others, 2))
        assert (held[number], size[number]) == (apart, len(others) + 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_dominator_is_what_no_way_avoids(seed):
    network = drawn(seed)
    sources, targets = ends(network)
    tree = dominator_tree(network, network.numbers(sources), network.numbers(targets))
    graph = plain(network)

    def reached(graph: nx.DiGraph) -> set[int]:
        there = [one for one in sources if one in graph]
        return set(there).union(*(nx.descendants(graph, one) for one in there))

    for number, node in enumerate(network.ids.tolist()):
        above, chain = tree.near[number], []
        while 0 <= above < network.nodes:
            chain.append(int(network.ids[above]))
            above = tree.near[above]
        passed = [other for other in graph if other != node and node not in reached(without(graph, other))]
        assert (tree.near[number] >= 0) == (node in reached(graph))
        assert node not in reached(graph) or sorted(chain) == sorted(passed)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_single_node_cuts_off_most_demand(seed):
    network = drawn(seed, edges=20)
    sources, targets = map(network.numbers, ends(network))
    tree = dominator_tree(network, sources, targets)
    shares = {}
    for node in range(2, network.nodes - 2):
        closed = np.arange(network.nodes) == node
        seen = passes.reach(network.start, network.target, sources, closed)
        shares[node] = tree.demand[~seen].sum() / max(tree.demand.sum(), 1)
    node, share = best_single(network, sources, targets)
    assert share == pytest.approx(max(shares.values()))
    assert (node is None and share == 0) or shares[node] == pytest.approx(share)


def test_a_way_of_many_steps_needs_no_recursion():
    steps = np.arange(200_000)
    network = Network.of(steps, steps + 1)
    node, share = best_single(network, np.array([0]), np.array([network.nodes - 1]))
    held, _ = passes.separations(*passes.undirected(network.start, network.target), np.zeros(network.nodes, bool))
    assert (node, share, (held > 0).sum()) == (1, 1.0, network.nodes - 2)


def test_pairs_are_counted_for_more_sources_than_a_word_has_bits():
    sources = np.arange(150)
    network = Network.of(np.concatenate([sources, [200, 200]]), np.concatenate([sources * 0 + 200, [300, 301]]))
    start, end = network.numbers(sources), network.numbers([300, 301])
    closed = np.zeros(network.nodes, bool)
    assert passes.connected_pairs(network.start, network.target, start, end, closed) == 300
    closed[network.numbers([200, 7])] = True
    assert passes.connected_pairs(network.start, network.target, start, end, closed) == 0
