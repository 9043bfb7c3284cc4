import pytest

GOODS = "description hs cas un concentration"
FOUND = "SELECT substance, certainty, restricted_list, regulated, above_limit, low, high FROM derived.goods"


def recognised(case, *line, **mapping):
    case.load("orders", GOODS, line, **mapping)
    case.resolve()
    return case.rows(FOUND)[-1]


def test_named_above_the_limit(case):
    found = recognised(case, "nitric acid", None, "7697-37-2", None, "53 %")
    assert found == ("nitric-acid", "certain", True, True, True, 53.0, 53.0)


def test_a_decimal_comma_in_the_concentration(case):
    assert recognised(case, "nitric acid", None, None, None, "2,9", decimal=",")[4:] == (False, 2.9, 2.9)


def test_at_the_limit_is_not_above_it(case):
    assert recognised(case, "nitric acid", None, None, None, "3 %")[4] is False


def test_the_concentration_named_in_the_description(case):
    assert recognised(case, "nitric acid 53%", None, None, None, None)[4:6] == (True, 53.0)


def test_an_unknown_concentration_is_neither_above_nor_below(case):
    assert recognised(case, "nitric acid", None, None, None, None) == (
        "nitric-acid",
        "certain",
        True,
        True,
        None,
        None,
        None,
    )


def test_goods_on_no_list_are_known_to_be_on_none(case):
    assert recognised(case, "garden chairs", None, None, None, None)[:5] == (None, None, False, False, None)


def test_a_code_alone_leaves_it_open(case):
    substance, certainty, restricted, regulated, *_ = recognised(case, None, "2808.00", None, None, None)
    assert (substance, certainty, restricted, regulated) == (None, "candidate", None, None)


@pytest.mark.parametrize(
    ("hs", "heading", "hs6"), [("3102.30", "3102", "310230"), ("3102", "3102", None), (None, "2808", None)]
)
def test_the_class_is_the_code_as_declared_else_that_of_the_substance(case, hs, heading, hs6):
    recognised(case, "nitric acid", hs, None, None, None)
    assert case.rows("SELECT heading, hs6 FROM derived.goods") == [(heading, hs6)]


def test_each_written_form_is_recognised_once_and_stays(case):
    for _ in range(2):
        case.load("orders", "description", ["acetone"], ["acetone"], ["bolts"])
        case.resolve()
    assert case.rows("SELECT description, substance FROM derived.goods ORDER BY 1") == [
        ("acetone", "acetone"),
        ("bolts", None),
    ]
    assert case.column("SELECT count(*) FROM derived.item JOIN derived.goods USING (goods)") == [6]


def test_keys_of_goods_beyond_63_bits(case):
    case.load("orders", "description", *([f"part {n}"] for n in range(40)))
    assert case.column("SELECT max(goods) > 9223372036854775807 FROM derived.goods") == [True]
    case.resolve()
    assert case.column("SELECT count(*) FROM derived.goods WHERE why IS NOT NULL") == [40]
    # One new form with a large key: its bound does not fit into what is lent to SQL.
    for n in range(6):
        case.load("orders", "description", [f"other part {n}"])
        case.resolve()
    assert case.column("SELECT count(*) FROM derived.goods WHERE why IS NOT NULL") == [46]


def test_cells_of_goods_that_cannot_be_read_are_named(case):
    case.load("orders", "description cas hs concentration", ["acetone", "7697-37-3", "85xx", "ca. viel"])
    case.load("orders", "description cas hs concentration", ["acetone", "67-64-1", "291411", "99 %"])
    case.resolve()
    assert case.rows("SELECT field, text FROM derived.unread_value ORDER BY field") == [
        ("cas", "7697-37-3"), ("concentration", "ca. viel"), ("hs", "85xx"),
    ]  # fmt: skip
