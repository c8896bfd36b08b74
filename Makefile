# Two commands matter: `make run` and `make test`. Both make what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A worker for each core, with databases of its own; the journeys in Chromium need the cores for themselves.
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

.DEFAULT_GOAL := help

.PHONY: help
help:  ## Show the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The stamps hold which lock a venv was made from: a changed lock installs again, an unchanged one costs nothing.
# --no-deps: the lock names everything, and pip would look past it for the newest release of what is asked for with an extra.
$(VENV)/.run: requirements/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

.PHONY: run
run: $(VENV)/.run  ## Serve the exams on http://127.0.0.1:8000
	@$(BIN)/python -m simulator.cli serve

.PHONY: test
test: $(VENV)/.dev  ## Run all tests: rules, both databases, real Chromium
	$(BIN)/python -m tests.e2e.browser
	$(PYTEST) --ignore tests/e2e
	$(BIN)/python -m pytest tests/e2e

.PHONY: test-fast
test-fast: $(VENV)/.dev  ## Run the tests of the rules and of the pack reader, under a minute
	$(PYTEST) tests/exam tests/packs

.PHONY: test-pages
test-pages: $(VENV)/.dev  ## Run the tests of store, operations and pages, on both databases
	$(PYTEST) tests/store tests/operations tests/web

.PHONY: e2e
e2e: $(VENV)/.dev  ## Run only the browser journeys
	$(BIN)/python -m tests.e2e.browser
	$(BIN)/python -m pytest tests/e2e

.PHONY: coverage
coverage: $(VENV)/.dev  ## Hold the rules and the pack reader to full coverage
	$(PYTEST) tests/exam tests/packs --cov=simulator.exam --cov=simulator.packs --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

.PHONY: check
check: $(VENV)/.dev  ## Lint, types, layers, packs, locks in step with pyproject.toml
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/simulator packs lint --strict questions/aws-mla-c01 questions/aws-mls-c01 questions/google-pmle
	$(BIN)/python requirements/in_step.py

.PHONY: bench
bench: $(VENV)/.dev  ## Measure saves, pages, starts and submissions against a bare endpoint
	$(BIN)/python -m bench

.PHONY: validate
validate: $(VENV)/.dev  ## Simulate candidates: readiness, quick check, item statistics, reviews
	$(BIN)/python bench/readiness.py
	$(BIN)/python bench/quick_check.py
	$(BIN)/python bench/item_statistics.py
	$(BIN)/python -m bench.reviewing

.PHONY: wheel
wheel: $(VENV)/.dev  ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

.PHONY: docs
docs: $(VENV)/.dev  ## Check the docs against the code
	$(PYTEST) tests/test_docs.py

.PHONY: lock
lock: $(VENV)/.dev  ## Write the locks again from pyproject.toml, keeping versions that still fit
	$(LOCK) pyproject.toml --output-file requirements/run.txt
	$(LOCK) pyproject.toml --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt
