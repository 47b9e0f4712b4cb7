# `make` builds the book. `make help` lists what else there is.
# Another Python than python3 (.venv remembers it):  make PYTHON=python3.12

ifdef PYTHON
export PYTHON
endif

# Only relative paths below: the checkout may lie under a name with spaces.
bin := .venv/bin
# One process of tests per processor; a file of tests stays in one of them.
spread := -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := book
.NOTPARALLEL:
.PHONY: book setup test test-all lint format bench bench-peers pictures lock clean help tools tools-and-system

book: setup ## Build the books of essays/ into dist/ (the default)
	@$(bin)/publisher build essays --into dist

setup: ## Make .venv with the pinned packages; look for the system libraries
	@.ci/setup run

test: tools-and-system lint ## Run the checks and the tests, without the slow ones
	@$(bin)/python -m pytest -m "not slow" $(spread) $(ARGS)

test-all: tools-and-system lint ## Run the checks and every test
	@$(bin)/python -m pytest $(spread) $(ARGS)

lint: tools ## Check style, types and the direction of imports
	@$(bin)/ruff check
	@$(bin)/ruff format --check
	@$(bin)/mypy
	@$(bin)/lint-imports

format: tools ## Lay out the code and mend what can be mended
	@$(bin)/ruff check --fix
	@$(bin)/ruff format

bench: tools ## Measure time, memory and size; ARGS=growth or history tells more
	@$(bin)/python -m tests.bench $(ARGS)

bench-peers: ## Measure beside typst, WeasyPrint and browsers; look at the lines of each
	@.ci/setup bench
	@$(bin)/python -m tests.bench.compared $(ARGS)

pictures: tools ## Make the pictures of pages anew
	@$(bin)/python -m tests.pictures $(ARGS)

lock: ## Resolve the pins anew; ARGS=--upgrade moves to the newest versions
	@.ci/relock $(ARGS)

clean: ## Remove books and caches (.venv stays)
	@find dist -mindepth 1 ! -name .gitkeep -delete
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find publisher tests -name __pycache__ -prune -exec rm -rf {} +

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

tools:
	@.ci/setup tools

tools-and-system:
	@.ci/setup test
