"""Takes an indicator file apart, and reads its TOML header strictly: no unknown key, no wrong type."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from narrows.errors import IndicatorProblem

_OPENS, _CLOSES = "/* ---", "--- */"
_HINT = "Compare it with one that ships (`narrows indicators sql ID`); narrows.screen.rules.contract has the contract."


class BrokenIndicator(IndicatorProblem):
    """An indicator breaks its contract at `path`, `line`; `bare` is the message without them."""

    def __init__(self, message: str, *, path: str, line: int, hint: str = _HINT) -> None:
        super().__init__(f"{path}:{line}: {message}", hint=hint)
        self.bare = message
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Parts:
    """An indicator file taken apart.

    Attributes:
        table: the header as TOML reads it.
        lines: key -> line of the file: "says", "params.days", "examples.0", "examples.0.record".
        sql: what follows the header.
        sql_line: line of the file where that begins.
    """

    table: Mapping[str, Any]
    lines: Mapping[str, int]
    sql: str
    sql_line: int


def take_apart(text: str, *, path: str) -> Parts:
    """Split a file (newlines as \\n) into its header and its SQL.

    Raises:
        BrokenIndicator: the file does not begin with a header, or the header is not TOML.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _OPENS:
        raise BrokenIndicator(f"the file must begin with a line {_OPENS}", path=path, line=1)
    end = next((number for number, line in enumerate(lines) if line.rstrip() == _CLOSES), None)
    if end is None:
        raise BrokenIndicator(f"no line {_CLOSES} ends the header", path=path, line=1)
    for number, line in enumerate(lines[1:end], start=2):
        # A comment that ends earlier for the database than for this reader would hide text from one of them.
        if "/*" in line or "*/" in line:
            raise BrokenIndicator("/* and */ may not stand inside the header", path=path, line=number)
    try:
        table = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        # The header begins on the second line of the file.
        at = int(found[1]) + 1 if found is not None else 1
        raise BrokenIndicator(f"the header is not TOML: {error}", path=path, line=at) from error
    return Parts(table=table, lines=_lines(lines[:end]), sql="\n".join(lines[end + 1 :]), sql_line=end + 2)


class Table:
    """One table of a header, read strictly; every complaint carries path and line.

    Args:
        values: key -> value.
        at: the dotted name of this table in the header; "" for the header itself.
    """

    def __init__(self, values: Any, *, path: str, lines: Mapping[str, int], at: str = "") -> None:
        self.path = path
        self.lines = lines
        self.at = at
        if not isinstance(values, Mapping):
            raise self.broken("", f"{at} must be a table")
        self.values: Mapping[str, Any] = values

    def table(self, key: str, values: Any) -> Table:
        """Return a table inside this one."""
        return Table(values, path=self.path, lines=self.lines, at=self._dotted(key))

    def broken(self, key: str, message: str) -> BrokenIndicator:
        """Return the complaint about a key, with its line, or that of the table around it."""
        dotted = self._dotted(key)
        while dotted and dotted not in self.lines:
            dotted = dotted.rpartition(".")[0]
        return BrokenIndicator(message, path=self.path, line=self.lines.get(dotted, 1))

    def hold(self, required: Collection[str], optional: Collection[str]) -> None:
        """Hold the keys to those that are known and those that must be there."""
        for key in self.values:
            if key not in required and key not in optional:
                raise self.broken(key, f"unknown key {key!r}")
        for key in required:
            if key not in self.values:
                raise self.broken("", f"the key {key!r} is missing")

    def text(self, key: str, *, form: re.Pattern[str] | None = None) -> str:
        """Return a text that is not empty, without the space around it."""
        value = self._checked(self.values[key], key)
        if form is not None and not form.fullmatch(value):
            raise self.broken(key, f"{key} = {value!r} is not of the form {form.pattern}")
        return value

    def optional(self, key: str) -> str | None:
        """Return a text, or None where the key is not given."""
        return self.text(key) if key in self.values else None

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """Return a list of at least `least` texts; an absent key is an empty list."""
        values = self.values.get(key, [])
        if not isinstance(values, list) or len(values) < least:
            raise self.broken(key, f"{key} must be a list of at least {least} texts")
        return tuple(self._checked(value, key) for value in values)

    def words(self, key: str, *, known: Collection[str], what: str) -> tuple[str, ...]:
        """Return a list of known words, none twice."""
        words = self.texts(key)
        for word in words:
            if word not in known:
                raise self.broken(key, f"{key}: {word!r} is no {what}")
        if len(set(words)) < len(words):
            raise self.broken(key, f"{key} names something twice")
        return words

    def choice(self, key: str, options: tuple[str, ...]) -> str:
        """Return one of the options."""
        value = self.values[key]
        if not isinstance(value, str) or value not in options:
            raise self.broken(key, f"{key} must be one of {', '.join(options)}, not {value!r}")
        return value

    def _checked(self, value: object, key: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.broken(key, f"{key} must be text that is not empty")
        return value.strip()

    def _dotted(self, key: str) -> str:
        return ".".join(part for part in (self.at, key) if part)


def _lines(header: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    prefix, examples, quoted = "", -1, False
    for number, line in enumerate(header, start=1):
        if not quoted:
            if line.strip().startswith("[[examples]]"):
                examples += 1
                prefix = f"examples.{examples}."
                found[prefix.rstrip(".")] = number
            elif heading := re.match(r"\s*\[(\w+)\]", line):
                prefix = f"{heading[1]}."
                found[heading[1]] = number
            elif key := re.match(r"\s*([\w-]+)\s*=", line):
                found.setdefault(f"{prefix}{key[1]}", number)
        # An odd number of triple quotes opens or closes a text of several lines, whose lines are not keys.
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return found
