"""`sql_parties.py ORDERS.csv OUT.parquet [--threshold SCORE]`: blocking and Jaro-Winkler by hand in DuckDB.

Writes row, cluster. The threshold is found as for Splink; prints the same numbers.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import pyarrow as pa
from prepare import HERE, Meter, best_threshold, cleaned
from pyarrow import parquet
from tune import components


def main() -> None:
    """Read, clean, compare; look for the threshold off the clock; take components, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("orders", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--threshold", type=float)
    given = parser.parse_args()
    meter = Meter()
    db = cleaned(given.orders)
    db.execute((HERE / "baseline.sql").read_text("utf-8"))
    meter.pause()
    threshold = given.threshold
    if threshold is None:
        with tempfile.TemporaryDirectory(dir=given.out.parent) as folder:
            edges, rows = Path(folder) / "edges.parquet", Path(folder) / "rows.parquet"
            db.execute(f"COPY (SELECT one::INTEGER AS one, other::INTEGER AS other, score FROM pair) TO '{edges}'")
            db.execute(f"COPY row_record TO '{rows}'")
            threshold = best_threshold(edges, rows, given.orders.with_name("truth.csv"))
    meter.resume()
    pairs = db.execute("SELECT one, other FROM pair WHERE score >= ?", [threshold]).fetchnumpy()
    rows = db.execute("SELECT row, id FROM row_record ORDER BY row").fetchnumpy()
    clusters = components(pairs["one"], pairs["other"], int(rows["id"].max()) + 1)[rows["id"]]
    parquet.write_table(pa.table({"row": rows["row"], "cluster": clusters}), given.out)
    meter.pause()
    told = {"pairs": db.execute("SELECT count(*) FROM candidate").fetchone()[0]}
    print(json.dumps({"tool": "sql", "threshold": threshold} | told | meter.told()))


if __name__ == "__main__":
    main()
