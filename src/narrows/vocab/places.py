"""Countries: whatever a record calls one, its ISO 3166-1 code.

Names come from Unicode CLDR (through Babel) in seven languages, and from places.toml for what records write
besides. A country is read to know where goods and firms are said to be. It is no criterion by itself.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

from babel import Locale
from babel.core import get_global

from narrows.vocab.text import fold

_CACHE = 65536
_LANGUAGES = ("en", "tr", "de", "fr", "es", "ru", "ar")

# CLDR regions that are no ISO 3166-1 country: reserved or user-assigned codes and groups. Kosovo's XK,
# user-assigned too, stays, since customs records use it and there is no other.
_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
_WITHDRAWN = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
_BETWEEN = re.compile(r"\s*[()\[\]/|;,]\s*|\s+[-–—]\s+")


def _key(text: str) -> str:
    """Fold `text` and drop the blanks, so that "U.K.", "UK" and "u k" are one."""
    return fold(text).replace(" ", "")


@lru_cache(1)
def _titles() -> dict[str, str]:
    """Return alpha-2 code -> English title, of the countries of ISO 3166-1 and Kosovo."""
    names = Locale("en").territories
    return {code: title for code, title in names.items() if len(code) == 2 and code not in _NO_COUNTRY}


@lru_cache(1)
def _codes() -> dict[str, str]:
    """Return alpha-2 or alpha-3 code, upper case -> alpha-2 code.

    Numeric codes are left out: customs services number countries in ways of their own.
    """
    table = {code: code for code in _titles()}
    for alpha3, codes in get_global("territory_aliases").items():
        listed = len(codes) == 1 and codes[0] in table and alpha3 not in _WITHDRAWN
        if listed and len(alpha3) == 3 and alpha3.isalpha():
            table[alpha3] = codes[0]
    return table


@lru_cache(1)
def _names() -> dict[str, str]:
    """Return folded name -> alpha-2 code; of equal names the file's counts, then the first language's."""
    source = resources.files("narrows.vocab").joinpath("places.toml").read_text(encoding="utf-8")
    table = {_key(name): code for code, names in tomllib.loads(source)["names"].items() for name in names}
    for language in _LANGUAGES:
        territories = Locale(language).territories
        for code in _titles():
            if code in territories:
                table.setdefault(_key(territories[code]), code)
    return table


def _look_up(text: str) -> str | None:
    """Return the code of what is wholly a code or a name. Codes have no dots: "TC" is one, "T.C." a name."""
    code = _codes().get(text.strip().upper())
    return _names().get(_key(text)) if code is None else code


@lru_cache(_CACHE)
def country(text: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country given by code or by name.

    Takes alpha-2 and alpha-3 codes in any case, names in English, Turkish, German, French, Spanish, Russian
    and Arabic, and a code and a name together where they agree ("Türkiye (TR)"). XK stands for Kosovo.

    Returns:
        The code; None where the text is unknown, or may mean more than one country ("Korea").
    """
    if text is None:
        return None
    whole = _look_up(text)
    if whole is not None:
        return whole
    parts = _BETWEEN.split(text)
    codes = {_look_up(part) for part in parts if part} if len(parts) > 1 else set()
    return codes.pop() if len(codes) == 1 else None


def countries() -> set[str]:
    """Return the alpha-2 codes of all countries that `country` knows."""
    return {*_codes().values(), *_names().values()}


def country_title(code: str) -> str:
    """Return the English name of an alpha-2 code; the code itself where there is none."""
    return _titles().get(code, code)
