"""Three outcomes: which rows an indicator can judge, which it cannot, and what those lack.

One row of the view `over` is one thing judged. It is *not concerned* where `applies` is false; *not evaluable* where
`applies` is NULL, a column of `needs` is NULL, or the case holds no record of any kind in `needs_records`. Hits
are kept only on rows that are concerned and evaluable, whatever the SQL says: missing data is never a hit.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp
from sqlglot.optimizer.scope import walk_in_scope

from narrows.casefile.published import SCHEMA
from narrows.screen.rules.contract import Indicator
from narrows.screen.rules.guard import Overrides, concern, validated

_HIT, _HELD = "hit", "held"
LACKS = "lacks_"


def evaluable_condition(
    indicator: Indicator, overrides: Overrides | None = None, *, alias: str | None = None
) -> exp.Expr:
    """Return the condition that a row of `over` is concerned and evaluable.

    Args:
        indicator: whose `applies`, `needs` and `needs_records` make the condition.
        overrides: the user's own parameters.
        alias: under which name the row stands in the query; the name of the view by default.

    Raises:
        BrokenIndicator: `applies` does not pass the guard.
    """
    held = exp.Exists(this=_records_held(indicator).select(exp.Literal.number(1), copy=False))
    return _evaluable(indicator, overrides, alias=alias or indicator.over, held=held)


def coverage_query(indicator: Indicator, overrides: Overrides | None = None) -> exp.Select:
    """Return one SELECT that gives one row of counts.

    Columns: `records` (rows of `over`), `not_concerned`, `not_evaluable`; then, after the prefix "lacks_", each
    thing that rows may lack, in words ("lacks_buyer", "lacks_end-use records"): how many are concerned, or may be,
    and lack it. A row may lack several, so these do not add up.
    """
    over = indicator.over
    applies = concern(indicator, overrides)
    held = exp.column(_HELD, table=_HELD, quoted=True)
    evaluable = _count(_evaluable(indicator, overrides, alias=over, held=held))
    aside = exp.Literal.number(0) if applies is None else _count(exp.not_(exp.paren(applies, copy=True)))
    counts = [
        exp.alias_(exp.Count(this=exp.Star()), "records"),
        exp.alias_(aside, "not_concerned"),
        exp.alias_(exp.Count(this=exp.Star()) - aside.copy() - evaluable, "not_evaluable"),
        *(
            exp.alias_(_count(_lacks(indicator, applies, column)), f"{LACKS}{column}", quoted=True)
            for column in _asked(indicator, applies)
        ),
    ]
    if indicator.needs_records:
        name = f"{LACKS}{' or '.join(indicator.needs_records)} records"
        none = exp.and_(*_concerned(applies), exp.not_(held.copy()))
        counts.append(exp.alias_(_count(none), name, quoted=True))
    query = exp.select(*counts).from_(_table(over, over))
    if indicator.needs_records:
        some = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(0))
        probe = _records_held(indicator).select(exp.alias_(some, _HELD), copy=False)
        query = query.join(probe.subquery(_HELD), join_type="cross")
    return query


def outcome_query(indicator: Indicator, overrides: Overrides | None = None) -> exp.Select:
    """Return a SELECT of `record` and `outcome`, which is not concerned, not evaluable or evaluable.

    One row for each row of `over`.
    """
    over = indicator.over
    applies = concern(indicator, overrides)
    branch = exp.Case()
    if applies is not None:
        branch = branch.when(exp.not_(exp.paren(applies, copy=True)), exp.Literal.string("not concerned"))
    branch = branch.when(evaluable_condition(indicator, overrides), exp.Literal.string("evaluable"))
    branch = branch.else_(exp.Literal.string("not evaluable"))
    return exp.select(_column(over, "record"), exp.alias_(branch, "outcome")).from_(_table(over, over))


def guarded_hits(indicator: Indicator, overrides: Overrides | None = None) -> exp.Select:
    """Return the query that is run: the validated SELECT, its rows held to what may be a hit. In no order.

    Kept are rows with a subject, on a record of `over` that is concerned and evaluable; an organisation that is
    on record as a natural person is no subject. Where each row of the SELECT comes from one row of `over`, the
    condition goes into its WHERE and costs no join; else the hits are joined to the records that meet it.

    Raises:
        BrokenIndicator: the indicator does not pass the guard.
    """
    tree = validated(indicator, overrides)
    names = tree.named_selects
    kept = [_present("subject"), _present("record")]
    aliases = [_judged(branch, indicator.over) for branch in _selects(tree)]
    if all(alias is not None for alias in aliases):
        for branch, alias in zip(_selects(tree), aliases, strict=True):
            branch.where(evaluable_condition(indicator, overrides, alias=alias), copy=False)
    else:
        same = exp.EQ(this=_column(indicator.over, "record"), expression=_column(_HIT, "record"))
        kept.append(_exists(indicator.over, same, evaluable_condition(indicator, overrides)))
    if indicator.subject == "organisation":
        same = exp.EQ(this=_column("entity", "entity"), expression=_column(_HIT, "subject"))
        person = exp.EQ(this=_column("entity", "kind"), expression=exp.Literal.string("person"))
        kept.append(exp.not_(_exists("entity", same, person)))
    shown = [exp.alias_(_column(_HIT, name), name, quoted=True) for name in names]
    return exp.select(*shown).from_(tree.subquery(_HIT, copy=False)).where(*kept)


def _evaluable(indicator: Indicator, overrides: Overrides | None, *, alias: str, held: exp.Expr) -> exp.Expr:
    applies = concern(indicator, overrides)
    conditions: list[exp.Expr] = [] if applies is None else [exp.paren(_under(applies, alias))]
    conditions += [_is_null(_column(alias, name), negated=True) for name in indicator.needs]
    if indicator.needs_records:
        conditions.append(held)
    return exp.and_(*conditions) if conditions else exp.true()


def _asked(indicator: Indicator, applies: exp.Expr | None) -> list[str]:
    columns = [] if applies is None else sorted({column.name for column in applies.find_all(exp.Column)})
    return list(dict.fromkeys((*indicator.needs, *columns)))


def _lacks(indicator: Indicator, applies: exp.Expr | None, column: str) -> exp.Expr:
    absent = _is_null(_column(indicator.over, column))
    if column in indicator.needs or applies is None:
        return exp.and_(*_concerned(applies), absent)
    # A column that only `applies` asks for is lacking where it leaves the question open.
    return exp.and_(_is_null(exp.paren(applies, copy=True)), absent)


def _concerned(applies: exp.Expr | None) -> list[exp.Expr]:
    if applies is None:
        return []
    return [exp.not_(exp.Is(this=exp.paren(applies, copy=True), expression=exp.false()))]


def _judged(select: exp.Query, over: str) -> str | None:
    """Return the alias of the row of `over` that each row of a SELECT comes from; None where there is not one."""
    if not isinstance(select, exp.Select) or select.args.get("limit") is not None:
        return None
    shown = next(column for column in select.selects if column.alias_or_name == "record").unalias()
    if not isinstance(shown, exp.Column) or _sources(select).get(shown.table) != over:
        return None
    group = select.args.get("group")
    if group is not None:
        return shown.table if shown in group.expressions else None
    gathers = any(isinstance(node, exp.AggFunc | exp.Window) for node in walk_in_scope(select))
    return None if gathers else shown.table


def _sources(select: exp.Select) -> dict[str, str]:
    joins = (join.this for join in select.args.get("joins") or ())
    tables = [select.args["from_"].this, *joins] if select.args.get("from_") is not None else []
    return {table.alias_or_name: table.name for table in tables if isinstance(table, exp.Table) and table.db}


def _selects(tree: exp.Expr) -> Iterable[exp.Query]:
    if isinstance(tree, exp.Union):
        # A LIMIT on a UNION counts rows of all its branches.
        if tree.args.get("limit") is not None:
            return [tree]
        return [*_selects(tree.left), *_selects(tree.right)]
    return [tree] if isinstance(tree, exp.Query) else []


def _records_held(indicator: Indicator) -> exp.Select:
    kinds = [exp.Literal.string(kind) for kind in indicator.needs_records]
    return (
        exp.Select()
        .from_(_table("loaded", "loaded"))
        .where(
            exp.In(this=_column("loaded", "kind"), expressions=kinds),
            exp.GT(this=_column("loaded", "records"), expression=exp.Literal.number(0)),
        )
    )


def _exists(view: str, *conditions: exp.Expr) -> exp.Exists:
    return exp.Exists(this=exp.select(exp.Literal.number(1)).from_(_table(view, view)).where(*conditions))


def _present(name: str) -> exp.Expr:
    return _is_null(_column(_HIT, name), negated=True)


def _is_null(value: exp.Expr, *, negated: bool = False) -> exp.Expr:
    null = exp.Is(this=value, expression=exp.Null())
    return exp.not_(null) if negated else null


def _count(condition: exp.Expr) -> exp.Filter:
    return exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=condition))


def _under(condition: exp.Expr, alias: str) -> exp.Expr:
    renamed = condition.copy()
    for column in renamed.find_all(exp.Column):
        column.set("table", exp.to_identifier(alias, quoted=True))
    return renamed


def _column(table: str, name: str) -> exp.Column:
    return exp.column(name, table=table, quoted=True)


def _table(view: str, alias: str) -> exp.Table:
    return exp.table_(view, db=SCHEMA, quoted=True, alias=alias)
