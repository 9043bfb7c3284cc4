from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from narrows.picture.layout.world import world

DATA = resources.files("narrows.picture.layout").joinpath("world.json")


def test_the_data_are_what_third_party_says():
    told = (Path(__file__).parents[3] / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert hashlib.sha256(DATA.read_bytes()).hexdigest() in told


def test_every_coast_is_closed_but_that_around_the_pole():
    open_ones = [ring for ring in world().coast if ring[0] != ring[-1]]
    assert len(world().coast) == 126
    assert [round(abs(ring[-1][0] - ring[0][0])) for ring in open_ones] == [360]


def test_lines_lie_on_earth():
    assert all(abs(y) <= 90 and abs(x) <= 540 for line in (*world().coast, *world().borders) for x, y in line)
