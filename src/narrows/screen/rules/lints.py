"""The lints of `narrows indicators check`: each a name, what it recommends, and a check."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any, Protocol

from sqlglot import exp

from narrows.screen.rules.contract import Example, Indicator, Rows
from narrows.screen.rules.examples import ExampleResult, run_examples
from narrows.screen.rules.says import columns_of

Remark = tuple[str, int]
_PROSE = ("means", "false_positives", "blind_spots", "clears")


@dataclass(frozen=True, slots=True)
class Work:
    """What a lint may look at.

    Attributes:
        indicator: as read.
        others: every indicator of the same check, this one among them.
        trees: its validated SELECT and condition; empty where the guard refuses them.
        results: of its examples; empty where they could not be run.
    """

    indicator: Indicator
    others: Sequence[Indicator]
    trees: tuple[exp.Expr, ...]
    results: tuple[ExampleResult, ...]


class Lint(Protocol):
    """One rule for indicator files."""

    name: str
    recommendation: str

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a message and a line of the file for each breach."""
        ...


class Placed:
    """The id is the path."""

    name = "path"
    recommendation = "Name the file <folder>/<slug>.sql and the indicator <folder>.<slug>."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark where the two differ."""
        indicator, path = work.indicator, PurePath(work.indicator.path)
        if indicator.id != f"{path.parent.name}.{path.stem}":
            yield f"the id {indicator.id} is not its path", indicator.lines.get("id", 1)


class Unique:
    """No id and no code is used twice."""

    name = "unique"
    recommendation = "Take a code that is free; ids and codes are never used again."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each that another indicator of this check has too."""
        for key in ("id", "code"):
            value = getattr(work.indicator, key)
            twins = [other.path for other in work.others if getattr(other, key) == value]
            if len(twins) > 1:
                yield f"{key} {value} is used by {' and '.join(sorted(twins))}", work.indicator.lines.get(key, 1)


class Complete:
    """Titles are short, texts are sentences, and the sentence of a hit shows a fact."""

    name = "complete"
    recommendation = "Write what a person needs who sees the hit and nothing else."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each text that is too thin."""
        indicator = work.indicator
        if len(indicator.title) > 60:
            yield f"the title has {len(indicator.title)} characters; 60 fit", indicator.lines.get("title", 1)
        for key in _PROSE:
            for text in _texts(getattr(indicator, key)):
                if not text.endswith((".", "?")) or len(text) < 15:
                    yield f"{key}: {text!r} is not a sentence", indicator.lines.get(key, 1)
        if not columns_of(indicator.says):
            yield "says shows no fact of the hit", indicator.lines.get("says", 1)


class Parameters:
    """Every parameter is explained by its name."""

    name = "parameters"
    recommendation = "Name the parameter in `means`, or explain it in a comment on its line."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each parameter that is not."""
        indicator = work.indicator
        lines = indicator.text.split("\n")
        for name in indicator.params:
            line = indicator.lines.get(f"params.{name}", indicator.lines.get("params", 1))
            spoken = re.escape(name).replace("_", "[_ ]")
            told = re.search(rf"\b{spoken}\b", indicator.means) or re.search(r"#\s*\S", lines[line - 1])
            if told is None:
                yield f"the parameter {name} is not explained", line


class Covered:
    """The examples show a hit, a near miss and missing data."""

    name = "covered"
    recommendation = "Add an example: a hit, a near miss (clear), one with the data missing (not evaluable)."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each answer that no example expects, and for names used twice."""
        examples = work.indicator.examples
        for answer in ("hit", "clear", "not evaluable"):
            if all(example.expect != answer for example in examples):
                yield f"no example expects {answer!r}", work.indicator.lines.get("examples.0", 1)
        names = [example.name for example in examples]
        for example in examples:
            if names.count(example.name) > 1:
                yield f"two examples are named {example.name!r}", example.line


class Examples:
    """Every example is answered as it says."""

    name = "examples"
    recommendation = "Mend the SQL or the example; `got` is what the indicator answers today."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each example that is answered otherwise."""
        for example, result in zip(work.indicator.examples, work.results, strict=False):
            if result.got != result.expected:
                yield f"{result.name!r}: expected {result.expected}, got {result.got}", example.line
            elif not result.passed:
                yield f"{result.name!r}: expected the sentence {result.wanted!r}, got {result.says!r}", example.line


class Says:
    """The sentence names facts that the SELECT returns."""

    name = "says"
    recommendation = "Name columns of the SELECT other than subject, record and those that end in _record."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each column that is no fact."""
        returned = [name for tree in work.trees if isinstance(tree, exp.Query) for name in tree.named_selects]
        facts = {name for name in returned if name not in ("subject", "record") and not name.endswith("_record")}
        if work.trees:
            for name in sorted(columns_of(work.indicator.says) - facts):
                yield f"says names {name}, which is no fact of the SELECT", work.indicator.lines.get("says", 1)


class Words:
    """No word for guilt stands in anything that may be shown. Titles of cited works are left alone."""

    name = "words"
    recommendation = "Say what was declared, appears, matches or warrants enquiry."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each such word."""
        indicator = work.indicator
        shown = [(text, indicator.lines.get(key, 1)) for key in ("title", "says", *_PROSE)
                 for text in _texts(getattr(indicator, key))]  # fmt: skip
        shown += [(text, indicator.sql_line + number) for number, text in enumerate(indicator.sql.split("\n"))]
        for example in indicator.examples:
            cells = (value for rows in example.rows.values() for row in rows for value in row.values())
            texts = (example.name, example.says or "", *(cell for cell in cells if isinstance(cell, str)))
            shown += [(text, example.line) for text in texts]
        for text, line in shown:
            for word, instead in _guilt(text):
                yield f"{word!r} must not be said; {instead}", line


