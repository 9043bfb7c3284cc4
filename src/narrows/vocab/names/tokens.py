"""The distinct words as written in names, and what each is by itself, found out once and kept as numbers.

A name is cut at its blanks into chunks ("A.Ş.", "San.ve"); a chunk is folded into tokens ("a", "s"). Both repeat from
name to name. `understand` puts the tokens of many names together as `parse` does those of one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from narrows.vocab.atlas import atlas
from narrows.vocab.names import keys, lexicon, parse
from narrows.vocab.names.classes import CORE, INITIAL, PATRONYM
from narrows.vocab.names.lexicon import Meaning, Phrase
from narrows.vocab.names.parse import ROLES, Word
from narrows.vocab.names.wordtable import WordTable, grown
from narrows.vocab.text import begins_placeholder, clean, fold, placeholder_words

_NONE = -1
Table = tuple[np.ndarray, np.ndarray]
Trie = tuple[np.ndarray, np.ndarray, np.ndarray]
# What may stand at the end of a placeholder of several words: "of him" in Turkish.
_ORDER_OF = "emrine"


class Tokens:
    """Chunks and tokens by number, and the words that tokens are in each kind of name.

    Args:
        words: where the words are kept.
    """

    def __init__(self, words: WordTable) -> None:
        from narrows.vocab.names import understand  # compiled code is loaded when it is needed

        self.words = words
        self.compiled = understand
        self.texts: list[str] = []
        self._number: dict[str, int] = {}
        self._chunks = _Chunks(self)
        # Of each chunk: where its tokens and dotted words begin, its length, whether folding alone gives its tokens.
        self.chunk_start, self.dot_start = array("q", [0]), array("q", [0])
        self.pool, self.dots, self.chunk_length = array("i"), array("i"), array("i")
        self.plain = array("b")
        self.flags, self.letters, self.sizes, self.initials = array("i"), array("i"), array("i"), array("B")
        self._titles: dict[str, int] = {}
        self._nothing = placeholder_words()
        # No token has the number 0, so that two tokens written as one number are never one.
        self.number("")

    def chunks(self, names: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return the numbers of the chunks of names, and where each name begins; int32, int64."""
        look_up = self._chunks.__getitem__
        found: list[int] = []
        first = [0]
        for name in names:
            found += map(look_up, name.split())
            first.append(len(found))
        return np.array(found, np.int32), np.array(first, np.int64)

    def number(self, token: str) -> int:
        """Return the number of a token; a new one where it is new."""
        found = self._number.get(token)
        if found is None:
            found = self._number[token] = len(self.texts)
            self.texts.append(token)
            self._tell(token)
        return found

    def read_chunk(self, chunk: str) -> int:
        """Take a new chunk, and return its number."""
        text = clean(chunk) or ""
        self.pool.extend(map(self.number, parse.fold_words(text).split()))
        self.plain.append(fold(chunk) == " ".join(self.texts[token] for token in self.pool[self.chunk_start[-1] :]))
        self.dots.extend(map(self.words.text_number, parse.shortened(text)))
        self.chunk_start.append(len(self.pool))
        self.dot_start.append(len(self.dots))
        self.chunk_length.append(len(text))
        return len(self.chunk_length) - 1

    def signs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the flags of tokens, how many letters they have, and how many characters."""
        return np.array(self.flags), np.array(self.letters), np.array(self.sizes)

    def spread(self, names: Iterable[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return the tokens of names and where each name begins among them, and the same of their chunks."""
        chunks, at = self.chunks(names)
        return *self.compiled.expand(chunks, at, np.array(self.chunk_start), np.array(self.pool)), chunks, at

    def title(self, form: str) -> int:
        """Return the number of a legal form by its title, from 1; 0 for words that tell no form."""
        return self.title_number(keys.form_title(form)) if form else 0

    def title_number(self, title: str) -> int:
        """Return the number of the title of a legal form, from 1."""
        return self._titles.setdefault(title, len(self._titles) + 1)

    def trie(self, phrases: Mapping[Phrase, int], *, backward: bool = False) -> Trie:
        """Return phrases for `understand`: the steps from token to token, and the value at each stop."""
        steps: dict[int, int] = {}
        values = [_NONE]
        for phrase, value in phrases.items():
            node = 0
            for token in reversed(phrase) if backward else phrase:
                step = node << 32 | self.number(token)
                node = steps.setdefault(step, len(values))
                if node == len(values):
                    values.append(_NONE)
            values[node] = value
        return *self.table(steps), np.array(values, np.int32)

    def table(self, entries: Mapping[int, int]) -> Table:
        """Return entries for `understand.find`."""
        room = 1 << max(4, (2 * len(entries) + 1).bit_length())
        found = np.full(room, _NONE, np.int64), np.full(room, _NONE, np.int32)
        if entries:
            new = np.fromiter(entries, np.int64, len(entries)), np.fromiter(entries.values(), np.int32, len(entries))
            self.compiled.fill(*found, *new)
        return found

    def pair(self, phrase: Phrase) -> int:
        """Return the number of two tokens that follow each other."""
        return self.number(phrase[0]) << 32 | self.number(phrase[1])

    def _tell(self, token: str) -> None:
        u = self.compiled
        flags = 0
        letter = len(token) == 1 and token.isalpha()
        if letter:
            flags |= u.LETTER
        if parse.is_joined(token):
            flags |= u.JOINS
        if token == _ORDER_OF or any("\u4e00" <= char <= "\u9fff" for char in token):
            flags |= u.UNSURE
        if token in self._nothing:
            flags |= u.NOTHING
        if begins_placeholder(token):
            flags |= u.BEGINS
        if (token,) in lexicon.given():
            flags |= u.GIVEN
        self.flags.append(flags)
        self.letters.append(parse.letters_of(token))
        self.sizes.append(len(token))
        self.initials.append(ord(parse.initial(token) or "\0"))


