"""CSV and its kin: what is written comes back, cell for cell and row number for row number."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem
from narrows.load.readers import delimited
from narrows.load.readers.delimited import DelimitedPart, delimited_part, find_header
from narrows.load.readers.encoding import survey
from narrows.load.readers.files import Limits, Written, parts_of

Loaded = tuple[DelimitedPart, Written, list[tuple[Any, ...]]]


def load(folder: Path, data: bytes | str, *, headers: tuple[str, ...] = (), limits: Limits | None = None) -> Loaded:
    """The part, what was written, and (row number, *cells) of each row; written inside a transaction."""
    path = folder / "orders.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    part = delimited_part(path, path.name, headers, limits or Limits())
    engine = Engine()
    engine.run("CREATE SCHEMA evidence")
    with engine.transaction():
        written = part.write(engine, "evidence.rows_1")
    number = "rowid + ? AS _row, *" if written.contiguous else "*, ? AS unused"
    rows = engine.rows(f"SELECT {number} FROM evidence.rows_1 ORDER BY 1", [part.first_row])
    rows = [row if written.contiguous else row[:-1] for row in rows]
    engine.close()
    assert written.rows_read == written.rows_kept + len(written.rejected)
    assert written.rows_kept == len(rows)
    assert part.sample(3) == [row[1:] for row in rows[:3]]
    return part, written, rows


def refused(written: Written) -> list[tuple[int, str]]:
    return [(reject.row, reject.reason) for reject in written.rejected]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, ending: str) -> None:
    lines = ["Date,Buyer,Kg", "2024-01-02,Example Ltd,1.5", "2024-01-03,Beispiel GmbH,"]
    part, written, rows = load(tmp_path, ending.join(lines).replace(",", delimiter))
    assert part.columns == ("Date", "Buyer", "Kg")
    assert rows == [(2, "2024-01-02", "Example Ltd", "1.5"), (3, "2024-01-03", "Beispiel GmbH", None)]
    assert written.contiguous


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    _, _, rows = load(tmp_path, "Ware;Kilo;Preis\nA;1,5;2,5\nB;2,25;3,0\nC;4,0;1,0\n")
    assert rows[0] == (2, "A", "1,5", "2,5")


def test_title_lines_above_the_header_are_named_not_read(tmp_path: Path) -> None:
    part, _, rows = load(tmp_path, "Sales ledger 2024\n\nDate,Buyer,Kg\n2024-01-02,Example Ltd,5\n")
    assert part.columns == ("Date", "Buyer", "Kg")
    assert rows == [(4, "2024-01-02", "Example Ltd", "5")]
    assert "header in row 3" in part.notes
    assert any("Sales ledger 2024" in note for note in part.notes)


def test_no_header_row(tmp_path: Path) -> None:
    data = "36,Example Ltd,Berlin\n37,Beispiel GmbH,Bern\n"
    found, _, rows = load(tmp_path, data)
    assert found.columns == ("column 1", "column 2", "column 3")
    assert rows[0][0] == 1 == found.first_row
    given, _, rows = load(tmp_path, data, headers=("id", "name", "city"))
    assert given.columns == ("id", "name", "city")
    assert len(rows) == 2


def test_headers_are_made_unique_and_empty_ones_numbered(tmp_path: Path) -> None:
    part, _, _ = load(tmp_path, 'Tarih,Tarih,,Tarih (2),"Net\nkg"\n1,2,3,4,5\n')
    assert part.columns == ("Tarih", "Tarih (3)", "column 3", "Tarih (2)", "Net kg")


def test_excel_names_its_delimiter_in_a_line_that_is_no_row(tmp_path: Path) -> None:
    part, _, rows = load(tmp_path, "sep=;\r\nName;Kg\r\nA, B;1\r\n")
    assert part.columns == ("Name", "Kg")
    assert rows == [(2, "A, B", "1")]


def test_blank_lines_are_no_rows_but_count_as_rows_of_the_sheet(tmp_path: Path) -> None:
    _, written, rows = load(tmp_path, "a,b\n1,2\n\n3,4\n   \n5,6\n\n\n")
    assert [row[0] for row in rows] == [2, 4, 6]
    assert (written.rows_read, written.contiguous) == (3, False)


@pytest.mark.parametrize(
    ("data", "numbers", "contiguous"),
    [("a;b\n1;2\n;\n3;4\n", [2, 4], False), ("a;b\n1;2\n3;4\n;\n;\n", [2, 3], True)],
)
def test_rows_of_delimiters_alone_are_no_rows(tmp_path: Path, data: str, numbers: list[int], contiguous: bool) -> None:
    _, written, rows = load(tmp_path, data)
    assert [row[0] for row in rows] == numbers
    assert written.contiguous is contiguous


def test_one_column(tmp_path: Path) -> None:
    part, _, rows = load(tmp_path, "name\nExample, Ltd\n\nBeispiel GmbH\n")
    assert part.columns == ("name",)
    assert rows == [(2, "Example, Ltd"), (4, "Beispiel GmbH")]


def test_cells_with_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    _, written, rows = load(tmp_path, 'a,b\n"x, ""y""","line 1\nline 2"\n3,4\n')
    assert rows == [(2, 'x, "y"', "line 1\nline 2"), (3, "3", "4")]
    assert written.contiguous


