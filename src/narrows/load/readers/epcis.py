"""GS1 EPCIS 2.0 documents in JSON-LD: events as rows of deliveries, of goods made and of items found.

A row's number is the place of its event in the document. A delivery told by its shipping event is a row once: a
receiving event of the same goods between the same hands would count it twice, and is named among the rows not taken,
like every event that is no row. What another case inferred is not a record, and no row either.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem
from narrows.load.readers.columnar import Cells, Limits, Reject, Row, Written, first_rows, write_rows
from narrows.load.readers.encoding import MARK, shown
from narrows.load.readers.epcis_events import (
    DELIVERIES,
    FOUND,
    MADE,
    RECEIVING,
    SHIPPING,
    Unread,
    master_data,
    row,
    word,
)
from narrows.model.mapping import Kind
from narrows.model.mapping import Mapping as Meaning

_DOCUMENTS = ("EPCISDocument", "EPCISQueryDocument")
# Bytes of a document, which is read as a whole.
MOST = 256_000_000
_FETCH = "Fetch it again from whoever sent it, or ask for an EPCIS 2.0 document in JSON-LD."

_PARTY = {"ID": "id", "": "name", "Country": "country", "Kind": "kind"}
_COMMON = {
    "Date": "date", "Description": "description", "Lot No": "lot", "Serial No": "serial", "Quantity": "quantity",
    "Unit": "unit", "Source Reliability": "reliability", "Information Credibility": "credibility",
    "Origin ID": "origin_id",
}  # fmt: skip
_PAPERS = {"Document No": "document_no", "Order No": "order_no"}


def _columns(roles: tuple[str, ...], *more: Mapping[str, str]) -> dict[str, str]:
    parties = {
        f"{role} {column}".rstrip(): f"{role.lower()}.{field}" for role in roles for column, field in _PARTY.items()
    }
    return {**_COMMON, **parties, **{name: field for one in more for name, field in one.items()}}


_FIND = {
    "Item No": "item_no", "Place": "place", "Country": "country", "Latitude": "latitude",
    "Longitude": "longitude",
}  # fmt: skip
# Sheet -> what kind of records it holds, and its columns. A delivery is told as a packing list tells it: whose hands
# goods went through, and no trade that other records may tell of already.
_SHEETS: dict[str, tuple[Kind, dict[str, str]]] = {
    DELIVERIES: ("packing", _columns(("Seller", "Buyer", "Consignee", "Manufacturer"), _PAPERS)),
    MADE: ("certificates", _columns(("Manufacturer",), _PAPERS, {"Manufactured": "manufactured"})),
    FOUND: ("recoveries", _columns(("Manufacturer",), _FIND)),
}


@dataclass(frozen=True, slots=True)
class EpcisPart:
    """The rows of one kind that events gave; see `narrows.load.readers.files.Part`.

    Attributes:
        mapping: what its columns mean.
    """

    name: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[Row | Reject, ...]
    notes: tuple[str, ...]
    mapping: Meaning
    limits: Limits
    warnings: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """The place of the first event that is a row."""
        return next((one[0] for one in self.rows if not isinstance(one, Reject)), 1)

    def sample(self, n: int = 500) -> list[Cells]:
        """Return the first rows as text."""
        return first_rows(self.rows, n)

    def write(self, engine: Engine, table: str) -> Written:
        """Write all rows into a new table; the first part also names the events that are a row of none."""
        return write_rows(
            engine, table, len(self.columns), self.rows, name=self.name, first_row=self.first_row, limits=self.limits
        )


def is_epcis(head: str, name: str) -> bool:
    """Whether a text begins like an EPCIS document in JSON, or a file of JSON-LD by its name."""
    named = name.lower().endswith(".jsonld")
    return head.startswith("{") and (named or any(f'"{kind}"' in head for kind in _DOCUMENTS))


def epcis_parts(path: Path, name: str, limits: Limits) -> Iterator[EpcisPart]:
    """Read a document and yield its tables: Deliveries, Made, Found, those that there are.

    Raises:
        FileProblem: it is too large, not JSON, holds no list of events, or no event of it is a row.
    """
    document = _document(path, name)
    events = _events(document, name)
    known = master_data(_elements(document))
    found: dict[str, list[tuple[int, Mapping[str, str]]]] = {sheet: [] for sheet in _SHEETS}
    rejected: list[Reject] = []
    steps: dict[int, str] = {}
    for number, event in enumerate(events, start=1):
        try:
            if not isinstance(event, dict):
                raise Unread("no JSON object")
            sheet, cells = row(event, known)
            found[sheet].append((number, _checked(cells, limits)))
            steps[number] = word(event.get("bizStep"))
        except Unread as why:
            rejected.append(Reject(number, str(why), _written(event)))
    found[DELIVERIES], again = _once(found[DELIVERIES], steps)
    told = [Reject(n, why, _written(events[n - 1])) for n, why in again]
    rejected = sorted([*rejected, *told], key=lambda one: one.row)
    if not any(found.values()):
        raise FileProblem(
            f"{name}: no event of it tells who gave goods to whom; the first: {rejected[0].reason}",
            hint="Narrows reads ObjectEvents and AggregationEvents with a source and a destination party.",
        )
    yield from _parts(name, found, rejected, limits)


def _parts(
    name: str, found: Mapping[str, list[tuple[int, Mapping[str, str]]]], rejected: list[Reject], limits: Limits
) -> Iterator[EpcisPart]:
    notes = ("GS1 EPCIS 2.0; a row's number is the place of its event in the document",)
    told = f"{len(rejected):,} events are no rows of their own, the first: {rejected[0].reason}" if rejected else ""
    for sheet in filter(found.get, found):
        kind, meant = _SHEETS[sheet]
        columns = [column for column in meant if any(cells.get(column) for _, cells in found[sheet])]
        rows: list[Row | Reject] = [(n, [cells.get(column, "") for column in columns]) for n, cells in found[sheet]]
        rows = sorted([*rows, *rejected], key=lambda one: one.row if isinstance(one, Reject) else one[0])
        mapping = Meaning(
            kind,
            MappingProxyType({column: meant[column] for column in columns}),
            date_order="year-first",
            id_scheme="epcis",
        )
        warnings = (told,) if told else ()
        yield EpcisPart(name, sheet, tuple(columns), tuple(rows), (*notes, *warnings), mapping, limits, warnings)
        rejected, told = [], ""


def _once(
    rows: list[tuple[int, Mapping[str, str]]], steps: Mapping[int, str]
) -> tuple[list[tuple[int, Mapping[str, str]]], list[tuple[int, str]]]:
    """Take each delivery once: by its shipping events, else its receiving events, else what there is."""
    tiers: dict[tuple[str, ...], dict[int, int]] = {}
    placed = []
    for number, cells in rows:
        key = tuple(cells.get(column, "") for column in ("Seller ID", "Buyer ID", "Lot No", "Serial No", "Description"))
        tier = 0 if steps[number] in SHIPPING else 1 if steps[number] in RECEIVING else 2
        tiers.setdefault(key, {}).setdefault(tier, number)
        placed.append((number, cells, key, tier))
    kept = [(number, cells) for number, cells, key, tier in placed if tier == min(tiers[key])]
    by_number = dict(rows)
    again = []
    for number, cells, key, tier in placed:
        if tier > (best := min(tiers[key])):
            first = tiers[key][best]
            other = cells.get("Quantity") != by_number[first].get("Quantity")
            quantities = f", with another quantity ({cells.get('Quantity') or 'none'})" if other else ""
            again.append((number, f"tells of the same delivery as event {first}{quantities}"))
    return kept, again


def _written(event: object) -> str:
    try:
        return shown(json.dumps(event), 1000)
    except RecursionError:
        return "an event nested too deeply to be shown"


def _checked(cells: Mapping[str, str], limits: Limits) -> Mapping[str, str]:
    for cell in cells.values():
        if len(cell) > limits.cell:
            raise Unread(f"a cell longer than {limits.cell:,} characters")
        if "\0" in cell:
            raise Unread("a NUL character")
        if MARK.search(cell):
            raise Unread("half a character (a lone surrogate)")
    return cells


def _document(path: Path, name: str) -> dict[str, Any]:
    if path.stat().st_size > MOST:
        raise FileProblem(
            f"{name}: an EPCIS document larger than {MOST // 1_000_000} MB", hint="Ask for it in several documents."
        )
    try:
        # Numbers stay as written, so that no digit of a quantity is lost.
        found = json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except UnicodeDecodeError as error:
        raise FileProblem(f"{name}: not UTF-8, which JSON is written in", hint=_FETCH) from error
    except (ValueError, RecursionError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise FileProblem(f"{name}: not JSON: {what[:200]}", hint=_FETCH) from error
    if not isinstance(found, dict) or found.get("type", found.get("isA")) not in _DOCUMENTS:
        raise FileProblem(f"{name}: JSON, but no EPCIS document", hint=_FETCH)
    return found


def _events(document: Mapping[str, Any], name: str) -> list[Any]:
    body = _inner(document, "epcisBody")
    events = (_inner(body, "queryResults", "resultsBody") or body).get("eventList")
    if not isinstance(events, list) or not events:
        raise FileProblem(f"{name}: an EPCIS document without events", hint=_FETCH)
    return events


def _elements(document: Mapping[str, Any]) -> Iterator[object]:
    vocabularies = _inner(document, "epcisHeader", "epcisMasterData").get("vocabularyList")
    for one in vocabularies if isinstance(vocabularies, list) else ():
        elements = one.get("vocabularyElementList") if isinstance(one, dict) else None
        yield from elements if isinstance(elements, list) else ()


def _inner(value: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    for key in keys:
        held = value.get(key)
        value = held if isinstance(held, dict) else {}
    return value
