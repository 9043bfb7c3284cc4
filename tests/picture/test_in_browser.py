"""Measured in Chromium: no text leaves its picture or its box, no two texts overlap; axe finds nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re

import pytest
from samples import drawings

import axe
import chromium
from narrows import picture

# Lines of text may touch: fonts reach further up and down than their letters. So the middle of each line is compared.
MEASURE = """
<script>
const found = [];
for (const svg of document.querySelectorAll("svg.np")) {
  const whole = svg.getBoundingClientRect(), name = svg.dataset.name, texts = [];
  for (const text of svg.querySelectorAll("text")) {
    const r = text.getBoundingClientRect(), h = r.height;
    if (!r.width) continue;
    const t = {left: r.left, right: r.right, top: r.top + h * 0.22, bottom: r.bottom - h * 0.22};
    t.words = text.textContent;
    texts.push(t);
    if (t.left < whole.left - 0.5 || t.right > whole.right + 0.5 || t.top < whole.top || t.bottom > whole.bottom)
      found.push([name, "leaves the picture", t.words]);
    const box = text.parentNode.querySelector(":scope > rect[class^=np-box]");
    if (box) {
      const b = box.getBoundingClientRect();
      if (t.left < b.left || t.right > b.right || t.top < b.top || t.bottom > b.bottom)
        found.push([name, "leaves its box", t.words]);
    }
  }
  texts.sort((a, b) => a.top - b.top);
  texts.forEach((a, at) => {
    for (let other = at + 1; other < texts.length && texts[other].top < a.bottom; other++) {
      const b = texts[other];
      if (a.left < b.right - 0.5 && b.left < a.right - 0.5) found.push([name, "overlap", a.words, b.words]);
    }
  });
}
const out = document.createElement("pre");
out.id = "found";
out.textContent = JSON.stringify([document.querySelectorAll("svg.np text").length, found]);
document.body.append(out);
</script>
"""


@pytest.fixture(scope="module")
def page() -> str:
    figures = "".join(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
        f'{drawing.svg.replace("<svg ", f"<svg data-name={chr(34)}{name}{chr(34)} ", 1)}</div>'
        for name, drawing in drawings()
    )  # fmt: skip
    style = ":root{color-scheme:light dark} .scroll{overflow:auto}" + picture.style()
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pictures</title><style>{style}</style>'
        f"</head><body><main><h1>Pictures</h1>{figures}</main></body></html>"
    )


def measured(page: str, folder, width: int) -> tuple[int, list]:
    shown = chromium.dom(page.replace("</body>", MEASURE + "</body>"), folder, width=width)
    told = re.search(r'<pre id="found">(.*?)</pre>', shown, re.S)
    assert told is not None
    return tuple(json.loads(html.unescape(told[1])))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 768, 390])
def test_no_text_leaves_its_place_or_meets_another(page, tmp_path, width):
    texts, found = measured(page, tmp_path, width)
    assert texts > 1000
    assert found == []


@pytest.mark.browser
def test_the_measure_would_tell(page, tmp_path):
    _, found = measured(page.replace('font-size="12.5"', 'font-size="19"'), tmp_path, 1280)
    assert {kind for _, kind, *_ in found} == {"leaves the picture", "leaves its box", "overlap"}


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_axe_finds_nothing(page, tmp_path, width, dark):
    found = axe.run(page, tmp_path, width=width, dark=dark)
    assert found["violations"] == []
    assert "svg-img-alt" in found["passes"]


@pytest.mark.browser
def test_a_strict_policy_lets_pictures_be(tmp_path):
    drawing = dict(drawings())["columns 24"]
    style = base64.b64encode(hashlib.sha256(picture.style().encode()).digest()).decode()
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'sha256-{style}'; script-src 'unsafe-inline'\"><title>x</title>"
        '<script>const broken = []; addEventListener("securitypolicyviolation", e => broken.push(e.blockedURI));'
        "</script>"
        f"<style>{picture.style()}</style></head><body>{drawing.svg}<pre id='told'></pre>"
        "<script>setTimeout(() => told.textContent = JSON.stringify([broken, getComputedStyle(document.querySelector("
        '".np-box-choke")).strokeWidth, getComputedStyle(document.querySelector("text")).fontSize]), 200)</script>'
        "</body></html>"
    )
    shown = chromium.dom(page, tmp_path)
    assert json.loads(html.unescape(re.search(r"<pre id=.told.>(.*?)</pre>", shown)[1])) == [[], "2.5px", "13.5px"]
