"""`make bench-statistics`: what is found of planted gaps, surges and co-movements; writes bench/statistics.md.

python -m bench.statistics [--worlds 3]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bench.statistics import rivals
from bench.statistics.generate import EXPORTERS, HEADINGS, IMPORTERS, World, as_table, generate
from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.map.statistics import run_statistics

HERE = Path(__file__).parents[1]
FILL = """
INSERT INTO derived.statistic (record, part, reporter, partner, flow, period, hs, net_mass, amount, currency)
SELECT row_number() OVER (), 1, reporter, partner, flow, period, hs, net_mass, amount, 'EUR' FROM made
"""

# A finding: flow (or market), first and last month.
Finding = tuple[int, int, int]


def main() -> None:
    """Measure and keep the table in bench/statistics.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=3)
    given = parser.parse_args()
    sums: dict[tuple[str, str], np.ndarray] = {}
    rows = seconds = 0.0
    for seed in range(1, given.worlds + 1):
        world = generate(seed)
        table = as_table(world)
        start = time.perf_counter()
        found = narrows(world, table)
        seconds += time.perf_counter() - start
        rows += table.num_rows
        for what, how, findings in [*((w, "Narrows", f) for w, f in found.items()), *_rivals(world)]:
            sums[what, how] = sums.get((what, how), np.zeros(4)) + _score(_truth(world, what), findings)
    text = [
        "# Statistics: what is found of what was planted", "",
        f"{given.worlds} made-up worlds (bench/statistics/generate.py, seeds from 1), {rows:,.0f} rows in all; Narrows "
        f"took {seconds:.1f} s on a shared machine of two cores. A finding counts where flow and month (within two) "
        "are right.",
        "The limits were set by hand, with a look at the world of seed 0; seeds from 1 were measured once. "
        "The worlds have the noise their maker gave them; real statistics have more kinds of it. "
        "Surges of Narrows are those that last.",
        "", "| what | how | planted | found | recall | findings | right | precision |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for (what, how), (planted, hit, findings, right) in sorted(sums.items()):
        precision = f"{right / findings:.2f}" if findings else "-"
        counts = f"{planted:.0f} | {hit:.0f} | {hit / planted:.2f} | {findings:.0f} | {right:.0f}"
        text.append(f"| {what} | {how} | {counts} | {precision} |")
    (HERE / "statistics.md").write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(text))


def narrows(world: World, table: object) -> dict[str, list[Finding]]:
    """What Narrows finds; surges that it says moved from another heading are answered and do not count."""
    engine = Engine(memory_limit="2GB", threads=2)
    for statement in ("schemas", "evidence", "judgement", "derived-load"):
        engine.run(named("tables", statement))
    with engine.lent("made", table):
        engine.run(FILL)
    with engine.transaction():
        run_statistics(engine)
    places = {(EXPORTERS[e], IMPORTERS[i], HEADINGS[h]): flow for flow, (e, i, h) in enumerate(world.flows.tolist())}
    gaps = engine.rows("SELECT exporter, importer, heading, first, last FROM derived.mirror_gap")
    surges = engine.rows("SELECT exporter, importer, heading, min(month), max(month) FROM derived.surge "
                         "WHERE moved_from IS NULL AND lasts = 'lasting' GROUP BY ALL")  # fmt: skip
    moves = engine.rows("SELECT importer, first, last FROM derived.co_movement")
    return {
        "gaps": [(places[e, i, h], _month(a), _month(b)) for e, i, h, a, b in gaps],
        "surges": [(places[e, i, h], _month(a), _month(a)) for e, i, h, a, b in surges],
        "co-movements": [(IMPORTERS.index(i), _month(a), _month(b)) for i, a, b in moves],
    }


def _month(text: str) -> int:
    return (int(text[:4]) - 2019) * 12 + int(text[5:]) - 1


def _rivals(world: World) -> Iterable[tuple[str, str, list[Finding]]]:
    yield "gaps", "ratio > 2", rivals.events(rivals.ratio_gaps(world))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = world.into / world.out
    yield "gaps", "z of monthly growth > 3", rivals.events(rivals.growth(ratio))
    yield "surges", "ratio > 2", rivals.events(rivals.ratio_surges(world))
    yield "surges", "z of monthly growth > 3", rivals.events(rivals.growth(world.out, upward=True))


def _truth(world: World, what: str) -> dict[int, tuple[int, int]]:
    if what == "gaps":
        return world.gaps
    steps = world.surges if what == "surges" else {market: begins for market, (begins, _) in world.movements.items()}
    return {key: (begins, begins) for key, begins in steps.items()}


def _score(truth: dict[int, tuple[int, int]], findings: list[Finding]) -> np.ndarray:
    right = [f for f in findings if f[0] in truth and f[1] <= truth[f[0]][1] + 2 and f[2] >= truth[f[0]][0] - 2]
    return np.array([len(truth), len({f[0] for f in right}), len(findings), len(right)], float)


if __name__ == "__main__":
    main()
