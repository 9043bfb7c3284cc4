from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from bench.graphs.programme import least_left

from narrows.graph.network import Network
from narrows.graph.pricing import Pipes, frontier
from narrows.graph.pricing import least_left as bound_of
from narrows.graph.problem import Problem
from narrows.graph.proof import Proof, TooFar
from narrows.graph.search import best_sets


def roomy(seed: int, hubs: int = 7) -> Network:
    """Hubs with room to spare: what one loses the others take over, so that bounds by prices prove little."""
    dice = np.random.default_rng(seed)
    supply = [(0, 1 + i % 20, 9.0) for i in range(20)]
    into = [
        (1 + int(s), 100 + int(h), float(w))
        for s, h, w in zip(dice.integers(0, 20, 60), dice.integers(0, hubs, 60), dice.integers(2, 9, 60), strict=True)
    ]
    out = [
        (100 + int(h), 200 + int(t), float(w))
        for h, t, w in zip(dice.integers(0, hubs, 40), dice.integers(0, 9, 40), dice.integers(1, 4, 40), strict=True)
    ]
    last = [(200 + t, 300, 4.0) for t in range(9)]
    return Network.of(*(np.array(column) for column in zip(*supply, *into, *out, *last, strict=True)))


def pipes_of(network: Network) -> Pipes:
    problem = Problem.of(network, network.numbers([0]), network.numbers([300]))
    return Pipes(problem, problem.candidates)


@pytest.mark.parametrize("seed", range(4))
def test_a_solver_of_programmes_finds_nothing_better(seed):
    pipes = pipes_of(roomy(seed))
    for found in best_sets(pipes, 4):
        assert found.left == found.least
        assert found.left == pytest.approx(least_left(pipes.problem, found.k), abs=1e-4)


def test_the_search_is_needed_here():
    pipes = pipes_of(roomy(1))
    unproved = [found for found in best_sets(pipes, 4, looks=0) if found.left > found.least]
    assert unproved


@pytest.mark.parametrize("seed", range(4))
def test_bounds_by_prices_hold_for_every_set(seed):
    pipes = pipes_of(roomy(seed, hubs=4))
    mixes = frontier(pipes, 3)
    for k in (1, 2):
        least = min(pipes.flows(chosen)[0] for chosen in combinations(pipes.removable.tolist(), k))
        assert bound_of(mixes, k) <= least


def test_a_proof_that_goes_too_far_says_so_and_leaves_a_bound():
    pipes = pipes_of(roomy(1))
    with pytest.raises(TooFar):
        Proof(pipes, looks=1).better(3, pipes.flows(())[0])
    cheap, thorough = best_sets(pipes, 3, looks=20_000)[2], best_sets(pipes, 3)[2]
    assert cheap.least <= thorough.least == thorough.left <= cheap.left


def test_closing_a_node_is_answered_as_a_flow_without_it():
    pipes = pipes_of(roomy(2))
    node, left, tried = pipes.best_single(())
    assert 0 < tried <= len(pipes.removable)
    assert left == pipes.flows([node])[0] == min(pipes.flows([one])[0] for one in pipes.removable.tolist())
    assert pipes.best_single((), below=left)[:2] == (None, pipes.flows(())[0])
