# Needs Python 3.11 or newer and make; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
.DEFAULT_GOAL := help
.PHONY: help demo test check lint types contracts suite coverage races kills fuzz bench docs wheel lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

.venv/.installed: pyproject.toml .ci/tools.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r .ci/tools.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/.installed ## set up the example district on SQLite and leave a report in out/
	$(BIN)/python examples/set_up_qianfeng.py --out out

test: check docs suite ## everything: lint, types, contracts, docs, and the suite on SQLite and PostgreSQL

check: lint types contracts ## lint, types, architecture contracts

lint: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.installed
	$(BIN)/mypy
	$(BIN)/pyright --warnings

contracts: .venv/.installed
	$(BIN)/lint-imports

suite: .venv/.installed
	$(BIN)/python -m pytest -n $(WORKERS)

coverage: .venv/.installed ## the suite with branch coverage, which takes half as long again
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term:skip-covered

races: .venv/.installed ## writers racing, full size
	$(BIN)/python -m tests.faults.races --size full

kills: .venv/.installed ## changes of keys and imports killed again and again, full size
	$(BIN)/python -m tests.faults.kills --size full
	$(BIN)/python -m tests.faults.import_kills --size full

fuzz: .venv/.installed ## thousands of broken files read or refused, full size
	$(BIN)/python -m tests.faults.files --size full

bench: .venv/.installed ## measure against the limits, on both databases
	$(BIN)/python -m tests.benchmarks --engine sqlite --task all
	$(BIN)/python -m tests.benchmarks --engine postgresql --task all

docs: .venv/.installed ## build the documentation into docs/_build
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html

wheel: .venv/.installed ## build the wheel into dist/
	$(BIN)/python -m build --quiet --no-isolation --wheel

lock: .venv/.installed ## write .ci/tools.txt anew
	$(BIN)/pip-compile --quiet --upgrade --no-header --no-annotate --strip-extras --allow-unsafe \
	  --extra excel --extra report --extra postgresql --extra async --extra vault --extra pinyin --extra calendar -o .ci/tools.txt .ci/tools.in pyproject.toml
	sed -i -e '/^--/d' -e '/./,$$!d' .ci/tools.txt  # versions only: where packages come from is each machine's own

clean: ## remove what was built
	rm -rf .venv out dist docs/_build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
