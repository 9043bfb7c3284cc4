from __future__ import annotations

import ast

import pytest
import sqlglot
from house_plan import HOUSE, modules
from sqlglot import exp

from narrows.casefile.sql import named, names

KEPT = {"evidence", "judgement"}
# What code may take away, and why.
TAKERS = {
    "load/derive.py": "what was derived of one part",
    "load/readers/delimited.py": "a first draft of a part's rows, in the transaction that writes them",
    "load/readers/columnar.py": "a first draft of a part's rows, in the transaction that writes them",
    "screen/rules/examples.py": "the rows of an example, in memory",
}
TAKING = {"delete", "update", "Delete", "Update", "Drop", "Alter", "TruncateTable", "Merge"}


def taken_from(sql: str) -> set[str]:
    """The schemas from which statements take something away, or in which they change something."""
    found = set()
    for tree in sqlglot.parse(sql, dialect="duckdb"):
        for node in tree.find_all(*(getattr(exp, name) for name in TAKING if name[0].isupper()), exp.Create):
            if isinstance(node, exp.Create) and not node.args.get("replace"):
                continue
            target = node.find(exp.Table)
            found.add(target.db or target.name if target is not None else "")
    return found


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM evidence.part", "UPDATE evidence.source SET name = 'x'", "DROP TABLE evidence.part",
        "CREATE OR REPLACE TABLE evidence.part (a INTEGER)", "ALTER TABLE evidence.part DROP COLUMN a",
        "TRUNCATE evidence.part", "DROP SCHEMA evidence CASCADE",
    ],
)  # fmt: skip
def test_the_gate_sees_what_is_taken_away(sql):
    assert "evidence" in taken_from(sql)


def test_adding_takes_nothing_away():
    assert (
        taken_from("INSERT INTO evidence.part VALUES (1); CREATE TABLE IF NOT EXISTS evidence.x (a INTEGER)") == set()
    )


@pytest.mark.parametrize("file", sorted(path.stem for path in (HOUSE / "schema").glob("*.sql")))
def test_no_statement_changes_evidence_or_judgements(file):
    for name in names(file):
        assert not taken_from(named(file, name)) & KEPT, f"{file}.sql: {name}"


def test_no_code_takes_anything_away_but_where_it_may():
    takers = {
        module.place
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in TAKING
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "exp"
    }
    assert takers == set(TAKERS)
