"""Gives each column of a table its field, for one kind of records: headers propose, values decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from narrows.load.columns.headers import Header
from narrows.load.columns.readings import PAPERS, Reading, readings
from narrows.load.columns.values import BY_ROWS, Column, fits, looks_of, may_be_hs, misfit, unasked
from narrows.model.fields import ROLES_OF, type_of
from narrows.model.mapping import GOODS_KINDS, TRADE_KINDS, Kind

FITS = 0.6
# A reading this weak needs values that say so by themselves.
_WEAKEST = 0.3

# To whom an address without a name belongs, the first of these that the table names.
_MAIN: dict[str, tuple[str, ...]] = {
    "orders": ("buyer", "consignee"),
    "invoices": ("buyer", "consignee"),
    "declarations": ("buyer", "consignee", "declarant"),
    "bills": ("consignee", "buyer"),
    "payments": ("payer",),
    "register": ("company",),
    "relations": ("party",),
    "end-use": ("buyer",),
    "entities": ("party",),
    "stock": (),
    "packing": ("consignee", "buyer"),
    "certificates": ("manufacturer", "consignee"),
    "replies": ("buyer", "consignee"),
    "recoveries": ("manufacturer",),
    "statistics": (),
}
# Texts that may stand in several columns; their parts are joined.
_JOINED = frozenset({"address", "reference", "notes", "remarks", "alias", "programme", "period"})
_CODE = frozenset({"~code"})
_WHAT = {"hs": "customs codes", "cas": "CAS numbers", "vat": "tax numbers", "iban": "account numbers"}


@dataclass(frozen=True, slots=True)
class _Claim:
    """A column's claim to a field."""

    column: Column
    reading: Reading
    share: float
    why: str
    others: tuple[_Claim, ...] = ()

    @property
    def rank(self) -> tuple[bool, float]:
        return (not self.reading.second, self.reading.strength * (0.5 + self.share / 2))


