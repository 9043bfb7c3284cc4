"""The comparison of many pairs of names at once, compiled: which words stand for each other, and what that amounts to.

Names come as numbers (see `encode`). For each pair the words are matched one to one, the best first, and what matched,
what is missing on one side and what stands against each other is summed up by class of word into FEATURES. What these
weigh is told elsewhere (`weights.toml`); nothing here depends on any other name than the two.
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
    FEATURES,
    FILLER,
    INITIAL,
    MOST_WORDS,
    NUMBER,
    PATRONYM,
    PLACE,
    TABLE_BITS,
)

# So many words may be written as one.
_MOST_PARTS = 5
# What a few words written together may take, in sounds.
_LONGEST_TEXT = 128
# Words less alike than this are not taken for spellings of one word.
ALIKE = 0.70
_CLOSE, _SAME = 0.86, 0.955
_JOINED, _JOINED_ACROSS = 0.90, 0.82
# A known word in two spellings of its sound, in two languages, a near one, one that it may be, a beginning of it.
_SPOKEN, _KNOWN, _NEAR, _LIKE, _CUT = 0.99, 0.97, 0.90, 0.80, 0.92
_SWAP = 0.6
# A long word may differ by no more than one of this weight: three other consonants are another word in any case.
_LONG = 6.5
# What must agree at least before names are taken for one, in words that tell: one of five sounds is enough, a short one
# or an everyday one needs something beside it. And what each kind of agreement brings.
_ENOUGH = 1.0
_BY_CLOSE, _BY_SIMILAR, _BY_COMMON, _BY_MEANING, _BY_ACTIVITY = 0.6, 0.3, 0.5, 0.15, 0.2
_BY_PLACE, _BY_NUMBER, _BY_FILLER, _SHORTEST_FILLER = 0.3, 0.2, 0.15, 4
# How much other activities tell where some are the same.
_SOME_OTHER = 0.25
# The least that it costs to put a consonant of one group in place of one of another (see `encode.groups_of`).
_LEAST_EXCHANGE = 0.5

_NOT = -1
(_CORE_SAME, _CORE_CLOSE, _CORE_SIMILAR, _CORE_CLOSE_ACROSS, _CORE_SIMILAR_ACROSS, _CORE_AGAINST,
 _CORE_MISSING, _CORE_SHARE, _COMMON_SAME, _COMMON_AGAINST, _COMMON_MISSING, _ACTIVITY_SAME, _ACTIVITY_AGAINST,
 _ACTIVITY_MISSING, _PLACE_SAME, _PLACE_AGAINST, _PLACE_MISSING, _NUMBER_SAME, _NUMBER_AGAINST,
 _NUMBER_MISSING, _INITIAL_SAME, _INITIAL_AGAINST, _PATRONYM_SAME, _PATRONYM_AGAINST, _FORM_SAME,
 _FORM_AGAINST, _NO_CORE, _SAME_START, _ALL_SAME, _ONE_WORD, _SWAPPED, _ACRONYM, _JOINED_UP, _CUT_OFF,
 _TWO_SCRIPTS, _CORE_WHOLE, _COMMON_MEANT, _GIVEN_AGAINST, _TRADE_AGAINST, _THIN) = range(len(FEATURES))  # fmt: skip


@njit(cache=True, nogil=True)
def _distance(a: Any, b: Any, cost: Any, rows: Any, most: float) -> Any:
    """The cheapest way from one sequence of sounds to the other; neighbours may change places.

    Where every way costs more than `most`, a number above it is returned before the end.
    """
    n, m, gap = len(a), len(b), cost.shape[0] - 1
    rows[1, 0] = 0
    for j in range(m):
        rows[1, j + 1] = rows[1, j] + cost[gap, b[j]]
    least_before = np.float32(0)
    for i in range(n):
        before, row, new = i % 3, (i + 1) % 3, (i + 2) % 3
        sound = a[i]
        alone = cost[sound, gap]
        diagonal = rows[row, 0]
        left = diagonal + alone
        rows[new, 0] = left
        least = left
        for j in range(m):
            other = b[j]
            above = rows[row, j + 1]
            best = min(diagonal + cost[sound, other], above + alone, left + cost[gap, other])
            if j > 0 and i > 0 and sound == b[j - 1] and a[i - 1] == other and sound != other:
                best = min(best, np.float32(rows[before, j - 1] + _SWAP))
            rows[new, j + 1] = best
            least = min(least, best)
            diagonal, left = above, best
        # What changes places reaches back over one row.
        if least > most and least_before > most:
            return least
        least_before = least
    return rows[(n + 1) % 3, m]


@njit(cache=True, nogil=True)
def _mass(a: Any, masses: Any) -> Any:
    total = np.float32(0)
    for sound in a:
        total += masses[sound]
    return total


@njit(cache=True, nogil=True)
def alike(
    a: Any, b: Any, a_abjad: bool, b_abjad: bool, across: bool, costs: Any, masses: Any, rows: Any, enough: float
) -> float:  # fmt: skip
    """How far two sequences of sounds are one word, 0 to 1; what is below `enough` may come out as less."""
    mode = 1 if a_abjad != b_abjad else 2 if across else 0
    return _alike_of(a, b, b_abjad, mode, _mass(a, masses[mode]), _mass(b, masses[mode]), costs, rows, enough)


@njit(cache=True, nogil=True)
def _alike_of(
    a: Any, b: Any, b_abjad: bool, mode: int, a_mass: float, b_mass: float, costs: Any, rows: Any, enough: float
) -> float:  # fmt: skip
    """How far two sequences of sounds are one word; what is below `enough` may come out as less."""
    heavy, light = max(a_mass, b_mass), min(a_mass, b_mass)
    if len(a) == 0 or len(b) == 0 or heavy == 0 or light < 0.5 * heavy:
        return 0.0
    # A little is added, so that rounding puts nothing off.
    long: Any = min(heavy, np.float32(_LONG))
    most = (1.001 - enough) * long
    if mode == 1 and b_abjad:
        spent = _distance(b, a, costs[1], rows, most)
    else:
        spent = _distance(a, b, costs[mode], rows, most)
    return max(0.0, 1.0 - spent / long)


@njit(cache=True, nogil=True)
def _too_far(x: Any, y: Any, allowed: float) -> Any:
    """Whether two words have so many different consonants that no cheap exchange makes them alike."""
    apart = np.int64(0)
    for g in range(len(x)):
        apart += abs(np.int64(x[g]) - np.int64(y[g]))
    return apart * _LEAST_EXCHANGE > 2 * allowed


@njit(cache=True, nogil=True)
def _name_of(i: int, ids: Any) -> int:
    """The first of a word's meanings that is a personal name, -1 for none."""
    for p in range(ids.shape[1]):
        if ids[i, p] != _NOT and ids[i, p] >> TABLE_BITS == 1:
            return int(ids[i, p])
    return _NOT


