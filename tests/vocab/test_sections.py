from __future__ import annotations

import pytest

from narrows.vocab.sections import SECTIONS, section


@pytest.mark.parametrize(
    ("chapter", "expected"), [(1, 1), (5, 1), (6, 2), (27, 5), (28, 6), (84, 16), (85, 16), (90, 18), (97, 21)]
)
def test_a_chapter_lies_in_its_section(chapter, expected):
    assert section(chapter) == expected


def test_what_is_no_chapter_has_no_section():
    assert [section(chapter) for chapter in (0, 77, 98, 99)] == [None] * 4
    assert {section(chapter) for chapter in range(1, 98)} - {None} == set(range(1, SECTIONS + 1))
