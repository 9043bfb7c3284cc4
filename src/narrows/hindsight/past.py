"""The case as it stood on a day, for those who saw only their own part of it.

A past is a case of its own, in memory: the records that were visible by then, and nothing that came after. The stages
resolve and screen run on it unchanged, so who is who, what is usual and which flags stand are what could be known then.
The case file is only read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from sqlglot import exp

from narrows import resolve
from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.load.lists import gather
from narrows.screen.again import ready, screen_again

# What a past is cut from.
_COPIED = (
    "derived.item", "derived.goods", "derived.party", "derived.payment", "derived.registration", "derived.link",
    "derived.statement", "derived.listing", "derived.column_use", "derived.unread_value", "derived.list_fact",
    "derived.name_reading", "derived.name_pair", "derived.address_reading", "derived.party_entity", "derived.entity",
    "judgement.list_version",
)  # fmt: skip
# What is the same on every day: what texts mean, which columns files have, which red flags a person accepted.
_SAME = (
    "evidence.source", "evidence.part", "derived.goods", "derived.column_use", "derived.reading_mark",
    "judgement.accepted_indicator",
)  # fmt: skip
_LAID_OUT = ("schemas", "evidence", "judgement", "derived-load", "derived-lists", "derived-resolve", "derived-screen")
# Below so many goods lines one thread is faster than several.
_FEW_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who sees a part of the case.

    Attributes:
        number: in the order in which actors are told.
        kind: maker, distributor, bank, carrier, customs, all.
        name: as told.
        entity: of the case; None for those that no record names.
    """

    number: int
    kind: str
    name: str
    entity: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A red flag as it stood in a past: on which record, what it says, what it rests on."""

    record: int
    code: str
    kind: str
    says: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood in a past: hits by the record they stand on, and the records of transactions under alert."""

    hits: dict[int, tuple[Hit, ...]]
    alerted: frozenset[int]


class Pasts:
    """Every past of a case; each is worked out once.

    Args:
        store: the open case, resolved and screened.
        records: what is asked about; hits on others are not kept.

    Attributes:
        engine: of the pasts, in memory; schema `whole` holds who saw what when.
        undone: what could not be done in some past.
    """

    def __init__(self, store: Store, records: Iterable[int]) -> None:
        lines = int(store.engine.value(named("measure", "count")))
        threads = 1 if lines < _FEW_LINES else store.settings.threads
        self.engine = Engine(
            threads=threads, memory_limit=store.settings.memory_limit, temp=store.path / "spill-replay"
        )
        self._lay_out(store.engine)
        with self.engine.lent("asked_about", pa.table({"record": pa.array(sorted(records), pa.int64())})):
            self.engine.run(named("replay", "want"))
        self._store = Store(store.path, self.engine, store.settings)
        self._flags = ready(self._store)
        self._known: dict[tuple[frozenset[int], date], Seen] = {}
        self._versions: list[tuple[object, ...]] = []
        self.undone: set[str] = set()

    @property
    def screened(self) -> int:
        """How many pasts were worked out."""
        return len(self._known)

    @property
    def needs_goods(self) -> bool:
        """Whether every red flag judges goods lines, so that nothing can stand where none is seen."""
        return all(flag.indicator.over == "item" for flag in self._flags)

    def actors(self) -> list[Actor]:
        """Return all actors, in the order in which they are told."""
        return [Actor(*row) for row in self.engine.rows(named("replay", "list-actors"))]

    def undated(self) -> dict[str, int]:
        """Return how many records of each kind carry no day, and so were seen by nobody."""
        return dict(self.engine.rows(named("replay", "undated")))

    def unplaced(self) -> int:
        """Return how many lines of declarations and bills name no country, and so no customs."""
        return int(self.engine.value(named("replay", "unplaced")))

    def seen(self, actors: Sequence[int], day: date) -> Seen:
        """Return what stood at the end of a day for actors who put together what each of them had by then."""
        key = (frozenset(actors), day)
        if key not in self._known:
            self._known[key] = self._screened(actors, day)
        return self._known[key]

    def cut(self, actors: Sequence[int], day: date) -> Store:
        """Return the case as it stood, unresolved; it stands until the next past is cut."""
        self.engine.run(named("replay", "visible"), {"day": day, "actors": list(actors)})
        self.engine.run(named("replay", "past"))
        self.engine.run(named("replay", "past-links"), {"day": day})
        versions = self.engine.rows(named("replay", "list-versions"), {"day": day})
        if versions != self._versions:
            self._versions = versions
            self.engine.run(named("replay", "standing-versions"), {"day": day})
            self.engine.run(named("replay", "standing-facts"))
            gather(self.engine)
        return self._store

    def close(self) -> None:
        """Forget all pasts."""
        self.engine.close()

    def _screened(self, actors: Sequence[int], day: date) -> Seen:
        store = self.cut(actors, day)
        resolve.run(store)
        self.undone.update(screen_again(store, self._flags))
        hits: dict[int, list[Hit]] = {}
        for record, code, kind, says, evidence in self.engine.rows(named("replay", "hits-then")):
            hits.setdefault(record, []).append(Hit(record, code, kind, says, tuple(evidence)))
        alerted = frozenset(record for (record,) in self.engine.rows(named("replay", "alerts-then")))
        return Seen({record: tuple(found) for record, found in hits.items()}, alerted)

    def _lay_out(self, case: Engine) -> None:
        self.engine.run(named("tables", "schemas"))
        self.engine.run(named("replay", "whole"))
        for table in _COPIED:
            self._copy(case, table, f"whole.{table.partition('.')[2]}")
        # A view stands where a case has its table: which versions of lists stood changes from past to past.
        self.engine.run(named("replay", "versions-of-lists"))
        for statement in _LAID_OUT:
            self.engine.run(named("tables", statement))
        for table in _SAME:
            self._fill(case, table)
        for statement in (
            "register-parts", "dated", "mentions", "documents", "views-of-actors", "actors", "seen", "forget-others"
        ):  # fmt: skip
            self.engine.run(named("replay", statement))

    def _copy(self, case: Engine, table: str, target: str) -> None:
        rows = case.arrow(exp.select("*").from_(table))
        with self.engine.lent("copied", rows):
            query = exp.select("*").from_("copied")
            self.engine.run(exp.Create(this=exp.to_table(target), kind="TABLE", expression=query))

    def _fill(self, case: Engine, table: str) -> None:
        rows = case.arrow(exp.select("*").from_(table))
        with self.engine.lent("copied", rows):
            self.engine.run(exp.insert(exp.select("*").from_("copied"), exp.to_table(table)))
