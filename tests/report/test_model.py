from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from small_case import (
    ARABIC,
    BUYER,
    CAR_HIRE,
    CYRILLIC,
    FLAGS,
    HIRE,
    ORDERS,
    SCRIPT,
    TURKISH,
    add_hit,
    add_part,
    empty_case,
    insert,
)

from narrows.casefile.evidence import record_of
from narrows.errors import NarrowsError
from narrows.report.alerts import FINDINGS_SHOWN, ROWS_SHOWN
from narrows.report.texts import facts, money, value_text


def test_counts_of_the_summary(report):
    assert (report.flagged, report.transactions, report.alerts, report.hits) == (2, 3, 2, 4)
    assert (report.rows_read, report.rows_kept, report.rows_rejected) == (31, 6, 25)
    assert (report.unread_values, report.unnamed_columns, report.unused_tables) == (1, 1, 1)


def test_as_of_is_the_latest_day_of_any_record(report):
    assert report.as_of == dt.date(2025, 3, 17)  # a payment, later than every order


def test_every_sentence_leads_to_rows(report):
    for page in report.pages:
        for hit in page.hits:
            for finding in hit.findings:
                assert finding.sentence.evidence and len(finding.rows) == len(finding.sentence.evidence)
        assert all(s.evidence for s in (*page.reasons, *page.missing))


def test_rows_shared_by_hits_stand_once(report):
    first = report.pages[0]
    places = [row.evidence.place for row in first.rows]
    assert places == ["siparişler 2025.csv:2", "payments.xlsx[مدفوعات]:2"]
    assert [f.rows for h in first.hits for f in h.findings] == [(1,), (1, 2)]


def test_gates_come_first(report):
    assert [hit.gate for hit in report.pages[0].hits] == [True, False]
    assert [mark.code for mark in report.queue[0].marks] == ["LAW-01", "PAY-01"]


def test_parties_by_role_with_payments_and_equal_names_together(report):
    assert [(p.role, p.names) for p in report.queue[0].parties] == [
        ("seller", ("Larch Chemicals",)),
        ("buyer, consignee", (TURKISH,)),
        ("payer", (CAR_HIRE,)),
    ]
    assert {p.role: p.names for p in report.queue[1].parties}["consignee"] == (ARABIC,)


def test_missing_names_gaps_and_unread_values(report):
    first, second = ([s.text for s in page.missing] for page in report.pages)
    assert "The concentration is not stated." in first
    assert "No payment and no payer is on record." not in first
    assert "No payment and no payer is on record." in second
    assert "“2 fıçı” in column Miktar could not be read (unit that cannot be converted)." in second


def test_a_gap_on_some_lines_says_on_how_many(engine, report_of):
    lines = {"part": ORDERS, "deal": 1, "end_user": BUYER + 2**63}
    insert(engine, "derived.item", {"record": record_of(ORDERS, 4), **lines})
    missing = [s.text for s in report_of(engine).pages[0].missing]
    assert "No end user is stated on 1 of its 2 lines." in missing


def test_an_entity_number_in_the_place_of_a_role_becomes_a_name(report):
    payment = report.pages[0].hits[1].findings[0]
    assert payment.facts == (("payer", CAR_HIRE), ("buyer", TURKISH))


def test_single_flags_are_counts_only(report):
    assert [(s.code, s.hits, s.transactions) for s in report.singles] == [("ORD-01", 1, 1)]


def test_coverage_names_what_was_lacking_and_what_was_not_run(report):
    lines = {line.code: line for line in report.coverage}
    assert lines["ORD-01"].lacking == (("history of the buyer", 2), ("quantity", 1))
    assert [line.code for line in report.coverage if not line.ran] == ["NET-03"]
    assert report.not_checked == 4


def test_sources_account_for_every_row_and_column(report):
    mystery, payments, orders = report.sources
    assert orders.balanced and (orders.rows_read, orders.rows_kept, orders.rows_rejected) == (28, 3, 25)
    assert (orders.kind, orders.unnamed, orders.left_out) == ("orders", ("İç kod",), ("Lot",))
    assert len(orders.rejected) == 20 and orders.rejected_by == (("too many cells", 24), (SCRIPT, 1))
    assert orders.unread[0].examples == (("siparişler 2025.csv:3", "2 fıçı"),)
    assert payments.empty[0].examples == (("payments.xlsx[مدفوعات]:3", ""),)
    assert not mystery.mapped


def test_an_alert_without_innocent_explanation_is_refused(engine, report_of):
    bare = [replace(f, false_positives=()) if f.code == "PAY-01" else f for f in FLAGS]
    with pytest.raises(NarrowsError, match="no innocent explanation"):
        report_of(engine, flags=bare)
    with pytest.raises(NarrowsError, match="has no text"):
        report_of(engine, flags=[f for f in FLAGS if f.code != "PAY-01"])


def test_detail_and_queue_are_capped(engine, report_of):
    report = report_of(engine, listed=2, detailed=1)
    assert [line.detailed for line in report.queue] == [True, False]
    assert len(report.pages) == 1 and report.alerts == 2
    assert len(report_of(engine, listed=1, detailed=5).queue) == 1


def test_many_hits_and_rows_are_cut_and_counted(engine, report_of):
    rows = [(f"L{n}",) for n in range(60)]
    add_part(engine, 0x77, "lines.csv", "", ("line",), rows)
    records = [record_of(0x77, 2 + n) for n in range(60)]
    alert = report_of(engine).pages[0].line.alert
    for n in range(20):
        add_hit(engine, alert, "ORD-01", 1, f"{n:02} is unlike other lines", *records[n:])
    page = report_of(engine).pages[0]
    order = next(hit for hit in page.hits if hit.flag.code == "ORD-01")
    assert len(order.findings) == FINDINGS_SHOWN and order.findings_left_out == 20 - FINDINGS_SHOWN
    assert len(page.rows) == ROWS_SHOWN
    assert all(len(f.rows) + f.rows_left_out == 60 - n for n, f in enumerate(order.findings))


def test_an_empty_case_has_a_report(report_of):
    engine = empty_case()
    report = report_of(engine)
    assert (report.transactions, report.alerts, report.as_of, report.pages) == (0, 0, None, ())
    assert all(not line.ran for line in report.coverage)
    engine.close()


def test_fingerprint_is_of_the_files(engine, report, report_of):
    assert report_of(engine).fingerprint == report.fingerprint
    insert(engine, "evidence.source", {"source": "f" * 64, "name": "more.csv", "bytes": 1})
    assert report_of(engine).fingerprint != report.fingerprint


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("12300"), "12,300.00 EUR"),
        (Decimal("0.1250"), "0.1250 EUR"),
        (Decimal("-5.5"), "-5.50 EUR"),
        (None, ""),
    ],
)
def test_money(amount, shown):
    assert money(amount, "EUR") == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "not on record"),
        (True, "yes"),
        (2021, "2021"),
        (12000, "12,000"),
        (2**62, str(2**62)),
        (6000.0, "6000"),
        (0.034567, "0.0346"),
        (1234.56, "1,234.6"),
        (["a", 1], "a, 1"),
        ({"net_mass": 2}, "net mass: 2"),
    ],
)
def test_values(value, shown):
    assert value_text(value) == shown


def test_facts_keep_their_order_and_take_names_only_in_a_role():
    text = f'{{"payer": {HIRE}, "days": {HIRE}, "buyer": "{CYRILLIC}"}}'
    assert facts(text, {HIRE: CAR_HIRE}) == (("payer", CAR_HIRE), ("days", "904"), ("buyer", CYRILLIC))
    assert facts(None, {}) == ()