@njit(cache=True, nogil=True)
def _sounds_one(i: int, j: int, w: Any, costs: Any, masses: Any, rows: Any) -> bool:
    """Whether two words that mean one thing are one word, not the words of two languages."""
    pool, start, end, abjad, script, mass = w[0], w[1], w[2], w[3], w[11], w[9]
    mode = 1 if abjad[i] != abjad[j] else 2 if script[i] != script[j] else 0
    a, b = pool[start[i] : end[i]], pool[start[j] : end[j]]
    return bool(_alike_of(a, b, abjad[j], mode, mass[mode, i], mass[mode, j], costs, rows, _CLOSE) >= _CLOSE)


@njit(cache=True, nogil=True)
def word_similarity(i: int, j: int, w: Any, costs: Any, masses: Any, rows: Any) -> float:
    """How far two words of the table stand for each other, 0 to 1; known words by what they mean."""
    pool, start, end, abjad, article, ids, near, numeric, _, mass, groups, script = w
    if i == j:
        return 1.0
    if numeric[i] or numeric[j]:
        return 0.0
    best = 0.0
    if ids[i, 0] != _NOT and ids[j, 0] != _NOT:
        # Everyday words that are names too ("Jamal", "Jamil") are two where the names are, whatever the words mean.
        named_i, named_j = _name_of(i, ids), _name_of(j, ids)
        if named_i != _NOT and named_j != _NOT and named_i != named_j and script[i] == script[j]:
            for q in range(near.shape[1]):
                if near[i, q] == named_j or near[j, q] == named_i:
                    return _NEAR
            return 0.0
        for p in range(ids.shape[1]):
            for q in range(ids.shape[1]):
                if ids[i, p] != _NOT and ids[i, p] == ids[j, q]:
                    return _SPOKEN if _sounds_one(i, j, w, costs, masses, rows) else _KNOWN
            for q in range(near.shape[1]):
                if (ids[i, p] != _NOT and ids[i, p] == near[j, q]) or (ids[j, p] != _NOT and ids[j, p] == near[i, q]):
                    best = _NEAR
        if best > 0 or ids[i, 0] >> TABLE_BITS == ids[j, 0] >> TABLE_BITS:
            return best
    # A word that is not known may still sound like one that is, in another script.
    for p in range(ids.shape[1]):
        for q in range(near.shape[1]):
            if (ids[i, p] != _NOT and ids[i, p] == near[j, q]) or (ids[j, p] != _NOT and ids[j, p] == near[i, q]):
                return _NEAR
    if ids[i, 0] == _NOT and ids[j, 0] == _NOT:
        for p in range(near.shape[1]):
            for q in range(near.shape[1]):
                if near[i, p] != _NOT and near[i, p] == near[j, q]:
                    best = _LIKE
    across = script[i] != script[j]
    mode = 1 if abjad[i] != abjad[j] else 2 if across else 0
    heavy = max(mass[mode, i], mass[mode, j])
    if _too_far(groups[i], groups[j], (1 - ALIKE) * min(heavy, np.float32(_LONG))) and not (article[i] or article[j]):
        return best
    a, b = pool[start[i] : end[i]], pool[start[j] : end[j]]
    best = max(best, _alike_of(a, b, abjad[j], mode, mass[mode, i], mass[mode, j], costs, rows, ALIKE))
    if article[i] and not article[j]:
        best = max(best, alike(a[article[i] :], b, abjad[i], abjad[j], across, costs, masses, rows, ALIKE) - 0.01)
    if article[j] and not article[i]:
        best = max(best, alike(a, b[article[j] :], abjad[i], abjad[j], across, costs, masses, rows, ALIKE) - 0.01)
    # Known words are written as they are known; another word close to one is a slip at best.
    if (ids[i, 0] != _NOT or ids[j, 0] != _NOT) and abjad[i] == abjad[j]:
        best -= 0.02
    return best


