"""Turns the SQL of an indicator into the tree that is run: parsed, checked, bound, qualified.

The submitted text is never executed. What comes out reads published views only, calls listed functions only,
has its parameters as literals, and means the same on DuckDB and on Spark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import cast

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import ErrorLevel, SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope
from sqlglot.schema import MappingSchema

from narrows.casefile.published import SCHEMA, published
from narrows.screen.rules.contract import Indicator, Param, param_value
from narrows.screen.rules.grammar import Refused, hold
from narrows.screen.rules.header import BrokenIndicator
from narrows.screen.rules.portable import hold_portable, type_of
from narrows.screen.rules.shape import hold_columns, hold_names, hold_output, hold_shape

Overrides = Mapping[str, object]

_SELECTS = frozenset({TokenType.SELECT, TokenType.WITH})
_MOST_CHARACTERS, _MOST_TOKENS, _MOST_DEPTH = 20_000, 3_000, 40


def validated(indicator: Indicator, overrides: Overrides | None = None) -> exp.Query:
    """Return the tree of an indicator's SELECT, safe to run; see the module for what that means.

    Args:
        indicator: as read from its file.
        overrides: parameter -> value, the user's own for this indicator, in place of those that ship.

    Raises:
        BrokenIndicator: with path and line; nothing was executed.
    """
    condition = concern(indicator, overrides)
    tree = _parsed(indicator, indicator.sql, line=indicator.sql_line, begins=_SELECTS)
    used = _placeholders(tree)
    if indicator.applies is not None:
        used |= _placeholders(_parsed(indicator, indicator.applies, line=indicator.lines.get("applies", 1)))
    idle = sorted(indicator.params.keys() - used)
    if idle:
        raise indicator.broken(f"the parameter {idle[0]} is not used", key=f"params.{idle[0]}")
    if condition is not None and type_of(condition) != "yes-no":
        raise indicator.broken("applies is not a condition (true or false)", key="applies")
    return _checked(indicator, tree, overrides, line=indicator.sql_line)


def concern(indicator: Indicator, overrides: Overrides | None = None) -> exp.Expr | None:
    """Return the checked condition `applies`, its columns under the name of `over`; None where there is none.

    Raises:
        BrokenIndicator: with path and line.
    """
    if indicator.applies is None:
        return None
    line = indicator.lines.get("applies", 1)
    condition = _parsed(indicator, indicator.applies, line=line)
    for node in condition.find_all(exp.Query, exp.AggFunc, exp.Window, exp.Alias):
        raise indicator.broken(f"applies may not have {node.key.upper()}: it is about one row", line=line)
    if any(column.table for column in condition.find_all(exp.Column)):
        raise indicator.broken(f"applies names columns of {indicator.over} without a prefix", line=line)
    table = exp.table_(indicator.over, db=SCHEMA)
    probe = exp.select(exp.alias_(exp.Literal.number(1), "subject"), exp.column("record"))
    checked = _checked(indicator, probe.from_(table).where(condition, copy=False), overrides, line=line)
    where: exp.Where = checked.args["where"]
    return cast(exp.Expr, where.this)


def reads(*trees: exp.Expr) -> dict[str, tuple[str, ...]]:
    """Return what trees of `validated`, or built on them, read: published view -> its columns, sorted."""
    found: dict[str, set[str]] = {}
    for tree in trees:
        for scope in traverse_scope(tree):
            tables = {name: source for name, source in scope.sources.items() if isinstance(source, exp.Table)}
            for name, table in tables.items():
                columns = found.setdefault(table.name, set())
                columns.update(column.name for column in scope.columns if column.table == name)
    return {view: tuple(sorted(columns)) for view, columns in sorted(found.items())}


def _parsed(indicator: Indicator, sql: str, *, line: int, begins: frozenset[TokenType] = frozenset()) -> exp.Expr:
    """Parse exactly one statement, or one condition, and hold it to the grammar."""
    for number, text in enumerate(sql.split("\n"), start=line):
        # Invisible and reordering characters would show an auditor another text than the one that is parsed.
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn") for sign in text if sign != "\t"):
            raise indicator.broken("the SQL holds an invisible character", line=number)
    try:
        tokens = sqlglot.tokenize(sql, dialect="duckdb")
        if len(sql) > _MOST_CHARACTERS or len(tokens) > _MOST_TOKENS or _depth(tokens) > _MOST_DEPTH:
            raise indicator.broken(
                "the SQL is too long or too deeply nested",
                line=line,
                hint=f"At most {_MOST_TOKENS} words and signs and {_MOST_DEPTH} brackets inside each other.",
            )
        if begins and tokens and tokens[0].token_type not in begins:
            raise indicator.broken("the statement is not a SELECT", line=line)
        statements = [tree for tree in sqlglot.parse(sql, dialect="duckdb") if tree is not None]
        statements = [tree for tree in statements if not isinstance(tree, exp.Semicolon)]
        if len(statements) != 1:
            raise indicator.broken(f"there must be one statement, not {len(statements)}", line=line)
        tree = statements[0]
        hold(tree)
        hold_names(tree)
    except SqlglotError as error:
        raise _syntax(indicator, error, line) from error
    except Refused as error:
        raise _refused(indicator, error, line) from error
    except RecursionError as error:
        raise indicator.broken("the SQL is too deeply nested", line=line) from error
    for node in tree.walk():
        node.pop_comments()
    return tree


def _depth(tokens: list[sqlglot.Token]) -> int:
    deepest = depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        deepest = max(deepest, depth)
    return deepest


def _checked(indicator: Indicator, tree: exp.Expr, overrides: Overrides | None, *, line: int) -> exp.Query:
    """Bind, qualify, type and check a tree that holds to the grammar."""
    try:
        if not isinstance(tree, exp.Select | exp.Union):
            raise Refused(tree, "the statement is not a SELECT")
        hold_shape(tree)
        bound = _without_intervals(_bound(tree, _values(indicator, overrides)))
        whole = qualify(bound, dialect="duckdb", schema=_schema(), expand_stars=False, validate_qualify_columns=True)
        annotated = cast(exp.Query, annotate_types(whole, schema=_schema(), dialect="duckdb"))
        hold_columns(annotated)
        hold_portable(annotated)
        hold_output(annotated)
        annotated.sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise _syntax(indicator, error, line, tree) from error
    except Refused as error:
        raise _refused(indicator, error, line) from error
    except RecursionError as error:
        raise indicator.broken("the SQL is too deeply nested", line=line) from error
    return annotated


def _placeholders(tree: exp.Expr) -> set[str]:
    return {node.name for node in tree.find_all(exp.Placeholder)}


def _values(indicator: Indicator, overrides: Overrides | None) -> Mapping[str, Param]:
    """Return the parameters, the user's own in place of those that ship."""
    values = dict(indicator.params)
    for name, given in (overrides or {}).items():
        hint = f"It has {', '.join(sorted(values)) or 'none'}; check the parameters in the settings of the case."
        if name not in values:
            raise indicator.broken(f"{indicator.id} has no parameter {name!r}", hint=hint)
        value, ships = param_value(given), values[name]
        number = isinstance(value, int | float) and isinstance(ships, float) and not isinstance(value, bool)
        if value is None or not (number or type(value) is type(ships)):
            wanted = "a list of texts" if isinstance(ships, tuple) else f"like {ships!r}"
            raise indicator.broken(f"{indicator.id}: parameter {name} must be {wanted}, not {given!r}", hint=hint)
        values[name] = value
    return values


