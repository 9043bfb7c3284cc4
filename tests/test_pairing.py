import csv

import pytest
from click.testing import CliRunner

from narrows import api
from narrows.cli import group
from narrows.errors import FileProblem, NotFound, UsageError

PAIRS = """left,right,kind,country_left,country_right,same
Bozdere Gıda Ltd. Şti.,BOZDERE GIDA A.S.,organisation,TR,TR,1
"=Bozdere, Gıda",Aksaz Tekstil,organisation,,,0
Halit Bozdereli,خالد بوزدرلي,person,,,1
BLUE HERON 2,BLUE HERON 3,vessel,,,0
,N/A,,,,0
"""


@pytest.fixture
def pairs(tmp_path):
    file = tmp_path / "pairs.csv"
    file.write_text(PAIRS, "utf-8")
    return file


def test_a_table_of_pairs_comes_back_with_scores(pairs, tmp_path):
    assert api.score_names(pairs, tmp_path / "scored.csv") == (5, 2)
    with (tmp_path / "scored.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["same"] for row in rows] == [row["given_same"] for row in rows] == ["1", "0", "1", "0", "0"]
    assert all(0 <= float(row["score"]) <= 1 for row in rows)
    assert rows[2]["right"] == "خالد بوزدرلي"


def test_what_a_spreadsheet_could_run_is_made_plain(pairs, tmp_path):
    api.score_names(pairs, tmp_path / "scored.csv")
    assert "\n'=Bozdere" not in PAIRS
    assert "'=Bozdere" in (tmp_path / "scored.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("text", "error"),
    [(None, NotFound), ("a,b\n1,2\n", FileProblem), ("", FileProblem), ("left,right\nA,B,C\n", FileProblem)],
)
def test_what_is_no_table_of_pairs_is_refused_and_nothing_written(tmp_path, text, error):
    file, out = tmp_path / "pairs.csv", tmp_path / "scored.csv"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(error) as caught:
        api.score_names(file, out)
    assert caught.value.hint
    assert not out.exists()


def test_an_unknown_kind_is_refused():
    with pytest.raises(UsageError):
        api.compare_names("Bozdere", "Bozdere", kind="ship")


def test_the_command_line_compares_and_scores(pairs, tmp_path):
    told = CliRunner().invoke(group, ["names", "compare", "Bozdere Gıda", "Bozdere Food Ltd"], catch_exceptions=False)
    assert told.stdout.splitlines()[0].endswith("same  (compared as organisation)")
    out = tmp_path / "scored.csv"
    CliRunner().invoke(group, ["names", "score", str(pairs), "-o", str(out)], catch_exceptions=False)
    assert out.exists()
