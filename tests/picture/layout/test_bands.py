from __future__ import annotations

from itertools import pairwise

import pytest

from narrows.picture.layout.bands import lay_out

# a 30 -> c, b 10 -> c, c 40 -> e; a 5 -> e leads past the second column
BANDS = lay_out([0, 0, 1, 2], [30.0] * 4, [(0, 2, 30.0), (1, 2, 10.0), (2, 3, 40.0), (0, 3, 5.0)], room=450)


def test_heights_are_in_proportion():
    assert BANDS.heights == pytest.approx((350, 100, 400, 450))
    assert BANDS.widths == pytest.approx((300, 100, 400, 50))


def test_bands_of_a_side_lie_side_by_side_within_their_node():
    top = BANDS.centres[2] - BANDS.heights[2] / 2
    came = sorted((BANDS.ends[band][0][1], BANDS.widths[band]) for band in (0, 1))
    assert came[0][0] - came[0][1] / 2 == pytest.approx(top)
    assert came[1][0] - came[1][1] / 2 == pytest.approx(top + came[0][1])


def test_a_band_that_crosses_a_column_leaves_it_as_it_came():
    (_, came), (leaves, _) = BANDS.ends[3]
    assert came == leaves


def test_labels_of_small_nodes_have_their_room():
    bands = lay_out([0] * 5 + [1], [30.0] * 6, [(at, 5, 0.001) for at in range(5)], room=10)
    centres = sorted(bands.centres[:5])
    assert min(b - a for a, b in pairwise(centres)) >= 30


def test_no_flow_is_no_error():
    assert lay_out([0, 1], [30.0, 30.0], [], room=100).scale == 0
