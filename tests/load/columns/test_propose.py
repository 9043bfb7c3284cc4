import time
from pathlib import Path

import pytest

from narrows.load.columns.mapping import read_mapping, write_mapping
from narrows.load.columns.propose import Proposal, propose
from narrows.load.columns.values import BY_ROWS
from narrows.load.readers.files import parts_of
from narrows.model.fields import type_of
from narrows.vocab import words

Rows = list[tuple[str | None, ...]]


def of(headers: str, *rows: str, file: str = "orders.csv", sheet: str = "", notes: tuple[str, ...] = ()) -> Proposal:
    sample: Rows = [
        tuple(cell.strip() or None for cell in row.split("|")) for row in rows or [headers.count("|") * "|"]
    ]
    return propose(headers.split("|"), sample, file_name=file, sheet=sheet, notes=notes)


# File, then pairs of header and field; "" where nobody reads the column.
CLEAR: dict[str, tuple[str, str, str]] = {
    "en orders": (
        "open_po.csv",
        "orders",
        "PO Number=document_no|PO Date=date|Vendor=seller.name|Ship To=consignee.name|Ship To City=consignee.city|"
        "Bill To=buyer.name|Bill To VAT=buyer.vat|Item=description|HTS Code=hs|Qty Ordered=quantity|UOM=unit|"
        "Unit Price=unit_price|Line Total=amount|Curr=currency|Sales rep=",
    ),
    "en invoices": (
        "q1.csv",
        "invoices",
        "InvoiceNo=document_no|InvoiceDate=date|DueDate=|CustomerName=buyer.name|CustomerCountryCode=buyer.country|"
        "ProductName=description|CAS=cas|Quantity=quantity|NetAmount=amount|Currency=currency",
    ),
    "en declarations": (
        "2024.csv",
        "declarations",
        "MRN=document_no|Declarant=declarant.name|Importer=buyer.name|Importer EORI=buyer.eori|Exporter=seller.name|"
        "Country of Origin=origin|Commodity code=hs|Net mass (kg)=net_mass|Statistical value (EUR)=amount",
    ),
    "en bills": (
        "q2.csv",
        "bills",
        "B/L No=document_no|Vessel=transport|Shipper=consignor.name|Consignee=consignee.name|Address=consignee.address|"
        "Notify party=notify.name|Container No=container|Gross weight=gross_mass|Cargo description=description",
    ),
    "en stock": (
        "count.csv",
        "stock",
        "Warehouse=site|Count date=date|Item=description|CAS No=cas|Book qty=book|Counted qty=counted|Seal no=seal",
    ),
    "en relations": (
        "group.csv",
        "relations",
        "Subsidiary=party.name|Parent company=other.name|Relationship type=relation|Since=since",
    ),
    "en entities": (
        "consolidated list.csv",
        "entities",
        "Name=party.name|Alias=party.alias|Country=party.country|Nationality=|Programme=programme|Remarks=remarks",
    ),
    "tr orders": (
        "siparisler.csv",
        "orders",
        "Sipariş No=document_no|Sipariş Tarihi=date|Cari Kodu=buyer.id|Müşteri Unvanı=buyer.name|Adres=buyer.address|"
        "Vergi No=buyer.vat|Malın cinsi=description|GTİP=hs|Miktar=quantity|Birim=unit|Tutar (TL)=amount|"
        "Teslim alan=consignee.name|Sevk Adresi=consignee.address",
    ),
    "tr invoices": (
        "liste.csv",
        "invoices",
        "Fatura No=document_no|Fatura Tarihi=date|Alıcı VKN=buyer.vat|Alıcı Unvanı=buyer.name|Mal Hizmet=description|"
        "Ölçü Birimi=unit|KDV Oranı=|Toplam Tutar=amount|Döviz Cinsi=currency",
    ),
    "tr payments": (
        "banka.csv",
        "payments",
        "Tarih=date|Dekont No=document_no|Gönderen=payer.name|Gönderen IBAN=payer.iban|Alıcı=payee.name|Tutar=amount|"
        "Açıklama=reference",
    ),
    "tr register": (
        "sicil.csv",
        "register",
        "Ticaret Unvanı=company.name|Ticaret Sicil No=company.registration|NACE Kodu=company.activity|"
        "Kuruluş Tarihi=founded|İl=company.city|Yetkili=officer.name|Görevi=function",
    ),
    "de orders": (
        "2024.csv",
        "orders",
        "Auftragsnummer=document_no|Bestelldatum=date|Kundennr.=buyer.id|Kundenname=buyer.name|Straße=buyer.address|"
        "PLZ=buyer.address|Ort=buyer.city|Land=buyer.country|Artikelnr.=|Warenbezeichnung=description|Menge=quantity|"
        "ME=unit|Nettogewicht kg=net_mass|Rechnungsbetrag EUR=amount|Lieferanschrift=consignee.address",
    ),
    "de payments": (
        "Kontoauszug.csv",
        "payments",
        "Buchungstag=date|Wertstellung=|Auftraggeber=payer.name|IBAN=payer.iban|Begünstigter=payee.name|Betrag=amount|"
        "Verwendungszweck=reference",
    ),
    "de register": (
        "HR.csv",
        "register",
        "Firma=company.name|Registernummer=company.registration|Sitz=company.city|Branche=company.activity|"
        "Gründungsdatum=founded|Geschäftsführer=officer.name|Gesellschafter=owner.name|Anteil=share",
    ),
    "de end-use": (
        "EVE.csv",
        "end-use",
        "Datum=date|Kunde=buyer.name|Anschrift=buyer.address|Stoff=description|Konzentration=concentration|"
        "Verwendungszweck=stated_use|Unterzeichner=signatory|Funktion=signatory_function|Unterschrieben=signed",
    ),
    "ru orders": (
        "список.csv",
        "orders",
        "№ заказа=document_no|Дата заказа=date|Покупатель=buyer.name|ИНН покупателя=buyer.vat|Код ТН ВЭД=hs|"
        "Наименование товара=description|Кол-во=quantity|Ед. изм.=unit|Грузополучатель=consignee.name",
    ),
    "ru payments": (
        "платежи.csv",
        "payments",
        "Дата=date|Номер платежа=document_no|Плательщик=payer.name|Получатель=payee.name|Сумма=amount|"
        "Назначение платежа=reference",
    ),
    "ru register": (
        "реестр.csv",
        "register",
        "Наименование организации=company.name|ОГРН=company.registration|Дата регистрации=founded|"
        "ОКВЭД=company.activity|Директор=officer.name|Должность=function|Учредитель=owner.name|Доля=share",
    ),
    "ar orders": (
        "طلبات.csv",
        "orders",
        "رقم الطلب=document_no|تاريخ الطلب=date|اسم العميل=buyer.name|عنوان العميل=buyer.address|الدولة=buyer.country|"
        "وصف البضاعة=description|الرمز الجمركي=hs|الكمية=quantity|الوحدة=unit|اسم المرسل إليه=consignee.name",
    ),
    "ar bills": (
        "2024.csv",
        "bills",
        "رقم بوليصة الشحن=document_no|الشاحن=consignor.name|المرسل إليه=consignee.name|الطرف المخطر=notify.name|"
        "وصف البضائع=description|رقم الحاوية=container|الوزن الإجمالي=gross_mass",
    ),
    "ar payments": (
        "الحوالات.csv",
        "payments",
        "رقم الحوالة=document_no|الدافع=payer.name|المستفيد=payee.name|المبلغ=amount|تفاصيل الدفع=reference",
    ),
    "fr orders": (
        "liste.csv",
        "orders",
        "N° commande=document_no|Date de commande=date|Client=buyer.name|N° TVA=buyer.vat|Code postal=buyer.address|"
        "Ville=buyer.city|Pays=buyer.country|Désignation=description|Code SH=hs|Quantité=quantity|Montant HT=amount|"
        "Nom du destinataire=consignee.name|Adresse de livraison=consignee.address",
    ),
    "fr payments": (
        "virements.csv",
        "payments",
        "Date d'opération=date|Donneur d'ordre=payer.name|IBAN donneur d'ordre=payer.iban|Bénéficiaire=payee.name|"
        "Montant=amount|Devise=currency|Motif=reference",
    ),
    "fr register": (
        "registre.csv",
        "register",
        "Raison sociale=company.name|SIREN=company.registration|Code APE=company.activity|Date de création=founded|"
        "Dirigeant=officer.name|Fonction=function",
    ),
    "es orders": (
        "lista.csv",
        "orders",
        "N.º pedido=document_no|Fecha=date|Cliente=buyer.name|NIF=buyer.vat|Dirección del comprador=buyer.address|"
        "Descripción=description|Partida arancelaria=hs|Cantidad=quantity|Destinatario=consignee.name",
    ),
    "es invoices": (
        "2024.csv",
        "invoices",
        "Nº factura=document_no|Fecha de factura=date|Razón social cliente=buyer.name|NIF cliente=buyer.vat|"
        "Producto=description|Ud.=unit|Importe total=amount|Divisa=currency",
    ),
    "es payments": (
        "pagos.csv",
        "payments",
        "Fecha=date|Ordenante=payer.name|Beneficiario=payee.name|Importe=amount|Moneda=currency|Concepto=reference",
    ),
}


