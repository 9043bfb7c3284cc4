"""A mapping says what the columns of a file mean. People write it as TOML; Narrows proposes one."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "orders", "invoices", "declarations", "bills", "payments",
    "register", "relations", "end-use", "stock", "entities", "packing", "certificates", "replies", "recoveries",
    "statistics",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "orders", "invoices", "declarations", "bills", "payments",
    "register", "relations", "end-use", "stock", "entities", "packing", "certificates", "replies", "recoveries",
    "statistics",
)  # fmt: skip
# Records of goods that change hands. Packing lists, certificates and written replies tell of goods as well, but of
# trade that other records tell of already: they say whose hands goods went through (trace), and are screened for
# nothing.
TRADE_KINDS: tuple[Kind, ...] = ("orders", "invoices", "declarations", "bills")
GOODS_KINDS: tuple[Kind, ...] = (*TRADE_KINDS, "packing", "certificates", "replies")

DateOrder = Literal["day-first", "month-first", "year-first"]


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of one table of one file mean.

    Attributes:
        kind: what one row is.
        columns: header as written -> field of `narrows.model.fields`; "" means read on purpose as nothing.
            Two columns may feed one field (address line 1 and 2): their texts are joined by ", ".
        constants: field -> value for what the file does not say (the seller of one's own order book).
        units: numeric field -> unit of its bare numbers, such as {"net_mass": "t"}.
        date_order: how 03/04/2025 is read.
        decimal: the decimal sign, "." or ",".
        id_scheme: name space of the party ids in this file; equal ids of one scheme are one entity. Without one,
            the ids of each role in this file are a name space of their own.
        headers: the column names, where the file has no header row.
        encoding: of the file's text, such as "windows-1254"; "" lets Narrows find out.
        nulls: texts that mean "nothing", beside the usual ones.
        separator: the sign between several values of one cell, such as ";", in files that write them so; "(1)" where
            they are numbered, (1) one (2) other. The first name is the name, the others are aliases.
        title, publisher, licence: where the file comes from.
        files: patterns of the names of such files ("df_*.csv"; case does not matter), for a mapping that is
            to be found by itself. A name alone is never enough: the columns must fit as well.
    """

    kind: Kind
    columns: Dict[str, str]
    constants: Dict[str, str] = field(default_factory=lambda: MappingProxyType({}))
    units: Dict[str, str] = field(default_factory=lambda: MappingProxyType({}))
    date_order: DateOrder = "day-first"
    decimal: Literal[".", ","] = "."
    id_scheme: str = ""
    headers: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    title: str = ""
    publisher: str = ""
    licence: str = ""
    files: tuple[str, ...] = ()
