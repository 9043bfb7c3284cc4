"""Writes an order book of messy parties and the truth about who is who; seeded: the same seed, the same bytes.

    python -m bench.parties.generate ROWS FOLDER [--seed N]

`orders.csv` has a row for each party of an order; `truth.csv` says for each row (as a spreadsheet numbers it: the
header is row 1) which firm it is. Placeholders are nobody: their entity is empty, and no score counts them. Firms are
drawn from word lists; none exists. Every rate stands in rates.toml and is repeated here in brackets.

Who there is (firms.py). Firms are at home in Turkish (kinds.tr .60), Arabic (kinds.ar .15), Russian (kinds.ru .12) or
English, German and Dutch (kinds.en .13). The number of a firm's rows is heavy-tailed (sizes.exponent 1.08): half
occur once, the largest 200 times, five on average. What makes them hard to tell apart:
- firms named by one common word, "Güneş Ticaret" (firms.generic .06), and firms that bear the name of another in
  another city or trade (firms.twin .03);
- groups: other firms with the same words, another trade and a tax number of their own (firms.group .02 start one),
  which share address (group.address .70), phone (group.phone .50) and mail domain (group.mail .70);
- business centres and free zones where hundreds sit (firms.shared_address .10), the phone of an accountant
  (firms.shared_phone .06), addresses with free mail providers (firms.free_mail .35), or there too
  (firms.second_mail .30); two phones (firms.second_phone .30);
- branches: the same firm at a further address with its own phone (firms.branches .08), the tax number perhaps with a
  suffix (entries.branch_suffix .40), the branch perhaps named (entries.branch_named .40);
- firms that never give a tax number (firms.no_tax .30).

How they are entered (entries.py). A firm is entered afresh (entries.fresh .35 of its rows), or an earlier entry is
used once more, the more used the likelier. An entry gives the address (values.address .80), the city (values.city
.905), the postcode (values.postcode .40), the country (values.country .972), a phone (values.phone .50), an e-mail
(values.mail .35), the tax number (values.tax .50, of the firms that ever give it). The address may be a forwarder's
(entries.forwarder .03) or the firm's earlier one (entries.old_address .06), a tax number mistyped so that its check
digit fails (entries.tax_mistyped .02) or prefixed by the country (entries.tax_prefixed .08), a phone without its area
code (entries.no_area_code .06). A row used once more may lose a value (rows.value_lost .05) or get a typo
(rows.name_typo .02). Some rows name nobody: TO ORDER, N/A (rows.placeholder .004).

How names are written (names.py, scripts.py). A Turkish name comes through hands that keep its letters
(routes.tr.native .65), lose the diacritics (routes.tr.ascii .18), read them with the wrong code page
(routes.tr.garbled .05), translate trade and form (routes.tr.english .07), or write Arabic or Cyrillic script
(routes.tr.arabic .025, routes.tr.cyrillic .025). Arabic names stand in their script (routes.ar.native .42) or are
romanised by an English, a French or a Turkish habit (routes.ar.latin .56); Russian ones likewise by three habits
(routes.ru.latin .43). Half are in capitals (names.upper .50). Trades are abbreviated (names.trades_abbreviated .50)
or left out (names.trade_dropped .22 of each) or swapped (names.trades_swapped .06); "Sanayi ve Ticaret" is
abbreviated (names.tail_abbreviated .55) or missing (names.tail_missing .25); the legal form is missing
(names.form_missing .22), misplaced (names.form_at_front .03), or written in one of several ways. Of two own words one
is shortened or left out (names.core_shortened .05), or they are swapped (names.core_swapped .04) or joined
(names.core_joined .04); a compound is split (names.core_split .08); the trade comes first (names.order_swapped .02).
Typos (names.typo .08), names cut to 35 characters (names.truncated .05), dots lost or spaced (names.punctuation .10).
Addresses follow one of several habits, with typos (addresses.typo .06), cuts (addresses.truncated .06), the city at
the end (addresses.city_appended .15); the district may stand for the city (addresses.district_as_city .08).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from bench.parties.dice import Dice
from bench.parties.entries import COLUMNS, Clerk, Entry
from bench.parties.firms import Firm, Firms
from bench.parties.words import table

BATCH = 50_000
FIRST_ROW = 2  # as a spreadsheet shows it
START = np.datetime64("2024-01-01")
DAYS = 730
SCHEMA = pa.schema([(column, pa.string()) for column in COLUMNS] + [("entity", pa.int64())])


def generate(rows: int, folder: Path, seed: int = 1) -> None:
    """Write orders.csv and truth.csv of so many rows."""
    folder.mkdir(parents=True, exist_ok=True)
    parties = pa.Table.from_batches(_batches(rows, Dice(seed)), SCHEMA)
    rng = np.random.default_rng(seed)
    # Rows of one firm lie scattered over the two years. A combined column must stay below 2 GB: up to 20 million rows.
    parties = parties.combine_chunks().take(pa.array(rng.permutation(rows)))
    csv.write_csv(_orders(parties.drop_columns("entity"), rng), folder / "orders.csv")
    row = pa.array(np.arange(FIRST_ROW, FIRST_ROW + rows))
    csv.write_csv(pa.table({"row": row, "entity": parties["entity"]}), folder / "truth.csv")


def _batches(rows: int, dice: Dice) -> Iterator[pa.RecordBatch]:
    """The parties in batches, firm by firm: the values as text, and the number of the firm."""
    made: list[tuple[str | int | None, ...]] = []
    for entry, entity in _parties(rows, dice):
        made.append((*entry, entity))
        if len(made) == BATCH:
            yield _batch(made)
            made = []
    if made:
        yield _batch(made)


def _batch(made: list[tuple[str | int | None, ...]]) -> pa.RecordBatch:
    columns = zip(*made, strict=True)
    return pa.record_batch([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def _parties(rows: int, dice: Dice) -> Iterator[tuple[Entry, int | None]]:
    """So many entries, each with the number of its firm; None for placeholders."""
    rates, firms = table("rates"), Firms(dice, rows)
    clerk, placeholders = Clerk(dice, firms), table("words")["placeholders"]
    nobody = round(rows * rates["rows"]["placeholder"])
    for _ in range(nobody):
        yield (dice.pick(placeholders), *[None] * (len(COLUMNS) - 1)), None
    left = rows - nobody
    for firm in firms.draw():
        size = min(_size(dice), left)
        if size > 2 and dice.chance(rates["firms"]["branches"]):
            for _ in range(1 + dice.below(3)):
                firms.branch(firm)
        for entry in _entries(firm, size, clerk, dice):
            yield entry, firm.number
        left -= size
        if not left:
            return


def _size(dice: Dice) -> int:
    """How many rows a firm has: heavy-tailed."""
    sizes = table("rates")["sizes"]
    return min(int((1 - dice.random()) ** (-1 / sizes["exponent"])), int(sizes["largest"]))


def _entries(firm: Firm, size: int, clerk: Clerk, dice: Dice) -> Iterator[Entry]:
    """A firm's rows: fresh entries, and entries used once more in proportion to how often they were."""
    fresh, used = clerk.rates["entries"]["fresh"], [clerk.entry(firm)]
    yield used[0]
    for _ in range(size - 1):
        used.append(clerk.entry(firm) if dice.chance(fresh) else dice.pick(used))
        yield clerk.again(used[-1])


def _orders(parties: pa.Table, rng: np.random.Generator) -> pa.Table:
    """The parties as an order book: numbered, dated, with goods."""
    rows, words = parties.num_rows, table("words")
    days = START + (np.arange(rows) * DAYS // rows).astype("timedelta64[D]")
    numbers = pa.array([f"P{i:08d}" for i in range(1, rows + 1)])
    goods = pa.array(words["goods"]).take(pa.array(rng.integers(len(words["goods"]), size=rows)))
    units = pa.array(words["units"]).take(pa.array(rng.integers(len(words["units"]), size=rows)))
    before = {"Order No": numbers, "Order Date": pa.array(days)}
    after = {"Description": goods, "Quantity": pa.array(1 + rng.integers(5_000, size=rows)), "Unit": units}
    return pa.table(before | {c: parties[c] for c in COLUMNS} | after)


def main() -> None:
    """`python -m bench.parties.generate ROWS FOLDER [--seed N]`."""
    parser = argparse.ArgumentParser(description="Write a synthetic order book of messy parties, and its truth.")
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.rows, given.folder, given.seed)


if __name__ == "__main__":
    main()
