"""Seeded networks to measure on: trade of many sizes, and small ones of several shapes.

    python -m bench.graphs.networks EDGES FILE.npz

writes a network of trade, its nodes numbered from 0, with its sources and targets.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

Edges = tuple[Any, Any, Any]


def trade(edges: int, seed: int = 5) -> Edges:
    """Sources, targets and weights: a fifth as many nodes as edges, few of them busy, nine edges of ten downstream."""
    dice = np.random.default_rng(seed)
    nodes = edges // 5
    one, two = ((nodes * dice.random(edges) ** 2.5).astype(np.int64) for _ in range(2))
    up, down = np.minimum(one, two), np.maximum(one, two)
    forth = dice.random(edges) < 0.9
    source, target = np.where(forth, up, down), np.where(forth, down, up)
    names = dice.permutation(nodes)
    return names[source], names[target], dice.lognormal(3, 1.5, edges).round(2)


def layered(nodes: int, edges: int, layers: int, busy: float, seed: int = 1) -> Edges:
    """Makers to places through layers of firms; the higher `busy`, the more of the trade the busiest firms have."""
    dice = np.random.default_rng(seed)
    layer = dice.integers(0, layers, nodes)
    members = [np.flatnonzero(layer == number) for number in range(layers)]

    def some(number: int, count: int) -> Any:
        odds = 1 / np.arange(1, len(members[number]) + 1) ** busy
        return dice.choice(members[number], count, p=odds / odds.sum())

    each = edges // (layers - 1)
    source = np.concatenate([some(number, each) for number in range(layers - 1)])
    target = np.concatenate([some(number + 1, each) for number in range(layers - 1)])
    return source, target, dice.lognormal(3, 1.5, len(source)).round(2)


def scattered(nodes: int, edges: int, seed: int = 1) -> Edges:
    """Edges between any two nodes, cycles and all."""
    dice = np.random.default_rng(seed)
    return dice.integers(0, nodes, edges), dice.integers(0, nodes, edges), dice.integers(1, 10, edges).astype(float)


def roomy(hubs: int, room: int, seed: int = 1) -> Edges:
    """Hubs with room to spare, so that each takes over what another loses: 2,000 nodes, hard to prove."""
    dice = np.random.default_rng(seed)
    sizes = np.array([200, 300, hubs, 300, 1200 - hubs])
    begins = np.concatenate([[0], np.cumsum(sizes)])
    source, target, weight = [], [], []
    for number in range(4):
        source.append(dice.integers(begins[number], begins[number + 1], 1500))
        target.append(dice.integers(begins[number + 1], begins[number + 2], 1500))
        weight.append(dice.integers(1, 10, 1500).astype(float) * (room if number < 3 else 1))
    return tuple(map(np.concatenate, (source, target, weight)))  # type: ignore[return-value]


def ends(edges: Edges, most: int | None = None) -> tuple[Any, Any]:
    """Nodes that nothing leads to, and nodes that nothing leaves; of scattered edges the first and last few ids."""
    source, target, _ = edges
    if most is not None:
        ids = np.unique(np.concatenate([source, target]))
        return ids[:most], ids[-most:]
    return np.setdiff1d(source, target), np.setdiff1d(target, source)


def main() -> None:
    """Write a network of trade."""
    source, target, weight = trade(int(sys.argv[1]))
    there = np.zeros(max(source.max(), target.max()) + 1, bool)
    there[source] = there[target] = True
    place = np.cumsum(there) - 1
    source, target = place[source], place[target]
    start, end = ends((source, target, weight))
    np.savez(sys.argv[2], source=source, target=target, weight=weight, start=start, end=end)


if __name__ == "__main__":
    main()
