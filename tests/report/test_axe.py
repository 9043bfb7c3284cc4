"""The page under axe-core in headless Chromium: WCAG 2.2 AA and best practice, light and dark, wide and narrow."""

from __future__ import annotations

import hashlib
from functools import partial

import pytest

from axe import AXE, run


@pytest.fixture
def axe(tmp_path):
    return partial(run, folder=tmp_path)


def test_axe_is_what_its_readme_says():
    told = AXE.with_name("README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in told


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_page_has_no_violations(axe, page, width, dark):
    found = axe(page, width=width, dark=dark)
    assert found["violations"] == []
    assert {"color-contrast", "document-title", "bypass", "html-has-lang"} <= set(found["passes"])


@pytest.mark.browser
def test_axe_would_tell(axe, page):
    worse = page.replace('<html lang="en">', "<html>").replace("--ink: #1b2430", "--ink: #e8e8e8")
    found = {rule for rule, _ in axe(worse)["violations"]}
    assert {"html-has-lang", "color-contrast"} <= found
