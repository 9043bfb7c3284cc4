"""Where DuckDB and Spark would answer differently, by the types of what is combined: such SQL is refused.

Reads a tree that is bound, qualified and annotated with types. Each rule names a difference that was seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

from sqlglot import exp

from narrows.screen.rules.grammar import Refused

Type = Literal["whole", "decimal", "double", "text", "date", "yes-no", "nothing", "unknown", "other"]

_NUMBERS = frozenset({"whole", "decimal", "double"})
_CASTS: Mapping[Type, frozenset[str]] = MappingProxyType(
    {
        "whole": frozenset({"BIGINT", "DOUBLE", "DECIMAL", "TEXT"}),
        "decimal": frozenset({"DECIMAL", "DOUBLE", "TEXT"}),
        "double": frozenset({"DOUBLE"}),
        "yes-no": frozenset({"BIGINT"}),
        "date": frozenset({"DATE", "TEXT"}),
        "text": frozenset({"TEXT"}),
        "nothing": frozenset({"BIGINT", "DOUBLE", "DECIMAL", "TEXT", "DATE", "BOOLEAN"}),
    }
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def type_of(node: Any) -> Type:
    """Return what kind of value a node of an annotated tree gives."""
    if isinstance(node, exp.Paren | exp.Neg):
        return type_of(node.this)
    if isinstance(node, exp.Literal) and not node.is_string:
        # 2.5 is a DECIMAL on both engines, whatever the annotation says.
        text = node.name.lower()
        return "double" if "e" in text else "decimal" if "." in text else "whole"
    if isinstance(node, exp.Left):
        return "text"  # sqlglot leaves it unknown
    kind = node.type
    if isinstance(node, exp.Null) or kind is None:
        return "nothing" if isinstance(node, exp.Null) else "unknown"
    if kind.this in exp.DataType.INTEGER_TYPES:
        return "whole"
    if kind.this in exp.DataType.TEXT_TYPES:
        return "text"
    names: dict[Any, Type] = {
        exp.DataType.Type.DECIMAL: "decimal",
        exp.DataType.Type.DOUBLE: "double",
        exp.DataType.Type.FLOAT: "double",
        exp.DataType.Type.DATE: "date",
        exp.DataType.Type.BOOLEAN: "yes-no",
        exp.DataType.Type.NULL: "nothing",
        exp.DataType.Type.UNKNOWN: "unknown",
    }
    return names.get(kind.this, "other")


def hold_portable(tree: exp.Expr) -> None:
    """Refuse what the two engines would answer differently.

    Raises:
        Refused: with the node, and what to write instead.
    """
    for node in tree.walk():
        rule = _RULES.get(type(node))
        if rule is not None:
            rule(node)


def _alike(node: exp.Expr, values: Iterator[Any]) -> None:
    seen = {("number" if kind in _NUMBERS else kind) for kind in map(type_of, values)} - {
        "nothing",
        "unknown",
    }
    if len(seen) > 1:
        raise Refused(
            node,
            f"{' and '.join(sorted(seen))} are set against each other",
            hint="Compare like with like; a date in a text is written CAST('2025-01-31' AS DATE).",
        )


def _compared(node: exp.Expr) -> None:
    _alike(node, iter((node.this, node.expression)))


def _between(node: exp.Expr) -> None:
    _alike(node, iter((node.this, node.args["low"], node.args["high"])))


def _in(node: exp.Expr) -> None:
    query = node.args.get("query")
    others = node.expressions if query is None else query.unnest().selects[:1]
    _alike(node, iter((node.this, *others)))


def _branches(node: exp.Expr) -> None:
    _alike(node, iter((node.this, *node.expressions)))


def _case(node: exp.Expr) -> None:
    default = node.args.get("default")
    results = [branch.args["true"] for branch in node.args["ifs"]]
    _alike(node, iter([*results, default] if default is not None else results))
    if node.this is not None:
        _alike(node, iter([node.this, *(branch.this for branch in node.args["ifs"])]))


def _if(node: exp.Expr) -> None:
    results = (node.args["true"], node.args.get("false"))
    _alike(node, (result for result in results if result is not None))


def _sum(node: exp.Expr) -> None:
    if type_of(node.this) not in ("whole", "decimal"):
        raise Refused(
            node,
            "sum() takes whole numbers and DECIMAL only",
            hint="A sum of DOUBLE depends on the order of the rows; add up the amount, or count.",
        )


def _plus(node: exp.Expr) -> None:
    left, right = type_of(node.this), type_of(node.expression)
    if left == "date" and right == "whole" and node.expression.find(exp.Column, exp.Query) is None:
        return
    if {left, right} - _NUMBERS - {"nothing", "unknown"}:
        raise Refused(
            node,
            f"{left} and {right} cannot be added or subtracted",
            hint="Of dates: d + 30, d - :days (whole days), and date_diff('day', earlier, later).",
        )


def _times(node: exp.Expr) -> None:
    sides = (node.this, node.expression)
    kinds = {type_of(side) for side in sides}
    money = any(type_of(side) == "decimal" and not _written(side) for side in sides)
    if money and "double" not in kinds:
        raise Refused(
            node,
            "a DECIMAL is multiplied as a DECIMAL, which overflows at different sizes",
            hint="Write CAST(... AS DOUBLE) around it.",
        )


def _divided(node: exp.Expr) -> None:
    below = node.expression.unnest()
    kinds = {type_of(node.this), type_of(below)}
    if "decimal" in kinds and "double" not in kinds:
        raise Refused(
            node,
            "a DECIMAL is divided as a DECIMAL, which rounds differently",
            hint="Write CAST(... AS DOUBLE) around it.",
        )
    never_zero = _written(below) and float(below.name) != 0
    if not never_zero and not (isinstance(below, exp.Nullif) and below.expression.name == "0"):
        raise Refused(
            node,
            "the divisor may be nought, which is an error on one engine and infinity on the other",
            hint="Write x / nullif(y, 0).",
        )


def _joined(node: exp.Expr) -> None:
    if {type_of(node.this), type_of(node.expression)} - {"text", "nothing", "unknown"}:
        raise Refused(node, "|| joins texts only", hint="Write CAST(... AS VARCHAR) around a whole number or a date.")


def _like(node: exp.Expr) -> None:
    pattern = node.expression
    if not isinstance(pattern, exp.Literal) or not pattern.is_string or "\\" in pattern.name:
        raise Refused(node, "the pattern of LIKE must be a written text without a backslash")
    _compared(node)


def _round(node: exp.Expr) -> None:
    digits = node.args.get("decimals")
    if digits is not None and (type_of(node.this) != "decimal" or not _written(digits)):
        raise Refused(
            node,
            "only a DECIMAL is rounded to digits",
            hint="The template rounds too: {share:.2f}. round(x) to whole numbers works for DOUBLE.",
        )


def _substr(node: exp.Expr) -> None:
    start: Any = node.args.get("start")
    length = node.args.get("length")
    if not _written(start) or float(start.name) < 1 or not (length is None or _written(length)):
        raise Refused(node, "substr() takes a written position of at least 1 and a written length")


def _left(node: exp.Expr) -> None:
    if not _written(node.expression):
        raise Refused(node, "left() takes a written number of characters")


def _cast(node: exp.Expr) -> None:
    target = node.args["to"].this.value
    if isinstance(node.this, exp.Literal) and node.this.is_string and target == "DATE":
        if not _DATE.fullmatch(node.this.name):
            raise Refused(node, f"{node.this.name!r} is not a date written as 2025-01-31")
        return
    kind = type_of(node.this)
    target = "TEXT" if target == "VARCHAR" else target
    if kind != "unknown" and target not in _CASTS.get(kind, frozenset()):
        raise Refused(
            node,
            f"{kind} is cast to {target}, which the engines do differently",
            hint="Whole numbers become BIGINT, DOUBLE, DECIMAL, VARCHAR; DECIMAL becomes DOUBLE or VARCHAR.",
        )


def _days(node: exp.Expr) -> None:
    if node.args["unit"].name.upper() != "DAY":
        raise Refused(node, "date_diff() counts days only", hint="Months and weeks differ between the engines.")
    if {type_of(node.this), type_of(node.expression)} - {"date", "nothing", "unknown"}:
        raise Refused(node, "date_diff() takes dates")


def _window(node: exp.Expr) -> None:
    spec = node.args.get("spec")
    if isinstance(node.this, exp.Filter):
        raise Refused(node, "FILTER and OVER do not go together on Spark", hint="Write sum(CASE WHEN ...) OVER.")
    if spec is not None and str(spec.args.get("kind")).upper() != "ROWS":
        raise Refused(node, "only windows of ROWS are allowed")
    if isinstance(node.this, exp.GroupConcat):
        raise Refused(node, "string_agg() goes with GROUP BY, not with OVER")


def _written(node: Any) -> bool:
    return isinstance(node, exp.Literal) and not node.is_string


_RULES: Mapping[type[exp.Expr], Callable[[exp.Expr], None]] = MappingProxyType(
    {
        **dict.fromkeys((exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE), _compared),
        **dict.fromkeys((exp.NullSafeEQ, exp.NullSafeNEQ, exp.Nullif), _compared),
        **dict.fromkeys((exp.StartsWith, exp.Contains), _compared),
        **dict.fromkeys((exp.Coalesce, exp.Greatest, exp.Least), _branches),
        **dict.fromkeys((exp.Add, exp.Sub), _plus),
        exp.Between: _between,
        exp.In: _in,
        exp.Case: _case,
        exp.If: _if,
        exp.Sum: _sum,
        exp.Mul: _times,
        exp.Div: _divided,
        exp.DPipe: _joined,
        exp.Like: _like,
        exp.Round: _round,
        exp.Substring: _substr,
        exp.Left: _left,
        exp.Cast: _cast,
        exp.DateDiff: _days,
        exp.Window: _window,
    }
)
