import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.resolve.cluster import components


def pairs(keys_of):
    """The table of keys by party, from one list of keys for each party."""
    rows = [(index, key, 100 + index) for index, keys in enumerate(keys_of) for key in keys]
    numbers = {key: n for n, key in enumerate(sorted({key for _, key, _ in rows}))}
    return pa.table(
        {
            "party_index": pa.array([i for i, _, _ in rows], pa.int64()),
            "key_index": pa.array([numbers[key] for _, key, _ in rows], pa.int64()),
            "party": pa.array([party for _, _, party in rows], pa.uint64()),
        }
    )


def groups(table):
    found = {}
    for party, component in zip(table["party"].to_pylist(), table["component"].to_pylist(), strict=True):
        found.setdefault(component, set()).add(party)
    return sorted(map(sorted, found.values()))


def test_nobody():
    table = components(pairs([]))
    assert table.num_rows == 0
    assert table.schema.names == ["party", "component"]


def test_parties_meet_through_others():
    assert groups(components(pairs([["a"], ["a", "b"], ["b"], ["c"]]))) == [[100, 101, 102], [103]]


def test_keys_beyond_63_bits_stay_whole():
    large = 2**64 - 1
    table = pa.table({"party_index": [0], "key_index": [0], "party": pa.array([large], pa.uint64())})
    assert components(table)["party"].to_pylist() == [large]


def joined(keys_of):
    """The same by hand: merge sets until nothing changes."""
    sets = [({100 + i}, set(keys)) for i, keys in enumerate(keys_of)]
    merged = True
    while merged:
        merged = False
        for one in sets:
            for other in sets:
                if one is not other and one[1] & other[1]:
                    sets.remove(other)
                    one[0].update(other[0])
                    one[1].update(other[1])
                    merged = True
                    break
            if merged:
                break
    return sorted(sorted(parties) for parties, _ in sets)


@settings(deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=3), max_size=8))
def test_agrees_with_merging_by_hand(keys_of):
    assert groups(components(pairs(keys_of))) == joined(keys_of)
