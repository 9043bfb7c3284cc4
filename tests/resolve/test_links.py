import pytest


def named(case, table, columns):
    return case.rows(
        f"SELECT a.name, b.name, {columns} FROM derived.{table} AS l "
        "JOIN derived.entity AS a ON a.entity = l.a JOIN derived.entity AS b ON b.entity = l.b ORDER BY ALL"
    )


def test_what_two_firms_share_is_on_record_with_both_rows_and_a_date(case):
    case.load(
        "orders",
        "date buyer.name buyer.phone buyer.email buyer.iban buyer.country",
        ["2024-01-05", "Bozdere Gida", "+90 312 213 29 65", "info@bozdere.example", "DE89370400440532013000", "TR"],
        ["2024-02-07", "Aksaz Tekstil", "0312 213 29 65", "ali@bozdere.example", "DE89 3704 0044 0532 0130 00", "TR"],
        ["2024-03-09", "Orion Falcon", None, "orion@gmail.com", None, "TR"],
        ["2024-03-10", "Quiet Ridge", None, "ridge@gmail.com", None, "TR"],
    )
    case.resolve()
    pair = ("Bozdere Gida", "Aksaz Tekstil")
    assert named(case, "shared", "l.how, l.since::VARCHAR, l.left_record <> l.right_record") == [
        (*pair, how, "2024-02-07", True) for how in ("account", "e-mail domain", "phone")
    ]


def test_what_many_firms_share_ties_nobody(case):
    names = (
        "Alder Birch Cedar Damson Thistle Bracken Gorse Hazel Ivy Juniper Kumquat Larch Maple Nettle Olive Pine Quince"
    )
    names += " Rowan Spruce Teak Umbrella Viburnum"
    case.load("orders", "buyer.name buyer.phone", *([f"{n} Works", "+90 312 213 29 65"] for n in names.split()))
    case.resolve()
    assert named(case, "shared", "l.how") == []


def test_shares_multiply_along_a_chain_and_add_up_over_chains(case):
    case.load(
        "register",
        "company.name company.registration owner.name owner.registration share",
        ["Birch Holding", "HRB 2", "Alder Trust", "HRB 1", "80 %"],
        ["Cedar Mills", "HRB 3", "Birch Holding", "HRB 2", "50 %"],
        ["Cedar Mills", "HRB 3", "Alder Trust", "HRB 1", "10 %"],
        ["Rowan Works", "HRB 4", "Cedar Mills", "HRB 3", None],
    )
    case.resolve()
    found = {
        (owner, company): (share, steps)
        for owner, company, share, steps in case.rows(
            "SELECT o.name, c.name, w.share, w.steps FROM derived.ownership AS w "
            "JOIN derived.entity AS o ON o.entity = w.owner JOIN derived.entity AS c ON c.entity = w.company"
        )
    }
    assert found["Alder Trust", "Birch Holding"] == (80, 1)
    assert found["Alder Trust", "Cedar Mills"] == (pytest.approx(50), 1)
    assert found["Cedar Mills", "Rowan Works"] == (None, 1)


def test_owners_in_a_circle_come_to_an_end(case):
    case.load(
        "register",
        "company.name company.registration owner.name owner.registration share",
        ["Birch Holding", "HRB 2", "Alder Trust Ltd", "HRB 1", "50 %"],
        ["Alder Trust Ltd", "HRB 1", "Birch Holding", "HRB 2", "50 %"],
    )
    case.resolve()
    assert sorted(case.column("SELECT share FROM derived.ownership")) == [50, 50]
