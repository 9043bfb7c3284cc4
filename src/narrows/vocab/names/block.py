"""What finds names that may be one: keys that scripts, habits and slips of the pen leave alone. They decide nothing.

Many names are read at once, as `parse`, `keys.normalise`, `keys.legal_form` and `text.is_placeholder` read each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from narrows.vocab.names.classes import CHILD, COMMON, CORE, NUMBER, PATRONYM
from narrows.vocab.names.encode import Encoder, vocabulary
from narrows.vocab.names.keys import legal_form, normalise
from narrows.vocab.names.parse import KINDS, LONGEST_NAME, Word, looks_like
from narrows.vocab.names.sounds import skeleton
from narrows.vocab.text import is_placeholder

_TELLING = frozenset((CORE, COMMON, PATRONYM, CHILD))
_FEWEST, _MOST = 2, 5


@dataclass(frozen=True, slots=True)
class Wording:
    """How a name is found; all is empty where it names nobody.

    Attributes:
        core: the consonants of its distinctive words, written together.
        bag: its distinctive words, by meaning where one is known and by consonants elsewhere, in order of the alphabet.
        words: the same, one by one.
        longest: the consonants of its longest word.
    """

    core: str
    bag: str
    words: tuple[str, ...]
    longest: str


_NOBODY = Wording("", "", (), "")


def wordings(encoder: Encoder) -> Iterator[Wording]:
    """Yield how each name of a table is found."""
    words, classes, first = (column.tolist() for column in encoder.words_of_names())
    table = vocabulary().words.words
    bones = {number: skeleton(table[number].text.replace(" ", "")) for number in set(words)}
    keys = {number: word_key(table[number]) for number in bones}
    for start, end in pairwise(first):
        parts = list(zip(words[start:end], classes[start:end], strict=True))
        telling = [word for word, class_ in parts if class_ in _TELLING]
        if not telling:
            yield _NOBODY
            continue
        numbers = [table[word].text for word, class_ in parts if class_ == NUMBER]
        heard = [bones[word] for word in telling]
        found = sorted({keys[word] for word in telling})
        longest = max(heard, key=lambda bone: (len(bone), bone))
        yield Wording("".join(heard), " ".join([*found, *sorted(numbers)]), tuple(found), longest)


@lru_cache(1 << 12)
def word_key(word: Word) -> str:
    """Return a word's meaning where it has one, else its consonants."""
    return skeleton(word.text) if word.meaning is None else f"={word.meaning.ids[0]}"


def kinds(names: Sequence[str]) -> list[str]:
    """Return what names look like, as `parse.looks_like` says: organisation or person."""
    from narrows.vocab.names import understand  # compiled code is loaded when it is needed

    known = vocabulary()
    found = [KINDS[0]] * len(names)
    with known.lock:
        tokens, first, _, _ = known.tokens.spread(name if len(name) <= LONGEST_NAME else "" for name in names)
        given = np.concatenate([[0], np.cumsum((np.array(known.tokens.flags)[tokens] & understand.GIVEN) > 0)])
    size = np.diff(first)
    maybe = (given[first[1:]] > given[first[:-1]]) & (size >= _FEWEST) & (size <= _MOST)
    maybe |= np.array([len(name) > LONGEST_NAME for name in names], np.bool_)
    for place in np.flatnonzero(maybe).tolist():
        found[place] = looks_like(names[place])
    return found


def normalised(names: Sequence[str]) -> tuple[list[str], list[str | None], list[bool]]:
    """Return the exact-match key of each name, the id of its legal form, and whether it names nobody."""
    from narrows.vocab.names import understand  # compiled code is loaded when it is needed

    known = vocabulary()
    with known.lock:
        forms, texts = known.organisations, known.tokens.texts
        tokens, first, chunks, at = known.tokens.spread(name if len(name) <= LONGEST_NAME else "" for name in names)
        flags, letters, sizes = known.tokens.signs()
        odd = np.concatenate([[0], np.cumsum(np.array(known.tokens.plain)[chunks] == 0)])
        split = understand.split_many(tokens, first, forms.starts, forms.ends, flags)
        nobody = understand.doubtful(tokens, first, np.zeros(len(names), np.bool_), flags, letters, sizes)
    doubt = (split[:, 3] != 0) | (odd[at[1:]] > odd[at[:-1]]) | (first[1:] == first[:-1])
    written = [texts[token] for token in tokens.tolist()]
    keys = [" ".join(written[lo:hi]) for lo, hi in split[:, :2].tolist()]
    ids: list[str | None] = [forms.form_ids[form] or None for form in split[:, 2].tolist()]
    placeholder = [False] * len(names)
    for place in np.flatnonzero(doubt).tolist():
        keys[place], ids[place] = normalise(names[place]), legal_form(names[place])
    for place in np.flatnonzero(doubt | nobody).tolist():
        placeholder[place] = is_placeholder(names[place])
    return keys, ids, placeholder
