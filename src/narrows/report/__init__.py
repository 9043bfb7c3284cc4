"""report: from the tables of a screened case to files for people.

Reads what the other stages wrote and changes nothing in the case. Writes into the folder that it is given:

- report.html: one page that stands alone. The alerts in their order, each sentence with the rows that it
  rests on and the other side of it; what could not be checked; what was read and what was not.
- alerts.csv, alerts.xlsx, alerts.ndjson: all alerts, a row for each hit, with the places of all its evidence.

Tables (tables.py) and followthemoney entities (ftm.py) are written from any case, screened or not; the network and the
custody of recovered items (interchange/) from one that was mapped or traced.

The same case gives the same bytes: no clock is asked; its date is the latest day that the records name.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.errors import NarrowsError
from narrows.report.alerts import flag_of
from narrows.report.build import build
from narrows.report.html import render
from narrows.report.model import ListVersion, RedFlag
from narrows.report.replacing import replacing
from narrows.report.tables import write_table

READS = (
    "evidence.source", "evidence.part", "evidence.rejected", "evidence.rows_*", "judgement.mapping",
    "derived.column_use", "derived.unread_value", "derived.empty_record", "derived.item", "derived.goods",
    "derived.payment", "derived.statement", "derived.stock", "derived.entity", "derived.party_entity",
    "derived.payment_deal", "derived.hit", "derived.alert", "derived.alert_hit", "derived.coverage",
    "derived.party", "derived.identifier", "derived.link", "judgement.ledger", "derived.node", "derived.flow",
    "derived.flow_line", "derived.flow_part", "derived.choke_point", "derived.junction", "derived.junction_flow",
    "derived.custody_item", "derived.custody_link", "derived.custody_party", "derived.custody_note",
    "derived.custody_ask", "judgement.inference", "derived.scheme", "derived.scheme_consignment", "derived.replay",
    "derived.replay_sharing",
)  # fmt: skip
WRITES: tuple[str, ...] = ()
TABLES = ("alerts.csv", "alerts.xlsx", "alerts.ndjson")

__all__ = ["READS", "WRITES", "ListVersion", "RedFlag", "alert_rows", "write_report", "write_table"]


def write_report(
    engine: Engine,
    folder: Path,
    *,
    flags: Iterable[RedFlag],
    lists: Iterable[ListVersion],
    version: str,
    title: str,
    replayed: bool,
) -> tuple[Path, ...]:
    """Write the report of a case and its tables.

    Args:
        engine: the case's engine, screened.
        folder: where to; made where it does not exist. Files of the same names are replaced.
        flags: the texts of the indicators that were run.
        lists: the editions of the published lists that were used.
        version: the version of Narrows.
        title: of the report.
        replayed: whether the replay is of the case as it stands; else it is left out.

    Returns:
        The files, the page first.

    Raises:
        NarrowsError: an alert has no innocent explanation or no evidence, or a file cannot be written.
    """
    texts = tuple(flags)
    page = render(build(engine, flags=texts, lists=lists, version=version, title=title, replayed=replayed))
    rows = alert_rows(engine, texts)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NarrowsError(
            f"{folder} cannot be made: {error.strerror}", hint="Choose a folder in which you may write."
        ) from error
    with replacing(folder / "report.html") as partial:
        partial.write_text(page, encoding="utf-8", newline="\n")
    return (folder / "report.html", *(write_table(rows, folder / name) for name in TABLES))


def alert_rows(engine: Engine, flags: Iterable[RedFlag]) -> pa.Table:
    """Return all alerts, one row a hit, each with the file and row of all its evidence.

    Raises:
        NarrowsError: an alert rests on an indicator without an innocent explanation.
    """
    texts = {flag.id: flag for flag in flags}
    for (indicator,) in engine.rows(named("report", "alert-indicators")):
        flag_of(texts, indicator)
    ids = sorted(texts)
    lent = pa.table(
        {
            "indicator": pa.array(ids, pa.string()),
            "title": pa.array([texts[i].title for i in ids], pa.string()),
            "innocent": pa.array([list(texts[i].false_positives) for i in ids], pa.list_(pa.string())),
            "clears": pa.array([list(texts[i].clears) for i in ids], pa.list_(pa.string())),
        }
    )
    with engine.lent("flag_texts", lent):
        return engine.arrow(named("report", "alert-rows"))
