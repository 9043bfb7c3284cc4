"""Names as numbers, for the comparison of many: each name the numbers of its words, and what is known of it as a whole.

The layout is that of `kernel`. Many names are read together by `understand`; the few that need more by `parse`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from threading import RLock
from typing import Any

import numpy as np

from narrows.vocab.names.classes import MOST_WORDS
from narrows.vocab.names.parse import LONGEST_NAME, Name, parse
from narrows.vocab.names.tokens import Organisations, Persons, Tokens, Vessels
from narrows.vocab.names.wordtable import WordTable, packed
from narrows.vocab.text import fold

_ACRONYMS = 3
_BATCH = 20_000
# Of so many words at most the readings are kept from one table of names to the next.
_MOST_KEPT = 1_500_000
_COLUMNS = ("_words", "_classes", "_dotted", "_form", "_cut", "_acronyms", "_solo", "_marks")


class Vocabulary:
    """What was found out about words, for all names of this process: reading one twice gives the same."""

    def __init__(self) -> None:
        self.words = WordTable()
        self.tokens = Tokens(self.words)
        self.lock = RLock()

    @cached_property
    def organisations(self) -> Organisations:
        """What tokens are in names of firms."""
        return Organisations(self.tokens)

    @cached_property
    def persons(self) -> Persons:
        """What tokens are in names of persons."""
        return Persons(self.tokens)

    @cached_property
    def vessels(self) -> Vessels:
        """What tokens are in names of vessels."""
        return Vessels(self.tokens)


@lru_cache(1)
def _vocabulary() -> Vocabulary:
    return Vocabulary()


def vocabulary() -> Vocabulary:
    """Return what is known of words; a new one where that would grow without end."""
    if len(_vocabulary().words) > _MOST_KEPT:
        _vocabulary.cache_clear()
    return _vocabulary()


class Encoder:
    """Takes names of one kind, one after another or many at once, and gives them as the compiled comparison wants them.

    Args:
        persons: the names are those of persons.
    """

    def __init__(self, *, persons: bool) -> None:
        self._persons = persons
        self._vocabulary = vocabulary()
        self._first = array("i", [0])
        self._words, self._classes, self._dotted = array("i"), array("b"), array("b")
        self._form, self._cut = array("i"), array("b")
        self._acronyms, self._solo = array("q"), array("q")
        self._marks = array("Q")

    def __len__(self) -> int:
        return len(self._form)

    def add(self, name: Name) -> int:
        """Add a name and return its number, counted from 0."""
        with self._vocabulary.lock:
            row = _Rows(1)
            row.take(0, name, self._vocabulary)
            self._keep(row)
        return len(self._form) - 1

    def read(self, names: Sequence[str], kind: str) -> None:
        """Read names as `parse` does, and add them in their order.

        Args:
            names: as written.
            kind: organisation, person or vessel.
        """
        with self._vocabulary.lock:
            for at in range(0, len(names), _BATCH):
                self._keep(_read(names[at : at + _BATCH], kind, self._vocabulary))

    @property
    def marks(self) -> np.ndarray:
        """What puts two names in order, so that a score does not depend on which is left: uint64, from their words."""
        return np.array(self._marks, np.uint64)

    @property
    def nobody(self) -> np.ndarray:
        """Whether a name has no words to be compared: bool."""
        empty: np.ndarray = np.diff(np.array(self._first)) == 0
        return empty

    def words_of_names(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the words of all names by their numbers, their classes, and where each name begins among them."""
        return np.array(self._words, np.int32), np.array(self._classes, np.int8), np.array(self._first, np.int32)

    def tables(self) -> tuple[Any, ...]:
        """Return what the compiled functions take after the pairs: names, words, costs, masses.

        names: (first word, words, classes, form, acronyms, cut, solo, persons, abbreviated); the others as
        `WordTable.tables` has them.
        """
        names = (
            np.array(self._first, np.int32), np.array(self._words, np.int32), np.array(self._classes, np.int8),
            np.array(self._form, np.int32), np.array(self._acronyms, np.int64).reshape(-1, _ACRONYMS),
            np.array(self._cut, np.bool_), np.array(self._solo, np.int64), self._persons,
            np.array(self._dotted, np.bool_),
        )  # fmt: skip
        with self._vocabulary.lock:
            return names, *self._vocabulary.words.tables()

    def followed_by(self, other: Encoder) -> Encoder:
        """Return the names of both, those of the other behind one's own."""
        both = Encoder(persons=self._persons)
        both._vocabulary = self._vocabulary
        for name in _COLUMNS:
            setattr(both, name, getattr(self, name) + getattr(other, name))
        both._first = array("i")
        first = np.array(other._first[1:], np.int32) + np.int32(self._first[-1])
        both._first.frombytes(np.array(self._first, np.int32).tobytes() + first.tobytes())
        return both

    def _keep(self, rows: _Rows) -> None:
        filled = np.arange(MOST_WORDS) < rows.count[:, None]
        words, classes = rows.words[filled], rows.classes[filled]
        first = self._first[-1] + np.cumsum(rows.count, dtype=np.int32)
        self._marks.extend(_marks(words, classes, rows.count, self._vocabulary.words))
        for kept, new in (
            (self._first, first), (self._words, words), (self._classes, classes),
            (self._dotted, rows.dotted[filled]), (self._form, rows.form), (self._cut, rows.cut),
            (self._acronyms, rows.acronyms), (self._solo, rows.solo),
        ):  # fmt: skip
            kept.frombytes(new.tobytes())


