from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.vocab.degrees import degrees


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("36.2021", 36.2021), ("-36,2021", -36.2021), ("36°12'07.6\"N", 36.20211), ("N 36 12.127", 36.20212),
        ("77° 30' W", -77.5), ("S36.5", -36.5), ("٣٦.٥", 36.5), ("0", 0.0),
    ],
)  # fmt: skip
def test_degrees_as_reports_write_them(text: str, value: float) -> None:
    assert degrees(text) == pytest.approx(value, abs=1e-5)


@pytest.mark.parametrize("text", [None, "", "north", "36 61", "N36N", "181", "36.5 30", "7° O", "-5 S", "1" * 50])
def test_what_is_no_such_thing(text: str | None) -> None:
    assert degrees(text) is None


@given(st.floats(-180, 180, allow_nan=False))
def test_decimal_degrees_come_back(value: float) -> None:
    assert degrees(f"{value:.6f}") == pytest.approx(value, abs=1e-6)


@given(st.text(max_size=45))
def test_anything_can_be_read(text: str) -> None:
    found = degrees(text)
    assert found is None or -180 <= found <= 180
