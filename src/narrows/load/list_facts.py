"""From the rows of one part of a list to facts: one for each name, number, address and date that a row says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.load.list_words import birth_date, entry_kind, imo, number_kind, strength
from narrows.load.rows import NUMBERED, Rows
from narrows.model.mapping import DateOrder
from narrows.vocab import dates, places, words

# Field -> what it says of an entry.
_FIELDS = {
    "party.name": "name", "party.alias": "strong", "weak_alias": "weak", "former_name": "former", "party.kind": "kind",
    "programme": "programme", "remarks": "remarks", "listed": "listed", "delisted": "delisted", "target": "target",
    "published": "published", "party.address": "address", "party.city": "city", "postcode": "postcode",
    "party.country": "country", "registered_in": "country", "address_ref": "address-ref", "party.vat": "vat",
    "party.registration": "registration", "party.lei": "lei", "imo": "imo", "passport": "passport",
    "national_id": "national-id", "number": "number", "party.phone": "phone", "party.email": "email",
    "party.web": "web", "birth_date": "birth-date",
}  # fmt: skip
_LISTED = ("strong", "weak", "former")
_WHOLE = ("remarks", "listed", "delisted", "published", "kind")
# How several values of one cell are told apart: by numbers before them, or by signs.
_BY_NUMBER = r"\s*\(\d{1,2}\)\s*|;\s"
_BY_SIGN = r"\s*[;|\n]\s*"


def derive_facts(engine: Engine, rows: Rows) -> None:
    """Write what the rows of a part say of the entries of a list, in place of what was written before."""
    engine.run(named("lists", "forget-facts"), [rows.part])
    if rows.mapping.kind != "entities":
        return
    said = [_said(rows, field, what) for field, what in _FIELDS.items() if rows.has(field) or field == "party.name"]
    engine.keep("said", said[0] if len(said) == 1 else exp.union(*said, distinct=False))
    engine.run(named("lists", "pieces"))
    kinds = pa.table(_kinds(engine))
    values = pa.table(_values(engine, rows.mapping.date_order))
    with engine.lent("said_kinds", kinds), engine.lent("said_values", values):
        engine.run(named("lists", "add-facts"), {"part": rows.part})
        engine.run(named("lists", "add-unread"), {"part": rows.part})


def _said(rows: Rows, field: str, what: str) -> exp.Select:
    """What one field says, as written: record, entry, and the words that tell what kind of name or number it is."""
    text = _name(rows) if field == "party.name" else rows.whole(field)
    if field == "party.kind" and rows.mapping.id_scheme == "ofac-sdn" and rows.has("party.kind"):
        # OFAC leaves the type of an organisation empty.
        text = exp.func("coalesce", text, exp.Literal.string("entity"))
    if field == "remarks" and rows.mapping.id_scheme == "ofac-sdn":
        what = _of_remarks(rows)
    about, number = _entry(rows)
    if field == "party.country" and about == "entry" and rows.mapping.id_scheme == "ftm":
        # Of a person, followthemoney's country may be that of a passport; it is taken for the seat of firms alone.
        what = "seat"
    told = {"name": (rows.text("name_type"), rows.text("name_quality")), "number": (rows.text("number_type"), _NOTHING)}
    first, second = told.get(what, (_NOTHING, _NOTHING))
    return exp.select(
        rows.record.as_("record"),
        exp.Literal.string(about).as_("about"),
        number.as_("id"),
        exp.Literal.string(what).as_("what"),
        exp.Literal.string(field).as_("field"),
        first.as_("told"),
        second.as_("told_too"),
        text.as_("text"),
        exp.Literal.string(_separator(rows, field, what)).as_("separator"),
    ).from_(rows.table)


def _of_remarks(rows: Rows) -> str:
    """OFAC's CSV tells in the remarks what its XML has elements for; a file of remarks alone continues them."""
    if rows.has("party.name"):
        return "remarks" if rows.has("name_type") else "details"
    return "remarks" if rows.has("party.address") else "more-details"


_NOTHING = exp.cast(exp.null(), "VARCHAR", dialect="duckdb")


def _name(rows: Rows) -> exp.Expr:
    """All names of the cell; put together where it is written in parts."""
    return rows.whole("party.name") if "party.name" in rows.fields else rows.text("party.name")


def _entry(rows: Rows) -> tuple[str, exp.Expr]:
    """What a row is about, and by which number: the entry's own, else the name, which must do where there is none."""
    if rows.has("address_id"):
        return "address", rows.whole("address_id")
    if rows.has("of"):
        return "of", rows.whole("of")
    if rows.has("party.id"):
        return "entry", exp.func("coalesce", rows.whole("party.id"), rows.text("party.name"))
    return "entry", rows.text("party.name")


def _separator(rows: Rows, field: str, what: str) -> str:
    """The pattern that parts the values of a cell; "" where it holds one."""
    if what in _WHOLE or what.endswith("details"):
        return ""
    if rows.mapping.separator == NUMBERED:
        return "" if what in ("name", "address") else _BY_NUMBER
    if rows.mapping.separator or field == "programme" or what in _LISTED:
        return _BY_SIGN
    return ""


def _kinds(engine: Engine) -> dict[str, pa.Array[str]]:
    """What the words beside names and numbers tell: once for each spelling."""
    found: dict[str, list[str | None]] = {"what": [], "told": [], "told_too": [], "kind": []}
    for what, told, told_too in engine.rows(named("lists", "told")):
        kind = strength(told, told_too) if what == "name" else number_kind(told)
        for column, value in zip(found, (what, told, told_too, kind), strict=True):
            found[column].append(value)
    return {column: pa.array(values, pa.string()) for column, values in found.items()}


def _values(engine: Engine, order: DateOrder) -> dict[str, pa.Array[str]]:
    """Countries, dates and the like, read once for each spelling."""
    readers: dict[str, Callable[[str], str | None]] = {
        "country": places.country,
        "seat": places.country,
        "kind": entry_kind,
        "imo": imo,
        "birth-date": partial(birth_date, order=order),
        "target": lambda text: {True: "true", False: "false", None: None}[words.yes_no(text)],
        **dict.fromkeys(("listed", "delisted", "published"), partial(_day, order=order)),
    }
    found: dict[str, list[str | None]] = {"what": [], "text": [], "value": []}
    for what, text in engine.rows(named("lists", "texts"), {"what": list(readers)}):
        found["what"].append(what)
        found["text"].append(text)
        found["value"].append(readers[what](text))
    return {column: pa.array(values, pa.string()) for column, values in found.items()}


def _day(text: str, order: DateOrder) -> str | None:
    """The first of the days that a cell tells, as YYYY-MM-DD."""
    days = [dates.parse_date(piece.strip()[:40], order) for piece in text.split(";")]
    known = [day.isoformat() for day in days if day is not None]
    return min(known) if known else None