@njit(cache=True, nogil=True)
def _begins(i: int, j: int, w: Any) -> bool:
    """Whether word i is a beginning of word j, as where a system cuts a name off."""
    pool, start, end = w[0], w[1], w[2]
    length = end[i] - start[i]
    if length < 2 or length >= end[j] - start[j]:
        return False
    for k in range(length):
        if pool[start[i] + k] != pool[start[j] + k]:
            return False
    return True


@njit(cache=True, nogil=True)
def _initial_of(i: int, j: int, w: Any, costs: Any) -> bool:
    """Whether two words begin with one sound, or with two that writers put for each other."""
    pool, start, end, abjad = w[0], w[1], w[2], w[3]
    if end[i] == start[i] or end[j] == start[j]:
        return False
    mode = 1 if abjad[i] != abjad[j] else 0
    a, b = pool[start[i]], pool[start[j]]
    return bool(min(costs[mode, a, b], costs[mode, b, a]) <= 0.2)


@njit(cache=True, nogil=True)
def _nearer(p: int, q: int, bp: int, bq: int) -> bool:
    """Whether words at p and q stand nearer to each other than those at bp and bq, or as near and further in front.

    Where neither pair does, one is the other with sides exchanged, and both are matched.
    """
    return abs(p - q) < abs(bp - bq) or (abs(p - q) == abs(bp - bq) and p + q < bp + bq)


