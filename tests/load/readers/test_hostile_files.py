"""Files made, or damaged, to do harm: a clear refusal or a kept balance, never anything else."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem, NarrowsError
from narrows.load.readers.files import Limits, Written, parts_of


def write(path: Path, limits: Limits | None = None) -> list[Written]:
    """Write all parts inside a transaction; the counts are checked against the tables."""
    engine = Engine()
    found = []
    try:
        with engine.transaction():
            for place, part in enumerate(parts_of(path, limits=limits or Limits())):
                written = part.write(engine, f"rows_{place}")
                assert written.rows_read == written.rows_kept + len(written.rejected)
                assert engine.value(f"SELECT count(*) FROM rows_{place}") == written.rows_kept
                assert all(len(reject.text) <= 1000 for reject in written.rejected)
                found.append(written)
    finally:
        engine.close()
    return found


HUGE = 100_000_000


@pytest.mark.parametrize(
    ("head", "cell", "tail", "reason"),
    [
        (b"1,", b"x", b"\n", "a line longer than 16,000,000 characters"),
        (b'1,"', b"x", b'"\n', "a line longer than 16,000,000 characters"),
        (b'1,"', b"x" * 199 + b"\n", b'"\n', "a cell longer than 1,000,000 characters"),
    ],
)
def test_a_cell_of_a_hundred_megabytes_costs_one_row(
    tmp_path: Path, head: bytes, cell: bytes, tail: bytes, reason: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n" + head + cell * (HUGE // len(cell)) + tail + b"3,4\n5,6\n")
    [written] = write(path)
    assert (written.rows_kept, [(r.row, r.reason) for r in written.rejected]) == (3, [(3, reason)])


def test_a_large_cell_below_the_limit_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'a,b\n1,"' + b"x, y\n" * 150_000 + b'"\n3,"' + b"x" * 1_000_001 + b'"\n')
    [written] = write(path)
    assert (written.rows_kept, [r.row for r in written.rejected]) == (1, [3])


def test_a_quote_open_over_a_long_file_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'a,b\n1,2\n3,"4\n' + b"5,6\n" * 500_000)
    [written] = write(path, Limits(row=1_000_000))
    assert (written.rows_kept, [r.row for r in written.rejected]) == (500_001, [3])


def test_ten_thousand_cells_in_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n" + b"3," * 9_999 + b"4\n5,6\n")
    [written] = write(path)
    assert [r.reason for r in written.rejected] == ["too many cells: 10000 where 2 belong"]


def sheet_of(cells: str) -> bytes:
    """A workbook whose sheet holds the XML of these rows."""
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    made = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return made.getvalue()


def test_a_zip_bomb_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet_of("<row><c><v>1</v></c></row>" + " " * 20_000_000))
    with pytest.raises(FileProblem, match=r"a part that unpacks to [0-9]+ times its size"):
        write(path)
    with pytest.raises(FileProblem, match=r"unpacks to [0-9,]+ bytes") as caught:
        write(path, Limits(unzipped=1_000_000, ratio=100_000))
    assert "CSV" in caught.value.hint
    with pytest.raises(FileProblem, match=r"holds [0-9]+ files"):
        write(path, Limits(entries=3, ratio=100_000))


def test_a_part_that_is_larger_than_the_archive_says(tmp_path: Path) -> None:
    data = sheet_of("<row><c><v>1</v></c></row>" + " " * 1_000_000)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (200).to_bytes(4, "little")))
    with pytest.raises(FileProblem, match="is damaged"):
        write(path)


@pytest.mark.parametrize("far", ["XFD1048576", "xfd1048576", "ZZZZ9999999", "B999999999"])
def test_one_cell_far_away_does_not_claim_all_memory(tmp_path: Path, far: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet_of(f'<row><c r="A1"><v>1</v></c></row><row><c  r = "{far}"><v>2</v></c></row>'))
    with pytest.raises(FileProblem, match=r"a sheet spans [0-9,]+ rows") as caught:
        write(path)
    assert "new sheet" in caught.value.hint


def test_a_cell_repeated_without_end(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="A")
    for repeated in (1, 1_000_000):
        row = TableRow(numberrowsrepeated=repeated)
        cell = TableCell(valuetype="string", numbercolumnsrepeated=10_000)
        cell.addElement(P(text="x"))
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "a.ods"))
    with pytest.raises(FileProblem, match="a sheet spans 1,000,001 rows and 10,000 columns"):
        write(tmp_path / "a.ods")


def test_a_workbook_of_another_make(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    with pytest.raises(FileProblem, match="is an XLSB workbook"):
        write(path)


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Buyer", "HS", "Kg"], ["Example", "010121", 5], ["Beispiel", "0102", 7.25]):
        book.active.append(row)  # type: ignore[union-attr]
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="A")
    for text in ("a", "b"):
        row = TableRow()
        row.addElement(TableCell(valuetype="string"))
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=text))
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    data = io.BytesIO()
    document.write(data)
    return data.getvalue()


def _parquet() -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.table({"a": [1.5, None, 3.0], "b": ["x", "y", ""], "c": [["p"], [], None]}), data)
    return data.getvalue()


WHOLE = {
    "csv": 'Buyer;HS;Kg\nExample;"01;0121";5\n"Bei ""x""\nspiel";0102;7,25\nÜ;1;2\n'.encode(),
    "windows": "Alıcı;Şehir\nÖRNEK LTD. ŞTİ.;İZMİR\nBoya;Muğla\n".encode("windows-1254"),
    "utf-16": "Buyer;Kg\nExample;5\nÜ;6\n".encode("utf-16"),
    "json": b"".join(json.dumps({"a": i, "b": {"c": "x"}, "d": [1, "y"]}).encode() + b"\n" for i in range(4)),
    "parquet": _parquet(),
    "xlsx": _xlsx(),
    "ods": _ods(),
}
PLACE = st.integers(0, 1 << 16)
CHANGE = st.one_of(
    st.tuples(st.just("set"), PLACE, st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("insert"), PLACE, st.sampled_from([b'"', b"\n", b"\r", b"\0", b";", b"\xff", b' "', b"{"])),
    st.tuples(st.just("cut"), PLACE, st.just(b"")),
    st.tuples(st.just("drop"), PLACE, st.binary(min_size=1, max_size=9)),
)


def changed(data: bytes, changes: list[tuple[str, int, bytes]]) -> bytes:
    for kind, place, what in changes:
        at = place % (len(data) + 1)
        if kind == "insert":
            data = data[:at] + what + data[at:]
        elif kind == "set":
            data = data[:at] + what + data[at + len(what) :]
        elif kind == "drop":
            data = data[:at] + data[at + len(what) :]
        else:
            data = data[:at]
    return data


@pytest.mark.parametrize("kind", WHOLE)
@settings(deadline=None, max_examples=40)
@given(changes=st.lists(CHANGE, min_size=1, max_size=4))
def test_damage_is_refused_or_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[str, int, bytes]]
) -> None:
    path = tmp_path_factory.mktemp("m") / f"a.{kind}"
    path.write_bytes(changed(WHOLE[kind], changes))
    try:
        write(path)
    except NarrowsError as error:
        assert error.hint
        assert "transaction" not in error.message.lower(), error.message
