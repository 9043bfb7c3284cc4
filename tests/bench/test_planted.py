import json
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from bench.network.generate import generate, plant
from bench.network.plant import Flow, network, smallest_cut
from bench.network.rivals import Line, Supply, flow_rivals, ranked, rivals, sections_received
from bench.network.score import cuts, days, found_at, links
from bench.network.trade import sections
from bench.network.world import all_goods
from bench.network.write import Planted


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant(3, "quick")


def test_found_at_counts_groups_once():
    planted = [{"a", "b"}, {"c"}]
    assert found_at([{"b"}, {"x"}, {"c"}], planted, 2) == (0.5, 0.5)
    assert found_at([{"b"}, {"a"}], planted, 2) == (0.5, 1.0)
    assert found_at([], planted, 2) == (0.0, 0.0)


def test_a_cut_is_whole_only_without_a_way_around():
    graph = nx.DiGraph([("s", "x"), ("s", "y"), ("x", "c"), ("y", "d"), ("x", "d")])
    deliveries = [("c", 30.0), ("d", 10.0)]
    one, both = cuts(graph, ["s"], deliveries, ["x"]), cuts(graph, ["s"], deliveries, ["x", "y"])
    assert (one.whole, one.share) == (False, 0.75)
    assert (both.whole, both.share) == (True, 1.0)
    assert cuts(graph, ["s"], deliveries, ["s"]).share == 0.0  # sources are not removed


def test_links_without_papers_count_for_precision_only():
    planted = {("i", "a", "b"): True, ("i", "b", "c"): False}
    assert links({("i", "a", "b"), ("i", "b", "c"), ("i", "b", "x")}, planted) == (1.0, pytest.approx(2 / 3))
    assert links(set(), planted) == (0.0, 1.0)


def test_days_off_missed_and_invented():
    planted = {1: date(2024, 1, 10), 2: date(2024, 1, 10), 3: date(2024, 1, 1), 4: None}
    told = days({1: date(2024, 1, 10), 2: date(2024, 1, 4), 4: date(2024, 2, 2)}, planted)
    assert (told.compared, told.exact, told.mean, told.worst, told.missed, told.invented) == (2, 1, 3.0, 6, 1, 1)


def test_groups_stand_at_their_best_firm_and_the_left_out_nowhere():
    assert ranked({1: 0.5, 2: 0.9, 3: 0.7, 4: 0.1}, [3], {2: 1, 1: 1}) == [frozenset({1, 2}), frozenset({4})]


def test_carriers_stand_on_a_way_only_if_asked_for():
    line = Line("8517", 5.0, 1, 2, None, 9, 3, 3)
    assert line.way(frozenset({9}), carried=False) == [1, 2, 3]
    assert line.way(frozenset({9}), carried=True) == [1, 2, 9, 3]
    supply = Supply([line, Line("9403", 1.0, None, 3, None, None, 4, 5)], frozenset({9}), {})
    assert supply.graph(carried=False).edges[2, 3] == {"lines": 1, "mass": 5.0}
    assert sections_received(supply) == {2: 1, 3: 1, 4: 1}


def test_only_firms_on_the_way_are_ranked_for_a_flow():
    graph = nx.DiGraph([(1, 2), (2, 3), (3, 6), (1, 4), (5, 3)])
    nx.set_edge_attributes(graph, 1.0, "mass")
    told = flow_rivals(graph, {1}, {3, 6}, {"degree": {4: 9, 5: 9, 3: 2}})
    assert told["degree"] == [3, 2]  # 3 receives, and lies before 6
    assert told["betweenness of the flow, consignees left out"] == [2]


def test_same_seed_same_bytes(tmp_path: Path):
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        generate(tmp_path / name, seed, 0.1, "hindsight")
    one, again, other = ({f.name: f.read_bytes() for f in (tmp_path / n).iterdir()} for n in ("one", "again", "other"))
    assert one == again
    assert one["truth.json"] != other["truth.json"]


def test_what_is_missing_stays_missing_at_a_higher_rate(tmp_path: Path):
    for rate in (0.1, 0.3):
        generate(tmp_path / str(rate), 5, rate, "hindsight")
    few, many = ((tmp_path / str(r) / "payments.csv").read_text("utf-8").splitlines() for r in (0.1, 0.3))
    assert set(many) < set(few)


def test_planted_cuts_cut_and_no_firm_of_them_is_idle(planted: Planted):
    graph = network(planted.trade.sales)
    assert [flow.size for flow in planted.flows][:6] == [1, 1, 2, 2, 3, 3]
    assert min(flow.size for flow in planted.flows[6:]) > 3
    for flow in planted.flows[:6]:
        sources, firms = [a.key for a in flow.sources], [a.key for a in flow.cut]
        deliveries = [(f"town:{town}", 1.0) for town in flow.towns]
        assert cuts(graph, sources, deliveries, firms).whole
        assert not any(cuts(graph, sources, deliveries, set(firms) - {firm}).whole for firm in firms)


def test_a_smallest_cut_is_found():
    pool = plant(3, "hindsight").trade.world.actors
    source, x, y, end = pool[:4]
    graph = nx.DiGraph([(source.key, x.key), (source.key, y.key), (x.key, end.key), (y.key, end.key)])
    graph.add_edge(end.key, "town:T")
    assert smallest_cut(graph, Flow("phone", [source], ["T"], "")) == {end.key}


def test_degree_and_betweenness_do_not_give_junctions_away(planted: Planted):
    part = {actor.key: actor.part for actor in planted.trade.world.actors}
    degree = sorted(network(planted.trade.sales).degree(), key=lambda node: -node[1])
    firms = [part[key] for key, _ in degree if part.get(key, "seller") != "seller"]
    assert set(firms[:6]) == {"wholesaler"}
    lines = [_line(sale) for sale in planted.trade.sales]
    between = rivals(Supply(lines, frozenset(), {}))["betweenness"]
    top = sorted(between, key=lambda n: -between[n])[:4]
    assert [part[f"F{number:04d}"] for number in top] == ["forwarder"] * 4


def _line(sale) -> Line:
    ends = (sale.maker, sale.seller, None, sale.forwarder, sale.buyer, sale.consignee)
    return Line(sale.goods.hs[:4], sale.mass, *(int(a.key[1:]) if a else None for a in ends))


def test_goods_of_a_junction_are_of_unrelated_sections_and_go_on(planted: Planted):
    for junction in planted.junctions:
        assert len(sections(junction.goods)) == len(junction.goods) >= 4
        came, went = set(), set()
        for sale in planted.trade.sales:
            way = sale.way
            for firm in set(junction.firms) & set(way):
                came |= {sale.goods.key} if way[0] is not firm else set()
                went |= {sale.goods.key} if way[-1] is not firm else set()
        assert set(junction.goods) <= came & went


def test_truth_of_first_dates(tmp_path: Path):
    generate(tmp_path, 5, 0.0, "hindsight")
    truth = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    for scheme in truth["schemes"]:
        hit, alert = scheme["firsts"]["all"]
        assert hit <= alert
        assert hit == min(days[0] for who, days in scheme["firsts"].items() if who != "all")
        if scheme["kind"] == "meeting":
            assert all(days[1] is None for who, days in scheme["firsts"].items() if who != "all")


def test_goods_are_of_everyday_kinds():
    # No chapters 25 to 38: minerals, fuels, chemicals.
    assert not {goods.hs[:2] for goods in all_goods().values()} & {str(chapter) for chapter in range(25, 39)}
