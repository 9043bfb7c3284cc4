"""The ledger: who did what to a case, when and why; each entry carries the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.errors import Corrupt
from narrows.settings import Settings

FIRST = "0" * 64


def enter(engine: Engine, settings: Settings, what: str, body: dict[str, object]) -> None:
    """Append one entry. Call it inside the transaction of what it tells.

    Args:
        engine: the case's engine.
        settings: says who and when.
        what: one word: created, loaded, mapped, resolved, screened, replayed, accepted, dropped, rebuilt.
        body: what was done, as JSON; keys are sorted.
    """
    seq, previous = engine.row(named("ledger", "last"))
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    at = settings.now()
    entry = (int(seq) + 1, at, settings.who, what, text, previous)
    engine.run(named("ledger", "append"), [*entry, _hash(*entry)])


def last(engine: Engine, *what: str) -> int:
    """Return the number of the last entry of these kinds, 0 where there is none."""
    found = engine.value(named("ledger", "last-of"), {"what": list(what)})
    return int(found)


def check(engine: Engine) -> int:
    """Follow the whole chain and return the number of entries.

    Raises:
        Corrupt: an entry does not follow from the one before.
    """
    previous = FIRST
    count = 0
    for seq, at, who, what, body, stated, digest in engine.rows(named("ledger", "all")):
        count += 1
        if seq != count or stated != previous or digest != _hash(seq, at, who, what, body, stated):
            raise Corrupt(
                f"ledger entry {seq} does not follow from the one before it",
                hint="The case was changed by something other than narrows; rebuild it from the original files.",
            )
        previous = digest
    return count


def _hash(seq: int, at: datetime, who: str, what: str, body: str, previous: str) -> str:
    line = json.dumps([seq, at.isoformat(), who, what, body, previous], ensure_ascii=False)
    return hashlib.sha256(line.encode()).hexdigest()
