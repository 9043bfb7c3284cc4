"""Run by test_frozen: imports every module of the house and prints what was opened or reached for meanwhile.

What other libraries read when they are imported is theirs: they are imported before anybody looks.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import sys

from house_plan import COMPILED, modules

CODE = (".py", ".pyc", ".so", ".pyd")
REACHES = ("socket.", "subprocess.", "urllib.", "os.system", "os.exec", "os.posix_spawn")

for module in modules().values():
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and "narrows" not in ast.unparse(node):
            with contextlib.suppress(ImportError):  # an optional library
                exec(ast.unparse(node))
# house_plan knows the package by its front door; from here on the house is imported anew.
for name in [name for name in sys.modules if name.split(".")[0] == "narrows"]:
    del sys.modules[name]

seen: list[str] = []


def look(event: str, args: tuple[object, ...]) -> None:
    """Note a file opened that is no code, and anything that reaches out of the process."""
    if event == "open" and not str(args[0]).endswith(CODE):
        seen.append(f"opens {args[0]}")
    elif event.startswith(REACHES):
        seen.append(f"{event} {args}")


sys.addaudithook(look)
told: dict[str, list[str]] = {}
for name in modules():
    if name != "narrows.__main__" and name not in COMPILED:
        importlib.import_module(name)
        if seen:
            told[name], seen = seen, []
print(json.dumps(told))
