"""Passes over a network in time that grows with its edges, compiled: reach, components, articulation, dominators.

No recursion: a way of a million steps is as good as any other. Networks come as `start` and `target` (see `Network`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def reversed_edges(start: Any, target: Any) -> Any:
    """Return where the edges into each node begin, and where each of them comes from."""
    n = len(start) - 1
    back = np.zeros(n + 1, np.int64)
    for e in range(len(target)):
        back[target[e] + 1] += 1
    for v in range(n):
        back[v + 1] += back[v]
    free = back[:-1].copy()
    origin = np.empty(len(target), np.int32)
    for v in range(n):
        for e in range(start[v], start[v + 1]):
            origin[free[target[e]]] = v
            free[target[e]] += 1
    return back, origin


@njit(cache=True, nogil=True)
def reach(start: Any, target: Any, roots: Any, closed: Any) -> Any:
    """Return which nodes a way leads to from the roots that enters no closed node; the roots themselves count."""
    n = len(start) - 1
    seen = np.zeros(n, np.bool_)
    waiting = np.empty(n, np.int32)
    filled = 0
    for r in roots:
        if not seen[r] and not closed[r]:
            seen[r] = True
            waiting[filled] = r
            filled += 1
    done = 0
    while done < filled:
        v = waiting[done]
        done += 1
        for e in range(start[v], start[v + 1]):
            w = target[e]
            if not seen[w] and not closed[w]:
                seen[w] = True
                waiting[filled] = w
                filled += 1
    return seen


@njit(cache=True, nogil=True)
def components(n: int, tail: Any, head: Any) -> Any:
    """Return the component of each node, direction left aside: the smallest number of a node in it."""
    parent = np.arange(n).astype(np.int32)
    for e in range(len(tail)):
        a, b = tail[e], head[e]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        if a < b:
            parent[b] = a
        elif b < a:
            parent[a] = b
    for v in range(n):  # the smaller is always the parent, so one pass upwards is enough
        parent[v] = parent[parent[v]]
    return parent


@njit(cache=True, nogil=True)
def undirected(start: Any, target: Any) -> Any:
    """Return the network with every edge both ways; two nodes that supply each other are joined twice."""
    n = len(start) - 1
    both = np.zeros(n + 1, np.int64)
    for v in range(n):
        both[v + 1] += start[v + 1] - start[v]
        for e in range(start[v], start[v + 1]):
            both[target[e] + 1] += 1
    for v in range(n):
        both[v + 1] += both[v]
    free = both[:-1].copy()
    other = np.empty(2 * len(target), np.int32)
    for v in range(n):
        for e in range(start[v], start[v + 1]):
            w = target[e]
            other[free[v]] = w
            free[v] += 1
            other[free[w]] = v
            free[w] += 1
    return both, other


@njit(cache=True, nogil=True)
def separations(start: Any, target: Any, gone: Any) -> Any:
    """Return for each node how many pairs of other nodes only it holds together, in an undirected network.

    One depth-first search (Hopcroft and Tarjan 1973): below a node hang those branches whose lowest reach is not above
    it; its removal parts them from each other and from the rest. A node above 0 is an articulation point.

    Args:
        start, target: the network, every edge both ways.
        gone: nodes that are not there; bool (n,).

    Returns:
        The pairs, int64 (n,), and the size of each node's component, int32 (n,); both 0 for what is gone.
    """
    n = len(start) - 1
    when = np.zeros(n, np.int32)  # the step at which a node was found, from 1; 0 for not yet
    low = np.empty(n, np.int32)
    size = np.zeros(n, np.int32)
    parent = np.empty(n, np.int32)
    at = np.empty(n, np.int64)
    order = np.empty(n, np.int32)
    parts = np.zeros(n, np.int64)  # pairs between the branches cut off so far
    cut = np.zeros(n, np.int64)  # nodes in them
    whole = np.zeros(n, np.int32)
    step = 0
    for root in range(n):
        if when[root] or gone[root]:
            continue
        begin = step
        parent[root] = -1
        v = root
        step += 1
        when[v] = step
        low[v] = step
        size[v] = 1
        at[v] = start[v]
        order[step - 1] = v
        while v != -1:
            if at[v] < start[v + 1]:
                w = target[at[v]]
                at[v] += 1
                if gone[w]:
                    continue
                if when[w]:
                    if when[w] < low[v]:
                        low[v] = when[w]
                else:
                    parent[w] = v
                    step += 1
                    when[w] = step
                    low[w] = step
                    size[w] = 1
                    at[w] = start[w]
                    order[step - 1] = w
                    v = w
            else:
                u = parent[v]
                if u != -1:
                    size[u] += size[v]
                    if low[v] < low[u]:
                        low[u] = low[v]
                    if low[v] >= when[u]:
                        parts[u] += cut[u] * np.int64(size[v])
                        cut[u] += size[v]
                v = u
        total = step - begin
        for k in range(begin, step):
            v = order[k]
            whole[v] = total
            parts[v] += cut[v] * (np.int64(total) - 1 - cut[v])
    return parts, whole


@njit(cache=True, nogil=True)
def dominators(start: Any, target: Any, back: Any, origin: Any, roots: Any) -> Any:
    """Return the node nearest above each that all ways from the roots to it pass (Lengauer and Tarjan 1979).

    Args:
        start, target: the network.
        back, origin: the same, reversed.
        roots: nodes where ways begin. Above all of them stands one more, n.

    Returns:
        The nearest dominator of each node, int32 (n,): n where there is none but the common root, -1 where no way
        leads; and the nodes in the order in which a depth-first search found them, each after its dominators.
    """
    n = len(start) - 1
    number = np.full(n + 1, -1, np.int32)  # place in `order`; the common root has 0
    order = np.empty(n + 1, np.int32)
    parent = np.zeros(n + 1, np.int32)  # of the search tree, by place; so are all below
    at = start[:-1].copy()
    order[0] = n
    number[n] = 0
    found = 1
    is_root = np.zeros(n, np.bool_)
    for r in roots:
        is_root[r] = True
    for r in roots:
        if number[r] != -1:
            continue
        number[r] = found
        order[found] = r
        parent[found] = 0
        found += 1
        v = r
        while v != n:
            if at[v] < start[v + 1]:
                w = target[at[v]]
                at[v] += 1
                if number[w] == -1:
                    number[w] = found
                    order[found] = w
                    parent[found] = number[v]
                    found += 1
                    v = w
            else:
                v = order[parent[number[v]]]
    semi = np.arange(found).astype(np.int32)
    label = semi.copy()
    above = np.full(found, -1, np.int32)
    first = np.full(found, -1, np.int32)  # of those whose semidominator this is, a chain
    following = np.full(found, -1, np.int32)
    near = np.zeros(found, np.int32)
    path = np.empty(found, np.int32)
    for i in range(found - 1, 0, -1):
        w = order[i]
        if is_root[w]:
            semi[i] = 0
        else:
            for e in range(back[w], back[w + 1]):
                j = number[origin[e]]
                if j == -1:
                    continue
                u = _lowest(j, above, label, semi, path)
                if semi[u] < semi[i]:
                    semi[i] = semi[u]
        following[i] = first[semi[i]]
        first[semi[i]] = i
        p = parent[i]
        above[i] = p
        x = first[p]
        while x != -1:
            u = _lowest(x, above, label, semi, path)
            near[x] = u if semi[u] < semi[x] else p
            x = following[x]
        first[p] = -1
    result = np.full(n, -1, np.int32)
    for i in range(1, found):
        if near[i] != semi[i]:
            near[i] = near[near[i]]
        result[order[i]] = order[near[i]]
    return result, order[1:found]


@njit(cache=True, nogil=True)
def _lowest(x: int, above: Any, label: Any, semi: Any, path: Any) -> int:
    """The node of least semidominator on the way up from x, the top left out; shortens the way."""
    if above[x] == -1:
        return x
    length = 0
    y = x
    while above[above[y]] != -1:
        path[length] = y
        length += 1
        y = above[y]
    for k in range(length - 1, -1, -1):
        z = path[k]
        if semi[label[above[z]]] < semi[label[z]]:
            label[z] = label[above[z]]
        above[z] = above[y]
    return label[x]


@njit(cache=True, nogil=True)
def weight_below(near: Any, order: Any, own: Any) -> Any:
    """Return the weight that hangs below each node of a dominator tree, its own included."""
    total = own.copy()
    n = len(near)
    for k in range(len(order) - 1, -1, -1):
        v = order[k]
        if near[v] < n:
            total[near[v]] += total[v]
    return total


@njit(cache=True, nogil=True)
def nearest_marked(near: Any, order: Any, marked: Any) -> Any:
    """Return for each node of a dominator tree the nearest marked one above it; n where there is none."""
    n = len(near)
    found = np.full(n, n, np.int32)
    for v in order:
        above = near[v]
        if above < n:
            found[v] = above if marked[above] else found[above]
    return found


@njit(cache=True, nogil=True)
def connected_pairs(start: Any, target: Any, roots: Any, ends: Any, closed: Any) -> Any:
    """Return how many pairs (root, end) a way joins that enters no closed node; sixty-four roots at a time."""
    n = len(start) - 1
    mark = np.zeros(n, np.uint64)
    queued = np.zeros(n, np.bool_)
    waiting = np.empty(n, np.int32)  # a ring: no node stands in it twice
    pairs = np.int64(0)
    for begin in range(0, len(roots), 64):
        mark[:] = 0
        done = filled = size = 0
        for k in range(begin, min(begin + 64, len(roots))):
            r = roots[k]
            if not closed[r]:
                mark[r] |= np.uint64(1) << np.uint64(k - begin)
                if not queued[r]:
                    queued[r] = True
                    waiting[filled] = r
                    filled = (filled + 1) % n
                    size += 1
        while size:
            v = waiting[done]
            done = (done + 1) % n
            size -= 1
            queued[v] = False
            for e in range(start[v], start[v + 1]):
                w = target[e]
                if closed[w] or (mark[v] & ~mark[w]) == 0:
                    continue
                mark[w] |= mark[v]
                if not queued[w]:
                    queued[w] = True
                    waiting[filled] = w
                    filled = (filled + 1) % n
                    size += 1
        for end in ends:
            bits = mark[end]
            while bits:
                bits &= bits - np.uint64(1)
                pairs += 1
    return pairs
