"""Runs one indicator over the case: its hits with their evidence, and its coverage."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import IndicatorProblem
from narrows.screen.rules.contract import Indicator
from narrows.screen.rules.coverage import coverage_query, guarded_hits
from narrows.screen.rules.guard import Overrides
from narrows.screen.rules.says import sentence
from narrows.screen.sandbox import run_in_sandbox

# A consignee of thousands of lines is told by a part of them; the count in the sentence is of all.
MOST_EVIDENCE = 40

_COLUMNS: list[tuple[str, pa.DataType]] = [
        ("hit", pa.string()), ("indicator", pa.string()), ("code", pa.string()), ("family", pa.string()),
        ("kind", pa.string()), ("reviewed", pa.bool_()), ("subject_kind", pa.string()), ("subject", pa.int64()),
        ("deal", pa.int64()), ("record", pa.int64()), ("evidence", pa.list_(pa.int64())), ("facts", pa.string()),
        ("says", pa.string()),
]  # fmt: skip
_SCHEMA = pa.schema(_COLUMNS)


def screen_one(store: Store, indicator: Indicator, *, reviewed: bool, inside: bool) -> list[str]:
    """Write the hits and the coverage of one indicator; returns what could not be done.

    Args:
        store: the open case, with `view.*` in place.
        indicator: the red flag.
        reviewed: its hits count towards alerts.
        inside: it ships with Narrows; others run in a locked child process.
    """
    engine = store.engine
    overrides = store.settings.params.get(indicator.id, {})
    try:
        if inside:
            found = engine.arrow(guarded_hits(indicator, overrides))
        else:
            found = run_in_sandbox(indicator, overrides, engine)
    except IndicatorProblem as problem:
        if inside:
            raise
        return [f"{indicator.id} did not run: {problem.message}"]
    add_hits(engine, indicator, found, reviewed=reviewed)
    _cover(engine, indicator, found, overrides)
    return []


def add_hits(engine: Engine, indicator: Indicator, found: pa.Table, *, reviewed: bool) -> None:
    """Write what an indicator found as hits, each with its deal, its evidence and its sentence.

    Args:
        engine: with `derived.trade_line` in place.
        indicator: the red flag.
        found: the rows that its query returned, in any order.
        reviewed: its hits count towards alerts.
    """
    if found.num_rows == 0:
        return
    rows = _hits(indicator, found, _deals(engine, found["record"]), reviewed=reviewed)
    with engine.lent("hits", rows):
        engine.run(named("alert", "add-hits"))


def _deals(engine: Engine, records: pa.ChunkedArray[Any]) -> dict[int, int]:
    if len(records) == 0:
        return {}
    with engine.lent("wanted", pa.table([records], names=["record"])):
        return dict(engine.rows(named("alert", "deal-of-records")))


def _hits(indicator: Indicator, found: pa.Table, deals: dict[int, int], *, reviewed: bool) -> pa.Table:
    further = [name for name in found.column_names if name.endswith("_record")]
    told = [name for name in found.column_names if name not in ("subject", "record", *further)]
    unique: dict[tuple[Any, ...], dict[str, object]] = {}
    for row in found.to_pylist():
        facts = {name: row[name] for name in told}
        says = sentence(indicator.says, facts)
        told_facts = json.dumps(facts, ensure_ascii=False, default=_plain)
        key = (row["subject"], row["record"], says)
        kept = unique.get(key)
        if kept is None:
            unique[key] = {
                "hit": f"{indicator.id}/{row['subject']}/{row['record']:x}",
                "indicator": indicator.id,
                "code": indicator.code,
                "family": indicator.family,
                "kind": indicator.kind,
                "reviewed": reviewed,
                "subject_kind": indicator.subject,
                "subject": row["subject"],
                "deal": deals.get(row["record"]),
                "record": row["record"],
                "evidence": [row["record"]],
                "facts": told_facts,
                "says": says,
            }
            kept = unique[key]
        # Rows come in no order: of several that say the same, the facts that sort first are kept.
        kept["facts"] = min(str(kept["facts"]), told_facts)
        evidence = kept["evidence"]
        assert isinstance(evidence, list)
        evidence += [row[name] for name in further if row[name] is not None and row[name] not in evidence]
    if indicator.subject == "organisation":
        _rest_on_all(unique)
    return pa.Table.from_pylist(_numbered(_in_order(unique)), schema=_SCHEMA)


def _rest_on_all(unique: dict[tuple[Any, ...], dict[str, object]]) -> None:
    """What is said of an organisation rests on all its rows together, not on each by itself."""
    of_subject: dict[object, list[object]] = {}
    for subject, record, _ in sorted(unique):
        if len(of_subject.setdefault(subject, [])) < MOST_EVIDENCE:
            of_subject[subject].append(record)
    for hit in unique.values():
        evidence = hit["evidence"]
        assert isinstance(evidence, list)
        evidence += [record for record in of_subject[hit["subject"]] if record not in evidence]


def _in_order(unique: dict[tuple[Any, ...], dict[str, object]]) -> list[dict[str, object]]:
    for hit in unique.values():
        evidence = hit["evidence"]
        assert isinstance(evidence, list)
        hit["evidence"] = [evidence[0], *sorted(evidence[1:])]
    return [unique[key] for key in sorted(unique, key=lambda k: (k[1], k[0], k[2]))]


def _numbered(hits: list[dict[str, object]]) -> list[dict[str, object]]:
    # One record can be hit twice by one indicator (two payments by two third parties): the number keeps them apart.
    # It counts within the record, so that a hit elsewhere does not change the name of this one.
    seen: Counter[object] = Counter()
    numbered = []
    for hit in hits:
        numbered.append({**hit, "hit": f"{hit['hit']}/{seen[hit['hit']]}"})
        seen[hit["hit"]] += 1
    return numbered


def _cover(engine: Engine, indicator: Indicator, found: pa.Table, overrides: Overrides) -> None:
    cursor = engine.arrow(coverage_query(indicator, overrides)).to_pylist()[0]
    hit = len(set(found["record"].to_pylist()))
    records, unconcerned, lacking = cursor["records"], cursor["not_concerned"], cursor["not_evaluable"]
    missing = {
        name.removeprefix("lacks_"): count for name, count in cursor.items() if name.startswith("lacks_") and count
    }
    engine.run(
        named("screen", "add-coverage"),
        [
            indicator.id, indicator.code, records, hit, records - unconcerned - lacking - hit, lacking, unconcerned,
            json.dumps(missing, ensure_ascii=False, sort_keys=True),
        ],
    )  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"no plain form of {type(value).__name__}")
