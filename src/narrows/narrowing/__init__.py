"""Where the flow of a list of edges narrows: anybody's table in, choke points out. It needs no case.

`edges` reads the table; what its flow rests on is found by `narrows.graph`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from narrows.errors import NotFound, UsageError
from narrows.graph.choke import Choke, choke_points
from narrows.graph.network import Ints
from narrows.graph.players import KeyPlayers, key_players
from narrows.narrowing.edges import Asked, Edges, read_edges
from narrows.vocab.text import fold

# How many draws are worth their time, up to so many edges.
_DRAWS = ((10_000, 100), (50_000, 20))
_LISTED = 5


@dataclass(frozen=True)
class Narrowing:
    """On which nodes the flow of a list of edges rests.

    Attributes:
        stated: the flow, in words.
        rows, used: how many rows the file has, and how many are edges of this flow.
        nodes, edges: how many there are, rows between the same two nodes taken together.
        sources, targets: how many nodes the flow starts from and ends at.
        choke: the choke points; None where there is no flow with a direction.
        players: the key players, where there is no flow with a direction.
        columns: which column of the file was taken for what.
        noticed: what a person should know, in sentences.
    """

    stated: str
    rows: int
    used: int
    nodes: int
    edges: int
    sources: int
    targets: int
    choke: Choke[str] | None
    players: tuple[KeyPlayers[str], ...]
    columns: dict[str, str]
    noticed: tuple[str, ...]


def narrowing(
    file: Path, *, sources: Sequence[str] = (), targets: Sequence[str] = (), asked: Asked, most: int = 10,
    undirected: bool = False,
) -> Narrowing:  # fmt: skip
    """Find on which nodes the flow of a list of edges rests.

    Args:
        file: see `read_edges`.
        sources, targets: names of nodes; without any, those that no edge leads to, and those that none leaves.
        asked: which rows.
        most: for how many nodes at most the best are looked for.
        undirected: leave direction aside, and look for key players.

    Raises:
        NotFound: there is no such file, node, commodity or period.
        FileProblem: the file cannot be read.
        UsageError: a node is both source and target, or the file lacks a column that is asked for.
    """
    edges = read_edges(file, asked)
    if undirected:
        if sources or targets:
            raise UsageError("without direction there are no sources and targets", hint="Leave either out.")
        return _without_direction(edges, asked, most, "")
    start, end = _ends(edges, sources, targets)
    if not len(start) or not len(end):
        lacking = "source (a node that no edge leads to)" if not len(start) else "target (a node that no edge leaves)"
        why = f"there is no {lacking}, so direction was left aside: name sources and targets to ask for a flow"
        return _without_direction(edges, asked, most, why)
    return _with_direction(edges, asked, most, start, end, named=(bool(sources), bool(targets)))


def _with_direction(
    edges: Edges, asked: Asked, most: int, start: Ints, end: Ints, named: tuple[bool, bool]
) -> Narrowing:
    network, names = edges.network, edges.names
    draws = next((count for size, count in _DRAWS if network.edges <= size), 0)
    choke = choke_points(network, start, end, most=most, draws=draws).named(lambda node: names[node])
    noticed = [*edges.noticed, *_noticed(choke, draws)]
    stated = _stated(asked, [names[n] for n in start], [names[n] for n in end], named)
    return Narrowing(
        stated, edges.rows, edges.used, network.nodes, network.edges, len(start), len(end), choke, (), edges.columns,
        tuple(noticed),
    )  # fmt: skip


def _without_direction(edges: Edges, asked: Asked, most: int, why: str) -> Narrowing:
    network, names = edges.network, edges.names
    players = tuple(
        KeyPlayers(one.k, tuple(names[node] for node in one.nodes), one.before, one.after)
        for one in key_players(network, most)
    )
    return Narrowing(
        f"all links, direction left aside{_limits(asked)}", edges.rows, edges.used, network.nodes, network.edges, 0, 0,
        None, players, edges.columns, (*edges.noticed, why) if why else edges.noticed,
    )  # fmt: skip


def _noticed(choke: Choke[str], draws: int) -> list[str]:
    said = []
    if choke.by_count:
        said.append("no edge on a way carries anything, so each was counted as one")
    for nodes, what in (
        (choke.idle_sources, "sources that reach no target"),
        (choke.idle_targets, "targets that no source reaches"),
    ):
        if nodes:
            said.append(f"{what}: {len(nodes):,} ({_listed(nodes)})")
    if choke.pairs is None:
        said.append("pairs of a source and a target were not counted: there are too many")
    if not draws:
        said.append("the network is too large to be drawn again and again: how stable the answer is was not measured")
    elif choke.draws < draws and choke.best:
        said.append(f"in {draws - choke.draws} of {draws} draws nothing flowed at all")
    return said


def _ends(edges: Edges, sources: Sequence[str], targets: Sequence[str]) -> tuple[Ints, Ints]:
    network = edges.network
    leads = np.bincount(network.target, minlength=network.nodes) > 0
    leaves = np.diff(network.start) > 0
    start = _named(edges, sources) if sources else np.flatnonzero(~leads & leaves)
    end = _named(edges, targets) if targets else np.flatnonzero(~leaves & leads)
    # What is named as one end is not the other by not being named.
    if not sources:
        start = np.setdiff1d(start, end)
    if not targets:
        end = np.setdiff1d(end, start)
    return start, end


def _named(edges: Edges, wanted: Sequence[str]) -> Ints:
    """Return the nodes of some names: as written, or else the only one that differs in capitals or accents."""
    exact = {name: node for node, name in enumerate(edges.names)}
    folded: dict[str, list[int]] = {}
    if not set(wanted) <= set(exact):
        for node, name in enumerate(edges.names):
            folded.setdefault(fold(name), []).append(node)
    found = []
    for name in wanted:
        plain = " ".join(name.split())
        nodes = [exact[plain]] if plain in exact else folded.get(fold(plain), [])
        if len(nodes) != 1:
            raise _unknown(name, [edges.names[node] for node in nodes], list(exact))
        found += nodes
    return np.unique(np.array(found, np.int64))


def _unknown(name: str, several: Sequence[str], names: Sequence[str]) -> NotFound:
    if several:
        return NotFound(f"{name!r} may be any of {', '.join(several[:_LISTED])}", hint="Write it as the file does.")
    near = get_close_matches(name, names[:100_000], _LISTED)
    hint = f"Near it are: {', '.join(near)}." if near else "Names must be written as in the file."
    return NotFound(f"no edge of this flow has an end named {name!r}", hint=hint)


def _stated(asked: Asked, start: Sequence[str], end: Sequence[str], named: tuple[bool, bool]) -> str:
    said = []
    for nodes, by_name, which in (
        (start, named[0], "that no edge leads to"),
        (end, named[1], "that no edge leaves"),
    ):
        what = f"{len(nodes):,} nodes {which}" if len(nodes) > 1 else f"the only node {which}"
        said.append(_listed(nodes) if by_name else f"{what} ({_listed(nodes)})")
    return f"from {said[0]} to {said[1]}{_limits(asked)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_LISTED]) + (", ..." if len(names) > _LISTED else "")


def _limits(asked: Asked) -> str:
    said = "" if asked.commodity is None else f"; commodity {asked.commodity}"
    if asked.since is not None:
        said += f"; since {asked.since}"
    if asked.until is not None:
        said += f"; until {asked.until}"
    return said
