"""Places in all their spellings, what is ambiguous, distances, and words of firms' names that are places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.vocab.atlas import atlas, table
from narrows.vocab.gazetteer import Place, distance_km, ending, is_place_word, near, place, place_word

texts = st.text() | st.text("aIİşا ق,/-1٣😀\x00\u202e", max_size=40)


def found(text: str, country: str | None = None) -> Place:
    """The place of a text that has one."""
    read = place(text, country)
    assert read is not None, text
    return read


@pytest.mark.parametrize(
    "text",
    [
        "Akçakale", "Akcakale", "AkCakale", "AKÇAKALE", "أقجة قلعة", "اقجه قلعه", "Акчакале", "Akçakale / Şanlıurfa",
        "Şanlıurfa, Akçakale", "AKÇAKALE-ŞANLIURFA", "Akcakale Sanliurfa", "Akçakale ilçesi, Urfa", "63500 Akçakale",
        "Akçakale/Şanlıurfa/Türkiye", "Akçakale, TR",
    ],
)  # fmt: skip
def test_a_town_in_all_its_spellings(text: str) -> None:
    town = found(text)
    assert (town.id, town.name, town.kind, town.country, town.province) == (
        "324944", "Akçakale", "town", "TR", "TR.63",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Şanlıurfa", "TR.63"), ("Sanliurfa", "TR.63"), ("Şanlı Urfa", "TR.63"), ("Urfa", "TR.63"), ("أورفا", "TR.63"),
        ("Antep", "TR.83"), ("G.Antep", "TR.83"), ("Maraş", "TR.46"), ("İçel", "TR.32"), ("Muş", "TR.49"),
        ("Merkez/Kilis", "TR.90"), ("Halep", "SY.09"), ("حلب", "SY.09"), ("محافظة حلب", "SY.09"), ("Алеппо", "SY.09"),
        ("Deir Ezzor", "SY.07"), ("Necef", "IQ.17"), ("Duhok", "IQ.08"), ("Beyrut", "LB.04"), ("Akabe", "JO.21"),
        ("RAK", "AE.05"), ("أبو ظبي", "AE.01"), ("Hatay", "TR.31"), ("Rif Dimashq", "SY.08"),
    ],
)  # fmt: skip
def test_a_province_is_one_place_with_its_seat_of_the_same_name(text: str, province: str) -> None:
    read = found(text)
    assert (read.id, read.kind, read.province) == (province, "province", None)


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Karkamış", "TR", "Karkamış"), ("Cilvegözü", "TR", "Cilvegözü"), ("Reyhanlı", "TR", "Reyhanlı"),
        ("Gaziantep Şehitkamil", None, "Şehitkamil"), ("Tall Abyad", "SY", "Tall Abyad"),
        ("تل أبيض", None, "Tall Abyad"),
        ("Resulayn", None, "Ras al-Ayn"), ("Cerablus", None, "Jarābulus"), ("Jarabulus, Aleppo", None, "Jarābulus"),
        ("JAFZA", None, "Jebel Ali"), ("DMCC", "AE", "DMCC"), ("Umm Qasr", None, "Umm Qaşr"), ("Poti", None, "Poti"),
        ("Batum", None, "Batumi"), ("Новороссийск", None, "Novorossiysk"), ("Bandar Abbas", None, "Bandar Abbas"),
        ("Trablusşam", None, "Tripoli"), ("Mariupol", None, "Mariupol"),
        ("Erbil, Kurdistan Region, Iraq", None, "Erbil"),
        ("Ростовская обл., г. Ростов-на-Дону", None, "Rostov-on-Don"), ("Kuwait", "KW", "Kuwait City"),
    ],
)  # fmt: skip
def test_towns_districts_crossings_and_free_zones(text: str, country: str | None, name: str) -> None:
    assert found(text, country).name == name


def test_a_name_of_several_places_is_read_with_its_country_or_province() -> None:
    assert place("Tripoli") is None
    assert found("Tripoli", "LB").province == "LB.09"
    assert found("Tripoli, Lebanon").country == "LB"
    assert found("Tripoli", "LY").country == "LY"
    assert place("Yenişehir", "TR") is None
    assert found("Yenişehir/Mersin").province == "TR.32"
    assert found("Yenişehir Diyarbakır").province == "TR.21"
    assert found("London").country == "GB"
    assert place("Lebanon") is None


@pytest.mark.parametrize("text", [None, "", " ", "Türkiye", "TR", "12345", "Example Street 5", "Akçakale Example", "-"])
def test_what_is_no_place(text: str | None) -> None:
    assert place(text) is None


def test_the_end_of_an_address() -> None:
    read, country, before = ending(("example", "road", "5", "jebel", "ali", "dubai", "uae"))
    assert read is not None
    assert (read.name, country, before) == ("Jebel Ali", "AE", 2)
    assert ending(("example",), "TR") == (None, "TR", 1)


def test_distances() -> None:
    border = distance_km(found("Akçakale"), found("Tall Abyad", "SY"))
    assert border < 5
    assert round(distance_km(found("Mersin"), found("İstanbul")), -1) == 680
    assert near(found("Akçakale"), found("Şanlıurfa"), 60)
    assert not near(found("Akçakale"), found("Şanlıurfa"), 40)


@given(st.sampled_from(range(3000)), st.sampled_from(range(3000)))
def test_a_distance_is_symmetric(one: int, other: int) -> None:
    a, b = atlas().places[one], atlas().places[other]
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert distance_km(a, a) == 0


@pytest.mark.parametrize(
    ("word", "what"),
    [
        ("anadolu", "TR.anatolia"), ("halep", "SY.09"), ("aleppo", "SY.09"), ("حلب", "SY.09"), ("turkiye", "TR"),
        ("mersin", "TR.32"), ("urfa", "TR.63"), ("middle east", "middle-east"), ("ortadogu", "middle-east"),
        ("abu dhabi", "AE.01"), ("ras al khaimah", "AE.05"), ("الفرات", "euphrates"), ("iskenderun", "311111"),
    ],
)  # fmt: skip
def test_words_of_firms_names_that_are_places(word: str, what: str) -> None:
    assert place_word(word) == what
    assert is_place_word(word)


@pytest.mark.parametrize(
    "word",
    [
        "batman", "ordu", "van", "mus", "aydin", "tokat", "sofia", "jordan", "georgia", "chad", "phoenix", "metan",
        "konak", "union", "best", "nur", "al", "alain", "kaya", "trading", "petrol", "",
    ],
)  # fmt: skip
def test_ordinary_words_and_given_names_are_no_places_there(word: str) -> None:
    assert not is_place_word(word)


def test_the_package_has_what_the_tables_lean_on() -> None:
    ids = {read.id for read in atlas().places}
    provinces = {f"{country}.{code}" for country, entries in table()["provinces"].items() for code in entries}
    assert provinces <= ids
    assert len([province for province in provinces if province.startswith("TR.")]) == 81
    for country, towns in table()["towns"].items():
        assert all("province" not in town or f"{country}.{town['province']}" in provinces for town in towns)


@settings(deadline=None)
@given(texts, st.sampled_from([None, "TR", "AE", "XX", ""]))
def test_nothing_raises(text: str, country: str | None) -> None:
    place(text, country)
    place_word(text)
    ending(tuple(text.split()), country)


@pytest.mark.parametrize("text", ["a" * 10_000, "Kilis " * 2_000, "1 " * 5_000, "😀" * 10_000, "\x00\u202e" * 5_000])
def test_long_texts_are_no_places(text: str) -> None:
    assert place(text) is None
