from __future__ import annotations

import re

import pytest

from narrows.casefile.sql import named, names
from narrows.errors import NotFound


def test_a_statement_has_a_name():
    assert "ledger" in named("ledger", "last")
    assert "-- name:" not in named("ledger", "last")


def test_names_come_in_the_order_of_the_file():
    assert names("store") == ("source", "has-ledger", "format")


@pytest.mark.parametrize(("file", "name"), [("ledger", "first"), ("nowhere", "last"), ("../schema/ledger", "nothing")])
def test_what_is_not_there_is_said(file, name):
    with pytest.raises(NotFound, match=re.escape(name)):
        named(file, name)
