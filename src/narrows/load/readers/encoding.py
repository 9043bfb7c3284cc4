"""What the bytes of a text file are: their encoding, their line ends, and what in them could trip a reader.

One pass over the whole file gathers the facts (`survey`); nothing is decided from its first lines alone. A
file that is neither UTF-8 nor UTF-16 is told apart by its letters: the bytes beyond ASCII are counted, each
candidate encoding turns them into letters, and the alphabet whose letter frequencies fit best wins. So
windows-1254 is told from windows-1252 by ı, ş, ğ and İ standing where ý, þ, ð and Ý would.
"""

from __future__ import annotations

import codecs
import io
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TextIO

import numpy as np
from charset_normalizer import from_bytes
from numpy.typing import NDArray

from narrows.errors import FileProblem

CHUNK = 1 << 20
READ = (
    "Narrows loads CSV, TSV, XLSX, XLSM, XLS, ODS, Parquet, JSON lines, FollowTheMoney entities, EPCIS 2.0 events and "
    "lists in XML."
)
FORMATS = f"{READ} Export the table in one of these."
# Undecodable bytes become lone surrogates, U+DC00 + byte, so that a reader can name the rows that hold them.
MARK = re.compile("[\ud800-\udfff]")
_MARKS = "narrows.mark"

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
_EDGES = b",;\t|\n\r "
# Bytes that a window of `_loose` shares with the next one: two on each side of a quote.
_AROUND = 4
_SAMPLE = 1 << 18
_ENOUGH = 10_000


@dataclass(frozen=True, slots=True)
class Survey:
    """Facts about the bytes of a text file.

    Attributes:
        size: bytes in the file.
        changed: when the file was last changed, in nanoseconds.
        encoding: as Python names it; "utf-8", "utf-8-sig", "utf-16", "windows-1254" ...
        why: what the encoding was decided from, in a few words; "" for plain ASCII.
        guessed: the encoding was told by its letters alone.
        lines: lines, the last one counted whether or not it is ended.
        blank_tail: how many of the last lines are empty.
        sound: every byte is UTF-8 and none is NUL.
        even_ends: all lines end the same way, by LF or by CR LF.
        cr_ends: there is CR but no LF in the file, as old systems wrote it.
        short: no line is longer than a few megabytes.
        quotes: there is at least one double quote.
        loose_quotes: a double quote stands beside a space at the edge of a cell.
    """

    size: int
    changed: int
    encoding: str
    why: str
    guessed: bool
    lines: int
    blank_tail: int
    sound: bool
    even_ends: bool
    cr_ends: bool
    short: bool
    quotes: bool
    loose_quotes: bool

    @property
    def told(self) -> str:
        """The encoding and what it was decided from, as a sentence for people."""
        if self.guessed:
            return f"encoding {self.encoding}, guessed from {self.why}"
        return f"encoding {self.encoding}" + (f", by {self.why}" if self.why else "")


@dataclass(slots=True)
class _Tally:
    """What one pass over the file has counted."""

    lf: int = 0
    cr: int = 0
    crlf: int = 0
    nul: int = 0
    marks: int = 0
    beyond: int = 0
    short: bool = True
    quotes: bool = False
    loose: bool = False
    bytes_seen: NDArray[np.int64] = field(default_factory=lambda: np.zeros(256, np.int64))
    pending: bytes = b""
    sample: list[bytes] = field(default_factory=list)
    sampled: int = 0

    @property
    def mostly_utf8(self) -> bool:
        """Whether few enough bytes are not UTF-8 for the file to be a damaged UTF-8 file.

        Other encodings form valid UTF-8 only by chance.
        """
        return self.marks * 5 <= self.beyond