@njit(cache=True, nogil=True)
def match(
    x: int, y: int, names: Any, w: Any, costs: Any, masses: Any, with_: Any, how: Any, scratch: Any
) -> None:  # fmt: skip
    """Match the words of names x and y one to one, the most alike first.

    Args:
        x, y: names.
        names, w: the tables of names and of words; see `encode`.
        costs, masses: of sounds.
        with_: int8 (2, MOST_WORDS), filled with the place of each word's counterpart on the other side, -1 for none.
        how: float32 (2, MOST_WORDS), filled with how alike the two are.
        scratch: see `new_scratch`.
    """
    first, words, classes, cut, short = names[0], names[1], names[2], names[5], names[8]
    n, m = first[x + 1] - first[x], first[y + 1] - first[y]
    similar, rows = scratch[0], scratch[3]
    similar[:n, :m] = 0
    with_[:] = _NOT
    how[:] = 0
    for p in range(n):
        for q in range(m):
            i, j = first[x] + p, first[y] + q
            if classes[i] == INITIAL or classes[j] == INITIAL:
                if classes[i] == INITIAL and classes[j] == INITIAL and words[i] == words[j]:
                    similar[p, q] = 1
                continue
            s = word_similarity(words[i], words[j], w, costs, masses, rows)
            if s < _CUT and (
                (cut[x] and p == n - 1 and _begins(words[i], words[j], w))
                or (cut[y] and q == m - 1 and _begins(words[j], words[i], w))
                or (short[i] and _begins(words[i], words[j], w))
                or (short[j] and _begins(words[j], words[i], w))
            ):
                s = _CUT
            similar[p, q] = s
    for _ in range(min(n, m)):
        best, bp, bq = ALIKE, _NOT, _NOT
        for p in range(n):
            if with_[0, p] != _NOT:
                continue
            for q in range(m):
                if with_[1, q] == _NOT and similar[p, q] >= best:
                    if similar[p, q] > best or bp == _NOT or _nearer(p, q, bp, bq):
                        best, bp, bq = similar[p, q], p, q
        if bp == _NOT:
            break
        with_[0, bp], with_[1, bq] = bq, bp
        how[0, bp] = how[1, bq] = best
    # Initials take what is left.
    for p in range(n):
        for q in range(m):
            i, j = first[x] + p, first[y] + q
            if with_[0, p] != _NOT or with_[1, q] != _NOT or (classes[i] == INITIAL) == (classes[j] == INITIAL):
                continue
            if classes[i] <= COMMON or classes[j] <= COMMON or classes[i] == PATRONYM or classes[j] == PATRONYM:
                if _initial_of(words[i], words[j], w, costs):
                    with_[0, p], with_[1, q] = q, p
                    how[0, p] = how[1, q] = 0.5


@njit(cache=True, nogil=True)
def _is_free(side: int, p: int, name: int, names: Any, with_: Any, how: Any) -> bool:
    """Whether a word may be a part of a longer one on the other side: it has no counterpart, or only a similar one."""
    c = names[2][names[0][name] + p]
    return (with_[side, p] == _NOT or how[side, p] < _CLOSE) and c != NUMBER and c != INITIAL


@njit(cache=True, nogil=True)
def _joined(
    x: int, y: int, names: Any, w: Any, costs: Any, masses: Any, with_: Any, how: Any, scratch: Any
) -> bool:  # fmt: skip
    """Match a word of one side with two or more that follow each other on the other, where they are one text."""
    first, words = names[0], names[1]
    pool, start, end, abjad, ids, script = w[0], w[1], w[2], w[3], w[5], w[11]
    text = scratch[2][0]
    found = False
    for side in range(2):
        one, other = (x, y) if side == 0 else (y, x)
        m = first[other + 1] - first[other]
        for p in range(first[one + 1] - first[one]):
            if not _is_free(side, p, one, names, with_, how):
                continue
            word = words[first[one] + p]
            for q in range(m - 1):
                length, taken = 0, 0
                while taken < _MOST_PARTS and q + taken < m and _is_free(1 - side, q + taken, other, names, with_, how):
                    part = words[first[other] + q + taken]
                    size = end[part] - start[part]
                    if length + size > end[word] - start[word] + 4 or length + size > _LONGEST_TEXT:
                        break
                    text[length : length + size] = pool[start[part] : end[part]]
                    length += size
                    taken += 1
                    # Two known words ("al-Suhub", "al-Shuhub") are what they mean, not how they sound together.
                    if taken < 2 or length < 4 or (ids[word, 0] != _NOT and ids[part, 0] != _NOT):
                        continue
                    across = script[word] != script[part]
                    enough = _JOINED_ACROSS if across else _JOINED
                    s = alike(
                        pool[start[word] : end[word]], text[:length], abjad[word], abjad[part], across, costs, masses,
                        scratch[3], enough,
                    )  # fmt: skip
                    if s < enough:
                        continue
                    with_[side, p], how[side, p] = q, s
                    for k in range(taken):
                        with_[1 - side, q + k], how[1 - side, q + k] = p, s
                    found = True
                    break
                if with_[side, p] != _NOT and how[side, p] >= _JOINED_ACROSS and found:
                    break
    return found


