from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.catalogue import catalogue
from narrows.vocab.goods import Recognition, recognise, recognise_many
from narrows.vocab.wording import wording

NAMED = [(key, name) for key, one in catalogue().substances.items() for name in one.names]
TRADED = [(key, name) for key, one in catalogue().substances.items() for name in one.trade]
HOMONYMS = [(key, name) for key, one in catalogue().substances.items() for name in one.homonyms]


def said(description: str) -> Recognition:
    return recognise(description, None, None, None)


@pytest.mark.parametrize(("key", "name"), NAMED)
def test_every_name_is_certain(key: str, name: str) -> None:
    found = said(f"{name}, 25 kg")
    assert (found.substance, found.named, found.certainty, found.excluded) == (key, key, "certain", None)


@pytest.mark.parametrize(("key", "name"), TRADED)
def test_every_trade_name_is_recognised(key: str, name: str) -> None:
    found = said(name)
    assert found.substance == key and found.certainty in ("certain", "likely")


@pytest.mark.parametrize(("key", "phrase"), HOMONYMS)
def test_every_homonym_is_put_aside(key: str, phrase: str) -> None:
    found = said(phrase)
    assert found.substance != key and found.named is None and found.excluded and found.why


@pytest.mark.parametrize(
    ("description", "key", "certainty"),
    [
        ("Acetone 99.5 % 160 kg drum", "acetone", "certain"), ("25 x DRUMS ACETONE", "acetone", "certain"),
        ("ASETON %99", "acetone", "certain"), ("أسيتون نقي 99%", "acetone", "certain"),
        ("الأسيتون", "acetone", "certain"), ("Ацетон технический", "acetone", "certain"),
        ("nitric acid d=1.2", "nitric-acid", "certain"), ("NİTRİK ASİT %35", "nitric-acid", "certain"),
        ("ACID, NITRIC", "nitric-acid", "certain"), ("Кислота азотная концентрированная", "nitric-acid", "certain"),
        ("حمض النيتريك 60%", "nitric-acid", "certain"), ("Salpetersäure 53 %", "nitric-acid", "certain"),
        ("peróxido de hidrógeno 35%", "hydrogen-peroxide", "certain"), ("oksijenli su", "hydrogen-peroxide", "likely"),
        ("Kalkammonsalpeter 27 N", "calcium-ammonium-nitrate", "certain"),
        ("calcium ammonium nitrate", "calcium-ammonium-nitrate", "certain"),
        ("Ammoniumnitrat-Dünger 33,5 N", "ammonium-nitrate", "certain"),
        ("engrais: nitrate de potasse", "potassium-nitrate", "likely"),
        ("Пудра алюминиевая ПАП-2", "aluminium-powder", "certain"),
        ("aluminium metal powder", "aluminium-powder", "certain"),
        ("amonium nitrat", "ammonium-nitrate", "likely"), ("hydrgen peroxid 50%", "hydrogen-peroxide", "likely"),
        ("sulphric acid", "sulphuric-acid", "likely"), ("acetonne", "acetone", "likely"),
        ("potasium perclorate", "potassium-perchlorate", "likely"), ("Nitromethann", "nitromethane", "likely"),
        ("Order for acetone", "acetone", "likely"), ("Acetone, free of charge sample", "acetone", "certain"),
        ("Spare lot 12 of nitric acid", "nitric-acid", "likely"),
    ],
)  # fmt: skip
def test_names_in_trade_papers(description: str, key: str, certainty: str) -> None:
    found = said(description)
    assert (found.substance, found.named, found.certainty) == (key, key, certainty)


