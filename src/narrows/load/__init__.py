"""Load: what the records say.

Reads the received files. Writes `evidence.*`, `judgement.mapping`, and of `derived.*` what records say: party, item,
payment, registration, link, statement, stock, listing, recovery, statistic, goods, and the entries of lists. One file
is one transaction, and so are the files of one version of a list: all of it or nothing. Photographs are kept as
received.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import rows_name
from narrows.casefile.ledger import enter
from narrows.casefile.photograph import Photograph, photograph
from narrows.casefile.sql import named
from narrows.casefile.store import Received, Store
from narrows.errors import Corrupt, MappingProblem, Rejected
from narrows.load.columns.choose import clear_for, given_for, parts_for
from narrows.load.columns.mapping import check_columns, fitted, write_mapping
from narrows.load.derive import derive, join_addresses
from narrows.load.lists import ListEntry, derive_lists, enter_version, list_entry
from narrows.load.readers.files import Part, Written
from narrows.load.recognise import recognise_goods
from narrows.load.rows import Rows, kept_rows
from narrows.model.mapping import Mapping
from narrows.model.outcome import Loaded, Outcome

__all__ = ["READS", "WRITES", "ListEntry", "add_list", "list_entry", "part_number", "rebuild", "run"]

# What a file is that is kept as received, without rows.
PHOTOGRAPH = "photograph"

READS = ("files",)
WRITES = (
    "evidence.source", "evidence.part", "evidence.rejected", "judgement.mapping", "derived.column_use",
    "derived.unread_value", "derived.empty_record", "derived.party", "derived.goods", "derived.item",
    "derived.payment", "derived.registration", "derived.link", "derived.statement", "derived.stock",
    "derived.listing", "derived.recovery", "derived.statistic",
    "judgement.list_version", "derived.list_fact", "derived.list_entry", "derived.list_name",
    "derived.list_attribute",
)  # fmt: skip


def run(
    store: Store,
    file: Path,
    *,
    mapping: Mapping | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Loaded, ...]:
    """Load one file, or nothing of it.

    Args:
        store: the open case.
        file: the file as received.
        mapping: what its columns mean; None lets Narrows find out.
        progress: is told what is being done.

    Raises:
        FileProblem: the file cannot be read.
        MappingProblem: no mapping was given and what the columns mean is not clear.
    """
    progress(f"receiving {file.name}")
    received = store.receive(file)
    try:
        with store.engine.transaction():
            loaded = _take(store, received, mapping, progress)
        store.keep(received)
    except BaseException:
        store.forget(received)
        raise
    return loaded


def add_list(
    store: Store,
    files: Sequence[Path],
    *,
    name: str | None = None,
    as_of: date | None = None,
    mapping: Mapping | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Load files as one version of a list of people and firms, or nothing of them.

    Args:
        store: the open case.
        files: the files of the version as received; those that are in the case already are not loaded again.
        name: of the list; None leaves it to the files.
        as_of: the day of the version; None leaves it to the files.
        mapping: what their columns mean; None lets Narrows find out.
        progress: is told what is being done.

    Raises:
        FileProblem: a file cannot be read.
        MappingProblem: no mapping was given and what the columns mean is not clear.
        Rejected: a file holds no entities.
    """
    received: dict[str, Received] = {}
    try:
        for file in files:
            progress(f"receiving {file.name}")
            one = store.receive(file)
            received[one.source] = one
        with store.engine.transaction():
            taken = [(one, _take(store, one, mapping, progress)) for one in received.values()]
            progress("gathering entries")
            versions, warnings = enter_version(store, list(received), name, as_of)
            enter(store.engine, store.settings, "listed", {"versions": versions})
            loaded = [part for one, parts in taken for part in _with_unread(store.engine, one, parts)]
        for one in received.values():
            store.keep(one)
    except BaseException:
        for one in received.values():
            store.forget(one)
        raise
    counts = {"files": len(received)}
    for version in versions:
        counts[f"entries of {version['list']}"] = store.engine.value(named("lists", "count-entries"), [version["list"]])
    return Outcome("list", counts, warnings, loaded=tuple(loaded))


