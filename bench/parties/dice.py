"""Seeded draws: the same seed draws the same on every machine."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """A random generator with the few draws that the generator of parties needs; built on `random()` alone."""

    def chance(self, rate: float) -> bool:
        """True at the given rate."""
        return self.random() < rate

    def below(self, n: int) -> int:
        """A whole number from 0 to below n."""
        return int(self.random() * n)

    def pick(self, of: Sequence[T]) -> T:
        """One of a sequence, all alike likely."""
        return of[int(self.random() * len(of))]

    def key(self, weights: Mapping[str, float]) -> str:
        """One of the keys, as likely as it weighs; the weights sum to 1."""
        left = self.random()
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return key

    def index(self, weights: Sequence[float]) -> int:
        """One of the positions, as likely as its weight."""
        left = self.random() * sum(weights)
        for i, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return i
        return len(weights) - 1
