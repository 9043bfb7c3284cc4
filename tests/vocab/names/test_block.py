from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_encode import ODD, WORDS, names_of_pairs

from narrows.vocab.names.block import kinds, normalised, wordings
from narrows.vocab.names.encode import Encoder
from narrows.vocab.names.keys import legal_form, normalise
from narrows.vocab.names.parse import looks_like
from narrows.vocab.text import is_placeholder


def assert_many_are_as_one(names: list[str]) -> None:
    keys, forms, placeholders = normalised(names)
    assert keys == [normalise(name) for name in names]
    assert forms == [legal_form(name) for name in names]
    assert placeholders == [is_placeholder(name) for name in names]
    assert kinds(names) == [looks_like(name) for name in names]


def test_many_names_are_normalised_as_one_is():
    assert_many_are_as_one([*ODD, *dict.fromkeys(name for name, _ in names_of_pairs())])


@settings(deadline=None)
@given(st.lists(st.text() | st.lists(WORDS, max_size=7).map(" ".join), max_size=5))
def test_whatever_stands_there(names):
    assert_many_are_as_one(names)


@pytest.mark.parametrize(
    ("name", "core", "longest"),
    [("Bozdere Kuzgun Ltd. Şti.", "bstrksgn", "ksgn"), ("TO ORDER", "", ""), ("Ticaret A.Ş.", "tsrt", "tsrt")],
)
def test_names_are_found_by_consonants(name, core, longest):
    encoder = Encoder(persons=False)
    encoder.read([name], "organisation")
    (found,) = wordings(encoder)
    assert (found.core, found.longest) == (core, longest)
