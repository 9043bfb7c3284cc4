from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

import pytest
from house_plan import COMPILED, Import, Module, imports, modules

FLOORS = {
    "errors": 1, "settings": 1, "model": 1,
    "casefile": 2, "vocab": 2,
    "load": 3, "resolve": 3, "screen": 3, "map": 3, "report": 3,
    "flow": 4, "installation": 4, "pairing": 4,
    "api": 5,
    "cli": 6,
    "__main__": 7,
}  # fmt: skip
FACES = {"api", "cli"}
NETWORK = {"aiohttp", "asyncio", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib", "urllib3"}


def room(name: str) -> str:
    """The part of the house that a module belongs to: "load" for narrows.load.readers.files, "" for the front door."""
    return name.partition(".")[2].partition(".")[0]


def own_imports() -> list[Import]:
    """The imports of the house among itself, without those of the front door, which is lazy."""
    return [
        found
        for module in modules().values()
        if module.name != "narrows"
        for found in imports(module)
        if found.of.split(".")[0] == "narrows"
    ]


def test_every_module_has_a_floor():
    assert {room(name) for name in modules()} - {""} <= set(FLOORS)


def test_no_arrow_goes_up_and_rooms_of_a_floor_do_not_know_each_other():
    wrong = [
        f"{found.by}:{found.line} imports {found.of}"
        for found in own_imports()
        if found.of != "narrows"
        and room(found.by) != room(found.of)
        and FLOORS[room(found.by)] <= FLOORS[room(found.of)] != 1
    ]
    assert not wrong


def test_what_lies_on_the_ground_knows_nothing_above_it():
    assert {room(f.of) for f in own_imports() if FLOORS[room(f.by)] == 1} <= {"errors", "model"}


def test_no_circle():
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for found in own_imports():
        if found.of != "narrows":
            graph[found.by].add(found.of)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' <- '.join(error.args[1])}")


def test_the_command_line_calls_the_api_and_nothing_else():
    known = {room(found.of) for found in own_imports() if room(found.by) == "cli" and found.of != "narrows"}
    assert known <= {"api", "cli", "errors", "model"}


def test_modules_are_imported_where_everybody_sees_it():
    late = [
        f"{found.by}:{found.line}"
        for found in own_imports()
        if found.late and found.by != "narrows.cli" and found.of not in COMPILED
    ]
    assert not late


def test_the_front_door_is_lazy():
    door = modules()["narrows"]
    at_once = {found.of for found in imports(door) if not found.late and not _for_types_only(door, found)}
    assert {name for name in at_once if name.startswith("narrows")} == {"narrows.errors"}


def test_only_the_version_is_taken_from_the_front_door():
    takers = [
        (room(module.name), alias.name)
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "narrows"
        for alias in node.names
        if f"narrows.{alias.name}" not in modules()
    ]
    assert takers and set(takers) <= {(face, "__version__") for face in FACES}


def test_nothing_reaches_for_the_network():
    reached = {
        f"{found.by}:{found.line} imports {found.of}"
        for module in modules().values()
        for found in imports(module)
        if found.of.split(".")[0] in NETWORK
    }
    assert not reached


def _for_types_only(module: Module, found: Import) -> bool:
    return any(
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
        and node.lineno <= found.line <= (node.end_lineno or 0)
        for node in module.tree.body
    )
