"""The labelled name pairs: written again to the same bytes, split by entity, balanced, and without doubles."""

from __future__ import annotations

from collections import Counter

import pytest
from bench.names.families import families
from bench.names.write_pairs import TARGET, Pair, as_csv, pairs, table


@pytest.fixture(scope="module")
def found() -> list[Pair]:
    return list(pairs())


def test_writing_again_gives_the_same_bytes(found):
    assert TARGET.read_bytes() == as_csv(found).encode()


def test_the_page_shows_the_counts_of_the_code(found):
    assert table(found) in TARGET.with_suffix(".md").read_text("utf-8")


def test_no_entity_and_no_written_name_lies_in_both_splits(found):
    forms = {"dev": set(), "held-out": set()}
    for family in families():
        forms[family.split] |= {form.text.casefold() for form in (family.name, *family.same, *family.other)}
    for pair in found:
        forms[pair.split] |= {pair.left.casefold(), pair.right.casefold()}
    assert forms["dev"].isdisjoint(forms["held-out"])


def test_no_form_is_claimed_twice():
    claimed = Counter(
        (form.text, family.name.text) for family in families() for form in (family.name, *family.same, *family.other)
    )
    assert [claim for claim, times in claimed.items() if times > 1] == []


def test_no_pair_occurs_twice(found):
    times = Counter(frozenset({pair.left, pair.right}) for pair in found)
    assert [pair for pair, count in times.items() if count > 1] == []
    assert [pair for pair in found if pair.left == pair.right] == []


def test_balance(found):
    shares = Counter(key for pair in found for key in (pair.kind, pair.split, pair.same))
    assert len(found) >= 2400
    assert 0.45 < shares[1] / len(found) < 0.55
    assert 0.45 < shares["dev"] / len(found) < 0.55
    assert 0.50 < shares["organisation"] / len(found) < 0.60
    assert 0.33 < shares["person"] / len(found) < 0.43
    assert 0.05 < shares["vessel"] / len(found) < 0.10


def test_countries_do_not_give_the_answer_away(found):
    for same in (0, 1):
        stated = [(pair.country_left, pair.country_right) for pair in found if pair.same == same]
        both = [sides for sides in stated if all(sides)]
        assert 0.15 < len(both) / len(stated) < 0.30
        assert sum(left != right for left, right in both) / len(stated) < 0.02
