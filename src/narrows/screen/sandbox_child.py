"""The child of `sandbox`: gives up what it may, then runs one query on a read-only copy.

Run as a file, by `sandbox` alone: DATABASE SECONDS MEGABYTES, the SQL on stdin, an Arrow stream on stdout. It imports
the engine and nothing else of Narrows.
"""

from __future__ import annotations

import contextlib
import io
import resource
import sys
from pathlib import Path
from typing import cast

import pyarrow as pa

from narrows.casefile.engine import Engine, SqlError

# As `sandbox` reads them.
_OUT_OF_MEMORY, _WRONG_SQL = 3, 4
_SPARE_MB = 256


def main(database: str, seconds: str, memory_mb: str) -> int:
    """Run the query on stdin and write its rows to stdout; returns the exit code."""
    sql = sys.stdin.buffer.read().decode("utf-8")
    _give_up(seconds=int(seconds), memory_mb=int(memory_mb))
    output = cast(io.BufferedWriter, sys.stdout.buffer)
    limit = f"{memory_mb}MB"
    engine = Engine(Path(database), read_only=True, locked=True, threads=1, memory_limit=limit)
    try:
        rows = engine.arrow(sql)
        with pa.ipc.new_stream(output, rows.schema) as stream:
            stream.write_table(rows)
    except (MemoryError, pa.ArrowMemoryError):
        return _OUT_OF_MEMORY
    except SqlError as error:
        sys.stderr.buffer.write(error.message.encode("utf-8"))
        return _OUT_OF_MEMORY if "Out of Memory" in error.message else _WRONG_SQL
    output.flush()
    return 0


def _give_up(*, seconds: int, memory_mb: int) -> None:
    """Take away what the query needs not: further processes, written files, most of memory and of time."""
    limits = {
        resource.RLIMIT_CPU: seconds + 1,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_NPROC: 0,
    }
    taken = _mapped_mb()
    if taken is not None:
        # What the interpreter and its libraries have mapped by now is no memory of the query.
        limits[resource.RLIMIT_AS] = (taken + memory_mb + _SPARE_MB) * 2**20
    for kind, most in limits.items():
        # Refused where the limit is lower already, which is as good.
        with contextlib.suppress(ValueError):
            resource.setrlimit(kind, (most, most))


def _mapped_mb() -> int | None:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return None  # macOS has no /proc, and does not hold to this limit
    return pages * resource.getpagesize() // 2**20


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
