from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from house_plan import HOUSE, Module, imports, modules

from narrows.casefile.sql import names

BEGINS = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|CREATE|ALTER|DROP|WITH|FROM|COPY|ATTACH|DETACH|PRAGMA|SET|RESET|CALL"
    r"|INSTALL|LOAD|EXPORT|IMPORT|EXPLAIN|DESCRIBE|BEGIN|VALUES)\s"
)
HOLDS = re.compile(
    r"\bselect\b.+\bfrom\b|\binsert\s+into\b|\bdelete\s+from\b|\bupdate\b.+\bset\b|\b(?:group|order)\s+by\s+\S"
    r"|\b(?:create|drop|alter)\s+(?:or\s+replace\s+)?(?:temp\s+)?(?:table|view|schema)\b|(?-i:\bWHERE\b).+[=<>?]",
    re.IGNORECASE | re.DOTALL,
)
FILLS = {"format", "format_map", "join", "replace"}
ASKS = {"run", "rows", "row", "value", "arrow", "batches"}


def nodes() -> Iterator[tuple[Module, ast.AST]]:
    for module in modules().values():
        for node in ast.walk(module.tree):
            yield module, node


def is_sql(text: str) -> bool:
    return bool(BEGINS.match(text) or HOLDS.search(text))


def put_together(node: ast.AST) -> str | None:
    """The text that a node builds from pieces, with ? for what is filled in; None where it builds no text."""
    if isinstance(node, ast.JoinedStr) and len(node.values) > 1:
        return "".join(str(v.value) if isinstance(v, ast.Constant) else " ? " for v in node.values)
    adds = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod)
    fills = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FILLS
    return " ? ".join(texts_in(node)) if adds or fills else None


def texts_in(node: ast.AST) -> list[str]:
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


@pytest.mark.parametrize(
    "text",
    [
        'f"SELECT {x} FROM t"',
        '"DROP TABLE %s" % x',
        '"SET x = " + y',
        '"DELETE FROM {}".format(x)',
        'f"{a} WHERE {b} = 1"',
    ],
)
def test_the_gate_sees_sql_that_is_put_together(text):
    assert is_sql(put_together(ast.parse(text, mode="eval").body) or "")


def test_no_sql_is_put_together():
    wrong = [
        f"{module.place}:{getattr(node, 'lineno', 0)}: {text[:80]}"
        for module, node in nodes()
        if (text := put_together(node)) is not None and is_sql(text)
    ]
    assert not wrong


def test_only_the_engine_executes_and_nothing_else_knows_the_database():
    executes = {
        module.place
        for module, node in nodes()
        if isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany", "executescript")
    }
    assert executes == {"casefile/engine.py"}
    knows = {module.place for module in modules().values() for f in imports(module) if f.of.split(".")[0] == "duckdb"}
    assert knows and all(place.startswith("casefile/") for place in knows)


def test_fixed_sql_lies_in_files():
    wrong = [
        f"{module.place}:{node.lineno}"
        for module, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ASKS
        and any(isinstance(argument, ast.JoinedStr) or is_text(argument) for argument in node.args[:1])
        and module.place != "casefile/engine.py"  # the settings of a connection, before there is anything to ask
    ]
    assert not wrong


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def in_files() -> set[tuple[str, str]]:
    return {(path.stem, name) for path in (HOUSE / "schema").glob("*.sql") for name in names(path.stem)}


def calls_of(module: Module, function: str) -> Iterator[ast.Call]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
            yield node


def asked_for() -> set[tuple[str, str]]:
    """Every statement that the code names, through `named`, or as one of all `names` of a file."""
    found = set()
    for module in modules().values():
        whole = {ast.literal_eval(call.args[0]) for call in calls_of(module, "names")}
        found |= {(file, name) for file, name in in_files() if file in whole}
        for call in calls_of(module, "named"):
            file, name = ast.literal_eval(call.args[0]), call.args[1]
            if isinstance(name, ast.Constant):
                found.add((file, str(name.value)))
            else:  # one of several, each of which stands as a text in the same module
                found |= {(file, text) for text in texts_in(module.tree) if (file, text) in in_files()}
    return found


def test_every_statement_asked_for_is_there_and_every_one_there_is_asked_for():
    assert asked_for() == in_files()
