# Mødesteder. `make help` lists what there is; `make run` and `make test` set up whatever is missing by themselves.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PORT ?= 8000
DEMO ?= 1
ifeq ($(DEMO),0)
DATA_DIR ?= var/data
else
DATA_DIR ?= var/demo
endif
export PORT DEMO DATA_DIR

VENV    := .venv/.stamp-run
VENVDEV := .venv/.stamp-dev
NODE    := node_modules/.stamp
APP     := pwa/dist/build.json
APP_FROM := $(shell find pwa sync/phone tiles/style -type f -not -path 'pwa/dist/*' 2>/dev/null) package-lock.json

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(APP) ## set up, load the demo into an empty DATA_DIR, serve on http://localhost:$PORT (DEMO=0: your own data)
	@exec python -m server run

setup: $(APP) $(VENVDEV) ## everything that `run` and `test` need, without running anything

test: setup ## everything: lint, types, unit, property, simulator, kills, fuzz, browsers
	@deploy/setup.sh browser
	@deploy/setup.sh front
	@$(MAKE) --no-print-directory check
	@python -m pytest -q tests
	@npx --no-install vitest run --config tests/browser/vitest.config.ts
	@echo "make test: all of it passed"

check: $(NODE) $(VENVDEV) ## the fast part: lint, types, phone's unit tests
	@ruff check . && ruff format --check .
	@mypy
	@npx --no-install tsc -b
	@npx --no-install biome check --error-on-warnings .
	@npx --no-install vitest run --config pwa/vite.config.ts

simulate: $(NODE) $(VENVDEV) ## phones against a server that is cut, killed and put back, until it is stopped (SEEDS=n, SEED=n for one)
	@node tests/simulator/main.ts $(if $(SEED),--seed $(SEED)) $(if $(SEEDS),--seeds $(SEEDS))

kills: setup ## the server killed at every statement of every write path, under load, and while reminders go out: prints the tables
	@python -m tests.server.kill
	@python -m tests.server.push.kill

trouble: setup ## phones in trouble, in every browser that is here: prints the table
	@deploy/setup.sh browser
	@node tests/browser/trouble/table.ts

fuzz: setup ## random requests against a server, until it is stopped
	@python -m tests.fuzz

cures: setup ## each cure taken out in a copy of the tree, its test must fail: prints the table (ONLY=room)
	@deploy/setup.sh front
	@python -m tests.cures $(if $(ONLY),--only $(ONLY))

bench: setup ## the figures of README's table (ONLY=id,id for some)
	@deploy/setup.sh browser
	@python -m bench $(if $(ONLY),--only $(ONLY))

types: $(VENV) ## write what is made from the code: TypeScript types, openapi.json, tables in documents
	@python -m server types

shots: setup ## the screenshots in README, by a script
	@deploy/setup.sh browser
	@node docs/shots.ts

lock: ## renew requirements*.txt and package-lock.json (hashes, no addresses)
	@deploy/lock.sh

clean: ## forget what was built (never what was entered: var/ stays)
	@rm -rf .venv node_modules pwa/dist .tsbuild

$(VENV): requirements.txt deploy/setup.sh
	@deploy/setup.sh python requirements.txt
	@touch $@

$(VENVDEV): requirements-dev.txt $(VENV)
	@deploy/setup.sh python requirements-dev.txt
	@touch $@

$(NODE): package.json package-lock.json $(VENV)
	@echo "Node's packages (package-lock.json) …"
	@npm ci --silent --no-fund --no-audit 2>&1 | grep -v '^npm warn Unknown' || true
	@test -d node_modules/vite && touch $@

$(APP): $(NODE) $(APP_FROM)
	@echo "Building the phone app …"
	@npm run --silent build

.PHONY: help run setup test check simulate kills trouble fuzz cures bench types shots lock clean
