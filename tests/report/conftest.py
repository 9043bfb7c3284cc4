from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from small_case import FLAGS, LISTS, empty_case, fill

from narrows.casefile.engine import Engine
from narrows.report.build import build
from narrows.report.html import render
from narrows.report.model import Report

TITLE = "Orders of the first quarter"


@pytest.fixture
def engine() -> Iterator[Engine]:
    """The small case, screened."""
    found = empty_case()
    fill(found)
    yield found
    found.close()


@pytest.fixture
def report_of() -> Callable[..., Report]:
    """Build the report of a case, with the texts of the small case unless told otherwise."""

    def make(engine: Engine, **changed: object) -> Report:
        given = {"flags": FLAGS, "lists": LISTS, "version": "0.1.0", "title": TITLE, **changed}
        return build(engine, **given)

    return make


@pytest.fixture
def report(engine: Engine, report_of: Callable[..., Report]) -> Report:
    """The report of the small case."""
    return report_of(engine)


@pytest.fixture
def page(report: Report) -> str:
    """The page of the small case."""
    return render(report)
