from __future__ import annotations

import pytest

from narrows.report import ftm_values as values


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" Alder\u200b \n Ltd ", "Alder Ltd"),
        ("\"'Alder' Ltd\"", "'Alder' Ltd"),
        ("''", None),
        ("Cafe\u0301", "Café"),
        ("a" * 385, None),
        (None, None),
    ],
)
def test_names(written: str | None, read: str | None) -> None:
    assert values.name(written) == read


@pytest.mark.parametrize(
    ("written", "city", "read"),
    [
        ("1 Quay Street", "Example Port", "1 Quay Street, Example Port"),
        ("1 Quay Street, EXAMPLE PORT", "Example Port", "1 Quay Street, EXAMPLE PORT"),
        ("1 Quay Street;\r\n2nd floor,, ", None, "1 Quay Street, 2nd floor"),
        ("1 Offa Street", "Of", "1 Offa Street, Of"),
        (None, "Example Port", "Example Port"),
        ("1 Quay Street", None, "1 Quay Street"),
        ("x" * 251, None, None),
        ("x" * 2_000, "Example Port", None),
    ],
)
def test_addresses(written: str | None, city: str | None, read: str | None) -> None:
    assert values.address(written, city) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("www.alder.example", "http://www.alder.example/"),
        ("HTTPS://Alder.example:8080?x=1#y", "https://alder.example:8080/?x=1#y"),
        ("alder.example/en", "http://alder.example/en"),
        ("mailto:info@alder.example", None),
        ("ftp://alder.example", None),
        ("http://alder.example:99999", None),
        ("see brochure", None),
        ("alder", None),
    ],
)
def test_web_addresses(written: str, read: str | None) -> None:
    assert values.url(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Info@Alder.example.", "Info@alder.example"),
        ("mailto:info@alder.example", "info@alder.example"),
        ("info@alder.example, sales@alder.example", None),
        ("info@alder", None),
        ("info at alder.example", None),
    ],
)
def test_mail_addresses(written: str, read: str | None) -> None:
    assert values.email(written) == read


def test_a_telephone_number_is_of_the_country_beside_it() -> None:
    assert values.phone("030 901820", "Germany", "TR") == "+4930901820"
    assert values.phone("030 901820", None, "DE") == "+4930901820"
    assert values.phone("030 901820", None, None) is None
