"""How long it takes until the best 1 to 5 nodes of 2,000 are proved, beside the programme solved by HiGHS.

python -m bench.graphs.proofs
"""

from __future__ import annotations

import time

from bench.graphs import networks
from bench.graphs.networks import Edges
from bench.graphs.programme import least_left
from narrows.graph.network import Network
from narrows.graph.pricing import Pipes
from narrows.graph.problem import Problem
from narrows.graph.search import best_sets

MOST = 5
# HiGHS is given so many seconds for each k.
SECONDS = 30.0


def table() -> list[str]:
    """Return the table, a line for each network."""
    shapes: dict[str, tuple[Edges, int | None]] = {
        "layers, even": (networks.layered(2000, 8000, 5, 0.0), None),
        "layers, some busy": (networks.layered(2000, 8000, 8, 0.6), None),
        "layers, few busy": (networks.layered(2000, 8000, 5, 1.0), None),
        "scattered": (networks.scattered(2000, 8000), 50),
        "scattered, dense": (networks.scattered(2000, 20000), 50),
        "5 hubs with much room": (networks.roomy(5, 20), None),
        "20 hubs with much room": (networks.roomy(20, 20), None),
        "100 hubs with some room": (networks.roomy(100, 2), None),
    }
    lines = [
        "| 2,000 nodes | candidates, edges | share cut by 1, 3, 5 | proved | Narrows, k = 1..5 | HiGHS, k = 2, 3, 5 "
        "| k = 5 / all five |",
        "| --- | ---: | --- | --- | ---: | --- | ---: |",
    ]
    lines += [_line(name, edges, most) for name, (edges, most) in shapes.items()]
    return [
        *lines,
        "",
        "HiGHS solves Wood's programme of the same question (bench/graphs/programme.py), one k at a time, with at most",
        f"{SECONDS:.0f} seconds for each; where it ended in time, its answer is the same (it is checked).",
    ]


def _line(name: str, edges: Edges, most: int | None) -> str:
    network = Network.of(*edges)
    start, end = (network.numbers(one) for one in networks.ends(edges, most))
    problem = Problem.of(network, start, end)
    pipes = Pipes(problem, problem.candidates)
    flow = pipes.flows(())[0]
    began = time.perf_counter()
    found = best_sets(pipes, MOST)
    took = time.perf_counter() - began
    theirs, last = [], 0.0
    for k in (2, 3, 5):
        before = time.perf_counter()
        left = least_left(problem, k, SECONDS)
        last = time.perf_counter() - before
        if left is not None and k <= len(found):
            assert abs(left - found[k - 1].left) <= 1e-5 * flow, (name, k, left, found[k - 1])
        theirs.append(f"{last:.1f} s" if left is not None else f"not in {SECONDS:.0f} s")
    shares = ", ".join(f"{1 - one.left / flow:.1%}" for one in found if one.k in (1, 3, 5))
    proved = "all" if all(one.left == one.least for one in found) else "not all"
    size = f"{len(problem.candidates):,}, {len(problem.tail):,}"
    return f"| {name} | {size} | {shares} | {proved} | {took:.2f} s | {', '.join(theirs)} | {last / took:.0f} |"


if __name__ == "__main__":
    print("\n".join(table()))
