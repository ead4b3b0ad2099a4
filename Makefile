# Two commands: `make run` opens the app, `make test` checks everything. CONTRIBUTING.md explains the others.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SCALE ?= 1
# Tests of the app wait for it half of their time, so more of them than cores keep the cores busy.
WORKERS ?= 4
# What the tests call besides Python, as COMMAND:DEBIAN-PACKAGE or FILE:DEBIAN-PACKAGE. `make test` installs what is
# missing where it may.
TEST_TOOLS := git:git setpriv:util-linux dbus-daemon:dbus notify-send:libnotify-bin pgrep:procps cron:cron zsh:zsh fish:fish \
  systemd-analyze:systemd /usr/lib/python3/dist-packages/dbus/__init__.py:python3-dbus \
  /usr/share/doc/libpangoft2-1.0-0:libpangoft2-1.0-0
# What the campaign looks at pages with. The packages of npm are for tests only, and nothing of them is built.
BROWSER_TOOLS := chromium:chromium node:nodejs npm:npm java:default-jre-headless
PIP = $(BIN)/python -m pip install -q --disable-pip-version-check
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
UV := uv==0.13.9
LOCK = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

# The tests start thousands of programs: each would compile its modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := run
.PHONY: run test lint campaign bench lock format clean tools browser

run: $(VENV)/run.stamp
	@$(BIN)/learnhabit

test: $(VENV)/test.stamp tools lint
	$(PYTEST) -m "not campaign"

lint: $(VENV)/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

campaign: $(VENV)/test.stamp tools browser
	LEARNHABIT_CAMPAIGN_SCALE=$(SCALE) $(PYTEST) -m "campaign or property"

bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.benchmarks

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(VENV)/uv.stamp
	$(LOCK) --upgrade pyproject.toml requirements/build.in -o requirements/run.txt
	$(LOCK) --upgrade -c requirements/run.txt pyproject.toml requirements/build.in requirements/test.in -o requirements/test.txt
	@! grep -nE 'https?://' requirements/*.txt || { echo "a download address stands in requirements/" >&2; exit 1; }

clean:
	rm -rf $(VENV) tests/browser/node_modules dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

tools:
	@sh scripts/system-packages $(TEST_TOOLS)

browser: tests/browser/node_modules/made.stamp
	@sh scripts/system-packages $(BROWSER_TOOLS)

tests/browser/node_modules/made.stamp: tests/browser/package.json
	@sh scripts/system-packages $(BROWSER_TOOLS)
	cd tests/browser && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error
	@touch $@

# Everything depends on stamps: a `python -m venv` that failed leaves a bin/python behind.
$(VENV)/made.stamp:
	@sh scripts/make-venv "$(PYTHON)" "$(VENV)"
	@touch $@

# pip takes hashes and an editable project only one after the other.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml $(VENV)/made.stamp
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/uv.stamp: $(VENV)/made.stamp
	$(PIP) $(UV)
	@touch $@
