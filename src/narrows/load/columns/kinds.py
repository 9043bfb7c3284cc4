"""What kind of records a table holds: what its name and its headers speak for, and what a kind cannot do without."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from narrows.load.columns.headers import Header, kinds_named, lexicon
from narrows.load.rows import NAMING
from narrows.model.fields import ROLES_OF
from narrows.model.mapping import GOODS_KINDS, KINDS, TRADE_KINDS, Kind

ENOUGH = 4
MARGIN = 2

_OF_SHEET, _OF_FILE, _OF_NOTES = 4, 3, 1
# What all kinds of goods records have in common.
_GOODS = {
    "description": 2, "designation": 1, "hs": 2, "cas": 2, "quantity": 2, "unit": 1, "unit_price": 1, "net_mass": 1,
    "concentration": 1, "amount": 1, "@buyer": 1, "@consignee": 1, "@seller": 1,
}  # fmt: skip
_OWN_PAPER = {"packing": "#packing", "certificates": "#certificate", "replies": "#reply"}
_SAYS_GOODS = frozenset({"description", "designation", "hs", "cas", "quantity", "net_mass", "gross_mass"})


def ranked(headers: Sequence[Header], *, file_name: str, sheet: str, notes: Sequence[str]) -> list[tuple[Kind, int]]:
    """Return the kinds that speak for themselves, the likeliest first, each with its points.

    Args:
        headers: the headers as read.
        file_name: name of the file.
        sheet: name of the sheet, or "".
        notes: what was found out about the file, such as the lines above its header.
    """
    tags = frozenset[str]().union(*(_told(header) for header in headers)) if headers else frozenset()
    stem = file_name.rpartition(".")[0] or file_name
    above = " ".join(note for note in notes if "above the table" in note)
    named = [(kinds_named(text), weight) for text, weight in ((sheet, _OF_SHEET), (stem, _OF_FILE), (above, _OF_NOTES))]
    points = {
        kind: _signs(kind, tags, named=any(kind in kinds for kinds, _ in named))
        + sum(weight for kinds, weight in named if kind in kinds)
        for kind in KINDS
    }
    against = lexicon().against
    left = [(kind, points[kind]) for kind in KINDS if points[kind] > 0 and not against[kind] & tags]
    return sorted(left, key=lambda one: -one[1])


def _told(header: Header) -> frozenset[str]:
    """The tags of a header that is understood as a whole."""
    # "Item no" is an article's number in trade, and that of a recovered item: it speaks for those alone.
    if header.share < 1 or ("!" in header.tags and "item_no" not in header.tags):
        return frozenset()
    words = {tag for tag in header.tags if tag.startswith("~")}
    plain = header.tags - words
    if words - {"~type"} and plain & {"description", "designation"}:
        return frozenset()
    return plain - {"description"} or plain


def _signs(kind: Kind, tags: frozenset[str], *, named: bool) -> int:
    own = sum(weight for sign, weight in lexicon().signs[kind].items() if sign in tags)
    if kind not in GOODS_KINDS:
        return own
    if not tags & _SAYS_GOODS:
        return 0
    if kind not in TRADE_KINDS and not named and _OWN_PAPER[kind] not in tags:
        return own  # what goods have in common speaks for trade, unless a packing list or the like is named
    return own + sum(weight for sign, weight in _GOODS.items() if sign in tags)


def lacking(kind: Kind, fields: Collection[str]) -> tuple[str, ...]:
    """Return what records of a kind cannot do without and `fields` do not have, in words."""
    found = set(fields)
    named = {role for role in ROLES_OF[kind] if any(f"{role}.{attribute}" in found for attribute in NAMING)}
    needs: list[tuple[str, bool]] = []
    if kind in GOODS_KINDS:
        needs.append(("the goods (description, hs or cas)", bool(found & {"description", "hs", "cas"})))
    if kind in ("orders", "invoices"):
        needs.append(("the buyer or the consignee", bool(named & {"buyer", "consignee", "end_user"})))
    elif kind in ("declarations", "bills", "packing", "certificates", "replies"):
        needs.append(("a party", bool(named)))
    elif kind == "payments":
        needs += [("the payer", bool(named & {"payer", "ultimate_payer"})), ("the amount", "amount" in found)]
    elif kind == "register":
        needs += [("the company", "company" in named), ("anything said of the company", _says_more(found))]
    elif kind == "relations":
        needs += [("both parties", {"party", "other"} <= named), ("their relation", "relation" in found)]
    elif kind == "end-use":
        stated = found & {"stated_use", "signatory", "signed"}
        needs += [
            ("the buyer", "buyer" in named),
            ("the goods (description or cas)", bool(found & {"description", "cas"})),
            ("the use or the signature", bool(stated)),
        ]
    elif kind == "stock":
        needs += [
            ("the goods (description, cas or hs)", bool(found & {"description", "cas", "hs"})),
            ("the book quantity", "book" in found),
            ("the counted quantity", "counted" in found),
        ]
    elif kind == "recoveries":
        marked = found & {"description", "hs", "marking", "lot", "serial"}
        needs.append(("what was found (description, marking, lot or serial number)", bool(marked)))
    elif kind == "entities":
        needs.append(("the names", bool(found & {"party.name", "party.alias"})))
    elif kind == "statistics":
        both = ("reporter", "partner", "flow", "period", "hs")
        needs += [(f"the {'commodity code' if name == 'hs' else name}", name in found) for name in both]
        needs.append(("a figure (mass, value or quantity)", bool(found & {"net_mass", "amount", "quantity"})))
    return tuple(what for what, there in needs if not there)


def _says_more(found: set[str]) -> bool:
    telling = {"founded", "status", "function", "company.activity", "company.registration", "company.vat"}
    return bool(found & telling) or any(field.startswith(("officer.", "owner.")) for field in found)
