# The two commands that matter: `make run` and `make test`. Everything they need they get themselves.
# Steps that are done leave a stamp in .make/; a second `make run` only starts the server.

SHELL := /bin/sh
PYTHON ?= $(shell tools/find_python.sh)
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .make
PAGE := mulakat/server/page/index.html
NPM := tools/npm.sh
WEB := $(shell find web/src web/public web/schema -type f 2>/dev/null) web/index.html web/vite.config.ts web/package.json

export PIP_DISABLE_PIP_VERSION_CHECK = 1

LAB := .venv-lab
TORCH := torch==2.13.0

.PHONY: lab-test lab-smoke lab-bench lab-setup
.PHONY: run setup test check unit browser-tests bench bench-quality bench-knowledge bench-mind bench-avatar types avatars avatars-verify avatar-pictures format clean help

run: setup ## prepare what is missing, start the server and open the page
	@exec $(BIN)/mulakat serve

setup: $(STAMPS)/core $(STAMPS)/models $(PAGE) ## environment, models and page; starts nothing

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Mülakat needs Python 3.11 or newer. Install it, or name it: make run PYTHON=/path/to/python3"; exit 1; }
	@echo "Making the environment with $(PYTHON) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "The environment could not be made. On Debian and Ubuntu: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(STAMPS)/core: $(BIN)/python pyproject.toml
	@echo "Installing Mülakat ..."
	@$(BIN)/python -m pip install --quiet --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/models: $(STAMPS)/core mulakat/catalogue/models.toml
	@echo "Fetching and checking the embedded models ..."
	@$(BIN)/mulakat models fetch
	@touch $@

$(STAMPS)/node: web/package.json web/package-lock.json tools/npm.sh
	@echo "Installing what builds the page ..."
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(STAMPS) && touch $@

$(PAGE): $(BIN)/python $(STAMPS)/node $(WEB)
	@echo "Building the page ..."
	@$(NPM) run --silent build
	@touch $@

$(STAMPS)/dev: $(STAMPS)/core
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --editable '.[dev,postgres,piper,kokoro]'
	@mkdir -p $(STAMPS) && touch $@

test: setup $(STAMPS)/dev check ## everything: checks, unit tests, real model and voice, database, browser
	@tools/test.sh

check: $(STAMPS)/dev $(STAMPS)/node ## style, types, import contracts, page checks, packs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mulakat packs lint
	$(NPM) run --silent check
	$(NPM) run --silent test
	tools/types_fresh.sh

unit: $(STAMPS)/dev ## fast tests only: no model, no browser
	$(BIN)/pytest -m "not models and not browser and not postgres"

bench: setup $(STAMPS)/dev ## measure latency, load, size and the PDF; prints the tables
	@$(BIN)/python -m benchmarks.all

bench-quality: setup ## the interviewer's quality on all scenarios, base model and adapter
	@$(BIN)/mulakat demo --all-scenarios

bench-knowledge: setup $(STAMPS)/dev ## reading CVs, finding in a handbook, indexing, preparation; prints the tables
	@$(BIN)/python -m benchmarks.knowledge

bench-mind: $(STAMPS)/dev ## the weighing: gold answers, heads, fairness, injection; prints the tables
	@$(BIN)/python -m benchmarks.mind

bench-avatar: setup $(STAMPS)/dev ## the face: lip timing, closures, cost and weight, in a real Chromium
	@$(BIN)/python -m benchmarks.avatar

$(STAMPS)/lab: $(STAMPS)/core pyproject.toml
	@echo "Making the laboratory's environment (.venv-lab) ..."
	@test -x $(LAB)/bin/python || $(PYTHON) -m venv $(LAB)
	@$(LAB)/bin/python -m pip install --quiet $(TORCH) || { echo "torch could not be installed. Take the build for your machine: https://pytorch.org/get-started"; exit 1; }
	@$(LAB)/bin/python -m pip install --quiet --editable '.[lab,dev]'
	@touch $@

lab-setup: $(STAMPS)/lab ## the laboratory's environment, .venv-lab (another torch: make lab-setup TORCH=...)

lab-test: $(STAMPS)/lab $(STAMPS)/models ## tests of the laboratory, on tiny models
	@$(LAB)/bin/python -m pytest tests/lab

lab-smoke: $(STAMPS)/lab $(STAMPS)/models ## the laboratory's whole story: data, 20 steps, curves, publish, serve
	@$(LAB)/bin/python tools/lab_smoke.py

lab-bench: $(STAMPS)/lab $(STAMPS)/models ## training speed: our preset against stock TRL
	@$(LAB)/bin/python -m benchmarks.lab_throughput

types: $(STAMPS)/core $(STAMPS)/node ## generate the page's types from the server
	$(BIN)/python -m mulakat.server.export_schema web/schema/openapi.json
	$(NPM) run --silent types

avatars: $(STAMPS)/core ## build the interviewers' faces anew, their portraits and contact sheets
	$(BIN)/python -m pip install --quiet --editable '.[avatar]'
	$(BIN)/python -m tools.avatar build --out web/public/avatars
	$(BIN)/python -m tools.avatar portraits
	$(BIN)/python -m tools.avatar preview

avatars-verify: $(STAMPS)/core ## build the faces again, elsewhere, and compare every byte
	$(BIN)/python -m pip install --quiet --editable '.[avatar]'
	$(BIN)/python -m tools.avatar verify

avatar-pictures: setup $(STAMPS)/dev ## every interviewer in every mood and shape, and the room at three widths: out/pictures
	$(BIN)/python -m pip install --quiet --editable '.[avatar]'
	$(BIN)/python -m tools.avatar_screenshots out/pictures

format: $(STAMPS)/dev $(STAMPS)/node
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run --silent format

clean: ## remove what was built; interviews and models stay
	rm -rf $(VENV) $(STAMPS) web/node_modules mulakat/server/page

help:
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 16
