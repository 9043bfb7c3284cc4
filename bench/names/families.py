"""Reads the entity families: one name, other ways to write it, and names that only look like it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "families"
CUT = "/35"
"""A form that ends in this is written as systems with 35 characters a line keep it."""
SPLITS = ("dev", "held-out")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name, and what sets it apart from the name that heads its family."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Family:
    """An entity, the forms of its name, and the names of others that are easily taken for it."""

    kind: str
    split: str
    name: Form
    same: tuple[Form, ...]
    other: tuple[Form, ...]
    countries: tuple[str, ...]


def families() -> Iterator[Family]:
    """Yield all families, file by file; neighbours go to different splits, so each language is halved."""
    for path in sorted(HERE.glob("*.toml")):
        read = tomllib.loads(path.read_text("utf-8"))
        for place, family in enumerate(read["family"]):
            yield Family(
                kind=read["kind"],
                split=SPLITS[place % 2],
                name=Form(family["name"], "name"),
                same=_forms(family["same"]),
                other=_forms(family["other"]),
                countries=tuple(family.get("countries", [family["country"]] if "country" in family else [])),
            )


def _forms(table: dict[str, Any]) -> tuple[Form, ...]:
    """The forms of a table of slug = text or texts, in the order in which they are written."""
    return tuple(
        Form(_cut(text), why) for why, texts in table.items() for text in ([texts] if isinstance(texts, str) else texts)
    )


def _cut(text: str) -> str:
    return text.removesuffix(CUT)[:35].rstrip() if text.endswith(CUT) else text
