import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import Case, record
from narrows.load import rebuild

ORDERS = "document_no date seller.name buyer.name consignee.name description quantity unit amount currency"
FULL = ["1001", "03.04.2025", "Alder Ltd", "Birch Ltd", "Cedar Ltd", "steel bolts", "5", "kg", "10.50", "EUR"]


def test_one_row_is_one_line_with_one_party_for_each_written_form(case):
    counts = case.load("orders", ORDERS, FULL, FULL)
    assert counts == {"item": 2, "parties": 3, "unread values": 0, "empty records": 0}
    assert case.rows("SELECT name, role, mentions, record FROM derived.party ORDER BY name") == [
        ("Alder Ltd", "seller", 2, record(1, 0)),
        ("Birch Ltd", "buyer", 2, record(1, 0)),
        ("Cedar Ltd", "consignee", 2, record(1, 0)),
    ]
    assert case.rows("SELECT record, date, quantity, measure, amount, currency FROM derived.item ORDER BY record") == [
        (record(1, n), datetime.date(2025, 4, 3), 5.0, "kg", Decimal("10.5000"), "EUR") for n in (0, 1)
    ]


def test_many_odd_cells_never_multiply_rows(case):
    rows = [
        [str(n), date, "Alder Ltd", "Birch Ltd", None, "bolts", quantity, unit, amount, currency]
        for n, (date, quantity, unit, amount, currency) in enumerate(
            [
                ("3 April 2025", "40 x 25 kg", None, "1 234.50", "euro"),
                ("3 April 2025", "40 x 25 kg", "kg", "1 234.50", "euro"),
                ("?", "5", "sack", "x", "?"),
                ("?", "5", None, "x", "?"),
                (None, None, "kg", None, None),
                (None, "1.000 pcs", "sack", "", "-"),
            ]
        )
    ]
    assert case.load("orders", ORDERS, *rows, *rows)["item"] == 12
    assert case.column("SELECT count(DISTINCT record) FROM derived.item") == [12]


def test_one_party_in_two_roles_of_a_row_is_one_form(case):
    case.load("orders", "document_no buyer.name consignee.name", ["1", "Birch Ltd", "Birch Ltd"])
    assert case.rows("SELECT name, role, mentions FROM derived.party") == [("Birch Ltd", "buyer", 2)]
    assert case.rows("SELECT buyer = consignee FROM derived.item") == [(True,)]


def test_an_address_alone_is_nobody_and_says_nothing(case):
    counts = case.load("orders", "document_no buyer.name buyer.address", ["1", None, "1 Quay Street"], ["2", "", "-"])
    assert counts["item"] == counts["parties"] == 0
    assert case.rows("SELECT record, reason FROM derived.empty_record ORDER BY record") == [
        (record(1, n), "neither a party nor goods") for n in (0, 1)
    ]


def test_goods_without_parties_and_parties_without_goods_are_both_lines(case):
    counts = case.load(
        "orders", "buyer.name description amount", [None, "bolts", "1"], ["Birch", None, "1"], [None, None, "1"]
    )
    assert (counts["item"], counts["empty records"]) == (2, 1)


def test_a_deal_is_one_sellers_document(case):
    case.load(
        "orders",
        "document_no seller.name description",
        ["1001", "Alder Ltd", "bolts"],
        ["1001", "Alder Ltd", "nuts"],
        ["1001", "Birch Ltd", "bolts"],
        [None, "Alder Ltd", "bolts"],
        [None, "Alder Ltd", "bolts"],
    )
    deals = case.column("SELECT deal FROM derived.item ORDER BY record")
    assert deals[0] == deals[1]
    assert len(set(deals)) == 4
    assert deals[3:] == [record(1, 3), record(1, 4)]


def test_the_same_number_in_two_parts_is_two_deals(case):
    for _ in range(2):
        case.load("orders", "document_no description", ["1001", "bolts"])
    assert case.column("SELECT count(DISTINCT deal) FROM derived.item") == [2]


