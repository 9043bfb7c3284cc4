"""`splink_parties.py ORDERS.csv OUT.parquet [--threshold WEIGHT]`: Splink 5 on an order book.

Writes row, cluster. Without a threshold (a match weight), the best one for the truth.csv beside ORDERS is looked for,
in Splink's favour; the search is not counted. Prints seconds, CPU seconds and peak memory as JSON.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from pathlib import Path

import splink.comparison_library as cl
from prepare import Meter, best_threshold, cleaned
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SEED = 1
LEAST = -2.0  # match weight of the pairs that are kept for the search


def settings() -> SettingsCreator:
    """Names and addresses by likeness; numbers exactly, the rarer the value the more it says."""
    exact = [cl.ExactMatch(c).configure(term_frequency_adjustments=True) for c in ("tax", "phone", "mail", "city")]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.97, 0.93, 0.88, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("rare").configure(term_frequency_adjustments=True),
            *exact,
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("tax"),
            block_on("phone"),
            block_on("mail"),
            block_on("rare"),
            block_on("first", "second"),
            block_on("first", "city"),
            block_on("substr(closed, 1, 8)", "city"),
            block_on("substr(closed, 1, 6)", "postcode"),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def trained(db_api: DuckDBAPI) -> Linker:
    """u by random sampling, m by expectation maximisation over three blockings."""
    linker = Linker(db_api.register("record"), settings(), log_level=logging.WARNING)
    sure = [block_on("tax"), block_on("name", "phone"), block_on("name", "address")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=SEED)
    for rule in (block_on("tax"), block_on("phone"), block_on("address")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def main() -> None:
    """Read, clean, train, predict; look for the threshold off the clock; cluster, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("orders", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--threshold", type=float)
    given = parser.parse_args()
    meter = Meter()
    db = cleaned(given.orders)
    linker = trained(DuckDBAPI(connection=db))
    pairs = linker.inference.predict(threshold_match_weight=LEAST)
    meter.pause()
    told = {"pairs": db.execute(f"SELECT count(*) FROM {pairs.physical_name}").fetchone()[0]}
    threshold = given.threshold
    if threshold is None:
        with tempfile.TemporaryDirectory(dir=given.out.parent) as folder:
            edges, rows = Path(folder) / "edges.parquet", Path(folder) / "rows.parquet"
            columns = "id_l::INTEGER AS one, id_r::INTEGER AS other, match_weight::FLOAT AS score"
            db.execute(f"COPY (SELECT {columns} FROM {pairs.physical_name}) TO '{edges}'")
            db.execute(f"COPY row_record TO '{rows}'")
            threshold = best_threshold(edges, rows, given.orders.with_name("truth.csv"))
    meter.resume()
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=threshold)
    out = f"SELECT row, cluster_id AS cluster FROM row_record JOIN {found.physical_name} USING (id) ORDER BY row"
    db.execute(f"COPY ({out}) TO '{given.out}'")
    meter.pause()
    print(json.dumps({"tool": "splink", "threshold": threshold} | told | meter.told()))


if __name__ == "__main__":
    main()
