import re
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from bench.parties import generate as generator
from bench.parties.generate import generate
from bench.parties.words import table
from pyarrow import csv
from stdnum.tr import vkn

ROWS = 2_000
TEXT = csv.ConvertOptions(
    column_types=dict.fromkeys(("Postcode", "Phone", "Tax Number", "Country"), pa.string()), strings_can_be_null=True
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("parties")
    generate(ROWS, made, seed=7)
    return made


@pytest.fixture(scope="module")
def orders(folder: Path) -> pa.Table:
    return csv.read_csv(folder / "orders.csv", convert_options=TEXT)


@pytest.fixture(scope="module")
def truth(folder: Path) -> pa.Table:
    return csv.read_csv(folder / "truth.csv")


def test_same_seed_same_bytes(folder, tmp_path):
    generate(ROWS, tmp_path / "again", seed=7)
    generate(ROWS, tmp_path / "other", seed=8)
    for name in ("orders.csv", "truth.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
        assert (tmp_path / "other" / name).read_bytes() != (folder / name).read_bytes()


def test_truth_names_every_row_but_placeholders(orders, truth):
    assert truth["row"].to_pylist() == list(range(2, ROWS + 2))
    nobody = pc.is_in(orders["Customer Name"], pa.array(table("words")["placeholders"]))
    assert nobody.to_pylist() == pc.is_null(truth["entity"]).to_pylist()
    assert truth["entity"].null_count == round(ROWS * table("rates")["rows"]["placeholder"])


@pytest.mark.parametrize(
    ("column", "rate"),
    [
        ("Customer Address", 0.80),
        ("City", 0.90),
        ("Postcode", 0.40),
        ("Country", 0.97),
        ("Phone", 0.50),
        ("E-mail", 0.35),
        ("Tax Number", 0.35),
    ],
)
def test_values_are_there_as_often_as_said(orders, column, rate):
    # Rows of one firm repeat its entries, so shares of 2,000 rows scatter widely.
    assert 1 - orders[column].null_count / ROWS == pytest.approx(rate, abs=0.1)


def test_sizes_are_heavy_tailed(truth):
    sizes = sorted(c["counts"] for c in pc.value_counts(truth["entity"].drop_null()).to_pylist())
    assert 3 < ROWS / len(sizes) < 9
    assert 0.4 < sizes.count(1) / len(sizes) < 0.65
    assert 50 < sizes[-1] <= 200


def test_turkish_tax_numbers_have_their_check_digit(orders):
    numbers = {n for n in orders["Tax Number"].to_pylist() if n and re.fullmatch(r"\d{10}", n)}
    assert 0.6 < sum(map(vkn.is_valid, numbers)) / len(numbers) < 0.95  # Russian ones have ten digits too


def test_the_docstring_gives_the_rates_in_force():
    said = re.findall(r"([a-z]+(?:\.[a-z_0-9]+)+)\s+(\.?\d[\d.]*\d|\d)", generator.__doc__)
    assert len(said) > 50
    for name, rate in said:
        found = table("rates")
        for part in name.split("."):
            found = found[part]
        assert float(rate) == found, name
