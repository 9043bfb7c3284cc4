"""`narrows trace`, `narrows request`, `narrows inference` on the bundled example."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from narrows import api
from narrows.cli import group
from narrows.settings import Settings

PAPERS = ("recoveries.csv", "certificates.csv", "packing_lists.csv", "replies.csv", "plate_RI-01.png")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recovered items of the example, traced by their papers alone."""
    path = tmp_path_factory.mktemp("cli") / "case"
    with api.new(path, settings=Settings(who="R. Reader", epoch=1_750_000_000)) as case, api.example_files() as files:
        for file in files:
            if file.name in PAPERS:
                case.load(file)
        case.resolve()
    return path


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 15 June 2025."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")


def said(*words: object) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words], catch_exceptions=False)


def test_trace_says_one_line_for_each_item(path: Path) -> None:
    done = said("trace", path)
    lines = done.stdout.splitlines()
    assert len(lines) == 9 and lines[0].startswith("RI-01: 4 steps (3 documented, 1 missing)")
    assert json.loads(said("trace", path, "--json").stdout)["counts"]["recovered items"] == 9


def test_trace_shows_one_chain_calmly(path: Path) -> None:
    said("trace", path)
    told = said("trace", path, "ri-05").stdout
    for part in ("1. Ostreval Steuerungen GmbH  [no inference of malpractice]", "contradicted, evidence level 2",
                 "the lot grows: 40 pieces received, 55 given", "packing_lists.csv:7", "Other chains that fit",
                 "What would settle most"):  # fmt: skip
        assert part in told
    answer = json.loads(said("trace", path, "RI-05", "--json").stdout)
    assert answer["schema"] == "narrows.custody/1" and answer["links"][1]["state"] == "contradicted"


def test_a_request_is_drafted_sent_and_shown(path: Path, tmp_path: Path) -> None:
    said("trace", path)
    drafted = said("request", "draft", path, "RI-02", "-o", tmp_path / "r.docx", "--json")
    number = json.loads(drafted.stdout)["request"]
    done = said("request", "set", path, number, "requested", "--reason", "by post", "--on", "2025-07-01", "--json")
    assert json.loads(done.stdout)["due"] == "2025-07-29"
    rows = json.loads(said("request", "show", path, "--json").stdout)["requests"]
    assert [(row["request"], row["state"]) for row in rows] == [(number, "requested")]
    assert number in said("request", "show", path).stdout


def test_an_inference_is_recorded(path: Path) -> None:
    with api.open(path) as case:
        party = case.table("parties").rows()[0]["party"]
    done = said("inference", path, party, "malpractice", "--reason", "found so by a court", "--json")
    assert json.loads(done.stdout)["verdict"] == "malpractice"
    assert said("inference", path, party, "none", "--reason", "quashed").exit_code == 0
