"""A small fictional case, written straight into the tables of a case file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import record_of
from narrows.casefile.sql import named
from narrows.casefile.store import LAYOUT

ARABIC = "شركة وادي النخيل للتجارة (م.م)"
TURKISH = "Yıldız Işık İletişim Ltd. Şti."
CYRILLIC = "ООО «Северный Кедр»"
CAR_HIRE = "Kestrel Bay Car Hire"
SCRIPT = "<script>alert('x')</script>"
FORMULA = "=cmd()"
BIDI = "lot \u202e77-BA\u202c end"
LONG = "metal pigment " + "p" * 5_000

ORDERS, PAYMENTS, OTHER = 0x0A, 0x0B, 0x0C
SELLER, BUYER, PALM, CEDAR, HIRE = 900, 901, 902, 903, 904


@dataclass(frozen=True)
class Flag:
    """An indicator's texts, as the report needs them."""

    id: str
    code: str
    title: str
    kind: str
    means: str = "It compares what is ordered with what the law asks for."
    cites: tuple[str, ...] = ("Published Guidance 12 of 2023, section 4",)
    false_positives: tuple[str, ...] = ("The concentration was typed wrongly.", "A group treasury pays.")
    blind_spots: tuple[str, ...] = ("Nothing is seen where the payer is not recorded.",)
    clears: tuple[str, ...] = ("The contract between the two.",)


@dataclass(frozen=True)
class Edition:
    """An edition of a list."""

    id: str
    title: str = "Restricted goods, Annex I"
    publisher: str = "Official Gazette"
    version: str = "2023-02"
    date: str = "2023-02-01"
    citation: str = "OJ L 186, p. 1"
    checked: str = "primary"


FLAGS = (
    Flag(
        "shipment.consignee-not-buyer",
        "SHP-01",
        "Goods go to an unrelated party",
        "soft",
        means="The consignee is not the buyer and no document links the two.",
        false_positives=("Drop-shipping under a contract.", "A project site."),
    ),
    Flag("law.restricted-to-public", "LAW-01", "Restricted to the public", "gate"),
    Flag(
        "payment.third-party-payer",
        "PAY-01",
        "Somebody else pays",
        "soft",
        means="The payer is not the buyer and no document links the two.",
    ),
    Flag("order.quantity-out-of-pattern", "ORD-01", "Quantity out of pattern", "soft"),
    Flag("network.one-step-down", "NET-03", "One step down", "soft"),
)
LISTS = (Edition("b", title="High-priority goods", checked="secondary"), Edition("a"))


def insert(engine: Engine, table: str, *rows: Mapping[str, object]) -> None:
    """Insert rows by column name."""
    for row in rows:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        engine.run(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))


def add_part(
    engine: Engine,
    part: int,
    name: str,
    sheet: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    **counts: object,
) -> None:
    """Add a received file with one part; its rows count from 2, below the header."""
    source = f"{part:064x}"
    insert(engine, "evidence.source", {"source": source, "name": name, "bytes": 12_345})
    kept = {"rows_read": len(rows), "rows_kept": len(rows), "rows_rejected": 0, "notes": [], **counts}
    insert(
        engine,
        "evidence.part",
        {
            "part": part,
            "source": source,
            "sheet": sheet,
            "columns": list(columns),
            "first_row": 2,
            "contiguous": True,
            **kept,
        },
    )
    cells = ", ".join(f"c{i} VARCHAR" for i in range(len(columns)))
    engine.run(f"CREATE TABLE evidence.rows_{part:08x} ({cells})")
    for row in rows:
        insert(engine, f"evidence.rows_{part:08x}", {f"c{i}": cell for i, cell in enumerate(row)})


def empty_case() -> Engine:
    """An engine in memory with the tables of a case and nothing in them."""
    engine = Engine(threads=2)
    for statement in LAYOUT:
        engine.run(named("tables", statement))
    return engine


