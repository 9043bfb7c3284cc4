"""Make the files of the fictional case `straits`: the same bytes in every run.

    python make.py [FOLDER]

writes the files and truth.toml into FOLDER (default: the folder of this script). Needs xlsxwriter and
python-stdnum.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from making.custody import custody_files
from making.everyday import ordinary_orders
from making.lookalikes import lookalike_orders
from making.orders import Order, settle
from making.papers import number_deals, payments_for, statements_for
from making.pattern import pattern_orders
from making.plate import plate
from making.write_books import register_book, sales_book
from making.write_text import bank_export, manifest, order_book
from making.write_truth import truth


def case_files() -> dict[str, bytes]:
    """Return each file of the case: name -> bytes."""
    told = [*pattern_orders(), *lookalike_orders()]
    ordinary = [replace(order, case=_own_trade(order)) for order in ordinary_orders()]
    deals = number_deals([replace(order, day=settle(order.day, order.book)) for order in [*told, *ordinary]])
    return {
        "auftraege_2024.csv": order_book(deals),
        "satislar.xlsx": sales_book(deals, statements_for(deals)),
        "manifest.tsv": manifest(deals),
        "payments.csv": bank_export(payments_for(deals)),
        "register.xlsx": register_book(),
        **custody_files(deals),
        "plate_RI-01.png": plate(("HG-1500", "LOT 7F3-22", "SN 120417")),
        "truth.toml": truth(deals),
    }


def _own_trade(order: Order) -> str:
    return "" if order.buyer.key.startswith("o") and order.buyer.key[1:].isdigit() else "own-trade"


def main() -> None:
    """Write the files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in case_files().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
