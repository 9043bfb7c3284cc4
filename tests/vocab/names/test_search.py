import pytest

from narrows.vocab.names.search import Index

LISTED = [
    "Bozdere General Trading LLC",
    "Aksaz Maritime Services",
    "Qaramani Exchange House",
    "Orion Falcon Industries",
]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("BOZDERE GENEL TİCARET LTD. ŞTİ.", 0),
        ("شركة القرماني للصرافة", 2),
        ("Aksas Maritime", 1),
        ("Ореон Фалкон Индастриз", 3),
    ],
)
def test_a_name_is_found_in_any_spelling(name, place):
    found = Index(LISTED, "organisation").search([name], least=0.0, most=1)
    assert found.entry.tolist() == [place]


def test_what_is_below_the_least_score_is_left_out():
    index = Index(LISTED, "organisation")
    assert index.search(["Quiet Ridge Dairy"], least=0.5).entry.tolist() == []
    assert index.search([], least=0.5).entry.tolist() == []
    assert Index([], "organisation").search(["Bozdere"], least=0.0).entry.tolist() == []


def test_results_come_by_query_then_score():
    index = Index(LISTED, "organisation")
    found = index.search(["Bozdere Trading", "TO ORDER", "Aksaz Maritime"], least=0.0, most=2)
    assert sorted(found.query.tolist()) == found.query.tolist()
    assert 1 not in found.query.tolist()
    for query in (0, 2):
        scores = found.score[found.query == query].tolist()
        assert scores == sorted(scores, reverse=True)
