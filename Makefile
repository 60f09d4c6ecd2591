# Everything a developer or operator does here. `make` lists it.
# Needs git, make and Python 3.11 to 3.15; another interpreter: make install PYTHON=python3.13

PYTHON ?= python3
# One more than the cores of a small machine: tests that talk to a server or a browser wait now and then.
WORKERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# What the bot needs to run, without what is for developing it; where .venv is there, that serves.
RUNTIME := $(if $(INSTALLED),$(or $(wildcard $(INSTALLED)),.venv-run/.installed))
RUNTIME_BIN := $(if $(filter .venv-run/%,$(RUNTIME)),.venv-run/bin,$(BIN))
PIP := -m pip --disable-pip-version-check --quiet
LOCK := build/lock-tool/bin/uv pip compile --quiet --no-header --generate-hashes --universal \
	--python-version 3.11 --fork-strategy requires-python

.DEFAULT_GOAL := help
.PHONY: help install demo match screenshots test proofs check fix lock bench soak run doctor

help: ## List these targets
	@grep -hE '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed 's/:.*## /\t/' | sort | \
		while IFS="$$(printf '\t')" read -r target words; do printf '  make %-11s %s\n' "$$target" "$$words"; done

install: $(INSTALLED) ## Make .venv from requirements/dev.lock

demo: $(INSTALLED) ## Watch a program on a local stand-in for Slack in a browser, and use it (DEMO=--empty: before set-up)
	$(BIN)/python -m demo $(DEMO)

# With -C, make 4.3 says so in its flags (w), and PWD is still the folder in which it was called: files are named from
# there. Make 4.4 does not say so; then PWD is where a file is looked for that is not here.
HERE = $(if $(findstring w,$(firstword -$(MAKEFLAGS))),$(or $(PWD),$(CURDIR)),$(CURDIR))
export FILE

match: $(INSTALLED) ## Pair the people of a spreadsheet: FILE=people.csv (MATCH="--out pairs.csv" for more)
	@test -n "$$FILE" || { echo 'Name the file of the people: make match FILE=people.csv' >&2; exit 2; }
	@cd "$(HERE)" && { test -e "$$FILE" || cd "$(or $(PWD),.)"; } && PYTHONPATH="$(CURDIR)" "$(abspath $(BIN))/python" -P -m bot match "$$FILE" $(MATCH)

screenshots: $(INSTALLED) ## Take the pictures of docs/images anew, with Chromium
	$(BIN)/python -m tests.browser.screenshots docs/images

# Where Python is told to keep nothing that it compiled, each worker would compile every test anew.
test proofs: export PYTHONDONTWRITEBYTECODE :=

test: $(INSTALLED) ## Run the tests (TESTS=path for some, WORKERS=n in parallel)
	$(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist worksteal $(TESTS)

proofs: $(INSTALLED) ## Try all that is random or slow, with new examples, for hours (EFFORT=20 for more of them)
	TEST_EFFORT=$(or $(EFFORT),3) $(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist worksteal \
		-m "slow or hypothesis" $(TESTS)

check: $(INSTALLED) ## Lint, formatting, types, import layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(INSTALLED) ## Format, and mend what the linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(INSTALLED) ## Measure the bot and the matching beside others (BENCH_FLAGS=--write for docs/)
	$(BIN)/python -m benchmarks $(BENCH_FLAGS)
	$(BIN)/python -m benchmarks.matching $(BENCH_FLAGS)

soak: $(INSTALLED) ## Kill, starve and mislead the bot for an hour (SOAK_FLAGS="--only D1 --kills 200", --write for docs/)
	$(BIN)/python -m tests.soak $(SOAK_FLAGS)

# What these two say is the last that anybody should read, and make has no way not to add its own "*** Error" below. So a
# failure ends make by the one signal that neither it nor a shell writes a line about; its status is 141. Where that
# signal is ignored, as below systemd, make goes on to the exit, adds its line, and fails as ever.
ALONE = || { kill -PIPE $$PPID; exit 1; }

run: $(RUNTIME) ## Run the bot with the settings in .env (needs no development tools)
	@$(RUNTIME_BIN)/python -m bot run $(ALONE)

doctor: $(RUNTIME) ## Say what the bot's settings, scopes and channel still need
	@$(RUNTIME_BIN)/python -m bot doctor $(ALONE)

lock: build/lock-tool/bin/uv ## Write requirements/*.lock anew (LOCK_FLAGS=--upgrade for newer versions)
	$(LOCK) $(LOCK_FLAGS) requirements/lock-tool.in --output-file requirements/lock-tool.lock
	$(LOCK) $(LOCK_FLAGS) pyproject.toml --extra postgres --output-file requirements/runtime.lock
	$(LOCK) $(LOCK_FLAGS) pyproject.toml sandbox/pyproject.toml --extra postgres --group dev \
		--group sandbox/pyproject.toml:test --constraints requirements/runtime.lock --output-file requirements/dev.lock

build/lock-tool/bin/uv: requirements/lock-tool.lock
	$(PYTHON) -m venv build/lock-tool
	build/lock-tool/bin/python $(PIP) install --require-hashes --only-binary :all: --requirement $<
	@touch $@

$(INSTALLED): requirements/dev.lock
.venv-run/.installed: requirements/runtime.lock
$(INSTALLED) .venv-run/.installed:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 16))' 2>/dev/null || { \
		echo "Reverse Mentor needs Python 3.11 or newer, up to 3.15, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1):" \
			"name another one, as in make install PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments: its venv module is not installed." >&2; \
		echo "On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Downloading the locked requirements $(if $(filter $(INSTALLED),$@),(about 200 MB) )into $(@D)$(if $(filter $(INSTALLED),$@), (about 700 MB)); half a minute to a minute, once."
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python $(PIP) install --require-hashes --only-binary :all: --requirement $< || { \
		echo "That did not work. There are packages for CPython 3.11 to 3.15, on Linux (glibc 2.28 or newer, x86-64 or arm64)" \
			"and macOS (arm64); another reason can be the network, or too little room on the disk." >&2; exit 1; }
	@touch $@
