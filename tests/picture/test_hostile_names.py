"""Whatever a name holds, the picture is well-formed and the name stays a name."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.picture import bars, chart, columns, sankey, strip, timeline
from narrows.picture.layout.lettering import visible

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2024, 2, 29)
# Letters of every kind, and what has meaning in XML, in CSS and to whoever reads.
texts = st.text() | st.text(alphabet="<>&\"'/]-!x \u202e\u2066\x00\x1b\ufffe\ud800{};:", max_size=30)


def with_text(word: str):
    boxes = (columns.Box("a", word, 0, choke=word, flag=word), columns.Box("b", word, 1))
    lines = (columns.Line("a", "b", 1.0, word),)
    yield columns.draw(columns.Columns(word, (word, word), boxes, lines, word, unit=word))
    yield sankey.draw(sankey.Sankey(word, (word, word), boxes, lines, word, unit=word))
    holders = tuple(strip.Holder(word, DAY, word, word, word) for _ in range(2))
    yield strip.draw(strip.Strip(word, holders, (strip.Link("inferred", word),), word))
    rows = (timeline.Row(word, (timeline.Mark(DAY, word, word),), word),)
    yield timeline.draw(timeline.Timeline(word, rows, ((DAY, 1.0),), word, unit=word))
    yield chart.draw(chart.Chart(word, (chart.Place(word, 10, 20, word), chart.Place("x", 40, 50)), description=word))
    yield bars.draw(bars.Bars(word, (bars.Bar(word, 1.0, word),), word, unit=word))


@given(texts)
def test_any_text_gives_a_well_formed_picture(word):
    for drawing in with_text(word):
        root = ElementTree.fromstring(drawing.svg.encode())
        assert (root[0].text or "") == visible(word)
        assert {e.tag for e in root.iter()} <= {
            f"{SVG}{tag}" for tag in ["svg", "title", "desc", "rect", "g", "path", "text", "circle"]
        }


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", "]]><!--", '"onload="x', "</svg><img src=x onerror=y>"])
def test_markup_is_shown_as_it_is(word):
    for drawing in with_text(word):
        told = [element.text for element in ElementTree.fromstring(drawing.svg).iter(f"{SVG}title")]
        assert word in told
        assert not any(f"<{tag}" in drawing.svg for tag in ("script", "img", "!--"))


def test_what_turns_the_writing_around_is_spelled_out():
    for drawing in with_text("a\u202egnp.exe"):
        assert "\u202e" not in drawing.standalone and "U+202E" in drawing.svg


def test_each_name_keeps_its_own_direction():
    (first, *_) = with_text("شركة الخليج")
    names = [e for e in ElementTree.fromstring(first.svg).iter(f"{SVG}text") if (e.text or "").startswith("شركة")]
    assert names and all(e.get("direction") == "rtl" and e.get("unicode-bidi") == "isolate" for e in names)
