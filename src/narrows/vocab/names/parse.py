"""Understands a name: which words tell who is meant, which say only what is done, where, or in what legal form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from narrows.vocab.names import lexicon
from narrows.vocab.names.classes import (
    ACTIVITY,
    CHILD,
    COMMON,
    CORE,
    FILLER,
    INITIAL,
    MOST_WORDS,
    NUMBER,
    PATRONYM,
    PLACE,
)
from narrows.vocab.names.keys import form_in_middle, form_title, split
from narrows.vocab.names.lexicon import Meaning, Phrase
from narrows.vocab.names.sounds import is_abjad, latin, sounds
from narrows.vocab.text import clean, fold, is_placeholder

LookUp = Callable[[Phrase], Meaning | None]

KINDS = ("organisation", "person", "vessel")
# Beyond this a text is no name; what stands there is not read.
LONGEST_NAME = 400
# Systems cut names off at 35 characters (SWIFT, EDIFACT) or a little before, at the end of a word.
_CUT = range(30, 36)
VESSEL_PREFIXES = {("m", "v"), ("m", "t"), ("s", "s"), ("m", "s"), ("f", "v"), ("т", "х")}
# What follows is the name that a vessel had before.
FORMERLY = frozenset({"ex", "formerly", "eski", "бывш", "экс", "سابقا"})
ROLES = {"activity": ACTIVITY, "common": COMMON, "filler": FILLER, "place": PLACE}
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
# "ben" is no "son of" in shorter words.
_SHORTEST_SON = 8
_OCR = str.maketrans("01589", "oissg")
_TO_LATIN = str.maketrans("авекмнорстухіјαεικνορτυχ", "abekmhopctyxijaeiknoptyx")
_TO_CYRILLIC = str.maketrans("abekmhopctyxij", "авекмнорстухіј")
_DIGIT = re.compile("[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_DOTTED = re.compile(r"(?<![^\W_])([^\W\d_]{3,7})\.")
# A number written on to a word: "Limangrup34". Short ones are part of a mark ("3M", "B2B").
_NUMBERED = re.compile(r"([^\W\d_]{4,})(\d{1,4})(?=\s|$)")
_MIXED = re.compile(r"[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    Attributes:
        text: folded, in its own script.
        meaning: what it is known to stand for, if anything.
        heard: its sounds.
        abjad: its script leaves vowels out.
        article: sounds of an article that the word may begin with.
        numeric: it has digits, and is the same only as itself.
        info: how much it tells where it is distinctive: longer words tell more, known given names less. Of everyday
            words: less where very many firms are named after them.
        like: known words of other scripts that it sounds like, where it is not known itself.
    """

    text: str
    meaning: Meaning | None
    heard: str
    abjad: bool
    article: int
    numeric: bool
    info: float
    like: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name understood.

    Attributes:
        written: as written.
        kind: organisation, person or vessel.
        words: what is compared, each with its class (see `kernel.CLASSES`); none where it names nobody.
        form: what kind of legal form it has, in plain words.
        cut: it may have been cut off at its end.
        acronyms: what its words may be shortened to.
        solo: its only distinctive word, where that may be a shortening.
        shortened: words written with a dot, which may be beginnings of longer ones ("Prec. Eng.").
    """

    written: str
    kind: str
    words: tuple[tuple[Word, int], ...]
    form: str | None = None
    cut: bool = False
    acronyms: tuple[str, ...] = ()
    solo: str | None = None
    shortened: frozenset[str] = frozenset()


@lru_cache(1 << 12)
def parse(written: str, kind: str | None = None) -> Name:
    """Return a name understood.

    Args:
        written: the name as written.
        kind: organisation, person or vessel; None guesses between the first two from the words.

    Returns:
        The name; without words where it names nobody: blank, a placeholder such as "TO ORDER", a number, one letter.
    """
    text, folded = _texts(written)
    if kind not in KINDS:
        kind = guess_kind(folded) if folded else KINDS[0]
    if not folded:
        return Name(written, kind, ())
    if kind == "person":
        return Name(written, kind, _person(text, folded))
    if kind == "vessel":
        return Name(written, kind, _vessel(folded))
    return _organisation(text, folded, written)


def looks_like(written: str) -> str:
    """Say whether a name looks like an organisation's or a person's."""
    _, folded = _texts(written)
    return guess_kind(folded) if folded else KINDS[0]


def _texts(written: str) -> tuple[str, str]:
    """Return a name cleaned and folded; both are blank where it names nobody."""
    text = (clean(written[: 4 * LONGEST_NAME]) or "")[:LONGEST_NAME]
    folded = fold_words(text)
    if letters_of(folded[:40]) < 2 or is_placeholder(text):
        return "", ""
    return text, folded


def fold_words(text: str) -> str:
    """Return a cleaned text folded: look-alikes of another script put right, numbers apart from words before them."""
    folded = fold(text)
    if not folded.isascii():
        folded = _unmixed(folded)
    return _NUMBERED.sub(r"\1 \2", folded) if _DIGIT.search(folded) else folded


def letters_of(text: str) -> int:
    """Return how many letters a text has."""
    return len(_LETTER.findall(text))


@lru_cache(1 << 16)
def guess_kind(folded: str) -> str:
    """Say whether a folded name looks like an organisation's or a person's: by words of trade and given names."""
    tokens = folded.split()
    if not 2 <= len(tokens) <= 5:
        return "organisation"
    given = lexicon.given()
    if not any((token,) in given for token in tokens):
        return "organisation"
    rest, forms = split(folded)
    if forms or any(token.isdigit() for token in tokens):
        return "organisation"
    known = [meaning for _, meaning in _phrases(rest, lexicon.words().get, lexicon.longest_words())]
    return "organisation" if any(known) else "person"


@lru_cache(1 << 18)
def read_word(text: str, meaning: Meaning | None) -> Word:
    """Return a word of a name, folded, with what it is known to mean."""
    heard = sounds(text)
    abjad = is_abjad(text)
    # "1st" is known, a word, and no number.
    numeric = meaning is None and any(map(str.isdigit, text))
    article = 0
    if not abjad and meaning is None and len(heard) >= 6 and text[:2] in ("al", "el", "ul"):
        article = 2
    info = min(1.2, 0.3 + 0.14 * len(heard) + (0.3 if abjad else 0))
    if meaning is not None and meaning.role == "given":
        info = 0.75
    elif meaning is not None and meaning.role == "common":
        info = 0.5 if meaning.ids[0] in lexicon.hackneyed() else 1.1
    like = lexicon.like(text) if meaning is None and not numeric else ()
    return Word(text, meaning, heard, abjad, article, numeric, info, like)


def _unmixed(folded: str) -> str:
    """Return words that mix Latin letters with look-alikes of another script in the script that prevails."""
    if folded.isascii() or not _MIXED.search(folded):
        return folded
    return " ".join(_one_script(word) if _MIXED.search(word) else word for word in folded.split())


def _one_script(word: str) -> str:
    latin_letters = sum(char.isascii() for char in word)
    return word.translate(_TO_LATIN if 2 * latin_letters >= len(word) else _TO_CYRILLIC)


def misread(token: str) -> str:
    """Put letters in the place of digits that a scanner read in the middle of a word ("DEM1RKOL")."""
    if token.isalpha() or not any(map(str.isdigit, token)):
        return token
    letters = sum(map(str.isalpha, token))
    return token.translate(_OCR) if letters >= 4 and letters >= 3 * (len(token) - letters) else token


def _phrases(tokens: Phrase, look_up: LookUp, longest: dict[str, int]) -> Iterator[tuple[Phrase, Meaning | None]]:
    """Yield the longest known phrases, and each other word by itself."""
    place = 0
    while place < len(tokens):
        for count in range(min(longest.get(tokens[place], 1), len(tokens) - place), 0, -1):
            part = tokens[place : place + count]
            meaning = look_up(part)
            if meaning is not None or count == 1:
                yield part, meaning
                place += count
                break


Classed = tuple[Word, int]


def _organisation(text: str, folded: str, written: str) -> Name:
    tokens, forms = split(lexicon.segmented(folded))
    tokens = _with_servants(tokens)
    cut = len(text) in _CUT
    title = next((form_title(form) for form in forms if form), None)
    found: list[Classed] = []
    for part in _parts(tokens):
        if isinstance(part, str):
            title = title or (form_title(part) if part else None)
        elif len(found) < MOST_WORDS:
            found.append(part)
    words = _never_empty(found)
    solo = None
    if len(tokens) <= 2:
        core = [word.text for word, class_ in words if class_ in (CORE, COMMON)]
        if len(core) == 1 and 2 <= len(core[0]) <= 6 and core[0].isascii():
            solo = core[0]
    acronyms = _acronyms(words, tokens, folded)
    return Name(written, "organisation", words, title, cut and not forms, acronyms, solo, shortened(text))


def shortened(text: str) -> frozenset[str]:
    """Return the words that are written with a dot behind them, folded."""
    return frozenset(map(fold, _DOTTED.findall(text))) if "." in text else frozenset()


def _parts(tokens: Phrase) -> Iterator[Classed | str]:
    """Yield each word of a firm's name with its class; a legal form inside it as the id of the form."""
    longest = lexicon.longest_words()
    place = 0
    while place < len(tokens):
        token = tokens[place]
        for count in range(min(max(longest.get(token, 1), 2), len(tokens) - place), 1, -1):
            part = tokens[place : place + count]
            meaning = (lexicon.words().get(part) if count <= longest.get(token, 1) else None) or lexicon.place(part)
            if meaning is not None:
                place += count
                if meaning.role != "vessel":
                    yield read_word(" ".join(part), meaning), ROLES[meaning.role]
                break
        else:
            place += 1
            single = read_single(token)
            if single is not None and (single != "" or len(tokens) > 1):
                yield single