def test_ragged_rows_are_rejected_and_the_others_kept(tmp_path: Path) -> None:
    _, written, rows = load(tmp_path, "a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n13,14,15,\n")
    assert [row[0] for row in rows] == [2, 4, 6]
    assert refused(written) == [(3, "too few cells: 2 where 3 belong"), (5, "too many cells: 4 where 3 belong")]
    assert written.rejected[0].text == "4,5"


def test_quotes_that_were_not_doubled_are_read_as_they_stand(tmp_path: Path) -> None:
    _, written, rows = load(tmp_path, 'a,b\n"The "Best" Ltd",1\n3" pipe,2\n')
    assert [row[1] for row in rows] == ['The "Best" Ltd', '3" pipe']
    assert not written.rejected


def test_a_quote_never_closed_costs_one_row(tmp_path: Path) -> None:
    _, written, rows = load(tmp_path, 'a,b\n1,2\n"3,4\n5,6\n7,8\n')
    assert [row[0] for row in rows] == [2, 4, 5]
    assert refused(written) == [(3, "a quote that is never closed; the file may be cut off")]


def test_a_file_cut_off_inside_a_quoted_cell(tmp_path: Path) -> None:
    whole = 'a,b\n1,"x"\n2,"y, z"\n'
    _, written, rows = load(tmp_path, whole[:-4])
    assert [row[0] for row in rows] == [2]
    assert refused(written) == [(3, "a quote that is never closed; the file may be cut off")]


def test_nul_and_undecodable_bytes_cost_their_row(tmp_path: Path) -> None:
    _, written, rows = load(tmp_path, "a,b\nü,ö\nä,ß\né,è\n1,\0\n".encode() + b"2,\xff\n3,4\n")
    assert [row[0] for row in rows] == [2, 3, 4, 7]
    assert refused(written) == [
        (5, "a NUL byte"),
        (6, "bytes that are not text in the encoding of the file"),
    ]
    assert [reject.text for reject in written.rejected] == ["1,\\x00", "2,\\xff"]


def test_spaces_beside_quotes(tmp_path: Path) -> None:
    _, _, rows = load(tmp_path, 'a, "b", "c"\n1, "2, 3", "4"\n5, "6", "7"\n')
    assert rows == [(2, "1", "2, 3", "4"), (3, "5", "6", "7")]


def test_backslash_before_quotes(tmp_path: Path) -> None:
    _, _, rows = load(tmp_path, 'a,b\n"x \\"y\\" z","C:\\dir"\n"1, 2","3"\n')
    assert rows == [(2, 'x "y" z', "C:\\dir"), (3, "1, 2", "3")]


def test_single_quotes_around_cells(tmp_path: Path) -> None:
    _, _, rows = load(tmp_path, "'a','b'\n'1, 2','x'\n'3','it''s'\n")
    assert rows == [(2, "1, 2", "x"), (3, "3", "it's")]


def test_a_path_with_the_signs_of_a_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "y=1" / "a[b]*?'{c}"
    folder.mkdir(parents=True)
    _, written, rows = load(folder, "a,b\n1,2\n")
    assert rows == [(2, "1", "2")] and written.contiguous


def test_names_as_the_file_was_received(tmp_path: Path) -> None:
    path = tmp_path / "0a1b2c"
    path.write_text("a;b\n1;2\n")
    assert [part.columns for part in parts_of(path, name="orders.csv")] == [("a", "b")]


ENCODED = {
    "windows-1254": "Sipariş;Alıcı;Şehir\n1;ÖRNEK KİMYA SANAYİ LTD. ŞTİ.;İZMİR\n2;Boya Dağıtım;Muğla\n",
    "cp857": "Sipariş;Alıcı;Şehir\n1;ÖRNEK KİMYA SANAYİ LTD. ŞTİ.;İZMİR\n2;Boya Dağıtım;Muğla\n",
    "windows-1252": "Größe;Käufer;Straße\n1;Beispiel Söhne;Münchner Straße\n2;Café «Été»;Genève\n",
    "windows-1251": "Дата;Покупатель;Город\n1;ООО «Пример»;Город\n2;Торговый дом;Столица\n",
    "koi8-r": "Дата;Покупатель;Город\n1;ООО Пример;Город\n2;Торговый дом;Столица\n",
    "windows-1256": "التاريخ;المشتري;المدينة\n1;شركة المثال للتجارة;الميناء\n2;مؤسسة النموذج;المدينة\n",
    "windows-1253": "Ημερομηνία;Αγοραστής;Πόλη\n1;Εταιρεία Παράδειγμα;Αθήνα\n2;Δείγμα;Πάτρα\n",
    "windows-1250": "Data;Nabywca;Miasto\n1;Spółka Przykład;Łódź\n2;Świąteczna;Poznań\n",
    "gb18030": "日期;买方;城市\n1;示例化工有限公司;上海\n2;测试贸易公司;广州\n",
    "utf-8-sig": "Größe;Käufer\n1;Beispiel Söhne\n",
    "utf-16": "Größe;Käufer\n1;Beispiel Söhne\n",
    "utf-16-le": "Size;Buyer\n1;Beispiel Söhne\n",
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings_are_told_by_their_letters(tmp_path: Path, encoding: str) -> None:
    text = ENCODED[encoding]
    part, _, rows = load(tmp_path, text.encode(encoding))
    assert part.notes[0].startswith((f"encoding {encoding}, by ", f"encoding {encoding}, guessed from "))
    assert part.warnings == (part.notes[:1] if "guessed" in part.notes[0] else ())
    assert ("guessed" in part.notes[0]) is not encoding.startswith("utf")
    assert ";".join(part.columns) == text.splitlines()[0]
    assert [";".join(row[1:]) for row in rows] == text.splitlines()[1:]


def test_letters_far_down_the_file_decide_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"name;n\n" + b"plain;1\n" * 300_000 + "Dağıtım A.Ş.;İZMİR\n".encode("windows-1254"))
    assert survey(path, "a.csv").encoding == "windows-1254"


