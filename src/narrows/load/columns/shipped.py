"""Mappings that come with Narrows, for public files whose layout their publishers have fixed."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from narrows.load.columns.mapping import read_mapping, same_header
from narrows.model.mapping import Mapping

# The words that headers are recognised by: no mapping, though it lies beside them.
_NO_MAPPING = ("headers.toml",)


@cache
def shipped() -> tuple[Mapping, ...]:
    """Return the mappings that come with Narrows, in the order of their file names."""
    folder = files("narrows") / "mappings"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        read_mapping((folder / name).read_text(encoding="utf-8"), name=name)
        for name in names
        if name not in _NO_MAPPING
    )


def find_shipped(file_name: str, columns: Sequence[str]) -> Mapping | None:
    """Return the shipped mapping of a file, or None.

    It fits by the file's name and all its columns. A file without a header row fits by name and width, where
    `columns` are the headers of the mapping or a row of data.
    """
    for mapping in _named(file_name):
        if mapping.headers:
            if _is_headed(mapping, columns) or _is_data(mapping, columns):
                return mapping
        elif {same_header(c) for c in mapping.columns} <= {same_header(c) for c in columns}:
            return mapping
    return None


def headers_for(file_name: str, first_row: Sequence[str]) -> tuple[str, ...]:
    """Return the column names of a file that has no header row, or () where it is not known to have none.

    Args:
        file_name: the file's name, without folders.
        first_row: its first row as written.
    """
    for mapping in _named(file_name):
        if _is_data(mapping, first_row):
            return mapping.headers
    return ()


def _named(file_name: str) -> list[Mapping]:
    name = file_name.casefold()
    return [m for m in shipped() if any(fnmatchcase(name, pattern.casefold()) for pattern in m.files)]


def _is_headed(mapping: Mapping, columns: Sequence[str]) -> bool:
    return [same_header(c) for c in columns] == [same_header(h) for h in mapping.headers]


def _is_data(mapping: Mapping, row: Sequence[str]) -> bool:
    """Whether the row is data of the mapping's width.

    A header row has no bare number in it; without this, anybody's "add.csv" of six columns would be taken
    for OFAC's.
    """
    return bool(mapping.headers) and len(row) == len(mapping.headers) and any(cell.strip().isdecimal() for cell in row)
