"""Quantities and their units."""

import tomllib
from collections import Counter
from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.text import fold
from narrows.vocab.units import NO_CONTENT, NO_COUNT, NO_UNIT, TOO_LARGE, TWO_WAYS, Quantity, parse_quantity, unit

texts = st.text() | st.text("0123456789., x×*/()kgltoebasLeachof-٣شт€à", max_size=24)
amounts = st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=2)


@pytest.mark.parametrize(
    ("text", "measure", "amount"),
    [
        ("25 kg", "kg", "25"),
        ("25kg", "kg", "25"),
        ("25 Kgs.", "kg", "25"),
        ("KG 25", "kg", "25"),
        ("-25 kg", "kg", "-25"),
        (".5 kg", "kg", "0.5"),
        ("1,000.5 kg", "kg", "1000.5"),
        ("1 000 kg", "kg", "1000"),
        ("25 ㎏", "kg", "25"),
        ("6 t", "kg", "6000"),
        ("6 to", "kg", "6000"),
        ("6 MT", "kg", "6000"),
        ("500 g", "kg", "0.5"),
        ("5 mg", "kg", "0.000005"),
        ("10 lbs", "kg", "4.5359237"),
        ("2 short tons", "kg", "1814.36948"),
        ("500 ml", "l", "0.5"),
        ("5 Lt", "l", "5"),
        ("2 m³", "l", "2000"),
        ("2 cbm", "l", "2000"),
        ("5 US gallons", "l", "18.92705892"),
        ("5 US gal.", "l", "18.92705892"),
        ("5 imperial gallons", "l", "22.73045"),
        ("5 KGM", "kg", "5"),
        ("5 TNE", "kg", "5000"),
        ("5 GRM", "kg", "0.005"),
        ("5 LTR", "l", "5"),
        ("5 MLT", "l", "0.005"),
        ("5 C62", "pieces", "5"),
        ("5 H87", "pieces", "5"),
        ("5 NAR", "pieces", "5"),
        ("5 PCE", "pieces", "5"),
        ("12 adet", "pieces", "12"),
        ("100 Stk", "pieces", "100"),
        ("100 Stück", "pieces", "100"),
        ("3 шт.", "pieces", "3"),
        ("3 قطع", "pieces", "3"),
        ("3 pièces", "pieces", "3"),
        ("3 uds.", "pieces", "3"),
        ("12 each", "pieces", "12"),
        ("5 dozen", "pieces", "60"),
        ("5 düzine", "pieces", "60"),
        ("12 gross", "pieces", "1728"),
        ("3 pairs", "pieces", "6"),
        ("٥ كجم", "kg", "5"),
        ("5 طن", "kg", "5000"),
        ("5 тонн", "kg", "5000"),
        ("5 toneladas", "kg", "5000"),
        ("40 x 25 kg bags", "kg", "1000"),
        ("40x25kg", "kg", "1000"),
        ("40 × 25 kg", "kg", "1000"),
        ("40 25kg bags", "kg", "1000"),
        ("25 kg x 40 bags", "kg", "1000"),
        ("40 x 25 kg/bag", "kg", "1000"),
        ("40 bags of 25 kg", "kg", "1000"),
        ("40 bags (25 kg each)", "kg", "1000"),
        ("40 çuval x 25 kg", "kg", "1000"),
        ("40 adet 25 kg'lık çuval", "kg", "1000"),
        ("25 kg'lık 40 çuval", "kg", "1000"),
        ("40 Säcke à 25 kg", "kg", "1000"),
        ("40 Säcke zu je 25 kg", "kg", "1000"),
        ("40 мешков по 25 кг", "kg", "1000"),
        ("40 sacs de 25 kg", "kg", "1000"),
        ("40 كيس × 25 كجم", "kg", "1000"),
        ("2 pallets x 20 bags x 25 kg", "kg", "1000"),
        ("2 dozen x 25 kg", "kg", "600"),
        ("10 drums of 200 L", "l", "2000"),
        ("4 IBC x 1000 L", "l", "4000"),
        ("1 IBC 1000 L", "l", "1000"),
        ("10 boxes of 12 pcs", "pieces", "120"),
        ("5 boxes of 2 dozen", "pieces", "120"),
        ("1000 kg in 40 bags", "kg", "1000"),
        ("1000 kg / 40 bags", "kg", "1000"),
        ("1000 kg (40 x 25 kg)", "kg", "1000"),
    ],
)
def test_converted(text, measure, amount):
    quantity = parse_quantity(text)
    assert (quantity.measure, quantity.amount, quantity.note) == (measure, Decimal(amount), "")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("40", NO_UNIT),
        ("40 x 25", NO_UNIT),
        ("2 IBC", NO_CONTENT),
        ("2 drums", NO_CONTENT),
        ("40 çuval", NO_CONTENT),
        ("5 Fässer", NO_CONTENT),
        ("3 мешка", NO_CONTENT),
        ("3 براميل", NO_CONTENT),
        ("7 XBG", NO_CONTENT),
        ("40 adet çuval", NO_CONTENT),
        ("2 pallets x 40 bags", NO_CONTENT),
        ("25 kg bags", NO_COUNT),
        ("25 kg/bag", NO_COUNT),
        ("bag of 25 kg", NO_COUNT),
        ("2 500 ml bottles", NO_COUNT),
        ("40 bags (25 kg)", TWO_WAYS),
        ("2 IBC 1000 L", TWO_WAYS),
        ("1000 kg (40 x 20 kg)", TWO_WAYS),
        ("10 à 25 kg", TWO_WAYS),
        ("2 t 500 kg", TWO_WAYS),
        ("10 pcs x 12 pcs", TWO_WAYS),
        ("999999999999999999 t", TOO_LARGE),
        ("25 foo", "the unit 'foo' is not known"),
        ("25 EUR", "the unit 'EUR' is not known"),
    ],
)
def test_not_converted_and_says_why(text, note):
    quantity = parse_quantity(text)
    assert (quantity.measure, quantity.amount, quantity.note) == (None, None, note)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 gallon", "imperial"),
        ("5 x 10 gal drums", "imperial"),
        ("5 Pfund", "several sizes"),
        ("5 bbl", "barrel"),
        ("5 MG", "megagrams"),
        ("5 m", "length"),
        ("5 sets", "set"),
        ("5 g/l", "rate"),
    ],
)
def test_unclear_units_say_what_is_unclear(text, words):
    quantity = parse_quantity(text)
    assert quantity.measure is None
    assert words in quantity.note


