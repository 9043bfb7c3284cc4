"""Small made-up statistics of countries that trade: what was planted is found, ordinary things are not."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator

import pytest

from building import Case
from narrows.map.statistics import run_statistics

FIELDS = "reporter partner flow period hs net_mass amount currency"
MONTHS = 60
PARTNERS = ("QA", "OM", "KE", "PE", "VN")

Level = Callable[[int], float]


def month(t: int) -> str:
    return f"{2019 + t // 12}{t % 12 + 1:02}"


def noise(*key: object, sd: float = 0.1) -> float:
    return math.exp(random.Random(repr(key)).gauss(0, sd))


def series(
    reporter: str, partner: str, flow: str, hs: str, level: Level, *, mass: bool = True
) -> Iterator[list[str | None]]:
    """The months of one flow: a level with a noise that both sides of a flow share, and one of its own."""
    ends = sorted((reporter, partner))
    for t in range(MONTHS):
        value = level(t) * noise(ends, hs, t) * noise(reporter, partner, hs, t, sd=0.04)
        if value > 0:
            yield [reporter, partner, flow, month(t), hs, f"{value:.4f}" if mass else None, f"{value * 3:.4f}", "EUR"]


def exports(hs: str = "8501", changed: dict[str, Level] | None = None) -> list[list[str | None]]:
    """France's exports of a heading to five countries, each at a hundred a month but for what is changed."""
    levels = {partner: (lambda _: 100.0) for partner in PARTNERS} | (changed or {})
    return [row for partner, level in levels.items() for row in series("FR", partner, "X", hs, level)]


def run(*rows: list[str | None]) -> Case:
    case = Case()
    case.load("statistics", FIELDS, *rows)
    case.resolve()
    with case.engine.transaction():
        run_statistics(case.engine)
    return case


def surges(case: Case) -> list[tuple[str, ...]]:
    return case.rows("SELECT importer, heading, month, lasts, moved_from FROM derived.surge ORDER BY ALL")


def gaps(case: Case) -> list[tuple[str, ...]]:
    return case.rows("SELECT exporter, importer, first, last FROM derived.mirror_gap ORDER BY ALL")


def both(imported: Level, exported: Level = lambda _: 100.0, *, mass: bool = True) -> list[list[str | None]]:
    """Both sides of one flow, which share their noise."""
    return [
        *series("FR", "QA", "X", "8501", exported, mass=mass),
        *series("QA", "FR", "M", "8501", imported, mass=mass),
    ]


# Surges.


def test_a_lasting_step_is_found_with_its_month_and_records():
    case = run(*exports(changed={"QA": lambda t: 400.0 if t >= 40 else 100.0}))
    assert surges(case) == [("QA", "8501", "2022-05", "lasting", None)]
    [(records, explanations)] = case.rows("SELECT records, explanations FROM derived.surge")
    assert len(records) == 3 and "harvest" in explanations


def test_a_single_month_is_told_as_one():
    assert surges(run(*exports(changed={"QA": lambda t: 900.0 if t == 40 else 100.0}))) == [
        ("QA", "8501", "2022-05", "single month", None)
    ]


@pytest.mark.parametrize(
    "level",
    [
        lambda t: 100.0 * (4 if t % 12 in (4, 5, 6) else 1),  # a season
        lambda t: 100.0 * 1.02**t,  # growth
        lambda t: 0.0 if t == 30 else 100.0,  # a month that is missing
        lambda t: 100.0 if t < 40 else 25.0,  # a fall
        lambda t: 0.05 if t in (40, 42) else 0.0,  # two tiny shipments
    ],
)
def test_ordinary_courses_are_no_surge(level):
    assert surges(run(*exports(changed={"QA": level}))) == []


def test_a_general_boom_is_no_surge():
    assert surges(run(*exports(changed=dict.fromkeys(PARTNERS, lambda t: 400.0 if t >= 40 else 100.0)))) == []


def test_trade_that_moves_to_another_heading_is_said_to_have_moved():
    case = run(
        *exports("8501", {"QA": lambda t: 5.0 if t >= 40 else 100.0}),
        *exports("8503", {"QA": lambda t: 107.0 if t >= 40 else 12.0}),
    )
    assert surges(case) == [("QA", "8503", "2022-05", "lasting", "8501")]
    assert "8501 (reclassification)" in case.rows("SELECT explanations FROM derived.surge")[0][0]


def test_a_change_of_currency_is_no_surge():
    rows = exports()
    for row in rows:
        if row[3] >= "202205":
            row[5:] = [row[5], str(float(row[6] or 0) * 33), "TRY"]
    assert surges(run(*rows)) == []
    without_mass = [[*row[:5], None, *row[6:]] for row in rows]
    assert surges(run(*without_mass)) == []


def test_kinds_of_goods_that_surge_into_one_market_at_once_are_counted():
    steps = {"QA": lambda t: 500.0 if t >= 40 else 100.0}
    rows = [row for hs in ("2815", "3102", "8501", "8536") for row in exports(hs, steps)]
    rows += [row for hs in ("4011", "7210", "6109", "9403") for row in exports(hs)]
    case = run(*rows)
    [(importer, headings, kinds, exporters, chance)] = case.rows(
        "SELECT importer, headings, kinds, exporters, by_chance FROM derived.co_movement"
    )
    assert (importer, headings, exporters) == ("QA", ["2815", "3102", "8501", "8536"], ["FR"])
    assert kinds in (3, 4) and 0 < chance < 1


def test_headings_of_one_chapter_are_one_kind():
    steps = {"QA": lambda t: 500.0 if t >= 40 else 100.0}
    case = run(*(row for hs in ("6109", "6110", "6111", "6112") for row in exports(hs, steps)))
    assert len(surges(case)) == 4
    assert case.rows("FROM derived.co_movement") == []


