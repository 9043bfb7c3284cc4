"""Maximum flow, compiled: Dinic's algorithm (1970) on whole numbers, so that an answer depends on no order of sums."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

# More than all volumes together: what an arc without a limit can carry.
ENDLESS = 1 << 61


@njit(cache=True, nogil=True)
def arranged(n: int, tail: Any, head: Any) -> Any:
    """Arrange arcs and their reverses by the node where they begin.

    Returns:
        Where the arcs of each node begin; where each leads; which is the reverse of each; and the place of each arc
        given. A capacity is set at such a place, and 0 at its reverse.
    """
    m = len(tail)
    start = np.zeros(n + 1, np.int64)
    for e in range(m):
        start[tail[e] + 1] += 1
        start[head[e] + 1] += 1
    for v in range(n):
        start[v + 1] += start[v]
    free = start[:-1].copy()
    to = np.empty(2 * m, np.int32)
    back = np.empty(2 * m, np.int32)
    place = np.empty(m, np.int32)
    for e in range(m):
        a, b = tail[e], head[e]
        i, j = free[a], free[b]
        free[a] += 1
        free[b] += 1
        to[i], to[j] = b, a
        back[i], back[j] = j, i
        place[e] = i
    return start, to, back, place


@njit(cache=True, nogil=True)
def push(start: Any, to: Any, back: Any, room: Any, source: int, sink: int, enough: int) -> Any:
    """Push as much as possible from source to sink, or enough; `room` (capacities) becomes what is left.

    The room of a reverse, 0 at first, becomes what flows.
    """
    n = len(start) - 1
    level = np.empty(n, np.int32)
    at = np.empty(n, np.int64)
    waiting = np.empty(n, np.int32)
    path = np.empty(n, np.int64)
    total = np.int64(0)
    while _levelled(start, to, back, room, source, sink, level, waiting):
        at[:] = start[:-1]
        v, length = source, 0
        while True:
            if v == sink:
                least, cut = np.int64(ENDLESS), 0
                for k in range(length):
                    if room[path[k]] < least:
                        least, cut = room[path[k]], k
                for k in range(length):
                    room[path[k]] -= least
                    room[back[path[k]]] += least
                total += least
                if total >= enough:
                    return total
                length = cut
                v = to[back[path[cut]]]
                continue
            moved = False
            while at[v] < start[v + 1]:
                e = at[v]
                w = to[e]
                if room[e] > 0 and level[w] == level[v] - 1:
                    path[length] = e
                    length += 1
                    v = w
                    moved = True
                    break
                at[v] += 1
            if not moved:
                if length == 0:
                    break
                length -= 1
                v = to[back[path[length]]]
                at[v] += 1
    return total


@njit(cache=True, nogil=True)
def _levelled(
    start: Any, to: Any, back: Any, room: Any, source: int, sink: int, level: Any, waiting: Any
) -> bool:  # fmt: skip
    """Set how many arcs each node is from the sink; whether the source is connected to it at all."""
    level[:] = -1
    level[sink] = 0
    waiting[0] = sink
    done, filled = 0, 1
    while done < filled:
        v = waiting[done]
        done += 1
        for e in range(start[v], start[v + 1]):
            w = to[e]
            if level[w] == -1 and room[back[e]] > 0:
                level[w] = level[v] + 1
                if w == source:  # all that are nearer to the sink have their level by now
                    return True
                waiting[filled] = w
                filled += 1
    return False


@njit(cache=True, nogil=True)
def best_closed(start: Any, to: Any, back: Any, room: Any, value: int, arcs: Any, below: int) -> Any:
    """Return which arc, closed, leaves least of a maximum flow, what it leaves, and how many were tried.

    What flows through a closed arc goes another way as far as there is one: as much as can be pushed from where the arc
    begins to where it ends. Arcs through which most flows are tried first, until none can leave less.

    Args:
        start, to, back, room: a network after a maximum flow.
        value: that flow.
        arcs: the arcs that may be closed.
        below: what is looked for leaves less than this; -1 is returned where none does.
    """
    best, tried = -1, 0
    for k in np.argsort(-room[back[arcs]], kind="mergesort"):
        arc = arcs[k]
        flow = room[back[arc]]
        if value - flow >= below:
            break
        tried += 1
        work = room.copy()
        work[arc] = 0
        work[back[arc]] = 0
        other = push(start, to, back, work, to[back[arc]], to[arc], below - value + flow)
        if value - flow + other < below:
            best, below = k, value - flow + other
    return best, below, tried


@njit(cache=True, nogil=True)
def left_of_cut(start: Any, to: Any, room: Any, source: int) -> Any:
    """Return what the source still reaches once all is pushed: the side of the minimum cut nearest to it."""
    n = len(start) - 1
    seen = np.zeros(n, np.bool_)
    waiting = np.empty(n, np.int32)
    seen[source] = True
    waiting[0] = source
    done, filled = 0, 1
    while done < filled:
        v = waiting[done]
        done += 1
        for e in range(start[v], start[v + 1]):
            if room[e] > 0 and not seen[to[e]]:
                seen[to[e]] = True
                waiting[filled] = to[e]
                filled += 1
    return seen
