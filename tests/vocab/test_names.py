from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab import names
from narrows.vocab.names import keys

WORDS = "Demirkol|Elektronik|A.Ş.|Ltd. Şti.|San. ve Tic.|GmbH|& Co. KG|ООО|S|A|12|شركة|co|ذ.م.م"
NAMES = st.one_of(st.text(), st.lists(st.sampled_from(WORDS.split("|")), max_size=6).map(" ".join))


@pytest.mark.parametrize(
    "name",
    [
        "Demirkol Elektronik", "DEMİRKOL ELEKTRONİK", "Demirkol Elektronik A.Ş.", "Demirkol Elektronik AŞ",
        "Demirkol Elektronik AS", "Demirkol Elektronik Anonim Şirketi",
        "Demirkol Elektronik San. ve Tic. Ltd. Şti.",
        "Demirkol Elektronik Sanayi ve Ticaret Limited Şirketi", "Demirkol-Elektronik GmbH & Co. KG",
        "Demirkol Elektronik FZE", "Demirkol Elektronik S.à r.l.", "Demirkol Elektronik (Pty) Ltd",
        "ООО «Demirkol Elektronik»", "SARL Demirkol Elektronik", "Demirkol Elektronik S. p. A.",
        "Demirkol Elektronik B.V.", "Demirkol Elektronik ذ.م.م",
    ],
)  # fmt: skip
def test_spellings_of_one_name_meet(name: str) -> None:
    assert names.normalise(name) == "demirkol elektronik"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("GmbH", "gmbh"), ("A.Ş.", "as"), ("Limited Şirketi", "limited sirketi"), ("Co., Ltd.", "co ltd"),
        ("!!!", "!!!"), ("", ""), ("  ", ""), ("ООО «Образец»", "образец"), ("ТОО Образец", "образец"),
        ("شركة المثال ذ.م.م", "المثال"), ("A.B.C. Metal S.A.", "abc metal"), ("ABC Metal", "abc metal"),
        ("X Y A.Ş.", "xy"), ("Demirkol Ticaret A.Ş.", "demirkol ticaret"), ("As Kimya", "as kimya"),
    ],
)  # fmt: skip
def test_a_key_is_never_emptied(name: str, key: str) -> None:
    assert names.normalise(name) == key


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Demirkol A.Ş.", "as"), ("Demirkol San. ve Tic. Ltd. Şti.", "ltd-sti"), ("Muster GmbH", "gmbh"),
        ("Muster GmbH & Co. KG", "gmbh-co-kg"), ("Example Trading Co., Ltd", "ltd"), ("Example FZE", "fze"),
        ("Exemple SARL", "sarl"), ("Exemple S.A.", "sa"), ("Esempio S.R.L.", "srl"),
        ("Voorbeeld B.V.", "bv"), ("JSC Example", "shmm"),
        ("Ejemplo y Cía. S. en C.", "scs"), ("ООО Образец", "ooo"), ("ТОО «Образец»", "too"), ("المثال ش.م.م", "dhmm"),
        ("المثال ذ.م.م", "dhmm"), ("GmbH", "gmbh"), ("Demirkol Sanayi ve Ticaret", None), ("Demirkol", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_legal_form_is_told(name: str, form: str | None) -> None:
    assert names.legal_form(name) == form


def test_a_form_has_a_title_without_a_country() -> None:
    assert names.form_title("gmbh") == names.form_title("ltd-sti") == "limited company"
    assert names.form_title("no-such-form") == "no-such-form"


def test_no_spelling_stands_for_two_forms() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for entry in [*keys._table()["form"], *keys._table()["filler"]]:
        for spelling in entry["spellings"]:
            for tokens in keys._variants(spelling):
                owners.setdefault(tokens, set()).add(entry.get("id", ""))
    assert {tokens: ids for tokens, ids in owners.items() if len(ids) > 1 or not tokens} == {}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Demirkol Elektronik", "Demirkol Elektrik"), ("Demirkol Elektronik A.Ş.", "Demirkol A.Ş."),
        ("Sigma", "Sigra"), ("Depo 1 Ltd", "Depo 2 Ltd"), ("Example Trading 12345", "Example Trading 12346"),
        ("Demirkol Ticaret", "Demirkol Sanayi"), ("Muster Nord GmbH", "Muster Süd GmbH"),
    ],
)  # fmt: skip
def test_names_that_differ_in_a_distinctive_word_stay_apart(a: str, b: str) -> None:
    assert names.agreement(a, b) < 0.9


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Demirkol Elektronik", "Demirkol Elektronic"),
        ("Demirkol Elektronik", "Elektronik Demirkol AŞ"),
        ("Demir Kol Ltd", "Demirkol"),
    ],
)
def test_slips_of_the_pen_agree_but_are_not_equal(a: str, b: str) -> None:
    assert 0.9 <= names.agreement(a, b) < 1.0


def test_unlike_and_blank_names() -> None:
    assert names.agreement("Demirkol A.Ş.", "DEMİRKOL LTD. ŞTİ.") == 1.0
    assert names.agreement("Demirkol", "Vuoristo") < 0.5
    assert names.agreement("", "") == names.agreement("Demirkol", " ") == 0.0


@given(NAMES)
@settings(deadline=None)
def test_the_key_is_stable_and_blank_for_blank_text_only(name: str) -> None:
    key = names.normalise(name)
    assert names.normalise(key) == key
    assert (key == "") == (name.split() == [])
    names.legal_form(name)


@given(NAMES, NAMES)
@settings(deadline=None)
def test_agreement_is_symmetric_and_one_for_equal_keys_alone(a: str, b: str) -> None:
    found = names.agreement(a, b)
    assert found == names.agreement(b, a)
    assert 0.0 <= found <= 1.0
    assert (found == 1.0) == (names.normalise(a) == names.normalise(b) != "")
