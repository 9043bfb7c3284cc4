"""Narrows finds the red flags of a supply chain, each with its evidence.

import narrows
case = narrows.new("CASE")
case.load("orders.csv")
case.resolve()
case.screen()
case.table("alerts").df()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narrows.errors import NarrowsError

if TYPE_CHECKING:
    from narrows.api import Case, demo, new, open

__version__ = "0.1.0"
__all__ = ["Case", "NarrowsError", "__version__", "demo", "new", "open"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: the database engine takes longer to import than `narrows --help` may take.
    if name in ("Case", "demo", "new", "open"):
        from narrows import api

        return getattr(api, name)
    raise AttributeError(f"module 'narrows' has no attribute {name!r}")
