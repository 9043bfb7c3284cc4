"""The distinct words of all names read so far, as the compiled comparison wants them: one row a word.

Most words stand in many names. Each is looked up, sounded and measured once, and names are the numbers of their words.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from narrows.vocab.names.parse import Word, initial
from narrows.vocab.names.sounds import SOUNDS, costs, masses, script

_IDS, _NEAR = 3, 6
_SHORTEST_DOTTED = 4
# The longest and shortest word that may be a shortening of a whole name.
SHORTEST_SOLO, LONGEST_SOLO = 2, 6

# Consonants that no habit puts in place of those of another group; vowels and what often falls silent are in none.
_GROUPS = ("bpvf", "m", "n", "l", "r", "dtTDkqgGXjCSszZc")
_LETTER_BITS = 8


def packed(short: str) -> int:
    """Return a few Latin letters as one number; 0 for none, or for so many that they shorten nothing."""
    number = 0
    for char in short if len(short) <= LONGEST_SOLO else "":
        number = number << _LETTER_BITS | ord(char)
    return number


def grown(array: np.ndarray, size: int, axis: int = 0) -> np.ndarray:
    """Return an array with room for `size` entries, what it holds kept; twice the room where there was too little."""
    room = array.shape[axis]
    if size <= room:
        return array
    shape = list(array.shape)
    shape[axis] = max(size, 2 * room, 1024) - room
    return np.concatenate([array, np.zeros(shape, array.dtype)], axis=axis)


class WordTable:
    """Words by number. Its arrays have room to spare: what lies beyond the last word means nothing.

    Attributes:
        words: the words themselves.
        initial: the first letter of each in Latin, 0 for none; uint8.
        solo: each as `packed` says, where it may be a shortening; int64.
        shortens: whether a dot behind it may mean that it is a beginning; bool.
        text: the number of its text, see `text_number`; int32.
    """

    def __init__(self) -> None:
        self.words: list[Word] = []
        self._number: dict[Word, int] = {}
        self._told = 0
        self._pool = np.zeros(0, np.uint8)
        self._start, self._end = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._abjad, self._numeric = np.zeros(0, np.bool_), np.zeros(0, np.bool_)
        self._article = np.zeros(0, np.int8)
        self._ids, self._near = np.zeros((0, _IDS), np.int32), np.zeros((0, _NEAR), np.int32)
        self._info = np.zeros(0, np.float32)
        self._mass = np.zeros((len(masses()), 0), np.float32)
        self._groups = np.zeros((0, len(_GROUPS)), np.uint8)
        self._script = np.zeros(0, np.int32)
        self.initial, self.solo = np.zeros(0, np.uint8), np.zeros(0, np.int64)
        self.shortens, self.text = np.zeros(0, np.bool_), np.zeros(0, np.int32)
        self._texts: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: Word) -> int:
        """Return the number of a word; a new one where it is new."""
        found = self._number.get(word)
        if found is None:
            found = self._number[word] = len(self.words)
            self.words.append(word)
        return found

    def text_number(self, text: str) -> int:
        """Return a number that stands for a folded text."""
        return self._texts.setdefault(text, len(self._texts))

    def tables(self) -> tuple[Any, ...]:
        """Return the words, costs and masses as the compiled functions take them.

        words: (pool of sounds, start, end, abjad, article, ids, near, numeric, info, mass, groups, script).
        """
        self.settle()
        words = (
            self._pool, self._start, self._end, self._abjad, self._article, self._ids, self._near, self._numeric,
            self._info, self._mass, self._groups, self._script,
        )  # fmt: skip
        return words, costs(), masses()

    def settle(self) -> None:
        """Bring the arrays up to the words."""
        old, new = self._told, len(self.words)
        if old == new:
            return
        self._make_room(new)
        self._told = new
        at = int(self._end[old - 1]) if old else 0
        heard = "".join(word.heard for word in self.words[old:]).encode()
        codes = _CODES[np.frombuffer(heard, np.uint8)]
        self._pool = grown(self._pool, at + len(codes))
        self._pool[at : at + len(codes)] = codes
        sizes = np.array([len(word.heard) for word in self.words[old:]])
        self._end[old:new] = at + np.cumsum(sizes)
        self._start[old:new] = self._end[old:new] - sizes
        self._weigh(old, new)
        for place, word in enumerate(self.words[old:], old):
            self._tell(place, word)

    def _weigh(self, old: int, new: int) -> None:
        """Sum up the masses of the sounds of new words, and count their consonants by group."""
        start, sizes = self._start[old:new], self._end[old:new] - self._start[old:new]
        for size in np.unique(sizes).tolist():
            places = np.flatnonzero(sizes == size)
            heard = self._pool[start[places, None] + np.arange(size)]
            self._mass[:, old + places] = masses()[:, heard].sum(axis=-1)
            for group in range(len(_GROUPS)):
                self._groups[old + places, group] = (_GROUP_OF[heard] == group).sum(axis=-1)

    def _make_room(self, size: int) -> None:
        for name in (
            "_start", "_end", "_abjad", "_numeric", "_article", "_ids", "_near", "_info", "_groups", "_script",
            "initial", "solo", "shortens", "text",
        ):  # fmt: skip
            setattr(self, name, grown(getattr(self, name), size))
        self._mass = grown(self._mass, size, axis=1)

    def _tell(self, place: int, word: Word) -> None:
        self._abjad[place], self._numeric[place] = word.abjad, word.numeric
        self._article[place], self._info[place] = word.article, word.info
        self._ids[place] = self._near[place] = -1
        self._near[place, : len(word.like)] = word.like[:_NEAR]
        if word.meaning is not None:
            self._ids[place, : len(word.meaning.ids[:_IDS])] = word.meaning.ids[:_IDS]
            # A short form of many names ("Chris") is near to those that have no room among what it means.
            nearby = (*word.meaning.ids[_IDS:], *word.meaning.near)[:_NEAR]
            self._near[place, : len(nearby)] = nearby
        self._script[place] = script(word.text)
        self.initial[place] = ord(initial(word.text) or "\0")
        if SHORTEST_SOLO <= len(word.text) <= LONGEST_SOLO and word.text.isascii():
            self.solo[place] = packed(word.text)
        # What is known is no beginning of something else ("Tic." is trade), and three letters may begin anything.
        self.shortens[place] = word.meaning is None and len(word.text) >= _SHORTEST_DOTTED
        self.text[place] = self.text_number(word.text) if self.shortens[place] else -1


_CODES = np.zeros(256, np.uint8)
_CODES[np.frombuffer(SOUNDS.encode(), np.uint8)] = np.arange(len(SOUNDS))
_GROUP_OF = np.array([next((p for p, group in enumerate(_GROUPS) if sound in group), len(_GROUPS)) for sound in SOUNDS])
