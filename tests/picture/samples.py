"""Pictures of many shapes of data: none, one, many, long, in every script, on one day, across the date line."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from narrows.picture import Drawing, bars, chart, columns, sankey, strip, timeline

HEADERS = ("Maker", "Distributor", "Purchaser", "Consignee", "Place")
BASES = ("documented", "inferred", "contradicted", "missing")
NAMES = (
    "Altair Semiconductor",
    "Kaya Dış Ticaret Ltd. Şti.",
    "Общество с ограниченной ответственностью «Северный поток»",
    "شركة الخليج للإلكترونيات والتجارة العامة ذ.م.م",
    "香港日出零件有限公司",
    "Nordmark Distribution GmbH & Co. KG",
    "W" * 200,
    "ل" * 120 + " " + "M" * 60,
    "Ελληνική Εταιρεία 34-B/7",
    "ქართული კომპანია",
    "‮gnp.exe‬ & <script>alert(1)</script>",
    "Firma \u0007 mit Steuerzeichen ]]>",
    "👩‍👩‍👧‍👦 Family 🇹🇷 Trading",
    "हिन्दी व्यापार कंपनी",
    "i",
    "   ",
)


def network(boxes: int, lines: int, *, forward: bool = True, seed: int = 5) -> tuple[tuple, tuple]:
    """Boxes in five columns, and lines between them."""
    chance = random.Random(seed)
    made = tuple(
        columns.Box(
            f"b{at}",
            NAMES[at % len(NAMES)],
            at % 5,
            choke="carries 64 % of the mass, 41 % of the value" if at % 11 == 3 else "",
            flag="3 alerts" if at % 7 == 2 else "",
        )
        for at in range(boxes)
    )
    ends = [(chance.randrange(boxes), chance.randrange(boxes)) for _ in range(lines if boxes else 0)]
    if forward:
        ends = [(a, b) for a, b in ends if a % 5 < b % 5]
    weights = (0.0, 1.0, 12.5, 900.0, None, float("nan"), float("inf"), -3.0)
    return made, tuple(columns.Line(f"b{a}", f"b{b}", chance.choice(weights)) for a, b in ends)


def custody(count: int, *, days: tuple[int, ...] = (0, 1, 3, 20, 60, 400), seed: int = 3) -> strip.Strip:
    """A chain of custody in which some dates are not known and some go back."""
    chance, day = random.Random(seed), date(2023, 1, 5)
    holders = []
    for at in range(count):
        day += timedelta(chance.choice(days))
        holders.append(
            strip.Holder(
                NAMES[at % len(NAMES)],
                None if at % 7 == 4 else day - timedelta(9 if at % 6 == 5 else 0),
                "Sold · 1,200 pcs",
                "Invoice · invoices_of_the_second_quarter_of_the_year.csv:418",
                "Mersin" if at % 2 else "",
            )
        )
    links = tuple(strip.Link(chance.choice(BASES), "a note") for _ in range(max(0, count - 1)))
    return strip.Strip("Custody", tuple(holders), links)


def replay(
    rows: int, marks: int, *, days: int = 500, outcome: str = "18 % had moved before, 82 % after: 1,240 of 6,889 kg"
) -> timeline.Timeline:
    """A replay; every fourth actor could not have asked."""
    chance, start = random.Random(7), date(2023, 3, 1)
    made = tuple(
        timeline.Row(
            NAMES[at % len(NAMES)],
            tuple(
                timeline.Mark(start + timedelta(chance.randint(0, days)), chance.choice(("SHP-01", "NET-03")))
                for _ in range(0 if at % 4 == 3 else marks)
            ),
            outcome,
        )
        for at in range(rows)
    )
    moved = tuple((start + timedelta(chance.randint(0, days)), chance.random() * 100) for _ in range(rows * 9))
    return timeline.Timeline("Replay", made, moved, unit="kg")


def route(count: int, *, boundaries: bool = False) -> chart.Chart:
    """Places all over the world, some near each other, with ways between them."""
    chance = random.Random(count)
    places = tuple(
        chart.Place(NAMES[at % len(NAMES)], chance.uniform(-85, 85), chance.uniform(-180, 180)) for at in range(count)
    )
    arcs = tuple(chart.Arc(at, at + 1, BASES[at % 4]) for at in range(count - 1))
    return chart.Chart("Route", places, arcs, boundaries=boundaries)


def near(*places: tuple[str, float, float]) -> chart.Chart:
    """A few places."""
    made = tuple(chart.Place(*place) for place in places)
    return chart.Chart("Route", made, tuple(chart.Arc(at, at + 1) for at in range(len(made) - 1)))


PACIFIC = near(("Suva", -18.1, 178.4), ("Apia", -13.8, -171.8), ("Nouméa", -22.3, 166.4))
GULF = near(("Port A", 25.0, 55.1), ("Port B", 25.02, 55.12), ("مرسى", 26.2, 56.3), ("Town", 35.2, 58.0))


def drawings() -> Iterator[tuple[str, Drawing]]:
    """Every sample, drawn."""
    for boxes, lines, limit in ((0, 0, 300), (1, 0, 300), (24, 60, 300), (300, 600, 300), (1000, 2000, 60)):
        made = network(boxes, lines)
        yield f"columns {boxes}", columns.draw(columns.Columns("Columns", HEADERS, *made, unit="kg", limit=limit))
        yield f"sankey {boxes}", sankey.draw(sankey.Sankey("Flow", HEADERS, *made, unit="kg", limit=min(60, limit)))
    back = network(30, 90, forward=False)
    path = ("b0", "b1", "b2", "b13", "b11", "b4")
    yield "columns back", columns.draw(columns.Columns("Columns", HEADERS, *back, path=path, unit="kg"))
    yield "columns narrow", columns.draw(columns.Columns("Columns", HEADERS[:2], *two_columns()), width=340)
    for count in (0, 1, 2, 5, 16, 40):
        yield f"strip {count}", strip.draw(custody(count))
    yield "strip one day", strip.draw(custody(6, days=(0,)))
    yield "strip narrow", strip.draw(custody(9), width=360)
    for rows, marks in ((0, 0), (1, 1), (6, 3), (12, 12)):
        yield f"timeline {rows}", timeline.draw(replay(rows, marks))
    yield "timeline bare", timeline.draw(replay(3, 2, outcome=""))
    yield "timeline one day", timeline.draw(replay(4, 3, days=0))
    for count in (0, 1, 12, 60):
        yield f"chart {count}", chart.draw(route(count, boundaries=count == 12))
    yield "chart pacific", chart.draw(PACIFIC)
    yield "chart gulf", chart.draw(GULF)
    made = tuple(bars.Bar(name, at / 16, f"{at} of 16", marked=at % 3 == 0) for at, name in enumerate(NAMES))
    yield "bars", bars.draw(bars.Bars("Shares", made, whole=1.0))
    yield "bars none", bars.draw(bars.Bars("Shares", ()))


def two_columns() -> tuple[tuple, tuple]:
    """A small network in two columns."""
    boxes = tuple(columns.Box(str(at), NAMES[at], at % 2) for at in range(6))
    return boxes, (columns.Line("0", "1", 3.0), columns.Line("2", "3", 1.0), columns.Line("4", "1"))
