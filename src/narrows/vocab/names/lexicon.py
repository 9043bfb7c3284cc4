"""What the words of names mean: words of trade in their languages, given names in their spellings, particles.

The tables are `words.toml`, `given.toml` and `particles.toml`; places come from the gazetteer. All are looked up by
folded text, in phrases of up to four words. They say that two spellings are one word, and nothing else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from narrows.vocab import gazetteer
from narrows.vocab.names.classes import TABLE_BITS
from narrows.vocab.names.keys import is_form
from narrows.vocab.names.sounds import heard_alike, is_abjad, latin, skeleton, sounds
from narrows.vocab.text import fold

_LONGEST_PLACE = 2
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word or phrase stands for.

    Attributes:
        ids: the words that it may be a spelling of, as numbers.
        near: words of other languages that often name the same.
        role: activity, common, filler, place, vessel; "given" for personal names.
    """

    ids: tuple[int, ...]
    near: tuple[int, ...] = ()
    role: str = "given"


@dataclass(frozen=True, slots=True)
class Particles:
    """Small words of personal names, folded."""

    articles: frozenset[str]
    children: frozenset[str]
    parents: frozenset[str]
    small: frozenset[str]
    titles: frozenset[Phrase]
    patronymic: tuple[str, ...]


_ROLES = {"direction": "place"}
# What nearly every firm says that it does: it tells as little as "company".
_GENERAL = frozenset(
    [
        "trade",
        "foreign-trade",
        "international-trade",
        "domestic-trade",
        "import",
        "export",
        "import-export",
        "marketing",
        "sales",
        "distribution",
        "wholesale",
        "retail",
        "representation",
        "agency",
        "industry",
        "manufacturing",
        "production",
        "services",
        "supply",
        "general-trade",
        "commodities",
        "trading-house",
    ]
)
# What Russian and Ukrainian adjectives and nouns of trade end on, longest first, so that "торговая" finds "торговый".
_ENDINGS = (
    "ского", "ская", "ский", "ское", "ские", "ного", "ная", "ный", "ное", "ные", "ной", "ого", "ая", "ый", "ий", "ое",
    "ые", "ие", "ой", "ей", "ям", "ам", "ов", "ев", "ия", "ии", "ю", "я", "а", "ы", "и", "о", "е", "у", "ь",
)  # fmt: skip
_SHORTEST_STEM = 5
_SHORTEST_ROMANISED = 5
# "and", "for the", "with the" written on to an Arabic word, with the article or without; longest first.
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ل", "ب")
# Plural, possession and trade as Turkish writes them on to a noun, folded, longest first ("kervanları", "kervancılık").
_TURKISH_ENDINGS = (
    "ciliklari", "cilik", "culuk", "lari", "leri", "lik", "luk", "lar", "ler", "si", "su", "i", "u",
)  # fmt: skip
_SHORTEST_STEMMED, _SHORTEST_TURKISH = 6, 4
# "Servant of the", as it is written on to the name that follows; longest first.
_SERVANT = ("abdoul", "abdul", "abdel", "abdal", "abdol", "abdil")
# Meanings are numbered: words of trade from 0, personal names and places from here on; see `kernel.TABLE_BITS`.
FIRST_GIVEN, FIRST_PLACE = 1 << TABLE_BITS, 2 << TABLE_BITS
# How alike a word must sound to one of another script to be looked up as it; of several, so many.
_SOUNDS_LIKE = 0.86
_MOST_LIKE = 3
# Of several words that it sounds like, those as near as the nearest but for this.
_AS_LIKE = 0.03
# How alike a word in other letters must sound to an English or Turkish one to be that, and from how many letters on.
_HEARD, _SHORTEST_HEARD = 0.9, 5


def phrase(text: str) -> Phrase:
    """Return a text as folded words."""
    return tuple(fold(text).split())


