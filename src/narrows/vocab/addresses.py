"""Addresses: how far two agree, the key on which spellings of one meet, and which say little of who somebody is.

Spellings are compared, nothing is looked up: no address is asked over a network. An address never counts for or
against anybody; it only says whether two records name one place.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from narrows.vocab.address_parts import LONGEST_TEXT, Address, parse, reason
from narrows.vocab.gazetteer import distance_km
from narrows.vocab.text import fold

__all__ = ["Address", "agreement", "is_weak", "key", "parse"]

_CACHE = 65536
_SHORTEST_TYPO = 6
_NEIGHBOURS_KM = 30.0
_SHARED = 0.3
_Verdict = tuple[float, str]

_REASONS = {
    "care": "care of somebody else",
    "zone": "a free zone, where many firms have one address",
    "office": "an office shared or rented by the hour, where many firms have one address",
    "forwarder": "the address of a forwarder, warehouse or customs broker",
}


def is_weak(text: str | None, read: Address | None = None) -> str | None:
    """Return why an address says little of who somebody is; None where nothing speaks for that.

    It is weak when it is in care of somebody, in a free zone, a shared office, a forwarder's or customs broker's, or
    a PO box alone. How many firms are registered at an address is counted elsewhere.

    Args:
        text: as written.
        read: what was read of it, beside its town and country too, so that it is not read again.
    """
    address = fold(text[:LONGEST_TEXT]) if text else ""
    kind = reason(address, tuple(_REASONS))
    if kind is not None:
        return _REASONS[kind]
    # A box is found without the town; what else stands there may be a town's name.
    if read is not None and not read.po_box:
        return None
    read = parse(text)
    alone = not (read.street or read.quarter or read.building or read.numbers)
    return "a PO box and nothing else" if read.po_box and alone else None


def _region(address: Address) -> str:
    """Return what a key begins with: the province, so that an address with and without its town is one."""
    if address.place is not None:
        return address.place.province or address.place.id
    return f"{address.country} {address.postcode}" if address.country and address.postcode else ""


def key(address: Address) -> str | None:
    """Return a key on which spellings of one address meet: province or town, street or quarter, number.

    Returns:
        The key; None where the address has too little: no place, or neither a box nor a number beside a name.
    """
    region = _region(address)
    name = address.street or address.quarter or address.building
    if region and address.po_box and not (name and address.numbers):
        return f"{region}|box|{address.po_box}"
    if not region or not name or not address.numbers:
        return None
    return f"{region}|{name.replace(' ', '')}|{re.sub('[^0-9]', '', address.numbers[0])}"


def _units(a: Address, b: Address) -> str:
    """Say how the units of two addresses stand to each other: same, another, or unknown."""
    if not a.unit and not b.unit:
        return "none"
    if not a.unit or not b.unit:
        return "unknown"
    return "same" if a.unit == b.unit else "another"


def _house_numbers(a: Address, b: Address) -> str:
    if not a.numbers or not b.numbers:
        return "unknown"
    if set(a.numbers) & set(b.numbers):
        return "same"
    bare = [{re.sub("[^0-9]", "", number) for number in address.numbers} for address in (a, b)]
    return "entrance" if bare[0] & bare[1] & ({*a.numbers} | {*b.numbers}) else "another"


def _by_street(a: Address, b: Address) -> _Verdict | None:
    """Compare streets, or quarters where no street is named, and the numbers in them."""
    what = "street" if a.street and b.street else "quarter"
    left, right = (a.street, b.street) if what == "street" else (a.quarter, b.quarter)
    if not left or not right:
        return None
    if not _alike(left, right):
        if what == "street" and (a.street in b.streets or b.street in a.streets):
            return 0.4, "one street in common"
        return 0.1, f"different {what}s"
    if what == "street" and a.quarter and b.quarter and not _alike(a.quarter, b.quarter):
        return 0.4, "streets of one name in different quarters"
    kinds = "" if what == "quarter" or a.kind == b.kind or not (a.kind and b.kind) else ", of another kind"
    numbers = _house_numbers(a, b)
    if numbers == "same":
        worth = 0.95 if what == "street" and not kinds else 0.75
        return (worth - 0.15, f"same {what} and number{kinds}, another unit") if _units(a, b) == "another" else (
            worth, f"same {what} and number{kinds}"
        )  # fmt: skip
    if numbers == "entrance":
        return 0.75, f"same {what} and number{kinds}, another entrance"
    if numbers == "another":
        return 0.3, f"same {what}{kinds}, another number"
    return 0.5 if what == "street" else 0.3, f"same {what}{kinds}, a number is missing"


def _by_building(a: Address, b: Address) -> _Verdict | None:
    one, other = set(a.building.split()), set(b.building.split())
    # A block's letter alone names no building.
    if not one or not other or max(map(len, one & other), default=0) < 3 or not (one <= other or other <= one):
        return None
    worth = {"same": 0.95, "none": 0.7, "unknown": 0.6, "another": 0.5}[_units(a, b)]
    return worth, "same building" + {"same": " and unit", "another": ", another unit"}.get(_units(a, b), "")


def _by_words(a: Address, b: Address) -> _Verdict | None:
    """Compare the words of addresses in which no street was made out."""
    one, other = _own_words(a), _own_words(b)
    both = one & other
    if (a.po_box and b.po_box) or len(both) < 2 or not any(map(str.isdecimal, both)):
        return None
    share = len(both) / len(one | other)
    return (
        (0.85, "the same words and numbers") if share == 1 else (0.6, "nearly the same words") if share >= 0.7 else None
    )


def _own_words(address: Address) -> set[str]:
    place = set(fold(address.place.name).split()) if address.place else set()
    return set(address.tokens) - place


def _alike(a: str, b: str) -> bool:
    """Say whether two names are one but for blanks or, in long ones, a slip of the pen."""
    a, b = a.replace(" ", ""), b.replace(" ", "")
    if a == b:
        return True
    if min(len(a), len(b)) < _SHORTEST_TYPO or not (a.isalpha() and b.isalpha()):
        return False
    return OSA.distance(a, b, score_cutoff=1) <= 1


def _apart(a: Address, b: Address) -> _Verdict | None:
    """Say whether two addresses lie in different countries or towns."""
    if a.country and b.country and a.country != b.country:
        return 0.0, "different countries"
    if a.place is None or b.place is None or a.place.id == b.place.id:
        return None
    if a.place.id == b.place.province or b.place.id == a.place.province:
        return None
    km = distance_km(a.place, b.place)
    return None if km <= _NEIGHBOURS_KM else (0.0, f"different towns, {km:.0f} km apart")


def _by_place(a: Address, b: Address) -> _Verdict:
    if a.place is None or b.place is None:
        return 0.0, "nothing to compare"
    if a.place.id == b.place.id:
        return (0.2, "same town only") if a.place.kind == "town" else (0.15, "same province only")
    if a.place.province == b.place.id or b.place.province == a.place.id:
        return 0.15, "same province, one of them names no town"
    return 0.05, f"neighbouring towns, {distance_km(a.place, b.place):.0f} km apart"


def _limit(a: Address, b: Address) -> _Verdict:
    """Return how much the best agreement of two addresses can be worth, and why not more."""
    if (a.shared or b.shared) and _units(a, b) != "same":
        return _SHARED, "in a free zone or business centre"
    if a.postcode and a.postcode == b.postcode:
        return 1.0, ""
    if a.place is None or b.place is None:
        return 0.5, "a town is not known"
    if a.place.id == b.place.id:
        return 1.0, ""
    if a.place.id == b.place.province or b.place.id == a.place.province:
        return 0.8, "one of them names no town"
    return 0.4, "in neighbouring towns"


def agreement(a: Address, b: Address) -> _Verdict:
    """Say how far two addresses name one place, and why.

    The same house in the same street is strong, the same town weak, and so is a free zone or a business centre unless
    the unit is the same too.

    Returns:
        0 to 1, the same for (a, b) and (b, a), and the reason in words. 0 means different towns or countries, or that
        there is nothing to compare; the reason says which.
    """
    apart = _apart(a, b)
    if apart is not None:
        return apart
    street = _by_street(a, b)
    found = [_by_place(a, b), _by_building(a, b), street]
    if a.po_box and a.po_box == b.po_box:
        found.append((0.7, "same PO box"))
    if street is None:
        found.append(_by_words(a, b))
    if a.postcode and a.postcode == b.postcode and (street is None or street[0] > _SHARED):
        found.append((0.45, "same postcode"))
    worth, why = max(verdict for verdict in found if verdict is not None)
    limit, because = _limit(a, b)
    return (worth, why) if worth <= limit else (limit, f"{why}, {because}")
