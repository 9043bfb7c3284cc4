"""On what a step rests: documented, inferred, contradicted, missing; the same strokes in every picture."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal, get_args

from narrows.errors import UsageError
from narrows.picture.svg import element

Basis = Literal["documented", "inferred", "contradicted", "missing"]
BASES: tuple[Basis, ...] = get_args(Basis)


def check(bases: Iterable[str]) -> None:
    """Refuse a basis that no stroke is known for.

    Raises:
        UsageError: another word than those of `BASES`.
    """
    if wrong := next((basis for basis in bases if basis not in BASES), None):
        raise UsageError(f"{wrong!r} is no basis of a step.", hint=f"Use one of: {', '.join(BASES)}.")


def signs(bases: Collection[str]) -> Iterable[tuple[str, str]]:
    """The strokes that occur, for a legend."""
    for basis in BASES:
        if basis in bases:
            yield element("path", class_=f"np-{basis}", d="M-9 -4H9"), basis
