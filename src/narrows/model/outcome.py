"""What a stage answers: what it did, what it warns of, what it did not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of one table of one file.

    Attributes:
        file, sheet: where it stood.
        kind: what its rows are taken to be; "" where the sheet was left out.
        rows_read, rows_kept, rows_rejected: read = kept + rejected.
        unread_columns: columns that nobody reads.
        counts: rows by derived table, and "unread values" and "empty records".
        notes: what was noticed on the way: encoding, delimiter, header row.
        warnings: those of them that a person must see: a guessed encoding, formulas without a result.
        already: the case held these bytes before; nothing was changed.
    """

    file: str
    sheet: str
    kind: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    unread_columns: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    already: bool = False

    @property
    def place(self) -> str:
        """How the table is named to the user."""
        return f"{self.file}[{self.sheet}]" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one stage.

    Attributes:
        stage: its name.
        counts: what was counted, in the order in which it should be told.
        warnings: what the user should look at.
        undone: what was not done, and why.
        files: what was written, as paths.
        loaded: for the stage load, what came of each table.
    """

    stage: str
    counts: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    loaded: tuple[Loaded, ...] = ()
