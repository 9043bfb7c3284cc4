"""`narrows doctor`."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import click

from narrows import __version__, api
from narrows.cli.say import answer, json_option
from narrows.errors import NarrowsError

LIBRARIES = ("duckdb", "sqlglot", "pyarrow", "python-calamine", "rapidfuzz", "scipy", "jinja2", "xlsxwriter")
OPTIONAL = ("pandas", "polars")


@click.command("doctor", help="Check the installation.")
@json_option
def command(as_json: bool) -> None:
    """Check the installation."""
    checks = [
        ("narrows", True, __version__),
        ("python", sys.version_info >= (3, 11), platform.python_version()),
    ]
    checks += [_library(name, needed=True) for name in LIBRARIES]
    checks += [_library(name, needed=False) for name in OPTIONAL]
    checks += [_tried("indicators", _indicators), _tried("example", _example)]
    if as_json:
        answer("doctor", {"checks": [{"what": w, "ok": ok, "found": found} for w, ok, found in checks]})
    else:
        for what, ok, found in checks:
            click.echo(f"{'ok ' if ok else 'NO '} {what}: {found}")
    if not all(ok for _, ok, _ in checks):
        raise click.exceptions.Exit(1)


def _library(name: str, *, needed: bool) -> tuple[str, bool, str]:
    try:
        return name, True, version(name)
    except PackageNotFoundError:
        return name, not needed, "missing" if needed else "not installed (optional: narrows[frames])"


def _tried(what: str, do: Callable[[], str]) -> tuple[str, bool, str]:
    try:
        return what, True, do()
    except NarrowsError as error:
        return what, False, error.message


def _indicators() -> str:
    findings = api.check_indicators()
    if findings:
        raise NarrowsError(findings[0].message, hint="Install narrows again.")
    return f"{len(api.indicators())} red flags hold to their contract"


def _example() -> str:
    with api.example_files() as files:
        if not files:
            raise NarrowsError("the bundled example is missing", hint="Install narrows again.")
        return f"{len(files)} files of the bundled example"
