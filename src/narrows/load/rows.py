"""One part's rows as SQL: which expression gives each field, each party and the goods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import record_column, rows_table
from narrows.casefile.sql import named
from narrows.load.cast import Cell, cleaned, text_of
from narrows.load.columns.mapping import read_mapping
from narrows.model.fields import PARTY_ATTRIBUTES, ROLES_OF, Type, type_of
from narrows.model.mapping import Mapping

# What makes a party: a name or a number. An address alone names nobody.
NAMING = ("name", "id", "vat", "registration", "eori", "lei", "iban")
# What tells two persons of one name apart.
_DISTINGUISHING = ("id", "vat", "registration", "eori", "lei", "iban", "address")
GOODS_FIELDS = ("description", "hs", "cas", "un", "concentration")
# A name that a file of entities writes in parts, in the order in which it is spoken.
_NAME_PARTS = ("given", "surname")
NUMBERED = "(1)"
# Fields that keep all the values of a cell: those of the record, and these of a party.
_WHOLE = ("", "id", "alias", "kind", "activity")


@dataclass(frozen=True)
class Rows:
    """The rows of one part under one mapping.

    Attributes:
        part: its number.
        columns: headers as written.
        first_row, contiguous: how a row's number is found; see evidence.part.
        mapping: what the columns mean; its columns are keyed by headers as written.
        dirty: columns with blanks around texts or words for "nothing"; None where nobody has looked.
    """

    part: int
    columns: tuple[str, ...]
    first_row: int
    contiguous: bool
    mapping: Mapping
    dirty: frozenset[str] | None = None

    @property
    def table(self) -> exp.Expr:
        """The table of the rows."""
        return rows_table(self.part)

    @property
    def record(self) -> exp.Expr:
        """The number of the record."""
        return record_column(self.part, self.first_row, contiguous=self.contiguous)

    @cached_property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """Field -> the columns that feed it, in the order of the file."""
        found: dict[str, list[str]] = {}
        for column in self.columns:
            field = self.mapping.columns.get(column, "")
            if field:
                found.setdefault(field, []).append(column)
        return {field: tuple(columns) for field, columns in found.items()}

    def text(self, field: str) -> exp.Expr:
        """The text of a field, NULL where the file does not have it; of several values of a party's cell, the first."""
        columns = self.fields.get(field)
        if field == "party.name" and columns is None and self._name_parts:
            return text_of([self.text(part) for part in self._name_parts], " ")
        attribute = field.partition(".")[2]
        return self.whole(field) if attribute in _WHOLE else self.first(field)

    def first(self, field: str) -> exp.Expr:
        """The first value of a field."""
        return self._first(self.whole(field)) if self.mapping.separator else self.whole(field)

    def whole(self, field: str) -> exp.Expr:
        """The text of a field with all its values, NULL where the file does not have it."""
        columns = self.fields.get(field)
        if columns is not None:
            type_ = type_of(self.mapping.kind, field) or "text"
            return text_of([self._cell(column, type_) for column in columns], self._between(field))
        constant = self.mapping.constants.get(field)
        return exp.cast(exp.null(), "VARCHAR", dialect="duckdb") if constant is None else exp.Literal.string(constant)

    @property
    def _name_parts(self) -> tuple[str, ...]:
        return tuple(part for part in _NAME_PARTS if part in self.fields)

    def _between(self, field: str) -> str:
        """What stands between the texts of several columns that feed one field."""
        if field in _NAME_PARTS:
            return " "
        separator = self.mapping.separator
        return f"{separator} " if separator and separator != NUMBERED else ", "

    def _first(self, text: exp.Expr) -> exp.Expr:
        if self.mapping.separator == NUMBERED:
            return text
        cut = exp.func("split_part", text, exp.Literal.string(self.mapping.separator), exp.Literal.number(1))
        return exp.func("trim", cut)

    def _cell(self, column: str, type_: Type) -> exp.Expr:
        cell = exp.column(f"c{self.columns.index(column)}", table="r")
        if self.dirty is not None and column not in self.dirty:
            return cell
        return cleaned(cell, self.mapping.nulls, type_=type_)

    def has(self, field: str) -> bool:
        """Whether the file or the mapping says anything of a field."""
        if field == "party.name" and self._name_parts:
            return True
        return field in self.fields or field in self.mapping.constants

    def cell(self, field: str) -> Cell:
        """The field with its type and its columns."""
        kind = type_of(self.mapping.kind, field)
        assert kind is not None, field
        return Cell(field, kind, self.text(field), self.fields.get(field, ()))

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that the mapping reads."""
        return tuple(column for columns in self.fields.values() for column in columns)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of which the file names a party."""
        return tuple(
            role for role in ROLES_OF[self.mapping.kind] if any(self.has(f"{role}.{attribute}") for attribute in NAMING)
        )

    def id_scheme(self, role: str) -> str:
        """Name space of the ids of a role: as the mapping says, else this role in this part alone.

        Customers and suppliers are often numbered from one each: number 17 of either is not one firm.
        """
        own = "party" if self.mapping.kind == "relations" else role
        return self.mapping.id_scheme or f"part-{self.part:08x}-{own}"

    def party(self, role: str) -> exp.Expr:
        """The key of the party in a role: one key for one written form, NULL where nobody is named."""
        if role not in self.roles:
            return exp.cast(exp.null(), "UBIGINT", dialect="duckdb")
        named = [self.text(f"{role}.{a}") for a in NAMING if self.has(f"{role}.{a}")]
        nobody = exp.func("coalesce", *named).is_(exp.null()) if len(named) > 1 else named[0].is_(exp.null())
        given = [a for a in PARTY_ATTRIBUTES if self.has(f"{role}.{a}")]
        key = exp.func(
            "hash",
            exp.Literal.number(self.part),
            exp.Literal.string(" ".join(given)),
            *(self.text(f"{role}.{a}") for a in given),
            *self._beside(role),
            *([exp.Literal.string(self.id_scheme(role))] if "id" in given else []),
        )
        return exp.case().when(nobody, exp.null()).else_(key)

    def _beside(self, role: str) -> list[exp.Expr]:
        """What else keeps written forms of a role apart.

        An officer or owner of whom only the name is said may be any person of that name: one in each company.
        """
        if role not in ("officer", "owner") or "company" not in self.roles:
            return []
        told = [self.text(f"{role}.{a}") for a in _DISTINGUISHING if self.has(f"{role}.{a}")]
        if not told:
            return [self.party("company")]
        untold = exp.func("coalesce", *told).is_(exp.null()) if len(told) > 1 else told[0].is_(exp.null())
        return [exp.case().when(untold, self.party("company")).else_(exp.null())]

    def goods(self) -> exp.Expr:
        """The key of the goods as written, NULL where nothing is said of them."""
        known = [self.text(f) for f in GOODS_FIELDS if self.has(f)]
        if not known:
            return exp.cast(exp.null(), "UBIGINT", dialect="duckdb")
        nothing = exp.func("coalesce", *known).is_(exp.null()) if len(known) > 1 else known[0].is_(exp.null())
        key = exp.func("hash", exp.Literal.string(self.mapping.decimal), *(self.text(f) for f in GOODS_FIELDS))
        return exp.case().when(nothing, exp.null()).else_(key)


def kept_rows(engine: Engine) -> list[Rows]:
    """Return the rows of every part in the case, under the mapping that counts, in the order of the parts' numbers."""
    return [
        Rows(part, tuple(columns), first_row, contiguous, read_mapping(toml, name=file))
        for part, file, _, columns, first_row, contiguous, toml in engine.rows(named("load", "parts"))
    ]
