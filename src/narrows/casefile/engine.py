"""The one place that executes SQL.

Everything else hands its SQL here, as the name of a query in `schema/` or as a sqlglot tree, and gets rows or Arrow
tables back. Each database error comes out as a `NarrowsError` that carries the statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from sqlglot import exp

from narrows.errors import Corrupt, Locked, NarrowsError, NotFound

Sql = str | exp.Expr
Params = Sequence[object] | Mapping[str, object] | None

# A commit goes straight into the database file, where one write of its header makes it hold, and not through the log
# beside it: DuckDB 1.5 keeps the large appends of a transaction whose log was cut off by a kill (duckdb pull 25931).
_WHOLE_COMMITS = {"checkpoint_threshold": "0B", "auto_checkpoint_skip_wal_threshold": 0}


class Engine:
    """One DuckDB connection, locked down: no extension is fetched, no file outside the call is read.

    Args:
        path: the database file, or None for one in memory.
        read_only: open without the right to write.
        memory_limit: as DuckDB writes it, such as "4GB".
        temp: where DuckDB may spill; beside the database by default.
        locked: for SQL from outside: no other file is opened, nothing is spilled, no setting can be changed.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        read_only: bool = False,
        memory_limit: str | None = None,
        temp: Path | None = None,
        threads: int | None = None,
        locked: bool = False,
    ) -> None:
        config: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        }
        if path is not None and not read_only:
            config |= _WHOLE_COMMITS
        if memory_limit is not None:
            config["memory_limit"] = memory_limit
        if threads is not None:
            config["threads"] = threads
        if temp is not None:
            config["temp_directory"] = str(temp)
        try:
            self._connection = duckdb.connect(str(path or ":memory:"), read_only=read_only, config=config)
        except duckdb.Error as error:
            raise _unopened(path, error) from error
        # Time zones of the machine must not show in any result.
        self.run("SET TimeZone = 'UTC'")
        if locked:
            for setting in (
                "SET temp_directory = ''",
                "SET python_enable_replacements = false",
                "SET enable_external_access = false",
                "SET lock_configuration = true",
            ):
                self.run(setting)

    def run(self, sql: Sql, params: Params = None) -> None:
        """Execute one statement (or several, without parameters) and ignore what it returns."""
        self._execute(sql, params)

    def rows(self, sql: Sql, params: Params = None) -> list[tuple[Any, ...]]:
        """Execute and return all rows."""
        with _told(sql):
            return self._execute(sql, params).fetchall()

    def row(self, sql: Sql, params: Params = None) -> tuple[Any, ...]:
        """Execute and return the only row.

        Raises:
            NotFound: the query returned no row.
        """
        with _told(sql):
            found = self._execute(sql, params).fetchone()
        if found is None:
            raise NotFound("a query returned no row", hint=f"This is a defect; the query was: {_text(sql)}")
        return tuple(found)

    def value(self, sql: Sql, params: Params = None) -> Any:
        """Execute and return the first cell of the only row."""
        return self.row(sql, params)[0]

    def arrow(self, sql: Sql, params: Params = None) -> pa.Table:
        """Execute and return an Arrow table."""
        with _told(sql):
            return self._execute(sql, params).to_arrow_table()

    def batches(self, sql: Sql, params: Params = None, size: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Execute and yield Arrow batches of at most `size` rows, for results that do not fit in memory."""
        with _told(sql):
            yield from self._execute(sql, params).to_arrow_reader(size)

    def keep(self, name: str, query: exp.Query) -> None:
        """Keep what a query returns as the temporary table `name`, in place of one that is there."""
        temporary = exp.Properties(expressions=[exp.TemporaryProperty()])
        table = exp.to_identifier(name)
        self.run(
            exp.Create(this=exp.Table(this=table), kind="TABLE", replace=True, properties=temporary, expression=query)
        )

    @contextmanager
    def lent(self, name: str, table: Any) -> Iterator[None]:
        """Lend an Arrow table or reader to SQL under a name, for the time of the block."""
        self._connection.register(name, table)
        try:
            if any(pa.types.is_uint64(column.type) for column in table.schema):
                # Joins push bounds down into what is lent, and fail on those beyond 63 bits: such tables are copied.
                copied = f"{name}_copied"
                self.keep(copied, exp.select("*").from_(name))
                self._connection.unregister(name)
                self._connection.register(name, self._connection.table(f"temp.{copied}"))
                yield
                self.keep(copied, exp.select("*").from_(f"temp.{copied}").limit(0))
            else:
                yield
        finally:
            self._connection.unregister(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: commits at the end of the block, rolls back when it raises."""
        self.run("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self.run("COMMIT")

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._connection.close()

    def _execute(self, sql: Sql, params: Params) -> duckdb.DuckDBPyConnection:
        with _told(sql):
            return self._connection.execute(_text(sql), params)


class SqlError(NarrowsError):
    """The database refused a statement; `statement` is its text."""

    def __init__(self, message: str, *, statement: str) -> None:
        self.statement = statement
        first = message.strip().splitlines()[0] if message.strip() else "unknown database error"
        super().__init__(
            first,
            hint=f"If this is not about your own SQL, it is a defect. The statement began: {statement.strip()[:300]}",
        )


@contextmanager
def _told(sql: Sql) -> Iterator[None]:
    """Turn database errors into `SqlError`; some come only when the rows are fetched."""
    try:
        yield
    except duckdb.Error as error:
        for sign, hint in _REFUSALS.items():
            if sign in str(error):
                raise NarrowsError(str(error).strip().splitlines()[0], hint=hint) from error
        if "Corrupt database file" in str(error):
            raise Corrupt("a part of the database is damaged", hint=_RESTORE) from error
        raise SqlError(str(error), statement=_text(sql)) from error


# What the machine refuses is no defect of the statement.
_REFUSALS = {
    "Permission denied": "Check that you may write to the case folder and to the files in it.",
    "No space left": "Make room on the disk; the case is as it was before this call.",
    "Connection already closed": "The case was closed; open it again.",
    "Out of Memory": "Give narrows more memory (NARROWS_MEMORY=8GB), or make room where the case lies for it to spill.",
}
_RESTORE = "Restore the case folder from a backup, or make a new case from the original files."


def _unopened(path: Path | None, error: duckdb.Error) -> NarrowsError:
    text = str(error)
    if "Could not set lock" in text or "different configuration" in text:
        by = "another process" if "Could not set lock" in text else "this process, with other settings"
        hint = "Wait until the other run of narrows has ended, then try again."
        return Locked(f"{path} is in use by {by}", hint=hint)
    if path is not None and path.is_file() and "Permission denied" not in text:
        return Corrupt(f"{path} is damaged or no database: {text.splitlines()[0]}", hint=_RESTORE)
    hint = "Check that the folder exists, that you may write to it, and that the disk is not full."
    return NarrowsError(f"{path} cannot be opened: {text}", hint=hint)


def _text(sql: Sql) -> str:
    return sql if isinstance(sql, str) else sql.sql(dialect="duckdb")
