from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib import resources
from typing import Any

import pytest

from narrows.vocab.text import fold


def table(name: str) -> dict[str, Any]:
    text = resources.files("narrows.vocab.names").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


NAMES: list[dict[str, Any]] = table("given.toml")["name"]
IDS = {entry["id"] for entry in NAMES}
ID_OF = {fold(spelling): entry["id"] for entry in NAMES for spelling in entry["spellings"]}


def test_entries_are_whole_and_their_ids_unique_and_in_order():
    assert all(entry.keys() <= {"id", "spellings", "near", "short"} for entry in NAMES)
    assert [entry["id"] for entry in NAMES] == sorted(IDS)
    assert len(NAMES) >= 900


def test_every_spelling_has_letters_and_stands_under_one_id_once():
    places = defaultdict(list)
    for entry in NAMES:
        for spelling in entry["spellings"]:
            places[fold(spelling)].append(entry["id"])
        assert all(fold(short) for short in entry.get("short", ())), entry["id"]
    assert "" not in places
    assert not {key: ids for key, ids in places.items() if len(ids) > 1}


def test_near_names_another_entry_and_is_written_at_both():
    pairs = [(entry["id"], near) for entry in NAMES for near in entry.get("near", ())]
    assert {near for _, near in pairs} <= IDS
    assert all(one != other for one, other in pairs)
    assert {(other, one) for one, other in pairs} == set(pairs)
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Khaled", "Halit", "خالد", "Халид"),
        ("Abd al-Rahman", "Abdurrahman", "Abderrahmane", "عبد الرحمن", "Абдуррахман"),
        ("Noureddine", "Nurettin", "Nur al-Din", "نور الدين"),
        ("Yuri", "Iurii", "Yuriy", "Юрий"),
        ("Hussein", "Hüseyin", "Hocine", "حسين", "Гусейн"),
        ("Gamal", "Cemal", "جمال"),
    ],
)
def test_one_name_in_many_spellings(spellings):
    assert len({ID_OF[fold(spelling)] for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mehmet", "Muhammet"), ("Halit", "Halil"), ("Hasan", "Hüseyin"), ("Ahmet", "Hamit"), ("Ivan", "John"),
        ("Selim", "Salim"), ("Umut", "Ümit"), ("Kemal", "Kamil"), ("Sait", "Seyit"), ("Necat", "Necati"),
    ],
)  # fmt: skip
def test_names_of_their_own_stay_apart(one, other):
    assert ID_OF[fold(one)] != ID_OF[fold(other)]


def test_particles_are_lists_of_words_and_of_pairs_of_endings():
    particles = table("particles.toml")
    feminine = particles.pop("feminine")
    assert particles.keys() == {
        "articles", "fathers", "parents", "joined", "nobiliary", "titles", "maybe_titles", "patronymic_endings",
    }  # fmt: skip
    for words in particles.values():
        assert len({fold(word) for word in words} - {""}) == len(words)
    assert all(len(pair) == 2 and fold(pair[0]) and fold(pair[1]) for pair in feminine)
    assert not {fold(word) for word in particles["titles"]} & {fold(word) for word in particles["maybe_titles"]}
