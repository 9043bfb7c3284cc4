"""Headers as people write them: which role, attribute, meaning or paper their words name, in seven languages.

The words are in mappings/headers.toml. A header is a set of words, compared after folding; nothing is guessed from
the language of the file, since many files mix two.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from narrows.model.mapping import DateOrder
from narrows.vocab import money, units
from narrows.vocab.text import fold

_CACHE = 4096
_LONGEST = 200

# Letters that belong to one short form though a sign stands between them: B/L, P.O., H.S., N°.
_SHORT = {
    "b l": "bl", "p o": "po", "h s": "hs", "n o": "no", "v a t": "vat", "c a s": "cas", "u n": "un", "n w": "nw",
    "g w": "gw", "p u": "pu", "t c k n": "tckn", "e mail": "email", "a k a": "aka", "u m": "um", "r s": "rs",
}  # fmt: skip
_SHORTENED = re.compile(r"\b(?:" + "|".join(sorted(_SHORT, key=len, reverse=True)) + r")\b")
_BRACKET = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+|[A-Z]{2,}\b)")
_RUSSIAN_END = re.compile(r"(?<=[а-я]{3})(?:ами|ями|ого|его|ому|ему|ыми|ими|[аеиоуыэюяйь]{1,2}|[аяоеыи][мхй]|ов|ев)$")
_DATE_FORM = re.compile(r"(?P<first>dd|gg|tt|jj|mm|aa|yyyy|jjjj|aaaa|дд|мм|гггг)[ ./-]+\w+[ ./-]+\w+")
_ORDERS: dict[str, DateOrder] = {
    **dict.fromkeys(("dd", "gg", "tt", "jj", "дд"), "day-first"),
    **dict.fromkeys(("mm", "мм"), "month-first"),
    **dict.fromkeys(("yyyy", "jjjj", "aaaa", "гггг"), "year-first"),
}
_LINKS = ("", "s", "es", "n", "en", "er")


@dataclass(frozen=True, slots=True)
class Header:
    """What the words of a header say.

    Attributes:
        meanings: one entry for each phrase found, longest first, each with its possible tags: "@buyer" a role,
            ".address" an attribute, "#order" a paper, "=consignee.address" a field, "~number" a word for number,
            code, reference or type, "!" something that nobody reads, else a meaning. A tag that ends in "?"
            counts only where no other column says the same.
        share: how much of the header is understood, 0..1.
        unit: a unit named in it, such as kg, or "".
        currency: the ISO 4217 code of a currency named in it, or "".
        order: how its dates are written, where it says so ("dd.mm.yyyy").
    """

    meanings: tuple[tuple[str, ...], ...]
    share: float
    unit: str = ""
    currency: str = ""
    order: DateOrder | None = None

    @property
    def tags(self) -> frozenset[str]:
        """All tags of all phrases."""
        return frozenset(tag for tags in self.meanings for tag in tags)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word table, folded: phrase -> tags, and how records of a kind bend a meaning or a role."""

    phrases: dict[frozenset[str], tuple[str, ...]]
    by_word: dict[str, tuple[frozenset[str], ...]]
    small: frozenset[str]
    meaning_in: dict[str, dict[str, str]]
    role_as: dict[str, dict[str, str]]
    names: dict[str, frozenset[frozenset[str]]]
    signs: dict[str, dict[str, int]]
    against: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the word table of mappings/headers.toml."""
    text = (files("narrows") / "mappings" / "headers.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    small = frozenset(word for phrase in _listed(table["small"]["words"]) for word in fold(phrase).split())
    phrases: dict[frozenset[str], tuple[str, ...]] = {}
    sections = {"role": "@", "attribute": ".", "meaning": "", "document": "#", "word": "~", "pair": "="}
    entries = [(f"{sign}{name}", words) for key, sign in sections.items() for name, words in table[key].items()]
    for tag, words in [*entries, ("!", table["aside"]["words"])]:
        for phrase in _listed(words):
            key = frozenset(_words(phrase, small))
            if key and tag not in phrases.get(key, ()):
                phrases[key] = (*phrases.get(key, ()), tag)
    by_word: dict[str, list[frozenset[str]]] = {}
    for key in phrases:
        for word in key:
            by_word.setdefault(word, []).append(key)
    kinds: dict[str, dict[str, Any]] = table["kind"]
    return Lexicon(
        phrases=phrases,
        by_word={word: tuple(keys) for word, keys in by_word.items()},
        small=small,
        meaning_in=table["in"],
        role_as=table["as"],
        names={
            kind: frozenset(frozenset(_words(phrase, small)) for phrase in _listed(body.get("names", "")))
            for kind, body in kinds.items()
        },
        signs={kind: body["signs"] for kind, body in kinds.items()},
        against={kind: frozenset(body.get("against", ())) for kind, body in kinds.items()},
    )


@lru_cache(_CACHE)
def read_header(text: str) -> Header:
    """Return what the words of a header say; units, currencies and date forms are read from brackets and beside."""
    form = _DATE_FORM.search(text[:_LONGEST].casefold())
    order = None if form is None else _ORDERS.get(form["first"])
    text = text[:_LONGEST] if form is None else text[: form.start()] + text[form.end() : _LONGEST]
    known = lexicon()
    words = tuple(dict.fromkeys(_words(text, known.small)))
    found = _cover(words, known)
    meanings = [known.phrases[phrase] for phrase in found]
    rest = set(words).difference(*found)
    for word in sorted(rest):
        tags = _by_compound(word, known) or _by_short_form(word, text, known)
        meanings += tags
        rest -= {word} if tags else set()
    unit, currency = _beside(text, rest)
    named = {*_words(unit, known.small), *_words(currency, known.small)} if unit or currency else set()
    rest -= named | {word for word in rest if currency and money.currency(word.upper()) == currency}
    if not meanings and not rest and unit:
        # "kg", "Adet": a column of nothing but so many of them.
        meanings = [("quantity?",)]
    share = 1 - len(rest) / len(words) if words and meanings else 0.0
    return Header(tuple(dict.fromkeys(meanings)), share, unit, currency, order)


def words_in(text: str) -> frozenset[str]:
    """Return the words of a name of a file or sheet, folded as those of a header."""
    return frozenset(_words(text, lexicon().small))


def kinds_named(text: str) -> frozenset[str]:
    """Return the kinds of records that the name of a file or sheet speaks of; the longest phrases alone count."""
    words = words_in(text)
    known = lexicon()
    sizes = {
        kind: max((len(phrase) for phrase in phrases if phrase and phrase <= words), default=0)
        for kind, phrases in known.names.items()
    }
    most = max(sizes.values())
    return frozenset(kind for kind, size in sizes.items() if size == most and size > 0)


def _listed(words: str) -> Iterable[str]:
    return (phrase.strip() for line in words.split("\n") for phrase in line.split("|") if phrase.strip())


def _words(text: str, small: frozenset[str]) -> list[str]:
    """The folded words of a text, without small words, numbers and endings."""
    key = fold(_CAMEL.sub(" ", text))
    key = _SHORTENED.sub(lambda found: _SHORT[found[0]], key)
    words = [_stem(re.sub(r"(?<=\D\D)[0-9]+$", "", word)) for word in key.split()]
    telling = [word for word in words if word not in small and not word.isdigit()]
    # A header of small words alone ("von", "in") says what it says.
    return telling or [word for word in words if not word.isdigit()]


def _stem(word: str) -> str:
    if word.isascii():
        return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    if "а" <= word[0] <= "я":
        return _RUSSIAN_END.sub("", word)
    if len(word) > 4 and word.startswith("ال"):
        return word[2:]
    return word


def _cover(words: tuple[str, ...], known: Lexicon) -> list[frozenset[str]]:
    """The phrases that make up the words: the longest first, none twice over the same word."""
    left = set(words)
    fitting = dict.fromkeys(phrase for word in words for phrase in known.by_word.get(word, ()) if phrase <= left)
    found = []
    for phrase in sorted(fitting, key=len, reverse=True):
        if phrase <= left:
            found.append(phrase)
            left -= phrase
    return found


def _by_compound(word: str, known: Lexicon) -> list[tuple[str, ...]]:
    """The two halves of a German compound, such as Kunden-anschrift, or what they mean together."""
    if len(word) < 6:
        return []
    for at in range(len(word) - 2, 2, -1):
        tail = _stem(word[at:])
        if frozenset((tail,)) not in known.phrases:
            continue
        for link in _LINKS:
            head = _stem(word[:at].removesuffix(link))
            if len(head) < 3 or not word[:at].endswith(link) or frozenset((head,)) not in known.phrases:
                continue
            whole = known.phrases.get(frozenset((head, tail)))
            return [known.phrases[frozenset((half,))] for half in (head, tail)] if whole is None else [whole]
    return []


def _by_short_form(word: str, text: str, known: Lexicon) -> list[tuple[str, ...]]:
    """The one meaning of all words that a word with a full stop after it may stand for ("Descr.")."""
    if len(word) < 3 or f"{word}." not in fold_keeping_stops(text):
        return []
    tags = {known.phrases[key] for key in known.phrases if len(key) == 1 and next(iter(key)).startswith(word)}
    return [tags.pop()] if len(tags) == 1 else []


def fold_keeping_stops(text: str) -> str:
    """Return the folded words of a text, each with the full stop that follows it."""
    return " ".join(f"{fold(part)}." if part.endswith(".") else fold(part) for part in re.split(r"\s+|(?<=\.)", text))


def _beside(text: str, rest: set[str]) -> tuple[str, str]:
    """The unit and the currency in brackets, or among the words that mean nothing else."""
    unit = currency = ""
    inside = [part.strip() for part in _BRACKET.findall(text)]
    small = lexicon().small
    outside = [part for part in re.split(r"[\s,;:/_]+", _BRACKET.sub(" ", text)) if rest & set(_words(part, small))]
    signs = [part for part in re.split(r"[\w\s]+", text) if part]
    for piece in [*inside, *outside, *signs]:
        plain = piece.strip(" .,%()[]")
        if not plain or len(plain) > 24:
            continue
        if not unit and units.unit(plain) is not None:
            unit = plain
        elif not currency:
            currency = money.currency(plain) or money.currency(plain.upper()) or ""
    return unit, currency
