from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from narrows.casefile.engine import Engine
from narrows.load.cast import Cell, cast, cast_quantity, cleaned, is_dirty, quantity_join, text_of
from narrows.model.mapping import Mapping
from narrows.vocab.numbers import parse_number
from narrows.vocab.units import parse_quantity

ROWS = exp.alias_(exp.to_table("given"), "r", table=True)
TEXT, UNIT = exp.column("c0", table="r"), exp.column("c1", table="r")


def given_rows(*rows):
    engine = Engine(threads=1)
    engine.run("CREATE TABLE given (n INTEGER, c0 VARCHAR, c1 VARCHAR)")
    for n, row in enumerate(rows):
        engine.run("INSERT INTO given VALUES (?, ?, ?)", [n, *row])
    return engine


def read(kind, texts, **mapping):
    """The typed values of texts, in order, and those that could not be read."""
    engine = given_rows(*((text, None) for text in texts))
    done = cast(engine, ROWS, Cell("field", kind, TEXT, ("c0",)), Mapping("orders", {}, **mapping), "looked")
    query = exp.select(done.value.as_("v")).from_(ROWS).order_by("r.n")
    if done.lookup is not None:
        query = query.join(
            exp.to_table(f"temp.{done.lookup}"), on=exp.column("text", table="looked").eq(TEXT), join_type="left"
        )
    values = [v for (v,) in engine.rows(query)]
    assert len(values) == len(texts)
    return values, done.unread


def test_text_is_left_alone():
    assert read("text", ["x", None]) == (["x", None], ())


def test_plain_numbers_need_no_look_up():
    engine = given_rows(("1.5", None), (None, None))
    assert cast(engine, ROWS, Cell("amount", "number", TEXT, ("c0",)), Mapping("orders", {}), "looked").lookup is None


def test_numbers_that_sql_cannot_read_are_parsed_and_the_rest_is_named():
    values, unread = read("number", ["1", "1,234.50", "(5)", "five", None, "1e999"])
    assert values == [Decimal("1"), Decimal("1234.5"), Decimal("-5"), None, None, None]
    assert unread == ("1e999", "five")


def test_a_dot_groups_thousands_where_the_comma_is_the_decimal_sign():
    assert read("number", ["1.234", "1,5", "1.234,5"], decimal=",")[0] == [1234, Decimal("1.5"), Decimal("1234.5")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2024-02-29T23:59:59", "2024-02-29"),
        ("29.02.2024", "2024-02-29"),
        ("2023-02-29", None),
        ("1066-10-14", None),
        ("9999-12-31", None),
    ],
)
def test_dates(text, day):
    (value,), unread = read("date", [text])
    assert (None if value is None else value.isoformat()) == day
    assert unread == (() if day is not None else (text,))


def test_masses_take_the_unit_of_the_mapping_and_their_own_first():
    values, unread = read("mass", ["2", "2 kg", "500 g", "2 pcs"], units={"field": "t"})
    assert values == [2000.0, 2.0, 0.5, None]
    assert unread == ("2 pcs",)


def test_yes_and_no():
    assert read("yes-no", ["yes", "Nein", "perhaps"]) == ([True, False, None], ("perhaps",))


def test_an_exponent_is_no_reason_to_round_up():
    assert read("number", ["5e-6", "1.5E2", "2"]) == ([Decimal("0.0000"), Decimal("150.0000"), Decimal("2.0000")], ())


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("0123456789.,-+e ", max_size=9), max_size=6), st.sampled_from([".", ","]))
def test_the_fast_expression_agrees_with_the_parser(texts, decimal):
    texts = [text.strip() for text in texts if text.strip()]
    values, _ = read("number", texts, decimal=decimal)
    for text, value in zip(texts, values, strict=True):
        parsed = parse_number(text, decimal)
        if parsed is not None and abs(parsed) < 10**13:
            assert value is not None
            assert abs(value - parsed) <= Decimal("0.00005"), text


QUANTITIES = [
    ("5", "kg"), ("5", "t"), ("5", None), ("5", "sack"), ("40 x 25 kg", None), ("40 x 25 kg", "t"), ("2 IBC", None),
    ("1,5", "l"), (None, "kg"), (None, None), ("5 kg", "sack"), ("1.000.000", "pcs"), ("-", "kg"),
]  # fmt: skip


@pytest.mark.parametrize("decimal", [".", ","])
def test_quantities_agree_with_the_parser_and_keep_their_rows(decimal):
    engine = given_rows(*QUANTITIES, *QUANTITIES)
    mapping = Mapping("orders", {}, decimal=decimal)
    done = cast_quantity(engine, ROWS, TEXT, UNIT, mapping, "looked")
    on = quantity_join(TEXT, UNIT, mapping, "looked")
    query = exp.select(done.amount.as_("a"), done.measure.as_("m")).from_(ROWS).order_by("r.n")
    rows = engine.rows(query.join(exp.to_table("temp.looked"), on=on, join_type="left"))
    assert len(rows) == 2 * len(QUANTITIES)
    for (text, unit), (amount, measure) in zip([*QUANTITIES, *QUANTITIES], rows, strict=True):
        meant = parse_quantity(text, decimal, unit) if text is not None else None
        if meant is None or meant.amount is None:
            assert (amount, measure) == (None, None)
        else:
            assert (amount, measure) == (pytest.approx(float(meant.amount)), meant.measure)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a ", "a"), ("\ta\n", "a"), ("\u00a0a\u00a0", "a"), ("a  b", "a  b"), ("nano", "nano"),
        ("N/A", None), (" - ", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_cleaning(cell, text):
    engine = given_rows((cell, None))
    dirty, found = engine.row(exp.select(is_dirty(TEXT, ()), cleaned(TEXT, ())).from_(ROWS))
    assert found == text
    assert bool(dirty) == (cell != text)


def test_words_for_nothing_of_the_mapping_come_on_top():
    engine = given_rows(("-0-", None))
    assert engine.row(exp.select(cleaned(TEXT, ["-0-"]), is_dirty(TEXT, ["-0-"])).from_(ROWS)) == (None, True)


def test_na_is_a_country():
    engine = given_rows(("NA", None))
    found = engine.row(
        exp.select(cleaned(TEXT, (), type_="country"), cleaned(TEXT, ["NA"], type_="country")).from_(ROWS)
    )
    assert found == ("NA", None)


def test_a_field_in_two_columns_is_one_text():
    engine = given_rows(("1 Quay Street", "Floor 2"), (None, "Floor 2"), (None, None))
    found = engine.rows(exp.select(text_of([TEXT, UNIT])).from_(ROWS).order_by("n"))
    assert found == [("1 Quay Street, Floor 2",), ("Floor 2",), (None,)]


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "-Infinity"])
def test_what_is_no_number_is_named(text):
    engine = given_rows((text, None))
    found = cast(
        engine, ROWS, Cell("amount", "number", cleaned(TEXT, (), type_="number"), ("c0",)), Mapping("orders", {}), "t"
    )
    assert found.unread == (text,)
    quantity = cleaned(TEXT, (), type_="quantity")
    assert cast_quantity(engine, ROWS, quantity, UNIT, Mapping("orders", {}), "q").unread
    assert engine.row(exp.select("amount").from_("q")) == (None,)


def test_nan_is_nothing_among_texts_and_where_the_mapping_says_so():
    engine = given_rows(("NaN", None))
    found = engine.row(exp.select(cleaned(TEXT, ()), cleaned(TEXT, ["nan"], type_="number")).from_(ROWS))
    assert found == (None, None)
