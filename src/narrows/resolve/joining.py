"""The joining of groups, compiled: see `cluster`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

# One pair counts for no more than this, for or against, when two groups are weighed as a whole.
_MOST = np.float32(6.0)


@njit(cache=True)
def _root(parent: Any, x: int) -> int:
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


@njit(cache=True)
def join(
    count: int, left: Any, right: Any, odds: Any, start: Any, other: Any, weight: Any, number_of: Any, space: Any,
    value: Any, apart_left: Any, apart_right: Any, threshold: float,
) -> Any:  # fmt: skip
    """Return the group of each party; see `cluster.cluster` for what is given."""
    parent = np.arange(count).astype(np.int32)
    size = np.ones(count, np.int32)
    # Members and numbers of a group are chains: its first, each one's next, its last.
    following = np.full(count, -1, np.int32)
    last = np.arange(count).astype(np.int32)
    first_number = np.full(count, -1, np.int32)
    next_number = np.full(len(number_of), -1, np.int32)
    for k in range(len(number_of)):
        next_number[k] = first_number[number_of[k]]
        first_number[number_of[k]] = k
    for k in range(len(left)):
        if odds[k] < threshold:
            break
        a, b = _root(parent, left[k]), _root(parent, right[k])
        if a == b:
            continue
        if len(apart_left) and _said_apart(parent, a, b, apart_left, apart_right):
            continue
        # What a person said is one needs no further leave.
        if odds[k] != np.inf:
            if _differ(first_number[a], first_number[b], next_number, space, value):
                continue
            if size[a] + size[b] > 2 and _spoken_against(parent, a, b, size, following, start, other, weight):
                continue
        if a > b:
            a, b = b, a
        parent[b] = a
        size[a] += size[b]
        following[last[a]] = b
        last[a] = last[b]
        first_number[a] = _one_chain(first_number[a], first_number[b], next_number, space, value)
    groups = np.empty(count, np.int32)
    for x in range(count):
        groups[x] = _root(parent, x)
    return groups


@njit(cache=True)
def _differ(x: int, y: int, following: Any, space: Any, value: Any) -> bool:
    while x != -1:
        z = y
        while z != -1:
            if space[x] == space[z] and value[x] != value[z]:
                return True
            z = following[z]
        x = following[x]
    return False


@njit(cache=True)
def _one_chain(x: int, y: int, following: Any, space: Any, value: Any) -> int:
    """Put the numbers of two groups into one chain, each number once."""
    while y != -1:
        after = following[y]
        z = x
        while z != -1 and not (space[z] == space[y] and value[z] == value[y]):
            z = following[z]
        if z == -1:
            following[y] = x
            x = y
        y = after
    return x


@njit(cache=True)
def _said_apart(parent: Any, a: int, b: int, apart_left: Any, apart_right: Any) -> bool:
    for k in range(len(apart_left)):
        x, y = _root(parent, apart_left[k]), _root(parent, apart_right[k])
        if (x == a and y == b) or (x == b and y == a):
            return True
    return False


@njit(cache=True)
def _spoken_against(
    parent: Any, a: int, b: int, size: Any, following: Any, start: Any, other: Any, weight: Any
) -> bool:
    """Whether the pairs known between two groups, each weighed by its odds, speak against their being one."""
    few, many = (a, b) if size[a] <= size[b] else (b, a)
    total = np.float32(0)
    member = few
    while member != -1:
        for k in range(start[member], start[member + 1]):
            if _root(parent, other[k]) == many:
                total += min(max(weight[k], -_MOST), _MOST)
        member = following[member]
    return bool(total <= 0)
