import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrows.errors import MappingProblem, NotFound
from narrows.load.columns.mapping import check_columns, fitted, read_mapping, write_mapping
from narrows.model.fields import FIELDS_OF, PARTY_ATTRIBUTES, ROLES_OF, type_of
from narrows.model.mapping import KINDS, Mapping

ORDERS = 'schema = "narrows.mapping/1"\nkind = "orders"\n'


def fields_of(kind: str) -> list[str]:
    return [*FIELDS_OF[kind], *(f"{r}.{a}" for r in ROLES_OF[kind] for a in PARTY_ATTRIBUTES)]


awkward = st.sampled_from(
    [
        '"',
        "\\",
        "a\nb",
        "\r\n",
        "\t",
        "",
        " ",
        "a.b",
        "#",
        "'''",
        '"""',
        "كمية",
        "\u200f",
        "\x00",
        "\x7f",
        "😀",
    ]
)
texts = st.one_of(awkward, st.text())


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    kind = draw(st.sampled_from(KINDS))
    fields = st.sampled_from(fields_of(kind))
    columns = draw(st.dictionaries(texts, st.one_of(st.just(""), fields), max_size=5))
    said = st.text(min_size=1).filter(lambda text: text.strip() != "")
    constants = draw(st.dictionaries(fields, said, max_size=2))
    units = {"mass": ("t", "kg", "lb"), "volume": ("l", "ml"), "quantity": ("drum", "kg")}
    measured = [f for f in fields_of(kind) if type_of(kind, f) in units]
    return Mapping(
        kind=kind,
        columns=columns,
        constants={f: v for f, v in constants.items() if f not in columns.values()},
        units={f: draw(st.sampled_from(units[type_of(kind, f)])) for f in measured if draw(st.booleans())},
        date_order=draw(st.sampled_from(["day-first", "month-first", "year-first"])),
        decimal=draw(st.sampled_from([".", ","])),
        id_scheme=draw(texts),
        headers=tuple(columns) if draw(st.booleans()) else (),
        nulls=tuple(draw(st.lists(texts, max_size=2))),
        title=draw(texts),
        publisher=draw(texts),
        licence=draw(texts),
        files=tuple(draw(st.lists(texts, max_size=2))),
    )


@settings(deadline=None, max_examples=150)
@given(mappings())
def test_a_written_mapping_reads_back_the_same(mapping: Mapping) -> None:
    text = write_mapping(mapping)
    again = read_mapping(text, name="written")
    assert again == mapping
    assert list(again.columns) == list(mapping.columns)
    assert write_mapping(again) == text


def test_what_does_not_print_is_written_visibly() -> None:
    assert '"a\\u200fb\\n" = ""' in write_mapping(Mapping(kind="orders", columns={"a\u200fb\n": ""}))


def test_reads_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(ORDERS + '[columns]\n"Käufer" = "buyer.name"\n', encoding="utf-8-sig")
    assert read_mapping(path, name="m.toml") == Mapping(kind="orders", columns={"Käufer": "buyer.name"})


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="absent: there is no"):
        read_mapping(tmp_path / "x.toml", name="absent")
    with pytest.raises(MappingProblem, match="folder: cannot be read"):
        read_mapping(tmp_path, name="folder")
    latin = tmp_path / "latin.toml"
    latin.write_bytes('title = "Käufer"'.encode("latin-1"))
    with pytest.raises(MappingProblem, match="latin: not UTF-8"):
        read_mapping(latin, name="latin")


