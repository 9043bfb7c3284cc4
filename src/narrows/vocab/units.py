"""Quantities with their units, as orders, invoices and declarations state them.

Three measures: kilograms, litres, pieces. Nothing is converted between them, and a package is no measure: "2 IBC" is
two containers whose content the record does not state.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from math import prod
from typing import Any, Literal

from narrows.vocab.numbers import Sign, parse_number
from narrows.vocab.text import clean, fold, latin_digits

Measure = Literal["kg", "l", "pieces"]

_LONGEST = 160
_MOST_NUMBERS = 4

NO_UNIT = "no unit is stated"
NO_CONTENT = "a count of packages; what one holds is not stated"
NO_COUNT = "the size of one package; how many there are is not stated"
TWO_WAYS = "can be read in more than one way"
TOO_LARGE = "too large to be meant"
_LARGEST = Decimal(10) ** 18


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a record says about how much.

    Attributes:
        value: the first number, as written.
        unit: the words after it (or before it), as written; the given unit where the text is a bare number.
        measure: "kg", "l" or "pieces"; None where the quantity cannot be converted.
        amount: the quantity in `measure`; None where `measure` is None.
        note: why it was not converted, or how it was read; "" where there is nothing to say.
    """

    value: Decimal
    unit: str
    measure: Measure | None
    amount: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A unit of the word table."""

    kind: Literal["unit", "unclear", "other", "package"]
    measure: Measure | None = None
    factor: Decimal = Decimal(1)
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words beside one number, read.

    Attributes:
        word: the unit, or None.
        package: a package is named (after the unit, where there is one).
        link: says that the next number is the content of one ("of"), or this one ("each").
        per, packed: ends so; `until`: ends in a word that makes a range.
        remarks: net, gross, about.
        problem: why the words cannot be read, or "".
    """

    word: _Word | None = None
    package: bool = False
    link: bool = False
    per: bool = False
    packed: bool = False
    until: bool = False
    remarks: tuple[str, ...] = ()
    problem: str = ""

    @property
    def empty(self) -> bool:
        return self.word is None and not self.package

    @property
    def measured(self) -> bool:
        return self.word is not None and self.word.measure in ("kg", "l")


@dataclass(frozen=True, slots=True)
class _Table:
    units: dict[str, _Word]
    as_written: dict[str, _Word]
    roles: dict[str, str]


_REMARKS = {"net": "stated as net", "gross": "stated as gross", "about": "stated as approximate"}


@lru_cache(maxsize=1)
def _table() -> _Table:
    content: dict[str, Any] = tomllib.loads(
        resources.files("narrows.vocab").joinpath("units.toml").read_text(encoding="utf-8")
    )
    units, as_written = dict[str, _Word](), dict[str, _Word]()
    for kind in ("package", "other", "unclear", "unit"):
        for entry in content[kind]:
            word = _Word(kind, entry.get("measure"), Decimal(entry.get("factor", "1")), entry.get("note", ""))
            units.update((fold(name), word) for name in entry.get("words", ()))
            as_written.update((name, word) for name in entry.get("as_written", ()))
    roles = {fold(name): role for role, names in content["words"].items() for name in names}
    return _Table(units, as_written, roles)


_SYMBOLS = str.maketrans(
    {"×": " x ", "✕": " x ", "*": " x ", "@": " each ", "/": " per ", "~": " about ", "≈": " about "}
)


@lru_cache(maxsize=8192)
def _phrase(raw: str, leading: bool = False) -> _Phrase:
    """Read the words beside a number; "gross" before one says what mass is meant, after one how many pieces."""
    table = _table()
    key = fold(raw.translate(_SYMBOLS))
    word = table.as_written.get(raw.strip(" .,;()")) or table.units.get(key)
    if word is not None and not (leading and table.roles.get(key) in _REMARKS):
        until = table.roles.get(key) == "range"
        return _Phrase(package=True, until=until) if word.kind == "package" else _Phrase(word, until=until)
    phrase, tokens, at = _Phrase(), key.split(), 0
    while at < len(tokens):
        for width in (3, 2, 1):
            part = " ".join(tokens[at : at + width])
            if part in table.roles or part in table.units:
                phrase = _with(phrase, table.roles.get(part), table.units.get(part))
                break
        else:
            return replace(phrase, problem=f"the unit {raw.strip()!r} is not known")
        at += min(width, len(tokens) - at)
    return replace(phrase, until=bool(tokens) and table.roles.get(tokens[-1]) == "range")


def _with(phrase: _Phrase, role: str | None, word: _Word | None) -> _Phrase:
    """Return `phrase` with one more word; what a role word means beside others goes before its meaning as a unit."""
    if role in _REMARKS:
        return replace(phrase, remarks=(*phrase.remarks, _REMARKS[role]))
    if role in ("times", "each"):
        return replace(phrase, link=True)
    if role == "per":
        return replace(phrase, per=True)
    if role == "packed":
        return replace(phrase, packed=True)
    if role == "silent" or word is None:
        return phrase
    if word.kind == "package":
        counted = phrase.word is not None and phrase.word.measure == "pieces"
        return replace(phrase, word=None if counted else phrase.word, package=True, per=False)
    if phrase.per and phrase.word is not None and word.measure == "pieces":
        return replace(phrase, link=True, per=False)
    if not phrase.empty:
        return replace(phrase, problem="a rate or two units, no quantity" if phrase.per else "two units at once")
    return replace(phrase, word=word)


