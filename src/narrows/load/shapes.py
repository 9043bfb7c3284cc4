"""Which derived tables a record of each kind fills, and with what."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from narrows.load.rows import Rows
from narrows.model.fields import GOODS_ROLES
from narrows.model.mapping import GOODS_KINDS, TRADE_KINDS

TABLES = ("item", "payment", "registration", "link", "statement", "stock", "listing", "recovery", "statistic")
WITH_GOODS = (*GOODS_KINDS, "end-use", "stock", "recoveries")

# What a row of each kind must say to be of any use; a row that does not is named as empty.
MUST_SAY = {
    **dict.fromkeys(GOODS_KINDS, "neither a party nor goods"),
    "payments": "neither payer nor payee",
    "register": "no company",
    "relations": "not both parties",
    "end-use": "no buyer",
    "stock": "no goods",
    "entities": "no name or number",
    "recoveries": "neither goods nor a marking",
    "statistics": "not both countries, way, period, goods and a figure",
}

_ITEM_TEXT = (
    "document_no", "line_no", "order_no", "licence_no", "stated_use", "payment_method", "transport",
    "container", "notes",
)  # fmt: skip
_ITEM_TYPED = (
    "date", "net_mass", "gross_mass", "volume", "amount", "unit_price", "currency", "origin", "departure",
    "destination", "delivery_terms", "buyer_status", "licence_until", "manufactured", "reliability", "credibility",
)  # fmt: skip
# Lots and serial numbers keep all that a cell says: several stand in one.
_MARKS = ("lot", "serial")


@dataclass(frozen=True, slots=True)
class Shape:
    """One derived table as one kind of record fills it.

    Attributes:
        table: in schema `derived`.
        columns: column -> a ready expression, or the name of a field to be read by its type.
        quantities: column -> quantity field; they share the column `measure`.
        parties: column that holds a party -> the role in which the record names it.
        says_something: condition on which a row gives a row of this table.
    """

    table: str
    columns: dict[str, exp.Expr | str]
    says_something: exp.Expr
    quantities: dict[str, str] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)


def of(rows: Rows) -> tuple[Shape, ...]:
    """Return the tables that the rows fill."""
    kind = rows.mapping.kind
    if kind in GOODS_KINDS:
        return (_item(rows),)
    return _OTHER[kind](rows)


def _same(roles: tuple[str, ...]) -> dict[str, str]:
    return {role: role for role in roles}


def _base(rows: Rows) -> dict[str, exp.Expr | str]:
    return {"record": rows.record, "part": exp.Literal.number(rows.part)}


def _known(*expressions: exp.Expr) -> exp.Expr:
    return exp.or_(*(e.copy().is_(exp.null()).not_() for e in expressions))


def _item(rows: Rows) -> Shape:
    roles: dict[str, exp.Expr | str] = {role: rows.party(role) for role in GOODS_ROLES}
    named = [rows.party(role) for role in rows.roles]
    columns = {
        **_base(rows),
        "deal": _deal(rows),
        "document": exp.Literal.string(rows.mapping.kind),
        "trade": exp.convert(rows.mapping.kind in TRADE_KINDS),
        **{name: rows.text(name) for name in _ITEM_TEXT},
        **{name: name for name in _ITEM_TYPED},
        **{name: rows.whole(name) for name in _MARKS},
        "origin_id": rows.text("origin_id"),
        **roles,
        "goods": rows.goods(),
        "quantity_as_written": rows.text("quantity"),
        "unit_as_written": rows.text("unit"),
    }
    return Shape("item", columns, _known(rows.goods(), *named), {"quantity": "quantity"}, _same(rows.roles))


def _deal(rows: Rows) -> exp.Expr:
    """Lines of one seller with one document number in one part are one deal; without a number, each is its own.

    Where the file names no seller, the buyer must be the same.
    """
    if not rows.has("document_no"):
        return rows.record
    number = rows.text("document_no")
    key = exp.func(
        "hash",
        exp.Literal.number(rows.part),
        number.copy(),
        rows.party("seller" if "seller" in rows.roles else "buyer"),
    )
    return exp.case().when(number.is_(exp.null()), rows.record).else_(_halved(key))


def _halved(key: exp.Expr) -> exp.Expr:
    # A hash has 64 bits without sign; BIGINT holds 63 of them.
    return exp.cast(exp.BitwiseRightShift(this=key, expression=exp.Literal.number(1)), "BIGINT")


def _payments(rows: Rows) -> tuple[Shape, ...]:
    roles: dict[str, exp.Expr | str] = {r: rows.party(r) for r in ("payer", "ultimate_payer", "payee")}
    texts = ("document_no", "reference", "method", "purpose")
    columns = {
        **_base(rows),
        **{name: rows.text(name) for name in texts},
        **{name: name for name in ("date", "amount", "currency", "bank_country")},
        **roles,
    }
    says = _known(rows.party("payer"), rows.party("payee"))
    return (Shape("payment", columns, says, parties=_same(rows.roles)),)


def _register(rows: Rows) -> tuple[Shape, ...]:
    company = rows.party("company")
    shapes = []
    described = ("activity", "address", "country", "vat", "registration", "eori", "lei")
    if any(rows.has(f) for f in ("founded", "status", *(f"company.{a}" for a in described))):
        columns: dict[str, exp.Expr | str] = {
            **_base(rows), "company": company, "founded": "founded", "status": rows.text("status"),
        }  # fmt: skip
        shapes.append(Shape("registration", columns, _known(company), parties={"company": "company"}))
    for role in ("officer", "owner"):
        if role in rows.roles:
            shapes.append(_link(rows, role, "company", exp.Literal.string(role)))
    if not shapes:
        bare: dict[str, exp.Expr | str] = {**_base(rows), "company": company}
        shapes.append(Shape("registration", bare, _known(company), parties={"company": "company"}))
    return tuple(shapes)


def _relations(rows: Rows) -> tuple[Shape, ...]:
    return (_link(rows, "party", "other", "relation"),)


def _link(rows: Rows, a: str, b: str, how: exp.Expr | str) -> Shape:
    columns: dict[str, exp.Expr | str] = {
        **_base(rows), "a": rows.party(a), "b": rows.party(b), "how": how, "since": "since", "until": "until",
    }  # fmt: skip
    if a == "owner":
        columns["share"] = "share"
    says = exp.and_(_known(rows.party(a)), _known(rows.party(b)))
    return Shape("link", columns, says, parties={"a": a, "b": b})


def _end_use(rows: Rows) -> tuple[Shape, ...]:
    texts = ("document_no", "stated_use", "trade", "signatory", "signatory_function", "identity_document")
    columns: dict[str, exp.Expr | str] = {
        **_base(rows),
        **{name: rows.text(name) for name in texts},
        "date": "date",
        "signed": "signed",
        "buyer": rows.party("buyer"),
        "goods": rows.goods(),
        "quantity_as_written": rows.text("quantity"),
        "unit_as_written": rows.text("unit"),
    }
    says = _known(rows.party("buyer"))
    return (Shape("statement", columns, says, {"quantity": "quantity"}, {"buyer": "buyer"}),)


def _stock(rows: Rows) -> tuple[Shape, ...]:
    columns: dict[str, exp.Expr | str] = {
        **_base(rows),
        "site": rows.text("site"),
        "date": "date",
        "goods": rows.goods(),
        "unit_as_written": rows.text("unit"),
        "book_as_written": rows.text("book"),
        "counted_as_written": rows.text("counted"),
        "seal": rows.text("seal"),
    }
    return (Shape("stock", columns, _known(rows.goods()), {"book": "book", "counted": "counted"}),)


def _entities(rows: Rows) -> tuple[Shape, ...]:
    columns: dict[str, exp.Expr | str] = {
        **_base(rows),
        "party": rows.party("party"),
        **{name: rows.text(name) for name in ("list", "programme", "remarks")},
    }
    # A row may say something of an entry without naming it: an address, a sanction, a document.
    about = [rows.text(name) for name in ("of", "address_id") if rows.has(name)]
    says = _known(rows.party("party"), *about)
    return (Shape("listing", columns, says, parties={"party": "party"}),)


def _recoveries(rows: Rows) -> tuple[Shape, ...]:
    columns: dict[str, exp.Expr | str] = {
        **_base(rows),
        **{name: rows.text(name) for name in ("item_no", "place", "photo", "notes", "origin_id")},
        **{name: rows.whole(name) for name in (*_MARKS, "marking")},
        **{name: name for name in ("date", "country", "latitude", "longitude", "reliability", "credibility")},
        "manufacturer": rows.party("manufacturer"),
        "goods": rows.goods(),
        "quantity_as_written": rows.text("quantity"),
        "unit_as_written": rows.text("unit"),
    }
    says = _known(rows.goods(), *(rows.whole(name) for name in (*_MARKS, "marking")))
    return (Shape("recovery", columns, says, {"quantity": "quantity"}, _same(rows.roles)),)


def _statistics(rows: Rows) -> tuple[Shape, ...]:
    told = ("reporter", "partner", "flow", "period", "hs", "net_mass", "amount", "cif", "fob", "currency")
    columns: dict[str, exp.Expr | str] = {
        **_base(rows),
        **{name: name for name in told},
        "breakdown": rows.text("breakdown"),
        "hs_as_written": rows.text("hs"),
        "quantity_as_written": rows.text("quantity"),
        "unit_as_written": rows.text("unit"),
    }
    figures = [rows.text(name) for name in ("net_mass", "amount", "cif", "fob", "quantity")]
    keys = [_known(rows.text(name)) for name in ("reporter", "partner", "flow", "period", "hs")]
    return (Shape("statistic", columns, exp.and_(*keys, _known(*figures)), {"quantity": "quantity"}),)


_OTHER = {
    "payments": _payments, "register": _register, "relations": _relations, "end-use": _end_use,
    "stock": _stock, "entities": _entities, "recoveries": _recoveries, "statistics": _statistics,
}  # fmt: skip
