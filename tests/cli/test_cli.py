"""The command line as a user meets it: answers, exit codes, messages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ORDERS = """Order No,Order date,Seller,Buyer,Buyer country,Consignee,Goods description,HS code,Quantity,Unit,Amount
N-1001,2024-03-01,Low Fen Supplies Ltd,Blue Harbour Phones Ltd,DE,Blue Harbour Phones Ltd,mobile phone,851713,20,pcs,400
N-1002,2024-03-02,Low Fen Supplies Ltd,Pine Spur Automation GmbH,DE,Corner Star Mobile Ltd,motor,850131,5,pcs,900
"""
PAYMENTS = """Payment no,Date,Payer,Payee,Amount,Remittance information
P-1,2024-03-20,Silver Gate Car Hire Ltd,Low Fen Supplies Ltd,900,order N-1002
"""


def narrows(*args: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "narrows", *map(str, args)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("files")
    (folder / "orders.csv").write_text(ORDERS, "utf-8")
    (folder / "payments.csv").write_text(PAYMENTS, "utf-8")
    return folder / "orders.csv", folder / "payments.csv"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, files: tuple[Path, Path]) -> tuple[Path, dict[str, Any]]:
    case = tmp_path_factory.mktemp("cases") / "case"
    answer = json.loads(narrows("run", case, *files, "--json", "--fail-on", "alert", code=10).stdout)
    return case, answer


def test_run_answers_with_its_schema_and_fails_on_alerts(ran: tuple[Path, dict[str, Any]]) -> None:
    case, answer = ran
    assert answer["schema"] == "narrows.run/1"
    assert [o["stage"] for o in answer["outcomes"]] == ["load", "resolve", "screen", "map", "report"]
    assert Path(answer["report"]) == case / "report" / "report.html"


def test_export_writes_what_was_found(ran: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    out = tmp_path / "alerts.ndjson"
    told = json.loads(narrows("export", ran[0], "alerts", "-o", out, "--json").stdout)
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert told["rows"] == len(rows) == 1
    assert (rows[0]["document_no"], rows[0]["file"], rows[0]["row"]) == ("N-1002", "orders.csv", 3)


def test_loading_twice_changes_nothing_and_says_so(ran: tuple[Path, dict[str, Any]], files: tuple[Path, Path]) -> None:
    assert "already in the case; nothing changed" in narrows("load", ran[0], files[0]).stderr


def test_verify_and_rebuild(ran: tuple[Path, dict[str, Any]]) -> None:
    narrows("rebuild", ran[0])
    assert json.loads(narrows("verify", ran[0], "--json").stdout)["checked"]["files"] == 2


def test_propose_prints_a_mapping_that_loads(files: tuple[Path, Path], tmp_path: Path) -> None:
    toml = narrows("load", tmp_path / "case", files[0], "--propose").stdout
    (tmp_path / "m.toml").write_text(toml, "utf-8")
    narrows("new", tmp_path / "case")
    told = narrows("load", tmp_path / "case", files[0], "--mapping", tmp_path / "m.toml", "--json").stdout
    assert json.loads(told)["loaded"][0]["rows_kept"] == 2


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("verify", "nowhere"), 3, "there is no case"),
        (("export", "nowhere", "alerts", "-o", "x.csv"), 3, "there is no case"),
        (("scren", "x"), 2, "Did you mean 'screen'?"),
        (("load",), 2, "Missing argument"),
        (("indicators", "show", "NOPE-01"), 3, "no indicator"),
    ],
)
def test_errors_say_what_to_do(args: tuple[str, ...], code: int, says: str) -> None:
    assert says in narrows(*args, code=code).stderr


def test_an_error_is_json_too() -> None:
    told = json.loads(narrows("verify", "nowhere", "--json", code=3).stdout)
    assert told["schema"] == "narrows.error/1" and told["hint"]


def test_indicators_and_doctor() -> None:
    assert len(json.loads(narrows("indicators", "list", "--json").stdout)["indicators"]) == 11
    text = narrows("indicators", "sql", "PAY-01").stdout
    assert text.startswith("/* ---") and "FROM view.item" in text
    assert "11 red flags hold to their contract" in narrows("doctor").stdout
