"""What the house consists of: its modules, what each imports, its texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import narrows

# Compiled modules: numba looks for compiled code on disk when they are imported, so that is done when they are needed.
COMPILED = {
    "narrows.vocab.names.kernel", "narrows.vocab.names.understand", "narrows.resolve.joining",
    "narrows.graph.passes", "narrows.graph.pushing",
}  # fmt: skip
HOUSE = Path(narrows.__file__).parent
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Module:
    """One module, parsed."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path within the package."""
        return self.path.relative_to(HOUSE).as_posix()


@dataclass(frozen=True, slots=True)
class Import:
    """One import of one module by another; `late` where it stands in a function."""

    of: str
    by: str
    line: int
    late: bool


@cache
def modules() -> dict[str, Module]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = Module(name, path, ast.parse(path.read_text(encoding="utf-8"), str(path)))
    return found


def imports(module: Module) -> Iterator[Import]:
    """Every import of a module, in functions and under TYPE_CHECKING too."""
    yield from _imports(module, module.tree, late=False)


def _imports(module: Module, node: ast.AST, *, late: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for name in _named_by(module, child):
            yield Import(name, module.name, getattr(child, "lineno", 0), late)
        inner = late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _imports(module, child, late=inner)


def _named_by(module: Module, node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = _absolute(module, node)
        return [f"{base}.{a.name}" if f"{base}.{a.name}" in modules() else base for a in node.names]
    if isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
        return _by_text(node.args[0])
    return []


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".") if module.path.name == "__init__.py" else module.name.split(".")[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _by_text(node: ast.expr) -> list[str]:
    """What an import by text brings in: the module named, or all whose names begin with the text."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) else node
    assert isinstance(first, ast.Constant) and isinstance(first.value, str), f"line {node.lineno} imports anything"
    return [first.value] if first is node else [name for name in modules() if name.startswith(first.value)]
