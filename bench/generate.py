"""Writes the synthetic trade as files: orders, register, payments, end-use statements. Seeded; sizes are given."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from sqlglot import exp

from narrows.casefile.engine import Engine

HERE = Path(__file__).parent
FILES = ("orders", "register", "payments", "statements")


def statements() -> dict[str, str]:
    """Return the named statements of generate.sql."""
    pieces = re.split(r"^-- name: (\S+)\s*$", (HERE / "generate.sql").read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def generate(rows: int, folder: Path) -> dict[str, Path]:
    """Write the files of a trade of `rows` goods lines, unless they are there; returns them by name."""
    target = folder / str(rows)
    files = {name: target / f"{name}.csv" for name in FILES}
    if (target / "done").exists():
        return files
    target.mkdir(parents=True, exist_ok=True)
    sql = statements()
    sizes = {"rows": rows, "firms": max(rows // 12, 500)}
    engine = Engine(target / "making.duckdb", temp=target / "spill")
    engine.run(sql["words"])
    engine.run(sql["firms"], {"firms": sizes["firms"]})
    engine.run(sql["lines"], sizes)
    for name, path in files.items():
        wanted = {key: value for key, value in sizes.items() if f"${key}" in sql[name]}
        engine.run("CREATE OR REPLACE TABLE out AS " + sql[name], wanted)
        engine.run(
            exp.Copy(
                this=exp.to_table("out"),
                kind=False,
                files=[exp.Literal.string(str(path))],
                params=[exp.CopyParameter(this=exp.var("HEADER"), expression=exp.true())],
            )
        )
    engine.close()
    (target / "making.duckdb").unlink()
    (target / "done").touch()
    return files


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]))
