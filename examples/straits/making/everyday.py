"""The ordinary orders: each firm orders what its activity usually buys, again and again."""

from __future__ import annotations

from making.activities import ACTIVITIES
from making.cast import FIRMS, STORY, Firm
from making.draw import Draw
from making.goods import GOODS
from making.orders import FIRST, LAST, Line, Order, draw_packs

# Where firms of a country buy, by turns. Restricted goods are in the Turkish workbook only.
_BOOKS = {
    "DE": ("S1", "S1", "S3"),
    "AT": ("S1",),
    "BG": ("S2", "S3"),
    "TR": ("S2", "S2", "S3"),
    "OM": ("S2", "S3"),
}
_MAKERS = ("maker_tr", "maker_de")


def ordinary_orders() -> list[Order]:
    """Return the ordinary orders of every firm, the firms of the story included."""
    return [order for firm in FIRMS if firm.lines for order in _orders_of(firm)]


def _orders_of(firm: Firm) -> list[Order]:
    draw = Draw(f"everyday:{firm.key}")
    activity = ACTIVITIES[firm.nace]
    told = firm.key in STORY  # no wide spread that would add to the story
    scale, sigma = (1.0, 0.25) if told else (draw.spread(0.35), activity.spread)
    wanted = _wanted(firm, draw)
    orders: list[Order] = []
    while wanted:
        book = _book(firm, len(orders), wanted[0])
        count = 2 if len(wanted) > 1 and draw.unit() < 0.3 and _fits(book, wanted[1]) else 1
        chosen, wanted = wanted[:count], wanted[count:]
        made = tuple(Line(GOODS[key], draw_packs(GOODS[key], scale, sigma, draw)) for key in dict.fromkeys(chosen))
        seller = draw.pick(_MAKERS) if book == "S3" and firm.country == "OM" else ""
        orders.append(Order(book, draw.workday(FIRST, LAST[book]), firm, made, seller=seller))
    return orders


def _wanted(firm: Firm, draw: Draw) -> list[str]:
    goods = list(ACTIVITIES[firm.nace].goods)
    if firm.key in ("small_firm", "stale_firm"):
        goods = ["degreaser", "soda"]  # their statements are part of the story
    start = draw.between(0, len(goods) - 1)
    turn = goods[start:] + goods[:start]
    if firm.lines >= 6:
        turn = turn[:2] * 4
    return [turn[i % len(turn)] for i in range(firm.lines)]


def _book(firm: Firm, turn: int, key: str) -> str:
    books = _BOOKS[firm.country]
    first = firm.serial % len(books)
    for step in range(len(books)):
        book = books[(first + turn + step) % len(books)]
        if _fits(book, key):
            return book
    return "S2"


def _fits(book: str, key: str) -> bool:
    return book == "S2" or not GOODS[key].restricted