class _Rows:
    """Names while they are read: one row each, with room for all its words."""

    def __init__(self, size: int) -> None:
        self.words = np.zeros((size, MOST_WORDS), np.int32)
        self.classes, self.dotted = np.zeros((size, MOST_WORDS), np.int8), np.zeros((size, MOST_WORDS), np.bool_)
        self.count = np.zeros(size, np.int32)
        self.form, self.cut = np.full(size, -1, np.int32), np.zeros(size, np.bool_)
        self.acronyms, self.solo = np.zeros((size, _ACRONYMS), np.int64), np.zeros(size, np.int64)

    def take(self, row: int, name: Name, known: Vocabulary) -> None:
        """Fill a row with a name that `parse` has read."""
        words = name.words[:MOST_WORDS]
        self.count[row] = len(words)
        self.words[row, : len(words)] = [known.words.number(word) for word, _ in words]
        self.classes[row, : len(words)] = [class_ for _, class_ in words]
        if name.shortened:
            known.words.settle()
            shortens = known.words.shortens[self.words[row, : len(words)]]
            self.dotted[row, : len(words)] = shortens & [word.text in name.shortened for word, _ in words]
        # Forms are numbered from 1 by their titles.
        self.form[row] = -1 if name.form is None else known.tokens.title_number(name.form) - 1
        self.cut[row] = name.cut
        self.acronyms[row] = 0
        self.acronyms[row, : len(name.acronyms)] = [packed(short) for short in name.acronyms[:_ACRONYMS]]
        self.solo[row] = packed(name.solo or "")


def _read(names: Sequence[str], kind: str, known: Vocabulary) -> _Rows:
    from narrows.vocab.names import understand  # compiled code is loaded when it is needed

    tokens = known.tokens
    turned = np.zeros(len(names), np.bool_)
    texts = [name if len(name) <= LONGEST_NAME else "" for name in names]
    if kind == "person":
        for place, text in enumerate(texts):
            if "," in text:
                texts[place], turned[place] = _turned(text), True
    spread, first, chunks, at = tokens.spread(texts)
    sizes = understand.lengths(chunks, at, np.array(tokens.chunk_length))
    rows = _Rows(len(names))
    read = known.persons if kind == "person" else known.vessels if kind == "vessel" else known.organisations
    read.learn(spread)
    skipped = understand.doubtful(spread, first, turned, *tokens.signs())
    skipped |= sizes > LONGEST_NAME
    read.understand(spread, first, sizes, skipped, rows)
    if kind == "organisation":
        words = known.words
        rows.dotted = understand.dotted(
            rows.words, rows.classes, rows.count, chunks, at, np.array(tokens.dot_start), np.array(tokens.dots),
            words.shortens, words.text,
        )  # fmt: skip
    for row in np.flatnonzero(skipped).tolist():
        rows.take(row, parse(names[row], kind), known)
    return rows


def _turned(name: str) -> str:
    """Return "Name, Given" as "Given Name", another name as it is; nothing where digits make that hard to tell."""
    before, _, after = name.partition(",")
    if any(map(str.isdigit, name)):
        return ""
    return f"{after} {before}" if "," not in after and fold(before) and fold(after) else name


def _marks(words: np.ndarray, classes: np.ndarray, count: np.ndarray, table: WordTable) -> Iterable[int]:
    """Yield what puts names in order: a hash of their words and classes."""
    texts = table.words
    parts = [f"{texts[word].text}/{class_}" for word, class_ in zip(words.tolist(), classes.tolist(), strict=True)]
    at = 0
    for size in count.tolist():
        text = " ".join(parts[at : at + size])
        at += size
        yield int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest(), "big")


def encode(names: Iterable[Name], *, persons: bool) -> Encoder:
    """Return names ready to be compared; the place of a name in the sequence is its number."""
    encoder = Encoder(persons=persons)
    for name in names:
        encoder.add(name)
    return encoder
