"""Sheets of workbooks as raw tables: what a person would copy out of them, with its row number."""

from __future__ import annotations

import datetime as dt
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem
from narrows.load.readers import workbook
from narrows.load.readers.files import Limits, Part, parts_of


def rows_of(part: Part) -> list[tuple[Any, ...]]:
    """(row number, *cells) of each row, written inside a transaction."""
    engine = Engine()
    engine.run("CREATE SCHEMA evidence")
    with engine.transaction():
        written = part.write(engine, "evidence.rows_1")
    number = "rowid + ? AS _row, *" if written.contiguous else "*, ? AS unused"
    rows = engine.rows(f"SELECT {number} FROM evidence.rows_1 ORDER BY 1", [part.first_row])
    rows = [row if written.contiguous else row[:-1] for row in rows]
    engine.close()
    assert written.rows_read == written.rows_kept == len(rows)
    assert part.sample(2) == [row[1:] for row in rows[:2]]
    return rows


def book(folder: Path, *rows: list[Any], name: str = "a.xlsx") -> tuple[Path, Worksheet]:
    """A workbook with one sheet; call `save` once it is as it should be."""
    file = openpyxl.Workbook()
    sheet = file.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return folder / name, sheet


def save(path: Path, sheet: Worksheet) -> Path:
    assert sheet.parent is not None
    sheet.parent.save(path)
    return path


def test_cells_become_the_text_that_a_person_sees(tmp_path: Path) -> None:
    values = [
        320890, 1.5, 0.1 + 0.2, 1e20, 1e-7, -0.0, True, " x ", "007",
        dt.date(2024, 3, 1), dt.datetime(2024, 3, 1, 10, 30), dt.time(9, 5), dt.timedelta(hours=26, minutes=5),
    ]  # fmt: skip
    path = save(*book(tmp_path, [f"h{'abcdefghijklm'[i]}" for i in range(len(values))], values))
    [part] = parts_of(path)
    assert rows_of(part) == [
        (
            2, "320890", "1.5", "0.3", "100000000000000000000", "0.0000001", "0", "true", " x ", "007",
            "2024-03-01", "2024-03-01 10:30:00", "09:05:00", "26:05:00",
        )
    ]  # fmt: skip


def test_codes_keep_the_zeros_and_signs_of_their_format(tmp_path: Path) -> None:
    path, sheet = book(tmp_path, ["HS", "CN", "Heading", "Kg"], *[[10121, 32129010, 101.5, 5]] * 3)
    for cells in sheet.iter_rows(min_row=2):
        for cell, code in zip(cells, ["000000", r"0000\.00\.00", "0000.00", "0.00"], strict=True):
            cell.number_format = code
    [part] = parts_of(save(path, sheet))
    assert rows_of(part)[0] == (2, "010121", "3212.90.10", "0101.50", "5")
    assert "leading zeros as the cell format shows them: HS, CN, Heading" in part.notes


def test_header_below_titles_and_rows_with_gaps(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Order book"], ["as of", dt.date(2024, 5, 1)], [], ["Date", "Buyer", "Goods", "Kg"],
        [dt.date(2024, 4, 1), "Example Ltd", "paint", 5], [], [dt.date(2024, 4, 2), "Beispiel", None, 7.25],
    ]  # fmt: skip
    [part] = parts_of(save(*book(tmp_path, *rows)))
    assert part.columns == ("Date", "Buyer", "Goods", "Kg")
    assert rows_of(part) == [
        (5, "2024-04-01", "Example Ltd", "paint", "5"),
        (7, "2024-04-02", "Beispiel", None, "7.25"),
    ]
    assert "2 lines above the table are not read: Order book; as of 2024-05-01" in part.notes


def test_merged_headers_are_filled_and_joined(tmp_path: Path) -> None:
    path, sheet = book(
        tmp_path,
        ["Sales 2024"],
        ["Date", "Buyer", None, "Seller", None, "Kg"],
        [None, "Name", "City", "Name", "City", None],
        ["2024-04-01", "Example", "Bern", "Beispiel", "Bonn", 5],
        ["2024-04-02", "Muster", "Bern", "Beispiel", "Bonn", 6],
    )
    for merged in ("A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3", "A4:A5"):
        sheet.merge_cells(merged)
    [part] = parts_of(save(path, sheet))
    assert part.columns == ("Date", "Buyer Name", "Buyer City", "Seller Name", "Seller City", "Kg")
    assert [row[0] for row in rows_of(part)] == [4, 5]
    assert "header in rows 2 and 3" in part.notes
    assert part.warnings == ("1 merged range among the rows: only the first cell of each holds its text",)


