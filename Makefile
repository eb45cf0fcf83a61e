# Every task of the project.  `make help` lists them with a line each.

PYTHON ?= python3
PORT ?= 8000

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: help book test check serve exercise compare publish-numbers interpreters bench lock clean
.PHONY: python installed installed-for-tests installed-for-bench standing

help:  ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 17

book: installed  ## run what has changed and build the book into _build/html; AGAIN=1 runs all of it
	@$(BIN)/python -m book_kit.build $(if $(AGAIN),--again)

test: check  ## prove the project: lint, types, spelling, a strict build, and every test
	@$(BIN)/python -m book_kit.build --strict
	@MEASURED_REQUIRE_BUILD=1 $(BIN)/python -m pytest -m "not alone" --numprocesses=auto
	@MEASURED_REQUIRE_BUILD=1 $(BIN)/python -m pytest -m alone

check: installed-for-tests  ## lint, types and spelling alone
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/codespell README.md CONTRIBUTING.md CHANGELOG.md Makefile book src scripts tests bench

serve: standing  ## open the built book on localhost; PORT=8000 unless given
	@test -f _build/html/index.html || $(MAKE) --no-print-directory book
	@$(BIN)/python -m book_kit.serve "$(PORT)"

bench: installed-for-bench  ## speed as ratios, line profilers, and how pages load
	@$(BIN)/python bench/run.py

compare: standing  ## the published figures beside those of the last build
	@$(BIN)/python -m book_kit.compare

publish-numbers: standing  ## make the figures of the last build the published ones
	@$(BIN)/python -m book_kit.compare --publish

exercise: installed-for-tests  ## grade an answer, NAME=… [FILE=…]; without NAME, list the exercises
	@$(BIN)/python -m book_kit.exercises $(if $(NAME),"$(NAME)") $(if $(FILE),"$(FILE)")

interpreters: installed  ## record what objects cost on every Python found here, and on ALSO="COMMAND …"
	@if command -v npm >/dev/null; then npm ci --silent --prefix web || \
	  echo "npm could not install Pyodide; going on without a 32-bit CPython" >&2; fi
	@$(BIN)/python -m book_kit.recording $(ALSO)

lock: installed-for-tests  ## resolve requirements.in anew, for Python 3.11 to 3.14 on three systems
	@for lock in requirements tests/requirements bench/requirements; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-strip-extras --no-emit-index-url --no-emit-find-links --no-header --upgrade \
	    $$lock.in --output-file $$lock.txt || exit 1; \
	done

clean:  ## remove what was built; the environment in .venv stays
	@rm -rf _build

# What is installed, and for which interpreter and folder, is `book_kit.install`'s to find out.

python:
	@$(PYTHON) -c "" 2>/dev/null || { \
	  echo "'$(PYTHON)' does not run; name an interpreter: make book PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "$(PYTHON) is older than Python 3.11, which the book needs:" \
	    "make book PYTHON=python3.12" >&2; exit 1; }

installed: python
	@PYTHONPATH=src $(PYTHON) -m book_kit.install

installed-for-tests: python
	@PYTHONPATH=src $(PYTHON) -m book_kit.install --tests

installed-for-bench: python
	@PYTHONPATH=src $(PYTHON) -m book_kit.install --bench

# For what only reads a build: an environment of whichever interpreter, and none is made anew.
standing:
	@PYTHONPATH=src $(BIN)/python -m book_kit.install --stands 2>/dev/null || \
	  $(MAKE) --no-print-directory installed
