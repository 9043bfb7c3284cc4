from __future__ import annotations

import hashlib

import pytest

from narrows import api
from narrows.settings import Settings
from narrows.vocab import dates, numbers, text, units

LINES = [
    "Order No;Order Date;Customer;Description;Qty;Unit;Amount;Currency",
    "A-1;03.04.2024;Küstenhandel Maier GmbH;Acetone 99 %;1,5;t;1.200,50;EUR",
    "A-2;05.04.2024;Blue Harbour Phones Ltd;Bearings;40;pcs;99,00;EUR",
    "A-3;31.02.2024;Kestrel Bay Car Hire;Paint;2 x 25 kg;bags;1e999;EUR",
]
BY_HAND = """
schema = "narrows.mapping/1"
kind = "orders"
date_order = "month-first"
decimal = "."
[columns]
"Order No" = "order_no"
"Order Date" = "notes"
"Customer" = "seller.name"
"Description" = "stated_use"
"Qty" = ""
"""


def records(case: api.Case) -> list[int]:
    """The record numbers of all goods lines."""
    return sorted(record for (record,) in case._store.engine.rows("SELECT record FROM derived.item"))


@pytest.fixture
def load(tmp_path):
    """Load the lines into a new case and return the numbers of their records."""
    file = tmp_path / "orders.csv"
    file.write_bytes("\n".join([*LINES, ""]).encode("cp1252"))

    def loaded(name: str, mapping: str | None = None) -> list[int]:
        written = None
        if mapping is not None:
            written = tmp_path / f"{name}.toml"
            written.write_text(mapping, encoding="utf-8")
        with api.new(tmp_path / name, settings=Settings(threads=1)) as case:
            case.load(file, mapping=written)
            return records(case)

    return loaded


def expected() -> list[int]:
    """What the numbers must be, from the bytes of the file and the rows as a spreadsheet shows them."""
    source = hashlib.sha256("\n".join([*LINES, ""]).encode("cp1252")).hexdigest()
    part = int(hashlib.sha256(f"{source}\n".encode()).hexdigest()[:8], 16) >> 1
    return [part << 32 | row for row in range(2, len(LINES) + 1)]


def test_numbers_come_from_the_bytes_and_the_place(load):
    assert load("case") == expected()


def test_what_the_columns_are_taken_to_mean_does_not_matter(load):
    assert load("case", BY_HAND) == expected()


def test_how_texts_are_read_does_not_matter(load, monkeypatch):
    """Whatever becomes of the vocabulary, a record keeps its number."""
    for module, name in ((numbers, "parse_number"), (dates, "parse_date"), (units, "parse_quantity")):
        monkeypatch.setattr(module, name, lambda *_, **__: None)
    monkeypatch.setattr(text, "fold", lambda value: value[::-1])
    assert load("case", BY_HAND.replace('"Qty" = ""', '"Qty" = "quantity"')) == expected()
