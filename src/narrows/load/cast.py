"""From text cells to typed values: a fast expression in SQL for what is plainly written, a parser for the rest.

Each distinct text that the fast expression cannot read is parsed once, in Python, and joined back. So ten million
rows with two thousand spellings of a date cost two thousand calls of the parser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Literal

import pyarrow as pa
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.model.fields import Type
from narrows.model.mapping import Mapping
from narrows.vocab import dates, degrees, grades, money, numbers, places, trade, units, words

# Texts that stand for "nothing" in any column; a mapping may add its own.
NULLS = ("", "-", "--", "---", "n/a", "na", "null", "none", "nil", "#n/a", "(null)", "nan")
# In a column of countries NA is Namibia, and among numbers NaN is one that cannot be read, which is to be named; a
# mapping may say in `nulls` that they are nothing.
_SAYS_SOMETHING: dict[Type, str] = {
    "country": "na",
    "area": "na",
    **dict.fromkeys(("number", "quantity", "mass", "volume", "percent", "share"), "nan"),
}

# What stands around a text without being part of it: blanks, tabs, line ends, blanks that do not break.
_BLANKS = " \t\n\r\u00a0"

_SQL_TYPE: dict[Type, str] = {
    "date": "DATE", "number": "DECIMAL(18, 4)", "mass": "DOUBLE", "volume": "DOUBLE", "share": "DOUBLE",
    "yes-no": "BOOLEAN", "degrees": "DOUBLE",
}  # fmt: skip

# Quantities keep six decimals, so that grams written in tonnes are not rounded away.
_FINE = "DECIMAL(18, 6)"

# What DECIMAL(18, 4) cannot hold is no amount of money.
_TOO_LARGE = Decimal(10) ** 14

_ARROW: dict[str, pa.DataType] = {
    "DATE": pa.date32(), "DECIMAL(18, 4)": pa.decimal128(18, 4), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(),
    "VARCHAR": pa.string(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One typed value of a row, as SQL.

    Attributes:
        field: what it is.
        type: of what type.
        text: expression of the text as written, NULL where there is none.
        columns: the file's columns that it comes from.
    """

    field: str
    type: Type
    text: exp.Expr
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """A cell with its typed expression, and the table that the expression needs joined, if any."""

    cell: Cell
    value: exp.Expr
    lookup: str | None
    unread: tuple[str, ...]


def text_of(cells: Sequence[exp.Expr], between: str = ", ") -> exp.Expr:
    """Return the text of a field that stands in one column or in several, NULL where none says anything."""
    if len(cells) == 1:
        return cells[0]
    joined = exp.func("concat_ws", exp.Literal.string(between), *cells, dialect="duckdb")
    return exp.func("nullif", joined, exp.Literal.string(""))


def cleaned(cell: exp.Expr, nulls: Iterable[str], *, type_: Type = "text") -> exp.Expr:
    """Return the text of a cell without blanks around it, NULL where it is a word for "nothing" of that type."""
    words = _null_words(nulls, tuple(null for null in NULLS if null != _SAYS_SOMETHING.get(type_)))
    return _null_if(exp.func("trim", cell, exp.Literal.string(_BLANKS)), words)


def is_dirty(cell: exp.Expr, nulls: Iterable[str]) -> exp.Expr:
    """Return the condition on which `cleaned` would change a cell.

    Comparing beats trimming by far: all blanks but the no-break space sort before "!", and so do texts that begin so.
    Words for nothing are looked for as they are written: small, capital, or with a capital first.
    """
    before = exp.LT(this=cell.copy(), expression=exp.Literal.string("!"))
    nbsp = exp.func("prefix", cell.copy(), exp.Literal.string("\u00a0"))
    after = [exp.func("suffix", cell.copy(), exp.Literal.string(blank)) for blank in _BLANKS]
    words = _null_words(nulls, NULLS)
    written = dict.fromkeys(form for word in words for form in (word, word.upper(), word.capitalize(), word.title()))
    nothing = cell.copy().isin(*(exp.Literal.string(form) for form in written))
    return exp.or_(before, nbsp, *after, nothing)