@lru_cache(1 << 18)
def read_single(token: str) -> Classed | str | None:
    """Return one word of a firm's name with its class; the id of a legal form; None for what says nothing."""
    token = misread(token)
    meaning = lexicon.word((token,)) or lexicon.place((token,))
    if meaning is not None:
        named = name_known((token,)) if meaning.role == "common" else None
        if named is not None:
            meaning = Meaning(meaning.ids + named.ids, meaning.near + named.near, meaning.role)
        return None if meaning.role == "vessel" else (read_word(token, meaning), ROLES[meaning.role])
    form = form_in_middle(token)
    if form is not None:
        return form
    spoken = None if name_known((token,)) else lexicon.heard(token)
    if spoken is not None and spoken.role != "vessel":
        return read_word(token, spoken), ROLES[spoken.role]
    word = read_word(_bare_adjective(bare(token)), None)
    if not word.heard and not word.numeric:
        return None
    if not word.numeric:
        word = read_word(word.text, name_known((token,)) or name_known((word.text,)))
    return word, NUMBER if word.text.isdigit() else CORE


def _acronyms(words: tuple[Classed, ...], tokens: Phrase, written: str) -> tuple[str, ...]:
    """Return what the words of a name may be shortened to: with its legal form, without it, without fillers."""
    if len(tokens) < 2:
        return ()
    whole = "".join(map(initial, written.split()))
    all_ = "".join(map(initial, tokens))
    telling = "".join(initial(word.text) for word, class_ in words if class_ != FILLER)
    return tuple({short: None for short in (all_, telling, whole) if len(short) >= 3})


