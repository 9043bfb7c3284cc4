"""Degrees of latitude and longitude, as field reports write them: 36.2021, 36,2021, 36°12'07.6"N, N 36 12.127."""

from __future__ import annotations

import re
import unicodedata

from narrows.vocab.text import latin_digits

_LONGEST = 40
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,12})?)"
_MINUTES = r"(\d{1,2}(?:[.,]\d{1,10})?)"
_WRITTEN = re.compile(
    rf"(?P<sign>[-+−])?\s*(?P<before>[NSEWO])?\s*{_NUMBER}\s*(?:[°º]|deg)?"
    rf"(?:\s*{_MINUTES}\s*['′’]?(?:\s*{_MINUTES}\s*(?:\"|″|”|''|′′)?)?)?\s*(?P<after>[NSEWO])?",
    re.IGNORECASE,
)


def degrees(text: str | None) -> float | None:
    """Return the degrees from -180 to 180, south and west negative; None where the text is no such thing.

    A letter O is west (ouest, oeste) or east (Ost), and so is not read.
    """
    if text is None or len(text) > _LONGEST:
        return None
    plain = latin_digits(unicodedata.normalize("NFC", text)).strip()
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        return None
    side = (found["before"] or found["after"] or "").upper()
    if (found["before"] and found["after"]) or side == "O" or (side and found["sign"]):
        return None
    parts = found.group(3, 4, 5)
    whole, minutes, seconds = (float(part.replace(",", ".")) if part else 0.0 for part in parts)
    if minutes >= 60 or seconds >= 60 or (parts[1] and whole % 1) or (parts[2] and minutes % 1):
        return None
    value = whole + minutes / 60 + seconds / 3600
    if value > 180:
        return None
    negative = side in ("S", "W") or found["sign"] in ("-", "−")
    return -value if negative else value