def test_a_title_merged_over_the_table_is_no_header(tmp_path: Path) -> None:
    path, sheet = book(tmp_path, ["Sales 2024"], ["Date", "Buyer", "Kg"], ["2024-04-01", "Example", 5])
    sheet.merge_cells("A1:C1")
    [part] = parts_of(save(path, sheet))
    assert part.columns == ("Date", "Buyer", "Kg")


def test_sheets_hidden_ones_empty_ones_and_charts(tmp_path: Path) -> None:
    path, sheet = book(tmp_path, ["a", "b"], ["x", 1])
    file = sheet.parent
    assert isinstance(file, openpyxl.Workbook)
    hidden = file.create_sheet("Old prices")
    hidden.append(["c", "d"])
    hidden.append(["y", 2])
    hidden.sheet_state = "hidden"
    file.create_sheet("Nothing")
    file.create_chartsheet("Chart")
    first, second = parts_of(save(path, sheet))
    assert (first.sheet, rows_of(first)) == ("Sheet", [(2, "x", "1")])
    assert (second.sheet, rows_of(second)) == ("Old prices", [(2, "y", "2")])
    assert (first.warnings, second.warnings) == ((), ("the sheet is hidden",))
    assert "sheets without cells, left out: Nothing, Chart" in first.notes


def test_formulas_and_error_values_are_named(tmp_path: Path) -> None:
    path, sheet = book(tmp_path, ["Name", "Kg", "Sum"], ["x", 1, "=B2*2"], ["y", "#REF!", 3])
    sheet["B3"].data_type = "e"
    [part] = parts_of(save(path, sheet))
    assert rows_of(part)[1] == (3, "y", None, "3")
    assert part.warnings == (
        "1 formula has no stored result: its cell is empty; open and save the file in a spreadsheet program",
        "1 cell with an error such as #REF!, read as empty",
    )
    assert set(part.warnings) < set(part.notes)


STORED = (
    '<f>B2*2</f><v>2</v>', '<f t="shared" si="0"/><v>2</v>', "<f>B2*2</f><v></v>", "<f>B2</f><v/>", "<f>B2</f>",
    '<f t="shared" si="0"/>',
)  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_formulas_with_and_without_a_stored_result_are_told_apart(tmp_path: Path, prefix: str) -> None:
    path = save(*book(tmp_path, ["Name", "Sum"], *[["x", "FORMULA"]] * 6, ["y", "TEXT"]))
    cells = iter([f"<c>{stored}</c>" for stored in STORED])

    def filled(sheet: str) -> str:
        sheet = re.sub(r'(<c r="B[2-7]")[^>]*>.*?</c>', lambda found: next(cells).replace("<c", found[1]), sheet)
        sheet = re.sub(r'(<c r="B8") t="\w+">.*?</c>', r'\1 t="str"><f>IF(B2,"","")</f><v></v></c>', sheet)
        return re.sub(r"(</?)(\w)", rf"\1{prefix}\2", sheet.replace("xmlns=", "xmlns:x=")) if prefix else sheet

    rewrite(path, "xl/worksheets/sheet1.xml", filled)
    [part] = parts_of(path)
    assert [cell for _, cell in part.sample()] == ["2", "2", None, None, None, None, None]
    assert [warning for warning in part.warnings if "formula" in warning] == [
        "4 formulas have no stored result: their cells are empty; open and save the file in a spreadsheet program"
    ]
    assert "3 formulas: the results last stored are read" in part.notes


def test_formulas_are_counted_once_where_the_sheet_is_read_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(*book(tmp_path, ["Name", "Sum"], *[["x", f"=A{row}"] for row in range(2, 102)]))
    rewrite(path, "xl/worksheets/sheet1.xml", lambda sheet: re.sub(r"<v ?/>|<v></v>", "<v>1</v>", sheet))
    for size in (200, 333, 1000):
        monkeypatch.setattr(workbook, "_CHUNK", size)
        [part] = parts_of(path)
        assert "100 formulas: the results last stored are read" in part.notes and part.warnings == ()


