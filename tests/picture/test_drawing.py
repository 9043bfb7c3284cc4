from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import product
from xml.etree import ElementTree

import pytest
from samples import drawings

from narrows import picture

SVG = "{http://www.w3.org/2000/svg}"
CSS = picture.style()
DARK = CSS[CSS.index("@media screen") : CSS.index("@media print")]
LIGHT = CSS[: CSS.index("@media screen")]


@pytest.fixture(scope="module")
def drawn() -> dict[str, picture.Drawing]:
    return dict(drawings())


def test_every_picture_is_well_formed_and_named(drawn):
    for drawing in drawn.values():
        root = ElementTree.fromstring(drawing.svg)
        assert root.tag == f"{SVG}svg" and root.get("role") == "img"
        assert root[0].tag == f"{SVG}title" and root[0].text == drawing.title


def test_nothing_runs_is_fetched_or_can_clash(drawn):
    for drawing in drawn.values():
        for element in ElementTree.fromstring(drawing.svg).iter():
            assert element.tag.removeprefix(SVG) in {
                "svg", "title", "desc", "rect", "g", "path", "text", "circle",
            }  # fmt: skip
            assert not {"id", "style", "href", "src"} & set(element.attrib)
            assert not any(name.startswith("on") or "url(" in value for name, value in element.attrib.items())
            assert all(name.startswith("np") for name in element.get("class", "np").split())


def test_no_number_is_lost(drawn):
    assert not [name for name, drawing in drawn.items() if re.search(r'[ ,"](?:nan|inf|-inf)[ ,"]', drawing.svg)]


def test_a_file_carries_its_style(drawn):
    for drawing in drawn.values():
        root = ElementTree.fromstring(drawing.standalone)
        assert root.find(f"{SVG}style").text == CSS
        assert drawing._repr_svg_() == drawing.standalone


def test_same_in_same_bytes(drawn):
    assert {name: drawing.svg for name, drawing in drawings()} == {name: d.svg for name, d in drawn.items()}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_draws_the_same(drawn, seed):
    program = "import samples, sys; sys.stdout.buffer.write(''.join(d.svg for _, d in samples.drawings()).encode())"
    around = {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=around)
    assert done.stdout.decode() == "".join(drawing.svg for drawing in drawn.values())


def test_the_style_touches_nothing_but_pictures():
    selectors = re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"@media[^{]*\{|/\*.*?\*/", "", CSS))
    parts = [part.strip() for selector in selectors for part in selector.split(",")]
    assert len(parts) > 80
    assert all(re.fullmatch(r"\.np(-[a-z]+)*", part) for part in parts)


def test_every_class_has_a_style_and_every_style_a_use(drawn):
    used = {name for d in drawn.values() for told in re.findall(r'class="([^"]+)"', d.svg) for name in told.split()}
    assert used == set(re.findall(r"\.(np[a-z-]*)", LIGHT))


def colour(name: str, which: str, css: str) -> str:
    found = re.search(rf"\.{name}(?:, [^{{]*)? \{{[^}}]*?(?<![-\w]){which}: (#[0-9a-f]{{6}})", css)
    return found[1] if found else colour(name, which, LIGHT)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lights = []
    for told in (one, other):
        parts = [int(told[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


FILLS = [f"np-{basis}-fill" for basis in ("documented", "inferred", "contradicted", "missing", "plain")]
PAIRS = [
    *product(["np-ink", "np-quiet"], ["np-paper", "np-box", "np-box-flag", "np-box-choke", "np-box-rest"]),
    *product(["np-on"], FILLS),
    *product(["np-halo", "np-halo-quiet"], ["np-paper", "np-land", "np-sea"]),
]


@pytest.mark.parametrize("css", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_can_be_read(words, ground, css):
    assert contrast(colour(words, "fill", css), colour(ground, "fill", css)) >= 4.5


@pytest.mark.parametrize("css", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "name", ["documented", "inferred", "contradicted", "missing", "path", "on-path", "box", "unknown"]
)
def test_strokes_can_be_seen(name, css):
    assert contrast(colour(f"np-{name}", "stroke", css), colour("np-paper", "fill", css)) >= 3