def survey(path: Path, name: str, encoding: str = "") -> Survey:
    """Read a text file once and return the facts about its bytes.

    Args:
        path: the file.
        name: its name, for messages.
        encoding: as the mapping says; "" to find it out.

    Raises:
        FileProblem: the bytes are not text in any encoding that Narrows knows, or not in the one given.
    """
    stat = path.stat()
    tally = _Tally()
    with path.open("rb") as file:
        head = file.read(CHUNK)
        chunk, before = head, b"\n" * _AROUND
        while chunk:
            _count(tally, chunk, before)
            before = (before + chunk[-_AROUND:])[-_AROUND:]
            chunk = file.read(CHUNK)
        tally.loose = tally.loose or _loose(before + b"\n\n")
        # A character that the end of the file cuts off.
        tally.marks += len(tally.pending)
        tally.bytes_seen += np.bincount(np.frombuffer(tally.pending, np.uint8), minlength=256)
        file.seek(max(0, stat.st_size - CHUNK))
        tail = file.read()
    given = encoding
    encoding, why = _given(path, name, given, head) if given else _decide(head, tally, name)
    return Survey(
        size=stat.st_size,
        changed=stat.st_mtime_ns,
        encoding=encoding,
        why=why,
        guessed=not given and encoding not in _UNICODE,
        lines=tally.lf + (not tail.endswith(b"\n")),
        blank_tail=_blank_tail(tail),
        sound=encoding in ("utf-8", "utf-8-sig") and not tally.marks and not tally.nul,
        cr_ends=tally.cr > 0 and tally.lf == 0,
        even_ends=tally.cr == 0 or tally.cr == tally.crlf == tally.lf,
        short=tally.short,
        quotes=tally.quotes,
        loose_quotes=tally.loose,
    )


def open_text(path: Path, known: Survey) -> io.TextIOWrapper:
    """Open a text file for `read_line`: undecodable bytes come as lone surrogates, lines end by LF alone.

    A file without any LF ends its lines by CR; they then read as LF.
    """
    newline = None if known.cr_ends else "\n"
    return path.open("r", encoding=known.encoding, errors=_MARKS, newline=newline)


def read_line(stream: TextIO, limit: int) -> tuple[str, bool]:
    """Return the next line with its end, "" at the end of the file, and whether it was cut at `limit` characters.

    Only the rest of a line that is too long is left out; the next call goes on with the next line.
    """
    line = stream.readline(limit)
    if len(line) < limit or line.endswith("\n"):
        return line, False
    while (rest := stream.readline(CHUNK)) and not rest.endswith("\n"):
        pass
    return line, True


def transcode(path: Path, encoding: str, target: Path) -> None:
    """Write the file's text as UTF-8 into `target`, a piece at a time.

    Raises:
        UnicodeError: the file holds bytes that its encoding does not know.
    """
    with (
        path.open("r", encoding=encoding, newline="") as source,
        target.open("w", encoding="utf-8", newline="") as sink,
    ):
        while piece := source.read(CHUNK):
            sink.write(piece)


def shown(text: str, limit: int) -> str:
    """Return text fit to be kept and shown: cut, without its line end, undecodable bytes and NUL as \\xNN."""
    cut = text[:limit].rstrip("\r\n").replace("\0", "\\x00")
    return MARK.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", cut)[:limit]


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_MARKS, _mark)


def _count(tally: _Tally, chunk: bytes, before: bytes) -> None:
    values = np.frombuffer(chunk, np.uint8)
    ends = int(np.count_nonzero(values == 10))
    tally.lf += ends
    tally.short &= bool(ends) or len(chunk) < CHUNK
    if b"\r" in chunk or before.endswith(b"\r"):
        tally.cr += chunk.count(b"\r")
        tally.crlf += chunk.count(b"\r\n") + (before.endswith(b"\r") and chunk.startswith(b"\n"))
    if b"\0" in chunk:
        tally.nul += chunk.count(b"\0")
    if b'"' in chunk or b'"' in before:
        tally.quotes = True
        tally.loose = tally.loose or _loose(before + chunk)
    if tally.pending or not chunk.isascii():
        tally.beyond += int(np.count_nonzero(values >= 0xC0))
        if not _decodes(tally, chunk):
            tally.bytes_seen += np.bincount(values, minlength=256)
            _sample(tally, chunk)


