"""What the grammar allows, but not in every place: names, tables, columns, order, what is returned."""

from __future__ import annotations

import re
from typing import cast

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from narrows.casefile.published import SCHEMA, published
from narrows.screen.rules.grammar import Refused
from narrows.screen.rules.portable import type_of

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_KEYS = frozenset({"record", "deal", "entity", "subject", "a", "b"})


def hold_names(tree: exp.Expr) -> None:
    """Hold names to plain ASCII, and tables to `view.<published>` or a CTE that takes no published name.

    Raises:
        Refused: at the name or the table.
    """
    for identifier in tree.find_all(exp.Identifier):
        if not _NAME.fullmatch(identifier.name):
            raise Refused(identifier, f"the name {identifier.name!r} is not of letters, digits and _")
    named = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    for cte in tree.find_all(exp.CTE):
        if cte.alias.lower() in published() or cte.alias.lower() == SCHEMA:
            raise Refused(cte.args["alias"], f"a CTE may not take the name of a published view: {cte.alias}")
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            raise Refused(table, "a table function cannot be read")
        if not (table.name.lower() in named if not table.db else _is_published(table)):
            views = ", ".join(f"{SCHEMA}.{name}" for name in published())
            raise Refused(table, f"{table.sql(dialect='duckdb')} cannot be read", hint=f"There are {views}.")
    for star in tree.find_all(exp.Star):
        if not isinstance(star.parent, exp.Count):
            raise Refused(star, "SELECT * is not allowed", hint="Name the columns.")


def _is_published(table: exp.Table) -> bool:
    quoted = any(part.args.get("quoted") for part in (table.this, table.args["db"]))
    name, schema = (table.name, table.db) if quoted else (table.name.lower(), table.db.lower())
    return schema == SCHEMA and name in published()


def hold_shape(tree: exp.Query) -> None:
    """Hold a tree to what the grammar allows only in certain places.

    Raises:
        Refused: at the node.
    """
    for branch in _branches(tree):
        for shown in branch.selects:
            if not isinstance(shown, exp.Alias | exp.Column):
                raise Refused(shown, "every column that is returned needs a name", hint="Write ... AS name.")
    for union in tree.find_all(exp.Union):
        left, right = union.left.named_selects, union.right.named_selects
        if [name.lower() for name in left] != [name.lower() for name in right]:
            raise Refused(union, "the SELECTs of a UNION return columns of different names")
    for distinct in tree.find_all(exp.Distinct):
        if not isinstance(distinct.parent, exp.Count | exp.Order | exp.Query):
            raise Refused(distinct, "DISTINCT is for SELECT, count() and string_agg()")
        if not isinstance(distinct.parent, exp.Query) and len(distinct.expressions) != 1:
            raise Refused(distinct, "DISTINCT inside a function takes one column")
    _hold_orders(tree)


def _hold_orders(tree: exp.Expr) -> None:
    """Where the order of rows decides what comes out, no two rows may tie: same in, same out."""
    for limit in tree.find_all(exp.Limit):
        order = limit.parent.args.get("order") if limit.parent is not None else None
        if not isinstance(limit.expression, exp.Literal) or order is None:
            raise Refused(limit, "LIMIT needs a written number and an ORDER BY")
        _hold_ties(order)
    for window in tree.find_all(exp.Window):
        ranked = isinstance(window.this, exp.Rank | exp.DenseRank)
        placed = isinstance(window.this, exp.RowNumber | exp.Lag | exp.Lead)
        order = window.args.get("order")
        if order is None and (ranked or placed):
            raise Refused(window, f"{window.this.sql_name().lower()}() needs an ORDER BY")
        if order is not None and (placed or window.args.get("spec") is not None):
            _hold_ties(order)
    for gathered in tree.find_all(exp.GroupConcat):
        order = gathered.this
        if not isinstance(order, exp.Order) or not isinstance(gathered.args.get("separator"), exp.Literal):
            raise Refused(gathered, "string_agg() is written string_agg(x, ', ' ORDER BY x)")
        value = order.this.expressions[0] if isinstance(order.this, exp.Distinct) else order.this
        if all(ordered.this != value for ordered in order.expressions):
            _hold_ties(order)


def _hold_ties(order: exp.Expr) -> None:
    last = order.expressions[-1].this
    if not isinstance(last, exp.Column) or not (last.name in _KEYS or last.name.endswith("_record")):
        hint = "End the ORDER BY with a key, such as record."
        raise Refused(order, "rows that tie are in no order", hint=hint)


def hold_columns(tree: exp.Query) -> None:
    """Hold every column of a qualified tree to a published view, or to what a CTE or a subquery returns.

    Raises:
        Refused: at the table or the column.
    """
    found: set[int] = set()
    for scope in traverse_scope(tree):
        for name, source in _sources(scope).items():
            if isinstance(source, exp.Table) and not (source.db == SCHEMA and source.name in published()):
                raise Refused(source, f"{name} cannot be read: there is no such view")
        for column in scope.columns:
            if column.table and column.name in _columns_under(scope, column.table):
                found.add(id(column))
    for column in tree.find_all(exp.Column):
        # Without a table only where ORDER BY or HAVING names what its own SELECT returns.
        around = column.find_ancestor(exp.Query) if not column.table else None
        if id(column) not in found and (around is None or column.name not in around.named_selects):
            raise Refused(column, f"there is no column {column.sql(dialect='duckdb')}")


def _columns_under(scope: Scope, name: str) -> frozenset[str]:
    at: Scope | None = scope
    while at is not None and name not in _sources(at):
        at = at.parent
    source = _sources(at)[name] if at is not None else None
    if isinstance(source, exp.Table):
        return frozenset(published()[source.name].columns)
    return frozenset(cast(exp.Query, source.expression).named_selects) if source is not None else frozenset()


def _sources(scope: Scope) -> dict[str, exp.Table | Scope]:
    """Return what a SELECT reads, under the names it uses; tables of SEMI and ANTI joins among them."""
    joined = {name: scope.sources[name] for name in scope.semi_or_anti_join_tables}
    return {**joined, **{name: source for name, (_, source) in scope.selected_sources.items()}}


def hold_output(tree: exp.Query) -> None:
    """Hold what an annotated tree returns to the contract: subject, record, further records, facts.

    Raises:
        Refused: at the column.
    """
    names = tree.named_selects
    for name in ("subject", "record"):
        if name not in names:
            raise Refused(tree, f"the SELECT returns no column {name!r}")
    if len(set(names)) < len(names):
        raise Refused(tree, "the SELECT returns two columns of one name")
    for branch in _branches(tree):
        for shown in branch.selects:
            name, kind = shown.alias_or_name, type_of(shown.unalias())
            if (name in ("subject", "record") and kind != "whole") or kind == "other":
                raise Refused(shown, f"the column {name!r} is of a type that it may not have")
            if name.endswith("_record") and kind not in ("whole", "nothing"):
                raise Refused(shown, f"the column {name!r} is further evidence, so it must be the number of a record")


def _branches(tree: exp.Query) -> list[exp.Query]:
    if isinstance(tree, exp.Union):
        return [*_branches(tree.left), *_branches(tree.right)]
    return [tree]
