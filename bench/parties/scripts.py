"""Names in other scripts and what keyboards and code pages leave of them."""

from __future__ import annotations

import re
from functools import cache

from bench.parties.words import table

ASCII = str.maketrans(table("letters")["ascii"])
TURKISH_UPPER = str.maketrans({"i": "İ", "ı": "I"})


@cache
def _rules(name: str, habit: int = -1) -> tuple[re.Pattern[str], dict[str, str]]:
    """A table of letters as a pattern that takes the longest first, and what to write for each."""
    found = table("letters")[name]
    if habit >= 0:
        found = found[0] | found[habit] if name == "russian" else found[habit]
    longest = sorted(found, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or "(?!)"), found


def _written(text: str, name: str, habit: int = -1) -> str:
    pattern, letters = _rules(name, habit)
    return pattern.sub(lambda m: letters[m[0]], text)


def plain_lower(text: str) -> str:
    """Lower case as Turkish has it: I is ı, İ is i."""
    return text.replace("I", "ı").replace("İ", "i").lower()


def upper(text: str, turkish: bool) -> str:
    """Upper case, as Turkish has it where asked: i is İ."""
    return (text.translate(TURKISH_UPPER) if turkish else text).upper()


def cyrillic(latin: str) -> str:
    """A name of Latin letters in Cyrillic script."""
    return _titled(_written(plain_lower(latin), "cyrillic"))


def arabic(latin: str) -> str:
    """A name of Latin letters in Arabic script."""
    return _written(plain_lower(latin), "arabic")


def latin_of_cyrillic(text: str, habit: int) -> str:
    """A Russian name in Latin letters, by one of three habits."""
    return _titled(_written(text.lower(), "russian", habit))


def latin_of_arabic(english: str, habit: int) -> str:
    """An Arabic name as an English clerk writes it, rewritten by one of three habits."""
    return _written(english, "habit", habit)


def ascii_only(text: str) -> str:
    """Turkish letters lost to an old keyboard."""
    return text.translate(ASCII)


def garbled(text: str, how: int) -> str:
    """A text read with the wrong code page, in one of three ways; 3 is for Russian."""
    if how == 0:
        return text.encode("cp1254", "ignore").decode("cp1252", "ignore")
    if how == 1:
        return text.encode("utf-8").decode("cp1252", "ignore")
    if how == 2:
        return text.encode("latin-1", "replace").decode("latin-1")
    return text.encode("cp1251", "ignore").decode("cp1252", "ignore")


def _titled(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))
