"""The expected outcome, as TOML."""

from __future__ import annotations

from making.custody import custody_truth
from making.lookalikes import CLEAR
from making.orders import Order
from making.papers import Deal
from making.pattern import BEYOND, EXPECTED

FILES = {"S1": "auftraege_2024.csv", "S2": "satislar.xlsx", "S3": "manifest.tsv"}
_HEAD = """\
# What is to be found in the files of this case, and what is to be left alone. Written by make.py.
#
# document: the number under which the file keeps it (Auftragsnr., Fatura No, B/L No.).
# [[pattern]]: must_hit codes are to hit, may_hit codes may as well; the document is to be an alert.
# [[clear]]: an innocent look-alike. It is to be no alert; codes in may_hit, all of one soft family, may hit.
# [[beyond]]: belongs to the pattern, but only the comparison of names across spellings and scripts can show it: the
# consignee as written is to be the same entity as the consignee named here. It may be an alert.
# [[custody]]: a recovered item. holders: who held it, from the maker on, by its likeliest chain; states: of its links,
# the last of which leads to the place of the find; last: the last custodian on documents; also: another chain that
# fits; note: the kind of a note that is to be made. Every document that is not named here is an ordinary order and is
# to be no alert.
"""


def _list(values: tuple[str, ...] | list[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def truth(deals: list[Deal]) -> bytes:
    """Return the truth file."""
    by_case: dict[str, list[Deal]] = {}
    for deal in deals:
        by_case.setdefault(deal.order.case, []).append(deal)
    parts = [_HEAD, _counts(deals)]
    parts += [_pattern(case, deal) for case in EXPECTED for deal in by_case[case]]
    parts += [_clear(case, by_case[case]) for case in CLEAR]
    parts += [_beyond(case, deal) for case in BEYOND for deal in by_case[case]]
    parts += custody_truth()
    return "\n".join(parts).encode("utf-8")


def _counts(deals: list[Deal]) -> str:
    lines = {book: sum(len(d.order.lines) for d in deals if d.order.book == book) for book in FILES}
    rows = "\n".join(f'"{FILES[book]}" = {count}' for book, count in lines.items())
    return f"[goods_lines]\n{rows}\n"


def _pattern(case: str, deal: Deal) -> str:
    expected = EXPECTED[case]
    return (
        f'[[pattern]]\ncase = "{case}"\nfile = "{FILES[deal.order.book]}"\ndocument = "{deal.number}"\n'
        f'what = "{expected.what}"\n{_parties(deal.order)}'
        f"must_hit = {_list(expected.must)}\nmay_hit = {_list(expected.may)}\n"
    )


def _parties(order: Order) -> str:
    rows = f'buyer = "{order.buyer.name}"\n'
    if order.consignee is not None:
        rows += f'consignee = "{order.consignee.name}"\n'
    if order.payer is not None:
        rows += f'payer = "{order.payer.name}"\n'
    return rows


def _clear(case: str, deals: list[Deal]) -> str:
    clear = CLEAR[case]
    return (
        f'[[clear]]\ncase = "{case}"\nwhy = "{clear.why}"\nfamily = "{clear.family}"\nmay_hit = {_list(clear.may)}\n'
        f"documents = {_list([deal.number for deal in deals])}\n"
        f"firms = {_list(list(dict.fromkeys(deal.order.buyer.name for deal in deals)))}\n"
    )


def _beyond(case: str, deal: Deal) -> str:
    return (
        f'[[beyond]]\ncase = "{case}"\nfile = "{FILES[deal.order.book]}"\ndocument = "{deal.number}"\n'
        f'why = "{BEYOND[case]}"\n{_parties(deal.order)}'
    )
