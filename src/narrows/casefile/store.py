"""The folder of a case: `case.duckdb` and `sources/`, where each received file lies untouched under its hash."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from narrows.casefile.engine import Engine
from narrows.casefile.ledger import enter
from narrows.casefile.sql import named
from narrows.errors import FileProblem, NarrowsError, NotFound, UsageError
from narrows.settings import Settings

DATABASE = "case.duckdb"
FORMAT = 3
# The statements of tables.sql that lay out a case, in their order.
LAYOUT = (
    "schemas", "evidence", "judgement", "derived-load", "derived-lists", "derived-resolve", "derived-screen",
    "derived-map", "derived-statistics", "derived-trace", "derived-replay",
)  # fmt: skip
# Begins the names of what lies beside the received files only while a file is loaded.
WAITING = ".part-"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """A file taken into the case folder: its hash, its size, its name as received, and where the copy lies."""

    source: str
    size: int
    name: str
    path: Path


class Store:
    """An open case folder.

    Attributes:
        path: the folder.
        engine: the open database.
        settings: of this run.
    """

    def __init__(self, path: Path, engine: Engine, settings: Settings) -> None:
        self.path = path
        self.engine = engine
        self.settings = settings

    @property
    def sources(self) -> Path:
        """The folder of the received files."""
        return self.path / "sources"

    def receive(self, file: Path) -> Received:
        """Copy a file into the case while hashing it, so that what was hashed is what will be read.

        The copy waits under another name until `keep` or `forget`; opening the case settles what a killed run left.

        Raises:
            NotFound: there is no such file.
            FileProblem: it is no regular file, is empty, or cannot be read.
        """
        _check_regular(file)
        copy = self.sources / f"{WAITING}{os.getpid()}"
        digest, size = hashlib.sha256(), 0
        try:
            with file.open("rb") as incoming, copy.open("wb") as outgoing:
                while chunk := incoming.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    outgoing.write(chunk)
            waiting = self.sources / f"{WAITING}{digest.hexdigest()}"
            copy.replace(waiting)
        except OSError as error:
            raise FileProblem(
                f"{file} cannot be copied into the case: {error.strerror}",
                hint="Check that you may read the file and that the disk has room for a copy of it.",
            ) from error
        finally:
            copy.unlink(missing_ok=True)
        waiting.chmod(0o600)
        return Received(digest.hexdigest(), size, file.name, waiting)

    def keep(self, received: Received) -> None:
        """Give the copy of a file its lasting name, once the file is loaded."""
        received.path.replace(self.sources / received.source)

    def forget(self, received: Received) -> None:
        """Remove the copy of a file whose load failed; keep it if the load was done before the failure."""
        self._settle(received.path)

    def settle(self) -> None:
        """Finish what a killed run began: keep the copies of files that were loaded, remove those that were not."""
        for waiting in self.sources.glob(f"{WAITING}*"):
            if waiting.is_dir():
                shutil.rmtree(waiting)
            else:
                self._settle(waiting)

    def _settle(self, waiting: Path) -> None:
        source = waiting.name.removeprefix(WAITING)
        if self.engine.rows(named("store", "source"), [source]):
            waiting.replace(self.sources / source)
        else:
            waiting.unlink(missing_ok=True)

    def drop_derived(self) -> None:
        """Drop all that was derived and lay out its tables anew, empty."""
        self.engine.run(named("verify", "drop-derived"))
        _lay_out(self.engine)

    def close(self) -> None:
        """Close the database."""
        self.engine.close()


def create(path: Path, settings: Settings) -> Store:
    """Make a new case folder.

    Raises:
        UsageError: the folder exists and is not empty.
    """
    if path.exists() and not _is_free(path):
        raise UsageError(
            f"{path} exists already" + (" and holds a case" if (path / DATABASE).is_file() else ", but holds no case"),
            hint=f"Go on with it: narrows load {path} FILE..."
            if (path / DATABASE).is_file()
            else "Choose a folder that does not exist yet, or an empty one.",
        )
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.chmod(0o700)
        (path / "sources").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise NarrowsError(
            f"{path} cannot be made: {error.strerror}", hint="Choose a folder in which you may write."
        ) from error
    store = _connect(path, settings)
    with store.engine.transaction():
        _lay_out(store.engine)
        enter(store.engine, settings, "created", {"format": FORMAT})
    return store


def open_store(path: Path, settings: Settings) -> Store:
    """Open a case folder.

    Raises:
        NotFound: there is no case.
        Locked: another process holds it.
        UsageError: it was written by a later version.
    """
    if not (path / DATABASE).is_file():
        raise NotFound(f"there is no case at {path}", hint=f"Make one: narrows new {path}")
    store = _connect(path, settings)
    rows = store.engine.rows(named("store", "has-ledger"))
    if not rows:
        # Killed while it was being made: nothing had been loaded yet.
        store.close()
        raise NotFound(
            f"the case at {path} was never completed",
            hint=f"Remove the folder {path} and make the case again.",
        )
    written = store.engine.value(named("store", "format"))
    if written != FORMAT:
        store.close()
        raise UsageError(
            f"the case at {path} has format {written}, this version reads {FORMAT}",
            hint="Use the version of narrows that wrote it, or make a new case from the original files.",
        )
    store.settle()
    return store


def _is_free(path: Path) -> bool:
    """Whether a folder is empty, or holds no more than what a run that was killed at once had made of a case."""
    return path.is_dir() and all(f.name == "sources" and f.is_dir() and not any(f.iterdir()) for f in path.iterdir())


def _lay_out(engine: Engine) -> None:
    for statement in LAYOUT:
        engine.run(named("tables", statement))


def _connect(path: Path, settings: Settings) -> Store:
    engine = Engine(path / DATABASE, memory_limit=settings.memory_limit, threads=settings.threads, temp=path / "spill")
    (path / DATABASE).chmod(0o600)
    return Store(path, engine, settings)


def _check_regular(file: Path) -> None:
    try:
        status = file.stat()
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {file}", hint="Check the path.") from error
    except OSError as error:
        raise FileProblem(
            f"{file} cannot be read: {error.strerror}", hint="Check the path and your right to read the file."
        ) from error
    if stat.S_ISDIR(status.st_mode):
        raise FileProblem(f"{file} is a folder", hint=f"Name the files in it, such as {file}/*.csv")
    if not stat.S_ISREG(status.st_mode):
        raise FileProblem(
            f"{file} is no regular file", hint="Save what it delivers to a file first, then load that file."
        )
    if status.st_size == 0:
        raise FileProblem(f"{file} is empty", hint="Export it again; nothing was loaded.")
