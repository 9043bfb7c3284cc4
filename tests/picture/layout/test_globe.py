from __future__ import annotations

from itertools import pairwise
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.picture.layout.globe import areas, around, frame, lines, natural_earth
from narrows.picture.layout.world import world

WIDTH, HEIGHT = 920.0, 420.0
places = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=8)


def area(shape) -> float:
    closed = [*shape, shape[0]]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(closed))) / 2


@pytest.mark.parametrize(
    ("longitudes", "middle", "span"),
    [([10, 30], 20, 20), ([170, -170], -180, 20), ([-10, 10], 0, 20), ([5], 5, 0), ([179, -179, 178], 179.5, 3)],
)
def test_the_shortest_arc_around(longitudes, middle, span):
    assert around(longitudes) == pytest.approx((middle, span))


def test_natural_earth_as_published():
    assert natural_earth(pi, 0) == pytest.approx((0.8707 * pi, 0))
    assert natural_earth(0, pi / 2) == pytest.approx((0, 1.42239), abs=1e-4)
    # At one radian every power is one, and the coefficients of the paper add up.
    x = 0.8707 - 0.131979 - 0.013791 + 0.003971 - 0.001529
    assert natural_earth(1, 1) == pytest.approx((x, 1.007226 + 0.015085 - 0.044475 + 0.028874 - 0.005916))


@given(places)
def test_all_places_are_within(those):
    view = frame(those, WIDTH, HEIGHT)
    for place in those:
        x, y = view.place(*place)
        assert -1 <= x <= WIDTH + 1 and -1 <= y <= HEIGHT + 1


@given(st.floats(-180, 180), st.floats(-75, 75), st.floats(0, 60))
def test_nothing_is_drawn_outside_and_no_line_jumps(east, north, span):
    view = frame([(east, north), (east + span, north)], WIDTH, HEIGHT)
    for shape in [*areas(view, world().coast), *lines(view, world().coast)]:
        assert all(-9 <= x <= WIDTH + 9 and -9 <= y <= HEIGHT + 9 for x, y in shape)
    if not view.whole:
        longest = max((world_step(line) for line in world().coast), default=0) * view.scale
        drawn = (abs(a[0] - b[0]) for line in lines(view, world().coast) for a, b in pairwise(line))
        assert max(drawn, default=0) <= longest


def world_step(line) -> float:
    """The longest step east or west of a line, in degrees."""
    return max(abs(a[0] - b[0]) for a, b in pairwise(line))


@pytest.mark.parametrize("middle", [-180, -90, -37.5, 0, 25, 100, 179])
def test_the_world_has_as_much_land_wherever_it_is_cut(middle):
    view = frame([(middle - 80, 0), (middle, 0), (middle + 80, 0)], WIDTH, HEIGHT)
    assert view.whole
    rings = [ring for ring in world().coast if abs(ring[-1][0] - ring[0][0]) < 1]
    assert sum(map(area, areas(view, rings))) == pytest.approx(76466, rel=0.002)


def test_across_the_date_line_near_places_are_near():
    view = frame([(178.4, -18.1), (-171.8, -13.8)], WIDTH, HEIGHT)
    assert not view.whole and view.east < 40
    assert view.place(178.4, -18.1)[0] < view.place(-171.8, -13.8)[0]
