"""FollowTheMoney entities: things are parties, ownership and directorship are links, the rest is named and left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from narrows import api
from narrows.casefile.engine import Engine
from narrows.load.readers.files import Limits, Part, Written, parts_of
from narrows.settings import Settings


def entity(key: str, schema: str, **properties: str | list[str]) -> dict[str, Any]:
    listed = {name: [value] if isinstance(value, str) else value for name, value in properties.items()}
    return {"id": key, "schema": schema, "properties": listed}


ALDER = entity("c-1", "Company", name="Alder Ltd", nationality="xx")
BIRCH = entity("c-2", "Company", name="Birch Ltd")
PERSON = entity("p-1", "Person", name="Person Seven")
OWNS = entity("o-1", "Ownership", owner="c-1", asset="c-2", percentage="60 %", startDate="2020-01-01")
DIRECTS = entity("d-1", "Directorship", director="p-1", organization="c-1", role="director", endDate="2022-05-01")
FAMILY = entity("f-1", "Family", person="p-1", relative="p-2")
MEMBER = entity("m-1", "Membership", member="p-1", organization="c-1")
ADDRESS = entity("a-1", "Address", full="1 Quay Street")


def entities(folder: Path, *found: object) -> Path:
    path = folder / "entities.ftm.json"
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in found))
    return path


def written(part: Part) -> Written:
    engine = Engine()
    engine.run("CREATE SCHEMA evidence")
    done = part.write(engine, "evidence.rows_1")
    engine.close()
    assert done.rows_read == done.rows_kept + len(done.rejected)
    return done


def test_relations_are_sheets_of_their_own(tmp_path: Path) -> None:
    path = entities(tmp_path, OWNS, ALDER, FAMILY, DIRECTS, MEMBER, "[", BIRCH, PERSON, FAMILY, ADDRESS)
    things, owners, officers, addresses = parts_of(path)
    assert (things.sheet, things.columns) == ("", ("id", "schema", "name", "nationality"))
    assert [row[0] for row in things.sample()] == ["c-1", "c-2", "p-1"]
    assert (owners.sheet, owners.first_row, owners.sample()) == (
        "Ownership",
        1,
        [("o-1", "Ownership", "c-1", "c-2", "60 %", "2020-01-01")],
    )
    assert (officers.sheet, officers.first_row) == ("Directorship", 4)
    assert (addresses.sheet, addresses.first_row, addresses.sample()) == (
        "Address",
        10,
        [("a-1", "Address", "1 Quay Street")],
    )
    assert things.warnings == ("3 objects of kinds that are not read: Family 2, Membership 1",)
    assert things.warnings[0] in things.notes
    assert owners.warnings == officers.warnings == ()
    assert [(reject.row, reject.reason) for reject in written(things).rejected] == [
        (3, "a relation of the kind Family is not read"),
        (5, "a relation of the kind Membership is not read"),
        (6, "not JSON: Expecting value at character 3"),
        (9, "a relation of the kind Family is not read"),
    ]
    assert written(owners).rejected == written(officers).rejected == ()


def test_where_there_are_only_relations_their_sheet_accounts_for_the_rest(tmp_path: Path) -> None:
    [owners] = parts_of(entities(tmp_path, FAMILY, OWNS))
    assert owners.warnings == ("1 object of kinds that are not read: Family 1",)
    assert (written(owners).rows_kept, len(written(owners).rejected)) == (1, 1)
    [nothing] = parts_of(entities(tmp_path, FAMILY))
    assert (nothing.sheet, nothing.sample()) == ("", [])


def test_what_is_left_out_by_its_kind_is_no_sign_of_damage(tmp_path: Path) -> None:
    [things] = parts_of(entities(tmp_path, ALDER, *[FAMILY] * 5), limits=Limits(rejected=2))
    assert len(written(things).rejected) == 5


@pytest.mark.parametrize("owner", [["c-1", "c-2"], [{"id": "c-1", "schema": "Company"}]])
def test_an_end_that_is_not_one_id_makes_no_party(tmp_path: Path, owner: Any) -> None:
    things, owners = parts_of(entities(tmp_path, ALDER, entity("o-2", "Ownership", owner=owner, asset="c-2")))
    assert [(reject.row, reject.reason) for reject in written(owners).rejected] == [(2, "more than one id as owner")]
    assert written(things).rejected == ()


def test_plain_objects_with_a_schema_stay_one_table(tmp_path: Path) -> None:
    [part] = parts_of(entities(tmp_path, {"schema": "Ownership", "a": 1}, {"schema": "Family", "a": 2}))
    assert (part.sheet, len(part.sample()), part.warnings) == ("", 2, ())


def test_links_come_from_the_file_and_no_entity_is_made_up(tmp_path: Path) -> None:
    path = entities(tmp_path, ALDER, OWNS, FAMILY, BIRCH, DIRECTS, PERSON)
    case = api.new(tmp_path / "case", settings=Settings())
    loaded = case.load(path)
    assert [(one.sheet, one.kind, one.rows_kept, one.rows_rejected) for one in loaded] == [
        ("", "entities", 3, 1),
        ("Ownership", "register", 1, 0),
        ("Directorship", "register", 1, 0),
    ]
    case.resolve()
    links = {(one["a"], one["b"], one["how"], one["sheet"], one["row"]) for one in case.table("links").rows()}
    assert ("Alder Ltd", "Birch Ltd", "owner", "Ownership", 2) in links
    assert ("Person Seven", "Alder Ltd", "officer", "Directorship", 5) in links
    assert len(links) == 4  # each is there from both ends
    kinds = {one["name"]: one["kind"] for one in case.table("entities").rows()}
    assert kinds == {"Alder Ltd": "organisation", "Birch Ltd": "organisation", "Person Seven": "person"}
    case.close()
