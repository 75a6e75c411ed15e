# make demo    the example vault, indexed, and its agenda
# make test    ruff, mypy and pytest
# make test-long    the long runs of the tests: races, kills, clones, hostile texts
# make fuzz    atheris on every reader, a minute each; ARGS="300 note config" five minutes for these two
# make bench   how fast, as ratios to the floors of this computer
# make peers   how fast beside khard, obsidiantools, ripgrep and a naive script, where they are installed;
#              ARGS="--venv DIR --sizes 1000,10000"
# make clean   takes away what these made
#
# All of it happens in this folder, in .venv. Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
TODAY  := 2026-11-23
JOBS   ?= 2

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check

.PHONY: help demo test test-long fuzz bench peers clean

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | sed '/^All of it/,$$d'

# The demo is a copy: what is tried in it stays, and example-vault stays as it is.
demo: .venv/installed
	@if [ -d demo-vault ]; then \
	  echo "demo-vault is there from before; make clean takes it away."; \
	else \
	  cp -R example-vault demo-vault; \
	  echo "Copied example-vault to demo-vault. Its today is $(TODAY), a Monday."; \
	fi
	@echo
	@$(BIN)/vk --vault demo-vault --today $(TODAY) index
	@echo
	@if [ -t 1 ]; then $(BIN)/vk --vault demo-vault --today $(TODAY) due; \
	else awk 'body; /^---$$/ && ++rules == 2 { body = 1 }' "demo-vault/Keep in touch/Due this week.md"; fi
	@echo
	@echo "The same list, as a note:  demo-vault/Keep in touch/Due this week.md"
	@echo "The folder demo-vault is an Obsidian vault, too. In a shell, try next:"
	@echo
	@echo "    . .venv/bin/activate && cd demo-vault && export VAULTKEEPER_TODAY=$(TODAY)"
	@echo "    vk show jane"
	@echo "    vk log jane -m \"call: the lab has a name now\""
	@echo "    vk due"
	@echo "    vk --help"

test: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(JOBS)

test-long: .venv/installed-test
	$(BIN)/python -m pytest -m long -v

fuzz: .venv/installed-test
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(PIP) install atheris
	$(BIN)/python -m tests.fuzz.fuzz $(ARGS)

bench: .venv/installed-test
	$(BIN)/python -m tests.bench.bench $(ARGS)

peers: .venv/installed-test
	@$(BIN)/python -m tests.bench.peers $(ARGS)

clean:
	rm -rf .venv demo-vault bench-vaults dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The stamps: what is installed stays so until pyproject.toml changes. The project itself is installed
# editable, so that a change of its code needs nothing.
.venv/installed: pyproject.toml | .venv/made
	@echo "Installing vaultkeeper in .venv, once …"
	@$(PIP) install --editable .
	@touch $@

.venv/installed-test: pyproject.toml | .venv/made
	@echo "Installing vaultkeeper and what its tests need in .venv, once …"
	@$(PIP) install --editable ".[test]"
	@touch .venv/installed $@

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "vaultkeeper needs Python 3.11 or later: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { \
	  echo "On Debian and Ubuntu, python3 -m venv needs: apt install python3-venv"; exit 1; }
	@touch $@
