from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab import places
from narrows.vocab.text import fold


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TR", "TR"), ("tr", "TR"), ("TUR", "TR"), ("Türkiye", "TR"), ("TÜRKİYE", "TR"), ("turkiye", "TR"),
        ("Turkey", "TR"), ("Турция", "TR"), ("تركيا", "TR"), ("T.C.", "TR"), ("TC", "TC"), ("U.K.", "GB"),
        ("uk", "GB"), ("UAE", "AE"), ("BAE", "AE"), ("الإمارات", "AE"), ("Holland", "NL"), ("USA", "US"),
        ("ABD", "US"), ("U.S.", "US"), ("South Korea", "KR"), ("Korea, Republic of", "KR"),
        ("Korea, Democratic People's Republic of", "KP"), ("Almanya", "DE"), ("Allemagne", "DE"),
        ("Alemania", "DE"), ("المانيا", "DE"), ("COTE D'IVOIRE", "CI"), ("Congo - Kinshasa", "CD"),
        ("XK", "XK"), ("EL", "GR"), ("Türkiye (TR)", "TR"), ("DE / Germany", "DE"), ("TR - Türkiye", "TR"),
        ("Trinidad and Tobago", "TT"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_code_and_by_name(text: str, code: str) -> None:
    assert places.country(text) == code


@pytest.mark.parametrize(
    "text", ["", " ", "XA", "XZ", "ZZ", "XX", "EU", "Korea", "America", "792", "DDR", "Georgia, USA", "Atlantis", None]
)
def test_what_is_unknown_or_may_be_two_countries_is_none(text: str | None) -> None:
    assert places.country(text) is None


def test_every_country_is_known_by_both_codes_and_by_its_name_in_seven_languages() -> None:
    known = places._titles()
    assert len(known) == 250  # 249 of ISO 3166-1, and Kosovo
    assert len(places._codes()) == 2 * len(known)
    for language in places._LANGUAGES:
        names = Locale(language).territories
        assert {code: places.country(names[code]) for code in known} == {code: code for code in known}


def test_no_spelling_in_the_file_stands_for_two_countries() -> None:
    table = tomllib.loads(resources.files("narrows.vocab").joinpath("places.toml").read_text(encoding="utf-8"))
    owners: dict[str, set[str]] = {}
    for code, names in table["names"].items():
        assert code in places._titles()
        for name in names:
            owners.setdefault(fold(name).replace(" ", ""), set()).add(code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_a_code_has_an_english_title() -> None:
    assert places.country_title("TR") == "Türkiye"
    assert places.country_title("QQ") == "QQ"


@given(st.text())
@settings(deadline=None)
def test_reading_never_raises_and_is_stable(text: str) -> None:
    code = places.country(text)
    assert code is None or places.country(code) == code
