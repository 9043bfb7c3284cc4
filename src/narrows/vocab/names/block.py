"""What finds names that may be one: keys that scripts, habits and slips of the pen leave alone. They decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from narrows.vocab.names.classes import CHILD, COMMON, CORE, NUMBER, PATRONYM
from narrows.vocab.names.parse import Word, parse
from narrows.vocab.names.sounds import skeleton

_SHORTEST_SLIP = 5


@dataclass(frozen=True, slots=True)
class Wording:
    """How a name is found.

    Attributes:
        kind: what it was taken for.
        core: the consonants of its distinctive words, written together.
        bag: its distinctive words, by meaning where one is known and by consonants elsewhere, in order of the alphabet.
        words: the same, one by one.
        variants: its longest word, and what is left of it when one consonant is taken away.
    """

    kind: str
    core: str
    bag: str
    words: tuple[str, ...]
    variants: tuple[str, ...]


@lru_cache(1 << 12)
def wording(name: str, kind: str | None) -> Wording:
    """Return how a name is found; all is empty where it names nobody."""
    read = parse(name, kind)
    telling = [word for word, class_ in read.words if class_ in (CORE, COMMON, PATRONYM, CHILD)]
    if not telling:
        return Wording(read.kind, "", "", (), ())
    bones = [skeleton(word.text.replace(" ", "")) for word in telling]
    numbers = sorted(word.text for word, class_ in read.words if class_ == NUMBER)
    keys = sorted({word_key(word) for word in telling})
    longest = max(bones, key=lambda bone: (len(bone), bone))
    slips = {longest}
    if len(longest) >= _SHORTEST_SLIP:
        slips |= {longest[:i] + longest[i + 1 :] for i in range(len(longest))}
    return Wording(read.kind, "".join(bones), " ".join([*keys, *numbers]), tuple(keys), tuple(sorted(slips)))


@lru_cache(1 << 17)
def word_key(word: Word) -> str:
    """Return a word's meaning where it has one, else its consonants."""
    return skeleton(word.text) if word.meaning is None else f"={word.meaning.ids[0]}"
