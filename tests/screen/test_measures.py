from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import Case
from narrows.vocab.activities import usual_chapters

PIGMENT, PHONES = "3212", "8517"
WEIGHT, USUAL, UNUSUAL, ENOUGH = 5, 0.25, 0.01, 5


# A letter is no name of a firm.
TREES = {
    tree[0]: tree for tree in ("Poplar", "Quince", "Rowan", "Spruce", "Tamarisk", "Umbrella", "Viburnum", "Walnut")
}
LETTERS = {tree: letter for letter, tree in TREES.items()}


def trade(activities, lines):
    """A case of firms with activities that bought goods of a class, each on a day of its own."""
    case = Case()
    case.load(
        "register", "company.name company.activity", *([f"{TREES.get(f, f)} Ltd", a] for f, a in activities.items())
    )
    case.load(
        "orders",
        "document_no date buyer.name hs",
        *(
            [str(n), f"2024-01-{n % 28 + 1:02}", f"{TREES.get(firm, firm)} Ltd", f"{heading}10"]
            for n, (firm, heading) in enumerate(lines)
        ),
    )
    case.measure()
    return case


def usual_of(case):
    rows = case.rows(
        "SELECT DISTINCT e.name, i.goods_class, i.buyer_usual, i.buyer_peers, i.class_usual "
        "FROM view.item AS i JOIN view.entity AS e ON e.entity = i.buyer"
    )
    return {
        (LETTERS.get(name.removesuffix(" Ltd"), name.removesuffix(" Ltd")), heading): (usual, peers, everywhere)
        for name, heading, usual, peers, everywhere in rows
    }


def test_usual_by_hand():
    firms = {"P": "47.42", "Q": "47.42", "R": "47.42", "S": "47.41", "T": "45.20", "U": None}
    lines = [("P", PHONES), ("P", PIGMENT), ("Q", PHONES), ("R", PHONES), ("S", PHONES), ("T", PIGMENT), ("U", PIGMENT)]
    found = usual_of(trade(firms, lines))
    # Pigment: 2 of the 5 others have it; the curated table does not name it, so the widest step is 0.01. Of the 3
    # others in division 47 and group 474, and of the 2 in class 4742, none has it.
    widest = 0.01
    division = (0 + 5 * widest) / (3 + 5)
    group = (0 + 5 * division) / (3 + 5)
    assert found["P", PIGMENT] == (pytest.approx((0 + 5 * group) / (2 + 5)), 3, pytest.approx(0.4))
    # Phones: 3 of the 5 others have them, which is more than the curated 0.25; all others of 47, 474 and 4742 do.
    division = (3 + 5 * 0.6) / (3 + 5)
    group = (3 + 5 * division) / (3 + 5)
    assert found["P", PHONES] == (pytest.approx((2 + 5 * group) / (2 + 5)), 3, pytest.approx(0.6))
    assert found["U", PIGMENT] == (None, None, pytest.approx(0.4))


def test_without_a_curated_row_and_with_few_peers_nothing_is_said():
    assert usual_chapters("47") is None
    few = {f"F{n}": "47" for n in range(5)}
    assert usual_of(trade(few, [(f, PHONES) for f in few]))["F0", PHONES][0] is None
    enough = {f"F{n}": "47" for n in range(6)}
    assert usual_of(trade(enough, [(f, PHONES) for f in enough]))["F0", PHONES][:2] == (1.0, 5)


def test_persons_teach_nothing():
    case = Case()
    case.load(
        "orders",
        "buyer.name buyer.kind buyer.activity hs",
        *([f"F{n}", k, "47.42", "851710"] for n, k in enumerate(["company", "company", "person", "person"])),
    )
    case.measure()
    assert set(case.column("SELECT buyer_peers FROM view.item WHERE buyer_usual IS NOT NULL")) == {1}


