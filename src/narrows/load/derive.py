"""From the rows of a part and its mapping to the derived tables: what the records say, typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.load import shapes
from narrows.load.cast import Cast, cast, cast_quantity, is_dirty, quantity_join
from narrows.load.rows import GOODS_FIELDS, Rows
from narrows.model.fields import PARTY_ATTRIBUTES


@dataclass(slots=True)
class _Selection:
    """A SELECT in the making: typed columns, and the look-up tables to join."""

    columns: dict[str, exp.Expr] = field(default_factory=dict)
    joins: list[tuple[str, exp.Expr]] = field(default_factory=list)
    unread: list[Cast] = field(default_factory=list)
    unread_quantities: list[_Unconverted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Unconverted:
    """A quantity field of which some could not be converted: its columns and texts, and the table that says which."""

    field: str
    columns: tuple[str, ...]
    text: exp.Expr
    unit: exp.Expr
    lookup: str


def derive(engine: Engine, rows: Rows) -> dict[str, int]:
    """Write what one part says into the derived tables; returns counts by table, and of what was not read."""
    _forget(engine, rows.part)
    rows = replace(rows, dirty=_dirty_columns(engine, rows))
    _note_columns(engine, rows)
    found = shapes.of(rows)
    counts: dict[str, int] = {}
    noted: set[str] = set()
    for shape in found:
        selection = _select(engine, rows, shape)
        counts[shape.table] = counts.get(shape.table, 0) + _insert(engine, rows, shape, selection)
        _note_unread(engine, rows, selection, noted)
    counts["parties"] = _insert_parties(engine, rows, found)
    _insert_goods(engine, rows, found)
    counts["unread values"] = _count(engine, "unread_value", rows.part)
    counts["empty records"] = _note_empty(engine, rows, found)
    return counts


def join_addresses(engine: Engine, parts: Iterable[Rows]) -> None:
    """Give parties the addresses that stand in rows of their own; call it when all parts of a file are derived."""
    refs, places = [], []
    for rows in parts:
        base = (exp.Literal.number(rows.part).as_("part"), rows.record.as_("record"))
        if rows.mapping.kind == "entities" and rows.has("address_ref"):
            refs.append(exp.select(*base, rows.first("address_ref").as_("id")).from_(rows.table))
        if rows.mapping.kind == "entities" and rows.has("address_id"):
            told = {name: rows.text(f"party.{name}").as_(name) for name in ("address", "city", "country")}
            places.append(exp.select(*base, rows.text("address_id").as_("id"), *told.values()).from_(rows.table))
    if refs and places:
        for name, found in (("address_ref", refs), ("address_row", places)):
            engine.keep(name, found[0] if len(found) == 1 else exp.union(*found, distinct=False))
        engine.run(named("load", "fill-addresses"))


def _dirty_columns(engine: Engine, rows: Rows) -> frozenset[str]:
    """Look once which columns need cleaning at all, so that clean ones are read as they stand."""
    if not rows.used:
        return frozenset()
    flags = [
        exp.func("bool_or", is_dirty(exp.column(f"c{rows.columns.index(column)}"), rows.mapping.nulls))
        for column in rows.used
    ]
    answers = engine.row(exp.select(*flags).from_(rows.table))
    return frozenset(column for column, dirty in zip(rows.used, answers, strict=True) if dirty)


def _forget(engine: Engine, part: int) -> None:
    for table in ("column_use", "unread_value", "empty_record", "party", *shapes.TABLES):
        engine.run(exp.delete(exp.to_table(f"derived.{table}"), where=exp.column("part").eq(part)))


def _note_columns(engine: Engine, rows: Rows) -> None:
    uses = pa.table(
        {
            "part": pa.array([rows.part] * len(rows.columns), pa.int32()),
            "column": pa.array(rows.columns, pa.string()),
            "field": pa.array([rows.mapping.columns.get(c) for c in rows.columns], pa.string()),
        }
    )
    with engine.lent("uses", uses):
        engine.run(exp.insert(exp.select("*").from_("uses"), exp.to_table("derived.column_use")))


def _select(engine: Engine, rows: Rows, shape: shapes.Shape) -> _Selection:
    selection = _Selection()
    for column, source in shape.columns.items():
        if isinstance(source, exp.Expr):
            selection.columns[column] = source
        else:
            done = cast(engine, rows.table, rows.cell(source), rows.mapping, f"read_{shape.table}_{column}")
            selection.columns[column] = done.value
            if done.lookup is not None:
                on = exp.column("text", table=done.lookup).eq(done.cell.text)
                selection.joins.append((done.lookup, on))
            if done.unread and done.cell.columns:
                selection.unread.append(done)
    for column, source_field in shape.quantities.items():
        _add_quantity(engine, rows, selection, shape.table, column, source_field)
    return selection


def _add_quantity(engine: Engine, rows: Rows, selection: _Selection, table: str, column: str, source: str) -> None:
    text, unit = rows.text(source), rows.text("unit")
    if source in rows.mapping.units:
        default = exp.Literal.string(rows.mapping.units[source])
        unit = exp.func("coalesce", unit, default) if rows.has("unit") else default
    if not rows.has(source):
        selection.columns[column] = exp.cast(exp.null(), "DOUBLE", dialect="duckdb")
        selection.columns.setdefault("measure", exp.cast(exp.null(), "VARCHAR", dialect="duckdb"))
        return
    name = f"read_{table}_{column}"
    done = cast_quantity(engine, rows.table, text, unit, rows.mapping, name)
    selection.columns[column] = done.amount
    other = selection.columns.get("measure")
    selection.columns["measure"] = done.measure if other is None else exp.func("coalesce", other, done.measure)
    selection.joins.append((name, quantity_join(text, unit, rows.mapping, name)))
    columns = (*rows.fields.get(source, ()), *rows.fields.get("unit", ()))
    if done.unread and columns:
        selection.unread_quantities.append(_Unconverted(source, columns, text, unit, name))


def _insert(engine: Engine, rows: Rows, shape: shapes.Shape, selection: _Selection) -> int:
    names = list(selection.columns)
    query = exp.select(*(value.as_(name, quoted=True) for name, value in selection.columns.items()))
    query = _joined(query.from_(rows.table), selection.joins).where(shape.says_something)
    target = exp.Schema(
        this=exp.to_table(f"derived.{shape.table}"),
        expressions=[exp.to_identifier(n, quoted=True) for n in names],
    )
    before = _count(engine, shape.table, rows.part)
    engine.run(named("load", "any-order"))
    try:
        engine.run(exp.Insert(this=target, expression=query))
    finally:
        engine.run(named("load", "keep-order"))
    return _count(engine, shape.table, rows.part) - before


def _count(engine: Engine, table: str, part: int) -> int:
    counted = exp.select(exp.Count(this=exp.Star())).from_(f"derived.{table}").where(exp.column("part").eq(part))
    return int(engine.value(counted))


def _joined(query: exp.Select, joins: Iterable[tuple[str, exp.Expr]]) -> exp.Select:
    for name, on in joins:
        query = query.join(exp.to_table(f"temp.{name}"), on=on, join_type="left")
    return query


def _insert_parties(engine: Engine, rows: Rows, found: Sequence[shapes.Shape]) -> int:
    """Add each written form once: the row where it stands first, in which role, and how often it is mentioned."""
    forms = [
        exp.select(
            exp.column(column).as_("party"),
            exp.func("min", exp.column("record")).as_("record"),
            exp.Count(this=exp.Star()).as_("mentions"),
            exp.Literal.string(role).as_("role"),
        )
        .from_(f"derived.{shape.table}")
        .where(exp.column("part").eq(rows.part), exp.column(column).is_(exp.null()).not_())
        .group_by(exp.column(column))
        for shape in found
        for column, role in shape.parties.items()
    ]
    if not forms:
        return 0
    engine.keep("forms", forms[0] if len(forms) == 1 else exp.union(*forms, distinct=False))
    engine.run(named("load", "first-forms"))
    for role in rows.roles:
        columns = _party_columns(rows, role)
        query = (
            exp.select(*(value.as_(name) for name, value in columns.items()))
            .from_(rows.table)
            .join(
                exp.alias_(exp.to_table("temp.first_forms"), "f", table=True),
                on=exp.and_(
                    exp.column("record", table="f").eq(rows.record),
                    exp.column("role", table="f").eq(exp.Literal.string(role)),
                ),
            )
        )
        names = [exp.to_identifier(n) for n in columns]
        target = exp.Schema(this=exp.to_table("derived.party"), expressions=names)
        engine.run(exp.Insert(this=target, expression=query))
    return int(engine.value(named("load", "count-forms")))


def _party_columns(rows: Rows, role: str) -> dict[str, exp.Expr]:
    attributes = {a: rows.text(f"{role}.{a}") for a in PARTY_ATTRIBUTES}
    unnumbered = attributes["id"].copy().is_(exp.null())
    scheme = exp.case().when(unnumbered, exp.null()).else_(exp.Literal.string(rows.id_scheme(role)))
    return {
        "party": exp.column("party", table="f"),
        "part": exp.Literal.number(rows.part),
        "record": exp.column("record", table="f"),
        "role": exp.Literal.string(role),
        "mentions": exp.column("mentions", table="f"),
        "id_scheme": scheme,
        **attributes,
    }


def _insert_goods(engine: Engine, rows: Rows, found: Sequence[shapes.Shape]) -> None:
    """Add the written forms of goods that are new; they are recognised afterwards, each once."""
    if rows.mapping.kind not in shapes.WITH_GOODS or not any(rows.has(f) for f in GOODS_FIELDS):
        return
    first = (
        exp.select("goods", exp.func("min", exp.column("record")).as_("record"))
        .from_(f"derived.{found[0].table}")
        .where(exp.column("part").eq(rows.part), exp.column("goods").is_(exp.null()).not_())
        .where(exp.column("goods").isin(query=exp.select("goods").from_("derived.goods")).not_())
        .group_by("goods")
    )
    engine.keep("first_goods", first)
    texts = (
        exp.select(
            exp.column("goods", table="f"),
            *(rows.text(f).as_(f"text_{f}") for f in GOODS_FIELDS),
            exp.Literal.string(rows.mapping.decimal).as_("decimal"),
        )
        .from_(rows.table)
        .join(
            exp.alias_(exp.to_table("temp.first_goods"), "f", table=True),
            on=exp.column("record", table="f").eq(rows.record),
        )
    )
    engine.keep("new_goods", texts)
    engine.run(named("load", "add-goods"))


def _note_unread(engine: Engine, rows: Rows, selection: _Selection, noted: set[str]) -> None:
    """Name each cell that holds something its column's type cannot be read from, once for each field."""
    for done in selection.unread:
        if done.cell.field not in noted:
            with engine.lent("unread_texts", pa.table({"text": pa.array(done.unread, pa.string())})):
                reason = exp.Literal.string(f"no {done.cell.type}")
                query = _unread(rows, done.cell.columns, done.cell.field, done.cell.text, reason)
                of_these = exp.select("text").from_("unread_texts")
                query = query.where(done.cell.text.copy().isin(query=of_these))
                engine.run(exp.insert(query, exp.to_table("derived.unread_value")))
    for odd in selection.unread_quantities:
        if odd.field not in noted:
            bare = exp.column("text", table=odd.lookup).is_(exp.null())
            unit = exp.Literal.string("unit that cannot be converted")
            why = exp.case().when(bare, unit).else_(exp.Literal.string("quantity that cannot be converted"))
            text = exp.case().when(bare.copy(), odd.unit.copy()).else_(odd.text.copy())
            query = _unread(rows, odd.columns, odd.field, text, why)
            on = quantity_join(odd.text, odd.unit, rows.mapping, odd.lookup)
            query = query.join(exp.to_table(f"temp.{odd.lookup}"), on=on)
            query = query.where(exp.column("unread", table=odd.lookup))
            engine.run(exp.insert(query, exp.to_table("derived.unread_value")))
    noted.update(done.cell.field for done in selection.unread)
    noted.update(odd.field for odd in selection.unread_quantities)


