"""From degrees to pixels: which part of the world is shown, how it is projected, what of a line is within.

Near places are shown in the equirectangular projection, true to scale along the middle latitude; places all over the
world in the Natural Earth projection (Šavrič, Jenny, Patterson, Petrovič and Hurni, 2011). Longitudes are counted from
the middle of the picture, so that the antimeridian is a line like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians

Point = tuple[float, float]

LEAST = 24.0  # degrees shown at least: the coastline is too coarse for less
MOST = 150.0  # degrees of longitude, beyond which the whole world is shown
MARGIN = 0.16  # of the span, kept free on each side
POLES = 84.0  # latitude up to which near places are shown


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world in a rectangle of pixels.

    Attributes:
        middle: longitude and latitude of the middle.
        scale: pixels for a degree of latitude (near places) or for a radian (the whole world).
        squeeze: length of a degree of longitude in degrees of latitude; 0 where the whole world is shown.
        width, height: in pixels.
        west, east, south, north: what is within, longitudes counted from the middle.
    """

    middle: Point
    scale: float
    squeeze: float
    width: float
    height: float
    west: float
    east: float
    south: float
    north: float

    @property
    def whole(self) -> bool:
        """Whether the whole world is shown."""
        return not self.squeeze

    def place(self, longitude: float, latitude: float) -> Point:
        """Return the pixel of a place in degrees."""
        return self.pixel((longitude - self.middle[0] + 180) % 360 - 180, latitude)

    def pixel(self, east: float, latitude: float) -> Point:
        """Return the pixel of a place whose longitude is counted from the middle."""
        if self.whole:
            x, y = natural_earth(radians(east), radians(latitude))
            return self.width / 2 + x * self.scale, self.height / 2 - y * self.scale
        return (
            self.width / 2 + east * self.squeeze * self.scale,
            self.height / 2 - (latitude - self.middle[1]) * self.scale,
        )


def natural_earth(longitude: float, latitude: float) -> Point:
    """Project radians; the plane is 5.47 wide and 2.85 high."""
    two = latitude * latitude
    four = two * two
    x = longitude * (0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four)))
    y = latitude * (1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four)))
    return x, y


def frame(places: Sequence[Point], width: float, height: float) -> View:
    """Return the view that shows places (longitude, latitude) with a margin around them."""
    if not places:
        return _world(0.0, width, height)
    middle, span = around([longitude for longitude, _ in places])
    south, north = min(latitude for _, latitude in places), max(latitude for _, latitude in places)
    latitude = (south + north) / 2
    squeeze = max(0.25, cos(radians(latitude)))
    wide = max(LEAST, span * (1 + 2 * MARGIN))
    high = max(LEAST * height / width, (north - south) * (1 + 2 * MARGIN))
    scale = min(width / (wide * squeeze), height / high)
    east, up = width / scale / squeeze / 2, height / scale / 2
    if span > MOST or east > MOST * 0.62 or up > POLES:
        return _world(middle, width, height)
    latitude = min(max(latitude, up - POLES), POLES - up) if north <= POLES and south >= -POLES else latitude
    return View((middle, latitude), scale, squeeze, width, height, -east, east, latitude - up, latitude + up)


