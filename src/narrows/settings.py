"""What a run may be told from outside, as one frozen object. The environment is read here and nowhere else."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one run.

    Attributes:
        who: name written into the ledger.
        memory_limit: for DuckDB, such as "4GB"; None leaves its own default (80 % of memory).
        threads: for DuckDB; None takes all cores.
        epoch: seconds since 1970 to use as the present moment, for reproducible runs; None is the clock.
        params: indicator id -> parameter -> value, the user's own in place of those that ship.
    """

    who: str = "unknown"
    memory_limit: str | None = None
    threads: int | None = None
    epoch: int | None = None
    params: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: MappingProxyType({}))

    def now(self) -> datetime:
        """Return the present moment in UTC, without a time zone, to the second."""
        moment = datetime.now(UTC) if self.epoch is None else datetime.fromtimestamp(self.epoch, UTC)
        return moment.replace(tzinfo=None, microsecond=0)


def from_environment() -> Settings:
    """Read NARROWS_USER, NARROWS_MEMORY, NARROWS_THREADS and SOURCE_DATE_EPOCH."""
    threads = os.environ.get("NARROWS_THREADS", "")
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return Settings(
        who=os.environ.get("NARROWS_USER") or _user(),
        memory_limit=os.environ.get("NARROWS_MEMORY") or None,
        threads=int(threads) if threads.isdigit() else None,
        epoch=int(epoch) if epoch.isdigit() else None,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in the system's table, as in some containers
        return "unknown"
