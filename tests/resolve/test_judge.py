import pytest

from narrows.errors import NotFound, UsageError
from narrows.resolve.judge import doubts, judge, party_key

FIELDS = "buyer.name buyer.city buyer.country"


@pytest.fixture
def keys(case):
    """Two spellings of what may be one firm, and another firm; keys in the order of the rows."""
    case.load(
        "orders",
        FIELDS,
        ["Bozdere Gida", "Ankara", "TR"],
        ["Bozdere Gıda Ltd. Şti.", "Ankara", "TR"],
        ["Quiet Ridge Dairy", "Izmir", "TR"],
    )
    case.resolve()
    return [
        party_key(record, role) for record, role in case.rows("SELECT record, role FROM derived.party ORDER BY record")
    ]


def entities(case):
    case.resolve()
    return case.column(
        "SELECT e.entity FROM derived.party AS p JOIN derived.party_entity AS e USING (party) ORDER BY p.record"
    )


def test_what_a_person_decides_outranks_the_machine(case, keys):
    assert entities(case) == [1, 1, 2]
    judge(case.store, keys[0], keys[1], "different", "two shops of one street")
    assert entities(case) == [1, 2, 3]
    judge(case.store, keys[1], keys[2], "same", "seen on the letterhead")
    assert entities(case) == [1, 2, 2]


def test_a_judgement_is_undone_by_another_and_both_stay(case, keys):
    judge(case.store, keys[0], keys[1], "different", "a guess")
    judge(case.store, keys[1], keys[0], "unsure", "the guess was wrong")
    assert entities(case) == [1, 1, 2]
    assert case.column("SELECT verdict FROM judgement.same ORDER BY seq") == ["different", "unsure"]
    assert case.column("SELECT what FROM judgement.ledger ORDER BY seq")[-2:] == ["judged", "judged"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"verdict": "perhaps"}, UsageError),
        ({"reason": " "}, UsageError),
        ({"right": "zz"}, NotFound),
        ({"right": "1.buyer"}, NotFound),
    ],
)
def test_a_judgement_names_two_parties_a_verdict_and_a_reason(case, keys, change, error):
    said = {"left": keys[0], "right": keys[1], "verdict": "same", "reason": "one address", **change}
    with pytest.raises(error) as caught:
        judge(case.store, **said)
    assert caught.value.hint
    assert case.rows("SELECT * FROM judgement.same") == []


def test_nobody_is_judged_beside_himself(case, keys):
    with pytest.raises(UsageError):
        judge(case.store, keys[0], keys[0], "same", "of course")


def test_doubts_come_closest_to_even_first_and_without_what_was_decided(case, keys):
    case.load("orders", FIELDS, ["Bozdere Gidda", "Izmir", "TR"], ["Bozdore Gida", "Ankara", "TR"])
    case.resolve()
    found = doubts(case.store, 10)
    assert [abs(d.odds) for d in found] == sorted(abs(d.odds) for d in found)
    first = found[0]
    assert {field: (left, right) for field, left, right in first.fields}["name"] != ("", "")
    judge(case.store, first.left, first.right, "same", "checked")
    case.resolve()
    assert (first.left, first.right) not in {(d.left, d.right) for d in doubts(case.store, 10)}
