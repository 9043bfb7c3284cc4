"""Learns what one sound costs in place of another, from pairs of spellings of one word, and writes sound_costs.csv.

    python -m bench.names.learn_sounds ARABIC_LATIN.txt RUSSIAN_LATIN.txt

Each line of the two files: a word in Latin letters, the same word in the other script (letters apart), a count, by
tabs.
Two tables are learned: Arabic beside Latin; and Latin beside Latin, from words that share one Arabic spelling and from
Russian ones read letter by letter. Pairs are aligned, what stands opposite is counted, and the counts give new costs,
five times over. A fifth of the words is held out; how well spellings are told apart is printed for those.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numba
import numpy as np

import narrows.vocab.names.sounds as s
from narrows.vocab.text import fold

HERE = Path(__file__).parent
TARGET = Path(s.__file__).parent / "sound_costs.csv"
SIZE = len(s.SOUNDS) + 1
GAP = SIZE - 1
ROUNDS = 5
# What was believed before counts as much as this many sounds seen, so that a sound hardly seen keeps its first costs.
PRIOR = 30
# What writers of the region do with letters that another habit lacks: (sound, sound) -> what it costs at most.
HABITS = {
    ("j", "c"): 0.15, ("S", "s"): 0.12, ("C", "c"): 0.1, ("G", "g"): 0.1, ("X", "h"): 0.05,
    ("X", "k"): 0.35, ("d", "t"): 0.25, ("b", "p"): 0.3, ("q", "k"): 0.0, ("q", "g"): 0.2, ("w", "v"): 0.05,
    ("D", "z"): 0.1, ("D", "d"): 0.1, ("T", "s"): 0.15, ("T", "t"): 0.1, ("j", "g"): 0.25, ("Z", "j"): 0.15,
    ("c", "z"): 0.3, ("j", "C"): 0.25, ("S", "C"): 0.3, ("v", "f"): 0.4, ("T", "z"): 0.4,
    # "cent", "service" beside how they are spoken; the g of Egypt beside the j of others, which Turkish writes c.
    ("c", "s"): 0.2, ("c", "g"): 0.3,
    # What a scanner reads for another letter.
    ("e", "f"): 0.4, ("i", "l"): 0.45, ("e", "c"): 0.5, ("o", "c"): 0.6, ("u", "v"): 0.4, ("h", "n"): 0.6,
}  # fmt: skip
# The share of the commonest counterpart at which another one costs nothing less than a whole sound.
FLOOR = np.exp(-5.5)


def start(*, abjad: bool) -> np.ndarray:
    """The costs to begin with: vowels are cheap, consonants are not."""
    table = np.ones((SIZE, SIZE))
    np.fill_diagonal(table, 0)
    vowels = [s.SOUNDS.index(v) for v in s.VOWELS + "wy"]
    table[np.ix_(vowels, vowels)] = 0.4
    table[vowels, GAP] = table[GAP, vowels] = 0.1 if abjad else 0.5
    table[GAP, GAP] = 0
    np.fill_diagonal(table, 0)
    return table


@numba.njit
def _count(a, b, cost, counts):  # type: ignore[no-untyped-def]
    n, m, gap = len(a), len(b), cost.shape[0] - 1
    d = np.zeros((n + 1, m + 1))
    for i in range(1, n + 1):
        d[i, 0] = d[i - 1, 0] + cost[a[i - 1], gap]
    for j in range(1, m + 1):
        d[0, j] = d[0, j - 1] + cost[gap, b[j - 1]]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            d[i, j] = min(
                d[i - 1, j - 1] + cost[a[i - 1], b[j - 1]],
                d[i - 1, j] + cost[a[i - 1], gap],
                d[i, j - 1] + cost[gap, b[j - 1]],
            )
    if d[n, m] > 0.45 * max(n, m):
        return False  # no spelling of that word: a translation, or a slip of the source
    i, j = n, m
    while i or j:
        if i and j and d[i, j] == d[i - 1, j - 1] + cost[a[i - 1], b[j - 1]]:
            counts[a[i - 1], b[j - 1]] += 1
            i, j = i - 1, j - 1
        elif i and d[i, j] == d[i - 1, j] + cost[a[i - 1], gap]:
            counts[a[i - 1], gap] += 1
            i -= 1
        else:
            counts[gap, b[j - 1]] += 1
            j -= 1
    return True


def learn(pairs: list[tuple[str, str]], *, abjad: bool) -> np.ndarray:
    """Return the learned costs, SIZE x SIZE."""
    cost = start(abjad=abjad)
    coded = [(s.codes(a), s.codes(b)) for a, b in pairs if a and b]
    for _ in range(ROUNDS):
        counts = PRIOR * FLOOR ** start(abjad=abjad)
        counts[GAP, GAP] = 0
        used = sum(_count(a, b, cost, counts) for a, b in coded)
        cost = _from_counts(counts, both_ways=not abjad)
    print(f"{used:,} of {len(coded):,} pairs aligned")
    return cost


def _from_counts(counts: np.ndarray, *, both_ways: bool) -> np.ndarray:
    if both_ways:
        counts = counts + counts.T
    ahead = counts / counts.sum(axis=1, keepdims=True)
    back = counts / counts.sum(axis=0, keepdims=True)
    # How much rarer than the commonest counterpart, the better of both directions.
    rarity = np.maximum(ahead / ahead[:GAP].max(axis=1).max(), back)
    rarity[:GAP] = np.maximum(ahead[:GAP] / ahead[:GAP].max(axis=1, keepdims=True), back[:GAP])
    cost = np.clip(np.log(np.clip(rarity, FLOOR, 1)) / np.log(FLOOR), 0, 1)
    # A sound on one side only: how often that happens to it, against how often it has a counterpart.
    alone_left = counts[:GAP, GAP] / counts[:GAP].sum(axis=1)
    alone_right = counts[GAP, :GAP] / counts[:, :GAP].sum(axis=0)
    cost[:GAP, GAP] = np.clip(np.log(np.maximum(alone_left, FLOOR)) / np.log(FLOOR), 0.03, 1)
    cost[GAP, :GAP] = np.clip(np.log(np.maximum(alone_right, FLOOR)) / np.log(FLOOR), 0.03, 1)
    digits = [s.SOUNDS.index(d) for d in "0123456789"]
    cost[digits, :] = cost[:, digits] = 1
    for (one, other), most in HABITS.items():
        for a, b in ((one, other), (other, one)):
            place = s.SOUNDS.index(a), s.SOUNDS.index(b)
            cost[place] = min(cost[place], most)
    np.fill_diagonal(cost, 0)
    # Two spellings in one script cost the same, whichever is looked at first.
    return (cost + cost.T) / 2 if both_ways else cost


def read(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of a file: Latin word, other word, both folded."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        latin, other, _ = line.split("\t")
        found.append((fold(latin), fold(other.replace(" ", ""))))
    return [(a, b) for a, b in found if a and b and " " not in a + b]


def variants(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return pairs of Latin words that one Arabic word stands for."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for latin, other in pairs:
        by_word[other].append(latin)
    return [(group[0], other) for group in by_word.values() for other in group[1:]]


def held_out(word: str) -> bool:
    """Every fifth word, by its letters."""
    return sum(map(ord, word)) % 5 == 0


def write(tables: list[np.ndarray]) -> None:
    """Write both tables in hundredths."""
    lines = ["# Learned by bench/names/learn_sounds.py; hundredths. Rows and columns: sounds.SOUNDS, then none."]
    for title, table in zip(("written vowels", "unwritten vowels beside written"), tables, strict=True):
        lines.append("table: " + title + "," + ",".join([*s.SOUNDS, "none"]))
        for sound, row in zip([*s.SOUNDS, "none"], table, strict=True):
            lines.append(f"{sound}," + ",".join(str(round(v * 100)) for v in row))
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Learn from the two files named, write the tables, print how they separate the words held out."""
    arabic, russian = (read(Path(p)) for p in sys.argv[1:3])
    taught = [(a, b) for a, b in arabic if not held_out(b)]
    plain = variants(taught) + [(a, b) for a, b in russian if not held_out(b)]
    loose = learn([(s.sounds(b), s.sounds(a)) for a, b in taught], abjad=True)
    tight = learn([(s.sounds(a), s.sounds(b)) for a, b in plain], abjad=False)
    write([tight, loose])


if __name__ == "__main__":
    main()
