"""Resolve: who is who, and why we think so.

Reads `derived.party`, `.link`, `.registration`, `.payment`, `.item`, and `judgement.same`. Writes `derived.match`,
`.party_entity`, `.entity`, `.identifier`, `.linked`, `.shared`, `.ownership`,
`.payment_deal`.

Parties that share a key (how a name sounds, a number, a phone, an address) are compared: names word by word, all other
fields by whether they agree. What each says is weighed in log-odds, and parties are joined, the surest first, as long
as no registered number, no person's judgement and not the whole of what is known between two groups stands against it.
A placeholder ("TO ORDER") is nobody. Persons need more than a name in common; a surname joins nobody.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.model.outcome import Outcome
from narrows.resolve.pairs import group, match
from narrows.resolve.read import read_activities, read_identifiers, read_names, read_texts
from narrows.vocab import names
from narrows.vocab.names.compare import score

READS = (
    "derived.party",
    "derived.link",
    "derived.registration",
    "derived.listing",
    "derived.payment",
    "derived.item",
    "judgement.same",
)
WRITES = (
    "derived.reading_mark", "derived.name_reading", "derived.name_pair", "derived.address_reading", "derived.match",
    "derived.party_entity", "derived.entity", "derived.identifier", "derived.linked",
    "derived.shared", "derived.ownership", "derived.payment_deal",
)  # fmt: skip

# Names beside one valid number that agree less than this are not taken for one firm: the number may be another's.
SAME_NAME = 0.2
# A phone, mail box, account or address of more entities than this ties nobody to anybody.
SHARED_BY_MOST = 20


def run(store: Store, *, progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Work out who is who, for the whole case."""
    engine = store.engine
    with engine.transaction():
        progress("reading names")
        _clean(engine)
        progress("comparing parties")
        match(engine)
        progress("joining parties")
        _join(engine)
        progress("naming entities")
        _name(engine)
        _compare_identifiers(engine)
        engine.run(named("resolve", "keep-linked"))
        engine.run(named("resolve", "keep-shared"), {"most": SHARED_BY_MOST})
        engine.run(named("resolve", "keep-ownership"))
        engine.run(named("resolve", "payment-references"))
    parties, entities, links, payments, matched = engine.row(named("resolve", "counts"))
    warnings = []
    if payments > matched:
        warnings.append(f"{payments - matched} of {payments} payments name no document on record")
    counts = {"parties": parties, "entities": entities, "links": links, "payments matched": matched}
    return Outcome("resolve", counts, tuple(warnings))


def _clean(engine: Engine) -> None:
    with (
        engine.lent("names", read_names(engine)),
        engine.lent("texts", read_texts(engine)),
    ):
        engine.run(named("resolve", "clean-parties"))
    with engine.lent("identifiers", read_identifiers(engine)):
        engine.run(named("resolve", "party-identifiers"))


def _join(engine: Engine) -> None:
    pairs = engine.rows(named("resolve", "identifier-names"))
    scores = score([p[2] for p in pairs], [p[3] for p in pairs], ["organisation"] * len(pairs))
    agreements = pa.table(
        {
            "scheme": pa.array([p[0] for p in pairs], pa.string()),
            "compact": pa.array([p[1] for p in pairs], pa.string()),
            "other": pa.array([p[3] for p in pairs], pa.string()),
            "agrees": pa.array([bool(s >= SAME_NAME) for s in scores], pa.bool_()),
        }
    )
    with engine.lent("agreements", agreements):
        sure = engine.arrow(named("resolve", "sure-pairs"))
    with engine.lent("grouping", group(engine, sure)):
        engine.run(named("resolve", "keep-party-entities"))


def _name(engine: Engine) -> None:
    engine.run(named("resolve", "keep-entities"))
    with engine.lent("titles", read_activities(engine)):
        engine.run(named("resolve", "title-activities"))


def _compare_identifiers(engine: Engine) -> None:
    engine.run(named("resolve", "registered-names"))
    pairs = engine.rows(named("resolve", "names-to-compare"))
    compared = pa.table(
        {
            "name_key": pa.array([a for a, _ in pairs], pa.string()),
            "registered_key": pa.array([b for _, b in pairs], pa.string()),
            "agreement": pa.array([names.agreement(a, b) for a, b in pairs], pa.float64()),
        }
    )
    with engine.lent("compared", compared):
        engine.run(named("resolve", "keep-identifiers"))
