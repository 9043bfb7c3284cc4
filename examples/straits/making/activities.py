"""The economic activities of this case (NACE Rev. 2): what firms of each usually buy, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from making.draw import read_table


@dataclass(frozen=True, slots=True)
class Activity:
    """One NACE class: its title, a word for firm names in German, Turkish and English, the usual goods,
    how many ordinary firms, and how widely their quantities spread."""

    nace: str
    title: str
    words: tuple[str, str, str]
    goods: tuple[str, ...]
    firms: int
    spread: float


def _read() -> dict[str, Activity]:
    return {
        row["nace"]: Activity(
            row["nace"],
            row["title"],
            (row["german"], row["turkish"], row["english"]),
            tuple(row["goods"].split()),
            int(row["firms"]),
            float(row["spread"]),
        )
        for row in read_table("activities.csv")
    }


# Those of single firms of the story come last and have no ordinary firms beside them.
ACTIVITIES: dict[str, Activity] = _read()
