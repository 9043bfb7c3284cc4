"""A file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from narrows.errors import NarrowsError, UsageError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` to write to; it takes the name of `path` when the block ends well.

    Raises:
        UsageError: the folder does not exist, or `path` is a folder.
        NarrowsError: the file cannot be written.
    """
    if path.is_dir() or not path.parent.is_dir():
        what = f"{path} is a folder" if path.is_dir() else f"there is no folder {path.parent}"
        raise UsageError(what, hint="Name a file in a folder that exists, such as alerts.xlsx.")
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield partial
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    except OSError as error:
        raise NarrowsError(
            f"{path} cannot be written: {error.strerror or error}",
            hint="Check that you may write to its folder, that the disk is not full, and that no other "
            "program has the file open.",
        ) from error
    finally:
        partial.unlink(missing_ok=True)
