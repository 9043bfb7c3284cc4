"""How far two names are one: a score with its reasons, for one pair or for many.

The score is a probability as far as names alone can give one: what matched, what is missing and what stands against
each other is weighed in log-odds (`weights.toml`). It depends on the two names alone, and not on their order.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from narrows.vocab.names.classes import CLASSES, FEATURES, MOST_WORDS
from narrows.vocab.names.encode import Encoder, encode
from narrows.vocab.names.parse import KINDS, Name, looks_like, parse

# What the countries of two seats add to the log-odds of organisations' names.
_SEAT_SAME, _SEAT_DIFFERS = 0.2, -0.8
# So many pairs are given to one thread.
_PART = 8_192
# From here on two names are taken for one.
SAME = 0.5
_WORDING = {
    "core-same": "distinctive words are the same", "core-close": "distinctive words are the same but for spelling",
    "core-similar": "distinctive words are similar",
    "core-close-across": "distinctive words are the same in two scripts",
    "core-similar-across": "distinctive words are similar in two scripts",
    "core-against": "distinctive words differ",
    "core-missing": "a distinctive word is missing on one side", "core-share": "share of distinctive words that agree",
    "common-same": "everyday words are the same", "common-against": "everyday words differ",
    "common-missing": "an everyday word is missing on one side", "activity-same": "what is done is the same",
    "activity-against": "what is done differs", "activity-missing": "what is done is said on one side only",
    "place-same": "the place is the same", "place-against": "the places differ",
    "place-missing": "a place is named on one side only", "number-same": "numbers are the same",
    "number-against": "numbers differ", "number-missing": "a number stands on one side only",
    "initial-same": "initials fit", "initial-against": "initials do not fit",
    "patronym-same": "the patronymic is the same", "patronym-against": "patronymics differ",
    "form-same": "the legal form is the same", "form-against": "legal forms differ",
    "no-core": "one side has no distinctive word", "same-start": "both begin with the same word",
    "all-same": "every word has its counterpart", "one-word": "one side is a single word",
    "swapped": "name and father's name have changed places", "acronym": "one is the initials of the other",
    "joined": "the same text, written together or apart", "cut-off": "one may have been cut off at its end",
    "two-scripts": "one script leaves vowels out",
    "core-whole": "nothing that tells who is meant differs or is missing",
    "common-meant": "everyday words are the same by what they mean alone", "given-against": "personal names differ",
    "trade-against": "what is done may differ", "thin": "too little agrees to tell",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score.

    Attributes:
        value: what it adds to the log-odds.
        detail: what was seen, in words.
        left, right: the words it was seen in; empty where it is about the names as a whole.
    """

    value: float
    detail: str
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two names compared.

    Attributes:
        left, right: as written.
        kind: what they were taken for.
        score: 0 to 1.
        same: the score reaches the default threshold.
        reasons: what it was made from; the values add up to the log-odds of the score.
    """

    left: str
    right: str
    kind: str
    score: float
    same: bool
    reasons: tuple[Reason, ...]


@lru_cache(1)
def _weights() -> dict[str, np.ndarray]:
    text = resources.files("narrows.vocab.names").joinpath("weights.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return {
        kind: np.array([table[kind]["bias"], *(table[kind].get(name, 0.0) for name in FEATURES)], np.float32)
        for kind in KINDS
    }


def weights(kind: str) -> np.ndarray:
    """Return the bias and the weight of each feature for a kind of name, float32 (features + 1,)."""
    return _weights()[kind]


def common_kind(left: str, right: str) -> str:
    """Say what two names of unknown kind are taken for: persons only where both look like persons."""
    return "person" if looks_like(left) == looks_like(right) == "person" else "organisation"


def compare(left: str, right: str, kind: str | None = None) -> Comparison:
    """Compare two names.

    Args:
        left, right: as written, in any script.
        kind: organisation, person or vessel; None finds out from the words.
    """
    chosen = kind if kind in KINDS else common_kind(left, right)
    one, other = parse(left, chosen), parse(right, chosen)
    if not one.words or not other.words:
        nobody = left if not one.words else right
        return Comparison(left, right, chosen, 0.0, False, (Reason(0.0, "names nobody", nobody[:80]),))
    from narrows.vocab.names import kernel  # compiled code is loaded when it is needed

    encoder = encode((one, other), persons=chosen == "person")
    turned = bool(encoder.marks[0] > encoder.marks[1])
    pair, places = ((other, one), (1, 0)) if turned else ((one, other), (0, 1))
    with_ = np.empty((2, MOST_WORDS), np.int8)
    how = np.empty((2, MOST_WORDS), np.float32)
    found = np.empty(len(FEATURES), np.float32)
    kernel.measure(*places, *encoder.tables(), with_, how, found, kernel.new_scratch())
    weight = weights(chosen)
    reasons = [Reason(float(weight[0]), "before anything is compared")]
    reasons += _word_reasons(pair, with_, how, turned=turned)
    for added, feature in zip((weight[1:] * found).tolist(), FEATURES, strict=True):
        if round(added, 2):
            reasons.append(Reason(added, _WORDING[feature]))
    value = float(probability(odds_between(encoder, np.array([0]), np.array([1]), chosen))[0])
    return Comparison(left, right, chosen, value, value >= SAME, tuple(reasons))


def score(
    lefts: Sequence[str],
    rights: Sequence[str],
    kinds: Sequence[str | None],
    countries: Sequence[tuple[str | None, str | None]] | None = None,
) -> np.ndarray:
    """Return the scores of many pairs, 0 to 1, float64: what `compare` gives for each.

    Args:
        lefts, rights: names as written.
        kinds: organisation, person or vessel; None finds out from the words.
        countries: of the seats of organisations, ISO 3166-1 alpha-2; of persons they are not looked at.
    """
    odds = np.zeros(len(lefts))
    chosen = [
        kind if kind in KINDS else common_kind(left, right)
        for left, right, kind in zip(lefts, rights, kinds, strict=True)
    ]
    for kind in KINDS:
        rows = [place for place, c in enumerate(chosen) if c == kind]
        if rows:
            odds[rows] = _odds([lefts[r] for r in rows], [rights[r] for r in rows], kind)
    if countries is not None:
        seats = [_seats(pair, kind) for pair, kind in zip(countries, chosen, strict=True)]
        odds += np.array(seats)
    return probability(odds)


def _odds(lefts: Sequence[str], rights: Sequence[str], kind: str) -> np.ndarray:
    number = {written: place for place, written in enumerate(dict.fromkeys([*lefts, *rights]))}
    encoder = Encoder(persons=kind == "person")
    encoder.read(list(number), kind)
    left, right = (np.array([number[written] for written in side], np.int32) for side in (lefts, rights))
    return odds_between(encoder, left, right, kind)


def _seats(countries: tuple[str | None, str | None], kind: str) -> float:
    left, right = countries
    if kind != "organisation" or left is None or right is None:
        return 0.0
    return _SEAT_SAME if left == right else _SEAT_DIFFERS


def odds_of(names: Mapping[int, str], left: np.ndarray, right: np.ndarray, kind: str) -> np.ndarray:
    """Return the log-odds of many pairs of names given by number, float32: for the comparison of whole tables.

    Args:
        names: number -> name as written.
        left, right: the numbers of each pair.
        kind: what all of them are taken for.
    """
    used, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    encoder = Encoder(persons=kind == "person")
    encoder.read([names[int(number)] for number in used], kind)
    return odds_between(encoder, places[: len(left)], places[len(left) :], kind)


def odds_between(encoder: Encoder, left: np.ndarray, right: np.ndarray, kind: str) -> np.ndarray:
    """Return the log-odds of pairs of names given by their numbers, float32; minus infinity where one is nobody."""
    from narrows.vocab.names import kernel  # compiled code is loaded when it is needed

    marks, nobody = encoder.marks, encoder.nobody
    turned = marks[left] > marks[right]
    first = np.where(turned, right, left).astype(np.int32)
    second = np.where(turned, left, right).astype(np.int32)
    tables, weight = encoder.tables(), weights(kind)

    def scored(part: slice) -> np.ndarray:
        odds: np.ndarray = kernel.score_pairs(first[part], second[part], *tables, weight)
        return odds

    # Threads of our own: those of numba wait for each other by running in circles, on every processor there is.
    parts = [slice(at, at + _PART) for at in range(0, max(len(first), 1), _PART)]
    if len(parts) == 1:
        odds = scored(parts[0])
    else:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            odds = np.concatenate(list(threads.map(scored, parts)))
    return np.where(nobody[left] | nobody[right], -np.inf, odds).astype(np.float32)


def probability(odds: np.ndarray) -> np.ndarray:
    """Return log-odds as probabilities, rounded to four digits."""
    with np.errstate(over="ignore"):
        return np.round(1.0 / (1.0 + np.exp(-odds.astype(np.float64))), 4)


def _word_reasons(pair: tuple[Name, Name], with_: np.ndarray, how: np.ndarray, *, turned: bool) -> list[Reason]:
    found = []
    for place, (word, class_) in enumerate(pair[0].words):
        other = with_[0, place]
        if other >= 0 and int(other) < len(pair[1].words):
            beside = pair[1].words[other][0].text
            sides = (beside, word.text) if turned else (word.text, beside)
            found.append(Reason(0.0, f"{CLASSES[class_]}: {how[0, place]:.2f} alike", *sides))
    return found
