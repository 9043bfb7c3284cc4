"""Parquet, JSON lines and FollowTheMoney entities as raw tables."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.casefile.engine import Engine
from narrows.errors import FileProblem
from narrows.load.readers.columnar import unique_names
from narrows.load.readers.files import Limits, Part, Written, parts_of


def load(path: Path, limits: Limits | None = None) -> tuple[Part, Written, list[tuple[Any, ...]]]:
    """The part, what was written, and (row number, *cells) of each row."""
    [part] = parts_of(path, limits=limits or Limits())
    engine = Engine()
    engine.run("CREATE SCHEMA evidence")
    with engine.transaction():
        written = part.write(engine, "evidence.rows_1")
    number = "rowid + ? AS _row, *" if written.contiguous else "*, ? AS unused"
    rows = engine.rows(f"SELECT {number} FROM evidence.rows_1 ORDER BY 1", [part.first_row])
    rows = [row if written.contiguous else row[:-1] for row in rows]
    engine.close()
    assert written.rows_read == written.rows_kept + len(written.rejected)
    assert written.rows_kept == len(rows)
    assert part.sample(2) == [row[1:] for row in rows[:2]]
    return part, written, rows


def lines(folder: Path, *found: object, name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in found))
    return path


def test_parquet_becomes_text(tmp_path: Path) -> None:
    path = tmp_path / "orders"
    table = {
        "hs": [320890.0, 10121.5],
        "day": [dt.datetime(2024, 3, 1), dt.datetime(2024, 3, 1, 10, 30)],
        "date": [dt.date(2024, 3, 1), None],
        "amount": [Decimal("1.50"), Decimal("2.00")],
        "names": [["a", "b"], []],
        "text": ["", " x "],
        "party": [{"name": "Example", "n": 1}, None],
        "yes": [True, False],
    }
    pq.write_table(pa.table(table), path)
    part, written, rows = load(path)
    assert part.columns == tuple(table)
    assert rows[0] == (
        1, "320890", "2024-03-01", "2024-03-01", "1.50", "a; b", None, "{'name': Example, 'n': 1}", "true",
    )  # fmt: skip
    assert rows[1] == (2, "10121.5", "2024-03-01 10:30:00", None, "2.00", None, " x ", None, "false")
    assert "nested columns are kept as one text: party" in part.notes
    assert written.contiguous


def test_parquet_with_strange_and_equal_headers(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    names = ['a "b"', "x;DROP", " ", "A"]
    pq.write_table(pa.table([[1], [2], [3], [4]], names=names), path)
    part, _, rows = load(path)
    assert part.columns == ('a "b"', "x;DROP", "column 3", "A")
    assert rows == [(1, "1", "2", "3", "4")]


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"no": 1.50, "buyer": {"name": "Örnek", "city": null}, "tags": ["a", 2, null]}\n'
        "\n"
        '{"no": 12345678901234567890, "paid": true, "buyer": {"name": "", "more": {"x": [1, "y"]}}}\n'
    )
    part, written, rows = load(path)
    assert part.columns == ("no", "buyer.name", "buyer.city", "tags", "paid", "buyer.more")
    assert rows == [
        (1, "1.50", "Örnek", None, "a; 2", None, None),
        (3, "12345678901234567890", None, None, None, "true", '{"x": [1, "y"]}'),
    ]
    assert not written.contiguous


def test_lines_that_are_no_objects_are_rejected_with_their_number(tmp_path: Path) -> None:
    deep = '{"a": ' + "[" * 100_000
    path = lines(
        tmp_path,
        {"a": 1}, '{"a": 2', "[1]", '{"a": 1, "a": 2}', '{"a": "\\u0000"}', '{"a": "\\ud800"}', deep,
        {"a": "x" * 101}, {"b": "x" * 2000}, {"a": 9},
    )  # fmt: skip
    _, written, rows = load(path, Limits(cell=100, row=1000))
    assert [row[0] for row in rows] == [1, 10]
    assert [(reject.row, reject.reason) for reject in written.rejected] == [
        (2, "not JSON: Expecting ',' delimiter at character 9"),
        (3, "not a JSON object"),
        (4, "the key 'a' twice in one object"),
        (5, "a NUL character"),
        (6, "half a character (a lone surrogate)"),
        (7, "a line longer than 1,000 characters"),
        (8, "a cell longer than 100 characters"),
        (9, "a line longer than 1,000 characters"),
    ]
    assert max(len(reject.text) for reject in written.rejected) == 1000


def test_objects_nested_too_deeply_are_rejected(tmp_path: Path) -> None:
    path = lines(tmp_path, {"a": 1}, '{"a": ' + "[" * 50_000 + "]" * 50_000 + "}")
    _, written, _ = load(path)
    assert [reject.reason for reject in written.rejected] == ["nested too deeply"]


def test_json_keys_that_meet_once_flattened_stay_apart(tmp_path: Path) -> None:
    part, _, rows = load(lines(tmp_path, {"a.b": 1, "a": {"b": 2}}))
    assert part.columns == ("a.b", "a.b (2)")
    assert rows == [(1, "1", "2")]


def test_entities(tmp_path: Path) -> None:
    path = lines(
        tmp_path,
        {"id": "x1", "properties": {"name": ["Example", "Ex."], "country": ["xx"]}, "schema": "Company"},
        {"id": "x2", "caption": "B", "properties": {"address": []}, "schema": "Person", "datasets": ["d"]},
        name="entities.ftm.json",
    )
    part, _, rows = load(path)
    assert part.columns == ("id", "schema", "caption", "name", "country", "address", "datasets")
    assert rows[0] == (1, "x1", "Company", None, "Example; Ex.", "xx", None, None)
    assert rows[1] == (2, "x2", "Person", "B", None, None, None, "d")
    assert "FollowTheMoney entities: one column per property" in part.notes


def test_json_is_known_by_its_content_and_refused_where_it_is_not_lines(tmp_path: Path) -> None:
    assert load(lines(tmp_path, {"a": 1}, name="0a1b"))[0].columns == ("a",)
    for text in ('[{"a": 1}]', '{\n  "a": 1\n}'):
        path = tmp_path / "a.json"
        path.write_text(text)
        with pytest.raises(FileProblem, match="one object a line"):
            list(parts_of(path))


def test_json_with_too_many_keys_and_with_none(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="columns; Narrows reads at most 2,000"):
        load(lines(tmp_path, {str(i): i for i in range(2001)}))
    with pytest.raises(FileProblem, match="no line of it is a JSON object"):
        load(lines(tmp_path, "{}", "{"))


HEADERS = st.lists(st.text("aB 2()\n", max_size=5))


@given(HEADERS)
def test_names_are_unique_and_keep_what_was_written(headers: list[str]) -> None:
    names = unique_names(headers)
    assert len(set(names)) == len(names) == len(headers)
    for name, header in zip(names, headers, strict=True):
        assert name.startswith(" ".join(header.split()))


VALUE = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.dictionaries(st.sampled_from("abc"), VALUE, min_size=1), min_size=1, max_size=8))
def test_any_flat_objects_come_back(tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, Any]]) -> None:
    def text(value: object) -> str | None:
        return str(value).lower() if isinstance(value, bool) else None if value in (None, "") else str(value)

    # A file with no good line at all is refused as a whole.
    found = [{"a": "good"}, *found]
    path = lines(tmp_path_factory.mktemp("j"), *found)
    part, written, rows = load(path)
    nul = [number for number, one in enumerate(found, 1) if any("\0" in str(value) for value in one.values())]
    assert [reject.row for reject in written.rejected] == nul
    for number, *cells in rows:
        read = {name: cell for name, cell in zip(part.columns, cells, strict=True) if cell is not None}
        assert read == {k: text(v) for k, v in found[number - 1].items() if text(v) is not None}
