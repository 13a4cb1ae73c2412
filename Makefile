# Every target makes .venv by itself and installs only when the lock has changed.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet --require-hashes --no-deps --only-binary :all: --no-compile --progress-bar off -r
# Kernels and modules are compiled once, whatever is started first: loading a package keeps what Python made of it.
COMPILE := $(BIN)/python -m compileall -q bot core i18n notifications
IMPORT := $(BIN)/python -c "import bot.command, bot.sandbox.app, core.serving, notifications.app"
WARM := $(BIN)/python -m core warm
# The tests, and what only they use, as well: each process that runs them would compile all of it at the same time.
COLLECT := { $(BIN)/python -m pytest --collect-only -q >/dev/null 2>&1 || true; }
CODE := bot core i18n notifications tests $(wildcard benchmarks)
export PYTHONUNBUFFERED = 1
export OPENBLAS_NUM_THREADS = 1
# With OPENBLAS's default of a thread a core, small sums take sixty times as long.
export PYTHONDONTWRITEBYTECODE =
# Where it is set, as in many images, every process compiles every module anew: five seconds for each that is started.

.PHONY: help demo test check format lint types messages-check bench fuzz messages language lock clean

help:
	@echo "make demo      a company, the service, the bot and a chat page in the browser; Ctrl-C ends it"
	@echo "make test      every test, on SQLite and on PostgreSQL"
	@echo "make check     format, lint, types, messages and tests, as CI runs them"
	@echo "make bench     the figures, beside their baselines"
	@echo "make fuzz      the tests with random examples, with many more of them"
	@echo "make messages  collect the sentences of the code into the catalogues"
	@echo "make language L=pt  begin the catalogue of another language"
	@echo "make lock      renew the locked requirements from requirements/*.in"

demo: .venv/runtime.stamp
	@exec $(BIN)/python -m bot.sandbox.demo

test: .venv/dev.stamp
	$(BIN)/python -m pytest -n 3 --dist worksteal -q

check: format lint types messages-check test

format: .venv/dev.stamp
	$(BIN)/ruff format --check $(CODE)

lint: .venv/dev.stamp
	$(BIN)/ruff check $(CODE)

types: .venv/dev.stamp
	$(BIN)/mypy $(CODE)

messages-check: .venv/dev.stamp
	$(BIN)/python -m i18n messages --check

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks

fuzz: .venv/dev.stamp
	$(BIN)/python -m pytest -n 2 -q -m hypothesis --hypothesis-profile=fuzz

messages: .venv/dev.stamp
	$(BIN)/python -m i18n messages

language: .venv/dev.stamp
	@test -n "$(L)" || { echo "Which language? Such as: make language L=pt"; exit 2; }
	$(BIN)/python -m i18n language $(L)

lock: .venv/dev.stamp
	for name in runtime dev; do $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --only-binary :all: requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/runtime.stamp: requirements/runtime.txt | .venv/bin/python
	@echo "Installing what Upline needs (once)…"
	@$(INSTALL) $<
	@$(COMPILE) && { $(IMPORT) & $(WARM) && wait $$!; }
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	@echo "Installing what Upline and its tests need (once)…"
	@$(INSTALL) $<
	@$(COMPILE) && { { $(IMPORT) && $(COLLECT); } & $(WARM) && wait $$!; }
	@touch $@ .venv/runtime.stamp

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or later."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$$($(PYTHON) --version) is too old: Python 3.11 or later is needed (or name one: make PYTHON=python3.12)."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv is missing: on Debian and Ubuntu, apt-get install python3-venv."; exit 1; }
	@$(PYTHON) -m venv .venv
