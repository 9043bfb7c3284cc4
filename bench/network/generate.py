"""Plants a supply network and writes it as the files of many systems, with the truth; seeded: same seed, same bytes.

    python -m bench.network.generate FOLDER [--seed N] [--missing 0.1] [--size quick]

Orders of several distributors, a bill-of-lading manifest, payments, registers and papers of custody, as CSV files that
`narrows load` takes as they are, and `truth.json`. Sizes and rates stand in sizes.toml, goods in goods.csv, lines of
business with what they usually buy in activities.csv; firms are those of bench/parties, and none exists.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.network import schemes
from bench.network.custody import Archive
from bench.network.plant import flows, free_junctions, hold
from bench.network.trade import ordinary
from bench.network.world import build
from bench.network.write import Planted, Writer, truth


def plant(seed: int, size: str) -> Planted:
    """Make up one network.

    Raises:
        ValueError: a cut is not what it was planted to be.
    """
    trade = ordinary(build(seed, size))
    wanted = trade.world.size
    made = Planted(trade, Archive(trade))
    if wanted["junctions"]:
        made.flows, made.junctions = flows(trade)
        made.junctions += free_junctions(trade, wanted["junctions"] - len(made.junctions))
    made.archive.plant(wanted["items"])
    made.schemes = schemes.plant(trade, wanted["schemes"])
    hold(trade, made.flows)
    return made


def generate(folder: Path, seed: int = 1, missing: float = 0.0, size: str = "default") -> None:
    """Write one network into a folder."""
    made = plant(seed, size)
    writer = Writer(made.trade, made.archive, missing, seed)
    writer.write(folder)
    text = truth(writer, made, {"seed": seed, "missing": missing, "size": size})
    (folder / "truth.json").write_text(text + "\n", "utf-8")


def main() -> None:
    """`python -m bench.network.generate FOLDER`."""
    parser = argparse.ArgumentParser(description="Plant a supply network, and write its files and its truth.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missing", type=float, default=0.0)
    parser.add_argument("--size", default="default", help="a table of sizes.toml: default, quick, hindsight")
    given = parser.parse_args()
    generate(given.folder, given.seed, given.missing, given.size)


if __name__ == "__main__":
    main()
