"""Hindsight: who could first have asked about a scheme of alerts, on which day, by what, and what had moved by then.

Reads the tables of load, resolve and screen. Writes `derived.scheme`, `derived.scheme_consignment`, `derived.replay`,
`derived.replay_sharing`.

Alerts that share a buyer, a consignee or a payer, or whose parties a register links, are one scheme. For each scheme
and each actor the case is replayed: on each day on which something of the scheme came to the actor, the records that it
had by then, and no others, are resolved and screened as if they were all there is (`past.py`). The first day on which a
flag stands on a goods line of the scheme is the day on which the actor could first have asked; the first on which a
legal check or flags of two families stand on one transaction is that of its first alert. To be able to ask is no duty.

Who is taken to have seen what, from the day that the record carries:

- distributor, whoever sells: goods lines in which it is seller, buyer or consignor; payments in which it is payee or
  payer; end-use statements in a file with lines of its own, or, where their file has no lines, of firms that bought
  from it; contracts that name it.
- maker, a seller that stands as manufacturer of what it sells: the same. A line that only names it as manufacturer
  lies with whoever sold.
- banks of payers in a country: payments whose payer banks there; where no bank is known, whose payer sits there.
- carrier or forwarder: goods lines that name it so; contracts that name it.
- carrier of a file: its bills of lading that name neither carrier nor forwarder.
- customs of a country: declarations and bills of lading with departure or destination there; no country is guessed.
- all together: all of that.
- everybody: registers, a firm from its founding day, an office or a holding from its first day; lists from the day of
  their version.

A record without a day is taken to have been seen by nobody, which is counted and told. What a person judged later about
who is who, the end of an office that was still held, and later versions of lists are not known in a past. Three things
are not: a register is as it was extracted, so a firm has its present activity from its founding on; a row is
taken to have been whole on its day; and the red flags with their parameters are those of today.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa

from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.hindsight.past import Actor, Pasts
from narrows.hindsight.rows import answer_rows, replay_rows, sharing_rows
from narrows.hindsight.schemes import Scheme, lay_schemes
from narrows.hindsight.walk import Alone, Shared, Sight, alone, shared
from narrows.model.outcome import Outcome

READS = (
    "evidence.source", "evidence.part", "derived.item", "derived.goods", "derived.party", "derived.payment",
    "derived.registration", "derived.link", "derived.statement", "derived.listing", "derived.column_use",
    "derived.unread_value", "derived.list_fact", "derived.reading_mark", "derived.name_reading", "derived.name_pair",
    "derived.address_reading", "derived.party_entity", "derived.entity", "derived.linked", "derived.payment_deal",
    "derived.trade_line", "derived.alert", "judgement.list_version", "judgement.accepted_indicator",
)  # fmt: skip
WRITES = ("derived.scheme", "derived.scheme_consignment", "derived.replay", "derived.replay_sharing")

# Schemes that are replayed unless more are asked for.
SCHEMES = 20


def run(store: Store, *, schemes: int = SCHEMES, progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Replay the schemes that stand highest in the queue.

    Args:
        store: the open case, resolved and screened as it stands.
        schemes: how many are replayed; the others are named as not done.
        progress: is told what is being done.
    """
    engine = store.engine
    with engine.transaction():
        engine.run(named("tables", "derived-replay"))
        progress("gathering schemes")
        found = lay_schemes(engine)
        chosen, left_out = found[:schemes], found[schemes:]
        if not chosen:
            return Outcome("replay", {"schemes": len(found), "replayed": 0}, undone=_left_out(left_out))
        progress("laying out the past")
        pasts = Pasts(store, {record for scheme in chosen for record in scheme.numbers})
        try:
            actors = {actor.number: actor for actor in pasts.actors()}
            sights = _sights(pasts, chosen, actors)
            alones, shares = list[tuple[Scheme, Alone]](), list[tuple[Scheme, Shared]]()
            for scheme in chosen:
                mine = []
                for sight in sights.get(scheme.scheme, []):
                    progress(f"{scheme.title}: {sight.actor.name}")
                    mine.append(alone(pasts, scheme, sight))
                progress(f"{scheme.title}: what sharing would have added")
                alones += [(scheme, one) for one in mine]
                shares += [(scheme, both) for both in shared(pasts, scheme, mine)]
            with engine.lent("found", replay_rows(alones)):
                engine.run(named("replay", "add-replay"))
            with engine.lent("found", sharing_rows(shares)):
                engine.run(named("replay", "add-sharing"))
            with engine.lent("answer", answer_rows(chosen, alones)):
                engine.run(named("replay", "answer-schemes"))
            counts = {
                "schemes": len(found), "replayed": len(chosen), "actors": len(actors), "days screened": pasts.screened,
                "pairs that sharing would have helped": len(shares),
            }  # fmt: skip
            undone = (*_left_out(left_out), *sorted(pasts.undone))
            return Outcome("replay", counts, _unseen(pasts, sights, chosen), undone)
        finally:
            pasts.close()


def _sights(pasts: Pasts, schemes: Sequence[Scheme], actors: dict[int, Actor]) -> dict[str, list[Sight]]:
    """Return for each scheme who saw what of it; its own parties are not asked whether they could have asked."""
    rows = [(scheme.scheme, shape, record) for scheme in schemes for shape, record in sorted(scheme.records)]
    belonging = pa.table(
        {
            "scheme": pa.array([scheme for scheme, _, _ in rows], pa.string()),
            "shape": pa.array([shape for _, shape, _ in rows], pa.string()),
            "record": pa.array([record for _, _, record in rows], pa.int64()),
        }
    )
    parties = {scheme.scheme: scheme.parties for scheme in schemes}
    found: dict[str, dict[int, Sight]] = {}
    with pasts.engine.lent("belonging", belonging):
        for scheme, number, day, shape, record in pasts.engine.rows(named("replay", "sight")):
            actor = actors[number]
            if actor.entity not in parties[scheme]:
                sight = found.setdefault(scheme, {}).setdefault(number, Sight(actor, {}))
                sight.records[shape, record] = day
    return {scheme: list(sights.values()) for scheme, sights in found.items()}


def _left_out(schemes: Sequence[Scheme]) -> tuple[str, ...]:
    if not schemes:
        return ()
    told = ", ".join(f"{scheme.scheme} ({scheme.title})" for scheme in schemes[:10])
    more = f" and {len(schemes) - 10} more" if len(schemes) > 10 else ""
    return (f"{len(schemes)} schemes further down the queue were not replayed: {told}{more}; ask for more schemes",)


def _unseen(pasts: Pasts, sights: dict[str, list[Sight]], schemes: Sequence[Scheme]) -> tuple[str, ...]:
    warnings = [
        f"{kind}: {count:,} without a day, taken to have been seen by nobody" for kind, count in pasts.undated().items()
    ]
    if unplaced := pasts.unplaced():
        warnings.append(
            f"{unplaced:,} lines of declarations and bills of lading name no country of departure or destination, "
            "and are taken to have been seen by no customs"
        )
    warnings += [
        f"nothing of {scheme.scheme} ({scheme.title}) carries a day"
        for scheme in schemes
        if scheme.scheme not in sights
    ]
    return tuple(warnings)
