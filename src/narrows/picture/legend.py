"""What the signs of a picture mean, in lines as wide as the picture."""

from __future__ import annotations

from collections.abc import Iterable

from narrows.picture.layout.lettering import fit, width
from narrows.picture.svg import SMALL, element, text

LINE = 19.0
GAP = 22.0


def legend(signs: Iterable[tuple[str, str]], room: float, y: float, *, left: float = 8.0) -> tuple[str, float]:
    """Write signs with their meaning from height y on; return what was written and its height.

    A sign is drawn around the origin, from -9 to 9 pixels wide, standing on the line.
    """
    written, x, lines = [], left, 0
    for sign, words in signs:
        words = fit(words, room - left - 26, SMALL)[0]
        wide = 26 + width(words, SMALL)
        if not lines or x + wide > room - 4:
            x, lines = left, lines + 1
        at = f"translate({x + 9:.1f} {y + lines * LINE - 6:.1f})"
        written.append(element("g", sign, text(words, 15, 0, "np-quiet", size=SMALL), transform=at))
        x += wide + GAP
    return "".join(written), lines * LINE + 4 if lines else 0.0
