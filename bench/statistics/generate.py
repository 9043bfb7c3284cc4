"""Made-up statistics of invented trade: seeded, with what was planted beside them.

Flows differ in size, noise and season; importers report a tenth more by value; pairs part by a factor of their own for
good; some flows are lumpy, some goods arrive a month later. Decoys: booms of a whole commodity, trade that moves from
one heading to another, importers that report late, months that are missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

EXPORTERS = ("BR", "CL", "FI", "FR", "NZ", "PT", "TH", "ZA")
IMPORTERS = ("BO", "GH", "IS", "KE", "LK", "MU", "NP", "OM", "PE", "QA", "UY", "VN")
HEADINGS = tuple(f"{chapter}{n:02}" for chapter in (17, 28, 31, 39, 48, 62, 73, 76, 84, 85, 87, 90, 94) for n in (1, 4))
MONTHS = 60


@dataclass
class World:
    """Statistics and truth.

    Attributes:
        flows: exporter, importer and heading of each flow, as places in the tuples above.
        out, into: what the exporter and the importer report, in kg, flows by months; NaN: not reported.
        gaps, surges: flow -> first and last month, or first month.
        movements: market -> first month and headings.
    """

    flows: np.ndarray
    out: np.ndarray
    into: np.ndarray
    gaps: dict[int, tuple[int, int]] = field(default_factory=dict)
    surges: dict[int, int] = field(default_factory=dict)
    movements: dict[int, tuple[int, set[int]]] = field(default_factory=dict)


def generate(seed: int) -> World:
    """Return one world; the same for the same seed."""
    rng = np.random.default_rng(seed)
    grid = np.array(np.meshgrid(range(len(EXPORTERS)), range(len(IMPORTERS)), range(len(HEADINGS)))).T.reshape(-1, 3)
    flows = grid[rng.random(len(grid)) < 0.5]
    n = len(flows)
    month = np.arange(MONTHS)
    level = np.exp(rng.normal(8, 1.5, (n, 1)) + rng.normal(0, 0.005, (n, 1)) * month)
    season = rng.uniform(0, 0.8, (n, 1)) * (rng.random((n, 1)) < 0.3)
    level *= np.exp(season * np.sin(2 * np.pi * (month + rng.integers(0, 12, (n, 1))) / 12))
    level *= np.exp(rng.normal(0, 1, (n, MONTHS)) * rng.uniform(0.1, 0.45, (n, 1)))
    lumpy = rng.random((n, 1)) < 0.1
    level *= np.where(lumpy, rng.random((n, MONTHS)) < 0.5, True)
    world = World(flows, level, level)
    _plant_steps(world, level, rng)
    out = level * np.exp(rng.normal(0, 0.08, level.shape))
    late = rng.random((n, 1)) < 0.4
    arrived = np.where(late, np.concatenate([level[:, :1], level[:, :-1]], axis=1), level)
    into = arrived * np.exp(rng.normal(0, 0.08, level.shape) + rng.normal(0, 0.3, (n, 1)))
    _plant_gaps(world, into, rng)
    for importer in rng.choice(len(IMPORTERS), 3, replace=False):
        into[flows[:, 1] == importer, MONTHS - int(rng.integers(1, 4)) :] = np.nan
        into[flows[:, 1] == importer, int(rng.integers(13, 50))] = np.nan
    world.out, world.into = out, into
    return world


def _plant_steps(world: World, level: np.ndarray, rng: np.random.Generator) -> None:
    flows = world.flows
    chosen = rng.permutation(len(flows))
    for flow in chosen[:40]:
        begins = int(rng.integers(18, 54))
        level[flow, begins:] *= rng.uniform(3, 8)
        world.surges[int(flow)] = begins
    for market in rng.choice(len(IMPORTERS), 4, replace=False):
        begins = int(rng.integers(20, 54))
        exporter = int(rng.integers(len(EXPORTERS)))
        there = np.flatnonzero((flows[:, 1] == market) & (flows[:, 0] == exporter))
        some = [int(flow) for flow in rng.permutation(there) if int(flow) not in world.surges][:4]
        for flow in some:
            level[flow, begins:] *= rng.uniform(3, 8)
            world.surges[flow] = begins
        world.movements[int(market)] = (begins, {int(flows[flow, 2]) for flow in some})
    for _ in range(8):  # a boom of a commodity of one exporter
        exporter, heading = int(rng.integers(len(EXPORTERS))), int(rng.integers(len(HEADINGS)))
        level[(flows[:, 0] == exporter) & (flows[:, 2] == heading), int(rng.integers(18, 54)) :] *= 3
    for flow in chosen[40:60]:  # trade that moves to the other heading of its chapter
        same = (flows[:, 0] == flows[flow, 0]) & (flows[:, 1] == flows[flow, 1]) & (flows[:, 2] == (flows[flow, 2] ^ 1))
        for other in np.flatnonzero(same):
            begins = int(rng.integers(18, 54))
            level[other, begins:] += 0.9 * level[flow, begins:]
            level[flow, begins:] *= 0.1


def _plant_gaps(world: World, into: np.ndarray, rng: np.random.Generator) -> None:
    for flow in rng.permutation(len(world.flows))[:40]:
        begins, lasts = int(rng.integers(14, 50)), int(rng.integers(3, 9))
        into[flow, begins : begins + lasts] *= rng.uniform(0.1, 0.4) if rng.random() < 0.7 else rng.uniform(2.5, 6)
        world.gaps[int(flow)] = (begins, begins + lasts - 1)


def as_table(world: World) -> pa.Table:
    """Return the rows of derived.statistic, in the order of its columns that are named here."""
    rows: dict[str, list[object]] = {
        name: [] for name in ("reporter", "partner", "flow", "period", "hs", "net_mass", "amount")
    }
    for flow, (exporter, importer, heading) in enumerate(world.flows):
        ends = EXPORTERS[exporter], IMPORTERS[importer]
        for way, figures, sides, price in (("export", world.out, ends, 3.0), ("import", world.into, ends[::-1], 3.3)):
            for month, mass in enumerate(figures[flow]):
                if mass > 0:
                    values = (
                        *sides,
                        way,
                        f"{2019 + month // 12}-{month % 12 + 1:02}",
                        HEADINGS[heading],
                        mass,
                        mass * price,
                    )
                    for name, value in zip(rows, values, strict=True):
                        rows[name].append(value)
    return pa.table(rows)
