"""The labelled pairs: how well Narrows and the others tell them apart, and how fast."""

from __future__ import annotations

import csv
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from narrows.vocab.names import parse as reading
from narrows.vocab.names.compare import score
from narrows.vocab.places import country

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KINDS = ("organisation", "person", "vessel")
# Below this many pairs the clock says little: the pairs are scored several times over. What single words are is kept,
# as it is among more names; names are read anew.
TIMES = 5


def rows() -> list[dict[str, str]]:
    """Return the pairs of pairs.csv."""
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def f1(same: np.ndarray, said: np.ndarray) -> float:
    """Return F1 of what was said to be the same."""
    true = int((same & said).sum())
    return 2 * true / max(1, int(same.sum() + said.sum()))


def narrows_scores(pairs: list[dict[str, str]]) -> tuple[np.ndarray, float, float]:
    """Return the scores, and pairs per second of the processor: with words seen before, and with every word new.

    Reading of the names is counted in both.
    """
    lefts, rights, kinds = ([row[column] for row in pairs] for column in ("left", "right", "kind"))
    seats = [(country(row["country_left"] or None), country(row["country_right"] or None)) for row in pairs]
    score(["Bozdere"] * len(KINDS), ["Kuzgun"] * len(KINDS), KINDS)  # words are loaded and code is compiled once
    spent = []
    for _ in range(1 + TIMES):
        reading.parse.cache_clear()
        since = time.process_time()
        found = score(lefts, rights, kinds, seats)
        spent.append(time.process_time() - since)
    return found, len(pairs) * TIMES / sum(spent[1:]), len(pairs) / spent[0]


def rival_scores(pairs: list[dict[str, str]]) -> tuple[dict[str, np.ndarray], dict[str, float]] | None:
    """Return scores by rival and their pairs per second of the processor; None where they are not set up."""
    python = ROOT / ".venv-rivals" / "bin" / "python"
    if not python.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "pairs.csv", Path(folder) / "scored.csv"
        with given.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["left", "right", "kind", "left_country", "right_country"])
            columns = ("left", "right", "kind", "country_left", "country_right")
            writer.writerows([[row[column] for column in columns] for row in pairs])
        call = [str(python), str(ROOT / "bench" / "rivals" / "names.py"), str(given), str(out)]
        told: dict[str, Any] = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
        with out.open(encoding="utf-8", newline="") as file:
            scored = list(csv.DictReader(file))
    names = ("logic_v2", "wratio", "jaro_winkler")
    seconds = told.get("cpu_seconds", told)
    speeds = {name: len(pairs) / (seconds[name] + (seconds["fold"] if name != "logic_v2" else 0)) for name in names}
    return {name: np.array([float(row[name]) for row in scored]) for name in names}, speeds


def best(same: np.ndarray, scores: np.ndarray) -> float:
    """Return the threshold at which a score is best on these pairs."""
    return float(max(np.unique(scores), key=lambda threshold: f1(same, scores >= threshold)))


def table() -> list[str]:
    """Measure and return the lines of the table."""
    pairs = rows()
    same = np.array([row["same"] == "1" for row in pairs])
    ours, speed, first = narrows_scores(pairs)
    scorers = {"Narrows (0.5)": (ours, 0.5, speed)}
    rivals = rival_scores(pairs)
    dev = np.array([row["split"] == "dev" for row in pairs])
    if rivals is not None:
        for name, scores in rivals[0].items():
            at = 0.7 if name == "logic_v2" else best(same[dev], scores[dev])
            scorers[f"{name} ({at:.2f})"] = (scores, at, rivals[1][name])
        at = best(same[dev], rivals[0]["logic_v2"][dev])
        scorers[f"logic_v2 ({at:.2f}, best on dev)"] = (rivals[0]["logic_v2"], at, rivals[1]["logic_v2"])
    lines = [f"| F1 on | {' | '.join(scorers)} |", "| --- | " + " | ".join("---:" for _ in scorers) + " |"]
    for split in ("dev", "held-out"):
        for kind in ("all", *KINDS):
            chosen = np.array([r["split"] == split and kind in ("all", r["kind"]) for r in pairs])
            cells = [f"{f1(same[chosen], scores[chosen] >= at):.3f}" for scores, at, _ in scorers.values()]
            lines.append(f"| {split}, {kind} ({chosen.sum():,} pairs) | {' | '.join(cells)} |")
    lines.append(
        "| pairs per second of the processor | " + " | ".join(f"{s:,.0f}" for *_, s in scorers.values()) + " |"
    )
    lines.append(f"| the same while each word is new | {first:,.0f} |" + " |" * (len(scorers) - 1))
    return lines
