"""`make bench-names`: names and entities measured, the rivals beside them in the same run; writes bench/names.md.

    python -m bench.names [--ofac FOLDER] [--rows 1000000]

--ofac: the folder of sdn.csv and alt.csv as OFAC publishes them; without it the tables of lists are left out. The
rivals need `bench/rivals/setup.sh`; without it only Narrows is measured.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from bench.names import lists, pairs

HERE = Path(__file__).parents[1]
ROOT = HERE.parent
RIVALS = ROOT / ".venv-rivals" / "bin" / "python"
SCORES = ("precision", "recall", "f1", "b3_precision", "b3_recall", "b3_f1")


def main() -> None:
    """Measure, print, and keep the tables in bench/names.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ofac", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in ("narrows", "duckdb", "numba", "numpy"))
    text = [
        "# Names and entities", "",
        f"Python {platform.python_version()}, {versions}. One run, a shared machine of two cores: read the ratios.", "",
        "## Pairs of names", "",
        "bench/names/pairs.csv: authored, fictional, half of it hard negatives; pairs.md says how it was made.",
        "Weights were learned on dev; held-out was looked at only to be measured. wratio and jaro_winkler stand at the",
        "threshold that is best on dev, logic_v2 at its own and at the best. Reading of names is counted, loading of",
        "words is not.", "",
        *pairs.table(),
    ]  # fmt: skip
    folder = _orders(given.rows)
    if given.ofac is not None:
        text += ["", "## Lists", "", "OFAC's list of July 2021 and firms invented by bench/parties.", ""]
        names = _names(_orders(100_000, seed=5), 100_000)
        text += [*lists.retrieval(given.ofac), "", "50,000 invented firms beside all organisations:", ""]
        text += lists.alerts(given.ofac, names[:50_000])
        text += ["", "Speed, invented firms beside invented firms:", "", "| | |", "| --- | ---: |"]
        text += lists.speed(_names(folder, 50_000), names)
    text += ["", f"## Entities, {given.rows:,} party records", "", *_entities(folder)]
    print("\n".join(text))
    (HERE / "names.md").write_text("\n".join(text) + "\n", "utf-8")


def _orders(rows: int, seed: int = 1) -> Path:
    folder = HERE / "data" / "parties" / (str(rows) if seed == 1 else f"{rows}-{seed}")
    if not (folder / "truth.csv").exists():
        call = [sys.executable, "-m", "bench.parties.generate", str(rows), str(folder), "--seed", str(seed)]
        subprocess.run(call, check=True)
    return folder


def _names(folder: Path, count: int) -> list[str]:
    """Return the first distinct customer names of an order book."""
    found: dict[str, None] = {}
    with (folder / "orders.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Customer Name"]:
                found[row["Customer Name"]] = None
            if len(found) == count:
                break
    return list(found)


def _entities(folder: Path) -> list[str]:
    measured = {"Narrows": _run([sys.executable, "-m", "bench.parties.measure", str(folder)])}
    if RIVALS.exists():
        for title, script in (("Splink 5", "splink_parties.py"), ("SQL by hand", "sql_parties.py")):
            out = folder / f"{script}.parquet"
            told = _run([str(RIVALS), str(HERE / "rivals" / script), str(folder / "orders.csv"), str(out)])
            call = [sys.executable, "-m", "bench.parties.score", str(folder / "truth.csv"), str(out)]
            measured[title] = {**_run(call), **_costs(told)}
    lines = ["| | " + " | ".join(measured) + " |", "| --- | " + " | ".join("---:" for _ in measured) + " |"]
    for key in SCORES:
        lines.append(f"| {key} | " + " | ".join(f"{m[key]:.3f}" for m in measured.values()) + " |")
    for key in ("wall s", "CPU s", "peak MB"):
        lines.append(f"| {key} | " + " | ".join(f"{m[key]:,.0f}" for m in measured.values()) + " |")
    return lines


def _costs(told: dict[str, float]) -> dict[str, float]:
    """The costs under the names that Narrows gives them."""
    return {ours: told[theirs] for ours, theirs in (("wall s", "seconds"), ("CPU s", "cpu seconds"), ("peak MB",) * 2)}


def _run(call: list[str]) -> dict[str, float]:
    done = subprocess.run(call, check=True, capture_output=True, text=True, cwd=ROOT)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


if __name__ == "__main__":
    main()
