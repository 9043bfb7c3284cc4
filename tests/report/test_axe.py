"""The page under axe-core in headless Chromium: WCAG 2.2 AA and best practice, light and dark, wide and narrow."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
]  # fmt: skip
RUNNER = """
<script src="%(axe)s"></script>
<script>
axe.run(document, {runOnly: {type: "tag", values: %(tags)s}}).then(
  found => ({
    violations: found.violations.map(v => [v.id, v.nodes.slice(0, 5).map(n => n.html.slice(0, 200))]),
    passes: found.passes.map(p => p.id)
  }),
  error => ({error: String(error)})
).then(found => {
  const out = document.createElement("pre");
  out.id = "axe-result";
  out.textContent = JSON.stringify(found);
  document.body.append(out);
});
</script>
"""


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no Chromium: none of {', '.join(NAMES)} is on the path"
        if os.environ.get("NARROWS_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture
def axe(browser, tmp_path):
    """Run axe-core on a copy of a page, without its policy and with everything unfolded."""

    def run(page: str, *, width: int = 1280, dark: bool = False) -> dict[str, list]:
        copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        copy = copy.replace("<details", "<details open")
        runner = RUNNER % {"axe": AXE.as_uri(), "tags": json.dumps(TAGS)}
        file = tmp_path / "page.html"
        file.write_text(copy.replace("</body>", runner + "</body>"), encoding="utf-8")
        command = [
            browser, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},1200",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--virtual-time-budget=20000",
            "--dump-dom", file.as_uri(),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, timeout=120, check=True)
        told = re.search(r'<pre id="axe-result">(.*?)</pre>', done.stdout.decode("utf-8"), re.S)
        assert told is not None, done.stderr.decode("utf-8", "replace")[-2000:]
        return json.loads(html.unescape(told[1]))

    return run


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
