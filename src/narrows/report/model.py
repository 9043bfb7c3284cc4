"""What a report says, before it is drawn: frozen words that every renderer shares.

Each sentence about a transaction is a `Statement`, so it cannot stand without the rows that it rests on.
Counts are plain numbers; the tables beside them lead to the rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from narrows.model.statement import Evidence, Statement
from narrows.report.custody import CustodyPart
from narrows.report.hindsight import HindsightPart
from narrows.report.network import NetworkPart


class RedFlag(Protocol):
    """What the report needs to know of an indicator; whoever has these texts fits."""

    @property
    def id(self) -> str:
        """Its id, as hits and coverage name it."""

    @property
    def code(self) -> str:
        """Its short code, such as PAY-01."""

    @property
    def title(self) -> str:
        """Its name in a few words."""

    @property
    def kind(self) -> str:
        """What it takes to make an alert: gate or soft."""

    @property
    def means(self) -> str:
        """What it looks at and why."""

    @property
    def cites(self) -> Sequence[str]:
        """The publications that it comes from."""

    @property
    def false_positives(self) -> Sequence[str]:
        """Innocent explanations."""

    @property
    def blind_spots(self) -> Sequence[str]:
        """What it cannot see."""

    @property
    def clears(self) -> Sequence[str]:
        """What would answer it."""


class ListVersion(Protocol):
    """Which edition of a published list was used."""

    @property
    def id(self) -> str:
        """Its key in the catalogue."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def publisher(self) -> str:
        """Who publishes it."""

    @property
    def version(self) -> str:
        """The edition."""

    @property
    def date(self) -> dt.date | str | None:
        """The day of the edition, where it has one."""

    @property
    def citation(self) -> str:
        """Where it was published."""

    @property
    def checked(self) -> str:
        """How it was checked: "primary" where the legal text was read, "secondary", or "knowledge"."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands in a role: its word, or the words of several roles; the names most often written."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator that made an alert: its code, title and kind, and how many hits."""

    indicator: str
    code: str
    title: str
    gate: bool
    hits: int


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert as the queue shows it.

    Attributes:
        alert: its stable id.
        rank: place in the queue, from 1.
        document: what it stands in (orders, invoices, ...), and its number as written.
        amount, currency: of the transaction, where known.
        parties: by role, in the order in which goods and money go.
        marks: the indicators, gates first.
        detailed: whether the report shows it in detail.
    """

    alert: str
    rank: int
    title: str
    document: str
    document_no: str | None
    date: dt.date | None
    amount: Decimal | None
    currency: str | None
    parties: tuple[Party, ...]
    marks: tuple[Mark, ...]
    detailed: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: header and text as written, and the field that it was read as ("" for none)."""

    header: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class RowBlock:
    """A row that an alert rests on.

    Attributes:
        number: its number within the alert, from 1; hits cite it.
        evidence: the row.
        cells: those that hold something.
        empty: headers of those that do not.
    """

    number: int
    evidence: Evidence
    cells: tuple[Cell, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One hit: what the records appear to show, and where.

    Attributes:
        sentence: the sentence, with its rows.
        facts: name and value of what was found.
        rows: numbers of the alert's rows that it rests on.
        rows_left_out: how many further rows it rests on, which the report does not show.
    """

    sentence: Statement
    facts: tuple[tuple[str, str], ...]
    rows: tuple[int, ...]
    rows_left_out: int


@dataclass(frozen=True, slots=True)
class HitBlock:
    """The hits of one indicator in one alert, with the other side of them.

    Attributes:
        flag: the indicator's texts.
        gate: a legal check, which may stand alone.
        reviewed: whether a person has accepted the indicator's text.
        findings: its hits.
        findings_left_out: how many further hits the report does not show.
    """

    flag: RedFlag
    gate: bool
    reviewed: bool
    findings: tuple[Finding, ...]
    findings_left_out: int


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert in detail.

    Attributes:
        line: as in the queue.
        reasons: why it stands where it stands.
        hits: gates first.
        rows: the rows that it rests on, each once.
        missing: what its records do not say, or say in a way that could not be read.
        names: names and values in its sentences, to be set apart from the text around them.
    """

    line: AlertLine
    reasons: tuple[Statement, ...]
    hits: tuple[HitBlock, ...]
    rows: tuple[RowBlock, ...]
    missing: tuple[Statement, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SingleLine:
    """Hits of one indicator that made no alert."""

    code: str
    title: str
    gate: bool
    hits: int
    transactions: int


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """What became of the records under one indicator. `ran` is False where it was not run at all.

    Attributes:
        lacking: what was missing, and for how many records, most first.
    """

    code: str
    title: str
    ran: bool
    records: int
    hit: int
    clear: int
    not_evaluable: int
    not_concerned: int
    lacking: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """Something counted at load, with the first places where it stands: (file:row, text as written)."""

    what: str
    count: int
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One table of one received file, with its balance: read = kept + rejected.

    Attributes:
        key: unique within the report, for anchors.
        kind: what its rows are; "" where nobody has said what its columns mean.
        unnamed: columns that nobody reads.
        left_out: columns left out on purpose.
        unread: values that could not be read, by column and reason.
        empty: rows that say nothing a record of their kind must say.
        rejected: rows not kept, the first of them; `rejected_by` counts all by reason.
    """

    key: str
    file: str
    sheet: str
    source: str
    size: int
    kind: str
    mapped: bool
    columns: int
    rows_read: int
    rows_kept: int
    rows_rejected: int
    notes: tuple[str, ...]
    unnamed: tuple[str, ...]
    left_out: tuple[str, ...]
    unread: tuple[Noted, ...]
    empty: tuple[Noted, ...]
    rejected: tuple[tuple[int, str, str], ...]
    rejected_by: tuple[tuple[str, int], ...]

    @property
    def place(self) -> str:
        """file, or file[sheet]."""
        return f"{self.file}[{self.sheet}]" if self.sheet else self.file

    @property
    def balanced(self) -> bool:
        """Whether every row read is accounted for."""
        return self.rows_read == self.rows_kept + self.rows_rejected


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report.

    Attributes:
        as_of: the latest day that the records name.
        transactions, lines: how many were read.
        flagged: transactions with an alert.
        alerts: how many alerts there are in all; `queue` and `pages` may hold fewer.
        hits: how many hits made them.
        fingerprint: SHA-256 over the hashes of the received files.
        files: name, SHA-256 and size of each.
    """

    title: str
    version: str
    as_of: dt.date | None
    transactions: int
    lines: int
    flagged: int
    alerts: int
    hits: int
    queue: tuple[AlertLine, ...]
    pages: tuple[AlertPage, ...]
    network: NetworkPart
    hindsight: HindsightPart | None
    custody: CustodyPart | None
    singles: tuple[SingleLine, ...]
    coverage: tuple[CoverageLine, ...]
    sources: tuple[SourceLine, ...]
    flags: tuple[RedFlag, ...]
    lists: tuple[ListVersion, ...]
    files: tuple[tuple[str, str, int], ...]
    fingerprint: str

    @property
    def rows_read(self) -> int:
        """Rows read, of all tables."""
        return sum(s.rows_read for s in self.sources)

    @property
    def rows_kept(self) -> int:
        """Rows kept."""
        return sum(s.rows_kept for s in self.sources)

    @property
    def rows_rejected(self) -> int:
        """Rows rejected."""
        return sum(s.rows_rejected for s in self.sources)

    @property
    def unread_values(self) -> int:
        """Values that could not be read, in rows that were kept."""
        return sum(note.count for s in self.sources for note in s.unread)

    @property
    def unnamed_columns(self) -> int:
        """Columns that nobody reads, of the tables that are used."""
        return sum(len(s.unnamed) for s in self.sources if s.mapped)

    @property
    def unused_tables(self) -> int:
        """Tables kept but not used."""
        return sum(not s.mapped for s in self.sources)

    @property
    def not_checked(self) -> int:
        """Indicators that could not be evaluated for some record, or were not run."""
        return sum(not line.ran or line.not_evaluable > 0 for line in self.coverage)
