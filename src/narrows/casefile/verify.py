"""Checks that a case is what it says it is."""

from __future__ import annotations

import hashlib

from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.ledger import check
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import Corrupt


def verify(store: Store) -> dict[str, int]:
    """Hash every received file again, follow the ledger, and hold the balance of each part against its rows.

    Returns:
        What was checked: files, bytes, parts, rows, entries of the ledger.

    Raises:
        Corrupt: something is not as it was written.
    """
    entries = check(store.engine)
    checked = {"files": 0, "bytes": 0, "parts": 0, "rows": 0, "ledger entries": entries}
    for source, name, size in store.engine.rows(named("verify", "sources")):
        path = store.sources / source
        if not path.is_file():
            raise Corrupt(f"the copy of {name} is gone", hint="Restore the case folder from a backup.")
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != source:
            raise Corrupt(
                f"the copy of {name} is not what was received",
                hint="Restore it from a backup, or make a new case from the original file.",
            )
        checked["files"] += 1
        checked["bytes"] += size
    for part, name, kept in store.engine.rows(named("verify", "parts")):
        rows = store.engine.value(
            exp.select(exp.Count(this=exp.Star())).from_(exp.to_table(f"evidence.rows_{part:08x}"))
        )
        if rows != kept:
            raise Corrupt(
                f"{name}: {kept} rows were kept, {rows} are there",
                hint="The case was changed by something other than narrows; load the original files into a new one.",
            )
        checked["parts"] += 1
        checked["rows"] += rows
    return checked


def fingerprints(engine: Engine) -> dict[str, str]:
    """Return a hash of the content of each derived table, whatever the order of its rows."""
    found = {}
    for (table,) in engine.rows(named("verify", "derived-tables")):
        name = exp.to_table(f"derived.{table}", quoted=True)
        row = exp.func("to_json", exp.column("t"))
        hashed = exp.select(exp.func("md5", row).as_("h")).from_(exp.alias_(name, "t", table=True)).order_by("h")
        total = exp.func(
            "md5",
            exp.func(
                "coalesce",
                exp.func("string_agg", exp.column("h"), exp.Literal.string("")),
                exp.Literal.string(""),
            ),
        )
        found[table] = str(engine.value(exp.select(total).from_(hashed.subquery("s"))))
    return found
