"""Turn the coastline and boundaries of Natural Earth into src/narrows/picture/layout/world.json.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python bench/coast/convert.py package/land-110m.json package/countries-110m.json > \\
        src/narrows/picture/layout/world.json

The files of world-atlas are TopoJSON in degrees. Of the coast every ring is kept, of the boundaries the lines between
two countries. Written are whole hundredths of a degree: for each line its first longitude and latitude, then the steps
to the next points. Lines that cross the antimeridian go on beyond 180 degrees instead of jumping to the other side, and
the ring around the South Pole ends where it began, 360 degrees on.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

STEP = 100  # to the degree: about 1.1 km, finer than the 1:110 million of the source

Line = list[tuple[float, float]]


def main(land_file: str, countries_file: str) -> None:
    """Print the lines of both files."""
    land = json.loads(Path(land_file).read_text(encoding="utf-8"))
    countries = json.loads(Path(countries_file).read_text(encoding="utf-8"))
    rings = [ring for shape in land["objects"]["land"]["geometries"] for ring in rings_of(shape)]
    uses = Counter(
        arc if arc >= 0 else ~arc
        for shape in countries["objects"]["countries"]["geometries"]
        for ring in rings_of(shape)
        for arc in ring
    )
    coast = [packed(unrolled([point for arc in ring for point in decoded(land, arc)])) for ring in rings]
    borders = [packed(unrolled(decoded(countries, arc))) for arc, times in sorted(uses.items()) if times > 1]
    print(json.dumps({"steps": STEP, "coast": coast, "borders": borders}, separators=(",", ":")))


def rings_of(shape: dict) -> list[list[int]]:
    """The rings of a shape, each as the numbers of its arcs."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
    return [ring for polygon in polygons for ring in polygon]


def decoded(topology: dict, number: int) -> Line:
    """The points of an arc in degrees; a number below zero means the arc read backwards."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in topology["arcs"][number if number >= 0 else ~number]:
        x, y = x + dx, y + dy
        points.append((x * kx + tx, y * ky + ty))
    return points if number >= 0 else points[::-1]


def unrolled(points: Line) -> Line:
    """The same line without jumps from one side of the world to the other."""
    line: Line = []
    for longitude, latitude in points:
        if line:
            longitude += 360 * round((line[-1][0] - longitude) / 360)
        line.append((longitude, latitude))
    return line


def packed(points: Line) -> list[int]:
    """First point and steps, without points that fall together."""
    whole = [(round(x * STEP), round(y * STEP)) for x, y in points]
    kept = [point for at, point in enumerate(whole) if not at or point != whole[at - 1]]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(kept)]
    return [number for point in [kept[0], *steps] for number in point]


if __name__ == "__main__":
    main(*sys.argv[1:])
