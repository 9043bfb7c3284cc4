"""Entities and the links between them as followthemoney entities: JSON lines that its tools read.

Each entity is a Company, an Organization, a LegalEntity or a Person; an owner is an Ownership, an officer a
Directorship, every other link an UnknownLink with its kind as role. `notes` of an entity and `recordId` of a link name
the rows that they rest on, as file:row. What followthemoney would not take as it is, is left out and counted.

Custody is not among them: followthemoney has no schema for goods that change hands. An UnknownLink between two holders
would drop the lot, the day and the quantity, and above all whether the link is documented, inferred or contradicted, so
that an inference would read as a fact; the EPCIS events of report/interchange keep these.

No nationality is written, nor the numbers by which a publisher names its own customers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.errors import UsageError
from narrows.model.outcome import Outcome
from narrows.report import ftm_values as values
from narrows.report.replacing import replacing
from narrows.vocab.identifiers import check
from narrows.vocab.places import country as read_country

ENDINGS = (".json", ".ndjson", ".jsonl")

# Schema of a link -> the properties that name its two ends.
_ENDS = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "UnknownLink": ("subject", "object"),
}
# Kinds of numbers for which followthemoney has no property.
_WITHOUT_PROPERTY = {"eori": "EORI numbers", "iban": "IBANs"}
_BATCH = 5_000
_PLACES = 100  # of an entity or link that are named one by one

Row = Mapping[str, Any]
Properties = dict[str, list[str]]


def write_entities(engine: Engine, path: Path) -> Outcome:
    """Write all entities, then all links, one JSON object a line, each in the order of their ids.

    Args:
        engine: the case's engine, resolved.
        path: the file; it is replaced as a whole, or not at all.

    Returns:
        How many entities and links there are; the warnings say what was left out.

    Raises:
        UsageError: unknown ending, or no such folder.
        NarrowsError: the file cannot be written.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{path.name}: followthemoney entities are no {path.suffix or 'file without ending'}",
            hint=f"End the name in one of {', '.join(ENDINGS)}, such as entities.ftm.json.",
        )
    left_out: Counter[str] = Counter()
    counts = {"entities": 0, "links": 0}
    engine.run(named("ftm", "nodes"), {"most": _PLACES})
    with replacing(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
        for row in _rows(engine, "entities"):
            file.write(_line(row, _entity(row, left_out)))
            counts["entities"] += 1
        for row in _rows(engine, "links", {"most": _PLACES}):
            file.write(_line(row, _link(row)))
            counts["links"] += 1
    return Outcome("export", counts, tuple(_told(left_out)), files=(str(path),))


def _rows(engine: Engine, statement: str, params: Mapping[str, object] | None = None) -> Iterator[Row]:
    for batch in engine.batches(named("ftm", statement), params, size=_BATCH):
        yield from batch.to_pylist()


def _line(row: Row, properties: Properties) -> str:
    filled = {name: found for name, found in properties.items() if found}
    entity = {"id": row["id"], "schema": row["schema"], "properties": filled}
    return json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n"


def _told(left_out: Counter[str]) -> Iterator[str]:
    if left_out:
        parts = ", ".join(f"{what} ({count:,})" for what, count in sorted(left_out.items()))
        yield f"left out, since followthemoney would not take them or has no place for them: {parts}"


def _entity(row: Row, left_out: Counter[str]) -> Properties:
    called = values.name(row["name"])
    others = {one: values.name(one) for one in (*filter(None, row["names"]), *_each(row["aliases"]))}
    seat = row["country"]
    phones = {
        (number, one["country"]): values.phone(number, one["country"], seat)
        for one in row["phones"]
        for number in _each([one["phone"]])
    }
    addresses = {
        (one["address"], one["city"]): values.address(one["address"], one["city"])
        for one in row["addresses"]
        if one["address"] or one["city"]
    }
    return {
        "name": _listed([called]),
        "alias": [one for one in _valid("names longer than 384 characters", others, left_out) if one != called],
        "country": _listed([seat and seat.lower()]),
        "address": _valid("addresses longer than 250 characters", addresses, left_out),
        "sector": _listed([values.text(" ".join(filter(None, (row["activity"], row["activity_title"]))))]),
        "incorporationDate": _listed([row["founded"] and row["founded"].isoformat()]),
        **_numbers(row["numbers"], left_out),
        "phone": _valid("telephone numbers", phones, left_out),
        "email": _valid("mail addresses", {one: values.email(one) for one in _each(row["emails"])}, left_out),
        "website": _valid("web addresses", {one: values.url(one) for one in _each(row["webs"])}, left_out),
        "notes": _places(row),
    }


def _link(row: Row) -> Properties:
    first, second = _ENDS[row["schema"]]
    share = None if row["share"] is None else f"{Decimal(repr(row['share'])).normalize():f}%"
    return {
        first: [row["a"]],
        second: [row["b"]],
        "role": [row["how"]] if row["schema"] == "UnknownLink" else [],
        "percentage": _listed([share]) if row["schema"] == "Ownership" else [],
        "startDate": _listed([row["since"] and row["since"].isoformat()]),
        "endDate": _listed([row["until"] and row["until"].isoformat()]),
        "recordId": _places(row),
    }


def _numbers(numbers: Iterable[Row], left_out: Counter[str]) -> Properties:
    """Return the numbers by property, each once however it is written."""
    found: dict[str, dict[str, str]] = {}
    for one in sorted(numbers, key=lambda number: (number["scheme"], number["value"])):
        if one["scheme"] in _WITHOUT_PROPERTY:
            left_out[_WITHOUT_PROPERTY[one["scheme"]]] += 1
            continue
        for written in _each([one["value"]]):
            read = check(one["scheme"], written, one["country"] and read_country(one["country"]))
            if read is None or read.scheme == "person":
                continue
            put = _number(one["scheme"], written, read.value, valid=read.valid)
            if put is None:
                left_out["numbers with wrong check digits or length"] += 1
            else:
                found.setdefault(put[0], {}).setdefault(read.value, put[1])
    return {name: _listed(by_value.values()) for name, by_value in sorted(found.items())}


def _number(scheme: str, written: str, value: str, *, valid: bool | None) -> tuple[str, str] | None:
    """Return the property of a number and its text there; None where it cannot be one.

    A register or tax number stays as it is written, because its blanks can matter (HRB 1 and its court). A tax number
    written with the letters of its country is a VAT code.
    """
    if valid is False:
        return None
    if scheme == "lei":
        return ("leiCode", value) if valid else None
    if scheme == "vat" and valid and value.startswith("RU") and len(value) == 12:
        return "innCode", value[2:]
    bare = "".join(sign for sign in written if sign.isalnum()).upper()
    if scheme == "vat" and value[:2].isalpha() and bare.endswith(value):
        return ("vatCode", value) if len(value) <= values.SHORT_IDENTIFIER else None
    plain = values.text(written, values.IDENTIFIER)
    return None if plain is None else ("taxNumber" if scheme == "vat" else "registrationNumber", plain)


def _each(written: Iterable[str | None]) -> list[str]:
    """Return the values of cells that may hold several, joined by ";"."""
    return sorted({one.strip() for cell in written if cell for one in cell.split(";") if one.strip()})


def _listed(found: Iterable[str | None]) -> list[str]:
    return sorted({one for one in found if one})


def _valid(what: str, found: Mapping[Any, str | None], left_out: Counter[str]) -> list[str]:
    if wrong := sum(one is None for one in found.values()):
        left_out[what] += wrong
    return _listed(found.values())


def _places(row: Row) -> list[str]:
    some = list(dict.fromkeys(row["some_places"]))
    more = row["places"] - len(some)
    return [*some, f"and {more:,} more places"] if more > 0 else some
