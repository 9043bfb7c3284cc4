from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab import money


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EUR", "EUR"), ("eur", "EUR"), (" Usd ", "USD"), ("TL", "TRY"), ("T.L.", "TRY"), ("₺", "TRY"),
        ("€", "EUR"), ("£", "GBP"), ("₽", "RUB"), ("US$", "USD"), ("us $", "USD"), ("CA$", "CAD"),
        ("Türk Lirası", "TRY"), ("TÜRK LİRASI", "TRY"), ("Turkish lira", "TRY"), ("türkische Lira", "TRY"),
        ("livre turque", "TRY"), ("lira turca", "TRY"), ("турецкая лира", "TRY"), ("ليرة تركية", "TRY"),
        ("ABD Doları", "USD"), ("доллар США", "USD"), ("دولار أمريكي", "USD"), ("Dhs", "AED"),
        ("د.إ", "AED"), ("RMB", "CNY"), ("евро", "EUR"), ("DEM", "DEM"), ("zł", "PLN"),
    ],
)  # fmt: skip
def test_a_currency_is_known_by_code_sign_and_name(text: str, code: str) -> None:
    assert money.currency(text) == code


@pytest.mark.parametrize("text", ["", "$", "¥", "dollar", "lira", "kr", "XXX", "XTS", "QQQ", "12 EUR", None])
def test_what_is_unknown_or_shared_is_none(text: str | None) -> None:
    assert money.currency(text) is None


def test_names_in_seven_languages_lead_to_their_code() -> None:
    for language in money._LANGUAGES:
        names = Locale(language).currencies
        for code in ("USD", "EUR", "GBP", "TRY", "RUB", "AED", "CNY", "CHF"):
            assert money.currency(names[code]) == code


def test_the_file_names_known_currencies_only() -> None:
    assert set(money._signs().values()) | set(money._names().values()) <= money._codes()


@given(st.text())
@settings(deadline=None)
def test_reading_never_raises_and_is_stable(text: str) -> None:
    code = money.currency(text)
    assert code is None or money.currency(code) == code
