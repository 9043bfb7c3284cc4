"""Lists of people and firms: which files are a version of which list, and what its entries are.

A list is evidence like any other file. What makes it a list is an entry in `judgement.list_version`; whatever is loaded
without one is data on ordinary parties.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import NotFound, Rejected, UsageError
from narrows.load.list_facts import derive_facts
from narrows.load.list_remarks import told
from narrows.load.readers.xml import DATED
from narrows.load.rows import Rows, kept_rows
from narrows.model.mapping import DateOrder
from narrows.vocab.dates import parse_date

_DATED = re.compile(
    rf"{DATED}(\d{{4}}-\d\d-\d\d)|(?:last updated|report date|date generated)\W*(\d[\w/ -]{{5,12}}\d)", re.IGNORECASE
)
# Lists lose few entries from one version to the next; this share of them is probably part of a list, or another one.
_MANY = 0.5


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a list, with the rows that it rests on.

    Attributes:
        entry: what derived.list_entry says of it, and where its primary name stands: file, sheet, row.
        names, attributes: each with its file, sheet and row.
    """

    entry: dict[str, Any]
    names: tuple[dict[str, Any], ...]
    attributes: tuple[dict[str, Any], ...]


def derive_lists(engine: Engine, parts: Sequence[int]) -> None:
    """Make facts of the parts that belong to a list, then all entries anew; parts of no list are left alone."""
    lists = {part for (part,) in engine.rows(named("lists", "parts-of-lists"))}
    if not lists:
        return
    for rows in kept_rows(engine):
        if rows.part in lists and rows.part in parts:
            derive_facts(engine, rows)
    gather(engine)


def enter_version(
    store: Store, sources: Sequence[str], name: str | None, as_of: date | None
) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Say that files are one version of a list, and make its entries.

    Args:
        store: the open case, in a transaction.
        sources: the files, which are in the case.
        name: of the list; None leaves it to the files.
        as_of: its day; None leaves it to the files, or else is the present day.

    Returns:
        The versions (list, as_of, sources), and what a person should look at.

    Raises:
        Rejected: no table of a file holds entries, or a file names no list.
        UsageError: the name given says nothing.
    """
    engine = store.engine
    if name is not None and not name.strip():
        raise UsageError("the name of the list is empty", hint="Name it: --list 'Our own list'.")
    maps = _mappings(engine, sources)
    for rows in maps.values():
        for one in rows:
            derive_facts(engine, one)
    told_dates = {source: _day_of(engine, source, maps[source][0].mapping.date_order) for source in sources}
    lists: dict[str, list[str]] = {}
    for source in sources:
        lists.setdefault((name or _name_of(engine, source, maps[source])).strip(), []).append(source)
    entered, warnings = list[dict[str, object]](), list[str]()
    for list_, of_list in lists.items():
        known = [day for source in of_list if (day := told_dates[source]) is not None]
        day = as_of or (max(known) if known else store.settings.now().date())
        if as_of is None and not known:
            warnings.append(
                f"{list_}: the files do not say of what day they are; taken as of {day} (say it with --as-of)"
            )
        for source in of_list:
            _add(store, list_, day, source)
        entered.append({"list": list_, "as_of": day.isoformat(), "sources": of_list})
    gather(engine)
    for list_ in lists:
        gone, stood = engine.row(named("lists", "gone"), {"list": list_})
        if stood and gone >= _MANY * stood:
            warnings.append(
                f"{list_}: {gone:,} of the {stood:,} entries of the version before are not in the newest one, "
                "and count as delisted; is it the whole list?"
            )
    return entered, tuple(warnings)


def list_entry(engine: Engine, list_: str, entry_id: str) -> ListEntry:
    """Return everything about one entry.

    Raises:
        NotFound: there is no such list or entry.
    """
    found = engine.arrow(named("lists", "entry"), {"list": list_, "id": entry_id}).to_pylist()
    if not found:
        raise NotFound(f"the list {list_!r} has no entry {entry_id!r}", hint="See `narrows lists show CASE`.")
    entry = {"entry": found[0]["entry"]}
    return ListEntry(
        found[0],
        tuple(engine.arrow(named("lists", "entry-names"), entry).to_pylist()),
        tuple(engine.arrow(named("lists", "entry-attributes"), entry).to_pylist()),
    )


def gather(engine: Engine) -> None:
    """Make all entries, names and attributes from the facts of the versions in `judgement.list_version`."""
    for statement in ("editions", "standing", "said-of-entries"):
        engine.run(named("lists", statement))
    _read_details(engine)
    for statement in ("entries", "names", "attributes"):
        engine.run(named("lists", statement))


def _read_details(engine: Engine) -> None:
    found: list[tuple[str, int, str, str]] = []
    for entry, record, remarks in engine.rows(named("lists", "details")):
        found += ((entry, record, what, value) for what, value in told(remarks))
    columns = list(zip(*found, strict=True)) if found else [()] * 4
    kinds = (pa.string(), pa.int64(), pa.string(), pa.string())
    table = pa.table(
        {
            name: pa.array(column, kind)
            for name, column, kind in zip(("entry", "record", "what", "value"), columns, kinds, strict=True)
        }
    )
    with engine.lent("read_details", table):
        engine.run(named("lists", "add-details"))


def _mappings(engine: Engine, sources: Sequence[str]) -> dict[str, list[Rows]]:
    """The parts of each file that hold entries."""
    part_source = {
        part: source for source in sources for part, *_ in engine.rows(named("load", "parts-of-source"), [source])
    }
    found: dict[str, list[Rows]] = {source: [] for source in sources}
    for rows in kept_rows(engine):
        if rows.part in part_source and rows.mapping.kind == "entities":
            found[part_source[rows.part]].append(rows)
    for source, parts in found.items():
        if not parts:
            raise Rejected(
                f"{_file(engine, source)} is no list: no table of it holds entities",
                hint='Say what its columns mean with --mapping M.toml, with kind = "entities".',
            )
    return found


def _name_of(engine: Engine, source: str, rows: Sequence[Rows]) -> str:
    said = next((one.mapping.constants["list"] for one in rows if "list" in one.mapping.constants), "")
    if said:
        return said
    names = [name for (name,) in engine.rows(named("lists", "names-of-lists"), [source])]
    if len(names) == 1:
        return str(names[0])
    return "OpenSanctions" if names else PurePath(_file(engine, source)).name.split(".")[0]


def _day_of(engine: Engine, source: str, order: DateOrder) -> date | None:
    """The day of a file: as it says above its table, else the latest that its rows say."""
    for (note,) in engine.rows(named("lists", "notes"), [source]):
        if hit := _DATED.search(note):
            day = date.fromisoformat(hit[1]) if hit[1] else parse_date(hit[2], order)
            if day is not None:
                return day
    found = engine.value(named("lists", "published"), [source])
    return found if isinstance(found, date) else None


def _add(store: Store, list_: str, day: date, source: str) -> None:
    version = {"list": list_, "as_of": day, "source": source}
    if not store.engine.value(named("lists", "has-version"), version):
        made = {"entered": store.settings.now(), "who": store.settings.who}
        store.engine.run(named("lists", "add-version"), {**version, **made})


def _file(engine: Engine, source: str) -> str:
    return str(engine.value(named("lists", "file"), [source]))
