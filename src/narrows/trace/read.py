"""What was traced of one recovered item, read back: who held it, on what evidence, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import part_and_row
from narrows.casefile.sql import named
from narrows.errors import NotFound

NO_INFERENCE = "no inference of malpractice"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a chain.

    Attributes:
        entity: the number.
        name: as it may leave the case; private individuals are not named.
        private: whether it is a private individual.
        inference: "no inference of malpractice", unless a person decided otherwise: then who did, and why.
        key: what names the party in judgements.
    """

    entity: int
    name: str
    private: bool
    inference: str
    key: str


@dataclass(frozen=True, slots=True)
class Custody:
    """Everything about the custody of one recovered item.

    Attributes:
        item: the row of `derived.custody_item`.
        chains: the rows of `derived.custody_chain`, the likeliest first.
        links: the rows of `derived.custody_link`, by chain and step.
        notes: what a person should know beside.
        asks: what would settle most, of all items, as far as it concerns this one.
        parties: entity -> who it is.
        places: record -> file, sheet and row, as text.
    """

    item: Mapping[str, Any]
    chains: tuple[Mapping[str, Any], ...]
    links: tuple[Mapping[str, Any], ...]
    notes: tuple[Mapping[str, Any], ...]
    asks: tuple[Mapping[str, Any], ...]
    parties: Mapping[int, Party]
    places: Mapping[int, str]

    def links_of(self, chain: int = 1) -> tuple[Mapping[str, Any], ...]:
        """The links of one chain, from the maker on."""
        return tuple(link for link in self.links if link["chain"] == chain)

    def name(self, entity: int | None) -> str:
        """What an entity is called; without one, the place of the find."""
        return "nobody on record" if entity is None else self.parties[entity].name


def custody(engine: Engine, item: str) -> Custody:
    """Return everything about one recovered item.

    Raises:
        NotFound: there is no such item.
    """
    keys = [key for (key,) in engine.rows(named("trace", "item-keys"))]
    wanted = item.strip().casefold()
    key = next((key for key in keys if key.casefold() == wanted), None)
    if key is None:
        some = ", ".join(keys[:12]) or "none"
        raise NotFound(f"there is no recovered item {item!r}", hint=f"The items of this case: {some}.")
    (found,) = engine.arrow(named("trace", "item"), [key]).to_pylist()
    tables = (named("trace", "chains-of"), named("trace", "links-of"), named("trace", "notes-of"),
              named("trace", "asks-of"))  # fmt: skip
    chains, links, notes, asks = (tuple(engine.arrow(table, [key]).to_pylist()) for table in tables)
    records = {found["record"], found["made_record"]} - {None}
    records |= {record for row in (*links, *notes, *asks) for record in row["records"]}
    return Custody(found, chains, links, notes, asks, parties(engine), places(engine, records))


def parties(engine: Engine) -> dict[int, Party]:
    """Return who stands in the chains of the case."""
    return {
        entity: Party(entity, name, private, _inference(verdict, who, entered, reason), key)
        for entity, name, private, verdict, who, entered, reason, key in engine.rows(named("trace", "parties"))
    }


def _inference(verdict: str, who: str | None, entered: Any, reason: str | None) -> str:
    if verdict == "none":
        return NO_INFERENCE
    return f"malpractice inferred by {who} on {entered:%Y-%m-%d}: {reason}"


def places(engine: Engine, records: Iterable[int]) -> dict[int, str]:
    """Return where records stand: file, sheet and row, as text."""
    table = pa.table({"record": pa.array(sorted(set(records)), pa.int64())})
    with engine.lent("wanted_records", table):
        rows = engine.rows(named("trace", "places"))
    return {
        record: f"{file}[{sheet}]:{part_and_row(record)[1]}" if sheet else f"{file}:{part_and_row(record)[1]}"
        for record, file, sheet in rows
    }
