"""Proposes what the columns of a file mean, and says how sure that is.

The headers propose, the values confirm or veto. A proposal is clear where the kind is certain, all that the kind
needs was found, and nothing is in conflict; everything else is for a person to confirm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from narrows.load.columns.assign import Assigned, assign, owners_by_shape
from narrows.load.columns.headers import Header, read_header
from narrows.load.columns.kinds import ENOUGH, MARGIN, lacking, ranked
from narrows.load.columns.values import (
    Column,
    Sign,
    are_dotted,
    columns_of,
    depends_on_decimal,
    depends_on_order,
    fits,
    guess_decimal,
    guess_order,
)
from narrows.model.fields import Type, type_of
from narrows.model.mapping import DateOrder, Kind, Mapping
from narrows.vocab import units

_MOST_KINDS = 4
_NUMERIC: tuple[Type, ...] = ("number", "quantity", "mass", "volume")
_MEASURED = {"quantity": ("kg", "l", "pieces"), "mass": ("kg",), "volume": ("l",)}

# Properties of FollowTheMoney entities; of several that mean one thing, the first that the file has, or all of them
# where the field can hold several.
_FTM: dict[str, tuple[str, ...]] = {
    "party.id": ("id",),
    "party.kind": ("schema",),
    "party.name": ("name", "caption"),
    "party.alias": ("alias",),
    "weak_alias": ("weakAlias", "abbreviation"),
    "former_name": ("previousName",),
    "party.country": ("country", "mainCountry", "jurisdiction"),
    "party.address": ("address",),
    "party.city": ("city",),
    "address_ref": ("addressEntity",),
    "party.registration": ("registrationNumber", "ogrnCode"),
    "party.vat": ("vatCode", "taxNumber", "innCode"),
    "imo": ("imoNumber",),
    "passport": ("passportNumber",),
    "national_id": ("idNumber", "socialSecurityNumber"),
    "number": ("swiftBic", "dunsCode", "okpoCode", "mmsi", "callSign", "serialNumber"),
    "registered_in": ("flag",),
    "birth_date": ("birthDate",),
    "party.lei": ("leiCode",),
    "party.phone": ("phone",),
    "party.email": ("email",),
    "party.web": ("website",),
    "party.activity": ("sector", "classification"),
    "list": ("dataset", "datasets"),
    "programme": ("program", "programId", "topics"),
    "remarks": ("notes", "summary", "description"),
    "target": ("target",),
    "published": ("last_seen",),
    # Never read.
    "": (
        "nationality",
        "citizenship",
        "birthPlace",
        "birthCountry",
        "ethnicity",
        "religion",
        "gender",
        "political",
        "countryOfBirth",
        "appearance",
        "eyeColor",
        "hairColor",
        "spokenLanguage",
    ),
}
_FTM_ALL = {"weak_alias", "party.registration", "party.vat", "national_id", "number", "programme", "listed", ""}
# The objects that say something of an entity.
_FTM_DETAILS: dict[str, dict[str, tuple[str, ...]]] = {
    "Address": {
        "address_id": ("id",), "party.address": ("full", "street"), "party.city": ("city",),
        "postcode": ("postalCode",), "party.country": ("country",),
    },
    "Sanction": {
        "of": ("entity",), "programme": ("program", "programId"), "listed": ("listingDate", "startDate"),
        "delisted": ("endDate",), "remarks": ("reason", "summary"),
    },
    "Identification": {"of": ("holder",), "number": ("number",), "number_type": ("type",)},
    "Passport": {"of": ("holder",), "passport": ("number",)},
}  # fmt: skip
# And of their relations, each a sheet of its own.
_FTM_RELATIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "Ownership": {
        "owner.id": ("owner",), "company.id": ("asset",), "share": ("percentage",), "since": ("startDate",),
        "until": ("endDate",),
    },
    "Directorship": {
        "officer.id": ("director",), "company.id": ("organization",), "function": ("role",), "since": ("startDate",),
        "until": ("endDate",),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the columns of one table seem to mean.

    Attributes:
        mapping: the proposal; columns that nobody recognises are not in it.
        clear: whether it can be used as it is.
        doubts: what a person has to look at, in sentences; empty where it is clear.
        reasons: column, field, and why the one is taken to be the other.
    """

    mapping: Mapping
    clear: bool
    doubts: tuple[str, ...]
    reasons: tuple[tuple[str, str, str], ...]


