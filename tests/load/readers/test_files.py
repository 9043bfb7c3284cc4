"""What a file is, is seen in its bytes; what cannot be loaded is refused with a way on."""

from __future__ import annotations

import gzip
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from narrows.errors import FileProblem, NotFound
from narrows.load.readers.files import parts_of


def zipped(path: Path, *names: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


REFUSED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "folder": (lambda p: p.mkdir(), "is a folder", "x/\\*.csv"),
    "pipe": (lambda p: os.mkfifo(p), "is a pipe", "Save what comes out"),
    "socket": (bound, "is a socket", "Save what comes out"),
    "empty": (lambda p: p.touch(), "is empty", "export it again"),
    "mark only": (lambda p: p.write_bytes(b"\xef\xbb\xbf\r\n\r\n"), "holds no row", "only empty lines"),
    "pdf": (lambda p: p.write_bytes(b"%PDF-1.7\n..."), "is a document", "PDF, DOCX .* not read.* CSV or XLSX"),
    "docx": (lambda p: zipped(p, "[Content_Types].xml", "word/document.xml"), "is a document", "XLSX"),
    "odt": (lambda p: zipped(p, "mimetype", "content.xml"), "is a document", "XLSX"),
    "zip": (lambda p: zipped(p, "a.csv"), "is a zip archive", "Unpack it first"),
    "empty zip": (lambda p: zipped(p), "is a zip archive", "Unpack it first"),
    "broken zip": (lambda p: p.write_bytes(b"PK\x03\x04" + b"x" * 99), "damaged zip archive", "export it again"),
    "gzip": (lambda p: p.write_bytes(gzip.compress(b"a,b\n1,2\n")), "is packed \\(gzip\\)", "Unpack it first"),
    "html": (lambda p: p.write_bytes(b"\xef\xbb\xbf <HTML><table>"), "is a web page or XML", "save the table"),
    "sqlite": (lambda p: p.write_bytes(b"SQLite format 3\0" + bytes(99)), "does not load", "XLSX"),
    "duckdb": (lambda p: p.write_bytes(bytes(8) + b"DUCK" + bytes(99)), "does not load", "XLSX"),
    "binary": (lambda p: p.write_bytes(bytes(range(256)) * 9), "its bytes are not text", "XLSX"),
    "old word": (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999)), "not a workbook", "XLSX"),
    "locked workbook": (
        lambda p: p.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
        ),
        "is encrypted",
        "without one",
    ),
    "cut parquet": (lambda p: p.write_bytes(b"PAR1" + bytes(99)), "this Parquet file cannot be read", "again"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_table_is_refused_with_its_name_and_a_hint(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, message, hint = REFUSED[kind]
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "x")
    with pytest.raises(FileProblem, match=message) as caught:
        list(parts_of(tmp_path / "x", name="orders x"))
    assert "orders x" in caught.value.message
    assert caught.match(hint)


def test_a_device_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="is a device"):
        list(parts_of(Path("/dev/zero")))
    with pytest.raises(NotFound, match=r"there is no file gone\.csv"):
        list(parts_of(tmp_path / "gone.csv"))


def test_bytes_go_before_names(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    pq.write_table(pa.table({"a": [1]}), path)
    assert [part.notes[0] for part in parts_of(path)] == ["Parquet; rows are counted from 1"]
    path = tmp_path / "orders.xlsx"
    path.write_text("a;b\n1;2\n")
    assert [part.columns for part in parts_of(path)] == [("a", "b")]


def test_a_header_alone_is_a_part_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Date;Buyer;Kg\n")
    [part] = parts_of(path)
    assert part.columns == ("Date", "Buyer", "Kg")
    assert (part.sample(), part.first_row) == ([], 2)
    assert "no row below the header" in part.notes


def test_too_many_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(f"h{i}" for i in range(10_000)) + "\n" + "1," * 9_999 + "1\n")
    with pytest.raises(FileProblem, match="10,000 columns; Narrows reads at most 2,000") as caught:
        list(parts_of(path))
    assert "turn the table" in caught.value.hint


def test_a_cut_parquet_file_is_named_as_it_was_received(tmp_path: Path) -> None:
    path = tmp_path / ".part-[0a1b]"
    pq.write_table(pa.table({"a": ["x" * 99]}), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(FileProblem, match=r"orders\.parquet") as caught:
        list(parts_of(path, name="orders.parquet"))
    assert ".part-" not in caught.value.message and str(tmp_path) not in caught.value.message


TURKISH = "Sipari\u015f;M\u00fc\u015fteri\n1;\u015eeker \u0130n\u015faat\n2;I\u015f\u0131k\n"


def test_the_mapping_may_say_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TURKISH.encode("windows-1254"))
    [guessed] = parts_of(path)
    assert guessed.warnings == guessed.notes[:1] and "encoding windows-1254, guessed from" in guessed.warnings[0]
    [told] = parts_of(path, encoding="Windows-1254")
    assert told.sample() == guessed.sample() and told.warnings == ()
    assert "encoding windows-1254, by the mapping" in told.notes
    [other] = parts_of(path, encoding="latin-1")
    assert other.sample()[1][1] == "I\u00fe\u00fdk"


def test_an_encoding_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for encoding, said in (("utf-8-sig", "UTF8"), ("utf-16", "utf-16"), ("utf-16", "utf-16-le")):
        path.write_bytes(TURKISH.encode(encoding))
        [part] = parts_of(path, encoding=said)
        assert part.columns == ("Sipari\u015f", "M\u00fc\u015fteri")
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"a": "\u015e"}\n'.encode("windows-1254"))
    [lines] = parts_of(path, encoding="windows-1254")
    assert lines.sample() == [("\u015e",)]


@pytest.mark.parametrize(
    "encoding, message",
    [
        ("utf-8", "not text in the encoding utf-8: line 1 holds 0xfe"),
        ("windows-1253", "not text in the encoding windows-1253: line 4 holds 0xd2"),
        ("klingon", "no encoding 'klingon'"),
        ("rot13", "no encoding 'rot13'"),
        ("a\0", "no encoding"),
    ],
)
def test_a_wrong_encoding_is_refused(tmp_path: Path, encoding: str, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TURKISH.encode("windows-1254") + b"3;\xd2\n")
    with pytest.raises(FileProblem, match=message) as caught:
        list(parts_of(path, encoding=encoding))
    assert "encoding" in caught.value.hint


def test_a_byte_order_mark_contradicts_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TURKISH.encode("utf-8-sig"))
    with pytest.raises(FileProblem, match="its byte order mark says utf-8"):
        list(parts_of(path, encoding="windows-1254"))