@pytest.mark.parametrize("name", CLEAR)
def test_headers_of_seven_languages_are_read(name: str) -> None:
    file, kind, pairs = CLEAR[name]
    expected = dict(pair.split("=") for pair in pairs.split("|"))
    found = of("|".join(expected), file=file)
    assert found.mapping.kind == kind
    assert dict(found.mapping.columns) == {header: field for header, field in expected.items() if field}
    assert (found.clear, found.doubts) == (True, ())
    assert [column for column, _, _ in found.reasons] == list(found.mapping.columns)


@pytest.mark.parametrize(
    "headers, file, doubt",
    [
        ("Col1|Col2|Col3", "x.csv", "neither name nor headers"),
        ("Code|Name|Date|Value", "export.csv", "guess"),
        ("Date|Customer|Item|Quantity|Amount", "list.csv", "may hold orders or invoices"),
        ("Datum|Kunde|Artikel|Menge|Betrag", "liste.csv", "may hold orders or invoices"),
        ("Tarih|Müşteri|Ürün|Miktar", "liste.csv", "may hold orders or invoices"),
        ("Дата|Клиент|Товар|Количество", "1.csv", "may hold orders or invoices"),
        ("التاريخ|العميل|الصنف|الكمية", "1.csv", "may hold orders or invoices"),
        ("Date|Client|Produit|Quantité", "1.csv", "may hold orders or invoices"),
        ("Fecha|Cliente|Producto|Cantidad", "1.csv", "may hold orders or invoices"),
        ("Order No|Customer name and address|Product", "orders.csv", "names two things"),
        ("Order No|Order date|Quantity|Amount", "orders.csv", "they lack a column for: the goods"),
        ("Date|Name|Amount|Remittance information", "payments.csv", "the payer"),
        ("Lager|Artikel|Menge", "Inventur.csv", "they lack a column for"),
    ],
)
def test_what_is_not_certain_is_not_clear(headers: str, file: str, doubt: str) -> None:
    found = of(headers, file=file)
    assert not found.clear and doubt in "; ".join(found.doubts)


