"""Builds small fictional cases of recovered items and their papers, and reads what was traced of them."""

from __future__ import annotations

from typing import Any

from building import Case
from narrows.trace import Custody, custody

PAPER = (
    "document_no date order_no manufacturer.name seller.name buyer.name consignee.name description hs lot serial "
    "quantity unit manufactured destination reliability credibility origin_id"
)
FOUND = (
    "item_no date place country description hs lot serial quantity unit manufacturer.name photo reliability credibility"
)

MAKER, TRADER, BUYER, SHOP, OTHER = (
    "Halmgrund Antriebe GmbH", "Vessmark Handelskontor GmbH", "Quendrass Steuerung GmbH", "Velmora Mobile EOOD",
    "Zerkuvan Teknik Malzeme Ltd. Şti.",
)  # fmt: skip


def paper(number: str, day: str | None, *hands: str, **more: str | None) -> list[str | None]:
    """A row of PAPER: seller, buyer, consignee in this order; motors of lot 7F3-22 unless it says else."""
    told: dict[str, str | None] = {"description": "Electric motor", "hs": "850152", "lot": "7F3-22", "unit": "pcs"}
    told |= {"document_no": number, "date": day}
    told |= dict(zip(("seller.name", "buyer.name", "consignee.name"), hands, strict=False))
    told |= {key.replace("__", "."): value for key, value in more.items()}
    return [told.get(field) for field in PAPER.split()]


def find(number: str, day: str | None = "2024-11-20", **more: str | None) -> list[str | None]:
    """A row of FOUND: a motor of lot 7F3-22 unless it says else."""
    told: dict[str, str | None] = {
        "description": "Electric motor", "hs": "850152", "lot": "7F3-22", "quantity": "1", "unit": "pcs",
        "country": "BG", "place": "Mostova depot", "manufacturer.name": MAKER, "item_no": number, "date": day,
    }  # fmt: skip
    told |= {key.replace("__", "."): value for key, value in more.items()}
    return [told.get(field) for field in FOUND.split()]


def traced(case: Case, item: str = "RI-1") -> Custody:
    """Trace the case and return what came of one item."""
    case.trace()
    return custody(case.engine, item)


def way(found: Custody, chain: int = 1) -> list[str]:
    """Who held an item, from the maker on."""
    return [found.name(link["giver"]) for link in found.links_of(chain)]


def states(found: Custody, chain: int = 1) -> list[str]:
    """The states of the links of a chain."""
    return [link["state"] for link in found.links_of(chain)]


def tables(case: Case) -> dict[str, list[dict[str, Any]]]:
    """All tables of custody, without the numbers of records and entities."""
    found = {}
    for table in ("item", "chain", "link", "note", "ask", "mark"):
        rows = case.engine.arrow(f"SELECT * FROM derived.custody_{table}").to_pylist()
        dropped = {
            "record", "records", "giver", "taker", "maker", "last_custodian", "party", "made_record", "documents",
            "grades",
        }  # fmt: skip
        found[table] = sorted(
            ({key: value for key, value in row.items() if key not in dropped} for row in rows), key=str
        )
    return found
