"""The network as a graph for other tools: GraphML and GEXF, which Gephi, yEd and networkx read, and GeoJSON for maps.

Nodes are firms and places, edges what goes from one to the other or ties them; two nodes may have several. A firm bears
the id that it has in followthemoney exports of the case. Natural persons, buyers whom a record states to be members of
the public, and ends of links that are not known to be organisations never leave in it; how many, a warning says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Network:
    """The nodes and edges of a case, in an order that hangs on what they are alone."""

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]


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
    network, warnings = _read(engine)
    counts = {"nodes": len(network.nodes), "edges": len(network.edges)}
    if writer is geojson:
        at = {node["id"] for node in network.nodes if node["latitude"] is not None}
        counts = {"points": len(at), "lines": sum({e["source"], e["target"]} <= at for e in network.edges)}
        unplaced = counts["points"], len(network.nodes), len(network.edges) - counts["lines"]
        warnings.append(
            "{:,} of {:,} nodes stand in a town with known coordinates; {:,} edges do not".format(*unplaced)
        )
    with replacing(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(writer(network.nodes, network.edges))
    return Outcome("export", counts, tuple(warnings), files=(str(path),))


def _read(engine: Engine) -> tuple[Network, list[str]]:
    engine.run(named("ftm", "nodes"), {"most": 1})
    engine.run(named("interchange", "firms-kept"))
    towns = _towns(engine)
    nodes = [
        {**node, **(towns.get(node["id"]) or {})} for node in engine.arrow(named("interchange", "nodes")).to_pylist()
    ]
    edges = engine.arrow(named("interchange", "edges")).to_pylist()
    warnings = []
    people = engine.value(named("interchange", "firms-left-out"))
    if people:
        warnings.append(f"left out, since records state them to be members of the public: {people:,} buyers")
    links = engine.value(named("interchange", "edges-left-out"))
    if links:
        warnings.append(f"left out, since an end of them is not known to be an organisation: {links:,} edges")
    return Network(tuple(nodes), tuple(edges)), warnings


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
