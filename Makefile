# Two commands for a newcomer: «make demo» and «make test». The work is in scripts/, so that it reads as Python.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help setup demo dev check test unit postgres e2e lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## install and build everything under this folder
	@$(PYTHON) -m scripts.setup

demo: ## a seeded province, running: web, worker, LiveKit, two recorders, two stand-ins
	@$(PYTHON) -m scripts.setup --quiet-when-fresh
	@.venv/bin/python -m scripts.demo

dev: ## the same for a developer: DEBUG, reload, the island rebuilt on change
	@$(PYTHON) -m scripts.setup --quiet-when-fresh --dev
	@.venv/bin/python -m scripts.demo --dev

check: ## style, types, import order, templates
	@$(PYTHON) -m scripts.setup --quiet-when-fresh --dev --no-database
	@.venv/bin/python -m scripts.check

test: ## the whole suite, with real LiveKit, real recorder and real Chromium
	@$(PYTHON) -m scripts.system
	@$(PYTHON) -m scripts.setup --quiet-when-fresh --dev --no-database
	@.venv/bin/python -m scripts.test unit e2e

unit: ## unit tests only (Python, Go, TypeScript)
	@$(PYTHON) -m scripts.setup --quiet-when-fresh --dev --no-database
	@.venv/bin/python -m scripts.test unit

postgres: ## the Python tests on PostgreSQL, started from a wheel; ARGS goes to pytest
	@$(PYTHON) -m scripts.setup --quiet-when-fresh --dev --no-database
	@.venv/bin/python -m scripts.postgres .venv/bin/python -m pytest -q -n 2 --ignore=tests/e2e $(ARGS)

e2e: ## browser tests only; ARGS goes to pytest
	@$(PYTHON) -m scripts.setup --quiet-when-fresh --dev --no-database
	@.venv/bin/python -m scripts.test e2e -- $(ARGS)

lock: ## write the lock files anew (needs the package registries)
	@$(PYTHON) -m scripts.lock $(ARGS)

clean: ## remove what setup made; the database and recordings in var/ stay
	@$(PYTHON) -m scripts.clean
