"""Named SQL: the statements of `schema/*.sql`, each under a line `-- name: ...`."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from narrows.errors import NotFound

_MARK = re.compile(r"^-- name: (\S+)\s*$", re.MULTILINE)


def named(file: str, name: str) -> str:
    """Return statement `name` of `schema/<file>.sql`.

    Raises:
        NotFound: there is no such file or statement.
    """
    try:
        return _statements(file)[name]
    except (KeyError, FileNotFoundError):
        raise NotFound(
            f"schema/{file}.sql has no statement {name!r}",
            hint="This is a defect of the installation; install narrows again.",
        ) from None


def names(file: str) -> tuple[str, ...]:
    """Return the names of all statements of `schema/<file>.sql`, in the order of the file."""
    return tuple(_statements(file))


@cache
def _statements(file: str) -> dict[str, str]:
    text = resources.files("narrows").joinpath("schema", f"{file}.sql").read_text(encoding="utf-8")
    pieces = _MARK.split(text)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))
