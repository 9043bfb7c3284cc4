"""Where it narrows: what the report says of the network."""

from __future__ import annotations

import pytest

from building import Case
from narrows import map
from narrows.report.network import network_part

FIELDS = "document_no date seller.name buyer.name consignee.name consignee.address hs net_mass amount currency"
FLAG = (
    "INSERT INTO derived.hit SELECT $family || record, $family, $family, $family, 'soft', true, 'deal', deal, deal, "
    "record, [record], '{}', 'said' FROM derived.item"
)


def sale(n: int, consignee: str) -> list[str]:
    seller = f"Seller {n % 2} GmbH"
    return [f"O{n}", "2024-01-05", seller, f"Buyer{n} Ltd", consignee, "Oak Road 1, Norton", "7318", "10", "5", "EUR"]


def put_under_alert(case: Case) -> None:
    """Put every sale under alert by flags of two families."""
    for family in ("PAY", "SHP"):
        case.engine.run(FLAG, {"family": family})
    case.engine.run("INSERT INTO derived.alert (alert, deal) SELECT DISTINCT 'A' || deal, deal FROM derived.item")
    case.engine.run("INSERT INTO derived.alert_hit SELECT 'A' || deal, hit FROM derived.hit")


@pytest.fixture
def narrow(case: Case) -> Case:
    """Six sales under alert, four of them to one consignee."""
    case.load("orders", FIELDS, *(sale(n, "Hazel <b> Ltd" if n < 4 else "Birch Ltd") for n in range(6)))
    case.screen()
    put_under_alert(case)
    map.run(case.store)
    return case


def test_it_says_on_whom_the_flow_rests_and_on_which_rows(narrow):
    part = network_part(narrow.engine)
    first, rests, of_all = part.sentences
    assert first.text.startswith("6 sales by 2 sellers") and len(first.evidence) == 6
    assert rests.text.startswith("Hazel <b> Ltd and Birch Ltd carry 100% of these sales, 100% of the mass")
    assert of_all.text.endswith("they carry 100%.")
    assert [(b.firms, round(b.carried, 2)) for b in part.best] == [
        (("Hazel <b> Ltd",), 0.67), (("Hazel <b> Ltd", "Birch Ltd"), 1.0),
    ]  # fmt: skip


def test_the_picture_has_the_firms_in_the_columns_of_their_roles(narrow):
    way = network_part(narrow.engine).way
    assert way is not None
    assert "carries 67%" in way.svg and "Distributor" in way.svg and "Maker" not in way.svg
    assert "Hazel &lt;b&gt; Ltd" in way.svg and "<b>" not in way.svg


def test_without_alerts_there_is_no_flow(case):
    case.load("orders", FIELDS, sale(1, "Hazel Ltd"))
    case.map()
    part = network_part(case.engine)
    assert (part.sentences, part.way, part.best, part.junctions) == ((), None, (), ())
