"""Reads the distinct texts of parties (names, countries, activities, numbers, addresses, contacts) once each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.vocab import activities, addresses, identifiers, places, words
from narrows.vocab.names.block import kinds, normalised, wordings
from narrows.vocab.names.encode import Encoder
from narrows.vocab.names.parse import KINDS
from narrows.vocab.text import fold

Row = tuple[Any, ...]

_LONGEST_KEY = 200
_PART = 50_000


def read_names(engine: Engine) -> pa.Table:
    """Return each name as written with its key, its legal form, and whether it names nobody."""
    written = engine.arrow(named("resolve", "distinct-names"))
    return pa.concat_tables(_normalised(part) for part in _parts(written))


def _normalised(written: pa.Table) -> pa.Table:
    keys, forms, placeholders = normalised(written["name"].to_pylist())
    kinds = {"key": (keys, pa.string()), "legal_form": (forms, pa.string()), "placeholder": (placeholders, pa.bool_())}
    for column, (values, kind) in kinds.items():
        written = written.append_column(column, pa.array(values, kind))
    return written


def read_texts(engine: Engine) -> pa.Table:
    """Return each country, activity and kind as written with its code."""
    readers = {"country": places.country, "activity": activities.activity, "kind": words.party_kind}
    rows = engine.rows(named("resolve", "distinct-texts"))
    return pa.table(
        {
            "what": pa.array([what for what, _ in rows], pa.string()),
            "text": pa.array([text for _, text in rows], pa.string()),
            "value": pa.array([readers[what](text) for what, text in rows], pa.string()),
        }
    )


def read_identifiers(engine: Engine) -> pa.Table:
    """Return each number as written with its compact form and whether its check digits are right."""
    rows = []
    for scheme, value, country_text in engine.rows(named("resolve", "distinct-identifiers")):
        country = places.country(country_text) if country_text is not None else None
        found = identifiers.check(scheme, value, country)
        if found is not None:
            rows.append((scheme, value, country_text, found.value, found.valid, found.scheme))
    kinds = {
        "scheme": pa.string(), "value": pa.string(), "country_text": pa.string(), "compact": pa.string(),
        "valid": pa.bool_(), "scheme_read": pa.string(),
    }  # fmt: skip
    return _table(rows, kinds)


def read_activities(engine: Engine) -> pa.Table:
    """Return each activity code with its title, and whether it handles goods or money for others."""
    found = [code for (code,) in engine.rows(named("resolve", "distinct-activities"))]
    return pa.table(
        {
            "activity": pa.array(found, pa.string()),
            "title": pa.array([activities.title(code) for code in found], pa.string()),
            "logistics": pa.array([activities.is_logistics(code) for code in found], pa.bool_()),
        }
    )


@lru_cache(1)
def reading_mark() -> str:
    """Return what tells one way of reading names and addresses from another: a hash of the words they are read by."""
    digest = hashlib.sha256()
    for folder in ("narrows.vocab", "narrows.vocab.names"):
        files = [file for file in resources.files(folder).iterdir() if file.name.endswith((".toml", ".csv", ".py"))]
        for file in sorted(files, key=lambda found: found.name):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def read_wordings(engine: Engine, read: Callable[[np.ndarray, list[str], str], Encoder]) -> pa.Table:
    """Return each name and kind that was not read before, with what finds its like: see `vocab.names.block`.

    Args:
        engine: the case's engine.
        read: reads names of one kind, given with their numbers.
    """
    return pa.concat_tables(
        _wordings(part.filter(pc.equal(part["read_kind"], kind)), kind, read)
        for part in map(_with_kinds, _parts(engine.arrow(named("match", "new-names"))))
        for kind in KINDS
    )


def _with_kinds(new: pa.Table) -> pa.Table:
    given = new["kind"].to_pylist()
    unknown = [place for place, kind in enumerate(given) if kind not in KINDS]
    for place, kind in zip(unknown, kinds(new["name"].take(pa.array(unknown, pa.int64())).to_pylist()), strict=True):
        given[place] = kind
    return new.append_column("read_kind", pa.array(given, pa.string()))


def _wordings(new: pa.Table, kind: str, read: Callable[[np.ndarray, list[str], str], Encoder]) -> pa.Table:
    found = list(wordings(read(new["reading"].to_numpy(), new["name"].to_pylist(), kind)))
    for part in ("core", "bag", "longest"):
        new = new.append_column(part, pa.array([getattr(wording, part) for wording in found], pa.string()))
    words = pa.array([word for wording in found for word in wording.words], pa.string())
    sizes = np.array([0, *(len(wording.words) for wording in found)], np.int32)
    return new.append_column("words", pa.ListArray.from_arrays(np.cumsum(sizes, dtype=np.int32), words))


def read_contacts(engine: Engine) -> pa.Table:
    """Return each phone, e-mail and web address in the form that is compared, and the domain that tells a firm."""
    rows: list[Row] = []
    for what, text, country in engine.rows(named("match", "distinct-contacts")):
        value, domain = _CONTACTS[what](text, country)
        rows.append((what, text, country, value, domain))
    kinds = dict.fromkeys(("what", "text", "country", "value", "domain"), pa.string())
    return _table(rows, kinds)


def _phone(text: str, country: str | None) -> tuple[str | None, None]:
    return identifiers.e164(text, country), None


def _mail(text: str, _: str | None) -> tuple[str | None, str | None]:
    domain = identifiers.email_domain(text)
    if domain is None:
        return None, None
    return text.strip().lower(), None if identifiers.is_free_mail(domain) else domain


def _web(text: str, _: str | None) -> tuple[None, str | None]:
    return None, identifiers.web_domain(text)


_CONTACTS: dict[str, Callable[[str, str | None], tuple[str | None, str | None]]] = {
    "phone": _phone, "email": _mail, "web": _web,
}  # fmt: skip


def read_addresses(engine: Engine) -> pa.Table:
    """Return each address, town and country not read before: the key of its spellings, its place, if it is weak."""
    return pa.concat_tables(_addresses(part) for part in _parts(engine.arrow(named("match", "new-addresses"))))


def _addresses(new: pa.Table) -> pa.Table:
    rows = []
    for address, city, country in zip(*(column.to_pylist() for column in new.columns), strict=True):
        found = addresses.parse(address, city, country)
        place = found.place
        rows.append(
            (
                address, city, country, addresses.key(found) or _as_written(address),
                None if place is None else place.id, None if place is None else place.province or place.id,
                found.postcode, address is not None and addresses.is_weak(address, found) is not None,
            )
        )  # fmt: skip
    kinds = {
        "address": pa.string(), "city": pa.string(), "country": pa.string(), "key": pa.string(), "place": pa.string(),
        "province": pa.string(), "postcode": pa.string(), "weak": pa.bool_(),
    }  # fmt: skip
    return _table(rows, kinds)


def _as_written(address: str | None) -> str | None:
    """Return an address of which too little is known as it is written, so that it can equal itself."""
    folded = "" if address is None else fold(address)
    return f"={folded}" if " " in folded and len(folded) <= _LONGEST_KEY else None


def _parts(table: pa.Table) -> Iterator[pa.Table]:
    """Yield a table part by part, at least one: what Python holds of it is small, and gone before the next is read."""
    for at in range(0, max(table.num_rows, 1), _PART):
        yield table.slice(at, _PART)


def _table(rows: Sequence[Row], kinds: dict[str, pa.DataType]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table({name: pa.array(column, kind) for (name, kind), column in zip(kinds.items(), columns, strict=True)})
