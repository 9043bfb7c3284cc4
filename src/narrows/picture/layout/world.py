"""Coastline and boundaries of the world: Natural Earth, 1:110 million, public domain; see bench/coast/convert.py."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class World:
    """Lines of longitude and latitude in degrees; where they cross the antimeridian, longitudes go beyond 180.

    Attributes:
        coast: closed lines; that around the South Pole ends 360 degrees from where it begins.
        borders: lines between two countries, as Natural Earth 4.1 draws them; not authoritative.
    """

    coast: tuple[Line, ...]
    borders: tuple[Line, ...]


@cache
def world() -> World:
    """Return the lines."""
    told = json.loads(resources.files("narrows.picture.layout").joinpath("world.json").read_text(encoding="ascii"))
    steps = told["steps"]
    coast, borders = (
        tuple(
            tuple(
                (x / steps, y / steps) for x, y in zip(accumulate(line[::2]), accumulate(line[1::2]), strict=True)
            )
            for line in told[kind]
        )
        for kind in ("coast", "borders")
    )  # fmt: skip
    return World(coast, borders)
