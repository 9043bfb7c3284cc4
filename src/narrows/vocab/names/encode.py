"""Names as numbers, for the comparison of many: one table of distinct words, one of names.

The layout is that of `kernel`: each word has its sounds in a pool, its meanings, its weight; each name the numbers
of its words, their classes, and what is known of it as a whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

from narrows.vocab.names.classes import MOST_WORDS
from narrows.vocab.names.parse import Name, Word
from narrows.vocab.names.sounds import SOUNDS, codes, costs, masses, script

_IDS, _NEAR, _ACRONYMS = 3, 6, 3
_SHORTEST_DOTTED = 4


# Consonants that no habit puts in place of those of another group; vowels and what often falls silent are in none.
_GROUPS = ("bpvf", "m", "n", "l", "r", "dtTDkqgGXjCSszZc")
_GROUP_COUNT = len(_GROUPS)


@lru_cache(1)
def _groups() -> np.ndarray:
    """Return the group of each sound, int64 (sounds,); the number of groups where it is in none."""
    of = {sound: place for place, group in enumerate(_GROUPS) for sound in group}
    return np.array([of.get(sound, _GROUP_COUNT) for sound in SOUNDS])


class Encoder:
    """Takes understood names of one kind, one after another, and gives them as the compiled comparison wants them.

    A name is not kept: millions of them take little memory.

    Args:
        persons: the names are those of persons.
    """

    def __init__(self, *, persons: bool) -> None:
        self._persons = persons
        self._number: dict[tuple[str, bool], int] = {}
        self._distinct: list[Word] = []
        self._first = array("i", [0])
        self._words = array("i")
        self._classes = array("b")
        self._dotted = array("b")
        self._forms: dict[str, int] = {}
        self._form = array("i")
        self._texts: dict[str, int] = {}
        self._acronyms = array("i")
        self._solo = array("i")
        self._cut = array("b")
        self._marks = array("Q")

    def __len__(self) -> int:
        return len(self._form)

    def add(self, name: Name) -> int:
        """Add a name and return its number, counted from 0."""
        for word, class_ in name.words[:MOST_WORDS]:
            key = (word.text, word.meaning is None)
            if key not in self._number:
                self._number[key] = len(self._distinct)
                self._distinct.append(word)
            self._words.append(self._number[key])
            self._classes.append(class_)
            # What is known is no beginning of something else ("Tic." is trade), and three letters may begin anything.
            self._dotted.append(
                word.meaning is None and len(word.text) >= _SHORTEST_DOTTED and word.text in name.shortened
            )
        self._first.append(len(self._words))
        self._form.append(-1 if name.form is None else self._forms.setdefault(name.form, len(self._forms)))
        shorts = [self._texts.setdefault(short, len(self._texts) + 1) for short in name.acronyms[:_ACRONYMS]]
        self._acronyms.extend(shorts + [0] * (_ACRONYMS - len(shorts)))
        self._solo.append(0 if name.solo is None else self._texts.setdefault(name.solo, len(self._texts) + 1))
        self._cut.append(name.cut)
        self._marks.append(_mark(name))
        return len(self._form) - 1

    @property
    def marks(self) -> np.ndarray:
        """What puts two names in order, so that a score does not depend on which is left: uint64, from their words."""
        return np.array(self._marks, np.uint64)

    @property
    def nobody(self) -> np.ndarray:
        """Whether a name has no words to be compared: bool."""
        empty: np.ndarray = np.diff(np.array(self._first)) == 0
        return empty

    def tables(self) -> tuple[Any, ...]:
        """Return what the compiled functions take after the pairs: names, words, costs, masses.

        names: (first word, words, classes, form, acronyms, cut, solo, persons, abbreviated); words: (pool of
        sounds, start, end, abjad, article, ids, near, numeric, info, mass, groups of consonants, script).
        """
        names = (
            np.array(self._first, np.int32), np.array(self._words, np.int32), np.array(self._classes, np.int8),
            np.array(self._form, np.int32), np.array(self._acronyms, np.int32).reshape(-1, _ACRONYMS),
            np.array(self._cut, np.bool_), np.array(self._solo, np.int32), self._persons,
            np.array(self._dotted, np.bool_),
        )  # fmt: skip
        return names, _word_table(self._distinct), costs(), masses()


def _mark(name: Name) -> int:
    text = " ".join(f"{word.text}/{class_}" for word, class_ in name.words)
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest(), "big")


def encode(names: Iterable[Name], *, persons: bool) -> Encoder:
    """Return names ready to be compared; the place of a name in the sequence is its number."""
    encoder = Encoder(persons=persons)
    for name in names:
        encoder.add(name)
    return encoder


def _word_table(words: list[Word]) -> tuple[Any, ...]:
    ids = np.full((len(words), _IDS), -1, np.int32)
    near = np.full((len(words), _NEAR), -1, np.int32)
    start = np.zeros(len(words), np.int64)
    end = np.zeros(len(words), np.int64)
    pool: list[np.ndarray] = []
    size = 0
    for place, word in enumerate(words):
        heard = codes(word.heard)
        pool.append(heard)
        start[place], end[place] = size, size + len(heard)
        size += len(heard)
        near[place, : len(word.like)] = word.like[:_NEAR]
        if word.meaning is not None:
            ids[place, : len(word.meaning.ids[:_IDS])] = word.meaning.ids[:_IDS]
            # A short form of many names ("Chris") is near to those that have no room among what it means.
            nearby = (*word.meaning.ids[_IDS:], *word.meaning.near)[:_NEAR]
            near[place, : len(nearby)] = nearby
    mass = np.zeros((3, len(words)), np.float32)
    groups = np.zeros((len(words), _GROUP_COUNT), np.uint8)
    for place, heard in enumerate(pool):
        mass[:, place] = masses()[:, heard].sum(axis=1)
        groups[place] = np.bincount(_groups()[heard], minlength=_GROUP_COUNT + 1)[:_GROUP_COUNT]
    return (
        np.concatenate(pool) if pool else np.zeros(0, np.uint8), start, end,
        np.array([w.abjad for w in words], np.bool_), np.array([w.article for w in words], np.int8), ids, near,
        np.array([w.numeric for w in words], np.bool_), np.array([w.info for w in words], np.float32),
        mass, groups, np.array([script(w.text) for w in words], np.int32),
    )  # fmt: skip
