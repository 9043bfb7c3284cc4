"""From the tables of a case to what its report says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.report.account import coverage_lines, single_lines, source_lines
from narrows.report.alerts import alert_lines, alert_pages
from narrows.report.custody import custody_part
from narrows.report.hindsight import hindsight_part
from narrows.report.model import ListVersion, RedFlag, Report
from narrows.report.network import network_part

# How many alerts the queue lists, and how many of them are shown in detail. alerts.xlsx has them all.
LISTED = 1000
DETAILED = 50


def build(
    engine: Engine,
    *,
    flags: Iterable[RedFlag],
    lists: Iterable[ListVersion],
    version: str,
    title: str,
    replayed: bool = True,
    listed: int = LISTED,
    detailed: int = DETAILED,
) -> Report:
    """Read the tables of a case and return what its report says.

    Args:
        engine: the case's engine, screened.
        flags: the texts of the indicators that were run, in any order.
        lists: the editions of the published lists that were used, in any order.
        version: the version of Narrows.
        title: of the report.
        replayed: whether the replay is of the case as it stands; else it is left out.
        listed, detailed: how many alerts the queue lists and how many are shown in detail.

    Raises:
        NarrowsError: an alert rests on an indicator without an innocent explanation, or on no record.
    """
    texts = {flag.id: flag for flag in sorted(flags, key=lambda f: (f.code, f.id))}
    transactions, lines = engine.row(named("report", "transactions"))
    alerts, flagged, hits = engine.row(named("report", "alert-counts"))
    queue = alert_lines(engine, texts, listed=listed, detailed=detailed)
    files = tuple((name, source, size) for source, name, size in engine.rows(named("report", "sources")))
    return Report(
        title=title,
        version=version,
        as_of=engine.value(named("report", "as-of")),
        transactions=transactions,
        lines=lines,
        flagged=flagged,
        alerts=alerts,
        hits=hits,
        queue=queue,
        pages=alert_pages(engine, texts, queue),
        network=network_part(engine),
        hindsight=hindsight_part(engine) if replayed else None,
        custody=custody_part(engine),
        singles=single_lines(engine, texts),
        coverage=coverage_lines(engine, texts),
        sources=source_lines(engine),
        flags=tuple(texts.values()),
        lists=tuple(sorted(lists, key=lambda edition: edition.id)),
        files=files,
        fingerprint=_fingerprint(source for _, source, _ in files),
    )


def _fingerprint(sources: Iterable[str]) -> str:
    """Return one SHA-256 for all received files: over their hashes, sorted, one a line."""
    return hashlib.sha256("".join(f"{source}\n" for source in sorted(sources)).encode()).hexdigest()