@lru_cache(1 << 18)
def initial(token: str) -> str:
    """Return the first letter of a folded word in Latin; empty where it has none."""
    return latin(token)[:1]


def bare(token: str) -> str:
    """Return an Arabic word without its article, a Russian one without the ending that makes a name an adjective."""
    if "\u0400" <= token[0] < "\u0530":
        return next((token.removesuffix(e) for e in _ADJECTIVE if token.endswith(e) and len(token) > len(e) + 3), token)
    if is_abjad(token):
        for prefix in ("وال", "ال", "لل"):
            if token.startswith(prefix) and len(token) - len(prefix) >= 3:
                return token.removeprefix(prefix)
    return token


def _bare_adjective(token: str) -> str:
    """Return a Russian adjective in Latin letters without its ending ("Karakumskaya"); surnames are left alone."""
    if not token.isascii():
        return token
    return next(
        (token.removesuffix(e) for e in _LATIN_ADJECTIVE if token.endswith(e) and len(token) > len(e) + 3), token
    )


def _never_empty(found: list[tuple[Word, int]]) -> tuple[tuple[Word, int], ...]:
    """Let activities tell who is meant where nothing better does, and other words where there are none."""
    classes = {class_ for _, class_ in found}
    if not classes & {CORE, COMMON}:
        for promoted in (ACTIVITY, PLACE, FILLER):
            if promoted in classes:
                return tuple((word, COMMON if class_ == promoted else class_) for word, class_ in found)
    return tuple(found)


