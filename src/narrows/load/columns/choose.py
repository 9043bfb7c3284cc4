"""Chooses what the columns of each table of a file mean: as given, as shipped, or as proposed where that is clear."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from narrows.errors import MappingProblem
from narrows.load.columns.mapping import check_columns
from narrows.load.columns.propose import Proposal, propose
from narrows.load.columns.shipped import find_shipped, headers_for
from narrows.load.layouts import of_columns
from narrows.load.published import statistics_of
from narrows.load.readers.epcis import EpcisPart
from narrows.load.readers.files import Part, parts_of
from narrows.load.readers.xml import XmlPart
from narrows.model.mapping import Mapping


def proposals(file: Path) -> tuple[tuple[str, Proposal], ...]:
    """Return what Narrows makes of each sheet of a file, without loading it."""
    return tuple((part.sheet, _proposal(part, file.name)) for part in parts_for(file, file.name, None))


def given_for(parts: Sequence[Part], mapping: Mapping, name: str) -> list[tuple[Part, Mapping | None]]:
    """The mapping given, for each sheet that it fits; for the others what is clear of them.

    Raises:
        MappingProblem: it fits no sheet, or a sheet that it does not fit is not clear by itself.
    """
    chosen: list[tuple[Part, Mapping | None]] = []
    problems = []
    for part in parts:
        try:
            check_columns(mapping, part.columns)
            chosen.append((part, mapping))
        except MappingProblem as problem:
            problems.append(problem)
            chosen.append((part, None))
    if len(problems) == len(parts) and problems:
        raise problems[0]
    return [(part, clear_for(part, name) if fit is None else fit) for part, fit in chosen]


def parts_for(path: Path, name: str, mapping: Mapping | None) -> list[Part]:
    """The tables of a file, read as the mapping says, or as a shipped mapping says of files of this name and width."""
    headers, encoding = (mapping.headers, mapping.encoding) if mapping is not None else ((), "")
    parts = list(parts_of(path, name=name, headers=headers, encoding=encoding))
    if mapping is None and len(parts) == 1:
        # Whether a file has no header row is known from its shipped mapping, which goes by name and width.
        # Of a file with a single row, that row was taken for the header.
        first = [text or "" for row in parts[0].sample(1) for text in row] or list(parts[0].columns)
        headers = headers_for(name, first)
        if headers:
            parts = list(parts_of(path, name=name, headers=headers))
    return parts


def clear_for(part: Part, name: str) -> Mapping | None:
    """The mapping that is clear for a part; None for a sheet without any records."""
    if not part.columns or not part.sample(1):
        return None
    proposal = _proposal(part, name)
    if not proposal.clear:
        place = f"{name}[{part.sheet}]" if part.sheet else name
        raise MappingProblem(
            f"{place}: what the columns mean is not clear: " + "; ".join(proposal.doubts),
            hint="Print the proposal (`narrows load CASE FILE --propose > M.toml`), correct it, "
            "and load with `--mapping M.toml`.",
        )
    return proposal.mapping


def _proposal(part: Part, name: str) -> Proposal:
    if isinstance(part, XmlPart | EpcisPart):
        shipped: Mapping | None = part.mapping
    else:
        shipped = find_shipped(name, part.columns) or of_columns(part.columns) or statistics_of(part.columns)
    if shipped is not None:
        return Proposal(mapping=shipped, clear=True, doubts=(), reasons=())
    return propose(part.columns, part.sample(), file_name=name, sheet=part.sheet, notes=part.notes)
