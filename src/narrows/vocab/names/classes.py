"""The classes of words in a name, and the features that two names are compared by: the words of `kernel`."""

from __future__ import annotations

# Classes of words in a name.
CORE, COMMON, ACTIVITY, PLACE, FILLER, NUMBER, INITIAL, PATRONYM, CHILD = range(9)
CLASSES = ("core", "common", "activity", "place", "filler", "number", "initial", "patronym", "child")

FEATURES = (
    "core-same", "core-close", "core-similar", "core-close-across", "core-similar-across", "core-against",
    "core-missing", "core-share",
    "common-same", "common-against", "common-missing",
    "activity-same", "activity-against", "activity-missing",
    "place-same", "place-against", "place-missing",
    "number-same", "number-against", "number-missing",
    "initial-same", "initial-against", "patronym-same", "patronym-against",
    "form-same", "form-against", "no-core", "same-start", "all-same", "one-word", "swapped",
    "acronym", "joined", "cut-off", "two-scripts", "core-whole",
    "common-meant", "given-against", "trade-against", "thin",
)  # fmt: skip
MOST_WORDS = 16
# Meanings of one table (words of trade, personal names, places) have these bits below them.
TABLE_BITS = 20
