"""What a run may be told from outside, as one frozen object. The environment is read here and nowhere else."""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from narrows.errors import UsageError

SETTINGS_FILE = "settings.toml"


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


def of_case(folder: Path, settings: Settings) -> Settings:
    """Return the settings with the parameters of red flags that the user keeps in `settings.toml` of a case.

        [params."order.quantity-out-of-pattern"]
        times = 8

    Raises:
        UsageError: the file is no TOML, or says something else.
    """
    path = folder / SETTINGS_FILE
    if not path.is_file():
        return settings
    hint = 'It may hold tables such as [params."order.quantity-out-of-pattern"] with values such as times = 8.'
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}", hint=hint) from error
    params = content.get("params", {})
    if (
        set(content) - {"params"}
        or not isinstance(params, dict)
        or not all(isinstance(table, dict) for table in params.values())
    ):
        raise UsageError(f"{path} says something that is no setting", hint=hint)
    return replace(settings, params={**settings.params, **params})


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in the system's table, as in some containers
        return "unknown"