@pytest.mark.parametrize(
    "description",
    [
        '"Nitro" paint thinner', "Nitro thinner 5 l", "Nitroverdünnung", "selülozik tiner", "нитрорастворитель",
        "acetone-free remover", "Nail varnish remover, ACETONE-FREE", "Nagellackentferner, acetonfrei",
        "Asetonsuz oje çıkarıcı", "aseton içermez", "dissolvant sans acétone", "quitaesmalte sin acetona",
        "Жидкость для снятия лака без ацетона", "مزيل طلاء أظافر خالي من الأسيتون", "بدون أسيتون",
        "aluminium foil 30 cm", "Aluminiumfolie", "Aluminium pigment paste", "Alüminyum pigment pastası",
        "Aluminium-Pigmentpaste 65 %", "алюминиевая паста", "Aluminium, powder coated profiles",
        "acetone resistant gloves", "asetona dayanıklı eldiven", "gloves resistant to acetone", "nitric acid pump",
        "pump for nitric acid", "насос для азотной кислоты", "pompe à acide nitrique", "hydrogen peroxide test strips",
        "lead acid battery 12 V", "LEAD-ACID BATTERIES", "batteries filled with sulphuric acid",
        "urea formaldehyde resin", "diacetone alcohol", "low sulphur diesel", "sodyum sülfür",
    ],
)  # fmt: skip
def test_look_alikes_are_put_aside_and_it_is_said(description: str) -> None:
    found = said(description)
    assert (found.substance, found.certainty, found.named) == (None, None, None)
    assert found.excluded is not None and found.excluded in found.why


@pytest.mark.parametrize(
    "description",
    [
        "citric acid", "lactic acid", "phosphorous acid", "sulphonic acid", "sodium nitrite", "Natriumnitrit",
        "нитрит натрия", "نتريت الصوديوم", "potassium chloride", "Kaliumchlorid", "sodium chlorite", "nitroethane",
        "silver nitrate", "silver nitrate sodium chloride", "urea phosphate", "phosphate d'urée", "нитрат мочевины",
        "nitrate d'urée", "thiourea", "acetonitrile", "magnesium oxide",
        "alumina powder", "magnesia powder", "nitrile gloves size L, box", "mobile phones", "d=1.2", "%35", "acid",
        "nitro", "polyaluminium chloride", "nitrat", "пудра для лица", "بطاريات", "Can", "", " ", "-", "\x00",
    ],
)  # fmt: skip
def test_other_goods_are_not_recognised(description: str) -> None:
    found = said(description)
    assert (found.substance, found.certainty, found.named) == (None, None, None)


@pytest.mark.parametrize(
    ("description", "key"),
    [
        ("nail polish remover with acetone", "acetone"), ("Paint thinner containing acetone", "acetone"),
        ("aseton içeren tiner", "acetone"), ("Verdünnung, enthält Aceton", "acetone"),
        ("Haarfarbe mit Wasserstoffperoxid 6 %", "hydrogen-peroxide"), ("растворитель, содержит ацетон", "acetone"),
        ("مزيل يحتوي على أسيتون", "acetone"), ("drain cleaner sulphuric acid 96 %", "sulphuric-acid"),
        ("nettoyant à base de peroxyde d'hydrogène", "hydrogen-peroxide"),
        ("acetone and nitromethane", "nitromethane"), ("urea ammonium nitrate solution", "ammonium-nitrate"),
        ("aseton bazlı", "acetone"), ("model fuel, nitromethane 16 %", "nitromethane"),
    ],
)  # fmt: skip
def test_a_preparation_is_a_candidate_and_named_as_nothing(description: str, key: str) -> None:
    found = said(description)
    assert (found.substance, found.certainty, found.named) == (key, "candidate", None)


def test_a_name_beside_a_look_alike_still_counts() -> None:
    found = said("Acetone-free gloves; acetone 99 %")
    assert (found.substance, found.certainty, found.excluded) == ("acetone", "likely", "acetone free")


@pytest.mark.parametrize("key", sorted(catalogue().substances))
def test_cas_decides(key: str) -> None:
    found = recognise("technical goods", None, catalogue().substances[key].cas, None)
    assert (found.substance, found.certainty, found.by_cas, found.named) == (key, "certain", key, None)


def test_a_wrong_check_digit_decides_nothing() -> None:
    assert recognise("goods", None, "67-64-2", None) == recognise("goods", None, None, None)