def _bound(tree: exp.Expr, values: Mapping[str, Param]) -> exp.Expr:
    """Put literals in the place of parameters; a list of texts only as `x IN (:list)`."""
    for node in list(tree.find_all(exp.Placeholder)):
        if node.name not in values:
            raise Refused(node, f"there is no parameter :{node.name}", hint="Declare it in params.")
        value = values[node.name]
        if not isinstance(value, tuple):
            node.replace(_literal(value))
        elif isinstance(node.parent, exp.In) and node.arg_key == "expressions":
            others = [other for other in node.parent.expressions if other is not node]
            node.parent.set("expressions", [*others, *(exp.Literal.string(item) for item in value)])
        else:
            raise Refused(node, f":{node.name} is a list; it is written x IN (:{node.name})")
    return tree


def _literal(value: int | float | bool | str) -> exp.Expr:
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, str):
        return exp.Literal.string(value)
    literal = exp.Literal.number(repr(abs(value)))
    return exp.Paren(this=exp.Neg(this=literal)) if value < 0 else literal


def _without_intervals(tree: exp.Expr) -> exp.Expr:
    """Write d + INTERVAL n DAY as d + n: the first is a time stamp on DuckDB and a date on Spark."""
    for node in list(tree.find_all(exp.Interval)):
        days = node.this.unnest() if node.this is not None else None
        unit = node.args.get("unit")
        if not isinstance(days, exp.Literal) or not days.name.isdecimal() or unit is None or unit.name != "DAY":
            raise Refused(node, "an INTERVAL is a written number of days", hint="INTERVAL 30 DAY, or d + :days.")
        if not isinstance(node.parent, exp.Add | exp.Sub | exp.DateAdd) or node.arg_key != "expression":
            raise Refused(node, "an INTERVAL is added to a date, or subtracted from it")
        node.replace(exp.Literal.number(days.name))
    for call in list(tree.find_all(exp.DateAdd)):
        call.replace(exp.Paren(this=exp.Add(this=call.this, expression=call.expression)))
    return tree


@cache
def _schema() -> MappingSchema:
    views = {
        name: {column: definition.type for column, definition in view.columns.items()}
        for name, view in published().items()
    }
    return MappingSchema({SCHEMA: views}, dialect="duckdb")


def _syntax(indicator: Indicator, error: SqlglotError, line: int, tree: exp.Expr | None = None) -> BrokenIndicator:
    details = getattr(error, "errors", None)
    message = str(details[0]["description"]) if details else str(error).splitlines()[0]
    found = re.search(r"[Ll]ine:? (\d+)", str(error))
    at = line + int(found[1]) - 1 if found is not None else line
    # "Unknown column: x" comes without a line; the name leads to it.
    named = re.search(r"[Cc]olumn:? '?\"?(\w+)", message)
    if found is None and named is not None and tree is not None:
        spots = (node.meta.get("line", 1) for node in tree.find_all(exp.Identifier) if node.name == named[1])
        at = line + next(spots, 1) - 1
    message = re.sub(r"\.? ?[Ll]ine:? \d+, [Cc]ol(umn)?:? \d+.*", "", message)
    return indicator.broken(f"the SQL cannot be read: {message}", line=at)


def _refused(indicator: Indicator, error: Refused, line: int) -> BrokenIndicator:
    at: exp.Expr | None = error.node
    while at is not None:
        for node in at.walk():
            if "line" in node.meta:
                return indicator.broken(error.message, line=line + int(node.meta["line"]) - 1, hint=error.hint)
        at = at.parent
    return indicator.broken(error.message, line=line, hint=error.hint)
