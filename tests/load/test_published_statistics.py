import pytest

from narrows.load.columns.propose import propose
from narrows.load.published import statistics_of

COMTRADE = (
    "period", "reporterCode", "reporterISO", "reporterDesc", "flowCode", "flowDesc", "partnerISO", "partnerDesc",
    "partner2Code", "cmdCode", "customsCode", "motCode", "netWgt", "cifvalue", "fobvalue", "primaryValue",
)  # fmt: skip
COMEXT = (
    "DECLARANT", "DECLARANT_ISO", "PARTNER", "PARTNER_ISO", "PRODUCT_NC", "FLOW", "STAT_REGIME", "PERIOD",
    "VALUE_IN_EUROS", "QUANTITY_IN_KG",
)  # fmt: skip


def test_comtrade_is_in_dollars_and_read_by_codes():
    found = statistics_of(COMTRADE)
    assert found.columns["reporterISO"] == "reporter"
    assert found.columns["reporterDesc"] == ""
    assert found.columns["motCode"] == found.columns["customsCode"] == "breakdown"
    assert (found.constants["currency"], found.id_scheme) == ("USD", "m49")


def test_comext_is_in_euros_and_its_numbers_are_its_own():
    found = statistics_of(COMEXT)
    assert found.columns["DECLARANT_ISO"] == "reporter"
    assert found.columns["DECLARANT"] == ""
    assert (found.constants["currency"], found.id_scheme) == ("EUR", "geonom")


def test_other_tables_are_none():
    assert statistics_of(["Order No", "Buyer", "Description", "Amount"]) is None


@pytest.mark.parametrize(
    "headers",
    [
        "Reporter|Partner|Trade Flow|Period|HS Code|Net Weight (kg)|Value (EUR)",
        "Raporlayan Ülke|Ortak Ülke|Akış|Dönem|GTİP|Net Ağırlık (kg)|Değer (EUR)",
        "Meldeland|Partnerland|Warenstrom|Zeitraum|Warennummer|Eigenmasse (kg)|Wert (EUR)",
        "Pays déclarant|Pays partenaire|Flux|Période|Code SH|Masse nette (kg)|Valeur (EUR)",
        "País informante|País socio|Flujo|Periodo|Código SA|Peso neto (kg)|Valor (EUR)",
        "Страна отчета|Страна партнер|Направление|Период|Код ТН ВЭД|Вес нетто (kg)|Стоимость (EUR)",
        "الدولة المبلغة|الدولة الشريكة|التدفق|الفترة|رمز النظام المنسق|الوزن الصافي (kg)|القيمة (EUR)",
    ],
)
def test_plain_tables_are_known_by_their_headers(headers):
    row = ("DE", "QA", "Export", "2024-03", "850110", "120", "3400")
    found = propose(headers.split("|"), [row] * 5, file_name="t.csv", sheet="", notes=())
    assert found.clear, found.doubts
    assert list(found.mapping.columns.values()) == ["reporter", "partner", "flow", "period", "hs", "net_mass", "amount"]
    assert (found.mapping.kind, found.mapping.constants["currency"]) == ("statistics", "EUR")


def test_rows_are_typed_and_those_that_say_too_little_are_named(case):
    fields = "reporter partner flow period hs net_mass amount currency"
    row = ["842", "QAT", "X", "202403", "8501.10", "12.5", "100", "USD"]
    counts = case.load("statistics", fields, row, [*row[:5], None, None, "USD"], ["?", *row[1:]])
    assert (counts["statistic"], counts["empty records"], counts["unread values"]) == (2, 1, 1)
    told = case.rows("SELECT reporter, partner, flow, period, hs, net_mass FROM derived.statistic ORDER BY record")
    assert told == [
        ("US", "QA", "export", "2024-03", "850110", 12.5),
        (None, "QA", "export", "2024-03", "850110", 12.5),
    ]
