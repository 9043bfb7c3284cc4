from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from narrows.vocab.text import fold

ROLES = {"activity", "filler", "common", "direction", "vessel"}
KINDS = {"company", "partnership", "sole", "public", "cooperative", "foundation", "branch"}


def _table(path: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("narrows.vocab").joinpath(path).read_text(encoding="utf-8"))


def test_every_word_has_an_id_of_its_own_and_a_role() -> None:
    words = _table("names/words.toml")["word"]
    assert len({word["id"] for word in words}) == len(words)
    assert {word["role"] for word in words} == ROLES
    assert [word["id"] for word in words if word.keys() != {"id", "role", "spellings"}] == []


def test_no_spelling_is_blank_or_stands_under_two_words() -> None:
    owners: dict[str, list[str]] = {}
    for word in _table("names/words.toml")["word"]:
        for spelling in word["spellings"]:
            owners.setdefault(fold(spelling), []).append(word["id"])
    assert "" not in owners
    assert {spelling: ids for spelling, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("spelling", "word"),
    [
        ("DIŞ TİC.", "foreign-trade"), ("للتجارة", "trade"), ("Торговая", "trade"), ("进出口", "import-export"),
        ("ve Oğulları", "sons"), ("وشركاه", "partners"), ("Gebr.", "brothers"), ("Karadeniz", "black-sea"),
        ("yıldız", "star"), ("النجمة", "star"), ("звезда", "star"), ("zeytin", "olive"), ("M/V", "vessel"),
    ],
)  # fmt: skip
def test_spellings_of_several_languages_are_known(spelling: str, word: str) -> None:
    found = [w["id"] for w in _table("names/words.toml")["word"] if fold(spelling) in map(fold, w["spellings"])]
    assert found == [word]


def test_every_form_has_a_title_and_a_kind() -> None:
    said: dict[str, set[tuple[str, str]]] = {}
    for form in _table("names/forms.toml")["form"]:
        said.setdefault(form["id"], set()).add((form["title"], form["kind"]))
        assert form["kind"] in KINDS
        assert all(fold(spelling) for spelling in form["spellings"])
    assert {key: forms for key, forms in said.items() if len(forms) > 1} == {}
