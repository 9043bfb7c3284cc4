"""`make bench-graphs`: networks measured, networkx and igraph beside them; writes bench/graphs.md.

    python -m bench.graphs [--sizes 100000 1000000 10000000]

The others need `bench/graphs/setup.sh`; without it only Narrows is measured.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parents[1]
ROOT = HERE.parent
RIVALS = ROOT / ".venv-graphs" / "bin" / "python"
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
STEPS = ("build", "components", "articulation points", "dominators", "best single, with the dominators",
         "minimum vertex cut")  # fmt: skip
# Libraries written in Python are not asked for what takes them hours.
LIMIT = {"igraph": 600, "networkx": 240}
LARGEST = {"igraph": 10_000_000, "networkx": 1_000_000}

Told = dict[str, dict[str, float]]


def main() -> None:
    """Measure, print, and keep the tables in bench/graphs.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    sizes = parser.parse_args().sizes
    text = [
        "# Networks", "",
        f"Python {platform.python_version()}, {_versions()}.",
        "One run, seeded networks (bench/graphs/networks.py), a shared machine of two cores: read the ratios. Compiled",
        "code is loaded before the clock starts.", "",
        "## The best k nodes, proved", "",
        *_told(["-m", "bench.graphs.proofs"]).splitlines(), "",
    ]  # fmt: skip
    for size in sizes:
        text += [f"## {size:,} edges", "", *_table(size), ""]
        print(f"{size:,} edges done", file=sys.stderr)
    text += [
        "Each cell: seconds, and the peak memory of the process up to the end of the step. The best single node is the",
        "one below which most demand hangs in the dominator tree; no other library has it. `build` adds up parallel",
        "edges with us; for the others they are dropped before the clock starts.",
    ]
    print("\n".join(text))
    (HERE / "graphs.md").write_text("\n".join(text) + "\n", "utf-8")


def _versions() -> str:
    ours = ", ".join(f"{name} {version(name)}" for name in ("narrows", "numba", "numpy", "scipy"))
    if not RIVALS.exists():
        return ours
    ask = "from importlib.metadata import version as v; print('networkx', v('networkx') + ', igraph', v('igraph'))"
    done = subprocess.run([RIVALS, "-c", ask], check=True, capture_output=True, text=True)
    return f"{ours}, {done.stdout.strip()}"


def _table(size: int) -> list[str]:
    file = HERE / "data" / f"graph-{size}.npz"
    file.parent.mkdir(exist_ok=True)
    # In a process of its own: a child's peak memory counts from what its parent holds.
    _told(["-m", "bench.graphs.networks", str(size), str(file)])
    measured = {"Narrows": _run([sys.executable, "-m", "bench.graphs.ours", str(file)], 3600)}
    for name, limit in LIMIT.items():
        if RIVALS.exists() and size <= LARGEST[name]:
            measured[name] = _run([str(RIVALS), str(HERE / "graphs" / "rival.py"), name, str(file)], limit)
    file.unlink()
    others = list(measured)[1:]
    head = ["", "answer", "Narrows", *others, *(f"{name} / Narrows" for name in others)]
    lines = ["| " + " | ".join(head) + " |", "| --- | ---: |" + " ---: |" * (1 + 2 * len(others))]
    for step in STEPS:
        if step in measured["Narrows"]:
            lines.append(_line(step, measured, others))
    return lines


def _line(step: str, measured: dict[str, Told], others: list[str]) -> str:
    ours = measured["Narrows"][step]
    answer = ours["answer"]
    cells = [step, f"{answer:,.0f}" if answer >= 1 else f"{answer:.3%}", _cell(ours)]
    ratios = []
    for name in others:
        theirs = measured[name].get(step)
        told = "not in time" if step in _asked(name) else "does not do this"
        differs = theirs is not None and step != "build" and theirs["answer"] != answer
        cells.append(
            told if theirs is None else _cell(theirs) + (f" (answer {theirs['answer']:,.0f})" if differs else "")
        )
        ratios.append("" if theirs is None else f"{theirs['seconds'] / ours['seconds']:.1f}")
    return "| " + " | ".join([*cells, *ratios]) + " |"


def _asked(name: str) -> tuple[str, ...]:
    return tuple(step for step in STEPS if step != "best single, with the dominators") if name in LIMIT else ()


def _cell(told: dict[str, float]) -> str:
    return f"{told['seconds']:.2f} s, {told['peak GB']:.1f} GB"


def _told(words: list[str]) -> str:
    return subprocess.run([sys.executable, *words], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


def _run(call: list[str], seconds: float) -> Told:
    """Run a measurement for so long at most; what it told until then stands."""
    try:
        done = subprocess.run(call, check=False, capture_output=True, text=True, cwd=ROOT, timeout=seconds).stdout
    except subprocess.TimeoutExpired as late:
        done = (late.stdout or b"").decode()
    return {step: told for line in done.splitlines() for step, told in json.loads(line).items()}


if __name__ == "__main__":
    main()
