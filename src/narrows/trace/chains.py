"""The chains that fit a recovered item: from its maker through those who held it to the place where it was found.

A best-first search over partial chains. Each step costs what it takes to believe it: little on papers, more by
inference, much where nothing is on record, most where records speak against it. No holder stands in a chain twice, so
that goods that come back make no circle. Costs order alternatives and nothing else; what stands behind them is told in
words.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from narrows.trace.deliveries import SLACK, amount_of, level_of, plain
from narrows.trace.known import PASSED_OVER, Known
from narrows.trace.model import DOCUMENTED, Chain, Delivery, Link, Paper, State

# What it costs to believe a step, by level of evidence; the steps that no paper tells of; and what is added.
COST_OF_LEVEL = {1: 0.0, 2: 0.25, 3: 1.0, 4: 8.0, 5: 12.0}
GAP = 12.0
OUT_OF_TIME = 30.0
BACKWARDS = 8.0
GROWS = 8.0
THE_SAME_PAPER = 0.25
STILL_OUT_OF_TIME = 2.0
UNDATED = 1.0
OTHER_COUNTRY = 2.0
# To take a mark for the item's that is not written the same; for a whole chain once.
COST_OF_MARK: dict[str, float] = {
    "as written": 0.0, "leading zeros": 0.25, "range": 0.0, "look-alikes": 1.0, "range, if the dash means to": 4.0,
    "partial": 4.0,
}  # fmt: skip
# What it costs to let a chain end with a holder that gave of the goods to others.
KEPT_SOME = 10.0
SOLD_ALIKE = 12.0
MAY_HAVE_KEPT = 30.0
GAVE_ALL = 40.0
# Chains that cost this much more than the likeliest are no alternatives.
MUCH_MORE = 12.0

MOST_CHAINS = 5
# Partial chains looked at before the search stops and says so.
MOST_STEPS = 5_000


# Cost, names of the holders, turn, holders, links, and whether it has come to its end.
_Partial = tuple[float, tuple[str, ...], int, tuple[int, ...], tuple[Link, ...], bool]


def chains(known: Known, names: Mapping[int, str]) -> tuple[tuple[Chain, ...], bool]:
    """Return the chains that fit, the likeliest first, at most five; and whether all were looked at.

    Args:
        known: all that is known of the item.
        names: of the holders; of chains that cost the same, the names decide, which do not hang on the order of rows.
    """
    turn = count()
    start = () if known.maker is None else (known.maker,)
    heap: list[_Partial] = [(0.0, (), next(turn), start, (), False)]
    found: list[Chain] = []
    seen: set[tuple[int, ...]] = set()
    steps = 0
    while heap and len(found) < MOST_CHAINS:
        cost, _, _, holders, links, done = heapq.heappop(heap)
        if done:
            if holders not in seen:
                seen.add(holders)
                found.append(Chain(links, round(cost, 2), _reasons(known, links)))
            continue
        steps += 1
        if steps > MOST_STEPS:
            if found:
                break
            # Nothing has come to its end: what is likeliest so far ends where it is.
            _, _, link = next(step for step in _steps(known, holders, links) if step[1] is None)
            found.append(Chain((*links, link), round(cost, 2), _reasons(known, (*links, link))))
            break
        for more, taker, link in _steps(known, holders, links):
            on = holders if taker is None else (*holders, taker)
            called = tuple(names.get(one, "") for one in on)
            heapq.heappush(heap, (round(cost + more, 6), called, next(turn), on, (*links, link), taker is None))
    best = found[0].cost if found else 0.0
    kept = tuple(chain for chain in found if chain.cost < best + MUCH_MORE)
    return kept, steps <= MOST_STEPS


def _steps(known: Known, holders: tuple[int, ...], links: tuple[Link, ...]) -> Iterator[tuple[float, int | None, Link]]:
    """The steps on from a partial chain: what each costs, to whom, and the link."""
    before = links[-1] if links else None
    if not holders:
        if not known.roots:
            yield 0.0, None, _found(known, None, None, "nobody is on record as its maker or as a holder")
        for root in known.roots:
            yield GAP, root, _gap(known, None, root)
        return
    holder = holders[-1]
    for delivery in known.outgoing(holder):
        if delivery.taker not in holders:
            yield _step(known, delivery, links)
    if before is None or before.kind != "gap":
        for root in known.open_roots(holders):
            if not _leads(known, holder, root):
                yield GAP + known.passes_over(holder), root, _gap(known, holder, root)
    more, why = _ending(known, holders)
    # Papers with the mark that begin elsewhere are left unexplained.
    more += PASSED_OVER * len(known.open_roots(holders))
    yield more, None, _found(known, holder, _since(links), why)


def _leads(known: Known, giver: int, taker: int) -> bool:
    return any(delivery.taker == taker for delivery in known.outgoing(giver))


def _step(known: Known, delivery: Delivery, links: tuple[Link, ...]) -> tuple[float, int | None, Link]:
    before, since = links[-1] if links else None, _since(links)
    late, backwards, grows = _late(known, delivery), _backwards(known, delivery, since), _growth(known, delivery)
    against = [*late, *backwards, *grows]
    cost = COST_OF_LEVEL[level_of(delivery, known.maker, sure=True)]
    if before is not None and {p.record for p in before.papers} == {p.record for p in delivery.papers}:
        cost = min(cost, THE_SAME_PAPER)  # one paper that names several holders is believed once
    cost += (GROWS if grows else 0.0) + (BACKWARDS if backwards else 0.0)
    if late:
        cost += STILL_OUT_OF_TIME if before is not None and before.state == "contradicted" else OUT_OF_TIME
    if delivery.kind in ("same goods", "payment"):
        cost += known.passes_over(delivery.giver)
    cost += max(0.0, _mark_cost(delivery.papers) - max((_mark_cost(link.papers) for link in links), default=0.0))
    why = [*against, *delivery.notes]
    if delivery.first is None and delivery.kind != "named maker":
        cost += UNDATED
        why.append("none of its papers has the day of the delivery")
    link = _link(known, delivery, since, "contradicted" if against else _state(delivery), why)
    if link.how is not None and link.how != "the same as written":
        why.append(f"the mark: {link.how}")
    times, total = known.together(delivery.giver, delivery.taker, link.measure)
    if delivery.kind == "delivery" and times > 1:
        much = "" if total is None else f", {amount_of(total, link.measure)} in all"
        why.append(f"one of {times} deliveries between them{much}")
    if delivery.kind == "same goods":
        why.append("the same goods, without a lot or serial number")
        if known.item.country is not None and known.item.country not in {p.destination for p in delivery.papers}:
            cost += OTHER_COUNTRY
    if delivery.kind == "payment":
        why.append("only a payment is on record")
    if delivery.kind == "named maker":
        why.append("a paper names the maker; no paper of its own delivery is on record")
    if delivery.level == 5:
        why.append("its source is rated unreliable, or what it says improbable")
    return cost, delivery.taker, _link(known, delivery, since, link.state, why)


def _mark_cost(papers: Sequence[Paper]) -> float:
    """What it costs to take the surest of the marks on papers for the item's."""
    marked = [paper.agreement for paper in papers if paper.agreement is not None]
    return COST_OF_MARK[min(marked, key=lambda agreement: agreement.rank).how] if marked else 0.0