def test_loading_a_part_again_changes_nothing(case):
    case.load("orders", ORDERS, FULL, ["1", "?", None, None, None, None, "2 bags", None, None, None])
    tables = ("item", "party", "goods", "unread_value", "empty_record", "column_use")
    before = {t: case.rows(f"SELECT * FROM derived.{t} ORDER BY ALL") for t in tables}
    case.resolve()
    rebuild(case.store)
    for table in tables:
        if table != "goods":
            assert case.rows(f"SELECT * FROM derived.{table} ORDER BY ALL") == before[table]
    assert case.column("SELECT count(*) FROM derived.goods") == [1]


@pytest.mark.parametrize(("order", "day"), [("day-first", "2025-04-03"), ("month-first", "2025-03-04")])
def test_dates_are_read_in_the_order_of_the_mapping(case, order, day):
    case.load("orders", "date description", ["03/04/2025", "bolts"], date_order=order)
    assert case.rows("SELECT date::VARCHAR FROM derived.item") == [(day,)]


def test_decimal_commas(case):
    case.load(
        "orders",
        "description amount quantity unit net_mass",
        ["a", "1.234,56", "1,5", "t", "0,25"],
        ["b", "1234", "2.000", "kg", "12"],
        decimal=",",
        units={"net_mass": "t"},
    )
    assert case.rows("SELECT amount, quantity, net_mass FROM derived.item ORDER BY record") == [
        (Decimal("1234.5600"), 1500.0, 250.0),
        (Decimal("1234.0000"), 2000.0, 12000.0),
    ]


def test_small_quantities_in_large_units_are_not_rounded_away(case):
    case.load(
        "orders", "description quantity unit net_mass", ["a", "0.00004", "t", "0.000025"], units={"net_mass": "t"}
    )
    assert case.rows("SELECT quantity, net_mass FROM derived.item") == [(pytest.approx(0.04), pytest.approx(0.025))]


def test_numbers_beyond_reason_are_named_and_not_kept(case):
    counts = case.load("orders", "description amount quantity unit", ["a", "1e999", "9" * 30, "kg"])
    assert case.rows("SELECT amount, quantity FROM derived.item") == [(None, None)]
    assert counts["unread values"] == 2


def test_each_unread_cell_is_named_once_and_no_other(case):
    case.load(
        "orders",
        "description date quantity unit",
        ["a", "31.02.2025", "5", "sack"],
        ["b", "01.02.2025", "5 kg", "sack"],
        ["c", "", None, "sack"],
        ["d", None, "2 bags", "kg"],
        ["e", "n/a", "7", None],
        ["f", "01.02.2025", "7", "kg"],
    )
    assert case.rows('SELECT record, "column", text, reason FROM derived.unread_value ORDER BY record, field') == [
        (record(1, 0), "date", "31.02.2025", "no date"),
        (record(1, 0), "quantity, unit", "sack", "unit that cannot be converted"),
        (record(1, 3), "quantity, unit", "2 bags", "quantity that cannot be converted"),
    ]
    assert case.column("SELECT quantity FROM derived.item ORDER BY record") == [None, 5.0, None, None, None, 7.0]


def test_what_two_tables_of_a_part_cannot_read_is_named_once(case):
    counts = case.load(
        "register", "company.name officer.name owner.name since", ["Birch Ltd", "A. Reed", "Alder Ltd", "some day"]
    )
    assert (counts["link"], counts["unread values"]) == (2, 1)


def test_the_unit_of_the_mapping_stands_in_where_the_cell_is_empty(case):
    case.load("orders", "description quantity unit", ["a", "2", None], ["b", "2", "kg"], units={"quantity": "t"})
    assert case.column("SELECT quantity FROM derived.item ORDER BY record") == [2000.0, 2.0]


def test_two_columns_of_one_field_are_joined_and_one_may_be_empty(case):
    case.load(
        "orders",
        "buyer.name buyer.address buyer.address#2",
        ["A Ltd", "1 Quay", "Port"],
        ["B Ltd", None, "Port"],
        ["C Ltd", "", ""],
    )
    assert case.column("SELECT address FROM derived.party ORDER BY name") == ["1 Quay, Port", "Port", None]


