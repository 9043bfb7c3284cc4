import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.names.compare import SAME, compare, odds_of, score
from narrows.vocab.names.parse import KINDS

SAME_FIRMS = [
    ("Demirkol Elektronik San. ve Tic. Ltd. Şti.", "DEMİRKOL ELEKTRONİK LİMİTED ŞİRKETİ"),
    ("Bozdere Gıda İth. İhr. Paz. A.Ş.", "Bozdere Food Import Export Marketing Anonim Şirketi"),
    ("Bozdere Dış Tic. Ltd. Şti.", "شركة بوزدره للتجارة الخارجية"),
    ("ООО «Боздере Торговля»", "Bozdere Trading LLC"),
    ("Altın Yıldız Ticaret", "Golden Star Trading"),
    ("DIŞBUDAK İNŞAAT", "Disbudak Insaat Ltd"),
    ("Demir Kol Makina", "Demirkol Makine San. Tic. A.Ş."),
]
OTHER_FIRMS = [
    ("Demirkol Elektronik", "Demirkol Elektrik"),
    ("Demirkol Gıda", "Demirkan Gıda"),
    ("Bozdere Tekstil Ltd. Şti.", "Aksaz Tekstil Ltd. Şti."),
    ("Global Trading Co.", "Global Transport Co."),
    ("Grup 34 İnşaat", "Grup 35 İnşaat"),
]
SAME_PEOPLE = [
    ("Halit Bozdereli", "خالد بوزدرلي"),
    ("Youssef Karamallah", "Yusuf Karamallah"),
    ("Mohammed Qaramani", "محمد القرماني"),
    ("Александр Боздеров", "BOZDEROV, Aleksandr"),
    ("Abd al-Rahman Zerdali", "Abdurrahman Zerdali"),
    ("A. Bozdereli", "Ahmet Bozdereli"),
]
OTHER_PEOPLE = [
    ("Halit Bozdereli", "Halil Bozdereli"),
    ("Hasan Bozdereli", "Hüseyin Bozdereli"),
    ("Ahmet Bozdereli", "Ahmet Aksazlı"),
    ("Ahmad bin Khalid", "Khalid bin Ahmad"),
]


@pytest.mark.parametrize(("left", "right"), SAME_FIRMS)
def test_one_firm(left, right):
    assert compare(left, right, "organisation").same


@pytest.mark.parametrize(("left", "right"), OTHER_FIRMS)
def test_two_firms(left, right):
    assert not compare(left, right, "organisation").same


@pytest.mark.parametrize(("left", "right"), SAME_PEOPLE)
def test_one_person(left, right):
    assert compare(left, right, "person").same


@pytest.mark.parametrize(("left", "right"), OTHER_PEOPLE)
def test_two_people(left, right):
    assert not compare(left, right, "person").same


def test_numbers_tell_vessels_apart():
    assert compare("M/V BLUE HERON 2", "BLUE HERON II", "vessel").same
    assert not compare("BLUE HERON 2", "BLUE HERON 3", "vessel").same


@pytest.mark.parametrize(
    "nobody", ["", "  ", "N/A", "TO ORDER", "Same as consignee", "12345", "X", "...", "\u202e", "😀"]
)
def test_nobody_is_like_nobody(nobody):
    found = compare(nobody, nobody)
    assert (found.score, found.same) == (0.0, False)
    assert found.reasons[0].detail == "names nobody"


def test_the_reasons_add_up_to_the_score():
    found = compare("Demirkol Elektronik Ltd. Şti.", "Demirkol Elektrik A.Ş.")
    odds = sum(reason.value for reason in found.reasons)
    assert found.score == pytest.approx(1 / (1 + np.exp(-odds)), abs=0.01)
    assert any(reason.left or reason.right for reason in found.reasons)


def test_letters_that_only_look_latin_hide_nothing():
    assert compare("Воzdere Gıda", "Bozdere Gida", "organisation").same


def test_a_surname_makes_nobody_one():
    assert compare("Bozdereli", "Ahmet Bozdereli", "person").score < SAME


def test_seats_are_weighed_for_firms_and_not_for_people():
    pair = ["Bozdere Gida"], ["Bozdere Gıda Ltd"]
    near, far = (score(*pair, ["organisation"], [seats])[0] for seats in (("TR", "TR"), ("TR", "DE")))
    assert near > far
    assert score(*pair, ["person"], [("TR", "DE")]) == score(*pair, ["person"])


WORDS = "Demirkol demirkol Gıda ООО Боздере خالد شركة للتجارة 34 A. Ltd Şti bin Yusuf"
NAMES = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join),
)


@given(NAMES, NAMES, st.sampled_from(KINDS))
@settings(max_examples=200, deadline=None)
def test_a_score_does_not_depend_on_the_side(left, right, kind):
    there, back = compare(left, right, kind), compare(right, left, kind)
    assert there.score == back.score
    assert 0 <= there.score <= 1


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=8), st.sampled_from(KINDS))
@settings(max_examples=60, deadline=None)
def test_a_score_does_not_depend_on_what_else_is_compared(pairs, kind):
    together = score([a for a, _ in pairs], [b for _, b in pairs], [kind] * len(pairs))
    alone = [score([a], [b], [kind])[0] for a, b in pairs]
    assert together.tolist() == alone


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "ab " * 5_000, "\u0430b" * 3_000, "محمد " * 4_000, "\ud800abc", "a\x00b c"]
)
def test_no_name_is_too_much(text):
    for kind in KINDS:
        assert 0 <= compare(text, "Bozdere Gıda", kind).score <= 1


def test_many_pairs_by_number():
    names = {7: "Bozdere Gıda", 9: "BOZDERE GIDA LTD", 11: "Aksaz Tekstil"}
    odds = odds_of(names, np.array([7, 7]), np.array([9, 11]), "organisation")
    assert odds[0] > 0 > odds[1]
