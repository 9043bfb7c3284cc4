import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.screen.rules.contract import read_indicator, shipped
from narrows.screen.rules.header import BrokenIndicator


def broken(text: str) -> BrokenIndicator:
    with pytest.raises(BrokenIndicator) as caught:
        read_indicator(text, path="order/large-order.sql")
    assert caught.value.hint
    return caught.value


def test_a_file_is_read(text):
    indicator = read_indicator(text, path="order/large-order.sql")
    assert (indicator.id, indicator.code, indicator.family) == ("order.large-order", "ORD-99", "ORD")
    assert indicator.params == {"least": 100}
    assert [example.expect for example in indicator.examples] == ["hit", "clear", "not evaluable", "not concerned"]
    assert indicator.examples[1].record == 2
    assert indicator.examples[0].rows["item"][0]["quantity"] == 6000.0
    assert text.split("\n")[indicator.sql_line - 1] == "SELECT"
    assert text.split("\n")[indicator.examples[1].line - 1] == "[[examples]]"


def test_the_hash_knows_the_text_and_not_its_newlines(text):
    windows = read_indicator(text.replace("\n", "\r\n"), path="a/b.sql")
    assert windows.hash == hashlib.sha256(text.encode()).hexdigest()
    assert read_indicator(text + " ", path="a/b.sql").hash != windows.hash


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('title = "A large order"', 'titel = "A large order"', 4, "unknown key 'titel'"),
        ('title = "A large order"', "title = 7", 4, "title must be text"),
        ('title = "A large order"', 'title = " "', 4, "title must be text"),
        ('kind = "soft"', 'kind = "hard"', 5, "kind must be one of gate, soft"),
        ('kind = "soft"', 'kind = ["soft"]', 5, "kind must be one of"),
        ('id = "order.large-order"', 'id = "order/large-order"', 2, "is not of the form"),
        ('code = "ORD-99"', 'code = "ord-99"', 3, "is not of the form"),
        ('cites = ["A', 'cites = [1, "A', 8, "cites must be text"),
        ('clears = ["The contract behind the order."]', "clears = []", 11, "at least 1"),
        ('over = "item"', 'over = "entity"', 13, "no view with a record"),
        ('over = "item"', 'over = "evidence.record"', 13, "no view with a record"),
        ('needs = ["quantity"]', 'needs = ["weight"]', 16, "'weight' is no column of view.item"),
        ('needs = ["quantity"]', 'needs = ["quantity", "quantity"]', 16, "twice"),
        ('needs = ["quantity"]', 'needs_records = ["letters"]', 16, "'letters' is no kind of records"),
        ('says = "{buyer}', 'says = "{buyer!r}', 12, "field that is not allowed"),
        ("least = 100", "least = nan", 19, "params.least is no finite number"),
        ("least = 100", "least = 2024-01-01", 19, "params.least is no finite number"),
        ("least = 100", "least = []", 19, "params.least is no finite number"),
        ("least = 100", '"a b" = 100', 18, "is not of small letters"),
        ("record = 2\n", "record = true\n", 31, "whole number"),
        ("record = 2\n", "record = 9\n", 31, "no row of item with record = 9"),
        ("record = 2\n", "row = 2\n", 31, "unknown key 'row'"),
        ('expect = "clear"', 'expect = "maybe"', 30, "expect must be one of"),
        ("regulated = true}]", "regulated = 1}]", 37, "item.regulated = 1 is not BOOLEAN"),
        ("buyer = 10, regulated = true}]", "bayer = 10}]", 37, "view.item has no column 'bayer'"),
        ("regulated = true}]", "regulated = true}, {}]", 37, "none of them empty"),
        ('title = "A large order"', 'title = "A', 4, "not TOML"),
    ],
)
def test_what_breaks_the_contract_is_named_with_its_line(text, old, new, line, message):
    problem = broken(text.replace(old, new))
    assert message in problem.bare
    assert (problem.path, problem.line) == ("order/large-order.sql", line)
    assert f"order/large-order.sql:{line}: " in str(problem)


def test_a_missing_key_is_named(text):
    lines = [line for line in text.split("\n") if not line.startswith("means")]
    assert broken("\n".join(lines)).bare == "the key 'means' is missing"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.removeprefix("/* ---\n"),
        lambda text: "\n" + text,
        lambda text: text.replace("--- */", "*/"),
        lambda text: text.replace("means = ", "# */ SELECT 1; /*\nmeans = "),
        lambda text: "",
    ],
)
def test_the_header_is_one_comment(text, change):
    broken(change(text))


def test_a_key_inside_a_long_text_has_no_line(text):
    long = text.replace('clears = ["The', 'clears = ["""\nsays = 1\n""", "The').replace("{buyer} ordered", "{buyer!s}")
    problem = broken(long)
    assert long.split("\n")[problem.line - 1].startswith('says = "{buyer!s}')


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_file_is_refused_or_read_and_nothing_else(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damaged = text[:start] + data.draw(st.text(max_size=10)) + text[end:]
    try:
        read_indicator(damaged, path="a/b.sql")
    except BrokenIndicator as problem:
        assert 1 <= problem.line <= damaged.replace("\r", "\n").count("\n") + 1


def test_what_ships_is_sorted_by_code():
    codes = [indicator.code for indicator in shipped()]
    assert codes == sorted(set(codes))
