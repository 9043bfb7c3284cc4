from __future__ import annotations

import dataclasses
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from house_plan import modules

HERE = Path(__file__).parent
HEAVY = {"duckdb", "pyarrow", "numpy", "scipy", "sqlglot"}


def words() -> list[type]:
    """The data types of narrows.model."""
    return [
        kind
        for name in modules()
        if name.startswith("narrows.model.")
        for kind in vars(importlib.import_module(name)).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == name
    ]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def test_the_words_of_the_house_are_frozen_and_slotted():
    assert {kind.__name__ for kind in words()} >= {"Evidence", "Loaded", "Mapping", "Outcome", "Statement"}
    for kind in words():
        assert kind.__dataclass_params__.frozen, kind
        assert "__slots__" in vars(kind), kind


def test_nothing_is_opened_at_import():
    assert json.loads(python(str(HERE / "opened_at_import.py")).stdout) == {}


@pytest.mark.parametrize("arguments", [("-c", "import narrows"), ("-m", "narrows", "--help")])
def test_the_door_and_the_help_do_without_the_heavy_libraries(arguments):
    listed = python("-X", "importtime", *arguments).stderr
    imported = {line.rpartition("|")[2].strip().split(".")[0] for line in listed.splitlines()}
    assert "narrows" in imported
    assert not HEAVY & imported
