import pytest

from narrows.load.columns.mapping import check_columns, read_mapping, write_mapping
from narrows.load.columns.shipped import find_shipped, headers_for, shipped
from narrows.model.mapping import Mapping

CUSTOMS = (
    "Declaration ID", "Date", "Office ID", "Process Type", "Import Type", "Import Use",
    "Payment Type", "Mode of Transport", "Declarant ID", "Importer ID", "Seller ID", "Courier ID",
    "HS6 Code", "Country of Departure", "Country of Origin", "Tax Rate", "Tax Type",
    "Country of Origin Indicator", "Net Mass", "Item Price", "Fraud", "Critical Fraud",
)  # fmt: skip
ROWS = {
    "sdn.csv": ("7", "EXAMPLE TRADING", "-0- ", "EX", *["-0- "] * 8),
    "alt.csv": ("7", "3", "aka", "EXAMPLE TRADE", "-0- "),
    "add.csv": ("7", "4", "1 Example Street", "Exampleton", "Exampleland", "-0- "),
    "sdn_comments.csv": ("7", "nd more about the example."),
}


@pytest.mark.parametrize("mapping", shipped(), ids=lambda m: m.title)
def test_every_shipped_mapping_says_whence_and_reads_back(mapping: Mapping) -> None:
    assert mapping.title and mapping.publisher and mapping.licence and mapping.files and mapping.id_scheme
    assert read_mapping(write_mapping(mapping), name=mapping.title) == mapping
    assert not mapping.headers or check_columns(mapping, mapping.headers) == ()


def test_they_are_read_once() -> None:
    assert len(shipped()) == 5
    assert shipped() is shipped()


def test_customs_declarations_are_found_and_every_column_is_accounted_for() -> None:
    mapping = find_shipped("DF_syn_train_eng.CSV", CUSTOMS)
    assert mapping is not None and mapping.kind == "declarations"
    assert check_columns(mapping, CUSTOMS) == ()
    assert mapping.columns["Importer ID"] == "buyer.id"
    assert headers_for("df_syn_train_eng.csv", CUSTOMS) == ()


@pytest.mark.parametrize("column", ["Fraud", "Critical Fraud", "Tax Rate", "Tax Type"])
def test_labels_are_never_an_input(column: str) -> None:
    mapping = find_shipped("df_syn_valid_eng.csv", CUSTOMS)
    assert mapping is not None and mapping.columns[column] == ""


def test_a_name_alone_or_columns_alone_are_not_enough() -> None:
    assert find_shipped("df_syn_train_eng.csv", CUSTOMS[1:]) is None
    assert find_shipped("mine.csv", CUSTOMS) is None


@pytest.mark.parametrize("name", ROWS)
def test_a_file_without_a_header_row_is_known_by_name_and_width(name: str) -> None:
    row = ROWS[name]
    headers = headers_for(name.upper(), row)
    assert len(headers) == len(row)
    mapping = find_shipped(name, headers)
    assert mapping is not None and mapping is find_shipped(name, row)
    assert mapping.headers == headers
    assert (mapping.kind, mapping.id_scheme, mapping.nulls) == ("entities", "ofac-sdn", ("-0-",))
    assert mapping.constants["list"] == "OFAC SDN"
    fields = dict(zip(map(mapping.columns.__getitem__, headers), row, strict=True))
    assert fields["party.id"] == "7"
    assert fields.get("party.name", "EXAMPLE TRADING").startswith("EXAMPLE TRAD")
    assert headers_for(name, row[1:]) == () and find_shipped(name, row[1:]) is None


def test_somebody_elses_file_of_that_name_and_width_keeps_its_header_row() -> None:
    row = ("Company", "Site", "Street", "Town", "Land", "Notes")
    assert headers_for("add.csv", row) == ()
    assert find_shipped("add.csv", row) is None


def test_headers_that_stand_in_the_file_after_all_are_not_data() -> None:
    headers = headers_for("alt.csv", ROWS["alt.csv"])
    assert headers_for("alt.csv", headers) == ()
    assert find_shipped("alt.csv", [h.upper() for h in headers]) is not None
