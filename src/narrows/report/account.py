"""What was read, what could not be read, and what could not be checked."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import part_and_row
from narrows.casefile.sql import named
from narrows.report.model import CoverageLine, Noted, RedFlag, SingleLine, SourceLine
from narrows.report.texts import words

# Rejected rows shown of one table; the rest are counted.
REJECTED_SHOWN = 20


def source_lines(engine: Engine) -> tuple[SourceLine, ...]:
    """Return each table of each received file with its balance and all that was not understood in it."""
    unread = _by_part(engine.rows(named("report", "unread-values")))
    empty = _by_part(engine.rows(named("report", "empty-records")))
    rejected = _by_part(engine.rows(named("report", "rejected-rows"), {"rows": REJECTED_SHOWN}))
    reasons = _by_part(engine.rows(named("report", "rejected-counts")))
    lines = []
    for row in engine.rows(named("report", "parts-read")):
        part, source, name, size, sheet, read, kept, not_kept, notes, mapped, unnamed, left_out, *rest = row
        columns, toml = rest
        place = f"{name}[{sheet}]" if sheet else name
        lines.append(
            SourceLine(
                key=f"p{part:08x}",
                file=name,
                sheet=sheet,
                source=source,
                size=size,
                kind=_kind(toml),
                mapped=mapped,
                columns=columns,
                rows_read=read,
                rows_kept=kept,
                rows_rejected=not_kept,
                notes=tuple(notes),
                unnamed=tuple(unnamed),
                left_out=tuple(left_out),
                unread=tuple(
                    _noted(place, f"{column}: {reason}", count, ((e["record"], e["text"]) for e in first))
                    for column, reason, count, first in unread.get(part, ())
                ),
                empty=tuple(
                    _noted(place, reason, count, ((record, "") for record in first))
                    for reason, count, first in empty.get(part, ())
                ),
                rejected=tuple((row, reason, text or "") for row, reason, text in rejected.get(part, ())),
                rejected_by=tuple((reason, count) for reason, count in reasons.get(part, ())),
            )
        )
    return tuple(lines)


def _noted(place: str, what: str, count: int, first: Iterable[tuple[int, str | None]]) -> Noted:
    examples = tuple((f"{place}:{part_and_row(record)[1]}", text or "") for record, text in first)
    return Noted(what, count, examples)


def _kind(toml: str | None) -> str:
    if toml is None:
        return ""
    try:
        return str(tomllib.loads(toml).get("kind", ""))
    except tomllib.TOMLDecodeError:  # the mapping is the load stage's to judge
        return ""


def _by_part(rows: Iterable[Sequence[Any]]) -> dict[int, list[Sequence[Any]]]:
    found: dict[int, list[Sequence[Any]]] = {}
    for part, *rest in rows:
        found.setdefault(part, []).append(rest)
    return found


def coverage_lines(engine: Engine, flags: Mapping[str, RedFlag]) -> tuple[CoverageLine, ...]:
    """Return what became of the records under each indicator; those that were not run come last."""
    lines = []
    rows = engine.rows(named("report", "coverage"))
    for indicator, code, records, hit, clear, not_evaluable, not_concerned, lacking in rows:
        missing = json.loads(lacking) if lacking else {}
        lines.append(
            CoverageLine(
                code=code,
                title=flags[indicator].title if indicator in flags else indicator,
                ran=True,
                records=records,
                hit=hit,
                clear=clear,
                not_evaluable=not_evaluable,
                not_concerned=not_concerned,
                lacking=tuple(
                    (words(what), int(count))
                    for what, count in sorted(missing.items(), key=lambda item: (-item[1], item[0]))
                ),
            )
        )
    ran = {indicator for indicator, *_ in rows}
    left = sorted((f for f in flags.values() if f.id not in ran), key=lambda f: (f.code, f.id))
    lines.extend(CoverageLine(f.code, f.title, False, 0, 0, 0, 0, 0, ()) for f in left)
    return tuple(lines)


def single_lines(engine: Engine, flags: Mapping[str, RedFlag]) -> tuple[SingleLine, ...]:
    """Return how many hits of each indicator made no alert."""
    return tuple(
        SingleLine(
            code=code,
            title=flags[indicator].title if indicator in flags else indicator,
            gate=kind == "gate",
            hits=hits,
            transactions=transactions,
        )
        for indicator, code, kind, hits, transactions in engine.rows(named("report", "singles"))
    )
