# Evenwicht. `make help` says what can be asked for.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

API_LOCK := services/api/requirements.txt
ALLOCATOR_LOCK := services/allocator/requirements.txt
TEST_LOCK := tests/requirements.txt
OPENAPI := services/api/openapi.json

# Wheels only, each with a known hash: nothing is built and nothing unknown is run.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check
LOCKED := $(INSTALL) --require-hashes --only-binary :all:
OURSELVES := $(INSTALL) --no-deps --no-build-isolation --editable .
# Where Python may not keep what it compiles, every command would compile all of us anew.
COMPILED := $(BIN)/python -m compileall -q services shared
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help demo run test test-long check coverage lock migrate openapi bench load races clean
.NOTPARALLEL:

help: ## Say what can be asked for
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/installed ## Ask for a proposal for the sample region, show it, and stop
	@$(BIN)/evenwicht demo

run: $(VENV)/installed ## Serve the sample region until Ctrl-C
	@$(BIN)/evenwicht run

test: $(VENV)/installed-for-tests ## Run all tests
	@$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile

test-long: $(VENV)/installed-for-tests ## Run all tests, with many more random problems
	@EVENWICHT_LONG=1 $(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile

check: $(VENV)/installed-for-tests ## Check layout, types, imports, locks and the published interface
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m services.api.openapi $(VENV)/openapi.json
	@cmp --quiet $(VENV)/openapi.json $(OPENAPI) || { \
		echo "$(OPENAPI) is not that of the code: run make openapi"; exit 1; }
	@$(BIN)/pytest --quiet tests/architecture

coverage: $(VENV)/installed-for-tests ## Run all tests and say which branches none of them takes
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

lock: $(VENV)/installed-for-tests ## Choose versions anew and write them down with their hashes
	@$(COMPILE) --upgrade --extra dev --output-file $(TEST_LOCK)
	@$(COMPILE) --extra api --extra install --constraint $(TEST_LOCK) --output-file $(API_LOCK)
	@$(COMPILE) --extra allocator --extra install --constraint $(TEST_LOCK) \
		--output-file $(ALLOCATOR_LOCK)

migrate: $(VENV)/installed ## Bring the database of DATABASE_URL up to date
	@$(BIN)/evenwicht migrate

openapi: $(VENV)/installed ## Write the published interface anew
	@$(BIN)/python -m services.api.openapi $(OPENAPI)

# For example: make bench BENCH="--only mra-1 what-if --runs 9"
bench: $(VENV)/installed-for-tests ## Measure how long the engine takes, and how long others take
	@$(BIN)/python -m tests.bench $(BENCH)

# For example: make load LOAD="--seconds 5 --sqlite"
load: $(VENV)/installed-for-tests ## Measure how many list pages a second the API serves
	@$(BIN)/python -m tests.load $(LOAD)

races: $(VENV)/installed-for-tests ## Run the races in full: adoptions, duplicates, lost updates
	@EVENWICHT_LONG=1 $(BIN)/pytest --durations=0 tests/api/races

clean: ## Throw away what was installed and what programs kept
	@rm -rf $(VENV) .evenwicht .coverage .coverage.* .hypothesis .*_cache *.egg-info build

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Evenwicht needs Python 3.11 or newer, and $(PYTHON) is not. On Debian: apt install python3"; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make a virtual environment. On Debian: apt install python3-venv"; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The files `installed…` remember what was installed: a second run installs nothing.
$(VENV)/installed: pyproject.toml $(API_LOCK) $(ALLOCATOR_LOCK) | $(BIN)/python
	@echo "Installing into $(VENV) ..."
	@$(LOCKED) --requirement $(API_LOCK) --requirement $(ALLOCATOR_LOCK)
	@$(OURSELVES)
	@$(COMPILED)
	@touch $@

$(VENV)/installed-for-tests: pyproject.toml $(TEST_LOCK) | $(BIN)/python
	@echo "Installing into $(VENV) ..."
	@$(LOCKED) --requirement $(TEST_LOCK)
	@$(OURSELVES)
	@$(COMPILED)
	@touch $@ $(VENV)/installed