@pytest.mark.parametrize(
    "code, field",
    [
        (("67-64-1", "7697-37-2"), "cas"),
        (("2914.11", "2808.00"), "hs"),
        (("291411", "280800"), None),
        (("A", "B"), None),
    ],
)
def test_values_tell_what_a_code_is(code: tuple[str, str], field: str | None) -> None:
    found = of("Order No|Customer|Product|Code", *(f"A{c}1|Alder Ltd|goods|{c}" for c in code))
    assert found.mapping.columns.get("Code") == field
    assert found.clear is (code[0] != "291411")


def test_values_veto_a_header() -> None:
    found = of("Order No|Date|Customer|Product", "A1|week 3|Alder Ltd|Paint", "A2|week 4|Birch Ltd|Paint")
    assert not found.clear and "'week 3' does not" in found.doubts[0]
    ports = of("B/L No|Consignee|Goods|Port of Loading", "B1|Alder Ltd|Paint|Port Sample", file="manifest.csv")
    assert ports.clear and "Port of Loading" not in ports.mapping.columns


def test_customers_given_by_number_are_ids_and_by_tax_number_are_those() -> None:
    assert of("Order No|Customer|Product", "A1|100231|Paint").mapping.columns["Customer"] == "buyer.id"
    assert of("Order No|Customer|Product", "A1|DE136695976|Paint").mapping.columns["Customer"] == "buyer.vat"


