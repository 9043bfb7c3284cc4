"""Calendar dates as people write them.

How "03/04/2025" is read is told by the column's order, never guessed from one value. A time beside the date is read
over: the date is the one written, in whatever time zone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from narrows.model.mapping import DateOrder
from narrows.vocab.text import clean, fold, latin_digits

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_PIVOT = 70
_LONGEST = 80

_TIME = re.compile(
    r"""(?:(?<=[0-9])[Tt]|(?<![0-9:.])\ *,?\ *)
    (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?![0-9:])
    (?:\ ?(?P<half>[AaPp])\.?[Mm]\b\.?)?(?:\ ?(?:Z\b|UTC\b|GMT\b)?(?:[+-][0-9]{2}:?[0-9]{2})?)?""",
    re.VERBOSE,
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,4})(?P<mark> ?[./\-] ?| )([0-9]{1,2})(?P=mark)([0-9]{4}|[0-9]{1,2})\.?")
_COMPACT = re.compile(r"([0-9]{8})(?:T?[0-9]{4}(?:[0-9]{2})?(?:\.[0-9]{1,9})?Z?)?")
_NAMED = re.compile(r"[\w\s.,،/'’‘()º°ª-]+")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")

_LANGUAGES = ("en", "en_GB", "tr", "de", "de_AT", "fr", "es", "ru", "ar", "ar_SY", "ar_MA", "ar_DZ", "ar_IQ")
# Short forms in use that Unicode CLDR does not list.
_MORE_MONTHS = {
    2: "fev фев",
    3: "mrz maerz",
    9: "sep set setiembre сен",
    11: "ноя",
}
_SMALL_WORDS = "st nd rd th er re eme ere o a de del of the den der am le el г года год م من في"
_ORDINALS = frozenset(_SMALL_WORDS.split())


def parse_date(text: str | None, order: DateOrder) -> dt.date | None:
    """Return the calendar date that `text` states, or None where it states none.

    Reads, whatever the order: four-digit year first (2025-04-03, 2025/4/3), eight digits (20250403, or 03042025 in the
    given order), timestamps, and month names in English, Turkish, German, French, Spanish, Russian and Arabic, in any
    case, long or short, with or without weekday and ordinal ending. Reads by `order`: three numbers set apart by one
    sort of mark (03.04.2025, 3/4/25). Two-digit years 70-99 are of the 1900s, 00-69 of the 2000s. Digits may be
    Arabic-Indic or Persian. Years outside 1900-2100 (other calendars among them), months without a day, six digits
    and serial numbers (see `from_serial`) are None.

    Args:
        text: one cell.
        order: the column's. "year-first" reads no date that ends in a four-digit year, unless the month is named.
    """
    if text is None or len(text) > _LONGEST:
        return None
    text = text.strip()
    found = _ISO.fullmatch(text)
    if found is not None:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if not text.isascii():
        text = latin_digits(clean(text) or "")
    if ":" in text:
        rest = _without_time(text)
        if rest is None:
            return None
        text = rest
    found = _NUMERIC.fullmatch(text)
    if found is not None:
        return _numeric(found[1], found[3], found[4], order)
    found = _COMPACT.fullmatch(text)
    if found is not None:
        return _compact(found[1], order)
    return _named(text, order)


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _without_time(text: str) -> str | None:
    """Return `text` without its time of day, or None where what looks like one is none."""
    found = _TIME.search(text)
    if found is None:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour > (24 if found["half"] is None else 12) or minute > 59 or second > 60:
        return None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(" ,")


def _year(digits: str) -> int:
    if len(digits) > 2:
        return int(digits)
    return int(digits) + (2000 if int(digits) < _PIVOT else 1900)


def _numeric(first: str, second: str, third: str, order: DateOrder) -> dt.date | None:
    if len(first) > 2:
        return _date(int(first), int(second), int(third)) if len(first) == 4 and len(third) <= 2 else None
    if order == "year-first":
        return _date(_year(first), int(second), int(third)) if len(first) == 2 and len(third) <= 2 else None
    if len(third) == 1:
        return None
    day, month = (first, second) if order == "day-first" else (second, first)
    return _date(_year(third), int(month), int(day))


def _compact(digits: str, order: DateOrder) -> dt.date | None:
    """Read eight digits: no text is a date both with the year first and with the year last (1900-2100)."""
    first = _date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if first is not None or order == "year-first":
        return first
    return _numeric(digits[:2], digits[2:4], digits[4:], order)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Return folded month name -> 1..12."""
    names = {word: month for month, words in _MORE_MONTHS.items() for word in words.split()}
    for language in _LANGUAGES:
        for context in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                names.update((fold(name), month) for month, name in context[width].items())
    return names


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    names = {"thurs", "tues", "weds"}
    for language in _LANGUAGES:
        for context in Locale.parse(language).days.values():
            for width in ("wide", "abbreviated"):
                names.update(word for name in context[width].values() for word in fold(name).split())
    return frozenset(names - _months().keys())


