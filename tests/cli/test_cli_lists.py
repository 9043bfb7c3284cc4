"""`narrows lists` as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

MAPPING = """schema = "narrows.mapping/1"
kind = "entities"
[columns]
"No" = "party.id"
"Name" = "party.name"
"Weak" = "weak_alias"
"""


def narrows(*args: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "narrows", *map(str, args)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_a_list_is_added_shown_and_looked_into(tmp_path: Path) -> None:
    case, table, mapping = tmp_path / "case", tmp_path / "ours.csv", tmp_path / "m.toml"
    table.write_text("No,Name,Weak\n1,Brack Ltd,BRK\n2,Tove Brack,\n", "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    narrows("new", case)
    added = narrows("lists", "add", case, table, "--mapping", mapping, "--list", "Ours", "--as-of", "2024-01-31")
    assert "2 entries of Ours" in added.stderr and added.stdout == ""
    shown = json.loads(narrows("lists", "show", case, "--json").stdout)
    assert [(one["list"], one["as_of"], one["weak_names"]) for one in shown["lists"]] == [("Ours", "2024-01-31", 1)]
    told = narrows("lists", "entry", case, "Ours", "1").stdout
    assert "BRK  (weak; ours.csv:2)" in told and told.startswith("Ours  1  unknown  Brack Ltd")
    again = json.loads(narrows("lists", "add", case, table, "--list", "Ours", "--as-of", "2024-02-29", "--json").stdout)
    assert again["schema"] == "narrows.list-added/1" and again["loaded"][0]["already"]
    assert "2024-02-29" in narrows("lists", "show", case).stdout


def test_mistakes_end_with_their_codes(tmp_path: Path) -> None:
    case, table = tmp_path / "case", tmp_path / "ours.csv"
    table.write_text("A,B\n1,2\n", "utf-8")
    narrows("new", case)
    assert "hint" in narrows("lists", "add", case, table, code=4).stderr
    assert "YYYY-MM-DD" in narrows("lists", "add", case, table, "--as-of", "soon", code=2).stderr
    assert "lists show" in narrows("lists", "entry", case, "Ours", "1", code=3).stderr
    bad = tmp_path / "bad.xml"
    bad.write_text('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><sdnList/>', "utf-8")
    assert "is declared" in narrows("lists", "add", case, bad, code=4).stderr
