# Every verb sets up what it needs in .venv, from requirements.txt only.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

PYTHON ?= python3
PORT ?= 8000
PAGE ?=
CHAPTER ?=
VENV := .venv
RUN := $(VENV)/bin/python
PRESS := $(RUN) -m press
READY := $(VENV)/.ready
WORDS := docs snippets src tests README.md CONTRIBUTING.md CHANGELOG.md Makefile

export PYTHONDONTWRITEBYTECODE := 1
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve build test test-browser bless figures format check bench new lock clean

help:  ## Say what the verbs do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

serve: $(READY)  ## Show the book on loopback, and build again what changes (PORT=8000)
	@$(PRESS) serve --port $(PORT)

build: $(READY)  ## Build the site into site/, strictly
	@$(PRESS) build

test: $(READY)  ## Test the library and the press, run every page (PAGE=part/chapter for one)
ifeq ($(PAGE),)
	@$(RUN) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/browser
else
	@$(RUN) -m pytest -q docs/$(PAGE).md
endif

test-browser: $(READY)  ## Test the built site in Chromium
	@$(RUN) -m pytest -q -n 2 --dist loadfile tests/browser

bless: $(READY)  ## Write outputs and numbers into a page (PAGE=part/chapter); review the diff
	@$(PRESS) bless $(PAGE)

figures: $(READY)  ## Draw the figures that changed
	@$(PRESS) figures

format: $(READY)  ## Format code
	@$(RUN) -m ruff check --fix-only --quiet src tests snippets
	@$(RUN) -m ruff format src tests snippets

check: $(READY)  ## Lint code and pages, types, spelling, workflow, strict build
	@$(RUN) -m ruff check src tests snippets
	@$(RUN) -m ruff format --check src tests snippets
	@$(RUN) -m mypy
	@$(RUN) -m codespell_lib $(WORDS) --skip 'docs/generated,*.woff2'
	@$(PRESS) lint
	@$(VENV)/bin/zizmor --offline --quiet .github/workflows
	@$(PRESS) build

bench: $(READY)  ## Measure what the book promises, as ratios in one run
	@$(PRESS) bench

new: $(READY)  ## Write the skeleton of a chapter (CHAPTER=part/slug)
	@$(PRESS) new $(CHAPTER)

lock: $(READY)  ## Lock the newest versions that fit, with hashes and without an index
	@$(RUN) -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --upgrade --quiet \
	  --group book --group test --group lock pyproject.toml -o requirements.txt

clean:  ## Remove what was built, and the environment
	rm -rf $(VENV) .press site docs/generated .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with PYTHON=python3.12"; exit 1; }
	@echo "setting up .venv from requirements.txt (once)"
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt \
	  || { echo "The packages of requirements.txt could not be installed: the first run needs the network, later ones do not."; exit 1; }
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
