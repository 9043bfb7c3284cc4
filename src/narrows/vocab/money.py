"""Currencies: whatever a record calls one, its ISO 4217 code.

A sign or name that several currencies share is not resolved: "$", "¥", "dollar" and "lira" say None, and an
amount without a known currency is kept but never compared with others.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from babel import Locale

from narrows.vocab.text import fold

_CACHE = 65536
_LANGUAGES = ("en", "tr", "de", "fr", "es", "ru", "ar")

# ISO 4217 gives these to no currency and to tests; CLDR knows the others, which ISO does not.
_NO_CURRENCY = frozenset({"XXX", "XTS", "XBB", "CNH", "LTT"})


def _sign(text: str) -> str:
    return "".join(text.split()).lower()


def _key(text: str) -> str:
    """Fold `text` and drop the blanks, so that "T.L." is "TL"."""
    return fold(text).replace(" ", "")


@lru_cache(1)
def _codes() -> frozenset[str]:
    """Return the three-letter codes; records outlive currencies, so those no longer in use count too."""
    return frozenset(Locale("en").currencies) - _NO_CURRENCY


@lru_cache(1)
def _signs() -> dict[str, str]:
    source = resources.files("narrows.vocab").joinpath("money.toml").read_text(encoding="utf-8")
    return {_sign(sign): code for sign, code in tomllib.loads(source)["signs"].items()}


@lru_cache(1)
def _names() -> dict[str, str]:
    """Return folded name -> code."""
    source = resources.files("narrows.vocab").joinpath("money.toml").read_text(encoding="utf-8")
    table = {_key(name): code for code, names in tomllib.loads(source)["names"].items() for name in names}
    for language in _LANGUAGES:
        for code, name in Locale(language).currencies.items():
            if code in _codes():
                table.setdefault(_key(name), code)
    return table


@lru_cache(_CACHE)
def currency(text: str | None) -> str | None:
    """Return the ISO 4217 code of a currency given by code, sign or name.

    Takes codes in any case, "TL", signs that one currency alone has ("€", "£", "₺", "₽", "US$"), and names in
    English, Turkish, German, French, Spanish, Russian and Arabic. "£" is read as pound sterling.

    Returns:
        The code; None where the text is unknown or shared by several currencies ("$", "¥", "dollar", "lira").
    """
    if text is None:
        return None
    key = _key(text)
    if key.upper() in _codes():
        return key.upper()
    sign = _signs().get(_sign(text))
    return _names().get(key) if sign is None else sign
