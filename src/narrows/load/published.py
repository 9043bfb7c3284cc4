"""The layouts of published trade statistics: what the columns of UN Comtrade's and Eurostat's tables mean.

They lie in `mappings/statistics/*.toml`. Publishers write the same thing in several columns (a country as code, number
and name) and leave columns out; of each field the first column that the file has is read, the others are left out on
purpose.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from narrows.load.columns.mapping import same_header
from narrows.model.mapping import Mapping


def statistics_of(columns: Sequence[str]) -> Mapping | None:
    """Return the mapping of a table of published statistics that is told by its columns, or None."""
    there = {same_header(column): column for column in columns}
    for layout in _layouts():
        if all(not there.keys().isdisjoint(group) for group in layout["needs"]):
            return _mapping(layout, there)
    return None


def _mapping(layout: dict[str, Any], there: dict[str, str]) -> Mapping:
    chosen: dict[str, str] = {}
    for field, candidates in layout["first"].items():
        found = [there[same_header(one)] for one in candidates if same_header(one) in there]
        chosen |= dict.fromkeys(found, "")
        chosen |= dict.fromkeys(found[:1], field)
    for field, candidates in layout["all"].items():
        chosen |= {there[same_header(one)]: field for one in candidates if same_header(one) in there}
    return Mapping(
        "statistics", MappingProxyType(chosen), MappingProxyType(layout["constants"]), date_order="year-first",
        id_scheme=layout["numbers"], title=layout["title"], publisher=layout["publisher"], licence=layout["licence"],
    )  # fmt: skip


@cache
def _layouts() -> tuple[dict[str, Any], ...]:
    folder = files("narrows") / "mappings" / "statistics"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in names)