def test_the_rows_of_a_long_file_are_all_accounted_for(tmp_path: Path) -> None:
    _, written, _ = load(tmp_path, b"a,b\n" + b"1,2\n3,4\n" * 200_000 + b"5\n")
    assert (written.rows_read, written.rows_kept, refused(written)) == (
        400_001,
        400_000,
        [(400_002, "too few cells: 1 where 2 belong")],
    )


def test_header_beside_columns_of_words_and_of_numbers() -> None:
    assert find_header([["Name", "City"], ["Example", "Bern"], ["Beispiel", "Bonn"]], 2) == 0
    assert find_header([["Example", "12"], ["Beispiel", "13"]], 2) is None
    assert find_header([["Example", "Bern"], ["Beispiel", "Bern"], ["Example", "Bern"]], 2) is None
    assert find_header([["Name", "", "Kg"], ["Example", "x", "5"], ["Beispiel", "y", "6"]], 3) == 0


@pytest.mark.parametrize(
    "data",
    [
        "a,b\n1,2\n",
        "\ufeffa;b\r\n1;2\r\n\r\n",
        'a,b\n"x ""y"", z","line 1\nline 2"\n3,4\n',
        "Title\n\na\tb\n1\t2\n;\t;\n",
        "Größe;b\nß;2\n".encode("windows-1252"),
        "a;b\n1;2\n".encode("utf-16"),
        "a;b\n1;2\n;\n3;4",
    ],
)
def test_files_without_faults_take_the_fast_road(
    tmp_path: Path, data: str | bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "write_rows", None)
    _, written, _ = load(tmp_path, data)
    assert written.rows_kept > 0


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    [part] = parts_of(path)
    path.write_text("a,b\n1,2\n3,4\n")
    with pytest.raises(FileProblem, match="changed while"):
        part.write(Engine(), "rows_1")


def test_a_table_that_cannot_be_written_leaves_none_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 30 + "1\n" * 20)
    [part] = parts_of(path, limits=Limits(rejected=10))
    engine = Engine()
    with pytest.raises(FileProblem, match="more than 10 rows cannot be read; the first is row 32: too few"):
        part.write(engine, "rows_1")
    assert engine.rows("SELECT * FROM duckdb_tables()") == []


CELL = st.lists(st.sampled_from([*"ab1ü, ;\t|\"'\n\\=ğЖع-", "\r\n"]), max_size=8).map("".join)
DIALECT = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t|"),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
    }
)
ENCODING = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 6))
    row = st.lists(CELL, min_size=width, max_size=width)
    return [[f"h{i}" for i in range(width)], *draw(st.lists(row, max_size=12))]


def expected(table: list[list[str]]) -> list[tuple[Any, ...]]:
    rows = enumerate(table[1:], start=2)
    return [(number, *(cell or None for cell in cells)) for number, cells in rows if any(cells)]


def written_as(table: list[list[str]], dialect: dict[str, Any]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(table)
    return text.getvalue()


@settings(deadline=None, max_examples=80)
@given(table=tables(), dialect=DIALECT, encoding=ENCODING)
def test_any_table_comes_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], dialect: dict[str, Any], encoding: str
) -> None:
    data = written_as(table, dialect).encode(encoding)
    _, written, rows = load(tmp_path_factory.mktemp("t"), data)
    assert rows == expected(table)
    assert not written.rejected


@settings(deadline=None, max_examples=80)
@given(table=tables(), dialect=DIALECT)
def test_both_roads_read_the_same(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], dialect: dict[str, Any]
) -> None:
    """One ragged row at the end sends the file down the careful road."""
    data = written_as(table, dialect) + "ragged" + dialect["lineterminator"]
    _, written, rows = load(tmp_path_factory.mktemp("t"), data)
    assert rows == expected(table)
    assert refused(written) == [(len(table) + 1, f"too few cells: 1 where {len(table[0])} belong")]