def add_hit(engine: Engine, alert: str | None, code: str, deal: int, says: str, *records: int, **facts: object) -> str:
    """Add a hit of the indicator with this code; part of `alert`, or of none."""
    flag = next(f for f in FLAGS if f.code == code)
    hit = f"{flag.id}/{deal}/{records[0]:x}/{says[:8]}"
    insert(
        engine,
        "derived.hit",
        {
            "hit": hit,
            "indicator": flag.id,
            "code": code,
            "family": code[:3],
            "kind": flag.kind,
            "reviewed": code != "SHP-01",
            "subject_kind": "deal",
            "subject": deal,
            "deal": deal,
            "record": records[0],
            "evidence": list(records),
            "facts": json.dumps(facts, ensure_ascii=False),
            "says": says,
        },
    )
    if alert is not None:
        insert(engine, "derived.alert_hit", {"alert": alert, "hit": hit})
    return hit


def fill(engine: Engine) -> None:
    """Tell the case: two alerts among three transactions, four files, one of them not used."""
    _add_files(engine)
    _add_parties(engine)
    _add_items(engine)
    _add_findings(engine)


def _add_files(engine: Engine) -> None:
    columns = ("Sipariş No", "Tarih", "Alıcı", "Teslim alan", "Ürün", "Miktar", "Tutar", "Lot", "İç kod")
    rows = (
        ("S-1", "02.03.2025", TURKISH, TURKISH, "Nitrik asit %60", "1,5 t", "-12.300,00", BIDI, FORMULA),
        ("S-2", "09.03.2025", CYRILLIC, ARABIC, LONG, "2 fıçı", "4.500,50", SCRIPT, None),
        ("S-3", "11.03.2025", CYRILLIC, CYRILLIC, "Boya", "10 kg", "99,00", "", None),
    )
    add_part(
        engine, ORDERS, "siparişler 2025.csv", "", columns, rows,
        rows_read=28, rows_kept=3, rows_rejected=25, notes=["Read as Windows-1254."],
    )  # fmt: skip
    add_part(
        engine, PAYMENTS, "payments.xlsx", "مدفوعات", ("Payer", "Amount", "Reference"),
        ((CAR_HIRE, "12300.00", "S-1"), (ARABIC, "4500.50", "S-2")),
    )  # fmt: skip
    add_part(engine, OTHER, "mystery & more.csv", "", ("<b>", "y"), (("1", "2"),))
    for part, column, field in (
        (ORDERS, "Sipariş No", "document_no"), (ORDERS, "Alıcı", "buyer.name"),
        (ORDERS, "Ürün", "description"),
        (ORDERS, "Lot", ""), (ORDERS, "İç kod", None), (PAYMENTS, "Payer", "payer.name"),
        (OTHER, "<b>", None),
    ):  # fmt: skip
        insert(engine, "derived.column_use", {"part": part, "column": column, "field": field})
    for row in range(25):
        insert(
            engine,
            "evidence.rejected",
            {"part": ORDERS, "row": 5 + row, "reason": "too many cells" if row else SCRIPT, "text": FORMULA},
        )
    insert(
        engine,
        "derived.unread_value",
        {
            "part": ORDERS, "record": record_of(ORDERS, 3), "column": "Miktar", "field": "quantity",
            "text": "2 fıçı", "reason": "unit that cannot be converted",
        },
    )  # fmt: skip
    insert(
        engine,
        "derived.empty_record",
        {"part": PAYMENTS, "record": record_of(PAYMENTS, 3), "reason": "no amount"},
    )
    insert(
        engine,
        "judgement.mapping",
        {"part": ORDERS, "version": 1, "toml": 'kind = "invoices"'},
        {"part": ORDERS, "version": 2, "toml": 'kind = "orders"'},
    )


def _add_parties(engine: Engine) -> None:
    for entity, name in (
        (SELLER, "Larch Chemicals"),
        (BUYER, TURKISH),
        (PALM, ARABIC),
        (CEDAR, CYRILLIC),
        (HIRE, CAR_HIRE),
    ):
        insert(engine, "derived.entity", {"entity": entity, "name": name, "kind": "organisation"})
        insert(engine, "derived.party_entity", {"party": entity + 2**63, "entity": entity, "why": "name"})


