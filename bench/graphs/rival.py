"""Measures networkx or igraph in a process of its own: .venv-graphs/bin/python bench/graphs/rival.py igraph EDGES.npz.

It prints a line of JSON after each step, so that what was done stands when time runs out. Parallel edges are dropped
beforehand and not timed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np


def run(what: str, step: Callable[[], float]) -> None:
    """Time a step and print it."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = step()
    told = {
        "seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "answer": answer,
        "peak GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }  # fmt: skip
    print(json.dumps({what: told}), flush=True)


def with_networkx(pairs: Any, nodes: int, start: Any, end: Any) -> None:
    """Every step with networkx; above the sources stands one more node, as its dominators have one root."""
    import networkx as nx

    graph = nx.DiGraph()

    def build() -> int:
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from(pairs.tolist())
        return graph.number_of_edges()

    def dominators() -> int:
        found = nx.immediate_dominators(graph, nodes)
        return sum(
            above != nodes and node != nodes and above != node for node, above in found.items() if above is not None
        )

    joined = nx.DiGraph(one_end_each(pairs, nodes, start, end).tolist())
    run("build", build)
    run("components", lambda: nx.number_weakly_connected_components(graph))
    run("articulation points", lambda: sum(1 for _ in nx.articulation_points(graph.to_undirected(as_view=False))))
    graph.add_edges_from((nodes, one) for one in start.tolist())
    run("dominators", dominators)
    run("minimum vertex cut", lambda: len(nx.minimum_node_cut(joined, nodes, nodes + 1)))


def with_igraph(pairs: Any, nodes: int, start: Any, end: Any) -> None:
    """Every step with igraph."""
    import igraph

    held: list[Any] = []

    def build() -> int:
        held.append(igraph.Graph(n=nodes, edges=pairs, directed=True))
        return int(held[0].ecount())

    def dominators() -> int:
        found = held[0].dominator(nodes)
        return sum(above >= 0 and above != nodes for above in found)

    joined = igraph.Graph(n=nodes + 2, edges=one_end_each(pairs, nodes, start, end), directed=True)
    run("build", build)
    run("components", lambda: len(held[0].connected_components(mode="weak")))
    run("articulation points", lambda: len(held[0].articulation_points()))
    held[0].add_vertices(1)
    held[0].add_edges([(nodes, one) for one in start.tolist()])
    run("dominators", dominators)
    run("minimum vertex cut", lambda: int(joined.vertex_connectivity(nodes, nodes + 1)))


def one_end_each(pairs: Any, nodes: int, start: Any, end: Any) -> Any:
    """The edges with all sources as the node `nodes` and all targets as the next; none leads from one to the other."""
    stands = np.arange(nodes)
    stands[start], stands[end] = nodes, nodes + 1
    both = stands[pairs]
    kept = (both[:, 0] != both[:, 1]) & ~((both[:, 0] == nodes) & (both[:, 1] == nodes + 1))
    return np.unique(both[kept], axis=0)


def main() -> None:
    """Measure one library on one file."""
    with np.load(sys.argv[2]) as file:
        source, target, start, end = (file[name] for name in ("source", "target", "start", "end"))
    nodes = int(max(source.max(), target.max())) + 1
    keys = np.unique(source[source != target] * nodes + target[source != target])
    pairs = np.column_stack([keys // nodes, keys % nodes])
    del source, target, keys
    (with_networkx if sys.argv[1] == "networkx" else with_igraph)(pairs, nodes, start, end)


if __name__ == "__main__":
    main()
