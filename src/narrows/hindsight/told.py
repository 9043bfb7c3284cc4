"""What replay says in plain sentences. To be able to ask is no duty to have asked: nobody is blamed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from narrows.hindsight.schemes import Consignment
from narrows.hindsight.walk import Alone, Asked, Shared, first_alone

_ALL = "all"


def told_scheme(found: Sequence[Alone], consignments: Sequence[Consignment]) -> str:
    """Say who could have asked first, and whether all together could have asked earlier."""
    first = first_alone(found)
    together = next((one for one in found if one.sight.actor.kind == _ALL), None)
    if together is None:
        return "Nothing of it carries a day."
    if first is None or first.hit is None:
        alone = "Nobody could have asked with only what was their own."
        return alone if together.hit is None else f"{alone} {told_alone(together, consignments)}"
    told = told_alone(first, consignments)
    if together.hit is None or together.hit.day >= first.hit.day:
        return told
    return (
        f"{told} All actors together could have asked {_count((first.hit.day - together.hit.day).days, 'day')} earlier."
    )


def told_alone(found: Alone, consignments: Sequence[Consignment]) -> str:
    """Say when an actor could first have asked, by what, and what had moved."""
    actor, days = found.sight.actor, found.sight.days
    name = "All actors together" if actor.kind == _ALL else _capital(actor.name)
    if found.hit is None:
        what = "no flag stood on what was seen by then"
        if not found.judged:
            what = "goods lines, on which every flag stands, were not among them"
        return f"{name} had {_count(len(found.sight.records), 'record')} of it, the first on {days[0]}; {what}."
    before, after = parted(consignments, found.hit.day)
    # The later part is told by its count alone: the whole stands beside the first part.
    told = (
        f"{name} could first have asked on {found.hit.day}, by {_codes(found.hit)}: "
        f"{_of(before, consignments)} had moved; {len(after)} moved on that day or after."
    )
    if undated := [c for c in consignments if c.day is None]:
        told += f" {_count(len(undated), 'consignment')} carr{'ies' if len(undated) == 1 else 'y'} no day."
    if found.alert is None:
        return f"{told} It came to no alert."
    if found.alert.day == found.hit.day:
        return f"{told} That made an alert."
    earlier, _ = parted(consignments, found.alert.day)
    return f"{told} An alert stood from {found.alert.day}, when {len(earlier)} had moved."


def told_shared(found: Shared, consignments: Sequence[Consignment]) -> str:
    """Say what two actors would have had from putting together what each had."""
    left, right = found.left.name, found.right.name
    told = ""
    if found.hit is not None:
        told = f"Had {left} and {right} put together what they had, they could have asked on {found.hit.day}, "
        told += f"by {_codes(found.hit)}"
        if found.alone is None or found.alone.hit is None:
            moved = between(consignments, found.hit.day, None)
            told += f", which neither could alone: {_moved(moved)} from that day on."
        else:
            moved = between(consignments, found.hit.day, found.alone.hit.day)
            days = (found.alone.hit.day - found.hit.day).days
            told += f", {_count(days, 'day')} before {found.alone.sight.actor.name} alone: {_moved(moved)} in between."
    if found.only:
        also = " Together they would also have had " if told else f"{_capital(left)} and {right} would have had "
        told += f"{also}{_listed(found.only)} on record, which neither has alone."
    return told


def parted(consignments: Iterable[Consignment], day: date) -> tuple[list[Consignment], list[Consignment]]:
    """Return what moved before a day, and what moved on it or after; what carries no day is in neither."""
    dated = [c for c in consignments if c.day is not None]
    return [c for c in dated if c.day is not None and c.day < day], [
        c for c in dated if c.day is not None and c.day >= day
    ]


def between(consignments: Iterable[Consignment], since: date, before: date | None) -> list[Consignment]:
    """Return what moved from a day on, before another."""
    return [c for c in consignments if c.day is not None and since <= c.day and (before is None or c.day < before)]


def mass(consignments: Iterable[Consignment]) -> float | None:
    """Return the weight of consignments in kg; None where none says any."""
    known = [c.mass for c in consignments if c.mass is not None]
    return sum(known) if known else None


def amounts(consignments: Iterable[Consignment]) -> dict[str, Decimal]:
    """Return the value of consignments by currency; currencies are never added up."""
    found: dict[str, Decimal] = {}
    for consignment in consignments:
        for currency, amount in consignment.amounts.items():
            found[currency] = found.get(currency, Decimal(0)) + amount
    return dict(sorted(found.items()))


def _of(part: Sequence[Consignment], whole: Sequence[Consignment]) -> str:
    told = f"{len(part)} of {_count(len(whole), 'consignment')}"
    all_mass = mass(whole)
    if all_mass is None:
        return told
    large = all_mass >= 1000
    some = mass(part) or 0.0
    weighed = (
        f"{_number(some / 1000)} of {_number(all_mass / 1000)} t"
        if large
        else f"{_number(some)} of {_number(all_mass)} kg"
    )
    return (
        f"{told} ({weighed} where a weight is on record)"
        if any(c.mass is None for c in whole)
        else f"{told} ({weighed})"
    )


def _moved(consignments: Sequence[Consignment]) -> str:
    weight = mass(consignments)
    told = _count(len(consignments), "consignment")
    if weight is not None:
        told += f" ({_number(weight / 1000)} t)" if weight >= 1000 else f" ({_number(weight)} kg)"
    return f"{told} moved"


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _codes(asked: Asked) -> str:
    return _listed([asked.first.code, *(code for code in asked.codes if code != asked.first.code)])


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
