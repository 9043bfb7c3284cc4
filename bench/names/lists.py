"""Names looked for in a list: the aliases of OFAC's list among its primary names, and invented names in all of it."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import numpy as np

from narrows.vocab.names.search import COMPARED, Index

KINDS = {"individual": "person", "": "organisation", "vessel": "vessel"}
# What a search is held against: every name of the list compared in full, for so many names.
EXHAUSTIVE = 200


def read(folder: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Return kind -> (primary name, other names in the order of the file) of sdn.csv and alt.csv."""
    others: dict[str, list[str]] = {}
    for number, _, _, name, *_ in _rows(folder / "alt.csv", 5):
        others.setdefault(number, []).append(name)
    found: dict[str, list[tuple[str, list[str]]]] = {kind: [] for kind in KINDS.values()}
    for number, name, kind, *_ in _rows(folder / "sdn.csv", 12):
        if kind in KINDS:
            found[KINDS[kind]].append((name, others.get(number, [])))
    return found


def _rows(path: Path, width: int) -> list[list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [["" if cell.strip() == "-0-" else cell.strip() for cell in row] for row in csv.reader(file)]
    return [row for row in rows if len(row) == width]


def retrieval(folder: Path) -> list[str]:
    """The first other name of each entry, looked for among the primary names of its kind."""
    lines = ["| first alias of each entry | entries | recall@1 | recall@10 |", "| --- | ---: | ---: | ---: |"]
    for kind, entries in read(folder).items():
        asked = [(place, aliases[0]) for place, (_, aliases) in enumerate(entries) if aliases]
        index = Index([name for name, _ in entries], kind)
        found = index.search([alias for _, alias in asked], least=-1.0, most=10)
        place = np.array([place for place, _ in asked])[found.query]
        hit = found.entry == place
        first = np.r_[True, found.query[1:] != found.query[:-1]] if len(found.query) else np.zeros(0, bool)
        at_1, at_10 = int((hit & first).sum()) / len(asked), int(hit.sum()) / len(asked)
        lines.append(f"| {kind} | {len(asked):,} | {at_1:.3f} | {at_10:.3f} |")
    return lines


def alerts(folder: Path, names: list[str], levels: tuple[float, ...] = (0.5, 0.8, 0.9, 0.95)) -> list[str]:
    """Invented names looked for among all organisations of the list, other names included."""
    listed = [name for entry in read(folder)["organisation"] for name in (entry[0], *entry[1])]
    index = Index(listed, "organisation")
    found = index.search(names, least=levels[0], most=1)
    lines = ["| score at least | names with an entry | of 1,000 |", "| --- | ---: | ---: |"]
    for level in levels:
        count = len(np.unique(found.query[found.score >= level]))
        lines.append(f"| {level} | {count:,} | {1000 * count / len(names):.2f} |")
    return lines


def speed(entries: list[str], names: list[str]) -> list[str]:
    """How many names a second are looked for, and what the search misses of a full comparison."""
    index = Index(entries, "organisation")
    index.search(names[:50], least=0.5)
    since, cpu = time.perf_counter(), time.process_time()
    index.search(names, least=0.5)
    wall, cpu = time.perf_counter() - since, time.process_time() - cpu
    some = names[:EXHAUSTIVE]
    quick = index.search(some, least=0.5, most=50)
    full = index.exhaustive(some, least=0.5, most=50)
    pairs = set(zip(full.query.tolist(), full.entry.tolist(), strict=True))
    kept = len(pairs & set(zip(quick.query.tolist(), quick.entry.tolist(), strict=True)))
    return [
        f"| names looked for | {len(names):,} |",
        f"| names in the list | {len(entries):,} |",
        f"| names per second | {len(names) / wall:,.0f} |",
        f"| names per second of the processor | {len(names) / cpu:,.0f} |",
        f"| names compared in full for each, at most | {COMPARED} |",
        f"| recall of comparing all with all ({EXHAUSTIVE} names, {len(pairs):,} pairs at 0.5 or more) "
        f"| {kept / max(1, len(pairs)):.4f} |",
    ]
