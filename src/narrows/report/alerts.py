"""The queue of alerts, and each of the first ones in detail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import evidence_of, part_and_row
from narrows.casefile.sql import named
from narrows.errors import NarrowsError
from narrows.model.statement import Evidence, Statement
from narrows.report.model import AlertLine, AlertPage, Cell, Finding, HitBlock, Mark, Party, RedFlag, RowBlock
from narrows.report.texts import GAPS, ROLES, facts, plural, words

# What one page of a person's time can take; everything is in alerts.xlsx.
FINDINGS_SHOWN = 8
ROWS_SHOWN = 24
UNREAD_SHOWN = 8
QUOTED = 80  # characters of a value within a sentence


@dataclass(frozen=True, slots=True)
class _Hit:
    flag: RedFlag
    gate: bool
    reviewed: bool
    record: int
    evidence: tuple[int, ...]
    facts: tuple[tuple[str, str], ...]
    says: str


def alert_lines(engine: Engine, flags: Mapping[str, RedFlag], *, listed: int, detailed: int) -> tuple[AlertLine, ...]:
    """Return the first `listed` alerts of the queue, in its order."""
    limit = {"alerts": listed}
    parties: dict[str, dict[str, list[str]]] = {}
    for alert, role, _, name in engine.rows(named("report", "alert-parties"), limit):
        names = parties.setdefault(alert, {}).setdefault(role, [])
        if (shown := name or "(no name on record)") not in names:
            names.append(shown)
    marks: dict[str, list[Mark]] = {}
    for alert, indicator, code, kind, hits in engine.rows(named("report", "alert-marks"), limit):
        title = flag_of(flags, indicator).title
        marks.setdefault(alert, []).append(Mark(indicator, code, title, kind == "gate", hits))
    lines = []
    for place, row in enumerate(engine.rows(named("report", "alerts"), limit)):
        alert, rank, document, number, date, _, title, _, _, _, amount, currency, _ = row
        roles = parties.get(alert, {})
        lines.append(
            AlertLine(
                alert=alert,
                rank=rank,
                title=title,
                document=document or "transaction",
                document_no=number,
                date=date,
                amount=amount,
                currency=currency,
                parties=_parties(roles),
                marks=tuple(marks.get(alert, ())),
                detailed=place < detailed,
            )
        )
    return tuple(lines)


def _parties(roles: Mapping[str, Sequence[str]]) -> tuple[Party, ...]:
    """Put roles together that the same names stand in."""
    together: dict[tuple[str, ...], list[str]] = {}
    for role in ROLES:
        if role in roles:
            together.setdefault(tuple(roles[role]), []).append(words(role))
    return tuple(Party(", ".join(found), names) for names, found in together.items())


def alert_pages(engine: Engine, flags: Mapping[str, RedFlag], lines: Sequence[AlertLine]) -> tuple[AlertPage, ...]:
    """Return the detailed ones of the queue's first alerts."""
    first = [line for line in lines if line.detailed]
    limit = {"alerts": len(first)}
    hits = _hits(engine, flags, limit)
    gaps = _grouped(engine.rows(named("report", "alert-gaps"), limit))
    unread = _grouped(engine.rows(named("report", "alert-unread"), limit))
    reasons = {row[0]: tuple(row[12] or ()) for row in engine.rows(named("report", "alerts"), limit)}
    shown = {line.alert: _rows_shown(_blocks(hits.get(line.alert, ()))) for line in first}
    wanted = {record for records in shown.values() for record in records}
    wanted.update(record for rows in gaps.values() for _, _, _, few in rows for record in few)
    wanted.update(record for rows in unread.values() for record, *_ in rows[:UNREAD_SHOWN])
    evidence = evidence_of(engine, wanted)
    meanings = engine.rows(named("report", "column-meanings"))
    fields = {(part, column): words(field) for part, column, field in meanings}
    return tuple(
        _page(
            line,
            hits.get(line.alert, ()),
            shown[line.alert],
            reasons[line.alert],
            _missing(gaps.get(line.alert, ()), unread.get(line.alert, ()), evidence),
            evidence,
            fields,
            [name for _, column, text, _ in unread.get(line.alert, ()) for name in (column, _quoted(text))],
        )
        for line in first
    )


def flag_of(flags: Mapping[str, RedFlag], indicator: str) -> RedFlag:
    """Return the texts of an indicator that made an alert.

    Raises:
        NarrowsError: there are none, or they give no innocent explanation: such an alert must not be shown.
    """
    flag = flags.get(indicator)
    if flag is None or not flag.false_positives:
        raise NarrowsError(
            f"an alert rests on {indicator}, which has no text or no innocent explanation",
            hint="Run `narrows screen` again with the indicators of this version, then `narrows report`.",
        )
    return flag


def _hits(engine: Engine, flags: Mapping[str, RedFlag], limit: Mapping[str, object]) -> dict[str, tuple[_Hit, ...]]:
    rows = engine.rows(named("report", "alert-hits"), limit)
    names = _entity_names(engine, (row[9] for row in rows))
    found: dict[str, list[_Hit]] = {}
    for alert, _, indicator, _, kind, reviewed, _, record, evidence, text, says in rows:
        records = tuple(dict.fromkeys((record, *(evidence or ()))))
        flag, known = flag_of(flags, indicator), facts(text, names)
        hit = _Hit(flag, kind == "gate", bool(reviewed), record, records, known, says)
        found.setdefault(alert, []).append(hit)
    return {alert: tuple(group) for alert, group in found.items()}