# Mirror gaps.


@pytest.mark.parametrize("mass", [True, False])
def test_a_gap_between_both_sides_is_found(mass):
    case = run(*both(lambda t: 20.0 if 30 <= t < 36 else 100.0, mass=mass))
    assert gaps(case) == [("FR", "QA", "2021-07", "2021-12")] or gaps(case)[0][2] in ("2021-07", "2021-08")
    assert case.rows("SELECT basis, ratio < 0 FROM (SELECT basis, log_ratio AS ratio FROM derived.mirror_gap)") == [
        ("mass" if mass else "value", True)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        both(lambda t: 110.0, mass=False),  # freight and insurance
        both(lambda t: 100.0 if t < 59 else 0.0),  # the importer reports late
        both(lambda t: 0.0 if t == 30 else 100.0),  # and leaves a month out
        both(lambda t: 60.0),  # a difference that was always there
    ],
)
def test_ordinary_differences_are_no_gap(rows):
    assert gaps(run(*rows)) == []


def test_goods_on_the_way_are_no_gap():
    shipped = [100.0 * noise("big", t, sd=0.7) for t in range(MONTHS + 1)]
    case = run(*both(lambda t: shipped[t], lambda t: shipped[t + 1]))
    assert gaps(case) == []


def test_re_exports_are_no_gap():
    again = list(series("FR", "QA", "RX", "8501", lambda t: 150.0 if t >= 40 else 0.0))
    sides = both(lambda t: 100.0, lambda t: 250.0 if t >= 40 else 100.0)
    assert gaps(run(*sides)) != []
    assert gaps(run(*sides, *again)) == []


def test_values_in_different_currencies_are_never_compared():
    rows = both(lambda t: 20.0 if 30 <= t < 36 else 100.0, mass=False)
    assert gaps(run(*([*row[:7], "QAR"] if row[0] == "QA" else row for row in rows))) == []


def test_where_one_side_is_silent_nothing_is_evaluated_and_that_is_said():
    case = run(*exports())
    assert gaps(case) == []
    assert case.rows("SELECT DISTINCT reason FROM derived.mirror_silent") == [("this country reports nothing at all",)]
    assert len(case.column("SELECT silent FROM derived.mirror_silent")) == len(PARTNERS)


def test_months_stand_against_years_by_their_sum():
    years = [["QA", "FR", "M", str(2019 + y), "8501", "1200", "3600", "EUR"] for y in range(5)]
    case = run(*series("FR", "QA", "X", "8501", lambda _: 100.0), *years)
    assert case.rows("SELECT count(*) FROM mirror_window") == [(5,)]
    assert gaps(case) == []


# Sums.


def test_sums_and_their_parts_are_never_added_up():
    row = ["FR", "QA", "X", "202403", "8501", "10", "30", "EUR"]
    parts = [["FR", "QA", "X", "202403", code, "5", "15", "EUR"] for code in ("850110", "850120")]
    world = ["FR", "World", "X", "202403", "8501", "99", "99", "EUR"]
    case = run(row, *parts, world, ["FR", "QA", "X", "202403", "TOTAL", "500", "500", "EUR"])
    assert case.rows("SELECT exporter, importer, told, heading, mass, lines FROM derived.trade_flow") == [
        ("FR", "QA", "exports", "8501", 10.0, 1)
    ]
    assert case.rows("SELECT reason, lines FROM derived.statistic_aside ORDER BY reason") == [
        ("a sum over headings", 1), ("a sum over the world", 1),
    ]  # fmt: skip


def test_two_tables_of_one_figure_are_versions_and_declarations_stand_apart(case):
    row = ["FR", "QA", "X", "202403", "8501", "10", "30", "EUR"]
    case.load("statistics", FIELDS, row)
    case.load("statistics", FIELDS, [*row[:5], "12", "36", "EUR"])
    line = ["1", "2024-03-05", "Alder Ltd", "850110", "7", "20", "EUR", "FR", "QA"]
    fields = "document_no date seller.name hs net_mass amount currency departure destination"
    case.load("declarations", fields, line, line)
    case.resolve()
    with case.engine.transaction():
        run_statistics(case.engine)
    assert case.rows("SELECT told, mass, versions, lines FROM derived.trade_flow ORDER BY told") == [
        ("declarations", 14.0, 1, 2), ("exports", 12.0, 2, 1),
    ]  # fmt: skip


# Properties.


def _everything(case: Case) -> list[object]:
    return [
        surges(case), gaps(case), case.rows("SELECT importer, headings, kinds FROM derived.co_movement"),
        case.rows("SELECT round(deviations, 6) FROM (SELECT deviations FROM derived.surge UNION ALL "
                  "SELECT deviations FROM derived.mirror_gap) ORDER BY 1"),
    ]  # fmt: skip


def test_neither_the_order_of_rows_nor_their_scale_matters():
    rows = [
        *exports(changed={"QA": lambda t: 400.0 if t >= 40 else 100.0}),
        *series("OM", "FR", "M", "8501", lambda t: 20.0 if 30 <= t < 36 else 100.0),
    ]
    found = _everything(run(*rows))
    assert found[0] and found[1]
    shuffled = random.Random(1).sample(rows, len(rows))
    assert _everything(run(*shuffled)) == found
    larger = [[*row[:5], str(float(row[5]) * 1000), str(float(row[6]) * 1000), row[7]] for row in rows]
    assert _everything(run(*larger)) == found


def test_a_case_without_statistics_has_nothing_to_count(case):
    case.resolve()
    with case.engine.transaction():
        assert run_statistics(case.engine) == {}