def _add_items(engine: Engine) -> None:
    party = 2**63
    insert(
        engine,
        "derived.goods",
        {"goods": 1, "description": "Nitrik asit", "cas": "7697-37-2", "regulated": True},
    )
    for deal, (buyer, consignee, goods, amount) in enumerate(
        ((BUYER, BUYER, 1, "12300.00"), (CEDAR, PALM, None, "4500.5000"), (CEDAR, CEDAR, None, "99")), start=1
    ):
        insert(
            engine,
            "derived.item",
            {
                "record": record_of(ORDERS, deal + 1), "part": ORDERS, "deal": deal, "document": "orders",
                "document_no": f"S-{deal}", "date": f"2025-03-{deal:02}", "seller": party + SELLER,
                "buyer": party + buyer, "consignee": party + consignee, "goods": goods, "amount": amount,
                "currency": "EUR", "quantity": 1.0, "trade": True,
            },
        )  # fmt: skip
    insert(
        engine,
        "derived.payment",
        {"record": record_of(PAYMENTS, 2), "part": PAYMENTS, "date": "2025-03-17", "payer": party + HIRE},
    )
    insert(engine, "derived.payment_deal", {"record": record_of(PAYMENTS, 2), "deal": 1})


def _add_findings(engine: Engine) -> None:
    first, second, third = (record_of(ORDERS, row) for row in (2, 3, 4))
    for rank, (deal, record, buyer, consignee, title, gates, reasons) in enumerate(
        (
            (
                1,
                first,
                BUYER,
                BUYER,
                f"{TURKISH}: restricted goods",
                1,
                ["A gate: a legal check is not met."],
            ),
            (
                2,
                second,
                CEDAR,
                PALM,
                f"{ARABIC} receives what {CYRILLIC} ordered",
                0,
                ["Two families.", "4,500.50 EUR."],
            ),
        ),
        start=1,
    ):
        insert(
            engine,
            "derived.alert",
            {
                "alert": f"A-{record:016x}", "rank": rank, "deal": deal, "document": "orders",
                "document_no": f"S-{deal}", "date": f"2025-03-{deal:02}", "record": record, "seller": SELLER,
                "buyer": buyer, "consignee": consignee, "title": title, "gates": gates, "families": 2,
                "hits": 2, "amount": "12300" if deal == 1 else "4500.5", "currency": "EUR",
                "reasons": reasons,
            },
        )  # fmt: skip
    one, two = f"A-{first:016x}", f"A-{second:016x}"
    paid, paid_too = record_of(PAYMENTS, 2), record_of(PAYMENTS, 3)
    add_hit(
        engine,
        one,
        "PAY-01",
        1,
        f"{CAR_HIRE} paid for goods that {TURKISH} ordered",
        first,
        paid,
        payer=CAR_HIRE,
        buyer=BUYER,
    )
    add_hit(
        engine,
        one,
        "LAW-01",
        1,
        "Nitrik asit %60 is above the limit of 3 %",
        first,
        concentration=60.0,
        licence=None,
    )
    add_hit(
        engine,
        two,
        "PAY-01",
        2,
        f"{ARABIC} paid for goods that {CYRILLIC} ordered",
        second,
        paid_too,
        payer=ARABIC,
    )
    add_hit(
        engine,
        two,
        "SHP-01",
        2,
        f"{ARABIC} is to receive goods that {CYRILLIC} ordered",
        second,
        consignee=ARABIC,
    )
    add_hit(engine, None, "ORD-01", 3, "10 kg is unlike other orders", third, z=4.25)
    for code, counts, lacking in (
        ("LAW-01", (3, 1, 1, 1, 0), {"concentration": 1}),
        ("PAY-01", (3, 2, 0, 1, 0), {"payments": 1}),
        ("SHP-01", (3, 1, 2, 0, 0), {}),
        ("ORD-01", (3, 1, 0, 2, 0), {"quantity": 1, "history of the buyer": 2}),
    ):
        names = ("records", "hit", "clear", "not_evaluable", "not_concerned")
        indicator = next(f.id for f in FLAGS if f.code == code)
        row = {"indicator": indicator, "code": code, **dict(zip(names, counts, strict=True))}
        insert(engine, "derived.coverage", {**row, "lacking": json.dumps(lacking)})