def _decodes(tally: _Tally, chunk: bytes) -> bool:
    """Whether a chunk is UTF-8, as far as was looked; counts the bytes that are not."""
    if tally.marks > _ENOUGH and not tally.mostly_utf8:
        return False
    data = tally.pending + chunk
    try:
        _, used = codecs.utf_8_decode(data, "strict", False)
        tally.pending = data[used:]
    except UnicodeDecodeError:
        text, used = codecs.utf_8_decode(data, _MARKS, False)
        tally.pending = data[used:]
        tally.marks += len(MARK.findall(text))
        return False
    return True


def _sample(tally: _Tally, chunk: bytes) -> None:
    """Keep some lines beyond ASCII, for encodings that cannot be told from a count of bytes."""
    if tally.sampled >= _SAMPLE:
        return
    for line in chunk.splitlines():
        if not line.isascii():
            tally.sample.append(line[:1000])
            tally.sampled += min(len(line), 1000)
            if tally.sampled >= _SAMPLE:
                return


def _loose(window: bytes) -> bool:
    """Whether a quote has a space beside it and, beyond that, the edge of a cell: readers differ there.

    A second space counts as an edge. Quotes with fewer than two bytes on a side are left to the next window.
    """
    values = np.frombuffer(window, np.uint8)
    at = np.flatnonzero(values[2:-2] == 34) + 2
    edges = np.frombuffer(_EDGES, np.uint8)
    before = (values[at - 1] == 32) & np.isin(values[at - 2], edges)
    after = (values[at + 1] == 32) & np.isin(values[at + 2], edges)
    return bool(before.any() or after.any())


def _blank_tail(tail: bytes) -> int:
    """Lines at the end with nothing on them; an ended last line is not followed by a blank one."""
    return max(0, tail.count(b"\n", len(tail.rstrip(b"\r\n"))) - 1)


