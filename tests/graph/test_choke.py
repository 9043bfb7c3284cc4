from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from networks import drawn, ends, flow_without, pairs_without, plain, sets_of

from narrows.errors import NotFound, UsageError
from narrows.graph.choke import choke_points
from narrows.graph.network import Network

SEEDS = range(30)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_smallest_cut_is_the_smallest_that_leaves_no_way(seed):
    network = drawn(seed)
    cut = choke_points(network, *ends(network), draws=0).cut
    direct = {(s, t) for s in ends(network)[0] for t in plain(network).successors(s) if t in ends(network)[1]}
    spared = Network.of(*zip(*((a, b) for a, b in plain(network).edges if (a, b) not in direct), strict=True))
    spared = spared if spared.nodes == network.nodes else None
    assert cut.direct == len(direct)
    if spared is not None:
        assert not pairs_without(spared, cut.nodes)
        assert not any(not pairs_without(spared, fewer) for fewer in sets_of(spared, len(cut.nodes) - 1) if cut.nodes)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_sets_are_the_best_of_all_sets(seed):
    network = drawn(seed)
    choke = choke_points(network, *ends(network), most=3, draws=0)
    whole = flow_without(network, ())
    assert choke.by_count or choke.flow == pytest.approx(whole)
    for best in () if choke.by_count else choke.best:
        least = min(flow_without(network, chosen) for chosen in sets_of(network, best.k))
        assert best.exact and best.share == best.bound
        assert best.share == pytest.approx(1 - least / whole)
        assert flow_without(network, best.nodes) == pytest.approx(least)


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_are_those_that_no_way_joins_any_more(seed):
    network = drawn(seed)
    choke = choke_points(network, *ends(network), most=2, draws=0)
    joined = len(pairs_without(network, ()))
    assert choke.pairs == joined
    for best in choke.best:
        assert best.pairs == pytest.approx(1 - len(pairs_without(network, best.nodes)) / joined)


@pytest.mark.parametrize("seed", SEEDS)
def test_nodes_alike_can_stand_for_each_other(seed):
    network = drawn(seed, nodes=14, edges=22)
    for best in choke_points(network, *ends(network), draws=0).best:
        for place, alike in enumerate(best.alike):
            for other in alike:
                instead = [*best.nodes[:place], other, *best.nodes[place + 1 :]]
                assert flow_without(network, instead) == pytest.approx(flow_without(network, best.nodes))
                assert pairs_without(network, instead) == pairs_without(network, best.nodes)


@pytest.mark.parametrize("seed", range(5))
def test_other_ids_and_another_order_change_no_share(seed):
    network = drawn(seed)
    dice = np.random.default_rng(seed)
    ids, order = dice.permutation(network.nodes), dice.permutation(network.edges)
    other = Network.of(ids[network.source][order], ids[network.target][order], network.weight[order])
    sources, targets = (ids[network.numbers(end)] for end in ends(network))
    first, second = choke_points(network, *ends(network), draws=0), choke_points(other, sources, targets, draws=0)
    shares = [[(b.k, b.share, b.exact, len(b.nodes)) for b in choke.best] for choke in (first, second)]
    assert np.array(shares[0]) == pytest.approx(np.array(shares[1]))
    assert (first.flow, first.pairs, first.demand) == (second.flow, second.pairs, second.demand)
    assert len(first.cut.nodes) == len(second.cut.nodes)


def test_the_same_network_gives_the_same_answer_in_any_order():
    network = drawn(3)
    order = np.random.default_rng(1).permutation(network.edges)
    again = Network.of(network.ids[network.source][order], network.ids[network.target][order], network.weight[order])
    assert choke_points(network, *ends(network), draws=5) == choke_points(again, *ends(again), draws=5)


def test_what_leads_straight_there_cannot_be_cut():
    choke = choke_points(Network.of([1, 1, 2], [3, 2, 3], [3, 1, 1]), [1], [3], draws=0)
    assert (choke.cut.nodes, choke.cut.direct, choke.cut.direct_share) == ((2,), 1, 0.75)
    assert [(best.nodes, best.share) for best in choke.best] == [((2,), 0.25)]


def test_where_there_is_no_way_there_is_nothing_to_cut():
    choke = choke_points(Network.of([1, 3], [2, 4]), [1], [4], draws=3)
    assert (choke.flow, choke.pairs, choke.cut.nodes, choke.best) == (0, 0, (), ())
    assert (choke.idle_sources, choke.idle_targets) == ((1,), (4,))


def test_ways_that_carry_nothing_are_counted_instead():
    choke = choke_points(Network.of([1, 1, 2, 3], [2, 3, 4, 4], [0, 0, 0, 0]), [1], [4], draws=0)
    assert (choke.by_count, choke.flow, [best.share for best in choke.best]) == (True, 2, [0.5, 1.0])


def test_weightless_edges_are_ways_for_the_cut_but_not_for_the_share():
    choke = choke_points(Network.of([1, 1, 2, 3], [2, 3, 4, 4], [5, 0, 5, 5]), [1], [4], draws=0)
    assert choke.cut.nodes == (2, 3)
    assert [(best.nodes, best.share, best.pairs) for best in choke.best] == [((2,), 1.0, 0.0)]


def test_volumes_go_another_way_as_far_as_there_is_room():
    # Without 2, three of its five units fit through 3.
    choke = choke_points(Network.of([1, 1, 2, 3], [2, 3, 4, 4], [5, 5, 5, 8]), [1], [4], draws=0)
    assert [round(best.share, 9) for best in choke.best] == [0.5, 1.0]
    choke = choke_points(Network.of([1, 9, 9, 2, 3], [9, 2, 3, 4, 4], [5, 5, 5, 5, 8]), [1], [4], draws=0)
    assert (choke.best[0].nodes, choke.best[0].share, len(choke.best)) == ((9,), 1.0, 1)


def test_dominators_come_with_their_targets_and_demand():
    network = Network.of([1, 2, 2, 1, 5], [2, 3, 4, 5, 6], [9, 4, 2, 2, 2])
    found = choke_points(network, [1], [3, 4, 6], draws=0)
    assert [(d.node, d.targets, d.demand) for d in found.dominators] == [(2, (3, 4), 0.75), (5, (6,), 0.25)]
    assert found.dominating == 2


def test_an_answer_can_carry_names():
    choke = choke_points(drawn(2), *ends(drawn(2)), draws=2)
    names = choke.named(str)
    assert names.best[0].nodes == tuple(map(str, choke.best[0].nodes))
    assert replace(names, best=()).named(int) == replace(choke, best=())


def test_a_node_cannot_be_both_ends_and_must_be_there():
    network = Network.of([1, 2], [2, 3])
    with pytest.raises(UsageError, match="node 1 is both"):
        choke_points(network, [1], [1, 3])
    with pytest.raises(NotFound):
        choke_points(network, [1], [4])
    with pytest.raises(UsageError):
        choke_points(network, [], [3])


def test_many_decimals_and_large_numbers_keep_their_shares():
    weight = np.array([1e15, 1e-6, np.pi, 1e15, 1e-6, np.pi])
    choke = choke_points(Network.of([1, 1, 1, 2, 3, 4], [2, 3, 4, 5, 5, 5], weight), [1], [5], draws=0)
    assert choke.best[0].nodes == (2,)
    assert choke.best[-1].share == 1.0
