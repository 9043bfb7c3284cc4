"""Load: what the records say.

Reads the received files. Writes `evidence.*`, `judgement.mapping`, and of `derived.*` what records say: party, item,
payment, registration, link, statement, stock, listing, goods. One file is one transaction: all of it or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import rows_name
from narrows.casefile.ledger import enter
from narrows.casefile.sql import named
from narrows.casefile.store import Received, Store
from narrows.errors import Corrupt, MappingProblem, Rejected
from narrows.load.columns.choose import clear_for, given_for, parts_for
from narrows.load.columns.mapping import check_columns, fitted, read_mapping, write_mapping
from narrows.load.derive import derive
from narrows.load.readers.files import Part, Written
from narrows.load.recognise import recognise_goods
from narrows.load.rows import Rows
from narrows.model.mapping import Mapping
from narrows.model.outcome import Loaded

READS = ("files",)
WRITES = (
    "evidence.source", "evidence.part", "evidence.rejected", "judgement.mapping", "derived.column_use",
    "derived.unread_value", "derived.empty_record", "derived.party", "derived.goods", "derived.item",
    "derived.payment", "derived.registration", "derived.link", "derived.statement", "derived.stock",
    "derived.listing",
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
        known = store.engine.rows(named("load", "parts-of-source"), [received.source])
        if known and mapping is not None:
            again = _map_again(store, received, mapping, progress)
            store.keep(received)
            return again
        if known:
            store.keep(received)
            return tuple(
                Loaded(file.name, sheet, "", read, kept, rejected, already=True)
                for _, sheet, read, kept, rejected in known
            )
        with store.engine.transaction():
            loaded = _load(store, received, mapping, progress)
            enter(store.engine, store.settings, "loaded", _told(received, loaded))
        store.keep(received)
    except BaseException:
        store.forget(received)
        raise
    return loaded


def rebuild(store: Store) -> None:
    """Make again what records say, from the evidence and the mappings alone."""
    parts = []
    for part, file, _, columns, first_row, contiguous, toml in store.engine.rows(named("load", "parts")):
        mapping = read_mapping(toml, name=file)
        derive(store.engine, Rows(part, tuple(columns), first_row, contiguous, mapping))
        parts.append(part)
    recognise_goods(store.engine, parts)


def part_number(source: str, sheet: str) -> int:
    """Return the number of a part: 31 bits of the hash of the file's hash and the sheet's name."""
    digest = hashlib.sha256(f"{source}\n{sheet}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


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
    progress("recognising goods")
    recognise_goods(store.engine, [part_number(received.source, part.sheet) for part in loaded])
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
    with engine.transaction():
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
            recognise_goods(engine, [part_number(received.source, part.sheet) for part in loaded])
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
