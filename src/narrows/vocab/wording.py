"""The names of listed substances as an index of tokens: which phrases of a description name which substance.

Names are compared as ideas: each token of any language stands for its idea ("nitrat", "nitrates" and "нитрат" are one),
so that one phrase covers its variants; a token one or two letters from a known one stands for it too, unless it is a
word of other goods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from narrows.vocab.catalogue import catalogue, read
from narrows.vocab.text import fold

_BREAK = re.compile(r"[;/|+\n•]")
_NOT_LATIN = "\u0400"
_ARABIC = "\u0600"
# Ideas of names of one token: all names of a substance are one idea, all its trade names another.
_ALONE = "="
_LOOSE = "~"
_SHORTEST_MISSPELT = 6
_TWO_EDITS_FROM = 9
_LONGEST_MISSPELT = 30
_REMEMBERED = 1 << 17

Kind = Literal["name", "trade", "homonym"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name as a row of ideas. `head_first`: a salt word before its metal, where the word before matters."""

    ideas: tuple[str, ...]
    substance: str
    kind: Kind
    head_first: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in tokens[start:end]; `misspelt` where it was reached over a misspelling."""

    phrase: Phrase
    start: int
    end: int
    misspelt: bool


@dataclass(slots=True)
class Wording:
    """The index. Built once; `corrected` remembers what unknown tokens were taken for."""

    ideas: dict[str, str]
    phrases: dict[str, list[Phrase]]
    transparent: frozenset[str]
    carriers: frozenset[str]
    salts: frozenset[str]
    anions: frozenset[str]
    no_salt_after: frozenset[str]
    denied_before: dict[str, list[tuple[str, ...]]]
    denied_after: dict[str, list[tuple[str, ...]]]
    unless: frozenset[tuple[str, ...]]
    mixture_words: frozenset[str]
    mixture_phrases: dict[str, list[tuple[str, ...]]]
    part_before: frozenset[str]
    part_after: frozenset[str]
    others: frozenset[str]
    other_endings: tuple[str, ...]
    spellings: dict[str, list[str]]
    corrected: dict[str, str | None] = field(default_factory=dict)

    def idea(self, token: str) -> str | None:
        """Return what a token of unknown spelling stands for, or None."""
        try:
            return self.corrected[token]
        except KeyError:
            if len(self.corrected) >= _REMEMBERED:
                self.corrected.clear()
            idea = self.corrected[token] = self._correct(token)
            return idea

    def _correct(self, token: str) -> str | None:
        """Take `token` for the known word within one or two edits that begins alike, if all such words are one idea."""
        if not _SHORTEST_MISSPELT <= len(token) <= _LONGEST_MISSPELT or not token.isalpha():
            return None
        if token in self.others or token.endswith(self.other_endings):
            return None
        near = process.extract(
            token, self.spellings.get(token[0], ()), scorer=OSA.distance, processor=None, score_cutoff=2, limit=6
        )
        edits_of = {w: edits for w, edits, _ in near if edits < 2 or min(len(w), len(token)) >= _TWO_EDITS_FROM}
        least = min(edits_of.values(), default=0)
        taken_for = {self.ideas[word] for word, edits in edits_of.items() if edits == least}
        return min(taken_for) if len({idea.replace(_LOOSE, "") for idea in taken_for}) == 1 else None

    def find(self, tokens: list[str]) -> list[Found]:
        """Return the phrases in `tokens`, the longest at each place, without overlap, in order."""
        known = self.ideas
        ideas: list[str | None] = []
        for token in tokens:
            idea = known.get(token)
            ideas.append(idea if idea is not None or len(token) < _SHORTEST_MISSPELT else self.idea(token))
        if not any(idea in self.phrases for idea in ideas if idea is not None):
            return []
        places = [place for place, token in enumerate(tokens) if token not in self.transparent]
        return list(self._walk(tokens, [ideas[place] for place in places], places))

    def _walk(self, tokens: list[str], ideas: list[str | None], places: list[int]) -> Iterator[Found]:
        at = taken = 0
        while at < len(ideas):
            first = ideas[at]
            for phrase in self.phrases.get(first, ()) if first is not None else ():
                end = at + len(phrase.ideas)
                if tuple(ideas[at:end]) != phrase.ideas:
                    continue
                if phrase.kind != "homonym" and self._foreign(phrase, tokens, ideas, places, at, end, taken):
                    continue
                misspelt = any(tokens[place] not in self.ideas for place in places[at:end])
                yield Found(phrase, places[at], places[end - 1] + 1, misspelt)
                taken = end
                at = end - 1
                break
            at += 1

    def _foreign(
        self,
        phrase: Phrase,
        tokens: list[str],
        ideas: list[str | None],
        places: list[int],
        at: int,
        end: int,
        taken: int,
    ) -> bool:
        """Say whether the words around a phrase make it part of the name of another substance."""
        beside = end < len(ideas) and places[end] == places[end - 1] + 1
        if beside and (ideas[end] in self.salts or tokens[places[end]] in self.anions):
            return True
        if at == 0 or at == taken:
            return False
        before = tokens[places[at - 1]]
        # "silver nitrate sodium ..." and "nitrate d'acetone"; but "potassium nitrate, acetone" was taken as a name.
        joined = places[at] > places[at - 1] + 1 or before >= _NOT_LATIN
        salt_before = ideas[at - 1] in self.salts or before in self.anions
        return (salt_before and joined) or (phrase.head_first and before in self.no_salt_after)


def tokens_of(description: str) -> list[str]:
    """Return the folded tokens of `description`; "" where a sign ends a phrase, Arabic tokens without their article."""
    if _BREAK.search(description) is None:
        folded = fold(description).split()
    else:
        folded = []
        for part in _BREAK.split(description):
            folded += [*fold(part).split(), ""]
    return [_bare(token) if token >= _ARABIC else token for token in folded]


def _bare(token: str) -> str:
    """Return an Arabic token without alef and hamza forms and without the article, alone or after "and" or "with"."""
    token = token.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا")
    if token[:3] in ("وال", "بال") and len(token) > 5:
        token = token[1:]
    while token[:2] == "ال" and len(token) > 4:
        token = token[2:]
    return token


def _phrases(table: str) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of a table that separates them by bars and line ends."""
    for line in table.split("\n"):
        for phrase in line.split("|"):
            tokens = tuple(tokens_of(phrase))
            if tokens:
                yield tokens


