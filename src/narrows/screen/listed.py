"""Listed: which entities resemble entries of the lists that are loaded, by which name, and what else agrees.

A name alone says little: thousands share one. So each match carries what else is known on both sides, what of it
agrees and what does not, and what the likeness of the names rests on. Entries that are delisted are not looked at.
The SQL is in `schema/listed.sql`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.screen.seconds import NOTHING, Known, compared, gathered
from narrows.vocab.names.compare import compare
from narrows.vocab.names.search import Index

# Scores below are not kept, whatever an indicator asks for.
FLOOR = 0.3
_MOST = 10
# So many everyday words that agree tell as much as a distinctive one.
_MANY_WORDS = 3

RestsOn = Literal["distinctive words", "everyday words", "initials"]

_KINDS = ("organisation", "person")
_RESEMBLING: list[tuple[str, pa.DataType]] = [
    ("kind", pa.string()), ("written_name", pa.string()), ("entry", pa.string()), ("entry_name", pa.string()),
    ("score", pa.float64()), ("rests_on", pa.string()),
]  # fmt: skip
_COMPARED: list[tuple[str, pa.DataType]] = [
    ("entity", pa.int64()), ("entry", pa.string()), ("agrees", pa.list_(pa.string())),
    ("differs", pa.list_(pa.string())), ("surest", pa.string()),
]  # fmt: skip


def match_lists(engine: Engine, progress: Callable[[str], None]) -> dict[str, int]:
    """Write `derived.list_match`, which must be there and empty.

    Returns:
        What was counted; nothing where no list is loaded.
    """
    standing, delisted = engine.row(named("listed", "standing"))
    if not standing and not delisted:
        return {}
    progress("looking for names on lists")
    rows = [row for kind in _KINDS for row in _resembling(engine, kind)]
    with engine.lent("resembling", _table(rows, _RESEMBLING)):
        engine.run(named("listed", "pairs"))
    with engine.lent("compared", _table(list(_seconds(engine)), _COMPARED)):
        engine.run(named("listed", "add-matches"))
    found = engine.value(named("listed", "count-entities"))
    return {"organisations and persons that resemble a listed one": found, "delisted entries left out": delisted}


def rests_on(written: str, listed: str, kind: str) -> RestsOn:
    """Say what the likeness of two names rests on.

    Many firms share the initials of a list's short name, or an everyday word ("Star Trading"), in whatever language.
    """
    reasons = compare(written, listed, kind).reasons
    if any(reason.detail == "one is the initials of the other" for reason in reasons):
        return "initials"
    classes = [reason.detail.partition(":")[0] for reason in reasons if reason.left and reason.right]
    distinctive = "core" in classes or classes.count("common") >= _MANY_WORDS
    return "distinctive words" if distinctive else "everyday words"


def _resembling(engine: Engine, kind: str) -> Iterator[tuple[object, ...]]:
    """Yield each name as written with each name of a list that it resembles."""
    written = [name for (name,) in engine.rows(named("listed", "written-names"), {"kind": kind})]
    listed = engine.rows(named("listed", "listed-names"), {"kind": kind})
    if not written or not listed:
        return
    found = _index(tuple(plain for _, _, plain in listed), kind).search(written, least=FLOOR, most=_MOST)
    for query, place, score in zip(found.query.tolist(), found.entry.tolist(), found.score.tolist(), strict=True):
        entry, name, plain = listed[place]
        yield kind, written[query], entry, name, score, rests_on(written[query], plain, kind)


@lru_cache(2)  # persons and organisations: a case that is screened again has the same lists
def _index(names: tuple[str, ...], kind: str) -> Index:
    return Index(names, kind)


def _seconds(engine: Engine) -> Iterator[tuple[object, ...]]:
    """Yield each entity and entry with what else of them agrees and what does not."""
    parties: dict[int, Known] = gathered(engine.rows(named("listed", "said-of-entities")))
    entries: dict[str, Known] = gathered(engine.rows(named("listed", "said-of-entries")))
    for entity, entry in engine.rows(named("listed", "pairs-to-compare")):
        told = compared(parties.get(entity, NOTHING), entries.get(entry, NOTHING))
        yield entity, entry, list(told.agrees), list(told.differs), told.surest


def _table(rows: list[tuple[object, ...]], columns: list[tuple[str, pa.DataType]]) -> pa.Table:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table({name: pa.array(cells, kind) for (name, kind), cells in zip(columns, values, strict=True)})
