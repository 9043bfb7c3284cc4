"""Learns what each feature of a pair of names weighs, from the dev half of pairs.csv, and writes weights.toml.

    python -m bench.names.learn_weights ORDERS.csv

Logistic regression around prior weights that were set by hand (PRIOR): with few hundred families, what the pairs do not
tell stays as it was. Signs are kept: a word that differs never speaks for two names being one. The held-out half is not
looked at here.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench.names.families import families
from narrows.vocab.names import compare, kernel
from narrows.vocab.names.classes import FEATURES
from narrows.vocab.names.encode import encode
from narrows.vocab.names.parse import KINDS, parse

HERE = Path(__file__).parent
TARGET = Path(compare.__file__).parent / "weights.toml"
# How firmly the prior is held, for a weight of this size: the larger, the looser.
SPREAD = 1.5
# What speaks against two names keeps so much of its prior at least: the pairs are nearly all of like names, and tell
# little of what is missing in names at large.
KEPT = 0.4
# Names of two families that the prior gives more than these log-odds are learned from too, each as so much of a pair.
LIKELY, STRANGER, INVENTED = -5.0, 0.5, 8_000
HEAD = "# What each feature of a pair of names weighs, in log-odds, for each kind of name. See kernel.FEATURES.\n"
HEAD += "# Learned by bench/names/learn_weights.py around weights set by hand.\n"

THIN = np.array([name == "thin" for name in ("bias", *FEATURES)])
PRIOR: dict[str, dict[str, float]] = {
    "organisation": {
        "bias": -2.0, "core-same": 3.2, "core-close": 1.2, "core-similar": -0.8, "core-close-across": 2.4,
        "core-similar-across": 1.2, "core-against": -4.0, "core-missing": -1.6,
        "core-share": 2.0, "common-same": 1.6, "common-against": -2.5, "common-missing": -0.8,
        "activity-same": 0.7, "activity-against": -1.0, "activity-missing": -0.25, "place-same": 0.6,
        "place-against": -2.5, "place-missing": -0.3, "number-same": 0.8, "number-against": -5.0,
        "number-missing": -1.5, "initial-same": 0.5, "initial-against": -1.5, "form-same": 0.3, "form-against": -0.5,
        "no-core": -1.5, "same-start": 0.4, "all-same": 1.0, "one-word": -0.3, "acronym": 3.5, "joined": 0.3,
        "cut-off": 0.3, "two-scripts": 0.3, "core-whole": 1.5,
        "common-meant": -0.5, "given-against": -2.0, "trade-against": -1.0, "thin": -20.0,
    },
    "person": {
        "bias": -4.0, "core-same": 2.6, "core-close": 1.0, "core-similar": -1.0, "core-close-across": 2.2,
        "core-similar-across": -0.3, "core-against": -4.5, "core-missing": -1.2,
        "core-share": 2.0, "initial-same": 0.9, "initial-against": -3.0, "patronym-same": 1.5,
        "patronym-against": -4.0, "same-start": 0.2, "all-same": 0.8, "one-word": -1.5, "swapped": -6.0,
        "joined": 0.3, "two-scripts": 0.3, "core-whole": 1.0, "given-against": -2.0, "thin": -10.0,
    },
    "vessel": {
        "bias": -3.0, "core-same": 2.6, "core-close": 1.4, "core-similar": -0.5, "core-close-across": 2.0,
        "core-similar-across": 1.0, "core-against": -5.0, "core-missing": -3.0,
        "core-share": 2.0, "number-same": 1.0, "number-against": -6.0, "number-missing": -3.0,
        "initial-same": 0.3, "initial-against": -2.0, "same-start": 0.3, "all-same": 1.5, "joined": 0.5,
        "cut-off": 0.3, "two-scripts": 0.3, "core-whole": 1.0,
    },
}  # fmt: skip


def names_of(orders: Path, count: int) -> list[str]:
    """Return the first distinct names of customers of an order book as bench/parties makes it."""
    with orders.open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row["Customer Name"] for row in csv.DictReader(file) if row["Customer Name"]))[:count]


def pairs(split: str, kind: str) -> tuple[list[str], list[str], np.ndarray]:
    """Return the left names, the right names and the labels of a half of the benchmark."""
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split and row["kind"] == kind]
    return [r["left"] for r in rows], [r["right"] for r in rows], np.array([int(r["same"]) for r in rows])


def features(lefts: list[str], rights: list[str], kind: str) -> np.ndarray:
    """Return the features of pairs, with a 1 in front for the bias."""
    parsed = [(parse(left, kind), parse(right, kind)) for left, right in zip(lefts, rights, strict=True)]
    names = [name for pair in parsed for name in sorted(pair, key=lambda n: [(w.text, c) for w, c in n.words])]
    left = np.arange(0, len(names), 2, dtype=np.int32)
    found = kernel.measure_pairs(left, left + 1, *encode(names, persons=kind == "person").tables())
    return np.hstack([np.ones((len(found), 1)), found])


def strangers(kind: str, invented: list[str], prior: np.ndarray) -> np.ndarray:
    """Return the features of pairs that are of no one entity, though the prior does not find them wholly unlike.

    They are of two families of dev, and of a family of dev and a firm of an invented order book.
    """
    texts = [
        (place, form.text)
        for place, family in enumerate(families())
        if family.kind == kind and family.split == "dev"
        for form in (family.name, *family.same)
    ]
    texts += [(-1, text) for text in invented] if kind == "organisation" else []
    encoder = encode((parse(text, kind) for _, text in texts), persons=kind == "person")
    family_of = np.array([place for place, _ in texts])
    found = []
    for place in np.flatnonzero(family_of >= 0):
        others = np.arange(place + 1, len(texts))
        others = others[family_of[others] != family_of[place]]
        turned = encoder.marks[place] > encoder.marks[others]
        one, other = np.where(turned, others, place), np.where(turned, place, others)
        x = kernel.measure_pairs(one.astype(np.int32), other.astype(np.int32), *encoder.tables())
        x = np.hstack([np.ones((len(x), 1), np.float32), x])
        # What is thin is looked at as well: how much that speaks against them is to be learned.
        found.append(x[x @ np.where(THIN, 0, prior) > LIKELY])
    return np.vstack(found)


def fit(x: np.ndarray, y: np.ndarray, each: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Return the weights that explain the labels best near the prior; `each` says how much a pair counts."""
    spread = SPREAD * np.maximum(0.5, np.abs(prior) / 2)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ w
        p = 1 / (1 + np.exp(-odds))
        value = (each * (np.logaddexp(0, odds) - y * odds)).sum() + (((w - prior) / spread) ** 2).sum() / 2
        return float(value), x.T @ (each * (p - y)) + (w - prior) / spread**2

    bounds = [(None, None) if p == 0 else ((0.0, None) if p > 0 else (None, KEPT * p)) for p in prior]
    bounds[0] = (None, None)
    bounds = [(0.0, 0.0) if p == 0 and i else b for i, (p, b) in enumerate(zip(prior, bounds, strict=True))]
    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x)


def main() -> None:
    """Fit each kind and write weights.toml."""
    text = HEAD
    invented = names_of(Path(sys.argv[1]), INVENTED)
    for kind in KINDS:
        prior = np.array([PRIOR[kind].get(name, 0.0) for name in ("bias", *FEATURES)])
        lefts, rights, y = pairs("dev", kind)
        like, unlike = features(lefts, rights, kind), strangers(kind, invented, prior)
        print(f"{kind}: {len(like):,} pairs of like names, {len(unlike):,} of strangers")
        x = np.vstack([like, unlike])
        each = np.r_[np.ones(len(like)), np.full(len(unlike), STRANGER)]
        weights = fit(x, np.r_[y, np.zeros(len(unlike))], each, prior)
        text += f"\n[{kind}]\n"
        for name, value in zip(("bias", *FEATURES), weights, strict=True):
            if round(value, 2):
                text += f"{name} = {value:.2f}\n"
    TARGET.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
