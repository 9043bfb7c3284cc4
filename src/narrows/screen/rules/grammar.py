"""The part of SQL that an indicator may be written in: node by node, argument by argument.

What is not listed is refused, so a new feature of the parser is refused until somebody thinks about it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from sqlglot import exp

_PAIR = frozenset({"this", "expression"})
_ONE = frozenset({"this"})

NODES: Mapping[type[exp.Expr], frozenset[str]] = MappingProxyType(
    {
        exp.Select: frozenset(
            "with_ expressions distinct from_ joins where group having qualify order limit".split()  # noqa: SIM905
        ),
        exp.Union: frozenset({"with_", "this", "expression", "distinct", "order", "limit"}),
        exp.With: frozenset({"expressions"}),
        exp.CTE: frozenset({"this", "alias"}),
        exp.Subquery: frozenset({"this", "alias"}),
        exp.Table: frozenset({"this", "db", "alias"}),
        exp.TableAlias: _ONE,
        exp.Identifier: frozenset({"this", "quoted"}),
        exp.From: _ONE,
        exp.Join: frozenset({"this", "on", "using", "side", "kind"}),
        exp.Where: _ONE,
        exp.Group: frozenset({"expressions"}),
        exp.Having: _ONE,
        exp.Qualify: _ONE,
        exp.Order: frozenset({"this", "expressions"}),
        exp.Ordered: frozenset({"this", "desc", "nulls_first"}),
        exp.Limit: frozenset({"expression"}),
        exp.Distinct: frozenset({"expressions"}),
        exp.Column: frozenset({"this", "table"}),
        exp.Alias: frozenset({"this", "alias"}),
        exp.Literal: frozenset({"this", "is_string"}),
        exp.Boolean: _ONE,
        exp.Null: frozenset(),
        exp.Star: frozenset(),
        exp.Placeholder: _ONE,
        exp.Paren: _ONE,
        exp.Not: _ONE,
        exp.Neg: _ONE,
        exp.And: _PAIR,
        exp.Or: _PAIR,
        exp.EQ: _PAIR,
        exp.NEQ: _PAIR,
        exp.GT: _PAIR,
        exp.GTE: _PAIR,
        exp.LT: _PAIR,
        exp.LTE: _PAIR,
        exp.NullSafeEQ: _PAIR,
        exp.NullSafeNEQ: _PAIR,
        exp.Is: _PAIR,
        exp.Like: frozenset({"this", "expression", "negate"}),
        exp.Between: frozenset({"this", "low", "high"}),
        exp.In: frozenset({"this", "expressions", "query"}),
        exp.Exists: _ONE,
        exp.Case: frozenset({"this", "ifs", "default"}),
        exp.If: frozenset({"this", "true", "false"}),
        exp.Cast: frozenset({"this", "to"}),
        exp.DataType: frozenset({"this", "expressions"}),
        exp.DataTypeParam: _ONE,
        exp.Add: _PAIR,
        exp.Sub: _PAIR,
        exp.Mul: _PAIR,
        exp.Div: _PAIR,
        exp.DPipe: frozenset({"this", "expression", "safe"}),
        exp.Interval: frozenset({"this", "unit"}),
        exp.Var: _ONE,
        exp.Window: frozenset({"this", "partition_by", "order", "spec", "over"}),
        exp.WindowSpec: frozenset({"kind", "start", "start_side", "end", "end_side"}),
        exp.Filter: _PAIR,
    }
)


class Refused(Exception):
    """A node is not allowed; never leaves this package: the guard makes a `BrokenIndicator` of it."""

    def __init__(self, node: exp.Expr, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.node = node
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Function:
    """One function that an indicator may call.

    Attributes:
        name: as written in DuckDB.
        node: the sqlglot class that it is read as.
        args: the arguments that may be given.
        note: what to know.
        example: a call over columns of view.item.
    """

    name: str
    node: type[exp.Expr]
    args: frozenset[str]
    note: str
    example: str


@cache
def functions() -> Mapping[str, Function]:
    """Return the functions that an indicator may call, by name."""
    text = (files("narrows") / "screen" / "rules" / "functions.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: Function(
                name=name,
                node=getattr(exp, table["node"]),
                args=frozenset(table["args"]),
                note=table["note"],
                example=table["example"],
            )
            for name, table in tomllib.loads(text).items()
        }
    )


@cache
def _allowed() -> Mapping[type[exp.Expr], frozenset[str]]:
    return {**NODES, **{function.node: function.args for function in functions().values()}}


def hold(tree: exp.Expr) -> None:
    """Hold every node of a tree, and every argument of it, to the list.

    Raises:
        Refused: a node or an argument is not listed.
    """
    allowed = _allowed()
    for node in tree.walk():
        # The exact class: a subclass of an allowed node is another construct.
        args = allowed.get(type(node))
        if args is None:
            raise Refused(node, f"{_named(node)} is not allowed", hint=_instead(node))
        if isinstance(node, exp.Var) and not isinstance(node.parent, exp.Interval | exp.DateDiff):
            raise Refused(node, f"{node.name} is not allowed here")
        for key, value in node.args.items():
            if key not in args and value is not None and value is not False and value != []:
                raise Refused(node, f"{_named(node)} may not have {key.rstrip('_').replace('_', ' ')}")


def _named(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return f"the function {node.name}()"
    if isinstance(node, exp.Func):
        return f"the function {node.sql_name().lower()}()"
    return node.key.upper()


def _instead(node: exp.Expr) -> str:
    if isinstance(node, exp.Func):
        return f"It may call {', '.join(sorted(functions()))}; screen/rules/functions.toml has the reasons."
    return "An indicator is one SELECT over published views; see screen/rules/grammar.py for what it may be made of."
