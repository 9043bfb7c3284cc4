"""`make bench`: measures at several sizes and prints the table; `python -m bench 100000 1000000` chooses the sizes."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
SIZES = (100_000, 1_000_000, 10_000_000)
SECONDS = (
    "copy, typed by DuckDB", "copy, as text", "load", "load the rest", "resolve", "screen, all", "scan",
    "ten indicators",
)  # fmt: skip


def main() -> None:
    """Measure, print, and keep the table in bench/speed.md."""
    sizes = [int(a) for a in sys.argv[1:]] or list(SIZES)
    found = []
    for size in sizes:
        # Made beforehand in a process of its own: the peak memory measured is that of narrows alone.
        subprocess.run([sys.executable, "-m", "bench.generate", str(size), str(HERE / "data")], check=True)
        run = [sys.executable, "-m", "bench.one", str(size), str(HERE / "data")]
        found.append(json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout))
        print(f"{size:,} rows done", file=sys.stderr)
    table = _table(found)
    print(table)
    (HERE / "speed.md").write_text(table, "utf-8")


def _table(found: list[dict[str, float]]) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("narrows", "duckdb", "pyarrow", "sqlglot"))
    lines = [
        "# Speed",
        "",
        f"Python {platform.python_version()}, {versions}; DuckDB limited to 2 GB. Seconds of wall time unless said",
        "otherwise; one run, synthetic trade (bench/generate.sql), on a shared machine of two cores: read the ratios.",
        "",
        "| | " + " | ".join(f"{int(f['rows']):,} rows" for f in found) + " |",
        "| --- | " + " | ".join("---:" for _ in found) + " |",
    ]
    codes = sorted(k for k in found[0] if len(k) == 6 and k[3] == "-")
    for key in ("csv MB", *SECONDS[:3], "load: peak MB", *SECONDS[3:], *codes, "alerts", "case MB", "peak MB"):
        lines.append(f"| {key} | " + " | ".join(_shown(key, f[key]) for f in found) + " |")
    for title, top, bottom in (
        ("load / copy typed by DuckDB", "load", "copy, typed by DuckDB"),
        ("load / copy as text", "load", "copy, as text"),
        ("ten indicators / scan of what they read", "ten indicators", "scan"),
    ):
        lines.append(f"| **{title}** | " + " | ".join(f"**{f[top] / f[bottom]:.1f}**" for f in found) + " |")
    for key in ("load", "resolve", "screen, all", "ten indicators"):
        each = (f"{f[key] / f['rows'] * 1e6:.2f}" for f in found)
        lines.append(f"| {key}: microseconds a row | " + " | ".join(each) + " |")
    return "\n".join(lines) + "\n"


def _shown(key: str, value: float) -> str:
    return f"{value:,.0f}" if key.endswith("MB") or key == "alerts" else f"{value:,.2f}"


if __name__ == "__main__":
    main()