@dataclass(slots=True)
class Assigned:
    """The fields of a table's columns under one kind, in the order of the file.

    Attributes:
        fields: column -> field.
        reasons: column, field and why.
        doubts: what is in conflict, in sentences.
    """

    fields: dict[str, str] = field(default_factory=dict)
    reasons: list[tuple[str, str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def assign(kind: Kind, columns: Sequence[Column], headers: Sequence[Header]) -> Assigned:
    """Return the field of each column that means anything in records of `kind`."""
    result = Assigned()
    claims = [
        _claim(kind, column, readings(header, kind), result) for column, header in zip(columns, headers, strict=True)
    ]
    claims = _papers(kind, _owned(kind, claims))
    winners = _winners([claim for claim in claims if claim is not None], result)
    winners += _revealed(kind, columns, headers, winners, result)
    for claim in sorted(winners, key=lambda one: one.column.place):
        result.fields[claim.column.header] = claim.reading.field
        result.reasons.append((claim.column.header, claim.reading.field, claim.why))
    return result


def _claim(kind: str, column: Column, possible: Sequence[Reading], result: Assigned) -> _Claim | None:
    """The first of the possible readings that the values bear out; a doubt where they bear out none."""
    if not possible:
        return None
    shares = [fits(column, _looks(kind, reading)) for reading in possible]
    fitting = [
        _Claim(column, reading, share, _why(kind, column, reading, share, settled=reading != possible[0]))
        for reading, share in zip(possible, shares, strict=True)
        if share >= FITS and (reading.strength > _WEAKEST or unasked(column) == reading.field)
    ]
    if fitting:
        return replace(fitting[0], others=tuple(claim for claim in fitting[1:] if not claim.reading.second))
    first = possible[0]
    if first.second or first.strength < 0.7:
        return None
    looks = _looks(kind, first)
    result.doubts.append(
        f"the header {column.header!r} says {_plain(first.field)}, but only {shares[0]:.0%} of the "
        f"{_counted(looks)} fit; {misfit(column, looks)!r} does not{_would_fit(looks)}"
    )
    return _Claim(column, first, shares[0], "the header says so; the values do not fit")


def _counted(looks: str) -> str:
    return "rows" if looks in BY_ROWS else "values"


def _would_fit(looks: str) -> str:
    some = BY_ROWS.get(looks, ())
    return f"; words that would fit: {', '.join(map(repr, some))}" if some else ""


def _looks(kind: str, reading: Reading) -> str:
    if reading.field.startswith("#"):
        return "paper"
    if reading.second and reading.field.endswith(".vat"):
        return "known-vat"
    if reading.field.startswith("?."):
        attribute = reading.field[2:]
        return "country" if attribute == "country" else attribute
    type_ = type_of(kind, reading.field)
    return "text" if type_ is None else looks_of(reading.field, type_)


def _plain(name: str) -> str:
    return name.removeprefix("?.").removeprefix("#")


def _why(kind: str, column: Column, reading: Reading, share: float, *, settled: bool) -> str:
    looks = _looks(kind, reading)
    if looks == "text" or not column.values:
        return "the header says so"
    if settled:
        return f"the header allows it, and the {_counted(looks)} settle it ({share:.0%} fit)"
    return f"the header says so, and {share:.0%} of the {_counted(looks)} fit"


def _owned(kind: str, claims: Sequence[_Claim | None]) -> list[_Claim | None]:
    """Gives attributes without a role to the party of the column before, else to the main party of the records."""
    present = [
        claim.reading.field.partition(".")[0] for claim in claims if claim is not None and "." in claim.reading.field
    ]
    # A payment's bare "name" may be of either side.
    default = "" if kind == "payments" else next(iter(_MAIN[kind]), "")
    main = next((role for role in _MAIN[kind] if role in present), default)
    explicit = {claim.reading.field for claim in claims if claim is not None}
    owned: list[_Claim | None] = []
    before = ""
    for claim in claims:
        if claim is None or not claim.reading.field.startswith("?."):
            before = "" if claim is None else _role(kind, claim.reading.field)
            owned.append(claim)
            continue
        attribute = claim.reading.field[2:]
        role = next((r for r in (before, main) if r and _is_free(r, attribute, explicit, before)), "")
        if not role or (attribute == "id" and kind not in ("register", "entities") and not before):
            owned.append(None)
            continue
        before = role
        explicit |= {f"{role}.{attribute}"} if attribute not in _JOINED else set()
        meant = replace(claim.reading, field=f"{role}.{attribute}", strength=0.9 * claim.reading.strength)
        owned.append(replace(claim, reading=meant, why=f"{claim.why}; taken to be the {role}'s"))
    return owned


def _role(kind: str, name: str) -> str:
    role, dot, _ = name.partition(".")
    return role if dot and role in ROLES_OF[kind] else ""


def _is_free(role: str, attribute: str, explicit: set[str], before: str) -> bool:
    # After "buyer address" a column "postal code" goes on with it.
    return f"{role}.{attribute}" not in explicit or (attribute in _JOINED and role == before)


def _papers(kind: str, claims: Sequence[_Claim | None]) -> list[_Claim | None]:
    """Makes the number of the records' own paper the document's number, and the order's the order number."""
    papers = {c.reading.field[1:] for c in claims if c is not None and c.reading.field.startswith("#")}
    own = next((paper for paper in PAPERS[kind] if paper in papers), "")
    found: list[_Claim | None] = []
    for claim in claims:
        if claim is None or not claim.reading.field.startswith("#"):
            found.append(claim)
            continue
        paper, meant = claim.reading.field[1:], ""
        if paper == own:
            meant = "document_no"
        elif kind in GOODS_KINDS and (paper == "order" or _stands_for_order(kind, paper, papers)):
            meant = "order_no"
        elif paper in ("order", "invoice") and kind == "payments":
            meant = "reference"
        if not meant or type_of(kind, meant) is None:
            found.append(None)
        else:
            found.append(replace(claim, reading=replace(claim.reading, field=meant)))
    return found


def _stands_for_order(kind: str, paper: str, papers: set[str]) -> bool:
    """Whether papers of a kind name what they belong to by its invoice, where they name no order."""
    return paper == "invoice" and kind not in TRADE_KINDS and "order" not in papers


def _winners(claims: Iterable[_Claim], result: Assigned) -> list[_Claim]:
    """One column for each field, or several where their texts may be joined."""
    by_field: dict[str, list[_Claim]] = {}
    for claim in claims:
        by_field.setdefault(claim.reading.field, []).append(claim)
    winners: list[_Claim] = []
    for name, rivals in by_field.items():
        if name.rpartition(".")[2] in _JOINED and len(rivals) > 1:
            firm = [claim for claim in rivals if not claim.reading.second] or rivals[:1]
            winners += firm
        else:
            best = max(rivals, key=lambda claim: claim.rank)
            winners.append(best)
            losers = [claim for claim in rivals if claim is not best]
            for loser in losers:
                other = next((claim for claim in loser.others if claim.reading.field not in by_field), None)
                if other is not None:
                    winners.append(other)
                else:
                    _doubt_rival(name, best, loser, result)
    for claim in winners:
        if claim.reading.mixed:
            result.doubts.append(f"the header {claim.column.header!r} names two things in one column")
    return winners


def _doubt_rival(name: str, best: _Claim, rival: _Claim, result: Assigned) -> None:
    even = rival.reading.second == best.reading.second and rival.reading.strength >= 0.95 * best.reading.strength
    if even and rival.column.values and rival.column.values != best.column.values:
        result.doubts.append(f"both {best.column.header!r} and {rival.column.header!r} may be {name}")


def _revealed(
    kind: str, columns: Sequence[Column], headers: Sequence[Header], winners: Sequence[_Claim], result: Assigned
) -> list[_Claim]:
    """Columns whose header says nothing, but whose values do: CAS numbers are read, the rest is doubted."""
    taken = {claim.column.place for claim in winners}
    fields = {claim.reading.field for claim in winners}
    found = []
    for column, header in zip(columns, headers, strict=True):
        if column.place in taken:
            continue
        holds = unasked(column) or ("hs" if header.tags == _CODE and may_be_hs(column) else "")
        if holds == "cas" and "cas" not in fields and type_of(kind, "cas") is not None:
            found.append(_Claim(column, Reading("cas", 0.5), 1.0, "the values are CAS numbers"))
            fields.add("cas")
        elif holds and (header.share == 0 or header.tags == _CODE) and not _is_said(kind, holds, fields):
            result.doubts.append(
                f"the values of {column.header!r} look like {_WHAT[holds]}, but its header does not say"
            )
    return found


def _is_said(kind: str, holds: str, fields: set[str]) -> bool:
    """Whether what the values look like is of no use to the kind, or read from another column."""
    if holds in ("cas", "hs"):
        return holds in fields or type_of(kind, holds) is None
    return not ROLES_OF[kind]


def owners_by_shape(assigned: Assigned, columns: Sequence[Column]) -> None:
    """Make the reference of an officer or owner a registration number where it is written as those of the companies."""
    headers = {name: header for header, name in assigned.fields.items()}
    by_header = {column.header: column for column in columns}
    if "company.registration" not in headers:
        return
    shapes = {_shape(value) for value in by_header[headers["company.registration"]].values}
    for role in ("officer", "owner"):
        header = headers.get(f"{role}.id")
        if header is None or f"{role}.registration" in headers:
            continue
        some = by_header[header].some
        if some and sum(_shape(value) in shapes for value in some) >= FITS * len(some):
            assigned.fields[header] = f"{role}.registration"
            why = "the values are written as the companies' registration numbers"
            assigned.reasons = [
                (at, f"{role}.registration", why) if at == header else (at, name, before)
                for at, name, before in assigned.reasons
            ]


def _shape(value: str) -> str:
    return re.sub(r"[^\W\d_]+$", "", re.sub(r"\d+", "9", value.casefold()))
