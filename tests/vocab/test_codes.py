from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab import codes

READERS = [codes.cas, codes.cas_problem, codes.hs_digits, codes.hs6, codes.un_number, codes.container]


@pytest.mark.parametrize(
    "text",
    [
        "7732-18-5", "7732–18–5", "7732 18 5", " 7732 - 18 - 5 ", "0007732-18-5", "7732185", "CAS 7732-18-5",
        "CAS-No.: 7732-18-5", "CAS7732-18-5", "٧٧٣٢-١٨-٥", "７７３２－１８－５",
    ],
)  # fmt: skip
def test_a_cas_number_is_read_in_any_dress(text: str) -> None:
    assert codes.cas(text) == "7732-18-5"
    assert codes.cas_problem(text) is None


def test_a_wrong_check_digit_is_named() -> None:
    assert codes.cas("7732-18-4") is None
    assert codes.cas_problem("7732-18-4") == "check digit is 4, but the other digits call for 5"


@pytest.mark.parametrize("text", ["", "water", "7-18-5", "77321234-18-5", "7732-185", "casx 7732-18-5", None])
def test_what_is_not_written_as_a_cas_number(text: str | None) -> None:
    assert codes.cas(text) is None
    assert "not written as a CAS number" in str(codes.cas_problem(text))


@given(st.from_regex(r"[1-9][0-9]{1,6}-[0-9]{2}", fullmatch=True))
def test_one_check_digit_in_ten_is_right(stem: str) -> None:
    right = [digit for digit in range(10) if codes.cas(f"{stem}-{digit}") is not None]
    assert len(right) == 1


@pytest.mark.parametrize(
    ("text", "digits", "six"),
    [
        ("3212.90", "321290", "321290"),
        ("3212 90 00 00", "3212900000", "321290"),
        ("HS 321290", "321290", "321290"),
        ("HS321290", "321290", "321290"),
        ("HS-Code: 3212.90", "321290", "321290"),
        ("GTİP 3212.90.00.00.00", "321290000000", "321290"),
        ("ТН ВЭД 3212 90 000 0", "3212900000", "321290"),
        ("ex 3212 90", "321290", "321290"),
        ("٣٢١٢٩٠", "321290", "321290"),
        ("3212", "3212", None),
        ("9801.00", "980100", "980100"),
        # What spreadsheets make of codes: leading and trailing zeros are gone, or there is a decimal zero.
        ("10121", "010121", "010121"),
        ("1012100", "01012100", "010121"),
        ("101210000", "0101210000", "010121"),
        ("101.2", "010120", "010120"),
        ("3212.9", "321290", "321290"),
        ("321290.0", "321290", "321290"),
    ],
)
def test_a_tariff_code_keeps_its_digits(text: str, digits: str, six: str | None) -> None:
    assert codes.hs_digits(text) == digits
    assert codes.hs6(text) == six


@pytest.mark.parametrize(
    "text", ["", "32", "321", "00123456", "UN 2014", "HSX 321290", "321290, 321210", "3.2E9", "12345678901234", None]
)
def test_what_is_no_tariff_code(text: str | None) -> None:
    assert codes.hs_digits(text) is None
    assert codes.hs6(text) is None


@pytest.mark.parametrize("text", ["UN 2014", "UN2014", "un-no. 2014", "UN: 2014", "2014", "2014.0", "٢٠١٤", "ООН 2014"])
def test_a_un_number_is_four_digits(text: str) -> None:
    assert codes.un_number(text) == "2014"


@pytest.mark.parametrize("text", ["", "201", "20145", "UN 0000", "HS 2014", "2014-01", None])
def test_what_is_no_un_number(text: str | None) -> None:
    assert codes.un_number(text) is None


def test_a_container_number_needs_its_check_digit() -> None:
    assert codes.container("csqu 305438-3") == codes.container("CSQU3054383") == "CSQU3054383"
    assert codes.container("CSQU3054384") is None
    assert codes.container("a container") is None


@given(st.one_of(st.text(), st.from_regex(r"\A[\d.\s-]{3,14}\Z")))
@settings(deadline=None)
def test_reading_never_raises_and_is_stable(text: str) -> None:
    for read in READERS:
        found = read(text)
        if found is not None and read is not codes.cas_problem:
            assert read(found) == found
