"""Writes pairs.csv from the families, the same bytes each time, and prints how many pairs there are of each sort.

python -m bench.names.write_pairs
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.names.families import SPLITS, Family, Form, families
from bench.names.offices import as_filed, script, slipped

TARGET = Path(__file__).parent / "pairs.csv"
COLUMNS = ("pair", "left", "right", "kind", "country_left", "country_right", "same", "split", "why")
MEETS_NAME_ONLY = frozenset(
    {
        *("activity-abbreviated", "missing-activity", "truncated", "ocr", "typo", "initials", "double-surname"),
        *("bin-missing", "middle-missing", "patronymic-added", "patronymic-initial", "patronymic-missing"),
    }
)
"""Forms that have lost or spoilt something: beside another such form, nobody could decide."""
SLIPS = 20
"""In how many of a hundred pairs a word that both sides share is misspelt, where there is one."""
KEEPS_ITS_REASON = MEETS_NAME_ONLY | {"core-translated"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two written names, whether they name one entity, and why that is hard to see."""

    left: str
    right: str
    kind: str
    country_left: str
    country_right: str
    same: int
    split: str
    why: str


def pairs() -> Iterator[Pair]:
    """Yield all pairs, family by family."""
    for family in families():
        for one, two in alike(family):
            yield written(family, one, two, same=True)
        for one, two in unlike(family):
            yield written(family, one, two, same=False)


def alike(family: Family) -> Iterator[tuple[Form, Form]]:
    """Pairs of one entity: its name with each form, and each whole form with the next."""
    yield from ((family.name, form) for form in family.same)
    whole = _whole(family)
    yield from pairwise(whole)


def unlike(family: Family) -> Iterator[tuple[Form, Form]]:
    """Pairs of two entities: the name with each other name, and each other name with a whole form."""
    yield from ((family.name, other) for other in family.other)
    whole = _whole(family)
    yield from ((whole[place % len(whole)], other) for place, other in enumerate(family.other))


def _whole(family: Family) -> list[Form]:
    return [form for form in family.same if form.why not in MEETS_NAME_ONLY]


def written(family: Family, one: Form, two: Form, *, same: bool) -> Pair:
    """The pair as two records show it: sides, capitals, slips and countries are drawn without a look at the label."""
    key = f"{one.text}|{two.text}"
    why = reason(one, two) if same else f"neg-{two.why}"
    if draw(key, "turned") < 50:
        one, two = two, one
    left, right = (as_filed(form.text, form.why, draw(key, side)) for form, side in ((one, "left"), (two, "right")))
    if left == right:
        left, right = one.text, two.text
    if draw(key, "slips") < SLIPS and {one.why, two.why}.isdisjoint(MEETS_NAME_ONLY):
        scanned = draw(key, "scanned") < 40
        slip = slipped(left, right, draw(key, "where"), scanned=scanned)
        left, why = (left, why) if slip is None else (slip, ("ocr" if scanned else "typo") if same else why)
    return Pair(left, right, family.kind, *_countries(family, key), int(same), family.split, why)


def reason(one: Form, two: Form) -> str:
    """What makes a pair of one entity hard: a loss, a translated core, two scripts, or what the second form shows."""
    for form in (two, one):
        if form.why in KEEPS_ITS_REASON:
            return form.why
    if script(one.text) != script(two.text):
        return "-".join(["script", *sorted({script(one.text), script(two.text)} - {"latin"})])
    return one.why if two.why.startswith("script") else two.why


def draw(key: str, purpose: str) -> int:
    """A number from 0 to 99 that depends on the key and the purpose alone."""
    return int.from_bytes(hashlib.sha256(f"{purpose}|{key}".encode()).digest()[:4], "big") % 100


def _countries(family: Family, key: str) -> tuple[str, str]:
    """The countries of both sides. They are drawn without a look at the label, so that they give nothing away."""
    if not family.countries:
        return "", ""
    shown = draw(key, "countries shown")
    left, right = (family.countries[-(draw(key, side) < 25)] for side in ("country left", "country right"))
    return left if 45 <= shown < 60 or shown >= 75 else "", right if shown >= 60 else ""


def as_csv(found: list[Pair]) -> str:
    """The pairs as the text of a CSV file."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for number, pair in enumerate(found, 1):
        rows.writerow([f"{number:04}", *(getattr(pair, column) for column in COLUMNS[1:])])
    return text.getvalue()


def table(found: list[Pair]) -> str:
    """How many pairs there are of each category in each split, as a Markdown table."""
    counts = Counter((name, pair.split) for pair in found for name in (pair.why, pair.kind, _label(pair), "all"))
    names = sorted({name for name, _ in counts}, key=lambda name: (_rank(name), name))
    lines = [f"| | {' | '.join(SPLITS)} | both |", "| --- | ---: | ---: | ---: |"]
    for name in names:
        each = [counts[name, split] for split in SPLITS]
        lines.append(f"| {name} | {each[0]} | {each[1]} | {sum(each)} |")
    return "\n".join(lines)


def _label(pair: Pair) -> str:
    return "same" if pair.same else "not the same"


def _rank(name: str) -> int:
    groups = ({"all"}, {"same", "not the same"}, {"organisation", "person", "vessel"})
    return next((rank for rank, group in enumerate(groups) if name in group), 4 if name.startswith("neg-") else 3)


if __name__ == "__main__":
    everything = list(pairs())
    TARGET.write_text(as_csv(everything), "utf-8", newline="")
    print(table(everything))
