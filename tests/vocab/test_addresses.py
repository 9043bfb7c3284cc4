"""Parts of addresses in seven languages, how far two agree, keys, and weak addresses. All are made up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.addresses import Address, agreement, is_weak, key, parse
from narrows.vocab.text import clean

words = st.sampled_from(
    ["Örnek", "Cad.", "No:", "12/A", "Sok", "Kilis", "ул.", "д.", "5", "شارع", "ص.ب", "حلب", ",", "/", "-", "c/o",
     "Apt", "P.O. Box", "34", "Plot", "Free Zone", "Berlin", "10115", "Str.", "B Blok", "", "\u202e", "😀"]
)  # fmt: skip
lines = st.text() | st.lists(words, max_size=14).map(" ".join)
columns = st.sampled_from([None, "", "Kilis", "Akçakale/Urfa", "x"])


def parts(address: Address) -> dict[str, Any]:
    """The parts that were read, without the words and what was stated."""
    kept = ("street", "quarter", "numbers", "building", "unit", "postcode", "po_box")
    return {name: getattr(address, name) for name in kept if getattr(address, name)}


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Örnek Mah. Pamuk Cad. No:5/3 Akçakale/Şanlıurfa", "TR",
         {"street": "pamuk", "quarter": "ornek", "numbers": ("5",), "unit": "3"}),
        ("ÖRNEK MAHALLESİ PAMUK CADDESİ NO: 5 D:3", "Türkiye",
         {"street": "pamuk", "quarter": "ornek", "numbers": ("5",), "unit": "3"}),
        ("1453. Sok. No:12/A Kat:3 Daire 5, 63500 Akçakale", "TR",
         {"street": "1453", "numbers": ("12a",), "unit": "5", "postcode": "63500"}),
        ("Örnek OSB 83247 Nolu Cad. No:12 Şehitkamil Gaziantep", "TR",
         {"street": "83247", "quarter": "ornek", "numbers": ("12",)}),
        ("Örnek Organize Sanayi Bölgesi 5. Cadde No 7", "TR", {"street": "5", "quarter": "ornek", "numbers": ("7",)}),
        ("A Blok No:5 Örnek San. Sit. Kilis", "TR", {"quarter": "ornek", "numbers": ("5",), "building": "a"}),
        ("12 Example Street, London NW1 6XE", "GB", {"street": "example", "numbers": ("12",), "postcode": "nw1 6xe"}),
        ("Flat 5, 22B Example Rd., London", None, {"street": "example", "numbers": ("22b",), "unit": "5"}),
        ("Street 20, Building 5, Doha", None, {"street": "20", "building": "5"}),
        ("5th Avenue 350, New York", None, {"street": "5", "numbers": ("350",)}),
        ("Office 1204, Example Tower, Sample Road, Dubai", "AE",
         {"street": "sample", "building": "example", "unit": "1204"}),
        ("Beispielstraße 5 a, 10115 Berlin", "DE", {"street": "beispiel", "numbers": ("5a",), "postcode": "10115"}),
        ("12 rue de la Gare, 75010 Paris", "FR", {"street": "de la gare", "numbers": ("12",), "postcode": "75010"}),
        ("г. Москва, ул. Примерная, д. 5, корп. 2, кв. 10", None,
         {"street": "примерная", "numbers": ("5",), "building": "2", "unit": "10"}),
        ("Примерная ул., 5, Москва", "RU", {"street": "примерная", "numbers": ("5",)}),
        ("حلب - شارع المثال - بناية الورد - طابق 3", None, {"street": "المثال", "building": "الورد"}),
        ("ص.ب ١٢٣٤ دمشق", None, {"po_box": "1234"}),
        ("P.O. Box 16111, Dubai, UAE", None, {"po_box": "16111"}),
        ("PK 34 Mersin", "TR", {"po_box": "34"}),
        ("", None, {}),
    ],
)  # fmt: skip
def test_the_parts_of_an_address(text: str, country: str | None, expected: dict[str, Any]) -> None:
    assert parts(parse(text, None, country)) == expected


@pytest.mark.parametrize(
    ("text", "city", "country", "place"),
    [
        ("Örnek Cad. 5 Akçakale/Şanlıurfa", None, None, "324944"), ("Örnek Cad. 5", "Akçakale", "TR", "324944"),
        ("Örnek Cad. 5, Akçakale", "Şanlıurfa", "TR", "324944"), ("Urfa Cad. 5", "Kilis", "TR", "TR.90"),
        ("Urfa Cad. 5", None, "TR", None), ("دمشق - شارع المثال", None, None, "SY.13"),
        ("ul. Primernaya 5", "Moscow 121096", "Russia", "524901"),
        ("Example St 5", "Culiacan, Sinaloa", "MX", "4012176"),
        ("St. Petersburg", None, "RU", "498817"), (None, None, None, None),
    ],
)  # fmt: skip
def test_the_place_of_an_address(text: str | None, city: str | None, country: str | None, place: str | None) -> None:
    found = parse(text, city, country).place
    assert (found.id if found else None) == place


@pytest.mark.parametrize(
    ("one", "other", "low", "high", "why"),
    [
        ("Pamuk Cad. No:5 Akçakale/Urfa", "PAMUK CADDESI 5, Akcakale", 0.9, 1, "same street and number"),
        ("Pamuk Cad. No:5 D:1 Kilis", "Pamuk Cad. No:5 D:2 Kilis", 0.7, 0.9, "another unit"),
        ("Pamuk Cad. No:5 Kilis", "Pamuk Cad. No:5/A Kilis", 0.7, 0.8, "another entrance"),
        ("Pamuk Cad. No:5 Kilis", "Pamuk Cad. No:7 Kilis", 0.2, 0.4, "another number"),
        ("Pamuk Cad. No:5 Kilis", "Keten Cad. No:5 Kilis", 0, 0.2, "same province only"),
        ("Pamuk Cad. No:5 Kilis", "Kilis", 0, 0.2, "same province only"),
        ("Pamuk Cad. No:5 Kilis", "Pamuk Cad. No:5 Edirne", 0, 0, "different towns, "),
        ("Pamuk Cad. No:5 Kadıköy İstanbul", "Pamuk Cad. No:5 Pendik İstanbul", 0.3, 0.5, "in neighbouring towns"),
        ("Pamuk Cad. No:5 Kadıköy İstanbul", "Pamuk Cad. No:5 İstanbul", 0.7, 0.9, "names no town"),
        ("Pamuk Cad. No:5", "Pamuk Cad. No:5", 0.4, 0.6, "a town is not known"),
        ("Akçakale", "Tall Abyad", 0, 0, "different countries"),
        ("Akçakale", "Akçakale", 0.1, 0.3, "same town only"),
        ("Office 1204, Example Business Centre, Dubai", "Office 77 Example Business Center Dubai", 0.2, 0.3, "centre"),
        ("P.O. Box 16111, JAFZA, Dubai", "PO Box 16111 Jebel Ali Free Zone, Dubai", 0.2, 0.3, "free zone"),
        ("P.O. Box 161, Amman", "PO Box 161 Amman", 0.6, 0.8, "same PO box"),
        ("Beispielstr. 5, 10115 Berlin, Germany", "Beispielstraße 5, Berlin", 0.9, 1, "same street and number"),
        ("10115 Berlin, Germany", "Beispielhaus 10115 Berlin, Germany", 0.4, 0.5, "same postcode"),
        ("شارع المثال بناية الورد حلب", "حلب - شارع المثال - بناية الورد", 0.6, 0.8, "same building"),
        ("г. Москва, ул. Примерная, д. 5", "Примерная ул., 5, Москва", 0.9, 1, "same street and number"),
        ("Plot 17 Block 4 Umm Qasr", "Umm Qasr block 4 plot 17", 0.8, 0.9, "the same words and numbers"),
        ("", "Pamuk Cad. No:5 Kilis", 0, 0, "nothing to compare"),
    ],
)  # fmt: skip
def test_how_far_two_addresses_agree(one: str, other: str, low: float, high: float, why: str) -> None:
    worth, reason = agreement(parse(one), parse(other))
    assert low <= worth <= high
    assert why in reason


def test_different_towns_are_told_with_their_distance() -> None:
    verdict = agreement(parse("Örnek Cad. 5", "Mersin", "TR"), parse("Örnek Cad. 5", "Edirne", "TR"))
    assert verdict == (0.0, "different towns, 881 km apart")


@pytest.mark.parametrize(
    "spellings",
    [
        ["Pamuk Cad. No:5 Akçakale/Şanlıurfa", "PAMUK CADDESİ 5, URFA", "Örnek Mah. Pamuk Cd. No 5 D:7 63500 Akcakale"],
        ["г. Москва, ул. Примерная, д. 5, кв. 3", "Примерная ул., 5, Москва"],
        ["Beispielstr. 5, Berlin", "Beispielstraße 5, 10115 Berlin"],
        ["P.O. Box 16111, Jebel Ali, Dubai", "PO BOX 16111 Dubai"],
    ],
)  # fmt: skip
def test_spellings_of_one_address_have_one_key(spellings: list[str]) -> None:
    keys = {key(parse(text)) for text in spellings}
    assert len(keys) == 1
    assert None not in keys


@pytest.mark.parametrize("text", ["", "Kilis", "Pamuk Cad. Kilis", "Pamuk Cad. No:5", "No 5 Kilis", "P.O. Box 16111"])
def test_too_little_has_no_key(text: str) -> None:
    assert key(parse(text)) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("P.O. Box 16111, Dubai", "PO box"), ("ص.ب 1234 دمشق", "PO box"),
        ("c/o Example Logistics, Liman Cad. 3", "care of"),
        ("Office 5, Jebel Ali Free Zone", "free zone"), ("Mersin Serbest Bölgesi", "free zone"),
        ("Suite 5, Example Business Centre", "rented"), ("Sanal Ofis, Örnek Cad. 5", "rented"),
        ("Örnek Gümrükleme, Liman Cad. 3", "customs broker"), ("Example Cargo Terminal", "forwarder"),
        ("P.O. Box 16111, Example Street 5, Dubai", None), ("Gümrük Cad. 5 Mersin", None), ("Pamuk Cad. 5", None),
        ("", None), (None, None),
    ],
)  # fmt: skip
def test_weak_addresses(text: str | None, why: str | None) -> None:
    reason = is_weak(text)
    assert (reason is None) if why is None else (reason is not None and why in reason)


@settings(deadline=None)
@given(lines, columns, lines, columns)
def test_agreement_is_symmetric_and_within_bounds(one: str, city: str | None, other: str, town: str | None) -> None:
    a, b = parse(one, city, "TR"), parse(other, town)
    assert agreement(a, b) == agreement(b, a)
    worth, reason = agreement(a, b)
    assert 0 <= worth <= 1
    assert reason


@settings(deadline=None)
@given(lines, columns)
def test_cleaning_changes_no_key_and_nothing_raises(text: str, city: str | None) -> None:
    text = clean(text) or ""
    assert key(parse(text, city)) == key(parse(clean(f" {text} "), city))
    is_weak(text)


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "No 5 " * 2_000, "1/2-" * 2_500, "😀" * 10_000, "\x00\u202e" * 5_000, "," * 10_000]
)
def test_long_texts_are_read_in_part(text: str) -> None:
    assert len(parse(text).tokens) <= 80
    is_weak(text)