def cast(engine: Engine, rows: exp.Expr, cell: Cell, mapping: Mapping, name: str) -> Cast:
    """Return the typed expression of a cell; parses what SQL cannot read into a temporary table `name`."""
    if cell.type not in _PARSERS:
        return Cast(cell, cell.text, None, ())
    sql_type = _SQL_TYPE.get(cell.type, "VARCHAR")
    fast = _fast(cell, mapping)
    left = exp.select(cell.text.as_("text")).distinct().from_(rows).where(cell.text.is_(exp.null()).not_())
    if fast is not None:
        left = left.where(fast.is_(exp.null()))
    texts = [text for (text,) in engine.rows(left.order_by("text"))]
    if not texts:
        return Cast(cell, fast if fast is not None else exp.cast(exp.null(), sql_type, dialect="duckdb"), None, ())
    parse = _PARSERS[cell.type](mapping, cell.field)
    values = [parse(text) for text in texts]
    _keep(engine, name, {"text": pa.array(texts, pa.string()), "value": _array(values, sql_type)})
    found: exp.Expr = exp.column("value", table=name)
    value = found if fast is None else exp.func("coalesce", fast, found)
    return Cast(cell, value, name, tuple(t for t, v in zip(texts, values, strict=True) if v is None))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as SQL: amount and measure, the table to join, and whether some could not be converted."""

    amount: exp.Expr
    measure: exp.Expr
    lookup: str
    unread: bool


def cast_quantity(
    engine: Engine,
    rows: exp.Expr,
    text: exp.Expr,
    unit: exp.Expr,
    mapping: Mapping,
    name: str,
) -> Quantity:
    """Return amount (kg, l or pieces) and measure of a quantity whose unit may stand in a column of its own.

    The temporary table `name` has one row for each distinct pair of non-numeric text and unit; a bare number keeps
    the text NULL there, and is multiplied by the factor of its unit. A pair that says a unit or more than a number,
    and could not be converted, is marked `unread`.
    """
    number = _fast_number(text, mapping.decimal, _FINE)
    odd = exp.case().when(number.is_(exp.null()), text).else_(exp.null())
    pairs = engine.rows(
        exp.select(odd.as_("text"), unit.as_("unit"))
        .distinct()
        .from_(rows)
        .where(text.is_(exp.null()).not_())
        .order_by("text", "unit")
    )
    kept: dict[str, list[Any]] = {"text": [], "unit": [], "factor": [], "amount": [], "measure": [], "unread": []}
    for written, unit_text in pairs:
        read = units.parse_quantity(written or "1", mapping.decimal, unit_text)
        amount = None if read is None or read.amount is None else float(read.amount)
        kept["text"].append(written)
        kept["unit"].append(unit_text)
        kept["factor"].append(amount if written is None else None)
        kept["amount"].append(None if written is None else amount)
        kept["measure"].append(read.measure if read is not None and amount is not None else None)
        kept["unread"].append(amount is None and (written is not None or unit_text is not None))
    types = {"factor": pa.float64(), "amount": pa.float64(), "unread": pa.bool_()}
    _keep(engine, name, {k: pa.array(v, types.get(k, pa.string())) for k, v in kept.items()})
    factor = exp.column("factor", table=name)
    as_double = exp.cast(number.copy(), "DOUBLE")
    amount_sql = exp.func("coalesce", exp.Mul(this=as_double, expression=factor), exp.column("amount", table=name))
    return Quantity(amount_sql, exp.column("measure", table=name), name, any(kept["unread"]))


def quantity_join(text: exp.Expr, unit: exp.Expr, mapping: Mapping, lookup: str) -> exp.Expr:
    """Return the condition on which the rows meet the table that `cast_quantity` made."""
    number = _fast_number(text, mapping.decimal, _FINE)
    odd = exp.case().when(number.is_(exp.null()), text).else_(exp.null())
    return exp.and_(
        exp.NullSafeEQ(this=exp.column("text", table=lookup), expression=odd),
        exp.NullSafeEQ(this=exp.column("unit", table=lookup), expression=unit),
        text.is_(exp.null()).not_(),
    )


def _null_words(nulls: Iterable[str], usual: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*usual, *(n.strip().lower() for n in nulls)]))


def _null_if(text: exp.Expr, nulls: Sequence[str]) -> exp.Expr:
    return exp.case().when(_is_null_word(text, nulls), exp.null()).else_(text)


def _is_null_word(text: exp.Expr, nulls: Sequence[str]) -> exp.Expr:
    # Only short texts can be a word for nothing: the length test keeps lower() off long descriptions.
    longest = max(len(n.encode()) for n in nulls)
    short = exp.LTE(this=exp.func("strlen", text.copy()), expression=exp.Literal.number(longest))
    return exp.and_(short, exp.func("lower", text.copy()).isin(*(exp.Literal.string(n) for n in nulls)))


def _fast(cell: Cell, mapping: Mapping) -> exp.Expr | None:
    if cell.type == "number":
        return _fast_number(cell.text, mapping.decimal)
    if cell.type in ("mass", "volume"):
        found = units.unit(mapping.units.get(cell.field, "kg" if cell.type == "mass" else "l"))
        if found is None:
            return None
        number = exp.cast(_fast_number(cell.text, mapping.decimal, _FINE), "DOUBLE")
        return number if found[1] == 1 else exp.Mul(this=number, expression=exp.Literal.number(str(found[1])))
    if cell.type == "date":
        iso = exp.Like(this=cell.text.copy(), expression=exp.Literal.string("____-__-__%"))
        day = exp.TryCast(
            this=exp.func("left", cell.text.copy(), exp.Literal.number(10)), to=exp.DataType.build("DATE")
        )
        in_range = exp.Between(
            this=day.copy(),
            low=exp.cast(exp.Literal.string("1900-01-01"), "DATE"),
            high=exp.cast(exp.Literal.string("2100-12-31"), "DATE"),
        )
        return exp.case().when(exp.and_(iso, in_range), day).else_(exp.null())
    return None


def _fast_number(text: exp.Expr, decimal: str, exact: str = "DECIMAL(18, 4)") -> exp.Expr:
    to = exp.DataType.build(exact, dialect="duckdb")
    # DuckDB rounds digit by digit where there is an exponent: "5e-6" becomes 0.0001.
    refused = ("e", "E") if decimal == "." else ("e", "E", ".")
    plain = exp.and_(*(exp.func("contains", text.copy(), exp.Literal.string(sign)).not_() for sign in refused))
    number = text.copy()
    if decimal != ".":
        number = exp.func("replace", number, exp.Literal.string(","), exp.Literal.string("."))
    return exp.case().when(plain, exp.TryCast(this=number, to=to)).else_(exp.null())


def _array(values: list[Any], sql_type: str) -> pa.Array[Any]:
    arrow = _ARROW[sql_type]
    if arrow == pa.float64():
        values = [None if v is None else float(v) for v in values]
    if sql_type.startswith("DECIMAL"):
        values = [None if v is None else v.quantize(Decimal("0.0001")) for v in values]
    return pa.array(values, arrow)


def _keep(engine: Engine, name: str, columns: dict[str, pa.Array[Any]]) -> None:
    with engine.lent("looked_up", pa.table(columns)):
        engine.keep(name, exp.select("*").from_("looked_up"))


def _amount(text: str, *, decimal: Literal[".", ","]) -> Decimal | None:
    read = numbers.parse_number(text, decimal)
    return read if read is not None and abs(read) < _TOO_LARGE else None


def _measured(text: str, *, mapping: Mapping, field: str, measure: str) -> Any:
    default = mapping.units.get(field, "kg" if measure == "kg" else "l")
    read = units.parse_quantity(text, mapping.decimal, default)
    return read.amount if read is not None and read.measure == measure else None


_PARSERS: dict[Type, Callable[[Mapping, str], Callable[[str], Any]]] = {
    "date": lambda m, _: partial(dates.parse_date, order=m.date_order),
    "number": lambda m, _: partial(_amount, decimal=m.decimal),
    "mass": lambda m, f: partial(_measured, mapping=m, field=f, measure="kg"),
    "volume": lambda m, f: partial(_measured, mapping=m, field=f, measure="l"),
    "country": lambda _, __: places.country,
    "currency": lambda _, __: money.currency,
    "status": lambda _, __: words.buyer_status,
    "relation": lambda _, __: words.relation,
    "yes-no": lambda _, __: words.yes_no,
    "share": lambda _, __: words.share,
    "terms": lambda _, __: words.delivery_terms,
    "degrees": lambda _, __: degrees.degrees,
    "grade": lambda _, f: grades.credibility if f == "credibility" else grades.reliability,
    "period": lambda _, __: trade.period,
    "flow": lambda _, __: trade.flow,
    "area": lambda m, _: partial(trade.area, numbered=m.id_scheme != "geonom"),
    "commodity": lambda _, __: trade.commodity,
}
