# Two commands matter: `make run` and `make test`. Neither needs a server, a container or a config.

PYTHON := .venv/bin/python
BESIDE_SERVERS := $(PYTHON) -m desabinaan.embedded --
TESTS ?= tests
# For two cores: while one test waits for a server, others go on.
WORKERS ?= 3
MYPY := .venv/bin/mypy .

# Where nothing may write bytecode, each process that the tests start compiles every package anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test lint style types unit bench lock clean

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'

run: ## the portal with demo data at http://localhost:8000 (PORT=8001 for another)
	@bin/prepare run
	@exec $(PYTHON) -m desabinaan.supervisor

test: ## everything that must hold; TESTS=tests/test_health.py for one file
	@bin/prepare dev
	@$(MAKE) --no-print-directory style # seconds: a slip of these is said before the tests begin
	@$(MAKE) --no-print-directory --jobs 2 types unit || { $(MYPY) --no-error-summary; exit 1; }

lint: style types ## style, templates, types

style:
	@bin/prepare dev
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 6.1 --check {} +

types: # one core, a minute long: beside the tests, and what it found is said again after them
	@bin/prepare dev
	@$(MYPY)

unit:
	@bin/prepare dev
	@CHROMIUM_PATH="$$(bin/chromium)" && export CHROMIUM_PATH && \
	  exec $(BESIDE_SERVERS) sh -c '$(PYTHON) manage.py collectstatic --no-input --verbosity 0 && \
	  $(PYTHON) manage.py migrate --verbosity 0 && \
	  COPY_DATABASE=yes exec .venv/bin/pytest -n $(WORKERS) --dist worksteal $(TESTS)'

bench: ## what must be fast, measured; writes docs/performance.md
	@bin/prepare dev
	@exec $(BESIDE_SERVERS) sh -c '$(PYTHON) manage.py prepare && exec $(PYTHON) -m bench'

lock: ## compile requirements/*.txt from pyproject.toml (needs uv)
	@bin/lock

clean: ## forget the environment and all data of `make run`
	@bin/clean
