"""Run by test_kill: loads a file into a case and says what it is doing, until it is killed."""

from __future__ import annotations

import sys

from narrows import api
from narrows.settings import Settings

with api.open(sys.argv[1], settings=Settings(who="R. Reader", threads=2)) as case:
    case.load(sys.argv[2], progress=lambda text: print(text, flush=True))
print("loaded", flush=True)
