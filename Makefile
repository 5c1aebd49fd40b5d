# Isnad's commands. `make help` lists them; docs/development.md explains them.
.DEFAULT_GOAL := help
.PHONY: help setup run test sure format messages lock bench

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
  $(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

setup:  ## Install everything, start nothing
	@$(or $(PYTHON),$(error Isnad needs Python 3.11 or newer; name it with PYTHON=/path/to/python3)) scripts/setup.py

run: setup  ## Start everything with the demo case, on http://127.0.0.1:$PORT (8000); Ctrl-C stops it all
	@exec $(BIN)/python manage.py run

test: setup  ## The whole suite, in parallel, on real engines
	$(BIN)/pytest -n auto --dist worksteal

sure: setup  ## Format, lint, types, import contracts, migrations in step, deployment check, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python scripts/check_deployment.py
	@$(MAKE) --no-print-directory test

format:  ## Put the code into its house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: setup  ## Gather the sentences to translate into locale/ar (needs GNU gettext)
	@mkdir -p locale
	$(BIN)/python manage.py makemessages --locale ar --no-obsolete --no-location --ignore node_modules --ignore var --ignore tests

lock: setup  ## Compile the requirements anew (hashed, without index addresses)
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt
	$(LOCK) requirements-tools.in -o requirements-tools.txt
	$(LOCK) requirements-node.in -o requirements-node.txt

bench: setup  ## Measure; ONLY=name measures one. Prints name, value, unit, note, separated by tabs
	@$(BIN)/python -m benchmarks $(ONLY)