@lru_cache(1)
def words() -> dict[Phrase, Meaning]:
    """Return what words of firm and vessel names mean."""
    table: dict[Phrase, Meaning] = {}
    for number, entry in enumerate(_read("words.toml")["word"]):
        role = "filler" if entry["id"] in _GENERAL else _ROLES.get(entry["role"], entry["role"])
        for spelling in entry["spellings"]:
            table.setdefault(phrase(spelling), Meaning((number,), (), role))
    _add_romanised(table)
    for spelling, meaning in table.items():
        if len(spelling) > 1:
            table[spelling] = Meaning(meaning.ids, _parts_of(spelling, table), meaning.role)
    return table


def _parts_of(spelling: Phrase, table: Mapping[Phrase, Meaning]) -> tuple[int, ...]:
    """Return what the words of a phrase mean one by one, so that "marine equipment" meets "equipment, marine"."""
    single = [table.get((part,)) for part in spelling]
    return tuple(number for meaning in single if meaning is not None for number in meaning.ids)


@lru_cache(1)
def hackneyed() -> frozenset[int]:
    """Return the everyday words that very many firms are named after."""
    table = _read("words.toml")
    return frozenset(number for number, entry in enumerate(table["word"]) if entry["id"] in set(table["hackneyed"]))


@lru_cache(1)
def _stems() -> dict[str, Meaning]:
    """Return Cyrillic words of trade without their endings; a stem of two meanings is left out."""
    found: dict[str, set[Meaning]] = {}
    for spelling, meaning in words().items():
        if len(spelling) == 1 and "\u0400" <= spelling[0][0] < "\u0530":
            found.setdefault(_stem(spelling[0]), set()).add(meaning)
    return {stem: next(iter(m)) for stem, m in found.items() if len(m) == 1 and len(stem) >= _SHORTEST_STEM}


def _stem(word: str) -> str:
    return next((word.removesuffix(e) for e in _ENDINGS if word.endswith(e) and len(word) > len(e) + 3), word)


def _add_romanised(table: dict[Phrase, Meaning]) -> None:
    for spelling, meaning in list(table.items()):
        if not all(part.isascii() or is_abjad(part) for part in spelling):
            romanised = tuple(latin(part) for part in spelling)
            if sum(map(len, romanised)) >= _SHORTEST_ROMANISED:
                table.setdefault(romanised, meaning)


def word(tokens: Phrase) -> Meaning | None:
    """Return what a word or phrase of a firm's name means, None where it is not known."""
    table = words()
    found = table.get(tokens)
    if found is not None or len(tokens) > 1:
        return found
    token = tokens[0]
    if is_abjad(token):
        for prefix in _ARABIC_PREFIXES:
            rest = token.removeprefix(prefix)
            if rest != token and len(rest) >= 3:
                found = table.get((rest,)) or table.get(("ال" + rest,))
                if found is not None:
                    return found
    elif token.isascii() and len(token) >= _SHORTEST_STEMMED:
        if token.startswith(("al", "el")):
            found = table.get((token[2:],))
            if found is not None:
                return found
        for ending in _TURKISH_ENDINGS:
            if token.endswith(ending) and len(token) - len(ending) >= _SHORTEST_TURKISH:
                found = table.get((token.removesuffix(ending),))
                if found is not None:
                    return found
    elif "\u0400" <= token[0] < "\u0530":
        return _stems().get(_stem(token))
    return None


@lru_cache(1)
def _sounding() -> dict[str, list[tuple[str, Meaning]]]:
    """Return the single everyday words of scripts without vowels, by their consonants."""
    found: dict[str, list[tuple[str, Meaning]]] = {}
    for spelling, meaning in words().items():
        if len(spelling) == 1 and meaning.role in ("common", "place") and is_abjad(spelling[0]):
            bare = spelling[0].removeprefix("ال")
            if len(bare) >= 3:
                found.setdefault(skeleton(bare), []).append((bare, meaning))
            # Ta marbuta is heard as t before another word ("Durrat al-Sahil").
            if len(bare) >= 3 and bare.endswith("ه"):
                heard = bare[:-1] + "ت"
                found.setdefault(skeleton(heard), []).append((heard, meaning))
    return found