def reference(activities, had, firm, heading):
    """The same measure, with the organisation taken out of the data instead of out of the counts."""
    others = {f: goods for f, goods in had.items() if f != firm}
    everywhere = sum(heading in goods for goods in others.values()) / max(len(others), 1)
    activity = activities[firm]
    if activity is None:
        return None
    curated = usual_chapters(activity)
    peers = sum((activities[f] or "").startswith(activity[:2]) for f in others)
    if curated is None:
        if peers < ENOUGH:
            return None
        share = everywhere
    else:
        named = "*" in curated or heading[:2] in curated
        share = max(everywhere, USUAL) if named else min(everywhere, UNUSUAL)
    for digits in (2, 3, 4):
        if len(activity) >= digits:
            level = [goods for f, goods in others.items() if (activities[f] or "")[:digits] == activity[:digits]]
            share = (sum(heading in goods for goods in level) + WEIGHT * share) / (len(level) + WEIGHT)
    return share


@settings(deadline=None, max_examples=8)
@given(
    st.dictionaries(
        st.sampled_from("PQRSTUVWXYZ"),
        st.tuples(
            st.sampled_from([None, "47", "4742", "4741", "4520", "474"]),
            st.sets(st.sampled_from([PIGMENT, PHONES, "2808"]), min_size=1),
        ),
        min_size=1,
    )
)
def test_usual_agrees_with_leaving_the_organisation_out(firms):
    names = {f"{letter} Works": value for letter, value in firms.items()}
    activities = {f: activity for f, (activity, _) in names.items()}
    had = {f: goods for f, (_, goods) in names.items()}
    found = usual_of(trade(activities, [(f, heading) for f, goods in had.items() for heading in sorted(goods)]))
    for (firm, heading), (usual, _, _) in found.items():
        expected = reference(activities, had, firm, heading)
        assert usual == (None if expected is None else pytest.approx(expected))


def days_of(*dates):
    case = Case()
    case.load("orders", "date buyer.name hs", *([date, "Birch Ltd", "851710"] for date in dates))
    case.measure()
    return set(case.column("SELECT buyer_days FROM view.item"))


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["2024-01-01"], 1),
        (["2024-01-01", "2024-01-01"], 1),
        (["2024-01-01", "2024-01-02"], 2),
        (["2024-01-01", "2024-01-02", None], 2),
        ([None], 1),
        ([None, None], None),
        (["2024-01-01", None], None),
    ],
)
def test_days_are_known_or_not(dates, days):
    assert days_of(*dates) == {days}


def test_goods_received_count_as_had(case):
    case.load(
        "orders",
        "date buyer.name consignee.name hs",
        ["2024-01-01", "Birch Ltd", "Cedar Ltd", "851710"],
        ["2024-01-02", "Cedar Ltd", "Cedar Ltd", "851710"],
    )
    case.measure()
    assert case.rows("SELECT buyer_days, consignee_days FROM view.item ORDER BY record") == [(1, 2), (2, 2)]


def ordered(*quantities, **more):
    """A case of orders of one class: (buyer, quantity)."""
    case = Case()
    case.load("orders", "buyer.name hs quantity unit", *([b, "321210", str(q), "kg"] for b, q in quantities))
    for fields, rows in more.items():
        case.load("register", fields.replace("_", "."), *rows)
    case.measure()
    return case


def test_quantities_by_hand():
    case = ordered(*(("Birch Ltd", q) for q in (10, 10, 20, 20, 20, 40, 1000)))
    found = case.rows(
        "SELECT quantity, quantity_deviation, quantity_basis, quantity_compared, quantity_typical "
        "FROM view.item ORDER BY quantity"
    )
    # In tenths of a natural logarithm: 23, 23, 30, 30, 30, 37, 69. Median 30; distances 0, 0, 0, 7, 7, 7, 39.
    spread = 1.4826 * 7
    assert found[-1] == (1000, pytest.approx((10 * log(1000) - 30) / spread), "own", 7, pytest.approx(exp(3)))
    assert found[0][1] == pytest.approx((10 * log(10) - 30) / spread)


def test_the_spread_has_a_floor():
    case = ordered(*[("Birch Ltd", 20)] * 6, ("Birch Ltd", 40))
    assert case.column("SELECT max(quantity_deviation) FROM view.item") == [pytest.approx((10 * log(40) - 30) / 3)]


