"""Replay by its verb: what it prints, when it is out of date, that a rebuild makes it again."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from narrows import api
from narrows.casefile.verify import fingerprints
from narrows.cli import group
from narrows.errors import UsageError

ORDERS = """Order No,Order date,Buyer,Seller,Consignee,Goods description,HS code,Quantity,Unit,Customer status
N-1,2024-03-01,Dunmark Farms Ltd,Aven Supplies Ltd,Hollin Phones Ltd,nitric acid 65 %,28080000,20,kg,private individual
N-2,2024-09-01,Dunmark Farms Ltd,Aven Supplies Ltd,Hollin Phones Ltd,nitric acid 65 %,28080000,20,kg,private individual
"""
REPLAYED = ("schemes", "consignments", "replay", "sharing")


def run(*words):
    done = CliRunner().invoke(group, [str(word) for word in words])
    return done.exit_code, done.stdout


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A case that is screened, not replayed."""
    folder = tmp_path_factory.mktemp("replay")
    (folder / "orders.csv").write_text(ORDERS, "utf-8")
    with api.new(folder / "case") as case:
        case.load(folder / "orders.csv")
        case.resolve()
        case.screen()
    return folder / "case"


def test_it_is_out_of_date_until_replayed_and_after_each_screening(path):
    with api.open(path) as case:
        case.screen()
        for name in REPLAYED:
            with pytest.raises(UsageError, match="not replayed"):
                case.table(name)
        case.replay()
        assert [len(case.table(name)) for name in REPLAYED] == [1, 2, 2, 0]
        case.screen()
        with pytest.raises(UsageError, match="not replayed"):
            case.table("replay")
        with pytest.raises(UsageError, match="cannot be replayed"):
            case.replay(schemes=0)


def test_a_rebuild_makes_it_again(path):
    with api.open(path) as case:
        case.map()
        case.replay(schemes=3)
        before = fingerprints(case._store.engine)
        case.rebuild()
        assert fingerprints(case._store.engine) == before and not before["replay"].startswith("0-")
        assert len(case.table("replay")) == 2


def test_what_the_verb_prints(path):
    code, text = run("replay", path)
    assert code == 0 and "Aven Supplies Ltd could first have asked on 2024-03-01, by LAW-01" in " ".join(text.split())
    told = json.loads(run("replay", path, "--json")[1])
    assert told["schema"] == "narrows.replay/1" and [row["first_hit"] for row in told["replay"]] == ["2024-03-01"] * 2
    assert told["replay"][0]["file"] == "orders.csv" and told["replay"][0]["row"] == 2


def test_a_case_that_is_not_screened_is_not_replayed(tmp_path):
    with api.new(tmp_path / "case") as case, pytest.raises(UsageError, match="not screened"):
        case.replay()
