"""Concentrations, in cells and in descriptions."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.concentration import Concentration, find_concentration, parse_concentration

texts = st.text() | st.text("0123456789.,%٪-–+<>≥ nNwv/()minax±", max_size=24)


def concentration(low, high=None, basis="unstated"):
    return Concentration(Decimal(low), Decimal(low if high is None else high), basis)


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35 %", concentration("35")),
        ("35%", concentration("35")),
        ("%35", concentration("35")),
        ("% 35", concentration("35")),
        ("35％", concentration("35")),
        ("٣٥٪", concentration("35")),
        ("35 percent", concentration("35")),
        ("35 per cent", concentration("35")),
        ("35 Prozent", concentration("35")),
        ("yüzde 35", concentration("35")),
        ("35 процентов", concentration("35")),
        ("35 pour cent", concentration("35")),
        ("35 por ciento", concentration("35")),
        ("35 في المائة", concentration("35")),
        ("0 %", concentration("0")),
        ("100%", concentration("100")),
        ("34.4 %", concentration("34.4")),
        ("34,4 %", concentration("34.4")),
        ("30-32%", concentration("30", "32")),
        ("30 % – 32 %", concentration("30", "32")),
        ("%30-%32", concentration("30", "32")),
        ("30 to 32 %", concentration("30", "32")),
        ("30 ila 32 %", concentration("30", "32")),
        ("30 до 32 %", concentration("30", "32")),
        ("35 ± 1 %", concentration("34", "36")),
        ("min. 30 % max. 32 %", concentration("30", "32")),
        ("> 99 %", concentration("99", "100")),
        ("≥99%", concentration("99", "100")),
        ("min. 99%", concentration("99", "100")),
        ("99% min", concentration("99", "100")),
        ("99+%", concentration("99", "100")),
        ("en az %99", concentration("99", "100")),
        ("mind. 99 %", concentration("99", "100")),
        ("не менее 99 %", concentration("99", "100")),
        ("max. 5 %", concentration("0", "5")),
        ("< 5 %", concentration("0", "5")),
        ("en fazla %5", concentration("0", "5")),
        ("ca. 35 %", concentration("35")),
        ("60% w/w", concentration("60", basis="w/w")),
        ("60 % (m/m)", concentration("60", basis="w/w")),
        ("60 wt.%", concentration("60", basis="w/w")),
        ("35 Gew.-%", concentration("35", basis="w/w")),
        ("ağırlıkça %35", concentration("35", basis="w/w")),
        ("35 мас. %", concentration("35", basis="w/w")),
        ("35% by weight", concentration("35", basis="w/w")),
        ("35 % en poids", concentration("35", basis="w/w")),
        ("5% v/v", concentration("5", basis="v/v")),
        ("40 Vol.-%", concentration("40", basis="v/v")),
        ("hacimce %40", concentration("40", basis="v/v")),
        ("5% w/v", concentration("5", basis="w/v")),
        ("N 34.4%", concentration("34.4", basis="nitrogen")),
        ("34,4 % N", concentration("34.4", basis="nitrogen")),
        ("N: min. 34.4 %", concentration("34.4", "100", "nitrogen")),
        ("%34,4 azot", concentration("34.4", basis="nitrogen")),
        ("Stickstoff 34,4 %", concentration("34.4", basis="nitrogen")),
        ("азот 34,4 %", concentration("34.4", basis="nitrogen")),
        ("350 ppm", concentration("0.035")),
        ("350 mg/kg", concentration("0.035", basis="w/w")),
        ("35 ‰", concentration("3.5")),
        ("35 % (d=1.13)", concentration("35")),
        ("purity 99.5 %", concentration("99.5")),
    ],
)
def test_parse_concentration(text, expected, decimal):
    assert parse_concentration(text, decimal) == expected


@pytest.mark.parametrize(
    "text",
    [
        None, "", "35", "0.35", "d=1.2", "1.2 g/cm3", "density 1.2", "5 g/l", "5 mol/l", "27-0-0", "101 %",
        "-5 %", "-5%",
        "32-30%", "35 % 40 %", "1234 %", "1.2.3 %", "abc %", "%", "2000000 ppm", "35% discount", "%18 KDV",
    ],
)  # fmt: skip
def test_no_concentration(text):
    assert parse_concentration(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.35", concentration("0.35")),
        ("35", concentration("35")),
        ("30-32", concentration("30", "32")),
        (">99", concentration("99", "100")),
        ("35 %", concentration("35")),
        ("101", None),
        ("-5", None),
        ("1 2", None),
        ("35 kg", None),
        ("03.04.2025", None),
    ],
)
def test_bare_numbers_are_per_cent_where_asked(text, expected):
    assert parse_concentration(text, bare=True) == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Cleaning solution 35%, 12 x 1 L", concentration("35")),
        ("Solution %35 200 L varil", concentration("35")),
        ("Çözelti %35 (KDV %20 hariç)", concentration("35")),
        ("Solution 35%, 10 % discount", concentration("35")),
        ("30% deposit; solution 35 percent", concentration("35")),
        ("UN 1234 solution - 35%", concentration("35")),
        ("CAS 0000-00-0 35%", concentration("35")),
        ("Lösung 35 %ig im Kanister", concentration("35")),
        ("Раствор 35% канистра 30 л", concentration("35")),
        ("محلول ٣٥٪ ٣٠ لتر", concentration("35")),
        ("Fertiliser, N 34.4%, 25 kg bags", concentration("34.4", basis="nitrogen")),
        ("Fertiliser 34,4 % N 600kg big bag", concentration("34.4", basis="nitrogen")),
        ("Solvent 60% n-type", concentration("60")),
        ("Solution 35% w/w, stabiliser 1%", concentration("35", basis="w/w")),
        ("Solution 35 % (35%)", concentration("35")),
        ("Solvent, purity 100 %", concentration("100")),
    ],
)
def test_find_concentration(description, expected):
    assert find_concentration(description) == expected


@pytest.mark.parametrize(
    "description",
    [
        None, "", "Solution in drums", "Solution 35", "-20% Rabatt auf alles", "Now -20%", "+5 % more",
        "10 % discount",
        "Paint, up to 35% off", "100% cotton T-shirt", "Cotton 60%, polyester 40%", "%100 pamuk",
        "100% original",
        "Gloves 100 %", "30% deposit", "MwSt 19 %", "%20 KDV", "скидка 10 %", "خصم 10 %",
        "51 % share of a firm",
        "10 % discount on 35% solution", "Blend 60% 40%", "chloride 5 ppm", "relative humidity 80 %", "35% " * 40,
    ],
)  # fmt: skip
def test_find_nothing(description):
    assert find_concentration(description) is None


@settings(deadline=None)
@given(texts, st.sampled_from([".", ","]), st.booleans())
def test_any_text_gives_a_share_or_none(text, decimal, bare):
    for found in (parse_concentration(text, decimal, bare=bare), find_concentration(text, decimal)):
        assert found is None or 0 <= found.low <= found.high <= 100


@settings(deadline=None)
@given(st.decimals(0, 100, allow_nan=False, places=2), st.sampled_from([".", ","]))
def test_round_trip(value, decimal):
    text = str(value).replace(".", decimal)
    expected = concentration(value)
    assert parse_concentration(f"{text} %", decimal) == expected
    assert parse_concentration(f"%{text}", decimal) == expected
    assert parse_concentration(text, decimal, bare=True) == expected
    assert find_concentration(f"Goods {text}% in drums", decimal) == (expected if value < 100 else None)
