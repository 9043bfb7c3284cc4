"""Everything that can go wrong, as one tree; each error says what the user can do.

NarrowsError                 1   500
├── UsageError               2   400   the call itself is wrong
├── NotFound                 3   404   no such case, table, indicator, file
├── Rejected                 4   422   the data cannot be taken as it is
│   ├── FileProblem                    ... the file as a whole
│   ├── MappingProblem                 ... the mapping, or none could be proposed
│   └── IndicatorProblem               ... an indicator file breaks its contract
├── Locked                   5   423   somebody else holds the case
└── Corrupt                  1   500   the case does not verify
"""

from __future__ import annotations


class NarrowsError(Exception):
    """Base of all errors that Narrows raises on purpose.

    Args:
        message: what is wrong, in one sentence, with the file and row where known.
        hint: what the user can do about it; never empty.
    """

    exit_code = 1
    status = 500

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}"


class UsageError(NarrowsError):
    """The call itself is wrong."""

    exit_code = 2
    status = 400


class NotFound(NarrowsError):
    """There is no such case, table, indicator or file."""

    exit_code = 3
    status = 404


class Rejected(NarrowsError):
    """The data cannot be taken as it is."""

    exit_code = 4
    status = 422


class FileProblem(Rejected):
    """A file cannot be read as a whole."""


class MappingProblem(Rejected):
    """A mapping is wrong, or none could be proposed with confidence."""


class IndicatorProblem(Rejected):
    """An indicator file breaks the contract of a red flag."""


class Locked(NarrowsError):
    """Somebody else holds the case."""

    exit_code = 5
    status = 423


class Corrupt(NarrowsError):
    """The case does not verify."""
