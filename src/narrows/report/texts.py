"""How values are written for a reader: numbers, sizes, facts, field names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from narrows.model.fields import GOODS_ROLES, PAYMENT_ROLES

# In the order in which goods and money go.
ROLES: tuple[str, ...] = tuple(dict.fromkeys((*GOODS_ROLES, *PAYMENT_ROLES)))

# What the records of a transaction may fail to say.
GAPS: Mapping[str, str] = {
    "seller": "No seller is named",
    "buyer": "No buyer is named",
    "consignee": "No consignee is named",
    "end_user": "No end user is stated",
    "payment": "No payment and no payer is on record",
    "buyer_activity": "The buyer's economic activity is not on record",
    "buyer_register": "No register entry of the buyer is on record",
    "consignee_activity": "The consignee's economic activity is not on record",
    "goods": "The goods are not described",
    "goods_code": "Neither an HS code nor a CAS number is declared",
    "concentration": "The concentration is not stated",
    "quantity": "No quantity is stated",
    "date": "No date is stated",
    "destination": "Neither consignee nor country of destination is stated",
}

# Whether a published list was compared with the legal text itself.
COMPARED: Mapping[str, str] = {
    "primary": "yes",
    "secondary": "no; a secondary source was read",
    "knowledge": "no; general knowledge, to be checked",
}


def words(name: str) -> str:
    """Return a field or column name as words: "buyer.name" is "buyer name"."""
    return name.replace("_", " ").replace(".", " ").strip()


def count(number: int) -> str:
    """Return a count with its thousands set apart."""
    return f"{number:,}"


def plural(number: int, noun: str, more: str = "") -> str:
    """Return "1 row", "2 rows": the count and the noun in its number."""
    return f"{number:,} {noun if number == 1 else more or noun + 's'}"


def size(octets: int) -> str:
    """Return a size in bytes for a reader."""
    amount = float(octets)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:,.0f} {unit}" if unit == "B" else f"{amount:,.1f} {unit}"
        amount /= 1000
    return f"{amount:,.1f} GB"


def money(amount: Decimal | None, currency: str | None) -> str:
    """Return an amount with its currency, to two decimals, to four below one; "" where it is not known."""
    if amount is None:
        return ""
    shown = f"{amount:,.2f}" if abs(amount) >= 1 or amount == round(amount, 2) else f"{amount:,.4f}"
    return f"{shown} {currency}" if currency else shown


def facts(text: str | None, names: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """Return the facts of a hit, in the order of the indicator, as name and value.

    Args:
        text: a JSON object.
        names: entity number -> name, for facts that are parties.
    """
    found = json.loads(text) if text else {}
    return tuple(
        (words(key), names[value] if key in ROLES and value in names else value_text(value))
        for key, value in found.items()
    )


def value_text(value: object) -> str:
    """Return a value from JSON for a reader."""
    if value is None:
        return "not on record"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        # Years and small counts stay as they are; so do keys, which nobody reads as amounts.
        return f"{value:,}" if 10_000 <= abs(value) < 10**12 else str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list):
        return ", ".join(value_text(v) for v in value)
    if isinstance(value, dict):
        return "; ".join(f"{words(k)}: {value_text(v)}" for k, v in value.items())
    return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e12:
        return value_text(int(value))
    return f"{value:,.1f}" if 100 <= abs(value) < 1e12 else f"{value:.3g}"
