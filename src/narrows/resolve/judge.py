"""What people decide about who is who: same, different or unsure, with a reason; it outranks the machine.

Nothing is erased: a judgement is undone by a new one on the same pair. Parties are named by the record and the role in
which they stand first ("1f00000002.buyer"), so that judgements survive every rebuild.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from narrows.casefile.engine import Engine
from narrows.casefile.ledger import enter
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import NotFound, UsageError

VERDICTS = ("same", "different", "unsure")
# Pairs whose log-odds are further from even than this are not put before a person.
_WIDEST = 5.0
_FIELDS = (
    "name", "address", "city", "country", "vat", "registration", "phone", "email", "web", "activity", "file", "sheet",
    "row", "role",
)  # fmt: skip
_SAYS = {1: "same", 2: "same, but shared by many", 3: "same domain", -1: "not the same"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two parties of which it is hard to tell whether they are one.

    Attributes:
        left, right: keys of the parties.
        odds: log-odds that they are one.
        joined: whether they are one entity as things stand.
        fields: what both say: field, left, right.
        reasons: what was compared and what came of it.
    """

    left: str
    right: str
    odds: float
    joined: bool
    fields: tuple[tuple[str, str, str], ...]
    reasons: tuple[str, ...]


def party_key(record: int, role: str) -> str:
    """Return what names a party: its first record in hexadecimal, a dot, its role there."""
    return f"{record:x}.{role}"


def judge(store: Store, left: str, right: str, verdict: str, reason: str) -> None:
    """Record what a person decided about two parties.

    Raises:
        UsageError: no such verdict, no reason, or one party beside itself.
        NotFound: there is no such party.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"there is no verdict {verdict!r}", hint=f"Say one of: {', '.join(VERDICTS)}.")
    if not reason.strip():
        raise UsageError("no reason was given", hint="Say in a few words what the decision rests on.")
    one, other = _party(store.engine, left), _party(store.engine, right)
    if one == other:
        raise UsageError(f"{left} was named twice", hint="Name two parties.")
    with store.engine.transaction():
        body = {
            "left_record": one[0], "left_role": one[1], "right_record": other[0], "right_role": other[1],
            "verdict": verdict, "reason": reason.strip(),
        }  # fmt: skip
        stamp = {"entered": store.settings.now(), "who": store.settings.who}
        store.engine.run(named("judge", "add"), {**stamp, **body})
        enter(store.engine, store.settings, "judged", body)


def doubts(store: Store, most: int) -> tuple[Doubt, ...]:
    """Return the pairs that are hardest to decide, the closest to even first."""
    rows = store.engine.rows(named("judge", "undecided"), {"widest": _WIDEST, "most": most})
    return tuple(_doubt(store.engine, row) for row in rows)


def judged(engine: Engine) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs that a person said are one, and those said to be apart: int32 (2, pairs), the latest first."""
    rows = engine.rows(named("judge", "latest"))
    found = [[(a, b) for a, b, verdict in rows if verdict == wanted] for wanted in ("same", "different")]
    same, apart = (np.array(pairs, np.int32).reshape(-1, 2).T for pairs in found)
    return same, apart


def _party(engine: Engine, key: str) -> tuple[int, str]:
    first, _, role = key.partition(".")
    try:
        record = int(first, 16)
    except ValueError:
        record = -1
    if record < 0 or record >= 1 << 63 or not engine.rows(named("judge", "party"), [record, role]):
        raise NotFound(
            f"there is no party {key!r}",
            hint="Parties are named in the column `party` of `narrows export CASE parties`.",
        )
    return record, role


def _doubt(engine: Engine, row: tuple[Any, ...]) -> Doubt:
    left_record, left_role, right_record, right_role, odds, name_odds, *codes, joined = row
    left, right = (
        engine.row(named("judge", "side"), [record, role])
        for record, role in ((left_record, left_role), (right_record, right_role))
    )
    fields = [
        (field, "" if a is None else str(a), "" if b is None else str(b))
        for field, a, b in zip(_FIELDS, left, right, strict=True)
        if a is not None or b is not None
    ]
    what = ("tax number", "register number", "account", "phone", "e-mail", "address", "place", "postcode", "country")
    said = [f"{name}: {_SAYS[code]}" for name, code in zip(what, codes, strict=True) if code]
    return Doubt(
        party_key(left_record, left_role),
        party_key(right_record, right_role),
        round(odds, 2),
        bool(joined),
        tuple(fields),
        (f"names: log-odds {name_odds:+.1f}", *said),
    )
