# Every task of the project.  `make help` lists them with a line each.

PYTHON ?= python3
PORT ?= 8000

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

# Stamps say what is installed: they carry the version of Python, so that another `PYTHON=` gets
# an environment of its own version, and are older than a lock that has changed since.
VERSION := $(shell $(PYTHON) -c "import sys; print('%d.%d' % sys.version_info[:2])" 2>/dev/null)
INSTALLED := .venv/installed-$(VERSION)
INSTALLED_FOR_TESTS := .venv/installed-for-tests-$(VERSION)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DELETE_ON_ERROR:
.PHONY: help book test check serve compare publish-numbers interpreters bench lock clean

help:  ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 17

book: $(INSTALLED)  ## run every experiment and build the book into _build/html
	@$(BIN)/python -m book_kit.build

test: check  ## prove the project: lint, types, spelling, a strict build, and every test
	@$(BIN)/python -m book_kit.build --strict
	@MEASURED_REQUIRE_BUILD=1 $(BIN)/python -m pytest

check: $(INSTALLED_FOR_TESTS)  ## lint, types and spelling alone
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/codespell README.md CONTRIBUTING.md CHANGELOG.md Makefile book src scripts tests bench

serve:  ## open the built book on localhost; PORT=8000 unless given
	@test -f _build/html/index.html || $(MAKE) book
	@echo "http://localhost:$(PORT)  (Ctrl-C stops)"
	@$(BIN)/python -m http.server $(PORT) --bind localhost --directory _build/html

bench: $(INSTALLED)  ## speed, as ratios: the three scripts against their plain ports, pages' overhead
	@$(BIN)/python bench/run.py

compare: $(INSTALLED)  ## the published figures beside those of the last build
	@$(BIN)/python -m book_kit.compare

publish-numbers: $(INSTALLED)  ## make the figures of the last build the published ones
	@$(BIN)/python -m book_kit.compare --publish

interpreters: $(INSTALLED)  ## record what objects cost on every Python found here, and on ALSO="COMMAND …"
	@if command -v npm >/dev/null; then npm ci --silent --prefix web || \
	  echo "npm could not install Pyodide; going on without a 32-bit CPython" >&2; fi
	@$(BIN)/python -m book_kit.recording $(ALSO)

lock: $(INSTALLED_FOR_TESTS)  ## resolve requirements.in anew, for Python 3.11 to 3.14 on three systems
	@for lock in requirements tests/requirements; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-strip-extras --no-emit-index-url --no-emit-find-links --no-header --upgrade \
	    $$lock.in --output-file $$lock.txt || exit 1; \
	done

clean:  ## remove what was built; the environment in .venv stays
	@rm -rf _build

$(INSTALLED): requirements.txt pyproject.toml
	@test -n "$(VERSION)" || { \
	  echo "$(PYTHON) does not run; name an interpreter: make book PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "$(PYTHON) is Python $(VERSION), the book needs 3.11 or later:" \
	    "make book PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || { \
	  echo "$(PYTHON) comes without venv; on Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; }
	@test -f $@ || $(PYTHON) -m venv --clear .venv
	@echo "installing the lock into .venv (a minute, the first time)"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(INSTALLED_FOR_TESTS): $(INSTALLED) tests/requirements.txt
	@echo "installing what the tests need"
	@$(PIP) install --require-hashes -r tests/requirements.txt
	@touch $@
