"""Screening many times: the same red flags over the same case as it stood on one day after another.

Hits and alerts come out as `screen.run` writes them. What does not change from one time to the next, the checked query
of each red flag, is made once; coverage is not counted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import IndicatorProblem
from narrows.screen import accepted
from narrows.screen.hits import add_hits
from narrows.screen.listed import match_lists
from narrows.screen.measures import Weights, prepare
from narrows.screen.rules.contract import Indicator, shipped
from narrows.screen.rules.coverage import guarded_hits
from narrows.screen.rules.guard import Overrides
from narrows.screen.sandbox import run_in_sandbox


@dataclass(frozen=True, slots=True)
class Ready:
    """A red flag, ready to run: `query` is its checked query as text; None where it runs in a child process."""

    indicator: Indicator
    overrides: Overrides
    query: str | None


def ready(store: Store) -> tuple[Ready, ...]:
    """Return the red flags that count in a case: those that ship, and those that a person accepted."""
    params = store.settings.params
    return (
        *(
            Ready(flag, params.get(flag.id, {}), _query(flag.id, json.dumps(params.get(flag.id, {}), default=str)))
            for flag in shipped()
            if flag.status == "stable"
        ),
        *(Ready(flag, params.get(flag.id, {}), None) for flag in accepted(store)),
    )


def screen_again(store: Store, flags: Sequence[Ready]) -> tuple[str, ...]:
    """Write the lines, hits and alerts of a case; returns what could not be done.

    Args:
        store: a case of which it is worked out who is who.
        flags: from `ready`.
    """
    engine = store.engine
    undone = []
    with engine.transaction():
        engine.run(named("tables", "derived-screen"))
        prepare(engine, Weights(), _silent)
        match_lists(engine, _silent)
        for flag in flags:
            try:
                found = (
                    engine.arrow(flag.query) if flag.query else run_in_sandbox(flag.indicator, flag.overrides, engine)
                )
            except IndicatorProblem as problem:
                if flag.query:
                    raise
                undone.append(f"{flag.indicator.id} did not run: {problem.message}")
                continue
            add_hits(engine, flag.indicator, found, reviewed=True)
        engine.run(named("alert", "alerts"))
    return tuple(undone)


@lru_cache
def _query(name: str, overrides: str) -> str:
    """Return the checked query of a red flag that ships, with the user's parameters as JSON."""
    flag = next(flag for flag in shipped() if flag.id == name)
    return guarded_hits(flag, json.loads(overrides)).sql(dialect="duckdb")


def _silent(_: str) -> None:
    """Nobody watches each of many times."""
