import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.vocab import trade


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024", "2024"), ("202403", "2024-03"), ("2024-03", "2024-03"), ("03/2024", "2024-03"), ("2024M03", "2024-03"),
        ("2024, 3", "2024-03"), ("March 2024", "2024-03"), ("2024Q2", "2024-Q2"), ("Q2 2024", "2024-Q2"),
        ("202452", "2024"), ("2024-03-01", "2024-03"), ("2024.0", "2024"), ("Mart 2024", "2024-03"),
        ("202413", None), ("0024", None), ("March", None), ("2024-03-15", None), ("", None), ("3", None),
    ],
)  # fmt: skip
def test_periods_keep_the_resolution_in_which_they_are_written(written, meant):
    assert trade.period(written) == meant


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_a_month_reads_back_however_it_is_written(year, month):
    forms = (f"{year}{month:02}", f"{year}-{month:02}", f"{month:02}/{year}", f"{year}M{month:02}", f"{year}, {month}")
    assert {trade.period(form) for form in forms} == {f"{year}-{month:02}"}


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_none(text):
    found = trade.period(text)
    assert found is None or trade.period(found) == found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("842", "US"), ("251", "FR"), ("004", "AF"), ("4", "AF"), ("276.0", "DE"), ("DEU", "DE"), ("Türkiye", "TR"),
        ("W00", "world"), ("World", "world"), ("0", "world"), ("EU27_2020", "group"), ("Areas, nes", "unspecified"),
        ("_X", "unspecified"), ("899", "unspecified"), ("Nowhereland", None), ("123456", None),
    ],
)  # fmt: skip
def test_areas_are_countries_or_say_that_they_are_none(written, meant):
    assert trade.area(written) == meant


def test_numbers_of_eurostat_are_not_taken_for_those_of_m49():
    assert trade.area("004", numbered=False) is None
    assert trade.area("FR", numbered=False) == "FR"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("M", "import"), ("2", "export"), ("RX", "re-export"), ("ithalat", "import"), ("Exports", "export"), ("DX", None)],
)
def test_ways(written, meant):
    assert trade.flow(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("TOTAL", "total"), ("AG6", "total"), ("85", "85"), ("850110", "850110"), ("8501.10", "850110"), ("99S", None)],
)
def test_codes_and_sums_over_codes(written, meant):
    assert trade.commodity(written) == meant
