from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from small_case import ARABIC, CYRILLIC, FLAGS, LISTS, LONG, SCRIPT, TURKISH, empty_case, fill

from narrows.report import write_report
from narrows.report.html import CELL_SHOWN, data, place, render, sentence

FORBIDDEN = re.compile(r"terrori|suspect|guilt|network member|launder|evade|evasi|criminal|\bscore", re.I)
VOID = {"meta", "br", "img", "input", "hr", "link", "rect"}


class Page(HTMLParser):
    """Elements in order, with their attributes, ancestors and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.texts: list[tuple[str, tuple[str, ...]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open, "an element is not closed"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        self.texts.append((data, tuple(self._open)))

    def attributes(self, name):
        return [attrs[name] for _, attrs, _ in self.elements if name in attrs]

    def of(self, tag):
        return [(attrs, above) for t, attrs, above in self.elements if t == tag]

    @property
    def words(self):
        return " ".join(text for text, above in self.texts if "style" not in above)


@pytest.fixture
def parsed(page):
    return Page(page)


def test_stands_alone(page, parsed):
    tags = {tag for tag, _, _ in parsed.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not parsed.attributes("src") and not parsed.attributes("style")
    assert not [name for _, attrs, _ in parsed.elements for name in attrs if name.startswith("on")]
    assert all(href.startswith("#") for href in parsed.attributes("href"))
    assert not re.search(r"url\(|@import|https?:", page)


def test_policy_allows_only_its_own_style(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy and policy.startswith("default-src 'none';")


def test_links_lead_somewhere_and_ids_are_unique(parsed):
    ids = Counter(parsed.attributes("id"))
    assert set(ids.values()) == {1}
    assert {href[1:] for href in parsed.attributes("href")} <= ids.keys()


def test_landmarks_headings_and_language(parsed):
    assert parsed.of("html")[0][0]["lang"] == "en"
    assert [len(parsed.of(tag)) for tag in ("h1", "main", "nav", "footer")] == [1, 1, 1, 1]
    levels = [int(tag[1]) for tag, _, _ in parsed.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_scopes_and_a_way_to_scroll(page, parsed):
    assert len(parsed.of("table")) == len(parsed.of("caption")) >= 5
    assert all("scope" in attrs for attrs, _ in parsed.of("th"))
    regions = [attrs for attrs, _ in parsed.of("div") if attrs.get("role") == "region"]
    assert len(regions) == len(parsed.of("table"))
    assert all(r["tabindex"] == "0" for r in regions)
    assert len({r["aria-label"] for r in regions}) == len(regions)


def test_each_value_keeps_its_own_direction(parsed):
    for name in (ARABIC, CYRILLIC, TURKISH):
        found = [above for text, above in parsed.texts if name in text]
        assert found and all("bdi" in above for above in found)


def test_hostile_cells_are_text(page):
    assert SCRIPT not in page and "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page) and "U+202E" in page
    assert LONG[: CELL_SHOWN + 1] not in page and f"{len(LONG) - CELL_SHOWN:,} more characters" in page


def test_each_hit_has_its_other_side(page, report):
    hits = re.split('<div class="hit ', page)[1:]
    assert len(hits) == sum(len(p.hits) for p in report.pages) == 4
    for text, hit in zip(hits, [h for p in report.pages for h in p.hits], strict=True):
        for own in (*hit.flag.false_positives, *hit.flag.clears, *hit.flag.blind_spots):
            assert own in text


def test_gate_and_soft_are_told_in_words(page):
    marks = re.findall(r'class="kind (gate|soft)"><span aria-hidden="true">.</span> (\w+)<', page)
    assert marks and all(kind == word for kind, word in marks)


def test_forbidden_words_are_absent(parsed):
    assert not FORBIDDEN.search(parsed.words)


def test_says_what_it_is(parsed):
    text = re.sub(r"\s+", " ", parsed.words)
    assert "2 of 3 transactions warrant a person’s look" in text
    for told in ("A flag is a question", "Two families", "Three outcomes", "a person decides", "sent anywhere"):
        assert told in text
    for told in ("Kept but not used", "was not run", "5 more are not shown", "rule not reviewed", "0.1.0"):
        assert told in text


def test_a_cut_queue_says_so(engine, report_of):
    text = Page(render(report_of(engine, listed=2, detailed=1))).words
    assert "The first 1 alerts are shown" not in text and "The first alert is shown" in text
    text = Page(render(report_of(engine, listed=1, detailed=1))).words
    assert "the first 1 of 2" in text


def test_no_alert_is_no_clearance(report_of):
    engine = empty_case()
    fill(engine)
    for table in ("alert", "alert_hit"):
        engine.run(f"DELETE FROM derived.{table}")
    text = Page(render(report_of(engine))).words
    assert "None of 3 transactions" in text and "no clearance" in text
    engine.close()


def test_empty_case_renders(report_of):
    engine = empty_case()
    text = Page(render(report_of(engine, lists=()))).words
    assert "No transaction was read" in text and "No published list was used" in text
    engine.close()


def test_style_uses_logical_properties_only(page):
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    declared = re.sub(r"@media[^{]*|/\*.*?\*/", "", style, flags=re.S)
    assert not re.search(r"(?<!line)(?<!stroke)[-{; ](left|right|top|bottom|width|height)\s*:", declared)
    assert not re.search(r"-(left|right|top|bottom)\b", declared)


def test_same_case_same_bytes(tmp_path):
    files = []
    for turn in ("first", "second"):
        engine = empty_case()
        fill(engine)
        if turn == "second":  # whatever the order in which the rows lie
            for table in ("hit", "alert", "alert_hit", "coverage", "column_use", "item", "entity"):
                engine.run(f"CREATE OR REPLACE TABLE derived.{table} AS FROM derived.{table} ORDER BY random()")
        flags, lists = (FLAGS, LISTS) if turn == "first" else (FLAGS[::-1], LISTS[::-1])
        written = write_report(
            engine, tmp_path / turn, flags=flags, lists=lists, version="1", title="T", replayed=False
        )
        files.append({path.name: path.read_bytes() for path in written})
        engine.close()
    assert files[0] == files[1]
    assert list(files[0]) == ["report.html", "alerts.csv", "alerts.xlsx", "alerts.ndjson"]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("a<b", "<bdi>a&lt;b</bdi>"),
        ("x\x00y", '<bdi>x<span class="hidden-mark">U+0000</span>y</bdi>'),
        ("a\r\nb", "<bdi>a\nb</bdi>"),
        ("abcdef", '<bdi>abc</bdi> <span class="cut">… 3 more characters, in the file itself</span>'),
    ],
)
def test_data(text, drawn):
    assert data(text, 3) == drawn


def test_place_reads_from_file_to_row():
    assert place("f.csv:2") == '<bdi dir="ltr"><bdi>f.csv</bdi>:2</bdi>'
    assert place("f.xlsx[ورقة]:2") == '<bdi dir="ltr"><bdi>f.xlsx</bdi>[<bdi>ورقة</bdi>]:2</bdi>'
    assert place("f.xlsx[S]") == '<bdi dir="ltr"><bdi>f.xlsx</bdi>[<bdi>S</bdi>]</bdi>'


def test_sentence_sets_names_apart():
    assert sentence("A & B paid B", ("B", "A & B", "")) == "<bdi>A &amp; B</bdi> paid <bdi>B</bdi>"
    assert sentence("<b>", ()) == "&lt;b&gt;"
