"""Papers about goods and recovered items load by themselves, and take no part in screening as trade."""

from __future__ import annotations

from datetime import date

import pytest

from building import Case
from narrows.load.columns.propose import Proposal, propose
from narrows.model.mapping import GOODS_KINDS, TRADE_KINDS


def proposed(header: str, row: str, file_name: str) -> Proposal:
    return propose(header.split("|"), [tuple(row.split("|"))], file_name=file_name, sheet="", notes=())


@pytest.mark.parametrize(
    ("header", "row", "file_name", "kind", "fields"),
    [
        ("Item No|Recovery Date|Place|Country|Latitude|Longitude|Description|Marking|Lot No|Serial No|Quantity|Unit|"
         "Photo|Manufacturer|Source Reliability|Information Credibility|Origin ID|Notes",
         "RI-1|2024-11-03|Dolna|BG|42.1|23.2|Motor 400 W|plate|7F3-22|12001|1|pcs|a.jpg|Halm GmbH|B|2|F-1|x",
         "recoveries.csv", "recoveries",
         "item_no date place country latitude longitude description marking lot serial quantity unit photo "
         "manufacturer.name reliability credibility origin_id notes"),
        ("Packliste Nr|Datum|Verkäufer|Käufer|Warenempfänger|Bezeichnung|Chargennummer|Seriennummern|Menge|ME",
         "PL-1|03.11.2024|A GmbH|B GmbH|C GmbH|Motor|7F3-22|1-9|9|St", "packlisten.csv", "packing",
         "document_no date seller.name buyer.name consignee.name description lot serial quantity unit"),
        ("Menşe belgesi no|Tarih|Üretici|Alıcı|Malın cinsi|Parti no|Miktar|Birim|Üretim tarihi",
         "M-1|03.11.2024|Halm A.Ş.|Vessmark A.Ş.|Motor|7F3-22|9|adet|01.10.2024", "menşe belgeleri.csv", "certificates",
         "document_no date manufacturer.name buyer.name description lot quantity unit manufactured"),
        ("Reply No|Date|Supplier|Customer|Description|Lot No|Serial No|Quantity|Unit|Source Reliability",
         "SR-1|2024-11-03|A GmbH|B GmbH|Motor|7F3-22|5|9|pcs|C", "replies.csv", "replies",
         "document_no date seller.name buyer.name description lot serial quantity unit reliability"),
    ],
)  # fmt: skip
def test_files_as_they_come_are_recognised(header: str, row: str, file_name: str, kind: str, fields: str) -> None:
    found = proposed(header, row, file_name)
    assert (found.mapping.kind, found.doubts) == (kind, ())
    assert list(found.mapping.columns.values()) == fields.split()


def test_what_is_found_is_typed(case: Case) -> None:
    fields = "item_no date country latitude longitude description lot quantity unit reliability credibility"
    case.load("recoveries", fields,
              ["7", "2024-11-03", "Bulgaria", "42°06'N", "23,5", "Motor", "A; B", "1,5", "t", "b2", "probably true"],
              decimal=",")  # fmt: skip
    (row,) = case.rows("SELECT date, country, latitude, longitude, lot, quantity, measure, reliability, credibility "
                       "FROM derived.recovery")  # fmt: skip
    assert row == (date(2024, 11, 3), "BG", pytest.approx(42.1), 23.5, "A; B", 1500.0, "kg", "B", "2")


def test_a_row_that_says_nothing_is_named(case: Case) -> None:
    counts = case.load("recoveries", "item_no date description lot", ["7", "2024-11-03", None, None])
    assert counts["recovery"] == 0 and counts["empty records"] == 1


def test_a_grade_that_is_none_is_named(case: Case) -> None:
    case.load("replies", "document_no seller.name description lot reliability", ["1", "A GmbH", "Motor", "5", "good"])
    assert case.rows("SELECT field, text FROM derived.unread_value") == [("reliability", "good")]


@pytest.mark.parametrize("kind", GOODS_KINDS)
def test_only_trade_is_screened(case: Case, kind: str) -> None:
    case.load(
        kind,
        "document_no seller.name buyer.name description hs quantity unit",
        ["1", "A", "B", "Motor", "8501", "1", "t"],
    )
    case.measure()
    lines = case.rows("SELECT count(*) FROM derived.trade_line")[0][0]
    assert lines == (1 if kind in TRADE_KINDS else 0)
    assert case.column("SELECT trade FROM derived.item") == [kind in TRADE_KINDS]


def test_a_payment_names_trade_and_no_packing_list(case: Case) -> None:
    for kind in ("packing", "orders"):
        case.load(
            kind, "document_no seller.name buyer.name description", ["A-1001", "Alpha GmbH", "Beta GmbH", "Motor"]
        )
    case.load("payments", "date payer.name payee.name amount currency reference",
              ["2024-01-01", "Beta GmbH", "Alpha GmbH", "5", "EUR", "A-1001"])  # fmt: skip
    case.resolve()
    deals = case.column("SELECT deal FROM derived.payment_deal")
    assert deals == case.column("SELECT deal FROM derived.item WHERE trade")