def _vessel(folded: str) -> tuple[Classed, ...]:
    """Read a vessel's name: all words tell, but the prefixes; "II" is 2."""
    tokens = folded.split()
    tokens = tokens[: next((place for place, token in enumerate(tokens) if place and token in FORMERLY), None)]
    kept = tokens[2:] if len(tokens) > 2 and (tokens[0], tokens[1]) in VESSEL_PREFIXES else tokens
    kept = [t for t in kept if (m := lexicon.words().get((t,))) is None or m.role != "vessel"] or tokens
    found: list[Classed] = []
    for place, token in enumerate(kept[:MOST_WORDS]):
        word, class_, fills = vessel_word(token, later=place > 0)
        if not fills or len(kept) == 1:
            found.append((word, class_))
    return tuple(found)


def vessel_word(token: str, *, later: bool) -> tuple[Word, int, bool]:
    """Return one word of a vessel's name, its class, and whether it only fills; later words may be Roman numbers."""
    plain = _ROMAN.get(token, token) if later else token
    meaning = lexicon.word((plain,)) or lexicon.heard(plain)
    known = meaning is not None and meaning.role in ("common", "place")
    word = read_word(plain, meaning) if known else read_word(bare(misread(plain)), None)
    return word, NUMBER if plain.isdigit() else CORE, meaning is not None and meaning.role == "filler"


def _person(text: str, folded: str) -> tuple[tuple[Word, int], ...]:
    before, comma, after = text.partition(",")
    if comma and fold(before) and fold(after) and "," not in after:
        folded = _unmixed(fold(f"{after} {before}"))
    tokens = _without_titles(tuple(folded.split()))
    small = lexicon.particles()
    found: list[tuple[Word, int]] = []
    child = False
    for part, meaning in _phrases(_with_servants(tokens), name_known, lexicon.longest_given()):
        if len(found) == MOST_WORDS:
            break
        token = part[0]
        if meaning is not None and meaning.ids[0] in lexicon.compounds():
            found += [(read_word(text_, whole), CORE) for text_, whole in lexicon.compounds()[meaning.ids[0]]]
            continue
        if meaning is None or (found and token in small.children):
            if token in small.children:
                child = bool(found)
                continue
            if len(tokens) > 1 and (token in small.articles or token in small.parents or token in small.small):
                continue
        text_ = " ".join(part) if meaning is not None else without_son(bare(misread(token)))
        word = read_word(text_, meaning)
        if word.numeric or not word.heard:
            continue
        class_ = CHILD if child else CORE
        if len(text_) == 1 and not word.abjad:
            class_ = INITIAL
        elif meaning is None and found and is_patronymic(text_):
            class_ = PATRONYM
        found.append((word, class_))
        child = False
    if all(class_ in (PATRONYM, INITIAL) for _, class_ in found):
        found = [(word, CORE if class_ == PATRONYM else class_) for word, class_ in found]
    return tuple(found)