def _entity_names(engine: Engine, texts: Iterable[str | None]) -> dict[int, str]:
    """Return the names of the entities that facts name by number in the place of a role."""
    numbers = {
        value
        for text in texts
        for role, value in (json.loads(text) if text else {}).items()
        if role in ROLES and isinstance(value, int) and abs(value) < 2**63
    }
    with engine.lent("wanted_entities", pa.table({"entity": pa.array(sorted(numbers), pa.int64())})):
        return dict(engine.rows(named("report", "entity-names")))


def _grouped(rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for alert, *rest in rows:
        found.setdefault(alert, []).append(rest)
    return found


def _blocks(hits: Sequence[_Hit]) -> list[tuple[RedFlag, list[_Hit]]]:
    """Put the hits of one indicator together; they come sorted."""
    return [(group[0].flag, group) for _, g in groupby(hits, key=lambda h: h.flag.id) if (group := list(g))]


def _rows_shown(blocks: Sequence[tuple[RedFlag, list[_Hit]]]) -> dict[int, int]:
    """Choose the rows to show, record -> number: what each hit shown judged, then further ones in turn."""
    hits = [hit for _, group in blocks for hit in group[:FINDINGS_SHOWN]]
    chosen = {hit.record for hit in hits}
    for depth in range(max((len(hit.evidence) for hit in hits), default=0)):
        for hit in hits:
            if len(chosen) < ROWS_SHOWN and depth < len(hit.evidence):
                chosen.add(hit.evidence[depth])
    order = dict.fromkeys(record for hit in hits for record in hit.evidence if record in chosen)
    return {record: number for number, record in enumerate(order, start=1)}


def _page(
    line: AlertLine,
    hits: Sequence[_Hit],
    shown: Mapping[int, int],
    reasons: Sequence[str],
    missing: tuple[Statement, ...],
    evidence: Mapping[int, Evidence],
    fields: Mapping[tuple[int, str], str],
    quoted: Sequence[str],
) -> AlertPage:
    rows = tuple(_row_block(number, evidence[record], fields) for record, number in shown.items())
    names = [*quoted, *(name for party in line.parties for name in party.names)]
    names += [value for hit in hits for _, value in hit.facts]

    return AlertPage(
        line=line,
        reasons=tuple(Statement(reason, tuple(row.evidence for row in rows)) for reason in reasons),
        hits=tuple(_hit_block(flag, group, shown, evidence) for flag, group in _blocks(hits)),
        rows=rows,
        missing=missing,
        names=tuple(sorted({name for name in names if not name.isascii() or len(name) > 3})),
    )


def _hit_block(
    flag: RedFlag, group: Sequence[_Hit], shown: Mapping[int, int], evidence: Mapping[int, Evidence]
) -> HitBlock:
    return HitBlock(
        flag=flag,
        gate=group[0].gate,
        reviewed=all(hit.reviewed for hit in group),
        findings=tuple(
            Finding(
                sentence=Statement(hit.says, tuple(evidence[r] for r in hit.evidence if r in shown)),
                facts=hit.facts,
                rows=tuple(shown[r] for r in hit.evidence if r in shown),
                rows_left_out=sum(r not in shown for r in hit.evidence),
            )
            for hit in group[:FINDINGS_SHOWN]
        ),
        findings_left_out=max(0, len(group) - FINDINGS_SHOWN),
    )


def _row_block(number: int, row: Evidence, fields: Mapping[tuple[int, str], str]) -> RowBlock:
    part, _ = part_and_row(row.record)
    filled = [(header, text) for header, text in row.cells if text is not None and text.strip()]
    return RowBlock(
        number=number,
        evidence=row,
        cells=tuple(Cell(header, fields.get((part, header), ""), text) for header, text in filled),
        empty=tuple(header for header, text in row.cells if text is None or not text.strip()),
    )


def _missing(
    gaps: Iterable[Sequence[Any]], unread: Sequence[Sequence[Any]], evidence: Mapping[int, Evidence]
) -> tuple[Statement, ...]:
    """Say what the records leave out, in the order of `GAPS`, then what in them could not be read."""
    found = []
    for gap, concerned, lines, few in sorted(gaps, key=lambda row: list(GAPS).index(row[0])):
        where = "" if concerned == lines else f" on {concerned:,} of its {plural(lines, 'line')}"
        found.append(Statement(f"{GAPS[gap]}{where}.", tuple(evidence[r] for r in few)))
    for record, column, text, reason in unread[:UNREAD_SHOWN]:
        row = evidence[record]
        found.append(Statement(f"“{_quoted(text)}” in column {column} could not be read ({reason}).", (row,)))
    if (left := len(unread) - UNREAD_SHOWN) > 0:
        first = evidence[unread[0][0]]  # the others are counted in its file's account
        found.append(Statement(f"{plural(left, 'further value')} in its rows could not be read.", (first,)))
    return tuple(found)


def _quoted(text: str | None) -> str:
    return "" if text is None else text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
