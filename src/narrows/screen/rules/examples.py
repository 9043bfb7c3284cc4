"""Runs the examples of an indicator, each on a small case of its own in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.casefile.published import SCHEMA, create_empty
from narrows.screen.rules.contract import Answer, Example, Indicator, Rows
from narrows.screen.rules.coverage import guarded_hits, outcome_query
from narrows.screen.rules.says import sentence

Tables = Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What an indicator answered to one example.

    Attributes:
        name: of the example.
        expected: the answer that the example states.
        got: the answer.
        says: the sentence of the hit, or None; of several, the one that is wanted, else the first.
        wanted: the exact sentence that the example states, or None.
        subjects: deal or entity numbers of the hits on the record.
    """

    name: str
    expected: Answer
    got: Answer
    says: str | None
    wanted: str | None
    subjects: tuple[int, ...]

    @property
    def passed(self) -> bool:
        """The answer is the expected one, and so is the sentence where one is stated."""
        return self.got == self.expected and self.wanted in (None, self.says)


def run_examples(
    indicator: Indicator, *, tables: Callable[[Example], Tables] = lambda example: example.rows
) -> tuple[ExampleResult, ...]:
    """Answer every example with the parameters that ship.

    Args:
        indicator: whose examples are run.
        tables: view -> rows of an example; another function asks the same question of altered rows.

    Raises:
        BrokenIndicator: the indicator does not pass the guard.
        SqlError: its query fails on the rows of an example.
    """
    hits, outcomes = guarded_hits(indicator), outcome_query(indicator)
    engine = Engine(threads=1)
    try:
        create_empty(engine)
        return tuple(
            _answer(engine, indicator, example, tables(example), hits, outcomes) for example in indicator.examples
        )
    finally:
        engine.close()


def _answer(
    engine: Engine, indicator: Indicator, example: Example, tables: Tables, hits: exp.Select, outcomes: exp.Select
) -> ExampleResult:
    for view, rows in tables.items():
        for row in rows:
            engine.run(_insert(view, tuple(row)), tuple(row.values()))
    found = [row for row in engine.arrow(hits).to_pylist() if row["record"] == example.record]
    states = {outcome for record, outcome in engine.rows(outcomes) if record == example.record}
    for view in tables:
        engine.run(exp.delete(exp.table_(view, db=SCHEMA, quoted=True)))
    sentences = sorted(sentence(indicator.says, row) for row in found)
    first = sentences[0] if sentences else None
    return ExampleResult(
        name=example.name,
        expected=example.expect,
        got=_got(states, hit=bool(found)),
        says=example.says if example.says in sentences else first,
        wanted=example.says,
        subjects=tuple(sorted({row["subject"] for row in found})),
    )


def _got(states: set[str], *, hit: bool) -> Answer:
    """A record may stand in several rows of a view; what was judged on any of them counts."""
    if hit:
        return "hit"
    if "evaluable" in states:
        return "clear"
    return "not evaluable" if "not evaluable" in states else "not concerned"


def _insert(view: str, columns: tuple[str, ...]) -> exp.Insert:
    names = [exp.to_identifier(name, quoted=True) for name in columns]
    table = exp.Schema(this=exp.table_(view, db=SCHEMA, quoted=True), expressions=names)
    marks = exp.Tuple(expressions=[exp.Placeholder() for _ in columns])
    return exp.Insert(this=table, expression=exp.Values(expressions=[marks]))