def is_patronymic(word: str) -> bool:
    """Whether a folded word ends as patronymics do."""
    return len(word) > 6 and word.endswith(lexicon.particles().patronymic)


def without_son(token: str) -> str:
    """Return a family name without the "ben" that the Maghreb writes on to it ("Benxyz" is "Ben Xyz")."""
    son = next((son for son in ("ben", "бен") if token.startswith(son)), "")
    return token.removeprefix(son) if len(token) >= _SHORTEST_SON else token


def name_known(tokens: Phrase) -> Meaning | None:
    """Return what is known of a personal name, with or without the Arabic article."""
    table = lexicon.given()
    found = table.get(tokens)
    if found is None and len(tokens) == 1 and is_abjad(tokens[0]) and tokens[0].startswith("ال"):
        found = table.get((tokens[0].removeprefix("ال"),))
    if found is None and len(tokens) == 1 and tokens[0].startswith("abd"):
        found = lexicon.servant(tokens[0])
    return found


_LATIN_ADJECTIVE = ("skaya", "skaia", "skaja", "skoye", "skoe", "skoje", "skiye", "skie", "skogo")
_ADJECTIVE = ("ского", "ской", "ская", "ский", "ское", "ские")
# Written on to the word before: "Demirci oğlu" is "Demircioğlu", "Yağcı zade" is "Yağcızade".
_WRITTEN_ON = frozenset(
    fold(word)
    for word in [
        "oğlu",
        "oghlu",
        "oğulları",
        "oghullari",
        "оглу",
        "огуллары",
        "أوغلو",
        "اوغلو",
        "أوغلى",
        "أوغلاري",
        "اوغلاري",
        "zade",
        "zadeh",
        "заде",
        "зода",
        "زاده",
        "زادة",
    ]
)
_SERVANT = frozenset({"abd", "abdu", "abdul", "abdel", "abdal", "abdol", "abdoul", "عبد", "عبدال", "абд", "абдул"})


def is_joined(token: str) -> bool:
    """Whether a folded word may be written as one with its neighbour."""
    return token in _SERVANT or token in _WRITTEN_ON


def _with_servants(tokens: Phrase) -> Phrase:
    """Write as one word what is one: "Abd al-Xyz" and "Abdul Xyz" are "abdulxyz", "Xyz oğlu" is "xyzoğlu"."""
    found: list[str] = []
    place = 0
    articles = lexicon.particles().articles
    while place < len(tokens):
        token = tokens[place]
        if token in _WRITTEN_ON and found:
            found[-1] += token
            place += 1
        elif token in _SERVANT and place + 1 < len(tokens):
            skip = 2 if tokens[place + 1] in articles and place + 2 < len(tokens) else 1
            rest = tokens[place + skip]
            found.append(("عبدال" + rest.removeprefix("ال")) if is_abjad(token) else "abdul" + rest)
            place += skip + 1
        else:
            found.append(token)
            place += 1
    return tuple(found)


def _without_titles(tokens: Phrase) -> Phrase:
    titles = lexicon.particles().titles
    kept = list(tokens)
    changed = True
    while changed and len(kept) > 1:
        changed = False
        for count in (2, 1):
            if len(kept) > count and tuple(kept[:count]) in titles:
                kept, changed = kept[count:], True
            elif len(kept) > count and tuple(kept[-count:]) in titles:
                kept, changed = kept[:-count], True
    return tuple(kept)
