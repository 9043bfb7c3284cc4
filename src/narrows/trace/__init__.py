"""Trace: how a recovered item got where it was found, step by step, and what is missing.

Reads `derived.recovery`, `.item`, `.goods`, `.payment`, `.party_entity`, `.entity`, and `evidence.source`. Writes
`derived.custody_item`, `.custody_mark`, `.custody_chain`, `.custody_link`, `.custody_note`, `.custody_ask`,
`.custody_party`, `judgement.trace_request`, `judgement.inference`.

Records whose lot or serial number agrees with an item's are put together to deliveries, and deliveries to chains from
the maker to the place of the find. Each link says on what level of evidence it stands, and whether it is documented,
inferred, contradicted or missing. To have held something is no reproach: nothing is inferred of any party.
"""

from __future__ import annotations

from collections.abc import Callable

from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.model.outcome import Outcome
from narrows.trace.asking import draft_request
from narrows.trace.candidates import candidates, read_items
from narrows.trace.chains import chains
from narrows.trace.gather import gather
from narrows.trace.read import Custody, custody
from narrows.trace.requests import Request, infer, step
from narrows.trace.settle import settle
from narrows.trace.write import Traced, holders_of, parties_of, write

__all__ = ["READS", "WRITES", "Custody", "Request", "custody", "draft_request", "infer", "run", "step"]

READS = (
    "derived.recovery", "derived.item", "derived.goods", "derived.payment", "derived.party_entity", "derived.entity",
    "evidence.source", "evidence.part",
)  # fmt: skip
WRITES = (
    "derived.custody_item", "derived.custody_mark", "derived.custody_chain", "derived.custody_link",
    "derived.custody_note", "derived.custody_ask", "derived.custody_party", "judgement.trace_request",
    "judgement.inference",
)  # fmt: skip


def run(store: Store, *, progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Trace every recovered item of the case."""
    engine = store.engine
    with engine.transaction():
        engine.run(named("tables", "derived-trace"))
        items = read_items(engine)
        progress("comparing lot and serial numbers")
        found = candidates(engine, items)
        progress("gathering deliveries")
        gathered = gather(engine, items, found)
        progress("following chains")
        parties = parties_of(engine, {holder for one in gathered.values() for holder in one.known.holders})
        names = {entity: name for entity, name, _ in parties}
        private = {entity for entity, _, alone in parties if alone}
        traced, undone = [], []
        for item in items:
            fitting, all_of_them = chains(gathered[item.key].known, names)
            traced.append(Traced(item, gathered[item.key], found[item.key], fitting))
            if not all_of_them:
                undone.append(f"{item.key}: more chains fit than were looked at; those shown are the likeliest of them")
        asks = settle({one.item.key: (one.item, one.chains[0]) for one in traced}, private, names)
        shown = {holder for one in traced for holder in holders_of(one)}
        write(engine, traced, asks, [party for party in parties if party[0] in shown])
    states = [link.state for one in traced for link in one.chains[0].links]
    counts = {
        "recovered items": len(items),
        "records that bear their marks": sum(len(one.gathered.taken) for one in traced),
        "links": len(states),
        **{state: states.count(state) for state in ("documented", "inferred", "contradicted", "missing")},
    }
    return Outcome("trace", counts, undone=tuple(undone))
