"""Lot and serial numbers, as pieces bear them and papers write them, read forgivingly; says how sure an agreement is.

What is forgiven: case, spaces and signs between characters, full-width forms, letters of other scripts that are drawn
as Latin ones, words before the number ("Lot No.", "S/N", "Chargen-Nr."), leading zeros of plain numbers (spreadsheets
drop them), and characters that are taken for each other:

    0 = O Q D    1 = I L    5 = S    8 = B    2 = Z    6 = G

ISO 3779 keeps I, O and Q out of vehicle numbers because they are read as 1 and 0; D, S, B, Z, G are what worn, stamped
or dotted characters are misread as. U/V, 1/7 and the like are left alone: the more is folded, the more lots become one.
A look-alike is never hidden: an agreement that rests on some says on how many.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from narrows.vocab.text import clean, latin_digits

Kind = Literal["one", "range", "partial"]
How = Literal["as written", "leading zeros", "look-alikes", "range", "range, if the dash means to", "partial"]

# The surest first.
SURENESS: tuple[How, ...] = (
    "as written", "leading zeros", "look-alikes", "range", "range, if the dash means to", "partial",
)  # fmt: skip
# Fewer readable characters than this tell nothing.
LEAST_KNOWN = 3
_LONGEST = 2000
_MOST = 500
_WIDEST = 10_000_000

_LOOK_ALIKES = str.maketrans("OQDILSBZG", "000115826")
# Cyrillic and Greek capitals drawn as Latin ones, and the two signs that are drawn as digits.
_DRAWN = str.maketrans(
    "АВЕЗКМНОРСТУХЅІЈЁҮԚԜ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABE3KMHOPCTYXSIJEYQW" + "ABEZHIKMNOPTYX",
)
_UNREADABLE = "?"
_ANY = "*"

# Words that say that a number follows, such as "Lot No."; "No." alone does so too.
_WORD = (
    r"lots?|lot ?(?:no|nr)|batch(?:es)?|serials?|serie|série|seri|serien|charges?|chargen|los|lote|parti"
    r"|(?:serien|chargen|los)(?:nummern?|nr)|партия|партии|серийный|серия|заводской|دفعة|الدفعة|التسلسلي"
    r"|sn|s/n|s\.n\.|b/n|l/n"
)
_NUMBER = r"numbers?|nummern?|numara(?:sı)?|num|nos?|nrs?|n[°º]|№|номера?|numéro|número|رقم"
_BEFORE = re.compile(
    rf"^(?:(?:{_NUMBER})(?![^\W_])[\s.:#/-]*(?:d[eu]\s+)?)?"
    rf"(?:(?:{_WORD})(?![^\W\d_])[\s.:#/-]*)*(?:(?:{_NUMBER}|id|code|range)(?![^\W_])[\s.:#/-]*)*",
    re.IGNORECASE,
)
_AFTER = rf"(?:[\s.:#/-]*(?:{_NUMBER}|id|code)(?![^\W_]))?[\s.:#]*([^\s,;()]*\d[^\s,;()]*)"
_BETWEEN = re.compile(r"[,;\n|،；]+|\s/\s|\s(?:and|und|ve|et|y|и|&|\+)\s|\s[&+]\s", re.IGNORECASE)
_TO = re.compile(r"\s(?:to|thru|through|bis|ila|à|a|по|до|إلى|hasta)\s|\s?(?:–|—|~)\s?|\s-\s", re.IGNORECASE)
_FROM = re.compile(r"^(?:from|von|с|от|de|du|desde|من)\s+", re.IGNORECASE)
_DOTS = re.compile(r"\.{2,}|…|\*+")
_SQUARES = str.maketrans("□■▢�_", "?????")
_DASH = re.compile(r"[-‐‑‒−]")
_END = re.compile(r"^(.*?)(\d+)$")


@dataclass(frozen=True, slots=True)
class Mark:
    """One lot or serial number, or a range of serials.

    Attributes:
        kind: one number; a range of them; or one of which some characters cannot be read.
        written: the text it was read from.
        plain: capitals and digits alone; "?" for an unreadable character, "*" for any number of them.
        key: the same with look-alikes folded, and a plain number without leading zeros: equal keys may be one number.
        low, high: of a range, the numbers at its ends; both end in as many digits as `digits`, after `prefix`.
        prefix, digits: see there; `prefix` is folded as `key`.
        sure: of a range, False where the dash may as well belong to the number.
    """

    kind: Kind
    written: str
    plain: str
    key: str
    prefix: str = ""
    digits: int = 0
    low: int = 0
    high: int = 0
    sure: bool = True

    @property
    def known(self) -> int:
        """How many characters can be read."""
        return sum(sign not in (_UNREADABLE, _ANY) for sign in self.plain)

    @property
    def folded(self) -> str:
        """The key with its zeros."""
        return self.plain.translate(_LOOK_ALIKES)

    @property
    def pattern(self) -> str:
        """The key as a pattern of SQL's LIKE."""
        return self.key.replace(_UNREADABLE, "_").replace(_ANY, "%")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two marks are one: in which way, and how many characters of how many agree as written."""

    how: How
    agree: int
    of: int

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts the surest first."""
        return SURENESS.index(self.how), self.agree - self.of

    def __str__(self) -> str:
        if self.how == "look-alikes":
            return f"the same but for look-alikes ({self.agree} of {self.of} characters as written)"
        if self.how == "partial":
            return f"as far as it can be read ({self.agree} of {self.of} characters)"
        return {
            "as written": "the same as written",
            "leading zeros": "the same but for leading zeros",
            "range": "within the range",
        }.get(self.how, "within a range, if the dash means to")


