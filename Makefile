# Every verb sets up what it needs in .venv, from requirements.txt only;
# test-lowest does in .venv-lowest, from requirements-lowest.txt, and
# test-frameworks in .venv-frameworks, from requirements-frameworks.txt.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

PYTHON ?= python3
PORT ?= 8000
PAGE ?=
ALL ?=
CHAPTER ?=
KERNEL ?=
THREADS ?=
SEED ?=
SAMPLE ?=
COMMIT ?=
TAG ?=
VENV := .venv
LOWEST := .venv-lowest
WHEEL := .press/wheel
FRAMEWORKS := .venv-frameworks
RUN := $(VENV)/bin/python
PRESS := $(RUN) -m press
READY := $(VENV)/.ready
LIBRARY := $(filter-out %/book %/browser %/foreign %/frameworks %/press %/conftest.py %/__pycache__,$(wildcard tests/*))
WORDS := docs snippets src tests README.md CONTRIBUTING.md CHANGELOG.md Makefile

export PYTHONDONTWRITEBYTECODE := 1
export NO_MKDOCS_2_WARNING := 1
# Two workers share the processor: a thread of BLAS that waits would spin on
# the core of the other. test-portable chooses for itself.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help serve build pdf epub test test-portable test-lowest test-frameworks test-wheel test-browser mutate bless numbers figures format check check-code check-pages bench new dist dist-press lock clean

help:  ## Say what the verbs do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

serve: $(READY)  ## Show the book on loopback, and build again what changes (PORT=8000)
	@$(PRESS) serve --port $(PORT)

build: $(READY)  ## Build the site into site/, strictly
	@$(PRESS) build

pdf: $(READY)  ## Print the built site as one PDF, in dist/ (needs Chromium)
	@$(PRESS) pdf

epub: $(READY)  ## Pack the built site as one EPUB, in dist/
	@$(PRESS) epub

test: $(READY)  ## Test library, press and pages that an edit reaches (ALL=1 for all, PAGE=part/chapter for one)
ifeq ($(PAGE),)
	@$(RUN) -m pytest -q -p press.changed $(if $(ALL),--prove-all) -n 2 --dist loadfile \
	  --no-loadscope-reorder --ignore tests/browser \
	  --ignore tests/foreign/test_in_browser.py --ignore tests/frameworks
else
	@$(RUN) -m pytest -q docs/$(PAGE).md
endif

test-portable: $(READY)  ## Test library and pages as other processors would (KERNEL=, THREADS=, SEED=)
	@$(PRESS) portable $(KERNEL:%=--kernel %) $(THREADS:%=--threads %) \
	  $(SEED:%=--seed %) $(COMMIT:%=--commit %) $(LIBRARY) docs

test-lowest: $(LOWEST)/.ready  ## Test the library with the oldest NumPy and SciPy that it allows
	@PYTHONPATH=src $(LOWEST)/bin/python -m pytest -q -n 2 --dist loadfile \
	  -o addopts='--import-mode=importlib -p no:randomly' $(LIBRARY)

test-frameworks: $(FRAMEWORKS)/.ready  ## Run what pages say about PyTorch, Keras and TensorFlow
	@PYTHONPATH=src KERAS_BACKEND=jax TF_CPP_MIN_LOG_LEVEL=2 \
	  $(FRAMEWORKS)/bin/python -m pytest -q \
	  -o addopts='--import-mode=importlib -p no:randomly' tests/frameworks

test-wheel: $(READY) $(LOWEST)/.ready  ## Test the library as the wheel in dist/, with the oldest NumPy and SciPy and the newest of the lock
	@rm -rf $(WHEEL) && $(RUN) -m zipfile -e dist/*.whl $(WHEEL)
	@set -e; for python in $(LOWEST) $(VENV); do \
	  echo "in $$python"; export PYTHONPATH=$(WHEEL); \
	  $$python/bin/python -c 'import derivable; assert "$(WHEEL)" in derivable.__file__, derivable.__file__'; \
	  $$python/bin/python -m pytest -q -n 2 --dist loadfile \
	    -o addopts='--import-mode=importlib -p no:randomly' $(LIBRARY); done

test-browser: $(READY)  ## Test the built site in Chromium
	@$(RUN) -m pytest -q -n 2 --dist loadgroup --no-loadscope-reorder tests/browser tests/foreign/test_in_browser.py

mutate: $(READY)  ## Edit carelessly and report what nothing refuses (PAGE=part/chapter, SAMPLE=, SEED=)
	@$(PRESS) mutate $(PAGE) $(SAMPLE:%=--sample %) $(SEED:%=--seed %)

bless: $(READY)  ## Write outputs and numbers into a page (PAGE=part/chapter); review the diff
	@$(PRESS) bless $(PAGE)

numbers: $(READY)  ## List numbers typed by hand, with what they may be (PAGE=part/chapter)
	@$(PRESS) numbers $(PAGE)

figures: $(READY)  ## Draw the figures that changed
	@$(PRESS) figures

format: $(READY)  ## Format code
	@$(RUN) -m ruff check --fix-only --quiet src tests snippets docs/projects
	@$(RUN) -m ruff format src tests snippets docs/projects

check: $(READY)  ## Lint code and pages, types, spelling, workflow, strict build
	@$(MAKE) --no-print-directory -j 2 --output-sync=target check-code check-pages

check-code:
	@$(RUN) -m ruff check src tests snippets docs/projects
	@$(RUN) -m ruff format --check src tests snippets docs/projects
	@$(RUN) -m codespell_lib $(WORDS) --skip 'docs/generated,*.woff2'
	@$(VENV)/bin/zizmor --offline --quiet .github/workflows
	@$(RUN) -m mypy

check-pages:
	@$(PRESS) lint
	@$(PRESS) build

bench: $(READY)  ## Measure what the book promises, as ratios in one run
	@$(PRESS) bench

new: $(READY)  ## Write the skeleton of a chapter (CHAPTER=part/slug)
	@$(PRESS) new $(CHAPTER)

dist: $(READY)  ## Build the library's sdist and wheel into dist/ (TAG=v0.1.0 if it may be released)
	@$(PRESS) release $(TAG)

dist-press: $(READY)  ## Build the press as a distribution of its own into dist/press/
	@$(PRESS) release --project src/press

lock: $(READY)  ## Lock the newest versions that fit, with hashes and without an index
	@$(RUN) -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --upgrade --quiet \
	  --group book --group test --group lock pyproject.toml -o requirements.txt
	@mkdir -p .press
	@$(RUN) -m uv pip compile --python-version 3.11 --resolution lowest-direct --quiet \
	  --no-header --no-annotate pyproject.toml -o .press/lowest.txt
	@$(RUN) -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --upgrade --quiet \
	  --constraint .press/lowest.txt --group library pyproject.toml -o requirements-lowest.txt
	@$(RUN) -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --upgrade --quiet \
	  --index-strategy unsafe-best-match $(PIP_FIND_LINKS:%=--find-links %) $(PIP_EXTRA_INDEX_URL:%=--extra-index-url %) \
	  --constraint requirements.txt --group frameworks pyproject.toml -o requirements-frameworks.txt

clean:  ## Remove what was built, and the environment
	rm -rf $(VENV) .venv-* .press site docs/generated .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with PYTHON=python3.12"; exit 1; }
	@echo "setting up $(VENV) from requirements.txt (once)"
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt \
	  || { echo "The packages of requirements.txt could not be installed: the first run needs the network, later ones do not."; exit 1; }
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(LOWEST)/.ready: requirements-lowest.txt
	@echo "setting up $(LOWEST) from requirements-lowest.txt (once)"
	@test -x $(LOWEST)/bin/python || $(PYTHON) -m venv $(LOWEST)
	@$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-lowest.txt \
	  || { echo "The packages of requirements-lowest.txt could not be installed: it holds wheels for Python 3.11 and 3.12."; exit 1; }
	@touch $@

$(FRAMEWORKS)/.ready: requirements-frameworks.txt
	@echo "setting up $(FRAMEWORKS) from requirements-frameworks.txt (once)"
	@test -x $(FRAMEWORKS)/bin/python || $(PYTHON) -m venv $(FRAMEWORKS)
	@$(FRAMEWORKS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-frameworks.txt \
	  || { echo "The packages of requirements-frameworks.txt could not be installed: it is written for Python 3.11 on Linux (x86-64) and on Macs (arm64)."; \
	       echo "PyTorch for Linux without a graphics card's libraries is not on PyPI: set PIP_EXTRA_INDEX_URL to the CPU index that PyTorch's installation page names."; exit 1; }
	@touch $@