def rebuild(store: Store) -> None:
    """Make again what records say, from the evidence and the mappings alone."""
    kept = kept_rows(store.engine)
    for rows in kept:
        derive(store.engine, rows)
    join_addresses(store.engine, kept)
    parts = [rows.part for rows in kept]
    recognise_goods(store.engine, parts)
    derive_lists(store.engine, parts)


def part_number(source: str, sheet: str) -> int:
    """Return the number of a part: 31 bits of the hash of the file's hash and the sheet's name."""
    digest = hashlib.sha256(f"{source}\n{sheet}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def _take(
    store: Store, received: Received, mapping: Mapping | None, progress: Callable[[str], None]
) -> tuple[Loaded, ...]:
    """Load a file, or read it under another mapping where it is in the case already. Call it inside a transaction."""
    known = store.engine.rows(named("load", "parts-of-source"), [received.source])
    if known and mapping is not None:
        return _map_again(store, received, mapping, progress)
    if known:
        return tuple(
            Loaded(received.name, sheet, "", read, kept, rejected, already=True)
            for _, sheet, read, kept, rejected in known
        )
    if store.engine.rows(named("store", "source"), [received.source]):  # a photograph has no tables
        return (Loaded(received.name, "", PHOTOGRAPH, 0, 0, 0, already=True),)
    if (picture := photograph(received.path, received.name)) is not None:
        return (_keep_photograph(store, received, picture),)
    loaded = _load(store, received, mapping, progress)
    enter(store.engine, store.settings, "loaded", _told(received, loaded))
    return loaded


def _keep_photograph(store: Store, received: Received, picture: Photograph) -> Loaded:
    """Take a photograph as a received file without rows, for requests about the item that it shows."""
    store.engine.run(named("load", "add-source"), [received.source, received.name, received.size])
    enter(store.engine, store.settings, "loaded", _told(received, ()))
    notes = (f"a {picture.kind} picture of {picture.width} by {picture.height} points",)
    return Loaded(received.name, "", PHOTOGRAPH, 0, 0, 0, notes=notes)


def _load(
    store: Store, received: Received, mapping: Mapping | None, progress: Callable[[str], None]
) -> tuple[Loaded, ...]:
    parts = parts_for(received.path, received.name, mapping)
    if mapping is None:
        chosen = [(part, clear_for(part, received.name)) for part in parts]
    else:
        chosen = given_for(parts, mapping, received.name)
    if all(found is None for _, found in chosen):
        raise Rejected(
            f"{received.name}: no sheet holds records that Narrows can read",
            hint="See what it would make of the file with `narrows load CASE FILE --propose`.",
        )
    store.engine.run(named("load", "add-source"), [received.source, received.name, received.size])
    loaded = []
    for part, found in chosen:
        progress(f"reading {received.name} {part.sheet}".rstrip())
        if found is None:
            loaded.append(Loaded(received.name, part.sheet, "", 0, 0, 0, notes=("no records in this sheet",)))
        else:
            loaded.append(_load_part(store, received, part, found, progress))
    parts_here = [part_number(received.source, part.sheet) for part in loaded]
    if any(found is not None and "address_id" in found.columns.values() for _, found in chosen):
        join_addresses(store.engine, [rows for rows in kept_rows(store.engine) if rows.part in parts_here])
    progress("recognising goods")
    recognise_goods(store.engine, parts_here)
    return _with_unread(store.engine, received, loaded)


def _with_unread(engine: Engine, received: Received, loaded: Sequence[Loaded]) -> tuple[Loaded, ...]:
    """Tell of each table how many values could not be read, those of its goods counted."""
    unread = dict(engine.rows(named("load", "count-unread")))
    told = []
    for part in loaded:
        counts = {**dict(part.counts), "unread values": unread.get(part_number(received.source, part.sheet), 0)}
        told.append(replace(part, counts=tuple(counts.items())) if part.kind else part)
    return tuple(told)


