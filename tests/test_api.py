"""What the stages owe each other, through the public face."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from narrows import api
from narrows.errors import IndicatorProblem, MappingProblem, Rejected, UsageError
from narrows.settings import Settings, of_case

ORDERS = """Order No,Order date,Buyer,Seller,Goods description,HS code,Quantity,Unit
N-1001,2024-03-01,Blue Harbour Phones Ltd,Low Fen Supplies Ltd,mobile phone,851713,20,pcs
"""
MINE = """/* ---
id = "order.any-phone"
code = "MIN-01"
title = "A phone"
kind = "gate"
status = "stable"
means = "A line of phones."
cites = ["made up for a test"]
false_positives = ["Somebody simply needs a phone."]
blind_spots = ["Phones without a code are not seen."]
clears = ["The order itself shows what the phones are for."]
says = "{buyer} ordered phones"
over = "item"
subject = "deal"
needs = ["goods_class"]

[[examples]]
name = "phones"
expect = "hit"
item = [{record = 1, deal = 1, goods_class = "8517"}]
[[examples]]
name = "no phones"
expect = "clear"
item = [{record = 1, deal = 1, goods_class = "8501"}]
[[examples]]
name = "no code"
expect = "not evaluable"
item = [{record = 1, deal = 1}]
--- */
SELECT i.deal AS subject, i.record AS record, 'somebody' AS buyer FROM view.item AS i WHERE i.goods_class = '8517'
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, "utf-8")
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine" / "order").mkdir(parents=True)
    (tmp_path / "mine" / "order" / "any-phone.sql").write_text(MINE, "utf-8")
    return tmp_path / "mine"


@pytest.fixture
def loaded(tmp_path: Path, orders: Path) -> Iterator[api.Case]:
    with api.new(tmp_path / "case", settings=Settings(epoch=0)) as case:
        case.load(orders)
        yield case


def test_what_was_not_screened_since_its_last_change_is_not_reported(loaded: api.Case, tmp_path: Path) -> None:
    for ask in (loaded.report, lambda: loaded.alerts, lambda: loaded.table("hits"), lambda: loaded.table("coverage")):
        with pytest.raises(UsageError, match="not screened since its last change"):
            ask()
    with pytest.raises(UsageError, match="who is who"):
        loaded.screen()
    loaded.resolve()
    loaded.screen()
    loaded.report()
    (tmp_path / "more.csv").write_text(ORDERS.replace("1001", "1002"), "utf-8")
    loaded.load(tmp_path / "more.csv")
    with pytest.raises(UsageError, match="not screened"):
        loaded.report()
    loaded.rebuild()
    loaded.report()


def test_an_indicator_from_outside_counts_once_accepted_and_then_always(loaded: api.Case, mine: Path) -> None:
    loaded.resolve()
    assert loaded.screen(indicators=mine).counts["alerts"] == 0
    assert [hit["reviewed"] for hit in loaded.table("hits").rows()] == [False]
    loaded.accept(api.indicators(mine)[0], reason="we ask this of every order")
    assert loaded.screen().counts["alerts"] == 1
    assert loaded.rebuild().counts["alerts"] == 1
    loaded.report()


def test_an_indicator_that_breaks_its_contract_is_not_accepted(loaded: api.Case, mine: Path) -> None:
    file = mine / "order" / "any-phone.sql"
    file.write_text(MINE.replace('expect = "clear"', 'expect = "hit"'), "utf-8")
    with pytest.raises(IndicatorProblem, match="does not hold to its contract"):
        loaded.accept(api.indicators(mine)[0], reason="hasty")


def test_a_loaded_file_can_be_mapped_again(loaded: api.Case, orders: Path, tmp_path: Path) -> None:
    toml = api.mapping_text(api.propose(orders)[0][1])
    (tmp_path / "m.toml").write_text(toml.replace('"Buyer" = "buyer.name"', '"Buyer" = "consignee.name"'), "utf-8")
    again = loaded.load(orders, mapping=tmp_path / "m.toml")
    assert [(part.already, part.rows_kept) for part in again] == [(False, 1)]
    assert loaded.table("items").rows()[0]["consignee"] == "Blue Harbour Phones Ltd"
    assert loaded.load(orders, mapping=tmp_path / "m.toml")[0].already
    (tmp_path / "m.toml").write_text(toml.replace('"Buyer"', '"Nobody"'), "utf-8")
    with pytest.raises(MappingProblem, match="Nobody"):
        loaded.load(orders, mapping=tmp_path / "m.toml")


def test_run_tries_every_file_and_says_which_failed(tmp_path: Path, orders: Path) -> None:
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", "utf-8")
    with (
        api.new(tmp_path / "case") as case,
        pytest.raises(Rejected, match=r"1 of 2 files could not be loaded.*odd\.csv") as caught,
    ):
        case.run(tmp_path / "odd.csv", orders)
    assert "orders.csv" in caught.value.hint


def test_parameters_of_a_case_come_from_its_settings(loaded: api.Case) -> None:
    file = loaded.path / "settings.toml"
    file.write_text('[params."order.quantity-out-of-pattern"]\ntimes = 8\n', "utf-8")
    assert of_case(loaded.path, Settings()).params["order.quantity-out-of-pattern"] == {"times": 8}
    file.write_text("[param]\n", "utf-8")
    with pytest.raises(UsageError, match="no setting"):
        of_case(loaded.path, Settings())


def test_a_wrong_parameter_is_named(loaded: api.Case, tmp_path: Path) -> None:
    loaded.resolve()
    loaded.close()
    (tmp_path / "case" / "settings.toml").write_text('[params."order.quantity-out-of-pattern"]\ntimse = 8\n', "utf-8")
    with api.open(tmp_path / "case") as case, pytest.raises(IndicatorProblem, match="timse"):
        case.screen()


def test_tables_come_as_arrow_pandas_polars_and_html(loaded: api.Case) -> None:
    table = loaded.table("items")
    assert table.arrow.num_rows == len(table) == len(table.df()) == len(table.pl()) == 1
    assert "mobile phone" in table._repr_html_()
    assert "orders.csv" in loaded._repr_html_()
    loaded.resolve()
    loaded.screen()
    assert "alerts: 0 of 0 rows" in loaded._repr_html_()


def test_a_rebuild_that_fails_half_way_leaves_no_clean_looking_report(
    loaded: api.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded.resolve()
    loaded.screen()
    monkeypatch.setattr("narrows.flow.resolve.run", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loaded.rebuild()
    with pytest.raises(UsageError, match="not screened"):
        loaded.report()


def test_of_two_accepted_versions_the_last_counts(loaded: api.Case, mine: Path) -> None:
    file = mine / "order" / "any-phone.sql"
    loaded.accept(api.indicators(mine)[0], reason="first")
    file.write_text(MINE.replace("A line of phones.", "A line of phones, said better."), "utf-8")
    loaded.accept(api.indicators(mine)[0], reason="second")
    loaded.accept(api.indicators(mine)[0], reason="once more")
    loaded.resolve()
    loaded.screen()
    assert [row["code"] for row in loaded.table("coverage").rows()].count("MIN-01") == 1
    assert len(loaded.table("hits")) == 1


def test_settings_of_an_indicator_that_is_not_there_are_refused(loaded: api.Case, tmp_path: Path) -> None:
    loaded.resolve()
    loaded.close()
    (tmp_path / "case" / "settings.toml").write_text('[params."order.quantity"]\ntimes = 8\n', "utf-8")
    with api.open(tmp_path / "case") as case, pytest.raises(UsageError, match=r"order\.quantity"):
        case.screen()
