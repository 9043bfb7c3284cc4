"""The three delimited files: the German order book, the manifest, the bank's export."""

from __future__ import annotations

import csv
import io

from making.cast import STORY
from making.draw import Draw
from making.goods import PACK_WORDS
from making.ids import container, iban, mistyped
from making.orders import Line, Order
from making.papers import Deal, Payment

ORDER_BOOK = (
    "Verkäufer", "Auftragsnr.", "Pos.", "Datum", "Kundennr.", "Kunde", "Anschrift", "Land", "USt-IdNr.", "Kundenstatus",
    "Artikelnr.", "Artikelbezeichnung", "Zolltarifnr.", "CAS-Nr.", "Konzentration", "Menge", "ME", "Einzelpreis",
    "Betrag", "Währung", "Warenempfänger", "Lieferanschrift", "Verwendungszweck", "Genehmigungsnr.",
    "Genehmigung gültig bis", "Zahlungsart",
)  # fmt: skip
MANIFEST = (
    "B/L No.", "Line", "Date", "Order Ref.", "Shipper", "Shipper Address", "Seller", "Buyer", "Consignee",
    "Consignee Address", "Consignee Country", "Notify Party", "Port of Loading", "Port of Discharge", "HS Code",
    "Description of Goods", "UN No.", "Packages", "Quantity", "Unit", "Gross Weight (kg)", "Net Weight (kg)",
    "Declared Value", "Currency", "Container No.",
)  # fmt: skip
BANK = (
    "Booking Date", "Payment Ref.", "Debtor", "Debtor Country", "Debtor IBAN", "Debtor Agent Country",
    "Ultimate Debtor", "Creditor", "Creditor IBAN", "Amount", "Currency", "Remittance Information",
)  # fmt: skip

_GERMAN_UNITS = {"kg": "kg", "l": "l", "pieces": "St"}
_ENGLISH_UNITS = {"kg": "KGM", "l": "LTR", "pieces": "PCS"}
_PLAIN = str.maketrans("ıİşŞğĞçÇöÖüÜ", "iIsSgGcCoOuU")
_PORTS = {
    "TR": "Yelkaya Limanı",
    "BG": "Belograsko Pristan",
    "DE": "Ostervahl",
    "AT": "Ostervahl",
    "OM": "Port Selvane",
}


def delimited(header: tuple[str, ...], rows: list[tuple[object, ...]], delimiter: str, end: str) -> str:
    """Return a table as delimited text."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([header, *rows])
    return text.getvalue()


def german(number: float, decimals: int = 0) -> str:
    """Return the number with points for thousands and a decimal comma."""
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def is_trade(order: Order) -> bool:
    """Say whether the buyer's activity is to sell on."""
    return order.buyer.nace[:2] in ("46", "47")


def order_book(deals: list[Deal]) -> bytes:
    """Return the German order book: Windows-1252, semicolons, decimal commas, dd.mm.yyyy."""
    rows = [
        _order_row(deal, position, line, cents)
        for deal in deals
        if deal.order.book == "S1"
        for position, (line, cents) in enumerate(zip(deal.order.lines, deal.cents, strict=True), start=1)
    ]
    return delimited(ORDER_BOOK, rows, ";", "\r\n").encode("cp1252")


def _order_row(deal: Deal, position: int, line: Line, cents: int) -> tuple[object, ...]:
    order, good, buyer = deal.order, line.good, deal.order.buyer
    name = order.buyer_as or buyer.name
    tax = mistyped(buyer.tax) if order.tax_as == "mistyped" else buyer.tax if order.tax_as is None else order.tax_as
    private = order.status == "Privatperson"
    status = order.status or ("Wirtschaftsteilnehmer" if is_trade(order) else "gewerblicher Verwender")
    use = "Eigenbedarf" if private else "Wiederverkauf" if is_trade(order) else "eigener Betrieb"
    to = order.consignee
    licence, until = ("", "") if order.licence is None else (order.licence[0], f"{order.licence[1]:%d.%m.%Y}")
    return (
        deal.seller.name, deal.number, position * 10, f"{order.day:%d.%m.%Y}",
        f"D{Draw('customer:' + name + tax).between(20000, 98999)}", name, buyer.address, buyer.country,
        "" if private else tax, status, f"{Draw('article:' + good.key).between(1000, 9999)}", line.text or good.de,
        line.cn or good.cn, good.cas, f"{line.strength} %" if line.strength else "", german(line.amount),
        _GERMAN_UNITS[good.measure], german(cents / 100 / line.amount, 4), german(cents / 100, 2), deal.currency,
        order.consignee_as or (to.name if to is not None else ""), to.address if to is not None else "", use, licence,
        until, "Barzahlung" if private else "Rechnung",
    )  # fmt: skip


def manifest(deals: list[Deal]) -> bytes:
    """Return the manifest: UTF-8, tabs, English headers; some names in Cyrillic and Arabic script."""
    rows = [
        _manifest_row(deal, i, line, cents)
        for deal in deals
        if deal.order.book == "S3"
        for i, (line, cents) in enumerate(zip(deal.order.lines, deal.cents, strict=True), start=1)
    ]
    return delimited(MANIFEST, rows, "\t", "\n").encode("utf-8")


def _manifest_row(deal: Deal, i: int, line: Line, cents: int) -> tuple[object, ...]:
    order, good, seller = deal.order, line.good, deal.seller
    draw = Draw(f"shipped:{deal.number}")
    to = order.consignee or order.buyer
    native = draw.unit() < 0.5 and not order.case
    buyer = order.buyer_as or (order.buyer.alias if native else "") or order.buyer.name.translate(_PLAIN).upper()
    name = order.consignee_as or (buyer if order.consignee is None else to.name.translate(_PLAIN).upper())
    notify = STORY["forwarder"].name.upper() if draw.unit() < 0.3 else "SAME AS CONSIGNEE"
    net = line.amount * good.weight
    pieces = good.measure == "pieces"
    packages = max(1, line.packs // 20) if pieces else line.packs
    return (
        deal.number, i, f"{order.day:%Y-%m-%d}", deal.order_no, seller.name.translate(_PLAIN).upper(), seller.address,
        seller.name.translate(_PLAIN).upper(), buyer, name, to.address, to.country, notify, _PORTS[seller.country],
        _PORTS[to.country], (line.cn or good.cn)[:6], line.text or good.en, good.un,
        f"{packages} {PACK_WORDS[good.container][1]}", line.amount, _ENGLISH_UNITS[good.measure], f"{net * 1.06:.1f}",
        f"{net:.1f}", f"{cents / 100:.2f}", deal.currency, container(draw.between(1, 900)),
    )  # fmt: skip


def bank_export(payments: list[Payment]) -> bytes:
    """Return the bank's export: UTF-8, commas, decimal points, ISO dates."""
    rows: list[tuple[object, ...]] = [
        (
            f"{one.day:%Y-%m-%d}", f"E2E{70000 + 3 * i}", one.payer.name.upper() if one.capitals else one.payer.name,
            one.payer.country, iban(one.payer.country, one.payer.serial), one.payer.country,
            one.on_behalf_of.name if one.on_behalf_of is not None else "", one.payee.name,
            iban(one.payee.country, one.payee.serial), f"{one.cents / 100:.2f}", one.currency, one.text,
        )
        for i, one in enumerate(payments)
    ]  # fmt: skip
    return delimited(BANK, rows, ",", "\n").encode("utf-8")