@lru_cache(65536)
def read(text: str | None, *, serial: bool = False) -> tuple[Mark, ...]:
    """Return the marks that a cell names, in its order, none twice; () where it names none.

    Args:
        text: one number, several ("A1, A2"), or ranges ("1200-1850", "from AB0100 to AB0180").
        serial: whether they are serial numbers. In a lot "2204-2317" the dash belongs to the number, unless words or
            blanks say otherwise; among serials equal lengths and rising ends make it a range. Where it is not plain,
            both readings are returned, and the range is marked as not sure.
    """
    cleaned = clean((text or "")[:_LONGEST].replace("\n", ";"))
    if cleaned is None:
        return ()
    cleaned = _DOTS.sub(_ANY, cleaned.translate(_SQUARES))
    found: dict[tuple[Kind, str, int, int], Mark] = {}
    for piece in _BETWEEN.split(cleaned):
        for mark in _read_one(piece.strip(), serial):
            found.setdefault((mark.kind, mark.plain, mark.low, mark.high), mark)
    return tuple(found.values())[:_MOST]


def compare(one: Mark, other: Mark) -> Agreement | None:
    """Return how two marks are one, None where they are not; two ranges, and two partial marks, are not compared."""
    kinds = {one.kind, other.kind}
    if kinds == {"one"}:
        return _same(one, other)
    if kinds == {"one", "range"}:
        single, range_ = (one, other) if other.kind == "range" else (other, one)
        return _within(single, range_)
    if kinds == {"one", "partial"}:
        whole, part = (one, other) if other.kind == "partial" else (other, one)
        return _partly(whole, part)
    return None


def best(ours: tuple[Mark, ...], theirs: tuple[Mark, ...]) -> Agreement | None:
    """Return the surest agreement between any of two cells' marks."""
    found = (agreement for one in ours for other in theirs if (agreement := compare(one, other)) is not None)
    return min(found, key=lambda agreement: agreement.rank, default=None)


def _read_one(piece: str, serial: bool) -> Iterator[Mark]:
    text = _stripped(piece)
    if not text:
        return
    ends = _TO.split(text)
    if len(ends) == 2 and (range_ := _range(text, _stripped(_FROM.sub("", ends[0])), _stripped(ends[1]))) is not None:
        yield range_
        return
    single = _single(piece, text)
    if single is not None:
        yield single
    dashed = _DASH.split(text)
    if serial and len(dashed) == 2 and (range_ := _range(text, dashed[0], _stripped(dashed[1]))) is not None:
        sure = _digits(dashed[0]) == _digits(_stripped(dashed[1])) > 2
        yield Mark(
            "range", piece, range_.plain, range_.key, range_.prefix, range_.digits, range_.low, range_.high, sure
        )