@lru_cache(1 << 17)
def like(word: str) -> tuple[int, ...]:
    """Return the everyday words of scripts without vowels that a Latin or Cyrillic word may be a spelling of.

    "Saqr" and "Durrat" are what Arabic writes for falcon and pearl; a firm is found under either.
    """
    if is_abjad(word) or len(word) < 4:
        return ()
    # The article may be written on ("Alkhaleej").
    read = (word, word[2:]) if word.startswith(("al", "el")) and len(word) >= _SHORTEST_STEMMED else (word,)
    found: dict[int, float] = {}
    for part in read:
        for spelling, meaning in _sounding().get(skeleton(part), ()):
            for number in meaning.ids:
                found[number] = max(found.get(number, 0), heard_alike(part, spelling))
    best = max(found.values(), default=0.0)
    near = sorted(number for number, how in found.items() if how >= max(_SOUNDS_LIKE, best - _AS_LIKE))
    return tuple(near[:_MOST_LIKE])


@lru_cache(1)
def _heard() -> dict[str, list[tuple[str, Meaning]]]:
    """Return the single Latin words of firms' names, by their consonants."""
    found: dict[str, list[tuple[str, Meaning]]] = {}
    for spelling, meaning in words().items():
        if len(spelling) == 1 and spelling[0].isascii() and len(spelling[0]) >= _SHORTEST_HEARD:
            found.setdefault(skeleton(spelling[0]), []).append((spelling[0], meaning))
    return found


@lru_cache(1 << 16)
def heard(word: str) -> Meaning | None:
    """Return what a word in other letters says that writes down how an English or Turkish word of firms is spoken.

    "Трейдинг", "تريدينغ", "Электроникс", "Санайи": firms abroad are written so as often as they are translated.
    """
    bare = word.removeprefix("ال") if is_abjad(word) else word
    # Where vowels are not written, three consonants may be many words.
    if (
        word.isascii()
        or len(sounds(bare)) < _SHORTEST_HEARD - is_abjad(word)
        or len(skeleton(bare)) < 3 + is_abjad(word)
    ):
        return None
    near = [(heard_alike(bare, spelling), meaning) for spelling, meaning in _heard().get(skeleton(bare), ())]
    best = max((how for how, _ in near), default=0.0)
    found = {meaning for how, meaning in near if how >= max(_HEARD, best - _AS_LIKE)}
    return found.pop() if len(found) == 1 else None


def segmented(folded: str) -> str:
    """Return a folded name with blanks between its Chinese words: known ones, places, and what is left between them."""
    if not any("\u4e00" <= char <= "\u9fff" for char in folded):
        return folded
    folded = folded.translate(_simplified())
    return " ".join(part for token in folded.split() for part in _segments(token))


@lru_cache(1)
def _simplified() -> dict[int, int]:
    """Return the Chinese characters of firms' names that have a simplified form: the words are known in that."""
    pairs = "".join(_read("words.toml")["simplified"].split())
    return {ord(pairs[at]): ord(pairs[at + 1]) for at in range(0, len(pairs), 2)}


def _segments(token: str) -> list[str]:
    found: list[str] = []
    rest = ""
    at = 0
    while at < len(token):
        size = next((n for n in range(min(6, len(token) - at), 1, -1) if _is_segment(token[at : at + n])), 0)
        if size:
            found += [rest] * bool(rest) + [token[at : at + size]]
            rest = ""
        else:
            rest += token[at]
        at += size or 1
    return found + [rest] * bool(rest)


def _is_segment(text: str) -> bool:
    return (text,) in words() or is_form(text) or gazetteer.place_word(text) is not None


@lru_cache(1 << 17)
def place(tokens: Phrase) -> Meaning | None:
    """Return the place that a word or two of a firm's name are, None where they are none."""
    if len(tokens) > _LONGEST_PLACE or (len(tokens) > 1 and not gazetteer.atlas().hits("".join(tokens))):
        return None
    found = gazetteer.place_word(" ".join(tokens))
    return None if found is None else Meaning((_place_numbers()[found],), (), "place")


