"""What both rivals begin with: an order book read and cleaned, each distinct text folded once by ICU."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
from normality import ascii_text

HERE = Path(__file__).parent
THREADS = 2


def cleaned(orders: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with the tables `record` and `row_record` of clean.sql."""
    db = duckdb.connect(config={"threads": THREADS, "memory_limit": "12GB"})
    db.execute("CREATE TABLE orders AS SELECT * FROM read_csv(?, all_varchar = true)", [str(orders)])
    texts = db.execute(
        'SELECT DISTINCT t FROM (SELECT unnest(["Customer Name", "Customer Address", "City"]) AS t FROM orders)'
        " WHERE t IS NOT NULL ORDER BY t"
    ).fetchnumpy()["t"]
    plain = [(ascii_text(text) or "").upper() for text in texts]
    db.register("folded", pa.table({"text": pa.array(texts, pa.string()), "plain": plain}))
    db.execute((HERE / "clean.sql").read_text("utf-8"))
    db.unregister("folded")
    db.execute("DROP TABLE orders")
    return db


def best_threshold(edges: Path, rows: Path, truth: Path) -> float:
    """The threshold that suits the truth best, found in a process of its own: it is no cost of the tool."""
    done = [sys.executable, str(HERE / "tune.py"), str(edges), str(rows), str(truth)]
    return float(json.loads(subprocess.run(done, check=True, stdout=subprocess.PIPE).stdout)["threshold"])


class Meter:
    """Wall and CPU seconds of the parts that count, and the peak memory of this process."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0
        self.resume()

    def resume(self) -> None:
        self._since = time.perf_counter(), time.process_time()

    def pause(self) -> None:
        self.wall += time.perf_counter() - self._since[0]
        self.cpu += time.process_time() - self._since[1]

    def told(self) -> dict[str, float]:
        """The numbers, rounded."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"seconds": round(self.wall, 1), "cpu seconds": round(self.cpu, 1), "peak MB": round(peak)}
