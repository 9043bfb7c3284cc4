from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.errors import IndicatorProblem
from narrows.screen.rules.says import columns_of, sentence


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("{x}", None, "unknown"),
        ("{x}", "Blue Harbour", "Blue Harbour"),
        ("{x}", 12345, "12345"),
        ("{x}", 0.1, "0.1"),
        ("{x}", 3.0, "3"),
        ("{x}", -0.0, "0"),
        ("{x}", 1e21, "1000000000000000000000"),
        ("{x}", Decimal("12.5000"), "12.5"),
        ("{x}", date(2024, 3, 1), "2024-03-01"),
        ("{x}", True, "yes"),
        ("{x}", float("nan"), "unknown"),
        ("{x:.0f}", 2.5, "3"),
        ("{x:.1f}", Decimal("-0.04"), "0.0"),
        ("{x:,.0f}", 6000.4, "6,000"),
        ("{x:,.2f}", 1234567, "1,234,567.00"),
        ("{x:.1f}", None, "unknown"),
        ("{x:.0f}", 1.7e308, str(17 * 10**307)),
        ("{x} and {x}", "a", "a and a"),
    ],
)
def test_a_fact_is_shown(template, value, said):
    assert sentence(template, {"x": value}) == said


@pytest.mark.parametrize(
    "template",
    [
        "{x.__class__}", "{x[0]}", "{x!r}", "{0}", "{}", "{x:>10}", "{x:,}", "{x:.1%}", "{x:.9f}", "{x:{y}}", "{ x }",
        "{x", "x}", "{{x}}", "{X}", "{x:.1e}", "{x:.١f}", "{х}", "{x\n}", "{__x}", "%(x)s {",
    ],
)  # fmt: skip
def test_nothing_else_may_stand_in_braces(template):
    with pytest.raises(IndicatorProblem):
        columns_of(template)
    with pytest.raises(IndicatorProblem):
        sentence(template, {"x": "a", "y": "b", "0": "c"})


def test_a_fact_is_never_read_as_a_template():
    assert sentence("{x} {y}", {"x": "{y}", "y": "{x.__class__}"}) == "{y} {x.__class__}"


def test_a_fact_cannot_break_or_reorder_the_sentence():
    assert sentence("{x} paid", {"x": "a\r\nb\x00\u202ec\u2066"}) == "a b c paid"


def test_a_text_is_not_rounded_and_a_missing_fact_is_named():
    with pytest.raises(IndicatorProblem, match="not a number"):
        sentence("{x:.1f}", {"x": "12"})
    with pytest.raises(IndicatorProblem, match="names y"):
        sentence("{x} {y}", {"x": 1})


def test_columns_are_named():
    assert columns_of("{a} of {b_2:.1f}, {a}: 5 %") == {"a", "b_2"}


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("{}x:.,1f!r[]_ a"), max_size=12))
def test_a_template_is_refused_or_filled_to_the_end(template):
    try:
        said = sentence(template, {"x": 1.5, "a": 2, "f": 3, "r": 4})
    except IndicatorProblem:
        return
    assert "{" not in said and "}" not in said
