"""Each stage has the same front door, and no table is written by two of them."""

from __future__ import annotations

import pytest

from narrows.flow import STAGES


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_the_front_door(stage):
    assert stage.__doc__ and "Reads" in stage.__doc__ and "rites" in stage.__doc__
    assert stage.READS and (stage.WRITES or hasattr(stage, "write_report"))
    assert callable(getattr(stage, "run", None) or stage.write_report)


def test_no_table_is_written_by_two_stages():
    written = [table for stage in STAGES for table in stage.WRITES]
    assert len(written) == len(set(written))


def test_every_derived_table_is_written_by_a_stage(case):
    case.screen()
    there = {
        f"derived.{name}"
        for (name,) in case.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'derived'")
    }
    assert there == {table for stage in STAGES for table in stage.WRITES if table.startswith("derived.")}
