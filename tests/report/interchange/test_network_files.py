"""The network for graph and map tools: opened with networkx and json, the same as what the case holds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from building import Case
from narrows import api
from narrows.errors import UsageError
from narrows.report.interchange.geojson import line
from narrows.report.interchange.graphs import EDGE, NODE, gexf, graphml
from narrows.report.interchange.network import write_network
from narrows.settings import Settings

ORDER = (
    "document_no date seller.name seller.city seller.country buyer.name buyer.kind buyer_status buyer.city "
    "buyer.country description hs net_mass amount currency"
)


def order(number: str, buyer: str, *, kind: str | None = "organisation", status: str | None = None) -> list[str | None]:
    return [
        number, "2024-03-01", "Alder GmbH", "Berlin", "DE", buyer, kind, status, "Varna", "BG", "ball bearings",
        "848210", "20 kg", "400.50", "EUR",
    ]  # fmt: skip


@pytest.fixture
def mapped(case: Case) -> Case:
    case.load(
        "orders", ORDER, order("N-1", "Birch Ltd"), order("N-2", "Birch Ltd"),
        order("N-3", "Person Seven", kind="person"), order("N-4", "Customer 70490", kind=None, status="private"),
    )  # fmt: skip
    case.load("relations", "party.name other.name relation", ["Cedar Holding AG", "Birch Ltd", "same group"])
    case.load("register", "company.name company.country officer.name officer.kind",
              ["Birch Ltd", "BG", "Vera Ostmere", "person"])  # fmt: skip
    case.map()
    return case


def edges(graph: Any) -> Counter[tuple[Any, ...]]:
    names = graph.nodes(data="label")
    return Counter((names[a], names[b], *(told.get(name) for name in EDGE)) for a, b, told in graph.edges(data=True))


@pytest.mark.parametrize(("ending", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_networkx_reads_what_the_case_holds(mapped: Case, tmp_path: Path, ending: str, read: Any) -> None:
    outcome = write_network(mapped.engine, tmp_path / f"network{ending}")
    graph = read(tmp_path / f"network{ending}")
    assert outcome.counts == {"nodes": len(graph), "edges": graph.number_of_edges()}
    assert graph.is_directed()
    found = edges(graph)
    supply = ("supply", "8482", 2, 40.0, 2, 801.0, "EUR", "2024-03-01", "2024-03-01", 0, "part-1.csv:2; part-1.csv:3")
    assert found["Alder GmbH", "Birch Ltd", *supply] == 1
    assert [one[2] for one in found if one[0] == "Cedar Holding AG" or one[1] == "Cedar Holding AG"] == ["group"]
    [birch] = [told for _, told in graph.nodes(data=True) if told["label"] == "Birch Ltd"]
    assert (birch["kind"], birch["role"], birch["country"], birch["lines"]) == ("firm", "purchaser", "BG", 2)
    assert round(birch["latitude"], 1) == 43.2


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".geojson"])
def test_no_person_is_in_it_and_the_bytes_repeat(mapped: Case, tmp_path: Path, ending: str) -> None:
    outcome = write_network(mapped.engine, tmp_path / f"one{ending}")
    write_network(mapped.engine, tmp_path / f"two{ending}")
    text = (tmp_path / f"one{ending}").read_text("utf-8")
    assert text == (tmp_path / f"two{ending}").read_text("utf-8") and "Birch Ltd" in text
    assert not [name for name in ("Person Seven", "Vera Ostmere", "Customer 70490") if name in text]
    assert outcome.warnings[0] == "left out, since records state them to be members of the public: 1 buyers"


HOSTILE = 'A ]]> & <b a="1">\x00\x0b\ufffe\ud800 \u202eevil\u2066 \r\n\t\'x'


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    nodes = [{**dict.fromkeys(NODE), "id": one, "label": HOSTILE, "kind": "firm"} for one in ("n-1", "n-2")]
    edge = {**dict.fromkeys(EDGE), "source": "n-1", "target": "n-2", "kind": HOSTILE, "lines": 1}
    for writer, read in ((graphml, nx.read_graphml), (gexf, nx.read_gexf)):
        (tmp_path / "graph").write_text("".join(writer(nodes, [edge])), "utf-8", newline="")
        graph = read(tmp_path / "graph")
        label = 'A ]]> & <b a="1">\ufffd\ufffd\ufffd\ufffd evil \r\n\t\'x'
        assert [told["label"] for _, told in graph.nodes(data=True)] == [label] * 2
        assert [told["kind"] for _, _, told in graph.edges(data=True)] == [label]


def test_towns_are_points_and_supplies_lines(mapped: Case, tmp_path: Path) -> None:
    outcome = write_network(mapped.engine, tmp_path / "network.geojson")
    features = json.loads((tmp_path / "network.geojson").read_text("utf-8"))["features"]
    points = {
        f["properties"]["label"]: f["geometry"]["coordinates"] for f in features if f["geometry"]["type"] == "Point"
    }
    assert [round(one) for one in (*points["Alder GmbH"], *points["Birch Ltd"])] == [13, 53, 28, 43]
    lines = [f for f in features if f["geometry"]["type"] == "LineString"]
    assert outcome.counts == {"nodes": len(points), "edges": len(lines)}
    supply = next(f for f in lines if f["properties"]["kind"] == "supply")
    assert supply["geometry"]["coordinates"][0] == points["Alder GmbH"]
    assert (supply["properties"]["amount"], supply["properties"]["first"]) == (801.0, "2024-03-01")
    assert "Cedar Holding AG" not in points


def test_a_line_across_the_antimeridian_is_cut_there() -> None:
    assert line((170.0, 10.0), (-170.0, 20.0)) == {
        "type": "MultiLineString", "coordinates": [[(170.0, 10.0), (180.0, 15.0)], [(-180.0, 15.0), (-170.0, 20.0)]],
    }  # fmt: skip
    assert line((-170.0, 20.0), (170.0, 10.0))["coordinates"] == [
        [(-170.0, 20.0), (-180.0, 15.0)], [(180.0, 15.0), (170.0, 10.0)],
    ]  # fmt: skip
    assert line((10.0, 50.0), (28.0, 43.0)) == {"type": "LineString", "coordinates": [(10.0, 50.0), (28.0, 43.0)]}


def test_what_cannot_be_asked_for(mapped: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.dot") as raised:
        write_network(mapped.engine, tmp_path / "network.dot")
    assert ".graphml, .gexf, .geojson" in raised.value.hint
    with api.new(tmp_path / "case", settings=Settings(epoch=0)) as new:
        (tmp_path / "orders.csv").write_text(
            "Order No,Order date,Seller,Buyer,Goods description,Quantity,Unit\n"
            "N-1,2024-03-01,A GmbH,B Ltd,wire,2,pcs\n",
            "utf-8",
        )
        new.load(tmp_path / "orders.csv")
        with pytest.raises(UsageError, match="not screened"):
            new.export("network", tmp_path / "network.gexf")
