"""EPCIS 2.0 documents: which events are rows, what is read of URIs, what is refused and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem
from narrows.load.readers import epcis
from narrows.load.readers.columnar import Reject
from narrows.load.readers.epcis_events import Unread, row
from narrows.load.readers.files import Limits, Part, parts_of

ALDER, BIRCH, CEDAR = (f"urn:epc:id:pgln:95211{n}.00000" for n in "123")
LGTIN = "urn:epc:class:lgtin:9521141.012345"
NAMES = [{"id": ALDER, "attributes": [{"id": "urn:epcglobal:cbv:mda#name", "attribute": "Alder GmbH"}]}]


def event(step: str = "shipping", **more: Any) -> dict[str, Any]:
    told = {
        "type": "ObjectEvent", "eventTime": "2024-03-04T23:30:00Z", "eventTimeZoneOffset": "+02:00",
        "action": "OBSERVE", "bizStep": step, "sourceList": [{"type": "owning_party", "source": ALDER}],
        "destinationList": [{"type": "https://ref.gs1.org/cbv/SDT-owning_party", "destination": BIRCH}],
        "quantityList": [{"epcClass": f"{LGTIN}.7F3%2F22", "quantity": 1200.50, "uom": "KGM"}],
    }  # fmt: skip
    return {key: value for key, value in {**told, **more}.items() if value is not None}


def document(*events: object, **more: Any) -> dict[str, Any]:
    header = {"epcisMasterData": {"vocabularyList": [{"type": "x:y", "vocabularyElementList": NAMES}]}}
    return {"type": "EPCISDocument", "epcisHeader": header, "epcisBody": {"eventList": list(events)}, **more}


def parts(folder: Path, told: object, *, name: str = "events.jsonld") -> list[Part]:
    (folder / name).write_text(told if isinstance(told, str) else json.dumps(told, indent=1), "utf-8")
    return list(parts_of(folder / name))


def cells(part: Part) -> list[dict[str, str | None]]:
    return [dict(zip(part.columns, one, strict=True)) for one in part.sample()]


def rejects(part: Part) -> list[tuple[int, str]]:
    assert isinstance(part, epcis.EpcisPart)
    return [(one.row, one.reason) for one in part.rows if isinstance(one, Reject)]


def test_a_shipping_event_is_a_delivery(tmp_path: Path) -> None:
    [part] = parts(tmp_path, document(event(bizTransactionList=[
        {"type": "po", "bizTransaction": "urn:epcglobal:cbv:bt:9521141000012:A-1"},
        {"type": "urn:epcglobal:cbv:btt:desadv", "bizTransaction": "https://alder.example/PL-1"},
    ])))  # fmt: skip
    assert (part.sheet, part.first_row) == ("Deliveries", 1)
    assert cells(part) == [{
        "Date": "2024-03-05", "Lot No": "7F3/22", "Quantity": "1200.5", "Unit": "KGM", "Seller ID": ALDER,
        "Seller": "Alder GmbH", "Buyer ID": BIRCH, "Document No": "https://alder.example/PL-1", "Order No": "A-1",
    }]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "field", "read"),
    [
        ({"epcList": ["urn:epc:id:sgtin:9521141.012345.120417"]}, "Serial No", "120417"),
        ({"epcList": ["https://id.gs1.org/01/09521141012346/10/L%2F1/21/S-9"]}, "Serial No", "S-9"),
        ({"quantityList": [{"epcClass": "https://alder.example/01/09521141012346/10/L%2F1"}]}, "Lot No", "L/1"),
        ({"quantityList": [{"epcClass": f"{LGTIN}.%D0%90-%2"}]}, "Lot No", "А-%2"),
        ({"ilmd": {"cbvmda:lotNumber": "7-A"}}, "Lot No", "7-A"),
        ({"eventTime": "2024-03-04T23:30:00", "eventTimeZoneOffset": None}, "Date", "2024-03-04"),
        ({"eventTime": "in March"}, "Date", "in March"),
        ({"narrows:grades": ["F6", "B2"]}, "Source Reliability", "B"),
    ],
)
def test_what_is_read_of_an_event(more: dict[str, Any], field: str, read: str) -> None:
    assert row(event(**more), {})[1][field] == read


def test_pieces_are_counted_and_classes_of_one_unit_summed() -> None:
    pieces = event(quantityList=None, epcList=["urn:uuid:1", "urn:uuid:2"])
    two = event(quantityList=[{"epcClass": "x:1", "quantity": "2"}, {"epcClass": "x:2", "quantity": "3"}])
    mixed = event(epcList=["urn:uuid:1"])
    told = [row(one, {})[1] for one in (pieces, two, mixed)]
    assert [(one["Quantity"], one["Unit"]) for one in told] == [("2", "C62"), ("5", "C62"), ("", "")]


def test_an_aggregation_tells_of_its_children() -> None:
    told = event(type="AggregationEvent", quantityList=None, parentID="urn:epc:id:sscc:9521141.1234567890",
                 childQuantityList=[{"epcClass": f"{LGTIN}.L1", "quantity": "7"}])  # fmt: skip
    assert (row(told, {})[1]["Lot No"], row(told, {})[1]["Quantity"]) == ("L1", "7")


def test_a_new_owner_takes_what_another_holds() -> None:
    taken = [{"type": "owning_party", "destination": BIRCH}, {"type": "possessing_party", "destination": CEDAR}]
    found = row(event(destinationList=taken), {})[1]
    assert (found["Seller ID"], found["Buyer ID"], found["Consignee ID"]) == (ALDER, BIRCH, CEDAR)


REFUSED = {
    "events of the kind TransformationEvent are not read": event(type="TransformationEvent"),
    "events of the kind TransactionEvent are not read": event(type="TransactionEvent"),
    "events of the kind AssociationEvent are not read": event(type="AssociationEvent"),
    "does not name both a source and a destination": event(destinationList=None),
    "names no goods": event(quantityList=None),
    "names no maker": event("commissioning"),
    "declared to be in error": event(errorDeclaration={"declarationTime": "2024-03-05T00:00:00Z"}),
    "action DELETE": event(action="DELETE"),
    "that another case inferred": event(**{"narrows:kind": "same goods", "narrows:state": "inferred"}),
}


@pytest.mark.parametrize(("reason", "refused"), REFUSED.items(), ids=REFUSED)
def test_what_is_no_row_is_rejected_with_its_reason(tmp_path: Path, reason: str, refused: dict[str, Any]) -> None:
    [part] = parts(tmp_path, document(refused, event()))
    assert [(number, reason in why) for number, why in rejects(part)] == [(1, True)]
    engine = Engine()
    written = part.write(engine, "rows_1")
    engine.close()
    assert (written.rows_read, written.rows_kept, len(written.rejected)) == (2, 1, 1)
    with pytest.raises(FileProblem, match="no event of it tells"):
        parts(tmp_path, document(refused))


def test_a_delivery_is_counted_once(tmp_path: Path) -> None:
    less = event("urn:epcglobal:cbv:bizstep:receiving", quantityList=[{**event()["quantityList"][0], "quantity": 9}])
    [part] = parts(tmp_path, document(event("receiving"), event("departing"), event(), event(), less))
    assert len(part.sample()) == 2
    assert rejects(part) == [
        (1, "tells of the same delivery as event 3"),
        (2, "tells of the same delivery as event 3"),
        (5, "tells of the same delivery as event 3, with another quantity (9)"),
    ]
    assert part.warnings == ("3 events are no rows of their own, the first: tells of the same delivery as event 3",)


def test_a_query_document_and_one_on_one_line_are_read(tmp_path: Path) -> None:
    body = {"queryResults": {"queryName": "q", "resultsBody": {"eventList": [event()]}}}
    told = json.dumps({"type": "EPCISQueryDocument", "epcisBody": body})
    assert [part.sheet for part in parts(tmp_path, told, name="answer.json")] == ["Deliveries"]


@pytest.mark.parametrize(
    "told",
    [
        '{"type": "EPCISDocument", ',
        '{"type": "EPCISDocument"}',
        '{"type": "Event", "epcisBody": {"eventList": [{}]}}',
        '{"@graph": []}',
        '{"type": "EPCISDocument", "epcisBody": []}',
        '{"type": "EPCISDocument", "epcisBody": {"eventList": {}}}',
        '{"type": "EPCISDocument", "x": ' + "[" * 200_000,
    ],
)
def test_what_is_no_document_is_a_file_problem(tmp_path: Path, told: str) -> None:
    with pytest.raises(FileProblem):
        parts(tmp_path, told)


def test_hostile_cells_are_rejected(tmp_path: Path) -> None:
    told = [event(**{"narrows:lot": lot}) for lot in ("a\0b", "\ud800", "x" * 50)]
    (tmp_path / "e.jsonld").write_text(json.dumps(document(*told, event())), "utf-8")
    [part] = parts_of(tmp_path / "e.jsonld", limits=Limits(cell=45))
    assert [why[:9] for _, why in rejects(part)] == ["a NUL cha", "half a ch", "a cell lo"]


KEYS = (*event(), "epcList", "ilmd", "readPoint", "narrows:items", "narrows:kind", "childEPCs")
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
ANY = PLAIN | st.lists(
    PLAIN | st.dictionaries(st.sampled_from(("id", "type", "source", "quantity")), PLAIN), max_size=3
)


@given(st.dictionaries(st.sampled_from(KEYS), ANY, max_size=3))
def test_no_event_breaks_the_reader(more: dict[str, Any]) -> None:
    try:
        sheet, found = row({**event(), **more}, {})
    except Unread as why:
        assert str(why)
    else:
        assert sheet in (epcis.DELIVERIES, epcis.MADE, epcis.FOUND)
        assert all(isinstance(one, str) for one in found.values())
