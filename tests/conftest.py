from collections.abc import Callable
from typing import Any

import pytest

from building import Case


@pytest.fixture
def case() -> Case:
    """An empty case in memory."""
    return Case()


@pytest.fixture
def new_case() -> Callable[..., Case]:
    """Makes empty cases in memory."""

    def made(**options: Any) -> Case:
        return Case(**options)

    return made
