"""Chains of custody: what is documented, inferred, contradicted and missing, and why."""

from __future__ import annotations

from datetime import date

import pytest
from field import BUYER, FOUND, MAKER, OTHER, PAPER, SHOP, TRADER, find, paper, states, tables, traced, way

from building import Case

CERTIFICATE = paper("WZ-1", "2024-03-04", lot="7F3-22", quantity="200", manufactured="2024-02-20",
                    manufacturer__name=MAKER, buyer__name=TRADER)  # fmt: skip
ONWARD = paper("PL-1", "2024-08-16", TRADER, BUYER, SHOP, quantity="9", order_no="A-1")


def whole(case: Case, *finds: list[str | None]) -> Case:
    """A chain from the maker over trader and buyer to the shop."""
    case.load("certificates", PAPER, CERTIFICATE)
    case.load("packing", PAPER, ONWARD)
    case.load("recoveries", FOUND, *(finds or (find("RI-1"),)))
    return case


def test_a_whole_chain_is_documented_up_to_the_last_custodian(case: Case) -> None:
    found = traced(whole(case))
    assert way(found) == [MAKER, TRADER, BUYER, SHOP]
    assert states(found) == ["documented", "documented", "documented", "missing"]
    assert [link["level"] for link in found.links_of()] == [1, 2, 2, None]
    assert found.name(found.item["last_custodian"]) == SHOP and found.item["last_date"] == date(2024, 8, 16)
    assert [link["days"] for link in found.links_of()] == [None, 165, 0, 96]


def test_no_inference_stands_beside_everybody(case: Case) -> None:
    found = traced(whole(case))
    assert {party.inference for party in found.parties.values()} == {"no inference of malpractice"}


def test_an_item_without_any_record_is_said_plainly(case: Case) -> None:
    case.load("recoveries", FOUND, find("RI-1", lot="ZZ-91", manufacturer__name=None))
    found = traced(case)
    assert way(found) == ["nobody on record"] and states(found) == ["missing"]
    assert found.item["maker"] is None and found.item["last_custodian"] is None and found.item["sources"] == 0
    assert "no record of this case bears its lot or serial number" in [note["says"] for note in found.notes]
    assert found.asks == ()


def test_where_only_the_maker_is_known_it_is_asked(case: Case) -> None:
    case.load("recoveries", FOUND, find("RI-1", lot="ZZ-91"))
    found = traced(case)
    assert way(found) == [MAKER] and states(found) == ["missing"]
    assert [found.parties[ask["party"]].name for ask in found.asks] == [MAKER]


def test_a_gap_is_missing_and_the_last_custodian_stands_before_it(case: Case) -> None:
    case.load("certificates", PAPER, CERTIFICATE)
    case.load("replies", PAPER, paper("SR-1", "2025-02-01", OTHER, SHOP, quantity="9"))
    case.load("recoveries", FOUND, find("RI-1"))
    found = traced(case)
    assert way(found) == [MAKER, TRADER, OTHER, SHOP]
    assert states(found) == ["documented", "missing", "documented", "missing"]
    assert found.links_of()[2]["level"] == 3 and found.links_of()[2]["date"] is None  # the day is that of the reply
    assert found.name(found.item["last_custodian"]) == TRADER
    asked = {(found.parties[ask["party"]].name, ask["links"]) for ask in found.asks}
    assert asked == {(TRADER, 1), (OTHER, 1), (SHOP, 1)}


def test_where_the_maker_is_unknown_the_first_holder_on_paper_counts(case: Case) -> None:
    case.load("packing", PAPER, ONWARD)
    case.load("recoveries", FOUND, find("RI-1", manufacturer__name=None))
    found = traced(case)
    assert way(found) == ["nobody on record", TRADER, BUYER, SHOP]
    assert states(found) == ["missing", "documented", "documented", "missing"]
    assert found.name(found.item["last_custodian"]) == SHOP


