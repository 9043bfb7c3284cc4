from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from house_plan import HOUSE, ROOT

# Binding, whatever the product's own list says. A stem forbids every word that begins with it.
NEVER = ("suspect", "terroris", "guilt", "launder", "evad", "network member", "criminal", "culprit")
# Places that must say such a word, and why.
ALLOWED = {
    "Trade-Based Money Laundering": "the title of a published work, cited",
    "No word for guilt stands": "the lint that holds indicators to the same",
    '["guilt"]': "the table of such words in that lint's list",
    "_guilt(": "the function of that lint",
}
# The product's list of what must not be said.
LIST = HOUSE / "screen" / "rules" / "words.toml"

SKIPPED = {"__pycache__", "data", "vendor"}
BORROWED = {"LICENSE"}
NOT_HERE = {
    "a path of one machine": re.compile(r"(?<![\w./<-])/(?:work|root|home|Users|mnt|farm)/|[A-Z]:\\Users"),
    "a temporary folder": re.compile(r"(?<![\w./<])/(?:var/)?tmp\b"),
    "a package registry": re.compile(
        r"\bpypi\.(?:org|io|python)|pythonhosted\.org|registry\.npmjs|\bcrates\.io|proxy\.golang|--(?:extra-)?index-url|"
        r"PIP_INDEX[_]URL|localhost:\d|127\.0\.0\.1:\d|\b(?:10|192\.168)\.\d+\.\d+\.\d+\b",
        re.IGNORECASE,
    ),
    "how it was made": re.compile(
        r"\b(?:generated|written|made|assisted) (?:by|with) (?:an? )?(?:\w+ )?(?:assistant|model|agent|chat\w*)\b"
        r"|\bco-authored-by\b|\blanguage model\b",
        re.IGNORECASE,
    ),
}


def shown() -> Iterator[tuple[Path, str]]:
    """The files whose texts a user may get to read: everything that ships, and the papers."""
    kinds = {".py", ".sql", ".toml", ".j2", ".css"}
    for path in sorted(HOUSE.rglob("*")):
        if path.suffix in kinds and path != LIST:
            yield path, path.read_text(encoding="utf-8")
    for path, text in repository():
        if path.suffix == ".md" or path.parts[len(ROOT.parts)] == "examples":
            yield path, text


def repository() -> Iterator[tuple[Path, str]]:
    """Every text of the repository that is its own."""
    kept = [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")]
    for folder in ("src", "tests", "examples", "bench", "docs", ".ci"):
        kept += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in sorted(kept):
        inside = path.relative_to(ROOT)
        if SKIPPED & set(inside.parts) or any(part.endswith("_cache") for part in inside.parts):
            continue
        if inside.name not in BORROWED:
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a workbook, or an example in an encoding of its own


def without_what_is_allowed(text: str) -> str:
    for phrase in ALLOWED:
        text = text.replace(phrase, "")
    return text


def said(text: str) -> list[str]:
    stems = sorted({*NEVER, *(rule["stem"] for rule in _rules())}, key=len, reverse=True)
    innocent = {word for rule in _rules() for word in rule.get("except", ())}
    found = re.findall(
        rf"(?<![^\W_])(?:{'|'.join(map(re.escape, stems))})[^\W_]*", without_what_is_allowed(text).lower()
    )
    return [word for word in found if word not in innocent]


def _rules() -> list[dict[str, object]]:
    rules: list[dict[str, object]] = tomllib.loads(LIST.read_text(encoding="utf-8"))["guilt"]
    return rules


@pytest.mark.parametrize("text", ["A suspect.", "LAUNDERS money", "a guilty_one", "terrorists", "network members"])
def test_the_gate_hears_such_words(text):
    assert said(text)


def test_the_gate_leaves_innocent_words_alone():
    assert not said("A launderette; evaluated; FATF, Trade-Based Money Laundering, 2021; unsuspecting")


def test_no_text_that_a_user_may_read_says_guilt():
    texts = dict(shown())
    assert {path.suffix for path in texts} >= {".py", ".sql", ".toml", ".j2", ".md"}
    assert not {str(path.relative_to(ROOT)): words for path, text in texts.items() if (words := said(text))}


def test_every_allowance_is_needed():
    everything = "".join(text for _, text in shown())
    assert not [phrase for phrase in ALLOWED if phrase not in everything]


def test_nothing_tells_where_or_with_what_it_was_made():
    found = [
        f"{path.relative_to(ROOT)}: {what}: {hit.group()!r}"
        for path, text in repository()
        for what, pattern in NOT_HERE.items()
        if (hit := pattern.search(text)) and not (what == "a temporary folder" and "tests" in path.parts)
    ]
    assert not found


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", "see /" + "home/me/notes"),
        ("a temporary folder", "open('/" + "tmp/x')"),
        ("a package registry", "https://" + "pypi" + ".org/simple"),
        ("how it was made", "made with an" + " assistant"),
    ],
)
def test_the_gate_sees_them(what, text):
    assert NOT_HERE[what].search(text)
