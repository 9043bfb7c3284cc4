"""Which parties are compared, how far their names are one, and what all their fields together say."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.resolve.cluster import cluster
from narrows.resolve.judge import judged
from narrows.resolve.read import read_addresses, read_contacts, read_wordings, reading_mark
from narrows.vocab.names.compare import odds_between
from narrows.vocab.names.encode import Encoder
from narrows.vocab.names.parse import KINDS


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
    with engine.lent("new_names", read_wordings(engine, names.read)):
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
    engine.run(named("match", "profile"), {"many": int(limits["many"])})
    engine.run(named("match", "fields"))
    engine.run(named("match", "forget-candidates"))
    found = {**weights()["field"], **{name: limits[name] for name in ("unsure", "unlike", "least")}}
    engine.run(named("match", "matched"), found)


class Names:
    """The names of a case as they are compared, each read once: persons apart from all others."""

    def __init__(self) -> None:
        self._encoders = {kind: Encoder(persons=kind == "person") for kind in KINDS}
        self._readings = {kind: np.zeros(0, np.int64) for kind in KINDS}

    def read(self, readings: np.ndarray, names: Sequence[str], kind: str) -> Encoder:
        """Read names as those of one kind, and return what was read; `readings` are their numbers."""
        new = Encoder(persons=kind == "person")
        new.read(names, kind)
        self._encoders[kind] = self._encoders[kind].followed_by(new)
        self._readings[kind] = np.concatenate([self._readings[kind], readings])
        return new

    def at_hand(self) -> pa.Table:
        """Return which names were read as a person's, and which as another's: reading, persons."""
        parts = [(self._readings[kind], kind == "person") for kind in KINDS[:2]]
        persons = np.concatenate([np.full(len(part), said) for part, said in parts])
        return pa.table({"reading": np.concatenate([part for part, _ in parts]), "persons": persons})

    def odds(self, left: np.ndarray, right: np.ndarray, kind: str) -> np.ndarray:
        """Return the log-odds of pairs of readings, all of which were read as this kind."""
        readings = self._readings[kind]
        order = np.argsort(readings, kind="stable")
        one, other = (order[np.searchsorted(readings, side, sorter=order)].astype(np.int32) for side in (left, right))
        return odds_between(self._encoders[kind], one, other, kind)


def _compare_names(engine: Engine, names: Names) -> pa.Table:
    """Compare the names of pairs that were not compared before; returns the pairs with their log-odds."""
    pairs = engine.arrow(named("match", "new-pairs"))
    with engine.lent("new_pairs", pairs), engine.lent("at_hand", names.at_hand()):
        more = engine.arrow(named("match", "names-of-pairs"))
    for kind, said in (("person", True), ("organisation", False)):
        part = more.filter(pc.equal(more["persons"], said))
        names.read(part["reading"].to_numpy(), part["name"].to_pylist(), kind)
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
