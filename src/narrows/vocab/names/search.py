"""Finds names in a long list: an index of words as they sound, then the full comparison of what it brings up.

Words are looked up by their consonants, by what they mean, and with one consonant missing, so that scripts, habits and
slips of the pen do not hide them; rare words count for more. The best few dozen are compared as `compare` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from narrows.vocab.names.block import word_key
from narrows.vocab.names.classes import FILLER, INITIAL, NUMBER
from narrows.vocab.names.compare import odds_between, probability
from narrows.vocab.names.encode import Encoder
from narrows.vocab.names.parse import Name, parse
from narrows.vocab.names.sounds import skeleton

# What is compared in full for each name that is looked for.
COMPARED = 64
_SLIP_WEIGHT = 0.5
_SHORTEST_SLIP = 4
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first for each name looked for.

    Attributes:
        query, entry: places in the names looked for and in the list; int32.
        score: 0 to 1; float64.
    """

    query: np.ndarray
    entry: np.ndarray
    score: np.ndarray


class Index:
    """A list of names of one kind, to be searched.

    Args:
        names: as written; the place of a name is its number.
        kind: organisation, person or vessel.
    """

    def __init__(self, names: Sequence[str], kind: str) -> None:
        self.kind = kind
        self._encoder = Encoder(persons=kind == "person")
        self._encoder.read(names, kind)
        self._keys: dict[str, int] = {}
        entries: list[int] = []
        keys: list[int] = []
        for place, name in enumerate(parse(name, kind) for name in names):
            for key, _ in keys_of(name):
                entries.append(place)
                keys.append(self._keys.setdefault(key, len(self._keys)))
        order = np.argsort(np.array(keys, np.int64), kind="stable")
        self._entries = np.array(entries, np.int32)[order]
        sizes = np.bincount(np.array(keys, np.int64), minlength=len(self._keys))
        self._start = np.zeros(len(self._keys) + 1, np.int64)
        np.cumsum(sizes, out=self._start[1:])
        # A word that every name has tells nothing, one that a single name has tells most.
        self._rarity = np.log(1 + len(names) / np.maximum(sizes, 1)).astype(np.float32)

    def __len__(self) -> int:
        return len(self._encoder)

    def search(self, names: Sequence[str], *, least: float, most: int = 10) -> Found:
        """Look for names in the list.

        Args:
            names: as written.
            least: scores below are left out.
            most: how many entries are returned for each name at most.
        """
        found = [self._search(names[at : at + _BATCH], at, least, most) for at in range(0, len(names), _BATCH)]
        if not found:
            return Found(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
        return Found(*(np.concatenate([getattr(f, part) for f in found]) for part in ("query", "entry", "score")))

    def exhaustive(self, names: Sequence[str], *, least: float, most: int = 10) -> Found:
        """Compare each name with every one of the list: what `search` is held against; slow."""
        query = np.repeat(np.arange(len(names), dtype=np.int32), len(self))
        entry = np.tile(np.arange(len(self), dtype=np.int32), len(names))
        return _best(query, entry, self._odds(names, query, entry), least, most)

    def _odds(self, names: Sequence[str], query: np.ndarray, entry: np.ndarray) -> np.ndarray:
        """Return the log-odds of pairs of a name looked for and one of the list."""
        asked = Encoder(persons=self.kind == "person")
        asked.read(names, self.kind)
        return odds_between(self._encoder.followed_by(asked), query + np.int32(len(self)), entry, self.kind)

    def _search(self, names: Sequence[str], at: int, least: float, most: int) -> Found:
        parsed = [parse(name, self.kind) for name in names]
        first = np.zeros(len(parsed) + 1, np.int64)
        keys: list[int] = []
        weight: list[float] = []
        for place, name in enumerate(parsed):
            for key, amount in keys_of(name):
                number = self._keys.get(key)
                if number is not None:
                    keys.append(number)
                    weight.append(amount)
            first[place + 1] = len(keys)
        from narrows.vocab.names import kernel  # compiled code is loaded when it is needed

        query, entry = kernel.candidates(
            first, np.array(keys, np.int64), np.array(weight, np.float32), self._start, self._entries, self._rarity,
            len(self), COMPARED,
        )  # fmt: skip
        odds = self._odds(names, query, entry)
        return _best(query + np.int32(at), entry, odds, least, most)


def keys_of(name: Name) -> Iterator[tuple[str, float]]:
    """Yield what a name is looked up by, and how much each key counts."""
    seen = set()
    bones = []
    for word, class_ in name.words:
        if class_ in (INITIAL, FILLER):
            continue
        if class_ == NUMBER:
            yield f"#{word.text}", 0.5
            continue
        bone = skeleton(word.text.replace(" ", ""))
        bones.append(bone)
        for key, amount in _word_keys(word, bone):
            if key not in seen:
                seen.add(key)
                yield key, amount
    whole = "".join(bones)
    if len(bones) > 1 and whole not in seen:
        yield f"+{whole}", 1.0
    for short in (*name.acronyms, *([name.solo] if name.solo else [])):
        yield f"@{short}", 1.0


def _word_keys(word: Any, bone: str) -> Iterator[tuple[str, float]]:
    yield word_key(word), 1.0
    if word.meaning is not None:
        for near in (*word.meaning.ids[1:], *word.meaning.near):
            yield f"={near}", 0.9
        yield bone, 0.5
    yield f"+{bone}", 0.5
    if len(bone) >= _SHORTEST_SLIP:
        for place in range(len(bone)):
            yield f"-{bone[:place]}{bone[place + 1 :]}", _SLIP_WEIGHT
        yield f"-{bone}", _SLIP_WEIGHT
    else:
        yield f"~{word.heard}", 0.5


def _best(query: np.ndarray, entry: np.ndarray, odds: np.ndarray, least: float, most: int) -> Found:
    """Return the best entries of each name looked for; ties come in the order of the list."""
    score = probability(odds)
    kept = np.flatnonzero(score >= least)
    order = kept[np.lexsort((entry[kept], -odds[kept], query[kept]))]
    q = query[order]
    rank = np.arange(len(q)) - np.searchsorted(q, q, side="left")
    order = order[rank < most]
    return Found(query[order], entry[order], score[order])
