"""The photograph of a rating plate: drawn point by point and not compressed, so that its bytes never change."""

from __future__ import annotations

import struct
import zlib

_WIDTH, _HEIGHT, _SCALE = 240, 96, 3
# Five by seven points for each sign that stands on the plate, a row a number.
_FONT = {
    " ": (0, 0, 0, 0, 0, 0, 0), "-": (0, 0, 0, 31, 0, 0, 0), "/": (1, 1, 2, 4, 8, 16, 16),
    "0": (14, 17, 19, 21, 25, 17, 14), "1": (4, 12, 4, 4, 4, 4, 14), "2": (14, 17, 1, 2, 4, 8, 31),
    "3": (31, 2, 4, 2, 1, 17, 14), "4": (2, 6, 10, 18, 31, 2, 2), "5": (31, 16, 30, 1, 1, 17, 14),
    "7": (31, 1, 2, 4, 8, 8, 8), "F": (31, 16, 16, 30, 16, 16, 16), "G": (14, 17, 16, 23, 17, 17, 15),
    "H": (17, 17, 17, 31, 17, 17, 17), "L": (16, 16, 16, 16, 16, 16, 31), "N": (17, 25, 21, 19, 17, 17, 17),
    "O": (14, 17, 17, 17, 17, 17, 14), "S": (15, 16, 16, 14, 1, 1, 30), "T": (31, 4, 4, 4, 4, 4, 4),
}  # fmt: skip


def plate(lines: tuple[str, ...]) -> bytes:
    """Return a picture (PNG) of a plate with lines of text, grey on grey."""
    rows = [[205] * _WIDTH for _ in range(_HEIGHT)]
    for y in range(_HEIGHT):
        for x in range(_WIDTH):
            if min(x, y, _WIDTH - 1 - x, _HEIGHT - 1 - y) in (3, 4):
                rows[y][x] = 120
    for line, text in enumerate(lines):
        for place, sign in enumerate(text):
            for down, bits in enumerate(_FONT[sign]):
                for across in range(5):
                    if bits >> (4 - across) & 1:
                        _dot(rows, 14 + _SCALE * (6 * place + across), 14 + _SCALE * (9 * line + down))
    raw = b"".join(b"\0" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", _stored(raw)) + _chunk(b"IEND", b"")


def _dot(rows: list[list[int]], x: int, y: int) -> None:
    for down in range(_SCALE):
        for across in range(_SCALE):
            rows[y + down][x + across] = 40


def _stored(raw: bytes) -> bytes:
    """The bytes as a zlib stream of stored blocks."""
    blocks = [raw[at : at + 65535] for at in range(0, len(raw), 65535)]
    body = b"".join(
        struct.pack("<BHH", at == len(blocks) - 1, len(block), 65535 - len(block)) + block
        for at, block in enumerate(blocks)
    )
    return b"\x78\x01" + body + struct.pack(">I", zlib.adler32(raw))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
