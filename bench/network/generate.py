"""Plants a supply network and writes it as the files of many systems, with the truth; seeded: same seed, same bytes.

    python -m bench.network.generate FOLDER [--seed N] [--missing 0.1] [--quick]

Orders of several distributors, a bill-of-lading manifest, payments, registers and papers of custody, as CSV files that
`narrows load` takes as they are, and `truth.json`. Sizes and rates stand in sizes.toml, goods in goods.csv, lines of
business with what they usually buy in activities.csv; firms are those of bench/parties, and none exists.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from bench.network import schemes
from bench.network.custody import Archive
from bench.network.plant import Flow, Junction, flows, free_junctions, hold
from bench.network.trade import Trade, ordinary
from bench.network.world import build
from bench.network.write import CUSTODY, Writer, truth


@dataclass(slots=True)
class Planted:
    """A network with all that was planted in it."""

    trade: Trade
    flows: list[Flow]
    junctions: list[Junction]
    schemes: list[schemes.Scheme]
    archive: Archive


def plant(seed: int, size: str) -> Planted:
    """Make up one network.

    Raises:
        ValueError: a cut is not what it was planted to be.
    """
    trade = ordinary(build(seed, size))
    planted, junctions = flows(trade)
    wanted = trade.world.size
    junctions += free_junctions(trade, wanted["junctions"] - len(junctions))
    archive = Archive(trade)
    archive.plant(wanted["items"])
    told = schemes.plant(trade, junctions, wanted["schemes"])
    hold(trade, planted)
    return Planted(trade, planted, junctions, told, archive)


def generate(folder: Path, seed: int = 1, missing: float = 0.0, size: str = "default") -> list[Path]:
    """Write one network into a folder; returns the files to load, without those of custody."""
    made = plant(seed, size)
    writer = Writer(made.trade, made.archive, missing, seed)
    files = writer.write(folder)
    about = {"seed": seed, "missing": missing, "size": size}
    text = truth(writer, made.junctions, made.flows, made.schemes, about)
    (folder / "truth.json").write_text(text + "\n", "utf-8")
    return [file for file in files if file.stem not in CUSTODY]


def main() -> None:
    """`python -m bench.network.generate FOLDER`."""
    parser = argparse.ArgumentParser(description="Plant a supply network, and write its files and its truth.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missing", type=float, default=0.0)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    generate(given.folder, given.seed, given.missing, "quick" if given.quick else "default")


if __name__ == "__main__":
    main()
