"""Second attributes: what is known of a party and of a listed entry besides their names, and what of it agrees.

Addresses, numbers and ways to reach somebody, as far as both sides have them. Nothing is looked at that tells what a
person is: no nationality, no place or date of birth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from narrows.vocab.addresses import Address, agreement, is_weak, parse
from narrows.vocab.gazetteer import Place
from narrows.vocab.identifiers import check, e164, email_domain, is_free_mail, web_domain
from narrows.vocab.places import country

# The surest of what agrees, from what one party alone has to what millions share.
Surest = Literal["number", "contact", "address", "town", "country"]
_ORDER: tuple[Surest, ...] = ("number", "contact", "address", "town", "country")

# What a list calls a number -> how it is told, and the fields in which a record may have it.
_NUMBERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "vat": ("tax number", ("vat", "registration")),
    "registration": ("register number", ("registration", "vat")),
    "lei": ("LEI", ("lei", "registration")),
    "imo": ("IMO number", ("registration", "id")),
    "passport": ("passport number", ("id", "registration")),
    "national-id": ("identity number", ("id", "registration", "vat")),
}
_SHORTEST_NUMBER = 6
# From here on two addresses are one: the same street and number, or the same unit of a building.
_SAME_ADDRESS = 0.8
# A record of a list with more addresses than these is not taken apart further.
_MOST_ADDRESSES = 50

Said = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a party or of an entry besides its names, in the forms that are compared.

    Attributes:
        numbers: field -> the forms of its numbers.
        countries: ISO codes of its addresses.
        towns: the towns of its addresses; a province stands for its seat, and for itself where no town is named.
        addresses: those that say who somebody is.
        phones, mails, domains: telephone numbers, mailboxes, and domains that are a firm's own.
    """

    numbers: Mapping[str, frozenset[str]]
    countries: frozenset[str]
    towns: frozenset[Place]
    addresses: tuple[Address, ...]
    phones: frozenset[str]
    mails: frozenset[str]
    domains: frozenset[str]


NOTHING = Known({}, frozenset(), frozenset(), (), frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Compared:
    """What agrees and what does not, in words, and the surest of what agrees."""

    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    surest: Surest | None


def gathered(rows: Iterable[tuple[Any, Any, str, str]]) -> dict[Any, Known]:
    """Return what is known of each owner.

    Args:
        rows: owner, record or party that says so, field, value; values of one record belong together.
    """
    said: dict[Any, dict[Any, dict[str, list[str]]]] = {}
    for owner, place, field, value in rows:
        said.setdefault(owner, {}).setdefault(place, {}).setdefault(field, []).append(value)
    return {owner: _known(list(places.values())) for owner, places in said.items()}


def compared(party: Known, entry: Known) -> Compared:
    """Compare what is known of a party with what is known of an entry."""
    found = list(_compared(party, entry))
    kinds = {kind for kind, _, same in found if same}
    return Compared(
        tuple(told for _, told, same in found if same),
        tuple(told for _, told, same in found if not same),
        next((kind for kind in _ORDER if kind in kinds), None),
    )


def _compared(party: Known, entry: Known) -> Iterator[tuple[Surest, str, bool]]:
    """Yield what is known on both sides, how it is told, and whether it agrees."""
    for what, (told, fields) in _NUMBERS.items():
        numbers = entry.numbers.get(what, frozenset())
        if any(numbers & party.numbers.get(field, frozenset()) for field in fields):
            yield "number", told, True
        elif numbers and party.numbers.get(what):
            yield "number", told, False
    contacts = (
        ("phone", party.phones, entry.phones),
        ("e-mail", party.mails, entry.mails),
        ("web domain", party.domains, entry.domains),
    )
    for told, ours, theirs in contacts:
        if ours and theirs:
            yield "contact", told, bool(ours & theirs)
    if party.addresses and entry.addresses:
        same = any(agreement(a, b)[0] >= _SAME_ADDRESS for a in party.addresses for b in entry.addresses)
        yield "address", "address", same
    common = party.towns & entry.towns
    if common:
        yield "town", ", ".join(sorted(f"{place.kind} {place.name}" for place in common)), True
    elif party.towns and entry.towns and not any(_nested(a, b) for a in party.towns for b in entry.towns):
        yield "town", "town", False
    if party.countries and entry.countries:
        lands = sorted(party.countries & entry.countries)
        yield "country", f"country {', '.join(lands)}" if lands else "country", bool(lands)


def _nested(a: Place, b: Place) -> bool:
    """Say whether one place is the province of the other, so that it is not known whether they are the same."""
    return a.province == b.id or b.province == a.id


def _known(said: Sequence[Said]) -> Known:
    places = [place for one in said for place in _places(one)]
    stated = {land for one in said for land in _lands(one)}
    lands = tuple(sorted(stated))
    mails = {mail.strip().lower() for mail in _all(said, "email") if email_domain(mail) is not None}
    domains = {web_domain(text) for field in ("web", "email") for text in _all(said, field)}
    return Known(
        numbers={
            field: frozenset(form for number in _all(said, field) for form in _forms(field, number, lands))
            for field in {*_NUMBERS, "id"}
        },
        countries=frozenset(stated | {place.country for _, place in places if place.country is not None}),
        towns=frozenset(p.place for _, p in places if p.place is not None and p.place.kind in ("town", "province")),
        addresses=tuple(place for text, place in places if text is not None and is_weak(text) is None),
        phones=frozenset(
            number for phone in _all(said, "phone") for land in (None, *lands) if (number := e164(phone, land))
        ),
        mails=frozenset(mails),
        domains=frozenset(domain for domain in domains if domain is not None and not is_free_mail(domain)),
    )


def _all(said: Sequence[Said], field: str) -> Iterator[str]:
    return (value for one in said for value in one.get(field, ()))


def _lands(one: Said) -> list[str]:
    return sorted({code for text in one.get("country", ()) if (code := country(text)) is not None})


def _places(one: Said) -> list[tuple[str | None, Address]]:
    """Return the addresses of one record; of several countries or towns it is not known which belongs to which."""
    cities, lands = one.get("city", ()), _lands(one)
    land = lands[0] if len(lands) == 1 else None
    texts: Sequence[str | None] = one.get("address", ())[:_MOST_ADDRESSES]
    if texts:
        city = cities[0] if len(cities) == 1 else None
        found = [(text, parse(text, city, land)) for text in texts]
        return found if city is not None or not cities else [*found, *((None, parse(None, c, land)) for c in cities)]
    return [(None, parse(None, city, land)) for city in cities[:_MOST_ADDRESSES]]


def _forms(field: str, number: str, lands: Sequence[str]) -> Iterator[str]:
    """Yield the forms in which a number may stand: with the prefix of a country and without."""
    for read in (check("number", number), *(check(field, number, land) for land in (None, *lands))):
        value = "" if read is None else read.value.removeprefix("IMO")
        if len(value) >= _SHORTEST_NUMBER and any(map(str.isdecimal, value)):
            yield value
