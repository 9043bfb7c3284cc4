"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.numbers import guess_decimal, parse_number

texts = st.text() | st.text("0123456789.,'’ -−()eE$€%/x٣٫٬\u00a0\u202fUSD", max_size=20)
numbers = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=3)


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1234", "1234", "1234"),
        ("1.234", "1.234", "1234"),
        ("1,234", "1234", "1.234"),
        ("1,234.56", "1234.56", None),
        ("1.234,56", None, "1234.56"),
        ("1.234.567", None, "1234567"),
        ("12,34,567.8", "1234567.8", None),
        ("1 234,5", None, "1234.5"),
        ("1\u00a0234.5", "1234.5", None),
        ("1\u202f234\u202f567", "1234567", "1234567"),
        ("1'234'567.80", "1234567.80", None),
        ("1’234’567", "1234567", "1234567"),
        ("0012", "12", "12"),
        (".5", "0.5", None),
        ("$1,000", "1000", "1.000"),
        ("US$ 5", "5", "5"),
        ("5 EUR", "5", "5"),
        ("EUR5", "5", "5"),
        ("TL 5", "5", "5"),
        ("1 000 000 руб.", "1000000", "1000000"),
        ("-5", "-5", "-5"),
        ("5-", "-5", "-5"),
        ("− 5", "-5", "-5"),
        ("(5)", "-5", "-5"),
        ("-$5", "-5", "-5"),
        ("$-5", "-5", "-5"),
        ("+5", "5", "5"),
        ("-0", "0", "0"),
        ("5,-", None, "5"),
        ("١٢٣٫٥", "123.5", "123.5"),
        ("١٬٢٣٤", "1234", "1234"),
        ("۱۲۳", "123", "123"),
        ("1e3", "1000", "1000"),
        ("1.5E+05", "150000", None),
        ("2e-3", "0.002", "0.002"),
        ("999999999999999999", "999999999999999999", "999999999999999999"),
    ],
)
def test_parse_number(text, point, comma):
    assert parse_number(text, ".") == (None if point is None else Decimal(point))
    assert parse_number(text, ",") == (None if comma is None else Decimal(comma))


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize(
    "text",
    [
        None, "", " ", "-", ".", ",", "abc", "NaN", "inf", "Infinity", "1e999", "1e18", "1e-999",
        "1000000000000000000",
        "1.2.3", "1,2,3", "1,23,4", "1.234.56", "1 2", "12 34", "1,234 567", "0,123,456", "03.04.2025",
        "2025-04-03",
        "3/4/25", "10:30", "25 kg", "5%", "5 5", "(-5)", "--5", "-5-", "(5", "5)", "5e", "e5", "0x10",
        "1_000", "½", "5 XYZ",
        "$", "5,--,", "12.05.20", "9" * 90, "१२",
    ],
)  # fmt: skip
def test_no_number(text, decimal):
    assert parse_number(text, decimal) is None


def test_written_digits_are_kept():
    assert str(parse_number("1,50", ",")) == "1.50"
    assert str(parse_number("(0.12345678901234567890123456789012345)", ".")) == "-0.12345678901234567890123456789012345"
    assert str(parse_number("1e5", ".")) == "100000"


@settings(deadline=None)
@given(texts, st.sampled_from([".", ","]))
def test_any_text_gives_a_bounded_number_or_none(text, decimal):
    number = parse_number(text, decimal)
    assert number is None or (number.is_finite() and abs(number) < 10**18)


@settings(deadline=None)
@given(numbers, st.sampled_from([".", ","]), st.sampled_from(["", "mark", " ", "\u202f", "'"]))
def test_round_trip(number, decimal, mark):
    mark = {"mark": "," if decimal == "." else "."}.get(mark, mark)
    text = f"{number:,f}".replace(",", "\0").replace(".", decimal).replace("\0", mark)
    assert parse_number(text, decimal) == number


@settings(deadline=None)
@given(texts)
def test_the_sign_never_changes_whole_numbers(text):
    if "." not in text and "," not in text:
        assert parse_number(text, ".") == parse_number(text, ",")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        (["1234", "", "abc"], None),
        (["1.234", "5.678"], None),
        (["1.234", "5.67"], "."),
        (["0.125"], "."),
        (["1.234", "1.234.567"], ","),
        (["1.234,50", "12"], ","),
        (["25,5 kg", "3 kg"], ","),
        (["1 234,50 €"], ","),
        (["12,34,567"], "."),
        (["03.04.2025", "13.04.2025"], None),
        (["1.", "2."], None),
        (["1,5", "1.5"], None),
        (["1,5"] * 40 + ["1.5"], ","),
    ],
)
def test_guess_decimal(values, expected):
    assert guess_decimal(values) == expected


@settings(deadline=None)
@given(
    st.lists(numbers.filter(lambda number: number != number.to_integral_value()), min_size=1),
    st.sampled_from([".", ","]),
)
def test_guess_is_right_where_thousands_are_set_off(values, decimal):
    other = "," if decimal == "." else "."
    column = [f"{v:,f}".replace(",", "\0").replace(".", decimal).replace("\0", other) for v in values]
    assert guess_decimal(column) in (decimal, None)
    assert guess_decimal([*column, f"1{other}234{decimal}5"]) == decimal


@settings(deadline=None)
@given(st.lists(texts, max_size=5))
def test_guess_takes_any_texts(values):
    assert guess_decimal(values) in (".", ",", None)
