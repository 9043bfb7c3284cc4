"""Measure how wide letters are: the widest advance among common sans fonts, for src/narrows/picture/layout/widths.csv.

    python bench/picture/measure_widths.py FONT.ttf FONT-Bold.ttf ... > src/narrows/picture/layout/widths.csv

Needs fontTools, and fonts. A font counts as bold when the name of its file says so. The shipped table was measured from
DejaVu Sans, Liberation Sans (as wide as Arial), Roboto, Open Sans and all Noto Sans, regular and bold. Only widths are
taken from the fonts. Wide letters of East Asia are one em by definition and not in the table.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

# Thousandths of an em; widths are rounded up, so that nothing measured is wider than the table says.
STEP = 20
# Letters measured one by one; of the others, sixteen neighbours share the widest of them.
CLOSELY = [range(0x20, 0x700), range(0x1E00, 0x20D0)]
TOGETHER = 16
# Taken from fonts for many scripts only: those for a single script may have odd ones (a space of one em)
GENERAL = [range(0x20, 0x500), range(0x1E00, 0x20D0)]
TAKEN = [
    range(0x20, 0x2E80),
    range(0xA4D0, 0xABC0),
    range(0xFB00, 0xFE00),
    range(0xFE70, 0xFF00),
    range(0xFFF9, 0xFFFE),
]


def main(files: list[str]) -> None:
    """Print rows of: first code point, regular and bold width in thousandths of an em, up to the next row's first."""
    widths: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for file in files:
        bold = "bold" in Path(file).stem.lower()
        one_script = re.match("NotoSans[A-Z]", Path(file).stem) is not None
        for code, width in advances(TTFont(file, lazy=True)).items():
            if not (one_script and any(code in span for span in GENERAL)):
                widths[code][bold] = max(widths[code][bold], width)
    print("first,regular,bold")
    known = [code for span in TAKEN for code in span if code in widths and spaced(code)]
    rows = []
    for first, codes in groupby(known, key=lambda code: code if closely(code) else code // TOGETHER * TOGETHER):
        rows.append((first, *up([max(pair) for pair in zip(*(widths[code] for code in codes), strict=True)])))
    for pair, run in groupby(rows, key=lambda row: row[1:]):
        print(f"{next(run)[0]:04X},{pair[0]},{pair[1]}")


def advances(font: TTFont) -> dict[int, int]:
    """The advance of each character, the widest of its forms where letters join, in thousandths of an em."""
    names, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    forms: dict[str, int] = defaultdict(int)
    for glyph in font.getGlyphOrder():
        stem, _, form = glyph.partition(".")
        if form in ("init", "medi", "fina"):
            forms[stem] = max(forms[stem], metrics[glyph][0])
    found = {code: -(-max(metrics[name][0], forms[name]) * 1000 // em) for code, name in names.items()}
    for code in list(found):
        kind, _, base = unicodedata.decomposition(chr(code)).partition(" ")
        if kind in ("<initial>", "<medial>", "<final>", "<isolated>") and " " not in base:
            found[int(base, 16)] = max(found.get(int(base, 16), 0), found[code])
    return found


def closely(code: int) -> bool:
    """Whether a letter is measured for itself."""
    return any(code in span for span in CLOSELY)


def spaced(code: int) -> bool:
    """Whether a character takes room of its own."""
    return unicodedata.category(chr(code)) not in ("Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn")


def up(pair: list[int]) -> tuple[int, int]:
    """Both widths, rounded up; a bold letter is at least as wide as the regular one."""
    regular, bold = (-(-width // STEP) * STEP for width in pair)
    return regular or bold, max(regular, bold)


if __name__ == "__main__":
    main(sys.argv[1:])