_GAP = " \u00a0\u2009\u202f"
_NUMBER = re.compile(
    # Not inside a word ("m3"), but after a lone x ("40x25"); then thousands set off by spaces, or anything else.
    r"(?:(?<![^\W_])|(?<=\b[xXхХ])|(?<=[0-9][xXхХ]))(?:(?<![^\s\-−])[.,](?=[0-9]))?"
    rf"(?:[0-9]{{1,3}}(?:[{_GAP}][0-9]{{3}})+(?![0-9])(?:[.,٫][0-9]+)?|[0-9]+(?:[.,'’٬٫][0-9]+)*)"
)
_SIMPLE = re.compile(r"([0-9]+(?:[.,][0-9]+)*)(?: ?([^\W\d_]{1,24}\.?))?")
_NO_QUANTITY = re.compile(r"[<>≤≥±%‰=$€£¥₺₽₹]")
_EXPONENT = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")
_MINUS = re.compile(r"(?:^|\s)[-−]$")
_DASHES = ("-", "−", "–", "—")
_TIMES = re.compile(r"^[x×*]\s*(?=[0-9])", re.IGNORECASE)
_Reading = tuple[Measure | None, Decimal, str]


def parse_quantity(text: str | None, decimal: Sign = ".", unit: str | None = None) -> Quantity | None:
    """Return the quantity that `text` states, converted to kilograms, litres or pieces where that is certain.

    Reads a number with a unit on either side ("25kg", "KG 25", "12 adet", "3 шт"), and counts of packages with the
    content of one ("40 x 25 kg bags", "10 drums of 200 L", "40 çuval x 25 kg", "2 pallets x 40 bags x 25 kg"). A total
    with its packages ("1000 kg in 40 bags") is the total. Units are words in English, Turkish, German, Russian,
    Arabic, French and Spanish, and codes of UN/ECE Recommendation 20.

    Not converted, with the reason in `note`: packages without a stated content, sizes without a count ("25 kg bags"),
    units that have several sizes (a bare "gallon"), words that are not known, and "40 bags (25 kg)", where the mass
    may be that of one or of all.

    Args:
        text: one cell.
        decimal: the decimal sign of the column.
        unit: the unit of a bare number, such as "t" or "25 kg bag"; a unit in the text itself goes before it.

    Returns:
        None where there is no number, or a range, a limit, a percentage, money or more than four numbers.
    """
    if text is None or len(text) > _LONGEST:
        return None
    text = text.strip() if text.isascii() else latin_digits(clean(text) or "")
    simple = _SIMPLE.fullmatch(text)
    if simple is not None:
        number = parse_number(simple[1], decimal)
        if number is None or simple[2] is None:
            return None if number is None else _counted([number], "", unit)
        phrase = _phrase(simple[2])
        return None if phrase.empty and not phrase.problem else _quantity(number, simple[2], _one(phrase))
    if _EXPONENT.fullmatch(text):
        number = parse_number(text, decimal)
        return None if number is None else _counted([number], "", unit)
    return None if _NO_QUANTITY.search(text) else _composed(text, decimal, unit)


def _composed(text: str, decimal: Sign, given: str | None) -> Quantity | None:
    marks = list(_NUMBER.finditer(text))
    if not 1 <= len(marks) <= _MOST_NUMBERS:
        return None
    numbers = [number for mark in marks if (number := parse_number(mark[0], decimal)) is not None]
    starts = [mark.start() for mark in marks]
    lead = text[: starts[0]]
    gaps = [text[mark.end() : end] for mark, end in zip(marks, [*starts[1:], len(text)], strict=True)]
    if len(numbers) < len(marks) or lead.endswith((".", ",")):
        return None
    if _MINUS.search(lead):
        lead, numbers[0] = lead[:-1], -numbers[0]
    before, phrases = _phrase(lead, leading=True), [_phrase(gap) for gap in gaps]
    if before.problem or any(_is_range(gap, phrase) for gap, phrase in zip(gaps[:-1], phrases, strict=False)):
        return None
    written = _TIMES.sub("", text[marks[0].end() :].strip())
    remarks = dict.fromkeys((*before.remarks, *(remark for phrase in phrases for remark in phrase.remarks)))
    if before.empty and all(phrase.empty and not phrase.problem for phrase in phrases):
        return _remarked(_counted(numbers, written, given), remarks)
    if len(numbers) == 1 and phrases[0].empty and not phrases[0].problem:
        return _remarked(_quantity(numbers[0], lead.strip(), _one(before)), remarks)
    if before.empty and len(numbers) == 1:
        reading = _one(phrases[0])
    elif not before.empty or any(fold(gap) == "a" for gap in gaps[:-1]):
        sized = before.package and phrases[0].measured and len(numbers) == 1
        reading = (None, Decimal(1), NO_COUNT if sized else TWO_WAYS)
    else:
        reading = _many(numbers, phrases)
    return _remarked(_quantity(numbers[0], written, reading), remarks)


