"""Checks that a case is what it says it is."""

from __future__ import annotations

import hashlib
import json

from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import rows_table
from narrows.casefile.ledger import check
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import Corrupt

_CHANGED = "The case was changed by something other than narrows; load the original files into a new one."


def verify(store: Store) -> dict[str, int]:
    """Hash every received file again, follow the ledger, and hold the balance of each part against its rows.

    Returns:
        What was checked: files, bytes, parts, rows, entries of the ledger.

    Raises:
        Corrupt: something is not as it was written.
    """
    entries = check(store.engine)
    files, octets = _verify_sources(store)
    _verify_told(store.engine)
    parts, rows = _verify_parts(store.engine)
    return {"files": files, "bytes": octets, "parts": parts, "rows": rows, "ledger entries": entries}


def _verify_sources(store: Store) -> tuple[int, int]:
    """Hash the copy of each received file again."""
    files = octets = 0
    for source, name, size in store.engine.rows(named("verify", "sources")):
        path = store.sources / source
        if not path.is_file():
            raise Corrupt(f"the copy of {name} is gone", hint="Restore the case folder from a backup.")
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != source:
            raise Corrupt(
                f"the copy of {name} is not what was received",
                hint="Restore it from a backup, or make a new case from the original file.",
            )
        files += 1
        octets += size
    return files, octets


def _verify_told(engine: Engine) -> None:
    """Hold what was received against what the ledger tells; a chain that was cut at its end shows here."""
    told: dict[str, tuple[str, int]] = {}
    balances: set[tuple[object, ...]] = set()
    for (text,) in engine.rows(named("verify", "loaded")):
        body = json.loads(text)
        told[body["source"]] = (body["name"], body["bytes"])
        balances |= {
            (body["source"], part["sheet"], part["read"], part["kept"], part["rejected"])
            for part in body["parts"]
            if part["kind"]
        }
    found = {source: (name, size) for source, name, size in engine.rows(named("verify", "sources"))}
    if found != told or set(engine.rows(named("verify", "parts-by-source"))) != balances:
        raise Corrupt("the files received are not those that the ledger tells of", hint=_CHANGED)


def _verify_parts(engine: Engine) -> tuple[int, int]:
    """Count the rows of each part, reading all of them, so that damage on the disk shows as well."""
    parts = total = 0
    for part, name, read, kept, rejected, found_rejected in engine.rows(named("verify", "parts")):
        content = exp.func("bit_xor", exp.func("hash", exp.column("r")))
        rows, _ = engine.row(exp.select(exp.Count(this=exp.Star()), content).from_(rows_table(part)))
        if rows != kept or found_rejected != rejected or read != kept + rejected:
            raise Corrupt(
                f"{name}: {read} rows were read, {kept} kept and {rejected} rejected; "
                f"{rows} and {found_rejected} are there",
                hint=_CHANGED,
            )
        parts += 1
        total += rows
    return parts, total


def fingerprints(engine: Engine) -> dict[str, str]:
    """Return a mark of the content of each derived table, whatever the order of its rows.

    It is the number of rows and the sums of both halves of their MD5: sums, as no order holds once several threads add.
    """
    found = {}
    for (table,) in engine.rows(named("verify", "derived-tables")):
        name = exp.alias_(exp.to_table(f"derived.{table}", quoted=True), "t", table=True)
        text = exp.cast(exp.func("to_json", exp.column("t")), "VARCHAR", dialect="duckdb")
        sums = (exp.func("sum", exp.func(half, text)) for half in ("md5_number_lower", "md5_number_upper"))
        found[table] = "-".join(map(str, engine.row(exp.select(exp.Count(this=exp.Star()), *sums).from_(name))))
    return found
