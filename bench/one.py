"""One measurement at one size, in a process of its own so that its peak memory is its own. Prints JSON."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlglot import exp

from bench.generate import generate
from narrows import api
from narrows.casefile.engine import Engine
from narrows.casefile.store import open_store
from narrows.screen.rules.contract import shipped
from narrows.screen.rules.coverage import coverage_query, guarded_hits
from narrows.settings import Settings

MEMORY = "2GB"


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that `work` took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def copy_csv(csv: Path, folder: Path, *, as_text: bool) -> float:
    """How long DuckDB alone needs to copy a CSV into a table of a new database file."""
    path = folder / "copy.duckdb"
    path.unlink(missing_ok=True)
    engine = Engine(path, memory_limit=MEMORY)
    options = [exp.Literal.string(str(csv))]
    if as_text:
        options.append(exp.EQ(this=exp.column("all_varchar"), expression=exp.true()))
    query = exp.select("*").from_(exp.func("read_csv", *options))
    create = exp.Create(this=exp.to_table("t"), kind="TABLE", expression=query)

    def copy() -> None:
        engine.run(create)
        engine.run("CHECKPOINT")

    seconds = timed(copy)
    engine.close()
    path.unlink()
    return seconds


def columns_read() -> list[str]:
    """The columns of view.item that the indicators read."""
    found: set[str] = set()
    for indicator in shipped():
        for query in (guarded_hits(indicator, {}), coverage_query(indicator)):
            found |= {column.name for column in query.find_all(exp.Column)}
    return sorted(found)


def scan(engine: Engine) -> Callable[[], object]:
    """A full scan of the columns of view.item that the indicators read: the greatest value of each."""
    there = {name for (name, *_) in engine.rows("DESCRIBE view.item")}
    wanted = [exp.func("max", exp.column(name)) for name in columns_read() if name in there]
    return lambda: engine.rows(exp.select(*wanted).from_("view.item"))


def measure(rows: int, folder: Path) -> dict[str, float]:
    """Measure the whole way at one size."""
    files = generate(rows, folder)
    case_folder = folder / str(rows) / "case"
    shutil.rmtree(case_folder, ignore_errors=True)
    took: dict[str, float] = {"rows": rows, "csv MB": files["orders"].stat().st_size / 1e6}
    took["copy, typed by DuckDB"] = copy_csv(files["orders"], case_folder.parent, as_text=False)
    took["copy, as text"] = copy_csv(files["orders"], case_folder.parent, as_text=True)
    case = api.new(case_folder, settings=Settings(memory_limit=MEMORY))
    took["load"] = timed(lambda: case.load(files["orders"]))
    took["load: peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    took["load the rest"] = timed(lambda: [case.load(files[n]) for n in ("register", "payments", "statements")])
    took["resolve"] = timed(case.resolve)
    took["screen, all"] = timed(case.screen)
    took["case MB"] = (case_folder / "case.duckdb").stat().st_size / 1e6
    took["alerts"] = len(case.alerts)
    case.close()
    took |= _indicators(case_folder)
    took["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    shutil.rmtree(case_folder)
    return took


def _indicators(case_folder: Path) -> dict[str, float]:
    """Time each indicator's two queries over the prepared lines, and a scan of what they read."""
    store = open_store(case_folder, Settings(memory_limit=MEMORY))
    engine = store.engine
    work = scan(engine)
    took = {"scan": min(timed(work) for _ in range(3))}
    total = 0.0
    for indicator in shipped():

        def both(indicator: object = indicator) -> None:
            engine.arrow(guarded_hits(indicator, {}))
            engine.arrow(coverage_query(indicator))

        took[indicator.code] = min(timed(both) for _ in range(2))
        total += took[indicator.code]
    took["ten indicators"] = total
    store.close()
    return took


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), Path(sys.argv[2]))))
