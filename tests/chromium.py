"""Driving Chromium without a window: what a page looks like to it, as its DOM after all scripts have run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
]  # fmt: skip


def found() -> str:
    """The program; without it the test is skipped, or fails where NARROWS_REQUIRE_BROWSER is 1."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        reason = f"no Chromium: none of {', '.join(NAMES)} is on the path"
        if os.environ.get("NARROWS_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return program


def dom(page: str, folder: Path, *, width: int = 1280, dark: bool = False) -> str:
    """The DOM of a page that is written into a folder, which also holds the profile."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [
        found(), *QUIET, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},1200",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--virtual-time-budget=20000",
        "--dump-dom", file.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")
