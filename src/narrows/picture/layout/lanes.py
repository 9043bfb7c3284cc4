"""Spans that must not meet, one above the other where they would."""

from __future__ import annotations

from collections.abc import Sequence


def lanes(spans: Sequence[tuple[float, float]], gap: float = 6.0) -> list[int]:
    """Return for each span (left, right) the first lane, from 0, in which it meets no span before it."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for left, right in spans:
        lane = next(
            (at for at, those in enumerate(taken) if all(right + gap <= a or b + gap <= left for a, b in those)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        found.append(lane)
    return found
