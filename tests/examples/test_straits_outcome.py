"""The bundled example comes out as its truth says: the pattern is found, the look-alikes are left alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from narrows import api
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
    items = straits.table("items").rows()
    assert (len({(row["file"], row["document_no"]) for row in items}), len(alerts)) == (392, 17)


def test_every_row_is_accounted_for(straits: api.Case) -> None:
    sources = straits.table("sources").rows()
    assert len({row["file"] for row in sources}) == 5
    assert all(row["rows_read"] == row["rows_kept"] + row["rows_rejected"] for row in sources)
    assert straits.table("rejected").rows() == []


def test_coverage_adds_up(straits: api.Case) -> None:
    for row in straits.table("coverage").rows():
        assert row["records"] == row["hit"] + row["clear"] + row["not_evaluable"] + row["not_concerned"]


def test_the_report_comes_out_the_same_twice(straits: api.Case, tmp_path: Path) -> None:
    first, second = straits.report(tmp_path / "a"), straits.report(tmp_path / "b")
    assert [Path(f).read_bytes() for f in first.files] == [Path(f).read_bytes() for f in second.files]


def test_every_exported_row_names_its_source(straits: api.Case) -> None:
    for name in api.tables():
        if name not in ("coverage", "ledger", "lists", "sources", "columns"):
            assert {"file", "sheet", "row"} <= set(straits.table(name).arrow.column_names), name


def test_it_verifies(straits: api.Case) -> None:
    assert straits.verify()["files"] == 5


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