class _Chunks(dict[str, int]):
    """Chunks by number; learns each chunk once."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def __missing__(self, chunk: str) -> int:
        self[chunk] = found = self._tokens.read_chunk(chunk)
        return found


class Facts:
    """What tokens are in one kind of name: a word of a class, or nothing; learned when they are first seen."""

    def __init__(self, tokens: Tokens, rows: int = 1) -> None:
        self.tokens = tokens
        self.flags = np.zeros(0, np.int32)
        self.words = np.zeros((rows, 0), np.int32)
        self.classes = np.zeros((rows, 0), np.int8)
        self.forms = np.zeros(0, np.int32)
        self._known = np.zeros(0, np.bool_)

    def learn(self, numbers: np.ndarray) -> None:
        """Find out what these tokens are, those that are new."""
        size = len(self.tokens.texts)
        self.flags, self.forms, self._known = (grown(a, size) for a in (self.flags, self.forms, self._known))
        self.words, self.classes = grown(self.words, size, 1), grown(self.classes, size, 1)
        for number in self.tokens.compiled.unread(numbers, self._known):
            self.flags[number] = self.tokens.flags[number]
            self.words[:, number] = _NONE
            self.tell(number, self.tokens.texts[number])

    def tell(self, number: int, token: str) -> None:
        """Note what a token is."""
        raise NotImplementedError

    def understand(
        self, tokens: np.ndarray, first: np.ndarray, sizes: np.ndarray, skipped: np.ndarray, rows: Any
    ) -> None:
        """Read names of this kind.

        Args:
            tokens: of all names; int32.
            first: where each name begins among them, and where the last ends.
            sizes: how many characters each name has.
            skipped: names that are not to be read; those that cannot be are added.
            rows: where what was read is put.
        """
        raise NotImplementedError


class Organisations(Facts):
    """Tokens in names of firms."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        starts, ends = keys.forms()
        # Legal forms are numbered from 1; 0 stands for words around them that tell no form.
        self.form_ids = ["", *sorted({form for form in (*starts.values(), *ends.values()) if form})]
        number = {form: place for place, form in enumerate(self.form_ids)}
        self.starts = tokens.trie({phrase: number[form] for phrase, form in starts.items()})
        self.ends = tokens.trie({phrase: number[form] for phrase, form in ends.items()}, backward=True)
        self.title_of = np.array([tokens.title(form) for form in self.form_ids], np.int32)
        known = [(phrase, meaning) for phrase, meaning in lexicon.words().items() if len(phrase) > 1]
        self.phrases = tokens.trie({phrase: place for place, (phrase, _) in enumerate(known)})
        self.phrase_word = np.array([self._word(phrase, meaning) for phrase, meaning in known], np.int32)
        self.phrase_class = np.array([ROLES.get(meaning.role, _NONE) for _, meaning in known], np.int8)

    def tell(self, number: int, token: str) -> None:
        """Note the word, or the legal form inside a name."""
        single = parse.read_single(token)
        if isinstance(single, str):
            self.forms[number] = self.tokens.title(single)
        elif single is not None:
            self.words[0, number], self.classes[0, number] = self.tokens.words.number(single[0]), single[1]

    def understand(
        self, tokens: np.ndarray, first: np.ndarray, sizes: np.ndarray, skipped: np.ndarray, rows: Any
    ) -> None:
        """Read names of firms."""
        u, words = self.tokens.compiled, self.tokens.words
        pairs, pair_word = self.places(u.neighbours(tokens, first))
        words.settle()
        facts = self.flags, np.array(self.tokens.initials), self.words[0], self.classes[0], self.forms
        out = rows.words, rows.classes, rows.count, rows.form, rows.acronyms, rows.cut, rows.solo
        u.organisations(
            tokens, first, sizes, skipped, facts, self.starts, self.ends, self.title_of, self.phrases, self.phrase_word,
            self.phrase_class, pairs, pair_word, words.initial, words.solo, out,
        )  # fmt: skip

    def places(self, pairs: np.ndarray) -> Table:
        """Return those of pairs of tokens that are places, with the words they are."""
        texts, names = self.tokens.texts, atlas()
        found = {}
        for pair in np.unique(pairs).tolist():
            one, other = texts[pair >> 32], texts[pair & 0xFFFFFFFF]
            if (one + other in names.own or one + other in names.other) and (meaning := lexicon.place((one, other))):
                found[pair] = self._word((one, other), meaning)
        return self.tokens.table(found)

    def _word(self, phrase: Phrase, meaning: Meaning) -> int:
        """Return the number of a phrase that is one word; -1 for "motor vessel" and the like."""
        if meaning.role == "vessel":
            return _NONE
        return self.tokens.words.number(parse.read_word(" ".join(phrase), meaning))


