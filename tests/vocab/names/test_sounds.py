import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrows.vocab.names.sounds import SOUNDS, codes, costs, is_abjad, latin, skeleton, sounds
from narrows.vocab.text import fold


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("Khaled", "Xaled"), ("خالد", "Xald"), ("Şükrü", "sukru"), ("Shukru", "Sukru"), ("Щукин", "Sukin"),
        ("Fathi", "faTi"), ("فتحي", "fTy"), ("Παπαδόπουλος", "papadopulos"), ("Muhammad", "muhamad"), ("34", "34"),
    ],
)  # fmt: skip
def test_words_as_they_sound(word, heard):
    assert sounds(fold(word)) == heard


@pytest.mark.parametrize("spellings", [("Khaled", "Halid", "خالد", "Халед"), ("Yusuf", "Youssef", "يوسف", "Юсуф")])
def test_consonants_outlive_scripts_and_habits(spellings):
    assert len({skeleton(fold(word)) for word in spellings}) == 1


def test_only_scripts_that_leave_vowels_out_are_abjads():
    assert is_abjad("حلب") and is_abjad("שלום")
    assert not is_abjad("halep") and not is_abjad("алеппо")


def test_the_costs_are_whole():
    table = costs()
    assert table.shape == (3, len(SOUNDS) + 1, len(SOUNDS) + 1)
    assert table.min() == 0 and table.max() == 1
    assert not np.diagonal(table, axis1=1, axis2=2).any()


@given(st.text(max_size=60))
def test_any_text_is_heard(text):
    for word in fold(text).split():
        assert set(sounds(word)) <= set(SOUNDS)
        assert len(codes(sounds(word))) <= 40
        assert isinstance(skeleton(word), str) and isinstance(latin(word), str)
