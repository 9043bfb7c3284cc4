"""Texts: cleaning, "no value", names that name nobody, the search key."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.text import clean, fold, fold_letters, is_nothing, is_placeholder, latin_digits

texts = st.text(st.characters(exclude_categories=())) | st.text("aIıİißéЙйёأإىة‍ـَ\u200f\u0301-. \t\n٣", max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("", None),
        (" \t\u00a0\n ", None),
        ("\u200f\u200b", None),
        ("  Example \u00a0\n Trading  ", "Example Trading"),
        ("Exam\x00ple\u202e", "Example"),
        ("e\u0301", "\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("half \ud800 pair", "half pair"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("O’Neill, A.Ş.", "O’Neill, A.Ş."),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


@settings(deadline=None)
@given(texts)
def test_clean_is_idempotent_and_leaves_no_spare_space(text):
    once = clean(text)
    assert clean(once) == once
    if once is not None:
        assert once == " ".join(once.split())
        assert unicodedata.is_normalized("NFC", once)
        assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in once)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İSTANBUL Iğdır ısı", "istanbul igdir isi"),
        ("Çelik Sanayi A.Ş.", "celik sanayi a s"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź Ærø Søn", "lodz aero son"),
        ("Ёлка, СЕРГЕЙ", "елка сергей"),
        ("أَحْمَد إبراهيم آدم", "احمد ابراهيم ادم"),
        ("فاطمة ىحيـــى کريمی", "فاطمه يحيي كريمي"),
        ("No. ١٢٣/۴۵", "no 123 45"),
        ("O’Neill & Co_Ltd", "o neill co ltd"),
        ("हिन्दी", "हिन्दी"),
        ("ガス", "ガス"),
        ("…", ""),
    ],
)
def test_fold(text, expected):
    assert fold(text) == expected


def test_turkish_letters_fold_alike_in_both_cases():
    assert fold("ışık İli IŞIK ili") == fold("IŞIK ili ışık İLİ") == "isik ili isik ili"


def test_fold_letters_keeps_punctuation_and_spaces():
    assert fold_letters("İÇ:  ٥ m³ %") == "ic:  5 m3 %"


def test_latin_digits_changes_digits_only():
    assert latin_digits("٣٫٥ کیلو ۷") == "3٫5 کیلو 7"


@settings(deadline=None)
@given(texts)
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)
    assert fold_letters(fold_letters(text)) == fold_letters(text)


@settings(deadline=None)
@given(texts)
def test_fold_ignores_composition(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        None, "", " ", "-", "--", "—", "...", "?", "N/A", "n.a.", "#N/A", "#REF!", "(null)", "NULL", "None",
        "unknown",
        "YOK", "belirtilmemiş", "keine", "k. A.", "entfällt", "нет", "Н/Д", "لا يوجد", "غير معروف", "néant",
        "sin datos",
        "\\N", "NaN", "0000-00-00", " " * 200,
    ],
)  # fmt: skip
def test_is_nothing(text):
    assert is_nothing(text)


@pytest.mark.parametrize(
    "text",
    ["NA", "na", "NO", "N", "0", "Nan", "ref", "value", "not unknown", "nonesuch", "x" * 200, "Yokohama", "нетто"],
)
def test_is_something(text):
    assert not is_nothing(text)


@pytest.mark.parametrize(
    "name",
    [
        None, "N/A", "na", "TO ORDER", "To the order of Example Bank", "TO SHIPPER'S ORDER", "UNTO ORDER",
        "Order of Example Bank", "SAME AS CONSIGNEE", "same as above", "SAME", "Same as Notify Party",
        "AS AGENT",
        "As agents for the carrier", "VARIOUS", "Muhtelif", "ÇEŞİTLİ", "12345", "00/12", "***", "x", "XXX",
        "Verschiedene",
        "an Order", "wie Empfänger", "Emrine", "Example Bankası emrine", "по приказу банка", "частное лицо",
        "لأمر",
        "à l'ordre de Example", "a la orden", "Consumidor final", "Nihai Tüketici", "CASH SALE", "consignee",
        "test",
    ],
)  # fmt: skip
def test_is_placeholder(name):
    assert is_placeholder(name)


@pytest.mark.parametrize(
    "name",
    [
        "Example Trading Ltd", "To Order Furniture Ltd", "Same As Ever Ltd", "Order of the Lamb Ltd",
        "Various Paints Ltd",
        "3M", "A1", "ООО Пример", "شركة المثال", "Private Label GmbH", "Agent Orange Juice Ltd",
        "Örnek Muhtelif Gıda A.Ş.",
        "例",
    ],
)  # fmt: skip
def test_is_a_name(name):
    assert not is_placeholder(name)


@settings(deadline=None)
@given(texts)
def test_what_is_nothing_names_nobody(text):
    assert is_placeholder(text) or not is_nothing(text)
