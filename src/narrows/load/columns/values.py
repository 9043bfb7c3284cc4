"""What the values of a column look like: how many of them are what a field asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from narrows.model.fields import Type
from narrows.model.mapping import DateOrder
from narrows.vocab import codes, dates, degrees, grades, identifiers, money, numbers, places, trade, units, words
from narrows.vocab.concentration import parse_concentration
from narrows.vocab.text import clean, is_nothing

Sign = Literal[".", ","]

LOOKED_AT = 40
# What is written in few words, so that rows are counted and not different values; and some of the words.
BY_ROWS = {"status": ("private", "business", "reseller", "unknown")}
_KEPT = 200
_LONGEST = 400

_SIGNS: tuple[Sign, ...] = (".", ",")
_ORDERS: tuple[DateOrder, ...] = ("day-first", "month-first", "year-first")

_LETTERS = re.compile(r"[^\W\d_]{2}")
_DIGIT = re.compile(r"\d")
_CAS = re.compile(r"(?:cas\W{0,4})?0{0,5}[1-9]\d{1,6}-\d\d-\d", re.IGNORECASE)
_HS_DIVIDED = re.compile(r"\d{4}\.\d\d(?:[. ]?\d\d){0,3}")
_HS_WHOLE = re.compile(r"\d{8}(?:\d\d){0,2}")
_IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9 ]{10,34}")
_LEI = re.compile(r"[A-Z0-9]{18}\d\d")
_EORI = re.compile(r"[A-Z]{2}[A-Z0-9]{3,15}")
_VAT = re.compile(r"[A-Z]{2}[A-Z0-9][A-Z0-9 .-]{5,14}\d[A-Z0-9]?")
_MAIL = re.compile(r"\S+@\S+\.\S+")
_WEB = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"[+(]?[\d][\d\s()./+-]{5,24}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sample.

    Attributes:
        header: as written.
        place: 0 for the first column.
        values: its different values that say something, cleaned, in the order of the rows; at most 200.
        filled: how many cells of the sample say something.
        rows: how many rows say each of the values.
    """

    header: str
    place: int
    values: tuple[str, ...]
    filled: int
    rows: tuple[int, ...]

    @property
    def some(self) -> tuple[str, ...]:
        """Up to 40 of the values, spread over the sample."""
        step = max(1, -(-len(self.values) // LOOKED_AT))
        return self.values[::step]


def columns_of(headers: Sequence[str], sample: Sequence[Sequence[str | None]]) -> tuple[Column, ...]:
    """Return the columns of a sample of rows; a row may be shorter than the header."""
    found = []
    for place, header in enumerate(headers):
        cells = [row[place] for row in sample if place < len(row) and row[place]]
        values: dict[str, int] = {}
        for cell, rows in Counter(cells).items():
            value = clean((cell or "")[:_LONGEST])
            if value is not None and not is_nothing(value) and (value in values or len(values) < _KEPT):
                values[value] = values.get(value, 0) + rows
        found.append(Column(header, place, tuple(values), len(cells), tuple(values.values())))
    return tuple(found)


def fits(column: Column, looks: str) -> float:
    """Return which share of a column's values is of a type or of a party's attribute; 1 where there are no values.

    Of a status, where few words come in many rows, the share is that of the rows.

    Args:
        column: the column.
        looks: a `Type`, an attribute such as "vat", or "number-of-paper"; "text" fits always.
    """
    test = _TESTS.get(looks)
    some = column.some
    if test is None or not some:
        return 1.0
    if looks in BY_ROWS:
        fitting = sum(rows for value, rows in zip(column.values, column.rows, strict=True) if test(value))
        return fitting / sum(column.rows)
    return sum(map(test, some)) / len(some)


def misfit(column: Column, looks: str) -> str:
    """Return a value of the column that is not what `looks` asks for, or ""; of a status, the one of most rows."""
    test = _TESTS.get(looks)
    if test is not None and looks in BY_ROWS:
        wrong = [(rows, value) for value, rows in zip(column.values, column.rows, strict=True) if not test(value)]
        return max(wrong, key=lambda one: one[0])[1] if wrong else ""
    return "" if test is None else next((value for value in column.some if not test(value)), "")


def unasked(column: Column) -> str:
    """Return what a column without a telling header plainly holds: "cas", "hs", "iban", "vat", or ""."""
    some = column.some
    if not some:
        return ""
    for looks, test in (("cas", _is_cas), ("iban", _is_iban), ("vat", _is_known_vat)):
        if sum(map(test, some)) >= 0.8 * len(some):
            return looks
    divided = sum(_HS_DIVIDED.fullmatch(value) is not None and _is_hs(value) for value in some)
    whole = sum(_HS_WHOLE.fullmatch(value) is not None and _is_hs(value) for value in some)
    # Eight digits may be a date or a running number: a tariff code comes back, and spreads over chapters.
    returning = column.filled >= 4 and len(column.values) <= column.filled / 2
    chapters = len({value[:2] for value in some})
    dated = sum(map(_is_date, some)) > 0.5 * len(some)
    if divided >= 0.8 * len(some) and not dated and any(len(value) > 7 or chapters > 1 for value in some):
        return "hs"
    return "hs" if whole >= 0.9 * len(some) and returning and chapters > 1 and not dated else ""


def may_be_hs(column: Column) -> bool:
    """Whether the values may be tariff codes or running numbers alike: six digits or more, of several chapters."""
    some = column.some
    fitting = [value for value in some if len(value) >= 6 and _is_hs(value)]
    return len(fitting) >= max(2, 0.9 * len(some)) and len({value[:2] for value in some}) > 1


def guess_decimal(columns: Iterable[Column]) -> tuple[Sign | None, tuple[str, ...]]:
    """Return the decimal sign that the columns show, and the headers of those that show the other one."""
    votes: dict[Sign, list[str]] = {".": [], ",": []}
    for column in columns:
        sign = numbers.guess_decimal(column.values)
        if sign is not None:
            votes[sign].append(column.header)
    if not votes["."] and not votes[","]:
        return None, ()
    sign = "." if len(votes["."]) >= len(votes[","]) else ","
    return sign, tuple(votes["," if sign == "." else "."])


def depends_on_decimal(column: Column) -> str:
    """Return a value of the column that is another number by the other decimal sign, or ""."""
    for value in column.values:
        if "." not in value and "," not in value:
            continue
        point, comma = (units.parse_quantity(value, sign, "kg") for sign in _SIGNS)
        if point is not None and comma is not None and (point.value, point.amount) != (comma.value, comma.amount):
            return value
    return ""


def guess_order(columns: Iterable[Column]) -> DateOrder | None:
    """Return the order of day, month and year that the columns show together, or None."""
    return dates.guess_order(value for column in columns for value in column.values)


def depends_on_order(column: Column) -> str:
    """Return a value of the column that is another date in another order, or ""."""
    for value in column.values:
        if len({dates.parse_date(value, order) for order in _ORDERS} - {None}) > 1:
            return value
    return ""


def are_dotted(column: Column) -> bool:
    """Whether the dates of a column are written 03.04.2025, as where the decimal sign is a comma."""
    dotted = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")
    return bool(column.some) and all(dotted.match(value) for value in column.some)


@lru_cache(16384)
def _is_date(value: str) -> bool:
    return any(dates.parse_date(value, order) is not None for order in _ORDERS)


def _number(value: str) -> Decimal | None:
    found = (numbers.parse_number(value, sign) for sign in _SIGNS)
    return next((number for number in found if number is not None), None)


@lru_cache(16384)
def _is_number(value: str) -> bool:
    return _number(value) is not None


@lru_cache(16384)
def _is_quantity(value: str) -> bool:
    return any(units.parse_quantity(value, sign) is not None for sign in _SIGNS)


def _is_measured(value: str, measure: str) -> bool:
    found = (units.parse_quantity(value, sign, measure) for sign in _SIGNS)
    return any(quantity is not None and quantity.measure == measure for quantity in found)


def _is_percent(value: str) -> bool:
    return any(parse_concentration(value, sign, bare=True) is not None for sign in _SIGNS)


def _is_cas(value: str) -> bool:
    return _CAS.fullmatch(value) is not None and codes.cas(value) is not None


def _is_hs(value: str) -> bool:
    digits = codes.hs_digits(value)
    return digits is not None and "01" <= digits[:2] <= "99"


def _is_iban(value: str) -> bool:
    return _IBAN.fullmatch(value) is not None


def _is_known_vat(value: str) -> bool:
    if _VAT.fullmatch(value) is None:
        return False
    found = identifiers.check("vat", value)
    return found is not None and found.valid is True


def _has_words(value: str) -> bool:
    if _LETTERS.search(value) is None or _is_number(value) or _is_date(value):
        return False
    # "D20001" and "DE136695976" are numbers; "3M" is a name.
    return " " in value or sum(map(str.isdigit, value)) <= sum(map(str.isalpha, value))


def _has_digits(value: str) -> bool:
    return _DIGIT.search(value) is not None and len(value) <= 60


def _is_code(value: str) -> bool:
    return _DIGIT.search(value) is not None and len(value) <= 24 and not _is_date(value)


def _is_unit(value: str) -> bool:
    return units.unit(value) is not None or (len(value) <= 16 and _LETTERS.match(value) is not None)


_TESTS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "number": _is_number,
    "quantity": _is_quantity,
    "mass": lambda value: _is_measured(value, "kg"),
    "volume": lambda value: _is_measured(value, "l"),
    "percent": _is_percent,
    "hs": _is_hs,
    "cas": lambda value: _CAS.fullmatch(value) is not None or codes.cas(value) is not None,
    "un": lambda value: codes.un_number(value) is not None,
    "country": lambda value: places.country(value) is not None,
    "currency": lambda value: money.currency(value) is not None,
    "status": lambda value: words.buyer_status(value) is not None,
    "relation": lambda value: words.relation(value) is not None,
    "yes-no": lambda value: words.yes_no(value) is not None,
    "share": lambda value: words.share(value) is not None or value in ("1", "1.0", "1,0"),
    "terms": lambda value: words.delivery_terms(value) is not None,
    "degrees": lambda value: degrees.degrees(value) is not None,
    "grade": lambda value: grades.reliability(value) is not None or grades.credibility(value) is not None,
    "period": lambda value: trade.period(value) is not None or value.isdecimal() or _is_date(f"1 {value} 2000"),
    "flow": lambda value: trade.flow(value) is not None,
    "area": lambda value: trade.area(value) is not None,
    "commodity": lambda value: trade.commodity(value) is not None,
    "name": _has_words,
    "alias": _has_words,
    "city": _has_words,
    "description": _has_words,
    "unit": _is_unit,
    "vat": _is_code,
    "known-vat": _is_known_vat,
    "registration": _is_code,
    "id": lambda value: len(value) <= 60 and not _is_date(value),
    "eori": lambda value: _EORI.fullmatch(value) is not None,
    "lei": lambda value: _LEI.fullmatch(value) is not None,
    "iban": _is_iban,
    "phone": lambda value: _PHONE.match(value) is not None,
    "email": lambda value: _MAIL.search(value) is not None,
    "web": lambda value: _WEB.match(value) is not None,
    "paper": _has_digits,
    "code": _is_code,
    "words": lambda value: any(map(str.isalpha, value)) and not _is_number(value) and not _is_date(value),
}

# Fields of text that are known by their looks all the same.
_LOOKS_OF_FIELD = {
    "description": "description",
    "unit": "unit",
    "document_no": "paper",
    "order_no": "paper",
    "signatory": "words",
    "stated_use": "words",
}


def looks_of(field: str, type_: Type) -> str:
    """Return what the values of a field have to look like: its type, or for texts what the field asks for."""
    if type_ != "text":
        return type_
    return field.partition(".")[2] or _LOOKS_OF_FIELD.get(field, "text")