def test_cas_against_words() -> None:
    assert recognise("nitric acid", None, "67-64-1", None).certainty == "likely"
    assert recognise("nitric acid", None, "67-64-1", None).substance == "acetone"
    assert recognise("nitric acid", None, "67-64-1", None).named == "nitric-acid"
    assert recognise("acetone", None, "64-17-5", None).certainty == "likely"
    assert recognise("acetone", None, "64-17-5", None).by_cas is None
    assert recognise("thinner with acetone", None, "67-64-1", None).certainty == "likely"
    contradicted = recognise("acetone-free remover", None, "67-64-1", None)
    assert (contradicted.substance, contradicted.certainty) == ("acetone", "candidate")
    assert contradicted.excluded is not None


def test_cas_and_un_inside_the_description() -> None:
    found = said("POTASSIUM NITRATE, TECHNICAL, CAS 7757-79-1")
    assert (found.by_cas, found.certainty) == ("potassium-nitrate", "certain")
    assert said("UN 1090, flammable liquid").by_un == "acetone"
    assert said("order 67-64-1 and 7697-37-2").by_cas is None
    assert said("part 67-64-1-5").by_cas is None


@pytest.mark.parametrize("hs", ["2914.11", "2914 11 00", "291411", "29141100"])
def test_a_code_alone_is_a_candidate_without_substance(hs: str) -> None:
    found = recognise("chemical", hs, None, None)
    assert (found.substance, found.certainty, found.by_hs) == (None, "candidate", ("acetone",))
    assert "HS code 291411" in found.why


def test_codes_of_several_substances_or_none() -> None:
    assert recognise(None, "2829.90", None, None).by_hs == ("potassium-perchlorate", "sodium-perchlorate")
    assert recognise(None, "3824.99", None, None).certainty is None
    assert recognise("Aluminium paste", "3212.90", None, None).by_hs == ()
    assert recognise(None, "not a code", None, "nor this") == recognise(None, None, None, None)


def test_un_number_alone() -> None:
    found = recognise(None, None, None, "UN 2031")
    assert (found.substance, found.certainty, found.by_un) == (None, "candidate", "nitric-acid")


def test_a_name_after_the_reading_limit_is_not_read() -> None:
    assert said("x " * 5000 + "acetone").substance is None


ANY_TEXT = st.none() | st.text(max_size=80)
PIECES = st.sampled_from(
    [
        "acetone",
        "free",
        "nitric",
        "acid",
        "/",
        "-",
        "ال",
        "الأسيتون",
        "без",
        "67-64-1",
        "UN",
        "1090",
        "%35",
        "\ud800",
        "İ",
    ]
)


@settings(deadline=None)
@given(ANY_TEXT | st.lists(PIECES, max_size=8).map(" ".join), ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_is_answered(description: str | None, hs: str | None, cas: str | None, un: str | None) -> None:
    found = recognise(description, hs, cas, un)
    keys = {found.substance, found.named, found.by_cas, found.by_un, *found.by_hs} - {None}
    assert keys <= set(catalogue().substances)
    assert (found.certainty is None) <= (found.substance is None)
    assert found.certainty is None or found.why


@settings(deadline=None)
@given(st.sampled_from(NAMED), st.integers(0, 200))
def test_case_and_accents_change_nothing(named: tuple[str, str], number: int) -> None:
    key, name = named
    assert said(f"{name.upper()} {number}").substance == key
    assert said(f"  {name.lower()}  ").substance == key


def test_many_in_order_and_equal_to_one() -> None:
    lines = [("Acetone", None, None, None), (None, "2914.11", None, None), ("Acetone", None, None, None)]
    assert recognise_many(lines) == [recognise(*line) for line in lines]
    assert recognise_many([]) == []


def test_a_word_is_corrected_to_one_idea_at_most() -> None:
    words = wording()
    assert words.idea("acetonne") == words.ideas["acetone"]
    assert words.idea("nitrite") is None and words.idea("citric") is None and words.idea("acid") is None
    known = set(words.ideas.values())
    assert all(words.idea(token) in known for token in words.ideas if len(token) > 8 and words.idea(token))
