"""Groups parties into entities: the surest pairs first, and never against what stands on record.

Two groups become one when a pair of them reaches the threshold, unless
- they carry different valid numbers of one register,
- a person said that two of their members differ, or
- the pairs known between them speak against it as a whole: one weak link joins no two large groups, and no chain of
  look-alikes grows into one giant.
"""

from __future__ import annotations

import numpy as np


def cluster(
    count: int,
    left: np.ndarray,
    right: np.ndarray,
    odds: np.ndarray,
    *,
    numbers: tuple[np.ndarray, np.ndarray, np.ndarray],
    apart: tuple[np.ndarray, np.ndarray],
    threshold: float,
) -> np.ndarray:
    """Return the group of each party, int32 (count,): the smallest member's number.

    Args:
        count: how many parties there are, numbered from 0.
        left, right: pairs, the surest first; int32.
        odds: log-odds of each pair, falling; float32. Infinite for what a person said is one.
        numbers: (party, space, value), int32 each: registered numbers; two values in one space keep groups apart.
        apart: (left, right): pairs that a person said are different.
        threshold: pairs below join nothing, but count where groups are weighed.
    """
    start, other, weight = _neighbours(count, left, right, odds)
    from narrows.resolve.joining import join  # compiled code is loaded when it is needed

    joined: np.ndarray = join(count, left, right, odds, start, other, weight, *numbers, *apart, np.float32(threshold))
    return joined


def _neighbours(
    count: int, left: np.ndarray, right: np.ndarray, odds: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for each party where its pairs begin, the other members of them, and their odds."""
    both = np.concatenate([left, right])
    order = np.argsort(both, kind="stable")
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(both, minlength=count), out=start[1:])
    return start, np.concatenate([right, left])[order], np.concatenate([odds, odds])[order]
