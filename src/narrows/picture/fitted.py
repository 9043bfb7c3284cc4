"""The texts of a box, broken to the room that there is: the same in role columns and in a flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from narrows.picture.gathering import Box
from narrows.picture.layout.lettering import fit
from narrows.picture.svg import SIZE, SMALL


@dataclass(frozen=True, slots=True)
class Fitted:
    """The name of a box, what it is as a choke point, and its flag, each in lines."""

    name: tuple[str, ...]
    choke: tuple[str, ...]
    flag: tuple[str, ...]

    @classmethod
    def of(cls, box: Box, room: float) -> Self:
        """Break the texts of a box to a width; a sign stands before choke and flag."""
        return cls(
            fit(box.name, room, SIZE, lines=2, bold=bool(box.choke)) or ("?",),
            fit(box.choke, room - 13, SMALL, lines=3, bold=True),
            fit(box.flag, room - 13, SMALL, lines=3),
        )
