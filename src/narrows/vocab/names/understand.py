"""Many names understood at once, compiled: what `parse` does with the words of one name, on the numbers of its words.

What a word is by itself was found out once (see `tokens`); here legal forms are taken off, phrases found, and each word
gets its class. A name that needs more than that is marked, and left to `parse`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from narrows.vocab.names.classes import (
    ACTIVITY,
    CHILD,
    COMMON,
    CORE,
    FILLER,
    INITIAL,
    MOST_WORDS,
    PATRONYM,
    PLACE,
)

# What is known of a token, as bits.
LETTER, JOINS, UNSURE, NOTHING, BEGINS, CHILD_WORD, SMALL, GIVEN, ROLE, FORMER, FILLS = (1 << bit for bit in range(11))
# In place of a word: only `parse` can tell.
LEFT = -2
_LEAST_LETTERS, _LETTERS_WITHIN = 2, 40
_CUT_FROM, _CUT_TO = 30, 36
_SHORT_BITS = 8
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 6
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@njit(cache=True, nogil=True)
def find(keys: Any, values: Any, key: int) -> int:
    """Return what a table of numbers holds under a key, -1 where nothing."""
    mask = len(keys) - 1
    at = np.int64((np.uint64(key) * _SPREAD) >> np.uint64(40)) & mask
    while keys[at] != -1:
        if keys[at] == key:
            return int(values[at])
        at = (at + 1) & mask
    return -1


@njit(cache=True, nogil=True)
def fill(keys: Any, values: Any, new_keys: Any, new_values: Any) -> None:
    """Put keys and values into an empty table of numbers, at least twice as long; a power of two."""
    mask = len(keys) - 1
    for k in range(len(new_keys)):
        at = np.int64((np.uint64(new_keys[k]) * _SPREAD) >> np.uint64(40)) & mask
        while keys[at] != -1 and keys[at] != new_keys[k]:
            at = (at + 1) & mask
        keys[at], values[at] = new_keys[k], new_values[k]


@njit(cache=True, nogil=True)
def expand(chunks: Any, first: Any, start: Any, pool: Any) -> Any:
    """Return the tokens of names whose chunks are given, and where each name begins."""
    count = 0
    for c in chunks:
        count += start[c + 1] - start[c]
    tokens = np.empty(count, np.int32)
    at = np.zeros(len(first), np.int64)
    size = 0
    for n in range(len(first) - 1):
        for k in range(first[n], first[n + 1]):
            for p in range(start[chunks[k]], start[chunks[k] + 1]):
                tokens[size] = pool[p]
                size += 1
        at[n + 1] = size
    return tokens, at


@njit(cache=True, nogil=True)
def lengths(chunks: Any, first: Any, length: Any) -> Any:
    """Return how many characters names have, one blank between their chunks."""
    found = np.zeros(len(first) - 1, np.int32)
    for n in range(len(first) - 1):
        for k in range(first[n], first[n + 1]):
            if length[chunks[k]]:
                found[n] += length[chunks[k]] + (found[n] > 0)
    return found


@njit(cache=True, nogil=True)
def unread(tokens: Any, known: Any) -> Any:
    """Return the tokens of which nothing is known yet, each once; they count as known from then on."""
    found = []
    for token in tokens:
        if not known[token]:
            known[token] = True
            found.append(token)
    return found


@njit(cache=True, nogil=True)
def doubtful(tokens: Any, first: Any, turned: Any, flags: Any, letters: Any, sizes: Any) -> Any:
    """Say which names may be placeholders, or have too few letters, or tokens that one cannot be sure of."""
    found = np.zeros(len(first) - 1, np.bool_)
    for n in range(len(first) - 1):
        lo, hi = first[n], first[n + 1]
        seen, at, nothing = 0, 0, True
        for k in range(lo, hi):
            token = tokens[k]
            at += sizes[token]
            if at <= _LETTERS_WITHIN:
                seen += letters[token]
            at += 1
            nothing = nothing and flags[token] & NOTHING != 0
            if flags[token] & UNSURE or (flags[token] & BEGINS and (k == lo or turned[n])):
                found[n] = True
        if seen < _LEAST_LETTERS or nothing:
            found[n] = True
    return found


@njit(cache=True, nogil=True)
def neighbours(tokens: Any, first: Any) -> Any:
    """Return each two tokens that follow each other in a name, as one number."""
    found = np.empty(len(tokens), np.int64)
    size = 0
    for n in range(len(first) - 1):
        for k in range(first[n], first[n + 1] - 1):
            found[size] = np.int64(tokens[k]) << 32 | tokens[k + 1]
            size += 1
    return found[:size]


@njit(cache=True, nogil=True)
def _longest(tokens: Any, lo: int, hi: int, step: int, trie: Any) -> Any:
    """Return how long the longest phrase is that begins at lo (or ends before hi, where step is -1), and its value."""
    keys, nodes, values = trie
    node, best, value, size = 0, 0, -1, 0
    at = lo if step > 0 else hi - 1
    while lo <= at < hi:
        node = find(keys, nodes, np.int64(node) << 32 | tokens[at])
        if node < 0:
            break
        size += 1
        if values[node] >= 0:
            best, value = size, values[node]
        at += step
    return best, value


@njit(cache=True, nogil=True)
def _without_forms(tokens: Any, lo: int, hi: int, starts: Any, ends: Any, flags: Any) -> Any:
    """Take legal forms off a name; see `keys.split`.

    Returns:
        Where what is left begins and ends; the outermost form, 0 for none; how many forms went; whether it has initials
        to be joined.
    """
    title, forms = 0, 0
    while True:
        # A name that is a form and nothing else keeps it, and the search is for what leaves something.
        if _longest(tokens, lo, hi, -1, ends)[0] == hi - lo or _longest(tokens, lo, hi, 1, starts)[0] == hi - lo:
            break
        size, form = _longest(tokens, lo, hi, -1, ends)
        if size:
            hi -= size
        else:
            size, form = _longest(tokens, lo, hi, 1, starts)
            if not size:
                break
            lo += size
        forms += 1
        if title == 0:
            title = form
    for k in range(lo, hi - 1):
        if flags[tokens[k]] & LETTER and flags[tokens[k + 1]] & LETTER:
            return lo, hi, title, forms, True
    return lo, hi, title, forms, False


@njit(cache=True, nogil=True)
def split_many(tokens: Any, first: Any, starts: Any, ends: Any, flags: Any) -> Any:
    """Take legal forms off names.

    Returns:
        (names, 4): where what is left begins and ends; the outermost form; whether more is to be looked at: initials,
        or a name that is a form and nothing else.
    """
    found = np.empty((len(first) - 1, 4), np.int64)
    for n in range(len(first) - 1):
        lo, hi, form, forms, doubt = _without_forms(tokens, first[n], first[n + 1], starts, ends, flags)
        if forms == 0:
            whole = hi - lo
            doubt = doubt or _longest(tokens, lo, hi, -1, ends)[0] == whole
            doubt = doubt or _longest(tokens, lo, hi, 1, starts)[0] == whole
        found[n, 0], found[n, 1], found[n, 2], found[n, 3] = lo, hi, form, doubt
    return found


@njit(cache=True, nogil=True)
def _pack(short: int, count: int, letter: int) -> Any:
    return (short << _SHORT_BITS | letter, count + 1) if letter else (short, count)


@njit(cache=True, nogil=True)
def organisations(
    tokens: Any, first: Any, lengths_: Any, skipped: Any, facts: Any, starts: Any, ends: Any, title_of: Any,
    phrases: Any, phrase_word: Any, phrase_class: Any, pairs: Any, pair_word: Any, word_initial: Any, word_solo: Any,
    out: Any,
) -> None:  # fmt: skip
    """Read names of firms; see `parse._organisation`."""
    flags, initials, words_of, classes_of, forms_of = facts
    words, classes, count, form, acronyms, cut, solo = out
    for n in range(len(first) - 1):
        if skipped[n]:
            continue
        lo, hi, title, forms, doubt = _without_forms(tokens, first[n], first[n + 1], starts, ends, flags)
        for k in range(lo, hi):
            doubt = doubt or flags[tokens[k]] & JOINS != 0
        if doubt:
            skipped[n] = True
            continue
        title = title_of[title]
        size, k = 0, lo
        while k < hi:
            taken, phrase = _longest(tokens, k, hi, 1, phrases)
            word, class_ = -1, 0
            if taken >= 2:
                word, class_ = phrase_word[phrase], phrase_class[phrase]
            else:
                taken = 1
                if k + 1 < hi:
                    word, class_ = find(pairs, pair_word, np.int64(tokens[k]) << 32 | tokens[k + 1]), PLACE
                    taken = 2 if word >= 0 else 1
                if taken == 1:
                    word, class_ = words_of[tokens[k]], classes_of[tokens[k]]
                    if title == 0:
                        title = forms_of[tokens[k]]
            if word >= 0 and size < MOST_WORDS:
                words[n, size], classes[n, size] = word, class_
                size += 1
            k += taken
        count[n] = size
        _never_empty(classes[n, :size])
        form[n] = title - 1
        cut[n] = _CUT_FROM <= lengths_[n] < _CUT_TO and forms == 0
        if hi - lo <= 2:
            solo[n] = _solo(words[n, :size], classes[n, :size], word_solo)
        if hi - lo >= 2:
            _shorten(tokens, first[n], first[n + 1], lo, hi, words[n, :size], classes[n, :size], initials, word_initial,
                     acronyms[n])  # fmt: skip


@njit(cache=True, nogil=True)
def _never_empty(classes: Any) -> None:
    for c in classes:
        if c in (CORE, COMMON):
            return
    for promoted in (ACTIVITY, PLACE, FILLER):
        some = False
        for k in range(len(classes)):
            if classes[k] == promoted:
                classes[k] = COMMON
                some = True
        if some:
            return


@njit(cache=True, nogil=True)
def _solo(words: Any, classes: Any, word_solo: Any) -> Any:
    found, many = np.int64(0), 0
    for k in range(len(words)):
        if classes[k] == CORE or classes[k] == COMMON:
            found = word_solo[words[k]]
            many += 1
    return found if many == 1 else np.int64(0)


@njit(cache=True, nogil=True)
def _shorten(
    tokens: Any, first: int, last: int, lo: int, hi: int, words: Any, classes: Any, initials: Any, word_initial: Any,
    out: Any,
) -> None:  # fmt: skip
    bare, bare_size = np.int64(0), 0
    whole, whole_size = np.int64(0), 0
    telling, telling_size = np.int64(0), 0
    for k in range(first, last):
        whole, whole_size = _pack(whole, whole_size, np.int64(initials[tokens[k]]))
        if lo <= k < hi:
            bare, bare_size = _pack(bare, bare_size, np.int64(initials[tokens[k]]))
    for k in range(len(words)):
        if classes[k] != FILLER:
            telling, telling_size = _pack(telling, telling_size, np.int64(word_initial[words[k]]))
    out[0] = bare if _SHORTEST_ACRONYM <= bare_size <= _LONGEST_ACRONYM else 0
    out[1] = telling if _SHORTEST_ACRONYM <= telling_size <= _LONGEST_ACRONYM else 0
    out[2] = whole if _SHORTEST_ACRONYM <= whole_size <= _LONGEST_ACRONYM else 0


@njit(cache=True, nogil=True)
def persons(
    tokens: Any, first: Any, skipped: Any, facts: Any, titles: Any, phrases: Any, phrase_word: Any, out: Any
) -> None:  # fmt: skip
    """Read names of persons; see `parse._person`."""
    flags, words_of, classes_of = facts
    words, classes, count = out
    for n in range(len(first) - 1):
        if skipped[n]:
            continue
        lo, hi = _without_titles(tokens, first[n], first[n + 1], titles)
        for k in range(lo, hi):
            skipped[n] = skipped[n] or flags[tokens[k]] & JOINS != 0
        size, k, child, many = 0, lo, False, hi - lo > 1
        while k < hi and size < MOST_WORDS and not skipped[n]:
            taken, phrase = _longest(tokens, k, hi, 1, phrases)
            token = tokens[k]
            if taken >= 2:
                word, class_ = phrase_word[phrase], CORE
            else:
                taken = 1
                word, class_ = -1 if many and flags[token] & SMALL else words_of[token], classes_of[token]
            k += taken
            if word == LEFT:
                skipped[n] = True
            elif flags[token] & CHILD_WORD and size > 0:
                child, word = True, -1
            if word < 0:
                continue
            if class_ == CORE or (class_ == PATRONYM and size == 0):
                class_ = CHILD if child else CORE
            words[n, size], classes[n, size] = word, class_
            size += 1
            child = False
        count[n] = size
        _never_nobody(classes[n, :size])


@njit(cache=True, nogil=True)
def _never_nobody(classes: Any) -> None:
    for c in classes:
        if c != PATRONYM and c != INITIAL:
            return
    for k in range(len(classes)):
        if classes[k] == PATRONYM:
            classes[k] = CORE


@njit(cache=True, nogil=True)
def _without_titles(tokens: Any, lo: int, hi: int, titles: Any) -> Any:
    keys, values = titles
    changed = True
    while changed and hi - lo > 1:
        changed = False
        if hi - lo > 2:
            if find(keys, values, np.int64(tokens[lo]) << 32 | tokens[lo + 1]) >= 0:
                lo += 2
                changed = True
            elif find(keys, values, np.int64(tokens[hi - 2]) << 32 | tokens[hi - 1]) >= 0:
                hi -= 2
                changed = True
        if hi - lo > 1:
            if find(keys, values, np.int64(tokens[lo])) >= 0:
                lo += 1
                changed = True
            elif find(keys, values, np.int64(tokens[hi - 1])) >= 0:
                hi -= 1
                changed = True
    return lo, hi


@njit(cache=True, nogil=True)
def vessels(tokens: Any, first: Any, skipped: Any, facts: Any, prefixes: Any, out: Any) -> None:
    """Read names of vessels; see `parse._vessel`."""
    flags, words_of, classes_of = facts
    words, classes, count = out
    for n in range(len(first) - 1):
        if skipped[n]:
            continue
        lo, hi = first[n], first[n + 1]
        for k in range(lo + 1, hi):
            if flags[tokens[k]] & FORMER:
                hi = k
                break
        if hi - lo > 2 and find(prefixes[0], prefixes[1], np.int64(tokens[lo]) << 32 | tokens[lo + 1]) >= 0:
            lo += 2
        kept = 0
        for k in range(lo, hi):
            kept += flags[tokens[k]] & ROLE == 0
        every = kept == 0
        if every:
            lo, kept = first[n], hi - first[n]
        place, size = 0, 0
        for k in range(lo, hi):
            token = tokens[k]
            if not every and flags[token] & ROLE:
                continue
            later = 1 if place else 0
            if place == MOST_WORDS:
                break
            place += 1
            if kept == 1 or not flags[token] & FILLS << later:
                words[n, size], classes[n, size] = words_of[later, token], classes_of[later, token]
                size += 1
        count[n] = size


@njit(cache=True, nogil=True)
def dotted(
    words: Any, classes: Any, count: Any, chunks: Any, first: Any, start: Any, pool: Any, shortens: Any, text: Any
) -> Any:  # fmt: skip
    """Say which words stand with a dot behind them somewhere in the name, and may be beginnings of longer ones."""
    found = np.zeros(classes.shape, np.bool_)
    for n in range(len(count)):
        for c in range(first[n], first[n + 1]):
            for p in range(start[chunks[c]], start[chunks[c] + 1]):
                for k in range(count[n]):
                    if shortens[words[n, k]] and text[words[n, k]] == pool[p]:
                        found[n, k] = True
    return found
