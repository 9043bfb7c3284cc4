from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from narrows import api
from narrows.cli import group
from narrows.errors import NotFound, UsageError

EDGES = """seller,buyer,weight,commodity,date
Nordia Metals,Alpha Trading,60,7603,2024-01-03
Zenit Chem,Alpha Trading,30,7603,2024-01-04
Zenit Chem,Beta FZE,10,7603,2024-02-05
Alpha Trading,Delta Shop,70,7603,2024-02-06
Alpha Trading,Epsilon,20,7603,2024-02-07
Beta FZE,Epsilon,10,7603,2024-02-08
Zenit Chem,Gamma Ltd,5,2834,2024-02-09
"""


@pytest.fixture
def edges(tmp_path):
    file = tmp_path / "edges.csv"
    file.write_text(EDGES, "utf-8")
    return file


def run(*words: object) -> str:
    return CliRunner().invoke(group, ["chokepoints", *map(str, words)], catch_exceptions=False).stdout


def test_a_flow_goes_from_where_nothing_comes_to_where_nothing_leaves(edges):
    found = api.choke_points(edges, commodity="7603")
    assert found.stated == (
        "from 2 nodes that no edge leads to (Nordia Metals, Zenit Chem) to 2 nodes that no edge leaves "
        "(Delta Shop, Epsilon); commodity 7603"
    )
    assert found.choke is not None
    assert [(best.nodes, round(best.share, 9), best.exact) for best in found.choke.best] == [
        (("Alpha Trading",), 0.9, True), (("Alpha Trading", "Beta FZE"), 1.0, True),
    ]  # fmt: skip
    assert found.choke.cut.nodes == ("Alpha Trading", "Beta FZE")
    assert [(d.node, d.targets) for d in found.choke.dominators] == [("Alpha Trading", ("Delta Shop",))]


def test_ends_are_named_as_written_or_nearly(edges):
    found = api.choke_points(edges, source=["zenit chem"], target=["Epsilon"], most=1)
    assert found.stated == "from Zenit Chem to Epsilon"
    assert found.choke is not None and found.choke.flow == 30


def test_an_unknown_end_is_told_with_what_is_near(edges):
    with pytest.raises(NotFound) as caught:
        api.choke_points(edges, source=["Zenith Chem"])
    assert "Zenit Chem" in caught.value.hint


def test_an_end_cannot_be_both(edges):
    with pytest.raises(UsageError):
        api.choke_points(edges, source=["Zenit Chem"], target=["Zenit Chem"])
    with pytest.raises(UsageError):
        api.choke_points(edges, source=["Zenit Chem"], undirected=True)
    with pytest.raises(UsageError):
        api.choke_points(edges, most=0)


def test_a_circle_has_no_ends_and_is_asked_for_key_players(tmp_path):
    file = tmp_path / "circle.csv"
    file.write_text("source,target\nA,B\nB,C\nC,A\nC,D\nD,C\n", "utf-8")
    found = api.choke_points(file)
    assert found.choke is None
    assert found.players[0].nodes == ("C",)
    assert "no source" in found.noticed[-1]


def test_idle_ends_are_named(edges):
    found = api.choke_points(edges, source=["Nordia Metals", "Zenit Chem"], target=["Gamma Ltd", "Delta Shop"])
    assert found.choke is not None and found.choke.cut.direct == 1
    found = api.choke_points(edges, source=["Nordia Metals", "Beta FZE"], target=["Delta Shop", "Gamma Ltd"])
    assert "sources that reach no target: 1 (Beta FZE)" in found.noticed
    assert "targets that no source reaches: 1 (Gamma Ltd)" in found.noticed


def test_every_choke_point_of_the_table_has_flow_and_share(edges, tmp_path):
    out = tmp_path / "out.csv"
    run(edges, "-o", out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert all(row["flow"] and row["share"] and row["bound"] and row["exact"] == "true" for row in rows)


def test_the_command_line_states_flow_share_and_proof(edges):
    told = run(edges, "--commodity", "7603", "-k", 1)
    assert told.startswith("Flow: from 2 nodes that no edge leads to")
    assert "Smallest cut: without 2 nodes no way is left: Alpha Trading, Beta FZE" in told
    assert "90.0%" in told and "exact" in told
    assert "1 row of other commodities or of none: left out" in told


def test_the_command_line_tells_what_nodes_cannot_cut(edges):
    assert "1 edge leads from a source straight to a target" in run(edges)
    assert "No way leads" in run(edges, "--source", "Nordia Metals", "--target", "Gamma Ltd")
    assert "Key players" in run(edges, "--undirected", "-k", 2)


def test_json_says_the_same(edges):
    told = json.loads(run(edges, "--json", "--since", "2024-01-01", "--commodity", "7603"))
    assert told["schema"] == "narrows.chokepoints/1"
    assert told["choke"]["best"][0]["nodes"] == ["Alpha Trading"]
    assert told["stated"].endswith("commodity 7603; since 2024-01-01")


def test_many_edges_on_one_node_are_no_trouble(tmp_path):
    file = tmp_path / "star.csv"
    rows = [f"S{i},Hub,{i % 9 + 1}\nHub,T{i},{i % 7 + 1}" for i in range(30_000)]
    file.write_text("\n".join(["source,target,weight", *rows]), "utf-8")
    found = api.choke_points(file)
    assert found.choke is not None and found.choke.cut.nodes == ("Hub",)
    assert found.choke.dominators[0].demand == 1.0
