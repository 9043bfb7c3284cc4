#!/bin/sh
# Makes .venv-graphs at the root of the project: the libraries that the graph work is compared with. igraph is GPL, and
# is nowhere but there.
set -eu
cd "$(dirname "$0")/../.."
test -x .venv-graphs/bin/python || "${PYTHON:-python3}" -m venv .venv-graphs
.venv-graphs/bin/python -m pip install --quiet --disable-pip-version-check -r bench/graphs/requirements.txt
.venv-graphs/bin/python -c 'import igraph, networkx; print("networkx and igraph stand in .venv-graphs")'
