"""A list is known from the day of its version, and as it was then."""

from __future__ import annotations

from datetime import date

import pytest

from narrows import api
from narrows.hindsight.past import Pasts

ORDERS = """Order No,Order date,Buyer,Buyer country,Seller,Goods description
N-1,2024-03-01,Quillmarsh Phones Ltd,GB,Aven Supplies Ltd,bearings
"""
MAPPING = """schema = "narrows.mapping/1"
kind = "entities"
[columns]
"No" = "party.id"
"Name" = "party.name"
"Country" = "party.country"
"""
VERSIONS = {"2024-06-01": "1,Quillmarsh Phones,GB", "2024-10-01": "2,Rosterholm Mining,GB"}


@pytest.fixture(scope="module")
def pasts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    (folder / "orders.csv").write_text(ORDERS, "utf-8")
    (folder / "m.toml").write_text(MAPPING, "utf-8")
    with api.new(folder / "case") as case:
        case.load(folder / "orders.csv")
        for day, entry in VERSIONS.items():
            (folder / f"{day}.csv").write_text(f"No,Name,Country\n{entry}\n", "utf-8")
            case.add_list(folder / f"{day}.csv", name="Ours", as_of=day, mapping=folder / "m.toml")
        case.resolve()
        case.screen()
        found = Pasts(case._store, [record for (record,) in case._store.engine.rows("SELECT record FROM derived.item")])
        yield found
        found.close()


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2024-05-31", set()),
        ("2024-06-01", {"LAW-07"}),
        ("2024-09-30", {"LAW-07"}),
        ("2024-10-01", set()),
        ("2024-06-02", {"LAW-07"}),
    ],
)
def test_who_was_listed_that_day(pasts, day, codes):
    everybody = pasts.actors()[-1].number
    seen = pasts.seen([everybody], date.fromisoformat(day))
    assert {hit.code for hits in seen.hits.values() for hit in hits} == codes
