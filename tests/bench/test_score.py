import numpy as np
import pyarrow as pa
import pytest
from bench.parties.score import Score, score, score_tables


def labels(text: str) -> np.ndarray:
    return np.array([ord(letter) for letter in text], np.int64)


def test_the_truth_itself_is_perfect():
    assert score(labels("aabbc"), labels("xxyyz")) == Score(1, 1, 1, 1, 1, 1)


def test_everything_in_one_cluster():
    # 10 pairs claimed, 1 + 1 true; B-cubed: 4 records see 2/5, one sees 1/5.
    found = score(labels("aabbc"), labels("xxxxx"))
    assert (found.precision, found.recall) == (0.2, 1)
    assert found.b3_precision == pytest.approx((4 * 2 / 5 + 1 / 5) / 5)
    assert found.b3_recall == 1


def test_everything_alone():
    found = score(labels("aaab"), labels("wxyz"))
    assert (found.precision, found.recall, found.f1) == (1, 0, 0)
    assert found.b3_recall == pytest.approx((3 / 3 + 1) / 4)


def test_one_record_in_the_wrong_cluster():
    # Claimed: {a a} {a b b}; pairs claimed 1 + 3, true 3 + 1, right 1 + 1.
    found = score(labels("aaabb"), labels("xxyyy"))
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.b3_precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert found.b3_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_no_pairs_anywhere():
    assert score(labels("abc"), labels("xyz")) == Score(1, 1, 1, 1, 1, 1)


def test_tables_meet_by_row_and_placeholders_do_not_count():
    truth = pa.table({"row": [2, 3, 4, 5, 6], "entity": [1, 1, None, 7, 7]})
    clusters = pa.table({"row": [6, 4, 3, 2], "cluster": ["p", "q", "q", "q"]})
    # 5 is not mentioned: alone. 4 is a placeholder: it harms nobody.
    found = score_tables(truth, clusters)
    assert (found.precision, found.recall) == (1, 0.5)
    assert found.b3_recall == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)


def test_a_clustering_of_nothing_leaves_all_alone():
    truth = pa.table({"row": [2, 3], "entity": [1, 1]})
    nothing = pa.table({"row": pa.array([], pa.int64()), "cluster": pa.array([], pa.string())})
    assert score_tables(truth, nothing).recall == 0


def test_a_row_in_two_clusters_is_refused():
    truth = pa.table({"row": [2], "entity": [1]})
    with pytest.raises(ValueError, match="two clusters"):
        score_tables(truth, pa.table({"row": [2, 2], "cluster": [1, 2]}))