def _state(delivery: Delivery) -> State:
    return "documented" if delivery.level <= DOCUMENTED else "inferred"


def _late(known: Known, delivery: Delivery) -> list[str]:
    """Whether a delivery is dated after the recovery, in words."""
    found = known.item.date
    if found is None or delivery.first is None or delivery.first <= found:
        return []
    return [f"its papers are of {delivery.first}, after the recovery on {found}"]


def _backwards(known: Known, delivery: Delivery, since: date | None) -> list[str]:
    """Whether goods are given before they are received or made, in words."""
    found = []
    made = known.made if delivery.giver == known.maker else None
    if made is not None and delivery.last is not None and delivery.last < made:
        found.append(f"delivered by {delivery.last}, made on {known.made}")
    if since is not None and delivery.last is not None and delivery.last < since:
        found.append(f"dates run backwards: given by {delivery.last}, received on {since}")
    return found


def _growth(known: Known, delivery: Delivery) -> list[str]:
    """What quantities say against a delivery, in words: its giver gave more of the lot than it received."""
    if delivery.kind != "delivery":
        return []
    return [
        f"the lot grows: {amount_of(flow.received or 0, flow.measure)} received, {plain(flow.gave or 0)} given"
        for flow in known.flows.get(delivery.giver, ())
        if flow.grows
    ]


