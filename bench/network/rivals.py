"""What an analyst without Narrows would do: draw the network of the same records and rank by what networkx offers.

Every rival gets its chances: with carriers and forwarders and without; registered groups counted once, at their best
firm; those whose order books the case holds are left out, as nobody asks whether they are junctions. For choke points
only firms that lie between the sources and the towns are ranked, and the betweenness of that flow alone is a rival too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from bench.network.world import all_goods

Scores = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One goods line: heading, mass in kg, and its parties as entities."""

    heading: str
    mass: float
    maker: int | None
    seller: int | None
    forwarder: int | None
    carrier: int | None
    buyer: int | None
    consignee: int | None

    def way(self, noise: frozenset[int], *, carried: bool) -> list[int]:
        """From hand to hand, each once; carriers and other logistics (`noise`) only if asked for."""
        between = (self.forwarder, self.carrier) if carried else ()
        hands = (self.maker, self.seller, *between, self.buyer, self.consignee)
        left = [hand for hand in hands if hand is not None and (carried or hand not in noise)]
        return list(dict.fromkeys(left))


@dataclass(frozen=True, slots=True)
class Supply:
    """The trade of a case: lines, entities in logistics, and for firms that registers link one that stands for all."""

    lines: list[Line]
    logistics: frozenset[int]
    groups: Mapping[int, int]

    def graph(self, *, carried: bool) -> nx.DiGraph[int]:
        """Who supplies whom; edges carry `lines` and `mass`."""
        graph: nx.DiGraph[int] = nx.DiGraph()
        for line in self.lines:
            way = line.way(self.logistics, carried=carried)
            for a, b in pairwise(way):
                if graph.has_edge(a, b):
                    graph[a][b]["lines"] += 1
                    graph[a][b]["mass"] += line.mass
                else:
                    graph.add_edge(a, b, lines=1, mass=line.mass)
        return graph


def measures(graph: nx.DiGraph[int]) -> dict[str, Scores]:
    """The rankings that networkx offers, on one graph."""
    return {
        "degree": dict(graph.degree()),
        "weighted degree": dict(graph.degree(weight="mass")),
        "betweenness": nx.betweenness_centrality(graph),
        "PageRank": nx.pagerank(graph, weight="lines"),
    }


def sections_received(supply: Supply) -> Scores:
    """A count by hand: of how many sections of the Harmonized System goods came, to a firm that also sent some on."""
    section = {goods.hs[:4]: goods.section for goods in all_goods().values()}
    came: dict[int, set[int]] = {}
    sent: set[int] = set()
    for line in supply.lines:
        way = line.way(supply.logistics, carried=False)
        for at, entity in enumerate(way):
            if at and line.heading in section:
                came.setdefault(entity, set()).add(section[line.heading])
            if at < len(way) - 1:
                sent.add(entity)
    return {entity: len(found) for entity, found in came.items() if entity in sent}


def rivals(supply: Supply) -> dict[str, Scores]:
    """Every rival for junctions: title -> score of each entity."""
    found = dict(measures(supply.graph(carried=True)))
    found |= {f"{name}, no carriers": s for name, s in measures(supply.graph(carried=False)).items()}
    return {**found, "sections received and sent on": sections_received(supply)}


def ranked(scores: Scores, left_out: Iterable[int], group_of: Mapping[int, int]) -> list[frozenset[int]]:
    """The best first, ties by number; a registered group stands where its best firm stands."""
    out, order = set(left_out), sorted(scores, key=lambda e: (-scores[e], e))
    groups: dict[int, set[int]] = {}
    for entity in order:
        if entity not in out:
            groups.setdefault(group_of.get(entity, entity), set()).add(entity)
    return [frozenset(group) for group in groups.values()]


def between(graph: nx.DiGraph[int], sources: set[int], targets: set[int]) -> set[int]:
    """The nodes on some way from a source to a target, sources left out; a target on the way to another is one."""
    down = set().union(*(nx.descendants(graph, s) for s in sources if s in graph))
    up = set().union(*(nx.ancestors(graph, t) for t in targets if t in graph))
    return (down & up) - sources


def flow_rivals(
    graph: nx.DiGraph[int], sources: set[int], targets: set[int], whole: Mapping[str, Scores]
) -> dict[str, list[int]]:
    """Every rival for a choke point of one flow: title -> the firms between, the best first.

    Args:
        graph: who supplies whom with the goods of the flow.
        sources, targets: those who sell and those in the region who receive, as entities.
        whole: the scores of the whole network.
    """
    on_the_way = between(graph, sources, targets)
    ends = sorted(sources & set(graph)), sorted(targets & set(graph))
    flow = nx.betweenness_centrality_subset(graph, *ends)
    scores = {**whole, "betweenness of the flow": flow, "mass of the flow": dict(graph.degree(weight="mass"))}
    found = {t: sorted(on_the_way, key=lambda e, s=s: (-s.get(e, 0), e)) for t, s in scores.items()}
    outside = [entity for entity in found["betweenness of the flow"] if entity not in targets]
    return {**found, "betweenness of the flow, consignees left out": outside}
