"""What a stage answers: what it did, what it warns of, what it did not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one stage.

    Attributes:
        stage: its name.
        counts: what was counted, in the order in which it should be told.
        warnings: what the user should look at.
        undone: what was not done, and why.
    """

    stage: str
    counts: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
