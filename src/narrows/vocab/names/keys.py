"""Names of firms: the key on which spellings of one name meet, the legal form, how far two names agree.

Spellings are compared, nothing is understood: no name tells an origin, a language or a kinship, and scripts
are not turned into one another.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rapidfuzz.distance import OSA, Indel

from narrows.vocab.text import fold

_CACHE = 65536
_LONGEST_ABBREVIATION = 5

_OTHER_ORDER = 0.99
_OTHER_BLANKS = 0.97
_DIFFERENT = 0.89
_SHORTEST_TYPO = 5

_Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Forms:
    """Folded spellings -> form id ("" for words that tell no form), by where they stand in a name."""

    start: dict[_Tokens, str]
    end: dict[_Tokens, str]
    longest: int


def _variants(spelling: str) -> Iterator[_Tokens]:
    """Yield the folded spelling; an abbreviation with and without its dots."""
    tokens = tuple(fold(spelling).split())
    yield tokens
    joined = "".join(tokens)
    if len(tokens) == 1 and 1 < len(joined) <= _LONGEST_ABBREVIATION:
        yield tuple(joined)
    elif all(len(token) == 1 for token in tokens):
        yield (joined,)


@lru_cache(1)
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("narrows.vocab.names").joinpath("forms.toml").read_text(encoding="utf-8"))


@lru_cache(1)
def _forms() -> _Forms:
    places: dict[str, dict[_Tokens, str]] = {"start": {}, "end": {}}
    for entry in [*_table()["form"], *_table()["filler"]]:
        for place in entry.get("at", ["end"]):
            for spelling in entry["spellings"]:
                for tokens in _variants(spelling):
                    places[place].setdefault(tokens, entry.get("id", ""))
    longest = max(len(tokens) for table in places.values() for tokens in table)
    return _Forms(places["start"], places["end"], longest)


def _strip(tokens: _Tokens) -> tuple[_Tokens, str | None]:
    """Take one form off the end, else off the start, the longest first; never all tokens.

    Returns:
        What is left, and the id of what went; None where nothing did.
    """
    forms = _forms()
    if tokens in forms.end or tokens in forms.start:
        return tokens, None
    for count in range(min(forms.longest, len(tokens) - 1), 0, -1):
        if tokens[-count:] in forms.end:
            return tokens[:-count], forms.end[tokens[-count:]]
    for count in range(min(forms.longest, len(tokens) - 1), 0, -1):
        if tokens[:count] in forms.start:
            return tokens[count:], forms.start[tokens[:count]]
    return tokens, None


def _join_initials(tokens: _Tokens) -> _Tokens:
    """Make one token of single letters in a row, so that "A.B.C. Metal" is "ABC Metal"."""
    joined: list[str] = []
    open_run = False
    for token in tokens:
        initial = len(token) == 1 and token.isalpha()
        if initial and open_run:
            joined[-1] += token
        else:
            joined.append(token)
        open_run = initial
    return tuple(joined)


def split(name: str) -> tuple[_Tokens, list[str]]:
    """Return the distinctive tokens of `name` and the ids of the forms taken off, outermost first."""
    tokens: _Tokens = tuple(fold(name).split())
    found: list[str] = []
    while True:
        rest, form = _strip(tokens)
        if form is None:
            rest = _join_initials(rest)
            if rest == tokens:
                return tokens, found
        else:
            found.append(form)
        tokens = rest


@lru_cache(_CACHE)
def normalise(name: str) -> str:
    """Return the exact-match key of a firm's name: folded, without legal forms and the words around them.

    "Demirkol Elektronik San. ve Tic. Ltd. Şti." and "DEMİRKOL ELEKTRONİK A.Ş." both give "demirkol
    elektronik". A name that is only a legal form keeps it, and one without letters and digits keeps its
    signs, so that the key is empty for blank text only. Idempotent.
    """
    tokens, _ = split(name)
    return " ".join(tokens) or " ".join(name.casefold().split())


@lru_cache(_CACHE)
def legal_form(name: str) -> str | None:
    """Return the id of the legal form in a firm's name, such as "gmbh"; None where it has none that is known.

    The outermost form counts. `form_title` gives its title.
    """
    tokens, found = split(name)
    if not found:
        return _forms().end.get(tokens) or _forms().start.get(tokens) or None
    return next((form for form in found if form), None)


def forms() -> tuple[dict[_Tokens, str], dict[_Tokens, str]]:
    """Return the legal forms that names begin with, and those they end with: folded words -> id, "" for none."""
    return _forms().start, _forms().end


def form_in_middle(token: str) -> str | None:
    """Return the id of the legal form that a word inside a name is, "" for a word that tells no form, else None.

    Only words of three letters and more count: shorter ones are initials as often as forms.
    """
    return _forms().end.get((token,)) if len(token) >= 3 else None


def is_form(token: str) -> bool:
    """Whether a folded word is a legal form, wherever it stands."""
    return (token,) in _forms().end or (token,) in _forms().start


def form_title(form: str) -> str:
    """Return the title of a legal form's id, which names no country; the id itself where it is unknown."""
    return _titles().get(form, form)


@lru_cache(1)
def _titles() -> dict[str, str]:
    return {str(entry["id"]): str(entry["title"]) for entry in _table()["form"]}


def _typos(left: list[str], right: list[str]) -> int | None:
    """Count one slip of the pen a token; None where some token has no counterpart. Numbers have no typos."""
    if len(left) != len(right):
        return None
    for one, other in zip(left, right, strict=True):
        if min(len(one), len(other)) < _SHORTEST_TYPO or not (one.isalpha() and other.isalpha()):
            return None
        if OSA.distance(one, other, score_cutoff=1) > 1:
            return None
    return len(left)


def agreement(a: str, b: str) -> float:
    """Say how far two firm names agree after legal forms and spelling are put aside.

    Only names whose every token has a counterpart, equal or one letter off, can reach 0.9; a distinctive
    token that differs or is missing keeps them below, however alike the rest ("Elektronik" is not
    "Elektrik").

    Returns:
        0 to 1, the same for (a, b) and (b, a); 1.0 for equal keys alone; 0.0 where either name is blank.
    """
    one, other = normalise(a), normalise(b)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    if one.replace(" ", "") == other.replace(" ", ""):
        return _OTHER_BLANKS
    left, right = Counter(one.split()), Counter(other.split())
    typos = _typos(sorted((left - right).elements()), sorted((right - left).elements()))
    if typos is not None:
        letters = max(sum(map(len, one.split())), sum(map(len, other.split())))
        return min(_OTHER_ORDER, 1.0 - typos / letters)
    alike = Indel.normalized_similarity(" ".join(sorted(left.elements())), " ".join(sorted(right.elements())))
    return min(_DIFFERENT, alike)
