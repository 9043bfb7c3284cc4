"""A sentence that Narrows shows, and the evidence that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from narrows.errors import NarrowsError


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of a received file.

    Attributes:
        record: the record's number, from the bytes received and the place in them.
        source: SHA-256 of the file's bytes.
        file: the file's name as received.
        sheet: the sheet, "" where there is none.
        row: the row as a spreadsheet shows it.
        cells: header and text as written, in the order of the file.
    """

    record: int
    source: str
    file: str
    sheet: str
    row: int
    cells: tuple[tuple[str, str | None], ...]

    @property
    def place(self) -> str:
        """The form in which a record is cited: file:row, or file[sheet]:row."""
        return f"{self.file}[{self.sheet}]:{self.row}" if self.sheet else f"{self.file}:{self.row}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its evidence. It cannot be made without any.

    Raises:
        NarrowsError: there is no evidence, or no text.
    """

    text: str
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence or not self.text.strip():
            raise NarrowsError(
                f"a statement without evidence or text: {self.text!r}",
                hint="This is a defect: every sentence must lead to the records that it rests on.",
            )
