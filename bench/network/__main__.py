"""`make bench-networks`: planted networks, several seeds, rows missing; writes bench/networks.md.

    python -m bench.network [--quick] [--first 1] [--seeds 3] [--missing 0 0.1 0.3]

Narrows and the rivals answer on the same records, with the same entities, in the same run. --quick: small networks, one
seed, printed only.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.network.generate import generate
from bench.network.measure import OURS, Figures

HERE = Path(__file__).parents[1]
SHOWN = {
    "junctions": ("recall@k", "precision@k", "recall@2k", "precision@2k"),
    "choke points": ("whole", "share"),
    "size of the smallest cut": ("right",),
    "custody": ("recall", "precision", "contradicted, recall", "contradicted, precision"),
    "first dates": ("compared", "exact", "mean", "worst", "missed", "invented"),
    "seconds": ("seconds",),
}
SAID = {
    "junctions": "k is the number planted; a group that registers link counts once.",
    "choke points": "Flows whose smallest cut has k = 1, 2 or 3 firms. whole: the first k firms cut the flow; share: "
    "of its mass that they cut, other ways counted. Judged on the whole network, whatever rows are missing.",
    "size of the smallest cut": "Of all flows, those with a cut of 1 to 3 firms and those without: told rightly.",
    "custody": "Links from firm to firm of recovered items. recall: of those with papers on record.",
    "first dates": "The first day on which an actor's records show a flag (hit), and flags of two families on one "
    "order (alert). mean, worst: of the error, in days; missed: there is a day and none was said; invented: the other "
    "way round.",
    "seconds": "Of wall time, for one network; the rest: screen, map, trace and the rivals, or screen and replay.",
}
COUNTS = {"compared", "exact", "worst", "missed", "invented", "seconds"}
HINDSIGHT = "hindsight"


def main() -> None:
    """Measure, print, and keep the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--missing", type=float, nargs="+", default=[0.0, 0.1, 0.3])
    given = parser.parse_args()
    size, seeds = ("quick", 1) if given.quick else ("default", given.seeds)
    began, found = time.perf_counter(), {}
    for missing in given.missing:
        found[missing] = [_both(seed, missing, size) for seed in range(given.first, given.first + seeds)]
    text = "\n".join(_text(found, given.first, seeds, size, time.perf_counter() - began)) + "\n"
    print(text)
    if not given.quick:
        (HERE / "networks.md").write_text(text, "utf-8")


def _both(seed: int, missing: float, size: str) -> Figures:
    network, hindsight = (_run(seed, missing, of) for of in (size, HINDSIGHT))
    return {**network, **hindsight, "seconds": {**network["seconds"], **hindsight["seconds"]}}


def _run(seed: int, missing: float, size: str) -> Figures:
    """One network in a process of its own, so that no run leans on another."""
    folder = HERE / "data" / "network" / f"{size}-{seed}-{missing:g}"
    generate(folder, seed, missing, size)
    call = [sys.executable, "-m", "bench.network.measure", str(folder)]
    told = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent).stdout
    print(f"{size}, seed {seed}, {missing:.0%} missing: done", file=sys.stderr)
    figures: Figures = json.loads(told.strip().splitlines()[-1])
    figures["seconds"] = {f"{size}: {title}": value for title, value in figures["seconds"].items()}
    return figures


def _text(found: dict[float, list[Figures]], first: int, seeds: int, size: str, seconds: float) -> Iterable[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in ("narrows", "networkx", "duckdb", "numpy"))
    yield from (
        "# Networks: junctions, choke points, custody, first dates", "",
        f"Python {platform.python_version()}, {versions}. Planted networks of bench/network at the size",
        f"`{size}`, first dates at the size `{HINDSIGHT}`, seeds {first} to {first + seeds - 1};",
        f"{seconds / 60:.1f} minutes on a shared",
        "machine of two cores. Mean over seeds, in brackets lowest and highest. The rivals rank the same entities on",
        "the same records: only the ranking differs. The planting was tuned on seeds 1 to 3 until rankings by degree",
        "and betweenness no longer gave it away, and the model of junctions was chosen on seeds 1 and 21.",
    )  # fmt: skip
    for section, columns in SHOWN.items():
        if any(section in figures for runs in found.values() for figures in runs):
            yield from ("", f"## {section[0].upper()}{section[1:]}", "", SAID[section])
            for missing, runs in found.items():
                yield from ("", f"{missing:.0%} of the rows missing:", "")
                yield from _table([figures[section] for figures in runs], columns)


def _table(runs: Sequence[dict[str, dict[str, float]]], columns: Sequence[str]) -> Iterable[str]:
    there = [c for c in columns if any(c in figures for run in runs for figures in run.values())]
    yield f"| | {' | '.join(there)} |"
    yield f"| --- |{' ---: |' * len(there)}"
    for title in runs[0]:
        cells = [_cell([run[title][c] for run in runs if c in run[title]], counted=c in COUNTS) for c in there]
        yield f"| {f'**{title}**' if title.startswith(OURS) else title} | {' | '.join(cells)} |"


def _cell(values: Sequence[float], *, counted: bool) -> str:
    if not values:
        return ""
    mean, low, high = sum(values) / len(values), min(values), max(values)
    if counted:
        return f"{mean:.1f} ({low:.0f}-{high:.0f})"
    return f"{mean:.2f} ({low:.2f}-{high:.2f})"


if __name__ == "__main__":
    main()