@njit(cache=True, nogil=True)
def _sum_up(
    x: int, y: int, names: Any, w: Any, with_: Any, how: Any, joined: bool, out: Any, scratch: Any
) -> None:  # fmt: skip
    first, words, classes, form, acronym, cut, solo, persons, _ = names
    abjad, ids, info, script = w[3], w[5], w[8], w[11]
    out[:] = 0
    missing, seen, abjads, given = scratch[1], scratch[4], scratch[5], scratch[6]
    missing[:] = 0
    given[:] = 0
    seen[:] = 0
    abjads[:] = 0
    same_core = np.float32(0)
    agreed = np.float32(0)
    cut_off = False
    all_same = True
    for side in range(2):
        name = x if side == 0 else y
        for p in range(first[name + 1] - first[name]):
            word, c = words[first[name] + p], classes[first[name] + p]
            abjads[side] += abjad[word]
            if c == CHILD:
                c = CORE
            if c <= COMMON or c == PATRONYM:
                seen[side] += 1
            weight = info[word] if c == CORE else np.float32(1)
            if with_[side, p] == _NOT:
                missing[side, c] += weight
                given[side] += c <= COMMON and _name_of(word, ids) != _NOT
                all_same = all_same and c == FILLER
                continue
            s = how[side, p]
            all_same = all_same and s >= _SAME
            # A matched pair is seen from both sides; each gives half.
            half = weight / 2
            if c == CORE:
                if s == np.float32(_CUT):
                    cut_off = True
                facing = words[first[y if side == 0 else x] + with_[side, p]]
                across = script[word] != script[facing]
                agreed += half * (1 if s >= _SAME else _BY_CLOSE if s >= _CLOSE else _BY_SIMILAR)
                if s >= _SAME:
                    out[_CORE_SAME] += half
                elif s >= _CLOSE:
                    out[_CORE_CLOSE_ACROSS if across else _CORE_CLOSE] += half
                elif s > 0.6:
                    out[_CORE_SIMILAR_ACROSS if across else _CORE_SIMILAR] += half
                else:
                    out[_INITIAL_SAME] += 0.5
                # What only resembles is hardly a share of what agrees.
                same_core += half * (s if s >= _CLOSE or s <= 0.6 else _BY_SIMILAR)
            elif c == COMMON:
                out[_COMMON_SAME] += half
                spoken = s >= np.float32(_SPOKEN)
                if not spoken:
                    out[_COMMON_MEANT] += half
                agreed += half * info[word] * (_BY_COMMON if spoken else _BY_MEANING)
                same_core += half * 0.6
            elif c == ACTIVITY:
                out[_ACTIVITY_SAME] += half
                agreed += half * _BY_ACTIVITY
            elif c == PLACE:
                out[_PLACE_SAME] += half
                agreed += half * _BY_PLACE
            elif c == NUMBER:
                out[_NUMBER_SAME] += half
                agreed += half * _BY_NUMBER
            elif c == FILLER:
                if s >= np.float32(_SPOKEN) and w[2][word] - w[1][word] >= _SHORTEST_FILLER:
                    agreed += half * _BY_FILLER
            elif c == PATRONYM:
                out[_PATRONYM_SAME] += half
                agreed += half * _BY_COMMON
            elif c == INITIAL:
                out[_INITIAL_SAME] += 0.5
    short = _stands_for(x, y, acronym, solo)
    if short:
        missing[:] = 0
    if cut[x] or cut[y]:
        # What stands after the place where one name was cut off is not missing from it.
        for side in range(2):
            if cut[x if side == 0 else y] and missing[side].sum() == 0 and missing[1 - side].sum() > 0:
                missing[1 - side] *= np.float32(0.3)
                cut_off = True
    left, right = missing[0], missing[1]
    against = min(left[CORE], right[CORE])
    out[_CORE_AGAINST] = against
    out[_CORE_MISSING] = abs(left[CORE] - right[CORE])
    # A distinctive word beside an everyday one on the other side is against it as well.
    out[_COMMON_AGAINST] = min(left[COMMON] + left[CORE], right[COMMON] + right[CORE]) - against
    out[_COMMON_MISSING] = abs(left[COMMON] - right[COMMON])
    # Lists of what a firm does are rarely whole: they stand against each other little where they share something.
    out[_ACTIVITY_AGAINST] = min(left[ACTIVITY], right[ACTIVITY]) * (1 if out[_ACTIVITY_SAME] == 0 else _SOME_OTHER)
    out[_ACTIVITY_MISSING] = min(abs(left[ACTIVITY] - right[ACTIVITY]), np.float32(2))
    # A word that nobody knows may say what a firm does ("avionics"), and stands against what the other does.
    either = min(left[CORE] + left[ACTIVITY], right[CORE] + right[ACTIVITY])
    out[_TRADE_AGAINST] = max(np.float32(0), either - against - min(left[ACTIVITY], right[ACTIVITY]))
    out[_GIVEN_AGAINST] = min(given[0], given[1])
    out[_THIN] = max(np.float32(0), np.float32(_ENOUGH) - agreed)
    out[_PLACE_AGAINST] = min(left[PLACE], right[PLACE])
    out[_PLACE_MISSING] = abs(left[PLACE] - right[PLACE])
    out[_NUMBER_AGAINST] = min(left[NUMBER], right[NUMBER])
    out[_NUMBER_MISSING] = abs(left[NUMBER] - right[NUMBER])
    out[_INITIAL_AGAINST] = min(left[INITIAL] + left[CORE], right[INITIAL] + right[CORE]) - against
    out[_PATRONYM_AGAINST] = min(left[PATRONYM], right[PATRONYM])
    weak = np.float32(0.6) * (left[COMMON] + right[COMMON])
    resembling = out[_CORE_SIMILAR] + out[_CORE_SIMILAR_ACROSS]
    total = same_core + (1 - np.float32(_BY_SIMILAR)) * resembling + left[CORE] + right[CORE] + weak
    out[_CORE_SHARE] = same_core / total if total > 0 else 0
    if form[x] >= 0 and form[y] >= 0:
        out[_FORM_SAME if form[x] == form[y] else _FORM_AGAINST] = 1
    out[_NO_CORE] = 1 if min(seen[0], seen[1]) == 0 else 0
    out[_ONE_WORD] = 1 if min(seen[0], seen[1]) == 1 else 0
    out[_ALL_SAME] = 1 if all_same else 0
    out[_SAME_START] = 1 if how[0, 0] >= _CLOSE and with_[0, 0] == 0 else 0
    out[_SWAPPED] = 1 if persons and _swapped(x, y, names, with_) else 0
    out[_ACRONYM] = 1 if short else 0
    out[_JOINED_UP] = 1 if joined else 0
    out[_CUT_OFF] = 1 if cut_off else 0
    apart = against + out[_CORE_MISSING] + out[_COMMON_AGAINST] + out[_COMMON_MISSING] + out[_NUMBER_AGAINST]
    apart += out[_NUMBER_MISSING] + out[_PLACE_AGAINST] + out[_ACTIVITY_AGAINST] + out[_CORE_SIMILAR]
    apart += out[_CORE_SIMILAR_ACROSS] + out[_INITIAL_AGAINST] + out[_PATRONYM_AGAINST]
    out[_CORE_WHOLE] = 1 if apart == 0 and min(seen[0], seen[1]) > 0 else 0
    out[_TWO_SCRIPTS] = 1 if (abjads[0] > 0) != (abjads[1] > 0) else 0


