"""From day to day: when somebody, alone or with another, could first have asked about a scheme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from narrows.hindsight.past import Actor, Hit, Pasts, Seen
from narrows.hindsight.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Sight:
    """What an actor saw of a scheme: (shape, record) -> the day on which it got it."""

    actor: Actor
    records: dict[tuple[str, int], date]

    @property
    def goods(self) -> frozenset[int]:
        """The goods lines among it."""
        return frozenset(record for shape, record in self.records if shape == "item")

    @property
    def days(self) -> list[date]:
        """The days on which something came, in order."""
        return sorted(set(self.records.values()))


@dataclass(frozen=True, slots=True)
class Asked:
    """The first day on which flags stood on a scheme's records, and which."""

    day: date
    hits: tuple[Hit, ...]

    @property
    def codes(self) -> list[str]:
        """The indicators, each once."""
        return sorted({hit.code for hit in self.hits})

    @property
    def first(self) -> Hit:
        """The one that is told: a legal check before others, then by its code."""
        return self.hits[0]


@dataclass(frozen=True, slots=True)
class Alone:
    """What one actor could have asked about a scheme: `hit` at all, `alert` as a transaction under alert.

    `judged` is false where it saw nothing that any red flag judges.
    """

    sight: Sight
    hit: Asked | None
    alert: Asked | None
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Shared:
    """What two actors together could have asked that neither could alone, or not as early.

    Attributes:
        hit: on a day before either could have asked alone; None where that was none earlier.
        alone: the earlier of the two alone; None where neither could.
        only: indicators that stood in the end for the two together only.
    """

    left: Actor
    right: Actor
    hit: Asked | None
    alone: Alone | None
    only: tuple[str, ...]


def alone(pasts: Pasts, scheme: Scheme, sight: Sight) -> Alone:
    """Walk the days on which something of a scheme came to an actor, until a flag stands on it, then an alert."""
    if pasts.needs_goods and not sight.goods:
        return Alone(sight, None, None, judged=False)
    asked = None
    for day in sight.days:
        seen = pasts.seen([sight.actor.number], day)
        hits = _standing(scheme, seen)
        if asked is None and hits:
            asked = Asked(day, hits)
        if alerted := tuple(hit for hit in hits if hit.record in seen.alerted):
            return Alone(sight, asked, Asked(day, alerted))
    return Alone(sight, asked, None)


def first_alone(found: Sequence[Alone]) -> Alone | None:
    """Return who could have asked first of those who had only what was their own; None where nobody could."""
    able = [one for one in found if one.hit is not None and one.sight.actor.kind != "all"]
    return min(able, key=lambda one: (_day_of(one), one.sight.actor.number), default=None)


def shared(pasts: Pasts, scheme: Scheme, found: Sequence[Alone]) -> Iterator[Shared]:
    """Yield what each pair of actors would have added by sharing, where it adds something.

    Before both had a record of the scheme, neither had anything to share. `all` is nobody to share with.
    """
    for one, other in combinations([a for a in found if a.sight.actor.kind != "all"], 2):
        mine, yours = one.sight.records, other.sight.records
        if not _complete(scheme, one.sight, other.sight):
            continue
        both = [one.sight.actor.number, other.sight.actor.number]
        first = min((a for a in (one, other) if a.hit is not None), key=_day_of, default=None)
        hit = _earlier(pasts, scheme, one, other, None if first is None else _day_of(first))
        last = max(*mine.values(), *yours.values())
        together, left, right = (_codes(scheme, pasts.seen(who, last)) for who in (both, both[:1], both[1:]))
        only = tuple(sorted(together - left - right))
        if hit is not None or only:
            yield Shared(one.sight.actor, other.sight.actor, hit, first, only)


def _complete(scheme: Scheme, one: Sight, other: Sight) -> bool:
    """Whether two have something to put together.

    Each has a goods line of the scheme that the other has not, or one has a payment or a statement that tells of a line
    of the other's, who does not have it.
    """
    if one.goods - other.goods and other.goods - one.goods:
        return True
    return any(
        scheme.records[key] & mine.goods
        for mine, yours in ((one, other), (other, one))
        for key in yours.records.keys() - mine.records.keys()
        if key[0] != "item"
    )


def _earlier(pasts: Pasts, scheme: Scheme, one: Alone, other: Alone, before: date | None) -> Asked | None:
    begin = max(one.sight.days[0], other.sight.days[0])
    for day in sorted({*one.sight.days, *other.sight.days}):
        if day < begin:
            continue
        if before is not None and day >= before:
            return None
        if hits := _standing(scheme, pasts.seen([one.sight.actor.number, other.sight.actor.number], day)):
            return Asked(day, hits)
    return None


def _standing(scheme: Scheme, seen: Seen) -> tuple[Hit, ...]:
    """The flags that stand on a scheme's records, the one to be told first."""
    hits = [hit for record in scheme.numbers & seen.hits.keys() for hit in seen.hits[record]]
    return tuple(sorted(hits, key=lambda h: (h.kind != "gate", h.record not in seen.alerted, h.code, h.record, h.says)))


def _codes(scheme: Scheme, seen: Seen) -> set[str]:
    return {hit.code for hit in _standing(scheme, seen)}


def _day_of(found: Alone) -> date:
    assert found.hit is not None
    return found.hit.day
