import sys
from pathlib import Path

# `bench` is not installed with the package; it lies beside it.
sys.path.insert(0, str(Path(__file__).parents[2]))