def test_a_buyer_without_a_history_is_compared_with_the_nearest_group_that_is_large_enough():
    register = {
        "company.name company.activity": [
            ["Own Ltd", "4742"], ["Peer Ltd", "4742"], ["Near Ltd", "4741"], ["Far Ltd", "0111"], ["None Ltd", None],
        ]
    }  # fmt: skip
    lines = [("Own Ltd", 10)] * 6 + [("Peer Ltd", 10), ("Near Ltd", 10), ("Far Ltd", 10), ("None Ltd", 10)]
    case = ordered(*lines, **register)
    found = dict(
        case.rows(
            "SELECT e.name, any_value(quantity_basis) "
            "FROM view.item JOIN view.entity AS e ON e.entity = buyer GROUP BY e.name"
        )
    )
    assert found == {
        "Own Ltd": "own",
        "Peer Ltd": "peers",
        "Near Ltd": "wider peers",
        "Far Ltd": "market",
        "None Ltd": "market",
    }


def test_too_few_lines_say_nothing():
    case = ordered(*[("Birch Ltd", 10)] * 5)
    assert set(case.rows("SELECT quantity_deviation, quantity_basis, quantity_typical FROM view.item")) == {
        (None, None, None)
    }


def test_measures_of_two_kinds_are_not_compared(case):
    case.load("orders", "buyer.name hs quantity unit", *(["Birch Ltd", "321210", "5", u] for u in ["kg"] * 6 + ["pcs"]))
    case.measure()
    assert case.rows("SELECT measure, quantity_compared FROM view.item WHERE measure = 'pieces'") == [("pieces", None)]


def test_a_price_is_multiplied_only_in_the_unit_it_was_written_in(case):
    case.load(
        "orders",
        "description quantity unit unit_price amount",
        ["a", "2", "t", "500", None],
        ["b", "2", "kg", "500", None],
        ["c", "2", "kg", "500", "7"],
        ["d", "9e9", "kg", "9e9", None],
    )
    case.measure()
    assert case.column("SELECT amount FROM view.item ORDER BY record") == [None, 1000, 7, None]


def test_one_line_stays_one_line_whatever_is_joined(case):
    case.load("register", "company.name company.vat company.activity", *[["Birch Ltd", "DE136695976", "47.42"]] * 3)
    case.load("register", "company.name officer.name", ["Birch Ltd", "A. Reed"], ["Birch Ltd", "B. Moss"])
    rows = [["INV-1", "Alder Ltd", "Birch Ltd", "DE136695976", "XI1", "phones", "851710", "5", "kg"]] * 7
    case.load("orders", "document_no seller.name buyer.name buyer.vat buyer.eori description hs quantity unit", *rows)
    case.load("payments", "payer.name reference", *[["Birch Ltd", "INV-1"]] * 3)
    case.load("end-use", "buyer.name description", *[["Birch Ltd", "phones"]] * 2)
    case.measure()
    assert case.column("SELECT count(*) FROM view.item") == [7]
    assert case.rows("SELECT DISTINCT payments, buyer_identifiers FROM view.item") == [(3, 1)]


def test_only_numbers_that_could_be_checked_count(case):
    rows = [["A Ltd", None, "XI1234", None], ["B Ltd", "DE136695977", None, None], ["C Ltd", None, None, "DE00"]]
    case.load("orders", "buyer.name buyer.vat buyer.eori buyer.iban", *rows)
    case.measure()
    assert case.column("SELECT buyer_identifiers FROM view.item ORDER BY record") == [None, 1, None]


def test_payments_by_nobody_are_not_counted(case):
    case.load("invoices", "document_no buyer.name", ["INV-1", "Birch Ltd"], ["INV-2", "Birch Ltd"])
    case.load(
        "payments",
        "payer.name payee.name reference",
        ["TO ORDER", "Alder Ltd", "INV-1"],
        ["Cedar Ltd", "Alder Ltd", "INV-2"],
    )
    case.measure()
    assert case.column("SELECT payments FROM view.item ORDER BY record") == [None, 1]


def test_an_order_and_its_invoice_are_one_day_of_goods_and_returns_are_none(case):
    fields = "document_no date buyer.name hs quantity unit"
    case.load("orders", fields, ["O1", "2024-03-01", "Blue Harbour Ltd", "321290", "60", "kg"])
    case.load(
        "invoices",
        fields,
        ["I1", "2024-03-10", "Blue Harbour Ltd", "321290", "60", "kg"],
        ["I2", "2024-03-20", "Blue Harbour Ltd", "321290", "-60", "kg"],
    )
    case.measure()
    assert case.column("SELECT buyer_days FROM view.item ORDER BY record") == [1, 1, 1]
