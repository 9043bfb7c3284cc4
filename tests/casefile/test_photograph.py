"""Photographs are told by their bytes, and kept as received."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from narrows import api
from narrows.casefile import photograph as module
from narrows.casefile.photograph import Photograph, look, photograph
from narrows.errors import FileProblem
from narrows.settings import Settings

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 40, 30) + b"\x08\0\0\0\0" + b"x" * 20
PNG += struct.pack(">I", 0) + b"IEND\xae\x42\x60\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"\x03" * 10 + b"\xff\xd9"
BODY = (
    b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (39).to_bytes(3, "little") + (29).to_bytes(3, "little") + b"\0" * 4
)
WEBP = b"RIFF" + struct.pack("<I", 4 + len(BODY)) + b"WEBP" + BODY
VP8 = b"RIFF" + struct.pack("<I", 26) + b"WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 40, 30) + b"\0" * 4
VP8L = b"RIFF" + struct.pack("<I", 26) + b"WEBPVP8L" + b"\0\0\0\0\x2f" + struct.pack("<I", 39 | 29 << 14) + b"\0" * 9


@pytest.mark.parametrize(
    ("content", "kind"), [(PNG, "PNG"), (JPEG, "JPEG"), (WEBP, "WebP"), (VP8, "WebP"), (VP8L, "WebP")]
)
def test_kind_and_size_are_read_from_the_bytes(content: bytes, kind: str) -> None:
    found = look(content)
    assert found == Photograph(kind, 40, 30)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"GIF89a", b"%PDF-1.7", b"RIFF\0\0\0\0WAVEfmt ", PNG[:30], JPEG[:9]]
)
def test_other_bytes_are_no_photograph(content: bytes) -> None:
    assert look(content) is None


def case_with(tmp_path: Path, name: str, content: bytes) -> tuple[api.Case, Path]:
    file = tmp_path / name
    file.write_bytes(content)
    return api.new(tmp_path / "case", settings=Settings(epoch=0)), file


def test_a_photograph_is_kept_with_its_hash_and_without_rows(tmp_path: Path) -> None:
    case, file = case_with(tmp_path, "plate.jpg", JPEG)
    with case:
        (loaded,) = case.load(file)
        assert (loaded.kind, loaded.rows_read, loaded.already) == ("photograph", 0, False)
        (again,) = case.load(file)
        assert again.already
        (row,) = case.table("sources").rows()
        assert (row["file"], row["bytes"], row["rows_read"]) == ("plate.jpg", len(JPEG), None)
        assert case.verify()["files"] == 1
        case.rebuild()
        assert case.verify()["files"] == 1


def test_a_damaged_photograph_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    case, file = case_with(tmp_path, "plate.png", PNG[:-20])
    with case, pytest.raises(FileProblem, match="damaged"):
        case.load(file)
    assert list((tmp_path / "case" / "sources").iterdir()) == []


def test_photographs_that_are_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "plate.png"
    file.write_bytes(PNG)
    monkeypatch.setattr(module, "MOST_POINTS", 100)
    with pytest.raises(FileProblem, match="40 by 30 points"):
        photograph(file, "plate.png")
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    with pytest.raises(FileProblem, match="larger than"):
        photograph(file, "plate.png")