class Subjects:
    """Examples show whom a hit is about: a deal, or an organisation on record as such; never a natural person.

    The run itself drops an organisation that is on record as a person, whatever the SQL returns (`guarded_hits`).
    """

    name = "subjects"
    recommendation = "Return the deal, or an organisation, as subject; give it in the rows of the example."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each hit of an example on something else."""
        wanted = work.indicator.subject
        for example, result in zip(work.indicator.examples, work.results, strict=False):
            if wanted == "deal":
                known = {row.get("deal") for rows in example.rows.values() for row in rows}
            else:
                entities = example.rows.get("entity", ())
                known = {row.get("entity") for row in entities if row.get("kind") == "organisation"}
            for subject in result.subjects:
                if subject not in known:
                    yield f"{result.name!r}: the subject {subject} is no {wanted} of the example", example.line


class Persons:
    """Nothing looks at what a person is: nationality, religion, language, surname, and so on."""

    name = "persons"
    recommendation = "Judge what a transaction states; the rules are in the guardrails of the project."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each such name of a column, an alias or a parameter."""
        rules = _rules()["person"]
        lines = work.indicator.lines
        names = {name: lines.get("needs", 1) for name in work.indicator.needs}
        names |= {name: lines.get(f"params.{name}", lines.get("params", 1)) for name in work.indicator.params}
        for tree in work.trees:
            for identifier in tree.find_all(exp.Identifier):
                names.setdefault(identifier.name, _line(work.indicator, identifier))
        for name, line in names.items():
            if set(name.lower().split("_")) & set(rules["words"]) or any(p in name for p in rules["phrases"]):
                yield f"{name!r} is about what a person is", line


class Countries:
    """No country is written into an indicator: countries come from legal rules, tied to goods and destination."""

    name = "countries"
    recommendation = "Compare the countries of one deal with each other, or join to a table of a legal rule."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each two-letter code, and each country that is set against a written text."""
        indicator = work.indicator
        columns = {name.partition(".")[2] for name in _rules()["permuted"]["countries"]}
        for name, value in indicator.params.items():
            for text in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
                if re.fullmatch("[A-Z]{2}", text):
                    yield f"the parameter {name} holds the code {text!r}", indicator.lines.get(f"params.{name}", 1)
        for tree in work.trees:
            for literal in tree.find_all(exp.Literal):
                if not literal.is_string or not literal.name:
                    continue
                around = literal.find_ancestor(exp.Predicate, exp.In, exp.Query)
                beside = around.find_all(exp.Column) if isinstance(around, exp.Predicate | exp.In) else ()
                compared = any(column.name in columns for column in beside)
                if re.fullmatch("[A-Z]{2}", literal.name) or compared:
                    yield f"{literal.name!r} is written as a country", _line(indicator, literal)


class Permuted:
    """Other names and other countries, one for one, change no answer."""

    name = "permuted"
    recommendation = "Judge links, goods, quantities and dates; never what somebody is called or where they are."

    def check(self, work: Work) -> Iterator[Remark]:
        """Yield a remark for each example that is answered otherwise with other names and countries."""
        if not work.results:
            return
        again = run_examples(work.indicator, tables=_permuted)
        for example, before, after in zip(work.indicator.examples, work.results, again, strict=True):
            if before.got != after.got:
                message = f"{example.name!r}: {before.got}, but {after.got} with other names and countries"
                yield message, example.line


LINTS: tuple[Lint, ...] = (
    Placed(), Unique(), Complete(), Parameters(), Covered(), Examples(), Says(), Words(), Subjects(), Persons(),
    Countries(), Permuted(),
)  # fmt: skip


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads((files("narrows") / "screen" / "rules" / "words.toml").read_text(encoding="utf-8"))


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _guilt(text: str) -> Iterator[tuple[str, str]]:
    for rule in _rules()["guilt"]:
        stem = re.escape(rule["stem"]).replace(r"\ ", r"\s+")
        for word in re.findall(rf"\b{stem}\w*", text, flags=re.IGNORECASE):
            if word.lower() not in rule.get("except", ()):
                yield word, rule["instead"]


def _line(indicator: Indicator, node: exp.Expr) -> int:
    return indicator.sql_line + int(node.meta.get("line", 1)) - 1


def _permuted(example: Example) -> Mapping[str, Rows]:
    """Return the rows with every name and every country swapped for another, the same for the same."""
    rules = _rules()["permuted"]
    swapped: dict[str, dict[object, str]] = {"names": {}, "countries": {}}

    def swap(kind: str, value: object) -> str:
        known = swapped[kind]
        # QM to QZ are kept free for private use by ISO 3166.
        fresh = f"Party {len(known) + 1}" if kind == "names" else f"Q{chr(ord('M') + len(known) % 14)}"
        return known.setdefault(value, fresh)

    def cell(view: str, column: str, value: Any) -> Any:
        for kind in swapped:
            if f"{view}.{column}" in rules[kind]:
                return swap(kind, value)
        return value

    return {
        view: tuple({column: cell(view, column, value) for column, value in row.items()} for row in rows)
        for view, rows in example.rows.items()
    }
