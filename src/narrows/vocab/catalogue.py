"""The public lists of goods: what stands on them, since when, by which law, and how well that was checked.

Each list is one file of `narrows/catalogue`. A code of a list is a candidate, never proof; CAS number and concentration
decide. Nothing but public law and public programmes is held here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

Checked = Literal["primary", "secondary", "knowledge"]
Basis = Literal["w/w", "nitrogen"]

EU_RESTRICTED = "eu-2019-1148-annex-1"
EU_REPORTABLE = "eu-2019-1148-annex-2"
HIGH_PRIORITY = "bis-common-high-priority"
LISTS: tuple[str, ...] = (
    EU_RESTRICTED, EU_REPORTABLE, "uk-poisons-act-1972-schedule-1a", "wco-global-shield", "eu-147-2003-annex-3",
    HIGH_PRIORITY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """A tariff code under which a list places goods.

    Attributes:
        code: digits only, as text: 4 or 6 of the Harmonized System, or 8 of the Combined Nomenclature.
        system: "HS" or "CN".
        cn_year: year of the Combined Nomenclature that the law refers to; None for HS codes.
        partial: the law says "ex": only part of what the code covers is meant.
        mixture: the code is that of mixtures that hold the substance, not of the substance itself.
        citation: where the code is from, if from elsewhere than its list.
    """

    code: str
    system: Literal["HS", "CN"]
    cn_year: int | None = None
    partial: bool = False
    mixture: bool = False
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list.

    Attributes:
        title: what the list names, in English.
        citation: act and place in it.
        checked: "primary" where the legal text was read, "secondary", or "knowledge": still to be checked.
        substance: key of the substance; None for goods that are known by their code alone.
        cas: CAS registry number; None for such goods.
        codes: tariff codes of the row.
        limit: limit value in per cent; None where the row sets none, or `limit_known` is False.
        limit_basis: "w/w", or "nitrogen": by weight of nitrogen in relation to ammonium nitrate.
        limit_known: False where the law sets a limit that has not been confirmed.
        licence_ceiling: upper limit value for licences, per cent; None where no licence is possible.
        part: "regulated" or "reportable", where a list has both.
        tier: tier of the Common High Priority List.
        note: what a reader of the row must know.
    """

    title: str
    citation: str
    checked: Checked
    substance: str | None = None
    cas: str | None = None
    codes: tuple[Code, ...] = ()
    limit: float | None = None
    limit_basis: Basis = "w/w"
    limit_known: bool = True
    licence_ceiling: float | None = None
    part: str | None = None
    tier: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoodsList:
    """One published list, with where it is from. `date` is that of the act, ISO 8601, to the day or the year."""

    id: str
    title: str
    publisher: str
    version: str
    date: str
    citation: str
    checked: Checked
    licence: str
    complete: bool
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Substance:
    """A listed substance and the names under which papers call it.

    Attributes:
        id: key, such as "nitric-acid".
        title: name in English.
        cas: CAS registry number.
        un: UN numbers of its entries in the Dangerous Goods List (general knowledge, to be checked).
        names: names that settle what the goods are, in several languages.
        trade: usual names that are looser.
        homonyms: phrases that hold or resemble a name and mean something else.
        fuzzy: whether a name may be recognised from a misspelling.
        codes: tariff codes from elsewhere than the lists, where the lists give none.
        citation: the list that brought it here.
    """

    id: str
    title: str
    cas: str
    un: tuple[str, ...]
    names: tuple[str, ...]
    trade: tuple[str, ...]
    homonyms: tuple[str, ...]
    fuzzy: bool
    codes: tuple[Code, ...]
    citation: str