def propose(
    columns: Sequence[str],
    sample: Sequence[tuple[str | None, ...]],
    *,
    file_name: str,
    sheet: str,
    notes: Sequence[str],
) -> Proposal:
    """Propose what the columns of a table mean.

    Args:
        columns: the headers as written, no two alike.
        sample: the first rows, as text.
        file_name: the file's name, without folders.
        sheet: the sheet's name, or "".
        notes: what the reader of the file found out, such as the lines above the header.
    """
    found = _proposed(columns, sample, file_name=file_name, sheet=sheet, notes=notes)
    if sample:
        return found
    return replace(found, clear=False, doubts=("no rows below the header", *found.doubts))


def _proposed(
    columns: Sequence[str],
    sample: Sequence[tuple[str | None, ...]],
    *,
    file_name: str,
    sheet: str,
    notes: Sequence[str],
) -> Proposal:
    if {"id", "schema"} <= {_property(column) for column in columns}:
        return _entities(columns, sheet)
    held = columns_of(columns, sample)
    headers = [read_header(column) for column in columns]
    kind, assigned, doubts = _choose(held, headers, file_name=file_name, sheet=sheet, notes=notes)
    if kind == "register":
        owners_by_shape(assigned, held)
    doubts += assigned.doubts
    read = [column for column in held if column.header in assigned.fields]
    order = _date_order(kind, assigned, held, headers, doubts)
    decimal = _decimal(kind, assigned, held, doubts)
    by_header = dict(zip(columns, headers, strict=True))
    mapping = Mapping(
        kind=kind,
        columns=MappingProxyType({column.header: assigned.fields[column.header] for column in read}),
        constants=MappingProxyType(_constants(kind, assigned, by_header, doubts)),
        units=MappingProxyType(_units(kind, assigned, by_header)),
        date_order=order,
        decimal=decimal,
    )
    return Proposal(mapping, not doubts, tuple(dict.fromkeys(doubts)), tuple(assigned.reasons))


def _choose(
    held: Sequence[Column], headers: Sequence[Header], *, file_name: str, sheet: str, notes: Sequence[str]
) -> tuple[Kind, Assigned, list[str]]:
    """The likeliest kind that has all it needs, the fields under it, and what is uncertain about the kind."""
    kinds = ranked(headers, file_name=file_name, sheet=sheet, notes=notes)
    tried = [(kind, points, assign(kind, held, headers)) for kind, points in kinds[:_MOST_KINDS]]
    if not tried:
        return (
            "orders",
            assign("orders", held, headers),
            ["neither name nor headers tell what kind of records these are"],
        )
    whole = [one for one in tried if not lacking(one[0], one[2].fields.values())]
    if not whole:
        kind, points, assigned = tried[0]
        needs = "; ".join(lacking(kind, assigned.fields.values()))
        return kind, assigned, [*_guess(kind, points), f"as {kind}, they lack a column for: {needs}"]
    kind, points, assigned = whole[0]
    doubts = _guess(kind, points)
    near = [other for other, more, _ in whole[1:] if points - more < MARGIN]
    if near and points >= ENOUGH:
        doubts.append(f"may hold {' or '.join([kind, *near])}")
    return kind, assigned, doubts


def _guess(kind: Kind, points: int) -> list[str]:
    return [f"little tells what kind of records these are; {kind} is a guess"] if points < ENOUGH else []


def _of_types(kind: Kind, assigned: Assigned, held: Sequence[Column], types: Sequence[str]) -> list[Column]:
    return [c for c in held if c.header in assigned.fields and type_of(kind, assigned.fields[c.header]) in types]


