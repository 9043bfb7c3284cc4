"""Load: what the records say.

Reads the received files. Writes `evidence.*`, `judgement.mapping`, and of `derived.*` what records say: party, item,
payment, registration, link, statement, stock, listing, goods. One file is one transaction: all of it or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.evidence import rows_name
from narrows.casefile.ledger import enter
from narrows.casefile.sql import named
from narrows.casefile.store import Received, Store
from narrows.errors import Corrupt, MappingProblem, Rejected
from narrows.load.derive import derive
from narrows.load.files import Part, Written, parts_of
from narrows.load.mapping import check_columns, fitted, read_mapping, write_mapping
from narrows.load.propose import Proposal, propose
from narrows.load.recognise import recognise_goods
from narrows.load.rows import Rows
from narrows.load.shipped import find_shipped, headers_for
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


def proposals(file: Path) -> tuple[tuple[str, Proposal], ...]:
    """Return what Narrows makes of each sheet of a file, without loading it."""
    return tuple((part.sheet, _proposal(part, file.name)) for part in _parts(file, file.name, None))


def rebuild(store: Store) -> None:
    """Make again what records say, from the evidence and the mappings alone."""
    for part, file, _, columns, first_row, contiguous, toml in store.engine.rows(named("load", "parts")):
        mapping = read_mapping(toml, name=file)
        derive(store.engine, Rows(part, tuple(columns), first_row, contiguous, mapping))
    recognise_goods(store.engine)


def part_number(source: str, sheet: str) -> int:
    """Return the number of a part: 31 bits of the hash of the file's hash and the sheet's name."""
    digest = hashlib.sha256(f"{source}\n{sheet}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def _load(
    store: Store, received: Received, mapping: Mapping | None, progress: Callable[[str], None]
) -> tuple[Loaded, ...]:
    parts = _parts(received.path, received.name, mapping)
    chosen = [(part, _choose(part, received.name, mapping)) for part in parts]
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
    recognise_goods(store.engine)
    return tuple(loaded)


def _load_part(
    store: Store, received: Received, part: Part, mapping: Mapping, progress: Callable[[str], None]
) -> Loaded:
    engine = store.engine
    number = part_number(received.source, part.sheet)
    mapping = fitted(mapping, part.columns)
    unread = check_columns(mapping, part.columns)
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
    )


def _parts(path: Path, name: str, mapping: Mapping | None) -> list[Part]:
    headers = mapping.headers if mapping is not None else ()
    parts = list(parts_of(path, name=name, headers=headers))
    if mapping is None and len(parts) == 1:
        # Whether a file has no header row is known from its shipped mapping, which goes by name and width.
        first = [text or "" for row in parts[0].sample(1) for text in row]
        headers = headers_for(name, first)
        if headers:
            parts = list(parts_of(path, name=name, headers=headers))
    return parts


def _choose(part: Part, name: str, given: Mapping | None) -> Mapping | None:
    """The mapping for a part; None for a sheet without any records."""
    if given is not None:
        return given
    if not part.columns or not part.sample(1):
        return None
    proposal = _proposal(part, name)
    if not proposal.clear:
        place = f"{name}[{part.sheet}]" if part.sheet else name
        raise MappingProblem(
            f"{place}: what the columns mean is not clear: " + "; ".join(proposal.doubts),
            hint="Print the proposal (`narrows load CASE FILE --propose > M.toml`), correct it, "
            "and load with `--mapping M.toml`.",
        )
    return proposal.mapping


def _proposal(part: Part, name: str) -> Proposal:
    shipped = find_shipped(name, part.columns)
    if shipped is not None:
        return Proposal(mapping=shipped, clear=True, doubts=(), reasons=())
    return propose(part.columns, part.sample(), file_name=name, sheet=part.sheet, notes=part.notes)


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
