"""Runs an indicator from outside in a locked child process, on a copy of the columns that it reads.

Only the validated tree is run, never the submitted text. The child is on its own: an empty environment, a private
folder, a read-only copy, no other file, limits on memory, time, processes and files. What it sends back is read as
data, up to a size, and compared with what the tree should return.
"""

from __future__ import annotations

import json
import math
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import IO

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.published import SCHEMA, create_empty
from narrows.screen.rules.contract import Indicator
from narrows.screen.rules.coverage import guarded_hits
from narrows.screen.rules.guard import Overrides, reads
from narrows.screen.rules.header import BrokenIndicator

# Exit codes of `sandbox_child`, which imports nothing of this package.
OUT_OF_MEMORY, WRONG_SQL = 3, 4

_CHILD = Path(__file__).with_name("sandbox_child.py")
# In isolated mode the child would not find packages that its parent found by other ways than the installation.
_BOOT = (
    "import json, runpy, sys; sys.path[:] = json.loads(sys.argv[1]); del sys.argv[:2]; "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)


class _Stopped(Exception):
    """The child was stopped; the message says why."""


def run_in_sandbox(
    indicator: Indicator,
    overrides: Overrides | None,
    engine: Engine,
    *,
    seconds: float = 30,
    memory_mb: int = 512,
) -> pa.Table:
    """Return the hits of an indicator, found in a locked child process.

    Args:
        indicator: from outside.
        overrides: the user's own parameters for it.
        engine: the case, with `view.*` in place.
        seconds: wall-clock time that the child may take, its start included.
        memory_mb: megabytes that the query may take, and that its result may have.

    Returns:
        The same table as `guarded_hits` would give in the case itself; in no order.

    Raises:
        BrokenIndicator: the guard refuses it, it takes too much time or memory, or its query fails.
    """
    if os.name != "posix":
        raise indicator.broken("indicators from outside need Linux or macOS", hint="Run the case on such a machine.")
    tree = guarded_hits(indicator, overrides)
    with tempfile.TemporaryDirectory(prefix="narrows-") as folder:
        database, query = Path(folder, "copy.duckdb"), Path(folder, "query.sql")
        _copy(engine, database, reads(tree))
        query.write_text(tree.sql(dialect="duckdb"), encoding="utf-8")
        try:
            code, answer, complaint = _run(database, query, seconds=seconds, memory_mb=memory_mb)
        except _Stopped as error:
            raise _stopped(indicator, str(error)) from error
    if code != 0:
        raise _failed(indicator, code, complaint)
    return _table(indicator, answer, tree)


def _copy(engine: Engine, database: Path, columns: Mapping[str, Collection[str]]) -> None:
    # A view of which no column is read is still counted (count(*)); its records stand for its rows.
    wanted = {view: sorted(names) or ["record"] for view, names in columns.items()}
    copy = Engine(database)
    try:
        with copy.transaction():
            create_empty(copy, wanted)
            for view, names in wanted.items():
                shown = [exp.column(name, quoted=True) for name in names]
                rows = exp.select(*shown).from_(exp.table_(view, db=SCHEMA, quoted=True))
                table = exp.Schema(this=exp.table_(view, db=SCHEMA, quoted=True), expressions=shown)
                source = exp.select(*shown).from_(exp.table_("batch", quoted=True))
                for batch in engine.batches(rows):
                    with copy.lent("batch", pa.Table.from_batches([batch])):
                        copy.run(exp.Insert(this=table, expression=source))
    finally:
        copy.close()


def _run(database: Path, query: Path, *, seconds: float, memory_mb: int) -> tuple[int, bytes, str]:
    path = json.dumps([entry for entry in sys.path if Path(entry).is_absolute()])
    limits = (str(math.ceil(seconds)), str(memory_mb))
    command = (sys.executable, "-I", "-c", _BOOT, path, str(_CHILD), str(database), *limits)
    with (
        query.open("rb") as sql,
        subprocess.Popen(  # noqa: S603 -- our own interpreter and file; the SQL is data on stdin
            command,
            stdin=sql,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={},
            cwd=database.parent,
            start_new_session=True,
        ) as process,
    ):
        try:
            answer, complaint = _collected(process, seconds=seconds, most=memory_mb * 2**20)
            process.wait(timeout=1)
        except subprocess.TimeoutExpired as error:
            raise _Stopped("it did not end") from error
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
    return process.returncode, answer, complaint.decode("utf-8", errors="replace").strip()


def _collected(process: subprocess.Popen[bytes], *, seconds: float, most: int) -> tuple[bytes, bytes]:
    """Read both pipes to their end, within the time and the size."""
    end = time.monotonic() + seconds
    got: dict[IO[bytes], bytearray] = {pipe: bytearray() for pipe in (process.stdout, process.stderr) if pipe}
    with selectors.DefaultSelector() as selector:
        for pipe in got:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            left = end - time.monotonic()
            ready = selector.select(timeout=left) if left > 0 else []
            if not ready:
                raise _Stopped(f"it took more than {seconds:g} seconds")
            for key, _ in ready:
                pipe = next(pipe for pipe in got if pipe is key.fileobj)
                chunk = os.read(key.fd, 2**16)
                got[pipe] += chunk
                if not chunk:
                    selector.unregister(pipe)
                if sum(map(len, got.values())) > most:
                    raise _Stopped(f"its result is larger than {most // 2**20} MB")
    answer, complaint = got.values()
    return bytes(answer), bytes(complaint)


def _table(indicator: Indicator, answer: bytes, tree: exp.Query) -> pa.Table:
    try:
        with pa.ipc.open_stream(answer) as stream:
            table = stream.read_all()
        table.validate(full=True)
    except (pa.ArrowInvalid, OSError) as error:
        raise _stopped(indicator, f"its result cannot be read ({error})") from error
    if table.column_names != tree.named_selects:
        raise _stopped(indicator, "its result has other columns than its SELECT")
    return table


def _stopped(indicator: Indicator, why: str) -> BrokenIndicator:
    hint = "Nothing of it was kept. Ask less of it: filter before joining, and join on equality."
    return indicator.broken(f"{indicator.id} was stopped: {why}", line=indicator.sql_line, hint=hint)


def _failed(indicator: Indicator, code: int, complaint: str) -> BrokenIndicator:
    if code == OUT_OF_MEMORY:
        return _stopped(indicator, "it needs more memory than it may have")
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return _stopped(indicator, "it took more processor time or memory than it may have")
    if code == WRONG_SQL:
        return indicator.broken(f"its query fails: {complaint}", line=indicator.sql_line, hint="Mend the SELECT.")
    last = complaint.splitlines()[-1] if complaint else "no message"
    return _stopped(indicator, f"the child process ended with {code} ({last})")