def _words(table: str) -> frozenset[str]:
    return frozenset(tokens_of(table.replace("\n", " ")))


def _by(end: int, phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Index phrases by their first (0) or last (-1) token, the longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)):
        index.setdefault(phrase[end], []).append(phrase)
    return index


def _ideas(words: dict[str, list[str]]) -> dict[str, str]:
    """Return token -> idea, of the words that several languages share."""
    return {token: idea for idea, forms in words.items() for form in forms for token in tokens_of(form)}


def _written(transparent: frozenset[str]) -> Iterator[tuple[str, Kind, bool, list[str]]]:
    """Yield (substance, kind, fuzzy, tokens) of every name and homonym of the catalogue."""
    for substance in catalogue().substances.values():
        kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
            ("homonym", substance.homonyms), ("name", substance.names), ("trade", substance.trade),
        )  # fmt: skip
        for kind, names in kinds:
            for name in names:
                tokens = [token for token in tokens_of(name) if token not in transparent]
                yield substance.id, kind, substance.fuzzy and kind != "homonym", tokens


def _build(words: dict[str, Any]) -> Wording:
    transparent = _words(words["transparent"])
    ideas = _ideas(words["words"])
    spelt = set(ideas)
    metals = set(words["words"]) - {"acid", "powder", "paste", "foil", "pigment"}
    index: dict[tuple[str, ...], Phrase] = {}
    written = list(_written(transparent))
    for substance, kind, _, tokens in written:
        if len(tokens) == 1 and kind != "homonym":
            ideas.setdefault(tokens[0], f"{_ALONE}{substance}" if kind == "name" else f"{_ALONE}{_LOOSE}{substance}")
    for substance, kind, fuzzy, tokens in written:
        for token in tokens:
            ideas.setdefault(token, token)
        if fuzzy:
            spelt.update(tokens)
        row = tuple(ideas[token] for token in tokens)
        head_first = len(row) == 2 and row[0] in words["guard"]["salts"] and row[1] in metals
        index.setdefault(row, Phrase(row, substance, kind, head_first))
    phrases: dict[str, list[Phrase]] = {}
    for row in sorted(index, key=lambda row: (-len(row), row)):
        phrases.setdefault(row[0], []).append(index[row])
    spellings: dict[str, list[str]] = {}
    for token in sorted(spelt):
        if len(token) >= _SHORTEST_MISSPELT - 1 and token.isalpha():
            spellings.setdefault(token[0], []).append(token)
    denied = words["denied"]
    mixture = list(_phrases(words["mixture"]["words"]))
    return Wording(
        ideas=ideas,
        phrases=phrases,
        transparent=transparent,
        carriers=_words(words["carriers"]) | transparent,
        salts=frozenset(words["guard"]["salts"]),
        anions=_words(words["guard"]["anions"]),
        no_salt_after=_words(words["guard"]["before"]),
        denied_before=_by(-1, [*_phrases(denied["before"]), *_phrases(denied["unless_before"])]),
        denied_after=_by(0, [*_phrases(denied["after"]), *_phrases(denied["unless_after"])]),
        unless=frozenset([*_phrases(denied["unless_before"]), *_phrases(denied["unless_after"])]),
        mixture_words=frozenset(phrase[0] for phrase in mixture if len(phrase) == 1),
        mixture_phrases=_by(0, (phrase for phrase in mixture if len(phrase) > 1)),
        part_before=frozenset(phrase[-1] for phrase in _phrases(words["mixture"]["before"])),
        part_after=frozenset(phrase[0] for phrase in _phrases(words["mixture"]["after"])),
        others=_words(words["others"]["words"]),
        other_endings=tuple(sorted(_words(words["others"]["endings"]))),
        spellings=spellings,
    )


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Return the index, built once from the packaged names and words."""
    return _build(read("goods-words"))
