import json

from click.testing import CliRunner

from narrows.cli import group

ORDERS = """Order No,Order Date,Customer Name,City,Country,Description,Quantity,Unit
1,2024-01-01,Bozdere Gida,Ankara,TR,rice,5,kg
2,2024-01-02,Bozdore Gida,Ankara,TR,rice,5,kg
3,2024-01-03,Bozdere Gidda,Izmir,TR,rice,5,kg
"""


def run(*words, **more):
    return CliRunner().invoke(group, [str(word) for word in words], catch_exceptions=False, **more)


def test_doubts_are_walked_and_what_is_decided_counts(tmp_path):
    case, file = tmp_path / "case", tmp_path / "orders.csv"
    file.write_text(ORDERS, "utf-8")
    run("new", case)
    run("load", case, file)
    shown = run("resolve", case, "--review", input="d\nseen both shops\nq\n")
    assert "log-odds" in shown.stdout and "Bozd" in shown.stdout
    out = tmp_path / "judgements.csv"
    run("export", case, "judgements", "-o", out)
    assert "different,seen both shops" in out.read_text("utf-8-sig")
    parties = tmp_path / "parties.csv"
    run("export", case, "parties", "-o", parties)
    assert len(parties.read_text("utf-8-sig").splitlines()) == 4


def test_a_judgement_by_its_verb(tmp_path):
    case, file, out = tmp_path / "case", tmp_path / "orders.csv", tmp_path / "parties.ndjson"
    file.write_text(ORDERS, "utf-8")
    run("new", case)
    run("load", case, file)
    run("resolve", case)
    run("export", case, "parties", "-o", out)
    keys = [json.loads(line)["party"] for line in out.read_text("utf-8").splitlines()]
    run("judge", case, keys[0], keys[2], "same", "--reason", "one letterhead")
    run("resolve", case)
    run("export", case, "parties", "-o", out)
    entity = [json.loads(line)["entity"] for line in out.read_text("utf-8").splitlines()]
    assert entity[0] == entity[2]
