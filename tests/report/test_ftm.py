"""Out to followthemoney and back: its own tool changes nothing, and a case loaded from the file says the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from building import Case
from narrows import api
from narrows.cli import group
from narrows.errors import NarrowsError, NotFound, UsageError
from narrows.report.ftm import write_entities
from narrows.settings import Settings

REGISTER = """\
Company,Registration no,VAT no,Country,Address,City,Phone,Email,Website,Founded,Activity code,Owner,Share,Since,Until
Low Fen Supplies GmbH,HRB 12345 Berlin,DE136695976,Germany,1 Quay Street,Berlin,030 901820,Info@Lowfen.example,\
www.lowfen.example,2011-04-01,20.13,Blue Harbour Holding AG,60 %,2015-02-01,
Pine Spur Automation Ltd,,GB123456782,United Kingdom,2 Mill Lane,Leeds,,,,2001-01-01,,Low Fen Supplies GmbH,33.5 %,\
2016-01-01,2020-12-31
"""
OFFICERS = """\
Company,Country,Officer,Officer type,Since
Pine Spur Automation Ltd,United Kingdom,Vera Ostmere,natural person,2018-05-01
"""
RELATIONS = """\
Party,Other party,Relation,Since
Pine Spur Automation Ltd,Corner Star Mobile Ltd,same group,2019-01-01
"""
ORDERS = """\
Order No,Order date,Seller,Buyer,Buyer country,Consignee,Goods description,HS code,Quantity,Unit,Amount
N-1001,2024-03-01,Low Fen Supplies GmbH,Blue Harbour Phones Ltd,DE,Blue Harbour Phones Ltd,phone,851713,20,pcs,400
N-1002,2024-03-02,LOW FEN SUPPLIES GMBH,Pine Spur Automation Ltd,GB,Corner Star Mobile Ltd,motor,850131,5,pcs,900
"""
FILES = {"register.csv": REGISTER, "officers.csv": OFFICERS, "relations.csv": RELATIONS, "orders.csv": ORDERS}


def made(folder: Path, name: str, **files: str) -> api.Case:
    case = api.new(folder / name, settings=Settings(epoch=0))
    for file, text in files.items():
        (folder / file).write_text(text, "utf-8")
        case.load(folder / file)
    case.resolve()
    return case


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Case]:
    with made(tmp_path_factory.mktemp("out"), "case", **FILES) as case:
        yield case


@pytest.fixture(scope="module")
def file(known: api.Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "entities.ftm.json"
    outcome = known.export("ftm", path)
    assert (dict(outcome.counts), outcome.warnings, outcome.files) == ({"entities": 6, "links": 4}, (), (str(path),))
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def by_name(path: Path) -> dict[str, dict[str, Any]]:
    return {one["properties"]["name"][0]: one for one in read(path) if "name" in one["properties"]}


def test_an_entity_says_what_its_records_say(file: Path) -> None:
    found = by_name(file)
    assert {name: one["schema"] for name, one in found.items()} == {
        "Low Fen Supplies GmbH": "Company", "Pine Spur Automation Ltd": "Company", "Vera Ostmere": "Person",
        "Blue Harbour Holding AG": "Organization", "Blue Harbour Phones Ltd": "Organization",
        "Corner Star Mobile Ltd": "Organization",
    }  # fmt: skip
    assert found["Low Fen Supplies GmbH"]["properties"] == {
        "name": ["Low Fen Supplies GmbH"],
        "alias": ["LOW FEN SUPPLIES GMBH"],
        "country": ["de"],
        "address": ["1 Quay Street, Berlin"],
        "sector": ["2013 Manufacture of other inorganic basic chemicals"],
        "incorporationDate": ["2011-04-01"],
        "registrationNumber": ["HRB 12345 Berlin"],
        "vatCode": ["DE136695976"],
        "phone": ["+4930901820"],
        "email": ["Info@lowfen.example"],
        "website": ["http://www.lowfen.example/"],
        "notes": ["register.csv:2", "register.csv:3", "orders.csv:2", "orders.csv:3"],
    }


def test_a_link_says_what_its_records_say(file: Path) -> None:
    ids = {name: one["id"] for name, one in by_name(file).items()}
    fen, spur = ids["Low Fen Supplies GmbH"], ids["Pine Spur Automation Ltd"]
    links = {one["properties"]["recordId"][0]: one for one in read(file)[6:]}
    assert {place: (one["schema"], one["properties"]) for place, one in links.items()} == {
        "register.csv:2": ("Ownership", {
            "owner": [ids["Blue Harbour Holding AG"]], "asset": [fen], "percentage": ["60%"],
            "startDate": ["2015-02-01"], "recordId": ["register.csv:2"],
        }),
        "register.csv:3": ("Ownership", {
            "owner": [fen], "asset": [spur], "percentage": ["33.5%"], "startDate": ["2016-01-01"],
            "endDate": ["2020-12-31"], "recordId": ["register.csv:3"],
        }),
        "officers.csv:2": ("Directorship", {
            "director": [ids["Vera Ostmere"]], "organization": [spur], "startDate": ["2018-05-01"],
            "recordId": ["officers.csv:2"],
        }),
        "relations.csv:2": ("UnknownLink", {
            "subject": [spur], "object": [ids["Corner Star Mobile Ltd"]], "role": ["group"],
            "startDate": ["2019-01-01"], "recordId": ["relations.csv:2"],
        }),
    }  # fmt: skip


def test_the_same_case_gives_the_same_bytes(known: api.Case, file: Path, tmp_path: Path) -> None:
    known.export("ftm", tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == file.read_bytes()
    for part in (read(file)[:6], read(file)[6:]):
        assert [one["id"] for one in part] == sorted({one["id"] for one in part})


def test_a_file_that_comes_later_changes_no_id(file: Path, tmp_path: Path) -> None:
    with made(tmp_path, "case", **FILES, **{"more.csv": ORDERS.replace("N-100", "N-200")}) as case:
        case.export("ftm", tmp_path / "more.json")
    assert {one["id"] for one in read(tmp_path / "more.json")} == {one["id"] for one in read(file)}
    assert "more.csv:2" in by_name(tmp_path / "more.json")["Low Fen Supplies GmbH"]["properties"]["notes"]


@pytest.fixture
def awkward(case: Case) -> Case:
    case.load(
        "orders",
        "seller.name seller.country seller.vat seller.registration seller.lei seller.eori seller.phone seller.email "
        "seller.web seller.address buyer.name buyer.kind description",
        ['"Alder  Ltd"', "DE", "DE136695977", None, "5493001KJTIIGC8Y1R13", "DE1234567", "12", "nobody", "x y",
         "1 Quay St;\n Berlin", "Person Seven", "person", "copper wire"],
        ["Birch OOO", "RU", "7707083893", "1027700132195", "5493001KJTIIGC8Y1R12", None, "+4930901820; +4930901821",
         None, "https://Birch.example/a", "Long " * 60, "Nobody Known", None, "copper wire"],
    )  # fmt: skip
    case.resolve()
    return case


def test_what_followthemoney_would_not_take_is_left_out_and_counted(awkward: Case, tmp_path: Path) -> None:
    outcome = write_entities(awkward.engine, tmp_path / "some.json")
    assert outcome.warnings == (
        "left out, since followthemoney would not take them or has no place for them: EORI numbers (1), addresses "
        "longer than 250 characters (1), mail addresses (1), numbers with wrong check digits or length (2), "
        "telephone numbers (1), web addresses (1)",
    )
    found = by_name(tmp_path / "some.json")
    alder = found["Alder Ltd"]["properties"]
    assert (sorted(alder), alder["address"]) == (["address", "country", "name", "notes"], ["1 Quay St, Berlin"])
    birch = found["Birch OOO"]["properties"]
    assert (birch["innCode"], birch["registrationNumber"]) == (["7707083893"], ["1027700132195"])
    assert (birch["leiCode"], birch["phone"]) == (["5493001KJTIIGC8Y1R12"], ["+4930901820", "+4930901821"])
    assert found["Person Seven"]["schema"] == "Person"


def test_an_owner_of_what_cannot_be_owned_is_an_unknown_link(case: Case, tmp_path: Path) -> None:
    case.load(
        "relations", "party.name party.kind other.name other.kind relation", ["P One", "person", "P Two", "person", "?"]
    )
    case.resolve()
    case.engine.run("UPDATE derived.link SET how = 'owner', share = 50")
    write_entities(case.engine, tmp_path / "some.json")
    [link] = [one for one in read(tmp_path / "some.json") if one["schema"] not in ("Person", "LegalEntity")]
    assert (link["schema"], link["properties"]["role"], "percentage" in link["properties"]) == (
        "UnknownLink",
        ["owner"],
        False,
    )


def test_a_file_is_written_whole_or_not_at_all(
    known: api.Case, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(row: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("narrows.report.ftm._link", fails)
    with pytest.raises(NarrowsError, match="no space left"):
        known.export("ftm", tmp_path / "new.json")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_asked_for(known: api.Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no \\.csv"):
        known.export("ftm", tmp_path / "entities.csv")
    with pytest.raises(NotFound) as raised:
        known.export("fmt", tmp_path / "entities.json")
    assert "ftm" in raised.value.hint
    with api.new(tmp_path / "new", settings=Settings(epoch=0)) as case:
        (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
        case.load(tmp_path / "orders.csv")
        with pytest.raises(UsageError, match="who is who"):
            case.export("ftm", tmp_path / "entities.json")


def test_the_command_line_exports_too(tmp_path: Path) -> None:
    made(tmp_path, "case", **FILES).close()
    words = ["export", str(tmp_path / "case"), "ftm", "-o", str(tmp_path / "e.ftm.json")]
    told = json.loads(CliRunner().invoke(group, [*words, "--json"], catch_exceptions=False).stdout)
    assert (told["rows"], told["warnings"]) == (10, [])
    assert len(read(tmp_path / "e.ftm.json")) == 10


@pytest.fixture(scope="module")
def validated() -> Callable[[Path], list[dict[str, Any]]]:
    """What `ftm validate` makes of a file; NARROWS_FTM names the tool where it is not on the path."""
    tool = os.environ.get("NARROWS_FTM") or shutil.which("ftm")
    if tool is None:
        reason = "no followthemoney: `ftm` is not on the path, and NARROWS_FTM names none"
        if os.environ.get("NARROWS_REQUIRE_FTM") == "1":
            pytest.fail(reason)
        pytest.skip(reason)

    def validate(path: Path) -> list[dict[str, Any]]:
        words = [tool, "validate", "-i", str(path)]
        done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True)
        return [json.loads(line) for line in done.stdout.split("\n") if line]

    return validate


def comparable(entities: list[dict[str, Any]]) -> list[tuple[str, str, dict[str, Counter[str]]]]:
    return [(e["id"], e["schema"], {name: Counter(found) for name, found in e["properties"].items()}) for e in entities]


def test_the_tool_of_followthemoney_changes_nothing(
    file: Path, awkward: Case, tmp_path: Path, validated: Callable[[Path], list[dict[str, Any]]]
) -> None:
    assert comparable(validated(file)) == comparable(read(file))
    write_entities(awkward.engine, tmp_path / "some.json")
    assert comparable(validated(tmp_path / "some.json")) == comparable(read(tmp_path / "some.json"))


@pytest.fixture(scope="module")
def back(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Case]:
    with api.new(tmp_path_factory.mktemp("back") / "case", settings=Settings(epoch=0)) as case:
        case.load(file)
        case.resolve()
        yield case


def columns(case: api.Case, table: str, *names: str) -> set[tuple[Any, ...]]:
    return {tuple(row[name] for name in names) for row in case.table(table).rows()}


def test_the_entities_come_back(known: api.Case, back: api.Case) -> None:
    asked = ("name", "kind", "country", "activity")
    assert columns(back, "entities", *asked) == columns(known, "entities", *asked)


def test_the_numbers_come_back(known: api.Case, back: api.Case) -> None:
    def numbers(case: api.Case) -> set[tuple[Any, ...]]:
        names = {row["entity"]: row["name"] for row in case.table("entities").rows()}
        return {
            (names[row["entity"]], scheme, row[scheme])
            for row in case.table("parties").rows()
            for scheme in ("vat", "registration", "lei")
            if row[scheme]
        }

    assert numbers(back) == numbers(known)


def test_owners_and_officers_come_back(known: api.Case, back: api.Case) -> None:
    def links(case: api.Case) -> set[tuple[Any, ...]]:
        return {
            found
            for found in columns(case, "links", "a", "b", "how", "since", "until")
            if found[2] in ("owner", "officer")
        }

    assert links(back) == links(known)
    assert columns(back, "ownership", "owner", "company", "share") == columns(
        known, "ownership", "owner", "company", "share"
    )
