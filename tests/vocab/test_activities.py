from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.activities import activity, is_logistics, parents, title, usual_chapters
from narrows.vocab.catalogue import read

TITLES: dict[str, str] = read("nace")["titles"]
CLASSES = [code for code in TITLES if len(code) == 4]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("47.42", "4742"), ("G47.42", "4742"), ("G 47.42", "4742"), ("4742", "4742"), ("474", "474"), ("47", "47"),
        ("NACE 47.42", "4742"), ("NACE Rev. 2: 47.42", "4742"), ("nace 47.42.01", "4742"), ("474201", "4742"),
        ("47.42Z", "4742"), ("47421", "4742"), ("WZ 2008 47.42", "4742"), ("ISIC 4741", "4741"), ("1.11", "0111"),
        ("0111", "0111"), ("4921", "492"), ("4100", "41"), ("4742 - Cep telefonu", "4742"), ("Shop (47.42)", "4742"),
        ("42.11 Roads", "4211"), ("٤٧.٤٢", "4742"),
        ("Wholesale of chemical products", "4675"), ("HOSPITAL ACTIVITIES", "8610"), ("Sewerage", "3700"),
        ("Retail sale of telecommunications equipment in specialized stores", "4742"),
        ("cep telefonu", "4742"), ("araç kiralama", "7711"), ("Autovermietung", "7711"), ("TARIM", "01"),
        ("Krankenhaus", "8610"), ("freight forwarder", "5229"), ("4742: cep telefonu", "4742"),
        ("", None), ("   ", None), ("G", None), ("1", None), ("111", None), ("A20.30", None), ("98765", None),
        ("24 hour service", None), ("1993 founded", None), ("something else", None), ("99.99.99.99", None),
        ("x" * 5000, None),
    ],
)  # fmt: skip
def test_activity(text: str, code: str | None) -> None:
    assert activity(text) == code


@pytest.mark.parametrize("code", CLASSES)
def test_every_class_is_read_back(code: str) -> None:
    assert activity(code) == code
    assert activity(f"{code[:2]}.{code[2:]}") == code
    assert activity(f"{parents(code)[-1]}{code[:2]}.{code[2:]}") == code


@settings(deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"[A-U]?\d{1,2}\.?\d{0,4}[A-Z]?( - \w+)?", fullmatch=True))
def test_activity_is_a_code_or_nothing(text: str) -> None:
    code = activity(text)
    assert code is None or (re.fullmatch(r"[0-9]{2,4}", code) and title(code) and parents(code)[0] == code)


def test_the_classification_is_whole() -> None:
    raw = read("nace")
    assert [len(raw["sections"]), sum(map(len, raw["sections"].values()))] == [21, 88]
    assert [sum(len(code) == length for code in TITLES) for length in (1, 2, 4)] == [21, 88, 615]
    assert len({code[:3] for code in CLASSES}) == 272
    assert {code[:2] for code in CLASSES} == {code for codes in raw["sections"].values() for code in codes}
    assert all(raw[key] for key in ("title", "citation", "date", "licence"))
    assert set(raw["words"]) <= set(TITLES)


def test_title() -> None:
    assert title("4742") == "Retail sale of telecommunications equipment in specialised stores"
    assert title("013") == title("0130") == "Plant propagation"
    assert title("4749") == title("474")
    assert title("G").startswith("Wholesale and retail trade")
    assert title("00") == ""


def test_parents() -> None:
    assert parents("4742") == ("4742", "474", "47", "G")
    assert parents("47") == ("47", "G")
    assert parents("4799x") == ("4799", "479", "47", "G")
    assert parents("G") == ("G",)
    assert parents("00") == parents("") == ()


def test_is_logistics() -> None:
    assert all(map(is_logistics, ("4941", "5229", "53", "6419", "501")))
    assert not any(map(is_logistics, ("4742", "6511", "7711", "", "H")))


def test_usual_chapters() -> None:
    phones = usual_chapters("4742")
    assert phones is not None and {"85", "84", "39"} <= phones and not {"28", "31", "32", "36", "76"} & phones
    farm = usual_chapters("0111")
    assert farm is not None and {"31", "10", "12", "38", "84", "87"} <= farm
    assert usual_chapters("4690") == usual_chapters("5229") == frozenset({"*"})
    paints = usual_chapters("2030")
    assert paints is not None and {"28", "29", "32"} <= paints
    assert usual_chapters("00") is None


def test_every_division_has_usual_goods() -> None:
    table = read("usual_goods")
    assert table["citation"] and set(table["chapters"]) <= set(TITLES)
    everything = frozenset(f"{chapter:02}" for chapter in range(1, 98)) - {"77"} | {"*"}
    for code in CLASSES:
        usual = usual_chapters(code)
        assert usual is not None and usual <= everything
