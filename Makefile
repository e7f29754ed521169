# Everything runs in .venv, which the first use makes from requirements.lock.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup extract validate review facsimiles test corpus-test mutants bench lint check lock
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/ready ## make the environment in .venv (the other targets do so on first use)

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 15) else f"expected Python 3.11 to 3.14, but $(PYTHON) is {v.major}.{v.minor}; choose another with make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

extract: setup ## read the PDFs in raw_pdfs/ (or the facsimiles), publish them in curated/
	$(BIN)/doubletake extract

validate: setup ## check curated/, write findings, reports and curated/analysis/; fails while a finding needs a ruling
	status=0; $(BIN)/doubletake validate || status=$$?; \
	if [ $$status -le 1 ]; then $(BIN)/doubletake analysis || exit $$?; fi; exit $$status

review: setup ## rule on the findings of all papers in the browser
	$(BIN)/doubletake review

facsimiles: setup ## rebuild raw_pdfs/facsimiles/*.pdf, byte for byte
	$(BIN)/python raw_pdfs/facsimiles/typeset.py

test: setup ## run the test suite
	$(BIN)/python -m pytest

corpus-test: setup ## run the long tests and those over the corpus of DOUBLETAKE_CORPUS; SAMPLE="NAME or NAME" runs a part
	$(BIN)/python -m pytest -m corpus $(if $(SAMPLE),-k "$(SAMPLE)")

mutants: setup ## measure what the checks catch, for validations/README.md (takes minutes)
	$(BIN)/python -m tests.mutants

bench: setup ## time doubletake and other tools, for tests/bench/README.md (minutes; real papers if DOUBLETAKE_CORPUS is set)
	$(BIN)/python tests/bench/measure.py

lint: setup ## run ruff and mypy
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test extract validate ## run everything that must pass before a push
	git diff --exit-code curated

lock: ## write requirements.lock again, with the hashes of all packages (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes --extra dev pyproject.toml -o requirements.lock
