"""Heights of nodes and widths of bands, in proportion to what passes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrows.picture.layout import layers

GAP = 8.0


@dataclass(frozen=True, slots=True)
class Bands:
    """Where everything stands, in pixels.

    Attributes:
        centres, columns: of the nodes, then of the places where bands cross a column.
        heights: of the nodes.
        ways: for each band, the nodes and places it leads through.
        ends: for each step of each way, the middle of the band at its start and at its end.
        widths: of the bands.
        height: of the whole.
        scale: pixels for a unit.
    """

    centres: tuple[float, ...]
    columns: tuple[int, ...]
    heights: tuple[float, ...]
    ways: tuple[tuple[int, ...], ...]
    ends: tuple[tuple[tuple[float, float], ...], ...]
    widths: tuple[float, ...]
    height: float
    scale: float


def lay_out(
    columns: Sequence[int], labels: Sequence[float], flows: Sequence[tuple[int, int, float]], *, room: float
) -> Bands:
    """Lay out nodes and bands.

    Args:
        columns: of each node, from 0.
        labels: least height of the slot of each node, which its label needs.
        flows: the two nodes and the amount of each band; the first stands further to the left.
        room: height of the column through which most passes.
    """
    into, out = [0.0] * len(columns), [0.0] * len(columns)
    for source, target, weight in flows:
        out[source] += weight
        into[target] += weight
    passing = [max(pair) for pair in zip(into, out, strict=True)]
    sums = [0.0] * (max(columns, default=0) + 1)
    for column, amount in zip(columns, passing, strict=True):
        sums[column] += amount
    scale = room / max(sums) if max(sums) > 0 else 0.0
    heights = [amount * scale for amount in passing]
    widths = [weight * scale for _, _, weight in flows]
    laid = layers.lay_out(
        columns,
        [max(pair) for pair in zip(heights, labels, strict=True)],
        [(source, target, wide) for (source, target, _), wide in zip(flows, widths, strict=True)],
        gap=GAP,
    )
    ends = _ends(laid, widths, len(columns))
    return Bands(laid.centres, laid.columns, tuple(heights), laid.ways, ends, tuple(widths), laid.height, scale)


def _ends(laid: layers.Layers, widths: Sequence[float], nodes: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The bands of a node lie one below the other on each side, in the order of their other ends.

    Where bands only cross a column they leave in the order in which they came.
    """
    left: dict[int, list[tuple[int, int]]] = {}
    right: dict[int, list[tuple[int, int]]] = {}
    for band, way in enumerate(laid.ways):
        for step, (here, there) in enumerate(pairwise(way)):
            right.setdefault(here, []).append((band, step))
            left.setdefault(there, []).append((band, step))
    starts: dict[tuple[int, int], float] = {}
    ends: dict[tuple[int, int], float] = {}
    for node in sorted(range(len(laid.centres)), key=lambda node: laid.columns[node]):
        came = sorted(left.get(node, ()), key=lambda at: (laid.centres[laid.ways[at[0]][at[1]]], starts[at], at))
        ends.update(_stacked(came, laid.centres[node], widths))
        if node >= nodes:
            goes = [(band, step + 1) for band, step in came]
        else:
            goes = sorted(right.get(node, ()), key=lambda at: (laid.centres[laid.ways[at[0]][at[1] + 1]], at))
        starts.update(_stacked(goes, laid.centres[node], widths))
    return tuple(
        tuple((starts[band, step], ends[band, step]) for step in range(len(way) - 1))
        for band, way in enumerate(laid.ways)
    )


def _stacked(
    bands: Sequence[tuple[int, int]], centre: float, widths: Sequence[float]
) -> Iterable[tuple[tuple[int, int], float]]:
    y = centre - sum(widths[band] for band, _ in bands) / 2
    for band, step in bands:
        yield (band, step), y + widths[band] / 2
        y += widths[band]