@pytest.mark.parametrize(
    ("toml", "message", "hint"),
    [
        ("kind = orders", "not TOML: .*line 1", "quotes"),
        ('kind = "orders"', "schema: is missing", "narrows.mapping/1"),
        ('schema = "narrows.mapping/2"\nkind = "orders"', "schema: cannot be", "narrows.mapping/1"),
        ('schema = "narrows.mapping/1"', "kind: is missing", "declarations"),
        ('schema = "narrows.mapping/1"\nkind = "Order"', 'kind: cannot be "Order"', '"orders"'),
        (ORDERS + '[colums]\n"A" = "date"', '"colums": no such key', '"columns"'),
        (ORDERS + "decimal = 1", "decimal: must be text", "quotes"),
        (ORDERS + 'date_order = "dayfirst"', "date_order: cannot be", '"day-first"'),
        (ORDERS + 'nulls = "-"', "nulls: must be a list", "nulls = "),
        (ORDERS + "nulls = [0]", "nulls: must be text", "quotes"),
        (ORDERS + 'columns = "A"', "columns: must be a table", "columns"),
        (ORDERS + "[columns]\nBuyer.Name = 'buyer.name'", 'columns."Buyer": must be text', "quotes"),
        (ORDERS + '[columns]\n"A" = "buyer.nmae"', 'columns."A": orders have no field', '"buyer.name"'),
        (ORDERS + '[columns]\n"A" = "zzzzzz"', 'no field "zzzzzz"', "net_mass.*end_user.*iban"),
        (ORDERS + '[columns]\n"A" = "officer.name"', "orders have no field", "Did you mean|fields of orders"),
        (ORDERS + '[constants]\n"curency" = "EUR"', 'constants."curency": orders', '"currency"'),
        (ORDERS + '[constants]\n"currency" = " "', "is empty", "take the line out"),
        (ORDERS + '[columns]\n"A" = "hs"\n[constants]\n"hs" = "2834"', "also read from a column", "one of"),
        (ORDERS + '[units]\n"amount" = "t"', "no quantity, mass or volume", "Take"),
        (ORDERS + '[units]\n"net_mass" = "l"', '"l" is no unit of mass', "kg"),
        (ORDERS + 'headers = ["A", "A"]', '"A" stands twice', "name of its own"),
        (
            ORDERS + 'date_order = "day-first"\nheaders = ["Date"]\n[columns]\n"date" = "date"',
            "not among the mapping's headers",
            '"Date"',
        ),
    ],
)
def test_what_a_mapping_cannot_say(toml: str, message: str, hint: str) -> None:
    with pytest.raises(MappingProblem, match=f"(?s)^m.toml: .*{message}") as caught:
        read_mapping(toml, name="m.toml")
    assert re.search(hint, caught.value.hint)


def test_columns_fit_but_for_case_and_white_space() -> None:
    mapping = Mapping(kind="orders", columns={"buyer  NAME": "buyer.name", "Date": "date", "Ref": ""})
    columns = (" Buyer Name ", "Date", "date", "REF", "Colour")
    assert dict(fitted(mapping, columns).columns) == {" Buyer Name ": "buyer.name", "Date": "date", "REF": ""}
    assert check_columns(mapping, columns) == ("date", "Colour")
    assert fitted(fitted(mapping, columns), columns) == fitted(mapping, columns)


def test_missing_columns_are_named_with_those_of_the_file() -> None:
    mapping = Mapping(kind="orders", columns={"Byer": "buyer.name", "Sum": "amount", "Date": "date"})
    for judge in (check_columns, fitted):
        with pytest.raises(MappingProblem, match='not have: "Byer", "Sum"; the file has: "Buyer", "Date"') as caught:
            judge(mapping, ("Buyer", "Date"))
        assert caught.value.hint == 'Did you mean "Buyer"?'


def test_a_header_that_fits_two_columns_is_not_guessed() -> None:
    with pytest.raises(MappingProblem, match="more than one"):
        fitted(Mapping(kind="orders", columns={"DATE": "date"}), ("Date", "date"))


def test_one_column_is_not_read_for_two_headers() -> None:
    mapping = Mapping(kind="orders", columns={"Date": "date", "date": "licence_until"})
    with pytest.raises(MappingProblem, match='not have: "date"'):
        fitted(mapping, ("Date",))


@pytest.mark.parametrize(("field", "missing"), [("date", "date_order"), ("amount", "decimal"), ("net_mass", "decimal")])
def test_how_dates_and_numbers_are_written_must_be_said(field: str, missing: str) -> None:
    with pytest.raises(MappingProblem, match=f"{missing}: is missing"):
        read_mapping(ORDERS + f'[columns]\n"A" = "{field}"', name="m.toml")