def _ending(known: Known, holders: tuple[int, ...]) -> tuple[float, str]:
    """What it costs to let a chain end with the last of its holders, and why."""
    holder = holders[-1]
    piece = known.item.serial is not None
    found = known.item.date
    # What was given on after the find did not leave with the item, unless papers show that very piece.
    out = [
        delivery
        for delivery in known.outgoing(holder)
        if (piece or found is None or delivery.first is None or delivery.first <= found)
        and delivery.taker not in holders
    ]
    marked = [delivery for delivery in out if delivery.kind == "delivery"]
    if not marked:
        alike = [delivery for delivery in out if delivery.kind == "same goods"]
        if alike:
            return SOLD_ALIKE, "the same goods went on from here, without a lot or serial number"
        return 0.0, "no record shows it going on from here"
    if piece and any(p.serial is not None for delivery in marked for p in delivery.papers):
        return GAVE_ALL, "papers show this very piece going on from here"
    for flow in known.flows.get(holder, ()):
        if flow.received is not None and flow.gave is not None:
            left = flow.received - flow.gave
            if left > SLACK * flow.received:
                return (
                    KEPT_SOME,
                    f"{plain(left)} of {amount_of(flow.received, flow.measure)} are not shown to have gone on",
                )
            return GAVE_ALL, "all that was received is shown to have gone on"
    return MAY_HAVE_KEPT, "how much stayed here is not on record"


def _since(links: tuple[Link, ...]) -> date | None:
    """The day of the last link that has one."""
    return next((link.date for link in reversed(links) if link.date is not None), None)


def _link(known: Known, delivery: Delivery, since: date | None, state: State, why: Sequence[str]) -> Link:
    measure = next((m for m in ("pieces", "kg", "l") if m in delivery.amounts), None)
    flow = next((f for f in known.flows.get(delivery.giver, ()) if f.measure == measure), None)
    return Link(
        delivery.giver, delivery.taker, delivery.kind, state, delivery.level, delivery.first, delivery.last,
        (delivery.first - since).days if since is not None and delivery.first is not None else None,
        delivery.amounts.get(measure or ""), measure, None if flow is None else flow.received,
        None if flow is None else flow.gave, delivery.papers, tuple(why),
    )  # fmt: skip


def _gap(known: Known, giver: int | None, taker: int) -> Link:
    papers = known.seen.get(taker, ())
    why = "no record shows " + (
        "from whom this holder had it" if giver is None else "how it got from the one to the other"
    )
    more = ("papers name this holder alone",) if papers else ()
    return Link(giver, taker, "gap", "missing", None, None, None, None, None, None, None, None, papers, (why, *more))


def _found(known: Known, holder: int | None, since: date | None, why: str) -> Link:
    """The last link: from the last holder to the place where the item was found."""
    item = known.item
    days = (item.date - since).days if item.date is not None and since is not None else None
    told = known.flows.get(holder, ()) if holder is not None and item.quantity is not None else ()
    against = [
        f"the lot grows: {amount_of(flow.received, flow.measure)} received, {plain(item.quantity or 0)} found"
        for flow in told
        if flow.measure == item.measure
        and flow.received is not None
        and (item.quantity or 0) > flow.received * (1 + SLACK)
    ]
    reasons = (*against, "no record shows how it got to the place where it was found", why)
    return Link(holder, None, "found", "contradicted" if against else "missing", None, item.date, item.date, days,
                item.quantity, item.measure, None, None, (), reasons)  # fmt: skip


def _reasons(known: Known, links: tuple[Link, ...]) -> tuple[str, ...]:
    """Why a chain stands where it stands: what its links rest on, and how it ends."""
    states = [link.state for link in links]
    told = [f"{states.count(state)} {state}" for state in dict.fromkeys(states)]
    reasons = [f"{len(links)} step{'s' if len(links) > 1 else ''}: {', '.join(told)}"]
    how = sorted({link.how for link in links if link.how is not None and link.how != "the same as written"})
    reasons += [f"the mark: {text}" for text in how]
    inferred = [link for link in links if link.kind == "same goods"]
    country = known.item.country
    if country is not None and any(country in {p.destination for p in link.papers} for link in inferred):
        reasons.append("the same goods were sent to the country where it was found")
    reasons += known.share(links)
    return (*reasons, links[-1].why[-1])
