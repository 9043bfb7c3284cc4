"""Measures Narrows in a process of its own and prints what came out, as JSON: python -m bench.graphs.ours EDGES.npz."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from narrows.graph import passes
from narrows.graph.dominance import best_single, dominator_tree
from narrows.graph.network import Network
from narrows.graph.pricing import Pipes
from narrows.graph.problem import Problem

Told = dict[str, dict[str, float]]


@contextmanager
def timed(told: Told, what: str) -> Iterator[Callable[[float], None]]:
    """Note the seconds that a block takes, and the number that it tells."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer: list[float] = []
    yield answer.append
    told[what] = {
        "seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "answer": answer[0],
        "peak GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }  # fmt: skip


def measure(path: str) -> Told:
    """Measure everything that takes linear time, and the minimum vertex cut."""
    _compile()
    with np.load(path) as file:
        source, target, weight, start, end = (file[name] for name in ("source", "target", "weight", "start", "end"))
    told: Told = {}
    with timed(told, "build") as tell:
        network = Network.of(source, target, weight)
        tell(network.edges)
    del source, target, weight
    start, end = network.numbers(start), network.numbers(end)
    with timed(told, "components") as tell:
        found = passes.components(network.nodes, network.source, network.target)
        tell(int((found == np.arange(network.nodes)).sum()))
    with timed(told, "articulation points") as tell:
        both = passes.undirected(network.start, network.target)
        held, _ = passes.separations(*both, np.zeros(network.nodes, bool))
        tell(int((held > 0).sum()))
    del both, held, found
    with timed(told, "dominators") as tell:
        tree = dominator_tree(network, start, end)
        tell(int(((tree.near >= 0) & (tree.near < network.nodes)).sum()))
    with timed(told, "best single, with the dominators") as tell:
        tell(best_single(network, start, end)[1])
    if network.edges <= 1_000_000:
        with timed(told, "minimum vertex cut") as tell:
            problem = Problem.of(network, start, end)
            tell(len(Pipes(problem, problem.candidates).fewest()))
    return told


def _compile() -> None:
    """Load compiled code beforehand; it is kept on disk."""
    tiny = Network.of([0, 1, 1], [1, 2, 3])
    best_single(tiny, np.array([0]), np.array([2]))
    passes.components(4, tiny.source, tiny.target)
    passes.separations(*passes.undirected(tiny.start, tiny.target), np.zeros(4, bool))
    problem = Problem.of(tiny, np.array([0]), np.array([2]))
    Pipes(problem, problem.candidates).fewest()


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