@dataclass(frozen=True)
class Catalogue:
    """All lists by id, in a fixed order, and all substances by id."""

    lists: MappingProxyType[str, GoodsList]
    substances: MappingProxyType[str, Substance]

    def entries(self, list_id: str) -> MappingProxyType[str, Entry]:
        """Return the rows of a list that name a substance, by substance."""
        rows = self.lists[list_id].entries
        return MappingProxyType({row.substance: row for row in rows if row.substance is not None})

    @cached_property
    def restricted(self) -> frozenset[str]:
        """Substances of Annex I of Regulation (EU) 2019/1148."""
        return frozenset(self.entries(EU_RESTRICTED))

    @cached_property
    def regulated(self) -> frozenset[str]:
        """Substances of Annex I or II of Regulation (EU) 2019/1148."""
        return self.restricted | frozenset(self.entries(EU_REPORTABLE))

    @cached_property
    def high_priority(self) -> MappingProxyType[str, str]:
        """Six-digit HS codes of the Common High Priority List, with their tier."""
        rows = self.lists[HIGH_PRIORITY].entries
        return MappingProxyType({code.code: row.tier or "" for row in rows for code in row.codes})

    @cached_property
    def codes(self) -> MappingProxyType[str, tuple[Code, ...]]:
        """Substance -> its tariff codes in all lists: of the substance first, of mixtures last, each once."""
        found: dict[str, dict[tuple[str, str], Code]] = {key: {} for key in self.substances}
        for goods in self.lists.values():
            for row in goods.entries:
                if row.substance is not None:
                    for code in row.codes:
                        found[row.substance].setdefault((code.system, code.code), code)
        for key, substance in self.substances.items():
            for code in substance.codes:
                found[key].setdefault((code.system, code.code), code)
        return MappingProxyType(
            {key: tuple(sorted(codes.values(), key=lambda c: c.mixture)) for key, codes in found.items()}
        )

    @cached_property
    def by_hs6(self) -> MappingProxyType[str, tuple[str, ...]]:
        """Six-digit HS code -> substances placed there on their own (not as mixtures)."""
        found: dict[str, set[str]] = {}
        for key, codes in self.codes.items():
            for code in codes:
                if len(code.code) >= 6 and not code.mixture:
                    found.setdefault(code.code[:6], set()).add(key)
        return MappingProxyType({hs: tuple(sorted(keys)) for hs, keys in found.items()})


def read(name: str) -> dict[str, Any]:
    """Return the packaged file `name`.toml of the catalogue as it stands."""
    return tomllib.loads((resources.files("narrows") / "catalogue" / f"{name}.toml").read_text("utf-8"))


def _code(row: dict[str, Any]) -> Code:
    return Code(**{"system": "HS", **row})


def _entry(row: dict[str, Any], checked: Checked) -> Entry:
    codes = tuple(_code(code) for code in row.get("codes", ()))
    return Entry(**{"checked": checked, **row, "codes": codes})


def _list(list_id: str) -> GoodsList:
    head = read(list_id)
    rows = head.pop("row")
    return GoodsList(**head, entries=tuple(_entry(row, head["checked"]) for row in rows))


def _substance(row: dict[str, Any]) -> Substance:
    return Substance(
        id=row["id"],
        title=row["title"],
        cas=row["cas"],
        un=tuple(row.get("un", ())),
        names=tuple(row["names"]),
        trade=tuple(row["trade"]),
        homonyms=tuple(row["not"]),
        fuzzy=row.get("fuzzy", True),
        codes=tuple(_code(code) for code in row.get("hs", ())),
        citation=row["citation"],
    )


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue, read once from the packaged files."""
    return Catalogue(
        lists=MappingProxyType({list_id: _list(list_id) for list_id in LISTS}),
        substances=MappingProxyType({row["id"]: _substance(row) for row in read("substances")["substance"]}),
    )


def headings(substance: str) -> tuple[str, ...]:
    """Return the four-digit HS headings under which the lists place `substance`, its own first, of mixtures last.

    Empty where the substance is unknown.
    """
    codes = catalogue().codes.get(substance, ())
    return tuple(dict.fromkeys(code.code[:4] for code in codes))


def above_limit(substance: str, low: float | None, high: float | None, *, basis: str | None = "w/w") -> bool | None:
    """Say whether a concentration is above the limit value of Annex I of Regulation (EU) 2019/1148.

    The limit value itself is not above the limit. A substance without a limit value gives None. For ammonium nitrate
    the limit is by weight of nitrogen; a percentage of ammonium nitrate is another quantity and is not converted, so
    that any other basis gives None. Chlorates and perchlorates that occur together are to be added up by the caller.

    Args:
        substance: key of the substance.
        low, high: bounds of the concentration in per cent by weight, both included; None where a side is open.
        basis: "w/w", "nitrogen", or another, for which there is no answer; None where it is unknown.

    Returns:
        True or False where the whole range lies on one side; None where it straddles the limit or cannot be compared.
    """
    entry = catalogue().entries(EU_RESTRICTED).get(substance)
    if entry is None or entry.limit is None or basis != entry.limit_basis:
        return None
    if low is not None and low > entry.limit:
        return None if high is not None and high < low else True
    if high is not None and high <= entry.limit:
        return None if low is not None and low > high else False
    return None
