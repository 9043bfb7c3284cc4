"""Names as numbers, for the comparison of many: one table of distinct words, one of names.

The layout is that of `kernel`: each word has its sounds in a pool, its meanings, its weight; each name the numbers
of its words, their classes, and what is known of it as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from narrows.vocab.names.classes import MOST_WORDS
from narrows.vocab.names.parse import Name, Word
from narrows.vocab.names.sounds import SOUNDS, codes, costs, masses, script

_IDS, _NEAR, _ACRONYMS = 3, 6, 3


# Consonants that no habit puts in place of those of another group; vowels and what often falls silent are in none.
_GROUPS = ("bpvf", "m", "n", "l", "r", "dtTDkqgGXjCSszZc")
_GROUP_COUNT = len(_GROUPS)


@lru_cache(1)
def _groups() -> np.ndarray:
    """Return the group of each sound, int64 (sounds,); the number of groups where it is in none."""
    of = {sound: place for place, group in enumerate(_GROUPS) for sound in group}
    return np.array([of.get(sound, _GROUP_COUNT) for sound in SOUNDS])


@dataclass(frozen=True, slots=True)
class Encoded:
    """Names of one kind as the compiled comparison takes them.

    Attributes:
        names: (first word, words, classes, form, acronyms, cut, solo, persons, abbreviated).
        words: (pool of sounds, start, end, abjad, article, ids, near, numeric, info, mass, groups of
            consonants, script).
    """

    names: tuple[Any, ...]
    words: tuple[Any, ...]


def encode(names: Sequence[Name], *, persons: bool) -> Encoded:
    """Return names as arrays; the place of a name in the sequence is its number."""
    number: dict[tuple[str, bool], int] = {}
    distinct: list[Word] = []
    first = np.zeros(len(names) + 1, np.int32)
    words: list[int] = []
    classes: list[int] = []
    for place, name in enumerate(names):
        for word, class_ in name.words[:MOST_WORDS]:
            key = (word.text, word.meaning is None)
            if key not in number:
                number[key] = len(distinct)
                distinct.append(word)
            words.append(number[key])
            classes.append(class_)
        first[place + 1] = len(words)
    forms: dict[str, int] = {}
    form = np.array([-1 if n.form is None else forms.setdefault(n.form, len(forms)) for n in names], np.int32)
    texts: dict[str, int] = {}
    acronym = np.zeros((len(names), _ACRONYMS), np.int32)
    solo = np.zeros(len(names), np.int32)
    for place, name in enumerate(names):
        for k, short in enumerate(name.acronyms[:_ACRONYMS]):
            acronym[place, k] = texts.setdefault(short, len(texts) + 1)
        if name.solo is not None:
            solo[place] = texts.setdefault(name.solo, len(texts) + 1)
    cut = np.array([n.cut for n in names], np.bool_)
    dotted = np.array([w.text in n.shortened for n in names for w, _ in n.words[:MOST_WORDS]], np.bool_)
    return Encoded(
        (first, np.array(words, np.int32), np.array(classes, np.int8), form, acronym, cut, solo, persons, dotted),
        _word_table(distinct),
    )


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
            near[place, : len(word.meaning.near[:_NEAR])] = word.meaning.near[:_NEAR]
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


def tables(encoded: Encoded) -> tuple[Any, ...]:
    """Return what the compiled functions take after the pairs: names, words, costs, masses."""
    return encoded.names, encoded.words, costs(), masses()
