# Two commands matter: `make demo` and `make test`. Both set up .venv from the lock first.
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.set-up
BIN := $(VENV)/bin

.PHONY: setup demo docs test lint types check kill sbom smoke lock clean

setup: $(STAMP)

# The lock's own pip comes first: which one Python brings differs.
$(STAMP): requirements.lock pip.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "stemma needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r pip.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: setup
	@$(BIN)/python bench/demo.py

# Writes docs/tables.md anew, and the site into site/.
docs: setup
	$(BIN)/python bench/docs_site.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

test: setup
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadscope

# Mutated pages, as many as N says, and 500 damaged stores: nothing may go through, hang, or vanish.
N ?= 50000
fuzz: setup
	FUZZ_PAGES=$(N) FUZZ_STORES=500 $(BIN)/python -m pytest tests/test_fuzz.py tests/test_fuzz_stores.py --numprocesses=auto -q

lint: setup
	$(BIN)/ruff check src tests bench
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy

check: lint types test

# 200 SIGKILLs and 50 full disks, with their counts (docs/reliability.md); the tests run a short form.
kill: setup
	$(BIN)/python bench/kills.py
	$(BIN)/python bench/kills_corpus.py

# What is installed and under which licences, as CycloneDX: build/sbom.json.
sbom: setup
	mkdir -p build
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --mc-type library --output-reproducible -o build/sbom.json $(BIN)/python

# Builds what users install and tries it in a bare venv, without the lock; it needs an index.
smoke: setup
	.ci/smoke

# Writes the lock anew from pyproject.toml; run it after a change of dependencies.
lock:
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-header -o requirements.lock
	echo pip | .venv-lock/bin/uv pip compile - --quiet --universal --python-version 3.11 --generate-hashes --no-header -o pip.lock
	rm -rf .venv-lock

clean:
	rm -rf $(VENV) build dist site