@pytest.mark.parametrize(
    "text",
    [
        None, "", "abc", "-", "20-25 kg", "20 to 25 kg", "20 bis 25 kg", "20 kg - 25 kg", "6 to 8 kg",
        "> 25 kg", "25 %",
        "€ 25", "1.2.3 kg", "1 x 2 x 3 x 4 x 5 kg", "Art. 5 kg", "9" * 200,
    ],
)  # fmt: skip
def test_no_quantity(text):
    assert parse_quantity(text) is None


def test_value_and_unit_are_as_written():
    assert parse_quantity("40 x 25 kg bags") == Quantity(Decimal(40), "25 kg bags", "kg", Decimal(1000), "")
    assert parse_quantity("1.000,00 KG", ",") == Quantity(Decimal("1000.00"), "KG", "kg", Decimal(1000), "")
    assert parse_quantity("KG 25").unit == "KG"
    assert parse_quantity("10 drums of 200 L").unit == "drums of 200 L"


def test_decimal_sign():
    assert parse_quantity("1,5 t", ",").amount == 1500
    assert parse_quantity("1.500 kg", ",").amount == 1500
    assert parse_quantity("1.500 kg", ".").amount == Decimal("1.5")
    assert parse_quantity("1,5 t", ".") is None


@pytest.mark.parametrize(
    ("text", "given", "amount", "written"),
    [
        ("40", "kg", 40, "kg"),
        ("40", "TNE", 40_000, "TNE"),
        ("40", "25 kg bag", 1000, "25 kg bag"),
        ("40", "çuval (25 kg)", 1000, "çuval (25 kg)"),
        ("40 x 25", "kg", 1000, "25"),
        ("1E+03", "kg", 1000, "kg"),
        ("40 t", "kg", 40_000, "t"),
        ("40", "bag", None, "bag"),
        ("40 bags", "kg", None, "bags"),
        ("40", " ", None, ""),
    ],
)
def test_given_unit_is_for_bare_numbers(text, given, amount, written):
    quantity = parse_quantity(text, unit=given)
    assert (quantity.amount, quantity.unit) == (amount, written)


def test_remarks_are_noted_and_the_mass_stays():
    gross, about = parse_quantity("100 kg gross"), parse_quantity("approx. 25 kg")
    assert (gross.amount, gross.note) == (100, "stated as gross")
    assert (about.amount, about.note) == (25, "stated as approximate")
    assert parse_quantity("Net weight: 25 kg").note == "stated as net"
    assert parse_quantity("gross 100").measure is None
    assert (parse_quantity("6 tons").amount, parse_quantity("6 tons").note[:6]) == (6000, '"ton" ')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t", ("kg", 1000)),
        ("Kilogramm", ("kg", 1)),
        ("DZN", ("pieces", 12)),
        ("25 kg bag", ("kg", 25)),
        ("bag of 25 kg", ("kg", 25)),
        ("0,5 l", ("l", Decimal("0.5"))),
        ("1.000 kg", None),
        ("kg gross", ("kg", 1)),
        ("bag", None),
        ("gallon", None),
        ("kg/m3", None),
        ("", None),
        ("foo", None),
    ],
)
def test_unit(text, expected):
    assert unit(text) == expected


@settings(deadline=None)
@given(texts, st.sampled_from([".", ","]), st.none() | texts)
def test_any_text_gives_a_quantity_or_none(text, decimal, given_unit):
    quantity = parse_quantity(text, decimal, given_unit)
    if quantity is not None:
        assert (quantity.measure is None) == (quantity.amount is None)
        assert quantity.measure is not None or quantity.note
    assert unit(text) is None or unit(text)[1] > 0


@settings(deadline=None)
@given(amounts, st.sampled_from(["kg", "t", "L", "pcs", "foo", "bag", "gal", "to", "Mg"]))
def test_the_short_way_reads_as_the_long_way_does(value, word):
    assert parse_quantity(f"{value} {word}") == parse_quantity(f"total {value} {word}")


@settings(deadline=None)
@given(st.integers(1, 999), amounts.filter(bool))
def test_count_times_content(count, content):
    written = (f"{count} x {content} kg", f"{count} bags of {content} kg", f"{content} kg x {count}")
    assert {parse_quantity(text).amount for text in written} == {count * content}


def test_no_word_of_the_table_has_two_meanings():
    table = tomllib.loads(resources.files("narrows.vocab").joinpath("units.toml").read_text(encoding="utf-8"))
    meanings = Counter[str]()
    for kind in ("unit", "unclear", "other", "package"):
        for entry in table[kind]:
            meanings.update({fold(word) for word in entry.get("words", ())})
    assert [word for word, count in meanings.items() if count > 1] == []
    assert "" not in meanings
