"""The goods that are traded in this case: trade names in three languages, tariff codes, packs.

They stand in goods.csv. Packs, usual counts, weights and prices (EUR for one kg, litre or piece) are invented.
Concentrations are trade grades as a catalogue prints them; `restricted` says that the grade lies above the limit of
Annex I of Regulation (EU) 2019/1148.
"""

from __future__ import annotations

from dataclasses import dataclass

from making.draw import read_table


@dataclass(frozen=True, slots=True)
class Good:
    """One article: its code to the eight digits of the Combined Nomenclature, its names, and how it is packed.

    A pack is written "25 kg bag": how much of what, and in which container; "1 pc ctn" is counted in pieces.
    """

    key: str
    cn: str
    de: str
    tr: str
    en: str
    pack: str
    usual: int
    price: float
    cas: str = ""
    concentration: str = ""
    restricted: bool = False
    un: str = ""
    weight: float = 1.0

    @property
    def measure(self) -> str:
        """The unit in which the pack is counted: kg, l or pieces."""
        return {"kg": "kg", "l": "l", "pc": "pieces"}[self.pack.split()[1]]

    @property
    def size(self) -> int:
        """How many kg, litres or pieces one pack holds."""
        return int(self.pack.split()[0])

    @property
    def container(self) -> str:
        """What one pack is: bag, can, carton and so on."""
        return self.pack.split()[2]


def _read() -> dict[str, Good]:
    return {
        row["key"]: Good(
            row["key"], row["cn"], row["german"], row["turkish"], row["english"], row["pack"], int(row["usual"]),
            float(row["price"]), row["cas"], row["concentration"], row["restricted"] == "yes", row["un"],
            float(row["weight"]),
        )
        for row in read_table("goods.csv")
    }  # fmt: skip


GOODS: dict[str, Good] = _read()

# The container of a pack: German order books count in the bare unit; the others write the pack.
PACK_WORDS: dict[str, tuple[str, str]] = {
    "ctn": ("koli", "CTN"),
    "pal": ("palet", "PLT"),
    "can": ("bidon", "CANS"),
    "pail": ("kova", "PAILS"),
    "bag": ("torba", "BAGS"),
    "drum": ("varil", "DRUMS"),
    "bigbag": ("big bag", "BIG BAGS"),
    "roll": ("rulo", "ROLLS"),
    "box": ("kutu", "BOXES"),
    "btl": ("şişe", "BOTTLES"),
    "IBC": ("IBC", "IBC"),
    "stk": ("adet", "PCS"),
}
