"""`names.py PAIRS.csv OUT.csv`: what other people's scorers say of pairs of names.

PAIRS has the columns left, right, kind (company or organisation, person, vessel; all else is a legal entity), and may
have left_country and right_country, or country for both (two-letter codes). OUT has the same columns and, from 0 to 1:
logic_v2 (nomenklatura's, left asked for among which right is found), logic_v2_reversed (the other way round: it is not
symmetric), wratio and jaro_winkler (rapidfuzz, on names folded to plain lower-case Latin letters by ICU).
Prints the CPU seconds of each as JSON; those of `fold` come on top of wratio and jaro_winkler alike.
"""

from __future__ import annotations

import csv
import itertools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from followthemoney import EntityProxy, model
from nomenklatura.matching.logic_v2.model import LogicV2
from nomenklatura.matching.types import ScoringConfig
from normality import ascii_text
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.utils import default_process

SCHEMATA = {"company": "Company", "firm": "Company", "organisation": "Company", "organization": "Company"}
SCHEMATA |= {"person": "Person", "vessel": "Vessel", "ship": "Vessel"}
Row = dict[str, str]
IDS = itertools.count()  # nomenklatura keeps what it found out about an entity by its id: no two may share one


def entity(row: Row, side: str) -> EntityProxy:
    """One side of a pair as nomenklatura wants it: a schema, a name, a country if known."""
    schema = SCHEMATA.get(row.get("kind", "").strip().lower(), "LegalEntity")
    made = model.make_entity(schema)
    made.id = str(next(IDS))
    made.add("name", row[side])
    country = row.get(f"{side}_country") or row.get("country")
    if country:
        # A ship has no country, but a flag.
        made.add("flag" if schema == "Vessel" else "country", country.lower())
    return made


def folded(name: str) -> str:
    """A name in plain lower-case Latin letters, as one would prepare it for rapidfuzz."""
    return default_process(ascii_text(name) or "")


def timed(work: Callable[[], list[float]]) -> tuple[list[float], float]:
    """The scores and the CPU seconds they took."""
    since = time.process_time()
    return work(), time.process_time() - since


def main(pairs: Path, out: Path) -> None:
    """Score the pairs with each scorer in turn."""
    with pairs.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    config = ScoringConfig.defaults()
    for kind in (*SCHEMATA, ""):  # what it knows of names is loaded at the first call for each schema
        row = {"left": "Алдер Бридж Трейдинг", "right": "Alder Bridge Trading Limited", "kind": kind}
        LogicV2.compare(entity(row, "left"), entity(row, "right"), config)
    since = time.process_time()
    names = [(folded(row["left"]), folded(row["right"])) for row in rows]
    took = {"fold": time.process_time() - since}

    def logic(one: str, other: str) -> list[float]:
        return [LogicV2.compare(entity(row, one), entity(row, other), config).score for row in rows]

    scorers: dict[str, Callable[[], list[float]]] = {
        "logic_v2": lambda: logic("left", "right"),
        "logic_v2_reversed": lambda: logic("right", "left"),
        "wratio": lambda: [fuzz.WRatio(a, b) / 100 for a, b in names],
        "jaro_winkler": lambda: [JaroWinkler.normalized_similarity(a, b) for a, b in names],
    }
    for scorer, work in scorers.items():
        scores, took[scorer] = timed(work)
        for row, score in zip(rows, scores, strict=True):
            row[scorer] = f"{score:.6f}"
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else ["left", "right", "kind", *scorers])
        writer.writeheader()
        writer.writerows(rows)
    print(json.dumps({name: round(seconds, 3) for name, seconds in took.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
