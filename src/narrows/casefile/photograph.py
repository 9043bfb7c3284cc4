"""Photographs: what kind of picture a file holds and how large it is, from its first bytes; nothing is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from narrows.errors import FileProblem

Kind = Literal["JPEG", "PNG", "WebP"]

MIME: dict[Kind, str] = {"JPEG": "image/jpeg", "PNG": "image/png", "WebP": "image/webp"}
# Larger files, and pictures with more points, are no photographs of an item, or are meant to harm who opens them.
MOST_BYTES = 50_000_000
MOST_POINTS = 200_000_000

_HEAD = 1 << 16
# The frame headers of JPEG, which hold height and width; DHT, JPG and DAC lie among their numbers.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset(range(0xD0, 0xD9)) | {0x01}


@dataclass(frozen=True, slots=True)
class Photograph:
    """The kind of a picture and its size in points."""

    kind: Kind
    width: int
    height: int


def photograph(path: Path, name: str) -> Photograph | None:
    """Return what a file is as a photograph; None where it is none.

    Args:
        path: the file.
        name: what to call it in messages.

    Raises:
        FileProblem: it begins as a photograph, but is damaged or too large.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) and not (
        head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    ):
        return None
    if path.stat().st_size > MOST_BYTES:
        raise FileProblem(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB", hint="Save the photograph in a smaller size."
        )
    found = look(path.read_bytes())
    if found is None:
        raise FileProblem(f"{name} begins as a photograph, but is damaged", hint="Fetch it again, or save it anew.")
    if not 0 < found.width * found.height <= MOST_POINTS:
        raise FileProblem(
            f"{name} claims {found.width} by {found.height} points", hint="Save the photograph in a smaller size."
        )
    return found


def look(content: bytes) -> Photograph | None:
    """Return the kind and size of a picture, None where the bytes are no whole JPEG, PNG or WebP."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        whole = content[12:16] == b"IHDR" and b"IEND" in content[-16:]
        return Photograph("PNG", _big(content[16:20]), _big(content[20:24])) if whole else None
    if content.startswith(b"\xff\xd8\xff"):
        size = _jpeg_size(content)
        return Photograph("JPEG", *size) if size is not None and b"\xff\xd9" in content[-64:] else None
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        size = _webp_size(content)
        return Photograph("WebP", *size) if size is not None else None
    return None


def _big(four: bytes) -> int:
    return int.from_bytes(four, "big")


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        mark = content[at + 1]
        if mark in _FRAMES:
            return _big(content[at + 7 : at + 9]), _big(content[at + 5 : at + 7])
        if mark == 0xFF:
            at += 1
        elif mark in _ALONE:
            at += 2
        else:
            at += 2 + _big(content[at + 2 : at + 4])
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 30 or int.from_bytes(content[4:8], "little") + 8 > len(content):
        return None
    form = content[12:16]
    if form == b"VP8X":
        return (1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little"))
    if form == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        return (int.from_bytes(content[26:28], "little") & 0x3FFF, int.from_bytes(content[28:30], "little") & 0x3FFF)
    return None