def _named(text: str, order: DateOrder) -> dt.date | None:
    if not _NAMED.fullmatch(text):
        return None
    tokens = _TOKEN.findall(fold(text))
    if len(tokens) > 12:
        return None
    numbers, month, place = _parts(tokens)
    if month is None or len(numbers) != 2:
        return None
    first, second = numbers
    year_first = len(first) == 4 or (len(second) != 4 and order == "year-first" and place == 1)
    year, day = (first, second) if year_first else (second, first)
    if len(day) > 2 or len(year) not in (2, 4):
        return None
    return _date(_year(year), month, int(day))


def _parts(tokens: list[str]) -> tuple[list[str], int | None, int]:
    """Return the numbers, the month (None where there is none, several or a word of another kind), and how many
    numbers stand before the month."""
    months, numbers = _months(), list[str]()
    month: int | None = None
    place = at = 0
    while at < len(tokens):
        token, pair = tokens[at], " ".join(tokens[at : at + 2])
        name = pair if pair in months else token
        if token.isdigit():
            numbers.append(token)
        elif name in months:
            if month not in (None, months[name]):
                return [], None, 0
            month, place = months[name], len(numbers)
            at += name == pair and pair != token
        elif token not in _ORDINALS and token not in _weekdays():
            return [], None, 0
        at += 1
    return numbers, month, place


_SERIAL_ZERO = dt.date(1899, 12, 30)
_LEAP_THAT_WAS_NONE = 60


def from_serial(number: Decimal | float | int) -> dt.date | None:
    """Return the date of a spreadsheet's serial day number (1900 system: 1 is 1 January 1900, 45750 is 3 April 2025).

    The fraction, a time of day, is dropped. Serial 60, the 29 February 1900 that never was, is None, and so is what
    lies outside 1900-2100. Serials of the 1904 system are not recognised as such.
    """
    if (isinstance(number, Decimal) and not number.is_finite()) or not 1 <= number < 80_000:
        return None
    days = int(number)
    if days == _LEAP_THAT_WAS_NONE:
        return None
    day = _SERIAL_ZERO + dt.timedelta(days=days + (days < _LEAP_THAT_WAS_NONE))
    return _date(day.year, day.month, day.day)


_ORDERS: tuple[DateOrder, ...] = ("day-first", "month-first", "year-first")
_WRONG_SHARE = 20


def guess_order(values: Iterable[str]) -> DateOrder | None:
    """Return the order that a column of dates uses, or None where the column does not show it.

    An order is proven where it alone reads the dates that depend on an order; one in twenty may be unreadable. Where
    nothing is proven, habit decides: full stops between numbers mean day first (no country writes the month first with
    them), a named month shows its place, and dates that all start with a four-digit year are "year-first". Slashes
    and hyphens have no habit.
    """
    readable, habits, total = Counter[DateOrder](), Counter[DateOrder](), 0
    for value in values:
        readings = {order: parse_date(value, order) for order in _ORDERS}
        read = [order for order in _ORDERS if readings[order] is not None]
        if not read:
            continue
        habit = _habit(value, read)
        if habit is not None:
            habits[habit] += 1
        if len(read) < len(_ORDERS) or len(set(readings.values())) > 1:
            readable.update(read)
            total += 1
    proven = [order for order in _ORDERS if total and readable[order] * _WRONG_SHARE >= total * (_WRONG_SHARE - 1)]
    if len(proven) == 1:
        return proven[0]
    usual = [order for order in habits if order in proven or not total]
    return usual[0] if len(usual) == 1 else None


def _habit(value: str, read: list[DateOrder]) -> DateOrder | None:
    text = latin_digits(clean(value) or "")
    found = _NUMERIC.match(text)
    if found is not None and len(found[1]) == 4:
        return "year-first"
    if found is not None:
        return "day-first" if "." in found["mark"] and "day-first" in read else None
    if text[:8].isdigit():
        return "year-first" if len(read) == len(_ORDERS) else None
    _, month, place = _parts(_TOKEN.findall(fold(text)))
    if month is None:
        return None
    return "month-first" if place == 0 else "day-first"
