"""Resolve: who is who, and why we think so.

Reads `derived.party`, `derived.link`, `derived.registration`, `derived.payment`, `derived.item`. Writes
`derived.party_entity`, `derived.entity`, `derived.identifier`, `derived.linked`, `derived.payment_deal`.

Two parties are one entity when they carry the same number of one publisher, the same valid number of a register
beside names that agree, or the same name (legal form and spelling put aside) where no country and no number speaks
against it. A placeholder ("TO ORDER") is nobody. Persons are joined by name and address together, never by a surname.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.model.outcome import Outcome
from narrows.resolve.cluster import components
from narrows.resolve.read import read_activities, read_identifiers, read_names, read_texts
from narrows.vocab import names

READS = (
    "derived.party",
    "derived.link",
    "derived.registration",
    "derived.listing",
    "derived.payment",
    "derived.item",
)
WRITES = (
    "derived.party_entity", "derived.entity", "derived.identifier", "derived.linked", "derived.payment_deal",
)  # fmt: skip

# Names beside one valid number that agree less than this are not taken for one firm: the number may be another's.
SAME_NAME = 0.6


def run(store: Store, *, progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Work out who is who, for the whole case."""
    engine = store.engine
    with engine.transaction():
        progress("reading names")
        _clean(engine)
        progress("joining parties")
        _join(engine)
        progress("naming entities")
        _name(engine)
        _compare_identifiers(engine)
        engine.run(named("resolve", "keep-linked"))
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
    agreements = pa.table(
        {
            "scheme": pa.array([p[0] for p in pairs], pa.string()),
            "compact": pa.array([p[1] for p in pairs], pa.string()),
            "other": pa.array([p[3] for p in pairs], pa.string()),
            "agrees": pa.array([names.agreement(p[2], p[3]) >= SAME_NAME for p in pairs], pa.bool_()),
        }
    )
    with engine.lent("agreements", agreements):
        engine.run(named("resolve", "party-keys"))
    with engine.lent("grouping", components(engine.arrow(named("resolve", "key-numbers")))):
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
