"""The bundled example comes out as its truth says: the pattern is found, the look-alikes are left alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from axe import run
from narrows import api
from narrows.model.mapping import TRADE_KINDS
from narrows.settings import Settings

STRAITS = Path(__file__).parents[2] / "examples" / "straits"
TRUTH: dict[str, Any] = tomllib.loads((STRAITS / "truth.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def straits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Case]:
    with api.demo(tmp_path_factory.mktemp("straits") / "case", settings=Settings(epoch=0)) as case:
        yield case


@pytest.fixture(scope="module")
def codes(straits: api.Case) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for hit in straits.table("hits").rows():
        found.setdefault(hit["document_no"], set()).add(hit["code"])
    return found


@pytest.fixture(scope="module")
def alerts(straits: api.Case) -> set[str]:
    return {row["document_no"] for row in straits.alerts.rows()}


@pytest.mark.parametrize("told", TRUTH["pattern"], ids=lambda told: told["document"])
def test_the_pattern_is_found(told: dict[str, Any], codes: dict[str, set[str]], alerts: set[str]) -> None:
    assert told["document"] in alerts
    assert codes[told["document"]] >= set(told["must_hit"])


def test_nothing_else_is_an_alert(alerts: set[str]) -> None:
    assert alerts - {told["document"] for told in TRUTH["beyond"]} == {told["document"] for told in TRUTH["pattern"]}


@pytest.mark.parametrize("told", TRUTH["beyond"], ids=lambda told: told["document"])
def test_other_spellings_and_scripts_are_the_firm_that_they_name(told: dict[str, Any], straits: api.Case) -> None:
    parties = straits.table("parties").rows()
    items = [row for row in straits.table("items").rows() if row["document_no"] == told["document"]]
    places = {(row["file"], row["row"]) for row in items}
    as_written = {p["entity"] for p in parties if (p["file"], p["row"]) in places and p["role"] == "consignee"}
    assert as_written == {p["entity"] for p in parties if p["name"] == told["consignee"] and p["role"] == "company"}


def test_the_numbers_that_the_readme_tells(straits: api.Case, alerts: set[str]) -> None:
    items = [row for row in straits.table("items").rows() if row["document"] in TRADE_KINDS]
    assert (len({(row["file"], row["document_no"]) for row in items}), len(alerts)) == (392, 17)


def test_every_row_is_accounted_for(straits: api.Case) -> None:
    sources = straits.table("sources").rows()
    assert len({row["file"] for row in sources}) == 10
    tables = [row for row in sources if row["rows_read"] is not None]
    assert {row["file"] for row in sources} - {row["file"] for row in tables} == {"plate_RI-01.png"}
    assert all(row["rows_read"] == row["rows_kept"] + row["rows_rejected"] for row in tables)
    assert straits.table("rejected").rows() == []


@pytest.mark.parametrize("told", TRUTH["custody"], ids=lambda told: told["item"])
def test_each_recovered_item_has_its_chain(told: dict[str, Any], straits: api.Case) -> None:
    found = straits.trace(told["item"])
    ways = {
        chain["chain"]: [found.name(link["giver"]) for link in found.links_of(chain["chain"])] for chain in found.chains
    }
    assert ways[1] == (told["holders"] or ["nobody on record"])
    assert [link["state"] for link in found.links_of()] == told["states"]
    last = found.item["last_custodian"]
    assert ("" if last is None else found.name(last)) == told["last"]
    assert not told["also"] or told["also"] in ways.values()
    assert not told["note"] or told["note"] in {note["kind"] for note in found.notes}


def test_papers_about_goods_make_no_alert_and_change_none(straits: api.Case, tmp_path: Path) -> None:
    told = {"recoveries.csv", "certificates.csv", "packing_lists.csv", "replies.csv", "plate_RI-01.png"}
    with api.new(tmp_path / "case", settings=Settings(epoch=0)) as bare:
        with api.example_files() as files:
            bare.run(*(file for file in files if file.name not in told))
        columns = ("title", "document_no", "gates", "families", "hits", "reasons", "amount", "seller", "buyer")
        assert [[row[c] for c in columns] for row in bare.alerts.rows()] == [
            [row[c] for c in columns] for row in straits.alerts.rows()
        ]
        keys = ("code", "records", "hit", "clear", "not_evaluable", "not_concerned", "lacking")
        assert [[row[k] for k in keys] for row in bare.table("coverage").rows()] == [
            [row[k] for k in keys] for row in straits.table("coverage").rows()
        ]


def test_private_individuals_are_not_named_in_what_is_traced(straits: api.Case) -> None:
    for name in ("custody", "recoveries", "custody-asks", "custody-notes", "requests", "inferences"):
        assert "Privatkunde" not in str(straits.table(name).rows()), name
    assert "a private individual" in str(straits.table("custody").rows())


def test_coverage_adds_up(straits: api.Case) -> None:
    for row in straits.table("coverage").rows():
        assert row["records"] == row["hit"] + row["clear"] + row["not_evaluable"] + row["not_concerned"]


def test_the_report_comes_out_the_same_twice(straits: api.Case, tmp_path: Path) -> None:
    first, second = straits.report(tmp_path / "a"), straits.report(tmp_path / "b")
    assert [Path(f).read_bytes() for f in first.files] == [Path(f).read_bytes() for f in second.files]


def test_every_exported_row_names_its_source(straits: api.Case) -> None:
    # Sums of statistics lead to their rows through the tables statistics and items.
    without = {"coverage", "ledger", "lists", "sources", "columns", "trade-flows"}
    for name in api.tables():
        if name not in without:
            assert {"file", "sheet", "row"} <= set(straits.table(name).arrow.column_names), name


def test_it_verifies(straits: api.Case) -> None:
    assert straits.verify()["files"] == 10


def test_who_could_first_have_asked(straits: api.Case) -> None:
    """The pattern begins with the pigment; its seller could have asked at once, before anything had moved."""
    largest = max(straits.table("schemes").rows(), key=lambda row: len(row["alerts"]))
    assert (largest["first_by"], str(largest["first_hit"])) == (
        "Karsu Deresi Kimya ve Teknik Dağıtım A.Ş.",
        "2024-06-18",
    )
    of_it = [row for row in straits.table("replay").rows() if row["scheme"] == largest["scheme"]]
    assert {row["kind"] for row in of_it} == {"distributor", "bank", "carrier", "all"}
    assert all((row["before"] == 0) == (str(row["first_hit"]) == "2024-06-18") for row in of_it if row["first_hit"])


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_the_report_with_its_pictures_has_no_violations(straits: api.Case, tmp_path: Path, width: int, dark: bool):
    page = (straits.path / "report" / "report.html").read_text(encoding="utf-8")
    assert page.count('role="img"') >= 4
    assert run(page, tmp_path, width=width, dark=dark)["violations"] == []
