"""The network as a graph for other tools: GraphML and GEXF, which Gephi, yEd and networkx read, and GeoJSON for maps.

Nodes are firms and places, edges what goes from one to the other or ties them; two nodes may have several. A firm bears
the id that it has in followthemoney exports of the case. Natural persons, buyers whom a record states to be members of
the public, and ends of links that are not known to be organisations never leave in it; how many, a warning says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.errors import UsageError
from narrows.model.outcome import Outcome
from narrows.report.interchange.geojson import geojson
from narrows.report.interchange.graphs import gexf, graphml
from narrows.report.replacing import replacing
from narrows.vocab.atlas import atlas

Row = Mapping[str, Any]

_BATCH = 5_000


_WRITERS: Mapping[str, Callable[[Iterable[Row], Iterable[Row]], Iterable[str]]] = {
    ".graphml": graphml,
    ".gexf": gexf,
    ".geojson": geojson,
}


def write_network(engine: Engine, path: Path) -> Outcome:
    """Write the network by the ending of the path: .graphml, .gexf (1.2) or .geojson (RFC 7946).

    Args:
        engine: the case's engine, mapped.
        path: the file; it is replaced as a whole, or not at all.

    Returns:
        How many nodes and edges it holds; the warnings say what was left out.

    Raises:
        UsageError: unknown ending, or no such folder.
        NarrowsError: the file cannot be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(
            f"{path.name}: a network is no {path.suffix or 'file without ending'}",
            hint=f"End the name in one of {', '.join(_WRITERS)}, such as network.graphml.",
        )
    engine.run(named("ftm", "nodes"), {"most": 1})
    engine.run(named("interchange", "firms-kept"))
    nodes = _nodes(engine)
    warnings = _left_out(engine)
    if writer is geojson:
        placed = [node for node in nodes if node["latitude"] is not None]
        warnings.append(
            f"{len(placed):,} of {len(nodes):,} nodes stand in a town with known coordinates, and are in it"
        )
        nodes = placed
    edges = _Edges(engine, {node["id"] for node in nodes})
    with replacing(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(writer(nodes, edges))
    return Outcome("export", {"nodes": len(nodes), "edges": edges.count}, tuple(warnings), files=(str(path),))


@dataclass(slots=True)
class _Edges:
    """The edges between nodes, read a batch at a time, and how many they were."""

    engine: Engine
    nodes: set[str]
    count: int = 0

    def __iter__(self) -> Iterator[Row]:
        for batch in self.engine.batches(named("interchange", "edges"), size=_BATCH):
            for edge in batch.to_pylist():
                if edge["source"] in self.nodes and edge["target"] in self.nodes:
                    self.count += 1
                    yield edge


def _nodes(engine: Engine) -> list[Row]:
    towns = _towns(engine)
    return [{**node, **towns.get(node["id"], {})} for node in engine.arrow(named("interchange", "nodes")).to_pylist()]


def _left_out(engine: Engine) -> list[str]:
    warnings = []
    people = engine.value(named("interchange", "firms-left-out"))
    if people:
        warnings.append(f"left out, since records state them to be members of the public: {people:,} buyers")
    links = engine.value(named("interchange", "edges-left-out"))
    if links:
        warnings.append(f"left out, since an end of them is not known to be an organisation: {links:,} edges")
    return warnings


def _towns(engine: Engine) -> dict[str, Row]:
    """Firm -> the coordinates of the town that most of its addresses were read as, in the country of the firm."""
    rows = engine.rows(named("interchange", "towns"))
    wanted = {place for _, place, _, _ in rows}
    known = {place.id: place for place in atlas().places if place.id in wanted} if wanted else {}
    found: dict[str, Row] = {}
    for firm, place, _, country in rows:
        town = known.get(place)
        if town is not None and firm not in found and country in (None, town.country):
            found[firm] = {"latitude": town.latitude, "longitude": town.longitude}
    return found
