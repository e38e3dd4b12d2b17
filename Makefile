# Marquee's commands. All that they need beside Python and make, they install into .venv themselves.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# Of each operation: how many calls `make fuzz` draws.
FUZZ ?= 100
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: run serve worker beat setup setup-dev test fuzz check bench fmt migrate schema

run: setup
	@$(PY) -m config.launch

serve: setup migrate
	@exec $(PY) -m config.start web

worker: setup
	@exec $(PY) -m config.start worker

beat: setup
	@exec $(PY) -m config.start beat

migrate: setup
	@$(PY) -m config.start prepare

setup: $(VENV)/installed

setup-dev: $(VENV)/installed-dev

$(VENV)/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "marquee: Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Marquee runs on."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	@echo "Installing what the tests need."
	@$(PIP) -r requirements-dev.txt
	@touch $@

test: setup-dev
	@$(PY) -m tests.run

fuzz: setup-dev
	@FUZZ=$(FUZZ) $(PY) -m tests.run tests/test_contract.py tests/test_contract_of_members.py

check: setup-dev
	@$(PY) -m tests.check

bench: setup-dev
	@$(PY) -m bench $(PARTS)

fmt: setup-dev
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

schema: setup-dev
	@$(PY) -m tests.check schema
