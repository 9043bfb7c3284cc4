"""Where it narrows: the flow under alert, on whom it rests, and where unrelated flows meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import evidence_of
from narrows.casefile.sql import named
from narrows.model.statement import Evidence, Statement
from narrows.picture import columns, sankey
from narrows.picture.drawing import Drawing
from narrows.report.texts import plural

HEADERS = ("Maker", "Distributor", "Purchaser", "Consignee", "Place")
# So many boxes read well on a page; the rest is drawn together, and edges.csv has it all.
_BOXES = 60
_SHOWN = 10
_RECORDS = 8
_HALF = 0.5
_FINEST = 1000


@dataclass(frozen=True, slots=True)
class Best:
    """One row of the table of best sets: the firms, and what they carry, as shares; None where it is not known."""

    firms: tuple[str, ...]
    carried: float
    mass: float | None
    amount: float | None
    cut_off: float | None
    bound: float
    exact: bool
    steady: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Met:
    """One kind of goods that meets others in a junction.

    Attributes:
        usual: share of firms of such an activity, with as many sales, through which such goods would pass.
    """

    commodity: str
    description: str | None
    sellers: tuple[str, ...]
    sales: int
    usual: float


@dataclass(frozen=True, slots=True)
class JunctionPart:
    """A junction: its firms, what meets in it, and the sentence about it with its rows."""

    firms: tuple[str, ...]
    sentence: Statement
    met: tuple[Met, ...]
    met_left_out: int


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """What the report says of the network.

    Attributes:
        sentences: what the flow rests on, with the first rows of it.
        rows_left_out: how many rows of the flow are not named under the sentences.
        way, through: the picture in columns of roles, and that of how much goes through whom.
        best: the best sets of firms.
        junctions, junctions_left_out: the first junctions, and how many more there are.
        looked: how many firms and groups were looked at.
        names: names in the sentences, to be set apart from the text around them.
    """

    sentences: tuple[Statement, ...]
    rows_left_out: int
    way: Drawing | None
    through: Drawing | None
    best: tuple[Best, ...]
    junctions: tuple[JunctionPart, ...]
    junctions_left_out: int
    names: tuple[str, ...]


def network_part(engine: Engine) -> NetworkPart:
    """Read the network of a mapped case."""
    names: dict[int, str] = dict(engine.rows(named("report_network", "names")))
    best = _best(engine, names)
    lines = engine.rows(named("report_network", "flow-lines"))
    sentences, left = _sentences(engine, best, lines)
    junctions = _junctions(engine)
    way, through = _pictures(lines, names, engine) if lines else (None, None)
    told = {name for b in best for name in b.firms} | {name for j in junctions for name in j.firms}
    return NetworkPart(
        sentences, left, way, through, best, junctions[:_SHOWN], max(0, len(junctions) - _SHOWN),
        tuple(sorted(name for name in told if not name.isascii() or len(name) > 3)),
    )  # fmt: skip


def _best(engine: Engine, names: Mapping[int, str]) -> tuple[Best, ...]:
    return tuple(
        Best(tuple(names[node] for node in nodes), *shares)
        for nodes, *shares in engine.rows(named("report_network", "best-sets"))
    )


def _sentences(
    engine: Engine, best: Sequence[Best], lines: Sequence[Sequence[object]]
) -> tuple[tuple[Statement, ...], int]:
    if not lines:
        return (), 0
    records = sorted({int(str(record)) for record, *_ in lines})
    shown = evidence_of(engine, records[:_RECORDS])
    rows = tuple(shown[record] for record in records[:_RECORDS])
    sales, sources, targets = engine.row(named("report_network", "flow-counts"))
    texts = [
        f"{plural(sales, 'sale')} by {plural(sources, 'seller')} stand under alert by flags of two families; "
        f"the goods go to {plural(targets, 'place')}."
    ]
    if best:
        texts.append(_rests_on(best))
        context = engine.value(named("report_network", "share-of-all"), {"k": len(_telling(best).firms)})
        if context is not None:
            texts.append(
                f"Of all goods on record that go to the same places, whoever sold them, they carry {context:.0%}."
            )
    return tuple(Statement(text, rows) for text in texts), max(0, len(records) - _RECORDS)


def _telling(best: Sequence[Best]) -> Best:
    """Return the smallest set that carries all, else the one after which a further firm adds little."""
    for this, after in pairwise(best):
        if after.carried - this.carried < (1 - this.carried) * _HALF and this.carried >= _HALF:
            return this
    return best[-1]


def _rests_on(best: Sequence[Best]) -> str:
    told = _telling(best)
    firms = told.firms[0] if len(told.firms) == 1 else f"{', '.join(told.firms[:-1])} and {told.firms[-1]}"
    carry = "carries" if len(told.firms) == 1 else "carry"
    parts = [f"{firms} {carry} {told.carried:.0%} of these sales"]
    if told.mass is not None and told.amount is not None:
        parts.append(f"{told.mass:.0%} of the mass and {told.amount:.0%} of the value that is stated")
    text = ", ".join(parts) + "."
    if told.cut_off is not None:
        text += (
            f" For {told.cut_off:.0%} of the sales no other way is on record on which goods of the same heading went."
        )
    if not told.exact:
        text += f" No set of as many firms carries more than {told.bound:.0%}."
    return text


def _junctions(engine: Engine) -> tuple[JunctionPart, ...]:
    met: dict[int, list[Met]] = {}
    for junction, commodity, description, sellers, sales, usual in engine.rows(named("report_network", "met")):
        met.setdefault(junction, []).append(Met(commodity, description, tuple(sellers), sales, usual))
    rows = engine.rows(named("report_network", "junctions"))
    shown = evidence_of(engine, (record for *_, records in rows for record in records))
    return tuple(
        JunctionPart(tuple(firms), _met_sentence(row, [shown[r] for r in records]), tuple(met[junction][:_SHOWN]),
                     max(0, len(met[junction]) - _SHOWN))
        for junction, firms, *row, records in rows
    )  # fmt: skip


def _met_sentence(row: Sequence[object], evidence: Iterable[Evidence]) -> Statement:
    firms, activity, sales, sellers, sections, unusual, chance, peers = row
    one = firms == 1
    who = "The firm" if one else f"The {firms} firms, which a register links,"
    text = (
        f"{who} received {plural(int(str(sales)), 'sale')}; through {'it' if one else 'them'} pass goods of {sections} "
        f"unrelated sections of the tariff from {sellers} sellers, of which {unusual} are unusual for the activity on "
        f"record ({activity}). "
        f"{_of_such(float(str(chance)))} such firms with as many sales would pass on goods as far apart, "
        f"judged by {plural(int(str(peers)), 'other firm')} of the activity."
    )
    return Statement(text, tuple(evidence))


def _of_such(chance: float) -> str:
    """Say how many such firms would; what few peers tell is not told finer than one in a thousand."""
    if chance < 1 / _FINEST:
        return f"Fewer than one in {_FINEST:,}"
    number = 1 / chance
    digits = len(str(int(number))) - 1
    return f"About one in {round(number, -max(digits - 1, 0)):,.0f}"


def _pictures(lines: Sequence[Sequence[object]], names: Mapping[int, str], engine: Engine) -> tuple[Drawing, Drawing]:
    column, weight = _placed(lines)
    # A column in which nobody stands is not drawn.
    filled = sorted(set(column.values()))
    headers = tuple(HEADERS[at] for at in filled)
    carried = dict(engine.rows(named("report_network", "alone")))
    title = "The way of the goods under alert"
    # Numbers of entities hang on the order of files; what is drawn does not.
    drawn_as = {node: names.get(node, "place not known") for node in column}
    key = {node: f"{nth:05}" for nth, node in enumerate(sorted(column, key=lambda node: (drawn_as[node], node)))}
    boxes = tuple(
        columns.Box(
            key=key[node], name=drawn_as[node], column=filled.index(at),
            choke=f"carries {carried[node]:.0%}" if node in carried else "", weight=None,
        )
        for node, at in sorted(column.items(), key=lambda one: key[one[0]])
    )  # fmt: skip
    lines_drawn = sorted((key[a], key[b], count) for (a, b), count in weight.items())
    drawn = tuple(columns.Line(a, b, count) for a, b, count in lines_drawn)
    told = "Sellers on the left, the places where the goods go on the right; a line is as wide as its number of sales."
    way = columns.draw(columns.Columns(title, headers, boxes, drawn, description=told, unit="sales", limit=_BOXES))
    through = sankey.draw(
        sankey.Sankey("How much goes through whom", headers, boxes, drawn, description=told, unit="sales")
    )
    return way, through


def _placed(lines: Sequence[Sequence[object]]) -> tuple[dict[int, int], dict[tuple[int, int], float]]:
    """Return the column of each node, and the sales from one to the next."""
    column: dict[int, int] = {}
    weight: dict[tuple[int, int], float] = {}
    for _, way, seller, buyer, consignee, part in lines:
        assert isinstance(way, list)
        for nth, node in enumerate(way):
            if node < 0:
                at = 4
            elif node == seller:
                at = 1
            elif nth == 0 and seller in way:
                at = 0
            else:
                at = 2 if node == buyer and node != consignee and consignee is not None else 3
            # Who receives for others stands where it receives, even where it buys for itself too.
            column[node] = max(column.get(node, 0), at)
        for a, b in pairwise(way):
            weight[a, b] = weight.get((a, b), 0.0) + float(str(part))
    return column, weight