class Persons(Facts):
    """Tokens in names of persons."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._small = lexicon.particles()
        known = [(phrase, meaning) for phrase, meaning in lexicon.given().items() if len(phrase) > 1]
        self.phrases = tokens.trie({phrase: place for place, (phrase, _) in enumerate(known)})
        words = [parse.read_word(" ".join(phrase), meaning) for phrase, meaning in known]
        self.phrase_word = np.array([self._kept(word) for word in words], np.int32)
        self.titles = tokens.table(
            {
                tokens.pair(title) if len(title) == 2 else tokens.number(title[0]): 0
                for title in self._small.titles
                if len(title) <= 2
            }
        )

    def tell(self, number: int, token: str) -> None:
        """Note the word and the class that it has by itself."""
        u, small = self.tokens.compiled, self._small
        meaning = parse.name_known((token,))
        if token in small.children:
            self.flags[number] |= u.CHILD_WORD
        elif meaning is None and (token in small.articles or token in small.parents or token in small.small):
            self.flags[number] |= u.SMALL
        text = token if meaning is not None else parse.without_son(parse.bare(parse.misread(token)))
        word = parse.read_word(text, meaning)
        self.words[0, number] = _NONE if meaning is None and token in small.children else self._kept(word)
        class_ = CORE
        if len(text) == 1 and not word.abjad:
            class_ = INITIAL
        elif meaning is None and parse.is_patronymic(text):
            class_ = PATRONYM
        self.classes[0, number] = class_

    def understand(
        self, tokens: np.ndarray, first: np.ndarray, sizes: np.ndarray, skipped: np.ndarray, rows: Any
    ) -> None:
        """Read names of persons."""
        facts = self.flags, self.words[0], self.classes[0]
        out = rows.words, rows.classes, rows.count
        self.tokens.compiled.persons(tokens, first, skipped, facts, self.titles, self.phrases, self.phrase_word, out)

    def _kept(self, word: Word) -> int:
        """Return the number of a word; -1 where it says nothing, -2 for two names written as one."""
        if word.meaning is not None and word.meaning.ids[0] in lexicon.compounds():
            return int(self.tokens.compiled.LEFT)
        return _NONE if word.numeric or not word.heard else self.tokens.words.number(word)


class Vessels(Facts):
    """Tokens in names of vessels: as the first word, and after it."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens, rows=2)
        self.prefixes = tokens.table({tokens.pair(prefix): 0 for prefix in parse.VESSEL_PREFIXES})

    def tell(self, number: int, token: str) -> None:
        """Note the word, and whether it only fills."""
        u = self.tokens.compiled
        whole = lexicon.words().get((token,))
        if whole is not None and whole.role == "vessel":
            self.flags[number] |= u.ROLE
        if token in parse.FORMERLY:
            self.flags[number] |= u.FORMER
        for later in (0, 1):
            word, class_, fills = parse.vessel_word(token, later=bool(later))
            self.words[later, number], self.classes[later, number] = self.tokens.words.number(word), class_
            if fills:
                self.flags[number] |= u.FILLS << later

    def understand(
        self, tokens: np.ndarray, first: np.ndarray, sizes: np.ndarray, skipped: np.ndarray, rows: Any
    ) -> None:
        """Read names of vessels."""
        facts, out = (self.flags, self.words, self.classes), (rows.words, rows.classes, rows.count)
        self.tokens.compiled.vessels(tokens, first, skipped, facts, self.prefixes, out)
