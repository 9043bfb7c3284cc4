"""Pictures as SVG, drawn from plain data: one module a picture, each with frozen dataclasses and a function `draw`.

columns   who stands between the maker and the place, in columns of roles
sankey    how much goes through whom
strip     who held an item, and when
timeline  who could first have asked, and how much had moved by then
chart     a map: coastline, places, the way between them
bars      shares side by side

The same data give the same text. Nothing is fetched, no script runs. `layout/` holds the geometry.
"""

from narrows.picture.drawing import Drawing, style

__all__ = ["Drawing", "style"]
