"""The two workbooks: the Turkish distributor's, and the register extract."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from making.activities import ACTIVITIES
from making.draw import Draw
from making.goods import PACK_WORDS, Good
from making.orders import Line
from making.papers import Deal, Statement
from making.registry import companies, officers, owners, relations
from making.write_text import german, is_trade

SALES = (
    "Sipariş No", "Fatura No", "Satır", "Tarih", "Satıcı", "Alıcı", "VKN / Vergi No", "Alıcı adresi", "Ülke",
    "Alıcı niteliği", "GTİP", "Malın cinsi", "CAS No", "Derişim", "Miktar", "Birim fiyat", "Tutar", "Para birimi",
    "Teslim alan", "Teslim yeri", "Kullanım amacı", "Ödeme şekli",
)  # fmt: skip
STATEMENTS = (
    "Beyan No", "Beyan tarihi", "Alıcı", "VKN / Vergi No", "Alıcı adresi", "Ülke", "Faaliyet konusu", "Malın cinsi",
    "CAS No", "Derişim", "Miktar", "Kullanım amacı", "İmzalayan", "Görevi", "Kimlik belgesi", "İmzalı mı",
)  # fmt: skip
COMPANIES = (
    "Company name", "Name in other script", "Registration no.", "VAT no.", "Activity (NACE Rev. 2)", "Activity title",
    "Founded", "Address", "City", "Country", "Status",
)  # fmt: skip
OFFICERS = ("Company", "Registration no.", "Officer", "Officer ref.", "Function", "Since", "Until")
OWNERS = ("Company", "Registration no.", "Owner", "Owner ref.", "Share %", "Since", "Until")
RELATIONS = (
    "Contract no.", "Party", "Party registration no.", "Other party", "Other party registration no.", "Relation",
    "Since", "Until", "Notes",
)  # fmt: skip

_COUNTRIES = {"DE": "Almanya", "AT": "Avusturya", "TR": "Türkiye", "BG": "Bulgaristan", "OM": "Umman"}
_MADE = datetime(2025, 3, 3, 9, 0, 0)
# The groups of columns that stand in merged cells above the header: title, first and last column.
_GROUPS = (("Belge", 0, 3), ("Alıcı bilgileri", 5, 9), ("Mal bilgileri", 10, 17), ("Teslimat", 18, 19))


def _saved(book: xlsxwriter.Workbook, stream: io.BytesIO) -> bytes:
    """Close the workbook and store its parts uncompressed, so that no compression library shows in the bytes."""
    book.set_properties({"author": "", "created": _MADE})
    book.close()
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.create_system = 3
            new.writestr(part, old.read(name))
    return packed.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, first: int, rows: Sequence[Sequence[object]]) -> None:
    for r, row in enumerate(rows, start=first):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(r, c, cell)
            elif cell is not None:
                sheet.write(r, c, cell)


def sales_book(deals: list[Deal], statements: list[Statement]) -> bytes:
    """Return the Turkish distributor's workbook: titles above the header, merged cells, text dates and quantities."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold = book.add_format({"bold": True, "align": "center"})
    sheet = book.add_worksheet("Siparişler")
    own = [deal for deal in deals if deal.order.book == "S2"]
    sheet.merge_range(0, 0, 0, len(SALES) - 1, own[0].seller.name, bold)
    sheet.write_string(1, 0, "Sipariş ve fatura listesi, 01.01.2024 - 28.02.2025")
    for title, left, right in _GROUPS:
        sheet.merge_range(3, left, 3, right, title, bold)
    _write(sheet, 4, [SALES, *(row for deal in own for row in _sales_rows(deal))])
    sheet.freeze_panes(5, 0)
    declared = book.add_worksheet("Kullanım beyanları")
    declared.merge_range(0, 0, 0, len(STATEMENTS) - 1, "Son kullanım beyanları", bold)
    _write(declared, 2, [STATEMENTS, *(_statement_row(one) for one in statements)])
    declared.freeze_panes(3, 0)
    return _saved(book, stream)


def _sales_rows(deal: Deal) -> list[tuple[object, ...]]:
    order, buyer, to = deal.order, deal.order.buyer, deal.order.consignee
    trade = is_trade(order)
    return [
        (
            deal.order_no, deal.number, i, f"{order.day:%d.%m.%Y}", deal.seller.name, order.buyer_as or buyer.name,
            buyer.tax if order.tax_as is None else order.tax_as, buyer.address, _COUNTRIES[buyer.country],
            "İktisadi işletmeci" if trade else "Profesyonel kullanıcı", _gtip(line.cn or line.good.cn),
            line.text or line.good.tr, line.good.cas, _percent(line), _quantity(line),
            round(cents / 100 / line.amount, 4), cents / 100, deal.currency,
            order.consignee_as or (to.name if to is not None else ""), to.address if to is not None else "",
            "Yeniden satış" if trade else "Kendi işletmesinde", "Havale",
        )
        for i, (line, cents) in enumerate(zip(order.lines, deal.cents, strict=True), start=1)
    ]  # fmt: skip


def _statement_row(one: Statement) -> tuple[object, ...]:
    buyer, draw = one.buyer, Draw(f"signatory:{one.buyer.key}")
    initials = f"{draw.pick('ABDEFHKLMNRSTVZ')}. {draw.pick('ABDEFHKLMNRSTVZ')}."
    return (
        one.number, f"{one.day:%d.%m.%Y}", buyer.name, buyer.tax or buyer.registration, buyer.address,
        _COUNTRIES[buyer.country], ACTIVITIES[buyer.nace].title, one.line.good.tr, one.line.good.cas,
        _percent(one.line), f"{german(one.amount)} {_BASE[one.line.good.measure]}", "Kendi işletmesinde", initials,
        draw.pick(("Satın alma müdürü", "Genel müdür", "İşletme müdürü")), one.identity, "Evet",
    )  # fmt: skip


_BASE = {"kg": "kg", "l": "litre", "pieces": "adet"}


def _gtip(cn: str) -> str:
    return f"{cn[:4]}.{cn[4:6]}.{cn[6:8]}.00.00"


def _percent(line: Line) -> str:
    if not line.strength:
        return ""
    return line.strength if line.strength.startswith("d=") else f"%{line.strength}"


def _quantity(line: Line) -> str:
    good: Good = line.good
    word = PACK_WORDS[good.container][0]
    if good.measure == "pieces":
        return f"{german(line.amount)} adet"
    if good.container == "bigbag":
        return f"{german(line.amount / 1000)} t"
    return f"{line.packs} x {good.size} {'kg' if good.measure == 'kg' else 'L'} {word}"


def register_book() -> bytes:
    """Return the extract of company registers: companies, officers, owners, relations."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for title, header, rows in (
        ("Companies", COMPANIES, companies()),
        ("Officers", OFFICERS, officers()),
        ("Owners", OWNERS, owners()),
        ("Relations", RELATIONS, relations()),
    ):
        sheet = book.add_worksheet(title)
        _write(sheet, 0, [header, *rows])
        sheet.freeze_panes(1, 0)
    return _saved(book, stream)
