"""Resolves one order book with Narrows in a process of its own, and prints how well and at what cost, as JSON.

    python -m bench.parties.measure FOLDER

FOLDER holds orders.csv and truth.csv, as generate.py writes them. Loading is not counted; resolving is.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from pyarrow import csv

from bench.parties.score import score_tables
from narrows import api
from narrows.settings import Settings

# For DuckDB; what Python holds comes on top.
MEMORY = "1500MB"
CLUSTERS = """
SELECT i.record & 4294967295 AS row, e.entity AS cluster
FROM derived.item AS i JOIN derived.party_entity AS e ON e.party = i.buyer ORDER BY row
"""


def measure(folder: Path) -> dict[str, float]:
    """Return the scores, seconds of wall time and of the processor, and peak memory in MB."""
    work = Path(tempfile.mkdtemp(dir=folder))
    try:
        with api.new(work / "case", settings=Settings(memory_limit=MEMORY)) as case:
            case.load(folder / "orders.csv")
            loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
            wall, cpu = time.perf_counter(), time.process_time()
            case.resolve()
            took = {"wall s": time.perf_counter() - wall, "CPU s": time.process_time() - cpu}
            clusters = case._store.engine.arrow(CLUSTERS)
        took["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        took["peak MB of loading"] = loaded
        return {**asdict(score_tables(csv.read_csv(folder / "truth.csv"), clusters)), **took}
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
