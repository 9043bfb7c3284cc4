"""The words, places and rates that lie beside this file, read once."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Place:
    """A city: its spellings (the first is its own), its names in Arabic and Cyrillic script, its districts."""

    country: str
    weight: int
    area: str
    postcode: str
    names: tuple[str, ...]
    arabic: str
    cyrillic: str
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its dialling code, the digits of its tax numbers, its spellings."""

    dial: str
    digits: int
    names: tuple[str, ...]


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of this folder, by its name without the ending."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


@cache
def places() -> dict[str, list[Place]]:
    """The cities by kind of firm."""
    found: dict[str, list[Place]] = {}
    for r in _csv("places"):
        names, districts = tuple(r["names"].split("|")), tuple(r["districts"].split("|"))
        place = Place(r["country"], int(r["weight"]), r["area"], r["postcode"], names, r["ar"], r["ru"], districts)
        found.setdefault(r["kind"], []).append(place)
    return found


@cache
def countries() -> dict[str, Country]:
    """The countries by their code."""
    return {r["code"]: Country(r["dial"], int(r["digits"]), tuple(r["names"].split("|"))) for r in _csv("countries")}


def _csv(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
