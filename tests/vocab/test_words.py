from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab import words
from narrows.vocab.text import fold


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("privat", "public"), ("PRIVATKUNDE", "public"), ("Verbraucher", "public"), ("consumer", "public"),
        ("частное лицо", "public"), ("tüketici", "public"), ("consommateur", "public"),
        ("consumidor final", "public"), ("مستهلك", "public"), ("Privat (B2C)", "public"),
        ("gewerblich", "professional_user"), ("yetkili kullanıcı", "professional_user"),
        ("professional user", "professional_user"), ("bayi", "economic_operator"),
        ("reseller", "economic_operator"), ("Wiederverkäufer", "economic_operator"),
        ("дилер", "economic_operator"), ("unbekannt", "unknown"), ("bilinmiyor", "unknown"),
        ("Business", "professional_user"), ("işletme", "professional_user"),
        ("Gewerbe", "professional_user"), ("affaires", "professional_user"), ("negocio", "professional_user"),
        ("бизнес", "professional_user"), ("أعمال", "professional_user"),
        ("not for private use", None), ("privat / gewerblich", None), ("company", None), ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_the_status_of_a_buyer(text: str | None, status: str | None) -> None:
    assert words.buyer_status(text) == status


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("group", "group"), ("Tochtergesellschaft", "group"), ("Konzernkasse", "treasury"),
        ("faktoring", "factoring"), ("acente", "agency"), ("Streckengeschäft", "drop-ship"),
        ("fason üretim", "toll-processing"), ("antrepo", "warehouse"), ("franchise", "franchise"),
        ("hissedar", "owner"), ("учредитель", "owner"), ("Geschäftsführer", "officer"),
        ("مدير عام", "officer"), ("cousin", None), (None, None),
    ],
)  # fmt: skip
def test_how_two_parties_are_linked(text: str | None, link: str | None) -> None:
    assert words.relation(text) == link


@pytest.mark.parametrize(
    ("text", "answer"),
    [("evet", True), ("Ja", True), ("ДА", True), ("نعم", True), ("1", True), ("✓", True), ("✔\ufe0f", True),
     ("hayır", False), ("Nein", False), ("нет", False), ("لا", False), ("0", False), ("✗", False),
     ("x", None), ("ja/nein", None), ("", None), (None, None)],
)  # fmt: skip
def test_yes_and_no(text: str | None, answer: bool | None) -> None:
    assert words.yes_no(text) is answer


@pytest.mark.parametrize(
    ("text", "kind"),
    [("tüzel kişi", "organisation"), ("Company", "organisation"), ("юридическое лицо", "organisation"),
     ("gerçek kişi", "person"), ("natürliche Person", "person"), ("individual", "person"), ("vessel", None),
     (None, None)],
)  # fmt: skip
def test_the_kind_of_a_party(text: str | None, kind: str | None) -> None:
    assert words.party_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "per_cent"),
    [("51 %", "51"), ("%51", "51"), ("51", "51"), ("51,5", "51.5"), ("33,333 %", "33.333"), ("0.51", "51"),
     ("0,51", "51"), ("0.51 %", "0.51"), ("1 %", "1"), ("100", "100"), ("1/2", "50"), ("½", "50"),
     ("1/3", "33.333333"), ("٥١٪", "51"), ("yüzde 51", "51"), ("51 Prozent", "51")],
)  # fmt: skip
def test_a_share_is_per_cent(text: str, per_cent: str) -> None:
    assert words.share(text) == Decimal(per_cent)


@pytest.mark.parametrize(
    "text", ["1", "1.00", "0", "100.5", "-5", "3/2", "1/0", "> 25 %", "25-50 %", "1.000.000", "half", "", None]
)
def test_what_is_no_share_or_may_be_two(text: str | None) -> None:
    assert words.share(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("FOB", "FOB"), ("fob Example Port", "FOB"), ("CIF Example Port (Incoterms 2020)", "CIF"),
     ("C&F", "CFR"), ("ab Werk", "EXW"), ("Ex-Works", "EXW"), ("delivered FOB port", "FOB"),
     ("cost, insurance and freight", "CIF"), ("DDU", "DDU"), ("FOB / CIF", None), ("frei Haus", None),
     ("", None), (None, None)],
)  # fmt: skip
def test_delivery_terms(text: str | None, code: str | None) -> None:
    assert words.delivery_terms(text) == code


def test_no_spelling_stands_for_two_values() -> None:
    for section, values in words._table().items():
        owners: dict[str, set[str]] = {}
        for value, spellings in values.items():
            for spelling in spellings:
                owners.setdefault(fold(spelling), set()).add(value)
        assert {key: found for key, found in owners.items() if len(found) > 1 or not key} == {}, section


def test_every_value_of_a_closed_list_is_read_as_itself() -> None:
    assert {value: words.buyer_status(value) for value in get_args(words.BuyerStatus)} == {
        value: value for value in get_args(words.BuyerStatus)
    }
    assert set(words._table()["buyer_status"]) == set(get_args(words.BuyerStatus))
    assert set(words._table()["relation"]) == set(get_args(words.Relation))
    assert all(words.relation(value) == value for value in get_args(words.Relation))
    assert all(words.party_kind(value) == value for value in get_args(words.PartyKind))
    assert all(words.delivery_terms(value) == value for value in words._table()["delivery_terms"])


@given(st.one_of(st.text(), st.from_regex(r"\A[%\d.,/ ]{1,9}\Z")))
@settings(deadline=None)
def test_reading_never_raises(text: str) -> None:
    for read in (words.buyer_status, words.relation, words.yes_no, words.party_kind, words.delivery_terms):
        read(text)
    share = words.share(text)
    assert share is None or 0 < share <= 100
