"""Lists of people and firms: the published layouts, versions, delistings, what is never read, rebuilding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import list_files as layouts
import pytest

from narrows import api
from narrows.casefile.verify import fingerprints
from narrows.errors import MappingProblem, NotFound, Rejected, UsageError
from narrows.settings import Settings

# Places of birth and nationalities in the files stand nowhere but in Malta, Sliema and Exampleton.
NEVER = ("Sliema", "Exampleton", "Male")
OWN = 'schema = "narrows.mapping/1"\nkind = "entities"\ndate_order = "year-first"\n[columns]\n'


@pytest.fixture
def case(tmp_path: Path) -> Iterator[api.Case]:
    with api.new(tmp_path / "case", settings=Settings(who="R. Reader", epoch=1_750_000_000, threads=1)) as made:
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def names(case: api.Case, entry: str) -> dict[str, str]:
    return {one["name"]: one["strength"] for one in case.table("list-names").rows() if one["entry_id"] == entry}


def attributes(case: api.Case, entry: str) -> set[tuple[str, str]]:
    return {(one["what"], one["value"]) for one in case.table("list-attributes").rows() if one["entry_id"] == entry}


def entries(case: api.Case) -> dict[str, dict[str, Any]]:
    return {one["entry_id"]: one for one in case.table("list-entries").rows()}


# layout: file name, text, list, as of, entry, its kind, its names, some of its attributes
LAYOUTS: dict[str, tuple[str, str, str, str, str, str, dict[str, str], set[tuple[str, str]]]] = {
    "ofac-xml": (
        "SDN.XML", layouts.OFAC_XML, "OFAC SDN", "2024-07-02", "901", "organisation",
        {"QUILLFEATHER TRADING LLC": "primary", "QUILLFEATHER GROUP": "strong", "QFT": "weak",
         "OLD QUILL WORKS": "former"},
        {("country", "MT"), ("country", "DE"), ("registration", "Q-77123"), ("web", "www.quillfeather.example")},
    ),
    "ofac-person": (
        "SDN.XML", layouts.OFAC_XML, "OFAC SDN", "2024-07-02", "902", "person", {"Ferdo Jan OSTRAVAND": "primary"},
        {("passport", "X1234567"), ("birth-date", "1952-10-07"), ("birth-date", "1954")},
    ),
    "un": (
        "consolidated.xml", layouts.UN_XML, "UN Security Council", "2024-03-01", "EXi.001", "person",
        {"MIRZO TALVENIK": "primary", "Мирзо Талвеник": "strong", "Mirzo Talven": "strong", "The Clerk": "weak"},
        {("country", "KE"), ("passport", "P-55"), ("national-id", "N-66"), ("birth-date", "1965-03-12")},
    ),
    "un-entity": (
        "consolidated.xml", layouts.UN_XML, "UN Security Council", "2024-03-01", "EXe.002", "organisation",
        {"TALVENIK HOLDING": "primary", "Talvenik Corp": "strong", "Talven Bros": "former"}, {("city", "Nairobi")},
    ),
    "eu-xml": (
        "full.xml", layouts.EU_XML, "EU financial sanctions", "2024-04-02", "EU.1.11", "person",
        {"Olav Brindt": "primary", "Olaf Brint": "strong", "O. B.": "weak", "Brindtik": "weak"},
        {("country", "NO"), ("postcode", "0150"), ("passport", "34409/129"), ("birth-date", "1960-02-05")},
    ),
    "eu-csv": (
        "full.csv", layouts.EU_CSV, "EU financial sanctions", "2024-05-02", "EU.1.11", "person",
        {"Olav Brindt": "primary", "Brindtik": "weak"},
        {("city", "Oslo"), ("country", "NO"), ("passport", "34409/129")},
    ),
    "uk-conlist-csv": (
        "ConList.csv", layouts.UK_CONLIST_CSV, "UK consolidated list", "2024-06-03", "14233", "person",
        {"Tilda Maud GRAVENOR": "primary", "Matilda GRAVENOR": "strong", "GRAV": "weak"},
        {("birth-date", "1971"), ("passport", "P1"), ("passport", "P2"), ("country", "GB"), ("postcode", "LS1 4AP")},
    ),
    "uk-conlist-xml": (
        "ConList.xml", layouts.UK_CONLIST_XML, "UK consolidated list", "2024-06-03", "14233", "person",
        {"Tilda Maud GRAVENOR": "primary", "GRAV": "weak"}, {("country", "KE"), ("birth-date", "1971-08-09")},
    ),
    "uk-list-csv": (
        "UK-Sanctions-List.csv", layouts.UK_LIST_CSV, "UK sanctions list", "2024-07-02", "EXA0002", "vessel",
        {"MV GREY HERON": "primary"}, {("imo", "9074729"), ("country", "KM")},
    ),
    "uk-list-xml": (
        "UK-Sanctions-List.xml", layouts.UK_LIST_XML, "UK sanctions list", "2024-07-02", "EXA0001", "person",
        {"Ugo PELLORIN": "primary", "Hugo PELLORIN": "strong", "Уго Пеллорин": "strong", "PELLO": "weak"},
        {("birth-date", "1980-05-04"), ("birth-date", "1981"), ("passport", "P9"), ("country", "GB")},
    ),
    "opensanctions-simple": (
        "targets.simple.csv", layouts.SIMPLE, "OpenSanctions", "2024-09-01", "Q-5", "person",
        {"Nuri Halvarsen": "primary", "Nuri H.": "strong", "N. Halvarsen": "strong"},
        {("other-number", "N-2"), ("birth-date", "1971-02-03"), ("birth-date", "1970"), ("address", "6 Palm Road")},
    ),
    "ftm": (
        "entities.ftm.json", layouts.ftm(), "xx_example", "2024-08-01", "Q-1", "person",
        {
            "Idris Vantongeren": "primary", "Идрис Вантонгерен": "strong", "I. Vantongeren": "strong",
            "The Fox": "weak", "Idris Vant": "former",
        },
        {("address", "4 Palm Road, Mombasa"), ("passport", "A2"), ("passport", "P-77"), ("birth-date", "1966-01-02")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout(case: api.Case, file: Callable[[str, str], Path], layout: str) -> None:
    name, text, list_, as_of, entry, kind, known, some = LAYOUTS[layout]
    outcome = case.add_list(file(name, text))
    assert outcome.warnings == ()
    [version] = case.lists().rows()
    assert (version["list"], version["as_of"].isoformat(), version["files"]) == (list_, as_of, name)
    found = entries(case)[entry]
    assert (found["kind"], found["delisted"]) == (kind, False)
    assert known[found["name"]] == "primary"
    assert names(case, entry) == known
    assert some <= attributes(case, entry)
    assert not [a for a in case.table("list-attributes").rows() if a["value"] in NEVER or a["what"] == "kind"]
    before = fingerprints(case._store.engine)
    case.rebuild()
    assert {name: mark for name, mark in fingerprints(case._store.engine).items() if "list" in name} == {
        name: mark for name, mark in before.items() if "list" in name
    }
    case.verify()


def test_what_tells_whose_national_somebody_is_is_left_out_on_purpose(case: api.Case, file: Any) -> None:
    case.add_list(file("c.xml", layouts.UN_XML), file("f.json", layouts.ftm()))
    fields = {one["column"]: one["field"] for one in case.table("columns").rows()}
    for column in ("NATIONALITY/VALUE", "INDIVIDUAL_PLACE_OF_BIRTH/COUNTRY", "nationality"):
        assert fields[column] == "left out on purpose"


# --- OFAC's CSV -----------------------------------------------------------------------------------------------------

NIL = ["-0- "] * 7
OF_A_PERSON = "DOB 10 Dec 1948; POB Sliema; nationality Malta; a.k.a. 'THE INK'; Pass"
OF_A_VESSEL = "Vessel Registration Identification IMO 9074729."
SDN = [
    ["7", "QUILL, Ferdo Jan", "individual", "EX1", *NIL, OF_A_PERSON],
    ["8", "QUILL TRADING, LTD.", "-0- ", "EX1", *NIL, "Tax ID No. 7700 (Malta); Linked To: QUILL, Ferdo Jan; S.A."],
    ["9", "GREY HERON", "vessel", "EX2", *NIL[:5], "Comoros", "-0- ", OF_A_VESSEL],
]  # fmt: skip
ALT = [["7", "1", "aka", "QUILLE, Ferdo", "-0- "], ["8", "2", "fka", "INK WORKS", "-0- "]]
ADD = [["8", "1", "1 Example Quay", "Valletta", "Malta", "-0- "]]
MORE = [["7", "port X99 (Malta); Secondary sanctions risk: section 1."]]


def csv(*rows: list[str]) -> str:
    quoted = [[cell if cell.isdigit() or cell == "-0- " else f'"{cell}"' for cell in row] for row in rows]
    return "".join(",".join(row) + "\r\n" for row in quoted)


@pytest.fixture
def sdn(file: Callable[[str, str], Path]) -> list[Path]:
    texts = {"sdn.csv": SDN, "alt.csv": ALT, "add.csv": ADD, "sdn_comments.csv": MORE}
    return [file(name, csv(*rows)) for name, rows in texts.items()]


def check_sdn(case: api.Case) -> None:
    assert {key: one["kind"] for key, one in entries(case).items()} == {
        "7": "person", "8": "organisation", "9": "vessel",
    }  # fmt: skip
    assert names(case, "7") == {"QUILL, Ferdo Jan": "primary", "QUILLE, Ferdo": "strong", "THE INK": "weak"}
    assert names(case, "8") == {"QUILL TRADING, LTD.": "primary", "INK WORKS": "former"}
    plain = {one["name"]: one["plain"] for one in case.table("list-names").rows()}
    assert plain["QUILL, Ferdo Jan"] == "Ferdo Jan QUILL"
    assert plain["QUILL TRADING, LTD."] == "QUILL TRADING, LTD."
    assert attributes(case, "7") == {("birth-date", "1948-12-10"), ("passport", "X99")}
    assert attributes(case, "8") == {
        ("vat", "7700"), ("address", "1 Example Quay"), ("city", "Valletta"), ("country", "MT"),
    }  # fmt: skip
    assert attributes(case, "9") == {("imo", "9074729"), ("country", "KM")}
    assert entries(case)["7"]["remarks"] == "Secondary sanctions risk: section 1"


def test_the_four_files_of_ofac_are_one_version(case: api.Case, sdn: list[Path]) -> None:
    outcome = case.add_list(*sdn, as_of="2024-01-31")
    assert outcome.counts == {"files": 4, "entries of OFAC SDN": 3} and outcome.warnings == ()
    check_sdn(case)
    assert [one["as_of"].isoformat() for one in case.lists().rows()] == ["2024-01-31"]


def test_they_may_come_one_after_another_in_any_order_and_without_a_day(case: api.Case, sdn: list[Path]) -> None:
    main, *others = sdn
    for path in others:
        assert "do not say of what day they are" in case.add_list(path).warnings[0]
    case.add_list(main, as_of="2024-01-31")
    check_sdn(case)
    assert not any(one["delisted"] for one in entries(case).values())
    assert {one["first_version"].isoformat() for one in entries(case).values()} == {"2024-01-31"}


# --- versions -------------------------------------------------------------------------------------------------------


def test_entries_that_the_newest_version_lacks_are_delisted_and_kept(case: api.Case, file: Any) -> None:
    (file("v", "").parent / "new").mkdir()
    case.add_list(file("sdn.csv", csv(*SDN)), as_of="2024-01-31")
    changed = ["8", "QUILL TRADING AND SONS", "-0- ", "EX1", *NIL, "-0- "]
    outcome = case.add_list(file("new/sdn.csv", csv(SDN[0], changed)), as_of="2024-03-31")
    assert outcome.counts["entries of OFAC SDN"] == 2 and outcome.warnings == ()
    found = entries(case)
    assert {key: one["delisted"] for key, one in found.items()} == {"7": False, "8": False, "9": True}
    assert found["9"]["name"] == "GREY HERON" and found["9"]["last_version"].isoformat() == "2024-01-31"
    assert names(case, "8") == {"QUILL TRADING AND SONS": "primary"}
    assert (found["8"]["first_version"].isoformat(), found["8"]["last_version"].isoformat()) == (
        "2024-01-31",
        "2024-03-31",
    )
    assert [(one["entries_in_files"], one["delisted"]) for one in case.lists().rows()] == [(3, 1), (2, 1)]
    assert "are not in the newest one" in case.add_list(file("sdn.csv", csv(SDN[0])), as_of="2024-05-31").warnings[0]
    # An older version that comes later changes nothing of what stands now.
    case.add_list(file("sdn.csv", csv(*SDN[1:])), as_of="2023-01-31")
    assert {key for key, one in entries(case).items() if not one["delisted"]} == {"7"}
    assert entries(case)["9"]["first_version"].isoformat() == "2023-01-31"


def test_an_end_that_the_file_tells_is_honoured(case: api.Case, file: Any) -> None:
    case.add_list(file("entities.ftm.json", layouts.ftm()))
    assert {key: one["delisted"] for key, one in entries(case).items()} == {"Q-1": False, "Q-2": True}


# --- any table ------------------------------------------------------------------------------------------------------


def test_any_table_with_a_mapping(case: api.Case, file: Any) -> None:
    columns = {
        "No": "party.id", "Name": "party.name", "Also": "party.alias", "Weak": "weak_alias", "Was": "former_name",
        "Since": "listed", "Until": "delisted", "IMO": "imo", "Passport": "passport", "Country": "party.country",
    }  # fmt: skip
    mapping = file("m.toml", OWN + "".join(f'"{column}" = "{field}"\n' for column, field in columns.items()))
    path = file(
        "ours.csv",
        ",".join(columns) + "\n"
        "1,Brack & Sons,Brack; BRK Ltd,BRK,Old Brack,2020-01-02,,9074729,,Malta\n"
        "2,Tove Brack,,,,2020-01-02,2021-01-01,,P-1,Malta\n",
    )
    with pytest.raises(MappingProblem):
        case.add_list(path)
    case.add_list(path, name="Our own list", as_of="2024-01-01", mapping=mapping)
    assert names(case, "1") == {
        "Brack & Sons": "primary", "Brack": "strong", "BRK Ltd": "strong", "BRK": "weak", "Old Brack": "former",
    }  # fmt: skip
    assert attributes(case, "1") == {("imo", "9074729"), ("country", "MT")}
    assert [(one["list"], one["delisted"], str(one["listed_on"])) for one in entries(case).values()] == [
        ("Our own list", False, "2020-01-02"),
        ("Our own list", True, "2020-01-02"),
    ]


def test_what_is_no_list_is_refused_and_nothing_stays(case: api.Case, file: Any, sdn: list[Path]) -> None:
    orders = file(
        "orders.csv", "Order No,Order Date,Customer,Article,Quantity,Unit\nA-1,2024-01-02,Brack Ltd,Bolts,4,pcs\n"
    )
    with pytest.raises(Rejected, match="is no list"):
        case.add_list(*sdn, orders)
    assert len(case.table("sources")) == len(case.lists()) == 0
    assert not list((case.path / "sources").iterdir())
    for wrong in ({"as_of": "31.12.2024"}, {"name": " "}):
        with pytest.raises(UsageError):
            case.add_list(*sdn, **wrong)


def test_a_file_that_is_loaded_is_no_list_until_it_is_added_as_one(case: api.Case, sdn: list[Path]) -> None:
    for path in sdn:
        case.load(path)
    assert len(case.lists()) == len(case.table("list-entries")) == 0
    outcome = case.add_list(*sdn, as_of="2024-01-31")
    assert all(part.already for part in outcome.loaded)
    check_sdn(case)
    assert [one["what"] for one in case.table("ledger").rows()][-1] == "listed"


def test_followthemoney_loads_as_parties_with_their_addresses(case: api.Case, file: Any) -> None:
    path = file("entities.ftm.json", layouts.ftm())
    case.load(path)
    found = {one["name"]: one for one in case.table("parties").rows() if one["role"] == "party"}
    assert set(found) == {"Idris Vantongeren", "GREY HERON", "Vantongeren Marine"}
    assert (found["Idris Vantongeren"]["address"], found["Idris Vantongeren"]["city"]) == (
        "4 Palm Road, Mombasa",
        "Mombasa",
    )
    assert len(case.table("empty")) == 0
    before = fingerprints(case._store.engine)["party"]
    case.rebuild()
    assert fingerprints(case._store.engine)["party"] == before


def test_one_entry_with_file_and_row(case: api.Case, file: Any) -> None:
    case.add_list(file("consolidated.xml", layouts.UN_XML))
    found = case.list_entry("UN Security Council", "EXi.001")
    assert (found.entry["file"], found.entry["sheet"], found.entry["row"]) == ("consolidated.xml", "individuals", 1)
    assert [(one["name"], one["strength"], one["row"]) for one in found.names][-1] == ("The Clerk", "weak", 2)
    assert {"what": "passport", "value": "P-55", "file": "consolidated.xml", "sheet": "documents", "row": 1} in (
        found.attributes
    )
    with pytest.raises(NotFound):
        case.list_entry("UN Security Council", "EXi.999")
