"""Words as sequences of sounds, so that spellings of one word in different scripts and habits can be compared.

A word of any script is written in Latin letters first (Arabic, Persian and Hebrew without the vowels that their
writing leaves out), and its letters and digraphs then become sounds: "kh" is one sound, doubled letters are one.
What one sound costs in place of another is learned from pairs of spellings; see `sound_costs.csv`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import numpy as np
from anyascii import anyascii

# Vowels first; A is the consonant ayn, which other scripts write as a vowel or not at all.
SOUNDS = "aeiouAywbpvfdtTDkqgGXhjCSszZcmnlr0123456789"
VOWELS = "aeiouA"
_INDEX = {sound: place for place, sound in enumerate(SOUNDS)}
_LONGEST = 40
_VOWEL, _UNWRITTEN, _HALF = 0.4, 0.15, 0.6
# How much of its cost one vowel in place of another keeps between two scripts.
_VOWELS_ACROSS = 0.5

_ABJAD = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufeff]")
# Arabic and Persian letters after folding (hamza, madda and ta marbuta are put aside there).
_ARABIC = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگڤ", "abtTjhXdDrzsSsDtzAGfqklmnhwypCZgv", strict=True)) | {
    "ء": "",
    "ٹ": "t",
    "ڈ": "d",
    "ڑ": "r",
    "ں": "n",
    "ڕ": "r",
    "ڵ": "l",
    "ۆ": "o",
    "ێ": "e",
    "ڭ": "n",
    "ۋ": "v",
}
_HEBREW = dict(zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "abgdhwzhtykklmmnnsAppcckrSt", strict=True))
_CYRILLIC_LETTERS = "абвгдезийклмнопрстуфыэіґќљњјәғқңөұүһӣӯѕџ"
_CYRILLIC = dict(zip(_CYRILLIC_LETTERS, "abvgdeziyklmnoprstufyeigklnjagknouuhiuzj", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "є": "ye", "ї": "i",
    "ў": "u", "ѓ": "g", "ћ": "ch", "ђ": "j", "ҷ": "j", "ҳ": "h", "ъ": "", "ь": "",
}  # fmt: skip
_GREEK = [("ου", "u"), ("γγ", "ng"), ("τζ", "j"), ("αυ", "av"), ("ευ", "ev"), ("ει", "i"), ("οι", "i"), ("αι", "e")]
# b, d and g at the beginning of a word; mb, nd and ng inside it.
_GREEK_STOPS = [("μπ", "b"), ("ντ", "d"), ("γκ", "g")]
_GREEK_INNER = [("μπ", "mb"), ("ντ", "nd"), ("γκ", "ng")]

# Longest first. A letter of Latin writing stands for several sounds; the costs, not this table, say which are near.
_DIGRAPHS = [
    ("shch", "S"), ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("dzh", "j"), ("dsch", "j"), ("kh", "X"), ("sh", "S"),
    ("ch", "C"), ("zh", "Z"), ("gh", "G"), ("th", "T"), ("dh", "D"), ("ph", "f"), ("dj", "j"), ("ts", "c"),
    ("tz", "c"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ii", "i"), ("iy", "i"), ("yi", "i"),
    ("ij", "i"), ("x", "ks"),
]  # fmt: skip
_LATIN = re.compile("|".join(re.escape(written) for written, _ in _DIGRAPHS))
_CLUSTER = re.compile("[td]h(?=.)")
# "Ouled", "Chouikha": before a vowel the French write w so.
_GLIDE = re.compile("ou(?=[aei])")
_SOUND_OF = dict(_DIGRAPHS)
_REPEATED = re.compile(r"(\D)\1+")
_UNHEARD = re.compile(f"[^{SOUNDS}]+")


def is_abjad(word: str) -> bool:
    """Whether a word is written in a script that leaves vowels out."""
    return _ABJAD.search(word) is not None


def script(word: str) -> int:
    """Return which script a folded word is in, as a number: 0 for Latin letters and digits, else
    its block of Unicode."""
    first = next((ord(char) for char in word if not char.isascii()), 0)
    return 0 if first < 0x0370 else 1 + (first >> 7)


@lru_cache(1 << 17)
def latin(word: str) -> str:
    """Return a folded word in Latin letters and digits; a Latin word comes back as it is.

    Arabic, Persian and Hebrew words come out as sounds already, without the vowels that are not written.
    """
    if word.isascii():
        return word
    first = ord(next(char for char in word if not char.isascii()))
    if 0x0400 <= first < 0x0530:
        # "оу" is the o of English, not the u of French.
        return _each(word.replace("оу", "ow"), _CYRILLIC)
    if 0x0590 <= first < 0x0600:
        return _each(word, _HEBREW)
    if is_abjad(word):
        return _each(word, _ARABIC)
    if 0x0370 <= first < 0x0400:
        for written, read in _GREEK_STOPS:
            word = read + word[2:] if word.startswith(written) else word
        for written, read in (*_GREEK, *_GREEK_INNER):
            word = word.replace(written, read)
    return "".join(char for char in anyascii(word).lower() if char.isalnum())


@lru_cache(1 << 17)
def sounds(word: str) -> str:
    """Return the sounds of a folded word, one character each, at most forty; empty where it has none."""
    # Two sounds that Latin writing cannot tell from a digraph ("Fathi") are read as the digraph on both sides.
    table = _CLUSTER if is_abjad(word) else _LATIN
    written = table.sub(lambda found: _SOUND_OF[found[0]], _GLIDE.sub("w", latin(word)))
    return _UNHEARD.sub("", _REPEATED.sub(r"\1", written))[:_LONGEST]


def codes(heard: str) -> np.ndarray:
    """Return sounds as numbers, for the comparison of many words: uint8, one a sound."""
    return np.array([_INDEX[sound] for sound in heard], dtype=np.uint8)


@lru_cache(1 << 17)
def skeleton(word: str) -> str:
    """Return the consonants of a word in coarse classes: what stays the same across scripts and habits.

    "Khaled", "Halit" and "خالد" all give "hlt". For finding candidates only; it decides nothing.
    """
    heard = sounds(word)
    coarse = "".join(_COARSE.get(sound, sound) for sound in heard)
    return _REPEATED.sub(r"\1", coarse) or heard


_COARSE = {
    **dict.fromkeys("aeiouAywh", ""), **dict.fromkeys("bpvf", "b"), **dict.fromkeys("dtTD", "t"),
    **dict.fromkeys("kqX", "k"), **dict.fromkeys("gG", "g"), **dict.fromkeys("jCSszZc", "s"),
    "X": "h", "h": "h",
}  # fmt: skip


@lru_cache(1)
def costs() -> np.ndarray:
    """Return what each sound costs in place of each other, from 0 to 1; float32, (3, n + 1, n + 1).

    The first table is for two spellings in one script, the second for one that writes no vowels (rows) beside one that
    does (columns), the third for two scripts that write them, each in its own way. The last row and column are the
    cost of a sound that stands on one side only.
    """
    text = resources.files("narrows.vocab.names").joinpath("sound_costs.csv").read_text(encoding="utf-8")
    rows = [line.split(",")[1:] for line in text.splitlines() if line and not line.startswith(("#", "table"))]
    size = len(SOUNDS) + 1
    learned = np.array(rows, dtype=np.float32).reshape(2, size, size) / 100
    across = learned[0].copy()
    vowels = [SOUNDS.index(sound) for sound in VOWELS]
    across[np.ix_(vowels, vowels)] *= _VOWELS_ACROSS
    return np.stack([*learned, across])


@lru_cache(1)
def masses() -> np.ndarray:
    """How much each sound counts, float32 (3, sounds): vowels less, and hardly where one side does not write them."""
    mass = np.ones((3, len(SOUNDS)), np.float32)
    for place, sound in enumerate(SOUNDS):
        if sound in VOWELS:
            mass[:, place] = _VOWEL, _UNWRITTEN, _VOWEL
        elif sound in "wyh":
            mass[:, place] = _HALF, _UNWRITTEN if sound != "h" else _HALF, _HALF
    return mass


@lru_cache(1 << 14)
def _coded(word: str) -> np.ndarray:
    return codes(sounds(word))


@lru_cache(1 << 14)
def heard_alike(word: str, other: str) -> float:
    """Return how far two folded words sound alike, 0 to 1; what is below `kernel.ALIKE` may come out as less."""
    from narrows.vocab.names import kernel  # compiled code is loaded when it is needed

    one, two = _coded(word), _coded(other)
    sides = is_abjad(word), is_abjad(other), script(word) != script(other)
    return float(kernel.alike(one, two, *sides, costs(), masses(), _rows(), kernel.ALIKE))


@lru_cache(1)
def _rows() -> np.ndarray:
    return np.zeros((3, _LONGEST + 1), np.float32)


def _each(word: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char if char.isascii() and char.isalnum() else "") for char in word)