def test_stock_keeps_its_measure_where_only_the_book_is_filled(case):
    case.load("stock", "description book counted unit", ["a", "5", None, "kg"], ["b", None, "2", "kg"])
    assert case.rows("SELECT book, counted, measure FROM derived.stock ORDER BY record") == [
        (5.0, None, "kg"),
        (None, 2.0, "kg"),
    ]


def test_blanks_of_any_kind_are_put_aside(case):
    case.load("orders", "buyer.name description", ["\u00a0Birch Ltd\t", "bolts\n"], ["\u00a0", " - "])
    assert case.rows("SELECT name FROM derived.party") == [("Birch Ltd",)]
    assert case.column("SELECT count(*) FROM derived.empty_record") == [1]


def test_na_is_namibia_among_countries_and_nothing_elsewhere(case):
    case.load(
        "orders",
        "buyer.name buyer.country destination description",
        ["NA", "DE", None, "bolts"],
        ["Birch Ltd", "NA", "NA", "nuts"],
    )
    assert case.rows("SELECT buyer IS NULL, destination FROM derived.item ORDER BY record") == [
        (True, None),
        (False, "NA"),
    ]
    assert case.rows("SELECT name, country FROM derived.party") == [("Birch Ltd", "NA")]


def test_ids_of_two_roles_are_two_name_spaces_unless_the_mapping_says_otherwise(case):
    for options in ({}, {"id_scheme": "one book"}):
        case.load("orders", "seller.id buyer.id", ["17", "17"], **options)
    assert case.column("SELECT count(DISTINCT id_scheme) FROM derived.party GROUP BY part ORDER BY part") == [2, 1]


def test_an_officer_known_by_name_alone_is_one_in_each_company(case):
    case.load(
        "register",
        "company.name officer.name officer.address",
        ["Birch Ltd", "A. Reed", None],
        ["Cedar Ltd", "A. Reed", None],
        ["Birch Ltd", "B. Moss", "1 Quay Street"],
        ["Cedar Ltd", "B. Moss", "1 Quay Street"],
    )
    assert case.rows("SELECT name, count(*) FROM derived.party WHERE role = 'officer' GROUP BY name ORDER BY name") == [
        ("A. Reed", 2),
        ("B. Moss", 1),
    ]


def test_columns_that_nobody_reads_are_named(case):
    case.load("orders", "description nothing", ["bolts", "x"])
    assert case.rows('SELECT "column", field FROM derived.column_use ORDER BY 1') == [
        ("description", "description"),
        ("nothing", "nothing"),
    ]


CELLS = st.sampled_from([None, "", "1", "1,5", "2 t", "kg", "03.04.2025", "Birch Ltd", "n/a", "DE", "7697-37-2", "x"])
NAMES = ORDERS.split()


@settings(deadline=None, max_examples=10)
@given(
    rows=st.lists(st.lists(CELLS, min_size=len(NAMES), max_size=len(NAMES)), min_size=1, max_size=5),
    order=st.permutations(range(len(NAMES))),
)
def test_the_order_of_columns_changes_nothing(rows, order):
    found = []
    for columns in (range(len(NAMES)), order):
        case = Case()
        counts = case.load("orders", " ".join(NAMES[i] for i in columns), *([row[i] for i in columns] for row in rows))
        tables = ("item", "party", "goods", "unread_value", "empty_record")
        found.append((counts, {t: sorted(map(repr, case.rows(f"SELECT * FROM derived.{t}"))) for t in tables}))
        assert counts["item"] + counts["empty records"] == len(rows)
    first, second = found
    # The two columns of a quantity are named in the order of the file.
    for _, tables in found:
        tables["unread_value"] = [t.replace("unit, quantity", "quantity, unit") for t in tables["unread_value"]]
        tables["unread_value"].sort()
    assert first == second