def around(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return middle and span of the shortest arc that holds all longitudes, in degrees."""
    turned = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(after - before, after) for before, after in zip(turned, [*turned[1:], turned[0] + 360], strict=True)]
    gap, first = max(gaps)
    span = 360 - gap
    return (first + span / 2 + 180) % 360 - 180, span


def _world(middle: float, width: float, height: float) -> View:
    wide, high = 2 * natural_earth(pi, 0)[0], 2 * natural_earth(0, pi / 2)[1]
    scale = min((width - 4) / wide, (height - 4) / high)
    return View((middle, 0.0), scale, 0.0, width, height, -180.0, 180.0, -90.0, 90.0)


def outline(view: View) -> list[Point]:
    """Return the edge of the world where the whole of it is shown, of the picture otherwise."""
    if not view.whole:
        return [(0, 0), (view.width, 0), (view.width, view.height), (0, view.height)]
    down = [view.pixel(180, latitude) for latitude in range(90, -91, -5)]
    return down + [view.pixel(-180, latitude) for latitude in range(-90, 91, 5)]


def areas(view: View, rings: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Return what of closed lines is within the view, as areas in pixels.

    Sutherland and Hodgman (1974); new edges run along the sides of the view, a little outside of what is seen.
    """
    sides = _sides(view)
    found = []
    for ring in rings:
        closed = [*ring, (ring[-1][0], -90.0), (ring[0][0], -90.0)] if abs(ring[-1][0] - ring[0][0]) > 180 else ring
        for turned in _turns(view, closed):
            cut: list[Point] = list(turned)
            for axis, limit, sign in sides:
                cut = _cut(cut, axis, limit, sign)
            if len(cut) > 2:
                found.append([view.pixel(*point) for point in (_bent(cut) if view.whole else cut)])
    return found


def lines(view: View, those: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Return what of lines is within the view, in pixels."""
    sides = _sides(view)
    found: list[list[Point]] = []
    for line in those:
        for turned in _turns(view, line):
            pieces: list[list[Point]] = [turned]
            for axis, limit, sign in sides:
                pieces = [piece for whole in pieces for piece in _pieces(whole, axis, limit, sign)]
            found += [[view.pixel(*point) for point in piece] for piece in pieces]
    return found


def _sides(view: View) -> tuple[tuple[int, float, int], ...]:
    """Axis, limit and inner side of each side of the view; those of a part of the world lie a little outside."""
    more = 0.0 if view.whole else 8 / view.scale
    return (
        (0, view.west - more, 1),
        (0, view.east + more, -1),
        (1, view.south - more, 1),
        (1, view.north + more, -1),
    )


def _turns(view: View, line: Sequence[Point]) -> list[list[Point]]:
    """A line with longitudes counted from the middle, once for each turn of the world on which it meets the view."""
    east = [longitude - view.middle[0] for longitude, _ in line]
    low, high = min(east), max(east)
    return [
        [(longitude + turn, latitude) for longitude, (_, latitude) in zip(east, line, strict=True)]
        for turn in (-720, -360, 0, 360, 720)
        if low + turn <= view.east + 20 and high + turn >= view.west - 20
    ]


def _cut(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for before, point in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
        was, within = (before[axis] - limit) * sign >= 0, (point[axis] - limit) * sign >= 0
        if was != within:
            kept.append(_meeting(before, point, axis, limit))
        if within:
            kept.append(point)
    return kept


def _bent(ring: list[Point]) -> list[Point]:
    """The same with points on long edges, which follow the edge of the world where they run along it."""
    points: list[Point] = []
    for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
        parts = 1 + int(abs(point[1] - before[1]) // 4) if point[0] == before[0] else 1
        steps = ((point[0], before[1] + (point[1] - before[1]) * part / parts) for part in range(1, parts + 1))
        points += steps
    return points


def _pieces(line: list[Point], axis: int, limit: float, sign: int) -> list[list[Point]]:
    pieces: list[list[Point]] = []
    before: Point | None = None
    for point in line:
        within = (point[axis] - limit) * sign >= 0
        was = before is not None and (before[axis] - limit) * sign >= 0
        if within and not was:
            pieces.append([] if before is None else [_meeting(before, point, axis, limit)])
        if within:
            pieces[-1].append(point)
        elif was and before is not None:
            pieces[-1].append(_meeting(before, point, axis, limit))
        before = point
    return [piece for piece in pieces if len(piece) > 1]


def _meeting(one: Point, other: Point, axis: int, limit: float) -> Point:
    """Where the way between two points meets a side."""
    share = (limit - one[axis]) / (other[axis] - one[axis])
    across = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (limit, across) if axis == 0 else (across, limit)
