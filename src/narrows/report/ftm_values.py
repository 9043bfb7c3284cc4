"""Values as followthemoney stores them: what its own cleaning would leave as it is, or None.

followthemoney itself is not needed; its rules for each type of value are few.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from narrows.vocab.identifiers import e164
from narrows.vocab.places import country as read_country

_CACHE = 65536

# What is dropped from every text: control signs, and signs that show nothing.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUOTED = re.compile(r"[\"'](.*)[\"']")
_LINE_BREAK = re.compile(r"<BR/>|<BR>|ESQ\.?,|;")
_COMMAS = re.compile(r",(?:\s*[,.])+")
_LOCAL = re.compile(r"[^<>()\[\],;:?\s@\"']{1,64}")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+[^\W\d_]{{2,63}}")
_URL = re.compile(
    rf"(?:(?P<scheme>https?)://)?(?P<host>{_HOST.pattern})(?::(?P<port>[0-9]{{1,5}}))?(?P<rest>(?:[/?#][^\s;\"<>]*)?)",
    re.I,
)
_EMPTY = re.compile(r"[?#]+(?=#|$)")  # with nothing behind them
_LAST_PORT = 65_535
_ANY = 1_000_000

NAME, IDENTIFIER, SHORT_IDENTIFIER, STRING, ADDRESS, EMAIL, URL = 384, 64, 32, 1024, 250, 250, 4096


def text(written: str | None, most: int = STRING) -> str | None:
    """Return a text in one line; None where it is empty or longer than `most` characters."""
    plain = unicodedata.normalize("NFC", _UNSEEN.sub("", " ".join((written or "").split())))
    plain = " ".join(plain.split())
    return plain if 0 < len(plain) <= most else None


def name(written: str | None) -> str | None:
    """Return a name without quotation marks around the whole of it."""
    plain = text(written, NAME)
    while plain is not None and (quoted := _QUOTED.fullmatch(plain)) is not None:
        plain = text(quoted[1])
    return plain


def address(written: str | None, city: str | None) -> str | None:
    """Return an address in one line, with its town where the address does not name it."""
    where = text(written, _ANY) or ""
    town = text(city, _ANY) or ""
    named = re.search(rf"(?<!\w){re.escape(town)}(?!\w)", where, re.IGNORECASE) is not None
    whole = where if named else f"{where}, {town}"
    return text(_COMMAS.sub(",", _LINE_BREAK.sub(", ", whole)).strip(" ,"), ADDRESS)


@lru_cache(_CACHE)
def phone(written: str, country_text: str | None, seat: str | None) -> str | None:
    """Return a telephone number with its country code; it counts as of the country beside it, else of the seat."""
    return e164(written, (country_text and read_country(country_text)) or seat)


def email(written: str) -> str | None:
    """Return a mail address, its domain in small letters."""
    local, at, domain = (text(written.strip().removeprefix("mailto:")) or "").rpartition("@")
    host = domain.rstrip(".").lower()
    if not at or _LOCAL.fullmatch(local) is None or _HOST.fullmatch(host) is None or not _is_plain(host):
        return None
    return text(f"{local}@{host}", EMAIL)


def _is_plain(host: str) -> bool:
    """Whether a host can surely be written in ASCII: letters of both directions cannot stand in one label."""
    return "_" not in host and all(unicodedata.bidirectional(sign) not in ("R", "AL") for sign in host)


def url(written: str) -> str | None:
    """Return a web address with its scheme, http where none is written."""
    found = _URL.fullmatch(text(written, URL) or "")
    host = "" if found is None else found["host"].lower()
    if found is None or _HOST.fullmatch(host) is None or int(found["port"] or 0) > _LAST_PORT:
        return None
    scheme = (found["scheme"] or "http").lower()
    port = f":{found['port']}" if found["port"] else ""
    rest = _EMPTY.sub("", found["rest"])
    return f"{scheme}://{host}{port}{rest if rest.startswith('/') else f'/{rest}'}"
