"""Mappings as TOML: read strictly, written to read back the same, and fitted to the columns of a file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, get_args

from narrows.errors import MappingProblem, NotFound
from narrows.model.fields import FIELDS_OF, PARTY_ATTRIBUTES, ROLES_OF, type_of
from narrows.model.mapping import KINDS, DateOrder, Mapping
from narrows.vocab import units

SCHEMA = "narrows.mapping/1"

_TEXTS = ("title", "publisher", "licence", "id_scheme", "encoding", "separator")
_LISTS = ("files", "headers", "nulls")
_TABLES = ("columns", "constants", "units")
_CHOICES: dict[str, tuple[str, ...]] = {
    "schema": (SCHEMA,),
    "kind": KINDS,
    "date_order": get_args(DateOrder),
    "decimal": (".", ","),
}
_NUMERIC = {"number", "quantity", "mass", "volume", "percent", "share"}
_KEYS = ("schema", "kind", *_TEXTS, "date_order", "decimal", *_LISTS, *_TABLES)
_MEASURES = {"mass": "kg", "volume": "l"}


def read_mapping(source: Path | str, *, name: str) -> Mapping:
    """Read a mapping.

    Args:
        source: the file, or the TOML text itself.
        name: what to call it in messages, such as the file's name.

    Raises:
        NotFound: there is no such file.
        MappingProblem: it is no TOML, or says what a mapping cannot say; names the key and what was meant.
    """
    text = _text_of(source, name) if isinstance(source, Path) else source
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise MappingProblem(
            f"{name}: not TOML: {problem}",
            hint='Put headers and texts in quotes: "Buyer name" = "buyer.name".',
        ) from None
    return _Reader(name, content).mapping()


def write_mapping(mapping: Mapping) -> str:
    """Return a mapping as TOML text that `read_mapping` reads back as the same mapping, in the same order."""
    texts = {"schema": SCHEMA, "kind": mapping.kind}
    texts |= {key: text for key in _TEXTS if (text := getattr(mapping, key)) != ""}
    lines = [f"{key} = {_quoted(text)}" for key, text in texts.items()]
    lines += [f"date_order = {_quoted(mapping.date_order)}", f"decimal = {_quoted(mapping.decimal)}"]
    for key in _LISTS:
        items: tuple[str, ...] = getattr(mapping, key)
        if items:
            lines += [f"{key} = [", *(f"    {_quoted(item)}," for item in items), "]"]
    for key in _TABLES:
        table: Dict[str, str] = getattr(mapping, key)
        if table or key == "columns":
            lines += ["", f"[{key}]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in table.items())]
    return "\n".join(lines) + "\n"


def fitted(mapping: Mapping, columns: Sequence[str]) -> Mapping:
    """Return the mapping with its columns named exactly as the file writes them.

    A header fits when it is the same but for case and white space; one that is the same to the letter
    goes first.

    Args:
        mapping: what the columns mean.
        columns: the file's headers as written.

    Raises:
        MappingProblem: the file lacks a column that the mapping names, or has two that fit it.
    """
    found = _matched(mapping, columns)
    return replace(mapping, columns=MappingProxyType({found[key]: field for key, field in mapping.columns.items()}))


def check_columns(mapping: Mapping, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the file's columns that the mapping does not name: nobody reads them.

    A column that is mapped to "" is left out on purpose and is not among them.

    Args:
        mapping: what the columns mean.
        columns: the file's headers as written.

    Raises:
        MappingProblem: the file lacks a column that the mapping names, or has two that fit it.
    """
    named = set(_matched(mapping, columns).values())
    return tuple(column for column in columns if column not in named)


def same_header(header: str) -> str:
    """Return what two headers have in common that differ only in case and white space."""
    return " ".join(header.split()).casefold()