@njit(cache=True, nogil=True)
def _swapped(x: int, y: int, names: Any, with_: Any) -> bool:
    """Whether a name and a father's name have changed places: two persons, though all words are the same."""
    first, classes = names[0], names[2]
    n, m = first[x + 1] - first[x], first[y + 1] - first[y]
    for p in range(n):
        q = with_[0, p]
        if q != _NOT and (classes[first[x] + p] == CHILD) != (classes[first[y] + q] == CHILD):
            if n == m and n >= 2 and with_[0, 0] == 1 and with_[0, 1] == 0:
                return True
    return bool(n >= 3 and m >= 3 and with_[0, 0] == 1 and with_[0, 1] == 0 and with_[0, 2] == 2)


@njit(cache=True, nogil=True)
def _stands_for(x: int, y: int, acronym: Any, solo: Any) -> bool:
    for k in range(acronym.shape[1]):
        if solo[x] != 0 and solo[x] == acronym[y, k]:
            return True
        if solo[y] != 0 and solo[y] == acronym[x, k]:
            return True
    return False


@njit(cache=True, nogil=True)
def measure(
    x: int, y: int, names: Any, w: Any, costs: Any, masses: Any, with_: Any, how: Any, out: Any, scratch: Any
) -> None:  # fmt: skip
    """Match two names and sum up: fills `with_` and `how` as `match` does, and `out` with one value a feature."""
    match(x, y, names, w, costs, masses, with_, how, scratch)
    joined = _joined(x, y, names, w, costs, masses, with_, how, scratch)
    _sum_up(x, y, names, w, with_, how, joined, out, scratch)