def test_a_lot_that_grows_is_contradicted(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-2", "2024-09-02", TRADER, OTHER, quantity="195"))
    found = traced(whole(case))
    grown = [link for link in found.links_of() if link["state"] == "contradicted"]
    assert [(link["received"], link["gave"]) for link in grown] == [(200, 204)]
    assert "the lot grows: 200 pieces received, 204 given" in grown[0]["why"]


def test_several_deliveries_of_one_lot_add_up(case: Case) -> None:
    more = paper("WZ-2", "2024-04-04", quantity="100", manufacturer__name=MAKER, buyer__name=TRADER)
    case.load("certificates", PAPER, more)
    case.load("packing", PAPER, paper("PL-2", "2024-09-02", TRADER, OTHER, quantity="195"))
    found = traced(whole(case))
    assert "contradicted" not in states(found)
    assert found.links_of()[1]["received"] == 300
    assert "one of 2 deliveries between them, 300 pieces in all" in found.links_of()[0]["why"]


def test_papers_of_one_delivery_are_counted_once(case: Case) -> None:
    case.load("invoices", PAPER, paper("IN-1", "2024-08-17", TRADER, BUYER, SHOP, quantity="9"))
    case.load("orders", PAPER, paper("A-1", "2024-08-01", TRADER, BUYER, SHOP, lot=None, quantity="9"))
    found = traced(whole(case))
    link = found.links_of()[1]
    assert (link["quantity"], link["gave"], len(link["records"])) == (9, 9, 3)


@pytest.mark.parametrize(("much", "unit", "grows"), [("0.2", "t", False), ("200000", "g", False), ("0.21", "t", True)])
def test_quantities_in_other_units(case: Case, much: str, unit: str, grows: bool) -> None:
    made = paper("WZ-1", "2024-03-04", quantity="200", unit="kg", manufacturer__name=MAKER, buyer__name=TRADER)
    case.load("certificates", PAPER, made)
    case.load("packing", PAPER, paper("PL-1", "2024-08-16", TRADER, SHOP, quantity=much, unit=unit))
    case.load("recoveries", FOUND, find("RI-1", quantity="1", unit="kg"))
    found = traced(case)
    assert ("contradicted" in states(found)) is grows


def test_more_found_than_received_is_contradicted(case: Case) -> None:
    found = traced(whole(case, find("RI-1", quantity="12")))
    assert states(found)[-1] == "contradicted"
    assert "the lot grows: 9 pieces received, 12 found" in found.links_of()[-1]["why"]


def test_pieces_and_kilograms_are_not_held_against_each_other(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-2", "2024-09-02", TRADER, OTHER, quantity="900", unit="kg"))
    assert "contradicted" not in states(traced(whole(case)))


def test_dates_that_run_backwards(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-1", "2024-01-09", TRADER, SHOP, quantity="9"))
    case.load("certificates", PAPER, paper("WZ-1", "2024-03-04", quantity="200", manufacturer__name=MAKER,
                                           buyer__name=TRADER))  # fmt: skip
    case.load("recoveries", FOUND, find("RI-1"))
    found = traced(case)
    backwards = next(chain for chain in range(1, 4) if way(found, chain) == [MAKER, TRADER, SHOP])
    assert states(found, backwards) == ["documented", "contradicted", "missing"]
    assert any("dates run backwards" in why for why in found.links_of(backwards)[1]["why"])


def test_a_paper_dated_after_the_recovery_of_that_piece(case: Case) -> None:
    case.load("certificates", PAPER, paper("WZ-1", "2024-03-04", serial="120300-120499", quantity="200",
                                           manufacturer__name=MAKER, buyer__name=TRADER))  # fmt: skip
    case.load("packing", PAPER, paper("PL-1", "2024-12-24", TRADER, SHOP, serial="120417", quantity="1"))
    case.load("recoveries", FOUND, find("RI-1", serial="120417"))
    found = traced(case)
    assert states(found) == ["documented", "contradicted", "missing"]
    assert "its papers are of 2024-12-24, after the recovery on 2024-11-20" in found.links_of()[1]["why"]
    assert found.links_of()[-1]["days"] == -34


def test_a_paper_on_the_lot_dated_after_the_recovery_is_noted(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-9", "2024-12-24", TRADER, OTHER, quantity="9"))
    found = traced(whole(case))
    assert OTHER not in way(found)
    assert any("PL-9: dated 2024-12-24, after the recovery on 2024-11-20" in note["says"] for note in found.notes)


def test_unknown_dates_are_handled_and_said(case: Case) -> None:
    case.load("certificates", PAPER, CERTIFICATE)
    case.load("packing", PAPER, paper("PL-1", None, TRADER, SHOP, quantity="9"))
    case.load("recoveries", FOUND, find("RI-1", day=None))
    found = traced(case)
    assert states(found) == ["documented", "documented", "missing"]
    assert "none of its papers has the day of the delivery" in found.links_of()[1]["why"]
    assert found.item["days"] is None and "date" in {note["kind"] for note in found.notes}


def test_two_items_with_one_serial_number(case: Case) -> None:
    numbers = ("12O417", "S/N 120417")
    finds = [find(f"RI-{n}", serial=serial) for n, serial in enumerate(numbers, start=1)]
    found = traced(whole(case, *finds))
    assert any(note["kind"] == "same serial" and "RI-2" in note["says"] for note in found.notes)


def test_two_items_with_one_number_have_keys_of_their_own(case: Case) -> None:
    whole(case, find("7"), find("7"), find("8")).trace()
    keys = case.column("SELECT item FROM derived.custody_item ORDER BY record")
    assert keys[2] == "8" and len(set(keys)) == 3 and all(key.startswith("7.") for key in keys[:2])


def test_goods_that_come_back_make_no_circle(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-7", "2024-09-01", SHOP, TRADER, quantity="9"),
              paper("PL-8", "2024-09-20", TRADER, OTHER, quantity="9"))  # fmt: skip
    found = traced(whole(case))
    for chain in found.chains:
        holders = way(found, chain["chain"])
        assert len(holders) == len(set(holders))
    assert [MAKER, TRADER, OTHER] in [way(found, chain["chain"]) for chain in found.chains]


def test_a_circle_without_a_maker_is_traced_all_the_same(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-1", "2024-05-01", BUYER, SHOP), paper("PL-2", "2024-05-09", SHOP, BUYER))
    case.load("recoveries", FOUND, find("RI-1", manufacturer__name=None))
    found = traced(case)
    assert len(way(found)) == 3 and way(found)[0] == "nobody on record"


def test_the_same_goods_without_a_lot_are_an_inference(case: Case) -> None:
    case.load("certificates", PAPER, CERTIFICATE)
    case.load(
        "orders", PAPER, paper("A-7", "2024-07-01", TRADER, BUYER, SHOP, lot=None, quantity="3", destination="BG")
    )
    case.load("recoveries", FOUND, find("RI-1"))
    found = traced(case)
    assert way(found) == [MAKER, TRADER, BUYER, SHOP]
    assert states(found) == ["documented", "inferred", "inferred", "missing"]
    assert found.links_of()[1]["level"] == 4
    assert found.name(found.item["last_custodian"]) == TRADER


def test_a_payment_alone_bridges_a_gap_as_an_inference(case: Case) -> None:
    case.load("certificates", PAPER, CERTIFICATE)
    case.load("packing", PAPER, paper("PL-2", "2024-08-16", OTHER, SHOP, quantity="9"))
    case.load("payments", "date payer.name payee.name amount currency", ["2024-06-01", OTHER, TRADER, "900", "EUR"])
    case.load("recoveries", FOUND, find("RI-1"))
    found = traced(case)
    assert way(found) == [MAKER, TRADER, OTHER, SHOP]
    assert [link["kind"] for link in found.links_of()] == ["delivery", "payment", "delivery", "found"]
    assert states(found)[1] == "inferred" and found.links_of()[1]["documents"] == ["payment"]


def test_a_source_rated_unreliable_documents_nothing(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-1", "2024-08-16", TRADER, SHOP, reliability="E", credibility="3"))
    case.load("recoveries", FOUND, find("RI-1", manufacturer__name=None))
    link = traced(case).links_of()[1]
    assert (link["state"], link["level"], link["grades"]) == ("inferred", 5, ["E3"])


def test_independent_sources_are_counted_by_origin(case: Case) -> None:
    two = [paper(number, "2024-08-16", TRADER, BUYER, SHOP, quantity="9", origin_id="ARCHIVE") for number in ("1", "1")]
    case.load("packing", PAPER, two[0])
    case.load("bills", PAPER, two[1])
    case.load("recoveries", FOUND, find("RI-1", manufacturer__name=None))
    link = traced(case).links_of()[1]
    assert (len(link["records"]), link["sources"]) == (2, 1)


def test_confirmed_needs_another_source(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-1", "2024-08-16", TRADER, SHOP, reliability="B", credibility="1"))
    case.load("recoveries", FOUND, find("RI-1", manufacturer__name=None))
    assert "confirmed by none" in {note["kind"] for note in traced(case).notes}


def test_the_same_number_of_another_maker_is_not_taken(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-1", "2024-08-16", OTHER, SHOP, manufacturer__name="Rondavel Lager GmbH"))
    case.load("recoveries", FOUND, find("RI-1"))
    found = traced(case)
    assert way(found) == [MAKER]
    assert any("the same number of another maker" in note["says"] for note in found.notes)


def test_other_serial_numbers_of_the_lot_are_not_the_piece(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-1", "2024-08-16", TRADER, SHOP, serial="1200 to 1850"))
    case.load("recoveries", FOUND, find("RI-1", serial="1900"), find("RI-2", serial="1201"))
    assert SHOP not in way(traced(case)) and SHOP in way(traced(case, "RI-2"))


def test_a_mark_read_in_part_is_an_inference_that_says_how_much_agrees(case: Case) -> None:
    link = traced(whole(case, find("RI-1", lot="7F?-22"))).links_of()[0]
    assert (link["state"], link["level"]) == ("inferred", 4)
    assert link["how"] == "as far as it can be read (4 of 5 characters)"


def test_alternatives_are_ranked_with_why(case: Case) -> None:
    case.load("packing", PAPER, paper("PL-3", "2024-08-01", TRADER, OTHER, quantity="100"))
    found = traced(whole(case))
    ways = [way(found, chain["chain"]) for chain in found.chains]
    assert [MAKER, TRADER, OTHER] in ways and [MAKER, TRADER, BUYER, SHOP] in ways
    costs = [chain["cost"] for chain in found.chains]
    assert costs == sorted(costs) and all(chain["why"] for chain in found.chains)
    kept = next(chain for chain in found.chains if way(found, chain["chain"]) == [MAKER, TRADER])
    assert "91 of 200 pieces are not shown to have gone on" in kept["why"]


def test_time_from_manufacture_is_ranked_against_other_items(case: Case) -> None:
    finds = [find(f"RI-{n}", day=day) for n, day in enumerate(("2024-11-20", "2024-05-20", "2025-02-20"), start=1)]
    item = traced(whole(case, *finds)).item
    assert (item["days"], item["days_rank"], item["days_of"], item["days_median"]) == (274, 2, 3, 274)


def test_what_settles_most_items_is_asked_first(case: Case) -> None:
    found = traced(whole(case, find("RI-1"), find("RI-2"), find("RI-3", lot="ZZ-91", manufacturer__name=OTHER)))
    first = case.rows("SELECT items, links, quantity, measure FROM derived.custody_ask ORDER BY rank")[0]
    assert first == (["RI-1", "RI-2"], 2, 2.0, "pieces")
    assert found.parties[found.asks[0]["party"]].name == SHOP


def test_private_individuals_are_not_named_and_not_asked(case: Case) -> None:
    sold = "document_no date seller.name buyer.name buyer_status lot quantity unit description"
    case.load("replies", sold, ["SR-1", "2025-02-01", SHOP, "Kunde 4711", "private", "7F3-22", "1", "pcs", "motor"])
    found = traced(whole(case))
    assert way(found)[-1] == "a private individual"
    asked = [(found.parties[ask["party"]].name, ask["wants"]) for ask in found.asks]
    assert len(asked) == 1 and asked[0][0] == SHOP and "without the name" in asked[0][1]


def test_carriers_are_no_holders(case: Case) -> None:
    case.load("register", "company.name company.activity", ["Spedition Ostkamp GmbH", "52.29"])
    case.load("packing", PAPER, paper("PL-1", "2024-08-16", TRADER, BUYER, "Spedition Ostkamp GmbH", quantity="9"))
    case.load("recoveries", FOUND, find("RI-1", manufacturer__name=None))
    assert way(traced(case)) == ["nobody on record", TRADER, BUYER]


def test_the_order_of_rows_decides_nothing(new_case: object) -> None:
    finds = [find("RI-1"), find("RI-2", lot="7F?-22"), find("RI-3", lot=None, serial="120417")]
    papers = [ONWARD, paper("PL-3", "2024-08-01", TRADER, OTHER, quantity="100"),
              paper("PL-4", "2024-08-01", TRADER, BUYER, quantity="70", lot="7F3-Z2")]  # fmt: skip
    found = []
    for turn in (1, -1):
        case = Case()
        case.load("certificates", PAPER, CERTIFICATE)
        case.load("packing", PAPER, *papers[::turn])
        case.load("recoveries", FOUND, *finds[::turn])
        case.trace()
        found.append(tables(case))
    assert found[0] == found[1]


def test_tracing_again_gives_the_same(case: Case) -> None:
    whole(case).trace()
    before = case.rows("SELECT * FROM derived.custody_link ORDER BY ALL")
    case.trace()
    assert case.rows("SELECT * FROM derived.custody_link ORDER BY ALL") == before


def test_a_case_without_recovered_items_has_nothing_to_trace(case: Case) -> None:
    case.load("packing", PAPER, ONWARD)
    assert case.trace().counts["recovered items"] == 0


def test_marks_that_a_marking_spells_out_are_read(case: Case) -> None:
    found = "item_no date description marking manufacturer.name"
    case.load("certificates", PAPER, CERTIFICATE)
    case.load("recoveries", found, ["RI-1", "2024-11-20", "Electric motor", "Type A, LOT 7F3-22, made in X", MAKER])
    assert traced(case).item["lot"] == "7F3-22" and states(traced(case))[0] == "documented"
