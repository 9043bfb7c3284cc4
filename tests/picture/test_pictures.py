"""What each picture says, read from its texts and titles."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from samples import HEADERS, network

from narrows.errors import UsageError
from narrows.picture import Drawing, bars, chart, columns, sankey, strip, timeline

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2025, 1, 14)


def told(drawing: Drawing, tag: str = "text") -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(drawing.svg).iter(f"{SVG}{tag}")]


def classes(drawing: Drawing) -> list[str]:
    return re.findall(r'class="(np-[a-z-]+)"', drawing.svg)


def chain(**options) -> columns.Columns:
    boxes = (
        columns.Box("m", "Altair", 0),
        columns.Box("d", "Meridian", 1, choke="carries 64 %", flag="2 alerts"),
        columns.Box("p", "Mersin", 4),
    )
    lines = (columns.Line("m", "d", 1200.0), columns.Line("d", "p"))
    return columns.Columns("Network", HEADERS, boxes, lines, unit="kg", **options)


def test_columns_say_who_what_and_how_much():
    drawing = columns.draw(chain())
    assert {"Altair", "Meridian", "carries 64 %", "2 alerts", "1 shown", "0 shown"} <= set(told(drawing))
    assert "Altair → Meridian: 1,200 kg" in told(drawing, "title")
    assert "Meridian → Mersin: not known" in told(drawing, "title")


def test_signs_not_colours_alone():
    drawing = columns.draw(chain(path=("m", "d", "p")))
    assert classes(drawing).count("np-sign") == 4  # each sign in the box and in the legend
    assert classes(drawing).count("np-on-path") == 3
    assert "choke point, with what it carries" in told(drawing)


def test_the_way_is_drawn_however_many_are_flagged():
    flagged = tuple(columns.Box(f"f{at}", f"Firm {at}", 1, choke="x", flag="1 alert", weight=9e9) for at in range(50))
    data = replace(chain(path=("m", "d", "p"), limit=9), boxes=(*chain().boxes, *flagged))
    drawing = columns.draw(data)
    assert "Meridian" in told(drawing) and len(drawing.left_out) == 1


def test_a_step_of_the_way_without_a_line_is_drawn():
    assert classes(columns.draw(chain(path=("m", "p")))).count("np-path") == 2  # one in the legend


def test_a_thousand_boxes_are_drawn_within_two_seconds():
    data = columns.Columns("Network", HEADERS, *network(1000, 2000), unit="kg")
    begin = time.process_time()
    drawing = columns.draw(data)
    assert time.process_time() - begin < 2
    assert sum(name.startswith("np-box") for name in classes(drawing)) == 300
    assert len(drawing.left_out) >= 5 and drawing.left_out[0] in told(drawing, "desc")[0]


def test_flow_tells_what_cannot_be_drawn():
    boxes = (sankey.Box("a", "A", 0), sankey.Box("b", "B", 1), sankey.Box("c", "C", 1))
    lines = (sankey.Line("a", "b", 5.0), sankey.Line("b", "a", 2.0), sankey.Line("b", "c", 1.0), sankey.Line("a", "c"))
    drawing = sankey.draw(sankey.Sankey("Flow", HEADERS[:2], boxes, lines, unit="kg"))
    assert classes(drawing).count("np-band") == 2  # one in the legend
    assert drawing.left_out == (
        "2 lines with 3 kg in all lead back or within a column and cannot be drawn as a band.",
        "1 line without a known amount cannot be drawn as a band.",
    )


def test_flow_gathers_the_small():
    drawing = sankey.draw(sankey.Sankey("Flow", HEADERS, *network(300, 900), unit="kg", limit=30))
    assert sum(words.startswith("other (") for words in told(drawing)) == 5


def test_strip_says_days_and_on_what_steps_rest():
    holders = tuple(
        strip.Holder(name, day) for name, day in (("A", DAY), ("B", date(2025, 2, 3)), ("C", None), ("D", DAY))
    )
    links = (strip.Link("documented"), strip.Link("missing", "no reply yet"), strip.Link("contradicted"))
    drawing = strip.draw(strip.Strip("Custody", holders, links))
    assert {"20 d", "? d", "date not known", "documented", "missing", "contradicted"} <= set(told(drawing))
    assert "missing · ? d · no reply yet" in told(drawing, "title")
    assert "inferred" not in told(drawing)


@pytest.mark.parametrize(
    ("holders", "links", "words"), [(2, (), "2 holders has 0 links"), (2, ("certain",), "'certain' is no basis")]
)
def test_strip_refuses_what_is_no_chain(holders, links, words):
    made = tuple(strip.Holder("A", DAY) for _ in range(holders))
    with pytest.raises(UsageError, match=words):
        strip.draw(strip.Strip("Custody", made, tuple(strip.Link(link) for link in links)))


def test_timeline_sums_up_what_moved():
    rows = (timeline.Row("Customs", (timeline.Mark(DAY, "SHP-01", "a question"),), "18 % before"), timeline.Row("Bank"))
    moved = ((DAY, 100.0), (date(2025, 3, 1), 250.0), (DAY, float("nan")))
    drawing = timeline.draw(timeline.Timeline("Replay", rows, moved, unit="kg"))
    assert {"moved in all: 350 kg", "SHP-01", "18 % before", "could not have asked on these records"} <= set(
        told(drawing)
    )
    assert [name for name in classes(drawing) if "area" in name][:2] == ["np-area", "np-area-after"]
    assert "2025-01-14 · SHP-01 · a question" in told(drawing, "title")
    assert drawing.left_out == ("1 movement without a known amount is not in the area.",)


def test_map_shows_boundaries_only_with_their_notice():
    places = (chart.Place("A", 40, 20), chart.Place("B", 50, 60))
    plain = chart.draw(chart.Chart("Route", places))
    bounded = chart.draw(chart.Chart("Route", places, boundaries=True))
    assert "np-border" not in classes(plain) and chart.NOTICE not in told(plain)
    assert "np-border" in classes(bounded) and chart.NOTICE in told(bounded)


def test_map_gathers_what_lies_together():
    places = tuple(chart.Place(name, 40, 20) for name in ("Kuzey", "Güney"))
    drawing = chart.draw(chart.Chart("Route", places, (chart.Arc(0, 1),)))
    assert {"1, 2", "Kuzey / Güney"} <= set(told(drawing))
    assert drawing.left_out == ("1 way within one mark of the map cannot be drawn.",)


@pytest.mark.parametrize(
    ("places", "arcs", "words"),
    [
        ((chart.Place("A", 91, 0),), (), "latitude 91"),
        ((chart.Place("A", 0, float("nan")),), (), "longitude nan"),
        ((chart.Place("A", 0, 0),), (chart.Arc(0, 1),), "no place"),
    ],
)
def test_map_refuses_what_is_not_on_earth(places, arcs, words):
    with pytest.raises(UsageError, match=words):
        chart.draw(chart.Chart("Route", places, arcs))


def test_bars_are_as_long_as_their_values():
    made = (bars.Bar("A", 0.5, "50 %"), bars.Bar("B", 0.25, "25 %"), bars.Bar("C", None))
    drawing = bars.draw(bars.Bars("Shares", made, whole=1.0))
    widths = [float(found) for found in re.findall(r'np-bar" x="[\d.]+" y="[\d.]+" width="([\d.]+)"', drawing.svg)]
    assert len(widths) == 2 and widths[0] / widths[1] == pytest.approx(2, abs=0.01)
    assert "not known" in told(drawing)
