import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from narrows.resolve.cluster import cluster

NOBODY = (np.zeros(0, np.int32), np.zeros(0, np.int32))
NONE = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int32))


def grouped(count, *pairs, numbers=(), apart=(), threshold=0.0):
    """Groups as sets, of pairs (left, right, odds), numbers (party, value) and pairs said to be apart."""
    pairs = sorted(pairs, key=lambda pair: -pair[2])
    left, right = (np.array([pair[side] for pair in pairs], np.int32) for side in (0, 1))
    held = [(party, 0, value) for party, value in numbers]
    found = cluster(
        count,
        left,
        right,
        np.array([pair[2] for pair in pairs], np.float32),
        numbers=tuple(np.array([row[k] for row in held], np.int32) for k in range(3)),
        apart=tuple(np.array([pair[side] for pair in apart], np.int32) for side in (0, 1)),
        threshold=threshold,
    )
    groups = {}
    for party, group in enumerate(found.tolist()):
        groups.setdefault(group, set()).add(party)
    return sorted(groups.values(), key=min)


def test_pairs_above_the_threshold_join_and_others_do_not():
    assert grouped(5, (0, 1, 3.0), (1, 2, 1.0), (3, 4, -0.1)) == [{0, 1, 2}, {3}, {4}]


def test_two_numbers_of_one_register_stay_apart_through_any_chain():
    assert grouped(3, (0, 1, 5.0), (1, 2, 4.0), numbers=[(0, 7), (2, 8)]) == [{0, 1}, {2}]
    assert grouped(3, (0, 1, 5.0), (1, 2, 4.0), numbers=[(0, 7), (2, 7)]) == [{0, 1, 2}]


def test_a_weak_link_does_not_join_groups_that_other_pairs_hold_apart():
    sure = [(0, 1, 6.0), (2, 3, 6.0)]
    assert grouped(4, *sure, (1, 2, 1.0)) == [{0, 1, 2, 3}]
    assert grouped(4, *sure, (1, 2, 1.0), (0, 3, -4.0)) == [{0, 1}, {2, 3}]


def test_what_a_person_said_counts_before_numbers_and_pairs():
    assert grouped(2, (0, 1, np.inf), numbers=[(0, 7), (1, 8)]) == [{0, 1}]
    assert grouped(3, (0, 1, 9.0), (1, 2, 8.0), apart=[(0, 2)]) == [{0, 1}, {2}]
    assert grouped(3, (0, 1, np.inf), (1, 2, np.inf), apart=[(0, 2)]) == [{0, 1}, {2}]


def test_nobody_is_nobody():
    assert len(cluster(0, *NOBODY, np.zeros(0, np.float32), numbers=NONE, apart=NOBODY, threshold=0.0)) == 0


@given(
    st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19), st.floats(-9, 9, width=32)), max_size=40),
    st.lists(st.tuples(st.integers(0, 19), st.integers(0, 3)), max_size=10),
    st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=4),
)
def test_no_group_holds_two_numbers_or_two_said_to_be_apart(pairs, numbers, apart):
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    numbers = list(dict(numbers).items())
    apart = [pair for pair in apart if pair[0] != pair[1]]
    groups = grouped(20, *pairs, numbers=numbers, apart=apart)
    assert sorted(party for group in groups for party in group) == list(range(20))
    for group in groups:
        assert len({value for party, value in numbers if party in group}) <= 1
        assert not any(one in group and other in group for one, other in apart)
