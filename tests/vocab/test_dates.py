"""Dates as people write them."""

import datetime as dt
from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.dates import from_serial, guess_order, parse_date

ORDERS = ("day-first", "month-first", "year-first")
APRIL_3 = dt.date(2025, 4, 3)
texts = st.text() | st.text("0123456789./-: TZ,aApril٣نيسانМая", max_size=24)
dates = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "text",
    [
        "2025-04-03", " 2025/4/3 ", "2025.04.03", "٢٠٢٥/٠٤/٠٣", "۲۰۲۵-۰۴-۰۳", "20250403", "20250403T101112Z",
        "20250403101112",
        "2025-04-03T10:11:12.123456+03:00", "2025-04-03 10:11", "2025-04-03T24:00:00", "2025-04-03 9:05 PM",
        "3 April 2025", "3rd of April 2025", "April 3rd, 2025", "APR 3 2025", "03-Apr-2025", "03APR2025",
        "2025-Apr-03",
        "Thursday, 3 April 2025", "Thu, 03 Apr 2025 10:30:00 GMT", "Thu Apr 03 10:30:00 2025",
        "3 Nisan 2025 Perşembe",
        "3 NİSAN 2025", "03 Nis 2025", "3. April 2025", "Donnerstag, den 3. April 2025", "le 3 avril 2025",
        "3 avr. 2025",
        "3 de abril de 2025", "3 abr 2025", "3 апреля 2025 г.", "3 апр. 2025", "٣ أبريل ٢٠٢٥", "3 نيسان 2025",
        "3 نيسان/أبريل 2025", "3 أفريل 2025", "3 Apr 2025 10:30",
    ],
)  # fmt: skip
def test_dates_that_need_no_order(text, order):
    assert parse_date(text, order) == APRIL_3


@pytest.mark.parametrize(
    ("text", "day_first", "month_first", "year_first"),
    [
        ("03.04.2025", "2025-04-03", "2025-03-04", None),
        ("3/4/25", "2025-04-03", "2025-03-04", None),
        ("3-4-99", "1999-04-03", "1999-03-04", None),
        ("01/01/69", "2069-01-01", "2069-01-01", None),
        ("01/01/70", "1970-01-01", "1970-01-01", None),
        ("13/4/2025", "2025-04-13", None, None),
        ("4/13/2025", None, "2025-04-13", None),
        ("25/04/03", "2003-04-25", None, "2025-04-03"),
        ("03042025", "2025-04-03", "2025-03-04", None),
        ("03.04.2025 10:30", "2025-04-03", "2025-03-04", None),
        ("3. 4. 2025", "2025-04-03", "2025-03-04", None),
        ("٣/٤/٢٠٢٥", "2025-04-03", "2025-03-04", None),
        ("25 Apr 03", "2003-04-25", "2003-04-25", "2025-04-03"),
        ("3 Apr '25", "2025-04-03", "2025-04-03", None),
    ],
)
def test_dates_by_order(text, day_first, month_first, year_first):
    expected = [None if day is None else dt.date.fromisoformat(day) for day in (day_first, month_first, year_first)]
    assert [parse_date(text, order) for order in ORDERS] == expected


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "text",
    [
        None, "", "abc", "2025-02-30", "31.04.2025", "2025-13-01", "1899-12-31", "2101-01-01", "1446-04-03",
        "2568-04-03",
        "45750", "250403", "2025", "April 2025", "04/2025", "3 April", "10:30", "2025-04-03T25:00",
        "2025-04-03 10:61",
        "03/04-2025", "3/4/5", "3/4/025", "30 Feb 2025", "3 April 5 2025", "3 April May 2025",
        "3 Apple 2025", "3.5 April 2025",
        "12,5", "1 234 567", "2025-04-03 2025-04-04", "Monday", "0000-00-00", "2025-W14-4", "3/4/2025/6",
        "9" * 100,
    ],
)  # fmt: skip
def test_no_date(text, order):
    assert parse_date(text, order) is None


@settings(deadline=None)
@given(texts, st.sampled_from(ORDERS))
def test_any_text_gives_a_bounded_date_or_none(text, order):
    day = parse_date(text, order)
    assert day is None or 1900 <= day.year <= 2100


@settings(deadline=None)
@given(
    dates,
    st.sampled_from(["en", "tr", "de", "fr", "es", "ru", "ar", "ar_SY"]),
    st.sampled_from(["long", "medium", "full"]),
)
def test_published_formats_round_trip(day, language, style):
    written = format_date(day, style, locale=language)
    assert parse_date(written, "day-first") == day


@settings(deadline=None)
@given(dates)
def test_numeric_forms_round_trip(day):
    assert parse_date(day.isoformat(), "month-first") == day
    assert parse_date(f"{day:%d.%m.%Y}", "day-first") == day
    assert parse_date(f"{day:%m/%d/%Y}", "month-first") == day
    assert parse_date(f"{day:%Y%m%d}", "day-first") == day
    assert parse_date(f"{day:%d%m%Y}", "day-first") == day


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, dt.date(1900, 1, 1)),
        (59, dt.date(1900, 2, 28)),
        (60, None),
        (61, dt.date(1900, 3, 1)),
        (45750, APRIL_3),
        (45750.99, APRIL_3),
        (Decimal("45750.5"), APRIL_3),
        (73415, dt.date(2100, 12, 31)),
        (73416, None),
        (0.5, None),
        (-1, None),
        (10**30, None),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("NaN"), None),
    ],
)
def test_from_serial(number, expected):
    assert from_serial(number) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        (["", "abc", "45750"], None),
        (["03/04/2025", "05/06/2025"], None),
        (["03/04/2025", "13/04/2025"], "day-first"),
        (["03/04/2025", "04/13/2025"], "month-first"),
        (["13/04/2025", "04/13/2025"], None),
        (["13/04/2025"] * 40 + ["04/13/2025"], "day-first"),
        (["03.04.2025", "05.06.2025"], "day-first"),
        (["04.13.2025"], "month-first"),
        (["2025-04-03", "20250404"], "year-first"),
        (["2025-04-03", "13/04/2025"], "day-first"),
        (["99/12/31"], "year-first"),
        (["25/04/03"], None),
        (["3 April 2025"], "day-first"),
        (["April 3, 2025"], "month-first"),
        (["13042025"], "day-first"),
    ],
)
def test_guess_order(values, expected):
    assert guess_order(values) == expected


@settings(deadline=None)
@given(st.lists(texts, max_size=4))
def test_guess_takes_any_texts(values):
    assert guess_order(values) in (*ORDERS, None)


@settings(deadline=None, max_examples=30)
@given(st.lists(dates, min_size=1, max_size=20), st.sampled_from(["day-first", "month-first"]))
def test_a_guess_reads_the_column_back(days, order):
    form = "%d/%m/%Y" if order == "day-first" else "%m/%d/%Y"
    guess = guess_order([day.strftime(form) for day in days])
    assert guess in (order, None)
    assert guess == order or all(day.day <= 12 for day in days)
