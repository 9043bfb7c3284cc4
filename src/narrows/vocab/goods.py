"""Goods lines: which listed substance a line means, how sure that is, and why.

A line is recognised by CAS number, by name in seven languages, and as a mere candidate by UN number or tariff code.
What only looks like a listed substance is not: a homonym ("nitro thinner"), goods that are free of it, an article made
for or against it. Concentrations are judged elsewhere (`narrows.vocab.catalogue.above_limit`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from narrows.vocab import codes
from narrows.vocab.catalogue import above_limit, catalogue, headings
from narrows.vocab.wording import Found, Wording, tokens_of, wording

__all__ = ["Certainty", "Recognition", "above_limit", "catalogue", "headings", "recognise", "recognise_many"]

Certainty = Literal["certain", "likely", "candidate"]
Line = tuple[str | None, str | None, str | None, str | None]

_CAS_INSIDE = re.compile(r"(?<![\d-])\d{2,7}-\d{2}-\d(?![\d-])")
_UN_INSIDE = re.compile(r"\b(?:UN|ONU|ООН)[\s.:-]*(?:No?\.?\s*)?(\d{4})\b")
_REMEMBERED = 1 << 17
# Beyond this nothing is read: no goods description is that long, and a cell may be a whole file.
_READ = 4000


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a goods line was recognised as.

    Attributes:
        substance: listed substance that the line means, or that a preparation on it is said to hold; None if neither.
        certainty: "certain" (right CAS number, or its plain name as the goods), "likely" (a trade or misspelt name, a
            name further inside the text, or evidence that disagrees), "candidate" (a preparation that names it, or a
            code alone); None where nothing was recognised.
        why: the grounds, in words; "" where nothing was recognised.
        named: listed substance that the description says the goods are; None where they are a preparation of it.
        by_cas: listed substance of the CAS number; None where there is none, or it is not listed.
        by_un: listed substance of the UN number, likewise.
        by_hs: listed substances that the lists place under the six-digit HS code, sorted.
        excluded: the words for which a look-alike was put aside, folded; None where there was none.
    """

    substance: str | None
    certainty: Certainty | None
    why: str
    named: str | None
    by_cas: str | None
    by_un: str | None
    by_hs: tuple[str, ...]
    excluded: str | None


@dataclass(frozen=True, slots=True)
class _Text:
    """What a description says: a substance as the goods or as part of them, or a look-alike."""

    substance: str | None = None
    certainty: Certainty | None = None
    part: bool = False
    why: str = ""
    excluded: str | None = None


_NO_TEXT = _Text()
_NOTHING = Recognition(None, None, "", None, None, None, (), None)
_LOWER: dict[Certainty, Certainty] = {"certain": "likely", "likely": "candidate", "candidate": "candidate"}


def _follows(phrases: dict[str, list[tuple[str, ...]]], tokens: list[str], at: int) -> tuple[str, ...] | None:
    """Return the phrase that begins at tokens[at], if one does."""
    for phrase in phrases.get(tokens[at], ()) if at < len(tokens) else ():
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return phrase
    return None


def _precedes(phrases: dict[str, list[tuple[str, ...]]], tokens: list[str], at: int) -> tuple[str, ...] | None:
    """Return the phrase that ends right before tokens[at], if one does."""
    for phrase in phrases.get(tokens[at - 1], ()) if at > 0 else ():
        if tuple(tokens[max(0, at - len(phrase)) : at]) == phrase:
            return phrase
    return None


def _denied(words: Wording, tokens: list[str], found: Found) -> str | None:
    """Return the words that put a name aside: a homonym, "free of", "resistant to", an article."""
    name = " ".join(tokens[found.start : found.end])
    if found.phrase.kind == "homonym":
        return name
    before = _precedes(words.denied_before, tokens, found.start)
    if before is not None and before not in words.unless:
        return f"{' '.join(before)} {name}"
    after = _follows(words.denied_after, tokens, found.end)
    return None if after is None or after in words.unless else f"{name} {' '.join(after)}"


def _is_part(words: Wording, tokens: list[str], found: list[Found]) -> bool:
    """Say whether the description is that of a preparation, so that a name in it is a part at most."""
    if not words.mixture_words.isdisjoint(tokens):
        return True
    if any(tokens[hit.start - 1] in words.part_before for hit in found if hit.start > 0):
        return True
    if any(tokens[hit.end] in words.part_after for hit in found if hit.end < len(tokens)):
        return True
    return any(_follows(words.mixture_phrases, tokens, at) is not None for at in range(len(tokens)))


def _leads(words: Wording, tokens: list[str], start: int) -> bool:
    """Say whether only numbers, packages and the like stand before tokens[start]."""
    return all(token == "" or token[0].isdigit() or token in words.carriers for token in tokens[:start])


