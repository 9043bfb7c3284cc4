from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.errors import UsageError
from narrows.picture.gathering import Box, Line, gather

HEADERS = ("Maker", "Place")


def star(count: int) -> tuple[list[Box], list[Line]]:
    """Many makers, the later the heavier, and one place."""
    boxes = [Box(f"m{at:03}", f"Maker {at}", 0) for at in range(count)] + [Box("p", "Port", 1)]
    return boxes, [Line(f"m{at:03}", "p", float(at)) for at in range(count)]


def test_the_heaviest_are_drawn_and_the_others_counted():
    found = gather(*star(10), HEADERS, limit=5, unit="kg")
    assert [box.key for box in found.boxes] == ["m009", "m008", "m007", "…0", "p"]
    assert found.boxes[3].name == "+ 7 more · 21 kg"
    assert found.left_out == ("Maker: 7 of 10 are drawn as one box, with 21 kg in all.",)


def test_what_matters_is_drawn_before_what_weighs():
    found = gather(*star(10), HEADERS, limit=4, rank=lambda box: box.key != "m001")
    assert "m001" in {box.key for box in found.boxes}


@given(st.integers(1, 60), st.integers(1, 80))
def test_no_weight_is_lost_and_no_limit_broken(count, limit):
    found = gather(*star(count), HEADERS, limit=limit)
    assert len(found.boxes) <= max(limit, 2)
    assert sum(line.weight for line in found.lines) == sum(range(count))
    assert sum(found.rests.values()) + len(found.boxes) - len(found.rests) == count + 1


def test_parallel_lines_are_one_and_loops_are_told():
    boxes = [Box("a", "A", 0), Box("b", "B", 1)]
    lines = [Line("a", "b", 2.0), Line("a", "b", 3.0), Line("a", "b"), Line("a", "a", 1.0)]
    found = gather(boxes, lines, HEADERS, limit=9)
    assert found.lines == (Line("a", "b", 5.0),)
    assert found.left_out == ("1 line leads from a box to itself and cannot be drawn.",)


@pytest.mark.parametrize("weight", [None, float("nan"), float("inf"), -1.0])
def test_a_weight_that_is_none_stays_unknown(weight):
    found = gather([Box("a", "A", 0), Box("b", "B", 1)], [Line("a", "b", weight)], HEADERS, limit=9)
    assert found.lines[0].weight is None


@pytest.mark.parametrize(
    ("boxes", "lines", "told"),
    [
        ([Box("a", "A", 0), Box("a", "B", 1)], [], "same key"),
        ([Box("a", "A", 0)], [Line("a", "zz")], "'zz', which is no box"),
        ([Box("a", "A", 2)], [], "column 2, which has no header"),
    ],
)
def test_what_does_not_fit_together_is_refused(boxes, lines, told):
    with pytest.raises(UsageError, match=told):
        gather(boxes, lines, HEADERS, limit=9)
