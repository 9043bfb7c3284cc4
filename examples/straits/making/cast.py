"""The firms of the case. All are invented, as are the towns; country codes are real because registers need them.

The firms of the story stand in firms.csv; the names of the ordinary ones are made from stems.csv.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from making.activities import ACTIVITIES
from making.draw import Draw, read_table
from making.ids import registration, tax_number


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm. `alias` is its name in another script as the register holds it; `listed` is False where
    no register on file knows it; `lines` is how many ordinary goods lines it orders."""

    key: str
    name: str
    nace: str
    country: str
    town: str
    serial: int
    alias: str = ""
    listed: bool = True
    lines: int = 0

    @property
    def tax(self) -> str:
        """VAT or tax number, empty where the case has none for the country."""
        return tax_number(self.country, self.serial)

    @property
    def registration(self) -> str:
        """Number in the company register."""
        return registration(self.country, self.town, self.serial)

    @property
    def street(self) -> str:
        """Street and number."""
        draw = Draw(f"street:{self.serial}")
        return f"{draw.pick(_STREETS[self.country])} {draw.between(1, 88)}"

    @property
    def address(self) -> str:
        """Street, post code and town on one line."""
        return f"{self.street}, {_POSTCODES[self.country]} {self.town}".replace("  ", " ")

    @property
    def founded(self) -> str:
        """Date of registration, ISO."""
        draw = Draw(f"founded:{self.serial}")
        return f"{draw.between(1988, 2009)}-{draw.between(1, 12):02d}-{draw.between(1, 28):02d}"


_STREETS = {
    "DE": ("Lohgerberweg", "Am Wendeplatz", "Kupferkamp", "Alte Werft"),
    "AT": ("Mühlrinne", "Zeilerweg", "Am Rosthof"),
    "TR": ("Kapı Cad.", "Çarşı Sok.", "Liman Yolu", "Değirmen Sok."),
    "BG": ("ul. Pristan", "ul. Mostova", "bul. Vodenitsa"),
    "OM": ("Harbour Road", "Market Street", "Date Palm Way"),
}
_POSTCODES = {"DE": "00917", "AT": "0987", "TR": "00942", "BG": "0096", "OM": ""}
_TOWNS = {
    "DE": ("Hallbrück", "Ostervahl", "Tiefenmark-Lohe"),
    "AT": ("Sankt Wolmund", "Oberwelsing"),
    "TR": ("Karsu Deresi", "Yelkaya Limanı", "Kumrubent", "Tarsimel Kapısı"),
    "BG": ("Belograsko", "Dolna Tarsimel"),
    "OM": ("Port Selvane", "Sur Halmeen"),
}

_WORD = {"DE": 0, "AT": 0, "TR": 1, "BG": 2, "OM": 2}
_FORM = {"DE": "GmbH", "AT": "GmbH", "TR": "Ltd. Şti.", "BG": "OOD", "OM": "LLC"}
_TURN = ("DE", "TR", "BG", "AT", "TR", "OM", "DE", "BG")
_LINES = (4, 3, 6, 3, 3, 6, 3, 2)


def _story() -> list[Firm]:
    return [
        Firm(
            row["key"], row["name"], row["nace"], row["country"], row["town"], serial, row["alias"],
            row["listed"] == "yes", int(row["lines"]),
        )
        for serial, row in enumerate(read_table("firms.csv"), start=101)
    ]  # fmt: skip


def _ordinary() -> list[Firm]:
    firms: list[Firm] = []
    stems = [row["stem"] for row in read_table("stems.csv")]
    for activity in ACTIVITIES.values():
        for _ in range(activity.firms):
            i = len(firms)
            country = _TURN[i % len(_TURN)]
            name = f"{stems[i]} {activity.words[_WORD[country]]} {_FORM[country]}"
            town = _TOWNS[country][(i // 2) % len(_TOWNS[country])]
            firm = Firm(f"o{i:03d}", name, activity.nace, country, town, 501 + i, lines=_LINES[i % len(_LINES)])
            firms.append(replace(firm, listed=i % 19 != 7))
    return firms


STORY: dict[str, Firm] = {firm.key: firm for firm in _story()}
ORDINARY: tuple[Firm, ...] = tuple(_ordinary())
FIRMS: tuple[Firm, ...] = (*STORY.values(), *ORDINARY)