def _decide(head: bytes, tally: _Tally, name: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, "its byte order mark"
    wide = _wide(head)
    if wide:
        return wide, "its zero bytes"
    _refuse_binary(head, name)
    if tally.beyond == tally.marks == 0:
        return "utf-8", ""
    if tally.mostly_utf8:
        return "utf-8", "its byte sequences" + (f"; {tally.marks} bytes are not UTF-8" if tally.marks else "")
    return legacy_encoding(
        {byte: int(tally.bytes_seen[byte]) for byte in range(128, 256) if tally.bytes_seen[byte]},
        b"\n".join(tally.sample),
    )


def _given(path: Path, name: str, encoding: str, head: bytes) -> tuple[str, str]:
    """The encoding that the mapping says, once the whole file was found to be text in it."""
    try:
        found = codecs.lookup(encoding).name
        # Codecs that turn bytes into bytes are no encodings of text.
        "".encode(found)
        made = codecs.getincrementaldecoder(found)()
    except (LookupError, ValueError) as error:
        raise FileProblem(
            f"{name}: there is no encoding {encoding!r}",
            hint="Name one such as utf-8, utf-16, windows-1252 or windows-1254, or leave `encoding` out.",
        ) from error
    mark = next((marked for bom, marked in _BOMS if head.startswith(bom)), "")
    if mark and found.startswith(mark.removesuffix("-sig")):
        found = mark
    elif mark:
        raise _not_in(name, encoding, f"its byte order mark says {mark}")
    if not found.startswith(("utf-16", "utf-32")):
        _refuse_binary(head, name)
    line = 1
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                line += made.decode(chunk).count("\n")
            made.decode(b"", final=True)
        except UnicodeDecodeError as error:
            line += error.object.count(b"\n", 0, error.start)
            raise _not_in(name, encoding, f"line {line:,} holds {error.object[error.start]:#04x}") from error
    return found if found in _UNICODE else encoding.lower(), "the mapping"


def _not_in(name: str, encoding: str, why: str) -> FileProblem:
    return FileProblem(
        f"{name} is not text in the encoding {encoding}: {why}",
        hint="Correct `encoding` in the mapping, or leave it out: Narrows then finds it out.",
    )


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: of Latin text, every other byte is zero."""
    pairs = head[: len(head) & ~1]
    if len(pairs) < 4:
        return ""
    even, odd = pairs[0::2].count(0) * 2 / len(pairs), pairs[1::2].count(0) * 2 / len(pairs)
    if odd > 0.3 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.02 else ""


def _refuse_binary(head: bytes, name: str) -> None:
    controls = sum(head.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1a\x1b\x1c\x1d\x1e\x1f")
    if controls * 20 > len(head):
        raise FileProblem(
            f"{name} is of an unknown kind: its bytes are not text",
            hint=FORMATS,
        )


# Letters beyond ASCII by alphabet, in per cent of running text; rounded, from general knowledge. Upper case
# counts as lower case, since trade papers are often written in capitals.
_WESTERN = (
    "é1.5 ä.6 ö.5 ü.7 ß.3 à.4 è.4 ê.2 ç.3 ñ.3 ó.6 í.5 á.5 ã.4 õ.1 â.2 ô.1 ú.2 å.5 ø.3 æ.3 î.05 ï.03 "
    "ë.05 ù.05 û.05 œ.03 ì.05 ò.05"
)
_ICELANDIC = "ð4.4 þ1.5 ý.2 á1.8 é.6 í1.6 ó1 ú.6 æ.9 ö.8"
# With some é, à, è and ä: firms of other countries stand in the same ledger.
_TURKISH = "ı5.1 İ3 ü1.9 ş1.8 ç1.2 ğ1.1 ö.8 â.1 î.05 û.05 é.4 ä.2 à.1 è.1"
_POLISH = "ł2.1 ą1 ę1.1 ó.8 ś.7 ż.8 ź.1 ć.4 ń.2"
_CZECH = "á2.2 í3.3 é1.3 ě1.6 š.8 č.9 ř1.2 ž1 ý1 ů.7 ú.2 ť.05 ď.05 ň.07 ľ.4 ô.2 ĺ.05 ŕ.05 đ.1 ć.3"
_HUNGARIAN = "á3.7 é3.4 ö1 ő.9 ü.6 ű.3 í.7 ó1 ú.6"
_ROMANIAN = "ă4 ţ1 ş1.5 â.9 î1.4"
_CYRILLIC = (
    "о11 е8.5 а8 и7.4 н6.7 т6.3 с5.5 р4.7 в4.5 л4.4 к3.5 м3.2 д3 п2.8 у2.6 я2 ы1.9 ь1.7 г1.7 з1.6 б1.6 ч1.4 "
    "й1.2 х1 ж.9 ш.7 ю.6 ц.5 щ.4 э.3 ф.3 ъ.05 ё.05 і.6 ї.1 є.1 ґ.01"
)
_GREEK = (
    "α11 ο9.5 ι8 ε8 τ8 σ4.9 ς4 ν6.5 η5 υ4.5 ρ4.4 π4 κ4 μ3.4 λ2.7 ω2 δ1.7 γ1.6 χ1.1 θ1.1 φ.8 β.8 ξ.5 ζ.4 ψ.2 "
    "ά1.5 έ1.5 ή1.2 ί2 ό2 ύ1 ώ.8"
)
_ARABIC = (
    "ا12.5 ل11 ي6.8 م6.5 و6 ن5.8 ر5 ت4.7 ب4 ه3.5 ع3.4 د3 س3 ف2.8 ة2.6 ك2.4 ق2.3 أ2 ح2 ج1.4 ش1.2 ص1 ى.9 خ.9 "
    "ط.9 إ.9 ذ.7 ز.6 ء.5 ض.6 غ.5 ث.6 ئ.4 ظ.2 ؤ.2 آ.2 پ.5 گ.5 چ.2 ژ.1"
)
_HEBREW = "י11 ו10 ה10 ל7 א6 ר6 ת6 ב5 מ5 ש5 נ4 ע3 ם3 ד3 ק2 ח2 פ2 כ2 ט1 ג1 ז1 ס1.5 צ1 ן1.5 ך.7 ץ.2 ף.2"
_SIGNS = frozenset("°€£§«»–—‘’“”„‚…²³µ·×©®™¹¼½¾ªº№±÷¿¡•\xa0،؛؟٪")

# Encoding, its alphabet, and how much likelier the first is than this one before any letter is seen (as a
# natural logarithm).
_CANDIDATES = (
    ("windows-1252", _WESTERN, 0.0),
    ("windows-1252", _ICELANDIC, 2.0),
    ("windows-1254", _TURKISH, 0.5),
    ("windows-1251", _CYRILLIC, 1.0),
    ("windows-1256", _ARABIC, 1.0),
    ("windows-1253", _GREEK, 2.0),
    ("windows-1255", _HEBREW, 2.0),
    ("windows-1250", _POLISH, 2.0),
    ("windows-1250", _CZECH, 3.0),
    ("windows-1250", _HUNGARIAN, 3.0),
    ("windows-1250", _ROMANIAN, 3.0),
    ("iso8859-2", _POLISH, 4.0),
    ("iso8859-2", _CZECH, 4.0),
    ("iso8859-6", _ARABIC, 4.0),
    ("koi8-r", _CYRILLIC, 4.0),
    ("cp866", _CYRILLIC, 4.0),
    ("cp857", _TURKISH, 4.0),
    ("cp850", _WESTERN, 4.0),
)
_EAST_ASIAN = ["gb18030", "big5", "shift_jis", "euc_kr", "euc_jp"]
_SIGN, _STRANGE, _NO_CHARACTER = math.log(2e-3), math.log(2e-5), math.log(1e-7)
# Of text in the right alphabet the mean lies about -3; below this, no alphabet explains the bytes.
_UNLIKELY = -3.8
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef\u3000-\u303f]")


def legacy_encoding(counts: Mapping[int, int], sample: bytes) -> tuple[str, str]:
    """Decide the encoding of text that is not Unicode, from how often each byte beyond ASCII occurs.

    Args:
        counts: byte (128 to 255) -> how often it occurs in the file.
        sample: lines that hold such bytes; looked at only where no alphabet fits.

    Returns:
        The encoding as Python names it, and what it was decided from.
    """
    total = sum(counts.values())
    scored = [
        (sum(count * scores[byte] for byte, count in counts.items()), -prior, encoding)
        for encoding, alphabet, prior in _CANDIDATES
        for scores in (_scores(encoding, alphabet),)
    ]
    score, _, encoding = max(scored, key=lambda found: found[0] + found[1])
    if score / total < _UNLIKELY:
        multibyte = _multibyte(sample)
        if multibyte:
            return multibyte, "the shape of its byte sequences"
    return encoding, _letters(counts, encoding)


def _multibyte(sample: bytes) -> str:
    """One of the East Asian encodings, where the sample reads as ideographs or kana in it; "" if in none."""
    best = from_bytes(sample, cp_isolation=_EAST_ASIAN).best()
    if best is None:
        return ""
    text = str(best)
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return best.encoding if len(_IDEOGRAPHS.findall(text)) > 0.8 * beyond else ""


@cache
def _scores(encoding: str, alphabet: str) -> dict[int, float]:
    """The logarithm of how likely each byte is, where text is written in this alphabet and encoding."""
    weights = {part[0]: float(part[1:]) for part in alphabet.split()}
    total = sum(weights.values()) / 0.95
    # A file in one Latin alphabet holds names and words of the others.
    latin = unicodedata.name(alphabet[0]).startswith("LATIN")
    scores = {}
    for byte in range(128, 256):
        letter = bytes([byte]).decode(encoding, "replace")
        small = letter.lower()[0]
        weight = weights.get(letter, weights.get(small, 0.0))
        if weight > 0:
            scores[byte] = math.log(weight / total)
        elif letter == "\ufffd" or ord(letter) < 160:
            scores[byte] = _NO_CHARACTER
        elif letter in _SIGNS or (latin and small not in "ðþý" and unicodedata.name(small, "").startswith("LATIN")):
            scores[byte] = _SIGN
        else:
            scores[byte] = _STRANGE
    return scores


def _letters(counts: Mapping[int, int], encoding: str) -> str:
    often = sorted(counts, key=lambda byte: (-counts[byte], byte))[:5]
    letters = " ".join(bytes([byte]).decode(encoding, "replace") for byte in often)
    total = sum(counts.values())
    return f"its letters ({letters})" + ("; few letters to go by" if total < 10 else "")