def rewrite(path: Path, entry: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held[entry] = change(held[entry].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)


def test_a_table_that_begins_further_right_and_has_no_header(tmp_path: Path) -> None:
    path, sheet = book(tmp_path)
    for row, name in enumerate(["Example", "Beispiel"], start=3):
        sheet.cell(row, 3, name)
        sheet.cell(row, 4, row)
    [found] = parts_of(save(path, sheet))
    assert found.columns == ("column 1", "column 2")
    assert rows_of(found) == [(3, "Example", "3"), (4, "Beispiel", "4")]
    [given] = parts_of(path, headers=("name", "kg"))
    assert given.columns == ("name", "kg")
    with pytest.raises(FileProblem, match="3 column names were given"):
        list(parts_of(path, headers=("a", "b", "c")))


def test_a_sheet_with_a_header_alone(tmp_path: Path) -> None:
    [part] = parts_of(save(*book(tmp_path, ["Date", "Buyer"])))
    assert rows_of(part) == []
    assert part.first_row == 2
    assert "no row below the header" in part.notes


def test_long_sheets_come_in_pieces(tmp_path: Path) -> None:
    path, sheet = book(tmp_path, ["n", "text"], *[[i, "x"] for i in range(2, 25_000)], [None], [25_001, "y"])
    [part] = parts_of(save(path, sheet))
    rows = rows_of(part)
    assert all(row[0] == int(row[1]) for row in rows)
    assert len(rows) == 24_999


def test_a_sheet_that_is_too_wide(tmp_path: Path) -> None:
    path = save(*book(tmp_path, [f"h{i}" for i in range(31)]))
    with pytest.raises(FileProblem, match="31 columns; Narrows reads at most 30"):
        list(parts_of(path, limits=Limits(columns=30)))


def test_ods(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Orders")
    for cells in (["Buyer", "HS", "Kg"], ["Örnek A.Ş.", "010121", 5.0], ["Example", None, 7.25]):
        row = TableRow()
        for value in cells:
            kind = {"valuetype": "float", "value": value} if isinstance(value, float) else {"valuetype": "string"}
            cell = TableCell(**kind) if value is not None else TableCell()
            if value is not None:
                cell.addElement(P(text=str(value)))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    path = tmp_path / "0a1b2c"
    document.save(str(path))
    [part] = parts_of(path, name="orders.ods")
    assert part.columns == ("Buyer", "HS", "Kg")
    assert rows_of(part) == [(2, "Örnek A.Ş.", "010121", "5"), (3, "Example", None, "7.25")]


def xls(rows: list[list[str | float]]) -> bytes:
    """A workbook as Excel 97 wrote it, with the one sheet "Orders": BIFF8 records in an OLE container."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    cells = b""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            at = struct.pack("<HHH", r, c, 0)
            if isinstance(value, str):
                cells += record(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            else:
                cells += record(0x0203, at + struct.pack("<d", value))
    begin = [record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0)) for kind in (0x0005, 0x0010)]
    named = struct.pack("<BBBB", 0, 0, 6, 0) + b"Orders"
    start = len(begin[0]) + 4 + 4 + len(named) + 4
    sheet = record(0x0085, struct.pack("<I", start) + named)
    stream = begin[0] + sheet + record(0x000A, b"") + b"\0" * 4
    stream = stream[:start].ljust(start, b"\0") + begin[1] + cells + record(0x000A, b"")
    stream = stream.ljust(4096, b"\0")
    sectors = len(stream) // 512
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    fat = [0xFFFFFFFD, end, *range(3, 2 + sectors), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        return (
            text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, free, free, child)
            + b"\0" * 36 + struct.pack("<IQ", first, size)
        )  # fmt: skip

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    directory = directory.ljust(512, b"\0")
    return header + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + directory + stream


def test_xls(tmp_path: Path) -> None:
    path = tmp_path / "orders.xls"
    path.write_bytes(xls([["Buyer", "HS", "Kg"], ["Örnek A.Ş.", "010121", 5.0], ["Example", "0102", 7.25]]))
    [part] = parts_of(path)
    assert (part.sheet, part.columns) == ("Orders", ("Buyer", "HS", "Kg"))
    assert rows_of(part) == [(2, "Örnek A.Ş.", "010121", "5"), (3, "Example", "0102", "7.25")]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=6)
VALUE = st.none() | TEXT | st.integers(-(10**14), 10**14) | st.booleans() | st.dates(dt.date(1950, 1, 1))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(VALUE, VALUE, VALUE), min_size=1, max_size=6))
def test_any_cells_come_back(tmp_path_factory: pytest.TempPathFactory, values: list[tuple[Any, ...]]) -> None:
    def text(value: Any) -> str | None:
        return None if value in (None, "") else str(value).lower() if isinstance(value, bool) else str(value)

    path, sheet = book(tmp_path_factory.mktemp("x"), ["Name", "Code", "Note"])
    for r, row in enumerate(values, start=2):
        for c, value in enumerate(row, start=1):
            cell = sheet.cell(r, c, value)
            if isinstance(value, str):
                cell.data_type = "s"
    [part] = parts_of(save(path, sheet), headers=("a", "b", "c"))
    wanted = [(r, *map(text, row)) for r, row in enumerate(values, start=2) if any(map(text, row))]
    assert [row for row in rows_of(part) if row[0] > 1] == wanted
