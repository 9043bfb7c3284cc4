"""What indicators read, and what they say of a whole case."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import Case
from narrows.casefile.published import published

ORDERS = (
    "document_no date seller.name buyer.name buyer.country buyer.vat consignee.name "
    "description hs concentration quantity unit buyer_status"
)
FIRMS = [
    "Alder Ltd",
    "Birch Works",
    "Cedar GmbH",
    "Rowan Trading",
    "Hazel Ltd",
    "Aspen Supplies",
    "Maple Ltd",
    "Willow Depot",
]
PLACES = ["DE", "FR", "TR", "ES", "PL", "IT", "SE", "JO"]
ACTIVITIES = ["47.42", "45.20", "20.59", "01.11", "86.10", "47.42", None, "52.10"]


def small_case(names=FIRMS, places=PLACES):
    """A case in which every shipped view has rows, written with these names and places for the eight firms."""
    case = Case()
    firm = dict(zip(FIRMS, names, strict=True))
    place = dict(zip(FIRMS, places, strict=True))
    case.load(
        "register",
        "company.name company.country company.activity",
        *([firm[f], place[f], a] for f, a in zip(FIRMS, ACTIVITIES, strict=True)),
    )
    orders = []
    for n in range(40):
        seller, buyer, consignee = FIRMS[n % 2], FIRMS[2 + n % 5], FIRMS[2 + (n * 3 if n % 4 == 0 else n) % 5]
        goods, hs = [
            ("steel bolts", "731815"),
            ("telephones", "851712"),
            ("acetone", "291411"),
            ("nitric acid", "392310"),
        ][n % 4]
        if n == 8:
            goods, hs = "pigment paste", "321210"
        vat = "DE136695977" if buyer == "Hazel Ltd" else None
        orders.append(
            [f"INV-{n}", f"2024-01-{n % 28 + 1:02}", firm[seller], firm[buyer], place[buyer], vat, firm[consignee],
             goods, hs, "53 %", str(900 if n == 7 else 5), "kg", "public" if n % 8 == 3 else "professional user"]
        )  # fmt: skip
    case.load("orders", ORDERS, *orders)
    case.load(
        "payments",
        "payer.name payee.name reference",
        *([firm[FIRMS[7]] if n % 5 < 2 else firm[FIRMS[2 + n % 5]], firm[FIRMS[n % 2]], f"INV-{n}"] for n in range(30)),
    )
    case.load("relations", "party.name other.name relation", [firm["Willow Depot"], firm["Cedar GmbH"], "treasury"])
    case.load("end-use", "buyer.name description date", [firm["Cedar GmbH"], "nitric acid", "2023-12-01"])
    case.screen()
    return case


@pytest.fixture(scope="module")
def whole():
    return small_case()


def test_views_have_the_published_columns_and_types_in_order(whole):
    for view in published().values():
        columns = [(row[0], row[1]) for row in whole.rows(f"DESCRIBE view.{view.name}")]
        assert columns == [(name, column.type) for name, column in view.columns.items()], view.name


def test_no_view_is_there_that_is_not_published(whole):
    found = whole.column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'view'")
    assert sorted(found) == sorted(published())


def test_keys_of_views_are_keys(whole):
    for view, key in (("item", "record"), ("entity", "entity"), ("substance", "substance"), ("loaded", "kind")):
        assert (
            whole.rows(f"SELECT {key} FROM view.{view} WHERE {key} IS NOT NULL GROUP BY ALL HAVING count(*) > 1") == []
        )
    assert whole.column("SELECT count(*) FROM view.item") == [40]
    assert whole.column("SELECT count(*) FROM view.payment") == [30]


def test_every_entity_named_in_a_view_is_in_the_view_of_entities(whole):
    for column in ("seller", "buyer", "consignee", "payer", "end_user"):
        assert (
            whole.rows(f"SELECT {column} FROM view.item WHERE {column} NOT IN (SELECT entity FROM view.entity)") == []
        )


def assert_adds_up(case):
    lines = case.engine.value("SELECT count(*) FROM view.item")
    for code, records, hit, clear, unevaluable, aside in case.rows(
        "SELECT code, records, hit, clear, not_evaluable, not_concerned FROM derived.coverage"
    ):
        assert records == lines
        assert min(hit, clear, unevaluable, aside) >= 0, code
        assert hit + clear + unevaluable + aside == records, code
    for code, hit, judged in case.rows(
        "SELECT c.code, c.hit, count(DISTINCT h.record) FROM derived.coverage AS c "
        "LEFT JOIN derived.hit AS h USING (code) GROUP BY c.code, c.hit"
    ):
        assert hit == judged, code


def test_outcomes_add_up(whole):
    assert_adds_up(whole)
    assert whole.column("SELECT DISTINCT code FROM derived.hit ORDER BY code") == [
        "CUS-03", "CUS-10", "DOC-02", "LAW-01", "LAW-02", "ORD-01", "PAY-01", "SHP-01",
    ]  # fmt: skip


NAMES = st.sampled_from([None, "Birch Ltd", "Cedar Ltd", "Rowan Ltd", "TO ORDER"])
LINE = st.tuples(
    st.sampled_from([None, "INV-1", "INV-2"]), st.sampled_from([None, "2024-01-01", "2024-02-01", "?"]), NAMES, NAMES,
    st.sampled_from([None, "DE"]), st.sampled_from([None, "DE136695976", "DE136695977"]), NAMES,
    st.sampled_from([None, "nitric acid", "acetone 7697-37-2", "bolts"]), st.sampled_from([None, "280800", "392310"]),
    st.sampled_from([None, "53 %", "2 %"]), st.sampled_from([None, "5", "900"]), st.sampled_from([None, "kg", "sack"]),
    st.sampled_from([None, "public", "professional user", "?"]),
)  # fmt: skip


@settings(deadline=None, max_examples=5)
@given(st.lists(LINE, min_size=1, max_size=9), st.lists(NAMES, max_size=3), st.booleans())
def test_outcomes_add_up_whatever_is_missing(lines, payers, statements):
    case = Case()
    case.load("orders", ORDERS, *lines)
    case.load("payments", "payer.name reference", *([name, "INV-1 INV-2"] for name in payers))
    case.load("register", "company.name company.vat company.activity", ["Birch Ltd", "DE136695976", "47.42"])
    if statements:
        case.load("end-use", "buyer.name description", ["Birch Ltd", "nitric acid"])
    case.screen()
    kept = case.engine.value("SELECT count(*) FROM view.item")
    assert kept + case.engine.value("SELECT count(*) FROM derived.empty_record WHERE part = 1") == len(lines)
    assert_adds_up(case)


def flags(case):
    return case.rows("SELECT code, record, kind, len(evidence) FROM derived.hit ORDER BY ALL")


@settings(deadline=None, max_examples=3)
@given(st.permutations(FIRMS), st.permutations(PLACES))
def test_who_has_which_name_and_place_changes_no_flag(whole, names, places):
    assert flags(small_case(names, places)) == flags(whole)


def test_a_statement_lacks_only_what_its_file_has_a_column_for(case):
    case.load(
        "end-use", "buyer.name date description stated_use", ["Salt Quay Ltd", "2024-02-01", "nitric acid", "own"]
    )
    case.load(
        "end-use",
        "buyer.name date description stated_use signatory",
        ["Salt Quay Ltd", "2024-02-02", "nitric acid", None, "A. P."],
        ["Salt Quay Ltd", "31.02.2024", "nitric acid", "own", "A. P."],
    )
    case.measure()
    assert case.column("SELECT missing FROM view.statement ORDER BY record") == [None, "intended use", None]


def test_a_contract_whose_word_is_not_known_states_a_link_all_the_same(case):
    case.load("relations", "party.name other.name relation", ["Alder Ltd", "Birch Ltd", "some word of their own"])
    case.measure()
    assert case.column("SELECT DISTINCT how FROM view.linked") == ["other"]