def _matched(mapping: Mapping, columns: Sequence[str]) -> dict[str, str]:
    """The mapping's columns -> the file's."""
    of_file = set(columns)
    found = {key: key for key in mapping.columns if key in of_file}
    by_fold: dict[str, list[str]] = {}
    for column in columns:
        if column not in found:
            by_fold.setdefault(same_header(column), []).append(column)
    missing = []
    for key in mapping.columns:
        if key in found:
            continue
        fits = by_fold.pop(same_header(key), [])
        if len(fits) > 1:
            raise MappingProblem(
                f"the mapping's column {_quoted(key)} fits more than one column of the file: {_listed(fits)}",
                hint="Write the header in the mapping exactly as the file has it.",
            )
        if fits:
            found[key] = fits[0]
        else:
            missing.append(key)
    if missing:
        raise MappingProblem(
            f"the mapping names columns that the file does not have: {_listed(missing)}; "
            f"the file has: {_listed(columns)}",
            hint=_meant(missing[0], columns, "Correct the headers in the mapping, or give the mapping of this file."),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """One TOML document on its way to a mapping."""

    name: str
    content: dict[str, Any]

    def mapping(self) -> Mapping:
        for key in self.content:
            if key not in _KEYS:
                self._refuse(_quoted(key), "no such key in a mapping", _meant(key, _KEYS, _known("The keys", _KEYS)))
        chosen = {key: self._choice(key) for key in _CHOICES}
        kind = chosen["kind"]
        read: dict[str, Any] = {key: self._text(key, self.content[key]) for key in _TEXTS if key in self.content}
        read |= {key: self._list(key) for key in _LISTS}
        read |= {key: MappingProxyType(self._table(key)) for key in _TABLES}
        self._judge_fields(kind, read)
        self._judge_signs(kind, read["columns"])
        self._judge_headers(read["columns"], read["headers"])
        read |= {key: value for key, value in chosen.items() if key != "schema" and value != ""}
        return Mapping(**read)

    def _judge_signs(self, kind: str, columns: Dict[str, str]) -> None:
        """How dates and numbers are written must be said where the columns hold any: 03/04 and 1.500 read two ways."""
        types = {type_of(kind, field) for field in columns.values()}
        for key, needed in (("date_order", {"date", "birth-date"}), ("decimal", _NUMERIC)):
            if key not in self.content and types & needed:
                self._refuse(key, "is missing", _known(f"Write {key} = one of", _CHOICES[key]))

    def _choice(self, key: str) -> str:
        """One of a few words; "" where an optional one is absent."""
        allowed = _CHOICES[key]
        if key not in self.content:
            if key in ("schema", "kind"):
                self._refuse(key, "is missing", _known(f"Write {key} = one of", allowed))
            return ""
        text = self._text(key, self.content[key])
        if text not in allowed:
            self._refuse(key, f"cannot be {_quoted(text)}", _meant(text, allowed, _known("It can be", allowed)))
        return text

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            self._refuse(key, f"must be text, not {value!r}", "Put the value in quotes.")
        return value

    def _list(self, key: str) -> tuple[str, ...]:
        value = self.content.get(key, [])
        if not isinstance(value, list):
            self._refuse(key, "must be a list of texts", f'Write {key} = ["...", "..."].')
        return tuple(self._text(key, item) for item in value)

    def _table(self, key: str) -> dict[str, str]:
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            self._refuse(key, "must be a table", f"Write [{key}] on a line of its own, and the pairs under it.")
        return {name: self._text(f"{key}.{_quoted(name)}", item) for name, item in value.items()}

    def _judge_fields(self, kind: str, read: Dict[str, Dict[str, str]]) -> None:
        for column, field in read["columns"].items():
            if field != "":
                self._judge_field(f"columns.{_quoted(column)}", kind, field)
        for field, value in read["constants"].items():
            key = f"constants.{_quoted(field)}"
            self._judge_field(key, kind, field)
            if field in read["columns"].values():
                self._refuse(key, "is also read from a column", "Take one of the two out; the column would win.")
            if value.strip() == "":
                self._refuse(key, "is empty", "Say the value, or take the line out.")
        for field, unit in read["units"].items():
            key = f"units.{_quoted(field)}"
            self._judge_field(key, kind, field)
            self._judge_unit(key, type_of(kind, field), unit)

    def _judge_field(self, key: str, kind: str, field: str) -> None:
        if type_of(kind, field) is None:
            fields = tuple(FIELDS_OF[kind])
            roles = ROLES_OF[kind]
            parties = [f"{role}.{attribute}" for role in roles for attribute in PARTY_ATTRIBUTES]
            known = _known(f"The fields of {kind}", fields)
            if roles:
                known += f" {_known('Parties: one of', roles)} {_known('Then a dot and one of', PARTY_ATTRIBUTES)}"
            self._refuse(key, f"{kind} have no field {_quoted(field)}", _meant(field, [*fields, *parties], known))

    def _judge_unit(self, key: str, type_: str | None, unit: str) -> None:
        if type_ not in ("quantity", "mass", "volume"):
            self._refuse(key, "is no quantity, mass or volume", "Take the line out.")
        measure = units.unit(unit)
        if unit.strip() == "" or (type_ in _MEASURES and (measure is None or measure[0] != _MEASURES[type_])):
            self._refuse(key, f"{_quoted(unit)} is no unit of {type_}", "Write a unit such as kg, t or l.")

    def _judge_headers(self, columns: Iterable[str], headers: Sequence[str]) -> None:
        for at, header in enumerate(headers):
            if header in headers[:at]:
                self._refuse("headers", f"{_quoted(header)} stands twice", "Give every column a name of its own.")
        for column in columns:
            if headers and column not in headers:
                self._refuse(
                    f"columns.{_quoted(column)}",
                    "is not among the mapping's headers",
                    _meant(column, headers, _known("The headers", headers)),
                )

    def _refuse(self, key: str, what: str, hint: str) -> NoReturn:
        raise MappingProblem(f"{self.name}: {key}: {what}", hint=hint)


def _text_of(path: Path, name: str) -> str:
    try:
        # Editors on Windows put a byte order mark first, which TOML does not know.
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(f"{name}: there is no such mapping file", hint="Check the path of the mapping.") from None
    except UnicodeDecodeError:
        raise MappingProblem(f"{name}: not UTF-8 text", hint="Save the mapping as UTF-8.") from None
    except OSError as problem:
        raise MappingProblem(f"{name}: cannot be read: {problem.strerror}", hint="Give a readable TOML file.") from None


def _meant(word: str, among: Iterable[str], otherwise: str) -> str:
    by_fold = {same_header(candidate): candidate for candidate in among}
    close = get_close_matches(same_header(word), by_fold, n=1)
    return f"Did you mean {_quoted(by_fold[close[0]])}?" if close else otherwise


def _known(what: str, words: Iterable[str]) -> str:
    return f"{what}: {', '.join(words)}."


def _listed(columns: Iterable[str], most: int = 40) -> str:
    every = list(columns)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(_quoted(column) for column in every[:most]) + more


def _quoted(text: str) -> str:
    """The text as a TOML string on one line; what does not print is escaped so that people can see it."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[char]
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
