# Everything runs in .venv, made with PYTHON (3.11 or later) and pip; a target installs what it needs.
#
#   make demo    install, build the sample articles into output/, say where the graph, the page and a first query are
#   make test    install with what the tests need, run them
#   make lint    ruff          make types   mypy          make layers   import-linter
#   make ontology   write what follows from ontology/predicates.yaml
#   make check   all of these, the tests with coverage  make clean   remove the virtual environment and the caches

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable

.PHONY: demo test coverage lint types layers check ontology clean

demo: $(VENV)/installed
	$(BIN)/kg demo --output output

test: $(VENV)/installed-test
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/installed-dev
	$(BIN)/mypy

layers: $(VENV)/installed-dev
	$(BIN)/lint-imports --no-cache

check: coverage lint types layers

coverage: $(VENV)/installed-test
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

ontology: $(VENV)/installed
	$(BIN)/python scripts/ontology.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(INSTALL) .
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(BIN)/python
	$(INSTALL) '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	$(INSTALL) '.[dev]'
	@touch $@ $(VENV)/installed-test $(VENV)/installed
