"""Words of closed lists: what a record writes, and the one value that Narrows keeps for it.

The lists are in words.toml, in seven languages. The whole cell is compared, or each of its parts where a sign
sets them apart and they agree; a sentence is never searched for words, since "not for private use" has some.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Literal, cast

from narrows.vocab.text import fold, fold_letters

BuyerStatus = Literal["public", "professional_user", "economic_operator", "unknown"]
Relation = Literal[
    "group",
    "treasury",
    "factoring",
    "agency",
    "drop-ship",
    "toll-processing",
    "warehouse",
    "franchise",
    "owner",
    "officer",
]
PartyKind = Literal["organisation", "person"]

_CACHE = 65536
_BETWEEN = re.compile(r"[()\[\]/|;,:]|\s[-–—]\s")
_TICKS = {"✓": True, "✔": True, "☑": True, "✅": True, "✗": False, "✘": False, "☐": False, "❌": False}

_NUMBER = r"([0-9]{1,3}(?:[.,٫][0-9]{1,12})?)"
_FRACTION = re.compile(r"([0-9]{1,3})\s*[/⁄]\s*([0-9]{1,3})")
_PER_CENT_WORD = (
    r"(?:%|٪|per ?cent|pct\.?|prozent|v\. ?h\.|yuzde|pour cent|por ciento|процент(?:а|ов)?|بالمايه|في المايه)"
)
_PER_CENT = re.compile(rf"{_NUMBER}\s*{_PER_CENT_WORD}|{_PER_CENT_WORD}\s*{_NUMBER}")
_BARE = re.compile(_NUMBER)


@lru_cache(1)
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files("narrows.vocab").joinpath("words.toml").read_text(encoding="utf-8"))


@lru_cache(1)
def _lists() -> dict[str, dict[str, str]]:
    """Return section -> folded spelling -> value."""
    return {
        section: {fold(spelling): value for value, spellings in values.items() for spelling in spellings}
        for section, values in _table().items()
    }


def _look_up(section: str, text: str | None) -> str | None:
    """Return the value of the whole text, else the one that all its parts have."""
    if text is None:
        return None
    table = _lists()[section]
    whole = table.get(fold(text))
    if whole is not None:
        return whole
    parts = {table.get(fold(part)) for part in _BETWEEN.split(text) if fold(part)}
    return parts.pop() if len(parts) == 1 else None


@lru_cache(_CACHE)
def buyer_status(text: str | None) -> BuyerStatus | None:
    """Return the kind of buyer that a record states (Regulation (EU) 2019/1148, Art. 3(8)-(10)).

    A buyer called only business or commercial is a professional user. "Company" alone says nothing: a legal person may
    be a member of the public.

    Returns:
        The status; "unknown" where the record says that it is not known; None where the word itself is not.
    """
    return cast("BuyerStatus | None", _look_up("buyer_status", text))


@lru_cache(_CACHE)
def relation(text: str | None) -> Relation | None:
    """Return how a record says that two parties are linked, or None where its word is not known."""
    return cast("Relation | None", _look_up("relation", text))


@lru_cache(_CACHE)
def party_kind(text: str | None) -> PartyKind | None:
    """Return whether a record's word says that a party is an organisation or a natural person, else None.

    The word is a value of a column for it ("juristische Person"), never the name of the party.
    """
    return cast("PartyKind | None", _look_up("party_kind", text))


@lru_cache(_CACHE)
def yes_no(text: str | None) -> bool | None:
    """Return what a yes-no cell says: words in seven languages, 1 and 0, ticks.

    "x" may tick or cross out, and is None.
    """
    if text is None:
        return None
    tick = _TICKS.get(text.strip().rstrip("\ufe0f"))
    if tick is not None:
        return tick
    word = _look_up("yes_no", text)
    return None if word is None else word == "yes"


@lru_cache(_CACHE)
def share(text: str | None) -> Decimal | None:
    """Return a share in a firm, in per cent: more than 0, at most 100.

    "51 %", "%51" and "51" are 51; "0.51" without a sign is a fraction, and so is "1/2": 51 and 50. "0.51 %"
    is 0.51. A bare "1" may be either, and is None, as are ranges ("25-50 %") and limits ("> 25 %").
    """
    plain = "" if text is None else fold_letters(text).strip()
    fraction = _FRACTION.fullmatch(plain)
    per_cent = _PER_CENT.fullmatch(plain)
    bare = _BARE.fullmatch(plain)
    if fraction is not None:
        value = Decimal(0) if int(fraction[2]) == 0 else round(100 * Decimal(fraction[1]) / Decimal(fraction[2]), 6)
    elif per_cent is not None:
        value = _number(per_cent[1] or per_cent[2])
    elif bare is not None:
        value = _number(bare[1])
        if value == 1:
            return None
        value = value * 100 if value < 1 else value
    else:
        return None
    return value if 0 < value <= 100 else None


def _number(digits: str) -> Decimal:
    """Read digits with a decimal point or comma: shares are too small for a sign of thousands."""
    return Decimal(digits.replace(",", ".").replace("٫", "."))


@lru_cache(_CACHE)
def delivery_terms(text: str | None) -> str | None:
    """Return the Incoterms code in a delivery term, such as FOB in "FOB Example Port (Incoterms 2020)".

    The code may open the text, in any case, or stand alone in capitals within it; or the text is a name of
    the term. Codes of the editions of 2000 and 2010 (DDU, DAT, ...) are kept as they are.

    Returns:
        The code; None where there is none, or more than one.
    """
    named = _look_up("delivery_terms", text)
    if named is not None or text is None:
        return named
    codes = set(_lists()["delivery_terms"].values())
    words = re.findall(r"[^\W\d_]+", text)
    found = {word for word in words if word in codes}
    if not found and words and words[0].upper() in codes:
        found = {words[0].upper()}
    return found.pop() if len(found) == 1 else None
