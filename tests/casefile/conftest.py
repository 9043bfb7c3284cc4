from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from narrows.casefile.store import Store, create
from narrows.settings import Settings

NOON = Settings(who="R. Reader", epoch=1_750_000_000, threads=1)


@pytest.fixture
def settings() -> Settings:
    """Settings of a run at a fixed moment."""
    return NOON


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new, empty case."""
    found = create(tmp_path / "case", NOON)
    yield found
    found.close()
