from __future__ import annotations

import pytest

from narrows.vocab.grades import credibility, reliability


@pytest.mark.parametrize(
    "text", ["B", "b", "B2", "B - usually reliable", "usually reliable", "B: Usually reliable", "b-2"]
)
def test_reliability(text: str) -> None:
    assert reliability(text) == "B"


@pytest.mark.parametrize("text", ["2", "B2", "2 - probably true", "probably true", "F 2"])
def test_credibility(text: str) -> None:
    assert credibility(text) == "2"


@pytest.mark.parametrize("text", [None, "", "G", "7", "good", "Bad", "12", "reliable"])
def test_what_is_no_grade(text: str | None) -> None:
    assert reliability(text) is None and credibility(text) is None
