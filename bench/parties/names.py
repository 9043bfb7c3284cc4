"""How a name is written: one spelling of a firm's name for one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.parties.dice import Dice
from bench.parties.firms import SEAM, Firm
from bench.parties.mess import loose_dots, truncated, typo
from bench.parties.scripts import arabic, ascii_only, cyrillic, garbled, latin_of_arabic, latin_of_cyrillic, upper
from bench.parties.words import table

LATIN = {
    "tr": ("native", "ascii", "garbled", "english"),
    "en": ("native",),
    "ru": ("latin", "english"),
    "ar": ("latin",),
}
BRANCH = {
    ("tr", "native"): "{} Şubesi",
    ("tr", "ascii"): "{} Subesi",
    ("ar", "native"): "فرع {}",
    ("ru", "native"): "филиал {}",
}


class Hand:
    """Who writes an entry: the route the text took, the habit of transliteration, the case."""

    __slots__ = ("case", "dice", "garbling", "habit", "kind", "route")

    def __init__(self, kind: str, dice: Dice, rates: Mapping[str, Any]) -> None:
        self.kind, self.dice = kind, dice
        self.route = dice.key(rates["routes"][kind])
        self.habit, self.garbling = dice.below(3), dice.below(3) if kind == "tr" else 3
        drawn = dice.random() - rates["names"]["upper"]
        self.case = "upper" if drawn < 0 else "lower" if drawn < rates["names"]["lower"] else "as is"

    @property
    def latin(self) -> bool:
        """Whether the entry is in Latin letters."""
        return self.route in LATIN[self.kind]

    def letters(self, native: str, latin: str) -> str:
        """A proper word in the letters that this hand writes."""
        if self.route == "arabic":
            return arabic(latin)
        if self.route == "cyrillic":
            return cyrillic(latin)
        if self.kind == "ar":
            return latin_of_arabic(latin, self.habit) if self.latin else native
        return latin_of_cyrillic(native, self.habit) if self.kind == "ru" and self.latin else native

    def finish(self, text: str, case: str) -> str:
        """Case first, then what keyboards and code pages leave."""
        if case == "upper":
            text = upper(text, self.kind == "tr" and self.route in ("native", "garbled"))
        elif case == "lower":
            text = text.lower()
        if self.route in ("ascii", "english") and self.kind == "tr":
            return ascii_only(text)
        return garbled(text, self.garbling) if self.route == "garbled" else text


def name(firm: Firm, city: str, hand: Hand) -> str:
    """Write a firm's name. `city` is given where a branch is named."""
    dice, rates = hand.dice, table("rates")["names"]
    core, rest = _core(firm, hand), [*_trades(firm, hand), _tail(firm, hand)]
    before, after = _form(firm, hand)
    branch = BRANCH.get((hand.kind, hand.route), "{} Branch").format(city) if city else ""
    if dice.chance(rates["form_at_front"]):
        before, after = after, before
    words = [before, *core, *rest, after, branch]
    if dice.chance(rates["order_swapped"]):
        words = [before, *rest, *core, after, branch]
    text = hand.finish(" ".join(filter(None, words)), hand.case)
    if dice.chance(rates["punctuation"]):
        text = loose_dots(text, dice)
    if dice.chance(rates["typo"]):
        text = typo(text, dice)
    return truncated(text) if dice.chance(rates["truncated"]) else text


def _core(firm: Firm, hand: Hand) -> list[str]:
    """The words that are the firm's own."""
    dice, rates = hand.dice, table("rates")["names"]
    seam = "" if not dice.chance(rates["core_split"]) else "-" if dice.chance(0.2) else " "
    words = [hand.letters(native.replace(SEAM, seam), latin.replace(SEAM, seam)) for native, latin in firm.core]
    if len(words) < 2:
        return words
    if dice.chance(rates["core_shortened"]):
        return words[:1] if dice.chance(0.7) else [words[0][:1] + ".", *words[1:]]
    if dice.chance(rates["core_swapped"]):
        words.reverse()
    return ["".join(words)] if dice.chance(rates["core_joined"]) else words


def _trades(firm: Firm, hand: Hand) -> list[str]:
    """The trades, in the language of the hand, some left out."""
    dice, rates = hand.dice, table("rates")["names"]
    trades = [table("trades")["trade"][i] for i in firm.trades if not dice.chance(rates["trade_dropped"])]
    if dice.chance(rates["trades_swapped"]):
        trades.reverse()
    short = int(dice.chance(rates["trades_abbreviated"]))
    if hand.route == "arabic" or (hand.kind == "ar" and hand.route == "native"):
        return [trade["ar"] for trade in trades]
    if hand.route == "cyrillic" or (hand.kind == "ru" and hand.route in ("native", "garbled")):
        return [trade["ru"] for trade in trades]
    if hand.kind == "tr" and hand.route != "english":
        return [trade["tr"][short] for trade in trades]
    if hand.kind == "ru" and hand.route == "latin":
        return [latin_of_cyrillic(trade["ru"], hand.habit) for trade in trades]
    if hand.kind == "ar" and dice.chance(0.2):
        return [latin_of_arabic(trade["latin"], hand.habit) for trade in trades]
    return [trade["en"][short] for trade in trades]


def _tail(firm: Firm, hand: Hand) -> str:
    """The "Sanayi ve Ticaret" that most Turkish firms bear."""
    dice, rates, tail = hand.dice, table("rates")["names"], table("trades")["tail"]
    if not firm.tail or not hand.latin or dice.chance(rates["tail_missing"]):
        return ""
    if hand.route == "english":
        return str(dice.pick(tail["english"]))
    return str(dice.pick(tail["short"]) if dice.chance(rates["tail_abbreviated"]) else tail["full"])


def _form(firm: Firm, hand: Hand) -> tuple[str, str]:
    """The legal form: what stands before the name and what after it."""
    dice, form = hand.dice, table("trades")["form"][firm.form]
    if dice.chance(table("rates")["names"]["form_missing"]):
        return "", ""
    written = hand.route
    if written in ("latin", "english", "ascii", "garbled"):
        written = "english" if written == "english" or (hand.kind in ("ar", "ru") and written == "latin") else "native"
    text = dice.pick(form[written]) if written in form else ""
    before = form.get("before", "") if hand.kind == "ar" and hand.route == "native" else ""
    return (text, "") if form.get("first") and dice.chance(0.8) else (before, text)
