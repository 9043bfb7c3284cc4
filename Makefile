# make demo   set everything up, run the bundled example, say where the report lies
# make test   set everything up, run the whole test suite
# Both need Python 3.11 or later and make; the second time they take seconds and no network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test lint bench bench-names bench-graphs bench-statistics bench-networks clean

demo: $(VENV)/.user
	@rm -rf $(DEMO)
	@$(BIN)/narrows demo $(DEMO)

test: $(VENV)/.dev
	$(BIN)/ruff check src tests bench examples
	$(BIN)/ruff format --check src tests bench examples
	$(BIN)/mypy
	$(BIN)/narrows indicators check
	$(BIN)/pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check --fix src tests bench examples
	$(BIN)/ruff format src tests bench examples

bench: $(VENV)/.dev
	$(BIN)/python -m bench

# OFAC=FOLDER names the folder of OFAC's sdn.csv and alt.csv.
bench-names: $(VENV)/.dev
	sh bench/rivals/setup.sh
	$(BIN)/python -m bench.names $(if $(OFAC),--ofac $(OFAC))

bench-graphs: $(VENV)/.dev
	sh bench/graphs/setup.sh
	$(BIN)/python -m bench.graphs

bench-statistics: $(VENV)/.dev
	$(BIN)/python -m bench.statistics

bench-networks: $(VENV)/.dev
	$(BIN)/python -m bench.network

$(VENV)/.user: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "narrows needs Python 3.11 or later"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); \
		test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && \
		$(PYTHON) -m venv $(VENV); } || { rm -rf $(VENV); \
		echo "python3-venv is missing: on Debian, run 'apt-get install python3-venv' as root"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.user pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis
