"""What hands and machines do to a text, whatever it says."""

from __future__ import annotations

from bench.parties.dice import Dice

WIDTH = 35  # characters in the field of an old form
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEXT_KEY = {key: near for row in KEYS for key, near in zip(row, row[1:] + row[-2], strict=True)}


def typo(text: str, dice: Dice) -> str:
    """One slip of the finger: a letter lost, doubled, swapped with the next, or the neighbour's key."""
    if len(text) < 4:
        return text
    at = 1 + dice.below(len(text) - 2)
    how = dice.below(4)
    if how == 0:
        return text[:at] + text[at + 1 :]
    if how == 1:
        return text[:at] + text[at] + text[at:]
    if how == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    near = NEXT_KEY.get(text[at].lower(), text[at - 1])
    return text[:at] + (near.upper() if text[at].isupper() else near) + text[at + 1 :]


def wrong_digit(number: str, dice: Dice) -> str:
    """A number with one digit of it changed: a check digit notices."""
    at = dice.below(len(number))
    return number[:at] + str((int(number[at]) + 1 + dice.below(9)) % 10) + number[at + 1 :]


def truncated(text: str) -> str:
    """What fits into the field."""
    return text[:WIDTH].rstrip()


def loose_dots(text: str, dice: Dice) -> str:
    """Dots left out, or with a space after each."""
    return text.replace(".", "") if dice.chance(0.5) else text.replace(".", ". ").replace("  ", " ").strip()
