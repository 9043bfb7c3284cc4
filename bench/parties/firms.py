"""The firms themselves: who there is, before anybody writes them down."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stdnum.iso7064 import mod_11_10
from stdnum.ru import inn
from stdnum.tr import vkn

from bench.parties.dice import Dice
from bench.parties.scripts import ascii_only, latin_of_arabic, latin_of_cyrillic, plain_lower
from bench.parties.words import Place, countries, places, table

SEAM = "·"  # where a compound word could be split
Word = tuple[str, str]  # in its own script; in Latin letters where that is not a matter of letters alone


@dataclass(frozen=True, slots=True)
class Site:
    """Where a firm sits. `building` is empty unless many firms share it."""

    place: Place
    district: str
    quarter: Word
    street: Word
    building: Word
    no: int
    unit: int
    postcode: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A number without its writing."""

    dial: str
    area: str
    number: str


@dataclass(slots=True)
class Firm:
    """A firm: the words of its name, its trades and form (positions in trades.toml), and how to reach it."""

    number: int
    kind: str
    core: tuple[Word, ...]
    trades: tuple[int, ...]
    tail: bool
    form: int
    sites: list[Site]
    phones: list[Phone]
    mails: list[str]
    tax: str
    earlier: Site | None = None


class Firms:
    """Draws firms one after the other, with the addresses and numbers that many of them share."""

    def __init__(self, dice: Dice, rows: int) -> None:
        self.dice, self.rates, self.words = dice, table("rates"), table("words")
        self.forms: dict[str, list[tuple[int, float]]] = {}
        for i, form in enumerate(table("trades")["form"]):
            self.forms.setdefault(form["kind"], []).append((i, form["weight"]))
        self.spread = {kind: [place.weight for place in found] for kind, found in places().items()}
        self.trades = len(table("trades")["trade"])
        self.seen: dict[str, deque[Firm]] = {kind: deque(maxlen=2000) for kind in self.rates["kinds"]}
        self.shared: dict[str, list[Site]] = {}
        self.accountants: dict[str, list[Phone]] = {}
        self.forwarders: dict[str, list[Site]] = {}
        for kind, share in self.rates["kinds"].items():
            self.shared[kind] = [self.site(kind, shared=True) for _ in range(2 + int(rows * share / 8_000))]
            self.forwarders[kind] = [self.site(kind, shared=True) for _ in range(1 + int(rows * share / 30_000))]
            self.accountants[kind] = [self.phone(s.place) for s in self.shared[kind]]

    def draw(self) -> Iterator[Firm]:
        """Firms without end; those of one group come together."""
        number = 0
        while True:
            number += 1
            firm = self._firm(number)
            yield firm
            for _ in range(1 + self.dice.below(4) if self.dice.chance(self.rates["firms"]["group"]) else 0):
                number += 1
                yield self._sister(firm, number)

    def _firm(self, number: int) -> Firm:
        dice, rates = self.dice, self.rates["firms"]
        kind = dice.key(self.rates["kinds"])
        generic = dice.chance(rates["generic"])
        core = (self._pair(dice.pick(self.words[kind]["generic"])),) if generic else self._core(kind)
        trades = (0,) if generic and dice.chance(0.5) else self._trades()
        if self.seen[kind] and dice.chance(rates["twin"]):
            twin = dice.pick(self.seen[kind])
            core, trades = twin.core, twin.trades if dice.chance(0.5) else self._trades()
        shared = dice.chance(rates["shared_address"])
        site = replace(dice.pick(self.shared[kind]), unit=1 + dice.below(24)) if shared else self.site(kind)
        phones = [self.phone(site.place) for _ in range(2 if dice.chance(rates["second_phone"]) else 1)]
        if dice.chance(rates["shared_phone"]):
            phones = [dice.pick(self.accountants[kind])]
        form = self.forms[kind][dice.index([weight for _, weight in self.forms[kind]])][0]
        firm = Firm(number, kind, core, trades, kind == "tr" and dice.chance(0.6), form, [site], phones, [], "")
        firm.mails, firm.tax = self._mails(firm), self._tax(firm)
        self.seen[kind].append(firm)
        return firm

    def _sister(self, firm: Firm, number: int) -> Firm:
        """Another firm of the group: the same words, another trade, a tax number of its own."""
        dice, share = self.dice, self.rates["group"]
        sites = firm.sites[:1] if dice.chance(share["address"]) else [self.site(firm.kind)]
        phones = firm.phones if dice.chance(share["phone"]) else [self.phone(sites[0].place)]
        trades = tuple((t + 1 + dice.below(self.trades - 1)) % self.trades for t in firm.trades)
        sister = Firm(number, firm.kind, firm.core, trades, firm.tail, firm.form, list(sites), list(phones), [], "")
        sister.mails = firm.mails[:1] if dice.chance(share["mail"]) else self._mails(sister)
        sister.tax = self._tax(sister)
        return sister

    def branch(self, firm: Firm) -> None:
        """Give a firm one more site, with a phone of its own."""
        firm.sites.append(self.site(firm.kind))
        firm.phones.append(self.phone(firm.sites[-1].place))

    def site(self, kind: str, *, shared: bool = False) -> Site:
        """A place to sit."""
        dice, words = self.dice, self.words[kind]
        place = places()[kind][dice.index(self.spread[kind])]
        building: Word = ("", "")
        if shared:
            first, what = self._pair(dice.pick(words["front"])), self._pair(dice.pick(words["buildings"]))
            building = tuple(f"{a} {b}" for a, b in zip(first, what, strict=True))  # type: ignore[assignment]
        letters = "" if place.postcode[:1].isalpha() is False else f" {dice.below(9) + 1}AB"
        postcode = place.postcode + (letters or f"{dice.below(40) * 10:03d}") if place.postcode else ""
        return Site(
            place,
            dice.pick(place.districts),
            self._pair(dice.pick(words["quarters"])),
            self._pair(dice.pick(words["streets"])),
            building,
            1 + dice.below(180),
            1 + dice.below(24),
            postcode,
        )

    def phone(self, place: Place) -> Phone:
        """A number in a city."""
        return Phone(countries()[place.country].dial, place.area, str(2_000_000 + self.dice.below(7_000_000)))

    def _core(self, kind: str) -> tuple[Word, ...]:
        dice, rates = self.dice, self.rates["firms"]
        left = dice.random() - rates["compound"]
        if left < 0:
            return self._compound(kind)
        if left < rates["coined"]:
            return (self._coined(kind),)
        second = self._coined(kind) if dice.chance(0.5) else self._pair(dice.pick(self.words[kind]["generic"]))
        return (*self._compound(kind), second)

    def _compound(self, kind: str) -> tuple[Word, ...]:
        """One compound word with its seam; in Arabic the two stand apart."""
        words = self.words[kind]
        front, back = self._pair(self.dice.pick(words["front"])), self._pair(self.dice.pick(words["back"]))
        return (front, back) if kind == "ar" else (self._pair(front[0] + SEAM + back[0]),)

    def _coined(self, kind: str) -> Word:
        dice, syllables = self.dice, self.words[kind]["syllables"]
        parts = [self._pair(dice.pick(syllables)) for _ in range(2 if dice.chance(0.3) else 3)]
        native, latin = ("".join(part[i] for part in parts) for i in (0, 1))
        return native[:1].upper().replace("I", "İ") + native[1:], latin[:1].upper() + latin[1:]

    def _trades(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.dice.below(self.trades) for _ in range(1 + self.dice.index((4, 4, 2)))))

    def _mails(self, firm: Firm) -> list[str]:
        """`@domain`, or the whole address where the provider is a free one; some firms have both."""
        dice, rates = self.dice, self.rates["firms"]
        name = "".join(latin for _, latin in firm.core)
        name = latin_of_cyrillic(name, 0) if firm.kind == "ru" else latin_of_arabic(name, 0)
        trade = table("trades")["trade"][firm.trades[0]]["tr" if firm.kind == "tr" else "en"][1]
        name += trade if dice.chance(0.6) else ""
        name = "".join(filter(str.isalnum, ascii_only(plain_lower(name))))
        free = f"{name}{dice.below(100)}@{dice.pick(self.words['free_mail'])}"
        if dice.chance(rates["free_mail"]):
            return [free]
        return [f"@{name}.example", free] if dice.chance(rates["second_mail"]) else [f"@{name}.example"]

    def _tax(self, firm: Firm) -> str:
        """A tax number with the right check digit where the country's rule is known; no two firms have the same."""
        if self.dice.chance(self.rates["firms"]["no_tax"]):
            return ""
        country = firm.sites[0].place.country
        body = str(100_000_000 + firm.number * 387_420_491 % 900_000_000)
        if country == "TR":
            return body + str(vkn.calc_check_digit(body))
        if country == "RU":
            return body + str(inn.calc_company_check_digit(body))
        if country == "DE":
            return body[:8] + str(mod_11_10.calc_check_digit(body[:8]))
        return body.rjust(countries()[country].digits, "1")

    @staticmethod
    def _pair(word: str | list[str] | Word) -> Word:
        return (word, word) if isinstance(word, str) else (word[0], word[1])