def _read_text(description: str) -> _Text:
    words = wording()
    tokens = tokens_of(description)
    found = words.find(tokens)
    if not found:
        return _NO_TEXT
    put_aside = [_denied(words, tokens, hit) for hit in found]
    excluded = next((text for text in put_aside if text is not None), None)
    named = [hit for hit, denied in zip(found, put_aside, strict=True) if denied is None]
    if named:
        return _weigh(words, tokens, named, excluded)
    title = catalogue().substances[found[0].phrase.substance].title
    return _Text(why=f'"{excluded}" is not {title}', excluded=excluded)


def _weigh(words: Wording, tokens: list[str], named: list[Found], excluded: str | None) -> _Text:
    """Say how sure the names make it; of several substances a restricted one is told first."""
    restricted = catalogue().restricted
    several = len({hit.phrase.substance for hit in named}) > 1
    best = min(
        named,
        key=lambda hit: (
            several and hit.phrase.substance not in restricted,
            hit.phrase.kind != "name" or hit.misspelt,
            hit.start,
        ),
    )
    substance = best.phrase.substance
    written = f'"{" ".join(tokens[best.start : best.end])}"'
    if several:
        why = f"the description names several listed substances, {written} among them"
        return _Text(substance, "candidate", True, why, excluded)
    if _is_part(words, tokens, named):
        why = f"the description is of a preparation that names {written}"
        return _Text(substance, "candidate", True, why, excluded)
    if best.misspelt:
        why = f"{written} looks like a misspelling of {catalogue().substances[substance].title}"
        return _Text(substance, "likely", False, why, excluded)
    plain = best.phrase.kind == "name" and excluded is None and _leads(words, tokens, best.start)
    return _Text(substance, "certain" if plain else "likely", False, f"the description names {written}", excluded)


@lru_cache(maxsize=1)
def _by_number() -> tuple[dict[str, str], dict[str, str]]:
    """Return CAS number -> substance and UN number -> substance."""
    substances = catalogue().substances.values()
    return {one.cas: one.id for one in substances}, {un: one.id for one in substances for un in one.un}


def _cas_of(description: str, cas: str | None) -> str | None:
    """Return the CAS number of the line: the declared one, else the only one in the description."""
    if cas is not None:
        declared = codes.cas(cas)
        if declared is not None:
            return declared
    inside = {codes.cas(text) for text in _CAS_INSIDE.findall(description)} - {None}
    return inside.pop() if len(inside) == 1 else None


def _un_of(description: str, un: str | None) -> str | None:
    if un is not None:
        declared = codes.un_number(un)
        if declared is not None:
            return declared
    inside = set(_UN_INSIDE.findall(description))
    return inside.pop() if len(inside) == 1 else None


def _judge(text: _Text, cas: str | None, by_cas: str | None) -> tuple[str | None, Certainty | None, str]:
    """Weigh the CAS number against the words: (substance, certainty, why)."""
    if by_cas is not None:
        why = f"CAS number {cas} is {catalogue().substances[by_cas].title}"
        if text.excluded is not None and text.substance is None:
            return by_cas, "candidate", f"{why}; but {text.why}"
        if text.substance is not None and text.substance != by_cas:
            return by_cas, "likely", f"{why}; but {text.why}"
        if text.part:
            return by_cas, "likely", f"{why}; {text.why}"
        return by_cas, "certain", why if text.substance is None else f"{why}; {text.why}"
    if text.substance is not None and text.certainty is not None and cas is not None:
        return text.substance, _LOWER[text.certainty], f"{text.why}; but CAS number {cas} is another substance"
    return text.substance, text.certainty, text.why


def recognise(description: str | None, hs: str | None, cas: str | None, un: str | None) -> Recognition:
    """Return what a goods line is recognised as. Never raises on any text.

    Args:
        description: goods description, as written.
        hs: tariff code, as written; its first six digits count.
        cas: CAS number, as written; without it one in the description is read.
        un: UN number, as written; without it one in the description is read.
    """
    written = (description or "")[:_READ]
    text = _read_text(written) if written else _NO_TEXT
    digits = codes.hs6(hs) or "" if hs is not None else ""
    by_hs = catalogue().by_hs6.get(digits, ())
    cas_number = _cas_of(written, cas)
    un_number = _un_of(written, un)
    if text is _NO_TEXT and not by_hs and cas_number is None and un_number is None:
        return _NOTHING
    cas_index, un_index = _by_number()
    by_cas = cas_index.get(cas_number or "")
    by_un = un_index.get(un_number or "")
    substance, certainty, why = _judge(text, cas_number, by_cas)
    if substance is None and (by_un is not None or by_hs):
        certainty = "candidate"
        code = f"UN number {un_number}" if by_un is not None else f"HS code {digits}"
        why = f"{why}; {code} covers a listed substance".removeprefix("; ")
    named = None if text.part else text.substance
    return Recognition(substance, certainty, why, named, by_cas, by_un, by_hs, text.excluded)


def recognise_many(lines: Iterable[Line]) -> list[Recognition]:
    """Return `recognise` of each line (description, hs, cas, un), in order; equal lines are read once."""
    known: dict[Line, Recognition] = {}
    result = []
    for line in lines:
        recognition = known.get(line)
        if recognition is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            recognition = known[line] = recognise(*line)
        result.append(recognition)
    return result