@lru_cache(1)
def _place_numbers() -> dict[str, int]:
    """Return the number of each place; it is kept with cases, and must not depend on what was read before."""
    return {key: FIRST_PLACE + place for place, key in enumerate(sorted(gazetteer.word_ids()))}


@lru_cache(1)
def given() -> dict[Phrase, Meaning]:
    """Return what is known of personal names: spellings, short forms, and counterparts in other languages."""
    entries = _read("given.toml")["name"]
    number = {entry["id"]: FIRST_GIVEN + place for place, entry in enumerate(entries)}
    ids: dict[Phrase, list[int]] = {}
    near: dict[int, tuple[int, ...]] = {}
    for entry in entries:
        mine = number[entry["id"]]
        near[mine] = tuple(number[other] for other in entry.get("near", ()))
        for spelling in entry["spellings"]:
            ids.setdefault(phrase(spelling), []).insert(0, mine)
    for entry in entries:
        for spelling in entry.get("short", ()):
            own = ids.setdefault(phrase(spelling), [])
            if number[entry["id"]] not in own:
                own.append(number[entry["id"]])
    # "Muhammad Ali" is two names, each of them known; "Nur al-Din" is one.
    whole = {s: found for s, found in ids.items() if len(s) == 1 or not all((part,) in ids for part in s)}
    return {spelling: _given_meaning(found, near) for spelling, found in whole.items() if spelling}


def _given_meaning(ids: list[int], near: dict[int, tuple[int, ...]]) -> Meaning:
    return Meaning(tuple(ids), tuple(other for mine in ids for other in near[mine]))


def longest(table: Mapping[Phrase, Meaning]) -> dict[str, int]:
    """Return how many words the longest phrase has that begins with a word."""
    found: dict[str, int] = {}
    for spelling in table:
        found[spelling[0]] = max(found.get(spelling[0], 1), len(spelling))
    return found


@lru_cache(1)
def longest_words() -> dict[str, int]:
    """Return `longest` of words of firms and of places."""
    return longest(words())


@lru_cache(1)
def longest_given() -> dict[str, int]:
    """Return `longest` of personal names."""
    return longest(given())


@lru_cache(1 << 16)
def servant(token: str) -> Meaning | None:
    """Return the name that "Abd al-" and a known name make, however they are written together; None for other words."""
    start = next((start for start in _SERVANT if token.startswith(start)), "")
    rest = given().get((token.removeprefix(start),)) if start and len(token) > len(start) + 2 else None
    entries = _read("given.toml")["name"]
    for mine in rest.ids if rest else ():
        if mine >= FIRST_GIVEN:
            whole = given().get(phrase("abd al " + entries[mine - FIRST_GIVEN]["id"]))
            if whole is not None:
                return whole
    return None


@lru_cache(1)
def compounds() -> dict[int, tuple[tuple[str, Meaning], ...]]:
    """Return the personal names that are two written as one ("Mohammadreza"): their numbers, and the two."""
    number = {entry["id"]: FIRST_GIVEN + place for place, entry in enumerate(_read("given.toml")["name"])}
    known = {meaning.ids[0]: meaning for meaning in given().values()}
    found = {}
    for name, mine in number.items():
        parts = name.split("-")
        if len(parts) == 2 and all(number.get(part) in known for part in parts):
            found[mine] = tuple((part, known[number[part]]) for part in parts)
    return found


@lru_cache(1)
def particles() -> Particles:
    """Return the small words of personal names."""
    table = _read("particles.toml")
    return Particles(
        _folded(table["articles"]),
        _folded(table["fathers"]),
        _folded(table["parents"]),
        _folded(table["nobiliary"]),
        frozenset(phrase(title) for title in table["titles"]),
        tuple(fold(ending) for ending in table["patronymic_endings"]),
    )


def _folded(spellings: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(phrase(spelling)) for spelling in spellings)


@cache
def _read(file: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("narrows.vocab.names").joinpath(file).read_text(encoding="utf-8"))
