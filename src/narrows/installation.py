"""What was installed: the libraries, the red flags that ship, the bundled example; and whether all of it is whole."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from narrows.errors import NarrowsError
from narrows.screen.rules.check import check
from narrows.screen.rules.contract import shipped

LIBRARIES = ("duckdb", "sqlglot", "pyarrow", "python-calamine", "rapidfuzz", "numba", "jinja2", "xlsxwriter")
OPTIONAL = ("pandas", "polars")
LOADED = (".csv", ".tsv", ".xlsx", ".png")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what, whether it is as it should be, and what was found."""

    what: str
    ok: bool
    found: str


def examine(own_version: str) -> tuple[Check, ...]:
    """Look at all that Narrows needs to work.

    Args:
        own_version: of Narrows.
    """
    return (
        Check("narrows", True, own_version),
        Check("python", sys.version_info >= (3, 11), platform.python_version()),
        *(_library(name, needed=True) for name in LIBRARIES),
        *(_library(name, needed=False) for name in OPTIONAL),
        _tried("indicators", _indicators),
        _tried("example", _example),
    )


@contextmanager
def example_files() -> Iterator[tuple[Path, ...]]:
    """Lend the files of the bundled example."""
    folder = resources.files("narrows").joinpath("examples", "straits")
    if not folder.is_dir():  # a checkout, where the example lies beside the code
        folder = Path(__file__).parents[2] / "examples" / "straits"
    with resources.as_file(folder) as found:
        yield tuple(sorted(file for file in found.iterdir() if file.suffix in LOADED))


def _library(name: str, *, needed: bool) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, not needed, "missing" if needed else "not installed (optional: narrows[frames])")


def _tried(what: str, do: Callable[[], str]) -> Check:
    try:
        return Check(what, True, do())
    except NarrowsError as error:
        return Check(what, False, error.message)


def _indicators() -> str:
    flags = shipped()
    findings = check(flags)
    if findings:
        raise NarrowsError(findings[0].message, hint="Install narrows again.")
    return f"{len(flags)} red flags hold to their contract"


def _example() -> str:
    with example_files() as files:
        if not files:
            raise NarrowsError("the bundled example is missing", hint="Install narrows again.")
        return f"{len(files)} files of the bundled example"
