"""The network on a map: GeoJSON as RFC 7946 has it, positions as longitude and latitude in WGS 84.

Firms and places whose town is known are points, edges between two of them lines from the one to the other, not ways
that goods took. Where the shorter way crosses the 180th meridian, the line is cut there (RFC 7946, 3.1.9).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
Position = tuple[float, float]

_NOT_SAID = ("latitude", "longitude")


def geojson(nodes: Iterable[Row], edges: Iterable[Row]) -> Iterator[str]:
    """Yield a FeatureCollection in pieces, a feature a line."""
    at: dict[str, Position] = {}
    yield '{"type":"FeatureCollection","features":['
    between = "\n"
    for node in nodes:
        if node["latitude"] is not None and node["longitude"] is not None:
            here = at[node["id"]] = (node["longitude"], node["latitude"])
            told = {name: value for name, value in node.items() if name not in _NOT_SAID and name != "id"}
            yield between + _feature({"type": "Point", "coordinates": here}, told, node["id"])
            between = ",\n"
    for edge in edges:
        if edge["source"] in at and edge["target"] in at:
            yield between + _feature(line(at[edge["source"]], at[edge["target"]]), edge)
            between = ",\n"
    yield "\n]}\n"


def line(start: Position, end: Position) -> dict[str, object]:
    """Return the straight line between two positions as a geometry, cut where it crosses the 180th meridian."""
    (x, y), (to_x, to_y) = start, end
    if abs(to_x - x) <= 180:
        return {"type": "LineString", "coordinates": [start, end]}
    side = 180.0 if x > 0 else -180.0
    across = to_x + 2 * side  # where the end would lie beyond the meridian
    cut = y + (to_y - y) * (side - x) / (across - x)
    return {"type": "MultiLineString", "coordinates": [[start, (side, cut)], [(-side, cut), end]]}


def _feature(geometry: Mapping[str, object], told: Row, id_: str | None = None) -> str:
    feature: dict[str, object] = {"type": "Feature"}
    if id_ is not None:
        feature["id"] = id_
    feature |= {"geometry": geometry, "properties": {name: _plain(value) for name, value in told.items()}}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
