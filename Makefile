# Everything runs in .venv, which is made on first use from requirements.lock.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup extract validate facsimiles test mutants bench lint check lock
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/ready ## make the environment (done by itself on first use)

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 15) else f"Python 3.11 to 3.14 is needed, $(PYTHON) is {v.major}.{v.minor}: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

extract: setup ## PDFs in raw_pdfs/ (or the facsimiles) -> curated/<paper>/
	$(BIN)/doubletake extract

validate: setup ## check curated/ -> findings.csv, checks.csv, report.html; fails while a finding waits for a ruling
	$(BIN)/doubletake validate

facsimiles: setup ## typeset raw_pdfs/facsimiles/*.pdf anew, byte for byte
	$(BIN)/python raw_pdfs/facsimiles/typeset.py

test: setup ## the test suite
	$(BIN)/python -m pytest

mutants: setup ## alter papers one number at a time, count what the checks catch -> validations/README.md (minutes)
	$(BIN)/python -m tests.mutants

bench: setup ## time doubletake against other tools -> tests/bench/README.md (minutes; real papers with DOUBLETAKE_CORPUS)
	$(BIN)/python tests/bench/measure.py

lint: setup ## ruff and mypy
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test extract validate ## all that must pass before a push
	git diff --exit-code curated

lock: ## resolve requirements.lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate --extra dev pyproject.toml -o requirements.lock
