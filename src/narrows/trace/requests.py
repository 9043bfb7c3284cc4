"""Requests to parties about recovered items: their states, step by step, and what a person infers of a party.

Nothing is sent from here. Each change of state is a row that stays; the latest counts. Silence is never an indicator:
"no reply" is a state of the request and says nothing of the party. The steps follow what is reported of the practice of
field
investigators: 28 days to answer, then the party's word on the text before anything is released.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from narrows.casefile.engine import Engine
from narrows.casefile.ledger import enter
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import NotFound, UsageError

# Days to answer a request, and to reply to the text about oneself (Conflict Armament Research, as reported).
DAYS = 28

# State -> those that may follow it.
STEPS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "documented": ("requested",),
        "requested": ("acknowledged", "answered", "declined", "no reply"),
        "acknowledged": ("answered", "declined", "no reply"),
        "no reply": ("requested", "acknowledged", "answered", "declined", "right of reply"),
        "declined": ("answered", "right of reply"),
        "answered": ("right of reply",),
        "right of reply": ("verified",),
        "verified": ("releasable", "confidential"),
        "releasable": ("confidential",),
        "confidential": ("releasable",),
    }
)
MEANS: MappingProxyType[str, str] = MappingProxyType(
    {
        "documented": "the item is documented and a request is drafted; nobody has been asked yet",
        "requested": "a person has sent the request; an answer is hoped for within 28 days",
        "acknowledged": "the party has confirmed that it received the request",
        "answered": "the party has answered; load its answer as a reply, so that chains can rest on it",
        "declined": "the party has said that it will not answer; that says nothing of it",
        "no reply": "the time has passed without an answer; that says nothing of the party",
        "right of reply": "the party has the text about it, and 28 days to reply before anything is released",
        "verified": "a second person has held the text against the evidence and the party's reply",
        "releasable": "it may be released, without names of private individuals",
        "confidential": "it stays in the case, as agreed with the party or decided by a person",
    }
)
VERDICTS = ("none", "malpractice")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it stands."""

    request: str
    item: str
    record: int
    party_record: int | None
    party_role: str | None
    wants: str
    state: str
    day: date
    due: date | None


def latest(engine: Engine, request: str) -> Request:
    """Return a request as it stands.

    Raises:
        NotFound: there is no such request.
    """
    rows = engine.rows(named("requests", "latest"), [request.strip().upper()])
    if not rows:
        raise NotFound(f"there is no request {request!r}", hint="See `narrows request show CASE`.")
    return Request(*rows[0])


def document(store: Store, item: str, record: int, party: str, wants: str) -> Request:
    """Return the drafted request about an item to a party; a new one, unless one is drafted and not sent yet."""
    party_record, role = party_of(store.engine, party)
    told = [item, party_record, role, wants]
    rows = store.engine.rows(named("requests", "drafted"), told)
    if rows:
        return Request(*rows[0])
    number = f"R-{store.engine.value(named('requests', 'count')) + 1}"
    today = store.settings.now().date()
    request = Request(number, item, record, party_record, role, wants, "documented", today, None)
    _add(store, request, "drafted")
    return request


def step(store: Store, request: str, state: str, reason: str, on: date | None = None) -> Request:
    """Record the next state of a request.

    Args:
        store: the open case.
        request: its number.
        state: the new state, one that may follow the present one.
        reason: what happened, in a few words.
        on: the day on which it happened; None is today.

    Raises:
        NotFound: there is no such request.
        UsageError: no such state, not from here, no reason, or a day before the last step.
    """
    if state not in STEPS:
        raise UsageError(f"there is no state {state!r}", hint=f"Say one of: {', '.join(STEPS)}.")
    if not reason.strip():
        raise UsageError("no reason was given", hint="Say in a few words what happened.")
    before = latest(store.engine, request)
    if state not in STEPS[before.state]:
        raise UsageError(
            f"{before.request} is {before.state!r}; {state!r} cannot follow",
            hint=f"What can follow: {', '.join(STEPS[before.state])}.",
        )
    day = on or store.settings.now().date()
    if day < before.day:
        raise UsageError(
            f"{day} is before {before.day}, when {before.request} became {before.state!r}",
            hint="Give the day on which it happened, as YYYY-MM-DD.",
        )
    due = day + timedelta(days=DAYS) if state in ("requested", "right of reply") else None
    if state == "acknowledged":
        due = before.due
    after = Request(
        before.request,
        before.item,
        before.record,
        before.party_record,
        before.party_role,
        before.wants,
        state,
        day,
        due,
    )
    _add(store, after, reason.strip())
    return after


def infer(store: Store, party: str, verdict: str, reason: str) -> None:
    """Record what a person infers of a party's part in chains of custody; "none" takes an earlier inference back.

    Raises:
        UsageError: no such verdict, or no reason.
        NotFound: there is no such party.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"there is no verdict {verdict!r}", hint=f"Say one of: {', '.join(VERDICTS)}.")
    if not reason.strip():
        raise UsageError("no reason was given", hint="Say in a few words what the decision rests on.")
    record, role = party_of(store.engine, party)
    body = {"record": record, "role": role, "verdict": verdict, "reason": reason.strip()}
    with store.engine.transaction():
        stamp = {"entered": store.settings.now(), "who": store.settings.who}
        store.engine.run(named("requests", "add-inference"), {**stamp, **body})
        enter(store.engine, store.settings, "inferred", body)


def _add(store: Store, request: Request, reason: str) -> None:
    body: dict[str, object] = {
        "request": request.request, "item": request.item, "record": request.record,
        "party_record": request.party_record, "party_role": request.party_role, "wants": request.wants,
        "state": request.state, "day": request.day.isoformat(),
        "due": None if request.due is None else request.due.isoformat(), "reason": reason,
    }  # fmt: skip
    with store.engine.transaction():
        stamp = {"entered": store.settings.now(), "who": store.settings.who}
        store.engine.run(named("requests", "add"), {**stamp, **body})
        enter(store.engine, store.settings, "requested", body)


def party_of(engine: Engine, key: str) -> tuple[int, str]:
    """Return the record and the role that name a party ("1f00000002.buyer").

    Raises:
        NotFound: there is no such party.
    """
    first, _, role = key.partition(".")
    try:
        record = int(first, 16)
    except ValueError:
        record = -1
    if not 0 <= record < 1 << 63 or not engine.rows(named("requests", "party"), [record, role]):
        raise NotFound(
            f"there is no party {key!r}",
            hint="Parties are named in the column `party` of `narrows export CASE parties`.",
        )
    return record, role
