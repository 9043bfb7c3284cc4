"""Fills the sentence of an indicator. It knows column names and a rounding, and nothing else.

A template is text with fields: `{column}` or, for numbers, `{column:.1f}` and `{column:,.0f}` (digits after
the point, with or without thousands separators). There is no way to reach an attribute or an index.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext

from narrows.errors import IndicatorProblem

_FIELD = re.compile(r"\{([a-z][a-z0-9_]{0,62})(?::(,?)\.([0-6])f)?\}")
# Control characters break the line; bidirectional controls would let a fact reorder the sentence around it.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_REORDERING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HINT = "Write {column}, {column:.1f} or {column:,.0f}; there may be no other brace in the text."

UNKNOWN = "unknown"


def columns_of(template: str) -> frozenset[str]:
    """Return the columns that a template names.

    Raises:
        IndicatorProblem: a brace is not part of a well-formed field.
    """
    rest = _FIELD.sub("", template)
    if "{" in rest or "}" in rest:
        raise IndicatorProblem(f"the template has a field that is not allowed: {template!r}", hint=_HINT)
    return frozenset(match[1] for match in _FIELD.finditer(template))


def sentence(template: str, facts: Mapping[str, object]) -> str:
    """Fill a template with the facts of one hit.

    A fact that is None reads "unknown". Rounding is to the nearest, halves away from zero. Nothing in a fact
    is ever read as a template.

    Raises:
        IndicatorProblem: the template is malformed, rounds a text, or names a column that the facts lack.
    """
    lacking = sorted(columns_of(template) - facts.keys())
    if lacking:
        raise IndicatorProblem(
            f"the template names {', '.join(lacking)}, which the query does not return",
            hint="Add the column to the SELECT, or take it out of the template.",
        )
    return _FIELD.sub(lambda match: _shown(facts[match[1]], match), template)


def _shown(value: object, field: re.Match[str]) -> str:
    if value is None or (isinstance(value, float | Decimal) and not Decimal(value).is_finite()):
        return UNKNOWN
    if field[3] is not None:
        return _rounded(value, digits=int(field[3]), separator=field[2], name=field[1])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | Decimal):
        plain = f"{Decimal(str(value)):f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return "0" if plain == "-0" else plain
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return _REORDERING.sub("", _UNPRINTABLE.sub(" ", str(value))).strip()


def _rounded(value: object, *, digits: int, separator: str, name: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise IndicatorProblem(
            f"the template rounds {name!r}, which holds {type(value).__name__}, not a number",
            hint="Take the rounding out of the template, or return a number.",
        )
    with localcontext() as context:
        context.prec = 400  # a double can have 309 digits before the point
        number = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        # Adding nought turns minus nought into nought.
        return format(number + 0, f"{separator}f")
