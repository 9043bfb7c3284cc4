"""Junctions: firms, or groups that registers link, through which several unrelated flows pass.

Goods pass through a firm where another bought what it receives or receives what it bought, or where it sells goods of
the same section of the tariff on. What is unusual is measured against the firm's own activity and size, so that no
wholesaler is a junction by being large. The model: each sale to a firm passes through it, as goods of a heading, with
the probability that this has among firms of its activity: the mean of their shares of sales, the firm's own group left
out, drawn from class to division to all firms. From it follows for each heading the chance `usual` that such goods pass
through a firm with as many sales at all, and its surprise, -ln(usual), at most ln 100. Of each section the most
surprising heading counts, since goods of one section may well belong together. The sum over sections is compared with
its distribution under the model, which is exact but for steps of a tenth. Where firms of one activity differ much in
breadth, the broad ones come out rarer than they are: `chance` orders questions and proves nothing. A firm whose
activity is not on record, or to whose activity goods of every kind are usual, is not judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.vocab.activities import usual_chapters
from narrows.vocab.sections import SECTIONS, section

Floats = NDArray[np.float64]

# How many firms the wider level counts for when an activity's goods are learned, and the least share of any heading:
# starting points, of no source.
_WEIGHT = 5.0
_LEAST = 1e-5
_CLASS, _DIVISION = 4, 2
_STEP = 0.1
_MOST = np.log(100)
_LEVELS = int(np.ceil(_MOST / _STEP)) + 1
# A section counts as unusual where fewer than one such firm in three would have its goods.
_UNUSUAL = 1 / 3


@dataclass(frozen=True, slots=True)
class Junction:
    """One firm or group, with what meets in it.

    Attributes:
        members: entities, ascending.
        sales, sellers: distinct sales to the members; sellers that no register links.
        usual: heading -> chance that such a firm with as many sales has such goods.
        sections, unusual: sections of the goods; those of them that fewer than one such firm in three would have.
        chance: that such a firm has goods as far apart.
        peers: organisations that the usual goods were learned from.
    """

    members: tuple[int, ...]
    sales: int
    sellers: int
    usual: Mapping[str, float]
    sections: int
    unusual: int
    chance: float
    peers: int


class Trade:
    """What firms bought and received: sales by firm and heading, and how usual headings are for activities."""

    def __init__(
        self, firms: Sequence[tuple[int, int, str | None, int]], goods: Sequence[tuple[int, str, int]]
    ) -> None:
        """Take firms (entity, group, activity, sales) and goods (entity, heading, sales)."""
        self.headings = sorted({heading for _, heading, _ in goods})
        self._number = {heading: n for n, heading in enumerate(self.headings)}
        self._section = np.array([section(int(h[:2])) or 0 for h in self.headings], dtype=np.int64)
        self.group = {entity: group for entity, group, _, _ in firms}
        self.activity = {entity: activity for entity, _, activity, _ in firms}
        self.sales = {entity: sales for entity, _, _, sales in firms}
        self.groups: dict[int, list[int]] = defaultdict(list)
        for entity, group, _, _ in firms:
            self.groups[group].append(entity)
        self.had: dict[int, dict[int, int]] = defaultdict(dict)
        for entity, heading, sales in goods:
            self.had[entity][self._number[heading]] = sales
        # Of each level ("4742", "47", ""): the sum of the shares of its firms, and how many they are.
        self._shares_of: dict[str, Floats] = defaultdict(lambda: np.zeros(len(self.headings)))
        self._firms_of: dict[str, int] = defaultdict(int)
        for entity in self.sales:
            self._add(entity, 1)

    def _add(self, entity: int, sign: int) -> None:
        activity = self.activity[entity] or ""
        # A firm without an activity on record tells of all firms only; a level stands once, even where a code is short.
        for level in {"", activity[:_DIVISION], activity[:_CLASS]}:
            self._firms_of[level] += sign
            for heading, sales in self.had.get(entity, {}).items():
                self._shares_of[level][heading] += sign * sales / self.sales[entity]

    def look(self, members: Sequence[int], sellers: int) -> Junction | None:
        """Return what meets in a firm or group; None where that is one section, or nothing says what is usual."""
        had = sorted({heading for member in members for heading in self.had.get(member, {})})
        if len(set(self._section[had]) - {0}) < 2 or not all(_is_judged(self.activity[m]) for m in members):
            return None
        own = [entity for group in {self.group[m] for m in members} for entity in self.groups[group]]
        for entity in own:
            self._add(entity, -1)
        never = np.zeros(len(self.headings))
        for member in members:
            never += self.sales[member] * np.log1p(-self._shares(self.activity[member]))
        peers = min(self._firms_of[(self.activity[m] or "")[:_CLASS]] for m in members)
        for entity in own:
            self._add(entity, 1)
        usual = -np.expm1(never)
        level = (np.minimum(-np.log(np.maximum(usual, 1e-300)), _MOST) / _STEP).astype(np.int64)
        seen = [int(level[[h for h in had if self._section[h] == s]].max()) for s in set(self._section[had]) - {0}]
        return Junction(
            members=tuple(sorted(members)), sales=sum(self.sales[m] for m in members), sellers=sellers,
            usual={self.headings[h]: float(usual[h]) for h in had}, sections=len(seen),
            unusual=sum(s * _STEP >= -np.log(_UNUSUAL) for s in seen), chance=self._chance(never, level, sum(seen)),
            peers=peers,
        )  # fmt: skip

    def _shares(self, activity: str | None) -> Floats:
        """Return, for each heading, the share of sales that pass through a firm of an activity as such goods."""
        code = activity or ""
        shares = self._shares_of[""] / max(self._firms_of[""], 1)
        for level in dict.fromkeys((code[:_DIVISION], code[:_CLASS])):
            if level:
                shares = (self._shares_of[level] + _WEIGHT * shares) / (self._firms_of[level] + _WEIGHT)
        return np.clip(shares, _LEAST, 1 - _LEAST)

    def _chance(self, never: Floats, level: NDArray[np.int64], seen: int) -> float:
        """Return the chance that the most surprising goods of each section sum up to `seen` steps or more."""
        table = np.zeros((SECTIONS + 1, _LEVELS + 1))
        np.add.at(table, (self._section, level), never)
        # Log-probability that no heading above a level is there.
        none_above = table[:, ::-1].cumsum(axis=1)[:, ::-1]
        below = np.exp(np.concatenate([none_above[:, 1:], np.zeros((SECTIONS + 1, 1))], axis=1))
        spread = np.array([1.0])
        for at in range(1, SECTIONS + 1):
            if table[at].any():
                none = np.exp(none_above[at, 0])
                exactly = np.array([none, *(b - a for a, b in pairwise([none, *below[at]]))][1:])
                exactly[0] += none
                spread = np.convolve(spread, np.trim_zeros(exactly, "b"))
        return float(min(max(spread[seen:].sum(), 0.0), 1.0))


def _is_judged(activity: str | None) -> bool:
    """Whether something says what goods are usual, and not all are."""
    return activity is not None and "*" not in (usual_chapters(activity) or ())


def keep_junctions(engine: Engine) -> int:
    """Write `derived.junction` and `derived.junction_flow`; returns how many firms and groups were looked at."""
    with engine.lent("chapter_section", _sections()):
        engine.run(named("junction", "firm-goods"))
    trade = Trade(engine.rows(named("junction", "firms")), engine.rows(named("junction", "goods")))
    sellers = dict(engine.rows(named("junction", "sellers")))
    of_group = dict(engine.rows(named("junction", "sellers-of-groups")))
    found, looked = [], 0
    for group, firms in sorted(trade.groups.items()):
        alone = [j for j in (trade.look([firm], sellers.get(firm, 0)) for firm in firms) if j is not None]
        together = trade.look(firms, of_group.get(group, 0)) if len(firms) > 1 else None
        looked += 1
        # A group is one junction where it is less usual than any firm of it; else its firms stand for themselves.
        if together is not None and together.chance < min((j.chance for j in alone), default=1.0):
            alone = [together]
        found += [j for j in alone if j.unusual >= 2 and j.sellers >= 2]
    kept = sorted((j for j in found if j.chance * looked <= 1.0), key=lambda j: (j.chance, j.members))
    with engine.lent("junctions", _rows(kept, looked, trade)):
        engine.run(named("junction", "keep-junctions"))
    with engine.lent("usual_goods", _usual_rows(kept)):
        engine.run(named("junction", "keep-junction-flows"))
    return looked


def _sections() -> pa.Table:
    pairs = [(f"{chapter:02}", of) for chapter in range(1, 98) if (of := section(chapter)) is not None]
    return pa.table(
        {
            "chapter": pa.array([chapter for chapter, _ in pairs], pa.string()),
            "section": pa.array([of for _, of in pairs], pa.int32()),
        }
    )


def _rows(junctions: Sequence[Junction], looked: int, trade: Trade) -> pa.Table:
    ints, floats, texts = pa.int64(), pa.float64(), pa.list_(pa.string())
    return pa.table(
        {
            "junction": pa.array([j.members[0] for j in junctions], ints),
            "rank": pa.array(range(1, len(junctions) + 1), pa.int32()),
            "members": pa.array([list(j.members) for j in junctions], pa.list_(ints)),
            "activities": pa.array(
                [sorted({trade.activity[m] or "not known" for m in j.members}) for j in junctions], texts
            ),
            "sales": pa.array([j.sales for j in junctions], ints),
            "sellers": pa.array([j.sellers for j in junctions], ints),
            "commodities": pa.array([len(j.usual) for j in junctions], ints),
            "sections": pa.array([j.sections for j in junctions], ints),
            "unusual": pa.array([j.unusual for j in junctions], ints),
            "chance": pa.array([j.chance for j in junctions], floats),
            "expected": pa.array([j.chance * looked for j in junctions], floats),
            "peers": pa.array([j.peers for j in junctions], ints),
        }
    )


def _usual_rows(junctions: Sequence[Junction]) -> pa.Table:
    rows = [(j.members[0], m, h, u) for j in junctions for m in j.members for h, u in sorted(j.usual.items())]
    return pa.table(
        {
            "junction": pa.array([r[0] for r in rows], pa.int64()),
            "entity": pa.array([r[1] for r in rows], pa.int64()),
            "commodity": pa.array([r[2] for r in rows], pa.string()),
            "section": pa.array([section(int(r[2][:2])) for r in rows], pa.int32()),
            "usual": pa.array([r[3] for r in rows], pa.float64()),
        }
    )
