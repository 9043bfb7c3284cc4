"""What an order is, before any system has written it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from making.cast import Firm
from making.draw import Draw
from making.goods import GOODS, Good

FIRST = date(2024, 1, 3)
LAST = {"S1": date(2024, 12, 20), "S2": date(2025, 2, 27), "S3": date(2025, 2, 25)}


@dataclass(frozen=True, slots=True)
class Line:
    """One goods line: the article, how many packs, and what was written other than the catalogue has it."""

    good: Good
    packs: int
    cn: str = ""
    concentration: str = ""
    text: str = ""

    @property
    def amount(self) -> int:
        """Quantity in kg, litres or pieces."""
        return self.packs * self.good.size

    @property
    def strength(self) -> str:
        """Concentration as a number with a decimal comma, or as written."""
        return self.concentration or self.good.concentration


@dataclass(frozen=True, slots=True)
class Order:
    """One order in the books of one seller.

    Attributes:
        book: S1, the German order book; S2, the Turkish workbook; S3, the manifest.
        consignee, payer: None where the buyer receives, or pays, itself.
        case: the story that the order belongs to; "" for an ordinary order.
        buyer_as, consignee_as, tax_as: as written there, where that differs from the register.
        on_behalf: the payment names the buyer as ultimate debtor.
        paid: True and False decide whether the bank's file shows a payment; None leaves it to chance.
    """

    book: str
    day: date
    buyer: Firm
    lines: tuple[Line, ...]
    consignee: Firm | None = None
    payer: Firm | None = None
    case: str = ""
    seller: str = ""
    buyer_as: str = ""
    consignee_as: str = ""
    tax_as: str | None = None
    on_behalf: bool = False
    paid: bool | None = None
    status: str = ""
    licence: tuple[str, date] | None = None


def lines(text: str) -> tuple[Line, ...]:
    """Read "paste 6, tyre 24" as goods lines."""
    parts = (part.split() for part in text.split(","))
    return tuple(Line(GOODS[key], int(packs)) for key, packs in parts)


def settle(day: date, book: str) -> date:
    """Return the day, kept within the time that the book covers and off weekends."""
    day = min(max(day, FIRST), LAST[book])
    return day - timedelta(days=max(0, day.weekday() - 4))


def draw_packs(good: Good, scale: float, sigma: float, draw: Draw) -> int:
    """Return a count of packs: log-normal around what is usual, now and then several times that."""
    tail = draw.pick((2, 3, 4)) if sigma > 0.5 and draw.unit() < 0.05 else 1
    count = good.usual * scale * draw.spread(sigma) * tail
    return max(1, round(count) if count < 20 else round(count / 5) * 5)
