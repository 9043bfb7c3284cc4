"""axe-core on a page in Chromium: WCAG 2.2 AA and best practice."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import chromium

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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


def run(page: str, folder: Path, *, width: int = 1280, dark: bool = False) -> dict[str, list]:
    """Run it on a copy of a page, without its policy and with everything unfolded."""
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    copy = copy.replace("<details", "<details open")
    runner = RUNNER % {"axe": AXE.as_uri(), "tags": json.dumps(TAGS)}
    shown = chromium.dom(copy.replace("</body>", runner + "</body>"), folder, width=width, dark=dark)
    told = re.search(r'<pre id="axe-result">(.*?)</pre>', shown, re.S)
    assert told is not None, "axe did not run"
    return json.loads(html.unescape(told[1]))
