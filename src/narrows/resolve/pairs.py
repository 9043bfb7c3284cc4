"""Which parties are compared, how far their names are one, and what all their fields together say."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

import numpy as np
import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.resolve.cluster import cluster
from narrows.resolve.judge import judged
from narrows.resolve.read import read_addresses, read_contacts, read_wordings, reading_mark
from narrows.vocab.names.compare import odds_between
from narrows.vocab.names.encode import Encoder
from narrows.vocab.names.parse import KINDS, parse


@lru_cache(1)
def weights() -> dict[str, dict[str, float]]:
    """Return what each field weighs, and the limits of the search."""
    return tomllib.loads(resources.files("narrows.resolve").joinpath("weights.toml").read_text(encoding="utf-8"))


def match(engine: Engine) -> None:
    """Write `derived.match`: each pair of parties that may be one, with what agrees and what it weighs.

    What was read and compared before is not read and compared again; the result is the same as if it were.
    """
    mark = reading_mark()
    if engine.value(named("match", "reading-of")) != mark:
        engine.run(named("match", "mark-readings"), {"mark": mark})
        engine.run(named("match", "forget-readings"))
    engine.run(named("match", "present"))
    names = Names()
    with engine.lent("new_names", read_wordings(engine, names.add)):
        engine.run(named("match", "keep-names"))
    with engine.lent("new_addresses", read_addresses(engine)):
        engine.run(named("match", "keep-addresses"))
    with engine.lent("contacts", read_contacts(engine)):
        engine.run(named("match", "comparable"))
    limits = weights()["limits"]
    engine.run(named("match", "block"))
    engine.run(named("match", "candidates"), {"most": int(limits["most"]), "neighbours": int(limits["neighbours"])})
    engine.run(named("match", "forget-blocks"))
    engine.run(named("match", "present-pairs"))
    with engine.lent("new_pairs", _compare_names(engine, names)):
        engine.run(named("match", "keep-pairs"))
    engine.run(named("match", "fields"), {"many": int(limits["many"])})
    found = {**weights()["field"], **{name: limits[name] for name in ("unsure", "unlike", "least")}}
    engine.run(named("match", "matched"), found)


class Names:
    """The names of a case as they are compared, each read once: persons apart from all others."""

    def __init__(self) -> None:
        self._encoders = {kind: Encoder(persons=kind == "person") for kind in KINDS[:2]}
        self._number: dict[tuple[int, str], int] = {}

    def add(self, reading: int, name: str, kind: str) -> None:
        """Read a name as one of a kind, unless that was done."""
        if (reading, kind) not in self._number:
            self._number[reading, kind] = self._encoders[kind].add(parse(name, kind))

    def odds(self, left: np.ndarray, right: np.ndarray, kind: str) -> np.ndarray:
        """Return the log-odds of pairs of readings, all of which were added as this kind."""
        used, places = np.unique(np.concatenate([left, right]), return_inverse=True)
        number = np.array([self._number[int(reading), kind] for reading in used], np.int32)[places]
        return odds_between(self._encoders[kind], number[: len(left)], number[len(left) :], kind)


def _compare_names(engine: Engine, names: Names) -> pa.Table:
    """Compare the names of pairs that were not compared before; returns the pairs with their log-odds."""
    pairs = engine.arrow(named("match", "new-pairs"))
    with engine.lent("new_pairs", pairs):
        for reading, name, persons in engine.rows(named("match", "names-of-pairs")):
            names.add(reading, name, "person" if persons else "organisation")
    left, right, persons = (pairs[column].to_numpy() for column in ("a", "b", "persons"))
    odds = np.zeros(len(left), np.float32)
    for kind, wanted in (("person", True), ("organisation", False)):
        rows = np.flatnonzero(persons == wanted)
        if len(rows):
            odds[rows] = names.odds(left[rows], right[rows], kind)
    return pairs.append_column("odds", pa.array(odds))


# What one number of a register or of a publisher weighs beside all that pairs can reach.
_SURE = np.float32(50)


def group(engine: Engine, sure: pa.Table) -> pa.Table:
    """Return which group each party belongs to: no, component.

    Args:
        engine: the case's engine, after `match`.
        sure: pairs (a, b) that one number makes one, whatever else is said of them.
    """
    count = int(engine.value(named("resolve", "how-many")))
    found = engine.arrow(named("match", "edges"))
    same, apart = judged(engine)
    left, right = (
        np.concatenate([same[side], sure[column].to_numpy(), found[column].to_numpy()]).astype(np.int32)
        for side, column in enumerate(("a", "b"))
    )
    given = np.repeat(np.array([np.inf, _SURE], np.float32), [same.shape[1], sure.num_rows])
    odds = np.concatenate([given, found["odds"].to_numpy()])
    numbers = engine.arrow(named("resolve", "registered-numbers"))
    spaces, values = (numbers[column].combine_chunks().dictionary_encode() for column in ("space", "number"))
    component = cluster(
        count, left, right, odds,
        numbers=(
            numbers["no"].to_numpy().astype(np.int32), spaces.indices.to_numpy().astype(np.int32),
            values.indices.to_numpy().astype(np.int32),
        ),
        apart=(apart[0].copy(), apart[1].copy()),
        threshold=weights()["limits"]["odds"],
    )  # fmt: skip
    return pa.table({"no": pa.array(np.arange(count)), "component": pa.array(component)})
