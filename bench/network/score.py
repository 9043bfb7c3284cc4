"""Scores of answers against what was planted; plain functions of sets and lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import networkx as nx

Step = tuple[str, str, str]  # item, from, to


def found_at(answers: Sequence[Collection[str]], planted: Sequence[Collection[str]], k: int) -> tuple[float, float]:
    """Recall and precision of the first `k` answers, each a firm or a group; one firm in common is a find.

    Who answers nothing has a precision of nought.
    """
    first = [set(answer) for answer in answers[:k]]
    found = sum(any(set(group) & answer for answer in first) for group in planted)
    right = sum(any(set(group) & answer for group in planted) for answer in first)
    return _share(found, len(planted)), right / len(first) if first else 0.0


@dataclass(frozen=True, slots=True)
class Cut:
    """Whether the firms cut a flow whole, and of its mass the share that they cut."""

    whole: bool
    share: float


def cuts(
    network: nx.DiGraph[str],
    sources: Collection[str],
    deliveries: Iterable[tuple[str, float]],
    removed: Collection[str],
) -> Cut:
    """What removing firms does to a flow: a delivery is cut if nothing from the sources can reach its place any more.

    Args:
        network: who supplies whom, places included.
        sources: where the flow begins; they stay, whoever names them.
        deliveries: who received (a firm) and how much of the flow.
        removed: the firms to remove; receivers among them count as cut.
    """
    gone = set(removed) - set(sources)
    left = network.subgraph(set(network) - gone)
    reached = set(sources).union(*(nx.descendants(left, s) for s in sources if s in left))
    masses = [(mass, to in reached) for to, mass in deliveries]
    total = sum(mass for mass, _ in masses)
    return Cut(not any(there for _, there in masses), _share(sum(m for m, there in masses if not there), total))


def links(found: Collection[Step], planted: Mapping[Step, bool]) -> tuple[float, float]:
    """Recall and precision of custody links; `planted` says of each true link whether papers of it are on record.

    Recall counts those with papers only; one without is right to be found all the same.
    """
    documented = [step for step, there in planted.items() if there]
    return (
        _share(sum(step in found for step in documented), len(documented)),
        _share(sum(step in planted for step in found), len(found)),
    )


@dataclass(frozen=True, slots=True)
class Days:
    """How far dates are from the true ones: of those that are known on both sides, and how many are on one only."""

    compared: int
    exact: int
    mean: float  # of the absolute errors, days
    worst: int
    missed: int  # there is a day, none was answered
    invented: int  # a day was answered, there is none


def days(found: Mapping[object, date | None], planted: Mapping[object, date | None]) -> Days:
    """Compare first days, asked about by the same keys."""
    errors, missed, invented = [], 0, 0
    for key, true in planted.items():
        said = found.get(key)
        if true is not None and said is not None:
            errors.append(abs((said - true).days))
        missed += true is not None and said is None
        invented += true is None and said is not None
    mean = sum(errors) / len(errors) if errors else 0.0
    return Days(len(errors), errors.count(0), mean, max(errors, default=0), missed, invented)


def _share(part: float, whole: float) -> float:
    """One where there is nothing to find."""
    return part / whole if whole else 1.0