@njit(cache=True, nogil=True)
def new_scratch() -> Any:
    """Return the room that a comparison works in: alike, missing, texts, rows of distances, and two counts of sides."""
    return (
        np.zeros((MOST_WORDS, MOST_WORDS), np.float32), np.zeros((2, 9), np.float32),
        np.zeros((1, _LONGEST_TEXT), np.uint8), np.zeros((3, _LONGEST_TEXT + 1), np.float32),
        np.zeros(2, np.int64), np.zeros(2, np.int64), np.zeros(2, np.float32),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def measure_pairs(left: Any, right: Any, names: Any, w: Any, costs: Any, masses: Any) -> Any:
    """Return the features of many pairs: float32, (pairs, features)."""
    found = np.zeros((len(left), len(FEATURES)), np.float32)
    with_ = np.empty((2, MOST_WORDS), np.int8)
    how = np.empty((2, MOST_WORDS), np.float32)
    scratch = new_scratch()
    for k in range(len(left)):
        measure(left[k], right[k], names, w, costs, masses, with_, how, found[k], scratch)
    return found


@njit(cache=True, nogil=True)
def score_pairs(left: Any, right: Any, names: Any, w: Any, costs: Any, masses: Any, weights: Any) -> Any:
    """Return the log-odds of many pairs, float32: the sum of weights times features."""
    found = np.zeros(len(left), np.float32)
    with_ = np.empty((2, MOST_WORDS), np.int8)
    how = np.empty((2, MOST_WORDS), np.float32)
    out = np.empty(len(FEATURES), np.float32)
    scratch = new_scratch()
    for k in range(len(left)):
        measure(left[k], right[k], names, w, costs, masses, with_, how, out, scratch)
        total = weights[0]
        for f in range(len(FEATURES)):
            total += weights[f + 1] * out[f]
        found[k] = total
    return found


@njit(cache=True, nogil=True)
def _greatest(total: Any, touched: Any, n: int, most: int, out: Any) -> int:
    """Fill `out` with the entries that have the greatest totals, the first touched of equal ones; return how many."""
    if n <= most:
        out[:n] = touched[:n]
        return n
    # The least of the greatest: totals that lie above it are fewer than `most`.
    bound = np.partition(total[touched[:n]], n - most)[n - most]
    above = 0
    for t in range(n):
        above += total[touched[t]] > bound
    level, size = most - above, 0
    for t in range(n):
        e = touched[t]
        if total[e] > bound or (total[e] == bound and level > 0):
            level -= total[e] == bound
            out[size] = e
            size += 1
    return size


@njit(cache=True, nogil=True)
def candidates(first: Any, keys: Any, weight: Any, start: Any, entries: Any, rarity: Any, count: int, most: int) -> Any:
    """Return for each name looked for the entries that share most with it: places of both, int32."""
    total = np.zeros(count, np.float32)
    touched = np.empty(count, np.int32)
    best = np.empty(most, np.int32)
    query = np.empty((len(first) - 1) * most, np.int32)
    entry = np.empty((len(first) - 1) * most, np.int32)
    size = 0
    for q in range(len(first) - 1):
        n = 0
        for k in range(first[q], first[q + 1]):
            key = keys[k]
            amount = weight[k] * rarity[key]
            for p in range(start[key], start[key + 1]):
                e = entries[p]
                if total[e] == 0:
                    touched[n] = e
                    n += 1
                total[e] += amount
        kept = _greatest(total, touched, n, most, best)
        for o in range(kept):
            query[size], entry[size] = q, best[o]
            size += 1
        for t in range(n):
            total[touched[t]] = 0
    return query[:size].copy(), entry[:size].copy()