def test_unread_columns_are_no_doubt_unless_they_hold_codes() -> None:
    headers = "Order No|Customer|Product|X7"
    assert of(headers, "A1|Alder Ltd|Paint|blue").clear
    assert "customs codes" in of(headers, "A1|Alder Ltd|Paint|3209.10.00").doubts[0]
    assert "tax numbers" in of(headers, "A1|Alder Ltd|Paint|DE136695976").doubts[0]
    assert of(headers, "A1|Alder Ltd|Paint|67-64-1").mapping.columns["X7"] == "cas"


def test_attributes_go_to_the_party_before_them_or_to_the_main_one() -> None:
    found = of("Order No|Seller|Address|Buyer|Address (2)|Product|Country|Consignee|City").mapping.columns
    assert found["Address"] == "seller.address" and found["Address (2)"] == "buyer.address"
    assert found["Country"] == "buyer.country" and found["City"] == "consignee.city"


def test_of_two_columns_for_one_field_none_is_dropped_in_silence() -> None:
    headers = "Order No|Buyer|Customer|Product"
    assert "both 'Buyer' and 'Customer'" in of(headers, "A1|Alder Ltd|Birch Ltd|Paint").doubts[0]
    assert of(headers, "A1|Alder Ltd|Alder Ltd|Paint").clear


@pytest.mark.parametrize(
    "dates, order, clear",
    [
        (("25.01.2024", "03.02.2024"), "day-first", True),
        (("01/25/2024", "02/03/2024"), "month-first", True),
        (("2024-01-25",), "year-first", True),
        (("03/04/2024",), "day-first", False),
    ],
)
def test_the_order_of_dates(dates: tuple[str, ...], order: str, clear: bool) -> None:
    found = of("Order No|Date|Customer|Product", *(f"A1|{date}|Alder Ltd|Paint" for date in dates))
    assert (found.mapping.date_order, found.clear) == (order, clear)


def test_a_header_may_say_the_order_of_dates() -> None:
    found = of("Order No|Date (mm/dd/yyyy)|Customer|Product", "A1|03/04/2024|Alder Ltd|Paint")
    assert (found.mapping.date_order, found.clear) == ("month-first", True)


@pytest.mark.parametrize(
    "quantity, price, decimal, clear",
    [
        ("40 x 25 kg", "12,50", ",", True),
        ("1.000", "12,50", ",", True),
        ("1,000", "12.50", ".", True),
        ("1.000", "12", ".", False),
        ("1.25", "12,50", ".", False),
        ("12", "7", ".", True),
    ],
)
def test_the_decimal_sign(quantity: str, price: str, decimal: str, clear: bool) -> None:
    found = of("Order No|Customer|Product|Quantity|Unit price", f"A1|Alder Ltd|Paint|{quantity}|{price}")
    assert (found.mapping.decimal, found.clear) == (decimal, clear)


def test_units_and_currencies_of_headers_are_kept() -> None:
    found = of("Order No|Customer|Product|Menge [l]|Net weight (t)|Amount USD").mapping
    assert dict(found.units) == {"quantity": "l", "net_mass": "t"}
    assert dict(found.constants) == {"currency": "USD"}
    beside = of("Order No|Customer|Product|Amount (USD)|Currency").mapping
    assert beside.columns["Currency"] == "currency" and not beside.constants


def test_the_order_of_an_invoice_keeps_its_number() -> None:
    found = of("Order no|Invoice no|Customer|Product|Quantity", sheet="Orders").mapping
    assert (found.columns["Invoice no"], found.columns["Order no"]) == ("document_no", "order_no")


def test_the_name_of_the_sheet_and_the_lines_above_help_to_tell_the_kind() -> None:
    headers = "Date|Customer|Item|Quantity"
    assert of(headers, file="book.xlsx", sheet="Faturalar").mapping.kind == "invoices"
    assert of(headers, file="book.xlsx", sheet="Siparişler").mapping.kind == "orders"


def test_entities_of_followthemoney() -> None:
    found = of("id|schema|properties.name|properties.alias|properties.nationality", file="x.json")
    assert found.clear and (found.mapping.kind, found.mapping.id_scheme) == ("entities", "ftm")
    assert list(found.mapping.columns.values()) == ["party.id", "party.kind", "party.name", "party.alias", ""]