def _date_order(
    kind: Kind, assigned: Assigned, held: Sequence[Column], headers: Sequence[Header], doubts: list[str]
) -> DateOrder:
    """How dates are read: as the header says, as the columns show, else as other columns of dates show."""
    dated = _of_types(kind, assigned, held, ("date",))
    said = {headers[column.place].order for column in dated} - {None}
    if len(said) == 1 and (order := said.pop()) is not None:
        return order
    found = guess_order(dated)
    if found is None and dated:
        found = guess_order(column for column in held if column.values and fits(column, "date") > 0.9)
    if found is not None:
        return found
    example = next(filter(None, map(depends_on_order, dated)), "")
    if example:
        doubts.append(f"whether {example!r} starts with the day or the month, the file does not show")
    return "day-first"


def _decimal(kind: Kind, assigned: Assigned, held: Sequence[Column], doubts: list[str]) -> Sign:
    """The decimal sign of the numbers read; concentrations and other columns speak where these show none."""
    numeric = _of_types(kind, assigned, held, _NUMERIC)
    found, others = guess_decimal(numeric)
    if others:
        doubts.append(f"the decimal sign is {found!r}, but not in {', '.join(map(repr, others))}")
    if found is None:
        found, _ = guess_decimal(_of_types(kind, assigned, held, ("percent", "share")))
    if found is None:
        found, others = guess_decimal(
            column for column in held if fits(column, "quantity") > 0.9 and column not in numeric
        )
        found = None if others else found
    if found is not None:
        return found
    example = next(filter(None, map(depends_on_decimal, numeric)), "")
    if example:
        doubts.append(f"whether the sign in {example!r} is the decimal sign, the file does not show")
    # Where days come first and stops stand between, decimal commas are the rule; a person confirms it where it matters.
    dotted = [column for column in _of_types(kind, assigned, held, ("date",)) if are_dotted(column)]
    return "," if dotted else "."


def _units(kind: Kind, assigned: Assigned, headers: dict[str, Header]) -> dict[str, str]:
    """Field -> the unit that its header names."""
    found = {}
    for column, name in assigned.fields.items():
        allowed = _MEASURED.get(type_of(kind, name) or "", ())
        measure = units.unit(headers[column].unit) if headers[column].unit else None
        if measure is not None and measure[0] in allowed and not (name == "quantity" and _has_units(assigned)):
            found[name] = headers[column].unit
    return found


def _has_units(assigned: Assigned) -> bool:
    return "unit" in assigned.fields.values()


def _constants(kind: Kind, assigned: Assigned, headers: dict[str, Header], doubts: list[str]) -> dict[str, str]:
    """The currency, where the header of the amounts names it and no column does."""
    read = assigned.fields.values()
    if type_of(kind, "currency") is None or "currency" in read:
        return {}
    money = {headers[c].currency for c, name in assigned.fields.items() if name in ("amount", "unit_price")} - {""}
    if len(money) > 1:
        doubts.append(f"the headers name several currencies: {', '.join(sorted(money))}")
    return {"currency": min(money)} if len(money) == 1 else {}


def _property(column: str) -> str:
    return column.rpartition(".")[2] if column.startswith("properties.") else column


def _entities(columns: Sequence[str], sheet: str) -> Proposal:
    """The mapping of FollowTheMoney entities or of one kind of their relations; properties have fixed names."""
    kind: Kind = "register" if sheet in _FTM_RELATIONS else "entities"
    by_property = {_property(column): column for column in columns}
    chosen: dict[str, str] = {}
    for name, properties in {**_FTM_RELATIONS, **_FTM_DETAILS}.get(sheet, _FTM).items():
        there = [by_property[one] for one in properties if one in by_property and by_property[one] not in chosen]
        chosen |= dict.fromkeys(there if name in _FTM_ALL else there[:1], name)
    in_order = {column: chosen[column] for column in columns if column in chosen}
    mapping = Mapping(kind, MappingProxyType(in_order), date_order="year-first", id_scheme="ftm", separator=";")
    needs = () if sheet in _FTM_DETAILS else lacking(kind, chosen.values())
    doubts = tuple(f"as {kind}, they lack a column for: {need}" for need in needs)
    reasons = tuple(
        (column, name, "a property of FollowTheMoney entities") for column, name in in_order.items() if name
    )
    return Proposal(mapping, not doubts, doubts, reasons)
