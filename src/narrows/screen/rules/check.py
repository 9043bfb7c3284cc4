"""`narrows indicators check`: reads indicators, runs every lint and every example. There is no way around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from narrows.casefile.engine import SqlError
from narrows.errors import IndicatorProblem, NotFound
from narrows.screen.rules.contract import Indicator, indicator_files, read_indicator
from narrows.screen.rules.examples import ExampleResult, run_examples
from narrows.screen.rules.guard import concern, validated
from narrows.screen.rules.header import BrokenIndicator
from narrows.screen.rules.lints import LINTS, Examples, Work

CONTRACT, GUARD = "contract", "guard"
_RECOMMEND = {
    CONTRACT: "Hold the header to the contract; see narrows.screen.rules.contract.",
    GUARD: "Write one SELECT over published views; see narrows.screen.rules.guard.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach in one indicator file.

    Attributes:
        indicator: its id; the path where the file could not be read.
        lint: name of the lint: contract, guard, or one of `narrows.screen.rules.lints`.
        message: what is wrong.
        path: the file.
        line: the line of the file.
        recommendation: what to do.
    """

    indicator: str
    lint: str
    message: str
    path: str
    line: int
    recommendation: str


def check(what: Path | Iterable[Indicator]) -> tuple[Finding, ...]:
    """Check indicators against their contract, the guard, every lint and every example of theirs.

    Args:
        what: a directory with `<folder>/<slug>.sql` files, one such file, or indicators already read.

    Returns:
        What was found, by path and line; empty where all is well.

    Raises:
        NotFound: there is no indicator at that path.
    """
    findings: list[Finding] = []
    indicators = list(_read(what, findings)) if isinstance(what, Path) else list(what)
    for indicator in indicators:
        findings += _checked(indicator, indicators)
    return tuple(sorted(findings, key=lambda finding: (finding.path, finding.line, finding.lint, finding.message)))


def _read(root: Path, findings: list[Finding]) -> Iterator[Indicator]:
    if root.is_file():
        found = [(str(root), root.read_bytes())]
    else:
        found = [(str(root / path), data) for path, data in indicator_files(root)]
    if not found:
        raise NotFound(
            f"there is no indicator at {root}", hint="Give a directory with <folder>/<slug>.sql files, or one file."
        )
    for path, data in found:
        try:
            yield read_indicator(data.decode("utf-8"), path=path)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            findings.append(_finding(path, CONTRACT, "the file is not UTF-8", path, line))
        except BrokenIndicator as error:
            findings.append(_finding(path, CONTRACT, error.bare, error.path, error.line))


def _checked(indicator: Indicator, others: Sequence[Indicator]) -> Iterator[Finding]:
    trees: tuple[exp.Expr, ...] = ()
    results: tuple[ExampleResult, ...] = ()
    try:
        condition = concern(indicator)
        trees = (validated(indicator), *(() if condition is None else (condition,)))
        results = run_examples(indicator)
    except BrokenIndicator as error:
        yield _finding(indicator.id, GUARD, error.bare, error.path, error.line)
    except (SqlError, IndicatorProblem) as error:
        message = f"an example cannot be run: {error.message}"
        yield _finding(indicator.id, Examples.name, message, indicator.path, indicator.sql_line)
    work = Work(indicator=indicator, others=others, trees=trees, results=results)
    for lint in LINTS:
        for message, line in lint.check(work):
            yield _finding(indicator.id, lint.name, message, indicator.path, line)


def _finding(indicator: str, lint: str, message: str, path: str, line: int) -> Finding:
    advice = {**_RECOMMEND, **{known.name: known.recommendation for known in LINTS}}[lint]
    return Finding(indicator=indicator, lint=lint, message=message, path=path, line=line, recommendation=advice)