def _map_again(
    store: Store, received: Received, mapping: Mapping, progress: Callable[[str], None]
) -> tuple[Loaded, ...]:
    """Read a file that is in the case already under another mapping; its evidence stays as it is."""
    engine = store.engine
    known = {part for part, *_ in engine.rows(named("load", "parts-of-source"), [received.source])}
    loaded = []
    problems = []
    for part, file, sheet, columns, first_row, contiguous, toml in engine.rows(named("load", "parts")):
        if part not in known:
            continue
        try:
            unread = check_columns(mapping, columns)
        except MappingProblem as problem:
            problems.append(problem)
            continue
        fit = fitted(mapping, columns)
        if write_mapping(fit) == toml:
            continue
        progress(f"typing {file} {sheet}".rstrip())
        engine.run(named("load", "add-mapping"), {"part": part, "toml": write_mapping(fit)})
        counts = derive(engine, Rows(part, tuple(columns), first_row, contiguous, fit))
        read, kept, rejected = engine.row(named("load", "rows-of-part"), [part])
        loaded.append(
            Loaded(file, sheet, fit.kind, read, kept, rejected, unread, tuple(counts.items()), ("mapped again",))
        )
    if not loaded and len(problems) == len(known):
        raise problems[0]
    if loaded:
        engine.run(named("load", "forget-goods"))
        parts = [part_number(received.source, part.sheet) for part in loaded]
        join_addresses(engine, [rows for rows in kept_rows(engine) if rows.part in known])
        recognise_goods(engine, parts)
        derive_lists(engine, parts)
        enter(engine, store.settings, "mapped", _told(received, loaded))
    if not loaded:
        return tuple(
            Loaded(received.name, sheet, "", read, kept, rejected, already=True)
            for _, sheet, read, kept, rejected in engine.rows(named("load", "parts-of-source"), [received.source])
        )
    return _with_unread(engine, received, loaded)


def _load_part(
    store: Store, received: Received, part: Part, mapping: Mapping, progress: Callable[[str], None]
) -> Loaded:
    engine = store.engine
    number = part_number(received.source, part.sheet)
    mapping = fitted(mapping, part.columns)
    unread = check_columns(mapping, part.columns)
    engine.run(named("load", "keep-order"))
    written = part.write(engine, rows_name(number))
    _check_balance(received.name, written)
    engine.run(
        named("load", "add-part"),
        [
            number, received.source, part.sheet, list(part.columns), part.first_row, written.contiguous,
            written.rows_read, written.rows_kept, len(written.rejected), list(part.notes),
        ],
    )  # fmt: skip
    _keep_rejected(store, number, written)
    engine.run(named("load", "add-mapping"), {"part": number, "toml": write_mapping(mapping)})
    progress(f"typing {received.name} {part.sheet}".rstrip())
    counts = derive(engine, Rows(number, part.columns, part.first_row, written.contiguous, mapping))
    return Loaded(
        received.name,
        part.sheet,
        mapping.kind,
        written.rows_read,
        written.rows_kept,
        len(written.rejected),
        unread,
        tuple(counts.items()),
        part.notes,
        part.warnings,
    )


def _keep_rejected(store: Store, part: int, written: Written) -> None:
    if not written.rejected:
        return
    table = pa.table(
        {
            "part": pa.array([part] * len(written.rejected), pa.int32()),
            "row": pa.array([r.row for r in written.rejected], pa.int64()),
            "reason": pa.array([r.reason for r in written.rejected], pa.string()),
            "text": pa.array([r.text for r in written.rejected], pa.string()),
        }
    )
    with store.engine.lent("rejected_rows", table):
        store.engine.run(exp.insert(exp.select("*").from_("rejected_rows"), exp.to_table("evidence.rejected")))


def _check_balance(name: str, written: Written) -> None:
    if written.rows_read != written.rows_kept + len(written.rejected):
        raise Corrupt(
            f"{name}: {written.rows_read} rows read, but {written.rows_kept} kept and {len(written.rejected)} rejected",
            hint="Nothing was loaded. This is a defect: please report it with the shape of the file.",
        )


def _told(received: Received, loaded: Sequence[Loaded]) -> dict[str, object]:
    return {
        "source": received.source,
        "name": received.name,
        "bytes": received.size,
        "parts": [
            {
                "sheet": p.sheet,
                "kind": p.kind,
                "read": p.rows_read,
                "kept": p.rows_kept,
                "rejected": p.rows_rejected,
            }
            for p in loaded
        ],
    }