def test_a_register_of_owners_whose_references_are_registration_numbers() -> None:
    headers = "Company|Registration no.|Owner|Owner ref.|Share %"
    found = of(headers, "Alder Ltd|HRB 991234|Birch Ltd|HRB 995678|60 %", file="register.csv")
    assert found.mapping.columns["Owner ref."] == "owner.registration"
    person = of(headers, "Alder Ltd|HRB 991234|Person 7|P-7|60 %", file="register.csv")
    assert person.mapping.columns["Owner ref."] == "owner.id"


@pytest.mark.parametrize("name", CLEAR)
def test_every_proposal_is_a_mapping_that_reads_back(name: str) -> None:
    file, kind, pairs = CLEAR[name]
    mapping = of("|".join(pair.split("=")[0] for pair in pairs.split("|")), file=file).mapping
    assert read_mapping(write_mapping(mapping), name=name) == mapping
    assert all(type_of(kind, field) is not None for field in mapping.columns.values())


STRAITS = {
    "auftraege_2024.csv": ("orders",),
    "satislar.xlsx": ("orders", "end-use"),
    "manifest.tsv": ("bills",),
    "payments.csv": ("payments",),
    "register.xlsx": ("register", "register", "register", "relations"),
}


@pytest.mark.parametrize("file", STRAITS)
def test_the_example_is_clear(file: str) -> None:
    path = Path(__file__).parents[3] / "examples" / "straits" / file
    found = [
        propose(part.columns, part.sample(), file_name=file, sheet=part.sheet, notes=part.notes)
        for part in parts_of(path)
    ]
    assert tuple(one.mapping.kind for one in found) == STRAITS[file]
    assert [one.doubts for one in found] == [()] * len(found)


def test_a_wide_table_is_proposed_at_once() -> None:
    base = "Order No|Order date|Seller|Buyer|Buyer address|Buyer country|Goods description|HS code|Quantity|Amount"
    row = "A{0}|2024-01-05|Alder Ltd|Birch {0}|{0} Road|DE|paint {0}|320910|{0}.5|{0}.25"
    headers = "|".join(f"{header} {copy}" if copy else header for copy in range(6) for header in base.split("|"))
    rows = ["|".join([row.format(n)] * 6) for n in range(500)]
    of(headers, *rows[:2])
    start = time.perf_counter()
    of(headers, *rows)
    assert time.perf_counter() - start < 1  # Some 0.1 s here; the rest is room for a busy machine.


@pytest.mark.parametrize("headers", ["Order No|Customer|Product", "id|schema|name"])
def test_a_table_without_rows_is_never_clear(headers: str) -> None:
    assert of(headers).clear
    found = propose(headers.split("|"), [], file_name="orders.csv", sheet="", notes=())
    assert (found.clear, found.doubts) == (False, ("no rows below the header",))


STATUS = "Order No|Customer|Product|Customer status"


def test_the_status_of_buyers_is_counted_by_rows() -> None:
    odd = [f"A{n}|Alder Ltd|Paint|odd {n}" for n in range(9)]
    usual = ["B1|Alder Ltd|Paint|Business"] * 30
    assert of(STATUS, *odd, *usual).mapping.columns["Customer status"] == "buyer_status"
    assert of(STATUS, *odd, *usual).clear


def test_a_doubt_about_the_status_of_buyers_names_words_that_fit() -> None:
    rows = ["A1|Alder Ltd|Paint|private", *["A2|Birch Ltd|Paint|Company"] * 8, "A3|Birch Ltd|Paint|firm"]
    [doubt] = of(STATUS, *rows).doubts
    assert "only 10% of the rows fit; 'Company' does not; words that would fit: 'private', 'business'" in doubt
    assert all(words.buyer_status(word) is not None for word in BY_ROWS["status"])


def test_relations_of_followthemoney_are_links_of_a_register() -> None:
    owners = of("id|schema|owner|asset|percentage|startDate|endDate|nationality", sheet="Ownership")
    assert (owners.clear, owners.mapping.kind, owners.mapping.id_scheme) == (True, "register", "ftm")
    assert dict(owners.mapping.columns) == {
        "owner": "owner.id", "asset": "company.id", "percentage": "share", "startDate": "since", "endDate": "until",
    }  # fmt: skip
    officers = of("id|schema|director|organization|role", sheet="Directorship").mapping
    assert dict(officers.columns) == {"director": "officer.id", "organization": "company.id", "role": "function"}
    assert of("id|schema|owner", sheet="Ownership").doubts == ("as register, they lack a column for: the company",)
