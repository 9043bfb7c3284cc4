from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_case import ARABIC, CAR_HIRE, FLAGS, TURKISH

from narrows.errors import NarrowsError, UsageError
from narrows.report import alert_rows, tables, write_table
from narrows.report.tables import inert

SUFFIXES = (".csv", ".xlsx", ".ndjson", ".parquet")
OPENERS = tuple("=+-@\t\r\n＝＋－＠")
ROWS = pa.table(
    {
        "code": ["010121", "=cmd()", "-1"],
        "name": [ARABIC, TURKISH, None],
        "count": pa.array([-5, 2**62, None], pa.int64()),
        "amount": pa.array([Decimal("-12.3400"), Decimal("99999999999999.9999"), None], pa.decimal128(18, 4)),
        "share": [0.5, float("nan"), None],
        "day": [dt.date(2025, 3, 1), dt.date(1899, 1, 1), None],
        "sure": [True, False, None],
        "places": [["a.csv:2", "b.csv:3"], ["=x"], None],
    }
)


def read_csv(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_csv(tmp_path):
    path = write_table(ROWS, tmp_path / "t.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    header, first, second, third = read_csv(path)
    assert header == ROWS.schema.names
    assert first == ["010121", ARABIC, "-5", "-12.3400", "0.5", "2025-03-01", "true", "a.csv:2; b.csv:3"]
    assert second[0] == "'=cmd()" and second[-1] == "'=x" and second[2:4] == [str(2**62), "99999999999999.9999"]
    assert third == ["'-1", *[""] * 7]


def test_xlsx(tmp_path):
    book = openpyxl.load_workbook(write_table(ROWS, tmp_path / "t.xlsx"))
    sheet = book.active
    assert sheet.freeze_panes == "A2" and sheet.column_dimensions["A"].width >= 8
    cells = [[(c.value, c.data_type) for c in row] for row in sheet.iter_rows(min_row=2)]
    assert cells[0][0] == ("010121", "s") and cells[1][0] == ("=cmd()", "s") and cells[2][0] == ("-1", "s")
    assert cells[0][2] == (-5, "n") and cells[1][2] == (str(2**62), "s")
    assert cells[0][3] == (-12.34, "n") and cells[1][3] == ("99999999999999.9999", "s")
    assert cells[0][5] == (dt.datetime(2025, 3, 1), "d") and cells[1][5] == ("1899-01-01", "s")
    assert cells[1][4] == ("nan", "s") and cells[0][6] == (True, "b")


def test_xlsx_holds_no_formula_and_no_link(tmp_path):
    texts = ["=1+1", "https://example.org", "mailto:a@example.org", "internal:S!A1", "{=1}"]
    sheet = openpyxl.load_workbook(write_table([{"t": t} for t in texts], tmp_path / "t.xlsx")).active
    assert [(c.value, c.data_type, c.hyperlink) for (c,) in sheet.iter_rows(min_row=2)] == [
        (t, "s", None) for t in texts
    ]


def test_xlsx_says_where_it_cuts_a_text(tmp_path):
    path = write_table([{"t": "x" * 40_000}, {"t": "😀" * 20_000}], tmp_path / "t.xlsx")
    first, second = (c.value for (c,) in openpyxl.load_workbook(path).active.iter_rows(min_row=2))
    assert len(first) == 32_767 and first.endswith("40,000 characters in all, whole in CSV]")
    assert len(second.encode("utf-16-le")) // 2 <= 32_767 and second.endswith("whole in CSV]")


def test_xlsx_goes_on_with_another_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_XLSX_ROWS", 4)
    book = openpyxl.load_workbook(write_table([{"n": n} for n in range(6)], tmp_path / "t.xlsx"))
    assert [[c.value for (c,) in s.iter_rows()] for s in book] == [["n", 0, 1, 2], ["n", 3, 4, 5]]


def test_ndjson_keeps_every_digit(tmp_path):
    lines = write_table(ROWS, tmp_path / "t.ndjson").read_text(encoding="utf-8").splitlines()
    first, second, third = (json.loads(line, parse_float=Decimal) for line in lines)
    assert first["amount"] == Decimal("-12.3400") and second["amount"] == Decimal("99999999999999.9999")
    assert first["places"] == ["a.csv:2", "b.csv:3"] and first["code"] == "010121"
    assert second["share"] is None and second["code"] == "=cmd()"
    assert set(third.values()) == {"-1", None}
    assert ARABIC in lines[0]


def test_parquet(tmp_path):
    assert pq.read_table(write_table(ROWS, tmp_path / "t.parquet")).schema == ROWS.schema


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_table_same_bytes_from_any_form(tmp_path, suffix):
    table = ROWS.select(["code", "name", "count", "day"])
    forms = [table, table.to_reader(), iter(table.to_batches())]
    written = [write_table(form, tmp_path / f"t{n}{suffix}").read_bytes() for n, form in enumerate(forms)]
    assert written[0] == written[1] == written[2]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_rows(tmp_path, suffix):
    schema = pa.schema([("a", pa.string()), ("b", pa.int64())])
    as_table = write_table(schema.empty_table(), tmp_path / f"a{suffix}").read_bytes()
    assert write_table(iter(()), tmp_path / f"b{suffix}", schema=schema).read_bytes() == as_table
    assert write_table([], tmp_path / f"c{suffix}", schema=schema).read_bytes() == as_table


@pytest.mark.parametrize("suffix", ["", ".txt", ".xls"])
def test_unknown_suffix(tmp_path, suffix):
    with pytest.raises(UsageError, match="unknown kind") as caught:
        write_table(ROWS, tmp_path / f"t{suffix}")
    assert ".xlsx" in caught.value.hint


def test_folder_is_missing_or_in_the_way(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        write_table(ROWS, tmp_path / "gone" / "t.csv")
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        write_table(ROWS, tmp_path / "t.csv")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_that_breaks_off_leaves_the_old_file(tmp_path, suffix):
    def breaks() -> object:
        yield ROWS.to_batches()[0]
        raise OSError(28, "No space left on device")

    path = tmp_path / f"t{suffix}"
    path.write_bytes(b"old")
    with pytest.raises(NarrowsError, match="No space left"):
        write_table(breaks(), path)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_too_many_columns_for_a_spreadsheet(tmp_path):
    with pytest.raises(UsageError, match="16385 columns"):
        write_table([{f"c{n}": 1 for n in range(16_385)}], tmp_path / "t.xlsx")
    assert not list(tmp_path.iterdir())


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_inert(text):
    shown = inert(text)
    assert not shown.startswith(OPENERS)
    assert shown in (text, f"'{text}")


def test_inert_headers(tmp_path):
    assert read_csv(write_table([{"=h": "x"}], tmp_path / "t.csv"))[0] == ["'=h"]


def test_alert_rows_lead_to_file_and_row(engine):
    rows = alert_rows(engine, FLAGS).to_pylist()
    assert [(r["rank"], r["code"]) for r in rows] == [(1, "LAW-01"), (1, "PAY-01"), (2, "PAY-01"), (2, "SHP-01")]
    paid = rows[1]
    assert paid["evidence"] == ["siparişler 2025.csv:2", "payments.xlsx[مدفوعات]:2"]
    assert paid["sentence"] == f"{CAR_HIRE} paid for goods that {TURKISH} ordered"
    assert paid["amount"] == Decimal("12300.0000") and paid["may_be_innocent_because"]
    assert isinstance(paid["record"], str) and isinstance(paid["document_no"], str)


def test_alert_rows_refuse_a_hit_without_innocent_explanation(engine):
    with pytest.raises(NarrowsError, match="innocent"):
        alert_rows(engine, FLAGS[:2])
