"""XML lists: what is refused, what is limited, how elements become rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem
from narrows.load.layouts import layouts
from narrows.load.readers.files import Limits, parts_of
from narrows.load.readers.xml import XmlPart

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HEAD = '<?xml version="1.0"?>'
ENTRY = "<sdnEntry><uid>1</uid><lastName>QUILL LTD</lastName><sdnType>Entity</sdnType></sdnEntry>"
DEEP = f"<sdnList>{'<a>' * 5_000}{'</a>' * 5_000}</sdnList>"
MANY = " ".join(f"a{n}=''" for n in range(300))

HOSTILE = {
    "billion laughs": f'{HEAD}<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><sdnList>&l9;</sdnList>',
    "external entity": f'{HEAD}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><sdnList>&e;</sdnList>',
    "external document type": f'{HEAD}<!DOCTYPE sdnList SYSTEM "http://x.example/x.dtd"><sdnList/>',
    "parameter entity": f'{HEAD}<!DOCTYPE x [<!ENTITY % p SYSTEM "http://x.example/p"> %p;]><sdnList/>',
    "undefined entity": f"{HEAD}<sdnList><sdnEntry><uid>&nbsp;</uid></sdnEntry></sdnList>",
    "deep nesting": HEAD + DEEP,
    "too many attributes": f"{HEAD}<sdnList><sdnEntry {MANY}/></sdnList>",
    "attribute twice": f'{HEAD}<sdnList a="1" a="2"/>',
    "cut off": f"{HEAD}<sdnList>{ENTRY}<sdnEntry><uid>2</uid><lastNa",
    "no root": HEAD,
    "two roots": f"{HEAD}<sdnList/><sdnList/>",
    "wrong encoding": '<?xml version="1.0" encoding="utf-8"?><sdnList><sdnEntry><uid>Zürich</uid></sdnEntry></sdnList>',
    "unknown encoding": '<?xml version="1.0" encoding="x-nothing"?><sdnList/>',
    "control character": f"{HEAD}<sdnList><sdnEntry><uid>&#1;</uid></sdnEntry></sdnList>",
    "not a list": f"{HEAD}<invoices><invoice/></invoices>",
    "other format of ofac": f'{HEAD}<sanctionsData xmlns="https://x.example"/>',
}


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path, limits: Limits | None = None) -> dict[str, XmlPart]:
    parts = list(parts_of(path) if limits is None else parts_of(path, limits=limits))
    assert all(isinstance(part, XmlPart) for part in parts)
    return {part.sheet: part for part in parts}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_and_broken_files_are_refused(tmp_path: Path, what: str) -> None:
    path = written(tmp_path / "sdn.xml", HOSTILE[what], "latin-1" if what == "wrong encoding" else "utf-8")
    with pytest.raises(FileProblem, match=r"sdn\.xml") as problem:
        read(path)
    assert problem.value.hint and "Traceback" not in str(problem.value)


def test_nothing_is_expanded_before_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="document type or an entity is declared"):
        read(written(tmp_path / "sdn.xml", HOSTILE["billion laughs"]))


@pytest.mark.parametrize(
    "cell", ['<sdnEntry><uid>2</uid><remarks a="{}"/></sdnEntry>', "<sdnEntry><uid>2</uid><x>{}</x></sdnEntry>"]
)
def test_a_cell_of_ten_megabytes_is_a_rejected_row(tmp_path: Path, cell: str) -> None:
    text = f"{HEAD}<sdnList>{ENTRY}{cell.format('x' * 10_000_000)}{ENTRY}</sdnList>"
    part = read(written(tmp_path / "sdn.xml", text))["entries"]
    engine = Engine()
    engine.run("CREATE SCHEMA evidence")
    done = part.write(engine, "evidence.rows_1")
    assert (done.rows_read, done.rows_kept, done.contiguous) == (3, 2, False)
    [reject] = done.rejected
    assert (reject.row, reject.reason) == (2, "a cell longer than 1,000,000 characters") and len(reject.text) <= 1000
    assert engine.rows("SELECT _row FROM evidence.rows_1") == [(1,), (3,)]
    engine.close()


def test_a_tag_without_end_is_given_up(tmp_path: Path) -> None:
    path = written(tmp_path / "sdn.xml", f'{HEAD}<sdnList><sdnEntry a="{"x" * 300_000}"/></sdnList>')
    with pytest.raises(FileProblem, match="a tag or text of more than"):
        read(path, Limits(row=100_000))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    told = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{told}"?>\n<sdnList>{ENTRY.replace("QUILL", "QUÏLL")}</sdnList>'
    part = read(written(tmp_path / "sdn.xml", text, encoding))["entries"]
    assert part.sample() == [("1", "QUÏLL LTD", "Entity", "1")]


def test_elements_become_rows_and_what_is_in_them_cells(tmp_path: Path) -> None:
    text = f"""{HEAD}<s:sdnList xmlns:s="urn:x"><Publish_Date>x</Publish_Date>
      <s:sdnEntry><akaList><aka><type>a.k.a.</type><lastName> A &amp; <![CDATA[B]]> </lastName></aka><aka/>
      <aka><lastName>C</lastName></aka></akaList><programList><program>P1</program><program>P2</program></programList>
      <uid>77</uid></s:sdnEntry></s:sdnList>"""
    found = read(written(tmp_path / "list.xml", text))
    entries, names = found["entries"], found["names"]
    assert entries.columns == ("entry", "programList/program", "uid")
    assert entries.sample() == [("77", "P1; P2", "77")]
    # The number of the entry stands after its names, and an empty element is no row, but counts as an element.
    assert names.columns == ("entry", "type", "lastName")
    assert names.rows == ((1, ["77", "a.k.a.", "A & B"]), (3, ["77", "", "C"]))
    assert dict(names.mapping.columns) == {"entry": "party.id", "type": "name_type", "lastName": "surname"}


def test_every_layout_says_whence_and_names_fields_that_there_are() -> None:
    for layout in layouts():
        assert layout.list and layout.common.title and layout.common.publisher and layout.common.licence
        for table in layout.tables:
            columns = [*table.columns, *table.needs]
            assert set(layout.mapping(table, columns).columns) == set(columns)
