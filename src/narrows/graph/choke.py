"""Choke points: the nodes on which a stated flow rests, always with the share of it that their removal cuts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from narrows.errors import UsageError
from narrows.graph import dominance, resample
from narrows.graph.dominance import Dominator
from narrows.graph.network import Array, Ints, Network
from narrows.graph.pricing import Pipes
from narrows.graph.problem import Problem
from narrows.graph.proof import LOOKS
from narrows.graph.search import Found, best_sets

Node = TypeVar("Node")
Other = TypeVar("Other")

KEEP = 0.9
# More than so many nodes are no narrow place.
MOST = 100
SEED = 1
_DOMINATORS = 100
# Pairs are counted where that takes no more looks at edges than this.
_LOOKS = 500_000_000


@dataclass(frozen=True)
class Cut(Generic[Node]):
    """The smallest set of nodes whose removal leaves no way from any source to any target.

    Attributes:
        nodes: ids, rising; of several smallest sets the one nearest to the sources.
        direct: how many edges lead from a source straight to a target. If there are any, no removal of nodes cuts all
            ways, and `nodes` cut all the others.
        direct_share: the share of the flow along them.
    """

    nodes: tuple[Node, ...]
    direct: int
    direct_share: float


@dataclass(frozen=True)
class Best(Generic[Node]):
    """The best nodes to remove, for one number of them.

    Attributes:
        k: how many may be removed.
        nodes: their ids, rising; fewer than k where more would cut no more.
        share: the share of the flow that their removal cuts, after all that can has gone another way along the edges.
        bound: no set of k nodes cuts a larger share than this.
        exact: whether it is proved that no set of k nodes cuts more.
        cut_off: the share of demand (weight into targets) to which no way at all leads any more, whatever its volume.
        pairs: the share of the joined pairs of a source and a target between which no way is left; None where there
            are too many to count.
        alike: for each node, others through which exactly the same ways lead: removing one is removing the other.
        stays: for each node, in which share of the draws it was in the best set of k.
        low, high: between these the share lay in nine draws of ten.
    """

    k: int
    nodes: tuple[Node, ...]
    share: float
    bound: float
    exact: bool
    cut_off: float
    pairs: float | None
    alike: tuple[tuple[Node, ...], ...] = ()
    stays: tuple[float, ...] = ()
    low: float | None = None
    high: float | None = None

    def named(self, name: Callable[[Node], Other]) -> Best[Other]:
        """Return the same with every node under another name."""
        alike = tuple(tuple(map(name, nodes)) for nodes in self.alike)
        return Best(
            self.k, tuple(map(name, self.nodes)), self.share, self.bound, self.exact, self.cut_off, self.pairs,
            alike, self.stays, self.low, self.high,
        )  # fmt: skip


@dataclass(frozen=True)
class Choke(Generic[Node]):
    """On what a stated flow rests.

    Attributes:
        flow: how much can flow from the sources to the targets, with the weight of an edge as what it can carry.
        by_count: whether edges were counted as one each, since no edge on a way carries anything.
        demand: the weight that goes into targets along edges that a way leads to.
        pairs: how many pairs of a source and a target a way joins; None where there are too many to count.
        idle_sources: ids of sources from which no way leads to any target.
        idle_targets: ids of targets to which no way leads from any source.
        cut: the smallest set of nodes that cuts all ways.
        best: for k = 1, 2, ... the best nodes, up to the first that cut all that nodes can cut.
        dominators: nodes that every way to some target passes, the heaviest first, a hundred at most.
        dominating: how many dominators there are.
        draws: in how many draws anything flowed; 0 where nothing was drawn.
        keep: the probability with which an edge was in a draw.
    """

    flow: float
    by_count: bool
    demand: float
    pairs: int | None
    idle_sources: tuple[Node, ...]
    idle_targets: tuple[Node, ...]
    cut: Cut[Node]
    best: tuple[Best[Node], ...]
    dominators: tuple[Dominator[Node], ...]
    dominating: int
    draws: int
    keep: float

    def named(self, name: Callable[[Node], Other]) -> Choke[Other]:
        """Return the same with every node under another name."""

        def all_of(nodes: Iterable[Node]) -> tuple[Other, ...]:
            return tuple(map(name, nodes))

        return Choke(
            flow=self.flow, by_count=self.by_count, demand=self.demand, pairs=self.pairs,
            idle_sources=all_of(self.idle_sources), idle_targets=all_of(self.idle_targets),
            cut=Cut(all_of(self.cut.nodes), self.cut.direct, self.cut.direct_share),
            best=tuple(one.named(name) for one in self.best),
            dominators=tuple(Dominator(name(d.node), all_of(d.targets), d.demand) for d in self.dominators),
            dominating=self.dominating, draws=self.draws, keep=self.keep,
        )  # fmt: skip


def choke_points(
    network: Network,
    sources: Iterable[int] | Array,
    targets: Iterable[int] | Array,
    *,
    most: int = 10,
    draws: int = 100,
    keep: float = KEEP,
    seed: int = SEED,
    looks: int = LOOKS,
) -> Choke[int]:
    """Return on which nodes the flow from some sources to some targets rests.

    Sources and targets themselves are never removed.

    Args:
        network: who supplies whom.
        sources, targets: ids of nodes.
        most: the best sets of 1, 2, ... up to this many nodes are looked for.
        draws: how often the question is put again with edges left out at random; 0 for not at all.
        keep: the probability of an edge to be in a draw.
        seed: the same seed gives the same draws.
        looks: how many looks at edges each proof may take that does not come of itself; the default is some seconds.

    Raises:
        NotFound: there is no such node.
        UsageError: a node is both source and target, or there is no source or no target.
    """
    start, end = network.numbers(sources), network.numbers(targets)
    _check(network, start, end, most)
    problem = Problem.of(network, start, end)
    by_count = not problem.volume.any() and not problem.direct
    if by_count:
        network = network.counted()
        problem = Problem.of(network, start, end)
    flow = _Flow(network, start, end, problem)
    found = best_sets(flow.pipes, most, looks=looks) if len(problem.candidates) else []
    sets = [problem.node[list(one.nodes)] for one in found]
    fared = resample.stability(network, start, end, sets, draws=draws, keep=keep, seed=seed)
    best = [flow.told(one, how if draws else None) for one, how in zip(found, fared, strict=True)]
    heaviest, dominating = dominance.dominators(network, flow.tree, end, _DOMINATORS)
    return Choke(
        flow=flow.total / problem.scale,
        by_count=by_count,
        demand=float(flow.tree.demand.sum()),
        pairs=flow.pairs,
        idle_sources=flow.idle_sources(),
        idle_targets=flow.ids(end[flow.tree.near[end] < 0]),
        cut=flow.cut(),
        best=tuple(best),
        dominators=heaviest,
        dominating=dominating,
        draws=max((how.draws for how in fared), default=0),
        keep=keep,
    )


class _Flow:
    """A stated flow with what is worked out of it once."""

    def __init__(self, network: Network, sources: Ints, targets: Ints, problem: Problem) -> None:
        self.network, self.sources, self.targets, self.problem = network, sources, targets, problem
        self.pipes = Pipes(problem, problem.candidates)
        self.total = self.pipes.left(())
        self.tree = dominance.dominator_tree(network, sources, targets)
        self.pairs = self._pairs(np.empty(0, np.int64))

    def ids(self, numbers: Array) -> tuple[int, ...]:
        return tuple(self.network.ids[numbers].tolist())

    def idle_sources(self) -> tuple[int, ...]:
        from narrows.graph import passes  # compiled code is loaded when it is needed

        back, origin = passes.reversed_edges(self.network.start, self.network.target)
        before = passes.reach(back, origin, self.targets, np.zeros(self.network.nodes, bool))
        return self.ids(self.sources[~before[self.sources]])

    def cut(self) -> Cut[int]:
        share = self.problem.direct / self.total if self.total else 0.0
        return Cut(self.ids(self.problem.node[self.pipes.fewest()]), self.problem.direct_edges, share)

    def told(self, found: Found, how: resample.Stability | None) -> Best[int]:
        numbers = self.problem.node[list(found.nodes)]
        left = None if self.pairs is None else self._pairs(numbers)
        return Best(
            k=found.k,
            nodes=self.ids(numbers),
            share=1 - (found.left + self.problem.direct) / self.total,
            bound=1 - (found.least + self.problem.direct) / self.total,
            exact=found.left == found.least,
            cut_off=dominance.cut_off(self.network, self.tree, self.sources, numbers),
            pairs=1 - left / self.pairs if left is not None and self.pairs else None,
            alike=tuple(self.ids(self.problem.node[self.problem.alike(node)]) for node in found.nodes),
            stays=how.stays if how else (),
            low=how.low if how else None,
            high=how.high if how else None,
        )

    def _pairs(self, removed: Ints) -> int | None:
        from narrows.graph import passes  # compiled code is loaded when it is needed

        network, roots, ends = self.network, self.sources, self.targets
        if (min(len(roots), len(ends)) // 64 + 1) * (network.edges + network.nodes) > _LOOKS:
            return None
        closed = np.zeros(network.nodes, bool)
        closed[removed] = True
        start, target = network.start, network.target
        if len(ends) < len(roots):  # ways are followed from the fewer ends
            start, target = passes.reversed_edges(start, target)
            roots, ends = ends, roots
        return int(passes.connected_pairs(start, target, roots, ends, closed))


def _check(network: Network, sources: Ints, targets: Ints, most: int) -> None:
    if not len(sources) or not len(targets):
        raise UsageError("a flow needs a source and a target", hint="Name at least one of each.")
    both = np.intersect1d(sources, targets)
    if len(both):
        raise UsageError(
            f"node {network.ids[both[0]]} is both source and target",
            hint="Name each node as one of them only: what starts where it ends passes nobody.",
        )
    if not 1 <= most <= MOST:
        raise UsageError(f"the best {most} nodes are not looked for", hint=f"Ask for 1 to {MOST}.")
