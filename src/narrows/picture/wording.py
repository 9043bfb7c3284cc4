"""Numbers in words, the same in every picture."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import isfinite

# Not from the locale, so that the same data give the same picture everywhere.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def known(value: float | None) -> float | None:
    """Return a weight that is a number of at least zero; None for what is unknown, infinite, negative or no number."""
    return float(value) if value is not None and isfinite(value) and value >= 0 else None


def total(values: Iterable[float | None]) -> float | None:
    """Return the sum of the known weights, None when none is known."""
    found = [one for value in values if (one := known(value)) is not None]
    return sum(found) if found else None


def amount(value: float | None, unit: str = "") -> str:
    """Return a weight with its unit: "1,240 kg", "0.25 kg", "not known"."""
    told = known(value)
    if told is None:
        return "not known"
    written = f"{told:,.0f}" if told >= 100 or told == int(told) else f"{told:,.3g}"
    return f"{written} {unit}".strip()


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 line", "1,200 lines"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def day_of(day: date) -> str:
    """Return a day as it stands on an axis: "1 Feb 2025"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
