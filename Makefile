# The only commands a newcomer needs: setup demo run check fix test bench
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DOCS   ?=
ARGS   ?=
NAME   ?=

help:            ## list the commands
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

$(VENV)/.run: requirements/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 以上版本 / Python 3.11+ is needed" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "安装依赖 / installing packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/build.lock -r requirements/run.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@echo "安装测试依赖 / installing test packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.lock
	@touch $@

setup: $(VENV)/.run   ## set up what running needs
demo: $(VENV)/.run    ## build the demonstration federation, read documents, serve (DOCS=folder, ARGS=--no-serve)
	@$(BIN)/gongshu demo $(if $(DOCS),--docs $(DOCS)) $(ARGS)
run: $(VENV)/.run     ## serve pages and run background work
	@$(BIN)/gongshu serve $(ARGS)
check: $(VENV)/.dev   ## style, types, import walls, sizes, templates, burden
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/check.sh
fix: $(VENV)/.dev     ## put style right where a tool can
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
test: $(VENV)/.dev    ## run every test (SQLite, PostgreSQL, browser)
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/run.sh $(ARGS)
bench: $(VENV)/.dev   ## list the benchmarks, or run one with NAME=
	@$(BIN)/python -m benchmarks $(NAME) $(ARGS)
.PHONY: help setup demo run check fix test bench