def _unread(rows: Rows, columns: Sequence[str], name: str, text: exp.Expr, reason: exp.Expr) -> exp.Select:
    return exp.select(
        exp.Literal.number(rows.part).as_("part"),
        rows.record.as_("record"),
        exp.Literal.string(", ".join(columns)).as_("column"),
        exp.Literal.string(name).as_("field"),
        text.copy().as_("text"),
        reason.as_("reason"),
    ).from_(rows.table)


def _note_empty(engine: Engine, rows: Rows, found: Sequence[shapes.Shape]) -> int:
    """Name the rows that gave no row of any derived table."""
    kept = int(engine.value(exp.select(exp.Count(this=exp.Star())).from_(rows.table)))
    if len(found) == 1 and _count(engine, found[0].table, rows.part) == kept:
        return 0
    query = exp.select(
        exp.Literal.number(rows.part).as_("part"),
        rows.record.as_("record"),
        exp.Literal.string(shapes.MUST_SAY[rows.mapping.kind]).as_("reason"),
    ).from_(rows.table)
    for shape in found:
        told = exp.select("record").from_(f"derived.{shape.table}").where(exp.column("part").eq(rows.part))
        query = query.where(rows.record.isin(query=told).not_())
    engine.run(exp.insert(query, exp.to_table("derived.empty_record")))
    return _count(engine, "empty_record", rows.part)
