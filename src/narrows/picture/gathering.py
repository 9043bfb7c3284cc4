"""Boxes and lines; and, where there are too many to draw, the others of each column as one box with what passes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from narrows.errors import UsageError
from narrows.picture.wording import amount, counted, known, total


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody or some place in a column.

    Attributes:
        key: what lines name it by.
        name: in any script and of any length.
        column: from 0, the place among the headers.
        choke: words where it is a choke point ("carries 64 %"), else empty.
        flag: words where it is flagged ("2 alerts"), else empty.
        weight: what decides which boxes are drawn when there are too many; by default what passes through it.
    """

    key: str
    name: str
    column: int
    choke: str = ""
    flag: str = ""
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What leads from one box to another.

    Attributes:
        source, target: keys of boxes.
        weight: how much; None where that is not known.
        title: what a pointer resting on it shows; by default the two names and the weight.
    """

    source: str
    target: str
    weight: float | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is drawn.

    Attributes:
        boxes: drawn one by one, then one for the rest of each column that has a rest.
        lines: between drawn boxes, one for each pair.
        rests: keys of the boxes that stand for several, with how many.
        left_out: what was gathered or cannot be drawn, in sentences.
    """

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    rests: dict[str, int]
    left_out: tuple[str, ...]


def gather(
    boxes: Sequence[Box],
    lines: Sequence[Line],
    headers: Sequence[str],
    *,
    limit: int,
    unit: str = "",
    rank: Callable[[Box], int] = lambda box: 0,
    rest_name: Callable[[int, str], str] = "+ {:,} more · {}".format,
) -> Gathered:
    """Choose at most `limit` boxes, in each column by `rank` and then the heaviest; gather the others.

    Raises:
        UsageError: a key that stands twice, a line to no box, a box in no column.
    """
    check(boxes, lines, headers)
    passing = _passing(boxes, lines)
    columns: dict[int, list[Box]] = defaultdict(list)
    for box in sorted(boxes, key=lambda box: (rank(box), -passing[box.key], box.name, box.key)):
        columns[box.column].append(box)
    shares = _shares({column: len(those) for column, those in columns.items()}, limit)
    stands, drawn, rests, told = {box.key: box.key for box in boxes}, [], {}, []
    for column, those in sorted(columns.items()):
        kept = those if len(those) <= shares[column] else those[: max(0, shares[column] - 1)]
        drawn += kept
        if rest := those[len(kept) :]:
            key = f"\N{HORIZONTAL ELLIPSIS}{column}"
            weight = amount(sum(passing[box.key] for box in rest), unit)
            drawn.append(Box(key, rest_name(len(rest), weight), column))
            rests[key] = len(rest)
            stands.update((box.key, key) for box in rest)
            told.append(
                f"{headers[column]}: {len(rest):,} of {len(those):,} are drawn as one box, with {weight} in all."
            )
    merged, loops = _merged(lines, stands)
    if loops:
        told.append(f"{counted(loops, 'line leads', 'lines lead')} from a box to itself and cannot be drawn.")
    return Gathered(tuple(drawn), merged, rests, tuple(told))


def check(boxes: Sequence[Box], lines: Sequence[Line], headers: Sequence[str]) -> None:
    """Refuse boxes and lines that do not fit together.

    Raises:
        UsageError: a key that stands twice, a line to no box, a box in no column.
    """
    keys = {box.key for box in boxes}
    if len(keys) < len(boxes):
        raise UsageError("Two boxes of a picture have the same key.", hint="Give each box a key of its own.")
    if lost := next((key for line in lines for key in (line.source, line.target) if key not in keys), None):
        raise UsageError(f"A line of a picture leads to {lost!r}, which is no box.", hint="Add a box with this key.")
    if stray := next((box for box in boxes if not 0 <= box.column < len(headers)), None):
        raise UsageError(
            f"The box {stray.key!r} of a picture stands in column {stray.column}, which has no header.",
            hint=f"Columns are numbered from 0; there are headers for {len(headers)}.",
        )


def _passing(boxes: Sequence[Box], lines: Sequence[Line]) -> dict[str, float]:
    """How much passes each box: its own weight, or the greater of what comes in and what goes out."""
    into: dict[str, float] = defaultdict(float)
    out: dict[str, float] = defaultdict(float)
    for line in lines:
        out[line.source] += known(line.weight) or 0.0
        into[line.target] += known(line.weight) or 0.0
    return {box.key: max(into[box.key], out[box.key]) if (own := known(box.weight)) is None else own for box in boxes}


def _shares(sizes: dict[int, int], limit: int) -> dict[int, int]:
    """How many boxes each column may show: short columns all, the others the same."""
    shares, left = {}, max(limit, len(sizes))
    for place, (column, size) in enumerate(sorted(sizes.items(), key=lambda found: (found[1], found[0]))):
        shares[column] = min(size, left // (len(sizes) - place))
        left -= shares[column]
    return shares


def _merged(lines: Sequence[Line], stands: dict[str, str]) -> tuple[tuple[Line, ...], int]:
    """One line for each pair of boxes that are drawn, and how many lead from a box to itself."""
    pairs: dict[tuple[str, str], list[Line]] = defaultdict(list)
    loops = 0
    for line in lines:
        loops += line.source == line.target
        pair = (stands[line.source], stands[line.target])
        if pair[0] != pair[1]:
            pairs[pair].append(line)
    return tuple(
        Line(*pair, total(line.weight for line in those), those[0].title if len(those) == 1 else "")
        for pair, those in sorted(pairs.items())
    ), loops