def _stripped(text: str) -> str:
    """The text without the words that say that a number follows; where nothing else is there, they are the number."""
    text = text.strip(" .:#")
    rest = _BEFORE.sub("", text, count=1).strip(" .:#")
    return rest if any(map(str.isalnum, rest)) else text


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).upper().translate(_DRAWN)
    return "".join(sign for sign in latin_digits(text) if sign.isalnum() or sign in (_UNREADABLE, _ANY))


def _key(plain: str) -> str:
    key = plain.translate(_LOOK_ALIKES)
    return key.lstrip("0") or key if key.isdigit() else key


def _single(written: str, text: str) -> Mark | None:
    plain = _plain(text)
    key = _key(plain)
    if not plain.strip("?*"):
        return None
    if _UNREADABLE in plain or _ANY in plain:
        mark = Mark("partial", written, plain, plain.translate(_LOOK_ALIKES))
        return mark if mark.known >= LEAST_KNOWN else None
    return Mark("one", written, plain, key)


def _range(written: str, start: str, end: str) -> Mark | None:
    """The range between two ends, None where they are none; "AB1200" to "1850" and "1200" to "50" are read too."""
    first, last = _END.match(_plain(start)), _END.match(_plain(end))
    if first is None or last is None:
        return None
    (before, low), (before_end, high) = first.groups(), last.groups()
    if before_end not in ("", before) or len(high) > len(low):
        return None
    high = low[: len(low) - len(high)] + high
    if not int(low) < int(high) <= int(low) + _WIDEST:
        return None
    prefix = before.translate(_LOOK_ALIKES)
    plain = f"{before}{low}-{before}{high}"
    return Mark("range", written, plain, f"{prefix}{low}-{high}", prefix, len(low), int(low), int(high))


def _digits(text: str) -> int:
    found = _END.match(_plain(text))
    return len(found[2]) if found is not None else 0


def _same(one: Mark, other: Mark) -> Agreement | None:
    if one.key != other.key:
        return None
    if one.plain == other.plain:
        return Agreement("as written", len(one.plain), len(one.plain))
    if len(one.plain) != len(other.plain):
        short, long = sorted((one.plain, other.plain), key=len)
        if short == long.lstrip("0"):
            return Agreement("leading zeros", len(short), len(long))
        one, other = (_shortened(mark, len(short)) for mark in (one, other))
    alike = _alike(one.plain, other.plain)
    return Agreement("look-alikes", alike, len(one.plain)) if 2 * alike >= len(one.plain) else None


def _shortened(mark: Mark, length: int) -> Mark:
    """The mark without what stands for zeros at its left."""
    return replace(mark, plain=mark.plain[len(mark.plain) - length :])


def _within(single: Mark, range_: Mark) -> Agreement | None:
    key = single.folded
    number = key[len(range_.prefix) :]
    if not key.startswith(range_.prefix) or not number.isdigit():
        return None
    # A number may lack the zeros at its left; with a prefix, the number of digits is part of the number.
    fits = len(number) == range_.digits if range_.prefix else len(number.lstrip("0")) <= range_.digits
    if not fits or not range_.low <= int(number) <= range_.high:
        return None
    how: How = "range" if range_.sure else "range, if the dash means to"
    return Agreement(how, len(single.plain), len(single.plain))


def _partly(whole: Mark, part: Mark) -> Agreement | None:
    key = whole.folded
    expression = "".join({_UNREADABLE: ".", _ANY: ".*"}.get(sign, re.escape(sign)) for sign in part.key)
    if re.fullmatch(expression, key) is None or 2 * part.known < len(key):
        return None
    return Agreement("partial", part.known, len(key))


def _alike(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


_SPELLED = {
    "lot": re.compile(rf"(?<![^\W_])(?:lot|batch|charge|chargen|los|lote|parti|партия)\b{_AFTER}", re.IGNORECASE),
    "serial": re.compile(rf"(?<![^\W_])(?:serial|s/n|sn|seri|seriennummer|серийный)\b{_AFTER}", re.IGNORECASE),
}


def spelled_out(text: str) -> tuple[str | None, str | None]:
    """Return the lot and the serial number that a marking names as such ("LOT 7F3-22; S/N 00417"), None for none."""
    found = (pattern.search(text) for pattern in _SPELLED.values())
    lot, serial = (None if match is None else match[1].rstrip(".,;:)") for match in found)
    return lot or None, serial or None
