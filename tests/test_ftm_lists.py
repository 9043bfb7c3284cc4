"""A list in the form of OpenSanctions loads as it is: every line is accounted for, every known field is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from narrows import api
from narrows.model.outcome import Loaded
from narrows.settings import Settings


def entity(
    key: str, schema: str, caption: str = "", *, target: bool = False, **properties: list[str]
) -> dict[str, Any]:
    return {
        "id": key, "caption": caption or schema, "schema": schema, "properties": properties,
        "referents": [f"old-{key}", f"older-{key}"], "datasets": ["xx_made_up_list"],
        "first_seen": "2023-01-01T00:00:00", "last_seen": "2024-01-01T00:00:00", "last_change": "2023-06-01T00:00:00",
        "target": target,
    }  # fmt: skip


ENTITIES = (
    entity(
        "mk-p1", "Person", "Arlen Vostmere", target=True,
        name=["Arlen Vostmere"], alias=["A. Vostmere"], birthDate=["1961-02-03"], nationality=["xx"],
        addressEntity=["mk-a1"], position=["director"], topics=["sanction"],
    ),
    entity(
        "mk-c1", "Company", "Vostmere Chemicals GmbH", target=True,
        name=["Vostmere Chemicals GmbH"], weakAlias=["VCG"], previousName=["Ostmere Chemie GmbH"], country=["de"],
        registrationNumber=["HRB 12345 Berlin"], vatCode=["DE136695976"], leiCode=["5493001KJTIIGC8Y1R12"],
        phone=["+4930901820"], email=["info@vostmere.example"], website=["http://vostmere.example/"],
        incorporationDate=["1999-05-06"], sector=["Manufacture of other inorganic basic chemicals"],
        address=["1 Quay Street, Berlin"], topics=["sanction"],
    ),
    entity(
        "mk-c2", "Company", "Lower Mere Trading Ltd",
        name=["Lower Mere Trading Ltd"], country=["tr"], taxNumber=["8590345678"], notes=["Named in a decision."],
    ),
    entity("mk-v1", "Vessel", "MERE STAR", name=["MERE STAR"], imoNumber=["9074729"], flag=["pa"]),
    entity("mk-a1", "Address", full=["5 Hill Road, Ankara"], city=["Ankara"], country=["tr"]),
    entity("mk-s1", "Sanction", entity=["mk-c1"], authority=["Council of Mere"], program=["MERE-1"]),
    entity("mk-i1", "Identification", holder=["mk-c2"], type=["EORI"], number=["GB123456782000"]),
    entity("mk-o1", "Ownership", owner=["mk-p1"], asset=["mk-c1"], percentage=["51"], startDate=["2010-01-01"]),
    entity("mk-d1", "Directorship", director=["mk-p1"], organization=["mk-c2"], role=["Director"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[api.Case, tuple[Loaded, ...]]]:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "entities.ftm.json").write_text("".join(f"{json.dumps(one)}\n" for one in ENTITIES), "utf-8")
    with api.new(folder / "case", settings=Settings(epoch=0)) as case:
        yield case, case.load(folder / "entities.ftm.json")


def rows(case: api.Case, query: str) -> list[tuple[Any, ...]]:
    return case._store.engine.rows(query)


def test_every_line_is_accounted_for(loaded: tuple[api.Case, tuple[Loaded, ...]]) -> None:
    case, parts = loaded
    kept = {(part.sheet, part.kind): part.rows_kept for part in parts}
    assert kept[("", "entities")] >= 4
    assert (kept[("Ownership", "register")], kept[("Directorship", "register")]) == (1, 1)
    lines = {row for (row,) in rows(case, 'SELECT "row" FROM evidence.rejected')}
    assert all(part.rows_read == part.rows_kept + part.rows_rejected for part in parts)
    assert sum(part.rows_kept for part in parts) + len(lines) == len(ENTITIES)


def test_what_is_said_of_a_company_is_read(loaded: tuple[api.Case, tuple[Loaded, ...]]) -> None:
    asked = "name, country, registration, vat, lei, phone, email, web, activity, address, kind"
    assert rows(loaded[0], f"SELECT {asked} FROM derived.party WHERE id = 'mk-c1' AND role = 'party'") == [
        (
            "Vostmere Chemicals GmbH", "de", "HRB 12345 Berlin", "DE136695976", "5493001KJTIIGC8Y1R12", "+4930901820",
            "info@vostmere.example", "http://vostmere.example/", "Manufacture of other inorganic basic chemicals",
            "1 Quay Street, Berlin", "Company",
        ),
    ]  # fmt: skip


def test_lists_and_links_are_read(loaded: tuple[api.Case, tuple[Loaded, ...]]) -> None:
    listed = rows(
        loaded[0], "SELECT p.id, l.list, l.remarks FROM derived.listing AS l JOIN derived.party AS p USING (party)"
    )
    assert {("mk-c1", "xx_made_up_list", None), ("mk-c2", "xx_made_up_list", "Named in a decision.")} <= set(listed)
    links = rows(
        loaded[0],
        "SELECT a.id, b.id, l.how, l.share, l.since::VARCHAR FROM derived.link AS l "
        "JOIN derived.party AS a ON a.party = l.a JOIN derived.party AS b ON b.party = l.b",
    )
    assert sorted(links) == [("mk-p1", "mk-c1", "owner", 51.0, "2010-01-01"), ("mk-p1", "mk-c2", "officer", None, None)]


def test_nationality_is_read_into_nothing(loaded: tuple[api.Case, tuple[Loaded, ...]]) -> None:
    assert rows(loaded[0], "SELECT coalesce(field, '') FROM derived.column_use WHERE \"column\" = 'nationality'") == [
        ("",)
    ]
    assert rows(loaded[0], "SELECT country FROM derived.party WHERE id = 'mk-p1' AND country = 'xx'") == []


LOST = pytest.mark.xfail(strict=True, reason="of several properties for one field, the first that the file has is read")


@pytest.mark.parametrize(
    ("key", "field", "text"),
    [
        ("mk-c2", "vat", "8590345678"),
        ("mk-p1", "address", "5 Hill Road, Ankara"),
        pytest.param("mk-c1", "alias", "VCG", marks=LOST),
        pytest.param("mk-c1", "alias", "Ostmere Chemie GmbH", marks=LOST),
        pytest.param("mk-c2", "eori", "GB123456782000", marks=LOST),
    ],
)
def test_nothing_that_narrows_has_a_field_for_is_lost(
    loaded: tuple[api.Case, tuple[Loaded, ...]], key: str, field: str, text: str
) -> None:
    found = rows(loaded[0], f"SELECT {field} FROM derived.party WHERE id = '{key}' AND {field} IS NOT NULL")
    assert any(text in one for (one,) in found)
