"""Learns, without labels, what the agreement of each field weighs, and prints it for resolve/weights.toml.

    python -m bench.parties.learn ORDERS.csv

Pairs that carry tax numbers tell on all others: two that give one valid number are one firm, two that give different
ones are two. How names, phones, addresses and places agree in the first kind and in the second is fitted by logistic
regression, ridge around nothing; a field that has nothing to compare says nothing. How many of the pairs without
numbers are one is then found from the pairs themselves (Saerens, Latinne and Decaestecker 2002), which moves the
constant.
Run it on an order book made with another seed than the one that is measured.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from narrows import api
from narrows.resolve.pairs import weights

CODES = {
    "phone_same": ("phone", 1), "phone_shared": ("phone", 2), "phone_differs": ("phone", -1), "mail_same": ("mail", 1),
    "mail_shared": ("mail", 2), "domain_same": ("mail", 3), "mail_differs": ("mail", -1),
    "address_same": ("address", 1), "address_shared": ("address", 2), "address_differs": ("address", -1),
    "place_same": ("place", 1), "province_same": ("place", 2), "place_differs": ("place", -1),
    "postcode_same": ("postcode", 1),    "postcode_differs": ("postcode", -1),
}  # fmt: skip
PATTERNS = """
SELECT round(greatest(least(coalesce(name, -9), 9), -9) * 2) / 2 AS name,
    round(spread * (place <> 1)::INT, 1) AS spread,
    vat, phone, mail, address, place, postcode, count(*) AS pairs
FROM temp.fields WHERE NOT persons AND name > -8 GROUP BY ALL ORDER BY ALL
"""
RIDGE = 5.0


def features(columns: dict[str, np.ndarray]) -> np.ndarray:
    """Return constant, name, spread and one column for each code."""
    codes = [columns[field] == code for field, code in CODES.values()]
    return np.column_stack([np.ones(len(columns["name"])), columns["name"], -columns["spread"], *codes]).astype(float)


def fit(x: np.ndarray, y: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Return the weights that tell the pairs with one number from those with two; each kind counts the same."""
    each = pairs * np.where(y, 0.5 / pairs[y].sum(), 0.5 / pairs[~y].sum()) * min(pairs[y].sum(), pairs[~y].sum())

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ w
        p = 1 / (1 + np.exp(-odds))
        ridge = np.r_[0, np.full(len(w) - 1, 1 / RIDGE)]
        value = (each * (np.logaddexp(0, odds) - y * odds)).sum() + (ridge * w * w).sum() / 2
        return float(value), x.T @ (each * (p - y)) + ridge * w

    # What agrees never speaks against two parties being one, what differs never for it.
    bounds = [(None, None), (0, None), (0, None)]
    bounds += [(None, 0) if name.endswith("differs") else (0, None) for name in CODES]
    return np.asarray(minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x)


def share_of(odds: np.ndarray, pairs: np.ndarray) -> float:
    """Return what share of pairs is one, where the odds were fitted for a half."""
    share = 0.5
    for _ in range(200):
        p = 1 / (1 + np.exp(-(odds + np.log(share / (1 - share)))))
        share = float((p * pairs).sum() / pairs.sum())
    return share


def main() -> None:
    """Make a case of an order book, compare its parties, and print what was learned."""
    with tempfile.TemporaryDirectory() as folder, api.new(Path(folder) / "case") as case:
        case.load(sys.argv[1])
        case.resolve()
        table = case._store.engine.arrow(PATTERNS)
    columns = {name: table[name].to_numpy() for name in table.column_names}
    pairs = columns["pairs"].astype(float)
    x = features(columns)
    told = columns["vat"] != 0
    found = fit(x[told], columns["vat"][told] == 1, pairs[told])
    share = share_of((x @ found)[~told], pairs[~told])
    found[0] += np.log(share / (1 - share))
    shipped = weights()["field"]
    told_pairs = int(pairs[told].sum())
    print(
        f"{told_pairs:,} pairs with numbers, {int(pairs[columns['vat'] == -1].sum()):,} of them with two; "
        f"share {share:.3f}"
    )
    for name, value in zip(("prior", "name_scale", "spread", *CODES), found, strict=True):
        print(f"{name} = {value:.2f}    # shipped: {shipped.get(name)}")


if __name__ == "__main__":
    main()
