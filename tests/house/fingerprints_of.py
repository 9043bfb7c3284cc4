"""Run by test_rebuild: makes a case of the bundled example in a process of its own and prints its fingerprints."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from narrows import api
from narrows.casefile.verify import fingerprints
from narrows.settings import Settings

folder, threads, order = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
with (
    api.new(folder, settings=Settings(who="R. Reader", epoch=1_750_000_000, threads=threads)) as case,
    api.example_files() as files,
):
    case.run(*(reversed(files) if order == "reversed" else files), title="The same")
    print(json.dumps(fingerprints(case._store.engine)))
