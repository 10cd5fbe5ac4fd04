# An Sinh. `make help` lists every task.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export PYTHONDONTWRITEBYTECODE := 1

# uv is taken from the machine, or fetched once into .uv/
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --frozen --no-sync
EXTRAS := --extra office $(shell command -v java >/dev/null 2>&1 && echo --extra spark)
SIZE ?= small
SEED ?= 20260701
PORT ?= 8000

.PHONY: help setup browser demo test drill check bench docs mutants fmt clean

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.uv/bin/uv:
	python3 -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv

setup: $(if $(filter .uv/bin/uv,$(UV)),.uv/bin/uv) ## install everything from the lock file
	@$(UV) sync --frozen --quiet $(EXTRAS)

browser: ## find Chromium, or install it where that is possible
	@$(RUN) python -m ansinh.config.browser

demo: setup ## build the demo province, run six months, serve it (SIZE=small|province FRESH=1 PORT=8000)
	@$(RUN) ansinh demo --size $(SIZE) --seed $(SEED) --port $(PORT) $(if $(FRESH),--fresh)

test: setup browser ## every test
	@$(RUN) pytest -n 2 --dist loadgroup

drill: setup browser ## the tests that take minutes: a demonstration built anew, a record of before two roles
	@$(RUN) pytest -n 0 -m drill

check: setup ## lint, types, import contracts, doors, tables, circles, law book, migrations
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) python -m tests.contracts.doors
	$(RUN) python -m tests.contracts.tables
	$(RUN) python -m tests.contracts.circles
	$(RUN) ansinh law check
	$(RUN) djlint src/ansinh --lint --quiet
	$(RUN) ansinh manage makemigrations --check --dry-run

bench: setup ## measure, as ratios in one run, and how the month grows (QUICK=1: small, in minutes)
	$(RUN) python -m bench $(if $(QUICK),--quick,--growth)

mutants: setup ## change the law a little at a time: does a case notice? (SECONDS=600 SEED=1 ONLY=sickness)
	@$(RUN) python -m tests.mutants --seconds $(or $(SECONDS),600) --seed $(if $(filter command line environment,$(origin SEED)),$(SEED),1) --only "$(ONLY)"

docs: setup ## the overview of the law, and a page for each clause in docs/law/pages
	@$(RUN) ansinh law docs --pages docs/law/pages

fmt: setup ## format the code
	$(RUN) ruff check --fix --quiet . ; $(RUN) ruff format .

clean: ## drop the embedded database and everything generated
	rm -rf var
