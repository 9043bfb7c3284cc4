"""Seeded draws that give the same values on every Python (only `Random.random` is used), and tables to draw from."""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

SEED = "straits-1"
T = TypeVar("T")


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table that lies beside this module."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Draw:
    """A stream of draws of its own for each key, so that a change in one firm leaves the others alone."""

    def __init__(self, key: str) -> None:
        self._random = random.Random(f"{SEED}:{key}")

    def unit(self) -> float:
        """Return a number in [0, 1)."""
        return self._random.random()

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[self.between(0, len(choices) - 1)]

    def spread(self, sigma: float) -> float:
        """Return a log-normal factor around 1 (Box and Muller)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.unit()))
        return math.exp(sigma * radius * math.cos(2.0 * math.pi * self.unit()))

    def workday(self, first: date, last: date) -> date:
        """Return a day from first to last, moved back to Friday where it falls on a weekend."""
        day = first + timedelta(days=self.between(0, (last - first).days))
        return max(first, day - timedelta(days=max(0, day.weekday() - 4)))
