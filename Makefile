# Two commands matter: `make run` and `make test`. Everything is installed into .venv.

PYTHON ?= python3
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --quiet
SOURCES ?=
PORT ?= 8080
EXTRAS ?=

WEB := src/variorum/web
# How strings are marked: with a context, in two forms, or for later.
MARKS := -k NP_:1c,2 -k NN_:1,2 -k many:2,3 -k pgettext:1c,2

.PHONY: run test setup lint types bench lock clean browser tools test-spark messages

run: setup
	@$(BIN)/variorum up --port $(PORT) $(SOURCES) || [ $$? -eq 130 ]

# EXTRAS=all: with every optional part.
setup: .venv/.runtime $(if $(EXTRAS),.venv/.extras)

test: .venv/.dev browser tools
	$(BIN)/pytest -n 2 --dist loadfile

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/.dev
	$(BIN)/mypy

bench: .venv/.dev
	$(BIN)/python bench/all.py

# Debian's Chromium for the browser tests, where there is none and it can be had.
browser: .venv/.dev
	@$(BIN)/python tests/browser_setup.py

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Variorum needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements/runtime.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.extras: .venv/.runtime requirements/extras.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/extras.txt
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Programs of others that tests run for real, and texts that broke other programs, where they can be had.
tools: .venv/.dev
	@$(BIN)/python tests/tools_setup.py pywb schemathesis moto
	@$(BIN)/python tests/naughty_setup.py

# A Spark master and two workers on this machine, one of them killed (Java 17; 500 MB are installed).
test-spark: .venv/.dev
	@$(BIN)/python tests/tools_setup.py spark
	PYTHONPATH=$$(echo artefacts/spark/lib/python3*/site-packages) $(BIN)/pytest tests/corpus/test_corpus_spark.py

# The lock names versions and hashes only, no registry.
lock: .venv/.dev
	$(LOCK) requirements/runtime.in -o requirements/runtime.txt
	$(LOCK) requirements/runtime.in requirements/extras.in -o requirements/extras.txt
	$(LOCK) requirements/runtime.in requirements/extras.in requirements/dev.in -o requirements/dev.txt

# The strings of the pages, gathered into every catalogue; what is new is left to translate.
messages: .venv/.dev
	cd $(WEB) && $(CURDIR)/$(BIN)/pybabel -q extract -F locale/babel.cfg $(MARKS) --no-location --project Variorum --version pages \
		--sort-output -o $(CURDIR)/.venv/variorum.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--width 100 -D variorum -i .venv/variorum.pot -d $(WEB)/locale

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
