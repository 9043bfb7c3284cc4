"""Who there is: makers, distributors, wholesalers, forwarders, shops, institutions, and how registers link them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bench.parties.dice import Dice
from bench.parties.firms import Firm, Firms
from bench.parties.words import table

HERE = Path(__file__).parent
REGION_CITY = (14, 60)  # of the pool's firms: towns small enough to be nobody else's, large enough for a region
GENERAL_TRADE = ("4690", "4619")  # small firms that deal in all kinds of goods, as their business is
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Goods:
    """One kind of everyday goods; `section` is that of the Harmonized System, as a number."""

    key: str
    hs: str
    section: int
    name: str
    unit: str
    weight: float
    price: float
    usual: int


@dataclass(frozen=True, slots=True)
class Activity:
    """A line of business: NACE code, what sort of buyer it makes, and the goods that it usually buys."""

    nace: str
    kind: str
    weight: int
    basket: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Actor:
    """A firm with its part in the network."""

    key: str
    firm: Firm
    part: str  # maker, seller, wholesaler, forwarder, buyer, dealer, institution, treasury, owner, junction, ...
    nace: str
    goods: tuple[str, ...] = ()
    founded: date = date(2010, 1, 1)
    group: str = ""  # key of the holding or junction that it belongs to
    book: str = ""  # name of the order book that its sales stand in

    @property
    def city(self) -> str:
        """The city where it sits."""
        return self.firm.sites[0].place.names[0]

    @property
    def country(self) -> str:
        """The country where it sits, as its ISO code."""
        return self.firm.sites[0].place.country


@dataclass(frozen=True, slots=True)
class Tie:
    """What a register states: `holder` (a firm or a person) owns or manages `company`, or has a contract with it."""

    holder: Actor | str
    company: Actor
    how: str  # owner, officer, or the relation of a contract
    since: date
    share: int | None = None


@cache
def sizes(name: str) -> dict[str, Any]:
    """A table of sizes.toml."""
    return dict(tomllib.loads((HERE / "sizes.toml").read_text("utf-8"))[name])


@cache
def all_goods() -> dict[str, Goods]:
    """The goods by their key."""
    return {
        r["key"]: Goods(r["key"], r["hs"], int(r["section"]), r["name"], r["unit"], float(r["weight"]),
                        float(r["price"]), int(r["usual"]))
        for r in _csv("goods")
    }  # fmt: skip


@cache
def activities() -> tuple[Activity, ...]:
    """The lines of business."""
    return tuple(
        Activity(r["nace"], r["kind"], int(r["weight"]), tuple(r["basket"].split())) for r in _csv("activities")
    )


def some(of: Sequence[T], count: int, dice: Dice) -> list[T]:
    """So many different members of a sequence (all, if it is shorter), in a drawn order."""
    left = list(of)
    return [left.pop(dice.below(len(left))) for _ in range(min(count, len(left)))]


@dataclass(slots=True)
class World:
    """All actors by the part they play, and what registers say of them."""

    dice: Dice
    size: dict[str, Any]
    firms: Firms
    pool: list[Firm]
    regional: dict[str, list[Firm]]  # firms of the small towns, which only planted flows reach
    actors: list[Actor] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    persons: int = 0

    def found(self, part: str, nace: str, goods: Sequence[str] = (), *, city: str = "", group: str = "") -> Actor:
        """A new firm of the pool (or of a small town) takes a part."""
        firm = (self.regional[city] if city else self.pool).pop()
        day = date(1992 + self.dice.below(29), 1 + self.dice.below(12), 1 + self.dice.below(28))
        actor = Actor(f"F{len(self.actors) + 1:04d}", firm, part, nace, tuple(goods), day, group)
        self.actors.append(actor)
        return actor

    def taker(self, goods: Sequence[str]) -> Activity:
        """A trade that usually buys one of these goods, a narrow one if there is."""
        kinds = ("narrow", "broad")
        found = [[a for a in activities() if a.kind == kind and set(goods) & set(a.basket)] for kind in kinds]
        fitting = found[0] or found[1] or [a for a in activities() if a.kind == "broad"]
        return self.dice.pick(fitting)

    def of(self, *parts: str) -> list[Actor]:
        """The actors that play one of these parts."""
        return [actor for actor in self.actors if actor.part in parts]

    def person(self) -> str:
        """Somebody new, who has a number and no name."""
        self.persons += 1
        return f"P-{40_000 + self.persons * 37}"

    def tie(self, holder: Actor | str, company: Actor, how: str, share: int | None = None) -> None:
        """Enter a tie in the registers, dated after the company was founded."""
        since = company.founded + timedelta(days=self.dice.below(700))
        self.ties.append(Tie(holder, company, how, since, share))

    def towns(self, count: int) -> list[str]:
        """So many small towns of one country, taken out of those that are left."""
        countries: dict[str, list[str]] = {}
        for city, firms in self.regional.items():
            if len(firms) >= REGION_CITY[0]:
                countries.setdefault(firms[0].sites[0].place.country, []).append(city)
        return some(max(countries.values(), key=len), count, self.dice)


def build(seed: int, size: str) -> World:
    """The ordinary world, before anything is planted."""
    dice = Dice(seed)
    world = _empty(dice, sizes(size))
    _suppliers(world)
    _buyers(world)
    _ties(world)
    return world


def _empty(dice: Dice, size: dict[str, Any]) -> World:
    firms = Firms(dice, 3000)
    drawn = firms.draw()
    carrying = {i for i, trade in enumerate(table("trades")["trade"]) if trade["en"][0] in ("Transport", "Logistics")}
    cities: dict[str, list[Firm]] = {}
    for _ in range(size["pool"]):
        firm = next(drawn)
        # Who has no tax number is not registered; a carrier's word in the name would be a false lead to its trade.
        if firm.tax and not carrying & set(firm.trades):
            cities.setdefault(firm.sites[0].place.names[0], []).append(firm)
    small, large = REGION_CITY
    regional = {city: found for city, found in cities.items() if small <= len(found) <= large}
    pool = [firm for city, found in cities.items() if city not in regional for firm in found]
    return World(dice, size, firms, some(pool, len(pool), dice), regional)


def _suppliers(world: World) -> None:
    """Makers, distributors, wholesalers, forwarders. Every kind of goods has at least three distributors."""
    dice, size, goods = world.dice, world.size, list(all_goods())
    for i in range(size["makers"]):
        made = [goods[i % len(goods)], *some(goods, 2, dice)]
        world.found("maker", "3299", dict.fromkeys(made))
    many = size["books"] * size["sellers"]
    ranges: list[list[str]] = [[] for _ in range(many)]
    for i, key in enumerate(some(goods, len(goods), dice)):
        for seller in some(range(many), 4, dice):
            ranges[seller].append(key)
        ranges[i % many].append(key)
    for i, keys in enumerate(ranges):
        world.found("seller", "4690", dict.fromkeys(keys)).book = f"orders_{i % size['books'] + 1}"
    for _ in range(size["wholesalers"]):
        world.found("wholesaler", "4690", some(goods, 18 + dice.below(14), dice))
    for i in range(size["forwarders"]):
        world.found("forwarder", ("5229", "4941", "5020")[i % 3])


def _buyers(world: World) -> None:
    """Shops, builders, dealers, hospitals: each with the goods its trade usually buys."""
    dice, size = world.dice, world.size
    trades = [a for a in activities() if a.weight and (a.kind == "narrow" or not size.get("narrow_only"))]
    weights = [a.weight for a in trades]
    for _ in range(size["buyers"]):
        trade = trades[dice.index(weights)]
        deals = trade.kind == "dealer" or trade.nace in GENERAL_TRADE
        world.found("dealer" if deals else "buyer", trade.nace, trade.basket)
    institutions = [a for a in activities() if a.kind == "institution"]
    for i in range(size["institutions"]):
        world.found("institution", institutions[i % len(institutions)].nace, institutions[i % len(institutions)].basket)
    narrow = [a for a in trades if a.kind == "narrow"]
    for part, count in (("furnished", size["furnished"]), ("volume", size["volume"])):
        for _ in range(count):
            trade = dice.pick(narrow)
            world.found(part, trade.nace, trade.basket)


def _ties(world: World) -> None:
    """Officers, owners, holdings with their treasuries' contracts, and persons who manage many unrelated firms."""
    dice = world.dice
    for actor in list(world.actors):
        world.tie(world.person(), actor, "officer")
    shops = [actor for actor in world.of("buyer", "dealer") if actor.goods]
    for _ in range(world.size["holdings"]):
        holding = world.found("treasury", "6420")
        for company in some(shops, 4 + dice.below(3), dice):
            world.tie(holding, company, "owner", 51 + dice.below(50))
            world.tie(holding, company, "group treasury")
            company.group = company.group or holding.key
    for _ in range(world.size["nominees"]):
        person = world.person()
        for company in some([shop for shop in shops if not shop.group], 7 + dice.below(6), dice):
            world.tie(person, company, "officer")


def _csv(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