def _is_range(gap: str, phrase: _Phrase) -> bool:
    return phrase.until or (gap.rstrip().endswith(_DASHES) and not phrase.package)


def _counted(numbers: list[Decimal], written: str, given: str | None) -> Quantity:
    """Return the quantity of a number without a unit of its own."""
    if given is None or not given.strip():
        return _quantity(numbers[0], written, (None, Decimal(1), NO_UNIT))
    measure, factor, note = _content(given)
    return _quantity(numbers[0], written or given.strip(), (measure, prod(numbers[1:], start=factor), note))


def _quantity(number: Decimal, written: str, reading: _Reading) -> Quantity:
    """Return `number` with the amount that the reading of one of it gives."""
    measure, factor, note = reading
    if measure is None:
        return Quantity(number, written, None, None, note)
    amount = (number * factor).normalize()
    if abs(amount) >= _LARGEST:
        return Quantity(number, written, None, None, TOO_LARGE)
    if amount == amount.to_integral_value():
        amount = amount.quantize(Decimal(1))
    return Quantity(number, written, measure, amount, note)


def _remarked(quantity: Quantity, remarks: Iterable[str]) -> Quantity:
    return replace(quantity, note="; ".join(filter(None, (quantity.note, *remarks)))) if remarks else quantity


def unit(text: str) -> tuple[Measure, Decimal] | None:
    """Return the measure of a unit and how much of it one unit is, or None where the unit cannot be converted.

    "t" is ("kg", 1000), "DZN" is ("pieces", 12), "25 kg bag" is ("kg", 25); "bag" and "gallon" are None.
    """
    measure, factor, _ = _content(text)
    return None if measure is None else (measure, factor)


def _one(phrase: _Phrase) -> _Reading:
    """Return what one number with this phrase counts: the measure, how much of it, and a note."""
    word = phrase.word
    if phrase.problem:
        return None, Decimal(1), phrase.problem
    if word is None:
        return None, Decimal(1), NO_CONTENT if phrase.package else NO_UNIT
    if word.measure is not None and (phrase.package or phrase.link or phrase.per):
        return None, word.factor, NO_COUNT
    return word.measure, word.factor, word.note


def _many(numbers: list[Decimal], phrases: list[_Phrase]) -> _Reading:
    """Return what the first of several numbers counts."""
    problems = [phrase.problem for phrase in phrases if phrase.problem]
    if problems:
        return None, Decimal(1), problems[0]
    first, last = phrases[0], phrases[-1]
    if first.measured and not first.package and not first.link:
        total, rest = _one(replace(first, per=False)), phrases[1:]
        if len(rest) == 1:
            return total if last.package and last.word is None else (None, Decimal(1), TWO_WAYS)
        measure, factor, _ = _many(numbers[1:], rest)
        same = measure == total[0] and numbers[1] * factor == numbers[0] * total[1]
        return total if same else (None, Decimal(1), TWO_WAYS)
    links = [phrase.link for phrase in phrases[:-1]]
    # "40 bags, 25 kg EACH"; "40 pcs 25 kg BAGS"; "ONE drum, 200 l"
    links[-1] |= last.link or (last.package and last.word is not None and not phrases[-2].measured)
    links[0] |= first.package and len(phrases) == 2 and numbers[0] == 1
    return _product(numbers, phrases) if all(links) else (None, Decimal(1), TWO_WAYS)


def _product(numbers: list[Decimal], phrases: list[_Phrase]) -> _Reading:
    words = [phrase.word for phrase in phrases if phrase.word is not None]
    notes = "; ".join(word.note for word in words if word.note)
    masses = [word for word in words if word.measure in ("kg", "l")]
    if any(word.measure is None for word in words):
        return None, Decimal(1), notes
    if not words:
        return None, Decimal(1), NO_CONTENT
    if len(masses) > 1 or len(words) - len(masses) > 1:
        return None, Decimal(1), TWO_WAYS
    measure = (masses or words)[0].measure
    return measure, prod([*numbers[1:], *(word.factor for word in words)], start=Decimal(1)), notes


@lru_cache(maxsize=4096)
def _content(text: str) -> _Reading:
    """Return what one of the unit `text` holds; the unit may carry its size ("25 kg bag", "bag of 25 kg")."""
    text = latin_digits(text)[:_LONGEST]
    found = _NUMBER.search(text)
    if found is None:
        return _one(_phrase(text))
    readings = {parse_number(found[0], "."), parse_number(found[0], ",")} - {None}
    before, after = _phrase(text[: found.start()]), _phrase(text[found.end() :])
    size = readings.pop() if len(readings) == 1 else None
    if size is None or size <= 0 or before.problem or after.problem or before.word is not None or not after.measured:
        return None, Decimal(1), f"the unit {text.strip()!r} is not known"
    measure, factor, note = _one(replace(after, package=False, link=False, per=False))
    return measure, size * factor, note
